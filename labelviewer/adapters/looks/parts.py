"""Whether a square code that was read says of itself that it is one of several."""

import numpy as np

from labelviewer.adapters.looks.lattice import across_quad, settled
from labelviewer.adapters.looks.modules import readings
from labelviewer.adapters.looks.pixels import evened, plane
from labelviewer.adapters.looks.symbol import first_bytes, repair
from labelviewer.adapters.pictures import Gray, cropped
from labelviewer.domain.sighting import Part

_STEPS = 3
_STRUCTURED_APPEND = 0b0011
_MARGIN = 16  # pixels
Quad = tuple[tuple[float, float], ...]


def part_of(gray: Gray, quad: Quad, size: int) -> Part | None:
    """`quad` in pixels, clockwise from the symbol's own top left; `size` in modules. None is one alone."""
    corners = np.array(quad)
    left, top = (max(int(low) - _MARGIN, 0) for low in corners.min(0))
    right, bottom = (int(high) + _MARGIN for high in corners.max(0))
    part = cropped(gray, left, top, min(right, gray.width), min(bottom, gray.height))
    module = float(np.hypot(*(corners[1] - corners[0]))) / size
    view = evened(plane(part).astype(np.float32), max(3, int(4.5 * module)))
    lattice = across_quad(view, corners - np.array([left, top]), size)
    for step in range(_STEPS):
        for soft in readings(view, lattice, thorough=False):
            repaired = repair(soft)
            if repaired is not None:
                return _part(first_bytes(repaired.dark))
        lattice = settled(view, lattice, step)
    return None


def _part(head: bytes) -> Part | None:
    if head[0] >> 4 != _STRUCTURED_APPEND:
        return None
    return Part((head[0] & 15) + 1, (head[1] >> 4) + 1)
