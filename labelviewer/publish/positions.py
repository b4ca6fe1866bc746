"""Where each member of a JSON text stands: JSON pointer to line, counted from 1; for text that is known to be JSON."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


class _Place(NamedTuple):
    text: str
    line: int


def lines(text: str) -> Mapping[str, int]:
    """A member stands where its name stands, an item where its value starts; the whole is the empty pointer."""
    found: dict[str, int] = {}
    _value(iter(list(_places(text))), "", found)
    return found


def nearest(found: Mapping[str, int], pointer: str) -> int:
    """The line of the pointer, or of what is around it where it does not stand there."""
    while pointer and pointer not in found:
        pointer = pointer.rpartition("/")[0]
    return found.get(pointer, 1)


def _places(text: str) -> Iterator[_Place]:
    line, before = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", before, token.start())
        before = token.start()
        yield _Place(token[0], line)


def _value(places: Iterator[_Place], pointer: str, found: dict[str, int], first: _Place | None = None) -> None:
    start = first or next(places)
    found.setdefault(pointer, start.line)
    match start.text:
        case "{":
            for name in places:
                if name.text == "}":
                    return
                if name.text != ",":
                    inner = f"{pointer}/{name.text[1:-1]}"
                    found[inner] = name.line
                    next(places)
                    _value(places, inner, found)
        case "[":
            index = 0
            for item in places:
                if item.text == "]":
                    return
                if item.text != ",":
                    _value(places, f"{pointer}/{index}", found, item)
                    index += 1
        case _:
            pass
