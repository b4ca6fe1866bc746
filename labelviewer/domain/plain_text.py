"""Text from outside, made harmless to show: what it hides becomes visible; no rich text, no escapes, no surprises."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

REPLACEMENT: Final = "\ufffd"
ELLIPSIS: Final = "…"
MAX_MARKS: Final = 8

_DIRECTION_MARKS = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_EMOJI_STYLES = "\ufe0e\ufe0f"
_KEYCAPS = frozenset("0123456789#*")
_REFUSED_CATEGORIES = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
_PLAIN = re.compile(r"[ -~]*")
# Letters, marks and signs that show nothing: fillers, joiners and selectors that Unicode does not call invisible.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U0001d159\U0001d173-\U0001d17a"
    "\U000e0100-\U000e01ef]"
)
# Scripts whose letters change shape beside a joiner: Arabic and its kin, Indic, South-East Asian, Mongolian.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
_SYMBOLS = frozenset(("So", "Sk"))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`changed`: something was hidden in the text and is now shown as a mark. `cut`: it was longer than the limit."""

    text: str
    changed: bool
    cut: bool


def clean(text: str, limit: int | None = None, *, lines: bool = False) -> str:
    """The text alone; see `examine`."""
    return examine(text, limit, lines=lines).text


def examine(text: str, limit: int | None = None, *, lines: bool = False) -> Cleaned:
    """At most `limit` characters, the last of them an ellipsis where it was cut. Line breaks stay only with `lines`."""
    shown = text if _PLAIN.fullmatch(text) else _replaced(text, lines)
    changed = shown != text
    if limit is None or len(shown) <= limit:
        return Cleaned(shown, changed, cut=False)
    return Cleaned(_shortened(shown, limit), changed, cut=True)


def _replaced(text: str, lines: bool) -> str:
    shown: list[str] = []
    marks = 0
    before = ""
    for character in text:
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        else:
            marks = 0
        if not _may_stay(character, category, before, lines):
            character = REPLACEMENT
        shown.append(character)
        before = character
    return "".join(shown)


def _may_stay(character: str, category: str, before: str, lines: bool) -> bool:
    if character in _DIRECTION_MARKS:
        return True
    if character == "\n":
        return lines
    if character in _JOINERS:
        return bool(_JOINING.match(before)) or _is_symbol(before)
    if character in _EMOJI_STYLES:
        return before in _KEYCAPS or _is_symbol(before)
    return category not in _REFUSED_CATEGORIES and not _INVISIBLE.match(character)


def _is_symbol(character: str) -> bool:
    """An emoji, or the skin tone or style that follows one; never our own replacement mark."""
    if character in ("", REPLACEMENT):
        return False
    return character == "\ufe0f" or unicodedata.category(character) in _SYMBOLS


def _shortened(text: str, limit: int) -> str:
    end = max(limit - len(ELLIPSIS), 0)
    while end and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return text[:end].rstrip() + ELLIPSIS
