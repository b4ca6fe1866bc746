"""A page to print or to pass on, as frozen text: what stands where, in which words; not how it is drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """One product. `code` is what a QR code beside it says; `caption` tells where it leads, or why there is none."""

    name: str
    lines: tuple[str, ...]
    code: str
    caption: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`mark` is a sign for the eye; the words say the same without it."""

    text: str
    mark: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One question, and an entry for each product."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """`lines` compare; `texts` are sentences below them, with room for a tick where `ticked`."""

    title: str
    lines: tuple[Line, ...] = ()
    texts: tuple[str, ...] = ()
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """`wide` lies across. `foot` are small words at the end."""

    title: str
    made: str
    language: str
    from_right: bool
    heads: tuple[Head, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    wide: bool = False
