"""Where the program keeps its own."""

import sys
from pathlib import Path

import platformdirs
import pytest

from labelviewer.adapters.profile import find_profile


def test_one_folder_moves_all_of_it_and_nothing_is_made(tmp_path: Path) -> None:
    profile = find_profile(tmp_path / "mine")
    assert {folder.parent for folder in profile} == {tmp_path / "mine"}
    assert len(set(profile)) == 4
    assert profile.library.parent == profile.data
    assert profile.log.parent == profile.state
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_profile(Path("mine")).data == tmp_path / "mine" / "data"


def test_without_a_folder_the_platform_says_where() -> None:
    folders = find_profile()
    assert all(folder.is_absolute() and "labelviewer" in folder.parts for folder in folders)
    assert Path.home() not in folders


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the library itself is asked there")
@pytest.mark.parametrize("named", [None, "", "  ", "relative/folder", "/somewhere/else", "/with/a slash/", "~/own"])
def test_the_platform_s_folders_are_those_that_platformdirs_finds(
    monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        if named is None:
            monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
        else:
            monkeypatch.setenv(f"XDG_{kind}_HOME", named)
    places = platformdirs.PlatformDirs("labelviewer", appauthor=False)
    kinds = (places.user_config_path, places.user_data_path, places.user_cache_path, places.user_state_path)
    assert tuple(find_profile()) == kinds
