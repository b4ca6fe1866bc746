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


def say_scheme_code(inspection: Inspection | None, words: Words) -> tuple[str, ...]:
    """In paragraphs: whose it is and who looks at it, what stands in it, where to go on."""
    code = inspection.scheme_code if inspection else None
    return tuple(filter(None, map(" ".join, _paragraphs(code, words)))) if code else ()


def page_of(inspection: Inspection | None) -> str:
    """The address that a browser may open: the scheme's own office, over https; empty where there is none."""
    code = inspection.scheme_code if inspection else None
    return code.page if code else ""


def number_to_look_up(inspection: Inspection | None) -> str:
    """The product number that nobody was asked for yet; empty where there is none."""
    code = inspection.scheme_code if inspection else None
    asked = inspection is not None and inspection.problem is not None and inspection.problem.code == "S47"
    return code.gtin if code and not asked else ""


def _paragraphs(code: SchemeCode, words: Words) -> Iterator[list[str]]:
    number = clean(code.number, NUMBER_LENGTH)
    name, about, means = code.told_in(words.language) if code.told_in else (code.name, code.about, code.means)
    named = words.say(f"scheme-code.{code.kind}", number=number, name=name, about=about)
    yield [named, means] if means else [named]
    yield [words.say("scheme.added")] if code.added else []
    yield list(_facts(code, words))
    care = f"scheme-code.care.{code.kind}"
    yield [words.say(care)] if words.knows(care) else []
    yield [words.say(f"scheme-code.page.{code.kind}", page=clean(code.page, NUMBER_LENGTH * 2))] if code.page else []


def _facts(code: SchemeCode, words: Words) -> Iterator[str]:
    for name, value in code.facts:
        if isinstance(value, date):
            yield words.say(f"code-fact.{name}", date=value)
        elif value != code.number:
            yield words.say(f"code-fact.{name}", value=clean(value, NUMBER_LENGTH))
