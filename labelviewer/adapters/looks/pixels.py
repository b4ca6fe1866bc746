"""Arithmetic on gray planes: local means, samples between pixels, how alike two patterns are."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labelviewer.adapters.pictures import Gray, blurred, box_blurred, reduced

Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]


def plane(gray: Gray) -> NDArray[np.uint8]:
    return np.frombuffer(gray.pixels, np.uint8).reshape(gray.height, gray.width)


def gray_of(values: NDArray[np.uint8]) -> Gray:
    return Gray(values.shape[1], values.shape[0], np.ascontiguousarray(values).tobytes())


class Level:
    """One picture at one size: `step` of its own pixels make one of the level's."""

    def __init__(self, gray: Gray, step: float) -> None:
        self.step = step
        self.gray = reduced(gray, int(step)) if step >= 1 else reduced(gray, 1 / round(1 / step))
        self._base = blurred(self.gray, 0.6)

    @cached_property
    def soft(self) -> Floats:
        """A little smoothed, so that samples between pixels mean something."""
        return plane(self._base).astype(np.float32)

    @cached_property
    def slope(self) -> tuple[Floats, Floats]:
        """How fast it brightens to the right and downwards."""
        return np.asarray(np.gradient(self.soft, axis=1)), np.asarray(np.gradient(self.soft, axis=0))

    def dark(self, radius: int) -> Flags:
        """What is darker than its surroundings."""
        around = plane(box_blurred(self.gray, radius)).astype(np.int16)
        return plane(self.gray).astype(np.int16) * 25 < around * 24


def box_mean(values: Floats, radius: int) -> Floats:
    """The mean over a square of 2 * radius + 1; edges go on as they end."""
    side = 2 * radius + 1
    padded = np.pad(values.astype(np.float32), ((radius + 1, radius), (radius + 1, radius)), mode="edge")
    sums = padded.cumsum(0, dtype=np.float64).cumsum(1)
    total = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    mean: Floats = (total / (side * side)).astype(np.float32)
    return mean


def sample(values: Floats, x: Floats, y: Floats) -> Floats:
    """Between four pixels each; beyond the edge, the edge."""
    height, width = values.shape
    x = np.clip(x, 0, width - 1.001)
    y = np.clip(y, 0, height - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    across, down = (x - left).astype(np.float32), (y - top).astype(np.float32)
    flat, at = values.ravel(), top * width + left
    upper = flat[at] + (flat[at + 1] - flat[at]) * across
    lower = flat[at + width] + (flat[at + width + 1] - flat[at + width]) * across
    mixed: Floats = upper + (lower - upper) * down
    return mixed


def alike(values: Floats, pattern: Floats, weight: Floats) -> Floats:
    """Correlation along the last axis, -1 to 1."""
    share = weight / weight.sum()
    apart = values - (values * share).sum(-1, keepdims=True)
    shape = pattern - (pattern * share).sum()
    strength = (apart * apart * share).sum(-1) * (shape * shape * share).sum()
    result: Floats = (apart * shape * share).sum(-1) / np.sqrt(strength + 1e-9)
    return result


def evened(values: Floats, radius: int) -> Floats:
    """Light and contrast made the same everywhere: local mean 0, spread 1."""
    mean = box_mean(values, radius)
    spread = np.sqrt(np.maximum(box_mean(values * values, radius) - mean * mean, 0)) + 2.5
    result: Floats = (values - mean) / spread
    return result
