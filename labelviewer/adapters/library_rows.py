"""Labels, visits and addresses as rows; a row that is not what was written raises DamageError."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final

from labelviewer.adapters import library_words as words
from labelviewer.adapters.library_file import DamageError, only
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.domain.hints import Hints, hints_of, words_of_proven
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.ports import Bundled, Forgotten, Visit

_VISITS: Final = """
    SELECT visit.id, visit.at, visit.code, visit.gtin, visit.fetched_from, visit.fetched_at,
        token.bytes, token.sha256, token.issuer, token.subject, token.version
    FROM visit JOIN token ON token.id = visit.token """
_NEWEST_FIRST: Final = _VISITS + "ORDER BY visit.id DESC LIMIT ?"
_VISIT: Final = _VISITS + "WHERE visit.id = ?"
_LABEL: Final = """
    SELECT issuer, subject, version, bytes, sha256, bundled, fetched_from, fetched_at FROM token WHERE id = ?"""
_BY_CODE: Final = """
    SELECT token.bytes, token.sha256, carrier.fetched_from, carrier.fetched_at, (
        SELECT gtin FROM visit WHERE visit.code = :code AND visit.token = token.id ORDER BY visit.id DESC LIMIT 1)
    FROM carrier JOIN token ON token.id = carrier.token
    WHERE carrier.url = :code AND (token.issuer, token.subject) = (
        SELECT issuer, subject FROM carrier JOIN token ON token.id = carrier.token WHERE carrier.url = :code
        ORDER BY token.version = 0, carrier.fetched_at DESC, token.id DESC LIMIT 1)
    ORDER BY token.version DESC, carrier.fetched_at DESC, token.id DESC LIMIT 1"""
_ADD_LABEL: Final = """
    INSERT INTO token (issuer, subject, version, bytes, sha256, bundled, fetched_from, fetched_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (sha256) DO UPDATE SET version = max(version, excluded.version),
        bundled = max(bundled, excluded.bundled), fetched_from = excluded.fetched_from, fetched_at = excluded.fetched_at
    RETURNING id"""
_ADD_CARRIER: Final = """
    INSERT INTO carrier VALUES (?, ?, ?, ?, ?) ON CONFLICT (url, token) DO UPDATE SET
        scanned = min(scanned, excluded.scanned), fetched_from = excluded.fetched_from,
        fetched_at = excluded.fetched_at"""
_ADD_VISIT: Final = """
    INSERT INTO visit (id, at, code, gtin, fetched_from, fetched_at, token) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING"""
_DROP_OLD_VISITS: Final = "DELETE FROM visit WHERE id <= (SELECT id FROM visit ORDER BY id DESC LIMIT 1 OFFSET ?)"
_UNVISITED: Final = "NOT EXISTS (SELECT 1 FROM visit WHERE visit.token = token.id)"
_OLDER_BUNDLED: Final = f"""
    SELECT id FROM token WHERE issuer = ? AND subject = ? AND version < ? AND bundled = 1 AND {_UNVISITED}"""
_DROP_SCANNED_CARRIERS: Final = """
    DELETE FROM carrier WHERE token = :token AND scanned = 1
    AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.code = carrier.url AND visit.token = :token)"""
_SEE: Final = """
    INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT (label) DO UPDATE SET version = excluded.version, seal = excluded.seal
    WHERE excluded.version > version"""


@dataclass(frozen=True, slots=True)
class Label:
    """A token as it lies in the library; `version` 0 where nobody proved one."""

    issuer: str
    subject: str
    version: int
    evidence: Evidence
    bundled: bool = False


def seal(*fields: str | int | bytes) -> bytes:
    """What must not be believed after damage carries this beside it."""
    parts = (field if isinstance(field, bytes) else str(field).encode() for field in fields)
    return sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def _read_words(token: bytes) -> str:
    return hints_of(token).words


def add_label(db: sqlite3.Connection, label: Label, words_of: Callable[[bytes], str] = _read_words) -> int:
    """Its row's number."""
    evidence, digest = label.evidence, sha256(label.evidence.token).digest()
    row = db.execute(
        _ADD_LABEL,
        (
            *(label.issuer, label.subject, label.version, evidence.token, digest, int(label.bundled)),
            *(evidence.fetched_from, to_text(evidence.fetched_at)),
        ),
    ).fetchone()
    number = int(row[0])
    words.put(db, number, lambda: words_of(evidence.token), bundled=label.bundled)
    return number


def add_carrier(db: sqlite3.Connection, url: str, token: int, evidence: Evidence, *, scanned: bool) -> None:
    db.execute(_ADD_CARRIER, (url, token, int(scanned), evidence.fetched_from, to_text(evidence.fetched_at)))


def add_visit(db: sqlite3.Connection, label: Label, at: datetime, number: int | None = None) -> None:
    """The label, the visit, and every address by which it may be found. Without `number` it comes last."""
    evidence, box = label.evidence, label.evidence.box
    token = add_label(db, label)
    visit = (number, to_text(at), box.code, box.gtin, evidence.fetched_from, to_text(evidence.fetched_at), token)
    db.execute(_ADD_VISIT, visit)
    if box.code is None:
        return
    add_carrier(db, box.code, token, evidence, scanned=True)
    if label.version:
        for url in _neighbours(box.code, hints_of(evidence.token)):
            add_carrier(db, url, token, evidence, scanned=False)


def _neighbours(code: str, hints: Hints) -> Iterator[str]:
    """Other addresses that the label names, on the site that the scanned one is on: nobody speaks for other sites."""
    try:
        host = parse_web_address(code).host
    except RefusedError:
        return
    yield from (text for address in hints.carriers if address.host == host and (text := str(address)) != code)


def add_bundled(db: sqlite3.Connection, label: Bundled) -> None:
    """In place of older ones that only a bundle brought."""
    kept = Label(label.issuer, label.subject, label.version, label.evidence, bundled=True)
    token = add_label(db, kept, words_of_proven)
    for url in label.carriers:
        add_carrier(db, url, token, label.evidence, scanned=False)
    for (older,) in db.execute(_OLDER_BUNDLED, (label.issuer, label.subject, label.version)).fetchall():
        drop_token(db, older)


def bound_history(db: sqlite3.Connection, most: int) -> None:
    """The labels stay: only the list of visits has an end."""
    db.execute(_DROP_OLD_VISITS, (most,))


def drop_visit(db: sqlite3.Connection, number: int) -> Sequence[Forgotten]:
    """The label goes with its last visit, unless a bundle brought it; what version it had is not forgotten."""
    gone = _forgotten(db.execute(_VISIT, (number,)))
    for (token,) in db.execute("DELETE FROM visit WHERE id = ? RETURNING token", (number,)).fetchall():
        for _ in db.execute(f"SELECT 1 FROM token WHERE id = ? AND bundled = 0 AND {_UNVISITED}", (token,)).fetchall():
            drop_token(db, token)
        db.execute(_DROP_SCANNED_CARRIERS, {"token": token})
    words.wipe_dropped(db)
    return gone


def _forgotten(found: Iterable[tuple[Any, ...]]) -> tuple[Forgotten, ...]:
    pairs = map(_visit, found)
    return tuple(Forgotten(visit, label.issuer, label.subject, label.version) for label, visit in pairs)


def put_back(db: sqlite3.Connection, forgotten: Sequence[Forgotten]) -> None:
    for each in reversed(forgotten):
        label = Label(each.issuer, each.subject, each.version, each.visit.evidence)
        add_visit(db, label, each.visit.at, each.visit.number)


def drop_token(db: sqlite3.Connection, token: int) -> None:
    issuer, subject, version = db.execute(
        "SELECT issuer, subject, version FROM token WHERE id = ?", (token,)
    ).fetchone()
    see(db, issuer, subject, version)
    words.drop(db, token)
    db.execute("DELETE FROM token WHERE id = ?", (token,))


def drop_scanned(db: sqlite3.Connection, most: int) -> Sequence[Forgotten]:
    """Every visit and every label that no bundle brought; the `most` newest are handed over."""
    gone = _forgotten(db.execute(_NEWEST_FIRST, (most,)))
    db.execute("DELETE FROM visit")
    for issuer, subject, version in db.execute("SELECT issuer, subject, version FROM token WHERE bundled = 0"):
        see(db, issuer, subject, version)
    words.drop_scanned(db)
    db.execute("DELETE FROM token WHERE bundled = 0")
    db.execute("DELETE FROM carrier WHERE scanned = 1")
    return gone


def see(db: sqlite3.Connection, issuer: str, subject: str, version: int) -> None:
    """Remember the version under a digest: the name of what was looked at is gone."""
    if version:
        put_seen(db, seal(issuer, subject), version)


def put_seen(db: sqlite3.Connection, label: bytes, version: int) -> None:
    db.execute(_SEE, (label, version, seal(label, version)))


def highest_version(db: sqlite3.Connection, issuer: str, subject: str) -> int:
    kept = only(db, "SELECT max(version) FROM token WHERE issuer = ? AND subject = ?", issuer, subject)
    label = seal(issuer, subject)
    for version, sealed in db.execute("SELECT version, seal FROM seen WHERE label = ?", (label,)):
        if sealed != seal(label, version):
            raise DamageError
        kept = max(kept or 0, version)
    return int(kept or 0)


def find_evidence(db: sqlite3.Connection, code: str) -> Evidence | None:
    found = db.execute(_BY_CODE, {"code": code}).fetchone()
    if found is None:
        return None
    token, digest, fetched_from, fetched_at, gtin = found
    return _evidence(token, digest, fetched_from, fetched_at, Box(code, gtin))


def visits(db: sqlite3.Connection, most: int) -> Sequence[Visit]:
    return tuple(_visit(found)[1] for found in db.execute(_NEWEST_FIRST, (most,)))


def label_of(db: sqlite3.Connection, number: int) -> Label | None:
    found = db.execute(_LABEL, (number,)).fetchone()
    if found is None:
        return None
    issuer, subject, version, token, digest, bundled, fetched_from, fetched_at = found
    evidence = _evidence(token, digest, fetched_from, fetched_at, Box())
    if not isinstance(issuer, str) or not isinstance(subject, str) or not isinstance(version, int):
        raise DamageError
    return Label(issuer, subject, version, evidence, bundled=bool(bundled))


def tokens_after(db: sqlite3.Connection, number: int, most: int) -> Sequence[tuple[int, bytes]]:
    """On damaged pages numbers may go down again, and nobody would come to an end."""
    found = db.execute("SELECT id, bytes FROM token WHERE id > ? ORDER BY id LIMIT ?", (number, most)).fetchall()
    numbers = [number, *(row[0] for row in found)]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise DamageError
    return found


def find_words(db: sqlite3.Connection, text: str, limit: int) -> Sequence[Evidence]:
    labels = (label_of(db, number) for number in words.find(db, text, limit))
    return tuple(label.evidence for label in labels if label is not None)


def _visit(found: tuple[Any, ...]) -> tuple[Label, Visit]:
    number, at, code, gtin, fetched_from, fetched_at, token, digest, issuer, subject, version = found
    if not isinstance(version, int) or not all(isinstance(text, str) for text in (at, issuer, subject)):
        raise DamageError
    evidence = _evidence(token, digest, fetched_from, fetched_at, Box(code, gtin))
    return Label(issuer, subject, version, evidence), Visit(number, to_moment(at), evidence)


def _evidence(token: Any, digest: Any, fetched_from: Any, fetched_at: Any, box: Box) -> Evidence:
    """Raises DamageError where a field is not what it was when it was written, as far as one can tell."""
    if not isinstance(token, bytes) or sha256(token).digest() != digest:
        raise DamageError
    if not all(isinstance(text, str) for text in (fetched_from, fetched_at, box.code or "", box.gtin or "")):
        raise DamageError
    return Evidence(token, fetched_from, to_moment(fetched_at), box)


def to_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def to_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as cause:
        raise DamageError from cause
    if moment.tzinfo is None:
        raise DamageError
    return moment
