"""No key of a scanner reaches a control on any page, and no key of a person is lost or out of order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from labelviewer.ui.settings import Settings
from labelviewer.ui.wedge import Burst, Manner
from labelviewer.ui.wedge_filter import WedgeFilter
from tests.accessibility import Role, controls
from tests.keyboards import Key, events, keys, mangled
from tests.labels import words
from tests.ui_fixtures import Shopper, open_window, run_events, wait_until
from tests.ui_pages import PAGES, ports_for, reach

MANNER = Manner()
SAMPLE = "https://samples.labelviewer.example/l/camera-a"
Control = Qt.KeyboardModifier.ControlModifier
Plain = Qt.KeyboardModifier.NoModifier


class Listener(QWindow):
    """Writes down the keys that get through."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            sign = "+" if event.type() is QEvent.Type.KeyPress else "-"
            self.heard.append(f"{sign}{event.text() or Qt.Key(event.key()).name}")
        return super().event(event)

    @property
    def pressed(self) -> str:
        return "".join(each[1:] for each in self.heard if each[0] == "+")


class Desk:
    """A window with the filter on it, and all that it took for scans."""

    def __init__(self, manner: Manner = MANNER) -> None:
        self.window = Listener()
        self.filter = WedgeFilter(lambda: manner, self.window)
        self.scans: list[Burst] = []
        self.filter.scanned.connect(self.scans.append)

    def send(self, *sent: QEvent) -> None:
        for event in sent:
            QGuiApplication.sendEvent(self.window, event)

    def scan(self, code: str, *, gap: int = 4, start: int = 1_000) -> None:
        self.send(*events(keys(code), gap=gap, start=start))

    def settle(self) -> None:
        wait_until(lambda: self.filter.calm)

    @property
    def texts(self) -> list[str]:
        return ["".join(stroke.text for stroke in burst) for burst in self.scans]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.filter.stop()


def press(
    key: Qt.Key, at: int, text: str = "", modifiers: Qt.KeyboardModifier = Plain, *, again: bool = False
) -> QEvent:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text, again)
    event.setTimestamp(at)
    return event


def override(key: Qt.Key, at: int, modifiers: Qt.KeyboardModifier = Control) -> QKeyEvent:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
    event.setTimestamp(at)
    event.ignore()
    return event


# A scanner


def test_a_burst_is_one_scan_and_reaches_nobody(desk: Desk) -> None:
    desk.scan(f"{SAMPLE}\n")
    desk.settle()
    assert desk.texts == [f"{SAMPLE}\n"]
    assert desk.window.heard == []


def test_spaces_line_breaks_and_what_follows_them_reach_nobody_either(desk: Desk) -> None:
    desk.scan("  \tn\n  \nB\n")
    desk.settle()
    assert desk.texts == ["  \tn\n  \nB\n"]
    assert desk.window.heard == []


def test_a_busy_moment_within_a_burst_does_not_cut_it(desk: Desk) -> None:
    desk.scan("https:")
    desk.scan("//a.example", start=1_000 + 5 * 4 + 90)
    desk.settle()
    assert desk.texts == ["https://a.example"]


@pytest.mark.fault("C3")
@pytest.mark.threat("T26")
def test_control_keys_within_a_burst_are_part_of_it(desk: Desk) -> None:
    desk.scan("abcdefgh")
    desk.send(
        override(Qt.Key.Key_V, 1_032),
        press(Qt.Key.Key_V, 1_032, "\x16", Control),
        press(Qt.Key.Key_Backspace, 1_036, "\b"),
        press(Qt.Key.Key_F5, 1_040),
        press(Qt.Key.Key_Escape, 1_044, "\x1b"),
    )
    desk.scan("ijk", start=1_048)
    desk.settle()
    assert len(desk.scans) == 1
    assert desk.window.heard == []


@pytest.mark.fault("C3")
def test_no_shortcut_goes_before_the_rest_of_a_burst(desk: Desk) -> None:
    desk.scan("abc")
    shortcut = override(Qt.Key.Key_V, 1_012)
    desk.send(shortcut)
    assert shortcut.isAccepted()
    desk.settle()


def test_letters_that_an_input_method_makes_of_a_burst_join_it(desk: Desk) -> None:
    desk.scan("httpsx")
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    desk.send(composed)
    desk.scan("//", start=1_024)
    desk.settle()
    assert desk.texts == ["httpsxé//"]
    assert desk.scans[0][6].us is None


def test_a_double_letter_within_one_tick_looks_like_a_key_kept_down_and_is_none(desk: Desk) -> None:
    desk.scan("https:/")
    desk.send(press(Qt.Key.Key_Slash, 1_024, "/", again=True))
    desk.scan("a.example", start=1_028)
    desk.settle()
    assert desk.texts == ["https://a.example"]
    assert desk.window.heard == []


def test_keys_that_come_up_late_are_still_the_scanners(desk: Desk) -> None:
    down = [event for event in events(keys("abcdefg")) if event.type() is QEvent.Type.KeyPress]
    up = [event for event in events(keys("abcdefg")) if event.type() is QEvent.Type.KeyRelease]
    desk.send(*down)
    desk.settle()
    desk.send(*up)
    assert desk.window.heard == []


@pytest.mark.fault("C3")
def test_two_scans_one_after_the_other_are_two(desk: Desk) -> None:
    desk.scan("first-code\n")
    desk.scan("second-code\n", start=2_000)
    desk.settle()
    assert desk.texts == ["first-code\n", "second-code\n"]


@pytest.mark.fault("C3")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_line_key_that_comes_late_presses_nothing_and_the_next_one_does(desk: Desk, key: Qt.Key) -> None:
    desk.scan("a-whole-code")
    desk.settle()
    last = 1_000 + 4 * len("a-whole-code")
    down, up = press(key, last + 300, "\r"), QKeyEvent(QEvent.Type.KeyRelease, key, Plain, "\r")
    desk.send(down, up)
    assert desk.window.heard == []
    desk.send(press(key, last + 380, "\r"))
    assert len(desk.window.heard) == 1
    assert len(desk.scans) == 1


def test_a_line_key_long_after_a_scan_is_a_persons(desk: Desk) -> None:
    desk.scan("a-whole-code")
    desk.settle()
    desk.send(press(Qt.Key.Key_Return, 2_000, "\r"))
    assert desk.window.heard == ["+\r"]


def test_a_slow_scanner_needs_the_longer_pause() -> None:
    for gap, heard in ((30, 0), (80, 1)):
        desk = Desk(Manner(gap=gap))
        desk.scan("slow-code", gap=60)
        desk.settle()
        assert len(desk.scans) == heard
        desk.filter.stop()


def test_enter_begins_a_burst_only_where_the_scanner_was_said_to_begin_so(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_Return, 1_000, "\r"))
    assert desk.window.heard == ["+\r"]
    told = Desk(Manner(prefix="\n"))
    told.scan("\nabcdef")
    told.settle()
    assert told.texts == ["\nabcdef"]
    assert told.window.heard == []
    told.filter.stop()


# A person


def test_what_a_person_types_comes_through_in_order(desk: Desk) -> None:
    desk.scan("hello, world", gap=100)
    desk.settle()
    assert desk.scans == []
    assert desk.window.pressed == "hello, world"
    assert desk.window.heard[:4] == ["+h", "-h", "+e", "-e"]


def test_fingers_that_roll_over_the_keys_lose_nothing(desk: Desk) -> None:
    """Down, down, up, up, within a few milliseconds."""
    a, b, c = (list(events([key], start=1_000 + 12 * place)) for place, key in enumerate(keys("abc")))
    desk.send(a[0], b[0], a[1], c[0], b[1], c[1])
    desk.settle()
    assert desk.window.heard == ["+a", "+b", "-a", "+c", "-b", "-c"]


def test_five_quick_keys_are_a_persons(desk: Desk) -> None:
    desk.scan("abcde")
    assert desk.window.heard == []
    desk.settle()
    assert desk.window.pressed == "abcde"
    assert desk.scans == []


def test_a_key_that_is_no_letter_is_never_held(desk: Desk) -> None:
    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Escape,
        Qt.Key.Key_F5,
    ):
        desk.send(press(key, 1_000))
    assert len(desk.window.heard) == 6


def test_a_persons_control_key_comes_through_after_a_moment(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_C, 1_000, "\x03", Control))
    assert desk.window.heard == []
    desk.settle()
    assert desk.window.heard == ["+\x03"]


@pytest.mark.fault("C3")
@pytest.mark.threat("T26")
def test_a_control_key_may_be_a_bursts_first(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_X, 1_000, "\x18", Control))
    desk.scan("abcdefgh", start=1_004)
    desk.settle()
    assert desk.texts == ["\x18abcdefgh"]
    assert desk.window.heard == []


def test_a_key_that_is_kept_down_repeats_at_once(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_A, 1_000, "a"))
    for repeat in range(12):
        desk.send(press(Qt.Key.Key_A, 1_500 + 30 * repeat, "a", again=True))
    assert desk.window.pressed == "a" * 13
    assert desk.scans == []


def test_an_arrow_right_after_a_letter_stays_after_it(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_A, 1_000, "a"), press(Qt.Key.Key_Left, 1_040))
    assert desk.window.heard == ["+a", "+Key_Left"]
    desk.send(press(Qt.Key.Key_B, 1_100, "b"), press(Qt.Key.Key_Left, 1_110))
    desk.settle()
    assert desk.window.heard == ["+a", "+Key_Left", "+b", "+Key_Left"]


def test_a_shortcut_of_a_person_finds_all_letters_written_before_it(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_A, 1_000, "a"))
    shortcut = override(Qt.Key.Key_V, 1_200)
    desk.send(shortcut)
    assert desk.window.pressed == "a"
    assert not shortcut.isAccepted()


def test_shift_goes_its_own_way(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_A, 1_000, "a"), press(Qt.Key.Key_Shift, 1_004))
    assert desk.window.heard == ["+Key_Shift"]
    desk.settle()


def test_nothing_watches_the_whole_program_while_no_key_is_held(desk: Desk) -> None:
    shortcut = override(Qt.Key.Key_V, 1_000)
    desk.send(shortcut)
    assert not shortcut.isAccepted()
    desk.scan("ab", gap=100)
    desk.settle()
    shortcut = override(Qt.Key.Key_V, 1_101)
    desk.send(shortcut)
    assert not shortcut.isAccepted()


def test_a_key_whose_window_was_closed_goes_nowhere(desk: Desk) -> None:
    desk.send(press(Qt.Key.Key_A, 1_000, "a"))
    shiboken6.delete(desk.window)
    desk.settle()
    assert desk.scans == []


# Every page of the program

NASTY = f"  \t\n 1\n2 {SAMPLE}\n  \t\t\n3\n "


class Ears(QObject):
    """Keys that reach something on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and isinstance(watched, QQuickItem):
            self.heard.append(f"{event.type().name} {event.text()!r} to {watched.metaObject().className()}")
        return False


@pytest.fixture(params=[page for page in PAGES if page != "waiting"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shopper]:
    name = str(request.param)
    with open_window(tmp_path, ports_for(name)) as shopper:
        reach(name, shopper)
        yield shopper


@pytest.mark.fault("C3")
@pytest.mark.threat("T26")
@pytest.mark.qt_log_ignore("Couldn't (load|resolve)", extend=True)
def test_a_burst_does_nothing_on_a_page_whatever_has_the_keyboard(page: Shopper) -> None:
    program = page.program
    scans: list[Burst] = []
    program.wedge.scanned.disconnect(program.rooms.scanner.hear_keys)
    program.wedge.scanned.connect(scans.append)
    before = (page.outline, program.shell.state, program.settings.state)
    ears = Ears()
    application = QGuiApplication.instance()
    assert application is not None
    working = [node for node in controls(page.tree) if node.enabled]
    fields = [node for node in working if node.role is Role.EditableText]
    tried = [node.item for node in (*working[:2], working[-1], *fields)]
    application.installEventFilter(ears)
    for place, item in enumerate(tried):
        item.forceActiveFocus()
        for event in events(keys(NASTY), start=10_000 * (place + 1)):
            QGuiApplication.sendEvent(program.window, event)
        wait_until(lambda: program.wedge.calm)
    application.removeEventFilter(ears)
    run_events()
    assert tried
    assert ears.heard == []
    assert len(scans) == len(tried)
    assert (page.outline, program.shell.state, program.settings.state) == before


# The whole way


def type_in(shopper: Shopper, pressed: list[Key], start: int = 5_000) -> None:
    for event in events(pressed, start=start):
        QGuiApplication.sendEvent(shopper.program.window, event)
    wait_until(lambda: shopper.program.wedge.calm)
    shopper.settle()


@pytest.fixture
def shopper(tmp_path: Path) -> Iterator[Shopper]:
    with open_window(tmp_path) as shopper:
        yield shopper


def test_a_scan_leads_to_its_label_from_the_first_page(shopper: Shopper) -> None:
    type_in(shopper, keys(f"{SAMPLE}\n"))
    assert shopper.hears("Checked: this label is real")


def test_a_mangled_scan_is_a_question_and_yes_leads_to_the_label(shopper: Shopper) -> None:
    type_in(shopper, keys(f"{SAMPLE}\n", "German"))
    message = words().message("S30", {"raw": mangled(SAMPLE, "German"), "fixed": SAMPLE})
    assert {message.title, message.body} <= set(shopper.names)
    assert not shopper.hears("Checked: this label is real")
    shopper.press("Yes, use it")
    assert shopper.hears("Checked: this label is real")


@pytest.mark.fault("C3")
def test_half_a_scan_is_said(shopper: Shopper) -> None:
    type_in(shopper, keys(f"{SAMPLE[1:]}\n"))
    assert words().message("S31", {}).title in shopper.names
    shopper.press("Set up the scanner")
    assert words().say("scanner.title") in shopper.names
    shopper.press("Back")
    type_in(shopper, keys(f"{SAMPLE}\n"), start=9_000)
    assert shopper.hears("Checked: this label is real")


def test_a_person_writes_in_a_field_as_ever(shopper: Shopper) -> None:
    shopper.go("address")
    type_in_slowly = list(events(keys("a b c"), gap=150))
    for event in type_in_slowly:
        QGuiApplication.sendEvent(shopper.program.window, event)
    wait_until(lambda: shopper.program.wedge.calm)
    field = next(node for node in controls(shopper.tree) if node.role is Role.EditableText)
    assert field.item.property("text") == "a b c"


def test_the_set_up_shows_a_scan_and_looks_nothing_up(shopper: Shopper) -> None:
    shopper.go("scanner")
    assert shopper.hears(words().say("scanner.last.none"))
    type_in(shopper, keys(f"{SAMPLE}\n"))
    assert shopper.hears(words().say("scanner.last.other"))
    assert SAMPLE in shopper.names
    assert not shopper.program.rooms.scan.state.busy
    shopper.press("Longer pause")
    assert shopper.program.settings.state.scanner_gap > Settings().scanner_gap
    shopper.press("Back")
    type_in(shopper, keys(f"{SAMPLE}\n"), start=9_000)
    assert shopper.hears("Checked: this label is real")


# Shortcuts, as the system does them: they are asked before the window is


def strike(shopper: Shopper, key: Qt.Key, modifiers: Qt.KeyboardModifier = Control) -> None:
    QTest.keyClick(shopper.program.window, key, modifiers)


@pytest.fixture
def wanted(shopper: Shopper) -> list[str]:
    """What shortcuts did."""
    deeds: list[str] = []
    shopper.program.window.requestActivate()
    wait_until(lambda: QGuiApplication.focusWindow() is shopper.program.window)
    shopper.program.shell.pictureWanted.connect(lambda: deeds.append("open"))
    shopper.program.settings.changed.connect(lambda: deeds.append("bigger"))
    return deeds


@pytest.mark.parametrize(("key", "deed"), [(Qt.Key.Key_O, "open"), (Qt.Key.Key_Equal, "bigger")])
def test_a_persons_shortcut_works_after_a_moment_and_once(
    shopper: Shopper, wanted: list[str], key: Qt.Key, deed: str
) -> None:
    strike(shopper, key)
    assert wanted == []
    wait_until(lambda: shopper.program.wedge.calm)
    assert wanted == [deed]
    strike(shopper, key)
    wait_until(lambda: shopper.program.wedge.calm)
    assert wanted == [deed, deed]


def test_a_shortcut_that_is_kept_down_repeats_at_once(shopper: Shopper, wanted: list[str]) -> None:
    strike(shopper, Qt.Key.Key_Equal)
    again = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Equal, Control, "", autorep=True)
    again.ignore()
    QGuiApplication.sendEvent(shopper.program.window, again)
    assert wanted == ["bigger"]
    assert not again.isAccepted()


@pytest.mark.fault("C3")
@pytest.mark.threat("T26")
@pytest.mark.parametrize("key", [Qt.Key.Key_O, Qt.Key.Key_Equal, Qt.Key.Key_Escape])
def test_a_burst_that_begins_with_a_control_character_fires_no_shortcut(
    shopper: Shopper, wanted: list[str], key: Qt.Key
) -> None:
    scans: list[Burst] = []
    shopper.program.wedge.scanned.connect(scans.append)
    shopper.go("address")
    strike(shopper, key, Plain if key is Qt.Key.Key_Escape else Control)
    for event in events(keys(f"{SAMPLE}\n")):
        QGuiApplication.sendEvent(shopper.program.window, event)
    wait_until(lambda: shopper.program.wedge.calm)
    assert ["".join(stroke.text for stroke in scan) for scan in scans] == [f"{SAMPLE}\n"]
    assert wanted == []
    shopper.settle()
    assert shopper.hears("Checked: this label is real")
