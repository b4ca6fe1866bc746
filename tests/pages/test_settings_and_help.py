"""Settings, help and support as a screen reader has them; the keys that help tells are the keys there are."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from labelviewer.resources import LANGUAGES, WORDS
from labelviewer.ui.engine import QML
from labelviewer.ui.keys import SHORTCUTS
from labelviewer.ui.setting_table import TABLE
from labelviewer.ui.settings import Settings
from labelviewer.ui.viewmodels.support import without_home
from labelviewer.words.catalogue import load_words
from labelviewer.words.languages import Tongues, offered
from tests.accessibility import Role, by_name
from tests.ui_fixtures import Shopper, open_window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def faulty(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Shopper]:
    """A window in which something goes wrong."""
    with open_window(tmp_path, expected=("unexpected ", "BaseException: ")) as shopper:
        yield shopper


def stored(shopper: Shopper) -> dict[str, object]:
    kept: dict[str, object] = json.loads((shopper.profile.config / "settings.json").read_bytes())
    return kept


def test_every_setting_there_is_stands_on_the_page() -> None:
    fields = [field for setting in TABLE for field in setting.fields]
    assert sorted(fields) == sorted(Settings._fields)


def test_the_keys_that_help_tells_are_those_of_the_pages() -> None:
    written = re.compile(r"^\s*sequences: \[(.*)\]$", re.MULTILINE)
    found = {
        tuple(part.strip().strip('"') for part in re.findall(r'"[^"]*"|[^,\s]+', each))
        for file in QML.rglob("*.qml")
        for each in written.findall(file.read_text(encoding="utf-8"))
    }
    assert found == {shortcut.sequences for shortcut in SHORTCUTS}


def test_a_setting_works_at_once_is_kept_and_can_be_put_back(shopper: Shopper) -> None:
    shopper.press("Settings")
    shopper.press("Light or dark: Dark")
    assert shopper.program.window.property("dark") is True
    assert stored(shopper)["theme"] == "dark"
    assert by_name(shopper.tree, "Light or dark: Dark").checked
    shopper.press("Put back: Light or dark")
    assert stored(shopper)["theme"] == "system"
    assert "Put back: Light or dark" not in shopper.names


def test_a_choice_keeps_the_keyboard(shopper: Shopper) -> None:
    shopper.press("Settings")
    by_name(shopper.tree, "Fewest keys that make a scan: 8").item.forceActiveFocus()
    shopper.key(Qt.Key.Key_Space)
    assert stored(shopper)["scanner_keys"] == 8
    assert shopper.focused is by_name(shopper.tree, "Fewest keys that make a scan: 8").item


def test_a_switch_can_be_turned_and_follows_what_is_put_back(shopper: Shopper) -> None:
    shopper.press("Settings")
    shopper.press("Keep the labels I scan")
    assert stored(shopper)["keep_history"] is False
    shopper.press("Put back: Keep the labels I scan")
    assert by_name(shopper.tree, "Keep the labels I scan").checked


def test_another_language_is_spoken_at_once(qapp: QGuiApplication, tmp_path: Path) -> None:
    tongues = Tongues(offered(LANGUAGES), partial(load_words, WORDS))
    with open_window(tmp_path, tongues=tongues) as shopper:
        shopper.press("Settings")
        shopper.press("Language: Deutsch")
        assert "Einstellung suchen" in shopper.names
        shopper.press("Zurücksetzen: Sprache")
        assert "Find a setting" in shopper.names


def test_all_settings_are_put_back_and_that_can_be_undone(shopper: Shopper) -> None:
    shopper.press("Settings")
    shopper.press("Text size: 150 %")
    shopper.press("Put every setting back")
    assert stored(shopper)["text_percent"] == 100
    shopper.press("Undo")
    assert stored(shopper)["text_percent"] == 150


def test_the_window_takes_its_first_size_again(shopper: Shopper) -> None:
    shopper.resize(700, 600)
    shopper.program.settings.put(window_width=700, window_shape="maximized")
    shopper.press("Settings")
    shopper.press("Put back: Window size at the start")
    assert (shopper.program.window.width(), shopper.program.window.height()) == (1080, 780)


@pytest.mark.parametrize(
    ("sought", "there", "gone"),
    [
        ("text", "Text size: 100 %", "Light or dark: Dark"),
        ("dark", "Light or dark: Dark", "Text size: 100 %"),
        ("nonsense", "Nothing here fits what you are looking for.", "Text size: 100 %"),
    ],
)
def test_a_setting_is_found_by_its_words(shopper: Shopper, sought: str, there: str, gone: str) -> None:
    shopper.key(Qt.Key.Key_Comma, CTRL)
    shopper.settle()
    shopper.key(Qt.Key.Key_F, CTRL)
    assert shopper.focused is by_name(shopper.tree, "Find a setting").item
    shopper.program.rooms.preferences.seek(sought)
    shopper.settle()
    assert there in shopper.names
    assert gone not in shopper.names


def test_f1_opens_help_which_leads_to_support(shopper: Shopper) -> None:
    shopper.key(Qt.Key.Key_F1)
    shopper.settle()
    assert "Ctrl+D: Show only the differences, or every row" in shopper.names
    assert "1 – 9: Choose one of several codes" in shopper.names
    shopper.press("Support")
    assert by_name(shopper.tree, "Support", Role.Heading).shown
    assert shopper.hears("labelviewer ")


def test_the_details_for_support_name_no_person_and_no_label(faulty: Shopper) -> None:
    faulty.scan("us-ctm/camera-a")
    faulty.program.crash.report(ValueError("https://shop.example/secret"))
    faulty.go("support")
    faulty.press("Copy these details")
    copied = QGuiApplication.clipboard().text()
    assert faulty.hears("The details are copied.")
    assert "Python" in copied
    assert "unexpected ValueError" in copied
    assert "secret" not in copied
    assert "Hearth" not in copied
    assert str(Path.home()) not in copied


def test_the_crash_page_copies_where_it_happened(faulty: Shopper) -> None:
    faulty.program.crash.report(KeyError("secret"))
    faulty.settle()
    faulty.press("Copy details for support")
    copied = QGuiApplication.clipboard().text()
    assert "A05" in copied
    assert "unexpected KeyError" in copied
    assert "secret" not in copied


@pytest.mark.parametrize(
    ("text", "shown"),
    [("/folk/ann/x/y", "~/x/y"), ("a /folk/ann b /folk/ann/c", "a ~ b ~/c"), ("/opt/x", "/opt/x")],
)
def test_the_home_folder_is_a_tilde(text: str, shown: str) -> None:
    assert without_home(text, Path("/folk/ann")) == shown
