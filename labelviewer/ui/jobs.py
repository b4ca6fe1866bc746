"""The only door to a second thread: work goes in, one answer comes back on the GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")
CLOSE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class Failed:
    """A bug, caught at the thread's edge so that no failure leaves a spinner."""

    error: Exception


Answer = Done[T] | Failed
Tell = Callable[[object], None]


def attempt(work: Callable[[], T]) -> Answer[T]:
    try:
        return Done(work())
    except Exception as error:  # noqa: BLE001 - the edge of the thread
        return Failed(error)


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Whichever thread asks first makes it; the others wait for it and get the same."""
    lock, made = Lock(), list[T]()

    def get() -> T:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return get


@dataclass(slots=True)
class StopSign:
    """Raised on one thread, seen on another."""

    raised: bool = False


class Executor(Protocol):
    def submit(self, work: Callable[[], None]) -> None: ...


class OneThread:
    """Runs one job at a time, in order. The thread is a daemon: a slow site must not hold up the exit."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def submit(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self._queue.put(work)

    def close(self) -> bool:
        """Ask the thread to end; False if it was still busy after CLOSE_SECONDS."""
        if self._thread is None:
            return True
        self._queue.put(None)
        self._thread.join(CLOSE_SECONDS)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            work()


class LatestJob(QObject):
    """Answers only the newest question; answers to older ones are dropped."""

    _arrived = Signal(int, object, object)
    _told = Signal(int, object, object)

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._newest = 0
        self._arrived.connect(self._sift)
        self._told.connect(self._sift)

    def ask(
        self,
        work: Callable[[Tell], T],
        then: Callable[[Answer[T]], None],
        on_progress: Callable[[Any], None] | None = None,
    ) -> None:
        """Run `work` on the other thread; `then` gets its answer here. `work` may tell how far it is."""
        self._newest += 1
        number = self._newest

        def tell(progress: object) -> None:
            self._told.emit(number, on_progress, progress)

        self._executor.submit(lambda: self._arrived.emit(number, then, attempt(lambda: work(tell))))

    def forget(self) -> None:
        """Whatever is under way is no longer wanted."""
        self._newest += 1

    @Slot(int, object, object)
    def _sift(self, number: int, then: Callable[[Any], None] | None, answer: object) -> None:
        if number == self._newest and then is not None:
            then(answer)
