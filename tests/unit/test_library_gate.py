"""Two programs in one library while one of them rebuilds it: nothing is lost, and whoever waits is told why."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Condition, get_ident

import pytest

from labelviewer.adapters import library_gate, library_schema
from labelviewer.adapters.library import Library
from labelviewer.adapters.library_gate import SIGN_SECONDS, SILENCE_SECONDS, Gate
from labelviewer.adapters.library_patience import Patience
from labelviewer.domain.errors import CannotSaveError, LibraryDamagedError
from labelviewer.domain.hints import Hints, hints_of
from tests.doomed import Clock, evidence
from tests.unit.test_library_kills import OLD_LABELS, ROOT, old_library, shown

WRITER = """
import sys
from pathlib import Path
from labelviewer.adapters.library import Library
from labelviewer.domain.errors import LibraryDamagedError
from tests.doomed import Clock, evidence
library = Library(Path(sys.argv[1]), Clock())
print("here", flush=True)
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    try:
        library.keep(evidence(number), issuer="a.example", subject=f"urn:label:a.example:{number}", version=1)
    except LibraryDamagedError:
        pass
    print(number, flush=True)
"""
LOOKER = """
import sys
from pathlib import Path
from labelviewer.adapters.library import Library
from labelviewer.domain.errors import LibraryDamagedError
from tests.doomed import Clock
library = Library(Path(sys.argv[1]), Clock())
print("here", flush=True)
sys.stdin.readline()
try:
    print(len(library.history()))
except LibraryDamagedError:
    print("damaged")
"""
REBUILDER = """
import sys
from pathlib import Path
from labelviewer.adapters.library_gate import Gate
with Gate(Path(sys.argv[1])).alone(lambda: None, 5):
    print("alone", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@contextmanager
def program(text: str, *words: object) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", text, *map(str, words)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            with suppress(OSError):
                process.kill()


def hear(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def keep(library: Library, number: int) -> None:
    library.keep(evidence(number), issuer="a.example", subject=f"urn:label:a.example:{number}", version=1)


def damage_a_row(path: Path) -> None:
    """Of the first visit; whoever only writes does not see it."""
    with closing(sqlite3.connect(path, timeout=5)) as db:
        db.execute("UPDATE visit SET at = 'yesterday' WHERE id = (SELECT min(id) FROM visit)")
        db.commit()


@pytest.mark.fault("D4", "D7")
@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be set aside there")
def test_what_one_program_saves_while_another_salvages_is_not_lost(path: Path) -> None:
    library, first, last = Library(path, Clock()), 1_000, 1_250
    for number in range(60):
        keep(library, number)
    salvages, said = 0, [""]
    with program(WRITER, path, first, last) as writer:
        assert hear(writer) == "here"
        while said[-1] != str(last - 1):
            said.append(hear(writer))
            if len(said) % 40 == 0:
                damage_a_row(path)
                with pytest.raises(LibraryDamagedError):
                    library.history()
                salvages += 1
    assert salvages > 4
    assert set(range(first, last)) <= set(shown(path))


@pytest.mark.fault("D4", "D7")
def test_two_programs_that_find_the_damage_together_salvage_once(path: Path) -> None:
    library = Library(path, Clock())
    for number in range(60):
        keep(library, number)
    whole = path.read_bytes()
    for _ in range(5):
        shutil.rmtree(path.parent)
        path.parent.mkdir()
        path.write_bytes(whole)
        damage_a_row(path)
        with program(LOOKER, path) as one, program(LOOKER, path) as other:
            assert (hear(one), hear(other)) == ("here", "here")
            tell(one)
            tell(other)
            assert sorted((hear(one), hear(other))) == ["59", "damaged"], "who comes second finds it done"
        assert not path.with_name("library.damaged-2026-11-24.2").exists()
        assert path.with_name("library.damaged-2026-11-24").exists()
        assert shown(path) == list(range(1, 60))


@pytest.mark.fault("D7")
@pytest.mark.parametrize("killed", [False, True])
def test_a_call_waits_for_another_program_that_rebuilds_and_says_so(path: Path, killed: bool) -> None:
    keep(Library(path, Clock()), 1)
    library = Library(path, Clock(), busy_seconds=0.01, patience=Patience(0.05, glance_seconds=0.01))
    with program(REBUILDER, path) as rebuilder, ThreadPoolExecutor(1) as callers:
        assert hear(rebuilder) == "alone"
        found = callers.submit(library.find, "https://a.example/l/1")
        while not library.is_rebuilding():
            assert not found.done()
        if killed:
            rebuilder.kill()
        else:
            tell(rebuilder)
        assert found.result(30) == evidence(1)
    assert not library.is_rebuilding()


def test_one_who_rebuilds_without_a_sign_of_life_is_not_waited_for_forever(path: Path) -> None:
    keep(Library(path, Clock()), 1)
    gate = Gate(path, silence_seconds=0.1)
    with program(REBUILDER, path) as rebuilder:
        assert hear(rebuilder) == "alone"
        with pytest.raises(sqlite3.OperationalError, match="locked"), gate.among_others(lambda: None):
            pass


def test_one_who_rebuilds_is_waited_for_as_long_as_there_are_signs_of_life(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten seconds pass between two looks at the gate; the signs end with the twentieth."""
    keep(Library(path, Clock()), 1)
    seconds, waits, heard = [0.0], list[float](), list[int]()
    age = path.with_name("library.gate").stat
    monkeypatch.setattr(library_gate, "monotonic", lambda: seconds[0])
    monkeypatch.setattr(library_gate, "sleep", lambda _: seconds.insert(0, seconds[0] + 10))
    rebuilder = Gate(path)

    def live() -> None:
        waits.append(seconds[0])
        if len(waits) > 20:
            return
        before = age().st_mtime_ns
        for _ in range(100_000):  # until the clock of the file system has moved on
            seconds.insert(0, seconds[0] + SIGN_SECONDS * 2)
            rebuilder.sign()
            if age().st_mtime_ns != before:
                heard.append(len(waits))
                return

    waiter = Gate(path, silence_seconds=60)
    with (
        rebuilder.alone(lambda: None, 5),
        pytest.raises(sqlite3.OperationalError, match="locked"),
        waiter.among_others(live),
    ):
        pass
    assert heard == list(range(1, 21))
    assert len(waits) == 26, "a minute of silence, and no more"


def test_a_gate_into_which_something_was_written_is_a_gate_again(path: Path) -> None:
    library = Library(path, Clock())
    keep(library, 1)
    path.with_name("library.gate").write_text("not a gate at all " * 100)
    assert library.find("https://a.example/l/1") == evidence(1)
    assert path.with_name("library.gate").read_bytes() == b""


class SlowClock:
    """Time passes when it is told to, and goes on once everybody who waits has looked at it."""

    def __init__(self) -> None:
        self.time = 0.0
        self.looks: dict[int, int] = {}
        self.changed = Condition()

    def __call__(self) -> float:
        with self.changed:
            self.looks[get_ident()] = self.looks.get(get_ident(), 0) + 1
            self.changed.notify_all()
            return self.time

    def pass_by(self, seconds: float) -> None:
        with self.changed:
            self.time += seconds
            before = self.seen()
            assert self.changed.wait_for(lambda: self.seen() > before, 30)

    def seen(self) -> int:
        """By others than the one who asks."""
        return sum(looks for who, looks in self.looks.items() if who != get_ident())


@pytest.mark.fault("D8")
@pytest.mark.parametrize(("each_takes", "is_given_up"), [(0.4, False), (70.0, True)])
def test_a_rebuild_is_waited_for_while_it_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, each_takes: float, is_given_up: bool
) -> None:
    """Bringing the file up to date takes 80 seconds, or stands still for longer than any step may last."""
    old_library(path)
    clock, seen = SlowClock(), set()
    library = Library(path, Clock(), patience=Patience(8.0, clock, glance_seconds=0.001))
    gate = path.with_name("library.gate")
    gate.touch()
    os.utime(gate, (0, 0))

    def slow_hints(token: bytes) -> Hints:
        seen.add(library.is_rebuilding())
        if not is_given_up or not clock.time:
            clock.pass_by(each_takes)
        return hints_of(token)

    monkeypatch.setattr(library_schema, "hints_of", slow_hints)
    if is_given_up:
        with pytest.raises(CannotSaveError):
            library.history()
        for call in library._patience._hanging:
            call.outcome.get(timeout=30)
    else:
        assert len(library.history()) == OLD_LABELS
        assert clock.time > SILENCE_SECONDS
    assert seen == {True}
    assert gate.stat().st_mtime > 0, "other programs see that it goes on"
    assert not library.is_rebuilding()
    assert len(library.history()) == OLD_LABELS


@pytest.mark.fault("D4", "D8")
def test_a_salvage_is_waited_for_while_it_goes_on(path: Path) -> None:
    library = Library(path, Clock())
    for number in range(60):
        keep(library, number)
    damage_a_row(path)
    clock = SlowClock()
    patient = Library(path, Clock(), patience=Patience(8.0, clock, glance_seconds=0.001))
    progress = patient._progress

    def slow_progress() -> None:
        if patient.is_rebuilding():
            clock.pass_by(5)
        progress()

    patient._progress = slow_progress  # type: ignore[method-assign]
    with pytest.raises(LibraryDamagedError):
        patient.history()
    assert clock.time > 100
    assert len(patient.history()) == 59
