"""Codes through zxing-cpp: sightings and near misses; payloads to the byte, texts decided here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from math import hypot
from typing import Any, Final

import zxingcpp

from labelviewer.adapters.pictures import Gray
from labelviewer.domain.sighting import Corner, Part, Sighting, Symbology

NAME: Final = "zxing-cpp"
QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
SQUARES: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode])
STRIPES: Final = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCA,
        zxingcpp.BarcodeFormat.UPCE,
    ]
)
_SYMBOLOGIES: Final = {
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR,
    zxingcpp.BarcodeFormat.QRCodeModel2: Symbology.QR,
    zxingcpp.BarcodeFormat.MicroQRCode: Symbology.MICRO_QR,
    zxingcpp.BarcodeFormat.EAN13: Symbology.EAN_13,
    zxingcpp.BarcodeFormat.EAN8: Symbology.EAN_8,
    zxingcpp.BarcodeFormat.UPCA: Symbology.UPC_A,
    zxingcpp.BarcodeFormat.UPCE: Symbology.UPC_E,
}
_ECI: Final = ("]Q2", "]Q4", "]Q6")
_SLIVER: Final = 0.05
_PART_BITS: Final = ((1, 1, False), (1, 2, False), (2, 1, True), (2, 2, True))  # rows up and columns left of the end

_MASKS: Final[tuple[Callable[[int, int], bool], ...]] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _: row % 2 == 0,
    lambda _, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)

Quad = tuple[Corner, Corner, Corner, Corner]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A square code that was seen but not read."""

    corners: Quad


@dataclass(frozen=True, slots=True)
class Frame:
    """Gray pixels; rows may be padded and pixels apart. `row_bytes` 0 is none to spare."""

    pixels: bytes | memoryview
    width: int
    height: int
    row_bytes: int = 0
    pixel_bytes: int = 1


def zxing_version() -> str:
    return version("zxing-cpp")


def frame_of(gray: Gray) -> Frame:
    return Frame(gray.pixels, gray.width, gray.height)


def halved(frame: Frame) -> Frame:
    """Every second pixel of every second row, where they lie."""
    return Frame(frame.pixels, frame.width // 2, frame.height // 2, 2 * row_bytes_of(frame), 2 * frame.pixel_bytes)


def row_bytes_of(frame: Frame) -> int:
    return frame.row_bytes or frame.width * frame.pixel_bytes


def read(gray: Gray, formats: zxingcpp.BarcodeFormats) -> Iterator[Sighting | NearMiss]:
    return read_frame(frame_of(gray), formats)


def read_frame(
    frame: Frame, formats: zxingcpp.BarcodeFormats, *, negative: bool = True
) -> Iterator[Sighting | NearMiss]:
    """`negative` finds what is light on dark as well."""
    for barcode in zxingcpp.read_barcodes(
        _view(frame),
        formats=formats,
        try_invert=negative,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
    ):
        symbology = _SYMBOLOGIES.get(barcode.format)
        if symbology is None:
            continue
        at = barcode.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        a, b, c, d = ((point.x / frame.width, point.y / frame.height) for point in corners)
        if not barcode.valid:
            if not symbology.is_price_barcode:  # stripes that are no barcode look like one too often
                yield NearMiss((a, b, c, d))
        elif not (symbology.is_price_barcode and _is_sliver(at)):
            part = _part(frame, barcode) if symbology is Symbology.QR else None
            yield _sighting(barcode, symbology, (a, b, c, d), part)


def has_stripes(pixels: memoryview, length: int, step: int, count: int, apart: int) -> bool:
    """So many lines of pixels a `step` apart: where two of them read alike there are stripes, be it no barcode."""
    view = zxingcpp.ImageView(pixels, length, count, zxingcpp.ImageFormat.Lum, apart, step)  # type: ignore[arg-type]
    return bool(
        zxingcpp.read_barcodes(
            view, formats=STRIPES, try_rotate=False, try_downscale=False, try_invert=False, return_errors=True
        )
    )


def _view(frame: Frame) -> zxingcpp.ImageView:
    return zxingcpp.ImageView(
        frame.pixels,  # type: ignore[arg-type]  # any buffer, though its type does not say so
        frame.width,
        frame.height,
        zxingcpp.ImageFormat.Lum,
        frame.row_bytes,
        frame.pixel_bytes,
    )


def read_drawn(gray: Gray, corners: Quad) -> Sighting | None:
    """The one QR code of a clean drawing, seen at `corners` of the picture."""
    frame = frame_of(gray)
    plain = zxingcpp.TextMode.Plain
    for barcode in zxingcpp.read_barcodes(_view(frame), formats=QR, text_mode=plain, is_pure=True):
        if barcode.valid:
            return _sighting(barcode, Symbology.QR, corners, _part(frame, barcode))
    return None


def _is_sliver(at: zxingcpp.Position) -> bool:
    """Read along one line or two, where digits can come out wrong and still add up."""
    height = hypot(at.bottom_left.x - at.top_left.x, at.bottom_left.y - at.top_left.y)
    width = hypot(at.top_right.x - at.top_left.x, at.top_right.y - at.top_left.y)
    return height < _SLIVER * width


def _part(frame: Frame, barcode: zxingcpp.Barcode) -> Part | None:
    """zxing-cpp keeps it to itself. Four pixels hint at it; only then it is worth a closer look."""
    extra: Any = barcode.extra
    size, mask = 17 + 4 * int(extra["Version"]), int(extra["DataMask"])
    at = barcode.position
    quad = tuple((float(one.x), float(one.y)) for one in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
    if not _hints_at_part(frame, quad, size, mask):
        return None
    from labelviewer.adapters.looks.parts import part_of

    return part_of(_gray(frame), quad, size)


def _hints_at_part(frame: Frame, quad: tuple[Corner, ...], size: int, mask: int) -> bool:
    """The first four bits of data lie in the last two rows and columns: 0011 once they are unmasked."""
    middle = _brightness(frame, quad, 3.5 / size, 3.5 / size) + _brightness(frame, quad, 2.0 / size, 2.0 / size)
    return all(
        (2 * _brightness(frame, quad, (size - right + 0.5) / size, (size - up + 0.5) / size) < middle)
        ^ _MASKS[mask](size - up, size - right)
        == bit
        for up, right, bit in _PART_BITS
    )


def _brightness(frame: Frame, quad: tuple[Corner, ...], across: float, down: float) -> int:
    """At a place of the symbol, 0..1: dark in a finder's middle, light in the ring around it."""
    (a_x, a_y), (b_x, b_y), (c_x, c_y), (d_x, d_y) = quad
    above_x, above_y = a_x + across * (b_x - a_x), a_y + across * (b_y - a_y)
    below_x, below_y = d_x + across * (c_x - d_x), d_y + across * (c_y - d_y)
    column = min(max(round(above_x + down * (below_x - above_x)), 0), frame.width - 1)
    row = min(max(round(above_y + down * (below_y - above_y)), 0), frame.height - 1)
    return frame.pixels[row * row_bytes_of(frame) + column * frame.pixel_bytes]


def _gray(frame: Frame) -> Gray:
    row_bytes = row_bytes_of(frame)
    used = (frame.width - 1) * frame.pixel_bytes + 1
    starts = range(0, frame.height * row_bytes, row_bytes)
    rows = (bytes(frame.pixels[start : start + used : frame.pixel_bytes]) for start in starts)
    return Gray(frame.width, frame.height, b"".join(rows))


def _sighting(barcode: zxingcpp.Barcode, symbology: Symbology, corners: Quad, part: Part | None) -> Sighting:
    payload, text, symbology = _content(barcode, symbology)
    return Sighting(payload, text, symbology, corners, NAME, part)


def _content(barcode: zxingcpp.Barcode, symbology: Symbology) -> tuple[bytes, str, Symbology]:
    payload = barcode.bytes
    if symbology.is_price_barcode:
        return _number(payload, symbology)
    if barcode.symbology_identifier in _ECI:
        return payload, barcode.text, symbology  # the code itself says how its text is written
    return payload, _decoded(payload, barcode.text), symbology


def _number(digits: bytes, symbology: Symbology) -> tuple[bytes, str, Symbology]:
    """Readers give North American numbers 13 digits; the box shows them without the leading zero."""
    if len(digits) == 13 and digits.startswith(b"0"):
        digits = digits[1:]
        symbology = Symbology.UPC_A if symbology is Symbology.EAN_13 else symbology
    return digits, digits.decode("ascii"), symbology


def _decoded(payload: bytes, otherwise: str) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return otherwise
