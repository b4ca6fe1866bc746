"""A code on the screen: the window steps aside, a part is chosen, and it goes the way of every picture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

import pytest
from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from labelviewer.adapters.screen import Shot
from labelviewer.resources import SAMPLES
from labelviewer.ui.gallery import Gallery
from labelviewer.ui.intake import Picture
from labelviewer.ui.viewmodels.screen_area import Phase, ScreenAreaViewModel, part
from tests.accessibility import by_name, tree_of, walk
from tests.labels import words
from tests.ui_fixtures import Shopper, open_window, ring, wait_until

SIZE = QSize(800, 600)
CORNER, MIDDLE = QPoint(60, 40), QPoint(270, 170)


def desk(code: str = "us-ctm/camera-a", *, at: QPoint = CORNER) -> QImage:
    """A screen with one code on it."""
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("#cfd6df"))
    painter = QPainter(image)
    painter.drawImage(at, QImage(str(SAMPLES / code / "code.png")).scaledToWidth(260))
    painter.end()
    return image


class Eye(QObject):
    """Shows what a test has prepared: screens, a picture that was cut already, or nothing."""

    grabbed = Signal(object)
    chosen = Signal(object)
    refused = Signal()

    def __init__(self, *screens: QImage, cut: QImage | None = None) -> None:
        super().__init__()
        self.shots = tuple(Shot(image, 0, 0, SIZE.width(), SIZE.height()) for image in screens)
        self.cut = cut
        self.looks = self.forgotten = 0
        self.window_was_there: list[bool] = []
        self.window: Window | QQuickWindow | None = None

    def look(self) -> None:
        self.looks += 1
        if self.window is not None:
            self.window_was_there.append(self.window.isVisible())
        if self.shots:
            self.grabbed.emit(self.shots)
        elif self.cut is not None:
            self.chosen.emit(self.cut)
        else:
            self.refused.emit()

    def forget(self) -> None:
        self.forgotten += 1


@dataclass
class Window:
    shown: bool = True
    activated: int = 0

    def isVisible(self) -> bool:
        return self.shown

    def hide(self) -> None:
        self.shown = False

    def show(self) -> None:
        self.shown = True

    def requestActivate(self) -> None:
        self.activated += 1


@dataclass
class Bench:
    model: ScreenAreaViewModel
    eye: Eye
    window: Window
    gallery: Gallery
    taken: list[Picture] = field(default_factory=list)
    refused: list[None] = field(default_factory=list)

    def look(self) -> None:
        self.model.start()
        ring(self.model._aside)

    @property
    def is_over(self) -> bool:
        return self.model.state.phase is Phase.OFF and self.window.shown

    def size_taken(self) -> tuple[int, int]:
        (picture,) = self.taken
        image = QImage.fromData(picture.data)
        return image.width(), image.height()


def bench_with(eye: Eye, make: Callable[[], Eye] | None = None) -> Bench:
    window, gallery = Window(), Gallery()
    eye.window = window
    bench = Bench(ScreenAreaViewModel(make or (lambda: eye), window, gallery), eye, window, gallery)
    bench.model.taken.connect(bench.taken.append)
    bench.model.refused.connect(lambda: bench.refused.append(None))
    return bench


def missing() -> Never:
    raise ImportError


# Looking


def test_the_window_is_out_of_the_way_when_the_screen_is_taken() -> None:
    bench = bench_with(Eye(desk()))
    bench.model.start()
    assert (bench.eye.looks, bench.window.shown) == (0, False)
    ring(bench.model._aside)
    assert (bench.eye.looks, bench.eye.window_was_there) == (1, [False])
    assert bench.model.property("choosing") is True


def test_every_screen_is_shown_to_choose_from() -> None:
    bench = bench_with(Eye(desk(), desk("us-ctm/camera-b")))
    bench.look()
    shots = bench.model.property("shots")
    assert [(shot["left"], shot["top"], shot["width"], shot["height"]) for shot in shots] == [(0, 0, 800, 600)] * 2
    for shot, image in zip(shots, bench.eye.shots, strict=True):
        assert bench.gallery.requestImage(shot["picture"].rpartition("/")[2], QSize(), QSize()) == image.image


@pytest.mark.parametrize("make", [None, missing], ids=["nothing to see", "the system lacks the part"])
def test_a_screen_that_is_not_shared_is_said_and_the_window_comes_back(make: Callable[[], Eye] | None) -> None:
    bench = bench_with(Eye(), make)
    bench.look()
    assert (len(bench.refused), bench.taken) == (1, [])
    assert bench.is_over
    assert bench.window.activated == 1


def test_a_picture_that_was_cut_already_is_taken_as_it_is() -> None:
    bench = bench_with(Eye(cut=desk()))
    bench.look()
    assert bench.size_taken() == (800, 600)
    assert bench.is_over


def test_asking_twice_looks_once() -> None:
    bench = bench_with(Eye(desk()))
    bench.model.start()
    bench.look()
    bench.model.start()
    assert bench.eye.looks == 1
    assert not bench.model._aside.isActive()


# Choosing


def test_the_chosen_part_is_taken_and_nothing_stays_behind() -> None:
    bench = bench_with(Eye(desk(), desk()))
    bench.look()
    pictures = bench.model.state.pictures
    bench.model.take(1, 0.25, 0.5, 0.5, 0.25)
    assert bench.size_taken() == (400, 150)
    assert bench.is_over
    assert all(bench.gallery.requestImage(each.rpartition("/")[2], QSize(), QSize()).isNull() for each in pictures)


def test_the_whole_screen_can_be_taken() -> None:
    bench = bench_with(Eye(desk()))
    bench.look()
    bench.model.takeAll(0)
    assert bench.size_taken() == (800, 600)


def test_going_back_takes_nothing() -> None:
    bench = bench_with(Eye(desk()))
    bench.look()
    bench.model.cancel()
    assert (bench.taken, bench.refused, bench.is_over, bench.eye.forgotten) == ([], [], True, 1)
    bench.model.take(0, 0, 0, 1, 1)
    assert bench.taken == []


def test_going_back_before_the_screen_is_taken_takes_nothing_either() -> None:
    bench = bench_with(Eye(desk()))
    bench.model.start()
    bench.model.cancel()
    assert bench.is_over
    assert not bench.model._aside.isActive()


@pytest.mark.parametrize(
    ("area", "size"),
    [
        ((0, 0, 1, 1), (800, 600)),
        ((0.5, 0.5, 0.25, 0.25), (200, 150)),
        ((0.75, 0.75, 0.5, 0.5), (200, 150)),
        ((-0.25, -0.25, 0.5, 0.5), (200, 150)),
        ((0.5, 0.5, 0, 0), (800, 600)),
        ((0.5, 0.5, 0.001, 0.5), (800, 600)),
        ((2, 2, 1, 1), (800, 600)),
    ],
)
def test_a_part_stays_within_its_screen_and_a_mere_click_is_all_of_it(
    area: tuple[float, float, float, float], size: tuple[int, int]
) -> None:
    cut = part(desk(), *area)
    assert (cut.width(), cut.height()) == size


# The whole way


@dataclass
class Screenful:
    shopper: Shopper
    eye: Eye

    def look(self) -> QQuickWindow:
        """The frozen screen, with the keyboard in it."""
        self.ask("Read a code from my screen")
        wait_until(lambda: bool(self.overlays))
        (overlay,) = self.overlays
        overlay.requestActivate()
        wait_until(overlay.isActive)
        return overlay

    def ask(self, button: str) -> None:
        """The window is gone at once, so there is nothing to settle."""
        by_name(self.shopper.tree, button).press()
        ring(self.shopper.program.rooms.screen._aside)

    @property
    def overlays(self) -> list[QQuickWindow]:
        windows = QGuiApplication.topLevelWindows()
        return [each for each in windows if isinstance(each, QQuickWindow) and each.title().startswith("Choose the")]

    def wait_for_label(self, name: str = "Hearth Camera 2") -> None:
        wait_until(self.shopper.program.window.isVisible)
        self.shopper.settle()
        assert name in self.shopper.names


@pytest.fixture
def screenful(tmp_path: Path) -> Iterator[Screenful]:
    with open_window(tmp_path) as shopper:
        eye = Eye(desk(at=MIDDLE))
        eye.window = shopper.program.window
        shopper.program.rooms.screen._make_screen = lambda: eye
        yield Screenful(shopper, eye)


def test_by_keyboard_alone_a_code_on_the_screen_leads_to_its_label(screenful: Screenful) -> None:
    overlay = screenful.look()
    assert screenful.eye.window_was_there == [False]
    QTest.keyClick(overlay, Qt.Key.Key_Left)
    QTest.keyClick(overlay, Qt.Key.Key_Right)
    QTest.keyClick(overlay, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(overlay, Qt.Key.Key_Return)
    screenful.wait_for_label()
    wait_until(lambda: not screenful.overlays)


def test_by_mouse_a_code_on_the_screen_leads_to_its_label(screenful: Screenful) -> None:
    overlay = screenful.look()
    start, end = (
        QPoint(round(x * overlay.width()), round(y * overlay.height())) for x, y in ((0.3, 0.25), (0.7, 0.75))
    )
    QTest.mousePress(overlay, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(overlay, end)
    QTest.mouseRelease(overlay, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    by_name(tree_of(overlay), "Read this part").press()
    screenful.wait_for_label()


def test_the_whole_screen_leads_to_its_label(screenful: Screenful) -> None:
    by_name(tree_of(screenful.look()), "Read the whole screen").press()
    screenful.wait_for_label()


@pytest.mark.parametrize("way", ["Escape", "Cancel"])
def test_cancelling_leads_back_to_where_the_shopper_was(screenful: Screenful, way: str) -> None:
    overlay = screenful.look()
    if way == "Escape":
        QTest.keyClick(overlay, Qt.Key.Key_Escape)
    else:
        by_name(tree_of(overlay), "Cancel").press()
    wait_until(screenful.shopper.program.window.isVisible)
    assert "Read a code from my screen" in screenful.shopper.names
    wait_until(lambda: not screenful.overlays)


def test_what_to_do_steps_out_of_the_way_of_the_box(screenful: Screenful) -> None:
    overlay = screenful.look()
    for key, at_the_top in ((Qt.Key.Key_Up, False), (Qt.Key.Key_Down, True), (Qt.Key.Key_Up, False)):
        for _ in range(40):
            QTest.keyClick(overlay, key)
        button = by_name(tree_of(overlay), "Read this part").rect
        assert (button.bottom() < overlay.y() + overlay.height() / 2) is at_the_top
    screenful.shopper.program.rooms.screen.cancel()


def test_what_to_do_is_said(screenful: Screenful) -> None:
    assert words().say("screen.about") in [node.name for node in walk(tree_of(screenful.look()))]
    screenful.shopper.program.rooms.screen.cancel()


def test_a_scan_goes_before_a_choice_that_is_still_open(screenful: Screenful) -> None:
    screenful.look()
    screenful.shopper.program.rooms.scanner.followed.emit("https://samples.labelviewer.example/l/camera-a")
    screenful.wait_for_label()
    wait_until(lambda: not screenful.overlays)


def test_a_screen_that_is_not_shared_is_said_and_can_be_asked_for_again(screenful: Screenful) -> None:
    shopper, eye = screenful.shopper, screenful.eye
    shots, eye.shots = eye.shots, ()
    screenful.ask("Read a code from my screen")
    wait_until(shopper.program.window.isVisible)
    shopper.settle()
    message = words().message("S24", {})
    assert {message.title, message.body} <= set(shopper.names)
    eye.shots, eye.cut = (), shots[0].image
    screenful.ask("Try again")
    screenful.wait_for_label()
