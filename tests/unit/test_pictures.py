"""Pictures are opened within bounds, upright, and every bad one has its own error."""

import io
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, features
from pillow_heif import register_heif_opener

from labelviewer.adapters import pictures
from labelviewer.adapters.pictures import Gray, brightened, enlarged, open_gray, open_picture, png
from labelviewer.domain.errors import NotAPictureError, PhonePhotoError, PictureError, PictureTooLargeError
from labelviewer.pipeline import limits
from tests.labels import words

RED, WHITE = (255, 0, 0), (255, 255, 255)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def half_and_half(mode: str = "RGB") -> Image.Image:
    """White left, black right."""
    picture = Image.new("L", (40, 20), 255)
    picture.paste(0, (20, 0, 40, 20))
    return picture.convert(mode)


def at(gray: Gray, x: int, y: int) -> int:
    return gray.pixels[y * gray.width + x]


def is_half_and_half(gray: Gray) -> bool:
    return (gray.width, gray.height) == (40, 20) and at(gray, 5, 10) > 250 and at(gray, 35, 10) < 5


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
def test_each_allowed_format_opens(kind: str) -> None:
    opened = open_picture(encoded(half_and_half(), kind), "box")
    assert is_half_and_half(opened.gray)
    assert len(opened.still.rgb) == 40 * 20 * 3


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("P", "GIF"), ("RGBA", "PNG"), ("RGBA", "WEBP"),
     ("I;16", "PNG"), ("I;16", "TIFF"), ("F", "TIFF"), ("CMYK", "JPEG"), ("CMYK", "TIFF"), ("YCbCr", "JPEG")],
)  # fmt: skip
def test_each_way_of_storing_colour_comes_out_as_plain_gray(mode: str, kind: str) -> None:
    assert is_half_and_half(open_picture(encoded(half_and_half(mode), kind), "box").gray)


def test_sixteen_bits_are_stretched_not_cut_off() -> None:
    deep = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 30_000, 60_000)):
        deep.putpixel((x, 0), value)
    assert list(open_picture(encoded(deep, "PNG"), "scan").gray.pixels) == pytest.approx([0, 127, 255], abs=1)


@pytest.mark.parametrize("make", [lambda: Image.new("RGBA", (9, 9), (0, 0, 0, 0)), lambda: Image.new("LA", (9, 9), 0)])
def test_what_is_see_through_lies_on_white(make: Callable[[], Image.Image]) -> None:
    opened = open_picture(encoded(make(), "PNG"), "sticker")
    assert set(opened.gray.pixels) == {255}
    assert set(opened.still.rgb) == {255}


def test_a_palette_may_be_see_through_too() -> None:
    picture = Image.new("P", (9, 9), 1)
    picture.putpalette([0, 0, 0, 0, 0, 0])
    assert set(open_picture(encoded(picture, "PNG", transparency=1), "sticker").gray.pixels) == {255}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_that_a_phone_noted_is_applied(orientation: int) -> None:
    upright = Image.new("RGB", (40, 20), WHITE)
    upright.paste((0, 0, 0), (0, 0, 10, 5))  # a dark top left corner
    undo = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    stored = upright if undo is None else upright.transpose(undo)
    exif = Image.Exif()
    exif[0x0112] = orientation
    opened = open_picture(encoded(stored, "PNG", exif=exif), "phone")
    assert (opened.gray.width, opened.gray.height) == (opened.still.width, opened.still.height) == (40, 20)
    assert at(opened.gray, 2, 2) == 0
    assert at(opened.gray, 37, 2) == at(opened.gray, 2, 17) == at(opened.gray, 37, 17) == 255


def test_only_the_first_frame_of_a_moving_picture_counts() -> None:
    frames = [Image.new("L", (9, 9), 255), Image.new("L", (9, 9), 0)]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert set(open_picture(moving, "moving").gray.pixels) == {255}


def test_the_still_is_small_and_keeps_the_shape() -> None:
    opened = open_picture(encoded(Image.new("RGB", (4_000, 1_000), RED), "JPEG"), "wide")
    assert (opened.gray.width, opened.gray.height) == (4_000, 1_000)
    assert (opened.still.width, opened.still.height) == (limits.STILL_SIDE, 400)
    assert len(opened.still.rgb) == limits.STILL_SIDE * 400 * 3
    assert opened.still.rgb[0] > 250 > 5 > max(opened.still.rgb[1:3])


NOT_PICTURES = {
    "nothing": b"",
    "one byte": b"\x89",
    "text": b"hello, world",
    "a web page": b"<!DOCTYPE html><html></html>",
    "a vector drawing": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "a document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "an icon": b"\x00\x00\x01\x00\x01\x00\x10\x10",
    "a font's cousin of a picture": b"8BPS\x00\x01" + bytes(40),
    "a film": b"\x00\x00\x00\x20ftypisom" + bytes(40),
    "the start of a PNG alone": b"\x89PNG\r\n\x1a\n",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


@pytest.mark.threat("T13")
@pytest.mark.parametrize("what", NOT_PICTURES)
def test_what_is_not_a_picture_is_said_to_be_none_by_name(what: str) -> None:
    with pytest.raises(NotAPictureError) as caught:
        open_picture(NOT_PICTURES[what], "box.png")
    assert caught.value.facts == {"name": "box.png"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
def test_a_picture_cut_short_is_damaged(kind: str) -> None:
    noise = Image.effect_noise((120, 90), 60)
    whole = encoded(noise, kind)
    with pytest.raises(NotAPictureError):
        open_picture(whole[: len(whole) // 2], "half")


def test_an_ending_in_the_name_does_not_make_a_picture() -> None:
    gif_named_png = encoded(half_and_half(), "GIF")
    assert is_half_and_half(open_picture(gif_named_png, "box.png").gray)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1"])
def test_a_phone_photo_that_we_cannot_open_says_so(brand: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_can_open_phone_photos", lambda: False)
    with pytest.raises(PhonePhotoError):
        open_picture(b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1heic" + bytes(40), "IMG_0001.HEIC")


def test_an_avif_photo_opens_where_pillow_can(monkeypatch: pytest.MonkeyPatch) -> None:
    if not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    photo = encoded(half_and_half(), "AVIF")
    assert is_half_and_half(open_picture(photo, "photo.avif").gray)
    monkeypatch.setattr(features, "check", lambda _: False)
    with pytest.raises(PhonePhotoError):
        open_picture(photo, "photo.avif")


def phone_photo(image: Image.Image, orientation: int = 1) -> bytes:
    register_heif_opener(thumbnails=False)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, "HEIF", quality=95, exif=exif.tobytes())


def test_a_phone_photo_opens_upright() -> None:
    assert is_half_and_half(open_picture(phone_photo(half_and_half().resize((40, 20))), "IMG_0001.HEIC").gray)
    upright = Image.new("RGB", (400, 200), WHITE)
    upright.paste((0, 0, 0), (0, 0, 100, 50))
    gray = open_picture(phone_photo(upright.transpose(Image.Transpose.ROTATE_90), orientation=6), "IMG_0002.HEIC").gray
    assert (gray.width, gray.height) == (400, 200)
    assert at(gray, 10, 10) < 10
    assert at(gray, 390, 10) > 245


def test_a_phone_photo_keeps_the_bounds_and_its_damage_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = phone_photo(half_and_half().resize((400, 200)))
    with pytest.raises(NotAPictureError):
        open_picture(photo[: len(photo) // 2], "half.heic")
    monkeypatch.setattr(limits, "PICTURE_PIXELS", 79_999)
    with pytest.raises(PictureTooLargeError):
        open_picture(photo, "over.heic")


def claimed_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


@pytest.mark.threat("T13")
@pytest.mark.parametrize(
    ("width", "height"), [(8_001, 8_000), (9_500, 9_500), (50_000, 50_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_with_too_many_pixels_is_refused_before_they_are_unpacked(width: int, height: int) -> None:
    with pytest.raises(PictureTooLargeError) as caught:
        open_picture(claimed_size(width, height), "bomb.png")
    told = words().message(caught.value.code, caught.value.facts).body
    assert f"{limits.PICTURE_PIXELS // 10**6} million" in told
    assert f"{limits.PICTURE_FILE // 2**20} megabytes" in told


@pytest.mark.threat("T13")
def test_a_file_that_is_too_long_is_refused_unread() -> None:
    with pytest.raises(PictureTooLargeError):
        open_picture(b"\x89PNG" + bytes(limits.PICTURE_FILE), "long.png")


def test_a_bound_on_pixels_holds_for_the_largest_allowed_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PICTURE_PIXELS", 800)
    assert open_picture(encoded(half_and_half(), "PNG"), "just").gray.width == 40
    monkeypatch.setattr(limits, "PICTURE_PIXELS", 799)
    with pytest.raises(PictureTooLargeError):
        open_picture(encoded(half_and_half(), "PNG"), "over")


@pytest.mark.threat("T14")
def test_changed_bytes_end_in_a_picture_or_in_one_of_our_errors() -> None:
    dice = random.Random(8)
    drawing = Image.effect_mandelbrot((60, 40), (-2, -1.5, 1, 1.5), 30)
    kinds = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
    wholes = [encoded(drawing.convert(mode), kind) for kind in kinds for mode in ("L", "RGB")]
    refused = 0
    for _ in range(1_500):
        data = bytearray(dice.choice(wholes))
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(min(len(data), dice.choice((40, 200, 9_999))))] = dice.randrange(256)
        try:
            open_picture(bytes(data), "changed")
        except PictureError:
            refused += 1
    assert refused > 500


def test_helpers_for_a_harder_look_keep_the_picture() -> None:
    gray = open_picture(encoded(half_and_half(), "PNG"), "box").gray
    double = enlarged(gray, 2)
    assert (double.width, double.height, len(double.pixels)) == (80, 40, 3_200)
    assert at(double, 10, 20) == 255
    assert at(double, 70, 20) == 0
    dull = Gray(40, 20, bytes(120 if value else 90 for value in gray.pixels))
    assert is_half_and_half(brightened(dull))
    assert open_picture(png(gray), "again").gray == gray


def test_who_shows_nothing_gets_the_same_gray_alone() -> None:
    data = encoded(half_and_half(), "JPEG")
    assert open_gray(data, "box") == open_picture(data, "box").gray
    with pytest.raises(NotAPictureError):
        open_gray(b"hello", "hello.txt")
