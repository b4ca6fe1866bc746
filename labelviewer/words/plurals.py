"""Which form a word takes beside a whole number: the rules of CLDR for the languages we have; no fractions."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

Form = Literal["zero", "one", "two", "few", "many", "other"]

FORMS: Final[tuple[Form, ...]] = get_args(Form)
NEEDED: Final[Mapping[str, tuple[Form, ...]]] = {
    "ar": FORMS,
    "de": ("one", "other"),
    "en": ("one", "other"),
    "es": ("one", "other"),
    "fr": ("one", "other"),
}
"""What a sentence must have. Spanish and French may have `many` too, for whole millions; `other` stands in for it."""

_MILLION: Final = 1_000_000


def plural_form(language: str, number: int) -> Form:
    """The form that CLDR names; English where we have no rule."""
    count = abs(number)
    match language.partition("-")[0]:
        case "ar":
            return _arabic(count)
        case "fr" if count < 2:
            return "one"
        case "fr" | "es" if count and count % _MILLION == 0:
            return "many"
        case _:
            return "one" if count == 1 else "other"


def _arabic(count: int) -> Form:
    if count < 3:
        return FORMS[count]
    match count % 100:
        case 0 | 1 | 2:
            return "other"
        case few if few < 11:
            return "few"
        case _:
            return "many"
