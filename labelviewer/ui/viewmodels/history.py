"""My labels: what was scanned, newest first, checked again with today's date each time it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.errors import KeepError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.ports import Keeper
    from labelviewer.pipeline.run import Ports
    from labelviewer.words.catalogue import Words

ROWS_AT_FIRST = 50
TO_COMPARE = 2


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    product: str
    maker: str
    when: str
    standing: str
    tone: str


@dataclass(frozen=True, slots=True)
class HistoryState:
    """`inspections` go with `rows`, one each. `chosen` holds row numbers that wait to be compared."""

    rows: tuple[Row, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    shown: int = ROWS_AT_FIRST
    chosen: tuple[int, ...] = ()
    problem: KeepError | None = None


def read_history(ports: Ports, words: Words) -> HistoryState:
    """Every kept visit, verified again; runs on the library's thread."""
    from labelviewer.pipeline.run import reopen
    from labelviewer.present.label_page import label_page

    if ports.keeper is None:
        return HistoryState()
    try:
        visits = ports.keeper.history()
    except KeepError as problem:
        return HistoryState(problem=problem)
    inspections = tuple(reopen(visit.evidence, ports) for visit in visits)
    pages = (label_page(each, words, ports.packs, ports.clock.now(), show_hidden=True) for each in inspections)
    rows = tuple(
        Row(
            visit.number,
            page.product,
            page.maker,
            words.say("history.line", date=visit.at.astimezone().date()),
            page.headline.title,
            page.headline.tone,
        )
        for visit, page in zip(visits, pages, strict=True)
    )
    return HistoryState(rows, inspections)


class HistoryViewModel(QObject):
    changed = Signal()
    rowsChanged = Signal()
    opened = Signal(object)
    compared = Signal(object)
    crashed = Signal(object)

    def __init__(
        self, ports: Callable[[], Ports], words: Words, executor: Executor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = HistoryState()
        self._ports = ports
        self._words = words
        self._job = LatestJob(executor, self)

    @Property(QVARIANT_LIST, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return [as_map(row) for row in self.state.rows[: self.state.shown]]

    @Property(QVARIANT_LIST, notify=changed)
    def chosen(self) -> list[int]:
        """Apart from the rows, so that a tick leaves them, and the keyboard, where they are."""
        return list(self.state.chosen)

    @Property(bool, notify=rowsChanged)
    def hasMore(self) -> bool:
        return len(self.state.rows) > self.state.shown

    @Property(bool, notify=changed)
    def canCompare(self) -> bool:
        return len(self.state.chosen) == TO_COMPARE

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """Why the list could not be read; None where it could."""
        from labelviewer.present.notice import notice

        problem = self.state.problem
        return as_map(notice(self._words, problem.code, problem.facts)) if problem else None

    @Slot()
    def refresh(self) -> None:
        self._do(lambda _keeper: None)

    def speak(self, words: Words) -> None:
        self._words = words
        if self.state.rows:
            self.refresh()
        self.changed.emit()

    @Slot()
    def showMore(self) -> None:
        self._become(replace(self.state, shown=self.state.shown + ROWS_AT_FIRST))

    @Slot(int)
    def open(self, number: int) -> None:
        for row, inspection in zip(self.state.rows, self.state.inspections, strict=True):
            if row.number == number:
                self.opened.emit(inspection)

    @Slot(int)
    def choose(self, number: int) -> None:
        """Mark or unmark a row for comparing; the oldest mark gives way."""
        chosen = self.state.chosen
        marked = tuple(each for each in chosen if each != number) if number in chosen else (*chosen, number)
        self._become(replace(self.state, chosen=marked[-TO_COMPARE:]))

    @Slot()
    def compareChosen(self) -> None:
        by_number = {row.number: each for row, each in zip(self.state.rows, self.state.inspections, strict=True)}
        self.compared.emit(tuple(by_number[number] for number in self.state.chosen))

    @Slot(int)
    def forget(self, number: int) -> None:
        self._do(lambda keeper: keeper.forget(number))

    @Slot()
    def clear(self) -> None:
        self._do(lambda keeper: keeper.clear_history())

    def _do(self, change: Callable[[Keeper], object]) -> None:
        def work(_tell: object) -> HistoryState:
            ports = self._ports()
            try:
                if ports.keeper is not None:
                    change(ports.keeper)
            except KeepError as problem:
                return replace(read_history(ports, self._words), problem=problem)
            return read_history(ports, self._words)

        self._job.ask(work, self._finish)

    def _finish(self, answer: Answer[HistoryState]) -> None:
        match answer:
            case Done(value=state):
                self._become(replace(state, shown=max(state.shown, self.state.shown)))
            case Failed(error=error):
                self.crashed.emit(error)

    def _become(self, new: HistoryState) -> None:
        old, self.state = self.state, new
        if (new.rows, new.shown) != (old.rows, old.shown):
            self.rowsChanged.emit()
        if new != old:
            self.changed.emit()
