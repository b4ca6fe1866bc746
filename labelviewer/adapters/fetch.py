"""One GET over https to a checked address; keeps every bound, follows no one's wish but the caller's."""

import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, RemoteDisconnected
from random import SystemRandom
from typing import Final, cast
from urllib.parse import urljoin

import truststore
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError
from urllib3.exceptions import SSLError as BrokenTlsError

from labelviewer.adapters.resolver import Resolver, has_route, resolve
from labelviewer.adapters.secure_line import Deadline, Endpoint, TimedSocket, dial, prove
from labelviewer.domain.errors import (
    DamagedLabelError,
    JumpedSiteError,
    NetworkBlockedError,
    NotAnsweringError,
    NotListedError,
    OddAddressError,
    OfflineError,
    PrivateNetworkError,
    SignInPageError,
    TakenDownError,
    UnprovenSiteError,
)
from labelviewer.domain.ip_table import is_public
from labelviewer.domain.web_address import WebAddress, parse_web_address
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetched

USER_AGENT: Final = "labelviewer/1"
HTML: Final = frozenset(("text/html", "application/xhtml+xml"))

_CHUNK = 16 * 1024
_MOVED = frozenset((301, 302, 303, 307, 308))
_PRINTABLE = re.compile(r"[\x21-\x7e]+")
_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds. `pauses` come before the second and the third try."""

    whole: float = limits.FETCH_SECONDS
    look_up: float = limits.DNS_SECONDS
    connect: float = limits.CONNECT_SECONDS
    idle: float = limits.IDLE_SECONDS
    pauses: tuple[float, ...] = (1.0, 4.0)


@dataclass(frozen=True, slots=True)
class _Question:
    address: WebAddress
    accept: str
    max_bytes: int

    @property
    def host(self) -> str:
        return self.address.host


@dataclass(frozen=True, slots=True)
class _Moved:
    location: str


class _UnansweredError(Exception):
    """Worth another try: a time-out, a dropped connection, a server in trouble."""


class HttpsFetcher:
    """Asks public addresses only, over TLS only, without cookies, proxies or names of its own.

    `where` says at which endpoint a checked address is reached: itself, but for tests that keep to loopback.
    """

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        resolver: Resolver = resolve,
        where: Callable[[Endpoint], Endpoint] = lambda endpoint: endpoint,
        patience: Patience = Patience(),
        has_network: Callable[[], bool] = has_route,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._tls = tls or system_trust()
        self._resolver = resolver
        self._where = where
        self._patience = patience
        self._has_network = has_network
        self._monotonic = monotonic
        self._sleep = sleep

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        """One GET; `is_known` says which hosts a redirect may lead to. Raises ReachError or RefusedError."""
        deadline = Deadline(self._monotonic() + self._patience.whole, self._monotonic)
        here = address
        for _ in range(1 + limits.REDIRECTS):
            answer = self._ask(_Question(here, accept, max_bytes), deadline)
            if isinstance(answer, Fetched):
                return answer
            here = _next(here, answer.location, is_known)
        raise DamagedLabelError(host=here.host)

    def _ask(self, question: _Question, deadline: Deadline) -> Fetched | _Moved:
        pauses = iter(self._patience.pauses)
        while True:
            try:
                return self._once(question, deadline)
            except (TimeoutError, _UnansweredError) as fault:
                if not self._has_network():
                    raise OfflineError from fault
                pause = next(pauses, None)
                if pause is None or not self._rest(pause, deadline):
                    raise NotAnsweringError(host=question.host) from fault

    def _rest(self, pause: float, deadline: Deadline) -> bool:
        """Waits, give or take a fifth, so that many programs do not come back at once; False where time is up."""
        pause *= SystemRandom().uniform(0.8, 1.2)
        if deadline.at - self._monotonic() <= pause:
            return False
        self._sleep(pause)
        return True

    def _once(self, question: _Question, deadline: Deadline) -> Fetched | _Moved:
        host = question.host
        endpoints = [self._where((ip, question.address.port)) for ip in self._checked_addresses(host, deadline)]
        try:
            sock = dial(host, endpoints, deadline, self._patience.connect)
            with closing(prove(host, sock, self._tls, deadline, self._patience.idle)) as line:
                return _exchange(TimedSocket(line, deadline, self._patience.idle), question)
        except TimeoutError:
            raise
        except (ssl.SSLError, BrokenTlsError) as fault:
            raise UnprovenSiteError(host=host) from fault
        except (OSError, ReadTimeoutError, RemoteDisconnected) as fault:
            raise _UnansweredError from fault
        except ProtocolError as fault:
            if isinstance(fault.__cause__, OSError):
                raise _UnansweredError from fault
            raise DamagedLabelError(host=host) from fault
        except (HTTPException, HTTPError) as fault:
            raise DamagedLabelError(host=host) from fault

    def _checked_addresses(self, host: str, deadline: Deadline) -> list[str]:
        """At most two, of both families where there are both; one bad answer refuses the name."""
        try:
            answers = self._resolver(host, deadline.within(self._patience.look_up))
        except socket.gaierror as fault:
            if fault.errno == socket.EAI_AGAIN or not self._has_network():
                raise OfflineError from fault
            raise NotAnsweringError(host=host) from fault
        if not 1 <= len(answers) <= limits.DNS_ANSWERS:
            raise NotAnsweringError(host=host)
        if not all(map(is_public, answers)):
            raise PrivateNetworkError(host=host)
        first, *others = answers
        others.sort(key=lambda ip: (":" in ip) == (":" in first))
        return [first, *others][: limits.CONNECT_ADDRESSES]


def system_trust() -> ssl.SSLContext:
    """The certificates this computer trusts, TLS 1.2 or newer; no way past a failed check."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _OpenConnection(HTTPConnection):
    """Speaks HTTP over a line that is open already; never looks a name up and never dials."""

    def __init__(self, host: str, line: TimedSocket) -> None:
        super().__init__(host)
        self.sock = cast(socket.socket, line)

    def connect(self) -> None:
        raise ConnectionError


def _exchange(line: TimedSocket, question: _Question) -> Fetched | _Moved:
    address = question.address
    headers = {
        "Host": address.host,
        "Accept": question.accept,
        "Accept-Encoding": "gzip",
        "User-Agent": USER_AGENT,
        "Connection": "close",
    }
    target = f"{address.path}?{address.query}" if address.query else address.path
    with closing(_OpenConnection(address.host, line)) as connection:
        connection.request("GET", target, headers=headers, preload_content=False, decode_content=False)
        with closing(connection.getresponse()) as response:
            if response.status in _MOVED:
                return _Moved(response.headers.get("Location", "").strip())
            _check_status(response, address.host)
            return _read(response, question)


def _check_status(response: HTTPResponse, host: str) -> None:
    after = _SECONDS.fullmatch(response.headers.get("Retry-After", "").strip())
    match response.status:
        case 200:
            return
        case 404:
            raise NotListedError(host=host)
        case 410:
            raise TakenDownError(host=host)
        case 511:
            raise SignInPageError(host=host)
        case 429 | 503 if after and int(after[0]):
            raise NotAnsweringError(host=host, seconds=min(int(after[0]), limits.RETRY_AFTER_SECONDS))
        case 429:
            raise NotAnsweringError(host=host)
        case status if status >= 500:
            raise _UnansweredError
        case status if status >= 400:
            raise NetworkBlockedError(host=host)
        case _:
            raise DamagedLabelError(host=host)


def _read(response: HTTPResponse, question: _Question) -> Fetched:
    host, most = question.host, question.max_bytes
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type in HTML and media_type not in question.accept:
        raise SignInPageError(host=host)
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip") or (response.length_remaining or 0) > most:
        raise DamagedLabelError(host=host)
    body = _capped(iter(lambda: response.read(_CHUNK), b""), most, host)
    if coding.endswith("gzip"):
        body = _inflated(body, most, host)
    if not body:
        raise DamagedLabelError(host=host)
    return Fetched(body, media_type, question.address)


def _capped(chunks: Iterable[bytes], most: int, host: str) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise DamagedLabelError(host=host)
    return bytes(body)


def _inflated(data: bytes, most: int, host: str) -> bytes:
    """One whole gzip member and nothing after it; never more than one byte above the bound is unpacked."""
    inflater = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        body = inflater.decompress(data, most + 1)
    except zlib.error as fault:
        raise DamagedLabelError(host=host) from fault
    if len(body) > most or not inflater.eof or inflater.unused_data:
        raise DamagedLabelError(host=host)
    return body


def _next(here: WebAddress, location: str, is_known: Callable[[str], bool]) -> WebAddress:
    """Where a redirect leads, judged like a scanned address; another host must be a known one."""
    if not location:
        raise DamagedLabelError(host=here.host)
    if not _PRINTABLE.fullmatch(location):
        raise OddAddressError(host=here.host)
    try:
        target = parse_web_address(urljoin(str(here), location))
    except ValueError as fault:
        raise OddAddressError(host=here.host) from fault
    if target.host != here.host and not is_known(target.host):
        raise JumpedSiteError(host1=here.host, host2=target.host)
    return target
