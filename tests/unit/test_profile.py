"""Where the program keeps its own."""

from pathlib import Path

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
