"""How it stands with the live camera, as plain values, and what the page needs of a camera; no Qt objects in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from labelviewer.domain.camera import Gear
from labelviewer.ui.looking import Look, Question

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, SignalInstance
    from PySide6.QtMultimedia import QVideoFrame

    from labelviewer.domain.sighting import Corner, Reading

FULL_EVERY = 3  # looks: small codes are not missed for long, and the others cost a quarter


class Camera(Protocol):
    """`framed` carries a QVideoFrame, `failed` the code of a message; it goes on by itself when it can, and says so."""

    @property
    def opened(self) -> SignalInstance: ...
    @property
    def framed(self) -> SignalInstance: ...
    @property
    def failed(self) -> SignalInstance: ...
    @property
    def changed(self) -> SignalInstance: ...
    @property
    def gear(self) -> Gear: ...
    def show_on(self, output: QObject) -> None: ...
    def show(self, frame: QVideoFrame) -> None: ...
    def start(self, preferred: str) -> None: ...
    def stop(self) -> None: ...
    def light(self, on: bool) -> None: ...
    def zoom_to(self, factor: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Memory:
    """The camera that was used last, by its id."""

    recall: Callable[[], str]
    keep: Callable[[str], None]


class Phase(Enum):
    OFF = auto()
    STARTING = auto()
    LIVE = auto()
    FROZEN = auto()
    AWAY = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class CameraState:
    """`code` names the message on the page: a failure, or a hint while the picture is live.

    `late`: what was found is still being looked up. `pictured`: since it was opened, a picture came that was not black.
    """

    phase: Phase = Phase.OFF
    code: str = ""
    last: frozenset[str] = frozenset()
    outline: tuple[tuple[Corner, ...], ...] = ()
    near_miss: bool = False
    black: bool = False
    pictured: bool = False
    looks: int = 0
    studying: bool = False
    late: bool = False
    settled: tuple[tuple[Corner, ...], ...] = ()
    draft: Reading | None = field(default=None, compare=False)
    gear: Gear = field(default_factory=Gear)

    @property
    def frozen(self) -> bool:
        return self.phase is Phase.FROZEN

    @property
    def stalled(self) -> bool:
        """Pictures came: where none comes any more, the computer slept or the device lost its way."""
        return self.pictured and not self.black

    @property
    def question(self) -> Question:
        full = bool(self.last) or self.near_miss or self.looks % FULL_EVERY == 0
        return Question(self.draft, full and not self.studying, self.studying)  # a hint takes as long as a full look


def after(state: CameraState, seen: Look) -> CameraState:
    """What a look changes. A near miss is remembered until the next hint."""
    return replace(
        state,
        code="" if seen.texts else state.code,
        last=seen.texts,
        outline=tuple(each.corners for each in seen.sightings),
        near_miss=(state.near_miss or seen.near_miss) and not seen.texts,
        draft=seen.draft,
        black=seen.black,
        pictured=state.pictured or not seen.black,
        looks=state.looks + 1,
    )
