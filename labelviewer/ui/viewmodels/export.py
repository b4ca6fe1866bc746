"""My labels as a table or as data, in a file where the shopper says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.errors import KeepError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob
from labelviewer.ui.viewmodels.maps import QVARIANT, as_map
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want

if TYPE_CHECKING:
    from datetime import datetime

    from labelviewer.domain.inspection import Inspection
    from labelviewer.ui.viewmodels.history import HistoryViewModel
    from labelviewer.ui.viewmodels.proof import WriteFile
    from labelviewer.ui.viewmodels.things import ThingsViewModel
    from labelviewer.words.catalogue import Words

NAME: Final = "my-labels"
TABLE: Final = "csv"
DATA: Final = "json"


@dataclass(frozen=True, slots=True)
class ExportState:
    """`saved` is the name of the file that was written, `problem` why none was."""

    saved: str = ""
    problem: KeepError | None = None


class ExportViewModel(QObject):
    changed = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        things: ThingsViewModel,
        history: HistoryViewModel,
        now: Callable[[], datetime],
        write: WriteFile,
        places: PlacesViewModel,
        version: str,
        words: Words,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ExportState()
        self._things = things
        self._history = history
        self._now = now
        self._write = write
        self._places = places
        self._version = version
        self._words = words
        self._job = LatestJob(executor, self)

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @Property(str, notify=changed)
    def told(self) -> str:
        return self._words.say("proof.saved", name=self.state.saved) if self.state.saved else ""

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        from labelviewer.present.notice import notice

        problem = self.state.problem
        return as_map(notice(self._words, problem.code, problem.facts)) if problem else None

    @Slot()
    def saveTable(self) -> None:
        self._places.want(Want(TABLE, f"{NAME}.{TABLE}"), lambda place: self._save(place, TABLE))

    @Slot()
    def saveData(self) -> None:
        self._places.want(Want(DATA, f"{NAME}.{DATA}"), lambda place: self._save(place, DATA))

    def _save(self, place: Path, kind: str) -> None:
        """All of both lists, whatever is being looked for."""
        owned = tuple((each.inspection, each.thing.since, True) for each in self._things.state.owned)
        history = self._history.state
        scanned = tuple((each, row.at, False) for row, each in zip(history.rows, history.inspections, strict=True))

        def work(_tell: object) -> ExportState:
            try:
                self._write(place, self._bytes((*owned, *scanned), kind))
            except KeepError as problem:
                return ExportState(problem=problem)
            return ExportState(saved=place.name)

        self._job.ask(work, self._finish)

    def _bytes(self, labels: tuple[tuple[Inspection, datetime, bool], ...], kind: str) -> bytes:
        from labelviewer.present.export import as_csv, as_json, export_row

        rows = [export_row(inspection, self._words, at=at, owned=owned) for inspection, at, owned in labels]
        return as_csv(rows) if kind == TABLE else as_json(rows, self._version, self._now())

    def _finish(self, answer: Answer[ExportState]) -> None:
        match answer:
            case Done(value=state):
                self.state = state
                self.changed.emit()
            case Failed(error=error):
                self.crashed.emit(error)
