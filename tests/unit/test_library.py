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

import pytest

from labelviewer.adapters import library_file
from labelviewer.adapters.library import Library
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.pipeline.limits import HISTORY_ROWS
from labelviewer.pipeline.ports import Keeper

STORED_VERSION_1 = Path(__file__).parent / "data" / "library-1.db"
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
    assert library.highest_version("a.example", "urn:label:a.example:1") == 0
    assert all(b"SECRET" not in file.read_bytes() for file in path.parent.iterdir())


def test_the_history_is_bounded_and_the_oldest_go(path: Path) -> None:
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
    assert library.find(CODE) is None


def test_nothing_stays_open_and_the_log_is_folded_in(library: Library, path: Path) -> None:
    keep(library, evidence())
    assert [file.name for file in path.parent.iterdir()] == ["library.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_folder_and_file_are_for_their_owner_alone(library: Library, path: Path) -> None:
    keep(library, evidence())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


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


def test_a_stored_file_of_version_1_still_opens(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(STORED_VERSION_1, path)
    library = Library(path, Clock())
    old = library.history()
    assert [visit.evidence.token for visit in old] == [b"two.two.two", b"one.one.one"]
    assert old[1] == replace(old[1], at=NOON + timedelta(seconds=1), evidence=evidence(b"one.one.one"))
    assert library.highest_version("a.example", "urn:label:a.example:1") == 2
    keep(library, evidence(b"new"))
    assert len(library.history()) == 3


def test_an_older_file_is_brought_up_to_date_in_one_step_or_not_at_all(
    path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(library, evidence())
    before = path.read_bytes()
    steps = library_file._MIGRATIONS
    monkeypatch.setattr(library_file, "VERSION", 2)

    monkeypatch.setattr(library_file, "_MIGRATIONS", (*steps, ("CREATE TABLE more (id INTEGER) STRICT", "NO SUCH SQL")))
    with pytest.raises(sqlite3.OperationalError, match="syntax error"):
        library.history()
    assert path.read_bytes() == before

    library_file._schema_of.cache_clear()
    monkeypatch.setattr(library_file, "_MIGRATIONS", (*steps, ("CREATE TABLE more (id INTEGER) STRICT",)))
    assert [visit.evidence for visit in library.history()] == [evidence()]
    with closing(sqlite3.connect(path)) as db:
        assert library_file.only(db, "PRAGMA user_version") == 2
        assert library_file.only(db, "SELECT count(*) FROM more") == 0
    library_file._schema_of.cache_clear()
