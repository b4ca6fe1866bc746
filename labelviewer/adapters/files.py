"""Files that the shopper names: read whole within a bound, written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from labelviewer.domain.errors import CannotSaveError, NoSuchFileError, PictureTooLargeError
from labelviewer.pipeline.limits import PICTURE_FILE


def read_picture_file(path: Path) -> bytes:
    """The file's bytes. Raises NoSuchFileError, PictureTooLargeError."""
    try:
        with path.open("rb") as file:
            data = file.read(PICTURE_FILE + 1)
    except OSError as cause:
        raise NoSuchFileError(name=path.name) from cause
    if len(data) > PICTURE_FILE:
        raise PictureTooLargeError(name=path.name)
    return data


def write_file(path: Path, data: bytes) -> None:
    """Written beside it, then put in its place. Raises CannotSaveError."""
    try:
        handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as cause:
        raise CannotSaveError(place=str(path.parent)) from cause


def read_names(path: Path) -> frozenset[str]:
    """The lines of a list of our own; empty ones and those that begin with # are for its readers."""
    lines = map(str.strip, path.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
