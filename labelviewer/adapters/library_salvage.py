"""Moves what is intact from a damaged library to a new one: what SQLite can still read, then what the pages hold."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final, TypeVar

from labelviewer.adapters import library_rows as rows
from labelviewer.adapters import library_things as things
from labelviewer.adapters import library_trust as trust
from labelviewer.adapters.library_carve import Row, carve
from labelviewer.adapters.library_file import FAILURES, DamageError
from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.pipeline.ports import KeptTrustList

T = TypeVar("T")

_ODD: Final = (DamageError, TypeError, ValueError, AttributeError, KeyError)
_AT_ONCE: Final = 200
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)

Visits = dict[int, tuple[rows.Label, datetime]]


def salvage(
    old: sqlite3.Connection | None, path: Path, new: sqlite3.Connection, on_progress: Callable[[], None] = lambda: None
) -> None:
    """Inside a transaction of `new`, whose own failures rise. Every token is known by its digest, trust by its seal."""

    def carved() -> Iterator[Row]:
        return carve(path, on_progress)

    numbers: dict[int, int] = {}
    visits: Visits = {}
    if old is not None:
        for table in ("token", "status_list", "trust", "floor", "seen", "anchor", "thing", "carrier"):
            for row in _readable(old, table):
                _move(row, numbers, new)
        _gather_visits(_readable(old, "visit"), numbers, new, visits)
    for row in chain(carved(), _addresses(carved())):
        _move(row, numbers, new)
    _gather_visits(carved(), numbers, new, visits)
    for _, (label, at) in sorted(visits.items(), key=lambda item: item[0]):
        rows.add_visit(new, label, at)


def _addresses(found: Iterator[Row]) -> Iterator[Row]:
    """Once more when their labels are there: they may lie in front of them."""
    return (row for row in found if row.number is None)


def _readable(old: sqlite3.Connection, table: str) -> Iterator[Row]:
    """In both directions, so that one broken page in the middle costs little; the pages themselves give the rest."""
    if table == "carrier":
        yield from _page_by_page(old, "SELECT NULL, * FROM carrier")
        return
    yield from _page_by_page(old, f"SELECT rowid, * FROM {table} ORDER BY rowid")
    yield from _page_by_page(old, f"SELECT rowid, * FROM {table} ORDER BY rowid DESC LIMIT 1000")


def _page_by_page(old: sqlite3.Connection, query: str) -> Iterator[Row]:
    cursor = _intact(lambda: old.execute(query))
    while cursor is not None and (found := _intact(lambda: cursor.fetchmany(_AT_ONCE))):
        yield from (Row(number, tuple(values)) for number, *values in found)


def _intact(read: Callable[[], T]) -> T | None:
    with suppress(*FAILURES):
        return read()
    return None


def _move(row: Row, numbers: dict[int, int], new: sqlite3.Connection) -> None:
    """Told by its shape and by what its digest says; anything else is left."""
    try:
        add = _addition(row, numbers)
    except _ODD:
        return
    if add is not None:
        add(new)


def _addition(row: Row, numbers: dict[int, int]) -> Callable[[sqlite3.Connection], None] | None:
    match row.values:
        case (_, str(issuer), str(subject), int(version), bytes(digest), bytes(token), *how):
            bundled, source, at = how or (0, "", rows.to_text(_LONG_AGO))
            if sha256(token).digest() != digest or row.number is None:
                return None
            evidence = Evidence(token, str(source), rows.to_moment(at))
            return _label_adder(row.number, rows.Label(issuer, subject, version, evidence, bool(bundled)), numbers)
        case (str(uri), int(issued), str(at), bytes(token), bytes(seal)) if rows.seal(uri, issued, at, token) == seal:
            evidence_of = StatusEvidence(uri, token, rows.to_moment(at))
            return lambda db: trust.keep_status(db, evidence_of, issued)
        case (_, int(serial), str(at), bytes(data), bytes(seal)) if rows.seal(serial, at, data) == seal:
            kept = KeptTrustList(data, serial, rows.to_moment(at))
            return lambda db: trust.keep_trust_list(db, kept)
        case (_, str(at), bytes(seal)) if rows.seal(at) == seal:
            moment = rows.to_moment(at)
            return lambda db: trust.raise_floor(db, moment)
        case (bytes(label), int(version), bytes(seal)) if rows.seal(label, version) == seal:
            return lambda db: rows.put_seen(db, label, version)
        case (_, str(), str(), str(), int(), bytes(), _, _, str(), str(), str(), bytes()):
            thing = things.thing_of(0, row.values[1:])
            return lambda db: things.own(db, thing)
        case (_, bytes(document), bytes(seal)) if rows.seal(document) == seal:
            return lambda db: trust.keep_anchor(db, document)
        case (str(url), int(token_number), int(scanned), str(source), str(at)) if row.number is None:
            number, evidence = numbers[token_number], Evidence(b"", source, rows.to_moment(at))
            return lambda db: rows.add_carrier(db, url, number, evidence, scanned=bool(scanned))
        case _:
            return None


def _label_adder(number: int, label: rows.Label, numbers: dict[int, int]) -> Callable[[sqlite3.Connection], None]:
    def add(db: sqlite3.Connection) -> None:
        numbers[number] = rows.add_label(db, label)

    return add


def _gather_visits(found: Iterator[Row], numbers: dict[int, int], new: sqlite3.Connection, visits: Visits) -> None:
    """Their labels are in `new` by now."""
    for row in found:
        with suppress(*_ODD):
            _, at, token, code, gtin, source, fetched_at = row.values
            label = rows.label_of(new, numbers[token])
            texts = (at, source, fetched_at, code or "", gtin or "")
            if row.number is None or label is None or not all(isinstance(text, str) for text in texts):
                continue
            evidence = Evidence(label.evidence.token, source, rows.to_moment(fetched_at), Box(code, gtin))
            visits.setdefault(row.number, (replace(label, evidence=evidence), rows.to_moment(at)))
