"""GS1 Digital Link: a web address of any domain with a product key in its path. Names the product, proves nothing."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final
from urllib.parse import parse_qsl, unquote

from labelviewer.domain.gtin import gtin14
from labelviewer.domain.web_address import WebAddress

PRODUCT: Final = "01"
MODEL: Final = "8013"

# In the order in which they must stand behind a product number: variant, batch, serial number, somebody else's serial.
QUALIFIERS: Final = {"22": "variant", "10": "batch", "21": "serial", "235": "serial-of-others"}
LONGEST_QUALIFIER: Final = 28
LONGEST_MODEL: Final = 25
ENDS: Final = "17"


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """`gtin` has 14 digits; a link may name a model instead. `qualifiers` by name, as they stand in the link."""

    gtin: str = ""
    model: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()
    ends: date | None = None


def read_digital_link(address: WebAddress) -> DigitalLink | None:
    """None where no key with a right check digit stands in the path, or something stands behind it that may not."""
    parts = address.path.split("/")[1:]
    for at, (key, value) in enumerate(pairwise(parts)):
        if key == PRODUCT and (gtin := gtin14(value)):
            qualifiers = _qualifiers(parts[at + 2 :])
            return None if qualifiers is None else DigitalLink(gtin, "", qualifiers, _ends(address.query))
        if key == MODEL and 0 < len(model := unquote(value)) <= LONGEST_MODEL and len(parts) == at + 2:
            return DigitalLink("", model, (), _ends(address.query))
    return None


def _qualifiers(parts: list[str]) -> tuple[tuple[str, str], ...] | None:
    if parts and not parts[-1]:
        parts = parts[:-1]
    keys, values = parts[::2], [unquote(value) for value in parts[1::2]]
    order = [key for key in QUALIFIERS if key in keys]
    if keys != order or len(keys) != len(values) or not all(0 < len(value) <= LONGEST_QUALIFIER for value in values):
        return None
    return tuple((QUALIFIERS[key], value) for key, value in zip(keys, values, strict=True))


def _ends(query: str) -> date | None:
    """The last day of `17=YYMMDD`, in this century; day 00, the end of a month, is left out."""
    found = dict(parse_qsl(query)).get(ENDS, "")
    if len(found) != 6 or not (found.isascii() and found.isdigit()):
        return None
    try:
        return date(2000 + int(found[:2]), int(found[2:4]), int(found[4:]))
    except ValueError:
        return None
