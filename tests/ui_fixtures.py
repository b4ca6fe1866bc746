"""The real window, offline, worked by whoever has no mouse; and an executor that a test turns by hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QObject, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QPainter
from PySide6.QtQuick import QQuickItem

from labelviewer.adapters.profile import Profile, find_profile
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.app import Program, build
from labelviewer.cli.ports import compose
from labelviewer.resources import SAMPLES
from labelviewer.ui import intake
from labelviewer.words.languages import Tongues
from tests.accessibility import Node, by_name, outline, said, tree_of, walk
from tests.desk import StoppedClock, ports_of
from tests.labels import words
from tests.simulator import Authority

if TYPE_CHECKING:
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.live import Camera

SAMPLES_HOLD = datetime(2026, 11, 24, 12, tzinfo=UTC)
PATIENCE_SECONDS = 10
LEFT_EARLY = (  # a page, or the program, was left while its rest was built
    "destroyed during incubation",
    "Cannot create delegate",
    "items in the process of being created at engine destruction",
)
HARMLESS = ("Couldn't load", "Couldn't resolve", "Using Qt multimedia", *LEFT_EARLY)


def mime(
    *, text: str = "", html: str = "", urls: tuple[QUrl, ...] = (), image: QImage | None = None, png: bytes = b""
) -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if urls:
        data.setUrls(list(urls))
    if image is not None:
        data.setImageData(image)
    if png:
        data.setData("image/png", png)
    return data


class Crank:
    """An executor whose jobs run when the test turns it."""

    def __init__(self) -> None:
        self._jobs: deque[Callable[[], None]] = deque()

    def submit(self, work: Callable[[], None]) -> None:
        self._jobs.append(work)

    @property
    def waiting(self) -> int:
        return len(self._jobs)

    def turn(self) -> None:
        self._jobs.popleft()()

    def turn_all(self) -> None:
        while self._jobs:
            self.turn()


def wait_until(condition: Callable[[], bool]) -> None:
    """Let Qt and the other threads work until it holds."""
    loop, late = QEventLoop(), QTimer(singleShot=True)
    late.timeout.connect(loop.quit)
    late.start(PATIENCE_SECONDS * 1000)
    while not condition() and late.isActive():
        QTimer.singleShot(5, loop.quit)
        loop.exec()
    assert condition(), f"waited {PATIENCE_SECONDS} seconds in vain"


def ring(timer: QTimer) -> None:
    """Let a running timer end now."""
    assert timer.isActive()
    timer.start(0)
    wait_until(lambda: not timer.isActive())


def timer_of(view_model: QObject) -> QTimer:
    (timer,) = view_model.findChildren(QTimer)
    return timer


def sample_ports(profile: Profile) -> Ports:
    """What the program is composed of, offline, on a day when the samples hold."""
    return replace(compose(profile, CodeReader(), offline=True), clock=StoppedClock(SAMPLES_HOLD))


def shop_ports(authority: Authority, profile: Profile) -> Ports:
    """Labels that are no samples, so that the library keeps them."""
    return ports_of(authority, library=profile.library)


def codes_picture(*samples: str) -> QImage:
    """One picture with the codes of several samples, side by side."""
    side = 380
    picture = QImage(40 + (side + 40) * len(samples), side + 80, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    for place, sample in enumerate(samples):
        code = QImage(str(SAMPLES / sample / "code.png"))
        painter.drawImage(QRect(40 + (side + 40) * place, 40, side, side), code)
    painter.end()
    return picture


@dataclass(frozen=True)
class Shopper:
    """Has the accessibility tree and the keyboard, and nothing else."""

    program: Program
    profile: Profile

    @property
    def tree(self) -> Node:
        return tree_of(self.program.window)

    @property
    def said(self) -> list[str]:
        return said(self.tree)

    @property
    def names(self) -> list[str]:
        return [node.name for node in walk(self.tree)]

    @property
    def outline(self) -> str:
        return outline(self.tree)

    def hears(self, text: str) -> bool:
        return any(text in each for each in self.said)

    def press(self, name: str) -> None:
        by_name(self.tree, name).press()
        self.settle()

    def wait_for(self, name: str) -> None:
        wait_until(lambda: name in self.names)

    def settle(self) -> None:
        """Until nothing is looked up, the page is all there and has its final layout, which comes before a frame."""
        wait_until(self._is_calm)
        run_events()
        self.draw()

    def _is_calm(self) -> bool:
        """The page is all there, or says that it takes long."""
        scan = self.program.rooms.scan.state
        building = self.program.window.incubationController().incubatingObjectCount()
        return (not scan.busy or scan.slow) and not building

    def draw(self) -> None:
        frames: list[None] = []

        def drawn() -> None:
            frames.append(None)

        self.program.window.frameSwapped.connect(drawn)
        self.program.window.update()
        wait_until(lambda: bool(frames))
        self.program.window.frameSwapped.disconnect(drawn)

    def type(self, text: str) -> None:
        """As a person does: a tenth of a second from key to key, by the keyboard's own clock."""
        for place, letter in enumerate(text, start=1):
            self._send(Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter, at=place * 100)
        wait_until(lambda: self.program.wedge.calm)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._send(key, modifiers, "")
        wait_until(lambda: self.program.wedge.calm)  # a control key may be a scanner's first
        run_events()
        wait_until(self._is_calm)

    def _send(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, at: int = 0) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text)
            event.setTimestamp(at)
            QGuiApplication.sendEvent(self.program.window, event)

    @property
    def focused(self) -> QQuickItem | None:
        return self.program.window.activeFocusItem()

    def resize(self, width: int, height: int) -> None:
        self.program.window.resize(width, height)
        self.settle()

    def look(self, theme: str = "light", text_percent: int = 100) -> None:
        settings = self.program.settings
        settings.setTheme(theme)
        while settings.state.text_percent < text_percent:
            settings.biggerText()
        while settings.state.text_percent > text_percent:
            settings.smallerText()
        self.settle()

    def scan(self, *samples: str) -> None:
        self.program.rooms.scan.open_files(tuple(SAMPLES / sample / "box.jpg" for sample in samples))
        self.settle()

    def follow(self, text: str) -> None:
        self.program.rooms.scan.follow(text)
        self.settle()

    def show(self, picture: QImage) -> None:
        self.program.rooms.scan.take_in(intake.Picture(intake.png(picture)))
        self.settle()

    def go(self, page: str) -> None:
        self.program.shell.goTo(page)
        self.settle()


def run_events() -> None:
    """Whatever is due by now."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


@contextmanager
def open_window(
    folder: Path,
    make_ports: Callable[[Profile], Ports] = sample_ports,
    make_camera: Callable[[], Camera] | None = None,
    expected: tuple[str, ...] = (),
    tongues: Tongues | None = None,
) -> Iterator[Shopper]:
    """The program as it runs, in a profile of its own. What its log holds but none of `expected` is a failure."""
    profile = find_profile(folder)
    program = build(lambda: make_ports(profile), profile, words(), make_camera, tongues)
    shopper = Shopper(program, profile)
    try:
        wait_until(program.window.isActive)
        shopper.settle()
        yield shopper
        wait_until(lambda: not program.window.incubationController().incubatingObjectCount())
    finally:
        program.close()
    log = profile.log.read_text(encoding="utf-8").splitlines() if profile.log.exists() else []
    odd = [line for line in log if not any(known in line for known in (*HARMLESS, *expected))]
    assert not odd, "\n".join(odd)
