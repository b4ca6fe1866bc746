"""A code on the screen: our window steps aside, the screen is taken, and a part of it goes the way of every picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import Property, QObject, QRect, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QImage

from labelviewer.ui.intake import Picture, png
from labelviewer.ui.viewmodels.maps import QVARIANT_LIST

if TYPE_CHECKING:
    from labelviewer.ui.gallery import Gallery

NOT_SHARED: Final = "S24"
STEP_ASIDE_MILLISECONDS: Final = 350  # until the desktop has faded our window out
SWIFT: Final = 80  # PNG at its fastest: a whole screen must not take a second
SMALLEST: Final = 16  # pixels


class Shot(Protocol):
    """One screen. Its place is in device-independent pixels, its picture in real ones."""

    @property
    def image(self) -> QImage: ...
    @property
    def left(self) -> int: ...
    @property
    def top(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


class Screen(Protocol):
    """`grabbed` carries all screens, to be cut; `chosen` a picture that the person cut already."""

    @property
    def grabbed(self) -> SignalInstance: ...
    @property
    def chosen(self) -> SignalInstance: ...
    @property
    def refused(self) -> SignalInstance: ...
    def look(self) -> None: ...
    def forget(self) -> None: ...


class Window(Protocol):
    """Ours."""

    def hide(self) -> None: ...
    def show(self) -> None: ...
    def requestActivate(self) -> None: ...


class Phase(Enum):
    OFF = auto()
    LOOKING = auto()
    CHOOSING = auto()


@dataclass(frozen=True, slots=True)
class ScreenAreaState:
    """`pictures` are where QML finds the shots."""

    phase: Phase = Phase.OFF
    shots: tuple[Shot, ...] = ()
    pictures: tuple[str, ...] = ()


def part(image: QImage, left: float, top: float, width: float, height: float) -> QImage:
    """Cut in shares of the picture, from 0 to 1; the whole of it where nothing much was chosen."""
    wide, high = image.width(), image.height()
    area = QRect(round(left * wide), round(top * high), round(width * wide), round(height * high))
    area = area.normalized().intersected(image.rect())
    return image.copy(area) if min(area.width(), area.height()) >= SMALLEST else image


class ScreenAreaViewModel(QObject):
    changed = Signal()
    taken = Signal(object)
    refused = Signal()

    def __init__(
        self, make_screen: Callable[[], Screen], window: Window, gallery: Gallery, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = ScreenAreaState()
        self._make_screen = make_screen
        self._screen: Screen | None = None
        self._window = window
        self._gallery = gallery
        self._aside = QTimer(self, singleShot=True, interval=STEP_ASIDE_MILLISECONDS)
        self._aside.timeout.connect(self._look)

    @Property(bool, notify=changed)
    def choosing(self) -> bool:
        return self.state.phase is Phase.CHOOSING

    @Property(QVARIANT_LIST, notify=changed)
    def shots(self) -> list[dict[str, Any]]:
        """One for every screen, to be laid over it."""
        pairs = zip(self.state.shots, self.state.pictures, strict=True)
        return [
            {"picture": picture, "left": shot.left, "top": shot.top, "width": shot.width, "height": shot.height}
            for shot, picture in pairs
        ]

    @Slot()
    def start(self) -> None:
        if self.state.phase is Phase.OFF:
            self._become(ScreenAreaState(Phase.LOOKING))
            self._window.hide()
            self._aside.start()

    @Slot(int, float, float, float, float)
    def take(self, number: int, left: float, top: float, width: float, height: float) -> None:
        """A part of one screen, in shares of it."""
        if self.state.phase is Phase.CHOOSING:
            self._deliver(part(self.state.shots[number].image, left, top, width, height))

    @Slot(int)
    def takeAll(self, number: int) -> None:
        self.take(number, 0, 0, 1, 1)

    @Slot()
    def cancel(self) -> None:
        """Back, and nothing was read."""
        if self.state.phase is not Phase.OFF:
            self._aside.stop()
            if self._screen is not None:
                self._screen.forget()
            self._return()

    def _look(self) -> None:
        try:
            screen = self._screen or self._make()
        except ImportError:
            self._refuse()
            return
        screen.look()

    def _make(self) -> Screen:
        screen = self._make_screen()
        screen.grabbed.connect(self._choose)
        screen.chosen.connect(self._deliver)
        screen.refused.connect(self._refuse)
        self._screen = screen
        return screen

    def _choose(self, shots: tuple[Shot, ...]) -> None:
        pictures = tuple(self._gallery.hang(shot.image) for shot in shots)
        self._become(ScreenAreaState(Phase.CHOOSING, shots, pictures))

    def _deliver(self, image: QImage) -> None:
        picture = Picture(png(image, SWIFT))
        self._return()
        self.taken.emit(picture)

    def _refuse(self) -> None:
        self._return()
        self.refused.emit()

    def _return(self) -> None:
        for picture in self.state.pictures:
            self._gallery.take_down(picture)
        self._become(ScreenAreaState())
        self._window.show()
        self._window.requestActivate()

    def _become(self, new: ScreenAreaState) -> None:
        old, self.state = self.state, new
        if new != old:
            self.changed.emit()
