"""What the form of a code tells that could not be followed, so that nobody stands before a closed door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from labelviewer.domain.plain_text import clean

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.words.catalogue import Words


NUMBER_LENGTH: Final = 120


def say_scheme_code(inspection: Inspection | None, words: Words) -> str:
    """Empty where the form tells nothing."""
    code = inspection.scheme_code if inspection else None
    if code is None:
        return ""
    number = clean(code.number, NUMBER_LENGTH)
    return words.say(f"scheme-code.{code.kind}", number=number, name=code.name, about=code.about)
