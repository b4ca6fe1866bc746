"""Several codes in one picture: the frozen still, numbered, and what each code is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.present.choice import IsLabel, say_code
from labelviewer.present.notice import notice
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.domain.sighting import Reading, Sighting
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.stills import Stills
    from labelviewer.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Code:
    """A numbered code: what it is in words, what to think of it, and its frame in 0..1 of the still."""

    number: int
    caption: str
    about: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ChooseState:
    reading: Reading | None = None
    still: str = ""


def codes(reading: Reading, words: Words, is_label: IsLabel) -> tuple[Code, ...]:
    return tuple(_code(number, seen, words, is_label) for number, seen in enumerate(reading.sightings, 1))


def _code(number: int, seen: Sighting, words: Words, is_label: IsLabel) -> Code:
    across, down = zip(*seen.corners, strict=True)
    left, top = min(across), min(down)
    what, about = say_code(seen.text, words, is_label)
    caption = words.say("choice.item", number=number, what=what)
    return Code(number, caption, about, left, top, max(across) - left, max(down) - top)


class ChooseViewModel(QObject):
    changed = Signal()
    chosen = Signal(str, object)

    def __init__(self, ports: Callable[[], Ports], words: Words, stills: Stills, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self.state = ChooseState()
        self._words = words
        self._stills = stills

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        return as_map(notice(self._words, "S13", {}))

    @Property(str, notify=changed)
    def still(self) -> str:
        return self.state.still

    @Property(QVARIANT_LIST, notify=changed)
    def codes(self) -> list[Any]:
        reading = self.state.reading
        return (
            [as_map(code) for code in codes(reading, self._words, self._ports().trust.trust().route)] if reading else []
        )

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @Slot(int)
    def choose(self, number: int) -> None:
        reading = self.state.reading
        if reading is not None and 1 <= number <= len(reading.sightings):
            self.chosen.emit(reading.sightings[number - 1].text, reading)

    def show(self, inspection: Inspection) -> None:
        assert inspection.reading is not None
        self.state = ChooseState(inspection.reading, self._stills.keep(inspection.reading.still))
        self.changed.emit()
