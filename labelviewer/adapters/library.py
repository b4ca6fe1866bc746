"""The library on disk: label tokens and how they came, in one SQLite file; it never keeps a verdict.

A connection lives for one call: any thread may call, nothing stays open between calls, and writers queue by
SQLite's own locks. Only closing the last connection moves the write-ahead log into the file, under an exclusive lock.
Whoever rebuilds the file, or puts another in its place, is alone inside the gate meanwhile.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, count
from pathlib import Path
from time import monotonic
from typing import Final, TypeVar

from labelviewer.adapters import library_file as file
from labelviewer.adapters import library_rows as rows
from labelviewer.adapters import library_things as things
from labelviewer.adapters import library_trust as trust
from labelviewer.adapters.library_file import Mode, NewerError
from labelviewer.adapters.library_floor import floor_beside, raise_beside
from labelviewer.adapters.library_gate import SILENCE_SECONDS, Gate
from labelviewer.adapters.library_look import looked_at, note_look
from labelviewer.adapters.library_patience import Patience
from labelviewer.adapters.library_salvage import salvage
from labelviewer.domain.errors import CannotSaveError, LibraryDamagedError
from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.pipeline.limits import HISTORY_ROWS
from labelviewer.pipeline.ports import Bundled, BundleMark, Clock, Forgotten, KeptTrustList, Thing, Visit

T = TypeVar("T")

BUSY_SECONDS: Final = 5.0
PATIENCE_SECONDS: Final = 8.0  # longer than another program may keep us waiting
LOOK_AGAIN: Final = timedelta(days=7)
LOOK_OVER_SECONDS: Final = 3_600.0  # a log beside the file may be another program's, at work
TOKENS_AT_ONCE: Final = 500
LOGS: Final = ("", "-wal", "-shm")
TRIES: Final = 3  # where others rebuild the file meanwhile


class Library:
    """Keeps the promises of `Keeper`, `Things`, `Shelf` and `LookedOver`.

    A damaged file is set aside, what is intact in it moves to a new one, and LibraryDamagedError says so, once.
    Nothing is made on the disk before something is kept. A file that a newer program wrote is read, not written.
    A folder that was there and is gone is not made anew: it is on a disk that may come back. What a scan waits for is
    given up after `patience` seconds, or longer while a rebuild goes on; bundles take as long as they take.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        busy_seconds: float = BUSY_SECONDS,
        max_bytes: int | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._path = path
        self._clock = clock
        self._busy_seconds = busy_seconds
        self._max_bytes = max_bytes
        self._patience = patience or Patience(PATIENCE_SECONDS)
        self._gate = Gate(path)
        self._waiting: list[object] = []  # one for each call that a rebuild keeps waiting
        self._is_alone = False
        self._home: tuple[int, int] | None = None
        self._looked_over: float | None = None
        self._last_look: datetime | None = None

    def keep(self, evidence: Evidence, *, issuer: str, subject: str, version: int) -> None:
        """After damage the evidence is kept in the new file, and LibraryDamagedError still says what happened."""
        label, now = rows.Label(issuer, subject, version, evidence), self._clock.now()

        def insert(db: sqlite3.Connection) -> None:
            rows.add_visit(db, label, now)
            rows.bound_history(db, HISTORY_ROWS)

        self._in_time(lambda: self._keep(insert))

    def find(self, address: str) -> Evidence | None:
        """The highest version of the label that came last for this address, or names it.

        Version 0 is what nobody signed: it is found only where there is nothing better.
        """
        return self._in_time(lambda: self._read(lambda db: rows.find_evidence(db, address), None))

    def search(self, text: str, limit: int) -> Sequence[Evidence]:
        return self._in_time(lambda: self._read(lambda db: rows.find_words(db, text, limit), ()))

    def highest_version(self, issuer: str, subject: str) -> int:
        """Also of what was forgotten since."""
        return self._in_time(lambda: self._read(lambda db: rows.highest_version(db, issuer, subject), 0))

    def history(self) -> Sequence[Visit]:
        return self._in_time(lambda: self._read(lambda db: rows.visits(db, HISTORY_ROWS), ()))

    def forget(self, number: int) -> Sequence[Forgotten]:
        return self._forget(lambda db: rows.drop_visit(db, number))

    def clear_history(self) -> Sequence[Forgotten]:
        """Labels that came in a bundle stay: they say nothing about what was looked at."""
        return self._forget(lambda db: rows.drop_scanned(db, HISTORY_ROWS))

    def put_back(self, forgotten: Sequence[Forgotten]) -> None:
        def insert(db: sqlite3.Connection) -> None:
            rows.put_back(db, forgotten)
            rows.bound_history(db, HISTORY_ROWS)

        self._keep(insert)

    def things(self) -> Sequence[Thing]:
        return self._in_time(lambda: self._read(things.things, ()))

    def own(self, thing: Thing) -> None:
        self._in_time(lambda: self._keep(lambda db: things.own(db, thing)))

    def disown(self, number: int) -> None:
        self._forget(lambda db: things.disown(db, number))

    def note(self, number: int, notes: Sequence[str]) -> None:
        self._in_time(lambda: self._keep(lambda db: things.note(db, number, notes)))

    def trust_list(self) -> KeptTrustList | None:
        return self._in_time(lambda: self._read(trust.trust_list, None))

    def keep_trust_list(self, kept: KeptTrustList) -> None:
        self._in_time(lambda: self._keep(lambda db: trust.keep_trust_list(db, kept)))

    def status(self, uri: str) -> StatusEvidence | None:
        return self._in_time(lambda: self._read(lambda db: trust.status(db, uri), None))

    def statuses(self) -> Iterator[StatusEvidence]:
        nothing: Sequence[StatusEvidence] = ()
        yield from self._read(lambda db: tuple(evidence for evidence, _ in trust.statuses(db)), nothing)

    def keep_status(self, evidence: StatusEvidence, *, issued: int) -> None:
        self._in_time(lambda: self._keep(lambda db: trust.keep_status(db, evidence, issued)))

    def floor(self) -> datetime | None:
        def higher() -> datetime | None:
            floors = (self._read(trust.floor, None), floor_beside(self._path))
            return max((floor for floor in floors if floor is not None), default=None)

        return self._in_time(higher)

    def raise_floor(self, moment: datetime) -> None:
        def raise_both() -> None:
            self._keep(lambda db: trust.raise_floor(db, moment))
            raise_beside(self._path, moment)

        self._in_time(raise_both)

    def local_anchors(self) -> Sequence[bytes]:
        return self._in_time(lambda: self._read(trust.anchors, ()))

    def keep_local_anchor(self, document: bytes) -> None:
        self._in_time(lambda: self._keep(lambda db: trust.keep_anchor(db, document)))

    def forget_local_anchor(self, document: bytes) -> None:
        self._write(lambda db: trust.forget_anchor(db, document))

    def keep_bundled(self, labels: Sequence[Bundled], mark: BundleMark) -> None:
        def insert(db: sqlite3.Connection) -> None:
            for label in labels:
                rows.add_bundled(db, label)
            trust.keep_mark(db, mark)

        self._keep(insert)

    def mark(self, bundle: bytes) -> BundleMark | None:
        return self._read(lambda db: trust.mark(db, bundle), None)

    def drop_mark(self, bundle: bytes) -> None:
        self._keep(lambda db: trust.drop_mark(db, bundle))

    def tokens(self) -> Iterator[bytes]:
        """Some at a time: nothing stays open while the caller works."""
        nothing: Sequence[tuple[int, bytes]] = ()
        page: Sequence[tuple[int, bytes]] = ((0, b""),)
        while page := self._read(partial(rows.tokens_after, number=page[-1][0], most=TOKENS_AT_ONCE), nothing):
            yield from (token for _, token in page)

    def check(self) -> int:
        """How many labels are kept, after a look at every page of the file."""

        def labels(db: sqlite3.Connection) -> int:
            file.look_over(db)
            return int(file.only(db, "SELECT count(*) FROM token"))

        return self._read(labels, 0)

    def look_over(self) -> None:
        now, last = self._clock.now(), self._last_look or looked_at(self._path)
        if last is None or not timedelta() <= now - last < LOOK_AGAIN:
            self.check()
            if self._path.exists():
                self._last_look = now
                note_look(self._path, now)

    def is_rebuilding(self) -> bool:
        """Whether somebody waits because the file is brought up to date, or what is intact in it moves to a new one."""
        return bool(self._waiting)

    def _forget(self, drop: Callable[[sqlite3.Connection], T]) -> T:
        """Also in the file as it was before its form changed."""
        gone: list[T] = []
        self._write(lambda db: gone.append(drop(db)))
        self._backup.unlink(missing_ok=True)
        return gone[-1]

    def _in_time(self, call: Callable[[], T]) -> T:
        try:
            return self._patience.ask(call)
        except TimeoutError as cause:
            raise self._refusal() from cause

    def _keep(self, insert: Callable[[sqlite3.Connection], None]) -> None:
        try:
            self._write(insert)
        except LibraryDamagedError:
            self._write(insert)
            raise

    def _read(self, select: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        def attempt() -> T:
            if not self._path.exists() and not self._renewed.exists():
                self._look_for_home()
                return nothing
            try:
                with self._open_up_to_date() as db:
                    return select(db)
            except NewerError:
                return self._select_from_newer(select)
            except sqlite3.OperationalError as error:
                if not file.may_not_write(error):
                    raise
                mode = Mode.FROZEN if file.is_read_only(error) else Mode.READ
            with self._open(mode) as db:
                if file.is_current(db):
                    return select(db)
                with closing(file.brought_up_to_date_in_memory(db, self._progress)) as copy:
                    return select(copy)

        return self._guard(attempt)

    def _select_from_newer(self, select: Callable[[sqlite3.Connection], T]) -> T:
        """What is still called as it is today can be read."""
        with self._open(Mode.READ) as db:
            try:
                return select(db)
            except sqlite3.OperationalError as error:
                if file.is_refusal(error):
                    raise
                raise NewerError from error

    def _write(self, change: Callable[[sqlite3.Connection], None]) -> None:
        def attempt() -> None:
            self._look_for_home()
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._open_up_to_date(make=True) as db, file.transaction(db):
                change(db)

        self._guard(attempt)

    def _guard(self, attempt: Callable[[], T]) -> T:
        """Say the disk's failures in our words; let our own mistakes rise."""
        for _ in range(TRIES):
            before = _identity(self._path)
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
                with self._rebuilding():
                    aside = self._renew() if _identity(self._path) == before else None
            except (*file.FAILURES, OSError) as cause:
                raise self._refusal() from cause
            if aside is not None:
                raise LibraryDamagedError(place=str(aside)) from damage
        raise self._refusal()

    def _refusal(self) -> CannotSaveError:
        return CannotSaveError(place=str(self._path))

    @contextmanager
    def _open_up_to_date(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        with self._open(Mode.WRITE, make=make) as db:
            if file.is_up_to_date(db):
                yield db
                return
        with self._rebuilding(), closing(self._connect(self._path, Mode.WRITE)) as db:
            file.bring_up_to_date(db, self._backup, self._progress)
        with self._open(Mode.WRITE, make=make) as db:
            yield db

    @contextmanager
    def _open(self, mode: Mode, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        """A log that was left behind means that the last writer was cut off: then every page is looked at."""
        with ExitStack() as inside:
            inside.enter_context(self._among_others())
            if not self._path.exists() and self._renewed.exists():
                inside.close()
                with self._rebuilding():
                    self._finish_renewal()
                inside.enter_context(self._among_others())
            if make:
                self._path.touch(mode=0o600)
            has_log = _beside(self._path, "-wal").exists()
            with closing(self._connect(self._path, mode)) as db:
                if has_log and (self._looked_over is None or monotonic() > self._looked_over + LOOK_OVER_SECONDS):
                    file.look_over(db)
                    self._looked_over = monotonic()
                self._home = _identity(self._path.parent)
                yield db

    @contextmanager
    def _among_others(self) -> Iterator[None]:
        waits = list[object]()

        def on_wait() -> None:
            if not waits:
                waits.append(object())
                self._waiting.extend(waits)
            self._patience.stir(SILENCE_SECONDS)

        with ExitStack() as inside:
            try:
                inside.enter_context(self._gate.among_others(on_wait))
            finally:
                for each in waits:
                    self._waiting.remove(each)
                    self._patience.settle()
            yield

    @contextmanager
    def _rebuilding(self) -> Iterator[None]:
        """Alone, and alive for all who wait while there is progress."""
        this = object()
        self._waiting.append(this)
        try:
            with self._gate.alone(lambda: self._patience.stir(SILENCE_SECONDS), self._busy_seconds):
                self._is_alone = True
                self._progress()
                yield
        finally:
            self._is_alone = False
            self._waiting.remove(this)
            self._patience.settle()

    def _progress(self) -> None:
        """SQLite calls this every so many of its steps."""
        if self._is_alone:
            self._patience.stir(SILENCE_SECONDS)
            self._gate.sign()

    def _look_for_home(self) -> None:
        """Raises FileNotFoundError where the folder is not the one that the library was in."""
        gone = self._home is not None and not self._path.exists()
        if gone and _identity(self._path.parent) != self._home:
            raise FileNotFoundError(self._path)

    def _connect(self, path: Path, mode: Mode) -> sqlite3.Connection:
        return file.connect(
            path, mode, busy_seconds=self._busy_seconds, max_bytes=self._max_bytes, on_progress=self._progress
        )

    def _renew(self) -> Path:
        """Write what is intact to a new file, then put that in the damaged one's place; nothing is deleted.

        What an earlier try left half done is begun anew.
        """
        fresh = self._path.with_name(f"{self._path.stem}.renewing.db")
        for suffix in LOGS:
            _beside(fresh, suffix).unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        with closing(self._connect(fresh, Mode.WRITE)) as db:
            file.bring_up_to_date(db)
            with ExitStack() as opened:
                old = None
                with suppress(*file.FAILURES):
                    old = opened.enter_context(closing(self._connect(self._path, Mode.READ)))
                with file.transaction(db):
                    salvage(old, self._path, db, self._progress)
        aside = self._free_name()
        fresh.replace(self._renewed)
        self._set_aside(aside)
        self._renewed.replace(self._path)
        return aside

    def _finish_renewal(self) -> None:
        """Of a program that was ended between the two names. The caller is alone."""
        if not self._path.exists() and self._renewed.exists():
            self._set_aside(self._free_name())
            self._renewed.replace(self._path)

    def _set_aside(self, aside: Path) -> None:
        """The log never stays: it would be taken for the new file's."""
        for suffix in LOGS:
            with suppress(FileNotFoundError):
                _beside(self._path, suffix).rename(_beside(aside, suffix))

    def _free_name(self) -> Path:
        plain = f"{self._path.stem}.damaged-{self._clock.now().date().isoformat()}"
        names = chain((plain,), (f"{plain}.{number}" for number in count(2)))
        return next(path for name in names if not (path := self._path.with_name(name)).exists())

    @property
    def _renewed(self) -> Path:
        """What was salvaged, whole, until it has its place."""
        return self._path.with_name(f"{self._path.stem}.renewed.db")

    @property
    def _backup(self) -> Path:
        """The file as it was before the last change of its form."""
        return self._path.with_name(f"{self._path.stem}.older-version.db")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _identity(path: Path) -> tuple[int, int] | None:
    """None where nothing is. An empty mount point is not the disk that was there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
