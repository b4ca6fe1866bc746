"""The floor of the clock once more, in a small file: it must outlive a library that is damaged or gone."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from labelviewer.adapters.library_file import DamageError
from labelviewer.adapters.library_rows import seal, to_moment, to_text

_MOST_BYTES: Final = 256


def floor_beside(library: Path) -> datetime | None:
    """None where the file is missing, or is not what was written."""
    try:
        with _place(library).open("rb") as file:
            text, _, sealed = file.read(_MOST_BYTES).decode("ascii").partition("\n")
        return to_moment(text) if sealed == seal(text).hex() else None
    except (OSError, UnicodeDecodeError, DamageError):
        return None


def raise_beside(library: Path, moment: datetime) -> None:
    """Never lowers; where it cannot be written, the library alone has it."""
    before = floor_beside(library)
    if before is not None and before >= moment:
        return
    text, fresh = to_text(moment), _place(library).with_suffix(".new")
    with suppress(OSError):
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_bytes(f"{text}\n{seal(text).hex()}".encode("ascii"))
        fresh.replace(_place(library))


def _place(library: Path) -> Path:
    return library.with_name(f"{library.stem}.floor")
