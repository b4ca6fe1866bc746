"""A photograph of a drawn box: perspective, a table and a wall, uneven light, blur and grain; the same every time."""

import random
from dataclasses import dataclass
from math import cos, radians, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from label_samples.box_art import Design
from label_samples.brush import Colour, glow, gradient, mixed

WIDTH, HEIGHT = 1_280, 960
_OVER = 2  # drawn twice as large, then made smaller, so that edges are smooth

Point = tuple[float, float]
Space = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Shot:
    """Where the camera stands and how the light falls. Angles in degrees; positions in parts of the picture."""

    seed: int
    turn: float = -18
    tilt: float = 6
    roll: float = 0
    distance: float = 3.75
    wall: Colour = "#e4ddd0"
    table: Colour = "#a9825a"
    lamp: Point = (0.25, 0.15)
    dimness: float = 0.34
    blur: float = 0.9
    grain: int = 5


def photograph(front: Image.Image, design: Design, shot: Shot) -> Image.Image:
    height = 1.0
    width = front.width / front.height
    depth = 0.34
    corners = {
        (x, y, z): _seen((x * width / 2, y * height / 2, z * depth / 2), shot)
        for x in (-1, 1)
        for y in (-1, 1)
        for z in (-1, 1)
    }
    scene = _room(shot, corners)
    near = 1 if shot.turn < 0 else -1  # the side that is turned to the camera
    side = gradient((400, 900), design.side, mixed(design.side, "#000000", 0.35))
    top = gradient((900, 400), mixed(design.top, "#000000", 0.1), design.top)
    side_corners = [corners[near, 1, 1], corners[near, 1, -1], corners[near, -1, -1], corners[near, -1, 1]]
    _lay(scene, side, side_corners)
    _lay(scene, top, [corners[-1, 1, -1], corners[1, 1, -1], corners[1, 1, 1], corners[-1, 1, 1]])
    _lay(scene, front, [corners[-1, 1, 1], corners[1, 1, 1], corners[1, -1, 1], corners[-1, -1, 1]])
    return _developed(scene, shot)


def _seen(point: Space, shot: Shot) -> Point:
    """A point of the box, box upright around the origin, as the camera sees it, in pixels of the large picture."""
    x, y, z = point
    a, b, c = radians(shot.turn), radians(shot.tilt), radians(shot.roll)
    x, z = x * cos(a) + z * sin(a), z * cos(a) - x * sin(a)
    y, z = y * cos(b) - z * sin(b), z * cos(b) + y * sin(b)
    x, y = x * cos(c) - y * sin(c), y * cos(c) + x * sin(c)
    scale = 2.75 * HEIGHT * _OVER / (shot.distance - z)
    return WIDTH * _OVER * 0.5 + x * scale, HEIGHT * _OVER * 0.5 - y * scale


def _room(shot: Shot, corners: dict[tuple[int, int, int], Point]) -> Image.Image:
    size = (WIDTH * _OVER, HEIGHT * _OVER)
    scene = gradient(size, mixed(shot.wall, "#ffffff", 0.25), mixed(shot.wall, "#000000", 0.12))
    feet = [corners[x, -1, z] for x, z in ((-1, 1), (1, 1), (1, -1), (-1, -1))]
    edge = round(min(y for _, y in feet) - 0.1 * size[1])
    wood = _wood((size[0], size[1] - edge), shot)
    scene.paste(wood, (0, edge))
    shade = Image.new("L", size, 0)
    draw = ImageDraw.Draw(shade)
    draw.rectangle((0, edge - 8, size[0], edge + 10), fill=60)
    away = 0.16 if shot.lamp[0] < 0.5 else -0.16
    cast = [
        feet[0],
        feet[1],
        (feet[1][0] + away * size[0], feet[2][1] - 6),
        (feet[3][0] + away * size[0], feet[3][1] - 6),
    ]
    draw.polygon(cast, fill=150)
    draw.polygon(feet, fill=230)
    scene.paste("black", mask=shade.filter(ImageFilter.GaussianBlur(26)))
    return scene


def _wood(size: tuple[int, int], shot: Shot) -> Image.Image:
    """Grain is noise pulled long."""
    dice = random.Random(shot.seed)  # noqa: S311
    small = Image.frombytes("L", (24, 220), dice.randbytes(24 * 220))
    grain = small.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.5))
    plank = gradient(size, mixed(shot.table, "#000000", 0.18), mixed(shot.table, "#ffffff", 0.12))
    dark = Image.new("RGB", size, mixed(shot.table, "#000000", 0.4))
    return Image.composite(dark, plank, grain.point(lambda value: value * 2 // 5))


def _lay(scene: Image.Image, texture: Image.Image, corners: list[Point]) -> None:
    """Paint the texture onto the quadrilateral; corners clockwise from the texture's top left."""
    width, height = texture.size
    inset = 3  # so that the edge never samples what is beside the texture
    right, bottom = width - inset, height - inset
    coefficients = _perspective(corners, [(inset, inset), (right, inset), (right, bottom), (inset, bottom)])
    bent = texture.transform(scene.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    mask = Image.new("L", scene.size, 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    scene.paste(bent, mask=mask)


def _perspective(targets: list[Point], sources: list[Point]) -> tuple[float, ...]:
    """The eight numbers that carry target points to source points."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(targets, sources, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(row[8] for row in rows)


def _developed(scene: Image.Image, shot: Shot) -> Image.Image:
    """Uneven light, a slight blur, and grain."""
    photo = scene.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    light = glow(photo.size, shot.lamp, 1.25)
    floor = round(255 * (1 - shot.dimness))
    light = light.point(lambda value: floor + value * (255 - floor) // 255)
    photo = ImageChops.multiply(photo, Image.merge("RGB", (light, light, light.point(lambda value: value * 97 // 100))))
    photo = photo.filter(ImageFilter.GaussianBlur(shot.blur))
    dice = random.Random(shot.seed)  # noqa: S311
    length = WIDTH * HEIGHT
    one, other = (Image.frombytes("L", photo.size, dice.randbytes(length)) for _ in range(2))
    spread = shot.grain
    noise = ImageChops.add(one, other, 2).point(lambda value: 128 + (value - 128) * spread // 64)
    return ImageChops.add(photo, Image.merge("RGB", (noise, noise, noise)), 1, -128)
