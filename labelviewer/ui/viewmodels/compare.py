"""Two labels side by side: the page's text, and which of its rows are on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.plain_text import clean
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.pipeline.run import Ports
    from labelviewer.present.compare_page import ComparePage
    from labelviewer.present.notice import Notice
    from labelviewer.words.catalogue import Words

AT_MOST = 2
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class CompareState:
    inspections: tuple[Inspection, ...] = ()
    only_differences: bool = True


def shown_groups(page: ComparePage, *, only_differences: bool) -> list[Any]:
    """The groups with the rows that are on; a group without any is left out."""
    groups = (
        group.with_rows(row for row in group.rows if not (row.folded and only_differences)) for group in page.groups
    )
    return [as_map(group) for group in groups if group.rows]


class CompareViewModel(QObject):
    changed = Signal()
    rowsChanged = Signal()

    def __init__(self, ports: Callable[[], Ports], words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CompareState()
        self._ports = ports
        self._words = words
        self._page: ComparePage | None = None

    @property
    def full(self) -> bool:
        return len(self.state.inspections) >= AT_MOST

    @property
    def announcement(self) -> str:
        return self._page.summary if self._page else ""

    @Property(int, notify=changed)
    def count(self) -> int:
        return len(self.state.inspections)

    @Property(QVARIANT_LIST, notify=changed)
    def names(self) -> list[str]:
        """The products that wait for another one; one that its label could not prove is not named."""
        from labelviewer.present.facts import names_product

        return [
            clean(each.label.product.name, NAME_LENGTH)
            if each.label and each.report and names_product(each.report)
            else self._words.say("page.unproven")
            for each in self.state.inspections
        ]

    @Property(QVARIANT, notify=changed)
    def comparison(self) -> Any:
        return as_map(self._page)

    @Property(QVARIANT_LIST, notify=rowsChanged)
    def groups(self) -> list[Any]:
        return shown_groups(self._page, only_differences=self.state.only_differences) if self._page else []

    @Property(bool, notify=rowsChanged)
    def onlyDifferences(self) -> bool:
        return self.state.only_differences

    @Slot(bool)
    def showOnlyDifferences(self, on: bool) -> None:
        self._become(replace(self.state, only_differences=on))

    @Slot()
    def swap(self) -> None:
        self._become(replace(self.state, inspections=self.state.inspections[::-1]))

    @Slot(int)
    def remove(self, column: int) -> None:
        kept = tuple(each for place, each in enumerate(self.state.inspections) if place != column)
        self._become(replace(self.state, inspections=kept))

    @Slot()
    def clear(self) -> None:
        self._become(CompareState())

    def add(self, inspections: tuple[Inspection, ...]) -> None:
        """The newest stay where there are too many."""
        self._become(replace(self.state, inspections=(*self.state.inspections, *inspections)[-AT_MOST:]))

    def recheck(self) -> None:
        """The same evidence with what is known by now."""
        from labelviewer.pipeline.run import recheck

        if self.state.inspections:
            ports = self._ports()
            checked = tuple(recheck(each, ports) for each in self.state.inspections)
            self._become(replace(self.state, inspections=checked))

    def speak(self, words: Words) -> None:
        self._words = words
        self._page = self._compared() if self._page else None
        self.changed.emit()
        self.rowsChanged.emit()

    def inspection(self, column: int) -> Inspection:
        return self.state.inspections[column]

    def invitation(self) -> Notice:
        """ "Add one more to compare", naming what is there already."""
        from labelviewer.present.notice import notice

        return notice(self._words, "C01", {})

    def _compared(self) -> ComparePage:
        from labelviewer.present.compare_page import compare_page

        ports = self._ports()
        return compare_page(self.state.inspections, self._words, ports.packs, ports.clock.now().date())

    def _become(self, new: CompareState) -> None:
        old, self.state = self.state, new
        if new.inspections != old.inspections:
            self._page = self._compared() if len(new.inspections) > 1 else None
            self.changed.emit()
        if new != old:
            self.rowsChanged.emit()
