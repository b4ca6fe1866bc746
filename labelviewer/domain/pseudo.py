"""English made to look foreign: accents, two fifths more letters, brackets; for finding what cannot be translated."""

import re
from typing import Final

PSEUDO: Final = "qps"
PSEUDO_FROM_RIGHT: Final = "qps-rtl"
OPEN: Final = "⟦"
CLOSE: Final = "⟧"
LONGER: Final = 0.4

_ACCENTS: Final = str.maketrans("ABCDEGHIJKLNORSTUWYZabcdeghijklnorstuwyz", "ÅƁÇÐÉĜĤÎĴĶŁÑÖŔŠŢÛŴÝŽåƀçðéĝĥîĵķłñöŕšţûŵýž")
_FILLER: Final = "lorem ipsum dolor sit amet "
_HOLE: Final = r"(\{[^{}]*\}|%\d)"
_FROM_RIGHT: Final = "\u200f"


def is_pseudo(language: str) -> bool:
    return language in (PSEUDO, PSEUDO_FROM_RIGHT)


def pseudo(text: str, language: str) -> str:
    """Blanks stay as they are, and so does what has no letters."""
    parts = re.split(_HOLE, text)
    letters = sum(len(part) for part in parts[::2])
    if not any(part.strip(" ,.;:·0123456789()") for part in parts[::2]):
        return text
    said = "".join(part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts))
    more = (_FILLER * (1 + letters // len(_FILLER)))[: round(letters * LONGER)].strip()
    start = _FROM_RIGHT if language == PSEUDO_FROM_RIGHT else ""
    return f"{start}{OPEN}{said}{' ' if more else ''}{more}{CLOSE}"
