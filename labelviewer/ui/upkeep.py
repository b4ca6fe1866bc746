"""What the window does while nobody asks for anything: gets what is due about trust, looks over what is kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from labelviewer.domain.errors import KeepError, LibraryDamagedError
from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob

FIRST_MILLISECONDS = 2_000


class Upkeep(QObject):
    """On the executor's thread `renew` says whether there is news; after it, `look_over` may raise KeepError."""

    renewed = Signal()
    damaged = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        renew: Callable[[], bool],
        look_over: Callable[[], None],
        every_seconds: float,
        executor: Executor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._renew = renew
        self._look_over = look_over
        self._job = LatestJob(executor, self)
        self._busy = False
        self._every = QTimer(self, interval=int(every_seconds * 1000))
        self._every.timeout.connect(self.look)

    def start(self) -> None:
        QTimer.singleShot(FIRST_MILLISECONDS, self, self.look)
        self._every.start()

    def stop(self) -> None:
        self._every.stop()
        self._job.forget()

    def look(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._job.ask(lambda _tell: self._renew(), self._finish)

    def _finish(self, answer: Answer[bool]) -> None:
        self._job.ask(lambda _tell: self._look_over(), self._rest)
        match answer:
            case Done(value=True):
                self.renewed.emit()
            case Failed(error=error):
                self.crashed.emit(error)
            case Done():
                pass

    def _rest(self, answer: Answer[None]) -> None:
        """A library that cannot be looked at now is looked at another time."""
        self._busy = False
        match answer:
            case Failed(error=LibraryDamagedError() as damage):
                self.damaged.emit(damage)
            case Failed(error=KeepError()) | Done():
                pass
            case Failed(error=error):
                self.crashed.emit(error)
