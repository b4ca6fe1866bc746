"""Pictures, through Pillow: opened within bounds, turned upright, as grayscale to read and RGB to show."""

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

from PIL import Image, ImageFilter, ImageOps, features

from labelviewer.adapters.files import too_large
from labelviewer.domain.errors import NotAPictureError, PhonePhotoError
from labelviewer.domain.sighting import Still
from labelviewer.pipeline import limits

T = TypeVar("T")

_PHONE_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS: Final = {b"avif", b"avis"}
_DAMAGE: Final = (  # all that Pillow's decoders have been seen to raise on broken bytes
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_ORIENTATION_TAG: Final = 0x0112
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Gray:
    """8-bit grayscale, rows without padding, black is 0."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """One picture twice: all its pixels to read codes from, and a smaller one to show."""

    gray: Gray
    still: Still


def open_picture(data: bytes, name: str) -> Opened:
    """Raises PictureTooLargeError, PhonePhotoError or NotAPictureError; `name` is only said back."""
    return _opened(data, name, lambda plain: Opened(_gray(plain.convert("L")), _still(plain)))


def open_gray(data: bytes, name: str) -> Gray:
    """`open_picture` for those who show nothing."""
    return _opened(data, name, lambda plain: _gray(plain.convert("L")))


def _opened(data: bytes, name: str, take: Callable[[Image.Image], T]) -> T:
    if len(data) > limits.PICTURE_FILE:
        raise too_large(name)
    kind = _kind(data, name)
    try:
        with _quietly(), Image.open(io.BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > limits.PICTURE_PIXELS:
                raise too_large(name)
            picture.load()
            return take(_opaque(_eight_bit(_upright(picture))))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise too_large(name) from error
    except _DAMAGE as error:
        raise NotAPictureError(name=name) from error


def enlarged(gray: Gray, times: int) -> Gray:
    """The same picture with more pixels, smoothly."""
    size = (gray.width * times, gray.height * times)
    return _gray(_image(gray).resize(size, Image.Resampling.BICUBIC))


def brightened(gray: Gray) -> Gray:
    """Stretched so that its darkest hundredth is black and its brightest white."""
    return _gray(ImageOps.autocontrast(_image(gray), cutoff=1))


def reduced(gray: Gray, times: float) -> Gray:
    """With so many times fewer pixels each way; below 1, with more."""
    if times == 1:
        return gray
    image = _image(gray)
    if times > 1:
        return _gray(image.reduce(int(times)))
    return _gray(image.resize((round(gray.width / times), round(gray.height / times)), Image.Resampling.BICUBIC))


def blurred(gray: Gray, radius: float) -> Gray:
    """As out of focus by a bell curve of this width."""
    return _gray(_image(gray).filter(ImageFilter.GaussianBlur(radius)))


def box_blurred(gray: Gray, radius: int) -> Gray:
    """Each pixel the mean of a square around it."""
    return _gray(_image(gray).filter(ImageFilter.BoxBlur(radius)))


def cropped(gray: Gray, left: int, top: int, right: int, bottom: int) -> Gray:
    return _gray(_image(gray).crop((left, top, right, bottom)))


def png(gray: Gray) -> bytes:
    out = io.BytesIO()
    _image(gray).save(out, "PNG", optimize=True)
    return out.getvalue()


def _kind(data: bytes, name: str) -> str:
    """The format, by its first bytes alone; a closed list."""
    match data[:4]:
        case b"\x89PNG":
            return "PNG"
        case b"GIF8":
            return "GIF"
        case b"II*\x00" | b"MM\x00*":
            return "TIFF"
        case b"RIFF" if data[8:12] == b"WEBP":
            return "WEBP"
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:2] == b"BM":
        return "BMP"
    if data[4:8] == b"ftyp":
        return _phone_kind(data, name)
    raise NotAPictureError(name=name)


def _phone_kind(data: bytes, name: str) -> str:
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, min(len(data), 64), 4))}
    if brands & _AVIF_BRANDS and features.check("avif"):
        return "AVIF"
    if brands & _PHONE_BRANDS and not brands & _AVIF_BRANDS and _can_open_phone_photos():
        return "HEIF"
    if brands & (_PHONE_BRANDS | _AVIF_BRANDS):
        raise PhonePhotoError(name=name)
    raise NotAPictureError(name=name)


@cache
def _can_open_phone_photos() -> bool:
    """Asked for with the first phone photo only; the part may be missing."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener(thumbnails=False)
    return True


@contextmanager
def _quietly() -> Iterator[None]:
    """A bomb's warning is an error; what else a decoder mutters about a picture is nobody's business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _upright(picture: Image.Image) -> Image.Image:
    try:
        turn = _UPRIGHT.get(picture.getexif().get(_ORIENTATION_TAG, 1))
    except _DAMAGE:
        return picture
    return picture if turn is None else picture.transpose(turn)


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Deeper grays are stretched over what they use; Pillow alone would cut them off at 255."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    deep = picture.convert("F")
    low, high = deep.getextrema()
    if not (isinstance(low, float) and isinstance(high, float) and low < high):
        return Image.new("L", picture.size, 255)
    scale = 255 / (high - low)
    return deep.point(lambda value: value * scale - low * scale).convert("L")


def _opaque(picture: Image.Image) -> Image.Image:
    """Grayscale or RGB; what is see-through lies on white paper."""
    if picture.has_transparency_data:
        front = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        paper = Image.new("RGB", front.size, "white")
        paper.paste(front, mask=front)
        return paper
    return picture if picture.mode in ("L", "RGB") else picture.convert("L" if picture.mode == "1" else "RGB")


def _still(picture: Image.Image) -> Still:
    shrink = min(1.0, limits.STILL_SIDE / max(picture.size))
    size = (max(1, round(picture.width * shrink)), max(1, round(picture.height * shrink)))
    small = picture if size == picture.size else picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2)
    return Still(small.width, small.height, small.convert("RGB").tobytes())


def _gray(picture: Image.Image) -> Gray:
    return Gray(picture.width, picture.height, picture.tobytes())


def _image(gray: Gray) -> Image.Image:
    return Image.frombytes("L", (gray.width, gray.height), gray.pixels)
