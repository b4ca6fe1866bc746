"""The live camera: newest frame only, one in flight, two equal reads before a code counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Property, QObject, QTimer, Signal, SignalInstance, Slot

from labelviewer.domain.sighting import Reading
from labelviewer.present.notice import notice
from labelviewer.ui.jobs import Answer, Done, Executor, LatestJob
from labelviewer.ui.viewmodels.maps import QVARIANT, as_map

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from labelviewer.domain.sighting import Sighting, Still
    from labelviewer.words.catalogue import Words

NO_MULTIMEDIA = "S07"
HINT_SEEN = "S12"
HINT_NOTHING = "S11"
HINT_MILLISECONDS = 8_000


class Camera(Protocol):
    """`framed` carries a QVideoFrame, `failed` the code of a message."""

    @property
    def framed(self) -> SignalInstance: ...
    @property
    def failed(self) -> SignalInstance: ...
    def show_on(self, output: QObject) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def use_next(self) -> None: ...


class Seen(Protocol):
    """What one look at one frame found."""

    @property
    def sightings(self) -> tuple[Sighting, ...]: ...
    @property
    def near_misses(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Eyes:
    """`look` runs on the frame thread; None where a frame cannot be read. `freeze` makes the still to show."""

    make_camera: Callable[[], Camera]
    look: Callable[[QVideoFrame], Seen | None]
    freeze: Callable[[QVideoFrame], Still]


@dataclass(frozen=True, slots=True)
class CameraState:
    """`code` names the message on the page: a failure, or a hint while the camera runs. `last` was read last."""

    running: bool = False
    code: str = ""
    last: tuple[str, ...] = ()
    near_miss: bool = False


class CameraViewModel(QObject):
    changed = Signal()
    found = Signal(object)

    def __init__(self, eyes: Eyes, words: Words, executor: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CameraState()
        self._eyes = eyes
        self._camera: Camera | None = None
        self._output: QObject | None = None
        self._words = words
        self._job = LatestJob(executor, self)
        self._in_flight = False
        self._hint = QTimer(self, singleShot=True, interval=HINT_MILLISECONDS)
        self._hint.timeout.connect(self._give_hint)

    @Property(bool, notify=changed)
    def running(self) -> bool:
        return self.state.running

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """A failure or a hint; None while all is well."""
        return as_map(notice(self._words, self.state.code, {})) if self.state.code else None

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
            self._become(CameraState(code=NO_MULTIMEDIA))
            return
        self._in_flight = False
        self._become(CameraState(running=True))
        self._hint.start()
        camera.start()

    @Slot()
    def stop(self) -> None:
        self._hint.stop()
        self._job.forget()
        if self._camera is not None and self.state.running:
            self._camera.stop()
        self._become(CameraState())

    @Slot()
    def nextCamera(self) -> None:
        if self._camera is not None:
            self._become(CameraState(running=True))
            self._hint.start()
            self._camera.use_next()

    def _make(self) -> Camera:
        camera = self._eyes.make_camera()
        camera.framed.connect(self._take)
        camera.failed.connect(self._fail)
        if self._output is not None:
            camera.show_on(self._output)
        self._camera = camera
        return camera

    def _take(self, frame: QVideoFrame) -> None:
        if self._in_flight or not self.state.running:
            return
        self._in_flight = True
        self._job.ask(lambda _tell: (self._eyes.look(frame), frame), self._weigh)

    def _weigh(self, answer: Answer[tuple[Seen | None, QVideoFrame]]) -> None:
        self._in_flight = False
        match answer:
            case Done(value=(seen, frame)) if seen is not None:
                self._hear(seen, frame)
            case _:
                pass

    def _hear(self, seen: Seen, frame: QVideoFrame) -> None:
        texts = tuple(each.text for each in seen.sightings)
        if not texts:
            self._become(replace(self.state, last=(), near_miss=self.state.near_miss or seen.near_misses > 0))
        elif texts != self.state.last:
            self._become(replace(self.state, last=texts))
        else:
            self.stop()
            self.found.emit(Reading(seen.sightings, seen.near_misses, self._eyes.freeze(frame)))

    def _give_hint(self) -> None:
        if self.state.running:
            self._become(replace(self.state, code=HINT_SEEN if self.state.near_miss else HINT_NOTHING))

    def _fail(self, code: str) -> None:
        self._hint.stop()
        self._become(CameraState(code=code))

    def _become(self, new: CameraState) -> None:
        old, self.state = self.state, new
        if new != old:
            self.changed.emit()
