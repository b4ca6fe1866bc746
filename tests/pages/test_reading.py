"""A page that is read out, as it is found by name; the voice is Qt's pretended one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from labelviewer.adapters.speech import Speech
from tests.accessibility import by_name
from tests.ui_fixtures import Shopper, wait_until

BAR = ("Pause", "Part before", "Say again", "Next part", "Slower", "Faster", "Stop reading")


@pytest.fixture(autouse=True)
def _pretended(shopper: Shopper) -> None:
    shopper.program.rooms.reading._make_speech = lambda: Speech("mock")


def items(within: QQuickItem) -> Iterator[QQuickItem]:
    for each in within.childItems():
        yield each
        yield from items(each)


def marks(shopper: Shopper) -> list[QQuickItem]:
    """The line round what is being read."""
    everything = items(shopper.program.window.contentItem())
    return [each for each in everything if each.objectName() == "reading mark"]


@pytest.mark.parametrize(
    "samples", [("us-ctm/camera-a",), ("us-ctm/camera-tampered",), ("us-ctm/camera-a", "us-ctm/camera-b")]
)
def test_a_page_is_read_by_its_button_and_stopped_by_the_bar(shopper: Shopper, samples: tuple[str, ...]) -> None:
    shopper.scan(*samples)
    assert not set(BAR) & set(shopper.names)
    shopper.press("Read to me")
    assert set(BAR) <= set(shopper.names)
    assert shopper.hears(shopper.program.rooms.reading.property("sentence"))
    shopper.press("Stop reading")
    assert not set(BAR) & set(shopper.names)


def test_one_key_begins_and_ends_it(shopper: Shopper) -> None:
    reading = shopper.program.rooms.reading
    shopper.scan("us-ctm/camera-a")
    shopper.key(Qt.Key.Key_F2)
    assert reading.property("on")
    shopper.key(Qt.Key.Key_F2)
    assert not reading.property("on")


def test_the_bar_pauses_goes_on_and_changes_its_words(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    shopper.press("Read to me")
    shopper.press("Pause")
    assert shopper.program.rooms.reading.property("paused")
    shopper.press("Go on")
    assert not shopper.program.rooms.reading.property("paused")


def test_what_is_read_is_marked_and_brought_into_sight(shopper: Shopper) -> None:
    reading = shopper.program.rooms.reading
    shopper.scan("us-ctm/camera-a")
    shopper.press("Read to me")
    shopper.press("Pause")
    last = len(reading.state.passages) - 1
    reading._go(last)
    reading.pause()
    shopper.settle()
    (mark,) = marks(shopper)
    assert mark.property("part").objectName() == reading.property("place") == "not-told"
    top = mark.mapToItem(shopper.program.window.contentItem(), 0, 0).y()
    assert 0 <= top < shopper.program.window.height()


@pytest.mark.parametrize("samples", [("us-ctm/camera-a",), ("us-ctm/camera-a", "us-ctm/camera-b")])
def test_every_place_that_is_read_is_on_the_page(shopper: Shopper, samples: tuple[str, ...]) -> None:
    shopper.scan(*samples)
    rooms = shopper.program.rooms
    said = rooms.compare.passages() if len(samples) > 1 else rooms.label.passages()
    wanted = {each.place for each in said} - {"columns"}  # those are in the heads, which never leave

    def missing() -> set[str]:
        return wanted - {each.objectName() for each in items(shopper.program.window.contentItem())}

    wait_until(lambda: not missing())


def test_a_row_that_is_open_can_be_read_alone(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    row = shopper.program.rooms.label.property("label")["groups"][0]["rows"][0]
    panel = next(node for node in shopper.names if node.startswith(row["name"] + ": "))
    shopper.press(panel)
    shopper.press(f"Read to me: {row['name']}")
    assert {each.place for each in shopper.program.rooms.reading.state.passages} == {f"row.{row['id']}"}


def test_a_message_is_read(shopper: Shopper) -> None:
    shopper.follow("https://shop.example.org/x")
    shopper.press("Read to me")
    assert shopper.program.rooms.reading.property("place") == "message"


@pytest.mark.parametrize("leave", ["back", "home", "another label"])
def test_it_is_quiet_once_the_page_is_left(shopper: Shopper, leave: str) -> None:
    reading = shopper.program.rooms.reading
    shopper.scan("us-ctm/camera-a")
    shopper.press("Read to me")
    wait_until(lambda: reading.state.word[1] > 0)
    match leave:
        case "back":
            shopper.key(Qt.Key.Key_Escape)
        case "home":
            shopper.press("labelviewer, start page")
        case _:
            shopper.scan("us-ctm/camera-b")
    assert not reading.property("on")
    speech = reading._speech
    assert isinstance(speech, Speech)
    assert speech._engine.state() is speech._engine.State.Ready
    assert not set(BAR) & set(shopper.names)


def test_without_a_voice_the_page_says_why_and_works_on(shopper: Shopper) -> None:
    shopper.program.rooms.reading._make_speech = lambda: None
    shopper.scan("us-ctm/camera-a")
    shopper.key(Qt.Key.Key_F2)
    shopper.settle()
    assert shopper.hears("Reading aloud is not working")
    shopper.press("What can I do?")
    assert shopper.hears("Speech Dispatcher")
    shopper.press("Continue")
    assert not shopper.hears("Reading aloud is not working")
    assert by_name(shopper.tree, "Read to me").enabled
