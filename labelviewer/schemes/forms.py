"""What a scheme's number or address tells by its form alone: `CSA/{ddmmyy}/{text}`. Bounded holes, never a pattern.

Nothing is asked and nothing is proven: a form can be printed by anybody.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from labelviewer.domain.errors import RefusedError
from labelviewer.domain.inspection import SchemeCode
from labelviewer.domain.web_address import is_below, parse_web_address
from labelviewer.schemes.pack import Host
from labelviewer.schemes.packs import Packs

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


def recognise(text: str, packs: Packs) -> SchemeCode | None:
    """Whose number or address this looks like; a form says more than a host alone."""
    loaded = packs.all()
    for each in loaded:
        for form in each.pack.forms:
            holes = read_form(form.template, text)
            if holes is not None and ("ddmmyy" not in holes or day_of(holes["ddmmyy"])):
                return SchemeCode(form.kind, holes.get("digits", text.strip()), each.text().name, each.text().about)
    host = _host(text)
    for each in loaded:
        if any(_is_at(host, known) for known in each.pack.hosts):
            return SchemeCode("host", "", each.text().name, each.text().about)
    return None


def _host(text: str) -> str:
    try:
        return parse_web_address(text.strip()).host
    except RefusedError:
        return ""


def _is_at(host: str, known: Host) -> bool:
    return host == known.name or (known.below and is_below(host, known.name))


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
