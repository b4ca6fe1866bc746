"""Help and support: the keys, what runs here, the last fault; nothing of a label or of a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence

from labelviewer.ui.keys import ON_THINGS, SHORTCUTS
from labelviewer.ui.viewmodels.maps import QVARIANT_LIST

if TYPE_CHECKING:
    from labelviewer.words.catalogue import Words


MANY = 4


class Computer(NamedTuple):
    """`programs`: names with versions; `parts`: what may be missing, and whether it is there; `folders`: where we keep
    what we keep."""

    programs: tuple[str, ...]
    parts: tuple[tuple[str, bool], ...]
    folders: tuple[str, ...]


def without_home(text: str, home: Path) -> str:
    """The home folder, which often names its owner, is a tilde."""
    spellings = {str(home), home.as_posix(), str(home).replace("\\", "\\\\")} - {"/", "\\"}
    for spelling in sorted(spellings, key=len, reverse=True):
        text = text.replace(spelling, "~")
    return text


class SupportViewModel(QObject):
    changed = Signal()

    def __init__(
        self,
        look: Callable[[], Computer],
        last_fault: Callable[[], str],
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._last_fault = last_fault
        self._words = words
        self._copied = False

    @Property(QVARIANT_LIST, notify=changed)
    def keys(self) -> list[Any]:
        """What to press, as this computer writes it, and what it does."""
        return [
            {"keys": say_keys(shortcut.sequences), "does": self._words.say(f"key.{shortcut.deed}")}
            for shortcut in (*SHORTCUTS, *ON_THINGS)
        ]

    @Property(QVARIANT_LIST, notify=changed)
    def lines(self) -> list[str]:
        return self._lines()

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Where the last fault happened; empty where none is known."""
        return self._fault()

    @Property(str, notify=changed)
    def told(self) -> str:
        return self._words.say("support.copied") if self._copied else ""

    @property
    def details(self) -> str:
        return "\n".join(filter(None, (*self._lines(), self._fault())))

    @Slot()
    def refresh(self) -> None:
        self._copied = False
        self.changed.emit()

    @Slot()
    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)
        self._copied = True
        self.changed.emit()

    def _lines(self) -> list[str]:
        computer = self._look()
        installed, missing = self._words.say("support.installed"), self._words.say("doctor.missing")
        lines = (
            *computer.programs,
            *(f"{part}: {installed if there else missing}" for part, there in computer.parts),
            *computer.folders,
        )
        return [without_home(line, Path.home()) for line in lines]

    def _fault(self) -> str:
        return without_home(self._last_fault(), Path.home())

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()


def say_keys(sequences: tuple[str, ...]) -> str:
    """All that this computer has; a mark between them that is no key."""
    written = list(dict.fromkeys(filter(None, map(_native, sequences))))
    return " / ".join(written) if len(written) <= MANY else f"{written[0]} – {written[-1]}"


def _native(sequence: str) -> str:
    standard = sequence.removeprefix("StandardKey.")
    keys = QKeySequence(sequence) if standard == sequence else QKeySequence(QKeySequence.StandardKey[standard])
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
