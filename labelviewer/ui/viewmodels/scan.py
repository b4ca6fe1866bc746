"""Ways in: every picture, paste, drop, link and number takes the same path to an Inspection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication

from labelviewer.domain.errors import (
    NothingToPasteError,
    PictureError,
    RefusedError,
    WebPictureError,
)
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.web_address import parse_web_address
from labelviewer.ui import intake
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob, Tell
from labelviewer.ui.viewmodels.maps import QVARIANT_MAP

if TYPE_CHECKING:
    from labelviewer.domain.sighting import Reading
    from labelviewer.pipeline.run import Ports
    from labelviewer.words.catalogue import Words

SLOW_MILLISECONDS = 5_000
GLANCE_MILLISECONDS = 500

ReadFile = Callable[[Path], bytes]
"""The bytes of a picture file; raises PictureError."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that is no picture, opened like one: a signer's own, a saved comparison with the labels in it as they
    are now, or a bundle, which is not read here."""

    path: Path
    data: bytes = b""
    is_bundle: bool = False
    compared: tuple[Inspection, ...] = ()


Found = Inspection | Brought
Inspect = Callable[["Ports", Callable[[Stage, str], None]], tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class ScanState:
    """`slow` once a site has kept us waiting; `host` is the site that is asked. `rebuilding`: the library is."""

    busy: bool = False
    stage: Stage = Stage.READING
    host: str = ""
    slow: bool = False
    rebuilding: bool = False


class ScanViewModel(QObject):
    changed = Signal()
    finished = Signal(object)
    stopped = Signal()
    brought = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        ports: Callable[[], Ports],
        read_file: ReadFile,
        samples: Path,
        words: Words,
        executor: Executor,
        is_bundle: Callable[[Path], bool] = lambda _path: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ScanState()
        self._ports = ports
        self._read_file = read_file
        self._is_bundle = is_bundle
        self._samples = samples
        self._words = words
        self._job = LatestJob(executor, self)
        self._question: Inspect | None = None
        self._first = Stage.READING
        self._offered: Inspect | None = None
        self._typed = ""
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MILLISECONDS)
        self._slow.timeout.connect(self._mark_slow)
        self._keeper: object = None
        self._glance = QTimer(self, interval=GLANCE_MILLISECONDS)
        self._glance.timeout.connect(self._look_at_library)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self.state.busy

    @Property(QVARIANT_MAP, notify=changed)
    def waiting(self) -> dict[str, Any]:
        """Title, body and whether it takes long, for the person who waits."""
        if self.state.rebuilding:
            return {"title": self._words.say("stage.rebuilding"), "body": "", "slow": False}
        if self.state.slow:
            message = self._words.message("F03", {"host": self.state.host})
            return {"title": message.title, "body": message.body, "slow": True}
        return {"title": self._words.say(f"stage.{self.state.stage}"), "body": "", "slow": False}

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What was typed last and led to no label: it need not be typed again to be put right."""
        return self._typed

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @Slot("QVariantList")
    def openPictures(self, urls: Sequence[QUrl]) -> None:
        self.open_files(tuple(Path(url.toLocalFile()) for url in urls))

    @Slot()
    def paste(self) -> None:
        self.take_in(intake.take(QGuiApplication.clipboard().mimeData()))

    @Slot(str)
    def follow(self, text: str) -> None:
        """The text of a code, to the letter."""
        self._ask(lambda ports, on_stage: (_run().inspect_code(text, ports, on_stage),))

    @Slot(str)
    def followTyped(self, text: str) -> None:
        """A typed address or number."""
        self._typed = text
        self._inspect_typed(text)

    def forget_typed(self) -> None:
        self._typed = ""

    def _inspect_typed(self, text: str) -> None:
        self._ask(lambda ports, on_stage: (_run().inspect_typed(text, ports, on_stage),))

    @Slot(str)
    def trySample(self, path: str) -> None:
        self.open_files((self._samples / path / "box.jpg",))

    @Slot()
    def again(self) -> None:
        """Ask the last question once more; a site is asked even if a fresh copy is kept."""
        if self._question is not None:
            self._ask(self._question, self._first)

    @Slot()
    def goAhead(self) -> None:
        """The shopper agreed to what was only offered."""
        if self._offered is not None:
            self._ask(self._offered)
        else:
            self.again()

    @Slot()
    def stop(self) -> None:
        was_busy = self.state.busy
        self._job.forget()
        self._become(ScanState())
        if was_busy:
            self.stopped.emit()

    @Slot()
    def keepWaiting(self) -> None:
        self._become(replace(self.state, slow=False))
        self._slow.start()

    def take_in(self, taken: intake.Intake) -> None:
        match taken:
            case intake.Files(paths=paths):
                self.open_files(paths)
            case intake.Picture(data=data):
                name = self._words.say("picture.pasted")
                self._ask(lambda ports, on_stage: (_run().inspect_picture(data, name, ports, on_stage),), Stage.READING)
            case intake.WebPicture(address=address):
                self._offer(address)
            case intake.Text(text=text):
                self._inspect_typed(text)
            case intake.Nothing():
                self.finished.emit((Inspection(problem=NothingToPasteError()),))

    def open_files(self, paths: tuple[Path, ...]) -> None:
        def inspect(ports: Ports, on_stage: Callable[[Stage, str], None]) -> tuple[Found, ...]:
            return tuple(self._inspect_file(path, ports, on_stage) for path in paths)

        self._ask(inspect, Stage.READING)

    def follow_reading(self, reading: Reading) -> None:
        """A frozen camera frame."""
        self._ask(lambda ports, on_stage: (_run().inspect_reading(reading, ports, on_stage),))

    def choose(self, text: str, reading: Reading) -> None:
        """One of several codes in a picture."""
        self._ask(lambda ports, on_stage: (_run().inspect_code(text, ports, on_stage, reading=reading),))

    def ask_stranger(self, text: str, reading: Reading | None) -> None:
        """A site that no list names, because the shopper said yes."""
        self._ask(
            lambda ports, on_stage: (_run().inspect_code(text, ports, on_stage, reading=reading, strangers=True),)
        )

    def check_again(self, code: str) -> None:
        self._ask(lambda ports, on_stage: (_run().inspect_code(code, ports, on_stage, again=True),))

    def _offer(self, text: str) -> None:
        """A picture on the web: nothing is asked, not even its host's name, before the shopper agrees."""
        try:
            address = parse_web_address(text)
        except RefusedError as problem:
            self.finished.emit((Inspection(problem=problem),))
            return
        self.stop()
        self._question = None
        self._offered = lambda ports, on_stage: (_web().inspect_web_picture(address, ports, on_stage),)
        self.finished.emit((Inspection(problem=WebPictureError(host=address.host)),))

    def _inspect_file(self, path: Path, ports: Ports, on_stage: Callable[[Stage, str], None]) -> Found:
        """On the worker's thread."""
        on_stage(Stage.READING, "")
        if self._is_bundle(path):
            return Brought(path, is_bundle=True)
        try:
            data = self._read_file(path)
        except PictureError as problem:
            return Inspection(problem=problem)
        inspection: Inspection
        if _issuers().is_issuer_file(data):
            return Brought(path, data)
        if _saved().is_comparison(data):
            return self._reopened(path, data, ports)
        if _proof().is_proof(data):
            inspection = _proof().inspect_proof(data, ports)
        else:
            inspection = _run().inspect_picture(data, path.name, ports, on_stage)
        return inspection

    def _reopened(self, path: Path, data: bytes, ports: Ports) -> Found:
        looks: tuple[Inspection, ...] = _saved().inspect_comparison(data, ports)
        return Brought(path, compared=looks) if len(looks) > 1 else looks[0]

    def _ask(self, inspect: Inspect, first: Stage = Stage.LOOKING_UP) -> None:
        """`first` is what the shopper is told until there is news."""
        self._question, self._first, self._offered = inspect, first, None
        self._become(ScanState(busy=True, stage=first))
        self._glance.start()

        def work(tell: Tell) -> tuple[Found, ...]:
            ports = self._ports()
            self._keeper = ports.keeper
            return inspect(ports, lambda stage, host: tell((stage, host)))

        self._job.ask(work, self._finish, self._hear)

    def _hear(self, progress: tuple[Stage, str]) -> None:
        stage, host = progress
        self._become(replace(self.state, stage=stage, host=host))
        if stage is Stage.LOOKING_UP:
            self._slow.start()

    def _mark_slow(self) -> None:
        if self.state.busy and self.state.host:
            self._become(replace(self.state, slow=True))

    def _look_at_library(self) -> None:
        from labelviewer.pipeline.ports import Rebuilt

        rebuilding = isinstance(self._keeper, Rebuilt) and self._keeper.is_rebuilding()
        self._become(replace(self.state, rebuilding=self.state.busy and rebuilding))

    def _finish(self, answer: Answer[tuple[Found, ...]]) -> None:
        self._become(ScanState())
        match answer:
            case Done(value=found):
                self._hand_over(found)
            case Failed(error=error):
                self.crashed.emit(error)

    def _hand_over(self, found: tuple[Found, ...]) -> None:
        """Of several files that are no pictures the first one counts, after what the pictures gave."""
        if inspections := tuple(each for each in found if isinstance(each, Inspection)):
            if any(each.report is not None for each in inspections):
                self._typed = ""
            self.finished.emit(inspections)
        for brought in [each for each in found if isinstance(each, Brought)][:1]:
            self.brought.emit(brought)

    def _become(self, new: ScanState) -> None:
        old, self.state = self.state, new
        if not new.busy:
            self._slow.stop()
            self._glance.stop()
        if new != old:
            self.changed.emit()


def _run() -> Any:
    """The pipeline, imported when first used: the first frame does not wait for it."""
    from labelviewer.pipeline import run

    return run


def _issuers() -> Any:
    from labelviewer.pipeline import issuers

    return issuers


def _proof() -> Any:
    from labelviewer.pipeline import proof

    return proof


def _saved() -> Any:
    from labelviewer.pipeline import saved_comparison

    return saved_comparison


def _web() -> Any:
    from labelviewer.pipeline import web_picture

    return web_picture
