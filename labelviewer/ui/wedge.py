"""How a hand scanner that acts as a keyboard is told from a person, and what it typed; pure, no Qt, no clock."""

import re
from dataclasses import dataclass
from typing import Final

from labelviewer.domain.scanned import ForeignLink, LabelAddress, OtherText, ProductNumber, classify
from labelviewer.domain.typed import is_label_number

PATIENCE: Final = 4  # gaps of silence that end a burst: a busy moment in the middle must not cut it

_BEGINNING: Final = "https://"
_WITHOUT_BEGINNING: Final = re.compile(r"(?:ttps?|tps?|ps|s)?://.*", re.DOTALL | re.IGNORECASE)
_LINES: Final = "\n\t"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the scanner types: at most `gap` milliseconds between two keys, at least so many `keys` in a burst.

    `prefix` and `suffix` are what it was told to put around a code; Enter and Tab need no telling.
    """

    gap: int = 30
    keys: int = 6
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key pressed `at` a time in milliseconds. `us` is what a US keyboard has there; None where nobody knows."""

    at: int
    text: str
    us: str | None


Burst = tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Clean:
    text: str


@dataclass(frozen=True, slots=True)
class Mangled:
    """The scanner types for a US keyboard and the computer has another; `fixed` is a guess to be asked about."""

    raw: str
    fixed: str


@dataclass(frozen=True, slots=True)
class CutShort:
    """Part of the code is missing."""

    raw: str


Heard = Clean | Mangled | CutShort


def is_burst(strokes: Burst, manner: Manner) -> bool:
    """No person types so many keys so fast."""
    return len(strokes) >= manner.keys


def silence(strokes: Burst, manner: Manner) -> int:
    """Milliseconds without a key after which these keys are all there is."""
    return manner.gap * PATIENCE if is_burst(strokes, manner) else manner.gap


def belongs(stroke: Stroke, strokes: Burst, manner: Manner) -> bool:
    """Whether a key comes so soon that the one who pressed the others pressed it too."""
    return not strokes or 0 <= stroke.at - strokes[-1].at <= silence(strokes, manner)


def understand(burst: Burst, manner: Manner) -> Heard:
    """What was scanned. The text of the US keyboard is only ever a question to the person who scanned."""
    typed = "".join(stroke.text for stroke in burst)
    us = None if any(stroke.us is None for stroke in burst) else "".join(stroke.us or "" for stroke in burst)
    raw, fixed = unwrap(typed, manner), None if us is None else unwrap(us, manner)
    if raw is None and fixed is None:
        return CutShort(_tidy(typed))
    if raw is None:
        raw = _tidy(typed)
    if is_half(raw) or (fixed is not None and is_half(fixed)):
        return CutShort(raw)
    if fixed is None or fixed == raw:
        return Clean(raw)
    gain = _sense(fixed) - _sense(raw)
    return Mangled(raw, fixed) if gain > 0 or (gain == 0 and _sense(raw) > 1) else Clean(raw)


def unwrap(text: str, manner: Manner) -> str | None:
    """The code's own text: without prefix, suffix, control characters and the line break at the end.

    None where a prefix or suffix that was promised is missing.
    """
    return between(_tidy(text), manner)


def between(text: str, manner: Manner) -> str | None:
    """What stands between prefix and suffix, to the letter; None where one of them is missing."""
    whole = text.startswith(manner.prefix) and text.endswith(manner.suffix)
    if not whole or len(text) < len(manner.prefix) + len(manner.suffix):
        return None
    return text[len(manner.prefix) : len(text) - len(manner.suffix)]


def is_half(text: str) -> bool:
    """The beginning of an address and no more, or an address without its beginning."""
    body = text.strip()
    return bool(_WITHOUT_BEGINNING.fullmatch(body)) or (len(body) > 1 and _BEGINNING.startswith(body.lower()))


def _tidy(text: str) -> str:
    return "".join(each for each in text if each.isprintable() or each in _LINES).strip(_LINES)


def _sense(text: str) -> int:
    """How much a text looks like something that is put into a code."""
    match classify(text):
        case LabelAddress() | ProductNumber():
            return 3
        case OtherText(kind="text" | "number"):
            return 1 if is_label_number(text.strip()) else 0
        case ForeignLink() | OtherText():
            return 2
