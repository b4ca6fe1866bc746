"""One question and its answer on an open line: what is asked, how much is taken, and what each status means."""

import re
import socket
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, cast

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection

from labelviewer.adapters import links
from labelviewer.adapters.secure_line import TimedSocket
from labelviewer.domain.errors import (
    DamagedLabelError,
    NetworkBlockedError,
    NotAnsweringError,
    NotListedError,
    SignInPageError,
    TakenDownError,
)
from labelviewer.domain.strict_json import StrictJsonError
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetched

USER_AGENT: Final = "labelviewer/1"
HTML: Final = frozenset(("text/html", "application/xhtml+xml"))

_CHUNK = 16 * 1024
_MOVED = frozenset((301, 302, 303, 307, 308))
_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Question:
    address: WebAddress
    accept: str
    max_bytes: int

    @property
    def host(self) -> str:
        return self.address.host

    @property
    def wanted(self) -> str:
        """The type that is asked for first."""
        return self.accept.partition(",")[0].partition(";")[0].strip().lower()

    @property
    def takes_links(self) -> bool:
        return links.LINKSET in self.accept


@dataclass(frozen=True, slots=True)
class Moved:
    location: str


class UnansweredError(Exception):
    """Worth another try: a time-out, a dropped connection, a server in trouble."""


class _OpenConnection(HTTPConnection):
    """Speaks HTTP over a line that is open already; never looks a name up and never dials."""

    def __init__(self, host: str, line: TimedSocket) -> None:
        super().__init__(host)
        self.sock = cast(socket.socket, line)

    def connect(self) -> None:
        raise ConnectionError


def exchange(line: TimedSocket, question: Question, now: Callable[[], datetime]) -> Fetched | Moved:
    """`now` is only asked where the site names a date to come back at."""
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
                return Moved(response.headers.get("Location", "").strip())
            _check_status(response, address.host, now)
            return _read(response, question)


def _check_status(response: HTTPResponse, host: str, now: Callable[[], datetime]) -> None:
    match response.status:
        case 200:
            return
        case 404:
            raise NotListedError(host=host)
        case 410:
            raise TakenDownError(host=host)
        case 511:
            raise SignInPageError(host=host)
        case 429 | 503 if seconds := _retry_after(response.headers.get("Retry-After", "").strip(), now):
            raise NotAnsweringError(host=host, seconds=seconds)
        case 429:
            raise NotAnsweringError(host=host)
        case status if status >= 500:
            raise UnansweredError
        case status if status >= 400:
            raise NetworkBlockedError(host=host)
        case _:
            raise DamagedLabelError(host=host)


def _retry_after(value: str, now: Callable[[], datetime]) -> int:
    """Seconds, of a number or a date; 0 where neither is said or the date is over."""
    if _SECONDS.fullmatch(value):
        return min(int(value), limits.RETRY_AFTER_SECONDS)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return 0
    left = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now()
    return max(0, min(int(left.total_seconds()), limits.RETRY_AFTER_SECONDS))


def _read(response: HTTPResponse, question: Question) -> Fetched | Moved:
    host = question.host
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type in HTML and media_type not in question.accept:
        link = links.in_header(response.headers.get("Link", ""), question.wanted) if question.takes_links else None
        if link is None:
            raise SignInPageError(host=host)
        return Moved(link)
    if media_type == links.LINKSET and question.takes_links:
        return _linked(_body(response, host, limits.LINKSET), question)
    return Fetched(_body(response, host, question.max_bytes), media_type, question.address)


def _linked(body: bytes, question: Question) -> Moved:
    try:
        link = links.in_linkset(body, question.wanted, limits.LINKSET)
    except StrictJsonError as fault:
        raise DamagedLabelError(host=question.host) from fault
    if link is None:
        raise NotListedError(host=question.host)
    return Moved(link)


def _body(response: HTTPResponse, host: str, most: int) -> bytes:
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip") or (response.length_remaining or 0) > most:
        raise DamagedLabelError(host=host)
    body = _capped(iter(lambda: response.read(_CHUNK), b""), most, host)
    if coding.endswith("gzip"):
        body = _inflated(body, most, host)
    if not body:
        raise DamagedLabelError(host=host)
    return body


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
