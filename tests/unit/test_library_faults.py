"""What the library promises when the disk is not well: said in words, nothing lost, usable afterwards."""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest

from labelviewer.adapters import library_file
from labelviewer.adapters.library import Library
from labelviewer.adapters.library_patience import Patience
from labelviewer.domain.errors import CannotSaveError, KeepError, LibraryDamagedError
from labelviewer.domain.evidence import Box, Evidence

NOBODY = 65_534
NOW = datetime(2026, 11, 24, tzinfo=UTC)
TOKENS = {number: b"%05d." % number * 800 for number in range(60)}


class Clock:
    def now(self) -> datetime:
        return NOW


def evidence(number: int) -> Evidence:
    return Evidence(TOKENS[number], "https://labels.a.example/", NOW, Box(f"https://a.example/l/{number}"))


def keep(library: Library, number: int) -> None:
    library.keep(evidence(number), issuer="a.example", subject=f"urn:label:a.example:{number}", version=1)


def kept(library: Library) -> list[int]:
    """The numbers in the history; every one of them must be as it was written."""
    visits = library.history()
    numbers = [int(visit.evidence.token[:5]) for visit in visits]
    assert [visit.evidence for visit in visits] == [evidence(number) for number in numbers]
    return sorted(numbers)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Library:
    return Library(path, Clock(), busy_seconds=0.05)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that any user may enter, so that a test may stop being root for a moment."""
    if os.name != "posix":
        pytest.skip("folder rights work differently here")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
        folder.chmod(0o755)
        for each in folder.iterdir():
            each.chmod(0o644)


@pytest.mark.fault("D2")
def test_a_read_only_folder_is_read_and_not_written(shelf: Path) -> None:
    library = Library(shelf / "library.db", Clock())
    keep(library, 1)
    writes: list[Callable[[], object]] = [lambda: keep(library, 2), lambda: library.forget(1), library.clear_history]
    with read_only(shelf):
        assert kept(library) == [1]
        assert library.find("https://a.example/l/1") == evidence(1)
        for write in writes:
            with pytest.raises(CannotSaveError) as refused:
                write()
            assert refused.value.facts == {"place": str(shelf / "library.db")}
    keep(library, 2)
    assert kept(library) == [1, 2]


def test_a_read_only_folder_without_a_library_is_an_empty_one(shelf: Path) -> None:
    library = Library(shelf / "data" / "library.db", Clock())
    with read_only(shelf):
        assert library.history() == ()
        with pytest.raises(CannotSaveError):
            keep(library, 1)
    keep(library, 1)
    assert kept(library) == [1]


@pytest.mark.fault("D2")
def test_a_folder_that_cannot_be_is_said_and_nothing_else_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    library = Library(tmp_path / "file" / "library.db", Clock())
    assert library.history() == ()
    with pytest.raises(CannotSaveError):
        keep(library, 1)
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.fault("D2")
def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    library = Library(tmp_path / ("x" * 300) / "library.db", Clock())
    with pytest.raises(CannotSaveError):
        keep(library, 1)


@pytest.mark.fault("D1")
def test_a_full_library_refuses_and_keeps_what_it_has(path: Path) -> None:
    small = Library(path, Clock(), max_bytes=60 * 4_096)
    saved = []
    for number in TOKENS:
        try:
            keep(small, number)
        except CannotSaveError:
            break
        saved.append(number)
    assert 1 < len(saved) < 30
    assert kept(small) == saved
    small.check()
    keep(Library(path, Clock()), 59)
    assert kept(small) == [*saved, 59]


@pytest.mark.fault("D1")
@pytest.mark.threat("T27")
def test_a_disk_that_fills_up_at_any_byte_loses_nothing(path: Path, library: Library) -> None:
    resource = pytest.importorskip("resource")
    keep(library, 0)
    saved = [0]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for number, room in enumerate(range(0, 120_000, 3_000), start=1):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            keep(library, number)
            saved.append(number)
        except CannotSaveError:
            pass
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert kept(library) == saved
        library.check()
    assert 1 < len(saved) < 41
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, "library.gate"]


@pytest.mark.fault("D3")
def test_a_library_that_another_program_is_writing_is_read_and_the_save_is_refused(
    path: Path, library: Library
) -> None:
    keep(library, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CannotSaveError):
            keep(library, 2)
        assert kept(library) == [1]
        other.execute("ROLLBACK")
    keep(library, 2)
    assert kept(library) == [1, 2]


HOLDER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
db.execute("DELETE FROM visit")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
db.execute("ROLLBACK")
"""


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """By another program, in the middle of a change of its own."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path), str(seconds)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            holder.kill()


@pytest.mark.fault("D3", "D7")
def test_a_save_waits_for_a_program_that_holds_the_library_for_half_a_second(path: Path) -> None:
    library = Library(path, Clock())
    keep(library, 1)
    with held(path, 0.5):
        start = monotonic()
        keep(library, 2)
        assert monotonic() - start > 0.1, "it did wait"
    assert kept(library) == [1, 2]


@pytest.mark.fault("D3", "D7")
def test_a_save_gives_up_on_a_program_that_holds_the_library_for_a_minute(path: Path, library: Library) -> None:
    keep(library, 1)
    with held(path, 60):
        for _ in range(3):
            with pytest.raises(CannotSaveError):
                keep(library, 2)
            assert kept(library) == [1]
    keep(library, 2)
    assert kept(library) == [1, 2]
    library.check()


@pytest.mark.fault("D4")
def test_a_newer_library_is_read_and_not_written(path: Path, library: Library) -> None:
    keep(library, 1)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute("CREATE TABLE tomorrow (id)")
    before = path.read_bytes()
    assert kept(library) == [1]
    assert library.find("https://a.example/l/1") == evidence(1)
    writes: list[Callable[[], object]] = [lambda: keep(library, 2), lambda: library.forget(1), library.clear_history]
    for write in writes:
        with pytest.raises(CannotSaveError):
            write()
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == [path, path.with_name("library.gate")]


def not_a_database(path: Path) -> None:
    path.write_bytes(b"This is a letter to my mother. " * 500)


def half_of_it(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4_096 * 4_096)


def cut_in_the_first_page(path: Path) -> None:
    os.truncate(path, 700)


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipe (name)")


def without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE visit")
        db.commit()


def with_a_page_of_zeros(path: Path) -> None:
    """One that a label lies on, in the middle of the file."""
    data = path.read_bytes()
    pages = range(30 * 4_096, len(data), 4_096)
    place = next(at for at in pages if b"00030." * 9 in data[at : at + 4_096])
    with path.open("r+b") as file:
        file.seek(place)
        file.write(bytes(4_096))


def with_text_that_is_no_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE visit SET fetched_from = CAST(x'ff41' AS TEXT) WHERE id = 3")
        db.commit()


def with_a_date_that_is_no_date(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE visit SET at = 'yesterday' WHERE id = 3")
        db.commit()


def with_one_byte_changed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE token SET bytes = CAST(replace(bytes, '00002.', '00002,') AS BLOB) WHERE id = 3")
        db.commit()


@pytest.mark.fault("D4")
@pytest.mark.parametrize(
    ("damage", "survivors"),
    [
        (not_a_database, 0),
        (cut_in_the_first_page, 0),
        (of_another_program, 0),
        (without_a_table, 0),
        (half_of_it, 1),
        (with_a_page_of_zeros, 50),
        (with_text_that_is_no_text, 59),
        (with_a_date_that_is_no_date, 59),
        (with_one_byte_changed, 59),
    ],
)
@pytest.mark.parametrize("first_use", ["history", "keep", "check"])
def test_a_damaged_library_is_set_aside_and_what_is_intact_moves_over(
    path: Path, library: Library, damage: Callable[[Path], None], survivors: int, first_use: str
) -> None:
    for number in TOKENS:
        keep(library, number)
    damage(path)
    damaged = path.read_bytes()
    uses: dict[str, Callable[[], object]] = {
        "history": library.history,
        "keep": lambda: keep(library, 7),
        "check": lambda: (library.check(), library.history()),
    }
    try:
        uses[first_use]()
    except LibraryDamagedError as said:
        aside = Path(str(said.facts["place"]))
    else:
        assert first_use == "keep", "a save may go well beside a damaged row"
        with pytest.raises(LibraryDamagedError) as late:
            library.history()
        aside = Path(str(late.value.facts["place"]))
        damaged = aside.read_bytes()
    assert aside.name == "library.damaged-2026-11-24"
    assert aside.read_bytes() == damaged
    left = kept(library)
    assert len(set(left) - {7}) >= survivors - 1
    assert (7 in left) or first_use != "keep"
    library.check()
    keep(library, 8)
    assert 8 in kept(library)


def test_a_second_damage_on_one_day_does_not_overwrite_the_first(path: Path, library: Library) -> None:
    names = []
    for text in ("first", "second", "third"):
        path.write_text(text * 1_000)
        with pytest.raises(LibraryDamagedError) as said:
            library.history()
        names.append(Path(str(said.value.facts["place"])))
    assert [name.name.removeprefix("library.damaged-2026-11-24") for name in names] == ["", ".2", ".3"]
    assert [name.read_text()[:5] for name in names] == ["first", "secon", "third"]


def test_a_damaged_library_in_a_read_only_folder_stays_where_it_is(shelf: Path) -> None:
    path = shelf / "library.db"
    not_a_database(path)
    before = path.read_bytes()
    with read_only(shelf), pytest.raises(CannotSaveError):
        Library(path, Clock()).history()
    assert path.read_bytes() == before


@pytest.mark.fault("D4")
def test_an_empty_file_is_a_new_library(path: Path, library: Library) -> None:
    path.touch()
    assert library.history() == ()
    keep(library, 1)
    assert kept(library) == [1]


@pytest.mark.fault("D4")
@pytest.mark.parametrize("garbage", [b"", b"garbage" * 5_000])
def test_a_log_of_garbage_costs_nothing(path: Path, library: Library, garbage: bytes) -> None:
    keep(library, 1)
    path.with_name("library.db-wal").write_bytes(garbage)
    assert kept(library) == [1]
    keep(library, 2)
    assert kept(library) == [1, 2]


@pytest.mark.fault("D5")
def test_after_a_writer_was_cut_off_every_page_is_looked_at(path: Path, library: Library) -> None:
    for number in TOKENS:
        keep(library, number)
    with closing(sqlite3.connect(path)) as db:
        [root] = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'token_label'").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4_096 + 8)
        file.write(b"\xff" * 64)
    assert kept(library) == list(TOKENS), "the history does not need that page"
    path.with_name("library.db-wal").write_bytes(b"cut off")
    with pytest.raises(LibraryDamagedError):
        library.history()
    assert kept(library) == list(TOKENS)
    assert library.highest_version("a.example", "urn:label:a.example:59") == 1


@pytest.mark.fault("D7")
@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be set aside there")
def test_a_log_that_another_program_still_holds_goes_aside_with_its_file(path: Path, library: Library) -> None:
    for number in range(5):
        keep(library, number)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE visit SET at = 'yesterday' WHERE id = 3")
        other.commit()
        with pytest.raises(LibraryDamagedError):
            library.history()
        names = {each.name for each in path.parent.iterdir()}
        assert {"library.damaged-2026-11-24-wal", "library.db"} <= names
        assert kept(library) == [0, 1, 2, 3, 4], "the file still has the row as it was before"
    assert kept(library) == [0, 1, 2, 3, 4]


@pytest.mark.fault("D4")
@pytest.mark.threat("T15")
def test_random_damage_never_shows_a_wrong_token_and_never_ends_the_use(
    path: Path, library: Library, rounds: int
) -> None:
    for number in TOKENS:
        keep(library, number)
    whole = path.read_bytes()
    dice = random.Random(20_261_124)
    damaged = 0
    for _ in range(150 * rounds):
        broken = bytearray(whole)
        for _ in range(dice.choice((1, 8, 64))):
            broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        for each in path.parent.iterdir():
            each.unlink()
        path.write_bytes(broken)
        try:
            numbers = _numbers_shown(library)
        except LibraryDamagedError:
            damaged += 1
            numbers = _numbers_shown(library)
        except CannotSaveError:
            continue
        assert set(numbers) <= set(TOKENS)
        with suppress(LibraryDamagedError):
            keep(library, 9)
        assert 9 in _numbers_shown(library)
    assert damaged > 75 * rounds


def _numbers_shown(library: Library) -> list[int]:
    numbers = []
    for visit in library.history():
        number = int(visit.evidence.token[:5])
        assert visit.evidence.token == TOKENS[number]
        numbers.append(number)
    return numbers


@pytest.mark.fault("D8")
@pytest.mark.parametrize("mount_point", [False, True], ids=["nothing is left", "an empty folder is left"])
def test_a_disk_that_was_pulled_out_is_said_and_used_again_when_it_is_back(tmp_path: Path, mount_point: bool) -> None:
    disk, drawer = tmp_path / "disk", tmp_path / "drawer"
    library = Library(disk / "data" / "library.db", Clock())
    keep(library, 1)
    disk.rename(drawer)
    if mount_point:
        (disk / "data").mkdir(parents=True)
    uses: list[Callable[[], object]] = [
        library.history,
        lambda: library.find("https://a.example/l/1"),
        lambda: keep(library, 2),
        library.clear_history,
        library.check,
    ]
    for use in uses:
        with pytest.raises(CannotSaveError) as said:
            use()
        assert said.value.facts == {"place": str(disk / "data" / "library.db")}
    assert not list(tmp_path.glob("disk/data/*")), "nothing is made where the disk was"
    if mount_point:
        (disk / "data").rmdir()
        disk.rmdir()
    drawer.rename(disk)
    keep(library, 3)
    assert kept(library) == [1, 3]


def test_a_library_that_somebody_deleted_is_begun_anew(path: Path, library: Library) -> None:
    keep(library, 1)
    path.unlink()
    assert library.history() == ()
    keep(library, 2)
    assert kept(library) == [2]


class Disk:
    """Answers when it is let go on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.goes_on = Event()
        self.goes_on.set()
        connect = library_file.connect

        def connect_in_time(*place: Any, **how: Any) -> sqlite3.Connection:
            assert self.goes_on.wait(30)
            return connect(*place, **how)

        patch.setattr(library_file, "connect", connect_in_time)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(monkeypatch)
    yield disk
    disk.goes_on.set()


def wait_for_late_answers(library: Library) -> None:
    for call in library._patience._hanging:
        call.outcome.get(timeout=30)


@pytest.mark.fault("D8")
def test_a_disk_that_does_not_answer_is_given_up_and_used_again_when_it_does(path: Path, disk: Disk) -> None:
    library = Library(path, Clock(), patience=Patience(0.2))
    keep(library, 1)
    disk.goes_on.clear()
    with pytest.raises(CannotSaveError) as said:
        keep(library, 2)
    assert said.value.facts == {"place": str(path)}
    start = monotonic()
    for _ in range(20):
        with pytest.raises(CannotSaveError):
            library.find("https://a.example/l/1")
    assert monotonic() - start < 0.2, "each would have hung as well"
    disk.goes_on.set()
    wait_for_late_answers(library)
    keep(library, 3)
    assert kept(library) == [1, 2, 3], "what came late came all the same"


@pytest.mark.fault("D8")
def test_damage_that_a_slow_disk_showed_too_late_is_said_with_the_next_use(path: Path, disk: Disk) -> None:
    keep(Library(path, Clock()), 1)
    path.write_text("damaged" * 1_000)
    library = Library(path, Clock(), patience=Patience(0.2))
    disk.goes_on.clear()
    with pytest.raises(CannotSaveError):
        library.history()
    disk.goes_on.set()
    wait_for_late_answers(library)
    with pytest.raises(LibraryDamagedError):
        library.history()
    keep(library, 2)
    assert kept(library) == [2]


def test_every_failure_is_one_that_the_shopper_can_be_told() -> None:
    assert {error.code for error in KeepError.__subclasses__()} == {"C09", "A07"}
