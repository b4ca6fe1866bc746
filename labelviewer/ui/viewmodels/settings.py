"""Text size, light or dark, history on or off; every change is kept at once."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from labelviewer.ui.settings import TEXT_PERCENTS, THEMES, Settings, save_settings

FOLLOWS_THE_SYSTEM = "system"
HOLD = 80
USUAL = Settings()
_VISIBILITIES = {"window": 2, "maximized": 4, "full-screen": 5}
"""The numbers of `QWindow.Visibility`: building that takes time before the first frame."""


class SettingsViewModel(QObject):
    changed = Signal()

    def __init__(self, file: Path, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = settings
        self._file = file
        if settings.theme != FOLLOWS_THE_SYSTEM:
            _paint(settings.theme)

    @Property(float, notify=changed)
    def textScale(self) -> float:
        return self.state.text_percent / 100

    @Property(str, notify=changed)
    def theme(self) -> str:
        return self.state.theme

    @Property(bool, notify=changed)
    def keepHistory(self) -> bool:
        return self.state.keep_history

    @Property(int, constant=True)
    def windowWidth(self) -> int:
        return self._fitting()[0]

    @Property(int, constant=True)
    def windowHeight(self) -> int:
        return self._fitting()[1]

    @Property(int, constant=True)
    def windowShape(self) -> int:
        """As windows of Qt have it."""
        return _VISIBILITIES[self.state.window_shape]

    @property
    def window_place(self) -> tuple[int, int] | None:
        """Where the window was, if that is still on a screen with enough of it to be taken hold of."""
        place = self.state.window_place
        if place is None:
            return None
        for screen in QGuiApplication.screens():
            room = screen.availableGeometry()
            if room.contains(*place) and room.contains(place[0] + HOLD, place[1] + HOLD):
                return place
        return None

    @Slot()
    def biggerText(self) -> None:
        self._step_text(+1)

    @Slot()
    def smallerText(self) -> None:
        self._step_text(-1)

    @Slot()
    def nextTheme(self) -> None:
        self.setTheme(THEMES[(THEMES.index(self.state.theme) + 1) % len(THEMES)])

    @Slot(str)
    def setTheme(self, theme: str) -> None:
        _paint(theme)
        self._become(self.state._replace(theme=theme))

    @Slot(str)
    def setLanguage(self, language: str) -> None:
        self._become(self.state._replace(language=language))

    @Slot(bool)
    def setKeepHistory(self, on: bool) -> None:
        self._become(self.state._replace(keep_history=on))

    @Slot(bool)
    def setKnownAttacks(self, on: bool) -> None:
        self._become(self.state._replace(known_attacks="on" if on else "off"))

    @Slot(str)
    def setCamera(self, camera: str) -> None:
        self._become(self.state._replace(camera=camera))

    def keep_scanner(self, **changes: str | int) -> None:
        """Settings whose names begin with `scanner_`."""
        self._become(self.state._replace(**changes))  # type: ignore[arg-type]

    def put(self, **changes: Any) -> None:
        """Any of the settings that have no effect but their own."""
        self._become(self.state._replace(**changes))

    @Slot(int, int, int, int, int)
    def leaveWindow(self, width: int, height: int, x: int, y: int, visibility: int) -> None:
        """A maximized window keeps the size that it had before; Wayland tells nobody where a window is."""
        shape = next((name for name, value in _VISIBILITIES.items() if value == visibility), "window")
        state = self.state._replace(window_shape=shape)
        if visibility == _VISIBILITIES["window"]:
            told = not QGuiApplication.platformName().startswith("wayland")
            state = state._replace(
                window_width=max(width, 320), window_height=max(height, 320), window_place=(x, y) if told else None
            )
        self._become(state)

    def _fitting(self) -> tuple[int, int]:
        """What was kept, at most as large as the screen, which may have shrunk. A first start is left to the system."""
        kept = self.state.window_width, self.state.window_height
        if kept == (USUAL.window_width, USUAL.window_height):
            return kept
        room = QGuiApplication.primaryScreen().availableSize()
        return min(kept[0], room.width()), min(kept[1], room.height())

    def _step_text(self, step: int) -> None:
        place = TEXT_PERCENTS.index(self.state.text_percent) + step
        self._become(self.state._replace(text_percent=TEXT_PERCENTS[min(max(place, 0), len(TEXT_PERCENTS) - 1)]))

    def _become(self, new: Settings) -> None:
        old, self.state = self.state, new
        if new != old:
            save_settings(self._file, new)
            self.changed.emit()


def _paint(theme: str) -> None:
    """For the parts that the platform draws. Building Qt's name space takes 15 ms: not for the first frame."""
    from PySide6.QtCore import Qt

    schemes = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    QGuiApplication.styleHints().setColorScheme(schemes[theme])
