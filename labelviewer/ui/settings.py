"""What the shopper set, kept in one JSON file; a value that makes no sense is named and replaced."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

THEMES = ("system", "light", "dark")
TEXT_PERCENTS = (100, 125, 150, 175, 200)
ATTACKS = ("", "on", "off")
SHAPES = ("window", "maximized", "full-screen")
SCANNER_GAPS = (20, 30, 50, 80, 120)
SCANNER_KEYS = (4, 6, 8, 10)
SCANNER_MARK = 16


class Settings(NamedTuple):
    """`language` is empty where the system decides. `text_percent` is on top of the system's own text size; `camera` is
    the id of the one that was chosen. `known_attacks` is empty until somebody was asked.

    `scanner_port` is where a hand scanner is plugged in, empty for one that types. `scanner_gap` is the longest pause
    between two of its keys in milliseconds, `scanner_keys` the fewest that are no person's, `scanner_prefix` and
    `scanner_suffix` what it puts around a code. Window sizes and
    places in device-independent pixels; no place where the platform does not tell any.
    """

    theme: str = "system"
    language: str = ""
    text_percent: int = 100
    keep_history: bool = True
    known_attacks: str = ""
    camera: str = ""
    scanner_port: str = ""
    scanner_gap: int = 30
    scanner_keys: int = 6
    scanner_prefix: str = ""
    scanner_suffix: str = ""
    window_width: int = 1080
    window_height: int = 780
    window_shape: str = "window"
    window_place: tuple[int, int] | None = None


class Odd(NamedTuple):
    """A setting that made no sense and got its normal value."""

    key: str
    value: str


_MAKES_SENSE = {
    "theme": lambda value: value in THEMES,
    "language": lambda value: type(value) is str and len(value) <= 16,
    "text_percent": lambda value: type(value) is int and value in TEXT_PERCENTS,
    "keep_history": lambda value: type(value) is bool,
    "known_attacks": lambda value: value in ATTACKS,
    "camera": lambda value: type(value) is str and len(value) <= 1_000,
    "scanner_port": lambda value: type(value) is str and len(value) <= 1_000,
    "scanner_gap": lambda value: type(value) is int and value in SCANNER_GAPS,
    "scanner_keys": lambda value: type(value) is int and value in SCANNER_KEYS,
    "scanner_prefix": lambda value: type(value) is str and len(value) <= SCANNER_MARK and value.isprintable(),
    "scanner_suffix": lambda value: type(value) is str and len(value) <= SCANNER_MARK and value.isprintable(),
    "window_width": lambda value: type(value) is int and 320 <= value <= 20_000,
    "window_height": lambda value: type(value) is int and 320 <= value <= 20_000,
    "window_shape": lambda value: value in SHAPES,
    "window_place": lambda value: value is None or _is_place(value),
}


def load_settings(file: Path) -> tuple[Settings, tuple[Odd, ...]]:
    """The settings, and those that made no sense. A missing file is normal."""
    try:
        stored: Any = json.loads(file.read_bytes())
    except OSError:
        return Settings(), ()
    except ValueError:
        return Settings(), (Odd(file.name, "?"),)
    if not isinstance(stored, Mapping):
        return Settings(), (Odd(file.name, "?"),)
    known = {name: stored[name] for name in Settings._fields if name in stored}
    odd = tuple(Odd(key, str(value)[:40]) for key, value in known.items() if not _MAKES_SENSE[key](value))
    sound: dict[str, Any] = {key: _frozen(value) for key, value in known.items() if _MAKES_SENSE[key](value)}
    return Settings(**sound), odd


def _is_place(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(each) is int and abs(each) <= 100_000 for each in value)
    )


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def save_settings(file: Path, settings: Settings) -> bool:
    """False where the folder does not let us write; settings then last until the program ends."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps(settings._asdict(), indent=1), encoding="utf-8")
        draft.replace(file)
    except OSError:
        return False
    return True
