"""Two to four labels side by side: the page's text, which of its rows are on, and what the shopper adds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.plain_text import clean
from labelviewer.ui.viewmodels.columns import AT_MOST, Columns
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map
from labelviewer.ui.viewmodels.words import say_more

if TYPE_CHECKING:
    from datetime import date

    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.run import Ports
    from labelviewer.present.compare_page import CompareGroup, ComparePage
    from labelviewer.present.notice import Notice
    from labelviewer.present.spoken import Passage
    from labelviewer.words.catalogue import Words

NAME_LENGTH = 120
READY = 2


@dataclass(frozen=True, slots=True)
class CompareState:
    """`prices` as they were typed, by product. `put_away` are codes of messages, `folded` groups of rows."""

    columns: Columns = field(default_factory=Columns)
    only_differences: bool = True
    by_topic: bool = False
    folded: frozenset[str] = frozenset()
    put_away: frozenset[str] = frozenset()
    unfolded: str = ""
    prices: Mapping[str, str] = field(default_factory=dict)

    @property
    def inspections(self) -> tuple[Inspection, ...]:
        return self.columns.shown


def shown_groups(page: ComparePage, *, only_differences: bool) -> list[CompareGroup]:
    """The groups with the rows that are on; a group without any is left out."""
    groups = (
        group.with_rows(row for row in group.rows if not (row.folded and only_differences)) for group in page.groups
    )
    return [group for group in groups if group.rows]


class CompareViewModel(QObject):
    changed = Signal()
    rowsChanged = Signal()
    foldsChanged = Signal()
    noticesChanged = Signal()
    pricesChanged = Signal()
    announced = Signal(str)

    def __init__(self, ports: Callable[[], Ports], words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CompareState()
        self._ports = ports
        self._words = words
        self._page: ComparePage | None = None

    @property
    def page(self) -> ComparePage | None:
        """What is on the screen, all rows of it; None until there are two."""
        return self._page

    @property
    def ready(self) -> bool:
        """There is something to compare."""
        return len(self.state.inspections) >= READY

    @property
    def full(self) -> bool:
        return self.state.columns.full

    @property
    def announcement(self) -> str:
        return self._page.summary if self._page else ""

    @Property(int, notify=changed)
    def count(self) -> int:
        return len(self.state.inspections)

    @Property(QVARIANT_LIST, notify=changed)
    def names(self) -> list[str]:
        """The products that wait for another one; one that its label could not prove is not named."""
        return [self._name(each) for each in self.state.inspections]

    @Property(QVARIANT, notify=changed)
    def comparison(self) -> Any:
        """All but the rows, which come apart from it."""
        return as_map(replace(self._page, groups=())) if self._page else None

    @Property(QVARIANT_LIST, notify=rowsChanged)
    def groups(self) -> list[Any]:
        return [as_map(group) for group in self._shown_groups()]

    @Property(QVARIANT_LIST, notify=foldsChanged)
    def folded(self) -> list[str]:
        """Apart from the rows, so that a fold leaves them, and the keyboard, where they are."""
        return sorted(self.state.folded)

    @Property(QVARIANT_LIST, notify=noticesChanged)
    def notices(self) -> list[Any]:
        return [as_map(each) for each in self._shown_notices()]

    @Property(str, notify=noticesChanged)
    def unfolded(self) -> str:
        """The message of which more is told."""
        return self.state.unfolded

    @Property(str, notify=noticesChanged)
    def more(self) -> str:
        return say_more(self._words, "show-meaning", self.state.unfolded) if self.state.unfolded else ""

    @Property(QVARIANT_LIST, notify=pricesChanged)
    def figures(self) -> list[Any]:
        """What the shopper typed, and what comes of it; one for each column."""
        from labelviewer.present.own_figures import own_figure

        columns = self._page.columns if self._page else ()
        typed = [self.state.prices.get(_product(each), "") for each in self.state.inspections]
        today = self._today() if columns else None
        return [
            as_map(own_figure(inspection, column.called, price, self._words, today))
            for inspection, column, price in zip(self.state.inspections, columns, typed, strict=False)
            if today
        ]

    @Property(bool, notify=rowsChanged)
    def onlyDifferences(self) -> bool:
        return self.state.only_differences

    @Property(bool, notify=changed)
    def byTopic(self) -> bool:
        return self.state.by_topic

    @Property(bool, notify=changed)
    def pinned(self) -> bool:
        return self.state.columns.pinned

    @Property(str, notify=changed)
    def referenceLine(self) -> str:
        return self._words.say("compare.reference")

    @Property(bool, notify=changed)
    def canSwap(self) -> bool:
        return self.state.columns.can_swap

    @Property(bool, notify=changed)
    def isFull(self) -> bool:
        return self.full

    @Property(str, notify=changed)
    def fullLine(self) -> str:
        """How many there can be, and what to do about it."""
        message = self._words.message("C06", {"n": AT_MOST})
        return f"{message.title}. {message.body}"

    @Property(str, notify=changed)
    def takenOut(self) -> str:
        """What is out of the comparison since it was last added to; empty where nothing is."""
        out = self.state.columns.out
        return self._words.say("compare.taken-out", name=self._name(out[-1].inspection)) if out else ""

    @Property(bool, notify=changed)
    def canUndo(self) -> bool:
        return self.state.columns.can_undo

    @Slot(bool)
    def showOnlyDifferences(self, on: bool) -> None:
        self._become(replace(self.state, only_differences=on))

    @Slot(bool)
    def showByTopic(self, on: bool) -> None:
        self._become(replace(self.state, by_topic=on))

    @Slot(str)
    def fold(self, group: str) -> None:
        """Closes an open group of rows, and opens a closed one."""
        self._become(replace(self.state, folded=self.state.folded ^ {group}))

    @Slot()
    def swap(self) -> None:
        self._arrange(self.state.columns.swapped())

    @Slot(int)
    def remove(self, column: int) -> None:
        self._arrange(self.state.columns.without(column))
        self.announced.emit(self.property("takenOut"))

    @Slot()
    def undo(self) -> None:
        self._arrange(self.state.columns.undone())
        if self._page:
            self.announced.emit(self._page.summary)

    @Slot(int)
    def pin(self, column: int) -> None:
        self._arrange(self.state.columns.with_pin(column))
        if self._page:
            self.announced.emit(self._page.summary)

    @Slot(int, int, result=int)
    def move(self, column: int, by: int) -> int:
        """Where it is now."""
        moved = self.state.columns.moved(column, by)
        if moved == self.state.columns:
            return column
        self._arrange(moved)
        name, total = self._name(moved.shown[column + by]), len(moved.shown)
        self.announced.emit(self._words.say("compare.moved", name=name, n=column + by + 1, total=total))
        return column + by

    @Slot(int, str)
    def typePrice(self, column: int, text: str) -> None:
        """Of the product, wherever its column goes; forgotten with the comparison."""
        product = _product(self.state.inspections[column])
        self._become(replace(self.state, prices={**self.state.prices, product: text}))

    @Slot(str)
    def putAway(self, code: str) -> None:
        """The message has been read."""
        self._become(replace(self.state, put_away=self.state.put_away | {code}))

    @Slot(str)
    def tellMore(self, code: str) -> None:
        self._become(replace(self.state, unfolded="" if self.state.unfolded == code else code))

    @Slot()
    def clear(self) -> None:
        self._become(CompareState())

    def add(self, inspections: tuple[Inspection, ...]) -> None:
        """Where there are too many, the oldest give way. Messages are read anew."""
        self._become(replace(self.state, columns=self.state.columns.with_more(inspections), put_away=frozenset()))

    def recheck(self) -> None:
        """The same evidence with what is known by now."""
        from labelviewer.pipeline.run import recheck

        columns = self.state.columns
        if columns.shown:
            ports = self._ports()
            checked = tuple(recheck(each, ports) for each in columns.shown)
            out = tuple(replace(each, inspection=recheck(each.inspection, ports)) for each in columns.out)
            self._arrange(replace(columns, shown=checked, out=out))

    def speak(self, words: Words) -> None:
        self._words = words
        self._page = self._compared() if self._page else None
        for signal in (self.changed, self.rowsChanged, self.noticesChanged, self.pricesChanged):
            signal.emit()

    def passages(self, _row: str = "") -> tuple[Passage, ...]:
        """What there is to be read out; a group that is folded is named, not read."""
        from labelviewer.present.spoken import compare_passages

        if self._page is None:
            return ()
        folded = self.state.folded
        groups = (group.with_rows(()) if group.id in folded else group for group in self._shown_groups())
        return compare_passages(self._page, self._shown_notices(), groups)

    def inspection(self, column: int) -> Inspection:
        return self.state.inspections[column]

    def invitation(self) -> Notice:
        """ "Add one more to compare", naming what is there already."""
        from labelviewer.present.notice import notice

        return notice(self._words, "C01", {})

    def _shown_groups(self) -> list[CompareGroup]:
        return shown_groups(self._page, only_differences=self.state.only_differences) if self._page else []

    def _shown_notices(self) -> list[Notice]:
        notices = self._page.notices if self._page else ()
        return [each for each in notices if each.code not in self.state.put_away]

    def _name(self, inspection: Inspection) -> str:
        from labelviewer.present.facts import names_product

        if inspection.label and inspection.report and names_product(inspection.report):
            return clean(inspection.label.product.name, NAME_LENGTH)
        return self._words.say("page.unproven")

    def _today(self) -> date:
        from labelviewer.words.dates import as_day

        return as_day(self._ports().clock.now())

    def _compared(self) -> ComparePage:
        from labelviewer.present.compare_page import compare_page

        return compare_page(
            self.state.inspections,
            self._words,
            self._ports().packs,
            self._today(),
            by_topic=self.state.by_topic,
            reference=0 if self.state.columns.pinned else None,
        )

    def _arrange(self, columns: Columns) -> None:
        self._become(replace(self.state, columns=columns))

    def _become(self, new: CompareState) -> None:
        old, self.state = self.state, new
        compared = (new.columns, new.by_topic) != (old.columns, old.by_topic)
        if compared:
            self._page = self._compared() if self.ready else None
            self.changed.emit()
        if compared or new.only_differences != old.only_differences:
            self.rowsChanged.emit()
        if compared or (new.put_away, new.unfolded) != (old.put_away, old.unfolded):
            self.noticesChanged.emit()
        if compared or new.prices != old.prices:
            self.pricesChanged.emit()
        if new.folded != old.folded:
            self.foldsChanged.emit()


def _product(inspection: Inspection) -> str:
    """Two labels of one product have one price."""
    label = inspection.label
    assert label is not None
    return f"{label.issuer} {label.subject}"
