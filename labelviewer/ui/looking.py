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
    """`draft`: what the look before read. `full`: small codes matter. `study`: a hint is due."""

    draft: Reading | None = None
    full: bool = False
    study: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """`reading` is there once two looks read the same; before, a `draft` of it, made while the next frame is awaited.

    `scene` only where it was asked for and nothing was read.
    """

    sightings: tuple[Sighting, ...] = ()
    near_miss: bool = False
    black: bool = False
    scene: Scene | None = None
    draft: Reading | None = None
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
        if question.draft is not None and (reading := _confirmed(question.draft, found.texts)) is not None:
            return replace(found, reading=reading)
        beside = eyes.read_price_barcodes(gray).sightings
    return replace(found, draft=Reading((*seen.sightings, *beside), seen.near_misses, eyes.freeze(frame)))


def _confirmed(draft: Reading, texts: frozenset[str]) -> Reading | None:
    """The draft without what was read once only; None where something is new."""
    codes = [each for each in draft.sightings if not each.symbology.is_price_barcode]
    if not texts <= {each.text for each in codes}:
        return None
    return replace(
        draft,
        sightings=tuple(each for each in draft.sightings if each.symbology.is_price_barcode or each.text in texts),
    )
