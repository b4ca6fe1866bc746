"""One GET over https to a checked address; keeps every bound, follows no one's wish but the caller's."""

import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, RemoteDisconnected
from random import SystemRandom
from typing import Final
from urllib.parse import urljoin

import truststore
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError
from urllib3.exceptions import SSLError as BrokenTlsError

from labelviewer.adapters.exchange import HTML, USER_AGENT, Moved, Question, UnansweredError, exchange
from labelviewer.adapters.manners import Manners
from labelviewer.adapters.proxy import FindProxy, Proxy, no_proxy, tunnel
from labelviewer.adapters.resolver import Resolver, has_route, in_time, resolve
from labelviewer.adapters.secure_line import Deadline, Endpoint, TimedSocket, dial, prove
from labelviewer.domain.errors import (
    DamagedLabelError,
    JumpedSiteError,
    NetworkBlockedError,
    NotAnsweringError,
    OddAddressError,
    OfflineError,
    PrivateNetworkError,
    UnprovenSiteError,
    WrongClockError,
)
from labelviewer.domain.ip_table import is_public
from labelviewer.domain.web_address import WebAddress, parse_web_address
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetched

__all__ = ("HTML", "USER_AGENT", "HttpsFetcher", "Patience", "system_trust")

_PRINTABLE = re.compile(r"[\x21-\x7e]+")

# What the systems call a certificate that is not good yet or no more: OpenSSL, macOS, Windows.
DATE_FAULTS: Final = frozenset((9, 10, -67818, -67819, 0x800B0101, 0x800B0101 - 2**32))


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds. `pauses` come before the second and the third try."""

    whole: float = limits.FETCH_SECONDS
    look_up: float = limits.DNS_SECONDS
    connect: float = limits.CONNECT_SECONDS
    idle: float = limits.IDLE_SECONDS
    pauses: tuple[float, ...] = (1.0, 4.0)


class HttpsFetcher:
    """Asks public addresses only, over TLS only, without cookies or names of its own; one for the whole process.

    `where` says at which endpoint a checked address is reached: itself, but for tests that keep to loopback.
    Behind a proxy nobody here sees the address, so only hosts that `is_listed` are asked. `floor` is a time that is
    certainly over; a computer whose clock is below it is told so where it finds a certificate's dates wrong.
    """

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        resolver: Resolver = resolve,
        find_proxy: FindProxy = no_proxy,
        is_listed: Callable[[str], bool] = lambda host: False,  # noqa: ARG005
        where: Callable[[Endpoint], Endpoint] = lambda endpoint: endpoint,
        patience: Patience = Patience(),
        has_network: Callable[[], bool] = has_route,
        floor: Callable[[], datetime | None] = lambda: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._tls = tls or system_trust()
        self._resolver = resolver
        self._find_proxy = find_proxy
        self._is_listed = is_listed
        self._where = where
        self._patience = patience
        self._has_network = has_network
        self._floor = floor
        self._now = now
        self._monotonic = monotonic
        self._sleep = sleep
        self._manners = Manners(monotonic)

    def with_patience(self, patience: Patience) -> "HttpsFetcher":
        """The same fetcher, with the same manners towards every host, for one who waits differently."""
        other = copy(self)
        other._patience = patience  # noqa: SLF001 - one of us
        return other

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        """One GET; `is_known` says which hosts a redirect may lead to. Raises ReachError or RefusedError."""
        deadline = Deadline(self._monotonic() + self._patience.whole, self._monotonic)
        here = address
        for _ in range(1 + limits.REDIRECTS):
            answer = self._politely(Question(here, accept, max_bytes), deadline)
            if isinstance(answer, Fetched):
                return answer
            here = _next(here, answer.location, is_known)
        raise DamagedLabelError(host=here.host)

    def _politely(self, question: Question, deadline: Deadline) -> Fetched | Moved:
        self._manners.check(question.host)
        try:
            answer = self._ask(question, deadline)
        except NotAnsweringError as problem:
            seconds = problem.facts.get("seconds")
            if isinstance(seconds, int):
                self._manners.asked_to_wait(question.host, seconds)
            else:
                self._manners.failed(question.host)
            raise
        self._manners.answered(question.host)
        return answer

    def _ask(self, question: Question, deadline: Deadline) -> Fetched | Moved:
        pauses = iter(self._patience.pauses)
        while True:
            try:
                with self._manners.turn(question.host, deadline):
                    return self._once(question, deadline)
            except (TimeoutError, UnansweredError) as fault:
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

    def _once(self, question: Question, deadline: Deadline) -> Fetched | Moved:
        host = question.host
        try:
            sock = self._reach(question.address, deadline)
            with closing(prove(host, sock, self._tls, deadline, self._patience.idle)) as line:
                return exchange(TimedSocket(line, deadline, self._patience.idle), question, self._now)
        except TimeoutError:
            raise
        except UnprovenSiteError as problem:
            raise self._judged(problem) from problem.__cause__
        except (ssl.SSLError, BrokenTlsError) as fault:
            raise UnprovenSiteError(host=host) from fault
        except (OSError, ReadTimeoutError, RemoteDisconnected) as fault:
            raise UnansweredError from fault
        except ProtocolError as fault:
            if isinstance(fault.__cause__, OSError):
                raise UnansweredError from fault
            raise DamagedLabelError(host=host) from fault
        except (HTTPException, HTTPError) as fault:
            raise DamagedLabelError(host=host) from fault

    def _reach(self, address: WebAddress, deadline: Deadline) -> socket.socket:
        """A bare line to the site, directly or through the proxy of this network."""
        host, patience = address.host, self._patience
        proxy = in_time(lambda: self._find_proxy(host), deadline.within(patience.look_up))
        if proxy is None:
            endpoints = [self._where((ip, address.port)) for ip in self._checked_addresses(host, deadline)]
            return dial(host, endpoints, deadline, patience.connect)
        if not self._is_listed(host):
            raise NetworkBlockedError(host=host)
        return self._through(proxy, address, deadline)

    def _through(self, proxy: Proxy, address: WebAddress, deadline: Deadline) -> socket.socket:
        """The proxy is the network's own, so its address may be a private one."""
        try:
            found = self._resolver(proxy.host, deadline.within(self._patience.look_up))
            endpoints = [(ip, proxy.port) for ip in found[: limits.CONNECT_ADDRESSES]]
            sock = dial(address.host, endpoints, deadline, self._patience.connect)
        except (ConnectionError, socket.gaierror) as fault:
            raise NetworkBlockedError(host=address.host) from fault
        with ExitStack() as stack:
            stack.callback(sock.close)
            tunnel(sock, address.host, address.port, deadline, self._patience.idle)
            stack.pop_all()
        return sock

    def _judged(self, problem: UnprovenSiteError) -> UnprovenSiteError | WrongClockError:
        """A wrong date of a certificate is ours where our own clock is certainly slow."""
        cause, floor, now = problem.__cause__, self._floor(), self._now()
        is_date = isinstance(cause, ssl.SSLCertVerificationError) and cause.verify_code in DATE_FAULTS
        return WrongClockError(date=now.date()) if is_date and floor is not None and now < floor else problem

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
