"""Rows of labels as somebody wants to see them: those that fit the words, in the order that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from labelviewer.domain.hints import fold

MOST_LETTERS: Final = 200


class Order(StrEnum):
    NEWEST = "newest"
    NAME = "name"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Listing:
    """`text`: every word of it begins a word of the row. `attention`: only rows that are not plainly well."""

    text: str = ""
    attention: bool = False
    order: Order = Order.NEWEST


ALL: Final = Listing()


class Listed(Protocol):
    """`words` as `fold` makes them; `ends`: the last day of updates, None where none is promised or known."""

    @property
    def product(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def ends(self) -> date | None: ...
    @property
    def calm(self) -> bool: ...


Row = TypeVar("Row", bound=Listed)


def arrange(rows: Sequence[Row], listing: Listing) -> tuple[Row, ...]:
    """`rows` come newest first, and rows that are alike stay so."""
    wanted = [f" {word}" for word in fold(listing.text[:MOST_LETTERS]).split()]
    fitting = [row for row in rows if _fits(row, wanted) and not (listing.attention and row.calm)]
    match listing.order:
        case Order.NEWEST:
            return tuple(fitting)
        case Order.NAME:
            return tuple(sorted(fitting, key=lambda row: fold(row.product)))
        case Order.ENDS:
            return tuple(sorted(fitting, key=lambda row: row.ends or date.max))


def _fits(row: Listed, wanted: Sequence[str]) -> bool:
    text = f" {row.words}"
    return all(word in text for word in wanted)


def label_name(issuer: str, subject: str) -> str:
    """One text for one label, whatever its version."""
    return f"{issuer}\n{subject}"
