"""Dark or light, and how surely: several readings of one lattice's modules, the plainest first."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from labelviewer.adapters.looks.lattice import Lattice
from labelviewer.adapters.looks.pixels import Floats, box_mean, sample
from labelviewer.adapters.looks.symbol import fixed

_HOLD: Final = 0.02


def readings(view: Floats, lattice: Lattice, *, thorough: bool) -> Iterator[Floats]:
    """Positive is light. What is fixed is taken as known."""
    points, pattern = lattice.points, fixed(lattice.size)
    plain = sample(view, points[..., 0], points[..., 1])
    for soft in _softs(view, lattice, plain, thorough=thorough):
        yield np.where(pattern == 0, soft, pattern * np.abs(soft))


def _softs(view: Floats, lattice: Lattice, plain: Floats, *, thorough: bool) -> Iterator[Floats]:
    yield plain - box_mean(plain, 4)
    yield _learnt(view, lattice, span=5, rounds=2)
    if not thorough:
        return
    yield plain
    yield _learnt(view, lattice, span=3, rounds=3)
    yield _between(plain)


def _between(plain: Floats) -> Floats:
    """Half way between the dark and the light nearby."""
    padded = np.pad(plain, 5, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (11, 11))
    dark, light = np.percentile(windows, (12, 88), axis=(2, 3))
    soft: Floats = (plain - (dark + light) / 2) / (light - dark + 0.3)
    return soft


def _learnt(view: Floats, lattice: Lattice, *, span: int, rounds: int) -> Floats:
    """Blur and spread ink undone: a filter learnt from the modules that are known, then from those it made clear."""
    points, pattern = lattice.points, fixed(lattice.size).astype(np.float32)
    right, below = np.gradient(points, axis=1), np.gradient(points, axis=0)
    line = np.linspace(-1, 1, span)
    seen: list[Floats] = []
    for under in line:
        for over in line:
            there = points + over * right + under * below
            seen.append(sample(view, there[..., 0], there[..., 1]))
    middle = len(seen) // 2
    here = seen[middle]
    seen += [box_mean(here, 1), box_mean(here, 2), box_mean(here, 4), np.ones_like(here)]
    table = np.stack([one.ravel() for one in seen], 1)
    start = np.zeros(len(seen))
    start[middle] = 1
    known = (pattern != 0).ravel()
    wanted, weight, hold = pattern.ravel(), known.astype(np.float64), _HOLD
    soft = here.ravel()
    for _ in range(rounds + 1):
        firm = np.eye(len(seen)) * hold * weight.sum()
        firm[-1, -1] *= 0.1
        weighted = table * weight[:, None]
        filter_ = np.linalg.solve(weighted.T @ table + firm, weighted.T @ wanted + firm @ start)
        soft = table @ filter_
        wanted = np.where(known, pattern.ravel(), np.sign(soft))
        weight = np.where(known, 1.0, 0.6 * np.clip(np.abs(soft), 0, 1))
        hold /= 2
    return soft.reshape(here.shape)
