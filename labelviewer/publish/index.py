"""What was published, from which source, as which version, at which place of which status list. Never served."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import randbelow
from types import TracebackType
from typing import Final, Self

from labelviewer.publish.problem import refuse
from labelviewer.publish.status import ENTRIES, Status

FULL: Final = ENTRIES * 3 // 4  # beyond this a free place at random takes long to find; the next list begins

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS label (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, stamp TEXT NOT NULL, picture TEXT, digest TEXT,
    ver INTEGER NOT NULL, iat INTEGER NOT NULL, exp INTEGER NOT NULL, kid TEXT NOT NULL,
    list INTEGER NOT NULL, idx INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0, UNIQUE (list, idx)
) STRICT;
CREATE INDEX IF NOT EXISTS label_file ON label (file);
CREATE INDEX IF NOT EXISTS label_id_in_any_case ON label (id COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS label_exp ON label (exp);
CREATE INDEX IF NOT EXISTS label_state ON label (list, idx) WHERE state <> 0;
CREATE TABLE IF NOT EXISTS list (
    number INTEGER PRIMARY KEY, iat INTEGER NOT NULL DEFAULT 0, exp INTEGER NOT NULL DEFAULT 0,
    dirty INTEGER NOT NULL DEFAULT 1
) STRICT;
"""
_COLUMNS: Final = "id, file, stamp, picture, digest, ver, iat, exp, kid, list, idx, state"


@dataclass(frozen=True, slots=True)
class Row:
    """One label. `digest` is of the source that was published; None while a version is planned and not yet there."""

    label_id: str
    file: str
    stamp: str
    picture: str | None
    digest: str | None
    ver: int
    iat: int
    exp: int
    kid: str
    list: int
    idx: int
    state: Status = Status.VALID


@dataclass(frozen=True, slots=True)
class ListRow:
    """One status list; `dirty` where what is published is not what is meant."""

    number: int
    iat: int
    exp: int
    dirty: bool


class Index:
    """One publisher at a time: a second one is refused. Use it in a `with` statement."""

    def __init__(self, path: Path) -> None:
        """Raises PublishError where another publisher is at work, or where the file is none of ours."""
        self._at = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            for pragma in (
                "locking_mode = EXCLUSIVE",
                "journal_mode = WAL",
                "synchronous = FULL",
                "trusted_schema = OFF",
            ):
                self._at.execute(f"PRAGMA {pragma}")
            self._at.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
        except sqlite3.DatabaseError as fault:
            self._at.close()
            busy = isinstance(fault, sqlite3.OperationalError)
            raise refuse("busy" if busy else "index-damaged", path.name) from None
        self._list = 0
        self._taken = bytearray()
        self._held = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._at.close()

    def stamps(self) -> dict[str, str]:
        """By file: what the source looked like when it was published."""
        return dict(self._at.execute("SELECT file, stamp FROM label WHERE digest IS NOT NULL"))

    def pictures(self) -> dict[str, str]:
        """By file: its picture, where it has one."""
        return dict(self._at.execute("SELECT file, picture FROM label WHERE picture IS NOT NULL"))

    def due(self, before: int, kid: str | None) -> set[str]:
        """Files of labels that run out before then; with `kid`, also of those that another key signed."""
        asked = self._at.execute("SELECT file FROM label WHERE exp < ? OR kid <> coalesce(?, kid)", (before, kid))
        return {file for (file,) in asked}

    def find(self, label_id: str) -> Row | None:
        found = self._at.execute(f"SELECT {_COLUMNS} FROM label WHERE id = ?", (label_id,)).fetchone()  # noqa: S608
        return replace(Row(*found), state=Status(found[-1])) if found else None

    def twin(self, label_id: str) -> str | None:
        """A number that differs in capitals alone."""
        asked = "SELECT id FROM label WHERE id = ? COLLATE NOCASE AND id <> ?"
        found = self._at.execute(asked, (label_id, label_id)).fetchone()
        return found[0] if found else None

    def ids(self) -> list[str]:
        return [label_id for (label_id,) in self._at.execute("SELECT id FROM label ORDER BY id")]

    def count(self) -> int:
        counted: int = self._at.execute("SELECT count(*) FROM label").fetchone()[0]
        return counted

    def seen(self, label_id: str, file: str, stamp: str) -> None:
        """The source was touched or moved and says the same."""
        self._at.execute("UPDATE label SET file = ?, stamp = ? WHERE id = ?", (file, stamp, label_id))

    def holds(self, file: str) -> bool:
        return self._at.execute("SELECT 1 FROM label WHERE file = ?", (file,)).fetchone() is not None

    def keep(self, rows: Iterable[Row]) -> None:
        """All or none. Their lists are there from now on."""
        rows = list(rows)
        with self._at:
            self._at.execute("BEGIN IMMEDIATE")
            self._at.executemany(
                f"INSERT INTO label ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET "  # noqa: S608
                "file = excluded.file, stamp = excluded.stamp, picture = excluded.picture, digest = excluded.digest, "
                "ver = excluded.ver, iat = excluded.iat, exp = excluded.exp, kid = excluded.kid",
                (
                    (
                        *(row.label_id, row.file, row.stamp, row.picture, row.digest, row.ver, row.iat, row.exp),
                        *(row.kid, row.list, row.idx, int(row.state)),
                    )
                    for row in rows
                ),
            )
            lists = {(row.list,) for row in rows}
            self._at.executemany("INSERT INTO list (number) VALUES (?) ON CONFLICT DO NOTHING", lists)

    def free_place(self) -> tuple[int, int]:
        """A list and a place in it, at random, given out once: neighbours tell nothing about each other."""
        if not self._list:
            newest = self._at.execute("SELECT coalesce(max(list), 1) FROM label").fetchone()[0]
            self._load(newest)
        if self._held >= FULL:
            self._load(self._list + 1)
        while self._taken[place := randbelow(ENTRIES)]:
            pass
        self._taken[place] = 1
        self._held += 1
        return self._list, place

    def _load(self, number: int) -> None:
        self._list, self._held, self._taken = number, 0, bytearray(ENTRIES)
        for (place,) in self._at.execute("SELECT idx FROM label WHERE list = ?", (number,)):
            self._taken[place] = 1
            self._held += 1

    def set_state(self, row: Row, state: Status) -> None:
        with self._at:
            self._at.execute("BEGIN IMMEDIATE")
            self._at.execute("UPDATE label SET state = ? WHERE id = ?", (int(state), row.label_id))
            self._at.execute("UPDATE list SET dirty = 1 WHERE number = ?", (row.list,))

    def lists(self) -> list[ListRow]:
        asked = self._at.execute("SELECT number, iat, exp, dirty FROM list ORDER BY number")
        return [ListRow(number, iat, exp, bool(dirty)) for number, iat, exp, dirty in asked]

    def marked(self, number: int) -> Mapping[int, Status]:
        """The places of a list that are not simply valid."""
        asked = self._at.execute("SELECT idx, state FROM label WHERE list = ? AND state <> 0", (number,))
        return {place: Status(state) for place, state in asked}

    def list_published(self, number: int, iat: int, exp: int) -> None:
        self._at.execute("UPDATE list SET iat = ?, exp = ?, dirty = 0 WHERE number = ?", (iat, exp, number))
