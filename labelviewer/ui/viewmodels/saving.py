"""A file that is saved where the shopper says, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from labelviewer.domain.errors import KeepError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob
from labelviewer.ui.viewmodels.maps import QVARIANT
from labelviewer.ui.viewmodels.places import PlacesViewModel, Want
from labelviewer.ui.viewmodels.words import say_problem

if TYPE_CHECKING:
    from labelviewer.words.catalogue import Words

WriteFile = Callable[[Path, bytes], None]
"""Whole or not at all; raises CannotSaveError."""


@dataclass(frozen=True, slots=True)
class SavingState:
    """`saved` is the name of the file that was written, `problem` why none was."""

    saved: str = ""
    problem: KeepError | None = None


class SavingViewModel(QObject):
    changed = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        write: WriteFile,
        places: PlacesViewModel,
        words: Words,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = SavingState()
        self._write = write
        self._places = places
        self._words = words
        self._job = LatestJob(executor, self)

    def speak(self, words: Words) -> None:
        self._words = words
        self.changed.emit()

    @Property(str, notify=changed)
    def told(self) -> str:
        return self._words.say("proof.saved", name=self.state.saved) if self.state.saved else ""

    @Property(QVARIANT, notify=changed)
    def message(self) -> Any:
        """Why nothing was saved; None where nothing went wrong."""
        return say_problem(self._words, self.state.problem)

    @Slot()
    def forget(self) -> None:
        self._job.forget()
        self._become(SavingState())

    def ask_where(self, want: Want, make: Callable[[], bytes]) -> None:
        """`make` runs on the worker, once there is a place."""

        def save(place: Path) -> None:
            def work(_tell: object) -> SavingState:
                try:
                    self._write(place, make())
                except KeepError as problem:
                    return SavingState(problem=problem)
                return SavingState(saved=place.name)

            self._job.ask(work, self._finish)

        self._places.want(want, save)

    def _finish(self, answer: Answer[SavingState]) -> None:
        match answer:
            case Done(value=state):
                self._become(state)
            case Failed(error=error):
                self.crashed.emit(error)

    def _become(self, new: SavingState) -> None:
        old, self.state = self.state, new
        if new != old:
            self.changed.emit()
