"""Every setting as data: what kind it is, what can be chosen, under which words it is found."""

from enum import StrEnum
from typing import Final, NamedTuple

from labelviewer.ui.settings import SCANNER_GAPS, SCANNER_KEYS, TEXT_PERCENTS, THEMES


class Kind(StrEnum):
    """`ELSEWHERE` is chosen on the page `place`, and where that is empty by using the window."""

    CHOICE = "choice"
    SWITCH = "switch"
    TEXT = "text"
    ELSEWHERE = "elsewhere"


class Group(StrEnum):
    LOOK = "look"
    LABELS = "labels"
    READING = "reading"


class Setting(NamedTuple):
    """`fields` of the settings; `words`: the phrase that names it."""

    fields: tuple[str, ...]
    group: Group
    kind: Kind
    words: str
    choices: tuple[str | int, ...] = ()
    place: str = ""

    @property
    def key(self) -> str:
        return self.fields[0]


TABLE: Final = (
    Setting(("theme",), Group.LOOK, Kind.CHOICE, "settings.theme", THEMES),
    Setting(("text_percent",), Group.LOOK, Kind.CHOICE, "settings.text", TEXT_PERCENTS),
    Setting(("language",), Group.LOOK, Kind.CHOICE, "language.title"),
    Setting(
        ("window_width", "window_height", "window_shape", "window_place"), Group.LOOK, Kind.ELSEWHERE, "settings.window"
    ),
    Setting(("keep_history",), Group.LABELS, Kind.SWITCH, "settings.history"),
    Setting(("known_attacks",), Group.LABELS, Kind.SWITCH, "settings.attacks"),
    Setting(("camera",), Group.READING, Kind.ELSEWHERE, "doctor.camera", place="camera"),
    Setting(("scanner_port",), Group.READING, Kind.ELSEWHERE, "scanner.port", place="scanner"),
    Setting(("scanner_gap",), Group.READING, Kind.CHOICE, "settings.gap", SCANNER_GAPS),
    Setting(("scanner_keys",), Group.READING, Kind.CHOICE, "settings.keys", SCANNER_KEYS),
    Setting(("scanner_prefix",), Group.READING, Kind.TEXT, "scanner.prefix"),
    Setting(("scanner_suffix",), Group.READING, Kind.TEXT, "scanner.suffix"),
)
"""In the order of the page; those of one group follow each other."""
