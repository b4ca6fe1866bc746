"""A limit on how long the disk may take. What it does cannot be cut: the answer is given up, and may come late."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from labelviewer.adapters.resolver import in_time
from labelviewer.domain.errors import LibraryDamagedError

T = TypeVar("T")


@dataclass(slots=True)
class _Call:
    ended: bool = False
    damage: LibraryDamagedError | None = None


class Patience:
    """While one call hangs, the next are not tried: each would hang too. All raise TimeoutError."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._hanging: list[_Call] = []

    def ask(self, question: Callable[[], T]) -> T:
        self._take_back()
        call = _Call()

        def attempt() -> T:
            try:
                return question()
            except LibraryDamagedError as damage:
                call.damage = damage
                raise
            finally:
                call.ended = True

        try:
            return in_time(attempt, self._seconds, faults=(Exception,))
        except TimeoutError:
            self._hanging.append(call)
            raise

    def _take_back(self) -> None:
        """What came late; that the library was damaged must be said all the same."""
        ended = [call for call in self._hanging if call.ended]
        self._hanging = [call for call in self._hanging if not call.ended]
        for call in ended:
            if call.damage is not None:
                raise call.damage
        if self._hanging:
            raise TimeoutError
