"""The library on disk: label tokens and how they came, in one SQLite file; it never keeps a verdict.

A connection lives for one call: any thread may call, nothing stays open between calls, and writers queue by
SQLite's own locks. Only closing the last connection moves the write-ahead log into the file, under an exclusive lock.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Final, TypeVar

from labelviewer.adapters import library_file as file
from labelviewer.adapters.library_file import DamageError, Mode, NewerError
from labelviewer.domain.errors import CannotSaveError, LibraryDamagedError
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.pipeline.limits import HISTORY_ROWS, LIBRARY
from labelviewer.pipeline.ports import Clock, Visit

T = TypeVar("T")

BUSY_SECONDS: Final = 5.0
SALVAGE_ROWS: Final = 100_000  # asked for one by one after damage; a second or so for all of them

_VISITS: Final = """
    SELECT visit.id, visit.at, visit.code, visit.gtin, visit.fetched_from, visit.fetched_at,
        token.bytes, token.sha256, token.issuer, token.subject, token.version
    FROM visit JOIN token ON token.id = visit.token """
_NEWEST_FIRST: Final = _VISITS + "ORDER BY visit.id DESC LIMIT ?"
_BY_NUMBER: Final = _VISITS + "WHERE visit.id = ?"
_WHERE_CODE: Final = """
    WHERE visit.code = :code AND (token.issuer, token.subject) = (
        SELECT issuer, subject FROM visit JOIN token ON token.id = visit.token WHERE visit.code = :code
        ORDER BY token.version = 0, visit.fetched_at DESC, visit.id DESC LIMIT 1)
    ORDER BY token.version DESC, visit.fetched_at DESC, visit.id DESC LIMIT 1"""
_BY_CODE: Final = _VISITS + _WHERE_CODE
_HIGHEST_VERSION: Final = "SELECT max(version) FROM token WHERE issuer = ? AND subject = ?"
_ADD_LABEL: Final = """
    INSERT INTO token (issuer, subject, version, bytes, sha256) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (sha256) DO UPDATE SET version = max(version, excluded.version)"""
_ADD_VISIT: Final = """
    INSERT INTO visit (at, code, gtin, fetched_from, fetched_at, token)
    SELECT ?, ?, ?, ?, ?, token.id FROM token WHERE sha256 = ?"""
_DROP_VISIT: Final = "DELETE FROM visit WHERE id = ?"
_DROP_OLD_VISITS: Final = "DELETE FROM visit WHERE id <= (SELECT id FROM visit ORDER BY id DESC LIMIT 1 OFFSET ?)"
_DROP_UNVISITED: Final = "DELETE FROM token WHERE NOT EXISTS (SELECT 1 FROM visit WHERE visit.token = token.id)"


@dataclass(frozen=True, slots=True)
class _Row:
    issuer: str
    subject: str
    version: int
    visit: Visit


class Library:
    """Keeps the `Keeper` promises.

    A damaged file is set aside, what is intact in it moves to a new one, and LibraryDamagedError says so, once.
    Nothing is made on the disk before something is kept.
    """

    def __init__(
        self, path: Path, clock: Clock, *, busy_seconds: float = BUSY_SECONDS, max_bytes: int = LIBRARY
    ) -> None:
        self._path = path
        self._clock = clock
        self._busy_seconds = busy_seconds
        self._max_bytes = max_bytes

    def keep(self, evidence: Evidence, *, issuer: str, subject: str, version: int) -> None:
        """After damage the evidence is kept in the new file, and LibraryDamagedError still says what happened."""
        row = _Row(issuer, subject, version, Visit(0, self._clock.now(), evidence))

        def insert(db: sqlite3.Connection) -> None:
            _insert(db, row)
            db.execute(_DROP_OLD_VISITS, (HISTORY_ROWS,))
            db.execute(_DROP_UNVISITED)

        try:
            self._write(insert)
        except LibraryDamagedError:
            self._write(insert)
            raise

    def find(self, address: str) -> Evidence | None:
        """The highest version of the label that was last fetched for this address.

        Version 0 is what nobody signed: it is found only where there is nothing better.
        """

        def select(db: sqlite3.Connection) -> Evidence | None:
            found = db.execute(_BY_CODE, {"code": address}).fetchone()
            return None if found is None else _row(found).visit.evidence

        return self._read(select, None)

    def highest_version(self, issuer: str, subject: str) -> int:
        return self._read(lambda db: int(file.only(db, _HIGHEST_VERSION, issuer, subject) or 0), 0)

    def history(self) -> Sequence[Visit]:
        def select(db: sqlite3.Connection) -> tuple[Visit, ...]:
            return tuple(_row(found).visit for found in db.execute(_NEWEST_FIRST, (HISTORY_ROWS,)))

        return self._read(select, ())

    def forget(self, number: int) -> None:
        def delete(db: sqlite3.Connection) -> None:
            db.execute(_DROP_VISIT, (number,))
            db.execute(_DROP_UNVISITED)

        self._write(delete)

    def clear_history(self) -> None:
        def delete(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM visit")
            db.execute(_DROP_UNVISITED)

        self._write(delete)

    def check(self) -> int:
        """How many labels are kept, after a look at every page of the file."""

        def labels(db: sqlite3.Connection) -> int:
            file.look_over(db)
            return int(file.only(db, "SELECT count(*) FROM token"))

        return self._read(labels, 0)

    def _read(self, select: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        def attempt() -> T:
            if not self._path.exists():
                return nothing
            try:
                with self._open(Mode.WRITE) as db:
                    file.bring_up_to_date(db)
                    return select(db)
            except sqlite3.OperationalError as error:
                if not file.may_not_write(error):
                    raise
            with self._open(Mode.FROZEN) as db:
                return select(db) if file.is_current(db) else nothing

        return self._guard(attempt)

    def _write(self, change: Callable[[sqlite3.Connection], None]) -> None:
        def attempt() -> None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            with self._open(Mode.WRITE) as db:
                file.bring_up_to_date(db)
                with file.transaction(db):
                    change(db)

        self._guard(attempt)

    def _guard(self, attempt: Callable[[], T]) -> T:
        """Say the disk's failures in our words; let our own mistakes rise."""
        try:
            return attempt()
        except (NewerError, OSError) as cause:
            raise self._refusal() from cause
        except file.FAILURES as cause:
            if file.is_refusal(cause):
                raise self._refusal() from cause
            if not file.is_damage(cause):
                raise
            damage = cause
        try:
            aside = self._renew()
        except (*file.FAILURES, OSError) as cause:
            raise self._refusal() from cause
        raise LibraryDamagedError(place=str(aside)) from damage

    def _refusal(self) -> CannotSaveError:
        return CannotSaveError(place=str(self._path))

    @contextmanager
    def _open(self, mode: Mode) -> Iterator[sqlite3.Connection]:
        """A log that was left behind means that the last writer was cut off: then every page is looked at."""
        was_cut_off = _beside(self._path, "-wal").exists()
        with closing(self._connect(self._path, mode)) as db:
            if was_cut_off:
                file.look_over(db)
            yield db

    def _connect(self, path: Path, mode: Mode) -> sqlite3.Connection:
        return file.connect(path, mode, busy_seconds=self._busy_seconds, max_bytes=self._max_bytes)

    def _renew(self) -> Path:
        """Write what is intact to a new file, then put that in the damaged one's place; nothing is deleted."""
        rows = self._salvage()
        handle, name = mkstemp(prefix=f"{self._path.stem}.renewed-", dir=self._path.parent)
        os.close(handle)
        fresh = Path(name)
        with closing(self._connect(fresh, Mode.WRITE)) as db:
            file.bring_up_to_date(db)
            with file.transaction(db):
                for row in rows:
                    _insert(db, row)
        aside = self._free_name()
        for suffix in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                _beside(self._path, suffix).rename(_beside(aside, suffix))
        fresh.rename(self._path)
        return aside

    def _salvage(self) -> list[_Row]:
        """Every row is asked for by itself, so that a broken page costs its own rows only."""
        rows: list[_Row] = []
        with suppress(*file.FAILURES), closing(self._connect(self._path, Mode.READ)) as db:
            newest = _number(db, "SELECT max(id) FROM visit") or _number(db, "SELECT seq FROM sqlite_sequence")
            for number in range(max(1, newest - SALVAGE_ROWS), newest + 1):
                with suppress(*file.FAILURES):
                    rows.extend(_row(found) for found in db.execute(_BY_NUMBER, (number,)))
        return rows

    def _free_name(self) -> Path:
        plain = f"{self._path.stem}.damaged-{self._clock.now().date().isoformat()}"
        names = chain((plain,), (f"{plain}.{number}" for number in count(2)))
        return next(path for name in names if not (path := self._path.with_name(name)).exists())


def _number(db: sqlite3.Connection, query: str) -> int:
    with suppress(*file.FAILURES, TypeError, ValueError):
        return int(file.only(db, query))
    return 0


def _insert(db: sqlite3.Connection, row: _Row) -> None:
    evidence, box = row.visit.evidence, row.visit.evidence.box
    digest = sha256(evidence.token).digest()
    at, fetched_at = _to_text(row.visit.at), _to_text(evidence.fetched_at)
    db.execute(_ADD_LABEL, (row.issuer, row.subject, row.version, evidence.token, digest))
    visit = db.execute(_ADD_VISIT, (at, box.code, box.gtin, evidence.fetched_from, fetched_at, digest))
    if visit.rowcount != 1:
        raise DamageError


def _row(found: tuple[Any, ...]) -> _Row:
    """Raises DamageError where a field is not what it was when it was written, as far as one can tell."""
    number, at, code, gtin, fetched_from, fetched_at, token, digest, issuer, subject, version = found
    texts = (at, fetched_at, fetched_from, issuer, subject, code or "", gtin or "")
    if not isinstance(token, bytes) or sha256(token).digest() != digest or not isinstance(version, int):
        raise DamageError
    if not all(isinstance(text, str) for text in texts):
        raise DamageError
    evidence = Evidence(token, fetched_from, _to_moment(fetched_at), Box(code, gtin))
    return _Row(issuer, subject, version, Visit(number, _to_moment(at), evidence))


def _to_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _to_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as cause:
        raise DamageError from cause
    if moment.tzinfo is None:
        raise DamageError
    return moment


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
