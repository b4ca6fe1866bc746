"""On which line of a file a key stands, for whoever wrote it; the nearest thing around it where it is missing."""

import json
import re
from collections.abc import Sequence
from typing import Final

Steps = Sequence[int | str]

_HEADER: Final = re.compile(r"\s*(\[\[|\[)\s*([\w.-]+)\s*\]")
_DECODER: Final = json.JSONDecoder(strict=False)
_SPACE: Final = re.compile(r"[\s,:]*")


def line_in_toml(text: str, steps: Steps) -> int:
    """Of the table that the first steps name, and in it of the key that follows. 1 where neither is there."""
    lines = text.splitlines()
    headers = [(at, found[1], found[2]) for at, line in enumerate(lines) if (found := _HEADER.match(line))]
    first = headers[0][0] if headers else len(lines)
    match list(steps):
        case [str(table), int(nth), *rest]:
            starts = [at for at, kind, name in headers if name == table and kind == "[["]
            start = starts[nth] if nth < len(starts) else None
        case [str(table), *rest]:
            start = next((at for at, _, name in headers if name == table), None)
        case _:
            return 1
    if start is None:
        return _key_line(lines, 0, first, str(steps[0])) or 1
    end = next((at for at, _, _ in headers if at > start), len(lines))
    key = next((step for step in rest if isinstance(step, str)), None)
    return (_key_line(lines, start + 1, end, key) if key else None) or start + 1


def line_in_json(text: str, steps: Steps) -> int:
    """The text must be JSON."""
    at = _after_space(text, 0)
    for step in steps:
        inside = _member(text, at, step)
        if inside is None:
            break
        at = inside
    return text.count("\n", 0, at) + 1


def line_of_mention(text: str, name: str, nth: int = 1) -> int:
    """Where the name stands in quotes for the nth time. 1 where it does not."""
    lines = [at for at, line in enumerate(text.splitlines(), 1) if f'"{name}"' in line]
    return lines[nth - 1] if len(lines) >= nth else 1


def _key_line(lines: Sequence[str], start: int, end: int, key: str) -> int | None:
    shape = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
    return next((at + 1 for at in range(start, end) if shape.match(lines[at])), None)


def _member(text: str, at: int, wanted: int | str) -> int | None:
    """Where the value of a member begins; None where there is no such member."""
    opened = text[at]
    if opened not in "{[":
        return None
    at = _after_space(text, at + 1)
    place = 0
    while text[at] not in "}]":
        name: int | str = place
        if opened == "{":
            name, at = _DECODER.raw_decode(text, at)
            at = _after_space(text, at)
        if name == wanted:
            return at
        at = _after_space(text, _DECODER.raw_decode(text, at)[1])
        place += 1
    return None


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
