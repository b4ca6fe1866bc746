"""Files that the shopper names: whole or not at all, and with the rights of any other file."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE

import pytest

from labelviewer.adapters.files import write_file, writing
from labelviewer.domain.errors import CannotSaveError


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="files have no such rights there")
@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_a_new_file_has_the_rights_of_any_other(tmp_path: Path, mask: int, rights: int) -> None:
    with umask(mask):
        write_file(tmp_path / "proof.json", b"{}")
    assert S_IMODE((tmp_path / "proof.json").stat().st_mode) == rights


@pytest.mark.skipif(os.name != "posix", reason="files have no such rights there")
def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    place = tmp_path / "proof.json"
    place.write_bytes(b"before")
    place.chmod(0o640)
    write_file(place, b"after")
    assert (place.read_bytes(), S_IMODE(place.stat().st_mode)) == (b"after", 0o640)


def write_half(place: Path, happens: Callable[[str], object]) -> None:
    with writing(place) as file:
        file.write(b"half")
        happens("now")


def test_what_fails_half_way_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "labels.lvbundle"
    place.write_bytes(b"before")
    with pytest.raises(KeyError):
        write_half(place, dict[str, str]().__getitem__)
    assert place.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.fault("D8")
def test_a_disk_that_goes_away_while_a_file_is_written_is_said_with_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(CannotSaveError) as said:
        write_half(folder / "labels.lvbundle", lambda _: folder.rename(tmp_path / "pulled out"))
    assert said.value.facts == {"folder": str(folder)}
