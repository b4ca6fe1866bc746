"""Every page of the library is looked at once a week, also where every program before it ended well."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from labelviewer.adapters.library import Library
from labelviewer.adapters.library_look import looked_at
from labelviewer.domain.errors import CannotSaveError, LibraryDamagedError
from labelviewer.pipeline.ports import LookedOver
from tests.doomed import evidence
from tests.simulator import NOW

WEEK = timedelta(days=7)
LABELS = 60


@dataclass
class Calendar:
    today: datetime = NOW

    def now(self) -> datetime:
        return self.today


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def library(path: Path, calendar: Calendar) -> Library:
    library = Library(path, calendar)
    for number in range(LABELS):
        library.keep(evidence(number), issuer="a.example", subject=f"urn:label:a.example:{number}", version=1)
    return library


def rot(path: Path) -> None:
    """Of a page that no daily question needs."""
    with closing(sqlite3.connect(path)) as db:
        [root] = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'token_label'").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4_096 + 8)
        file.write(b"\xff" * 64)


def finds(library: Library) -> bool:
    try:
        library.look_over()
    except LibraryDamagedError:
        return True
    return False


def test_is_looked_over(library: Library) -> None:
    promise: LookedOver = library
    assert isinstance(promise, LookedOver)


@pytest.mark.fault("D4")
def test_what_nobody_reads_is_looked_at_and_salvaged(library: Library, path: Path) -> None:
    rot(path)
    assert len(library.history()) == LABELS, "no daily question needs that page"
    with pytest.raises(LibraryDamagedError) as said:
        library.look_over()
    assert Path(str(said.value.facts["place"])).exists()
    assert len(library.history()) == LABELS
    assert not finds(library)


@pytest.mark.fault("D4")
@pytest.mark.parametrize("restarted", [False, True])
def test_it_is_looked_at_once_in_seven_days_and_no_more(
    library: Library, path: Path, calendar: Calendar, restarted: bool
) -> None:
    assert not finds(library)
    rot(path)
    for hours in (0, 1, 7 * 24 - 1):
        calendar.today = NOW + timedelta(hours=hours)
        assert not finds(Library(path, calendar) if restarted else library)
    calendar.today = NOW + WEEK
    assert finds(Library(path, calendar) if restarted else library)


@pytest.mark.fault("D4", "T1")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda look: look.unlink(),
        lambda look: look.write_bytes(b""),
        lambda look: look.write_bytes(b"\xff" * 10_000),
        lambda look: look.write_text((NOW + timedelta(hours=1)).isoformat(), "ascii"),
    ],
    ids=["gone", "empty", "garbage", "the clock was set back"],
)
def test_where_the_last_time_is_not_known_it_is_looked_at(
    library: Library, path: Path, calendar: Calendar, spoil: Callable[[Path], object]
) -> None:
    library.look_over()
    assert looked_at(path) == NOW
    rot(path)
    spoil(path.with_name("library.looked"))
    assert finds(Library(path, calendar))


def test_an_unused_library_has_no_trace_of_it(path: Path, calendar: Calendar) -> None:
    Library(path, calendar).look_over()
    assert not path.parent.exists()


@pytest.mark.fault("D2")
def test_where_the_time_cannot_be_written_one_program_looks_once(library: Library, path: Path) -> None:
    path.with_name("library.looked").mkdir()
    assert not finds(library)
    rot(path)
    assert not finds(library)


@pytest.mark.fault("D8")
@pytest.mark.parametrize("restarted", [False, True])
def test_a_library_whose_disk_is_away_is_looked_at_when_it_is_back(
    library: Library, path: Path, calendar: Calendar, restarted: bool
) -> None:
    rot(path)
    away = path.parent.rename(path.parent.with_name("away"))
    program = Library(path, calendar) if restarted else library
    with nullcontext() if restarted else pytest.raises(CannotSaveError):
        program.look_over()
    away.rename(path.parent)
    assert finds(program)
