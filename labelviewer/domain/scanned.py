"""What a code or a typed text is, settled before any network use."""

import re
from dataclasses import dataclass
from typing import Final

from labelviewer.domain.errors import RefusedError
from labelviewer.domain.gtin import gtin14
from labelviewer.domain.web_address import WebAddress, parse_web_address


@dataclass(frozen=True, slots=True)
class LabelAddress:
    """An address that passed the policy; whether its host is known is the trust list's to say."""

    raw: str
    address: WebAddress


@dataclass(frozen=True, slots=True)
class ProductNumber:
    """An EAN, UPC or GTIN with a right check digit, padded to 14 digits."""

    raw: str
    gtin: str


@dataclass(frozen=True, slots=True)
class ForeignLink:
    """A link that will never be fetched, with the reason."""

    raw: str
    problem: RefusedError


@dataclass(frozen=True, slots=True)
class OtherText:
    """Anything else; `kind` is one of KINDS and names a phrase."""

    raw: str
    kind: str


KINDS = ("wifi", "contact", "payment", "phone", "message", "mail", "place", "calendar", "number", "text")

Scanned = LabelAddress | ProductNumber | ForeignLink | OtherText

_ASCII_SPACE: Final = " \t\n\r\f\v"

# The first rule that matches names the kind; texts that phones act upon, none of which we do.
_KIND_RULES: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for kind, pattern in (
        ("wifi", r"wifi:.*"),
        ("contact", r"begin:vcard\b.*|(?:mecard|bizcard):.*"),
        ("calendar", r"begin:(?:vevent|vcalendar)\b.*"),
        ("phone", r"(?:tel|callto|facetime|sips?):.*"),
        ("message", r"(?:smsto|sms|mmsto|mms|im|xmpp):.*"),
        ("mail", r"(?:mailto|matmsg|smtp):.*"),
        ("place", r"geo:.*"),
        ("payment", r"(?:upi|payto|bitcoin|bitcoincash|ethereum|litecoin|monero|lightning|swish|gpay|bezahlcode):.*"),
        ("payment", r"(?:spc\r?\n0[12]00|bcd\r?\n00[12]|spd\*\d|st0001[1-3]\||hrvhub30|000201\d{2}).*"),
        ("number", r"[0-9]+"),
    )
)

_ANY_LINK: Final = re.compile(r"([a-z][a-z0-9+.-]*)://.*", re.IGNORECASE | re.DOTALL)
_ACTING_LINK: Final = re.compile(
    r"(https?|ftps?|sftp|wss?|file|data|javascript|vbscript|blob|about|chrome|view-source|jar|content|intent"
    r"|market|android-app|itms(?:-[a-z]+)?|ms-[a-z-]+|shell|magnet|urlto|mebkm|cbz|ldaps?|ssh|telnet|skype|tg|whatsapp):.*",
    re.IGNORECASE | re.DOTALL,
)


def classify(text: str) -> Scanned:
    """Says what was scanned; never fails. Only white space around it is set aside, and `raw` keeps even that."""
    body = text.strip(_ASCII_SPACE)
    if number := gtin14(body):
        return ProductNumber(text, number)
    for kind, pattern in _KIND_RULES:
        if pattern.fullmatch(body):
            return OtherText(text, kind)
    link = _ANY_LINK.fullmatch(body) or _ACTING_LINK.fullmatch(body)
    if not link:
        return OtherText(text, "text")
    try:
        return LabelAddress(text, parse_web_address(body))
    except RefusedError as problem:
        return ForeignLink(text, problem)
