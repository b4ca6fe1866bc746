"""What somebody owns, as rows with a seal each; a row that is not what was written raises DamageError."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from labelviewer.adapters.library_file import DamageError
from labelviewer.adapters.library_rows import seal, to_moment, to_text
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.pipeline.ports import Thing

_COLUMNS: Final = "since, issuer, subject, version, bytes, code, gtin, fetched_from, fetched_at, notes, seal"
_NEWEST_FIRST: Final = f"SELECT id, {_COLUMNS} FROM thing ORDER BY id DESC"
_BY_LABEL: Final = f"SELECT id, {_COLUMNS} FROM thing WHERE issuer = ? AND subject = ?"
_BY_NUMBER: Final = f"SELECT id, {_COLUMNS} FROM thing WHERE id = ?"
_PUT: Final = f"INSERT OR REPLACE INTO thing (id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_BETWEEN: Final = "\n"  # no note has one


def things(db: sqlite3.Connection) -> Sequence[Thing]:
    return tuple(thing_of(row[0], row[1:]) for row in db.execute(_NEWEST_FIRST))


def own(db: sqlite3.Connection, thing: Thing) -> None:
    found = db.execute(_BY_LABEL, (thing.issuer, thing.subject)).fetchone()
    if found is None:
        _put(db, None, thing)
        return
    held = thing_of(found[0], found[1:])
    newer = thing if thing.version >= held.version else held
    notes = tuple(sorted({*held.notes, *thing.notes}))
    _put(db, held.number, replace(held, version=newer.version, evidence=newer.evidence, notes=notes))


def disown(db: sqlite3.Connection, number: int) -> None:
    db.execute("DELETE FROM thing WHERE id = ?", (number,))


def note(db: sqlite3.Connection, number: int, notes: Sequence[str]) -> None:
    found = db.execute(_BY_NUMBER, (number,)).fetchone()
    if found is not None:
        _put(db, number, replace(thing_of(found[0], found[1:]), notes=tuple(sorted(set(notes)))))


def thing_of(number: int, fields: Sequence[Any]) -> Thing:
    *told, sealed = fields
    since, issuer, subject, version, token, code, gtin, fetched_from, fetched_at, notes = told
    if not all(isinstance(field, str | int | bytes | None) for field in told) or _seal(told) != sealed:
        raise DamageError
    evidence = Evidence(token, fetched_from, to_moment(fetched_at), Box(code, gtin))
    noted = tuple(filter(None, notes.split(_BETWEEN)))
    return Thing(number, to_moment(since), issuer, subject, version, evidence, noted)


def _put(db: sqlite3.Connection, number: int | None, thing: Thing) -> None:
    evidence = thing.evidence
    told = (
        *(to_text(thing.since), thing.issuer, thing.subject, thing.version),
        *(evidence.token, evidence.box.code, evidence.box.gtin),
        *(evidence.fetched_from, to_text(evidence.fetched_at), _BETWEEN.join(thing.notes)),
    )
    db.execute(_PUT, (number, *told, _seal(told)))


def _seal(told: Sequence[Any]) -> bytes:
    """An absent code and an empty one mean the same to us."""
    return seal(*("" if field is None else field for field in told))
