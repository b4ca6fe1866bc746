"""Harder looks: a code that the first look misses is found and drawn anew, and never turned into another."""

import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Never

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from labelviewer.adapters import qr_reader, zbar_reader, zxing_reader
from labelviewer.adapters.looks import hunt as hunting
from labelviewer.adapters.looks import symbol
from labelviewer.adapters.looks.hunt import hunt
from labelviewer.adapters.looks.pixels import Floats
from labelviewer.adapters.looks.reed_solomon import corrected, syndromes
from labelviewer.adapters.pictures import Gray, open_gray
from labelviewer.adapters.qr_reader import look
from labelviewer.adapters.qr_writer import Correction, matrix, picture
from labelviewer.domain.sighting import Part, Sighting

ADDRESS = "https://samples.labelviewer.example/l/camera-a"
needs_zbar = pytest.mark.skipif(zbar_reader.zbar_version() is None, reason="zbar is not installed here")
CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpora" / "qr"


def drawn(text: str = ADDRESS, module_pixels: int = 10, correction: Correction = "M") -> Image.Image:
    gray = picture(text, module_pixels=module_pixels, correction=correction)
    return Image.frombytes("L", (gray.width, gray.height), gray.pixels)


def gray_of(image: Image.Image) -> Gray:
    return Gray(image.width, image.height, image.tobytes())


def on_a_wall(image: Image.Image) -> Image.Image:
    wall = Image.new("L", (image.width + 200, image.height + 200), 150)
    wall.paste(image, (100, 100))
    return wall


def printed(image: Image.Image) -> Image.Image:
    """As a camera sees ink and paper: no black is black."""
    return image.point(lambda value: 30 + value * 190 // 255)


def rolled(image: Image.Image, half_angle: float) -> Image.Image:
    """Around a can, seen from the front."""
    side, strips = image.width, 40
    mesh = []
    for strip in range(strips):
        left, right = strip * side // strips, (strip + 1) * side // strips
        here, there = (
            (float(np.arcsin((2 * x / side - 1) * np.sin(half_angle)) / half_angle) + 1) / 2 * side
            for x in (left, right)
        )
        sink, sunk = ((1 - float(np.cos((2 * x / side - 1) * half_angle))) * side * 0.3 for x in (left, right))
        quad = (here, -sink, here, side - sink, there, side - sunk, there, -sunk)
        mesh.append(((left, 0, right, side), quad))
    bent = ImageChops.invert(image).transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
    return ImageChops.invert(bent)


def tilted(image: Image.Image) -> Image.Image:
    side = image.width
    return image.transform(
        (side, side), Image.Transform.QUAD, (-60, -20, 40, side + 300, side, side - 120, side - 40, 120),
        Image.Resampling.BICUBIC, fillcolor=255,
    )  # fmt: skip


def scratched(image: Image.Image) -> Image.Image:
    dice, spoiled = random.Random(5), image.copy()
    pen = ImageDraw.Draw(spoiled)
    for _ in range(9):
        x, y = dice.uniform(0.3, 0.9) * image.width, dice.uniform(0.3, 0.9) * image.height
        pen.line((x, y, x + dice.uniform(-90, 90), y + dice.uniform(-90, 90)), fill=dice.choice((0, 255)), width=9)
    return spoiled


def shining(image: Image.Image) -> Image.Image:
    light = Image.new("L", image.size, 0)
    side = image.width
    ImageDraw.Draw(light).ellipse((side * 0.42, side * 0.3, side * 0.75, side * 0.55), fill=255)
    return ImageChops.add(image.point(lambda value: value // 2), light.filter(ImageFilter.GaussianBlur(side * 0.04)))


def without_its_finder(image: Image.Image) -> Image.Image:
    covered = image.copy()
    covered.paste(190, (image.width - 95, 0, image.width, 75))
    return covered


def edged(image: Image.Image) -> Image.Image:
    """No quiet zone: the code stands on black."""
    inner = image.crop((40, 40, image.width - 40, image.height - 40))
    black = Image.new("L", (inner.width + 120, inner.height + 120), 10)
    black.paste(inner, (60, 60))
    return black


def seen_from_below(image: Image.Image) -> Image.Image:
    """In perspective, and a little out of focus."""
    side = image.width
    quad = (-0.17 * side, -0.25 * side, -0.02 * side, 1.06 * side, 1.01 * side, 1.02 * side, 1.22 * side, -0.24 * side)
    seen = image.transform(image.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=150)
    return seen.filter(ImageFilter.GaussianBlur(4))


def half_in_the_shade(image: Image.Image, darkness: float, softness: float) -> Image.Image:
    down, across = np.mgrid[0 : image.height, 0 : image.width]
    light = 1 - darkness + darkness / (1 + np.exp(-(across + 0.6 * down - 0.8 * image.width) / softness))
    return Image.fromarray((np.asarray(image) * light).astype(np.uint8))


def faint(image: Image.Image, contrast: float, noise: float) -> Image.Image:
    dice = np.random.default_rng(1)
    values = (
        120 + (np.asarray(image, float) / 255 - 0.5) * contrast + dice.normal(0, noise, (image.height, image.width))
    )
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def far_away(image: Image.Image) -> Image.Image:
    """Less than two pixels for a module."""
    soft = image.filter(ImageFilter.GaussianBlur(4))
    return faint(soft.resize((image.width * 17 // 100, image.height * 17 // 100), Image.Resampling.BOX), 150, 6)


HARD: dict[str, Callable[[], Image.Image]] = {
    "out of focus": lambda: printed(on_a_wall(drawn())).filter(ImageFilter.GaussianBlur(5.5)),
    "shaken": lambda: printed(on_a_wall(drawn())).filter(ImageFilter.BoxBlur((11, 1))),
    "around a can": lambda: on_a_wall(printed(rolled(drawn(), 0.95))),
    "scratched": lambda: on_a_wall(printed(scratched(drawn(correction="Q")))),
    "in bright light": lambda: on_a_wall(printed(shining(drawn(correction="L")))),
    "half its corner covered": lambda: on_a_wall(printed(without_its_finder(drawn(correction="H")))),
    "on black": lambda: edged(drawn()),
    "in perspective": lambda: seen_from_below(on_a_wall(printed(drawn()))),
    "with a hard shadow": lambda: half_in_the_shade(on_a_wall(printed(drawn())), 0.97, 15),
    "in soft shade and out of focus": lambda: half_in_the_shade(
        on_a_wall(printed(drawn())).filter(ImageFilter.GaussianBlur(4)), 0.9, 40
    ),
    "faint": lambda: faint(on_a_wall(printed(drawn())), 8, 3),
    "far away": lambda: far_away(on_a_wall(printed(drawn()))),
    "printed too fat": lambda: on_a_wall(printed(drawn())).filter(ImageFilter.MinFilter(9)),
}


@pytest.mark.parametrize("how", HARD)
def test_what_the_first_look_misses_is_read(how: str) -> None:
    gray = gray_of(HARD[how]())
    first = [one for one in zxing_reader.read(gray, zxing_reader.QR) if isinstance(one, Sighting)]
    seen = look(gray).sightings
    assert first == []
    assert [sighting.text for sighting in seen] == [ADDRESS]


def _nothing(*_: object) -> Iterator[Never]:
    return iter(())


def _as_it_is(values: Floats, _radius: int) -> Floats:
    result: Floats = (values - values.mean()) / values.std()
    return result


HUNT = (qr_reader, "_hunted", _nothing)
LIGHT = (hunting, "evened", _as_it_is)
TWO_CORNERS = (hunting, "by_two", _nothing)
CONTRAST = (qr_reader, "brightened", lambda gray: gray)
OTHER_EYES = (zbar_reader, "squares", _nothing)


@pytest.mark.parametrize(
    ("how", "needed"),
    [
        ("out of focus", HUNT),
        ("shaken", HUNT),
        ("around a can", HUNT),
        ("in perspective", HUNT),
        ("far away", HUNT),
        ("in bright light", LIGHT),
        ("with a hard shadow", LIGHT),
        ("in soft shade and out of focus", LIGHT),
        ("half its corner covered", TWO_CORNERS),
        ("faint", CONTRAST),
        pytest.param("printed too fat", OTHER_EYES, marks=needs_zbar),
    ],
)
def test_each_look_is_what_its_kind_of_picture_needs(
    how: str, needed: tuple[ModuleType, str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name, without = needed
    monkeypatch.setattr(module, name, without)
    assert look(gray_of(HARD[how]())).sightings == ()


@pytest.mark.parametrize("look_at", [lambda image: image, tilted, ImageChops.invert, lambda image: image.rotate(33)])
def test_symbols_are_found_without_the_first_look_too(look_at: Callable[[Image.Image], Image.Image]) -> None:
    image = look_at(on_a_wall(printed(drawn())))
    (found,) = hunt(gray_of(image), lambda: True)
    sighting = zxing_reader.read_drawn(found.gray, found.corners)
    assert sighting is not None
    assert sighting.text == ADDRESS


def test_a_code_in_a_mirror_is_read_with_its_corners_the_right_way_round() -> None:
    image = on_a_wall(printed(drawn()))
    (found,) = hunt(gray_of(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)), lambda: True)
    assert zxing_reader.read_drawn(found.gray, found.corners) is not None
    (left, top), (_, below), *_ = found.corners
    assert left > 0.6  # its own top left lies on the right
    assert top == pytest.approx(below, abs=0.02)


def test_corners_lie_where_the_code_ends() -> None:
    image = on_a_wall(drawn())
    (found,) = hunt(gray_of(image), lambda: True)
    start, end = 100 + 40, image.width - 100 - 40
    expected = [(start, start), (end, start), (end, end), (start, end)]
    seen = [(x * image.width, y * image.height) for x, y in found.corners]
    assert seen == [pytest.approx(corner, abs=3) for corner in expected]


@pytest.mark.parametrize("version", [1, 2, 6, 7, 14, 25, 40])
def test_every_size_is_found(version: int) -> None:
    length = {1: 10, 2: 20, 6: 100, 7: 120, 14: 350, 25: 980, 40: 2300}[version]
    image = drawn("x" * length, module_pixels=5)
    assert (image.width // 5 - 8 - 17) // 4 == version
    (found,) = hunt(gray_of(printed(image.resize((900, 900)))), lambda: True)
    sighting = zxing_reader.read_drawn(found.gray, found.corners)
    assert sighting is not None
    assert sighting.text == "x" * length


def test_several_symbols_are_found_and_known_ones_left_alone() -> None:
    sheet = Image.new("L", (1_000, 500), 200)
    for place, text in enumerate(("one", "two")):
        code = drawn(text, module_pixels=8)
        sheet.paste(code, (100 + place * 500, 120))
    found = list(hunt(gray_of(sheet), lambda: True))
    texts = {sighting.text for one in found if (sighting := zxing_reader.read_drawn(one.gray, one.corners))}
    assert texts == {"one", "two"}
    left = [one.corners for one in found if one.corners[0][0] < 0.5]
    again = list(hunt(gray_of(sheet), lambda: True, left))
    assert len(again) == 1
    assert again[0].corners[0][0] > 0.5


def test_nothing_is_looked_for_when_the_time_is_up() -> None:
    assert list(hunt(gray_of(on_a_wall(drawn())), lambda: False)) == []


def test_a_hard_picture_gets_its_time_and_no_more() -> None:
    gray = gray_of(HARD["around a can"]())
    assert look(gray, lambda: 0.0).sightings
    hours = count(step=3_600)
    assert look(gray, lambda: float(next(hours))).sightings == ()


def nothing_in_it() -> dict[str, Image.Image]:
    dice = random.Random(3)
    bricks, letters, rings = (Image.new("L", (900, 700), 200) for _ in range(3))
    for _ in range(2_000):
        x, y, side = dice.randrange(900), dice.randrange(700), dice.choice((6, 12, 18))
        bricks.paste(dice.choice((20, 220)), (x, y, x + side, y + side))
    pen = ImageDraw.Draw(letters)
    for row in range(0, 700, 12):
        pen.text((5, row), "".join(dice.choice("HOMEIAW08B#") for _ in range(140)), fill=10)
    pen = ImageDraw.Draw(rings)
    for _ in range(60):  # finders that belong to no code
        x, y, m = dice.randrange(850), dice.randrange(650), dice.choice((3, 5, 8))
        for ring, shade in ((7, 20), (5, 220), (3, 20)):
            edge = (7 - ring) * m // 2
            pen.rectangle((x + edge, y + edge, x + edge + ring * m - 1, y + edge + ring * m - 1), fill=shade)
    return {
        "noise": Image.effect_noise((900, 700), 90),
        "a fractal": Image.effect_mandelbrot((900, 700), (-2, -1.5, 1, 1.5), 60),
        "bricks": bricks,
        "letters": letters,
        "finders": rings,
        "stripes": Image.linear_gradient("L").resize((900, 700)).point(lambda value: 255 * (value // 8 % 2)),
    }


@pytest.mark.parametrize("what", nothing_in_it())
def test_nothing_is_read_where_there_is_no_code(what: str) -> None:
    assert look(gray_of(nothing_in_it()[what])).sightings == ()


@pytest.mark.parametrize("correction", ["L", "M", "Q", "H"])
@pytest.mark.parametrize("length", [5, 60, 200, 600])
def test_a_symbol_is_put_right_or_given_up_but_never_turned_into_another(correction: Correction, length: int) -> None:
    dark = np.array(matrix("y" * length, correction))
    dice = np.random.default_rng(length)
    repaired = 0
    for spread in (0.2, 0.4, 0.5, 0.6, 0.8, 1.2):
        soft = np.where(dark, -1.0, 1.0) + dice.normal(0, spread, dark.shape)
        found = symbol.repair(soft)
        repaired += found is not None
        assert found is None or (found.dark == dark).all()
    assert 2 <= repaired < 6


def test_blocks_and_their_checks_add_up_to_every_size_of_symbol() -> None:
    for size in symbol.SIZES:
        room = len(symbol._data_places(size)[0]) // 8
        for level in "LMQH":
            blocks = symbol._blocks(size, level)
            places = sorted(int(place) for block, _ in blocks for place in block)
            assert places == list(range(room))


def test_doubtful_bytes_cost_half_of_wrong_ones() -> None:
    checks, length = 16, 40
    start = np.concatenate([np.arange(length - checks), np.zeros(checks, int)]).astype(np.uint8)
    whole = corrected(start, checks, list(range(length - checks, length)), reserve=0)
    assert whole is not None
    assert not any(syndromes(whole, checks))
    spoiled = whole.copy()
    spoiled[3:15] ^= 0x5A  # twelve, and sixteen check bytes
    assert corrected(spoiled, checks, [], reserve=0) is None
    found = corrected(spoiled, checks, list(range(3, 15)), reserve=4)
    assert found is not None
    assert (found == whole).all()
    assert corrected(spoiled, checks, list(range(3, 15)), reserve=5) is None
    eight = whole.copy()
    eight[20:28] ^= 0x11
    found = corrected(eight, checks, [], reserve=0)
    assert found is not None
    assert (found == whole).all()


def part_of_a_text(number: int, count: int, text: bytes) -> Gray:
    """A code of 21 modules that says it is one of several."""
    head = f"0011{number - 1:04b}{count - 1:04b}{0x55:08b}0100{len(text):08b}"
    bits = head + "".join(f"{byte:08b}" for byte in text) + "0000"
    bits += "0" * (-len(bits) % 8)
    ((places, checks),) = symbol._blocks(21, "L")
    data = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    data += ([0xEC, 0x11] * 10)[: len(places) - checks - len(data)]
    start = np.array(data + [0] * checks, np.uint8)
    block = corrected(start, checks, list(range(len(data), len(places))), reserve=0)
    assert block is not None
    words = np.zeros_like(start)
    words[places] = block
    rows, columns = symbol._data_places(21)
    dark = symbol.fixed(21) < 0
    dark[rows, columns] = np.unpackbits(words).astype(bool) ^ symbol._mask(21, 2)[rows, columns]
    image = Image.fromarray(symbol.drawn(symbol._with_facts(dark, 0b01010)))
    return gray_of(on_a_wall(image.resize((400, 400))).rotate(10, Image.Resampling.BICUBIC))


def test_a_code_that_is_one_of_several_says_which() -> None:
    (sighting,) = look(part_of_a_text(2, 3, b"hello")).sightings
    assert (sighting.text, sighting.part) == ("hello", Part(2, 3))
    (alone,) = look(gray_of(on_a_wall(drawn()))).sightings
    assert alone.part is None


def test_a_code_that_is_one_of_several_says_so_in_a_camera_frame_as_well() -> None:
    gray = part_of_a_text(1, 16, b"hi")
    rows = (gray.pixels[at : at + gray.width] + bytes(7) for at in range(0, len(gray.pixels), gray.width))
    frame = zxing_reader.Frame(memoryview(b"".join(rows)), gray.width, gray.height, gray.width + 7)
    (sighting,) = zxing_reader.read_frame(frame, zxing_reader.QR)
    assert isinstance(sighting, Sighting)
    assert sighting.part == Part(1, 16)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the photographs of shared/corpora/qr are not here")
def test_no_symbol_comes_of_photographs_without_one() -> None:
    for path in sorted((CORPUS / "zxing-cpp" / "falsepositives-1").iterdir()):
        if path.suffix in (".jpg", ".png", ".webp"):
            assert list(hunt(open_gray(path.read_bytes(), path.name), lambda: True)) == [], path.name
