"""A hint names what would help, from the pixels and what the reader said; a table of pictures is the rule."""

import os
from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage

from labelviewer.domain.camera import GrayFrame
from labelviewer.ui.coaching import Finder, Hint, Scene, advise, is_black, study
from tests.cameras import desk, held, plain

MAX_STUDY_PIXELS = 1920 * 1080


def gray(image: QImage) -> GrayFrame:
    small = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return GrayFrame(bytes(small.constBits()), small.width(), small.height(), small.bytesPerLine())


PICTURES: dict[str, tuple[Callable[[], QImage], Hint]] = {
    "a desk without a code": (desk, Hint.NOTHING),
    "a white wall": (lambda: plain(235), Hint.NOTHING),
    "a code in a dark room": (lambda: held(darkness=0.8), Hint.DARK),
    "a dark room": (lambda: plain(40), Hint.DARK),
    "a code out of focus": (lambda: held(blur=16), Hint.BLURRED),
    "a code a little out of focus": (lambda: held(blur=9), Hint.BLURRED),
    "a code larger than the picture": (lambda: held(900), Hint.CUT_OFF),
    "a code cut by the left edge": (lambda: held(400, x=-140), Hint.CUT_OFF),
    "a code cut by the right edge": (lambda: held(400, x=1020), Hint.CUT_OFF),
    "a code cut by the upper edge": (lambda: held(400, y=-140), Hint.CUT_OFF),
    "a code cut by the lower edge": (lambda: held(400, y=460), Hint.CUT_OFF),
    "a small code": (lambda: held(80), Hint.TOO_FAR),
    "a small code in a large picture": (lambda: held(90, width=1920, height=1080), Hint.TOO_FAR),
    "a code with a white spot": (lambda: held(glare=80), Hint.GLARE),
    "a code that is fine but was not read": (held, Hint.UNREADABLE),
}


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_leads_to_its_hint(picture: str) -> None:
    make, hint = PICTURES[picture]
    assert advise(study(gray(make())), near_miss=False) is hint


def test_a_code_that_only_the_reader_saw_counts_as_seen() -> None:
    scene = study(gray(desk()))
    assert advise(scene, near_miss=False) is Hint.NOTHING
    assert advise(scene, near_miss=True) is Hint.UNREADABLE


SHARP = Scene(1280, 720, bright=200, steepness=0.8, washed_out=False)
THREE = (Finder(400, 220, 8), Finder(700, 220, 8), Finder(400, 510, 8))


@pytest.mark.parametrize(
    ("scene", "hint"),
    [
        (Scene(1280, 720, 200, 0.8, False, THREE), Hint.UNREADABLE),
        (Scene(1280, 720, 200, 0.8, True, THREE), Hint.GLARE),
        (Scene(1280, 720, 200, 0.1, True, THREE), Hint.BLURRED),
        (Scene(1280, 720, 20, 0.1, True, THREE), Hint.DARK),
        (Scene(1280, 720, 200, 0.8, True), Hint.NOTHING),
        (Scene(1280, 720, 200, 0.8, False, THREE[:2]), Hint.UNREADABLE),
        (Scene(1280, 720, 200, 0.8, False, (Finder(60, 360, 8),)), Hint.CUT_OFF),
        (Scene(1280, 720, 200, 0.8, False, (Finder(640, 360, 2), Finder(690, 360, 2))), Hint.TOO_FAR),
        (Scene(1280, 720, 200, 0.8, False, (Finder(640, 360, 2),)), Hint.UNREADABLE),
        (Scene(1280, 720, 200, 0.8, False, (Finder(640, 360, 30),)), Hint.CUT_OFF),
    ],
)
def test_what_stands_in_the_way_most_is_said_first(scene: Scene, hint: Hint) -> None:
    assert advise(scene, near_miss=False) is hint


def test_the_squares_of_a_code_are_found_where_they_are() -> None:
    finders = study(gray(held(360, x=100, y=80))).finders
    side = 360 / 41  # a module, with the white edge around the code
    wanted = [(100 + x * side, 80 + y * side) for x, y in ((7.5, 7.5), (33.5, 7.5), (7.5, 33.5))]
    for x, y in wanted:
        assert any(abs(each.x - x) < side and abs(each.y - y) < side for each in finders), (x, y, finders)


@pytest.mark.parametrize("level", [0, 16, 30])
def test_a_covered_lens_is_black(level: int) -> None:
    assert is_black(gray(plain(level)))


@pytest.mark.parametrize("image", [plain(45), plain(255), held(darkness=0.8), held(60, darkness=0.85)])
def test_a_dark_room_is_not_a_covered_lens(image: QImage) -> None:
    assert not is_black(gray(image))


def test_noise_is_no_crowd_of_codes() -> None:
    noise = GrayFrame(os.urandom(640 * 480), 640, 480, 640)
    assert study(noise).finders == ()
    assert not is_black(noise)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 2), (16, 9), (40, 40), (1280, 1), (1, 720)])
def test_a_picture_of_any_size_can_be_studied(width: int, height: int) -> None:
    for level in (0, 128, 255):
        frame = GrayFrame(bytes([level]) * (width * height), width, height, width)
        assert isinstance(advise(study(frame), near_miss=False), Hint)
        assert is_black(frame) == (level == 0)


def test_pixels_that_lie_apart_and_rows_that_are_padded_make_no_difference() -> None:
    frame = gray(held(300))
    spread = bytearray()
    for y in range(frame.height):
        for value in frame.row(y):
            spread += bytes((value, 7))
        spread += b"\x05" * 6
    packed = GrayFrame(bytes(spread), frame.width, frame.height, frame.width * 2 + 6, 2)
    assert study(packed) == study(frame)
    assert packed.half.row(3) == frame.row(6)[::2]
