"""What the library remembers about trust; every row is sealed, since none of it may change by damage."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from labelviewer.adapters.library_file import DamageError
from labelviewer.adapters.library_rows import seal, to_moment, to_text
from labelviewer.domain.evidence import StatusEvidence
from labelviewer.pipeline.ports import BundleMark, KeptTrustList

_ADD_LIST: Final = """
    INSERT INTO trust VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET serial = excluded.serial,
        fetched_at = excluded.fetched_at, bytes = excluded.bytes, seal = excluded.seal
    WHERE excluded.serial >= serial"""
_ADD_STATUS: Final = """
    INSERT INTO status_list VALUES (?, ?, ?, ?, ?) ON CONFLICT (uri) DO UPDATE SET issued = excluded.issued,
        fetched_at = excluded.fetched_at, bytes = excluded.bytes, seal = excluded.seal
    WHERE excluded.issued >= issued"""
_ADD_FLOOR: Final = """
    INSERT INTO floor VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, seal = excluded.seal
    WHERE excluded.at > at"""
_STATUSES: Final = "SELECT uri, issued, fetched_at, bytes, seal FROM status_list "


def trust_list(db: sqlite3.Connection) -> KeptTrustList | None:
    found = db.execute("SELECT serial, fetched_at, bytes, seal FROM trust").fetchone()
    if found is None:
        return None
    serial, fetched_at, data = _whole(found)
    return KeptTrustList(data, serial, to_moment(fetched_at))


def keep_trust_list(db: sqlite3.Connection, kept: KeptTrustList) -> None:
    fields = (kept.serial, to_text(kept.fetched_at), kept.data)
    db.execute(_ADD_LIST, (*fields, seal(*fields)))


def status(db: sqlite3.Connection, uri: str) -> StatusEvidence | None:
    found = db.execute(_STATUSES + "WHERE uri = ?", (uri,)).fetchone()
    return None if found is None else _status(found)[0]


def statuses(db: sqlite3.Connection) -> Iterator[tuple[StatusEvidence, int]]:
    """Each with the time it was issued."""
    for (number,) in db.execute("SELECT rowid FROM status_list ORDER BY rowid").fetchall():
        yield from status_rows(db, number)


def status_rows(db: sqlite3.Connection, number: int) -> Iterator[tuple[StatusEvidence, int]]:
    yield from map(_status, db.execute(_STATUSES + "WHERE rowid = ?", (number,)))


def keep_status(db: sqlite3.Connection, evidence: StatusEvidence, issued: int) -> None:
    fields = (evidence.uri, issued, to_text(evidence.fetched_at), evidence.token)
    db.execute(_ADD_STATUS, (*fields, seal(*fields)))


def floor(db: sqlite3.Connection) -> datetime | None:
    found = db.execute("SELECT at, seal FROM floor").fetchone()
    return None if found is None else to_moment(_whole(found)[0])


def raise_floor(db: sqlite3.Connection, moment: datetime) -> None:
    text = to_text(moment)
    db.execute(_ADD_FLOOR, (text, seal(text)))


def anchors(db: sqlite3.Connection) -> Sequence[bytes]:
    return tuple(_whole(found)[0] for found in db.execute("SELECT bytes, seal FROM anchor ORDER BY id"))


def keep_anchor(db: sqlite3.Connection, document: bytes) -> None:
    db.execute("INSERT OR IGNORE INTO anchor (bytes, seal) VALUES (?, ?)", (document, seal(document)))


def forget_anchor(db: sqlite3.Connection, document: bytes) -> None:
    db.execute("DELETE FROM anchor WHERE bytes = ?", (document,))


def mark(db: sqlite3.Connection, bundle: bytes) -> BundleMark | None:
    found = db.execute("SELECT bundle, read, digest, kept, refused FROM mark WHERE bundle = ?", (bundle,)).fetchone()
    return None if found is None else BundleMark(*found)


def keep_mark(db: sqlite3.Connection, made: BundleMark) -> None:
    row = (made.bundle, made.read, made.digest, made.kept, made.refused)
    db.execute("INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?, ?)", row)


def drop_mark(db: sqlite3.Connection, bundle: bytes) -> None:
    db.execute("DELETE FROM mark WHERE bundle = ?", (bundle,))


def _status(found: tuple[Any, ...]) -> tuple[StatusEvidence, int]:
    uri, issued, fetched_at, token = _whole(found)
    return StatusEvidence(uri, token, to_moment(fetched_at)), issued


def _whole(found: tuple[Any, ...]) -> tuple[Any, ...]:
    *fields, sealed = found
    if any(field is None for field in fields) or seal(*fields) != sealed:
        raise DamageError
    return tuple(fields)
