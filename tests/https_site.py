"""A real HTTPS server on loopback with a test authority of its own, and every bad habit a server can have."""

import functools
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, Self

import trustme

from labelviewer.adapters.fetch import HttpsFetcher, Patience

PUBLIC_ADDRESS = "93.184.216.34"  # what the test resolver answers; it passes the address table, and is never dialled
LABEL_TYPE = "application/vnd.labelviewer.label+jwt"
AT_ONCE = Patience(pauses=())  # the real limits, one try
IMPATIENT = Patience(whole=0.4, look_up=0.3, connect=0.3, idle=0.2, pauses=())  # for servers that dawdle

_AT_MOST = 5.0  # seconds; no server thread outlives this

RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)

Tune = Callable[[ssl.SSLContext], None]


class Wire:
    """The server's end of a connection, for a script to play on."""

    def __init__(self, sock: socket.socket, stop: threading.Event) -> None:
        self._sock = sock
        self._stop = stop

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def wait(self, seconds: float) -> None:
        """Ends early when the site closes; raises OSError then, which ends the script."""
        if self._stop.wait(seconds):
            raise ConnectionAbortedError

    def hear(self) -> None:
        """Wait for the first byte from the other side: until then its connecting may not be over."""
        self._sock.recv(1)

    def reset(self) -> None:
        """The next close is a reset, not a farewell."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)


Script = Callable[[Wire], None]


@functools.cache
def authority() -> trustme.CA:
    """The test authority that clients of the sites trust; made once."""
    return trustme.CA()


@functools.cache
def trusting() -> ssl.SSLContext:
    """Trusts the test authority and nobody else; made once, for the system's certificates take long to load."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(context)
    return context


class HttpsSite:
    """Answers `https://host/path` by script; anything else with 404. Use it in a `with` statement.

    `certificate` stands in for one that is good for all `hosts`. `tune` changes the server's TLS settings.
    `instead_of_tls` plays on the bare connection.
    """

    def __init__(
        self,
        *hosts: str,
        certificate: trustme.LeafCert | None = None,
        tune: Tune = lambda context: None,
        instead_of_tls: Script | None = None,
    ) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._scripts: dict[str, Script] = {}
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        (certificate or authority().issue_cert(*hosts)).configure_cert(self._tls)
        tune(self._tls)
        self._instead_of_tls = instead_of_tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        host, port = self._listener.getsockname()
        self.endpoint: tuple[str, int] = (host, port)

    def answer(self, url: str, script: Script) -> None:
        self._scripts[url] = script

    def fetcher(self, **changes: Any) -> HttpsFetcher:
        """The real fetcher, aimed here whatever the host; `changes` are arguments of HttpsFetcher."""
        arguments: dict[str, Any] = {
            "tls": trusting(),
            "resolver": lambda host, seconds: [PUBLIC_ADDRESS],
            "where": lambda endpoint: self.endpoint,
            "patience": AT_ONCE,
            "has_network": lambda: True,
        }
        return HttpsFetcher(**arguments | changes)

    def __enter__(self) -> Self:
        self._start(self._listen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """From now on nobody answers; closed again, nothing happens."""
        if self._stop.is_set():
            return
        self._stop.set()
        with suppress(OSError):
            socket.create_connection(self.endpoint, timeout=1).close()  # wakes the listener
        while self._threads:
            thread = self._threads.pop()
            thread.join(_AT_MOST + 1)
            assert not thread.is_alive(), "a server thread is stuck"
        self._listener.close()

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, name="https-site")
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self._stop.is_set():
                sock.close()
                return
            self.connections += 1
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with ExitStack() as stack, suppress(OSError):
            stack.callback(sock.close)
            sock.settimeout(_AT_MOST)
            if self._instead_of_tls:
                self._instead_of_tls(Wire(sock, self._stop))
                return
            line = stack.enter_context(self._tls.wrap_socket(sock, server_side=True))
            request = _read_request(line)
            if request:
                self.requests.append(request)
                self._scripts.get(_url(request), status(404))(Wire(line, self._stop))


class LoopbackProxy:
    """A proxy that leads every CONNECT to one endpoint, or says `answer` and hangs up. Use it in a `with` statement."""

    OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"

    def __init__(self, leads_to: tuple[str, int], answer: bytes = OPEN) -> None:
        self.answer = answer
        self.heard: list[bytes] = []
        self._leads_to = leads_to
        self._listener = socket.create_server(("127.0.0.1", 0))
        host, port = self._listener.getsockname()
        self.endpoint: tuple[str, int] = (host, port)
        self._stopped = False
        self._threads = [threading.Thread(target=self._listen, name="proxy")]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped = True
        socket.create_connection(self.endpoint, timeout=1).close()
        for thread in self._threads:
            thread.join(_AT_MOST + 1)
            assert not thread.is_alive(), "a proxy thread is stuck"
        self._listener.close()

    def _listen(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self._stopped:
                sock.close()
                return
            self._threads.append(threading.Thread(target=self._serve, args=(sock,), name="proxy"))
            self._threads[-1].start()

    def _serve(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            near.settimeout(_AT_MOST)
            self.heard.append(_read_request(near))
            near.sendall(self.answer)
            if self.answer != self.OPEN:
                return
            with socket.create_connection(self._leads_to, timeout=_AT_MOST) as far:
                back = threading.Thread(target=_pour, args=(far, near), name="proxy")
                back.start()
                _pour(near, far)
                back.join(_AT_MOST)


def _pour(source: socket.socket, drain: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(16_384):
            drain.sendall(piece)
    with suppress(OSError):
        drain.shutdown(socket.SHUT_WR)


def response(
    code: int = 200,
    body: bytes = b"",
    *,
    media_type: str | None = LABEL_TYPE,
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> bytes:
    """A whole HTTP response; `length` lies about the body's."""
    lines = {"Content-Type": media_type, "Content-Length": str(len(body) if length is None else length)}
    lines |= dict(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return f"HTTP/1.1 {code} Said\r\n{head}\r\n".encode("latin-1") + body


def say(*pieces: bytes) -> Script:
    """Sends the pieces, then closes."""

    def play(wire: Wire) -> None:
        for piece in pieces:
            wire.send(piece)

    return play


def label(body: bytes, media_type: str | None = LABEL_TYPE, **headers: str) -> Script:
    return say(response(200, body, media_type=media_type, headers=headers))


def status(code: int, **headers: str) -> Script:
    return say(response(code, b"", headers={name.replace("_", "-"): value for name, value in headers.items()}))


def redirect(location: str, code: int = 302) -> Script:
    return say(response(code, b"", headers={"Location": location}))


def stall(*pieces: bytes) -> Script:
    """Sends the pieces, then says nothing more and does not close."""

    def play(wire: Wire) -> None:
        say(*pieces)(wire)
        wire.wait(_AT_MOST)

    return play


def drip(before: bytes, drop: bytes = b"x", every: float = 0.05) -> Script:
    """Sends `before` at once, then a drop at a time, while anyone listens."""

    def play(wire: Wire) -> None:
        wire.send(before)
        for _ in range(int(_AT_MOST / every)):
            wire.wait(every)
            wire.send(drop)

    return play


def reset(*pieces: bytes) -> Script:
    def play(wire: Wire) -> None:
        say(*pieces)(wire)
        wire.reset()

    return play


def reset_once_heard(wire: Wire) -> None:
    wire.hear()
    wire.reset()


def in_turn(*scripts: Script) -> Script:
    """Each call plays the next script; the last one again and again."""
    rest: Iterator[Script] = iter(scripts)

    def play(wire: Wire) -> None:
        next(rest, scripts[-1])(wire)

    return play


def _read_request(line: socket.socket) -> bytes:
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        more = line.recv(4096)
        if not more:
            return b""
        request += more
    return request


def _url(request: bytes) -> str:
    first, *headers = request.decode("latin-1").split("\r\n")
    host = next((line[6:] for line in headers if line.lower().startswith("host: ")), "")
    return f"https://{host}{first.split(' ')[1]}"
