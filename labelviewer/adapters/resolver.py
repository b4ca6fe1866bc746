"""Names to IP addresses within a time limit; never says whether an address may be used."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from labelviewer.domain.errors import LabelViewerError

T = TypeVar("T")

Resolver = Callable[[str, float], Sequence[str]]
"""Host and seconds to addresses; raises socket.gaierror, or TimeoutError."""


def system_addresses(host: str) -> list[str]:
    """All answers of the system, each once, in its order of preference. Blocks for as long as the system likes."""
    answers = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(place[0]) for *_, place in answers))


def resolve(host: str, seconds: float, look_up: Callable[[str], list[str]] = system_addresses) -> list[str]:
    """`look_up` with a limit."""
    return in_time(lambda: look_up(host), seconds)


def in_time(
    question: Callable[[], T], seconds: float, faults: tuple[type[Exception], ...] = (OSError, LabelViewerError)
) -> T:
    """The answer within a limit. What the system does cannot be cut, so it waits in a thread that nobody waits for.

    `faults` rise here, where the question was asked.
    """
    outcome: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            outcome.put((question(),))
        except faults as fault:
            outcome.put(fault)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        answer = outcome.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, tuple):
        return answer[0]
    raise answer


def has_route() -> bool:
    """Whether this computer knows a way to the internet; asks its own routing table and sends nothing."""
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 443))
            return True
    return False
