"""The hunt for square codes that a reader missed: finders, then lattices, then modules; yields symbols drawn anew."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from labelviewer.adapters.looks.corners import Corners, by_three, by_two
from labelviewer.adapters.looks.frames import Frame, find_frames
from labelviewer.adapters.looks.lattice import Lattice, lattices, outline, settled
from labelviewer.adapters.looks.modules import readings
from labelviewer.adapters.looks.pixels import Floats, Level, evened, gray_of, plane
from labelviewer.adapters.looks.symbol import Repair, drawn, repair
from labelviewer.adapters.pictures import Gray, blurred, cropped, reduced

_AGREES: Final = (0.35, 0.45, 0.55, 0.6)  # with the fixed patterns, to take part in each stage
_LIKELY: Final = 0.65
_THOROUGH: Final = (3,)
_GUESSES: Final = 5
_MODULE_PIXELS: Final = 5  # enough; more only cost time
_SEARCHES: Final = ((1.0, 24), (1.0, 8), (2.0, 12), (4.0, 8), (2.0, 40))
_FEWER: Final = ((1.0, 24), (2.0, 12), (4.0, 8))
_ENLARGED: Final = ((0.5, 16), (0.5, 40))
_ENLARGE_BELOW: Final = 500_000  # pixels; in a large picture, what is too small for the first look stays so
_MARGIN: Final = 0.45


Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A square code as it should look, and its corners in the picture, 0..1, from its own top left."""

    gray: Gray
    corners: Quad


def hunt(gray: Gray, in_time: Callable[[], bool], known: Sequence[Quad] = ()) -> Iterator[Symbol]:
    """Each symbol found is yielded once, what lies on a `known` one not at all; stops where the time is up.

    With something known already, only what is plainly there is looked for.
    """
    levels = {step: Level(gray, step) for step in (1.0, 2.0, 4.0)}
    for search in _searches(gray, levels):
        found = False
        places = (
            (corners, one) for corners, one in search() if not any(_lies_on(corners, quad, gray) for quad in known)
        )
        for symbol in _raced(places, in_time):
            found = True
            yield symbol
        if found or known or not in_time():
            return


def _lies_on(corners: Corners, quad: Quad, gray: Gray) -> bool:
    """One of the finders belongs to a code that is read already."""
    across, down = zip(*quad, strict=True)
    return any(
        min(across) * gray.width <= frame.centre[0] <= max(across) * gray.width
        and min(down) * gray.height <= frame.centre[1] <= max(down) * gray.height
        for frame in corners.frames
    )


def _raced(places: Iterator[tuple[Corners, Gray]], in_time: Callable[[], bool]) -> Iterator[Symbol]:
    """The likeliest first, and nobody a second time before everybody had a first."""
    found: list[_Attempt] = []
    attempts: list[_Attempt] = []
    for corners, picture in places:
        if not in_time():
            return
        if any(other.has_finder_of(corners) for other in found):
            continue
        attempt = _Attempt(corners, picture)
        symbol = attempt.advanced(0) if attempt.agreement > _LIKELY else None
        if symbol is not None:
            found.append(attempt)
            yield symbol
        else:
            attempts.append(attempt)
    attempts.sort(key=lambda attempt: -attempt.agreement)
    for stage, agreement in enumerate(_AGREES):
        for attempt in attempts:
            if not in_time():
                return
            if attempt.agreement < agreement or any(other.has_finder_of(attempt.corners) for other in found):
                continue
            symbol = attempt.advanced(stage)
            if symbol is not None:
                found.append(attempt)
                yield symbol


class _Attempt:
    """Three finders on their way to a symbol."""

    def __init__(self, corners: Corners, gray: Gray) -> None:
        self._gray = gray
        self.corners = corners
        self._next = 0
        self._view, near, self._step, self._offset = _view(gray, corners)
        self._lattices = lattices(self._view, near)[:_GUESSES]

    @property
    def agreement(self) -> float:
        return self._lattices[0].agreement if self._lattices else 0.0

    def has_finder_of(self, corners: Corners) -> bool:
        ours, theirs = self.corners.frames, corners.frames
        return any(np.hypot(*(one.centre - two.centre)) < 3 * two.module for one in ours for two in theirs)

    def advanced(self, stage: int) -> Symbol | None:
        """Quick looks while the modules settle, then a thorough one. None is nothing new."""
        if stage < self._next:
            return None
        self._next = stage + 1
        if stage:
            settling = [settled(self._view, lattice, stage - 1) for lattice in self._lattices[:2]]
            self._lattices = sorted(settling, key=lambda lattice: -lattice.agreement)
        for lattice in self._lattices:
            if lattice.agreement < 0.6 * self.agreement:
                break
            for soft in readings(self._view, lattice, thorough=stage in _THOROUGH):
                repaired = repair(soft)
                if repaired is not None:
                    return self._symbol(lattice, repaired)
        return None

    def _symbol(self, lattice: Lattice, repaired: Repair) -> Symbol:
        points = outline(lattice.points) * self._step + (self._step - 1) / 2 + self._offset
        if repaired.flipped:
            points = points[[0, 3, 2, 1]]
        size = np.array([self._gray.width, self._gray.height])
        a, b, c, d = ((float(x), float(y)) for x, y in (points + 0.5) / size)
        return Symbol(gray_of(drawn(repaired.dark)), (a, b, c, d))


def _searches(gray: Gray, levels: dict[float, Level]) -> Iterator[Callable[[], Iterator[tuple[Corners, Gray]]]]:
    def plain() -> Iterator[tuple[Corners, Gray]]:
        frames = find_frames(levels, _SEARCHES)
        threes = by_three(frames)
        for corners in threes or by_two(levels, frames):
            yield corners, gray

    def loose() -> Iterator[tuple[Corners, Gray]]:
        for corners in by_three(find_frames(levels, _FEWER, loose=True)):
            yield corners, gray

    def inverted() -> Iterator[tuple[Corners, Gray]]:
        negative = gray_of(255 - plane(gray))
        turned = {step: Level(negative, step) for step in (1.0, 2.0, 4.0)}
        for corners in by_three(find_frames(turned, _FEWER)):
            yield corners, negative

    def enlarged() -> Iterator[tuple[Corners, Gray]]:
        if gray.width * gray.height < _ENLARGE_BELOW:
            levels[0.5] = Level(gray, 0.5)
            frames = find_frames(levels, _ENLARGED)
            for corners in by_three(frames) or by_two(levels, frames):
                yield corners, gray

    yield plain
    yield loose
    yield inverted
    yield enlarged


def _view(gray: Gray, corners: Corners) -> tuple[Floats, Corners, int, Floats]:
    """The symbol's neighbourhood with its light evened, shrunk where modules are large; and the corners in it."""
    centres = np.array([frame.centre for frame in corners.frames])
    fourth = centres[1] + centres[2] - centres[0]
    around = np.vstack([centres, fourth])
    reach = _MARGIN * max(np.hypot(*(centres[1] - centres[0])), np.hypot(*(centres[2] - centres[0]))) + 8
    left, top = (max(int(low), 0) for low in around.min(0) - reach)
    right, bottom = (int(high) for high in around.max(0) + reach)
    part = cropped(gray, left, top, min(right, gray.width), min(bottom, gray.height))
    module = float(np.mean([frame.module for frame in corners.frames]))
    step = max(1, int(module / _MODULE_PIXELS))
    part, module = reduced(part, step), module / step
    smooth = blurred(part, 0.15 * module) if module > 2 else part
    offset = np.array([left, top], np.float64)

    def moved(frame: Frame) -> Frame:
        return Frame(frame.fit, frame.centre - offset, frame.across, frame.down).scaled(1 / step)

    near = replace(corners, corner=moved(corners.corner), beside=moved(corners.beside), below=moved(corners.below))
    return evened(plane(smooth).astype(np.float32), max(3, int(4.5 * module))), near, step, offset
