"""Where each module of a symbol lies in the picture: a flat guess, a bent one, then drawn to the modules themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labelviewer.adapters.looks.corners import Corners
from labelviewer.adapters.looks.frames import Frame
from labelviewer.adapters.looks.pixels import Floats, alike, box_mean, sample
from labelviewer.adapters.looks.symbol import SIZES, VERSION_BITS, alignment_centres, alignment_places, fixed

_RESIDUE: Final = 0.5  # what a module of misfit costs, in agreement
_ROLLED: Final = 0.1  # a curve has to tick better than a plane by so much
_FIRM: Final = 0.3  # how little perspective is believed from the finders alone
_FREE: Final = 0.05  # and with the alignment pattern
_BENT: Final = 0.02
_SEEN: Final = 0.55  # correlation with an alignment pattern
_MANY: Final = 45  # modules; from here on there are alignment patterns inside, and the size is written down
_VERSION_MUST_AGREE: Final = 12  # of 18 modules, agreeing less disagreeing
_SHARPNESS: Final = 25.0
_STIFFNESS: Final = 0.15
_KNOWN: Final = 1.5  # what the fixed patterns weigh against the data

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The centres of all modules, [row, column] to (x, y). `agreement` is with the fixed patterns, 1 is very good."""

    points: Points
    agreement: float

    @property
    def size(self) -> int:
        return len(self.points)


def lattices(view: Floats, corners: Corners) -> list[Lattice]:
    """Guesses for the two likeliest sizes, best first; `view` has its light evened."""
    written = {_written_size(view, corners.beside, upright=False), _written_size(view, corners.below, upright=True)}
    guesses = sorted(_sizes(view, corners), key=lambda guess: (guess[1] not in written, -guess[0]))[:2]
    found = [_lattice(view, points) for _, size, flat in guesses for points in _guesses(view, corners, size, flat)]
    return sorted(found, key=lambda lattice: -lattice.agreement)


def across_quad(view: Floats, quad: Points, size: int) -> Lattice:
    """A symbol of known size between its four corners, clockwise from its own top left."""
    ends = np.array([(0, 0), (size, 0), (size, size), (0, size)], np.float64)
    return _lattice(view, _spread(_flat(ends, quad, size, 1e-6), size))


def _lattice(view: Floats, points: Points) -> Lattice:
    pattern = fixed(len(points))
    known = pattern != 0
    seen = sample(view, points[..., 0], points[..., 1])
    return Lattice(points, float((seen[known] * pattern[known]).mean()))


def _sizes(view: Floats, corners: Corners) -> Iterator[tuple[float, int, Points]]:
    """How well each size's timing lines and finders fit, with the flat map that says so."""
    module = float(np.mean([frame.module for frame in corners.frames]))
    for size in SIZES:
        if not 0.65 * corners.size - 4 < size < 1.5 * corners.size + 4:
            continue
        modules, pixels = _marks(corners, size)
        flat = _flat(modules, pixels, size, _FIRM)
        apart = np.sqrt(((_through(flat, modules) - pixels) ** 2).sum(1).mean()) / module
        timing = _timing_modules(size)
        straight = _ticking(view, _through(flat, timing)) - _RESIDUE * float(apart)
        yield max(straight, _ticking(view, _rolled(corners, timing, size)) - _ROLLED), size, flat


def _timing_modules(size: int) -> Points:
    """The middles of the two lines that go dark, light, dark from finder to finder."""
    line = np.arange(8, size - 8) + 0.5
    other = np.full_like(line, 6.5)
    return np.stack([np.stack([line, other], -1), np.stack([other, line], -1)])


def _ticking(view: Floats, points: Points) -> float:
    beat = np.where(np.arange(points.shape[1]) % 2 == 0, -1, 1)
    return float((sample(view, points[..., 0], points[..., 1]) * beat).mean())


def _written_size(view: Floats, frame: Frame, *, upright: bool) -> int | None:
    """Large symbols say their size beside two of the finders."""
    along, aside = np.meshgrid(np.arange(-3, 3), np.arange(-7, -4), indexing="ij")
    right, down = (along, aside) if upright else (aside, along)
    x = frame.centre[0] + right * frame.across[0] + down * frame.down[0]
    y = frame.centre[1] + right * frame.across[1] + down * frame.down[1]
    seen = sample(view, x, y).ravel()
    agreement = VERSION_BITS @ -np.sign(seen)
    best = int(agreement.argmax())
    return 17 + 4 * (best + 7) if agreement[best] >= _VERSION_MUST_AGREE else None


def _guesses(view: Floats, corners: Corners, size: int, flat: Points) -> Iterator[Points]:
    if size >= _MANY:
        yield _pinned(view, corners, size)
    places = alignment_places(size)
    if places:
        fit, right, down = _alignment(view, _around(flat, places[-1], places[-1]), min(2 + size * 0.09, 7))
        if fit > _SEEN:
            modules, pixels = _marks(corners, size)
            mark = np.array([[places[-1] + 0.5] * 2])
            seen = _through(flat, mark + np.array([right, down]))
            modules, pixels = np.vstack([modules, *[mark] * 4]), np.vstack([pixels, *[seen] * 4])
            points = _spread(_flat(modules, pixels, size, _FREE), size)
            yield points
    yield _bent(corners, size)
    yield _rolled(corners, _centres(size), size)
    yield _spread(flat, size)


_MARKS: Final = np.array([(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5), (0, 0)])


def _marks(corners: Corners, size: int) -> tuple[Points, Points]:
    """Points of the three finders, in modules and in pixels."""
    middles = ((3.5, 3.5), (size - 3.5, 3.5), (3.5, size - 3.5))
    modules = [_MARKS + middle for middle in middles]
    pixels = [_of(frame) for frame in corners.frames]
    return np.concatenate(modules), np.concatenate(pixels)


def _of(frame: Frame) -> Points:
    points: Points = frame.centre + _MARKS[:, :1] * frame.across + _MARKS[:, 1:] * frame.down
    return points


def _flat(modules: Points, pixels: Points, size: int, firmness: float) -> Points:
    """A plane seen in perspective: 3 by 3, least squares, with a bias against strong perspective."""
    middle = pixels.mean(0)
    scale = np.abs(pixels - middle).max() + 1e-6
    u, v = (modules / size).T
    x, y = ((pixels - middle) / scale).T
    none, one = np.zeros_like(u), np.ones_like(u)
    rows = np.vstack(
        [
            np.stack([u, v, one, none, none, none, -u * x, -v * x], 1),
            np.stack([none, none, none, u, v, one, -u * y, -v * y], 1),
            firmness * np.eye(8)[6:],
        ]
    )
    terms = np.linalg.lstsq(rows, np.concatenate([x, y, [0, 0]]), rcond=None)[0]
    unit = np.append(terms, 1).reshape(3, 3)
    back = np.array([[scale, 0, middle[0]], [0, scale, middle[1]], [0, 0, 1]])
    result: Points = back @ unit @ np.diag([1 / size, 1 / size, 1])
    return result


def _through(flat: Points, modules: Points) -> Points:
    mapped = np.concatenate([modules, np.ones((*modules.shape[:-1], 1))], -1) @ flat.T
    result: Points = mapped[..., :2] / mapped[..., 2:]
    return result


def _centres(size: int) -> Points:
    line = np.arange(size) + 0.5
    return np.stack(np.meshgrid(line, line), -1)


def _spread(flat: Points, size: int) -> Points:
    return _through(flat, _centres(size))


def _bent(corners: Corners, size: int) -> Points:
    """A curved surface: of the second degree, from how the three finders lie and lean."""

    def terms(modules: Points) -> Points:
        u, v = modules[..., 0] / size - 0.5, modules[..., 1] / size - 0.5
        return np.stack([np.ones_like(u), u, v, u * u, u * v, v * v], -1)

    modules, pixels = _marks(corners, size)
    known, middle = terms(modules), pixels.mean(0)
    hold = np.diag([0, 0, 0, _BENT, _BENT, _BENT])
    weights = np.linalg.solve(known.T @ known + hold, known.T @ (pixels - middle))
    points: Points = terms(_centres(size)) @ weights + middle
    return points


def _spot() -> tuple[Floats, Floats, Floats]:
    """An alignment pattern, as `frames` has the finder's."""
    line = np.arange(-2.0, 2.1, 0.5)
    across, down = (axis.ravel() for axis in np.meshgrid(line, line))
    total = np.zeros_like(across)
    for right in np.linspace(-0.3, 0.3, 5):
        for below in np.linspace(-0.3, 0.3, 5):
            ring = np.maximum(abs(across + right), abs(down + below))
            total += np.where((ring < 0.5) | (ring >= 1.5), -1.0, 1.0)
    return across, down, total / 25


_ACROSS, _DOWN, _PATTERN = _spot()


def _rolled(corners: Corners, modules: Points, size: int) -> Points:
    """A strongly curved surface: leaves each finder the way that it lies, and arrives so at the next."""
    corner, beside, below = corners.frames
    length = size - 7.0
    u, v = (modules[..., :1] - 3.5) / length, (modules[..., 1:] - 3.5) / length
    across = _arc(u, beside.centre - corner.centre, corner.across * length, beside.across * length)
    down = _arc(v, below.centre - corner.centre, corner.down * length, below.down * length)
    twist = (beside.down - corner.down + below.across - corner.across) * length / 2
    points: Points = corner.centre + across + down + u * v * twist
    return points


def _arc(way: Points, end: Floats, leaving: Floats, arriving: Floats) -> Points:
    """From nothing to `end` as `way` goes from 0 to 1, with these directions at the two ends; straight on beyond."""
    inside = np.clip(way, 0, 1)
    square, cube = inside**2, inside**3
    arc = (3 * square - 2 * cube) * end + (inside - 2 * square + cube) * leaving + (cube - square) * arriving
    result: Points = arc + np.minimum(way, 0) * leaving + np.maximum(way - 1, 0) * arriving
    return result


@dataclass(frozen=True, slots=True, eq=False)
class _Patch:
    """A place and its two module steps, as if flat around there."""

    centre: Points
    across: Points
    down: Points


def _around(flat: Points, column: int, row: int) -> _Patch:
    centre = np.array([column + 0.5, row + 0.5])
    here, right, below = _through(flat, centre + np.array([(0, 0), (1, 0), (0, 1)]))
    return _Patch(here, right - here, below - here)


def _alignment(view: Floats, patch: _Patch, reach: float) -> tuple[float, float, float]:
    """How good the best match is, and how far to the right and down, in modules."""
    fit, right, down = _best(view, patch, np.arange(-reach, reach + 0.01, 0.5), 0.0, 0.0)
    return _best(view, patch, np.linspace(-0.4, 0.4, 5), right, down) if fit > _SEEN - 0.1 else (fit, right, down)


def _best(view: Floats, patch: _Patch, line: Floats, right: float, down: float) -> tuple[float, float, float]:
    over, under = (axis.ravel()[:, None] for axis in np.meshgrid(line + right, line + down))
    u, v = over + _ACROSS, under + _DOWN
    x = patch.centre[0] + u * patch.across[0] + v * patch.down[0]
    y = patch.centre[1] + u * patch.across[1] + v * patch.down[1]
    fits = alike(sample(view, x, y), _PATTERN, np.ones_like(_PATTERN)) - 0.01 * np.hypot(over, under)[:, 0]
    at = int(fits.argmax())
    return float(fits[at]), float(over[at, 0]), float(under[at, 0])


def _pinned(view: Floats, corners: Corners, size: int) -> Points:
    """Alignment patterns one by one, from the finders outwards, each expected where its neighbours say."""
    modules, pixels = _marks(corners, size)
    flat = _flat(modules, pixels, size, _FIRM)
    left = alignment_centres(size)
    while left:
        gaps = [float(np.hypot(*(modules - 0.5 - centre).T).min()) for centre in left]
        nearest = int(np.argmin(gaps))
        column, row = left.pop(nearest)
        middle = np.array([column + 0.5, row + 0.5])
        near = np.argsort(np.hypot(*(modules - middle).T))[:4]
        drift = (pixels[near] - _through(flat, modules[near])).mean(0)
        patch = _around(flat, column, row)
        patch = _Patch(patch.centre + drift, patch.across, patch.down)
        fit, right, down = _alignment(view, patch, min(1.5 + 0.05 * gaps[nearest], 4))
        if fit > _SEEN:
            seen = patch.centre + right * patch.across + down * patch.down
            modules, pixels = np.vstack([modules, [middle] * 2]), np.vstack([pixels, [seen] * 2])
            flat = _flat(modules, pixels, size, _FREE)
    points = _spread(flat, size)
    degree = 3 if len(modules) > 30 else 2
    return points + _smooth(modules - 0.5, pixels - _through(flat, modules), size, degree)


def _smooth(places: Points, moves: Points, size: int, degree: int) -> Points:
    def terms(at: Points) -> Points:
        u, v = at[..., 0] / size - 0.5, at[..., 1] / size - 0.5
        return np.stack([u**a * v**b for a in range(degree + 1) for b in range(degree + 1 - a)], -1)

    known = terms(places)
    hold = 1e-3 * np.eye(known.shape[1])
    weights = np.linalg.solve(known.T @ known + hold, known.T @ moves)
    line = np.arange(size, dtype=np.float64)
    result: Points = terms(np.stack(np.meshgrid(line, line), -1)) @ weights
    return result


def settled(view: Floats, lattice: Lattice, step: int) -> Lattice:
    """One step closer: each neighbourhood moves to where its modules are most clearly dark or light."""
    points, pattern = lattice.points, fixed(lattice.size)
    reach, window, spread = (0.5, 3, 4) if step < 2 else (0.5, 3, 2) if step < 4 else (0.35, 2, 2)
    right, below = np.gradient(points, axis=1), np.gradient(points, axis=0)
    line = np.linspace(-reach, reach, 5)
    overs, unders = (axis.ravel() for axis in np.meshgrid(line, line))
    clarity = np.empty((len(overs), lattice.size, lattice.size), np.float32)
    for at, (over, under) in enumerate(zip(overs, unders, strict=True)):
        there = points + over * right + under * below
        seen = sample(view, there[..., 0], there[..., 1])
        clear = box_mean(np.abs(seen) + _KNOWN * seen * pattern, window)
        clarity[at] = clear - _STIFFNESS * (over * over + under * under)
    best = clarity.max(0)
    weight = np.exp((clarity - best) * _SHARPNESS)
    right_by = np.tensordot(overs, weight, 1) / weight.sum(0)
    down_by = np.tensordot(unders, weight, 1) / weight.sum(0)
    sure = best - clarity.mean(0) + 1e-3
    total = box_mean(sure, spread)
    right_by, down_by = box_mean(right_by * sure, spread) / total, box_mean(down_by * sure, spread) / total
    return _lattice(view, points + right_by[..., None] * right + down_by[..., None] * below)


def outline(points: Points) -> Points:
    """The symbol's four corners, clockwise from its own top left."""
    right, below = np.gradient(points, axis=1), np.gradient(points, axis=0)
    corner = [(0, 0, -0.5, -0.5), (0, -1, 0.5, -0.5), (-1, -1, 0.5, 0.5), (-1, 0, -0.5, 0.5)]
    return np.array([points[r, c] + over * right[r, c] + under * below[r, c] for r, c, over, under in corner])
