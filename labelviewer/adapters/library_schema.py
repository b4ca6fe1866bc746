"""The tables of the library, and the steps from each version of the file to the next."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from typing import Any, Final

from labelviewer.adapters import library_words as words
from labelviewer.domain.hints import hints_of

Step = str | Callable[[sqlite3.Connection], None]

_LABELS: Final = """
    CREATE TABLE token (
        id INTEGER PRIMARY KEY,
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        version INTEGER NOT NULL,
        sha256 BLOB NOT NULL UNIQUE,
        bytes BLOB NOT NULL
    ) STRICT"""
_VISITS: Final = """
    CREATE TABLE visit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        token INTEGER NOT NULL REFERENCES token ON DELETE CASCADE,
        code TEXT,
        gtin TEXT,
        fetched_from TEXT NOT NULL,
        fetched_at TEXT NOT NULL
    ) STRICT"""
_CARRIERS: Final = """
    CREATE TABLE carrier (
        url TEXT NOT NULL,
        token INTEGER NOT NULL REFERENCES token ON DELETE CASCADE,
        scanned INTEGER NOT NULL,
        fetched_from TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        PRIMARY KEY (url, token)
    ) STRICT, WITHOUT ROWID"""
_WORDS: Final = """
    CREATE TABLE hint (
        token INTEGER PRIMARY KEY REFERENCES token ON DELETE CASCADE,
        bundled INTEGER NOT NULL,
        words TEXT NOT NULL
    ) STRICT"""
_INDEXED: Final = "CREATE TABLE indexed (id INTEGER PRIMARY KEY CHECK (id = 1), fresh INTEGER NOT NULL) STRICT"
_SEEN: Final = "CREATE TABLE seen (label BLOB PRIMARY KEY, version INTEGER NOT NULL, seal BLOB NOT NULL) STRICT"
_STATUS_LISTS: Final = """
    CREATE TABLE status_list (
        uri TEXT PRIMARY KEY,
        issued INTEGER NOT NULL,
        fetched_at TEXT NOT NULL,
        bytes BLOB NOT NULL,
        seal BLOB NOT NULL
    ) STRICT"""
_TRUST: Final = """
    CREATE TABLE trust (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        serial INTEGER NOT NULL,
        fetched_at TEXT NOT NULL,
        bytes BLOB NOT NULL,
        seal BLOB NOT NULL
    ) STRICT"""
_FLOOR: Final = (
    "CREATE TABLE floor (id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL, seal BLOB NOT NULL) STRICT"
)
_ANCHORS: Final = "CREATE TABLE anchor (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL UNIQUE, seal BLOB NOT NULL) STRICT"
_MARKS: Final = """
    CREATE TABLE mark (
        bundle BLOB PRIMARY KEY,
        read INTEGER NOT NULL,
        digest BLOB NOT NULL,
        kept INTEGER NOT NULL,
        refused INTEGER NOT NULL
    ) STRICT"""
_THINGS: Final = """
    CREATE TABLE thing (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        since TEXT NOT NULL,
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        version INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        code TEXT,
        gtin TEXT,
        fetched_from TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        notes TEXT NOT NULL,
        seal BLOB NOT NULL,
        UNIQUE (issuer, subject)
    ) STRICT"""

_TIME_OF_TOKENS: Final = """
    UPDATE token SET (fetched_from, fetched_at) = (
        SELECT fetched_from, fetched_at FROM visit WHERE visit.token = token.id ORDER BY visit.id DESC LIMIT 1)"""
_CARRIERS_OF_VISITS: Final = """
    INSERT INTO carrier SELECT code, token, 1, fetched_from, max(fetched_at) FROM visit
    WHERE code IS NOT NULL GROUP BY code, token"""


def _words_of_tokens(db: sqlite3.Connection) -> None:
    for number, token in db.execute("SELECT id, bytes FROM token"):
        text = hints_of(token).words if isinstance(token, bytes) else ""
        db.execute("INSERT INTO hint VALUES (?, 0, ?)", (number, text))


MIGRATIONS: Final[tuple[tuple[Step, ...], ...]] = (
    (
        _LABELS,
        "CREATE INDEX token_label ON token (issuer, subject, version)",
        _VISITS,
        "CREATE INDEX visit_code ON visit (code)",
        "CREATE INDEX visit_token ON visit (token)",
    ),
    (
        "ALTER TABLE token ADD COLUMN bundled INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE token ADD COLUMN fetched_from TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE token ADD COLUMN fetched_at TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX token_scanned ON token (id) WHERE bundled = 0",
        _CARRIERS,
        "CREATE INDEX carrier_token ON carrier (token)",
        _WORDS,
        _INDEXED,
        _SEEN,
        _STATUS_LISTS,
        _TRUST,
        _FLOOR,
        _ANCHORS,
        _MARKS,
        _TIME_OF_TOKENS,
        _CARRIERS_OF_VISITS,
        _words_of_tokens,
    ),
    (_THINGS,),
)
VERSION: Final = len(MIGRATIONS)


def climb(db: sqlite3.Connection, version: int) -> None:
    """Every step after `version`; the words for searching last, where this SQLite can keep an index of them."""
    for steps in MIGRATIONS[version:]:
        for step in steps:
            if isinstance(step, str):
                db.execute(step)
            else:
                step(db)
    words.rebuild(db)


def schema(db: sqlite3.Connection) -> list[Any]:
    """Without the index of words: not every SQLite can keep one, and it can be made again."""
    return list(_without_words(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")))


def _without_words(rows: sqlite3.Cursor) -> Iterator[Any]:
    for row in rows:
        if not (isinstance(row[1], str) and row[1].startswith(words.TABLES)):
            yield row


@cache
def schema_of(version: int) -> list[Any]:
    with closing(sqlite3.connect(":memory:")) as db:
        for steps in MIGRATIONS[:version]:
            for step in steps:
                if isinstance(step, str):
                    db.execute(step)
        return schema(db)
