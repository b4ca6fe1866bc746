"""As much of a D-Bus client as a screen reader needs: calls with strings and whole numbers, and any reply."""

from __future__ import annotations

import os
import socket
import struct
from typing import Any, Final

SECONDS: Final = 10.0

_CALL, _REPLY, _FAULT = 1, 2, 3
_PATH, _INTERFACE, _MEMBER, _FAULT_NAME, _ANSWERS, _DESTINATION, _SIGNATURE = 1, 2, 3, 4, 5, 6, 8
_NUMBERS: Final = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
_ALIGNED: Final = {"g": 1, "v": 1, "s": 4, "o": 4, "a": 4, "(": 8, "{": 8}


class GoneError(Exception):
    """What was asked is not there, or not any more."""


class Bus:
    """A connection of our own. The address is of the form `unix:path=...`."""

    def __init__(self, address: str) -> None:
        kind, _, value = address.partition(",")[0].removeprefix("unix:").partition("=")
        self._line = socket.socket(socket.AF_UNIX)
        self._line.settimeout(SECONDS)
        self._line.connect(value if kind == "path" else f"\0{value}")
        self._line.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        welcome = self._line.recv(256)
        assert welcome.startswith(b"OK "), welcome
        self._line.sendall(b"BEGIN\r\n")
        self._serial = 0
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")

    def close(self) -> None:
        self._line.close()

    def call(self, service: str, path: str, interface: str, member: str, *arguments: str | int) -> Any:
        """The first value of the reply. Raises GoneError."""
        self._serial += 1
        body, signature = bytearray(), ""
        for argument in arguments:
            signature += "s" if isinstance(argument, str) else "i"
            _write(body, signature[-1], argument)
        fields = [
            (_PATH, "o", path),
            (_INTERFACE, "s", interface),
            (_MEMBER, "s", member),
            (_DESTINATION, "s", service),
        ]
        if signature:
            fields.append((_SIGNATURE, "g", signature))
        head = bytearray()
        for code, kind, value in fields:
            _pad(head, 8)
            head.append(code)
            _write(head, "g", kind)
            _write(head, kind, value)
        message = bytearray(struct.pack("<cBBBIII", b"l", _CALL, 0, 1, len(body), self._serial, len(head))) + head
        _pad(message, 8)
        self._line.sendall(message + body)
        return self._reply()

    def _reply(self) -> Any:
        while True:
            start = self._receive(16)
            _, kind, _, _, body_size, _, fields_size = struct.unpack("<cBBBIII", start)
            rest = self._receive(fields_size + -fields_size % 8 + body_size)
            fields = dict(_Reader(start[12:] + rest[:fields_size], offset=12).read("a(yv)"))
            if kind not in (_REPLY, _FAULT) or fields[_ANSWERS] != self._serial:
                continue
            if kind == _FAULT:
                raise GoneError(fields[_FAULT_NAME])
            signature = fields.get(_SIGNATURE, "")
            return _Reader(rest[len(rest) - body_size :]).read(signature) if signature else None

    def _receive(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._line.recv(size - len(data))
            if not more:
                raise GoneError("the bus")
            data += more
        return data


def _pad(data: bytearray, size: int) -> None:
    data.extend(bytes(-len(data) % size))


def _write(data: bytearray, kind: str, value: str | int) -> None:
    if isinstance(value, int):
        _pad(data, 4)
        data.extend(struct.pack("<i", value))
        return
    text = value.encode()
    if kind == "g":
        data.append(len(text))
    else:
        _pad(data, 4)
        data.extend(struct.pack("<I", len(text)))
    data.extend(text + b"\0")


class _Reader:
    """Reads one value after the other; `offset` is where in its message the data begins."""

    def __init__(self, data: bytes, offset: int = 0) -> None:
        self._data = data
        self._offset = offset
        self._at = 0

    def read(self, signature: str) -> Any:
        """The first value of the signature."""
        kind = signature[0]
        if kind in _NUMBERS:
            return self._number(_NUMBERS[kind])
        self._align(_ALIGNED[kind])
        match kind:
            case "s" | "o":
                return self._text(self._number("I"))
            case "g":
                return self._text(self._number("B"))
            case "v":
                return self.read(self.read("g"))
            case "a":
                return self._array(signature[1:])
            case _:
                return tuple(map(self.read, _parts(signature[1 : len(_first(signature)) - 1])))

    def _array(self, item: str) -> list[Any]:
        size = self._number("I")
        self._align(_ALIGNED.get(item[0]) or struct.calcsize(f"<{_NUMBERS[item[0]]}"))
        end, items = self._at + size, []
        while self._at < end:
            items.append(self.read(item))
        return items

    def _number(self, code: str) -> Any:
        size = struct.calcsize(f"<{code}")
        self._align(size)
        (value,) = struct.unpack_from(f"<{code}", self._data, self._at)
        self._at += size
        return value

    def _text(self, size: int) -> str:
        text = self._data[self._at : self._at + size].decode()
        self._at += size + 1
        return text

    def _align(self, size: int) -> None:
        self._at += -(self._offset + self._at) % size


def _first(signature: str) -> str:
    """The first whole type of a signature."""
    if signature[0] == "a":
        return "a" + _first(signature[1:])
    if signature[0] not in "({":
        return signature[0]
    inside = "".join(_parts(signature[1:]))
    return signature[0] + inside + signature[1 + len(inside)]


def _parts(signature: str) -> list[str]:
    """The whole types of a signature, up to where a structure closes."""
    parts = []
    while signature and signature[0] not in ")}":
        parts.append(_first(signature))
        signature = signature[len(parts[-1]) :]
    return parts
