"""What the library promises while the disk is well."""

import shutil
import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from labelviewer.adapters import library_file, library_schema
from labelviewer.adapters.library import Library
from labelviewer.domain.errors import CannotSaveError
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.pipeline.limits import HISTORY_ROWS
from labelviewer.pipeline.ports import Keeper

DATA = Path(__file__).parent / "data"
STORED_VERSION_1 = DATA / "library-1.db"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CODE = "https://a.example/l/1"


class Clock:
    """Moves on by a second at every look."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def evidence(token: bytes = b"aaa.bbb.ccc", code: str | None = CODE, at: datetime = NOON) -> Evidence:
    return Evidence(token, "https://labels.a.example/v1/l/1.jwt", at, Box(code, "04012345678901"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "data" / "library.db"


@pytest.fixture
def library(path: Path) -> Library:
    return Library(path, Clock())


def keep(library: Library, what: Evidence, subject: str = "urn:label:a.example:1", version: int = 1) -> None:
    library.keep(what, issuer="a.example", subject=subject, version=version)


def test_is_a_keeper(library: Library) -> None:
    keeper: Keeper = library
    assert keeper is library


def test_an_unused_library_is_empty_and_leaves_no_trace(library: Library, path: Path) -> None:
    assert library.find(CODE) is None
    assert library.highest_version("a.example", "urn:label:a.example:1") == 0
    assert library.history() == ()
    assert library.check() == 0
    assert not path.parent.parent.exists()


def test_what_was_kept_comes_back_byte_for_byte_in_another_run(library: Library, path: Path) -> None:
    kept = evidence(bytes(range(256)), at=NOON + timedelta(microseconds=7))
    keep(library, kept)
    later = Library(path, Clock())
    assert later.find(CODE) == kept
    assert [(visit.at, visit.evidence) for visit in later.history()] == [(NOON + timedelta(seconds=1), kept)]


def test_an_address_is_matched_whole_or_not_at_all(library: Library) -> None:
    keep(library, evidence())
    for other in (CODE.upper(), CODE + "0", CODE[:-1], "%", ""):
        assert library.find(other) is None


def test_a_label_without_a_code_is_in_the_history_but_under_no_address(library: Library) -> None:
    keep(library, evidence(code=None))
    assert [visit.evidence.box.code for visit in library.history()] == [None]
    assert library.find(CODE) is None


def test_a_second_look_at_the_same_bytes_is_a_second_visit_to_one_label(library: Library) -> None:
    keep(library, evidence())
    keep(library, evidence(at=NOON + timedelta(days=3)))
    assert len(library.history()) == 2
    assert library.check() == 1
    found = library.find(CODE)
    assert found is not None
    assert found.fetched_at == NOON + timedelta(days=3)


def test_history_is_newest_first(library: Library) -> None:
    for number in range(3):
        keep(library, evidence(b"token %d" % number))
    assert [visit.evidence.token for visit in library.history()] == [b"token 2", b"token 1", b"token 0"]


def test_the_highest_version_of_each_label_is_remembered(library: Library) -> None:
    keep(library, evidence(b"one"), version=3)
    keep(library, evidence(b"two"), version=2)
    keep(library, evidence(b"three"), subject="urn:label:a.example:2", version=9)
    assert library.highest_version("a.example", "urn:label:a.example:1") == 3
    assert library.highest_version("b.example", "urn:label:a.example:1") == 0


def test_an_older_version_that_came_later_does_not_hide_the_newer_one(library: Library) -> None:
    keep(library, evidence(b"new"), version=3)
    keep(library, evidence(b"old", at=NOON + timedelta(days=1)), version=2)
    found = library.find(CODE)
    assert found is not None
    assert found.token == b"new"


def test_an_address_that_now_leads_to_another_label_finds_that_one(library: Library) -> None:
    keep(library, evidence(b"before"), version=8)
    keep(library, evidence(b"after", at=NOON + timedelta(days=1)), subject="urn:label:a.example:2", version=1)
    found = library.find(CODE)
    assert found is not None
    assert found.token == b"after"


def test_what_nobody_signed_does_not_hide_what_somebody_did(library: Library) -> None:
    keep(library, evidence(b"forged"), subject="urn:label:b.example:1", version=0)
    found = library.find(CODE)
    assert found is not None
    assert found.token == b"forged"
    keep(library, evidence(b"signed"), version=1)
    keep(library, evidence(b"forged again", at=NOON + timedelta(days=1)), subject="urn:label:b.example:1", version=0)
    found = library.find(CODE)
    assert found is not None
    assert found.token == b"signed"


def test_forgetting_the_last_visit_takes_the_label_with_it(library: Library, path: Path) -> None:
    keep(library, evidence(b"SECRET ONE"))
    keep(library, evidence(b"SECRET TWO", code="https://a.example/l/2"))
    library.forget(library.history()[-1].number)
    assert [visit.evidence.token for visit in library.history()] == [b"SECRET TWO"]
    assert library.find(CODE) is None
    assert b"SECRET ONE" not in path.read_bytes(), "deleted bytes are overwritten"


def test_forgetting_what_is_not_there_changes_nothing(library: Library) -> None:
    keep(library, evidence())
    library.forget(99)
    assert len(library.history()) == 1


def test_clearing_the_history_leaves_nothing_to_read(library: Library, path: Path) -> None:
    keep(library, evidence(b"SECRET"), version=3)
    library.clear_history()
    assert (library.history(), library.find(CODE), library.check()) == ((), None, 0)
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"SECRET" not in left
    assert b"a.example" not in left, "neither who nor what can be read"


def test_what_is_forgotten_is_still_known_to_be_old(library: Library) -> None:
    keep(library, evidence(b"one"), version=3)
    keep(library, evidence(b"two"), subject="urn:label:a.example:2", version=7)
    library.forget(library.history()[-1].number)
    assert library.highest_version("a.example", "urn:label:a.example:1") == 3
    keep(library, evidence(b"older"), version=2)
    library.clear_history()
    assert library.highest_version("a.example", "urn:label:a.example:1") == 3
    assert library.highest_version("a.example", "urn:label:a.example:2") == 7


def test_a_version_that_nobody_signed_is_not_remembered(library: Library) -> None:
    keep(library, evidence(), version=0)
    library.clear_history()
    assert library.highest_version("a.example", "urn:label:a.example:1") == 0


def test_the_history_is_bounded_and_its_labels_stay(path: Path) -> None:
    library = Library(path, Clock())
    keep(library, evidence(b"first"))
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO visit (at, token, code, gtin, fetched_from, fetched_at)"
            " SELECT at, token, 'again', gtin, fetched_from, fetched_at FROM visit, n",
            (HISTORY_ROWS - 1,),
        )
        db.commit()
    assert library.find(CODE) is not None
    keep(library, evidence(b"last", code="last"))
    history = library.history()
    assert len(history) == HISTORY_ROWS
    assert history[0].evidence.token == b"last"
    found = library.find(CODE)
    assert found is not None
    assert found.token == b"first"


def test_nothing_stays_open_and_the_log_is_folded_in(library: Library, path: Path) -> None:
    keep(library, evidence())
    assert sorted(file.name for file in path.parent.iterdir()) == ["library.db", "library.gate"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_folder_and_file_are_for_their_owner_alone(library: Library, path: Path) -> None:
    keep(library, evidence())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    library.raise_floor(datetime(2026, 11, 24, tzinfo=UTC))
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


@pytest.mark.threat("T27")
def test_the_file_is_written_the_safe_way(library: Library, path: Path) -> None:
    keep(library, evidence())
    with library._open(library_file.Mode.WRITE) as db:
        asked = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "secure_delete")
        assert [library_file.only(db, f"PRAGMA {name}") for name in asked] == ["wal", 2, 1, 0, 1, 1]
        assert library_file.only(db, "PRAGMA busy_timeout") == 5_000


@pytest.mark.fault("D2")
@pytest.mark.parametrize("name", ["Bücher 日本", "what? #1 100%", "a'b\"c", "x" * 200])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and set(name) & set('?"'):
        pytest.skip("Windows has no such names")
    library = Library(tmp_path / name / "library.db", Clock())
    keep(library, evidence())
    assert library.find(CODE) == evidence()


@pytest.mark.fault("D7")
def test_threads_may_write_and_read_at_the_same_time(library: Library) -> None:
    def work(thread: int) -> None:
        for number in range(10):
            keep(library, evidence(b"%d/%d" % (thread, number), code=f"{thread}/{number}"))
            assert library.find(f"{thread}/{number}") is not None

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == [None] * 4
    assert len(library.history()) == 40
    assert library.check() == 40


def test_many_may_make_the_file_at_the_same_time(tmp_path: Path) -> None:
    for turn in range(20):
        start, library = Barrier(4), Library(tmp_path / f"{turn}.db", Clock())

        def work(thread: int, start: Barrier = start, library: Library = library) -> None:
            start.wait()
            keep(library, evidence(b"%d" % thread))

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(work, range(4))) == [None] * 4
        assert len(library.history()) == 4


@pytest.mark.parametrize("version", range(1, library_schema.VERSION))
def test_a_stored_file_of_every_older_version_still_opens(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.db"
    shutil.copy(DATA / f"library-{version}.db", path)
    library = Library(path, Clock())
    old = library.history()
    assert [visit.evidence.token for visit in old] == [b"two.two.two", b"one.one.one"]
    assert old[1] == replace(old[1], at=NOON + timedelta(seconds=1), evidence=evidence(b"one.one.one"))
    assert library.highest_version("a.example", "urn:label:a.example:1") == 2
    keep(library, evidence(b"new"))
    assert len(library.history()) == 3


def rows_of(path: Path, columns: dict[str, str]) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        return {
            table: db.execute(f"SELECT {names} FROM {table} ORDER BY id").fetchall() for table, names in columns.items()
        }


VERSION_1 = {
    "token": "id, issuer, subject, version, sha256, bytes",
    "visit": "id, at, token, code, gtin, fetched_from, fetched_at",
}


def test_an_upgrade_changes_no_row_and_leaves_the_old_file_beside_the_new(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(STORED_VERSION_1, path)
    before = rows_of(path, VERSION_1)
    assert [len(rows) for rows in before.values()] == [2, 2]
    library = Library(path, Clock())
    assert library.history()
    assert rows_of(path, VERSION_1) == before
    with closing(sqlite3.connect(path)) as db:
        assert library_file.only(db, "PRAGMA user_version") == library_schema.VERSION
        assert library_file.only(db, "SELECT count(*) FROM carrier") == 2
    backup = tmp_path / "library.older-version.db"
    assert rows_of(backup, VERSION_1) == before
    with closing(sqlite3.connect(backup)) as db:
        assert library_file.only(db, "PRAGMA user_version") == 1
    found = library.find(CODE)
    assert found is not None
    assert found.token == b"two.two.two"
    library.clear_history()
    assert not backup.exists(), "what is cleared is cleared there too"
    assert library.highest_version("a.example", "urn:label:a.example:1") == 2


def test_a_failed_upgrade_leaves_the_old_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    shutil.copy(STORED_VERSION_1, path)
    before = rows_of(path, VERSION_1)
    steps = library_schema.MIGRATIONS

    for number in range(len(steps[1]) + 1):
        broken = (*steps[1][:number], "NO SUCH SQL", *steps[1][number:])
        monkeypatch.setattr(library_schema, "MIGRATIONS", (steps[0], broken, *steps[2:]))
        with pytest.raises(sqlite3.OperationalError, match="syntax error"):
            Library(path, Clock()).history()
        assert rows_of(path, VERSION_1) == before
        with closing(sqlite3.connect(path)) as db:
            assert library_file.only(db, "PRAGMA user_version") == 1

    monkeypatch.setattr(library_schema, "MIGRATIONS", steps)
    assert len(Library(path, Clock()).history()) == 2


def test_an_older_file_without_room_to_upgrade_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(STORED_VERSION_1, path)
    library = Library(path, Clock(), max_bytes=path.stat().st_size)
    assert [visit.evidence.token for visit in library.history()] == [b"two.two.two", b"one.one.one"]
    with pytest.raises(CannotSaveError):
        keep(library, evidence())
    with closing(sqlite3.connect(path)) as db:
        assert library_file.only(db, "PRAGMA user_version") == 1
    assert len(Library(path, Clock()).history()) == 2
