"""Amounts of money as people of a language write them; knows no currency."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from labelviewer.words.dates import Say, say_number

TYPED_AT_MOST: Final = 32
LARGEST: Final = Decimal(100_000_000)
CENT: Final = Decimal("0.01")
_SPACES: Final = " \u00a0\u202f\u2009'’"


def read_amount(text: str, say: Say) -> Decimal | None:
    """None for what is no amount above zero in this language, with at most two decimals.

    Groups need not be there, and must be whole ones where they are: "1.50" is no German number, rather than 150.
    """
    typed = _plain(text)
    whole, point, cents = typed.partition(say("number.decimal"))
    group = re.escape(say("number.group") if say("number.group").strip(_SPACES) else " ")
    if len(text) > TYPED_AT_MOST or not re.fullmatch(rf"\d{{1,3}}(?:(?:{group}| )\d{{3}})+|\d+", whole):
        return None
    if point and not re.fullmatch(r"\d{0,2}", cents):
        return None
    amount = Decimal("".join(re.findall(r"\d", whole)) + "." + (cents or "0"))
    return amount if 0 < amount < LARGEST else None


def say_amount(amount: Decimal, say: Say) -> str:
    """With two decimals, a half rounded up."""
    whole, cents = str(amount.quantize(CENT, ROUND_HALF_UP)).split(".")
    return say_number(int(whole), say) + say("number.decimal") + cents


def _plain(text: str) -> str:
    """Any script's digits as ours, without a currency sign at either end; Arabic marks as Arabic words have them."""
    characters = (
        str(unicodedata.decimal(character)) if unicodedata.decimal(character, None) is not None else character
        for character in text
        if unicodedata.category(character) not in ("Sc", "Cf")
    )
    return re.sub(f"[{_SPACES}]", " ", "".join(characters)).replace("٫", ".").replace("٬", ",").strip()
