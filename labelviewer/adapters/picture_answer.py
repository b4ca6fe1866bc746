"""What the picture process says: plain facts as JSON and the pixels to show; nothing that runs when it is unpacked."""

import json
import struct
from collections.abc import Mapping
from typing import Any, Final

from labelviewer.domain.sighting import Corner, Part, Reading, Sighting, Still, Symbology
from labelviewer.pipeline import limits

HEADER: Final = struct.Struct("<Q")  # how long the picture file is
TAKEN: Final = b"\x06"  # said before work on it begins
BODY: Final = struct.Struct("<QQ")  # how long the facts, how long the pixels

_FAR: Final = 10.0  # times the picture's width or height


def refused(code: str) -> bytes:
    return _packed({"refused": code}, b"")


def answered(reading: Reading) -> bytes:
    return _packed(
        {
            "sightings": [_facts(sighting) for sighting in reading.sightings],
            "near_misses": reading.near_misses,
            "still": [reading.still.width, reading.still.height],
        },
        reading.still.rgb,
    )


def _packed(facts: Mapping[str, Any], pixels: bytes) -> bytes:
    words = json.dumps(facts).encode("ascii")
    return b"".join((BODY.pack(len(words), len(pixels)), words, pixels))


def _facts(sighting: Sighting) -> dict[str, Any]:
    part = sighting.part
    return {
        "payload": sighting.payload.hex(),
        "text": sighting.text,
        "symbology": sighting.symbology.value,
        "corners": sighting.corners,
        "reader": sighting.reader,
        "part": None if part is None else [part.number, part.count],
    }


def reading_of(facts: Mapping[str, Any], pixels: bytes) -> Reading:
    """Raises ValueError where the shape is wrong."""
    try:
        width, height = (_whole(side, limits.STILL_SIDE) for side in facts["still"])
        if width * height * 3 != len(pixels):
            raise ValueError
        sightings = tuple(_sighting(one) for one in facts["sightings"])
        return Reading(sightings, _whole(facts["near_misses"], limits.PICTURE_FACTS), Still(width, height, pixels))
    except (LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError from error


def _sighting(facts: Mapping[str, Any]) -> Sighting:
    payload, text, reader = facts["payload"], facts["text"], facts["reader"]
    if not (isinstance(text, str) and isinstance(reader, str) and len(text) <= limits.QR_DIGITS):
        raise ValueError
    if len(payload) > 2 * limits.QR_DIGITS:
        raise ValueError
    a, b, c, d = (_corner(corner) for corner in facts["corners"])
    part = facts["part"]
    return Sighting(
        bytes.fromhex(payload),
        text,
        Symbology(facts["symbology"]),
        (a, b, c, d),
        reader,
        None if part is None else Part(*(_whole(number, 16) for number in part)),
    )


def _corner(corner: Any) -> Corner:
    x, y = float(corner[0]), float(corner[1])
    if not (abs(x) < _FAR and abs(y) < _FAR):  # what is no number is not near either
        raise ValueError
    return x, y


def _whole(number: Any, most: int) -> int:
    if not isinstance(number, int) or not 0 <= number <= most:
        raise ValueError
    return number
