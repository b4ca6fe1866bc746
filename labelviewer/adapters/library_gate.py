"""A file beside the library: many may be in the library at once, or one alone, who rebuilds it or gives it its name.

It is a SQLite file without content. SQLite's locks are the same on every system, and go with the process that held
them; what it says about its own age tells those who wait whether the one inside is still at work.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from labelviewer.adapters.library_file import is_busy, is_no_database, is_read_only

SILENCE_SECONDS: Final = 60.0  # one step of a rebuild may take so long: to move a whole log into the file is one
SIGN_SECONDS: Final = 0.25
AGAIN_SECONDS: Final = 0.01


class Gate:
    """Where no gate can be made, nobody can rebuild either: others go in without."""

    def __init__(self, library: Path, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._path = library.with_name(f"{library.stem}.gate")
        self._silence_seconds = silence_seconds
        self._signed = 0.0

    @contextmanager
    def among_others(self, on_wait: Callable[[], None]) -> Iterator[None]:
        """Waits for one who is alone inside as long as there are signs of life; then raises OperationalError."""
        with ExitStack() as inside:
            if (db := self._open_where_there_may_be_one()) is not None:
                inside.enter_context(closing(db))
                self._enter(db, ("BEGIN", "SELECT count(*) FROM sqlite_schema"), on_wait)
            yield

    @contextmanager
    def alone(self, on_wait: Callable[[], None], busy_seconds: float) -> Iterator[None]:
        """Raises OSError, OperationalError."""
        with closing(self._open(busy_seconds)) as db:
            self._enter(db, ("BEGIN EXCLUSIVE",), on_wait)
            yield

    def sign(self) -> None:
        """By the one who is alone: still at work."""
        now = monotonic()
        if now > self._signed + SIGN_SECONDS:
            self._signed = now
            with suppress(OSError):
                os.utime(self._path)

    def _open_where_there_may_be_one(self) -> sqlite3.Connection | None:
        try:
            return self._open()
        except OSError:
            return None
        except sqlite3.OperationalError as error:
            if is_read_only(error):
                return None
            raise

    def _open(self, busy_seconds: float = 0.0) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        try:
            return sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)
        except sqlite3.OperationalError:
            self._path.touch(mode=0o600)
            return sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)

    def _enter(self, db: sqlite3.Connection, steps: tuple[str, ...], on_wait: Callable[[], None]) -> None:
        seen, until = -1, monotonic() + self._silence_seconds
        while True:
            try:
                for step in steps:
                    db.execute(step)
            except sqlite3.DatabaseError as error:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                if is_no_database(error) and self._path.stat().st_size:
                    os.truncate(self._path, 0)  # something wrote into it
                elif not is_busy(error) or monotonic() > until:
                    raise
            else:
                return
            on_wait()
            if (signed := self._path.stat().st_mtime_ns) != seen:
                seen, until = signed, monotonic() + self._silence_seconds
            sleep(AGAIN_SECONDS)
