"""What would help, told from the gray pixels of one frame: too dark, too close, too far, blurred, a white spot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import sub
from statistics import median_low
from typing import Final

from labelviewer.domain.camera import GrayFrame


class Hint(StrEnum):
    """By the code of its message."""

    DARK = "S10"
    BLURRED = "S11"
    UNREADABLE = "S12"
    CUT_OFF = "S15"
    TOO_FAR = "S16"
    GLARE = "S17"
    NOTHING = "S18"


@dataclass(frozen=True, slots=True)
class Finder:
    """One of the three squares in the corners of a QR code: its middle and the side of a module, in pixels."""

    x: float
    y: float
    module: float


@dataclass(frozen=True, slots=True)
class Scene:
    """What one frame shows. `steepness`: the sharpest edge as a share of the contrast. `washed_out`: a white spot."""

    width: int
    height: int
    bright: int
    steepness: float
    washed_out: bool
    finders: tuple[Finder, ...] = ()


_BLACK: Final = 32  # darker than this everywhere is a covered lens; sensor noise in a dark room is brighter
_FLAT: Final = 16
_DIM: Final = 70
_WHITE: Final = 250
_PALE: Final = 200
_SAMPLES: Final = 2_000
_LINES: Final = 160
_EDGE_LINES: Final = 40
_EDGE_STEPS: Final = 12  # one sharp edge along a quarter of the lines is enough
_CELLS: Final = 12
_STEEP: Final = 0.18  # a sharp print gives 0.3 and more, out of focus 0.15 and less
_SMALL_MODULE: Final = 3.0  # pixels
_PLENTY: Final = 10.0
_TYPICAL_MODULES: Final = 33  # along one side of a code with an address in it
_FINDER_MODULES: Final = 7
_TRIES: Final = 100  # a picture of noise or cloth has more than anyone wants to look at
_TOO_FLAT: Final = 24
_SKIP: Final = 3  # pixels; enough of a line to tell its darkest and brightest
_NOISE_RUNS: Final = 6  # pixels; where it brightens more often than that, nothing is large enough to be found
_RUNS: Final = re.compile(rb"\x00+|\x01+")


def is_black(gray: GrayFrame) -> bool:
    """As behind a closed lens cover; a few thousand pixels tell."""
    stride = max(1, gray.height // 40)
    lines = [gray.row(y)[:: max(1, gray.width // 50)] for y in range(0, gray.height, stride)]
    brightest = max(max(line, default=0) for line in lines)
    return brightest <= _BLACK and brightest - min(min(line, default=0) for line in lines) <= _FLAT


def study(gray: GrayFrame) -> Scene:
    """Takes some ten milliseconds: only for when a hint is due."""
    levels = sorted(b"".join(gray.row(y)[:: max(1, gray.width // 50)] for y in _spread(gray.height, _SAMPLES // 50)))
    return Scene(
        gray.width,
        gray.height,
        levels[len(levels) * 95 // 100],
        _steepness(gray),
        _is_washed_out(gray),
        _finders(gray),
    )


def advise(scene: Scene, *, near_miss: bool) -> Hint:
    """The first thing to change; `near_miss`: the reader saw a code and could not read it."""
    finders = scene.finders
    seen = near_miss or bool(finders)
    if scene.bright < _DIM:
        return Hint.DARK
    if any(each.module * _TYPICAL_MODULES > 0.95 * min(scene.width, scene.height) for each in finders):
        return Hint.CUT_OFF
    if (near_miss or len(finders) > 1) and min((each.module for each in finders), default=_PLENTY) < _SMALL_MODULE:
        return Hint.TOO_FAR
    if scene.steepness < _STEEP:
        return Hint.BLURRED
    if len(finders) < 3 and any(_is_at_edge(each, scene) for each in finders):
        return Hint.CUT_OFF
    if seen:
        return Hint.GLARE if scene.washed_out else Hint.UNREADABLE
    return Hint.NOTHING


def _is_at_edge(finder: Finder, scene: Scene) -> bool:
    """Its neighbours, which were not found, may well lie outside."""
    margin = finder.module * (_TYPICAL_MODULES - _FINDER_MODULES)
    return not (margin <= finder.x <= scene.width - margin and margin <= finder.y <= scene.height - margin)


def _spread(length: int, count: int, share: float = 1.0) -> range:
    """About `count` places, over the middle `share` of the length."""
    margin = int(length * (1 - share) / 2)
    return range(margin, length - margin, max(1, int(length * share) // count))


def _steepness(gray: GrayFrame) -> float:
    """Over the middle of the picture, where the box is held; what lies behind it may well be sharp."""
    margin = gray.width // 5
    lines = [gray.row(y)[margin : gray.width - margin] for y in _spread(gray.height, _EDGE_LINES, 0.6)]
    levels = sorted(b"".join(line[::16] for line in lines))
    contrast = levels[len(levels) * 98 // 100] - levels[len(levels) * 2 // 100] if levels else 0
    if contrast < _TOO_FLAT:
        return 1.0  # nothing there to be sharp or not
    steps = b"".join(bytes(map(abs, map(sub, line, line[1:]))) for line in lines)
    left = min(_EDGE_STEPS, len(steps))
    for step in range(255, 0, -1):
        left -= steps.count(step)
        if left <= 0:
            return step / contrast
    return 0.0


def _is_washed_out(gray: GrayFrame) -> bool:
    """A white spot without any print in it, in a picture that is not white all over."""
    wide, tall = gray.width * 7 // 10 // _CELLS, gray.height * 7 // 10 // _CELLS
    if not wide or not tall:
        return False
    left, top = gray.width * 15 // 100, gray.height * 15 // 100
    white = 0
    for row in range(_CELLS):
        lines = [gray.row(y) for y in range(top + row * tall, top + (row + 1) * tall, max(1, tall // 6))]
        for column in range(_CELLS):
            start = left + column * wide
            white += all(min(line[start : start + wide]) >= _WHITE for line in lines)
    return 0 < white < _CELLS * _CELLS // 3


def _finders(gray: GrayFrame) -> tuple[Finder, ...]:
    """Dark, light, dark, light, dark as 1:1:3:1:1, along a row and along the column through its middle."""
    found: list[Finder] = []
    tries = 0
    for y in _spread(gray.height, _LINES):
        for x, module in _crossings(gray.row(y)):
            if any(abs(x - each.x) < 4 * each.module and abs(y - each.y) < 4 * each.module for each in found):
                continue
            tries += 1
            if tries > _TRIES:
                return ()
            found.extend(_upright(gray, x, y, module))
    return _alike(found)


def _alike(found: Sequence[Finder]) -> tuple[Finder, ...]:
    """Those of one size: the squares of a code are, and what looks like one inside its data is not."""
    if not found:
        return ()
    usual = median_low(each.module for each in found)
    return tuple(each for each in found if 0.7 < each.module / usual < 1.4)


def _upright(gray: GrayFrame, x: float, y: int, module: float) -> tuple[Finder, ...]:
    """The finder, where the column agrees with the row."""
    for middle, height in _crossings(gray.column(int(x))):
        if abs(middle - y) < 2 * height and 0.6 < height / module < 1.7:
            return (Finder(x, middle, (module + height) / 2),)
    return ()


def _crossings(line: bytes) -> Iterator[tuple[float, float]]:
    """Middle and module of whatever looks like the section through a finder."""
    some = line[::_SKIP]
    low, high = min(some), max(some)
    if high - low < _TOO_FLAT:
        return
    middle = (low + high) // 2
    bits = line.translate(b"\x00" * (middle + 1) + b"\x01" * (255 - middle))
    if bits.count(b"\x00\x01") * _NOISE_RUNS > len(bits):
        return
    ends = [found.end() for found in _RUNS.finditer(bits)]
    runs = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    first = 0 if bits[0] == 0 else 1
    for place in range(first, len(runs) - 4, 2):
        if runs[place + 2] >= 4 and _is_section(runs[place : place + 5]):
            start = ends[place] - runs[place]
            yield (start + ends[place + 4]) / 2, (ends[place + 4] - start) / _FINDER_MODULES


def _is_section(runs: Sequence[int]) -> bool:
    module = sum(runs) / _FINDER_MODULES
    slack = max(1.0, module * 0.5)
    a, b, core, d, e = runs
    return abs(core - 3 * module) < 2 * slack and all(abs(each - module) <= slack for each in (a, b, d, e))
