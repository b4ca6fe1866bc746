"""My labels as a table or as data, in a file where the shopper says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.saving import SavingViewModel

if TYPE_CHECKING:
    from datetime import datetime

    from labelviewer.domain.inspection import Inspection
    from labelviewer.ui.jobs import Executor
    from labelviewer.ui.viewmodels.history import HistoryViewModel
    from labelviewer.ui.viewmodels.saving import WriteFile
    from labelviewer.ui.viewmodels.things import ThingsViewModel
    from labelviewer.words.catalogue import Words

NAME: Final = "my-labels"
TABLE: Final = "csv"
DATA: Final = "json"


class ExportViewModel(SavingViewModel):
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
        super().__init__(write, places, words, executor, parent)
        self._things = things
        self._history = history
        self._now = now
        self._version = version

    @Slot()
    def saveTable(self) -> None:
        self._save(TABLE)

    @Slot()
    def saveData(self) -> None:
        self._save(DATA)

    def _save(self, kind: str) -> None:
        """All of both lists, whatever is being looked for, as they are when a place was asked for."""
        owned = tuple((each.inspection, each.thing.since, True) for each in self._things.state.owned)
        history = self._history.state
        scanned = tuple((each, row.at, False) for row, each in zip(history.rows, history.inspections, strict=True))
        self.ask_where(Want(kind, f"{NAME}.{kind}"), lambda: self._bytes((*owned, *scanned), kind))

    def _bytes(self, labels: tuple[tuple[Inspection, datetime, bool], ...], kind: str) -> bytes:
        from labelviewer.present.export import as_csv, as_json, export_row

        rows = [export_row(inspection, self._words, at=at, owned=owned) for inspection, at, owned in labels]
        return as_csv(rows) if kind == TABLE else as_json(rows, self._version, self._now())
