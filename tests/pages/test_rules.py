"""What holds for every page, however it is reached: names, size, keyboard, text that is never cut, contrast."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtQuick import QQuickItem

from tests.accessibility import Node, Role, controls, walk
from tests.painted import Painted, contrast, painted, place_of
from tests.ui_fixtures import Shopper, open_window
from tests.ui_pages import PAGES, ports_for, reach

TARGET = 44
WIDTH, HEIGHT = 1080, 780
MEANS_NOTHING_ALONE = {"more", "open", "close", "details", "click here", "yes", "no", "ok", "remove", "compare", "show"}
TEXT_CONTRAST, PART_CONTRAST = 4.5, 3.0
TABS_AT_MOST = 250

pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve)", extend=True)


@pytest.fixture(scope="module", params=PAGES)
def page(
    request: pytest.FixtureRequest, qapp: QGuiApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shopper]:
    """One window a page; the rules look and leave it as it was."""
    name = str(request.param)
    with open_window(tmp_path_factory.mktemp("page"), ports_for(name)) as shopper:
        shopper.look()
        shopper.resize(WIDTH, HEIGHT)
        reach(name, shopper)
        yield shopper
        shopper.program.rooms.scan.stop()


def refuse(found: Iterator[str]) -> None:
    problems = list(found)
    assert not problems, "\n".join(["", *problems])


def test_everything_that_is_read_out_has_a_name(page: Shopper) -> None:
    refuse(str(node) for node in walk(page.tree) if not node.name.strip() or "undefined" in node.name)


def test_every_control_makes_sense_alone(page: Shopper) -> None:
    times = Counter(node.name for node in controls(page.tree))
    refuse(f"{count} times {name!r}" for name, count in times.items() if count > 1)
    refuse(name for name in times if name.strip().lower() in MEANS_NOTHING_ALONE)


def test_a_spoken_name_holds_the_words_on_the_control(page: Shopper) -> None:
    def is_wrong(node: Node) -> bool:
        text = re.sub(r"[−+]", "", str(node.item.property("text") or ""))
        return node.role is not Role.EditableText and len(text) > 1 and text.lower() not in node.name.lower()

    refuse(f"{node} shows {node.item.property('text')!r}" for node in controls(page.tree) if is_wrong(node))


def test_every_control_can_be_worked_by_assistive_technology(page: Shopper) -> None:
    def is_wrong(node: Node) -> bool:
        return node.role is not Role.EditableText and not {"Press", "Toggle"} & set(node.actions)

    refuse(str(node) for node in controls(page.tree) if is_wrong(node))


def test_every_control_is_as_large_as_a_fingertip(page: Shopper) -> None:
    refuse(f"{node} is {node.item.width()} x {node.item.height()}" for node in controls(page.tree) if is_small(node))


def test_a_page_says_what_it_is(page: Shopper) -> None:
    headings = [node for node in walk(page.tree) if node.role in {Role.Heading, Role.ColumnHeader}]
    assert headings, page.outline


def test_tab_reaches_every_control_and_shift_tab_leads_back(page: Shopper) -> None:
    wanted = {node.name for node in controls(page.tree) if node.enabled}
    there = [name_of(item) for item in tab_round(page)]
    assert wanted - set(there) == set()
    back = [name_of(item) for item in tab_round(page, back=True)]
    assert sorted(back) == sorted(there)
    turned = back[::-1]
    start = turned.index(there[0])
    assert turned[start:] + turned[:start] == there


def test_the_keyboard_goes_round_in_the_order_of_reading(page: Shopper) -> None:
    read = [node.name for node in controls(page.tree) if node.enabled]
    there = [name for item in tab_round(page) if (name := name_of(item)) in read]
    start = there.index(read[0])
    assert there[start:] + there[:start] == read


@pytest.mark.parametrize(("percent", "width", "height"), [(100, WIDTH, HEIGHT), (150, 480, 420)])
def test_whatever_has_the_keyboard_shows_it_and_is_in_view(
    page: Shopper, percent: int, width: int, height: int
) -> None:
    page.look(text_percent=percent)
    page.resize(width, height)
    found = [complaint for item in tab_round(page) if name_of(item) for complaint in unseen(page, item)]
    page.look()
    page.resize(WIDTH, HEIGHT)
    refuse(iter(found))


def test_nothing_traps_the_keyboard(page: Shopper) -> None:
    assert len(list(tab_round(page))) < TABS_AT_MOST


@pytest.mark.threat("T12")
def test_every_text_is_plain(page: Shopper) -> None:
    refuse(repr(text.text) for text in texts(page) if not text.read("textFormat === Text.PlainText"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(page: Shopper, theme: str) -> None:
    page.look(theme=theme)
    found = [faint(text) for text in texts(page) if text.enabled and is_faint(text, TEXT_CONTRAST)]
    page.look()
    refuse(iter(found))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_icons_stand_out_from_what_is_behind_them(page: Shopper, theme: str) -> None:
    page.look(theme=theme)
    found = [
        faint(icon)
        for icon in painted(page.program.window)
        if icon.is_a("Icon") and icon.enabled and is_faint(icon, PART_CONTRAST)
    ]
    page.look()
    refuse(iter(found))


@pytest.mark.parametrize(("percent", "width"), [(100, 1080), (200, 1080), (100, 480), (150, 480), (200, 480)])
def test_no_text_is_cut(page: Shopper, percent: int, width: int) -> None:
    page.look(text_percent=percent)
    page.resize(width, HEIGHT)
    reachable = width + sideways(page)
    found = [complaint for text in texts(page) for complaint in cut(text, reachable)]
    found += [f"{node} reaches beyond the window" for node in controls(page.tree) if is_beside(node.item, reachable)]
    found += [f"{node} is small" for node in controls(page.tree) if is_small(node)]
    page.look()
    page.resize(WIDTH, HEIGHT)
    refuse(iter(found))


# the keyboard


def tab_round(page: Shopper, *, back: bool = False) -> Iterator[QQuickItem]:
    """What gets the keyboard, one after the other, until it comes round."""
    modifiers = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    seen: list[QQuickItem] = []
    page.key(key, modifiers)
    while (item := page.focused) is not None and item not in seen and len(seen) < TABS_AT_MOST:
        seen.append(item)
        yield item
        page.key(key, modifiers)


def name_of(item: QQuickItem) -> str:
    interface = QAccessible.queryAccessibleInterface(item)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""  # type: ignore[redundant-expr]


def unseen(page: Shopper, item: QQuickItem) -> Iterator[str]:
    drawn = list(painted(page.program.window))
    (focused,) = (each for each in drawn if each.item is item)
    has_ring = any(each.place.contains(focused.place) and each.is_a("FocusRing") for each in drawn)
    if not has_ring and not item.inherits("QQuickTextField"):
        yield f"{name_of(item)!r} shows no ring"
    room = focused.room.adjusted(-1, -1, 1, 1)
    if focused.place.height() <= room.height() and not room.contains(focused.place):
        yield f"{name_of(item)!r} at {focused.place.getRect()} is not within {room.getRect()}"


# size and text


def is_small(node: Node) -> bool:
    return min(node.item.width(), node.item.height()) < TARGET


def texts(page: Shopper) -> list[Painted]:
    return [each for each in painted(page.program.window) if each.is_text]


def cut(text: Painted, window_width: float) -> Iterator[str]:
    said, item = text.text, text.item
    if item.property("truncated"):
        yield f"{said!r} is elided"
    if item.property("contentWidth") > item.width() + 1:
        yield f"{said!r} is {item.property('contentWidth'):.0f} wide in {item.width():.0f}"
    if item.property("contentHeight") > item.height() + 1:
        yield f"{said!r} is {item.property('contentHeight'):.0f} high in {item.height():.0f}"
    if is_beside(item, window_width):
        yield f"{said!r} reaches beyond the window"


def sideways(page: Shopper) -> float:
    """How much more of the page there is to the right, for who scrolls there."""
    flickables = [each.item for each in painted(page.program.window) if each.item.inherits("QQuickFlickable")]
    beyond = (float(item.property("contentWidth")) - item.width() for item in flickables)
    return max(0.0, *beyond, 0.0)


def is_beside(item: QQuickItem, window_width: float) -> bool:
    place = place_of(item)
    return place.left() < -1 or place.right() > window_width + 1


# colour


def is_faint(each: Painted, needed: float) -> bool:
    return contrast(each.color, each.surface) < needed


def faint(each: Painted) -> str:
    what = each.text if each.is_text else each.item.property("name")
    return f"{what!r}: {each.color.name()} on {each.surface.name()} is {contrast(each.color, each.surface):.2f}"
