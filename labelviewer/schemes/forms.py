"""What a scheme's number or address tells by its form alone: `CSA/{ddmmyy}/{text}`. Bounded holes, never a pattern."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

LONGEST: Final = 300

_HOLES: Final = {
    "ddmmyy": r"[0-9]{6}",
    "digits": r"[0-9]{1,20}",
    "language": r"[A-Z]{2}",
    "text": r"[^/\s]{1,80}",
    "year": r"[0-9]{4}",
}
_HOLE: Final = re.compile(r"\{([a-z]+)\}")


def read_form(template: str, text: str) -> Mapping[str, str] | None:
    """What stands in the holes; None where the text has another form. A hole stands in a template once."""
    if len(text) > LONGEST:
        return None
    found = _pattern(template).fullmatch(text.strip())
    return found.groupdict() if found else None


def day_of(ddmmyy: str) -> date | None:
    """The day in `311226`, in this century."""
    try:
        return date(2000 + int(ddmmyy[4:]), int(ddmmyy[2:4]), int(ddmmyy[:2]))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _pattern(template: str) -> re.Pattern[str]:
    """Raises ValueError for a hole that we do not know, or the same one twice."""
    parts = _HOLE.split(template)
    holes = parts[1::2]
    if unknown := [hole for hole in holes if hole not in _HOLES or holes.count(hole) > 1]:
        raise ValueError(unknown[0])
    plain = map(re.escape, parts[::2])
    named = [f"(?P<{hole}>{_HOLES[hole]})" for hole in holes]
    return re.compile("".join(f"{text}{hole}" for text, hole in zip(plain, [*named, ""], strict=True)))
