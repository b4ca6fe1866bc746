"""Files that the shopper names, read whole within a bound."""

from pathlib import Path

from labelviewer.domain.errors import NoSuchFileError, PictureTooLargeError
from labelviewer.pipeline.limits import PICTURE_FILE, PICTURE_PIXELS


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


def read_names(path: Path) -> frozenset[str]:
    """The lines of a list of our own; empty ones and those that begin with # are for its readers."""
    lines = map(str.strip, path.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
