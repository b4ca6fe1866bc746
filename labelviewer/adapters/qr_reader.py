"""Codes in pictures and camera frames: zxing-cpp first, zbar where nothing was read; payloads to the byte."""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from math import hypot
from pathlib import Path
from types import ModuleType
from typing import Final

import zxingcpp

from labelviewer.adapters.pictures import Gray, brightened, enlarged, open_picture
from labelviewer.domain.sighting import Corner, Reading, Sighting, Symbology

_ZXING: Final = "zxing-cpp"
_ZBAR: Final = "zbar"
_QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_PRICE_BARCODES: Final = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCA,
        zxingcpp.BarcodeFormat.UPCE,
    ]
)
_STILL_FORMATS: Final = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.MicroQRCode,
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
_ZBAR_KEEP_BYTES: Final = 4  # ZBAR_CFG_BINARY, which pyzbar has no name for
_ENLARGE_BELOW: Final = 1_500_000  # pixels
_SLIVER: Final = 0.05


@dataclass(frozen=True, slots=True)
class Reader:
    """A code reader of this installation, for the doctor."""

    name: str
    available: bool
    version: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is in one picture, in reading order. `near_misses` counts codes seen but not read."""

    sightings: tuple[Sighting, ...] = ()
    near_misses: int = 0


class CodeReader:
    """The picture reader of the pipeline."""

    def read(self, data: bytes, name: str) -> Reading:
        """Raises PictureError where there is no picture; one without a code is a Reading without sightings."""
        picture = open_picture(data, name)
        seen = look(picture.gray)
        return Reading(seen.sightings, seen.near_misses, picture.still)

    def read_frame(
        self,
        gray: bytes | memoryview,
        width: int,
        height: int,
        *,
        row_bytes: int = 0,
        pixel_bytes: int = 1,
        price_barcodes: bool = False,
    ) -> Seen:
        """QR codes in one camera frame, or the price barcodes beside them. One look, no second one.

        Rows may be padded and pixels apart: every second pixel of every second row is half the size.
        """
        view = zxingcpp.ImageView(gray, width, height, zxingcpp.ImageFormat.Lum, row_bytes, pixel_bytes)
        return _seen(_zxing(view, width, height, _PRICE_BARCODES if price_barcodes else _QR))


def read_texts(path: Path | str) -> list[str]:
    """The texts of all codes in a picture file, in reading order."""
    picture = Path(path)
    reading = CodeReader().read(picture.read_bytes(), picture.name)
    return [sighting.text for sighting in reading.sightings]


def readers() -> tuple[Reader, ...]:
    """Which readers work here; zbar may be missing."""
    zbar = _load_zbar()
    return (
        Reader(_ZXING, available=True, version=version("zxing-cpp")),
        Reader(_ZBAR, available=zbar is not None, version=None if zbar is None else _zbar_version(zbar)),
    )


def look(gray: Gray) -> Seen:
    """Every label format, then a few harder looks until one of them reads something."""
    first = _zxing_still(gray)
    if first.sightings:
        return first
    for again in _harder_looks(gray):
        seen = again()
        if seen.sightings:
            return seen
    return first


def _harder_looks(gray: Gray) -> Iterator[Callable[[], Seen]]:
    if gray.width * gray.height < _ENLARGE_BELOW:
        yield lambda: _zxing_still(enlarged(gray, 2))
    yield lambda: _zxing_still(brightened(gray))
    yield lambda: _seen(_zbar(gray))


def _seen(found: Iterable[Sighting | None]) -> Seen:
    """None is a near miss. A code seen twice at one place counts once."""
    kept: list[Sighting] = []
    missed = 0
    for sighting in found:
        if sighting is None:
            missed += 1
        elif not any(_same(sighting, other) for other in kept):
            kept.append(sighting)
    return Seen(tuple(sorted(kept, key=_place)), missed)


def _same(one: Sighting, other: Sighting) -> bool:
    if (one.payload, one.symbology) != (other.payload, other.symbology):
        return False
    x, y = _centre(one.corners)
    across, down = zip(*other.corners, strict=True)
    return min(across) <= x <= max(across) and min(down) <= y <= max(down)


def _centre(corners: Iterable[Corner]) -> Corner:
    across, down = zip(*corners, strict=True)
    return sum(across) / len(across), sum(down) / len(down)


def _place(sighting: Sighting) -> float:
    """Rows come first; two codes side by side are rarely level to the pixel."""
    x, y = _centre(sighting.corners)
    return 2 * y + x


def _zxing_still(gray: Gray) -> Seen:
    view = zxingcpp.ImageView(gray.pixels, gray.width, gray.height, zxingcpp.ImageFormat.Lum)
    return _seen(_zxing(view, gray.width, gray.height, _STILL_FORMATS))


def _zxing(
    view: zxingcpp.ImageView, width: int, height: int, formats: zxingcpp.BarcodeFormats
) -> Iterator[Sighting | None]:
    plain = zxingcpp.TextMode.Plain
    for barcode in zxingcpp.read_barcodes(view, formats=formats, text_mode=plain, return_errors=True):
        symbology = _SYMBOLOGIES.get(barcode.format)
        if symbology is None:
            continue
        if not barcode.valid:
            if not symbology.is_price_barcode:  # stripes that are no barcode look like one too often
                yield None
            continue
        if symbology.is_price_barcode and _is_sliver(barcode.position):
            continue
        at = barcode.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        a, b, c, d = ((point.x / width, point.y / height) for point in corners)
        payload, text, symbology = _content(barcode, symbology)
        yield Sighting(payload, text, symbology, (a, b, c, d), _ZXING)


def _is_sliver(at: zxingcpp.Position) -> bool:
    """Read along one line or two, where digits can come out wrong and still add up."""
    height = hypot(at.bottom_left.x - at.top_left.x, at.bottom_left.y - at.top_left.y)
    width = hypot(at.top_right.x - at.top_left.x, at.top_right.y - at.top_left.y)
    return height < _SLIVER * width


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


@cache
def _load_zbar() -> ModuleType | None:
    try:
        from pyzbar import wrapper
    except (ImportError, OSError):  # the Python part is there, the library is not
        return None
    return wrapper  # type: ignore[no-any-return]


def _zbar_version(zbar: ModuleType) -> str:
    numbers = [ctypes.c_uint() for _ in range(3)]  # pyzbar declares two of the three
    zbar.LIBZBAR.zbar_version(*(ctypes.byref(number) for number in numbers))
    return ".".join(str(number.value) for number in numbers)


def _zbar(gray: Gray) -> Iterator[Sighting | None]:
    """QR codes alone: what zbar takes for a price barcode is too often none."""
    zbar = _load_zbar()
    if zbar is None:
        return
    scanner, image = zbar.zbar_image_scanner_create(), zbar.zbar_image_create()
    try:
        zbar.zbar_image_scanner_set_config(scanner, 0, zbar.ZBarConfig.CFG_ENABLE, 0)
        zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, zbar.ZBarConfig.CFG_ENABLE, 1)
        keeps = zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, _ZBAR_KEEP_BYTES, 1) == 0
        zbar.zbar_image_set_format(image, int.from_bytes(b"Y800", "little"))
        zbar.zbar_image_set_size(image, gray.width, gray.height)
        zbar.zbar_image_set_data(
            image, ctypes.cast(ctypes.c_char_p(gray.pixels), ctypes.c_void_p), len(gray.pixels), None
        )
        zbar.zbar_scan_image(scanner, image)
        symbol = zbar.zbar_image_first_symbol(image)
        while symbol:
            length = zbar.zbar_symbol_get_data_length(symbol)
            payload = ctypes.string_at(zbar.zbar_symbol_get_data(symbol), length)
            if keeps or payload.isascii():  # an old zbar has already guessed at the rest
                text = _decoded(payload, payload.decode("latin-1"))
                yield Sighting(payload, text, Symbology.QR, _zbar_corners(zbar, symbol, gray), _ZBAR)
            symbol = zbar.zbar_symbol_next(symbol)
    finally:
        zbar.zbar_image_destroy(image)
        zbar.zbar_image_scanner_destroy(scanner)


def _zbar_corners(zbar: ModuleType, symbol: object, gray: Gray) -> tuple[Corner, Corner, Corner, Corner]:
    """zbar gives them from the code's own top left downwards, so the other way round."""
    a, d, c, b = (
        (zbar.zbar_symbol_get_loc_x(symbol, at) / gray.width, zbar.zbar_symbol_get_loc_y(symbol, at) / gray.height)
        for at in range(4)
    )
    return a, b, c, d
