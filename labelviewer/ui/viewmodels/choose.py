"""Several codes in one picture: the frozen still, numbered, and what each code is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.digital_link import read_digital_link
from labelviewer.domain.plain_text import clean
from labelviewer.domain.scanned import ForeignLink, LabelAddress, OtherText, ProductNumber, classify
from labelviewer.domain.web_address import over_https
from labelviewer.present.notice import notice
from labelviewer.ui.viewmodels.maps import QVARIANT, QVARIANT_LIST, as_map

if TYPE_CHECKING:
    from labelviewer.domain.inspection import Inspection
    from labelviewer.domain.sighting import Reading, Sighting
    from labelviewer.domain.web_address import WebAddress
    from labelviewer.pipeline.run import Ports
    from labelviewer.ui.stills import Stills
    from labelviewer.words.catalogue import Words

LONGEST_PLACE = 200

IsLabel = Callable[["WebAddress"], object]
"""Whether a rule of the trust list leads from this address to a label."""


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
    what, about = _what(seen.text, words, is_label)
    caption = words.say("choice.item", number=number, what=what)
    return Code(number, caption, about, left, top, max(across) - left, max(down) - top)


def _what(text: str, words: Words, is_label: IsLabel) -> tuple[str, str]:
    """A box may carry several codes, for shops, for the maker's own ends, and the label's: which this one is."""
    match classify(text):
        case LabelAddress(address=address):
            return _where(address, words, is_label)
        case ForeignLink(raw=raw) if (secured := over_https(raw.strip())) is not None and is_label(secured):
            return _where(secured, words, is_label)
        case ForeignLink():
            return words.say("choice.refused"), words.say("choice.refused.about")
        case ProductNumber(raw=raw):
            return words.say("choice.number", number=raw), words.say("scheme-code.barcode", number=raw)
        case OtherText(kind=kind):
            return words.say("choice.text", kind=f"kind.{kind}"), words.say("choice.text.about")


def _where(address: WebAddress, words: Words, is_label: IsLabel) -> tuple[str, str]:
    place = clean(f"{address.host}{address.path}", LONGEST_PLACE)
    if is_label(address):
        return words.say("choice.known", host=place), words.say("choice.known.about")
    if link := read_digital_link(address):
        number = clean(link.gtin or link.model, LONGEST_PLACE)
        return words.say("choice.product", host=address.host), words.say("scheme-code.link", number=number)
    return words.say("choice.label", host=place), words.say("choice.label.about")


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
