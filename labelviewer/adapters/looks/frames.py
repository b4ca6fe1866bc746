"""Finder patterns: searched for by their 1:1:3:1:1, then each fitted with its own place, directions and sizes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from labelviewer.adapters.looks.pixels import Flags, Floats, Level, alike, sample

_GOOD: Final = 0.6  # correlation with the pattern; what is no finder seldom reaches 0.55
_SURE: Final = 0.85
_PROMISING: Final = 0.45
_RUNS_KEPT: Final = 60
_FITTED: Final = 14  # of one search
_KEPT: Final = 18
_ROUNDS: Final = 8
_HOPE: Final = 2  # rounds after which it should look like a finder


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One finder: its centre, and one module across and one module down, in pixels of the whole picture."""

    fit: float
    centre: Floats
    across: Floats
    down: Floats

    @property
    def module(self) -> float:
        return float(np.sqrt(abs(self.across[0] * self.down[1] - self.across[1] * self.down[0])))

    def turned(self, quarters: int) -> "Frame":
        across, down = self.across, self.down
        for _ in range(quarters % 4):
            across, down = down, -across
        return Frame(self.fit, self.centre, across, down)

    def scaled(self, step: float) -> "Frame":
        """From the pixels of a level to those of the whole picture."""
        return Frame(self.fit, self.centre * step + (step - 1) / 2, self.across * step, self.down * step)


def _pattern(across: Floats, down: Floats) -> Floats:
    """A finder as a lens sees it: -1 dark, +1 light, soft at the edges."""
    shifts = np.linspace(-0.4, 0.4, 5)
    total = np.zeros_like(across)
    for right in shifts:
        for below in shifts:
            ring = np.maximum(abs(across + right), abs(down + below))
            total += np.where((ring < 1.5) | ((ring >= 2.5) & (ring < 3.5)), -1.0, 1.0)
    shape: Floats = total / len(shifts) ** 2
    return shape


@dataclass(frozen=True, slots=True, eq=False)
class _Stencil:
    """Where a finder is sampled, in modules from its centre, and what is expected there."""

    across: Floats
    down: Floats
    pattern: Floats
    weight: Floats


def _stencil(step: float) -> _Stencil:
    line = np.arange(-4.0, 4.01, step)
    across, down = (axis.ravel() for axis in np.meshgrid(line, line))
    outside = np.maximum(abs(across), abs(down)) > 3.6  # a quiet zone that may be missing
    return _Stencil(across, down, _pattern(across, down), np.where(outside, 0.5, 1.0))


_COARSE: Final = _stencil(1.0)
_FINE: Final = _stencil(0.5)
_TURNS: Final = np.deg2rad(np.arange(-45, 46, 15))
_TURN, _LEAN = (axis.ravel() for axis in np.meshgrid(_TURNS, _TURNS))
_UPRIGHT: Final = np.abs(_TURN - _LEAN) < np.deg2rad(62)
_ACROSS: Final = np.stack([np.cos(_TURN), np.sin(_TURN)], 1)[_UPRIGHT]
_DOWN: Final = np.stack([-np.sin(_LEAN), np.cos(_LEAN)], 1)[_UPRIGHT]
_AREA: Final = _ACROSS[:, 0] * _DOWN[:, 1] - _ACROSS[:, 1] * _DOWN[:, 0]


def find_frames(
    levels: Mapping[float, Level], searches: Iterable[tuple[float, int]], *, loose: bool = False
) -> list[Frame]:
    """Best first. Each search is a level and the radius that its threshold looks around. `loose`: something dark may
    touch the finder from outside."""
    kept: list[Frame] = []
    for step, radius in searches:
        level = levels[step]
        if min(level.gray.width, level.gray.height) < 15:
            continue
        dark = level.dark(radius)
        runs = _crossings(dark, loose=loose)
        if len(runs):
            _keep_fitting(kept, level, runs)
    return sorted(kept, key=lambda frame: -frame.fit)[:_KEPT]


def _keep_fitting(kept: list[Frame], level: Level, runs: Floats) -> None:
    fits, across, down = _coarse_fits(level.soft, runs)
    for at in np.argsort(-fits)[:_FITTED]:
        if fits[at] < _PROMISING:
            break
        guess = Frame(float(fits[at]), runs[at, :2], across[at], down[at])
        if any(_overlap(guess.scaled(level.step), other) and other.fit > _SURE for other in kept):
            continue
        frame = fitted(level, guess).scaled(level.step)
        if frame.fit < _GOOD:
            continue
        same = [place for place, other in enumerate(kept) if _overlap(frame, other)]
        if not same:
            kept.append(frame)
        elif kept[same[0]].fit < frame.fit:
            kept[same[0]] = frame


def _overlap(one: Frame, other: Frame) -> bool:
    return bool(np.hypot(*(one.centre - other.centre)) < 2.5 * other.module)


def _runs(dark: Flags, *, loose: bool) -> tuple[Floats, NDArray[np.int64], Floats] | None:
    """Along rows: centre, row and module of everything that goes 1:1:3:1:1, give or take spread ink."""
    height, width = dark.shape
    framed = np.zeros((height, width + 2), bool)
    framed[:, 1:-1] = dark
    flat = framed.ravel()
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    if len(edges) < 6:
        return None
    row, column = np.divmod(edges, width + 2)
    starts, ends, row = column[0::2], column[1::2], row[0::2]
    dark_1 = (ends - starts)[:-2].astype(np.float32)
    dark_2 = (ends - starts)[1:-1].astype(np.float32)
    dark_3 = (ends - starts)[2:].astype(np.float32)
    light_1 = (starts[1:-1] - ends[:-2]).astype(np.float32)
    light_2 = (starts[2:] - ends[1:-1]).astype(np.float32)
    level_row = row[:-2] == row[2:]
    if loose:
        module = (light_1 + light_2) / 2
        fits = (np.abs(dark_2 - 3 * module) < 1.4 * module + 0.6) & (np.abs(light_1 - light_2) < 0.7 * module + 0.6)
        fits &= (np.minimum(dark_1, dark_3) > 0.4 * module) & (dark_2 > np.maximum(light_1, light_2))
        total = 4 * module + dark_2
    else:
        module = (dark_1 + light_1 + light_2 + dark_3) / 4
        spread = (dark_1 + dark_3 - light_1 - light_2) / 4
        fits = (np.abs(dark_2 - spread - 3 * module) < 1.1 * module + 0.6) & (np.abs(spread) < 0.75 * module)
        fits &= np.maximum(np.abs(dark_1 - dark_3), np.abs(light_1 - light_2)) < 0.9 * module + 0.6
        fits &= dark_2 > np.maximum(dark_1, dark_3)
        total = 4 * module + dark_2
    at = np.flatnonzero(fits & level_row)
    return (starts[1:-1][at] + ends[1:-1][at] - 1) / 2.0, row[:-2][at], total[at] / 7


def _crossings(dark: Flags, *, loose: bool) -> Floats:
    """Where a row and a column both cross a finder's middle: x, y, module along the row, along the column."""
    nothing = np.zeros((0, 4))
    along, upright = _runs(dark, loose=loose), _runs(dark.T, loose=loose)
    if along is None or upright is None or not len(along[0]) or not len(upright[0]):
        return nothing
    row_x, row_y, row_module = along
    column_y, column_x, column_module = upright
    height, width = dark.shape
    lookup = np.full((height + 4, width + 4), -1, np.int32)
    lookup[np.rint(column_y).astype(int) + 2, column_x + 2] = np.arange(len(column_x))
    at_x, at_y = np.rint(row_x).astype(int) + 2, row_y + 2
    partner = np.full(len(row_x), -1)
    for down in (0, -1, 1, -2, 2):
        for right in (0, -1, 1, -2, 2):
            found = lookup[at_y + down, at_x + right]
            ratio = row_module / column_module[np.maximum(found, 0)]
            take = (partner < 0) & (found >= 0) & (ratio > 0.3) & (ratio < 3.3)
            partner[take] = found[take]
    hit = np.flatnonzero(partner >= 0)
    if not len(hit):
        return nothing
    other = partner[hit]
    return _gathered(np.stack([row_x[hit], column_y[other], row_module[hit], column_module[other]], 1))


def _gathered(hits: Floats) -> Floats:
    """One line for each place; those crossed most often for their size come first."""
    octave = np.rint(np.log2(hits[:, 2] * hits[:, 3]))  # two of them double the size
    cell = 2 * np.exp2(octave / 2)
    keys = np.stack([octave, np.rint(hits[:, 0] / cell), np.rint(hits[:, 1] / cell)], 1).astype(np.int64)
    _, group, votes = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    group = group.ravel()
    places = np.stack([np.bincount(group, weights=column) / votes for column in hits.T], 1)
    support = votes / np.sqrt(places[:, 2] * places[:, 3])
    best: Floats = places[np.argsort(-support)[:_RUNS_KEPT]]
    return best


def _coarse_fits(soft: Floats, runs: Floats) -> tuple[Floats, Floats, Floats]:
    """The best of several turns and leans for each; how long a module is then follows from the runs."""
    across = (np.abs(_DOWN[:, 1] / _AREA) * runs[:, 2, None])[..., None] * _ACROSS
    down = (np.abs(_ACROSS[:, 0] / _AREA) * runs[:, 3, None])[..., None] * _DOWN
    x = runs[:, 0, None, None] + across[..., 0, None] * _COARSE.across + down[..., 0, None] * _COARSE.down
    y = runs[:, 1, None, None] + across[..., 1, None] * _COARSE.across + down[..., 1, None] * _COARSE.down
    fits = alike(sample(soft, x, y), _COARSE.pattern, _COARSE.weight)
    best, line = fits.argmax(1), np.arange(len(runs))
    return fits[line, best], across[line, best], down[line, best]


def _at(frame: Frame, across: Floats, down: Floats) -> tuple[Floats, Floats]:
    (right, below), (x, y), (lean, drop) = frame.across, frame.centre, frame.down
    return x + across * right + down * lean, y + across * below + down * drop


def _measured(level: Level, frame: Frame) -> Frame:
    fit = alike(sample(level.soft, *_at(frame, _FINE.across, _FINE.down)), _FINE.pattern, _FINE.weight)
    return Frame(float(fit), frame.centre, frame.across, frame.down)


def fitted(level: Level, guess: Frame) -> Frame:
    """Moved, stretched and leaned until it matches the pixels best; in the level's pixels."""
    frame = best = _measured(level, guess)
    right, below = level.slope
    ones = np.ones_like(_FINE.pattern)
    for turn in range(_ROUNDS):
        x, y = _at(frame, _FINE.across, _FINE.down)
        slope_x, slope_y = sample(right, x, y), sample(below, x, y)
        columns = [slope_x * _FINE.across, slope_x * _FINE.down, slope_x]
        columns += [slope_y * _FINE.across, slope_y * _FINE.down, slope_y, -_FINE.pattern, -ones]
        system = np.stack(columns, 1) * _FINE.weight[:, None]
        square = system.T @ system
        hold = 1e-3 * np.trace(square) / 8
        square[np.diag_indices(8)] += hold * np.array([1, 1, 0.1, 1, 1, 0.1, 0, 0]) + 1e-6
        move = np.linalg.solve(square, system.T @ (-sample(level.soft, x, y) * _FINE.weight))[:6]
        module = max(np.hypot(*frame.across), np.hypot(*frame.down))
        bound = module * np.array([0.15, 0.15, 0.7, 0.15, 0.15, 0.7])
        move = np.clip(move, -bound, bound)
        moved = Frame(0.0, frame.centre + move[[2, 5]], frame.across + move[[0, 3]], frame.down + move[[1, 4]])
        frame = _measured(level, moved)
        best = max(best, frame, key=lambda one: one.fit)
        if np.abs(move).max() < 0.01 or (turn == _HOPE and best.fit < _PROMISING):
            break
    return best


def find_near(levels: Mapping[float, Level], guess: Frame) -> Frame | None:
    """A finder that is spoiled, where one should be: the best match a few modules around."""
    module = guess.module
    step = 1.0 if module < 5 else 2.0 if module < 10 else 4.0
    level = levels[step]
    here = guess.scaled(1 / step)
    if not (0 < here.centre[0] < level.gray.width and 0 < here.centre[1] < level.gray.height):
        return None
    line = np.arange(-6, 6.1, 0.75)
    right, below = (axis.ravel()[:, None] for axis in np.meshgrid(line, line))
    best = Frame(0.3, here.centre, here.across, here.down)
    found = False
    for stretch in (0.9, 1.0, 1.12):
        x, y = _at(here, right + _COARSE.across * stretch, below + _COARSE.down)
        fits = alike(sample(level.soft, x, y), _COARSE.pattern, _COARSE.weight)
        at = int(fits.argmax())
        if fits[at] > best.fit:
            found = True
            centre = here.centre + right[at, 0] * here.across + below[at, 0] * here.down
            best = Frame(float(fits[at]), centre, here.across * stretch, here.down)
    if not found:
        return None
    frame = fitted(level, best)
    return frame.scaled(step) if frame.fit > 0.35 else None
