"""Rows read off the pages of a damaged file, without its index of pages: what lies on a whole page is found.

The layout is SQLite's own (https://www.sqlite.org/fileformat2.html). Forgotten rows are not found again: they were
overwritten with zeros.
"""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

PAGE: Final = 4_096
MOST_BYTES: Final = 4 * 1024 * 1024
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02
_INTEGER_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Row(NamedTuple):
    """`number` is None on a page of an index, as a table without row numbers has."""

    number: int | None
    values: tuple[Any, ...]


class _OddError(ValueError):
    pass


def carve(path: Path, on_progress: Callable[[], None] = lambda: None) -> Iterator[Row]:
    """Every record that can be read; whether it means anything is the caller's question. Progress is told by pages."""
    with path.open("rb") as file:
        at = 0
        while len(page := _page(file, at)) == PAGE:
            yield from _rows(file, page, 100 if at == 0 else 0)
            on_progress()
            at += 1


def _page(file: BinaryIO, number: int) -> bytes:
    file.seek(number * PAGE)
    return file.read(PAGE)


def _rows(file: BinaryIO, page: bytes, start: int) -> Iterator[Row]:
    kind = page[start]
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER):
        return
    head = start + (12 if kind == _INDEX_INNER else 8)
    for place in range(int.from_bytes(page[start + 3 : start + 5], "big")):
        pointer = page[head + 2 * place : head + 2 * place + 2]
        try:
            yield _row(file, page, int.from_bytes(pointer, "big"), kind)
        except (_OddError, IndexError, UnicodeDecodeError, struct.error, OverflowError):
            continue


def _row(file: BinaryIO, page: bytes, at: int, kind: int) -> Row:
    if kind == _INDEX_INNER:
        at += 4
    size, at = _varint(page, at)
    number = None
    if kind == _TABLE_LEAF:
        number, at = _varint(page, at)
    if size > MOST_BYTES:
        raise _OddError
    return Row(number, _record(_payload(file, page, at, size, is_table=kind == _TABLE_LEAF)))


def _payload(file: BinaryIO, page: bytes, at: int, size: int, *, is_table: bool) -> bytes:
    least = (PAGE - 12) * 32 // 255 - 23
    most = PAGE - 35 if is_table else (PAGE - 12) * 64 // 255 - 23
    if size <= most:
        return _exactly(page[at : at + size], size)
    local = least + (size - least) % (PAGE - 4)
    local = local if local <= most else least
    data = bytearray(page[at : at + local])
    (following,) = struct.unpack(">I", page[at + local : at + local + 4])
    while following and len(data) < size:
        over = _page(file, following - 1)
        data += over[4 : 4 + size - len(data)]
        (following,) = struct.unpack(">I", over[:4])
    return _exactly(bytes(data), size)


def _exactly(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise _OddError
    return data


def _record(data: bytes) -> tuple[Any, ...]:
    end, at = _varint(data, 0)
    kinds = []
    while at < end:
        kind, at = _varint(data, at)
        kinds.append(kind)
    at, values = end, []
    for kind in kinds:
        value, at = _value(data, at, kind)
        values.append(value)
    return tuple(values)


def _value(data: bytes, at: int, kind: int) -> tuple[Any, int]:
    match kind:
        case 0:
            return None, at
        case 8 | 9:
            return kind - 8, at
        case 1 | 2 | 3 | 4 | 5 | 6:
            size = _INTEGER_BYTES[kind]
            return int.from_bytes(_exactly(data[at : at + size], size), "big", signed=True), at + size
        case _ if kind >= 12:
            size = (kind - 12) // 2
            part = _exactly(data[at : at + size], size)
            return part.decode() if kind % 2 else part, at + size
        case _:
            raise _OddError


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise _OddError
