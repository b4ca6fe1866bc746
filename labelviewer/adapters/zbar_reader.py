"""Square codes through zbar, where its library is installed; payloads to the byte."""

import ctypes
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Final

from labelviewer.adapters.pictures import Gray
from labelviewer.domain.sighting import Corner, Sighting, Symbology

NAME: Final = "zbar"
_KEEP_BYTES: Final = 4  # ZBAR_CFG_BINARY, which pyzbar has no name for


def zbar_version() -> str | None:
    """None where the library is missing."""
    zbar = _load()
    if zbar is None:
        return None
    numbers = [ctypes.c_uint() for _ in range(3)]  # pyzbar declares two of the three
    zbar.LIBZBAR.zbar_version(*(ctypes.byref(number) for number in numbers))
    return ".".join(str(number.value) for number in numbers)


def squares(gray: Gray) -> Iterator[Sighting]:
    """QR codes alone: what zbar takes for a price barcode is too often none."""
    zbar = _load()
    if zbar is None:
        return
    scanner, image = zbar.zbar_image_scanner_create(), zbar.zbar_image_create()
    try:
        zbar.zbar_image_scanner_set_config(scanner, 0, zbar.ZBarConfig.CFG_ENABLE, 0)
        zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, zbar.ZBarConfig.CFG_ENABLE, 1)
        keeps = zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, _KEEP_BYTES, 1) == 0
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
                yield Sighting(payload, _text(payload), Symbology.QR, _corners(zbar, symbol, gray), NAME)
            symbol = zbar.zbar_symbol_next(symbol)
    finally:
        zbar.zbar_image_destroy(image)
        zbar.zbar_image_scanner_destroy(scanner)


def _text(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("latin-1")


@cache
def _load() -> ModuleType | None:
    try:
        from pyzbar import wrapper
    except (ImportError, OSError):  # the Python part is there, the library is not
        return None
    return wrapper  # type: ignore[no-any-return]


def _corners(zbar: ModuleType, symbol: object, gray: Gray) -> tuple[Corner, Corner, Corner, Corner]:
    """zbar gives them from the code's own top left downwards, so the other way round."""
    a, d, c, b = (
        (zbar.zbar_symbol_get_loc_x(symbol, at) / gray.width, zbar.zbar_symbol_get_loc_y(symbol, at) / gray.height)
        for at in range(4)
    )
    return a, b, c, d
