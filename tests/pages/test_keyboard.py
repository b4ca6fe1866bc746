"""Everything without a mouse: keys press, toggle, scroll, and the keyboard is where the shopper looks."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtQuick import QQuickItem

from tests.accessibility import Role, by_name, controls
from tests.ui_fixtures import Shopper, codes_picture, wait_until
from tests.ui_pages import PAGES, SHOP, blank

CONTROL = Qt.KeyboardModifier.ControlModifier
ON_THE_BAR = {"Back", "labelviewer, start page", "My labels", "Smaller text", "Bigger text", "Light or dark"}


def tab_to(shopper: Shopper, name: str) -> None:
    """With the keyboard alone."""
    wanted = by_name(shopper.tree, name).item
    for _ in range(80):
        if shopper.focused is wanted:
            return
        shopper.key(Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not lead to {name}")


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_is_pressed_with_any_of_its_keys(shopper: Shopper, key: Qt.Key) -> None:
    tab_to(shopper, "Try a sample")
    shopper.key(key)
    tab_to(shopper, "A camera that was checked")
    shopper.key(key)
    shopper.settle()
    assert shopper.hears("Checked: this label is real")


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_box_is_ticked_with_any_of_its_keys(shopper: Shopper, key: Qt.Key) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    tab_to(shopper, "4 differences")
    assert by_name(shopper.tree, "4 differences").checked
    shopper.key(key)
    assert not by_name(shopper.tree, "4 differences").checked
    assert not shopper.program.rooms.compare.state.only_differences
    shopper.key(key)
    assert shopper.program.rooms.compare.state.only_differences


def test_a_column_is_moved_and_taken_out_from_its_head(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/speaker-notes")
    by_name(shopper.tree, "Hearth Camera 2, Checked: this label is real", Role.ColumnHeader).item.forceActiveFocus()
    both = CONTROL | Qt.KeyboardModifier.ShiftModifier

    def products() -> list[str]:
        return [column["called"] for column in shopper.program.rooms.compare.property("comparison")["columns"]]

    shopper.key(Qt.Key.Key_Right, both)
    shopper.key(Qt.Key.Key_Right, both)
    shopper.key(Qt.Key.Key_Right, both)
    assert products() == ["Lookout Mini", "Murmur Speaker", "Hearth Camera 2"]
    shopper.key(Qt.Key.Key_Left, both)
    assert products() == ["Lookout Mini", "Hearth Camera 2", "Murmur Speaker"]
    shopper.key(Qt.Key.Key_Delete)
    assert products() == ["Lookout Mini", "Murmur Speaker"]
    shopper.key(Qt.Key.Key_Z, CONTROL)
    assert products() == ["Lookout Mini", "Hearth Camera 2", "Murmur Speaker"]
    shopper.key(Qt.Key.Key_X, both)
    assert products() == ["Murmur Speaker", "Hearth Camera 2", "Lookout Mini"]


def test_arrows_scroll_a_wide_comparison_sideways_and_a_head_with_the_keyboard_comes_into_view(
    shopper: Shopper,
) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/speaker-notes", "us-ctm/router-unsupported")
    shopper.resize(480, 700)
    page = scroller_of(shopper)
    shopper.key(Qt.Key.Key_Right)
    assert page.property("contentX") > 0
    shopper.key(Qt.Key.Key_Left)
    assert page.property("contentX") == 0
    last = by_name(shopper.tree, "Harbor Router 3, Checked: this label is real", Role.ColumnHeader).item
    last.forceActiveFocus()
    shopper.settle()
    assert page.property("contentX") == page.property("contentWidth") - page.width()
    place = last.mapRectToScene(QRectF(0, 0, last.width(), last.height()))
    assert place.right() <= 480


def test_what_is_ticked_follows_what_is_so(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    shopper.press("4 differences")
    shopper.key(Qt.Key.Key_D, CONTROL)
    assert by_name(shopper.tree, "4 differences").checked
    shopper.key(Qt.Key.Key_D, CONTROL)
    assert not by_name(shopper.tree, "4 differences").checked


def test_a_criterion_is_opened_and_closed_by_key(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    panel = next(node.name for node in controls(shopper.tree) if node.name.startswith("Automatic updates: Yes"))
    tab_to(shopper, panel)
    shopper.key(Qt.Key.Key_Return)
    assert "Why it matters" in shopper.names
    assert shopper.focused is by_name(shopper.tree, panel).item
    shopper.key(Qt.Key.Key_Space)
    assert "Why it matters" not in shopper.names


def test_a_term_is_explained_by_keyboard_and_leads_to_all_of_them(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    panel = next(name for name in shopper.names if name.startswith("Automatic updates"))
    tab_to(shopper, panel)
    shopper.key(Qt.Key.Key_Return)
    term = next(name for name in shopper.names if "What does “" in name)
    tab_to(shopper, term)
    assert not any(name.startswith("All words") for name in shopper.names)
    shopper.key(Qt.Key.Key_Return)
    assert shopper.focused is by_name(shopper.tree, term).item
    meaning = shopper.program.rooms.label.property("label")
    told = [each for group in meaning["groups"] for row in group["rows"] for each in row["terms"]]
    assert next(each["meaning"] for each in told if each["question"] in term) in shopper.names
    tab_to(shopper, next(name for name in shopper.names if name.startswith("All words. ")))
    shopper.key(Qt.Key.Key_Return)
    shopper.settle()
    assert shopper.program.shell.state.page == "glossary"
    shopper.key(Qt.Key.Key_Escape)
    assert shopper.program.shell.state.page == "label"


def test_a_term_of_a_comparison_is_explained_by_keyboard(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "nist-iot/thermostat")
    term = next(name for name in shopper.names if "What does “" in name)
    tab_to(shopper, term)
    shopper.key(Qt.Key.Key_Return)
    told = [each for group in shopper.program.rooms.compare.property("groups") for each in group["terms"]]
    assert next(each["meaning"] for each in told if each["question"] in term) in shopper.names
    tab_to(shopper, next(name for name in shopper.names if name.startswith("All words. ")))
    shopper.key(Qt.Key.Key_Return)
    shopper.settle()
    assert shopper.program.shell.state.page == "glossary"
    shopper.key(Qt.Key.Key_Escape)
    assert shopper.program.shell.state.page == "compare"


def test_arrows_scroll_a_page(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    page = scroller_of(shopper)
    shopper.key(Qt.Key.Key_Down)
    assert page.property("contentY") > 0
    for _ in range(200):
        shopper.key(Qt.Key.Key_Down)
    end = page.property("contentHeight") - page.height()
    assert page.property("contentY") == pytest.approx(end, abs=1)
    for _ in range(200):
        shopper.key(Qt.Key.Key_Up)
    assert page.property("contentY") == 0


WAYS = {
    "a label": lambda shopper: shopper.scan("us-ctm/camera-a"),
    "a comparison": lambda shopper: shopper.scan("us-ctm/camera-a", "us-ctm/camera-b"),
    "a failure": lambda shopper: shopper.show(blank()),
    "a choice": lambda shopper: shopper.show(codes_picture("us-ctm/camera-a", "us-ctm/camera-b")),
    "the samples": lambda shopper: shopper.go("samples"),
    "my labels": lambda shopper: shopper.go("history"),
}


@pytest.mark.parametrize("way", WAYS)
def test_on_a_new_page_the_keyboard_is_on_that_page(shopper: Shopper, way: str) -> None:
    WAYS[way](shopper)
    shopper.key(Qt.Key.Key_Tab)
    assert_on_the_page(shopper)


def test_an_address_can_be_typed_at_once(shopper: Shopper) -> None:
    shopper.go("address")
    assert shopper.focused is by_name(shopper.tree, "Address or number of the label").item


def test_ticking_a_label_leaves_the_keyboard_there(shopper_in_shop: Shopper) -> None:
    shopper = shopper_in_shop
    PAGES["history"](shopper)
    tab_to(shopper, "Compare Hearth Camera 2")
    shopper.key(Qt.Key.Key_Space)
    assert by_name(shopper.tree, "Compare Hearth Camera 2").checked
    assert shopper.focused is by_name(shopper.tree, "Compare Hearth Camera 2").item
    shopper.key(Qt.Key.Key_Space)
    assert not by_name(shopper.tree, "Compare Hearth Camera 2").checked


def test_removing_a_label_leaves_the_keyboard_on_the_page(shopper_in_shop: Shopper) -> None:
    shopper = shopper_in_shop
    PAGES["history"](shopper)
    tab_to(shopper, "Remove Hearth Camera 2 from the list")
    shopper.key(Qt.Key.Key_Space)
    wait_until(lambda: "Open Hearth Camera 2" not in shopper.names)
    shopper.settle()
    shopper.key(Qt.Key.Key_Tab)
    assert_on_the_page(shopper)


def test_what_was_asked_for_takes_the_keyboard_from_a_button_that_goes(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-tampered")
    tab_to(shopper, "See the facts anyway")
    shopper.key(Qt.Key.Key_Return)
    shopper.settle()
    assert "See the facts anyway" not in shopper.names
    shopper.key(Qt.Key.Key_Tab)
    assert_on_the_page(shopper)


def test_swapping_leaves_the_keyboard_there(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    tab_to(shopper, "Swap")
    for _ in range(2):
        shopper.key(Qt.Key.Key_Space)
        shopper.settle()
        assert shopper.focused is by_name(shopper.tree, "Swap").item


def test_back_on_the_first_page_the_keyboard_is_there_again(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    shopper.key(Qt.Key.Key_Escape)
    shopper.key(Qt.Key.Key_Tab)
    assert_on_the_page(shopper)


def test_a_second_label_starts_at_its_top(shopper_in_shop: Shopper) -> None:
    shopper = shopper_in_shop
    shopper.follow(SHOP.code("1"))
    for _ in range(5):
        shopper.key(Qt.Key.Key_Down)
    shopper.follow(SHOP.code("2"))
    assert scroller_of(shopper).property("contentY") == 0


def test_text_grows_and_shrinks_by_key(shopper: Shopper) -> None:
    shopper.key(Qt.Key.Key_Plus, CONTROL)
    assert shopper.program.settings.state.text_percent == 125
    shopper.key(Qt.Key.Key_Minus, CONTROL)
    assert shopper.program.settings.state.text_percent == 100


def test_a_new_comparison_has_a_key(shopper: Shopper) -> None:
    shopper.key(Qt.Key.Key_N, CONTROL)
    assert shopper.program.shell.state.adding
    assert "Add one more to compare" in shopper.names


def test_a_label_is_checked_again_by_key(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    announced: list[str] = []
    shopper.program.shell.announced.connect(lambda text, _alarming: announced.append(text))
    shopper.key(Qt.Key.Key_F5)
    shopper.settle()
    assert len(announced) == 1
    assert shopper.hears("Checked: this label is real")


def assert_on_the_page(shopper: Shopper) -> None:
    assert shopper.focused is not None
    names = [node.name for node in controls(shopper.tree) if node.item is shopper.focused]
    assert names
    assert not set(names) & ON_THE_BAR


def scroller_of(shopper: Shopper) -> QQuickItem:
    focused = shopper.focused
    while focused is not None and not focused.inherits("QQuickFlickable"):
        focused = focused.parentItem()
    assert focused is not None
    return focused


def test_an_answer_is_found_by_typing_and_the_search_is_left_with_escape(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a")
    shopper.key(Qt.Key.Key_F, CONTROL)
    assert shopper.focused is by_name(shopper.tree, "Find an answer").item
    shopper.type("automatic")
    assert [name for name in shopper.names if ". More about" in name] == [
        "Automatic updates: Yes. More about Automatic updates",
        "How to get updates: Open the Homely app, then Settings, then Updates. More about How to get updates",
    ]
    assert "Answers shown: 2 of 18." in shopper.names
    shopper.key(Qt.Key.Key_Escape)
    assert len([name for name in shopper.names if ". More about" in name]) == 18
    assert shopper.hears("Checked: this label is real")
    shopper.key(Qt.Key.Key_Escape)
    assert not shopper.hears("Checked: this label is real")
