"""One look at one camera frame, on the frame thread: half the size first, and only what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from labelviewer.domain.sighting import Reading, Sighting
from labelviewer.ui.coaching import Scene, is_black, study

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from labelviewer.domain.camera import GrayFrame
    from labelviewer.domain.sighting import Still


class Seen(Protocol):
    """What a reader found in a frame."""

    @property
    def sightings(self) -> tuple[Sighting, ...]: ...
    @property
    def near_misses(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Eyes:
    """How frames are looked at. `gray` holds a frame's pixels while they are needed; `freeze` makes the still."""

    gray: Callable[[QVideoFrame], AbstractContextManager[GrayFrame | None]]
    read: Callable[[GrayFrame], Seen]
    read_price_barcodes: Callable[[GrayFrame], Seen]
    freeze: Callable[[QVideoFrame], Still]


@dataclass(frozen=True, slots=True)
class Question:
    """`expected`: what the look before read. `full`: small codes matter. `study`: a hint is due."""

    expected: frozenset[str] = frozenset()
    full: bool = False
    study: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """`reading` is there once two looks read the same. `scene` only where it was asked for and nothing was read."""

    sightings: tuple[Sighting, ...] = ()
    near_miss: bool = False
    black: bool = False
    scene: Scene | None = None
    reading: Reading | None = None

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(each.text for each in self.sightings)


def look(frame: QVideoFrame, question: Question, eyes: Eyes) -> Look | None:
    """None where the frame cannot be read."""
    with eyes.gray(frame) as gray:
        if gray is None:
            return None
        seen = eyes.read(gray if question.full else gray.half)
        if not question.full and seen.near_misses and not seen.sightings:
            seen = eyes.read(gray)
        found = Look(seen.sightings, near_miss=seen.near_misses > 0)
        if not found.texts:
            return replace(found, black=is_black(gray), scene=study(gray) if question.study else None)
        if not found.texts <= question.expected:
            return found
        beside = eyes.read_price_barcodes(gray).sightings
    still = eyes.freeze(frame)
    return replace(found, reading=Reading((*seen.sightings, *beside), seen.near_misses, still))
