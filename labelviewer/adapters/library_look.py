"""When every page of the library was last looked at, in a small file beside it: a look must not need a write to it."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from labelviewer.adapters.library_file import DamageError
from labelviewer.adapters.library_rows import to_moment, to_text

_MOST_BYTES: Final = 64


def looked_at(library: Path) -> datetime | None:
    """None where that is not known: then it is looked at."""
    try:
        with _place(library).open("rb") as file:
            return to_moment(file.read(_MOST_BYTES).decode("ascii"))
    except (OSError, UnicodeDecodeError, DamageError):
        return None


def note_look(library: Path, moment: datetime) -> None:
    """Where it cannot be written, the next program looks again."""
    place = _place(library)
    with suppress(OSError):
        place.touch(mode=0o600)
        place.write_text(to_text(moment), encoding="ascii")


def _place(library: Path) -> Path:
    return library.with_name(f"{library.stem}.looked")
