"""Product pictures as labels pin them: WebP, upright, within the bounds, without anything the camera wrote."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

FORMATS: Final = ("PNG", "JPEG", "WEBP")
SIDE: Final = 4_096
PIXELS: Final = 12_000_000
BYTES: Final = 2 * 1024 * 1024
_QUALITIES: Final = (88, 75, 60, 40)


class UnfitPictureError(ValueError):
    """No picture of these formats, or more of it than a label may pin."""


@dataclass(frozen=True, slots=True)
class PinnedPicture:
    data: bytes
    width: int
    height: int


def pin(data: bytes) -> PinnedPicture:
    """Raises UnfitPictureError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if max(opened.size) > SIDE or opened.width * opened.height > PIXELS:
                    raise UnfitPictureError
                upright = ImageOps.exif_transpose(opened)
                plain = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnfitPictureError from None
    for quality in _QUALITIES:
        out = io.BytesIO()
        plain.save(out, "WEBP", quality=quality, exif=b"", icc_profile=b"")
        if out.tell() <= BYTES:
            return PinnedPicture(out.getvalue(), *plain.size)
    raise UnfitPictureError
