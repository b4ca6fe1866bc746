"""What a scanner read goes the way of every code; the set-up shows it, and what is set stays set."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

import pytest
from PySide6.QtCore import QObject, QSize, Signal

from labelviewer import app
from labelviewer.adapters.qr_reader import read_texts
from labelviewer.domain.hand_scanner import SerialPort
from labelviewer.ui.gallery import Gallery
from labelviewer.ui.settings import SCANNER_GAPS, SCANNER_KEYS, Settings, load_settings
from labelviewer.ui.viewmodels.hand_scanner import KEYS_CODE, LETTERS_CODE, HandScannerViewModel, Kit
from labelviewer.ui.viewmodels.settings import SettingsViewModel
from labelviewer.ui.wedge import Manner, Stroke
from labelviewer.words.catalogue import Words
from tests.keyboards import keys, mangled
from tests.ui_fixtures import Shopper, open_window, wait_until
from tests.viewmodels.test_wedge import blind, burst

SAMPLE = "https://samples.labelviewer.example/l/camera-a"
PORTS = (SerialPort("/dev/ttyACM0", "Acme scanner"), SerialPort("/dev/ttyACM1", "Modem"))


class Line(QObject):
    """A port that notes what is asked of it and says what a test wants."""

    scanned = Signal(bytes)
    spoiled = Signal()
    connected = Signal()
    lost = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def open(self, place: str) -> None:
        self.asked.append(f"open {place}")

    def close(self) -> None:
        self.asked.append("close")


@dataclass
class Bench:
    model: HandScannerViewModel
    line: Line
    gallery: Gallery
    file: Path
    followed: list[str] = field(default_factory=list)
    warned: list[tuple[str, object]] = field(default_factory=list)
    recovered: list[None] = field(default_factory=list)

    @property
    def last(self) -> dict[str, str]:
        shown: dict[str, str] = self.model.property("last")
        return shown

    @property
    def kept(self) -> Settings:
        return load_settings(self.file)[0]


def bench_with(
    file: Path, words: Words, settings: Settings, ports: Callable[[], tuple[SerialPort, ...]] = lambda: PORTS
) -> Bench:
    line, gallery = Line(), Gallery()
    kit = Kit(lambda: line, ports, app._draw_code)
    bench = Bench(HandScannerViewModel(kit, SettingsViewModel(file, settings), gallery, words), line, gallery, file)
    bench.model.followed.connect(bench.followed.append)
    bench.model.warned.connect(lambda code, facts: bench.warned.append((code, facts)))
    bench.model.recovered.connect(lambda: bench.recovered.append(None))
    return bench


@pytest.fixture
def bench(tmp_path: Path, words: Words) -> Bench:
    return bench_with(tmp_path / "settings.json", words, Settings())


def missing() -> Never:
    raise ImportError


# Keys


def test_a_clean_read_is_followed(bench: Bench) -> None:
    bench.model.hear_keys(burst(f"{SAMPLE}\n"))
    assert (bench.followed, bench.warned) == ([SAMPLE], [])


def test_a_mangled_read_is_followed_only_after_yes(bench: Bench) -> None:
    bench.model.hear_keys(burst(SAMPLE, "French"))
    assert bench.followed == []
    assert bench.warned == [("S30", {"raw": mangled(SAMPLE, "French"), "fixed": SAMPLE})]
    bench.model.useFixed()
    assert bench.followed == [SAMPLE]


def test_yes_means_the_last_scan_and_no_other(bench: Bench) -> None:
    bench.model.hear_keys(burst(SAMPLE, "French"))
    bench.model.hear_keys(burst("4012345678901"))
    bench.model.useFixed()
    assert bench.followed == ["4012345678901"]


def test_half_a_read_is_not_followed(bench: Bench) -> None:
    bench.model.hear_keys(burst("ttps://a.example/l/1"))
    assert (bench.followed, bench.warned) == ([], [("S31", {})])


# A port


def test_a_port_is_opened_only_where_one_was_chosen(bench: Bench) -> None:
    bench.model.connectPort()
    assert bench.line.asked == []
    bench.model.usePort("/dev/ttyACM0")
    assert bench.line.asked == ["open /dev/ttyACM0"]
    assert bench.kept.scanner_port == "/dev/ttyACM0"


def test_the_port_of_another_day_is_opened_again(tmp_path: Path, words: Words) -> None:
    bench = bench_with(tmp_path / "settings.json", words, Settings(scanner_port="COM3"))
    bench.model.connectPort()
    assert bench.line.asked == ["open COM3"]


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (SAMPLE.encode(), SAMPLE),
        ("Größe ✓".encode(), "Größe ✓"),
        ("Größe".encode("latin-1"), "Größe"),
        (b"(01)\x1d(10)", "(01)\x1d(10)"),
        (b" two  spaces ", " two  spaces "),
    ],
)
def test_bytes_become_text_to_the_letter(bench: Bench, sent: bytes, text: str) -> None:
    bench.model.usePort("/dev/ttyACM0")
    bench.line.scanned.emit(sent)
    assert bench.followed == [text]


def test_prefix_and_suffix_are_taken_off_and_missed(tmp_path: Path, words: Words) -> None:
    settings = Settings(scanner_prefix="]Q1", scanner_suffix="#")
    bench = bench_with(tmp_path / "settings.json", words, settings)
    bench.model.usePort("/dev/ttyACM0")
    bench.line.scanned.emit(b"]Q1a\x1db#")
    bench.line.scanned.emit(b"]Q1ab")
    assert (bench.followed, bench.warned) == (["a\x1db"], [("S31", {})])


@pytest.mark.parametrize("sent", [b"ttps://a.example/l/1", b"https:/"])
def test_half_an_address_on_a_port_is_noticed(bench: Bench, sent: bytes) -> None:
    bench.model.usePort("/dev/ttyACM0")
    bench.line.scanned.emit(sent)
    bench.line.spoiled.emit()
    assert (bench.followed, bench.warned) == ([], [("S31", {}), ("S31", {})])


def test_a_lost_scanner_is_said_and_so_is_its_return(bench: Bench) -> None:
    bench.model.usePort("/dev/ttyACM0")
    assert "Not connected" in str(bench.model.property("portStatus"))
    bench.line.connected.emit()
    assert str(bench.model.property("portStatus")) == "Connected at /dev/ttyACM0."
    bench.line.lost.emit()
    assert bench.warned == [("S32", {})]
    bench.line.connected.emit()
    assert len(bench.recovered) == 2


def test_a_system_without_serial_ports_says_that_it_is_not_connected(tmp_path: Path, words: Words) -> None:
    bench = bench_with(tmp_path / "settings.json", words, Settings(scanner_port="COM3"), missing)
    bench.model._kit = Kit(missing, missing, app._draw_code)
    bench.model.connectPort()
    bench.model.findPorts()
    assert bench.warned == [("S32", {})]
    assert bench.model.property("ports") == []


def test_a_port_can_be_let_go(bench: Bench) -> None:
    bench.model.usePort("/dev/ttyACM0")
    bench.model.leavePort()
    assert bench.line.asked == ["open /dev/ttyACM0", "close"]
    assert bench.kept.scanner_port == ""
    assert bench.model.property("usesPort") is False


# The set-up


def test_the_test_codes_can_be_read(bench: Bench, tmp_path: Path) -> None:
    bench.model.open()
    for picture, text in zip(bench.model.state.codes, (KEYS_CODE, LETTERS_CODE), strict=True):
        image = bench.gallery.requestImage(picture.rpartition("/")[2], QSize(), QSize())
        image.save(str(tmp_path / "code.png"))
        assert read_texts(tmp_path / "code.png") == [text]
    shown = bench.model.state.codes
    bench.model.close()
    assert all(bench.gallery.requestImage(each.rpartition("/")[2], QSize(), QSize()).isNull() for each in shown)


def with_the_set_up_open(bench: Bench) -> Bench:
    bench.model.open()
    assert bench.last == {"tone": "info", "text": bench.model._words.say("scanner.last.none"), "arrived": ""}
    return bench


SCANS: dict[str, tuple[tuple[Stroke, ...], str, str, str]] = {
    "all of it": (burst(f"{KEYS_CODE}\n"), "ok", "whole", KEYS_CODE),
    "another keyboard": (burst(KEYS_CODE, "German"), "warn", "keyboard", mangled(KEYS_CODE, "German")),
    "another code, another keyboard": (burst(SAMPLE, "German"), "warn", "doubtful", mangled(SAMPLE, "German")),
    "without its beginning": (blind(KEYS_CODE[2:]), "warn", "cut", KEYS_CODE[2:]),
    "without its end": (blind(KEYS_CODE[:-3]), "info", "other", KEYS_CODE[:-3]),
    "another code": (burst("4012345678901"), "info", "other", "4012345678901"),
}


@pytest.mark.parametrize("scan", SCANS)
def test_the_last_scan_is_shown_as_it_came_and_leads_nowhere(bench: Bench, scan: str) -> None:
    keys_typed, tone, said, arrived = SCANS[scan]
    with_the_set_up_open(bench).model.hear_keys(keys_typed)
    assert bench.last == {"tone": tone, "text": bench.model._words.say(f"scanner.last.{said}"), "arrived": arrived}
    assert (bench.followed, bench.warned) == ([], [])


def test_special_letters_are_for_a_port(bench: Bench) -> None:
    with_the_set_up_open(bench).model.usePort("/dev/ttyACM0")
    bench.line.scanned.emit(LETTERS_CODE.encode())
    assert bench.last["tone"] == "ok"


def test_ports_are_listed_and_the_chosen_one_is_marked(bench: Bench) -> None:
    with_the_set_up_open(bench).model.usePort("/dev/ttyACM1")
    assert [(port["name"], port["chosen"]) for port in bench.model.property("ports")] == [
        ("Acme scanner", False),
        ("Modem", True),
    ]


def test_that_there_is_no_scanner_on_any_port_is_said(bench: Bench) -> None:
    assert bench.model.property("portStatus") == "We see no scanner on a USB port."
    bench.model.open()
    assert bench.model.property("portStatus") == "No port is in use."


def test_a_lost_port_is_no_interruption_of_the_set_up(bench: Bench) -> None:
    with_the_set_up_open(bench).model.usePort("/dev/ttyACM0")
    bench.line.lost.emit()
    assert bench.warned == []


def test_how_it_types_is_kept_within_its_bounds(bench: Bench) -> None:
    for _ in range(9):
        bench.model.stepGap(1)
        bench.model.stepKeys(-1)
    bench.model.setMarks("]Q1\n\x1d", "#" * 40)
    assert bench.model.manner == Manner(SCANNER_GAPS[-1], SCANNER_KEYS[0], "]Q1", "#" * 16)
    assert load_settings(bench.file)[1] == ()
    assert (bench.kept.scanner_gap, bench.kept.scanner_prefix) == (SCANNER_GAPS[-1], "]Q1")
    assert str(bench.model.property("gapText")).startswith("The pause between two keys is at most 120")
    assert (bench.model.property("prefix"), bench.model.property("suffix")) == ("]Q1", "#" * 16)


# The whole way, over a real port


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="needs a pseudo-terminal that passes for a serial port"
)
def test_a_code_on_a_port_leads_to_its_label_and_a_pulled_cable_is_said(tmp_path: Path) -> None:
    end, port = os.openpty()
    place = os.ttyname(port)
    os.close(port)
    with open_window(tmp_path) as shopper:
        shopper.program.rooms.scanner.usePort(place)
        wait_until(lambda: shopper.program.rooms.scanner.state.connected)
        os.write(end, f"{SAMPLE}\r\n".encode())
        wait_until(lambda: shopper.hears("Checked: this label is real"))
        os.close(end)
        wait_until(lambda: "Code S32" in shopper.names)
        replug(shopper)
        wait_until(lambda: "Code S32" not in shopper.names)
        assert shopper.hears("Checked: this label is real")


def replug(shopper: Shopper) -> None:
    """The port answers again."""
    scanner = shopper.program.rooms.scanner._scanner
    assert scanner is not None
    scanner.connected.emit()


def test_a_port_that_was_chosen_is_opened_when_the_program_starts(tmp_path: Path) -> None:
    with open_window(tmp_path) as shopper:
        shopper.program.settings.keep_scanner(scanner_port="/dev/no-such-port")
    with open_window(tmp_path) as shopper:
        wait_until(lambda: "Code S32" in shopper.names)
        shopper.press("Try again")
        assert shopper.program.rooms.scanner.property("usesPort")


def test_the_table_of_keys_knows_the_test_code() -> None:
    assert keys(KEYS_CODE)
