"""The library when the power goes, or the disk fails, at any step: nothing is damaged, what was saved is there."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import apsw
import pytest

from labelviewer.adapters import library_file
from labelviewer.adapters.library import Library
from labelviewer.domain.errors import CannotSaveError, KeepError
from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.pipeline.ports import Bundled, BundleMark, KeptTrustList
from tests.power_cut import Disk, left_over, moments, recorded, said_until

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STORED_VERSION_1 = Path(__file__).parent / "data" / "library-1.db"

Change = Callable[[Library], object]
State = tuple[object, ...]


class Clock:
    def now(self) -> datetime:
        return NOW


def evidence(number: int) -> Evidence:
    token = b"%05d." % number * 800
    return Evidence(token, "https://labels.a.example/", NOW, Box(f"https://a.example/l/{number}"))


def keep(number: int) -> Change:
    subject = f"urn:label:a.example:{number}"
    return lambda library: library.keep(evidence(number), issuer="a.example", subject=subject, version=1)


def bundled(number: int) -> Bundled:
    subject = f"urn:label:a.example:{number}"
    return Bundled(evidence(number), "a.example", subject, 1, (f"https://a.example/l/{number}",))


def a_life() -> Iterator[Change]:
    """Every kind of change that there is."""
    for at in range(3):
        first = at * 100
        yield from (keep(number) for number in range(first, first + 4))
        yield lambda library: library.forget(library.history()[0].number)
        yield partial(Library.keep_trust_list, kept=KeptTrustList(b"list" * 900, at, NOW))
        status = StatusEvidence("https://a.example/s/1", b"status" * 900, NOW)
        yield partial(Library.keep_status, evidence=status, issued=at)
        yield partial(Library.raise_floor, moment=NOW + timedelta(days=at))
        labels = [bundled(number) for number in range(first + 50, first + 58)]
        mark = BundleMark(b"bundle", first, b"digest", first, 0)
        yield partial(Library.keep_bundled, labels=labels, mark=mark)
        yield partial(Library.keep_local_anchor, document=b"anchor %d" % at)
    yield Library.clear_history
    yield keep(900)


def state_of(library: Library) -> State:
    """All that it shows."""
    return (
        tuple(visit.evidence for visit in library.history()),
        tuple(sorted(library.tokens())),
        library.trust_list(),
        tuple(library.statuses()),
        library.floor(),
        library.local_anchors(),
        library.mark(b"bundle"),
        tuple(library.highest_version("a.example", f"urn:label:a.example:{number}") for number in range(4)),
    )


class Life:
    """What one library went through: its disk, and what it showed after each change."""

    def __init__(self, disk: Disk, states: Sequence[State]) -> None:
        self.disk = disk
        self.states = states


def live(folder: Path, changes: Sequence[Change], instead: Mapping[str, str], *, beside: bool) -> Life:
    """`beside`: another program has the file open all the while, so that its log is never put away."""
    library = Library(folder / "library.db", Clock())
    states = []
    with recorded(folder, instead) as disk, ExitStack() as others:
        states.append(state_of(library))
        for number, change in enumerate(changes, start=1):
            change(library)
            disk.said(number)
            states.append(state_of(library))
            if beside and number == 1:
                other = library_file.connect(folder / "library.db", library_file.Mode.WRITE, busy_seconds=1)
                others.enter_context(closing(other)).execute("PRAGMA user_version").fetchall()
    return Life(disk, states)


def harm(life: Life, until: int, folder: Path, dice: random.Random) -> str:
    """What is wrong after a cut; nothing, if all is well."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in left_over(life.disk, until, dice).items():
        (folder / name).write_bytes(content)
    library, said = Library(folder / "library.db", Clock()), said_until(life.disk, until)
    try:
        state = state_of(library)
        library.check()
    except KeepError as error:
        return f"damaged: {error.code}"
    if state not in life.states[said : said + 2]:
        return "lost"
    if (folder / "library.db").exists():
        with closing(sqlite3.connect(folder / "library.db")) as db:
            if (told := db.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
                return f"damaged: {told}"
    return ""


def harms(life: Life, cuts: int, folder: Path) -> list[str]:
    dice = random.Random(cuts)
    return [harm(life, dice.choice(moments(life.disk)), folder, dice) for _ in range(cuts)]


@pytest.mark.fault("D6")
@pytest.mark.threat("T27")
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside another program"])
def test_no_cut_of_the_power_loses_what_was_said_to_be_saved(tmp_path: Path, beside: bool, rounds: int) -> None:
    (tmp_path / "life").mkdir()
    life = live(tmp_path / "life", tuple(a_life()), {}, beside=beside)
    assert [harm for harm in harms(life, 150 * rounds, tmp_path / "after") if harm] == []


@pytest.mark.fault("D6")
def test_a_cut_while_an_old_library_is_brought_up_to_date_loses_nothing(tmp_path: Path, rounds: int) -> None:
    (tmp_path / "life").mkdir()
    shutil.copy(STORED_VERSION_1, tmp_path / "life" / "library.db")
    before = state_of(Library(_copy(tmp_path / "plain"), Clock()))
    life = live(tmp_path / "life", (), {}, beside=False)
    assert life.states == [before]
    assert [harm for harm in harms(life, 100 * rounds, tmp_path / "after") if harm] == []


def _copy(folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(STORED_VERSION_1, folder / "library.db"))


def without_log(journal: str) -> Mapping[str, str]:
    """For every connection: such a mode is not kept in the file."""
    asked = ("PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0")
    return dict.fromkeys(asked, f"PRAGMA journal_mode = {journal}")


@pytest.mark.parametrize(
    ("instead", "beside"),
    [
        ({"PRAGMA synchronous = FULL": "PRAGMA synchronous = OFF"}, False),
        ({"PRAGMA synchronous = FULL": "PRAGMA synchronous = OFF"}, True),
        ({"PRAGMA synchronous = FULL": "PRAGMA synchronous = NORMAL"}, True),
        (without_log("OFF"), False),
        (without_log("MEMORY"), False),
    ],
)
def test_the_same_cuts_break_a_library_that_is_written_less_carefully(
    tmp_path: Path, instead: Mapping[str, str], beside: bool
) -> None:
    (tmp_path / "life").mkdir()
    life = live(tmp_path / "life", tuple(a_life()), instead, beside=beside)
    found = [harm for harm in harms(life, 30, tmp_path / "after") if harm]
    assert len(found) > 3


@pytest.mark.fault("D1")
@pytest.mark.threat("T27")
@pytest.mark.parametrize("failure", [apsw.SQLITE_FULL, apsw.SQLITE_IOERR])
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside another program"])
def test_a_disk_that_fails_from_any_step_on_refuses_the_save_and_loses_nothing(
    tmp_path: Path, failure: int, beside: bool
) -> None:
    library = Library(tmp_path / "library.db", Clock())
    saved: list[int] = []
    with recorded(tmp_path, {}) as disk, ExitStack() as others:
        disk.failure = failure
        for number in range(60):
            disk.room = None if number == 0 else number - 1
            with suppress(CannotSaveError):
                keep(number)(library)
                saved.append(number)
            assert [visit.evidence for visit in library.history()] == [evidence(each) for each in reversed(saved)]
            disk.room = None
            assert [visit.evidence for visit in library.history()] == [evidence(each) for each in reversed(saved)]
            library.check()
            if beside and number == 0:
                other = library_file.connect(tmp_path / "library.db", library_file.Mode.WRITE, busy_seconds=1)
                others.enter_context(closing(other)).execute("PRAGMA user_version").fetchall()
        keep(99)(library)
    assert 20 < len(saved) < 55
    assert Library(tmp_path / "library.db", Clock()).find("https://a.example/l/99") == evidence(99)
