"""The library when its writer is killed at any moment: what was said to be saved is there."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from labelviewer.adapters import library_file, library_rows, library_schema
from labelviewer.adapters.library import Library
from labelviewer.domain.errors import LibraryDamagedError
from tests.doomed import LABELS, NOW, Clock, evidence

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")

ROOT = Path(__file__).parents[2]
KILLS = 30
OLD_LABELS = 200

Order = Callable[..., tuple[float, list[int]]]


@pytest.fixture(scope="module")
def order() -> Iterator[Order]:
    command = [sys.executable, "-m", "tests.doomed"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:

        def give(job: str, path: Path, number: int, lines: int, seconds: float | None) -> tuple[float, list[int]]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps([job, str(path), number, lines, seconds]) + "\n")
            process.stdin.flush()
            lived, said = json.loads(process.stdout.readline())
            return lived, said

        yield give


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


def shown(path: Path) -> list[int]:
    """The numbers in the history, each of them as it was written."""
    visits = Library(path, Clock()).history()
    numbers = [int(visit.evidence.token[:5]) for visit in visits]
    assert [visit.evidence for visit in visits] == [evidence(number) for number in numbers]
    return sorted(numbers)


def check(path: Path) -> int:
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return Library(path, Clock()).check()


@pytest.mark.fault("D5")
@pytest.mark.threat("T27")
def test_a_writer_that_is_killed_loses_nothing_that_it_said_was_saved(path: Path, order: Order, rounds: int) -> None:
    dice = random.Random(1)
    said: list[int] = []
    for number in range(KILLS * rounds):
        if number % 10 == 0:
            shutil.rmtree(path.parent, ignore_errors=True)
            said.clear()
        start = number * 100
        said += order("write", path, start, dice.randrange(4), dice.uniform(0, 0.02))[1]
        found = shown(path)
        assert set(said) <= set(found)
        assert len(found) <= len(said) + number % 10 + 1, "only the save that was under way may be there unsaid"
        check(path)


@pytest.mark.fault("D5")
def test_an_import_that_is_killed_goes_on_and_ends_with_every_label(path: Path, order: Order, rounds: int) -> None:
    dice = random.Random(2)
    most = 0
    for _ in range(KILLS * rounds):
        _, said = order("import", path, 10, dice.randrange(3), dice.uniform(0, 0.05))
        most = max([most, *said])
        kept = check(path)
        assert most <= kept <= LABELS
        if kept == LABELS:
            shutil.rmtree(path.parent)
            most = 0
    order("import", path, 100, 0, None)
    assert check(path) == LABELS
    assert len({sha256(token).digest() for token in Library(path, Clock()).tokens()}) == LABELS


def old_library(path: Path) -> None:
    """As the first version of the program left it."""
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN")
        for step in library_schema.MIGRATIONS[0]:
            assert isinstance(step, str)
            db.execute(step)
        at = library_rows.to_text(NOW)
        for number in range(OLD_LABELS):
            each = evidence(number)
            digest, subject = sha256(each.token).digest(), f"urn:label:a.example:{number}"
            db.execute(
                "INSERT INTO token VALUES (?, 'a.example', ?, 1, ?, ?)", (number + 1, subject, digest, each.token)
            )
            visit = (number + 1, at, number + 1, each.box.code, each.fetched_from, at)
            db.execute("INSERT INTO visit VALUES (?, ?, ?, ?, NULL, ?, ?)", visit)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {library_file.APPLICATION}")
        db.execute("COMMIT")


@pytest.mark.fault("D5")
def test_an_old_library_whose_renewal_is_killed_loses_nothing(path: Path, order: Order, rounds: int) -> None:
    dice = random.Random(3)
    old_library(path)
    before = path.read_bytes()
    lived, _ = order("look", path, 0, 0, None)
    cut_short = 0
    for _ in range(KILLS * rounds):
        shutil.rmtree(path.parent)
        path.parent.mkdir()
        path.write_bytes(before)
        _, said = order("look", path, 0, 0, dice.uniform(0, lived))
        cut_short += not said
        assert shown(path) == list(range(OLD_LABELS))
        assert check(path) == OLD_LABELS
    assert cut_short > KILLS * rounds / 3


@pytest.mark.fault("D4", "D5")
def test_a_damaged_library_whose_salvage_is_killed_is_salvaged_all_the_same(
    path: Path, order: Order, rounds: int
) -> None:
    dice = random.Random(4)
    old_library(path)
    shown(path)
    with path.open("r+b") as file:
        file.seek(40 * library_file.PAGE_BYTES)
        file.write(bytes(library_file.PAGE_BYTES))
    before = path.read_bytes()
    lived, _ = order("look", path, 0, 0, None)
    intact = shown(path)
    assert len(intact) > OLD_LABELS - 10
    cut_short = 0
    for _ in range(KILLS * rounds):
        shutil.rmtree(path.parent)
        path.parent.mkdir()
        path.write_bytes(before)
        _, said = order("look", path, 0, 0, dice.uniform(0, lived))
        cut_short += not said
        try:
            found = shown(path)
        except LibraryDamagedError:
            found = shown(path)
        assert found == intact
    assert cut_short > KILLS * rounds / 3


def test_a_salvage_that_was_killed_between_its_two_names_is_finished(path: Path) -> None:
    old_library(path)
    path.rename(path.with_name("library.renewed.db"))
    assert shown(path) == list(range(OLD_LABELS))
    names = {each.name for each in path.parent.iterdir()}
    assert names == {"library.db", "library.gate", "library.older-version.db"}


def test_a_log_that_was_left_between_the_two_names_is_not_taken_for_the_new_files(path: Path) -> None:
    old_library(path)
    path.rename(path.with_name("library.renewed.db"))
    path.with_name("library.db-wal").write_bytes(b"of the damaged one")
    assert shown(path) == list(range(OLD_LABELS))
    assert path.with_name("library.damaged-2026-11-24-wal").read_bytes() == b"of the damaged one"
