"""A TLS connection to one checked address; no wait on it outlives the deadline."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelviewer.domain.errors import NetworkBlockedError, UnprovenSiteError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Endpoint = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on a clock that never jumps."""

    at: float
    monotonic: Callable[[], float] = time.monotonic

    def left(self) -> float:
        """Seconds until then, above 0; raises TimeoutError once it is over."""
        left = self.at - self.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def within(self, limit: float) -> float:
        return min(limit, self.left())


class TimedSocket:
    """As much of a socket as an HTTP client needs; each wait ends at the idle limit or the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline, idle: float) -> None:
        self._sock = sock
        self._deadline = deadline
        self._idle = idle

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.within(self._idle))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._deadline, self._idle))

    def settimeout(self, seconds: float | None) -> None:
        """The deadline sets it; nobody else does."""

    def close(self) -> None:
        self._sock.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline, idle: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline
        self._idle = idle

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        self._sock.settimeout(self._deadline.within(self._idle))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def dial(host: str, endpoints: Sequence[Endpoint], deadline: Deadline, limit: float) -> socket.socket:
    """The first endpoint that answers; raises OSError where none does. `host` is only said back."""
    fault: OSError = TimeoutError()
    for endpoint in endpoints:
        try:
            return socket.create_connection(endpoint, timeout=deadline.within(limit))
        except PermissionError as refused:
            raise NetworkBlockedError(host=host) from refused
        except OSError as refused:
            fault = refused
    raise fault


def prove(host: str, sock: socket.socket, tls: ssl.SSLContext, deadline: Deadline, limit: float) -> ssl.SSLSocket:
    """Raises UnprovenSiteError unless the other side proves to be `host`. Takes `sock` over, failed or not."""
    try:
        sock.settimeout(deadline.within(limit))
        line = tls.wrap_socket(sock, server_hostname=host)
    except (ssl.SSLError, ConnectionError) as fault:
        raise UnprovenSiteError(host=host) from fault
    finally:
        sock.close()  # wrap_socket has taken the connection over, or failed
    if line.version() is None:  # reset before the handshake could begin: Python then leaves it out, and says nothing
        line.close()
        raise UnprovenSiteError(host=host)
    return line
