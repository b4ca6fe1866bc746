"""The SQLite file under the library: its shape, how it is opened, and whether a failure is damage or a refusal."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from labelviewer.adapters import library_words as words
from labelviewer.adapters.library_schema import VERSION, climb, schema, schema_of

APPLICATION: Final = 0x4C56_4C42  # "LVLB" in the file's header: another program's database is not ours
PAGE_BYTES: Final = 4_096
AGAIN_SECONDS: Final = 0.005
STEPS: Final = 1_000  # of SQLite's own, from one sign of progress to the next

_ALWAYS: Final = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "wal_autocheckpoint = 0",
)
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, None}  # None: text that is not UTF-8
_NO_WRITING: Final = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_REFUSED: Final = _NO_WRITING | {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
}


class Mode(StrEnum):
    """How SQLite opens a file. FROZEN is for a folder in which not even a lock may be left."""

    WRITE = "rw"
    READ = "ro"
    FROZEN = "ro&immutable=1"


class DamageError(Exception):
    """The file is not, or is no longer, a library."""


class NewerError(Exception):
    """A later version of the program wrote the file; it stays as it is."""


FAILURES: Final = (sqlite3.DatabaseError, UnicodeDecodeError, DamageError)  # the second: a damaged name in a message


def connect(
    path: Path,
    mode: Mode,
    *,
    busy_seconds: float,
    max_bytes: int | None = None,
    on_progress: Callable[[], None] | None = None,
) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    db = sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)
    db.set_progress_handler(on_progress, STEPS)
    try:
        for pragma in _ALWAYS:
            db.execute(f"PRAGMA {pragma}")
        if max_bytes is not None:
            db.execute(f"PRAGMA max_page_count = {max_bytes // PAGE_BYTES}")
    except FAILURES:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


@contextmanager
def _snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """What is read inside belongs together, whoever writes meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


def is_up_to_date(db: sqlite3.Connection) -> bool:
    """Raises DamageError, NewerError."""
    return is_current(db) and words.is_fresh(db)


def bring_up_to_date(
    db: sqlite3.Connection, backup: Path | None = None, on_progress: Callable[[], None] | None = None
) -> None:
    """All steps or none; two programs that start together do it once. `backup` gets the file as it was."""
    if is_current(db):
        if not words.is_fresh(db):
            with transaction(db):
                words.rebuild(db)
        return
    _write_ahead(db)
    with transaction(db):
        if is_current(db):
            return
        version = int(only(db, "PRAGMA user_version"))
        if version and backup is not None:
            _back_up(db, backup, on_progress)
        climb(db, version)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute(f"PRAGMA application_id = {APPLICATION}")


def _back_up(db: sqlite3.Connection, backup: Path, on_progress: Callable[[], None] | None) -> None:
    """By a connection that reads beside the one that holds the lock: no transaction may copy itself."""
    path = Path(only(db, "SELECT file FROM pragma_database_list WHERE name = 'main'"))
    backup.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as beside:
        beside.set_progress_handler(on_progress, STEPS)
        beside.execute("VACUUM INTO ?", (str(backup),))


def _write_ahead(db: sqlite3.Connection) -> None:
    """Of two that change the mode of a new file together, SQLite refuses one at once, however long it may wait."""
    until = monotonic() + int(only(db, "PRAGMA busy_timeout")) / 1_000
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_busy(error) or monotonic() >= until:
                raise
            sleep(AGAIN_SECONDS)
        else:
            return


def brought_up_to_date_in_memory(
    db: sqlite3.Connection, on_progress: Callable[[], None] | None = None
) -> sqlite3.Connection:
    """For a file that may not be written. The caller closes what comes back."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy.set_progress_handler(on_progress, STEPS)
    db.backup(copy)
    bring_up_to_date(copy)
    return copy


def is_current(db: sqlite3.Connection) -> bool:
    """False for a file that an older version wrote, or that is still empty. Raises DamageError, NewerError."""
    with _snapshot(db):
        version = int(only(db, "PRAGMA user_version"))
        application = only(db, "PRAGMA application_id")
        tables = schema(db)
    if version == 0 and not tables:
        return False
    if application != APPLICATION or version < 1:
        raise DamageError
    if version > VERSION:
        raise NewerError
    if tables != schema_of(version):
        raise DamageError
    return version == VERSION


def look_over(db: sqlite3.Connection) -> None:
    """Raises DamageError where a page does not hang together."""
    if only(db, "PRAGMA quick_check(1)") != "ok":
        raise DamageError


def only(db: sqlite3.Connection, query: str, *blanks: str | int) -> Any:
    """The first field of the first row."""
    return db.execute(query, blanks).fetchone()[0]


def may_not_write(error: sqlite3.Error) -> bool:
    """What can be read all the same."""
    return is_read_only(error) or _primary(error) == sqlite3.SQLITE_FULL


def is_read_only(error: sqlite3.Error) -> bool:
    return _primary(error) in _NO_WRITING


def is_busy(error: sqlite3.Error) -> bool:
    """Another one holds the lock."""
    return _primary(error) == sqlite3.SQLITE_BUSY


def is_no_database(error: sqlite3.Error) -> bool:
    return _primary(error) in _DAMAGED


def is_refusal(error: Exception) -> bool:
    """Read-only, full, locked, gone: the disk says no, and what is on it is well."""
    return isinstance(error, sqlite3.OperationalError) and _primary(error) in _REFUSED


def is_damage(error: Exception) -> bool:
    """A broken rule of the schema is damage too: no change that we make can break one."""
    if isinstance(error, DamageError | UnicodeDecodeError | sqlite3.IntegrityError):
        return True
    return not isinstance(error, sqlite3.ProgrammingError | sqlite3.NotSupportedError) and _primary(error) in _DAMAGED


def _primary(error: Exception) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
