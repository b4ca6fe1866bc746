"""What a code of several is, and what to think of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from labelviewer.domain.digital_link import read_digital_link
from labelviewer.domain.plain_text import clean
from labelviewer.domain.scanned import ForeignLink, LabelAddress, OtherText, ProductNumber, classify
from labelviewer.domain.web_address import over_https

if TYPE_CHECKING:
    from labelviewer.domain.web_address import WebAddress
    from labelviewer.words.catalogue import Words

LONGEST_PLACE: Final = 200

IsLabel = Callable[["WebAddress"], object]
"""Whether a rule of the trust list leads from this address to a label."""


def say_code(text: str, words: Words, is_label: IsLabel) -> tuple[str, str]:
    """A box may carry several codes, for shops, for the maker's own ends, and the label's: which this one is."""
    match classify(text):
        case LabelAddress(address=address):
            return _where(address, words, is_label)
        case ForeignLink(raw=raw) if (secured := over_https(raw.strip())) is not None and is_label(secured):
            return _where(secured, words, is_label)
        case ForeignLink():
            return words.say("choice.refused"), words.say("choice.refused.about")
        case ProductNumber(raw=raw):
            return words.say("choice.number", number=raw), words.say("scheme-code.barcode", number=raw)
        case OtherText(kind=kind):
            return words.say("choice.text", kind=f"kind.{kind}"), words.say("choice.text.about")


def _where(address: WebAddress, words: Words, is_label: IsLabel) -> tuple[str, str]:
    place = clean(f"{address.host}{address.path}", LONGEST_PLACE)
    if is_label(address):
        return words.say("choice.known", host=place), words.say("choice.known.about")
    if link := read_digital_link(address):
        number = clean(link.gtin or link.model, LONGEST_PLACE)
        return words.say("choice.product", host=address.host), words.say("scheme-code.link", number=number)
    return words.say("choice.label", host=place), words.say("choice.label.about")
