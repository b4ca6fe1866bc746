"""What the form of a code tells that could not be followed, so that nobody stands before a closed door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from labelviewer.domain.plain_text import clean

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection, SchemeCode
    from labelviewer.words.catalogue import Words


NUMBER_LENGTH: Final = 120


def say_scheme_code(inspection: Inspection | None, words: Words) -> str:
    """Empty where the form tells nothing."""
    code = inspection.scheme_code if inspection else None
    return " ".join(sentence for sentence in _sentences(code, words) if sentence) if code else ""


def page_of(inspection: Inspection | None) -> str:
    """The address that a browser may open: the scheme's own office, over https; empty where there is none."""
    code = inspection.scheme_code if inspection else None
    return code.page if code else ""


def number_to_look_up(inspection: Inspection | None) -> str:
    """The product number that nobody was asked for yet; empty where there is none."""
    code = inspection.scheme_code if inspection else None
    asked = inspection is not None and inspection.problem is not None and inspection.problem.code == "S47"
    return code.gtin if code and not asked else ""


def _sentences(code: SchemeCode, words: Words) -> Iterator[str]:
    number = clean(code.number, NUMBER_LENGTH)
    yield words.say(f"scheme-code.{code.kind}", number=number, name=code.name, about=code.about)
    yield code.means
    if code.added:
        yield words.say("scheme.added")
    for name, value in code.facts:
        if isinstance(value, date):
            yield words.say(f"code-fact.{name}", date=value)
        elif value != code.number:
            yield words.say(f"code-fact.{name}", value=clean(value, NUMBER_LENGTH))
    if words.knows(f"scheme-code.care.{code.kind}"):
        yield words.say(f"scheme-code.care.{code.kind}")
    if code.page:
        yield words.say(f"scheme-code.page.{code.kind}", page=clean(code.page, NUMBER_LENGTH * 2))
