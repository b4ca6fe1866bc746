"""Text that runs the other way, kept from reordering the sentence around it: isolates, as Unicode has them."""

import re
import unicodedata
from typing import Final

from labelviewer.words.catalogue import FROM_RIGHT

FIRST_STRONG: Final = "\u2068"
POP: Final = "\u2069"

_ISOLATED = re.compile(f"{FIRST_STRONG}[^{FIRST_STRONG}{POP}]*{POP}")
_MARKS = re.compile(f"([{FIRST_STRONG}{POP}])")


def clean_between(text: str, limit: int) -> str:
    """Text from outside made harmless; isolates of a sentence that was said before stay where they close again."""
    from labelviewer.domain.plain_text import clean  # late: the first page has no text from outside

    if len(text) > limit or FIRST_STRONG not in text or _MARKS.search(_outside(text)):
        return clean(text, limit)
    return "".join(part if _MARKS.fullmatch(part) else clean(part) for part in _MARKS.split(text))


def isolated(text: str, language: str) -> str:
    """Between isolates where it runs the other way, or has digits and signs that would change places."""
    return f"{FIRST_STRONG}{text}{POP}" if _runs_away(_outside(text), language) else text


def _outside(text: str) -> str:
    """What is left beside that which is isolated already."""
    while (shorter := _ISOLATED.sub("", text)) != text:
        text = shorter
    return text


def _runs_away(text: str, language: str) -> bool:
    kinds = {unicodedata.bidirectional(character) for character in text}
    if language not in FROM_RIGHT:
        return bool(kinds & {"R", "AL", "AN"})
    return "L" in kinds or ("EN" in kinds and not text.isdecimal() and not kinds & {"R", "AL"})
