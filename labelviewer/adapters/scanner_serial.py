"""A hand scanner on a USB serial port: the bytes of one code at a time, exactly as the scanner sent them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal
from PySide6.QtSerialPort import QSerialPort, QSerialPortInfo

from labelviewer.domain.hand_scanner import SerialPort
from labelviewer.pipeline.limits import QR_PAYLOAD

BAUD: Final = 9_600  # what scanners are delivered with; a port that is only a USB cable ignores it
LINE_ENDS: Final = (b"\r\n", b"\r", b"\n")
END_MILLISECONDS: Final = 25  # of silence after a line end; a line end inside a code is followed at once
SILENCE_MILLISECONDS: Final = 200  # of silence for scanners that send no line end
RETRY_MILLISECONDS: Final = 2_000
LONGEST: Final = QR_PAYLOAD + 256  # a code with all that a scanner may put around it


def serial_ports() -> tuple[SerialPort, ...]:
    """What is plugged in by USB; ports that were built in long ago are nobody's scanner."""
    found = (port for port in QSerialPortInfo.availablePorts() if port.hasVendorIdentifier())
    return tuple(
        SerialPort(port.systemLocation(), port.description() or port.manufacturer() or port.portName())
        for port in found
    )


class SerialScanner(QObject):
    """Stays with one port: when the scanner is unplugged, it says so once and opens the port again when it can."""

    scanned = Signal(bytes)
    spoiled = Signal()
    connected = Signal()
    lost = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port = QSerialPort(self)
        self._port.setBaudRate(BAUD)
        self._port.readyRead.connect(self._take)
        self._port.errorOccurred.connect(self._fail)
        self._code = b""
        self._wanted = False
        self._said_lost = False
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(self._finish)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MILLISECONDS)
        self._retry.timeout.connect(self._open)

    def open(self, place: str) -> None:
        self.close()
        self._port.setPortName(place)
        self._wanted = True
        self._open()

    def close(self) -> None:
        self._wanted = False
        self._said_lost = False
        self._retry.stop()
        self._drop()

    def _open(self) -> None:
        if self._port.open(QIODevice.OpenModeFlag.ReadOnly):
            self._port.clear(QSerialPort.Direction.Input)
            self._said_lost = False
            self.connected.emit()
        else:
            self._lose()

    def _take(self) -> None:
        self._code = (self._code + bytes(self._port.readAll().data()))[: LONGEST + 1]
        ended = self._code.endswith(LINE_ENDS)
        self._silence.start(END_MILLISECONDS if ended else SILENCE_MILLISECONDS)

    def _finish(self) -> None:
        code, self._code = self._code, b""
        if len(code) > LONGEST:
            self.spoiled.emit()
            return
        end = next((end for end in LINE_ENDS if code.endswith(end)), b"")
        if whole := code.removesuffix(end):
            self.scanned.emit(whole)

    def _fail(self, error: QSerialPort.SerialPortError) -> None:
        if error is not QSerialPort.SerialPortError.NoError and self._port.isOpen():
            self._drop()
            self._lose()

    def _lose(self) -> None:
        if not self._wanted:
            return
        self._retry.start()
        if not self._said_lost:
            self._said_lost = True
            self.lost.emit()

    def _drop(self) -> None:
        self._silence.stop()
        self._code = b""
        if self._port.isOpen():
            self._port.close()
