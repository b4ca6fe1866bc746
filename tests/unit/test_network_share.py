"""A library on another computer's disk is told by what is mounted where."""

import sys
from pathlib import Path

import pytest

from labelviewer.adapters import network_share
from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.library import Library
from labelviewer.adapters.network_share import is_in_network
from labelviewer.adapters.profile import find_profile
from labelviewer.cli import doctor
from labelviewer.cli.doctor import Check, Health
from tests.doomed import evidence
from tests.labels import words

SHARE, LARGE = words().say("doctor.library.share"), words().say("doctor.library.large")
LINE = "{number} 22 0:{number} / {point} rw,relatime shared:1 - {kind} somewhere rw\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked about the drive")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "a home"
    folder.mkdir()
    return folder


def mounted(patch: pytest.MonkeyPatch, folder: Path, *mounts: tuple[str, Path]) -> None:
    lines = [("ext4", Path("/")), *mounts]
    text = "".join(
        LINE.format(number=number, point=str(point).replace(" ", "\\040"), kind=kind)
        for number, (kind, point) in enumerate(lines, 30)
    )
    (folder / "mountinfo").write_text(f"{text}\nodd line\n30 22 - \n30 22 - nfs half a line\n")
    patch.setattr(network_share, "MOUNTS", folder / "mountinfo")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_disk_of_another_computer_is_told(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounted(monkeypatch, tmp_path, (kind, home))
    assert is_in_network(home / "data" / "library.db")
    assert not is_in_network(tmp_path / "library.db")
    assert not is_in_network(tmp_path / "a home too" / "library.db"), "a name that begins alike is another place"


def test_the_innermost_disk_counts_and_of_two_in_one_place_the_later(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted(monkeypatch, tmp_path, ("xfs", home / "data"), ("nfs", home))
    assert not is_in_network(home / "data" / "library.db")
    mounted(monkeypatch, tmp_path, ("nfs", home), ("xfs", home))
    assert not is_in_network(home / "library.db")
    mounted(monkeypatch, tmp_path, ("xfs", home), ("nfs", home))
    assert is_in_network(home / "library.db")


def test_a_link_to_such_a_disk_leads_there(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted(monkeypatch, tmp_path, ("nfs", home))
    (tmp_path / "link").symlink_to(home)
    assert is_in_network(tmp_path / "link" / "library.db")


def test_where_the_system_does_not_say_nothing_is_told(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_share, "MOUNTS", tmp_path / "nothing")
    assert not is_in_network(home / "library.db")


def library_check(folder: Path) -> Check:
    return next(check for check in doctor.examine(find_profile(folder), words(), {}) if check.id == "library")


@pytest.mark.parametrize("kept", [False, True])
def test_the_doctor_tells(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, kept: bool) -> None:
    if kept:
        keep_one(home)
    assert library_check(home).health is Health.WORKS
    mounted(monkeypatch, tmp_path, ("nfs4", home))
    told = library_check(home)
    assert (told.health, told.remedy) == (Health.LIMITED, SHARE)


def test_the_doctor_tells_of_a_library_above_its_size(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_one(home)
    size = find_profile(home).library.stat().st_size
    monkeypatch.setattr(doctor, "LIBRARY", size)
    assert library_check(home).remedy == ""
    monkeypatch.setattr(doctor, "LIBRARY", size - 1)
    assert (library_check(home).health, library_check(home).remedy) == (Health.LIMITED, LARGE)


def keep_one(folder: Path) -> None:
    library = Library(find_profile(folder).library, SystemClock())
    library.keep(evidence(1), issuer="a.example", subject="urn:label:a.example:1", version=1)
