"""What is on the screen: grabbed where a program may do so itself, else asked for through the desktop's portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusServiceWatcher
from PySide6.QtGui import QGuiApplication, QImage

PORTAL: Final = "org.freedesktop.portal.Desktop"
PORTAL_PATH: Final = "/org/freedesktop/portal/desktop"
SCREENSHOT: Final = "org.freedesktop.portal.Screenshot"
REQUEST: Final = "org.freedesktop.portal.Request"
TAKEN: Final = 0  # the portal's answer; 1 is cancelled by the person, 2 ended some other way
PATIENCE_MILLISECONDS: Final = 120_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen. Its place is in device-independent pixels, its picture in real ones."""

    image: QImage
    left: int
    top: int
    width: int
    height: int


def needs_portal(platform: str, environment: Mapping[str, str]) -> bool:
    """Under Wayland a program sees black where other windows are, even one that speaks X11."""
    return platform.startswith("wayland") or (platform == "xcb" and environment.get("XDG_SESSION_TYPE") == "wayland")


class ScreenGrabber(QObject):
    """Takes all screens at once; they still have to be cut."""

    grabbed = Signal(object)
    chosen = Signal(object)
    refused = Signal()

    def look(self) -> None:
        shots = []
        for screen in QGuiApplication.screens():
            image, place = screen.grabWindow(0).toImage(), screen.geometry()
            if not image.isNull():
                image.setDevicePixelRatio(1)
                shots.append(Shot(image, place.x(), place.y(), place.width(), place.height()))
        if shots:
            self.grabbed.emit(tuple(shots))
        else:
            self.refused.emit()

    def forget(self) -> None:
        """Nothing is under way once `look` has returned."""


class ScreenPortal(QObject):
    """The desktop lets the person choose what to show; saying no is normal. `chosen` carries one picture."""

    grabbed = Signal(object)
    chosen = Signal(object)
    refused = Signal()

    def __init__(self, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus or QDBusConnection.sessionBus()
        self._request = ""
        self._call: QDBusPendingCallWatcher | None = None
        self._watcher = QDBusServiceWatcher(PORTAL, self._bus, QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration)
        self._watcher.setParent(self)
        self._watcher.serviceUnregistered.connect(self._refuse)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._give_up)

    def look(self) -> None:
        if not self._bus.isConnected():
            self.refused.emit()
            return
        self.forget()
        token = f"labelviewer_{token_hex(8)}"
        self._listen(request_path(self._bus.baseService(), token))
        message = QDBusMessage.createMethodCall(PORTAL, PORTAL_PATH, SCREENSHOT, "Screenshot")
        message.setArguments(["", {"handle_token": token, "modal": True, "interactive": True}])
        self._call = QDBusPendingCallWatcher(self._bus.asyncCall(message), self)
        self._call.finished.connect(self._answer)
        self._patience.start()

    def forget(self) -> None:
        """Stop asking; whatever the desktop answers now is not wanted."""
        if self._request:
            self._bus.disconnect(PORTAL, self._request, REQUEST, "Response", self, _RESPOND)
            self._request = ""
        self._call = None
        self._patience.stop()

    def _listen(self, request: str) -> None:
        """Before asking, so that no answer is missed."""
        self._request = request
        self._bus.connect(PORTAL, request, REQUEST, "Response", self, _RESPOND)

    def _answer(self, call: QDBusPendingCallWatcher) -> None:
        if call is self._call and call.isError():
            self._refuse()

    @Slot("uint", "QVariantMap")
    def respond(self, answer: int, results: dict[str, object]) -> None:
        if not self._request:
            return
        self.forget()
        place = QUrl(str(results.get("uri", ""))).toLocalFile() if answer == TAKEN else ""
        image = QImage(place) if place else QImage()
        if image.isNull():
            self.refused.emit()
        else:
            self.chosen.emit(image)

    def _give_up(self) -> None:
        """The desktop's window is closed too."""
        self._bus.send(QDBusMessage.createMethodCall(PORTAL, self._request, REQUEST, "Close"))
        self._refuse()

    def _refuse(self) -> None:
        if self._request:
            self.forget()
            self.refused.emit()


_RESPOND: Any = SLOT("respond(uint,QVariantMap)")  # text, whatever the stubs say


def request_path(unique_name: str, token: str) -> str:
    """Where the portal puts the request, by its own rule."""
    return f"{PORTAL_PATH}/request/{unique_name.removeprefix(':').replace('.', '_')}/{token}"
