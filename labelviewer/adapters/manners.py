"""How a host is treated: few connections at once, and left alone for as long as it asks or stays in trouble."""

import math
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from labelviewer.adapters.secure_line import Deadline
from labelviewer.domain.errors import NotAnsweringError
from labelviewer.pipeline import limits


class Manners:
    """What one process remembers of the hosts it asked; for any number of threads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._change = threading.Condition()
        self._open: Counter[str] = Counter()
        self._failures: dict[str, deque[float]] = {}
        self._rests: dict[str, float] = {}

    def check(self, host: str) -> None:
        """Raises NotAnsweringError while the host is to be left alone."""
        with self._change:
            left = self._rests.get(host, 0.0) - self._monotonic()
        if left > 0:
            raise NotAnsweringError(host=host, seconds=math.ceil(left))

    @contextmanager
    def turn(self, host: str, deadline: Deadline) -> Iterator[None]:
        """Waits for a free connection; raises TimeoutError where none is free in time."""
        with self._change:
            if not self._change.wait_for(lambda: self._is_free(host), deadline.left()):
                raise TimeoutError
            self._open[host] += 1
        try:
            yield
        finally:
            with self._change:
                self._open[host] -= 1
                self._change.notify_all()

    def answered(self, host: str) -> None:
        with self._change:
            self._failures.pop(host, None)

    def failed(self, host: str) -> None:
        """The third failure within a minute gives the host a minute's rest."""
        now = self._monotonic()
        with self._change:
            failures = self._failures.setdefault(host, deque(maxlen=limits.BREAKER_FAILURES))
            failures.append(now)
            if len(failures) == limits.BREAKER_FAILURES and now - failures[0] <= limits.BREAKER_SECONDS:
                self._rest(host, limits.BREAKER_REST_SECONDS)

    def asked_to_wait(self, host: str, seconds: float) -> None:
        with self._change:
            self._rest(host, seconds)

    def _is_free(self, host: str) -> bool:
        return self._open.total() < limits.CONNECTIONS and self._open[host] < limits.CONNECTIONS_PER_HOST

    def _rest(self, host: str, seconds: float) -> None:
        now = self._monotonic()
        self._rests = {each: until for each, until in self._rests.items() if until > now}
        self._rests[host] = max(self._rests.get(host, 0.0), now + seconds)
        self._failures.pop(host, None)
