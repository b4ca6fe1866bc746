"""A disk that writes down all that SQLite does to it, and what may be left of that when the power goes.

What was synced stays. Of what was written since, any part may be there or not, in sectors; files that were made or
removed since come and go in their order. The same disk can be full, or break, at any step.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import apsw
import pytest

SECTOR: Final = 512
_LASTING: Final = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL


@dataclass(frozen=True)
class Write:
    file: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """The file is made so long."""

    file: int
    size: int


@dataclass(frozen=True)
class Sync:
    file: int


@dataclass(frozen=True)
class Name:
    """A file appears under a name; None: whatever had that name is gone."""

    name: str
    file: int | None


@dataclass(frozen=True)
class Said:
    """The program says that so many of its changes are saved."""

    changes: int


Event = Write | Cut | Sync | Name | Said


@dataclass
class Disk:
    """`whole` holds what lay there before, by file; `before` is how many events say so.

    `room` is how many more writes and syncs go well before each of them fails by the code `failure`; None: all do.
    """

    folder: Path
    before: int = 0
    room: int | None = None
    failure: int = apsw.SQLITE_FULL
    events: list[Event] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)
    whole: dict[int, bytes] = field(default_factory=dict)

    def file(self, path: str) -> int:
        name = Path(path).name
        if name not in self.files:
            number = len(self.whole)
            before = (self.folder / name).read_bytes() if (self.folder / name).exists() else b""
            self.files[name], self.whole[number] = number, before
            self.events.append(Name(name, number))
            if before:
                self.events.append(Sync(number))
        return self.files[name]

    def remove(self, path: str) -> None:
        if self.files.pop(Path(path).name, None) is not None:
            self.events.append(Name(Path(path).name, None))

    def spend(self) -> None:
        if self.room == 0:
            raise apsw.exception_for(self.failure)
        if self.room is not None:
            self.room -= 1

    def said(self, changes: int) -> None:
        self.events.append(Said(changes))


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, path: str | apsw.URIFilename, flags: list[int]) -> None:
        self._disk = disk
        self._file = disk.file(path if isinstance(path, str) else path.filename())
        super().__init__("", path, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.spend()
        self._disk.events.append(Write(self._file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._disk.events.append(Cut(self._file, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._disk.spend()
        self._disk.events.append(Sync(self._file))
        super().xSync(flags)


class _System(apsw.VFS):
    def __init__(self, disk: Disk, name: str) -> None:
        self._disk = disk
        self.name = name
        super().__init__(name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        if name is None or not flags[0] & _LASTING:
            return apsw.VFSFile("", name, flags)  # SQLite's own scratch, gone with the connection
        return _File(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.remove(filename)
        super().xDelete(filename, syncdir)


@contextmanager
def _failing_like_sqlite3() -> Iterator[None]:
    try:
        yield
    except apsw.Error as cause:
        error = sqlite3.OperationalError(str(cause))
        error.sqlite_errorcode = getattr(cause, "extendedresult")  # noqa: B009 (its types do not know it)
        raise error from cause


class _Connection:
    """As much of sqlite3's as the library uses. `instead` has another statement for some."""

    def __init__(self, db: apsw.Connection, instead: Mapping[str, str]) -> None:
        self._db = db
        self._instead = instead

    def execute(self, statement: str, blanks: Any = ()) -> apsw.Cursor:
        with _failing_like_sqlite3():
            return self._db.execute(self._instead.get(statement, statement), blanks)

    def set_progress_handler(self, handler: Callable[[], None] | None, steps: int) -> None:
        self._db.set_progress_handler(None if handler is None else lambda: bool(handler()), steps)

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def close(self) -> None:
        """Like sqlite3's: where the log cannot be put away now, it waits beside the file."""
        with suppress(apsw.FullError, apsw.IOError):
            self._db.close()


@contextmanager
def recorded(folder: Path, instead: Mapping[str, str]) -> Iterator[Disk]:
    """Inside, sqlite3.connect opens files of SQLite's through a disk that writes down what happens."""
    disk, plain = Disk(folder), sqlite3.connect
    system = _System(disk, f"recorded-{id(disk)}")
    for path in sorted(folder.iterdir()):
        disk.file(str(path))
    disk.before = len(disk.events)

    def connect(address: str, *, timeout: float = 5.0, **how: Any) -> Any:
        if not address.startswith("file:"):
            return plain(address, timeout=timeout, **how)
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        with _failing_like_sqlite3():
            db = apsw.Connection(address, flags=flags, vfs=system.name)
        db.set_busy_timeout(int(timeout * 1_000))
        return _Connection(db, instead)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        yield disk
    system.unregister()


def left_over(disk: Disk, until: int, dice: random.Random) -> dict[str, bytes]:
    """What may lie in the folder when the power goes after so many events."""
    events = disk.events[:until]
    synced = {event.file: at for at, event in enumerate(events) if isinstance(event, Sync)}
    first = {event.file: at for at, event in reversed(list(enumerate(events))) if isinstance(event, Sync)}
    made = [(at, event) for at, event in enumerate(events) if isinstance(event, Name)]
    sure = max((at for at, event in made if event.file in first), default=-1)
    loose = [at for at, _ in made if at > sure]
    last = dice.choice([sure, *loose])
    names: dict[str, int] = {}
    for at, event in made:
        if at <= last:
            names.pop(event.name, None)
            if event.file is not None:
                names[event.name] = event.file
    return {name: _content(disk, events, file, synced.get(file, -1), dice) for name, file in names.items()}


def _content(disk: Disk, events: list[Event], file: int, synced: int, dice: random.Random) -> bytes:
    content = bytearray(disk.whole[file])
    luck = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for at, event in enumerate(events):
        sure = at < synced
        match event:
            case Write(number, place, data) if number == file:
                for start in range(0, len(data), SECTOR):
                    if sure or dice.random() < luck:
                        _put(content, place + start, data[start : start + SECTOR])
            case Cut(number, size) if number == file and (sure or dice.random() < luck):
                content[size:] = bytes(max(0, size - len(content)))
            case _:
                pass
    return bytes(content)


def _put(content: bytearray, at: int, data: bytes) -> None:
    content.extend(bytes(max(0, at + len(data) - len(content))))
    content[at : at + len(data)] = data


def moments(disk: Disk) -> list[int]:
    """After how many events the power may go: after each that changes what a file holds."""
    return [at for at in range(disk.before, len(disk.events) + 1) if not isinstance(disk.events[at - 1], Name)]


def said_until(disk: Disk, until: int) -> int:
    return max((event.changes for event in disk.events[:until] if isinstance(event, Said)), default=0)
