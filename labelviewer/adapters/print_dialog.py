"""Asks how to print, and prints, in another process; the window goes on meanwhile and hears what became of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcess

if TYPE_CHECKING:
    from labelviewer.domain.paper import Paper

PROGRAM: Final = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from labelviewer.ui.undying import keep_constants; keep_constants(); "
    "from labelviewer.adapters.print_child import serve; serve()"
)
_CANCELLED: Final = 3


class PrintDialog(QObject):
    """One dialog at a time; another one that is asked for meanwhile is not opened."""

    def __init__(
        self, letter: Callable[[], bool] = lambda: False, program: str = PROGRAM, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._letter = letter
        self._program = program
        self._process: QProcess | None = None
        self._then: Callable[[bool | None], None] = lambda _: None

    def ask(self, papers: tuple[Paper, ...], then: Callable[[bool | None], None]) -> None:
        """`then` hears whether it was printed; None where the person changed their mind."""
        if self._process is not None:
            then(None)
            return
        from labelviewer.domain.paper_form import to_bytes  # late: the window does without until then

        self._then = then
        process = self._process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        process.start(sys.executable, ["-I", "-c", self._program, "letter" if self._letter() else "A4", *sys.path])
        process.write(to_bytes(papers))
        process.closeWriteChannel()

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(1_000)

    def _finish(self, status: int) -> None:
        self._end(None if status == _CANCELLED else status == 0)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(False)

    def _end(self, printed: bool | None) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self._then(printed)
