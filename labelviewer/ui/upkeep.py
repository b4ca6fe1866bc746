"""What the window does while nobody asks for anything: looks whether something about trust is due, and gets it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from labelviewer.ui.jobs import Answer, Done, Executor, Failed, LatestJob

FIRST_MILLISECONDS = 2_000


class Upkeep(QObject):
    """`renew` runs on the executor's thread and says whether there is news."""

    renewed = Signal()
    crashed = Signal(object)

    def __init__(
        self, renew: Callable[[], bool], every_seconds: float, executor: Executor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._renew = renew
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
        self._busy = False
        match answer:
            case Done(value=True):
                self.renewed.emit()
            case Failed(error=error):
                self.crashed.emit(error)
            case Done():
                pass
