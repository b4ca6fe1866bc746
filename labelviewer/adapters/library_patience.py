"""A limit on how long the disk may be silent. What it does cannot be cut: the answer is given up, and may come late."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, Final, TypeVar

from labelviewer.domain.errors import LibraryDamagedError

T = TypeVar("T")

IDLE_SECONDS: Final = 10.0  # to start a thread for every call costs more than most calls
GLANCE_SECONDS: Final = 0.1  # how often one who waits looks at the clock


@dataclass(eq=False, slots=True)
class _Call:
    question: Callable[[], Any]
    ended: bool = False
    damage: LibraryDamagedError | None = None
    outcome: SimpleQueue[tuple[Any] | Exception] = field(default_factory=SimpleQueue)


class Patience:
    """While one call hangs, the next are not tried: each would hang too. All raise TimeoutError."""

    def __init__(
        self, seconds: float, now: Callable[[], float] = monotonic, glance_seconds: float = GLANCE_SECONDS
    ) -> None:
        self._seconds = seconds
        self._now = now
        self._glance_seconds = glance_seconds
        self._until = now()
        self._hanging: list[_Call] = []
        self._idle: list[_Worker] = []

    def stir(self, seconds: float) -> None:
        """From any thread: the disk answers, and what it does now may last so long."""
        self._until = self._now() + seconds

    def settle(self) -> None:
        """What lasted is over; what is left to do takes as long as anything else."""
        self.stir(self._seconds)

    def ask(self, question: Callable[[], T]) -> T:
        self._take_back()
        call = _Call(question)
        self._worker().calls.put(call)
        answer = self._wait(call)
        if isinstance(answer, tuple):
            return answer[0]  # type: ignore[no-any-return]
        raise answer

    def _wait(self, call: _Call) -> tuple[Any] | Exception:
        until = self._now() + self._seconds
        while (left := max(until, self._until) - self._now()) > 0:
            with suppress(Empty):
                return call.outcome.get(timeout=min(left, self._glance_seconds))
        self._hanging.append(call)
        raise TimeoutError

    def _worker(self) -> "_Worker":
        """One that waits for work; one that was lost when the process was copied is no help."""
        with suppress(IndexError):
            while not (worker := self._idle.pop()).is_alive():
                pass
            return worker
        worker = _Worker(self._idle)
        worker.start()
        return worker

    def _take_back(self) -> None:
        """What came late; that the library was damaged must be said all the same."""
        ended = [call for call in self._hanging if call.ended]
        self._hanging = [call for call in self._hanging if not call.ended]
        for call in ended:
            if call.damage is not None:
                raise call.damage
        if self._hanging:
            raise TimeoutError


class _Worker(Thread):
    """Nobody waits for it when the program ends."""

    def __init__(self, idle: "list[_Worker]") -> None:
        super().__init__(name="library", daemon=True)
        self.calls: SimpleQueue[_Call] = SimpleQueue()
        self._waiting = idle

    def run(self) -> None:
        while (call := self._next()) is not None:
            answer = _answer(call)
            call.ended = True
            self._waiting.append(self)
            call.outcome.put(answer)
            del call, answer

    def _next(self) -> _Call | None:
        """None where nobody wants anything any more; whoever took this one off the list meanwhile does."""
        try:
            return self.calls.get(timeout=IDLE_SECONDS)
        except Empty:
            try:
                self._waiting.remove(self)
            except ValueError:
                return self.calls.get()
            return None


def _answer(call: _Call) -> tuple[Any] | Exception:
    try:
        return (call.question(),)
    except LibraryDamagedError as damage:
        call.damage = damage
        return damage
    except Exception as fault:  # noqa: BLE001 - it rises where the question was asked
        return fault
