"""What somebody owns outlives the history, a damaged file and a full disk; what is forgotten can be put back."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from labelviewer.adapters.library import Library
from labelviewer.domain.errors import CannotSaveError, LibraryDamagedError
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.pipeline.limits import HISTORY_ROWS
from labelviewer.pipeline.ports import Thing, Things
from tests.desk import StoppedClock

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CODE = "https://a.example/l/1"


def evidence(token: bytes = b"aaa.bbb.ccc", code: str | None = CODE) -> Evidence:
    return Evidence(token, "https://labels.a.example/v1/l/1.jwt", NOON, Box(code, "04012345678901"))


def thing(number: int = 1, version: int = 1, token: bytes = b"aaa.bbb.ccc", *notes: str) -> Thing:
    return Thing(0, NOON, "a.example", f"urn:label:a.example:{number}", version, evidence(token), notes)


def scan(library: Library, number: int) -> None:
    what = evidence(b"%d.%d.%d" % (number, number, number), f"https://a.example/l/{number}")
    library.keep(what, issuer="a.example", subject=f"urn:label:a.example:{number}", version=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@pytest.fixture
def library(path: Path) -> Library:
    return Library(path, StoppedClock(NOON))


def test_is_a_place_for_things(library: Library) -> None:
    assert isinstance(library, Things)
    assert library.things() == ()


def test_what_is_owned_comes_back_as_it_was_newest_first(library: Library) -> None:
    library.own(thing(1, 1, b"one", "tick:a"))
    library.own(replace(thing(2, 1, b"two"), evidence=evidence(b"two", None)))
    two, one = library.things()
    assert one == replace(thing(1, 1, b"one", "tick:a"), number=one.number)
    assert (two.subject, two.evidence) == ("urn:label:a.example:2", evidence(b"two", None))


def test_clearing_the_history_leaves_what_is_owned(library: Library) -> None:
    scan(library, 1)
    library.own(thing())
    library.clear_history()
    assert library.history() == ()
    assert [each.subject for each in library.things()] == [thing().subject]


def test_a_label_is_owned_once_and_takes_the_newer_one(library: Library) -> None:
    library.own(thing(1, 2, b"new", "tick:a"))
    library.own(replace(thing(1, 3, b"newer", "tick:b"), since=NOON + timedelta(days=1)))
    library.own(thing(1, 1, b"old"))
    (held,) = library.things()
    assert (held.version, held.evidence.token, held.notes, held.since) == (3, b"newer", ("tick:a", "tick:b"), NOON)


def test_notes_take_the_place_of_the_notes_before(library: Library) -> None:
    library.own(thing(1, 1, b"one", "tick:a"))
    (held,) = library.things()
    library.note(held.number, ["seen:V13", "seen:V13"])
    library.note(99, ["seen:V14"])
    assert library.things() == (replace(held, notes=("seen:V13",)),)


def test_what_is_no_longer_owned_leaves_no_trace(library: Library, path: Path) -> None:
    library.own(thing(1, 1, b"SECRET"))
    (held,) = library.things()
    library.disown(held.number)
    assert library.things() == ()
    assert not any(b"SECRET" in each.read_bytes() for each in path.parent.iterdir())


def test_the_history_is_put_back_where_it_was(library: Library) -> None:
    for number in range(3):
        scan(library, number)
    before = library.history()
    (middle,) = library.forget(before[1].number)
    library.put_back([middle])
    assert library.history() == before
    gone = library.clear_history()
    scan(library, 7)
    library.put_back(gone)
    library.put_back(gone)
    assert library.history()[1:] == before
    assert library.find("https://a.example/l/1") == before[1].evidence


def test_what_is_put_back_is_within_the_bound_of_the_history(library: Library) -> None:
    scan(library, 1)
    gone = library.clear_history()
    many = [replace(gone[0], visit=replace(gone[0].visit, number=number)) for number in range(1, HISTORY_ROWS + 9)]
    library.put_back(tuple(reversed(many)))
    assert len(library.history()) == HISTORY_ROWS


def test_forgetting_what_is_not_there_gives_nothing_to_put_back(library: Library) -> None:
    assert library.forget(9) == ()
    assert library.clear_history() == ()


@pytest.mark.fault("D1")
def test_a_full_disk_costs_the_new_thing_and_no_other(path: Path) -> None:
    Library(path, StoppedClock(NOON)).own(thing())
    full = Library(path, StoppedClock(NOON), max_bytes=path.stat().st_size)
    with pytest.raises(CannotSaveError):
        full.own(thing(2, 1, b"x" * 100_000))
    assert [each.subject for each in full.things()] == [thing().subject]


@pytest.mark.fault("D4")
def test_things_are_salvaged_from_a_damaged_file(library: Library, path: Path) -> None:
    library.own(thing(1, 2, b"kept", "tick:a"))
    library.own(thing(2, 1, b"kept too"))
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 400)
    with pytest.raises(LibraryDamagedError):
        library.things()
    found = {each.evidence.token: each.notes for each in library.things()}
    assert found == {b"kept": ("tick:a",), b"kept too": ()}


@pytest.mark.fault("D4")
@pytest.mark.parametrize(
    "change",
    ["bytes = x'00'", "version = 9", "notes = 'seen:V07'", "code = 'https://b.example/l/1'", "fetched_at = 'never'"],
)
def test_a_thing_that_was_changed_on_the_disk_is_not_believed(library: Library, path: Path, change: str) -> None:
    library.own(thing())
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"UPDATE thing SET {change}")
        db.commit()
    with pytest.raises(LibraryDamagedError):
        library.things()
    assert library.things() == ()
