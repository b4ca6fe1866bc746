"""A language from the right begins on the right, and another language is spoken at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication

from labelviewer.domain.pseudo import OPEN, PSEUDO, PSEUDO_FROM_RIGHT, pseudo
from tests.accessibility import Role, by_name, controls, walk
from tests.disguise import is_untranslated, tongues
from tests.pages.test_rules import texts
from tests.painted import painted, place_of
from tests.ui_fixtures import Shopper, open_window, wait_until
from tests.ui_pages import PAGES, ports_for, reach

pytestmark = pytest.mark.qt_log_ignore("Couldn't (load|resolve)", extend=True)


@pytest.fixture
def mirrored(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Shopper]:
    with open_window(tmp_path, tongues=tongues(PSEUDO_FROM_RIGHT)) as shopper:
        yield shopper


def foreign(text: str) -> str:
    return pseudo(text, PSEUDO_FROM_RIGHT)


def left(shopper: Shopper, name: str) -> float:
    """The left edge of a thing of this name."""
    return next(place_of(node.item).left() for node in walk(shopper.tree) if node.name == name)


def text_left(shopper: Shopper, said: str) -> float:
    return next(place_of(text.item).left() for text in texts(shopper) if text.text == said)


def test_a_language_from_the_right_begins_on_the_right(mirrored: Shopper) -> None:
    ways = [left(mirrored, foreign(way)) for way in ("Use the camera", "Open a picture", "Try a sample")]
    assert ways == sorted(ways, reverse=True)
    assert ways[0] > ways[1]
    assert left(mirrored, foreign("labelviewer, start page")) > left(mirrored, foreign("My labels"))
    assert QGuiApplication.isRightToLeft()


def test_the_columns_of_the_table_run_from_the_right(mirrored: Shopper) -> None:
    mirrored.scan("us-ctm/camera-a", "us-ctm/camera-b")
    first, second = (left(mirrored, node.name) for node in walk(mirrored.tree) if node.role is Role.ColumnHeader)
    assert first > second


def test_time_runs_from_the_right(mirrored: Shopper) -> None:
    mirrored.scan("us-ctm/camera-a")
    line = mirrored.program.rooms.label.property("label")["timeline"]
    assert text_left(mirrored, line["start"]) > text_left(mirrored, line["end"])
    assert text_left(mirrored, line["today"]) > mirrored.program.window.width() / 2


def test_only_what_points_along_the_line_is_turned(mirrored: Shopper) -> None:
    mirrored.scan("us-ctm/camera-a")
    icons = [each for each in painted(mirrored.program.window) if each.is_a("Drawing")]
    turned = {icon.item.property("name") for icon in icons if icon.read("turned")}
    assert turned == {"back"}
    assert len(icons) > 10


def test_an_address_is_typed_from_left_to_right(mirrored: Shopper) -> None:
    mirrored.go("address")
    (field,) = [node for node in controls(mirrored.tree) if node.role is Role.EditableText]
    (typed,) = [each for each in painted(mirrored.program.window) if each.item is field.item]
    assert typed.read("effectiveHorizontalAlignment === TextInput.AlignLeft")


def test_codes_stay_where_they_are_in_the_picture(mirrored: Shopper) -> None:
    reach("choose", mirrored)
    first, second = (text_left(mirrored, number) for number in ("1", "2"))
    assert first < second


# Another language while the window is open


def test_another_language_is_spoken_at_once_and_remembered(qapp: QGuiApplication, tmp_path: Path) -> None:
    choice = tongues(None, **{PSEUDO_FROM_RIGHT: "Pseudo"})
    with open_window(tmp_path, tongues=choice) as shopper:
        shopper.scan("us-ctm/camera-a")
        assert shopper.hears("Is it real?")
        shopper.press("Language")
        shopper.press("Pseudo")
        assert shopper.hears(foreign("Language"))
        assert QGuiApplication.isRightToLeft()
        shopper.program.shell.back()
        shopper.settle()
        assert [text for text in shopper.said if is_untranslated(text)] == []
    with open_window(tmp_path, tongues=choice) as shopper:
        assert shopper.hears(foreign("Use the camera"))
        shopper.go("language")
        shopper.press("English")
        assert not QGuiApplication.isRightToLeft()
        shopper.program.shell.home()
        shopper.settle()
        assert shopper.hears("Use the camera")
        assert not shopper.hears(OPEN)


def test_what_was_asked_for_at_the_start_comes_before_what_was_chosen(qapp: QGuiApplication, tmp_path: Path) -> None:
    with open_window(tmp_path) as shopper:
        shopper.program.settings.setLanguage("en")
    with open_window(tmp_path, tongues=tongues(PSEUDO)) as shopper:
        assert shopper.hears(OPEN)
        assert shopper.program.settings.state.language == "en"


@pytest.mark.parametrize("name", [page for page in PAGES if page not in ("failure with text", "waiting")])
def test_every_page_changes_its_language_while_it_is_on(qapp: QGuiApplication, tmp_path: Path, name: str) -> None:
    with open_window(tmp_path, ports_for(name), tongues=tongues(None, **{PSEUDO: "Pseudo"})) as shopper:
        reach(name, shopper)
        shopper.program.rooms.language.choose(PSEUDO)
        shopper.wait_for(pseudo("Back", PSEUDO) if shopper.program.shell.state.trail[1:] else pseudo("Paste", PSEUDO))
        wait_until(lambda: not shopper.hears("Scanned on") and not shopper.hears("Yours since"))
        found = [text for text in shopper.said if is_untranslated(text)]
        shopper.program.rooms.scan.stop()
    assert found == []


def test_a_screen_reader_hears_which_language_a_note_is_in(qapp: QGuiApplication, tmp_path: Path) -> None:
    with open_window(tmp_path) as shopper:
        shopper.scan("nist-iot/thermostat")
        seen = shopper.program.rooms.label.inspection
        assert seen is not None
        assert seen.label is not None
        answers = tuple(replace(each, note={"fi": "Kaikki osat"}) for each in seen.label.answers)
        shopper.program.shell._show(replace(seen, label=replace(seen.label, answers=answers)))
        shopper.settle()
        fold = next(node for node in walk(shopper.tree) if node.item.property("open") is False)
        fold.press()
        shopper.settle()
        note = by_name(shopper.tree, "Kaikki osat", Role.StaticText)
        attributes = note.interface.attributesInterface()
        assert attributes.attributeValue(QAccessible.Attribute.Locale).name() == "fi_FI"
        assert shopper.hears("The label adds, in Finnish")
