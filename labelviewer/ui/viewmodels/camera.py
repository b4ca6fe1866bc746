"""The live camera's page: two equal reads before a code counts, a hint when none comes, the device let go in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from labelviewer.domain.camera import Gear
from labelviewer.present.notice import Notice, notice
from labelviewer.ui.coaching import advise
from labelviewer.ui.live import Camera, CameraState, Memory, Phase, after
from labelviewer.ui.lookout import Lookout
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from labelviewer.domain.sighting import Reading
    from labelviewer.ui.jobs import Executor
    from labelviewer.ui.looking import Eyes, Look, Question
    from labelviewer.words.catalogue import Words

BLACK = "S06"
NO_VIDEO = "S07"
SETTLED_OUTSIDE = ("S02", "S03", "S04", "S08")  # the shopper went to another window to settle it
HINT_MILLISECONDS = 8_000
PATIENCE_MILLISECONDS = 5_000
AWAY_MILLISECONDS = 5_000
LATE_MILLISECONDS = 250  # a label that is there by then needs no words about waiting
ZOOM_STEP = 1.25


class CameraViewModel(QObject):
    changed = Signal()
    found = Signal(object)
    announced = Signal(str, bool)

    def __init__(
        self,
        make_camera: Callable[[], Camera],
        eyes: Eyes,
        memory: Memory,
        words: Words,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = CameraState()
        self._make_camera = make_camera
        self._memory = memory
        self._words = words
        self._camera: Camera | None = None
        self._output: QObject | None = None
        self._attentive = True
        self._lookout = Lookout(eyes, executor, lambda: self.state.question, self._weigh, self)
        self._hint = self._timer("hint", HINT_MILLISECONDS, self._want_hint)
        self._patience = self._timer("patience", PATIENCE_MILLISECONDS, self._miss_pictures)
        self._away = self._timer("away", AWAY_MILLISECONDS, self._leave)
        self._late = self._timer("late", LATE_MILLISECONDS, self._say_found)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._follow_attention)

    @Property(bool, notify=changed)
    def running(self) -> bool:
        """There is a picture to show, or soon will be; a frozen one too."""
        return self.state.phase in (Phase.STARTING, Phase.LIVE, Phase.FROZEN)

    @Property(bool, notify=changed)
    def frozen(self) -> bool:
        return self.state.frozen

    @Property(bool, notify=changed)
    def late(self) -> bool:
        return self.state.late

    @Property(bool, notify=changed)
    def starting(self) -> bool:
        return self.state.phase is Phase.STARTING

    @Property(bool, notify=changed)
    def away(self) -> bool:
        return self.state.phase is Phase.AWAY

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """A failure or a hint; None while all is well."""
        return as_map(self._notice()) if self.state.code else None

    @Property(QVARIANT_LIST, notify=changed)
    def offered(self) -> list[str]:
        """What the message's own buttons do, so that the page does not offer it twice."""
        said = self._notice() if self.state.code else None
        return [action.deed for action in (said.primary, said.secondary) if action] if said else []

    @Property(QVARIANT_LIST, notify=changed)
    def outlines(self) -> list[list[dict[str, float]]]:
        """Around each code that was read, in shares of the picture's width and height; not mirrored."""
        return [[{"x": x, "y": y} for x, y in corners] for corners in self.state.outline]

    @Property(bool, notify=changed)
    def mirrored(self) -> bool:
        return self.state.gear.mirrored

    @Property(QVARIANT_LIST, notify=changed)
    def cameras(self) -> list[dict[str, Any]]:
        """Those to choose from: none where there is no choice."""
        gear = self.state.gear
        if len(gear.cameras) < 2:
            return []
        return [{"id": each.id, "name": each.name, "inUse": each.id == gear.chosen} for each in gear.cameras]

    @Property(bool, notify=changed)
    def hasLight(self) -> bool:
        return self.state.phase is Phase.LIVE and self.state.gear.has_torch

    @Property(bool, notify=changed)
    def light(self) -> bool:
        return self.state.gear.torch

    @Property(bool, notify=changed)
    def hasZoom(self) -> bool:
        return self.state.phase is Phase.LIVE and self.state.gear.max_zoom > 1

    @Property(bool, notify=changed)
    def canZoomIn(self) -> bool:
        return self.state.gear.zoom < self.state.gear.max_zoom

    @Property(bool, notify=changed)
    def canZoomOut(self) -> bool:
        return self.state.gear.zoom > 1

    @Slot(QObject)
    def showOn(self, output: QObject) -> None:
        self._output = output
        if self._camera is not None:
            self._camera.show_on(output)

    @Slot()
    def start(self) -> None:
        try:
            camera = self._camera or self._make()
        except ImportError:
            self._fail(NO_VIDEO)
            return
        self._rest()
        self._become(CameraState(Phase.STARTING, gear=camera.gear))
        camera.start(self._memory.recall())

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        self._put_down(CameraState())

    @Slot()
    def keepTrying(self) -> None:
        """The hint was read."""
        if self.state.phase is Phase.LIVE:
            self._become(replace(self.state, code="", near_miss=False))
            self._hint.start()
        else:
            self.start()

    @Slot(str)
    def choose(self, camera: str) -> None:
        self._memory.keep(camera)
        self.start()

    @Slot()
    def nextCamera(self) -> None:
        """The one after that which was in use, or failed."""
        ids = [each.id for each in self.state.gear.cameras]
        now = self.state.gear.chosen or self._memory.recall()
        if ids:
            self.choose(ids[(ids.index(now) + 1) % len(ids)] if now in ids else ids[0])
        else:
            self.start()

    @Slot(bool)
    def switchLight(self, on: bool) -> None:
        if self._camera is not None:
            self._camera.light(on)

    @Slot(bool)
    def zoom(self, closer: bool) -> None:
        if self._camera is not None:
            factor = ZOOM_STEP if closer else 1 / ZOOM_STEP
            self._camera.zoom_to(self.state.gear.zoom * factor)

    def _timer(self, name: str, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.setObjectName(name)
        timer.timeout.connect(then)
        return timer

    def _notice(self) -> Notice:
        return notice(self._words, self.state.code, {})

    def _make(self) -> Camera:
        camera = self._make_camera()
        camera.opened.connect(self._begin)
        camera.framed.connect(self._take)
        camera.failed.connect(self._fail)
        camera.changed.connect(self._learn_gear)
        if self._output is not None:
            camera.show_on(self._output)
        self._camera = camera
        return camera

    def _begin(self) -> None:
        """The camera is open, the first time or again."""
        assert self._camera is not None
        self._become(CameraState(Phase.LIVE, gear=self._camera.gear))
        self._hint.start()
        self._patience.start()
        if not self._attentive:  # it took long, and somebody went elsewhere meanwhile
            self._away.start()

    def _learn_gear(self) -> None:
        assert self._camera is not None
        self._become(replace(self.state, gear=self._camera.gear))

    def _take(self, frame: QVideoFrame) -> None:
        if self.state.phase is Phase.LIVE:
            self._lookout.offer(frame)

    def _weigh(self, seen: Look, question: Question, frame: QVideoFrame) -> None:
        if seen.reading is not None:
            self._freeze(after(self.state, seen), seen.reading, frame)
        else:
            self._hear(seen, question)

    def _hear(self, seen: Look, question: Question) -> None:
        if not seen.black:
            self._patience.start()
        state = after(self.state, seen)
        if question.study and seen.scene is not None:
            state = replace(state, code=advise(seen.scene, near_miss=state.near_miss), studying=False, near_miss=False)
            self._hint.start()
        news = state.code not in ("", self.state.code)
        self._become(state)
        if news:
            self._announce()

    def _freeze(self, state: CameraState, reading: Reading, frame: QVideoFrame) -> None:
        """What was read stays to be seen; the label is looked up first, then the device is let go.

        Drawing anything anew would only hold up a label that is there at once.
        """
        assert self._camera is not None
        self._rest()
        self._camera.show(frame)
        self._become(replace(state, phase=Phase.FROZEN, outline=self.state.outline, settled=state.outline))
        self._late.start()
        self.found.emit(reading)
        self._camera.stop()

    def _say_found(self) -> None:
        self._become(replace(self.state, late=True, outline=self.state.settled))
        self.announced.emit(self._words.say("camera.found"), False)

    def _want_hint(self) -> None:
        """The next look tells what would help."""
        self._become(replace(self.state, studying=True))

    def _fail(self, code: str) -> None:
        self._rest()
        gear = self._camera.gear if self._camera is not None else Gear()
        self._become(CameraState(Phase.FAILED, code, gear=gear))
        self._announce()

    def _miss_pictures(self) -> None:
        """Where they came before, the device is opened once more; else there are none, or the lens is covered."""
        if self.state.stalled:
            self.start()
            return
        if self._camera is not None:
            self._camera.stop()
        self._fail(BLACK)

    def _follow_attention(self, attention: Qt.ApplicationState) -> None:
        """The camera is for this window: it is let go a while after another one got the keyboard."""
        self._attentive = attention is Qt.ApplicationState.ApplicationActive
        if not self._attentive:
            self._away.start()
            return
        self._away.stop()
        settled = self.state.phase is Phase.FAILED and self.state.code in SETTLED_OUTSIDE
        if self.state.phase is Phase.AWAY or settled:
            self.start()

    def _leave(self) -> None:
        if self.state.phase is Phase.LIVE:
            self._put_down(CameraState(Phase.AWAY))

    def _put_down(self, new: CameraState) -> None:
        """Let go of the device."""
        self._rest()
        if self._camera is not None and self.state.phase is not Phase.OFF:
            self._camera.stop()
        self._become(new)

    def _rest(self) -> None:
        """No frame is looked at, and no timer runs but the one that is about the window."""
        self._hint.stop()
        self._patience.stop()
        self._late.stop()
        self._lookout.forget()

    def _announce(self) -> None:
        said = self._notice()
        self.announced.emit(f"{said.title}. {said.body}", False)

    def _become(self, new: CameraState) -> None:
        old, self.state = self.state, new
        if replace(new, looks=0) != replace(old, looks=0):
            self.changed.emit()
