"""Product numbers of GS1: EAN, UPC and GTIN with their check digit."""

import re
from typing import Final

LENGTHS: Final = (8, 12, 13, 14)

_DIGITS = re.compile(r"[0-9]{8}|[0-9]{12,14}")


def gtin14(text: str) -> str | None:
    """The number padded to 14 digits; None unless it has 8, 12, 13 or 14 digits and the right check digit."""
    if not _DIGITS.fullmatch(text) or not text.strip("0"):
        return None
    padded = text.zfill(14)
    return padded if check_digit(padded[:-1]) == padded[-1] else None


def check_digit(body: str) -> str:
    """GS1 General Specifications 7.9.1: weights 3 and 1 in turn, from the right."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-weighted % 10)
