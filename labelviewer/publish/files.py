"""Files that are there whole or not at all: written beside their place, then renamed over it."""

import os
from pathlib import Path
from typing import Final

SECRET: Final = 0o600
SECRET_FOLDER: Final = 0o700
_BESIDE: Final = ".new~"
_CAN_SETTLE: Final = hasattr(os, "sync")


def put(path: Path, data: bytes, *, durable: bool = True) -> None:
    """A reader sees the old bytes or the new. `durable`: on the disk on return; else after `settle`."""
    durable = durable or not _CAN_SETTLE
    beside = path.with_name(f".{path.name}{_BESIDE}")
    with beside.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    beside.replace(path)
    if durable:
        settle_folder(path.parent)


def put_new(path: Path, data: bytes) -> None:
    """For a file that must never be written over. Raises FileExistsError."""
    with path.open("xb") as file:
        file.write(data)


def put_secret(path: Path, data: bytes) -> None:
    """Readable by its owner alone from its first byte on. Raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, SECRET)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def settle() -> None:
    """All that was written so far is on the disk before anything that is written from here on."""
    if _CAN_SETTLE:
        os.sync()


def settle_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
