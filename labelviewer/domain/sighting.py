"""What a reader saw in a picture: codes with their corners, and near misses."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Corner = tuple[float, float]


class Symbology(StrEnum):
    QR = "qr"
    MICRO_QR = "micro-qr"
    EAN_13 = "ean-13"
    EAN_8 = "ean-8"
    UPC_A = "upc-a"
    UPC_E = "upc-e"

    @property
    def is_price_barcode(self) -> bool:
        return self not in (Symbology.QR, Symbology.MICRO_QR)


@dataclass(frozen=True, slots=True)
class Part:
    """One code of several that make one text together: the `number`-th of `count`."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """One code. `corners` run clockwise from the code's own top left, in 0..1 of width and height."""

    payload: bytes
    text: str
    symbology: Symbology
    corners: tuple[Corner, Corner, Corner, Corner]
    reader: str
    part: Part | None = None


def in_rows(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Row by row, each from the left: codes side by side are rarely level to the pixel."""
    rows: list[list[Sighting]] = []
    for seen in sorted(sightings, key=_middle):
        if rows and _middle(seen) < max(y for _, y in rows[-1][0].corners):
            rows[-1].append(seen)
        else:
            rows.append([seen])
    return tuple(seen for row in rows for seen in sorted(row, key=lambda seen: min(x for x, _ in seen.corners)))


def _middle(sighting: Sighting) -> float:
    return sum(y for _, y in sighting.corners) / 4


@dataclass(frozen=True, slots=True)
class Still:
    """A picture to show: 8-bit RGB, rows without padding, longest side at most 1,600 pixels."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was seen in one picture. `near_misses` counts codes seen but not read."""

    sightings: tuple[Sighting, ...]
    near_misses: int
    still: Still
