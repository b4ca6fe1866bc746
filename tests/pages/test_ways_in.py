"""Every way in yields the same record for the same code: one table, the real window, command and picture process."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QPainter, QRasterWindow

from labelviewer import app
from labelviewer.adapters.camera import Camera
from labelviewer.adapters.demo_site import DemoSite
from labelviewer.adapters.first_window import Note
from labelviewer.adapters.picture_worker import WorkerReader
from labelviewer.adapters.profile import Profile
from labelviewer.cli.answer import answer
from labelviewer.cli.record import record
from labelviewer.domain.inspection import Inspection
from labelviewer.pipeline.run import Ports, inspect_code
from labelviewer.resources import SAMPLES
from labelviewer.ui.viewmodels.screen_area import Phase
from tests import desk
from tests.cameras import CAMERA_A, WEBCAM, PretendComputer, box, code, frame_of
from tests.https_site import HttpsSite, label
from tests.keyboards import events, keys
from tests.labels import words
from tests.ui_fixtures import SAMPLES_HOLD, Shopper, mime, open_window, sample_ports, wait_until

CODE, BOX = (SAMPLES / "us-ctm" / "camera-a" / name for name in ("code.png", "box.jpg"))
SHOP = "shop.example.org"
WEB_PICTURE = f"https://{SHOP}/box.jpg"
IMAGE_IN_HTML = f'<img src="data:image/png;base64,{b64encode(CODE.read_bytes()).decode()}">'

NO_GRAPHICS = ("No RHI backend", "does not support raise")

Json = dict[str, Any]
pytestmark = pytest.mark.qt_log_ignore("Couldn't load", "Couldn't resolve", *NO_GRAPHICS, extend=True)


@dataclass
class Counter:
    """Where all ways meet: a window with everything behind it, and what it found."""

    shopper: Shopper
    camera: Camera
    ports: Ports
    found: list[tuple[Inspection, ...]]

    def records(self, act: Callable[[], object]) -> list[Json]:
        """What comes in by this act, to the member; only the picture of it may differ."""
        self.found.clear()
        act()
        wait_until(lambda: bool(self.found))
        self.shopper.settle()
        (inspections,) = self.found
        same = inspect_code(CAMERA_A, self.ports)
        assert [replace(each, reading=None) for each in inspections] == [same] * len(inspections)
        return [self.told(each) for each in inspections]

    def told(self, inspection: Inspection) -> Json:
        day = SAMPLES_HOLD.astimezone().date()
        packs = self.ports.packs
        return nameless(record(answer("", "", inspection, words(), packs, day, show_hidden=False), explain=True))

    def command(self, source: object, stdin: bytes = b"") -> list[Json]:
        told = desk.run(
            *("read", "--json", "--explain", source),
            profile=self.shopper.profile.library.parent,
            stdin=stdin,
            ports=lambda: self.ports,
        )
        assert told.status == 0, told.err
        return [nameless(told.json)]


def nameless(told: Json) -> Json:
    return {name: value for name, value in told.items() if name != "source"}


@pytest.fixture(scope="module")
def counter(qapp: QGuiApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    camera = Camera(PretendComputer(WEBCAM))
    with closing(WorkerReader()) as pictures, HttpsSite(SHOP) as site:
        site.answer(WEB_PICTURE, label(BOX.read_bytes(), "image/jpeg"))

        def make_ports(profile: Profile) -> Ports:
            fetcher = DemoSite(site.fetcher(), SAMPLES)
            return replace(sample_ports(profile), pictures=pictures, fetcher=fetcher)

        with open_window(tmp_path_factory.mktemp("profile"), make_ports, lambda: camera, NO_GRAPHICS) as shopper:
            found: list[tuple[Inspection, ...]] = []
            shopper.program.rooms.scan.finished.connect(found.append)
            yield Counter(shopper, camera, make_ports(shopper.profile), found)


@pytest.fixture(autouse=True)
def _at_the_start(counter: Counter) -> Iterator[None]:
    yield
    counter.shopper.program.shell.home()
    counter.shopper.settle()


# The ways


def camera_frames(counter: Counter) -> list[Json]:
    def hold_up() -> None:
        counter.shopper.press("Use the camera")
        for _ in range(2):
            counter.camera.sink.setVideoFrame(frame_of(code()))
            wait_until(lambda: bool(counter.shopper.program.rooms.camera.state.last))

    return counter.records(hold_up)


def files(*paths: Path) -> Callable[[Counter], list[Json]]:
    urls = [QUrl.fromLocalFile(str(path)) for path in paths]
    return lambda counter: counter.records(lambda: counter.shopper.program.rooms.scan.openPictures(urls))


def pasted(make: Callable[[], QMimeData]) -> Callable[[Counter], list[Json]]:
    def paste(counter: Counter) -> None:
        QGuiApplication.clipboard().setMimeData(make())
        counter.shopper.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    return lambda counter: counter.records(lambda: paste(counter))


def drop(counter: Counter, data: QMimeData) -> None:
    window, copy, left = counter.shopper.program.window, Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QGuiApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, Qt.KeyboardModifier.NoModifier))


def dropped(make: Callable[[], QMimeData]) -> Callable[[Counter], list[Json]]:
    return lambda counter: counter.records(lambda: drop(counter, make()))


def web_picture(counter: Counter) -> list[Json]:
    """Dropped, and fetched once the shopper agrees."""
    drop(counter, mime(html=f'<img src="{WEB_PICTURE}">'))
    counter.shopper.settle()
    assert "Code S25" in counter.shopper.names
    return counter.records(lambda: counter.shopper.press("Get the picture"))


class ShopPage(QRasterWindow):
    """Another program, which shows a code."""

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), self.height(), Qt.GlobalColor.white)
        painter.drawImage(20, 20, code().scaledToWidth(300))
        painter.end()


@contextmanager
def other_program() -> Iterator[None]:
    page = ShopPage()
    page.setGeometry(0, 0, 400, 400)
    page.show()
    wait_until(page.isExposed)
    yield
    page.close()


def screen_portal(counter: Counter) -> list[Json]:
    """As under Wayland: the desktop hands over what the shopper cut out."""
    screen = counter.shopper.program.rooms.screen
    portal, kept = Portal(), screen._make_screen
    screen._make_screen, screen._screen = (lambda: portal), None
    told = counter.records(counter.shopper.program.shell.readScreen)
    screen._make_screen, screen._screen = kept, None
    return told


class Portal(QObject):
    grabbed = Signal(object)
    chosen = Signal(object)
    refused = Signal()

    def look(self) -> None:
        self.chosen.emit(code())

    def forget(self) -> None:
        """Nothing is under way."""


def second_start(note: Note) -> Callable[[Counter], list[Json]]:
    return lambda counter: counter.records(lambda: app._come_forward(counter.shopper.program, note))


def screen_area(counter: Counter) -> list[Json]:
    def read_it() -> None:
        screen = counter.shopper.program.rooms.screen
        counter.shopper.program.shell.readScreen()
        wait_until(lambda: screen.state.phase is Phase.CHOOSING)
        screen.take(0, 0, 0, 0.6, 0.6)

    with other_program():
        return counter.records(read_it)


def hand_scanner_keys(counter: Counter) -> list[Json]:
    def scan() -> None:
        for event in events(keys(f"{CAMERA_A}\n")):
            QGuiApplication.sendEvent(counter.shopper.program.window, event)

    return counter.records(scan)


def hand_scanner_with_another_keyboard(counter: Counter) -> list[Json]:
    """What it typed is a question, and the answer is yes."""
    for event in events(keys(f"{CAMERA_A}\n", "German")):
        QGuiApplication.sendEvent(counter.shopper.program.window, event)
    wait_until(lambda: counter.shopper.program.wedge.calm)
    counter.shopper.settle()
    return counter.records(lambda: counter.shopper.press("Yes, use it"))


def serial_scanner(counter: Counter) -> list[Json]:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has pseudo-terminals that pass for a serial port")
    scanner = counter.shopper.program.rooms.scanner
    end, port = os.openpty()
    scanner.usePort(os.ttyname(port))
    wait_until(lambda: scanner.state.connected)
    told = counter.records(lambda: os.write(end, f"{CAMERA_A}\r\n".encode()))
    scanner.leavePort()
    os.close(port)
    os.close(end)
    return told


def typed(counter: Counter) -> list[Json]:
    def type_it() -> None:
        counter.shopper.press("Type an address")
        counter.shopper.type(CAMERA_A)
        counter.shopper.key(Qt.Key.Key_Return)

    return counter.records(type_it)


WAYS: dict[str, tuple[Callable[[Counter], list[Json]], int]] = {
    "camera frames": (camera_frames, 1),
    "a picture file": (files(BOX), 1),
    "several picture files": (files(BOX, CODE), 2),
    "pasted pixels": (pasted(lambda: mime(image=code())), 1),
    "a pasted picture file": (pasted(lambda: mime(png=CODE.read_bytes())), 1),
    "a pasted list of files": (pasted(lambda: mime(urls=(QUrl.fromLocalFile(str(CODE)),))), 1),
    "several pasted files": (pasted(lambda: mime(urls=tuple(QUrl.fromLocalFile(str(p)) for p in (CODE, BOX)))), 2),
    "a pasted link": (pasted(lambda: mime(urls=(QUrl(CAMERA_A),))), 1),
    "pasted text": (pasted(lambda: mime(text=f" {CAMERA_A}\n")), 1),
    "a picture in pasted HTML": (pasted(lambda: mime(html=IMAGE_IN_HTML)), 1),
    "a dropped file": (dropped(lambda: mime(urls=(QUrl.fromLocalFile(str(BOX)),))), 1),
    "several dropped files": (dropped(lambda: mime(urls=tuple(QUrl.fromLocalFile(str(p)) for p in (CODE, BOX)))), 2),
    "dropped text": (dropped(lambda: mime(text=CAMERA_A)), 1),
    "a picture in dropped HTML": (dropped(lambda: mime(html=IMAGE_IN_HTML)), 1),
    "a dropped picture": (dropped(lambda: mime(image=box())), 1),
    "a dropped link": (dropped(lambda: mime(urls=(QUrl(CAMERA_A),))), 1),
    "a picture from the web": (web_picture, 1),
    "an area of the screen": (screen_area, 1),
    "the screen by the desktop's portal": (screen_portal, 1),
    "a scanner that types": (hand_scanner_keys, 1),
    "a scanner that types for another keyboard": (hand_scanner_with_another_keyboard, 1),
    "a scanner on a port": (serial_scanner, 1),
    "a typed address": (typed, 1),
    "a second start, a file": (second_start(Note(files=(str(BOX),))), 1),
    "a second start, an address": (second_start(Note(link=CAMERA_A)), 1),
    "the command line, a file": (lambda counter: counter.command(BOX), 1),
    "the command line, an address": (lambda counter: counter.command(CAMERA_A), 1),
    "the command line, a picture on standard input": (lambda counter: counter.command("-", CODE.read_bytes()), 1),
    "the command line, text on standard input": (lambda counter: counter.command("-", CAMERA_A.encode()), 1),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_yields_the_same_record_for_the_same_code(counter: Counter, way: str) -> None:
    come_in, count = WAYS[way]
    expected = counter.told(inspect_code(CAMERA_A, counter.ports))
    assert expected["state"] == "verified"
    assert come_in(counter) == [expected] * count
