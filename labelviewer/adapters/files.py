"""Files that the shopper names: read whole within a bound, written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE
from typing import BinaryIO, Final

from labelviewer.domain.errors import CannotSaveError, NoSuchFileError, PictureTooLargeError
from labelviewer.pipeline.limits import PICTURE_FILE, PICTURE_PIXELS

BEGINNING: Final = 1_024


def read_picture_file(path: Path) -> bytes:
    """The file's bytes. Raises NoSuchFileError, PictureTooLargeError."""
    try:
        with path.open("rb") as file:
            data = file.read(PICTURE_FILE + 1)
    except OSError as cause:
        raise NoSuchFileError(name=path.name) from cause
    if len(data) > PICTURE_FILE:
        raise too_large(path.name)
    return data


def too_large(name: str) -> PictureTooLargeError:
    return PictureTooLargeError(name=name, millions=PICTURE_PIXELS // 10**6, megabytes=PICTURE_FILE // 2**20)


def read_beginning(path: Path) -> bytes:
    """Enough to tell what kind of file it is; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(BEGINNING)
    except OSError:
        return b""


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Raises NoSuchFileError."""
    try:
        file = path.open("rb")
    except OSError as cause:
        raise NoSuchFileError(name=path.name) from cause
    with file:
        yield file


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Whole or not at all: written beside it, then put in its place. Raises CannotSaveError.

    Whoever may read other new files there may read this one; one that was there keeps its rights.
    """
    fresh = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        try:
            with fresh.open("xb") as file:
                with suppress(FileNotFoundError):
                    fresh.chmod(S_IMODE(path.stat().st_mode))
                yield file
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            with suppress(OSError):
                fresh.unlink()
    except OSError as cause:
        raise CannotSaveError(folder=str(path.parent)) from cause


def write_file(path: Path, data: bytes) -> None:
    """Raises CannotSaveError."""
    with writing(path) as file:
        file.write(data)


def read_names(path: Path) -> frozenset[str]:
    """The lines of a list of our own; empty ones and those that begin with # are for its readers."""
    lines = map(str.strip, path.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
