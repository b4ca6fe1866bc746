"""Hand scanners: what they read goes the way of every code, what is in doubt becomes a question, and their set-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import Property, QObject, Signal, SignalInstance, Slot

from labelviewer.domain.plain_text import clean
from labelviewer.ui.settings import SCANNER_GAPS, SCANNER_KEYS, SCANNER_MARK
from labelviewer.ui.viewmodels.maps import QVARIANT_LIST, QVARIANT_MAP
from labelviewer.ui.wedge import Burst, Clean, CutShort, Heard, Mangled, Manner, between, is_half, understand

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from labelviewer.domain.errors import Facts
    from labelviewer.domain.hand_scanner import SerialPort
    from labelviewer.ui.gallery import Gallery
    from labelviewer.ui.viewmodels.settings import SettingsViewModel
    from labelviewer.words.catalogue import Words

LAYOUT_DIFFERS: Final = "S30"
CUT_SHORT: Final = "S31"
NOT_CONNECTED: Final = "S32"

KEYS_CODE: Final = "https://samples.labelviewer.example/test/aqwzym-AQWZYM_0123456789?x=1&y=%7E"
ARRIVED: Final = 400  # letters of a scan that are shown
LETTERS_CODE: Final = "Größe ✓ 価格 £5"


class Scanner(Protocol):
    """On a serial port: `scanned` carries the bytes of a code."""

    @property
    def scanned(self) -> SignalInstance: ...
    @property
    def spoiled(self) -> SignalInstance: ...
    @property
    def connected(self) -> SignalInstance: ...
    @property
    def lost(self) -> SignalInstance: ...
    def open(self, place: str) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Kit:
    """What the set-up needs from outside. `make` and `ports` raise ImportError where the system lacks the part."""

    make: Callable[[], Scanner]
    ports: Callable[[], tuple[SerialPort, ...]]
    draw_code: Callable[[str], QImage]


@dataclass(frozen=True, slots=True)
class HandScannerState:
    """`heard` is the last scan; `trying` while the set-up is on the screen, when scans lead nowhere else."""

    trying: bool = False
    connected: bool = False
    ports: tuple[SerialPort, ...] = ()
    heard: Heard | None = None
    codes: tuple[str, ...] = ()


def outcome(heard: Heard | None) -> str:
    """Names the phrase for the last scan on the set-up page."""
    match heard:
        case None:
            return "none"
        case CutShort():
            return "cut"
        case Mangled(fixed=text):
            return "keyboard" if text == KEYS_CODE else "doubtful"
        case Clean(text=text):
            return "whole" if text in (KEYS_CODE, LETTERS_CODE) else "other"


def arrived(heard: Heard | None) -> str:
    match heard:
        case None:
            return ""
        case Clean(text=text) | Mangled(raw=text) | CutShort(raw=text):
            return clean(text, ARRIVED, lines=True)


class HandScannerViewModel(QObject):
    changed = Signal()
    followed = Signal(str)
    warned = Signal(str, object)
    recovered = Signal()

    def __init__(
        self, kit: Kit, settings: SettingsViewModel, gallery: Gallery, words: Words, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = HandScannerState()
        self._kit = kit
        self._settings = settings
        self._gallery = gallery
        self._words = words
        self._scanner: Scanner | None = None
        settings.changed.connect(self.changed)

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @property
    def manner(self) -> Manner:
        kept = self._settings.state
        return Manner(kept.scanner_gap, kept.scanner_keys, kept.scanner_prefix, kept.scanner_suffix)

    @Property(QVARIANT_MAP, notify=changed)
    def last(self) -> dict[str, Any]:
        """What the last scan looked like."""
        said = outcome(self.state.heard)
        tone = {"whole": "ok", "none": "info", "other": "info"}.get(said, "warn")
        return {"tone": tone, "text": self._words.say(f"scanner.last.{said}"), "arrived": arrived(self.state.heard)}

    @Property(QVARIANT_LIST, notify=changed)
    def codes(self) -> list[str]:
        """Pictures of the two test codes, while the set-up is on the screen."""
        return list(self.state.codes)

    @Property(QVARIANT_LIST, notify=changed)
    def ports(self) -> list[dict[str, Any]]:
        chosen = self._settings.state.scanner_port
        return [{"place": port.place, "name": port.name, "chosen": port.place == chosen} for port in self.state.ports]

    @Property(str, notify=changed)
    def portStatus(self) -> str:
        if not self._settings.state.scanner_port:
            return self._words.say("scanner.port.none" if self.state.ports else "scanner.port.empty")
        said = "connected" if self.state.connected else "lost"
        return self._words.say(f"scanner.port.{said}", place=self._settings.state.scanner_port)

    @Property(bool, notify=changed)
    def usesPort(self) -> bool:
        return self._settings.state.scanner_port != ""

    @Property(str, notify=changed)
    def gapText(self) -> str:
        return self._words.say("scanner.gap", n=self.manner.gap)

    @Property(str, notify=changed)
    def keysText(self) -> str:
        return self._words.say("scanner.keys", n=self.manner.keys)

    @Property(str, notify=changed)
    def prefix(self) -> str:
        return self.manner.prefix

    @Property(str, notify=changed)
    def suffix(self) -> str:
        return self.manner.suffix

    @Property(int, constant=True)
    def longestMark(self) -> int:
        return SCANNER_MARK

    @Slot()
    def open(self) -> None:
        """The set-up comes on the screen."""
        codes = tuple(self._gallery.hang(self._kit.draw_code(text)) for text in (KEYS_CODE, LETTERS_CODE))
        self._become(replace(self.state, trying=True, heard=None, codes=codes))
        self.findPorts()

    @Slot()
    def close(self) -> None:
        for code in self.state.codes:
            self._gallery.take_down(code)
        self._become(replace(self.state, trying=False, codes=()))

    @Slot()
    def findPorts(self) -> None:
        try:
            ports = self._kit.ports()
        except ImportError:
            ports = ()
        self._become(replace(self.state, ports=ports))

    @Slot(str)
    def usePort(self, place: str) -> None:
        self._settings.keep_scanner(scanner_port=place)
        self.connectPort()

    @Slot()
    def leavePort(self) -> None:
        self._settings.keep_scanner(scanner_port="")
        self.stop()

    @Slot()
    def connectPort(self) -> None:
        """Where a port was chosen, now or another day."""
        place = self._settings.state.scanner_port
        if not place:
            return
        try:
            scanner = self._scanner or self._make()
        except ImportError:
            self._lose()
            return
        scanner.open(place)

    @Slot(int)
    def stepGap(self, step: int) -> None:
        self._settings.keep_scanner(scanner_gap=_step(SCANNER_GAPS, self.manner.gap, step))

    @Slot(int)
    def stepKeys(self, step: int) -> None:
        self._settings.keep_scanner(scanner_keys=_step(SCANNER_KEYS, self.manner.keys, step))

    @Slot(str, str)
    def setMarks(self, prefix: str, suffix: str) -> None:
        self._settings.keep_scanner(scanner_prefix=_mark(prefix), scanner_suffix=_mark(suffix))

    @Slot()
    def useFixed(self) -> None:
        """The person says that the keys of a US keyboard are what was scanned."""
        match self.state.heard:
            case Mangled(fixed=text):
                self.followed.emit(text)
            case _:
                pass

    def hear_keys(self, burst: Burst) -> None:
        self._hear(understand(burst, self.manner))

    def stop(self) -> None:
        if self._scanner is not None:
            self._scanner.close()
        self._become(replace(self.state, connected=False))

    def _hear_bytes(self, code: bytes) -> None:
        """UTF-8 where it is that, else one letter a byte: nothing is dropped or guessed at."""
        try:
            text = code.decode()
        except UnicodeDecodeError:
            text = code.decode("latin-1")
        body = between(text, self.manner)
        if body is None or is_half(body):
            self._hear(CutShort(text))
        else:
            self._hear(Clean(body))

    def _hear(self, heard: Heard) -> None:
        self._become(replace(self.state, heard=heard))
        if self.state.trying:
            return
        facts: Facts = {}
        match heard:
            case Clean(text=text):
                self.followed.emit(text)
            case Mangled(raw=raw, fixed=fixed):
                facts = {"raw": raw, "fixed": fixed}
                self.warned.emit(LAYOUT_DIFFERS, facts)
            case CutShort():
                self.warned.emit(CUT_SHORT, facts)

    def _make(self) -> Scanner:
        scanner = self._kit.make()
        scanner.scanned.connect(self._hear_bytes)
        scanner.spoiled.connect(lambda: self._hear(CutShort("")))
        scanner.connected.connect(self._connect)
        scanner.lost.connect(self._lose)
        self._scanner = scanner
        return scanner

    def _connect(self) -> None:
        self._become(replace(self.state, connected=True))
        self.recovered.emit()

    def _lose(self) -> None:
        self._become(replace(self.state, connected=False))
        if not self.state.trying:
            self.warned.emit(NOT_CONNECTED, {})

    def _become(self, new: HandScannerState) -> None:
        old, self.state = self.state, new
        if new != old:
            self.changed.emit()


def _step(values: tuple[int, ...], value: int, step: int) -> int:
    return values[min(max(values.index(value) + step, 0), len(values) - 1)]


def _mark(text: str) -> str:
    return "".join(filter(str.isprintable, text))[:SCANNER_MARK]
