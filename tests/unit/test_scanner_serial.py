"""A scanner on a serial port, stood in for by the other end of a pseudo-terminal: every byte, and the cable pulled."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from labelviewer.adapters.scanner_serial import LONGEST, SerialScanner, serial_ports
from tests.ui_fixtures import wait_until

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has pseudo-terminals that pass for a serial port"
)


@dataclass
class Cable:
    """Both ends: what is written to `end` is what the scanner sends."""

    scanner: SerialScanner
    end: int = -1
    codes: list[bytes] = field(default_factory=list)
    news: list[str] = field(default_factory=list)

    def plug_in(self) -> str:
        self.end, port = os.openpty()
        place = os.ttyname(port)
        os.close(port)
        return place

    def pull(self) -> None:
        os.close(self.end)
        self.end = -1

    def send(self, *parts: bytes) -> None:
        """And wait until as many codes more have arrived."""
        wanted = len(self.codes) + len(parts)
        for place, part in enumerate(parts, start=wanted - len(parts) + 1):
            os.write(self.end, part)
            wait_until(lambda place=place: len(self.codes) >= place)  # type: ignore[misc]


@pytest.fixture
def cable(qapp: QGuiApplication) -> Iterator[Cable]:
    cable = Cable(SerialScanner())
    cable.scanner.scanned.connect(cable.codes.append)
    for name in ("connected", "lost", "spoiled"):
        getattr(cable.scanner, name).connect(lambda name=name: cable.news.append(name))
    yield cable
    cable.scanner.close()
    if cable.end >= 0:
        cable.pull()


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n", b""], ids=["CR LF", "CR", "LF", "none"])
def test_a_code_is_whole_whatever_ends_it(cable: Cable, end: bytes) -> None:
    cable.scanner.open(cable.plug_in())
    cable.send(b"https://a.example/l/1" + end)
    assert cable.codes == [b"https://a.example/l/1"]


@pytest.mark.parametrize(
    "code",
    [
        "Größe ✓ 価格".encode(),
        "Größe".encode("latin-1"),
        bytes(range(32)) + b"x",
        b"\x03\x04\x11\x13\x1a\x1c\x7f\x80\xff",
        b"BEGIN:VCARD\nN:Bo\r\nEND:VCARD",
        b" two  spaces ",
        b"x" * 2_953,
    ],
    ids=["UTF-8", "Latin-1", "control characters", "signals", "lines", "spaces", "the longest code"],
)
def test_every_byte_arrives_as_it_was_sent(cable: Cable, code: bytes) -> None:
    cable.scanner.open(cable.plug_in())
    cable.send(code + b"\r\n")
    assert cable.codes == [code]


def test_codes_one_after_the_other_stay_apart(cable: Cable) -> None:
    cable.scanner.open(cable.plug_in())
    cable.send(b"first\r\n", b"second\r\n", b"third\r\n")
    assert cable.codes == [b"first", b"second", b"third"]


def test_an_empty_line_is_no_code(cable: Cable) -> None:
    cable.scanner.open(cable.plug_in())
    os.write(cable.end, b"\r\n")
    wait_until(lambda: cable.scanner._silence.isActive())
    wait_until(lambda: not cable.scanner._silence.isActive())
    cable.send(b"code\r\n")
    assert cable.codes == [b"code"]


def test_more_than_any_code_holds_is_not_kept(cable: Cable) -> None:
    cable.scanner.open(cable.plug_in())
    for _ in range(3):
        os.write(cable.end, b"x" * LONGEST)
        wait_until(lambda: cable.scanner._silence.isActive())
    wait_until(lambda: "spoiled" in cable.news)
    assert cable.codes == []
    cable.send(b"code\r\n")
    assert cable.codes == [b"code"]


@pytest.mark.fault("C3")
def test_a_pulled_cable_is_said_once_and_the_scanner_is_taken_back(cable: Cable, tmp_path: Path) -> None:
    port = tmp_path / "scanner"
    port.symlink_to(cable.plug_in())
    cable.scanner.open(str(port))
    cable.pull()
    wait_until(lambda: "lost" in cable.news)
    port.unlink()
    for _ in range(2):
        again(cable.scanner)
    assert cable.news == ["connected", "lost"]
    port.symlink_to(cable.plug_in())
    again(cable.scanner)
    assert cable.news == ["connected", "lost", "connected"]
    cable.send(b"code\r\n")
    assert cable.codes == [b"code"]


def again(scanner: SerialScanner) -> None:
    """The time for another try has come."""
    assert scanner._retry.isActive()
    scanner._retry.timeout.emit()


@pytest.mark.fault("C3")
def test_half_a_code_before_the_cable_was_pulled_is_not_put_before_the_next(cable: Cable, tmp_path: Path) -> None:
    port = tmp_path / "scanner"
    port.symlink_to(cable.plug_in())
    cable.scanner.open(str(port))
    os.write(cable.end, b"half")
    wait_until(lambda: cable.scanner._silence.isActive())
    cable.pull()
    wait_until(lambda: "lost" in cable.news)
    port.unlink()
    port.symlink_to(cable.plug_in())
    again(cable.scanner)
    cable.send(b"whole\r\n")
    assert cable.codes == [b"whole"]


def test_a_port_that_is_not_there_is_said(cable: Cable) -> None:
    cable.scanner.open("/dev/no-such-port")
    assert cable.news == ["lost"]


def test_a_scanner_that_was_let_go_says_nothing_more(cable: Cable) -> None:
    cable.scanner.open("/dev/no-such-port")
    cable.scanner.close()
    assert not cable.scanner._retry.isActive()
    cable.scanner.open(cable.plug_in())
    cable.scanner.close()
    cable.pull()
    assert cable.news == ["lost", "connected"]
    assert not cable.scanner._retry.isActive()


def test_ports_have_a_place_and_a_name() -> None:
    assert all(port.place and port.name for port in serial_ports())
