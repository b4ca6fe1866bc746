"""What was scanned, newest first, checked again with today's date each time it is shown; forgotten and put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from labelviewer.domain.errors import KeepError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob
from labelviewer.ui.viewmodels.columns import AT_LEAST, AT_MOST
from labelviewer.ui.viewmodels.listing import ALL, Listing, Order, arrange, label_name
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map
from labelviewer.ui.viewmodels.words import say_problem

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.ports import Forgotten, Keeper, Visit
    from labelviewer.pipeline.run import Ports
    from labelviewer.present.label_page import LabelPage
    from labelviewer.words.catalogue import Words

ROWS_AT_FIRST = 20
GLANCE_MILLISECONDS = 500


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    product: str
    maker: str
    when: str
    standing: str
    tone: str
    label: str
    words: str
    at: datetime
    ends: date | None = None
    warnings: tuple[()] = ()

    @property
    def calm(self) -> bool:
        return self.tone == "ok"


@dataclass(frozen=True, slots=True)
class HistoryState:
    """`inspections` go with `rows`, one each. `chosen` holds row numbers that wait to be compared.

    `gone` can be put back, as long as the window is open and nothing else is removed. `rebuilding`: the library is.
    """

    rows: tuple[Row, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    shown: int = ROWS_AT_FIRST
    chosen: tuple[int, ...] = ()
    problem: KeepError | None = None
    listing: Listing = ALL
    gone: tuple[Forgotten, ...] = ()
    rebuilding: bool = False


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
    rows = tuple(map(partial(_row, words), visits, inspections, pages))
    return HistoryState(rows, inspections)


def _row(words: Words, visit: Visit, inspection: Inspection, page: LabelPage) -> Row:
    from labelviewer.domain.hints import hints_of
    from labelviewer.present.answers import support_end

    label = inspection.label
    end = support_end(label) if label is not None else None
    return Row(
        number=visit.number,
        product=page.product,
        maker=page.maker,
        when=words.say("history.line", date=visit.at.astimezone().date()),
        standing=page.headline.title,
        tone=page.headline.tone,
        label=label_name(label.issuer, label.subject) if label is not None else "",
        words=hints_of(visit.evidence.token).words,
        at=visit.at,
        ends=end.value if end is not None and isinstance(end.value, date) else None,
    )


class HistoryViewModel(QObject):
    changed = Signal()
    rowsChanged = Signal()
    opened = Signal(object)
    claimed = Signal(object)
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
        self._keeper: object = None
        self._glance = QTimer(self, interval=GLANCE_MILLISECONDS)
        self._glance.timeout.connect(self._look_at_library)

    @Property(str, notify=changed)
    def waiting(self) -> str:
        """Why the list takes long; empty where it does not."""
        return self._words.say("stage.rebuilding") if self.state.rebuilding else ""

    @Property(QVARIANT_LIST, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return [as_map(row) for row in arrange(self.state.rows, self.state.listing)[: self.state.shown]]

    @Property(int, notify=rowsChanged)
    def total(self) -> int:
        return len(self.state.rows)

    @Property(QVARIANT_LIST, notify=changed)
    def chosen(self) -> list[int]:
        """Apart from the rows, so that a tick leaves them, and the keyboard, where they are."""
        return list(self.state.chosen)

    @Property(bool, notify=rowsChanged)
    def hasMore(self) -> bool:
        return len(arrange(self.state.rows, self.state.listing)) > self.state.shown

    @Property(str, notify=changed)
    def removed(self) -> str:
        """What can be put back, in words; empty where there is nothing."""
        return self._words.say("history.removed", n=len(self.state.gone)) if self.state.gone else ""

    @Property(bool, notify=changed)
    def canCompare(self) -> bool:
        return len(self.state.chosen) >= AT_LEAST

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """Why the list could not be read; None where it could."""
        return say_problem(self._words, self.state.problem)

    @Slot()
    def refresh(self) -> None:
        gone = self.state.gone
        self._do(lambda _keeper: gone)

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
    def claim(self, number: int) -> None:
        """Somebody owns it."""
        for row, inspection in zip(self.state.rows, self.state.inspections, strict=True):
            if row.number == number:
                self.claimed.emit(inspection)

    @Slot(str)
    def find(self, text: str) -> None:
        self._become(replace(self.state, listing=replace(self.state.listing, text=text)))

    @Slot(bool)
    def showAttention(self, on: bool) -> None:
        self._become(replace(self.state, listing=replace(self.state.listing, attention=on)))

    @Slot(str)
    def sort(self, order: str) -> None:
        self._become(replace(self.state, listing=replace(self.state.listing, order=Order(order))))

    @Slot(int)
    def choose(self, number: int) -> None:
        """Mark or unmark a row for comparing; the oldest mark gives way."""
        chosen = self.state.chosen
        marked = tuple(each for each in chosen if each != number) if number in chosen else (*chosen, number)
        self._become(replace(self.state, chosen=marked[-AT_MOST:]))

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

    @Slot()
    def undo(self) -> None:
        from labelviewer.pipeline.ports import Things

        gone = self.state.gone

        def put_back(keeper: object) -> tuple[Forgotten, ...]:
            if isinstance(keeper, Things):
                keeper.put_back(gone)
            return ()

        if gone:
            self._do(put_back)

    def _do(self, change: Callable[[Keeper], Sequence[Forgotten]]) -> None:
        """What `change` took off the list can be put back; nothing can where it went wrong, nor could before."""

        def work(_tell: object) -> HistoryState:
            ports = self._ports()
            self._keeper = ports.keeper
            try:
                gone = tuple(change(ports.keeper)) if ports.keeper is not None else ()
            except KeepError as problem:
                return replace(read_history(ports, self._words), problem=problem)
            return replace(read_history(ports, self._words), gone=gone)

        self._job.ask(work, self._finish)
        self._glance.start()

    def _look_at_library(self) -> None:
        from labelviewer.pipeline.ports import Rebuilt

        rebuilding = isinstance(self._keeper, Rebuilt) and self._keeper.is_rebuilding()
        self._become(replace(self.state, rebuilding=rebuilding))

    def _finish(self, answer: Answer[HistoryState]) -> None:
        self._glance.stop()
        match answer:
            case Done(value=state):
                self._become(replace(state, shown=max(state.shown, self.state.shown), listing=self.state.listing))
            case Failed(error=error):
                self._become(replace(self.state, rebuilding=False))
                self.crashed.emit(error)

    def _become(self, new: HistoryState) -> None:
        old, self.state = self.state, new
        if (new.rows, new.shown, new.listing) != (old.rows, old.shown, old.listing):
            self.rowsChanged.emit()
        if new != old:
            self.changed.emit()
