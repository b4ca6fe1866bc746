"""QR codes for labels and samples, through qrcode; words for a phone, which need a mark for UTF-8, through segno."""

from typing import Final, Literal

import qrcode
import segno
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from labelviewer.adapters.pictures import Gray, png

Correction = Literal["L", "M", "Q", "H"]
Matrix = tuple[tuple[bool, ...], ...]

QUIET: Final = 4  # modules of white on every side, as the standard asks
_CORRECTIONS: Final = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}


def matrix(text: str, correction: Correction = "M") -> Matrix:
    """Rows of modules, True is dark, without the quiet zone. The text is written as UTF-8."""
    code = qrcode.QRCode(error_correction=_CORRECTIONS[correction], border=0)
    code.add_data(text.encode("utf-8"))
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def words_matrix(text: str) -> Matrix:
    """Like `matrix`, with what tells a reader that the text is UTF-8 (ECI 26): some guess Arabic wrongly without it."""
    code = segno.make_qr(text, error="m", mode="byte", encoding="utf-8", eci=True, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def picture(text: str, *, module_pixels: int = 8, correction: Correction = "M") -> Gray:
    """Black on white, quiet zone included, every module a whole number of pixels."""
    return _drawn(matrix(text, correction), module_pixels)


def words_picture(text: str, *, module_pixels: int = 8) -> Gray:
    return _drawn(words_matrix(text), module_pixels)


def _drawn(modules: Matrix, module_pixels: int) -> Gray:
    side = (len(modules) + 2 * QUIET) * module_pixels
    edge = b"\xff" * (QUIET * module_pixels)
    white = b"\xff" * side * QUIET * module_pixels
    rows = (edge + b"".join((b"\x00" if dark else b"\xff") * module_pixels for dark in row) + edge for row in modules)
    return Gray(side, side, white + b"".join(row * module_pixels for row in rows) + white)


def png_bytes(text: str, *, module_pixels: int = 8, correction: Correction = "M") -> bytes:
    return png(picture(text, module_pixels=module_pixels, correction=correction))
