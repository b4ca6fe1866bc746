"""Files of many labels: brought in and saved while the window stays alive, stopped without damage, gone on with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.errors import KeepError, NoSuchFileError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob, StopSign, Tell
from labelviewer.ui.viewmodels.lines import Line, line, say_line
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.words import say_problem

if TYPE_CHECKING:
    from labelviewer.domain.errors import LabelViewerError
    from labelviewer.domain.imported import Imported
    from labelviewer.pipeline.ports import Shelf
    from labelviewer.pipeline.run import Ports
    from labelviewer.words.catalogue import Words

NEW_FILE: Final = "labels.lvbundle"


@dataclass(frozen=True, slots=True)
class BundleFiles:
    """`reading` raises NoSuchFileError. `writing` puts the file in its place when all went well; CannotSaveError."""

    reading: Callable[[Path], AbstractContextManager[BinaryIO]]
    writing: Callable[[Path], AbstractContextManager[BinaryIO]]


class Doing(StrEnum):
    NOTHING = "nothing"
    IMPORTING = "importing"
    EXPORTING = "exporting"


@dataclass(frozen=True, slots=True)
class BundleState:
    """`part` of the file is done, 0 to 1; `done` is what came in. `stopped`: the file `name` can be gone on with."""

    doing: Doing = Doing.NOTHING
    name: str = ""
    part: float = 0
    told: Line | None = None
    done: Imported | None = None
    problem: LabelViewerError | None = None
    stopped: bool = False


class StoppedError(Exception):
    """The person pressed Stop: the file that was begun goes."""


class BundlesViewModel(QObject):
    changed = Signal()
    crashed = Signal(object)
    began = Signal()
    imported = Signal()

    def __init__(
        self,
        ports: Callable[[], Ports],
        files: BundleFiles,
        places: PlacesViewModel,
        words: Words,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = BundleState()
        self._ports = ports
        self._files = files
        self._places = places
        self._words = words
        self._job = LatestJob(executor, self)
        self._stop = StopSign()
        self._path: Path | None = None

    @property
    def _is_busy(self) -> bool:
        return self.state.doing is not Doing.NOTHING

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._is_busy

    @Property(str, notify=changed)
    def heading(self) -> str:
        return self._words.say(f"bundle.{self.state.doing}", name=self.state.name) if self._is_busy else ""

    @Property(float, notify=changed)
    def part(self) -> float:
        """Below 0 where nobody knows how much there is."""
        return self.state.part if self.state.doing is Doing.IMPORTING else -1

    @Property(QVARIANT_LIST, notify=changed)
    def told(self) -> list[str]:
        from labelviewer.present.bundle_lines import bundle_lines

        if self.state.done is not None:
            return list(bundle_lines(self.state.done, self._words))
        return [say_line(self.state.told, self._words)] if self.state.told else []

    @Property(bool, notify=changed)
    def canGoOn(self) -> bool:
        return self.state.stopped

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        return say_problem(self._words, self.state.problem)

    @Slot()
    def chooseImport(self) -> None:
        self._places.want(Want("bundle"), self.bring_in)

    @Slot()
    def chooseExport(self) -> None:
        self._places.want(Want("bundle", NEW_FILE), self.put_out)

    @Slot()
    def goOn(self) -> None:
        if self._path is not None:
            self.bring_in(self._path)

    @Slot()
    def stop(self) -> None:
        """What is saved by now stays."""
        self._stop.raised = True

    def bring_in(self, path: Path) -> None:
        self._start(Doing.IMPORTING, path, self._import)

    def put_out(self, path: Path) -> None:
        self._start(Doing.EXPORTING, path, self._export)

    def _start(self, doing: Doing, path: Path, work: Callable[[Path, StopSign, Tell], BundleState]) -> None:
        """One at a time: the first one goes on."""
        self.began.emit()
        if self._is_busy:
            return
        self._path, self._stop = path, StopSign()
        stop = self._stop
        self._become(BundleState(doing, path.name))
        self._job.ask(lambda tell: work(path, stop, tell), self._finish, self._hear)

    # on the worker's thread

    def _import(self, path: Path, stop: StopSign, tell: Tell) -> BundleState:
        from labelviewer.pipeline.bundle import BundleError, import_bundle

        ports, shelf = self._ports(), self._shelf()
        if shelf is None:
            return BundleState(name=path.name, told=line("bundle.no-library"))
        try:
            with self._files.reading(path) as file:
                done = import_bundle(
                    file,
                    shelf,
                    ports.trust.trust,
                    ports.clock.now(),
                    take_trust=ports.carried.take_trust if ports.carried else None,
                    on_progress=lambda read, total: tell(read / max(total, 1)),
                    should_stop=lambda: stop.raised,
                )
        except BundleError as error:
            return BundleState(name=path.name, told=line(f"bundle.{error.reason}", name=path.name))
        except (KeepError, NoSuchFileError) as problem:
            return BundleState(name=path.name, problem=problem)
        return BundleState(name=path.name, done=done, stopped=not done.done)

    def _export(self, path: Path, stop: StopSign, _tell: Tell) -> BundleState:
        from labelviewer.pipeline.bundle import export_bundle

        ports, shelf = self._ports(), self._shelf()
        if shelf is None:
            return BundleState(name=path.name, told=line("bundle.no-library"))
        try:
            parts = ports.carried.trust_parts() if ports.carried else ()
            with self._files.writing(path) as file:
                trust, now = ports.trust.trust(), ports.clock.now()
                labels, _ = export_bundle(file, shelf, trust, now, parts=parts, should_stop=lambda: stop.raised)
                if stop.raised:
                    raise StoppedError
        except StoppedError:
            return BundleState(name=path.name, told=line("bundle.export-stopped"))
        except KeepError as problem:
            return BundleState(name=path.name, problem=problem)
        return BundleState(name=path.name, told=line("bundle.exported", n=labels, name=path.name))

    def _shelf(self) -> Shelf | None:
        from labelviewer.pipeline.ports import Shelf

        keeper: object = self._ports().keeper
        return keeper if isinstance(keeper, Shelf) else None

    # back in the window

    def _hear(self, part: float) -> None:
        self._become(replace(self.state, part=part))

    def _finish(self, answer: Answer[BundleState]) -> None:
        was_import = self.state.doing is Doing.IMPORTING
        match answer:
            case Done(value=state):
                self._become(state)
                if was_import:
                    self.imported.emit()
            case Failed(error=error):
                self._become(BundleState())
                self.crashed.emit(error)

    def _become(self, new: BundleState) -> None:
        old, self.state = self.state, new
        if new != old:
            self.changed.emit()
