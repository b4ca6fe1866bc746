"""Finders put together by threes: which one is the corner, which lie beside and below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

import numpy as np

from labelviewer.adapters.looks.frames import Frame, find_near
from labelviewer.adapters.looks.pixels import Floats, Level

_WORST: Final = 2.2
_MOST: Final = 10
_MOST_GUESSED: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """Three finders of one symbol, all turned its way. `size` is its width in modules, roughly; `doubt` 0 is none."""

    doubt: float
    corner: Frame
    beside: Frame
    below: Frame
    size: float

    @property
    def frames(self) -> tuple[Frame, Frame, Frame]:
        return self.corner, self.beside, self.below


def by_three(frames: Sequence[Frame]) -> list[Corners]:
    """Surest first."""
    found: list[Corners] = []
    for place, seen in enumerate(frames):
        others = [frame for at, frame in enumerate(frames) if at != place and 0.4 < frame.module / seen.module < 2.5]
        for quarters in range(4):
            found += _around(seen.turned(quarters), others)
    return sorted(found, key=lambda corners: corners.doubt)[:_MOST]


def _around(corner: Frame, others: Sequence[Frame]) -> list[Corners]:
    placed = [(_in_modules(corner, other.centre), other) for other in others]
    beside = [(right, down, other) for (right, down), other in placed if right > 8 and abs(down) < 0.6 * right]
    below = [(right, down, other) for (right, down), other in placed if down > 8 and abs(right) < 0.6 * down]
    found: list[Corners] = []
    for right, lean, one in beside:
        for drop, down, other in below:
            skew = abs(lean / right) + abs(drop / down)
            corners = _judged(corner, _towards(one, corner), _towards(other, corner), skew)
            if corners is not None and one is not other:
                found.append(corners)
    return found


def _judged(corner: Frame, beside: Frame, below: Frame, skew: float) -> Corners | None:
    wide = _distance(corner.centre, beside.centre, corner.across, beside.across)
    high = _distance(corner.centre, below.centre, corner.down, below.down)
    if min(wide, high) <= 10 or max(wide, high) >= 190:
        return None
    doubt = skew + 2 * abs(log(wide / high))
    doubt += 0.5 * (abs(log(beside.module / corner.module)) + abs(log(below.module / corner.module)))
    doubt += 1.5 * (3 - corner.fit - beside.fit - below.fit)
    return Corners(doubt, corner, beside, below, (wide + high) / 2 + 7) if doubt < _WORST else None


def by_two(levels: Mapping[float, Level], frames: Sequence[Frame]) -> list[Corners]:
    """Where one finder is spoiled or covered: two side by side say where the third should be."""
    found: list[Corners] = []
    for place, seen in enumerate(frames[:8]):
        for at, other in enumerate(frames[:8]):
            if at == place:
                continue
            for quarters in range(4):
                one = seen.turned(quarters)
                right, down = _in_modules(one, other.centre)
                if right > 10 and abs(down) < 0.35 * right and 0.55 < other.module / one.module < 1.8:
                    found += _completed(levels, one, _towards(other, one))
    return sorted(found, key=lambda corners: corners.doubt)[:_MOST_GUESSED]


def _completed(levels: Mapping[float, Level], left: Frame, right: Frame) -> list[Corners]:
    length = _distance(left.centre, right.centre, left.across, right.across)
    found: list[Corners] = []
    for corner, other in ((left, right), (right, left)):
        for side in (1, -1):
            guess = Frame(0.0, corner.centre + side * corner.down * length, corner.across, corner.down)
            third = find_near(levels, guess)
            if third is None:
                continue
            to_other, to_third = other.centre - corner.centre, third.centre - corner.centre
            clockwise = to_other[0] * to_third[1] - to_other[1] * to_third[0] > 0
            beside, below = (other, third) if clockwise else (third, other)
            way = Frame(0.0, corner.centre, beside.centre - corner.centre, below.centre - corner.centre)
            one, two, three = (_towards(frame, way) for frame in (corner, beside, below))
            found.append(Corners(2 - third.fit, one, two, three, length + 7))
    return found


def _in_modules(frame: Frame, point: Floats) -> tuple[float, float]:
    right, down = np.linalg.solve(np.array([frame.across, frame.down]).T, point - frame.centre)
    return float(right), float(down)


def _towards(frame: Frame, way: Frame) -> Frame:
    """The same finder, turned so that it agrees with `way` about right and down."""

    def agreement(turned: Frame) -> float:
        right = turned.across @ way.across / np.hypot(*turned.across) / np.hypot(*way.across)
        down = turned.down @ way.down / np.hypot(*turned.down) / np.hypot(*way.down)
        return float(right + down)

    return max((frame.turned(quarters) for quarters in range(4)), key=agreement)


def _distance(start: Floats, end: Floats, module: Floats, other: Floats) -> float:
    """In modules, where those at the start and at the end differ in length."""
    way = end - start
    length = float(np.hypot(*way))
    unit = way / length
    first = max(float(unit @ module), 0.2 * float(np.hypot(*module)))
    last = max(float(unit @ other), 0.2 * float(np.hypot(*other)))
    return length / sqrt(first * last)
