"""What a person typed: a printed number with its gaps, or an address without https; a scanned text is never touched."""

import re
from typing import Final

from labelviewer.domain.gtin import LENGTHS, gtin14

_GROUPED: Final = re.compile(r"[0-9](?:[ \u00a0\u2009\u202f-]*[0-9])*")
_GAPS: Final = re.compile(r"[ \u00a0\u2009\u202f]")
_BARE_ADDRESS: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*/\S*", re.IGNORECASE)
_LABEL_NUMBER: Final = re.compile(r"(?=\D*\d)[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


def tidy(text: str) -> str:
    """The text as it would stand in a code, where that is beyond doubt; else as it was typed."""
    body = text.strip()
    if _GROUPED.fullmatch(body):
        digits = _GAPS.sub("", body)
        if len(digits) in LENGTHS and digits.isdigit():
            return digits
        if gtin14(digits.replace("-", "")):
            return digits.replace("-", "")
    if _BARE_ADDRESS.fullmatch(body):
        return f"https://{body}"
    return text


def has_wrong_digit(text: str) -> bool:
    """As long as a product number, but its check digit does not fit the others; no telling which digit is wrong."""
    return len(text) in LENGTHS and text.isascii() and text.isdigit() and gtin14(text) is None


def is_label_number(text: str) -> bool:
    """What can stand in the address of a label, with a digit in it so that no word passes for one."""
    return _LABEL_NUMBER.fullmatch(text) is not None
