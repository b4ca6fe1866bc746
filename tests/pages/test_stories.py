"""Somebody who cannot see the screen does the main jobs, by name alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QLocale, QRect, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter

from labelviewer.adapters.qr_writer import png_bytes
from labelviewer.domain.errors import OfflineError
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched
from labelviewer.ui.viewmodels.shell import Page
from tests.accessibility import Role, by_name, walk
from tests.cameras import CAMERA_A
from tests.labels import words
from tests.simulator import Authority
from tests.ui_fixtures import Shopper, codes_picture, open_window, sample_ports, shop_ports, wait_until

HOME = "labelviewer, start page"
GOOD = "A camera that was checked"
SECOND = "A second camera, to compare"
TAMPERED = "A camera with a changed label"
ADDRESS = "Address or number of the label"


def code_sheet(*texts: str) -> QImage:
    """Many codes in one picture, in rows of four."""
    picture = QImage(1000, 40 + 240 * -(-len(texts) // 4), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    for place, text in enumerate(texts):
        down, across = divmod(place, 4)
        painter.drawImage(QRect(40 + 240 * across, 40 + 240 * down, 200, 200), QImage.fromData(png_bytes(text)))
    painter.end()
    return picture


def typed_so_far(shopper: Shopper) -> str:
    return str(by_name(shopper.tree, ADDRESS).item.property("text"))


def try_sample(shopper: Shopper, title: str) -> None:
    shopper.press(HOME)
    shopper.press("Try a sample")
    shopper.press(title)


def test_the_verdict_does_not_wait_for_what_lies_below_it(shopper: Shopper) -> None:
    below = "What this label does not tell you"
    shopper.scan("us-ctm/camera-a")
    shopper.program.shell.home()
    shopper.settle()
    shopper.program.shell.goTo("label")
    assert shopper.hears("Checked: this label is real")
    assert below not in shopper.names
    shopper.settle()
    assert below in shopper.names


def test_a_sample_is_scanned_checked_and_explained(shopper: Shopper) -> None:
    announced: list[tuple[str, bool]] = []
    shopper.program.shell.announced.connect(lambda text, alarming: announced.append((text, alarming)))
    shopper.press("Try a sample")
    shopper.press(GOOD)
    assert shopper.hears("Checked: this label is real")
    assert shopper.hears("This is a sample label")
    assert [name for name in shopper.names if name.startswith(("Is it real?", "Is it current?", "Who says so?"))]
    assert announced == [("Label found: Hearth Camera 2. Checked: this label is real.", False)]


def test_the_four_facts_come_before_anything_the_label_says(shopper: Shopper) -> None:
    try_sample(shopper, GOOD)
    texts = shopper.said
    places = [
        next(place for place, text in enumerate(texts) if text.startswith(start))
        for start in (
            "Checked:",
            "Is it real?",
            "Is it current?",
            "Who says so?",
            "Which product is it?",
            "At a glance",
            "What this label does not tell you",
        )
    ]
    assert places == sorted(places)


def test_an_explanation_is_there_once_it_is_asked_for_and_goes_again(shopper: Shopper) -> None:
    try_sample(shopper, GOOD)
    panel = next(name for name in shopper.names if name.startswith("Automatic updates: Yes"))
    assert "Why it matters" not in shopper.names
    shopper.press(panel)
    assert "Why it matters" in shopper.names
    assert by_name(shopper.tree, panel).description == "Open"
    shopper.press(panel)
    assert "Why it matters" not in shopper.names
    assert by_name(shopper.tree, panel).description == "Closed"


def test_facts_of_a_changed_label_are_nowhere_until_they_are_asked_for(shopper: Shopper) -> None:
    try_sample(shopper, TAMPERED)
    assert shopper.hears("Do not trust this label")
    assert not shopper.hears("Brightmoor")
    assert not shopper.hears("Automatic updates")
    everything = every_text_of(shopper)
    assert not any("Brightmoor" in text or "Automatic updates" in text for text in everything)
    shopper.press("See the facts anyway")
    assert shopper.hears("Brightmoor Camera Pro")
    assert shopper.hears("Automatic updates")
    assert "See the facts anyway" not in shopper.names


def test_a_danger_interrupts(shopper: Shopper) -> None:
    announced: list[tuple[str, bool]] = []
    shopper.program.shell.announced.connect(lambda text, alarming: announced.append((text, alarming)))
    try_sample(shopper, TAMPERED)
    ((text, alarming),) = announced
    assert text.startswith("Do not trust this label")
    assert alarming


def test_the_steps_of_the_check_are_read_one_by_one(shopper: Shopper) -> None:
    try_sample(shopper, TAMPERED)
    assert not shopper.hears("5. Signature:")
    shopper.press("How we checked")
    steps = [node.name for node in walk(shopper.tree) if node.role is Role.ListItem]
    assert len(steps) == 14
    assert "5. Signature: The signature does not fit: something was changed." in steps
    assert by_name(shopper.tree, "How we checked").description == "Open"


def test_the_button_of_a_warning_opens_the_steps_and_moves_there(shopper: Shopper) -> None:
    try_sample(shopper, TAMPERED)
    shopper.press("Show details")
    assert shopper.hears("5. Signature:")
    assert shopper.focused is not None
    assert by_name(shopper.tree, "How we checked").item is shopper.focused


def test_two_products_are_compared(shopper: Shopper) -> None:
    try_sample(shopper, GOOD)
    shopper.press("Compare Hearth Camera 2 with another product")
    assert shopper.hears("Hearth Camera 2")
    shopper.press("Try a sample")
    shopper.press(SECOND)
    assert shopper.hears("Hearth Camera 2 gets updates 2 years and 6 months longer than Lookout Mini.")
    (table,) = (node for node in walk(shopper.tree) if node.role is Role.Table)
    assert table.name == "4 differences, 13 the same and 1 that no label answers."
    rows = [node for node in walk(table) if node.role is Role.Row]
    assert len(rows) == 4
    columns = [node.name for node in walk(shopper.tree) if node.role is Role.ColumnHeader]
    assert [name.partition(",")[0] for name in columns] == ["Hearth Camera 2", "Lookout Mini"]
    for row in rows:
        assert [node.name for node in row.children if node.role is Role.RowHeader] == [row.name]
        cells = [node.name for node in row.children if node.role is Role.Cell]
        assert [cell.partition(":")[0] for cell in cells] == ["Hearth Camera 2", "Lookout Mini"]


def heads(shopper: Shopper) -> list[str]:
    return [node.name.partition(",")[0] for node in walk(shopper.tree) if node.role is Role.ColumnHeader]


def test_a_third_and_a_fourth_product_are_added_from_the_comparison(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    shopper.press("From the samples")
    assert shopper.hears("Add one more to compare")
    shopper.press("See the comparison")
    shopper.press("From the samples")
    shopper.press(TAMPERED)
    assert len(heads(shopper)) == 3
    shopper.press("Scan the next one")
    shopper.scan("us-ctm/router-unsupported")
    assert heads(shopper)[3] == "Harbor Router 3"
    assert "From the samples" not in shopper.names
    assert shopper.hears("You can compare 4 at a time.")
    for row in (node for node in walk(shopper.tree) if node.role is Role.Row):
        cells = [node.name for node in row.children if node.role is Role.Cell]
        assert [cell.partition(":")[0] for cell in cells] in (heads(shopper), [])


def test_a_product_is_taken_out_and_brought_back(shopper: Shopper) -> None:
    announced: list[str] = []
    shopper.program.shell.announced.connect(lambda text, _alarming: announced.append(text))
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/speaker-notes")
    before = shopper.outline
    shopper.press("Remove Lookout Mini")
    assert heads(shopper) == ["Hearth Camera 2", "Murmur Speaker"]
    assert announced[-1] == "Lookout Mini is out of the comparison."
    shopper.press("Remove Murmur Speaker")
    assert heads(shopper) == []
    assert "Stop comparing Hearth Camera 2" in shopper.names
    shopper.press("Undo: put it back")
    shopper.press("Undo: put it back")
    assert shopper.outline == before


def test_the_reference_product_comes_first_and_the_others_are_held_against_it(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b", "us-ctm/speaker-notes")
    shopper.press("Pin Murmur Speaker as my reference product")
    assert heads(shopper) == ["Murmur Speaker", "Hearth Camera 2", "Lookout Mini"]
    assert shopper.hears("Murmur Speaker, My reference product, Checked: this label is real")
    assert shopper.hears("What differs most from Murmur Speaker")
    assert shopper.hears("Hearth Camera 2 gets updates 1 year longer than Murmur Speaker.")
    assert not by_name(shopper.tree, "Move Hearth Camera 2 back").enabled
    shopper.press("Move Hearth Camera 2 forward")
    assert heads(shopper) == ["Murmur Speaker", "Lookout Mini", "Hearth Camera 2"]
    shopper.press("Stop using Murmur Speaker as my reference")
    assert "What differs most" in shopper.names


def test_a_price_is_typed_and_spread_over_the_years_with_updates(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    field = by_name(shopper.tree, "Price of Lookout Mini (typed by you)").item
    field.forceActiveFocus()
    shopper.type("cheap")
    assert shopper.hears("Type the price as a number, like 129.90.")
    for _ in "cheap":
        shopper.key(Qt.Key.Key_Backspace)
    shopper.type("62")
    assert not shopper.hears("Type the price as a number")
    assert shopper.hears("Lookout Mini: 24.00 a year")
    assert shopper.focused is field


def test_rows_are_folded_by_group_and_the_keyboard_stays(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    rows = row_count(shopper)
    shopper.press("Updates")
    assert row_count(shopper) < rows
    assert by_name(shopper.tree, "Updates").description == "Closed"
    shopper.press("Updates")
    assert row_count(shopper) == rows


def test_rows_of_one_scheme_are_turned_into_topics(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    shopper.press("Rows by topic")
    assert shopper.hears("By topic")
    assert by_name(shopper.tree, "Rows by topic").checked
    shopper.scan("us-ctm/camera-a", "nist-iot/thermostat")
    assert "Rows by topic" not in shopper.names


def test_equal_rows_are_folded_not_lost(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    assert row_count(shopper) == 4
    shopper.press("4 differences")
    assert row_count(shopper) == 18
    assert not by_name(shopper.tree, "4 differences").checked
    shopper.press("4 differences")
    assert row_count(shopper) == 4
    shopper.press("Show 14 more: 13 the same and 1 that no label answers")
    assert row_count(shopper) == 18


def test_swapping_changes_the_columns_and_the_cells(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    before = shopper.outline
    shopper.press("Swap")
    columns = [node.name for node in walk(shopper.tree) if node.role is Role.ColumnHeader]
    assert [name.partition(",")[0] for name in columns] == ["Lookout Mini", "Hearth Camera 2"]
    cells = [node.name for node in walk(shopper.tree) if node.role is Role.Cell]
    assert cells[0].startswith("Lookout Mini:")
    shopper.key(Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert shopper.outline == before


def test_only_differences_has_a_key(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    shopper.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert row_count(shopper) == 18
    shopper.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert row_count(shopper) == 4


def test_a_product_is_taken_out_and_another_one_put_in(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-b")
    shopper.press("Remove Lookout Mini")
    assert shopper.hears("1. Hearth Camera 2")
    assert not shopper.hears("2. Lookout Mini")
    shopper.press("From the samples")
    shopper.press("A router without updates")
    columns = [node.name.partition(",")[0] for node in walk(shopper.tree) if node.role is Role.ColumnHeader]
    assert len(columns) == 2
    assert columns[0] == "Hearth Camera 2"


def test_a_comparison_that_was_begun_can_be_stopped(shopper: Shopper) -> None:
    try_sample(shopper, GOOD)
    shopper.press("Compare Hearth Camera 2 with another product")
    shopper.press("Stop comparing Hearth Camera 2")
    assert not shopper.hears("Hearth Camera 2")
    try_sample(shopper, SECOND)
    assert shopper.hears("Lookout Mini")
    assert not any(node.role is Role.Table for node in walk(shopper.tree))


def test_a_changed_label_in_a_comparison_is_marked_and_does_not_show_its_facts(shopper: Shopper) -> None:
    shopper.scan("us-ctm/camera-a", "us-ctm/camera-tampered")
    columns = [node.name for node in walk(shopper.tree) if node.role is Role.ColumnHeader]
    assert columns[0].endswith("Checked: this label is real")
    assert columns[1].endswith("Do not trust this label")
    cells = [node.name for node in walk(shopper.tree) if node.role is Role.Cell]
    assert not any("31 December 2035" in cell for cell in cells[1::2])


def test_labels_that_were_scanned_are_found_again_and_compared(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    for number in ("1", "2"):
        shopper.press(HOME)
        shopper.press("Type an address")
        by_name(shopper.tree, ADDRESS)
        shopper.type(shop.code(number))
        shopper.press("Look it up")
        assert shopper.hears("Checked: this label is real")
    shopper.press("My labels")
    shopper.wait_for("Open Lookout Mini")
    assert not by_name(shopper.tree, "Compare the ones I ticked").enabled
    shopper.press("Compare Hearth Camera 2")
    assert by_name(shopper.tree, "Compare Hearth Camera 2").checked
    shopper.press("Compare Lookout Mini")
    shopper.press("Compare the ones I ticked")
    assert [node.name.partition(",")[0] for node in walk(shopper.tree) if node.role is Role.ColumnHeader] == [
        "Hearth Camera 2",
        "Lookout Mini",
    ]


def test_a_kept_label_is_opened_forgotten_and_the_list_cleared(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    shopper.follow(shop.code("1"))
    shopper.follow(shop.code("2"))
    shopper.press("My labels")
    shopper.wait_for("Open Hearth Camera 2")
    shopper.press("Open Hearth Camera 2")
    assert shopper.hears("Checked: this label is real")
    shopper.press("My labels")
    shopper.wait_for("Open Hearth Camera 2")
    shopper.press("Remove Hearth Camera 2 from the list")
    wait_until(lambda: "Open Hearth Camera 2" not in shopper.names)
    shopper.wait_for("Open Lookout Mini")
    shopper.press("Clear the list")
    shopper.wait_for(words().say("history.empty.title"))


def test_nothing_is_kept_once_that_is_switched_off(shopper_in_shop: Shopper, shop: Authority) -> None:
    shopper = shopper_in_shop
    shopper.press("My labels")
    shopper.press("Keep the labels I scan")
    shopper.follow(shop.code("1"))
    assert shopper.hears("Checked: this label is real")
    shopper.press("My labels")
    shopper.wait_for(words().say("history.empty.title"))


def test_several_codes_are_numbered_and_chosen_by_key(shopper: Shopper) -> None:
    shopper.show(codes_picture("us-ctm/camera-a", "us-ctm/camera-b"))
    wanted = next(name for name in shopper.names if name.startswith("Code") and "camera-b" in name)
    shopper.key({"Code 1": Qt.Key.Key_1, "Code 2": Qt.Key.Key_2}[wanted.partition(":")[0]])
    assert shopper.hears("Lookout Mini")


def test_several_codes_are_numbered_and_chosen_by_name(shopper: Shopper) -> None:
    shopper.show(codes_picture("us-ctm/camera-a", "us-ctm/camera-b"))
    shopper.press(next(name for name in shopper.names if "camera-a" in name))
    assert shopper.hears("Hearth Camera 2")


def test_a_tenth_code_has_no_key_and_is_chosen_by_name(shopper: Shopper) -> None:
    addresses = [f"https://a{number:02}.example/" for number in range(1, 11)]
    shopper.show(code_sheet(*addresses, CAMERA_A))
    assert shopper.hears("Code 1: security label at samples.labelviewer.example/l/camera-a")
    shopper.press("Code 11: leads to a10.example/")
    assert shopper.hears("a10.example")
    assert shopper.program.shell.state.page is Page.NOTICE


def test_a_number_that_is_not_there_chooses_nothing(shopper: Shopper) -> None:
    shopper.show(codes_picture("us-ctm/camera-a", "us-ctm/camera-b"))
    before = shopper.outline
    shopper.key(Qt.Key.Key_3)
    shopper.key(Qt.Key.Key_0)
    assert shopper.outline == before


def test_digits_do_nothing_on_other_pages(shopper: Shopper) -> None:
    before = shopper.outline
    shopper.key(Qt.Key.Key_1)
    assert shopper.outline == before


def test_a_typed_address_is_taken_with_enter(shopper: Shopper) -> None:
    shopper.press("Type an address")
    assert not by_name(shopper.tree, "Look it up").enabled
    shopper.type("https://samples.labelviewer.example/l/camera-b")
    shopper.key(Qt.Key.Key_Return)
    assert shopper.hears("Lookout Mini")


def test_a_number_that_was_typed_wrong_is_there_to_be_put_right(shopper: Shopper) -> None:
    shopper.press("Type an address")
    shopper.type("4012345678902")
    shopper.key(Qt.Key.Key_Return)
    assert shopper.hears("One digit is wrong")
    shopper.press("Type it again")
    assert typed_so_far(shopper) == "4012345678902"
    shopper.key(Qt.Key.Key_Backspace)
    shopper.type("1")
    shopper.key(Qt.Key.Key_Return)
    assert shopper.hears("We cannot look this number up")
    shopper.program.shell.home()
    shopper.go("address")
    assert typed_so_far(shopper) == ""


def test_what_led_to_a_label_is_not_there_the_next_time(shopper: Shopper) -> None:
    shopper.go("address")
    shopper.type(CAMERA_A)
    shopper.key(Qt.Key.Key_Return)
    assert shopper.hears("Checked: this label is real")
    shopper.go("address")
    assert typed_so_far(shopper) == ""


def test_a_picture_is_pasted_with_a_key(shopper: Shopper) -> None:
    QGuiApplication.clipboard().setImage(codes_picture("us-ctm/camera-a"))
    shopper.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert shopper.hears("Hearth Camera 2")


def test_pasting_into_the_address_field_types(shopper: Shopper) -> None:
    QGuiApplication.clipboard().setText("https://samples.labelviewer.example/l/camera-b")
    shopper.press("Type an address")
    shopper.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert by_name(shopper.tree, "Look it up").enabled
    assert not shopper.hears("Lookout Mini")


def test_escape_leads_back_one_page_at_a_time(shopper: Shopper) -> None:
    shopper.press("Try a sample")
    shopper.press(GOOD)
    shopper.key(Qt.Key.Key_Escape)
    assert GOOD in shopper.names
    shopper.key(Qt.Key.Key_Escape)
    assert "Use the camera" in shopper.names
    shopper.key(Qt.Key.Key_Escape)
    assert "Use the camera" in shopper.names


def test_theme_and_text_size_change_at_once_and_stay(qapp: QGuiApplication, tmp_path: Path) -> None:
    with open_window(tmp_path) as shopper:
        small = by_name(shopper.tree, "Use the camera").rect.height()
        shopper.look(theme="light")
        light = shopper.program.window.color().lightness()
        shopper.press("Light or dark")
        assert shopper.program.window.color().lightness() < light
        for _ in range(4):
            shopper.press("Bigger text")
        assert by_name(shopper.tree, "Use the camera").rect.height() > small
    with open_window(tmp_path) as again:
        assert again.program.window.color().lightness() < light
        assert by_name(again.tree, "Use the camera").rect.height() > small


def test_scripts_and_markup_of_a_label_stay_text(qapp: QGuiApplication, tmp_path: Path) -> None:
    hostile = '<img src="https://evil.example/x.png"><b>Camera</b>'
    shop = Authority().publish("1", product={"name": hostile, "maker": "<a href='x'>Acme</a>\u202e"})
    with open_window(tmp_path, lambda profile: shop_ports(shop, profile)) as shopper:
        shopper.follow(shop.code("1"))
        assert hostile in shopper.names
        assert shopper.hears("<a href='x'>Acme</a>")
        assert not shopper.hears("\u202e")
        shopper.press("My labels")
        shopper.wait_for(hostile)


def nothing_in_it() -> QImage:
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.lightGray)
    return picture


FAILURES: dict[str, Callable[[Shopper], None]] = {
    "S20": lambda shopper: shopper.show(nothing_in_it()),
    "S21": lambda shopper: shopper.program.rooms.scan.open_files((Path(__file__),)),
    "S23": lambda shopper: paste_nothing(shopper),
    "S41": lambda shopper: shopper.follow("WIFI:T:WPA;S:home;P:secret;;"),
    "S42": lambda shopper: shopper.follow("https://shop.example.org/l/1"),
    "S43": lambda shopper: shopper.follow("https://samples.labelveiwer.example/l/1"),
    "S44": lambda shopper: shopper.follow("javascript:alert(1)"),
    "S45": lambda shopper: shopper.follow("https://bit.ly/3xYz"),
    "S46": lambda shopper: shopper.follow("https://192.168.0.1/l/1"),
    "S47": lambda shopper: shopper.follow("4006381333931"),
    "S48": lambda shopper: shopper.program.rooms.scan.open_files((Path("no such picture.png"),)),
    "F05": lambda shopper: shopper.follow("https://samples.labelviewer.example/l/nothing"),
}


def test_where_an_unknown_code_leads_is_heard_as_one_name(shopper: Shopper) -> None:
    shopper.follow("https://labels.shop.co.uk/l/1")
    shopper.settle()
    assert {"Where it leads", "labels.shop.co.uk"} <= set(shopper.names)
    shopper.follow("https://192.168.0.1/l/1")
    shopper.settle()
    assert "Where it leads" not in shopper.names


def paste_nothing(shopper: Shopper) -> None:
    QGuiApplication.clipboard().clear()
    shopper.press("Paste")


@pytest.mark.parametrize("code", FAILURES)
def test_a_failure_says_what_happened_and_offers_every_way_on(shopper: Shopper, code: str) -> None:
    announced: list[str] = []
    shopper.program.shell.announced.connect(lambda text, _alarming: announced.append(text))
    FAILURES[code](shopper)
    shopper.settle()
    message = shopper.program.rooms.notice.state.notice
    assert message is not None
    assert message.code == code
    assert {message.title, message.body, f"Code {code}"} <= set(shopper.names)
    assert message.primary is not None
    for way in filter(None, (message.primary, message.secondary)):
        assert by_name(shopper.tree, way.caption, Role.Button).enabled
    assert announced == [f"{message.title}. {message.body}"]
    shopper.press(HOME)
    shopper.press("Try a sample")
    shopper.press(GOOD)
    assert shopper.hears("Checked: this label is real")


def test_what_a_code_says_is_read_only_once_asked_for(shopper: Shopper) -> None:
    shopper.follow("<b>secret</b> words")
    assert not shopper.hears("secret")
    message = shopper.program.rooms.notice.state.notice
    assert message is not None
    show = next(way for way in (message.primary, message.secondary) if way is not None and way.deed == "show-text")
    shopper.press(show.caption)
    assert shopper.hears("<b>secret</b> words")


@pytest.mark.qt_log_ignore("Couldn't (load|resolve)", extend=True)
def test_without_a_camera_the_page_says_so_and_offers_other_ways(shopper: Shopper) -> None:
    shopper.press("Use the camera")
    message = words().message("S01", {})
    assert {message.title, message.body} <= set(shopper.names)


@pytest.mark.fault("U2")
def test_the_program_goes_on_after_a_bug(shopper: Shopper) -> None:
    shopper.program.crash.crashed.emit()
    message = words().message("A05", {})
    assert {message.title, message.body} <= set(shopper.names)
    try_sample(shopper, GOOD)
    assert shopper.hears("Checked: this label is real")


def away_and_back(shopper: Shopper) -> None:
    shopper.program.window.hide()
    shopper.program.window.show()


@pytest.mark.fault("U1")
def test_the_program_goes_on_in_another_locale_without_its_font_and_after_the_window_was_away(
    shopper: Shopper, qapp: QGuiApplication
) -> None:
    changes: tuple[Callable[[], None], ...] = (
        lambda: QLocale.setDefault(QLocale(QLocale.Language.Arabic)),
        lambda: qapp.setFont(QFont("a font that nobody has")),
        lambda: shopper.look(text_percent=200),
        lambda: away_and_back(shopper),
    )
    locale, font = QLocale(), qapp.font()
    try:
        for change in changes:
            change()
            try_sample(shopper, GOOD)
            assert shopper.hears("Checked: this label is real")
    finally:
        QLocale.setDefault(locale)
        qapp.setFont(font)


def test_while_a_site_is_asked_the_page_says_so_and_can_be_left(qapp: QGuiApplication, tmp_path: Path) -> None:
    going = Event()
    with open_window(tmp_path, lambda profile: replace(sample_ports(profile), fetcher=SlowSite(going))) as shopper:
        shopper.program.rooms.scan.follow("https://samples.labelviewer.example/l/camera-a")
        wait_until(lambda: shopper.program.rooms.scan.state.host != "")
        assert words().say("stage.looking-up") in shopper.names
        by_name(shopper.tree, "Stop").press()
        assert "Use the camera" in shopper.names
        going.set()
        shopper.follow("WIFI:T:WPA;S:home;P:secret;;")
        assert "Code S41" in shopper.names
        assert not shopper.hears("Code F02")


@dataclass(frozen=True)
class SlowSite:
    """Answers nothing until it is told to, and then that nobody is there."""

    going: Event

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        assert self.going.wait(10)
        raise OfflineError


def row_count(shopper: Shopper) -> int:
    (table,) = (node for node in walk(shopper.tree) if node.role is Role.Table)
    return sum(node.role is Role.Row for node in walk(table))


def every_text_of(shopper: Shopper) -> list[str]:
    """Texts of all items, shown or not."""
    waiting, texts = [shopper.program.window.contentItem()], []
    while waiting:
        item = waiting.pop()
        waiting += item.childItems()
        text = item.property("text")
        if isinstance(text, str):
            texts.append(text)
    return texts
