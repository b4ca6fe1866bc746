"""Looks at camera frames on their own thread: the newest only, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from labelviewer.ui.jobs import Answer, Done, Executor, LatestJob
from labelviewer.ui.looking import Eyes, Look, Question, look

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame


class Lookout(QObject):
    """`ask` says what is wanted of the next look; `tell` hears what came of it, unless the frame could not be read."""

    def __init__(
        self,
        eyes: Eyes,
        executor: Executor,
        ask: Callable[[], Question],
        tell: Callable[[Look, Question, QVideoFrame], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._eyes = eyes
        self._ask = ask
        self._tell = tell
        self._job = LatestJob(executor, self)
        self._in_flight = False
        self._newest: QVideoFrame | None = None

    def offer(self, frame: QVideoFrame) -> None:
        """It is looked at now, or once the frame before it was; a newer one takes its place."""
        if self._in_flight:
            self._newest = frame
            return
        self._in_flight = True
        question = self._ask()
        self._job.ask(lambda _tell: (look(frame, question, self._eyes), question, frame), self._weigh)

    def forget(self) -> None:
        """No frame that was offered so far matters any more."""
        self._job.forget()
        self._in_flight = False
        self._newest = None

    def _weigh(self, answer: Answer[tuple[Look | None, Question, QVideoFrame]]) -> None:
        self._in_flight = False
        match answer:
            case Done(value=(seen, question, frame)) if seen is not None:
                self._tell(seen, question, frame)
            case _:
                pass
        newest, self._newest = self._newest, None
        if newest is not None:
            self.offer(newest)
