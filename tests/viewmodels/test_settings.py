"""What the shopper sets is kept in a file, and a file that makes no sense harms nobody."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QWindow

from labelviewer.adapters.profile import find_profile
from labelviewer.ui.settings import TEXT_PERCENTS, Odd, Settings, load_settings, save_settings
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from tests.ui_fixtures import open_window


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def model(file: Path) -> SettingsViewModel:
    return SettingsViewModel(file, Settings())


WINDOWED = QWindow.Visibility.Windowed.value
CHANGES: dict[str, tuple[Callable[[SettingsViewModel], None], Settings]] = {
    "bigger text": (lambda model: model.biggerText(), Settings(text_percent=125)),
    "smaller text stays": (lambda model: model.smallerText(), Settings()),
    "theme": (lambda model: model.setTheme("dark"), Settings(theme="dark")),
    "next theme": (lambda model: model.nextTheme(), Settings(theme="light")),
    "no history": (lambda model: model.setKeepHistory(False), Settings(keep_history=False)),
    "scanner": (
        lambda model: model.keep_scanner(scanner_port="COM3", scanner_gap=80),
        Settings(scanner_port="COM3", scanner_gap=80),
    ),
    "window": (
        lambda model: model.leaveWindow(900, 700, 20, 30, WINDOWED),
        Settings(window_width=900, window_height=700, window_place=(20, 30)),
    ),
    "tiny window": (
        lambda model: model.leaveWindow(1, 1, 0, 0, WINDOWED),
        Settings(window_width=320, window_height=320, window_place=(0, 0)),
    ),
    "maximized window keeps its size": (
        lambda model: model.leaveWindow(1920, 1080, 0, 0, QWindow.Visibility.Maximized.value),
        Settings(window_shape="maximized"),
    ),
    "full screen": (
        lambda model: model.leaveWindow(1920, 1080, 0, 0, QWindow.Visibility.FullScreen.value),
        Settings(window_shape="full-screen"),
    ),
    "minimized window comes back as a window": (
        lambda model: model.leaveWindow(1, 1, 0, 0, QWindow.Visibility.Minimized.value),
        Settings(),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_kept_at_once(model: SettingsViewModel, file: Path, change: str) -> None:
    act, expected = CHANGES[change]
    act(model)
    assert model.state == expected
    if expected != Settings():
        assert load_settings(file) == (expected, ())


def test_text_grows_and_shrinks_within_its_sizes(model: SettingsViewModel) -> None:
    sizes = []
    for _ in range(6):
        sizes.append(model.state.text_percent)
        model.biggerText()
    assert sizes == [*TEXT_PERCENTS, TEXT_PERCENTS[-1]]
    for _ in range(9):
        model.smallerText()
    assert model.property("textScale") == 1.0


def test_themes_go_round(model: SettingsViewModel) -> None:
    seen = []
    for _ in range(4):
        seen.append(model.state.theme)
        model.nextTheme()
    assert seen == ["system", "light", "dark", "system"]


def test_nothing_is_written_where_nothing_changed(model: SettingsViewModel, file: Path) -> None:
    model.smallerText()
    model.setKeepHistory(True)
    assert not file.exists()


def test_a_missing_file_is_normal(file: Path) -> None:
    assert load_settings(file) == (Settings(), ())


ODD: dict[str, tuple[str, Settings, tuple[Odd, ...]]] = {
    "unknown theme": ('{"theme": "pink"}', Settings(), (Odd("theme", "pink"),)),
    "text of no size": ('{"text_percent": 137}', Settings(), (Odd("text_percent", "137"),)),
    "text as a word": ('{"text_percent": "100"}', Settings(), (Odd("text_percent", "100"),)),
    "text as a broken number": ('{"text_percent": 100.0}', Settings(), (Odd("text_percent", "100.0"),)),
    "truth as a number": ('{"keep_history": 1}', Settings(), (Odd("keep_history", "1"),)),
    "number as truth": ('{"text_percent": true}', Settings(), (Odd("text_percent", "True"),)),
    "a window of no size": ('{"window_width": -5}', Settings(), (Odd("window_width", "-5"),)),
    "a window as large as a house": ('{"window_height": 1e9}', Settings(), (Odd("window_height", "1000000000.0"),)),
    "a window of no shape": ('{"window_shape": "round"}', Settings(), (Odd("window_shape", "round"),)),
    "half a place": ('{"window_place": [3]}', Settings(), (Odd("window_place", "[3]"),)),
    "a place of no numbers": ('{"window_place": [true, "x"]}', Settings(), (Odd("window_place", "[True, 'x']"),)),
    "a place": ('{"window_place": [3, -4]}', Settings(window_place=(3, -4)), ()),
    "no place": ('{"window_place": null}', Settings(), ()),
    "a pause of no length": ('{"scanner_gap": 0}', Settings(), (Odd("scanner_gap", "0"),)),
    "a prefix with a line break": ('{"scanner_prefix": "a\\nb"}', Settings(), (Odd("scanner_prefix", "a\nb"),)),
    "a list for a theme": ('{"theme": ["dark"]}', Settings(), (Odd("theme", "['dark']"),)),
    "a long value": (json.dumps({"theme": "x" * 999}), Settings(), (Odd("theme", "x" * 40),)),
    "one odd among good": (
        '{"theme": "dark", "text_percent": 3, "keep_history": false}',
        Settings(theme="dark", keep_history=False),
        (Odd("text_percent", "3"),),
    ),
    "a key of tomorrow": ('{"sound": "loud", "theme": "dark"}', Settings(theme="dark"), ()),
    "no JSON": ("{", Settings(), (Odd("settings.json", "?"),)),
    "no object": ("[]", Settings(), (Odd("settings.json", "?"),)),
    "an empty file": ("", Settings(), (Odd("settings.json", "?"),)),
}


@pytest.mark.parametrize("case", ODD)
def test_what_makes_no_sense_is_named_and_replaced(file: Path, case: str) -> None:
    text, settings, odd = ODD[case]
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    assert load_settings(file) == (settings, odd)


def test_bytes_that_are_no_text_are_replaced(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00{")
    assert load_settings(file) == (Settings(), (Odd("settings.json", "?"),))


def test_an_odd_setting_is_said_when_the_window_opens(tmp_path: Path) -> None:
    config = find_profile(tmp_path).config
    config.mkdir(parents=True)
    (config / "settings.json").write_text('{"theme": "pink"}', encoding="utf-8")
    with open_window(tmp_path) as shopper:
        assert shopper.program.rooms.notice.code == "A09"
        assert shopper.hears("“theme” cannot be “pink”.")
        shopper.press("Continue")
        assert "Use the camera" in shopper.names


def test_a_folder_that_cannot_be_made_costs_only_the_keeping(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file is in the way")
    file = tmp_path / "config" / "settings.json"
    assert not save_settings(file, Settings())
    model = SettingsViewModel(file, Settings())
    model.setTheme("dark")
    assert model.state.theme == "dark"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_read_only_folder_costs_only_the_keeping(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    model = SettingsViewModel(tmp_path / "settings.json", Settings())
    model.biggerText()
    tmp_path.chmod(0o700)
    assert model.state.text_percent == 125


def test_a_failed_write_leaves_the_old_file_whole(file: Path) -> None:
    assert save_settings(file, Settings(theme="dark"))
    file.with_suffix(".new").mkdir()
    assert not save_settings(file, Settings(theme="light"))
    assert load_settings(file) == (Settings(theme="dark"), ())


@pytest.mark.parametrize(
    ("place", "found"),
    [((40, 50), (40, 50)), ((9_000, 50), None), ((-500, 10), None), ((40, 100_000), None), (None, None)],
)
def test_a_window_opens_where_it_was_if_there_is_still_a_screen(
    qapp: QGuiApplication, file: Path, place: tuple[int, int] | None, found: tuple[int, int] | None
) -> None:
    assert SettingsViewModel(file, Settings(window_place=place)).window_place == found


def test_a_window_is_never_larger_than_the_screen(qapp: QGuiApplication, file: Path) -> None:
    model = SettingsViewModel(file, Settings(window_width=20_000, window_height=20_000))
    room = qapp.primaryScreen().availableSize()
    assert (model.property("windowWidth"), model.property("windowHeight")) == room.toTuple()


@pytest.mark.parametrize("shape", ["window", "maximized", "full-screen"])
def test_a_window_comes_back_in_the_shape_in_which_it_was_left(
    qapp: QGuiApplication, tmp_path: Path, shape: str
) -> None:
    config = find_profile(tmp_path).config
    save_settings(config / "settings.json", Settings(window_shape=shape, window_width=700, window_place=(60, 70)))
    with open_window(tmp_path) as shopper:
        window = shopper.program.window
        at_first = window.visibility()
        window.close()
    assert at_first.value == {"window": 2, "maximized": 4, "full-screen": 5}[shape]
    kept, _odd = load_settings(config / "settings.json")
    assert (kept.window_shape, kept.window_width) == (shape, 700)
    assert kept.window_place == (60, 70)
