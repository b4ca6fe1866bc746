"""The columns of a comparison: which, in what order, which one is held still, and what was taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection

AT_LEAST, AT_MOST = 2, 4


@dataclass(frozen=True, slots=True)
class TakenOut:
    inspection: Inspection
    place: int
    pinned: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """`pinned`: the first one is the reference product; no other comes before it. `out`: newest last."""

    shown: tuple[Inspection, ...] = ()
    pinned: bool = False
    out: tuple[TakenOut, ...] = ()

    @property
    def full(self) -> bool:
        return len(self.shown) >= AT_MOST

    @property
    def held(self) -> int:
        """How many stay where they are."""
        return int(self.pinned)

    @property
    def can_swap(self) -> bool:
        return len(self.shown) - self.held > 1

    @property
    def can_undo(self) -> bool:
        return bool(self.out) and not self.full

    def with_more(self, inspections: tuple[Inspection, ...]) -> Columns:
        """Where there are too many, the oldest give way, and the reference last."""
        columns = self
        for inspection in inspections:
            if columns.full:
                columns = columns.without(columns.held)
            columns = replace(columns, shown=(*columns.shown, inspection))
        return columns

    def without(self, place: int) -> Columns:
        if not 0 <= place < len(self.shown):
            return self
        taken = TakenOut(self.shown[place], place, self.pinned and place == 0)
        shown = (*self.shown[:place], *self.shown[place + 1 :])
        return Columns(shown, self.pinned and not taken.pinned, (*self.out, taken))

    def undone(self) -> Columns:
        """The one taken out last is back in its place; as the reference, unless another one is that by now."""
        if not self.can_undo:
            return self
        taken = self.out[-1]
        place = min(max(taken.place, self.held), len(self.shown))
        shown = (*self.shown[:place], taken.inspection, *self.shown[place:])
        return Columns(shown, self.pinned or taken.pinned, self.out[:-1])

    def swapped(self) -> Columns:
        """The other way round, but for the reference."""
        return replace(self, shown=(*self.shown[: self.held], *self.shown[self.held :][::-1]))

    def moved(self, place: int, by: int) -> Columns:
        """One place to and fro; nothing comes before the reference, which stays."""
        to = place + by
        if not (self.held <= place < len(self.shown) and self.held <= to < len(self.shown)):
            return self
        shown = list(self.shown)
        shown.insert(to, shown.pop(place))
        return replace(self, shown=tuple(shown))

    def with_pin(self, place: int) -> Columns:
        """This one becomes the reference, at the left; where it is that already, there is none any more."""
        if not 0 <= place < len(self.shown):
            return self
        if self.pinned and place == 0:
            return replace(self, pinned=False)
        shown = (self.shown[place], *self.shown[:place], *self.shown[place + 1 :])
        return replace(self, shown=shown, pinned=True)
