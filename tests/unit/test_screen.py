"""The screen, asked for through a stand-in of the desktop's portal on a bus of its own, or grabbed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import ClassInfo, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath
from PySide6.QtGui import QColor, QGuiApplication, QImage

from labelviewer.adapters.screen import (
    PORTAL,
    PORTAL_PATH,
    ScreenGrabber,
    ScreenPortal,
    Shot,
    needs_portal,
    request_path,
)
from tests.ui_fixtures import wait_until

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""
TAKEN, CANCELLED, ENDED = 0, 1, 2

on_the_bus: Any = ClassInfo  # whose stubs do not know that it decorates


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


# Whom to ask


@pytest.mark.parametrize(
    ("platform", "session", "asks"),
    [
        ("wayland", "wayland", True),
        ("wayland-egl", None, True),
        ("xcb", "wayland", True),
        ("xcb", "x11", False),
        ("xcb", None, False),
        ("windows", None, False),
        ("cocoa", None, False),
        ("offscreen", "wayland", False),
    ],
)
def test_the_portal_is_asked_where_a_grab_would_be_black(platform: str, session: str | None, asks: bool) -> None:
    assert needs_portal(platform, {"XDG_SESSION_TYPE": session} if session else {}) is asks


def test_a_request_has_the_place_that_the_portal_gives_it() -> None:
    assert request_path(":1.42", "abc") == "/org/freedesktop/portal/desktop/request/1_42/abc"


def test_a_grab_brings_every_screen_with_its_place(qapp: QGuiApplication) -> None:
    grabber = ScreenGrabber()
    taken: list[tuple[Shot, ...]] = []
    grabber.grabbed.connect(taken.append)
    grabber.look()
    (shots,) = taken
    assert [(shot.left, shot.top, shot.width, shot.height) for shot in shots] == [
        screen.geometry().getRect() for screen in qapp.screens()
    ]
    assert all(not shot.image.isNull() and shot.image.devicePixelRatio() == 1 for shot in shots)


# The portal


@on_the_bus({"D-Bus Interface": "org.freedesktop.portal.Request"})
class Request(QObject):
    Response = Signal("uint", "QVariantMap")  # type: ignore[arg-type]

    def __init__(self) -> None:
        super().__init__()
        self.closed = 0

    @Slot()
    def Close(self) -> None:
        self.closed += 1


@on_the_bus({"D-Bus Interface": "org.freedesktop.portal.Screenshot"})
class StandIn(QObject):
    """Answers as it was told: a code with results, or nothing at all."""

    def __init__(self, bus: QDBusConnection, asker: str) -> None:
        super().__init__()
        self._bus, self._asker = bus, asker
        self.answer: tuple[int, dict[str, object]] | None = None
        self.early = False
        self.asked: list[dict[str, object]] = []
        self.requests: list[Request] = []

    @Slot(str, "QVariantMap", result=QDBusObjectPath)
    def Screenshot(self, parent: str, options: dict[str, object]) -> QDBusObjectPath:
        self.asked.append(options)
        request, path = Request(), request_path(self._asker, str(options["handle_token"]))
        self.requests.append(request)
        self._bus.registerObject(path, request, QDBusConnection.RegisterOption.ExportAllContents)
        if self.early:
            self.respond()
        elif self.answer is not None:
            QTimer.singleShot(0, self.respond)
        return QDBusObjectPath(path)

    def respond(self) -> None:
        assert self.answer is not None
        self.requests[-1].Response.emit(*self.answer)


class Desktop:
    """The bus, whoever is on it, and what the program heard."""

    _number: ClassVar[int] = 0

    def __init__(self, address: str) -> None:
        Desktop._number += 1
        self.names = (f"asker-{self._number}", f"portal-{self._number}")
        ours, theirs = (QDBusConnection.connectToBus(address, name) for name in self.names)
        assert ours.isConnected()
        self.theirs = theirs
        self.stand_in = StandIn(theirs, ours.baseService())
        theirs.registerObject(PORTAL_PATH, self.stand_in, QDBusConnection.RegisterOption.ExportAllContents)
        assert theirs.registerService(PORTAL)
        self.portal = ScreenPortal(ours)
        self.chosen: list[QImage] = []
        self.refused: list[None] = []
        self.portal.chosen.connect(self.chosen.append)
        self.portal.refused.connect(lambda: self.refused.append(None))

    def look(self) -> None:
        self.portal.look()
        wait_until(lambda: bool(self.chosen or self.refused))

    def wait_for_request(self) -> None:
        self.portal.look()
        wait_until(lambda: bool(self.stand_in.requests))

    def close(self) -> None:
        self.portal.forget()
        self.theirs.unregisterService(PORTAL)
        for name in self.names:
            QDBusConnection.disconnectFromBus(name)


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("dbus-daemon")
    if program is None or not sys.platform.startswith("linux"):
        pytest.skip("there is no dbus-daemon on this computer to stand in for a desktop's bus")
    folder = tmp_path_factory.mktemp("bus")
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(folder=folder), encoding="utf-8")
    command = [program, f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def desktop(qapp: QGuiApplication, bus: str) -> Iterator[Desktop]:
    desktop = Desktop(bus)
    yield desktop
    desktop.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """In a folder whose name needs care in an address."""
    path = tmp_path / "Bilder & 100 %" / "Größe.png"
    path.parent.mkdir()
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#0060b8"))
    assert image.save(str(path))
    return path


def test_what_the_person_chose_is_the_picture(desktop: Desktop, picture: Path) -> None:
    desktop.stand_in.answer = (
        TAKEN,
        {"uri": QUrl.fromLocalFile(str(picture)).toString(QUrl.ComponentFormattingOption.FullyEncoded)},
    )
    desktop.look()
    (image,) = desktop.chosen
    assert (image.width(), image.height(), image.pixelColor(5, 5).name()) == (40, 30, "#0060b8")
    assert desktop.refused == []
    (options,) = desktop.stand_in.asked
    assert options["interactive"] is True


def test_an_answer_that_is_faster_than_the_reply_is_not_missed(desktop: Desktop, picture: Path) -> None:
    desktop.stand_in.early = True
    desktop.stand_in.answer = (TAKEN, {"uri": QUrl.fromLocalFile(str(picture)).toString()})
    desktop.look()
    assert len(desktop.chosen) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (CANCELLED, {}),
        (ENDED, {}),
        (TAKEN, {}),
        (TAKEN, {"uri": ""}),
        (TAKEN, {"uri": "file:///no/such/picture.png"}),
        (TAKEN, {"uri": "https://a.example/picture.png"}),
        (TAKEN, {"uri": 7}),
        (7, {"uri": ["a"]}),
    ],
)
def test_no_picture_is_a_refusal(desktop: Desktop, answer: tuple[int, dict[str, object]]) -> None:
    desktop.stand_in.answer = answer
    desktop.look()
    assert (len(desktop.refused), desktop.chosen) == (1, [])


def test_a_desktop_without_portal_is_a_refusal(desktop: Desktop) -> None:
    desktop.theirs.unregisterService(PORTAL)
    desktop.look()
    assert (len(desktop.refused), desktop.chosen) == (1, [])


def test_a_portal_that_goes_away_is_a_refusal(desktop: Desktop) -> None:
    desktop.wait_for_request()
    desktop.theirs.unregisterService(PORTAL)
    wait_until(lambda: bool(desktop.refused))
    assert len(desktop.refused) == 1


def test_a_portal_that_never_answers_is_given_up_and_its_window_closed(desktop: Desktop) -> None:
    desktop.wait_for_request()
    assert desktop.portal._patience.isActive()
    desktop.portal._patience.timeout.emit()
    assert len(desktop.refused) == 1
    wait_until(lambda: desktop.stand_in.requests[0].closed == 1)


def test_an_answer_to_what_was_forgotten_is_not_heard(desktop: Desktop, picture: Path) -> None:
    desktop.wait_for_request()
    desktop.portal.forget()
    desktop.stand_in.answer = (TAKEN, {"uri": QUrl.fromLocalFile(str(picture)).toString()})
    desktop.stand_in.respond()
    desktop.look()
    assert (len(desktop.chosen), desktop.refused) == (1, [])


def test_nobody_but_the_portal_can_answer(desktop: Desktop, bus: str, picture: Path) -> None:
    desktop.wait_for_request()
    stranger = QDBusConnection.connectToBus(bus, "stranger")
    path = request_path(QDBusConnection(desktop.names[0]).baseService(), str(desktop.stand_in.asked[0]["handle_token"]))
    forged = Request()
    stranger.registerObject(path, forged, QDBusConnection.RegisterOption.ExportAllContents)
    forged.Response.emit(TAKEN, {"uri": QUrl.fromLocalFile(str(picture)).toString()})
    stranger.call(QDBusMessage.createMethodCall("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId"))
    desktop.stand_in.answer = (CANCELLED, {})
    desktop.stand_in.respond()
    wait_until(lambda: bool(desktop.chosen or desktop.refused))
    assert (desktop.chosen, len(desktop.refused)) == ([], 1)
    QDBusConnection.disconnectFromBus("stranger")


def test_without_a_bus_nothing_is_shared(qapp: QGuiApplication) -> None:
    portal = ScreenPortal(QDBusConnection("nowhere"))
    refused: list[None] = []
    portal.refused.connect(lambda: refused.append(None))
    portal.look()
    assert len(refused) == 1
