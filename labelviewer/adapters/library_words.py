"""Finding kept labels by the beginnings of words: SQLite's full text index, or a plain scan where there is none.

Scanned and bundled labels have an index each, so that forgetting what was scanned rewrites the small one only.
Words come folded, so that both ways find the same: in them all that is not a letter or digit is a blank.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache
from typing import Final

from labelviewer.domain.hints import fold

SCANNED: Final = "words_scanned"
BUNDLED: Final = "words_bundled"
TABLES: Final = (SCANNED, BUNDLED)
MOST_WORDS: Final = 8

_CREATE: Final = (
    "CREATE VIRTUAL TABLE {} USING fts5"
    " (text, content = '', detail = column, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7 8')"
)
_FILL: Final = "INSERT INTO {} (rowid, text) SELECT token, words FROM hint WHERE bundled = ?"
_FRESH: Final = "SELECT 1 FROM indexed WHERE fresh = 1"
_STALE: Final = "UPDATE indexed SET fresh = 0"


@cache
def has_index() -> bool:
    """Asked of SQLite itself: not every build has full text search."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute(_CREATE.format(SCANNED))
        except sqlite3.OperationalError:
            return False
        return True


def is_fresh(db: sqlite3.Connection) -> bool:
    """Whether the index knows all labels; always so where there can be none."""
    return not has_index() or db.execute(_FRESH).fetchone() is not None


def rebuild(db: sqlite3.Connection) -> None:
    """Inside a transaction."""
    db.execute("INSERT OR REPLACE INTO indexed VALUES (1, ?)", (int(has_index()),))
    if not has_index():
        return
    for bundled, table in enumerate(TABLES):
        db.execute(f"DROP TABLE IF EXISTS {table}")
        db.execute(_CREATE.format(table))
        db.execute(_FILL.format(table), (bundled,))


def put(db: sqlite3.Connection, token: int, words: Callable[[], str], *, bundled: bool) -> None:
    """A bundled label stays one, whoever scans it; `words` is only asked for a label that is new."""
    found = db.execute("SELECT bundled, words FROM hint WHERE token = ?", (token,)).fetchone()
    if found is not None and found[0] >= bundled:
        return
    text = words() if found is None else str(found[1])
    if found is not None:
        drop(db, token)
    db.execute("INSERT INTO hint VALUES (?, ?, ?)", (token, int(bundled), text))
    if has_index():
        db.execute(f"INSERT INTO {TABLES[bundled]} (rowid, text) VALUES (?, ?)", (token, text))
    else:
        db.execute(_STALE)


def drop(db: sqlite3.Connection, token: int) -> None:
    found = db.execute("DELETE FROM hint WHERE token = ? RETURNING bundled, words", (token,)).fetchall()
    if not has_index():
        db.execute(_STALE)
        return
    for bundled, text in found:
        table = TABLES[bundled]
        db.execute(f"INSERT INTO {table} ({table}, rowid, text) VALUES ('delete', ?, ?)", (token, text))


def wipe_dropped(db: sqlite3.Connection) -> None:
    """The index only notes what is gone; merged, it no longer holds the words of it."""
    if has_index():
        db.execute(f"INSERT INTO {SCANNED} ({SCANNED}) VALUES ('optimize')")


def drop_scanned(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM hint WHERE bundled = 0")
    if has_index():
        db.execute(f"INSERT INTO {SCANNED} ({SCANNED}) VALUES ('delete-all')")
    else:
        db.execute(_STALE)


def find(db: sqlite3.Connection, text: str, limit: int) -> Sequence[int]:
    """Labels in which every word of `text` begins a word; newest first."""
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return ()
    if not has_index() or not is_fresh(db):
        every = " AND ".join("instr(' ' || words, ?)" for _ in words)
        rows = db.execute(
            f"SELECT token FROM hint WHERE {every} ORDER BY token DESC LIMIT ?",
            (*(f" {word}" for word in words), limit),
        )
        return tuple(row[0] for row in rows)
    query = " AND ".join(f'"{word}" *' for word in words)
    found = [
        row[0]
        for table in TABLES
        for row in db.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?", (query, limit)
        )
    ]
    return tuple(sorted(found, reverse=True)[:limit])
