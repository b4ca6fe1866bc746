"""Bugs end here: into a rotating log, and one message on the screen; scanned content is never logged."""

import faulthandler
import logging
import os
import re
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

LOG_BYTES = 1024 * 1024
LOG_FILES = 5
LOG = "labelviewer.log"
TAIL_BYTES = 64 * 1024
_BEGINS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ [A-Z]+ |Fatal Python error: ")
_FAULT = re.compile(r"\S+ \S+ ERROR unexpected |Fatal Python error: ")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

log = logging.getLogger("labelviewer")


class CrashReporter(QObject):
    """Hooks into every place where an exception could vanish. `crashed` may be emitted from any thread."""

    crashed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = folder / LOG
        self._handler = _handler(folder)
        log.addHandler(self._handler)
        log.setLevel(logging.INFO)
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._uncaught
        threading.excepthook = lambda lost: self._uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)
        sys.unraisablehook = lambda lost: self._uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)
        self._qt_before = qInstallMessageHandler(self._log_qt)
        if isinstance(self._handler, RotatingFileHandler) and self._handler.stream is not None:
            faulthandler.enable(self._handler.stream)

    def report(self, error: BaseException) -> None:
        """A bug that was caught at the edge of a worker."""
        self._uncaught(type(error), error, error.__traceback__)

    def last_fault(self) -> str:
        """The last one that the log knows of, also from an earlier start: where it happened, and nothing else."""
        return _last_fault(self._file)

    def close(self) -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(self._qt_before)
        faulthandler.disable()
        log.removeHandler(self._handler)
        self._handler.close()

    def _uncaught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before[0](kind, error or kind(), trace)
            return
        log.error("unexpected %s", kind.__name__, exc_info=(kind, _nameless(kind), trace))
        self.crashed.emit()

    def _log_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Whoever listened before us goes on hearing Qt."""
        log.log(_LEVELS[kind], "Qt: %s", text)
        if self._qt_before is not None:
            self._qt_before(kind, context, text)


def _nameless(kind: type[BaseException]) -> BaseException:
    """The exception without its text: that may hold what was scanned."""
    return BaseException(kind.__name__)


def _last_fault(file: Path) -> str:
    try:
        with file.open("rb") as log_file:
            log_file.seek(max(0, log_file.seek(0, os.SEEK_END) - TAIL_BYTES))
            lines = log_file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    begins = [place for place, line in enumerate(lines) if _FAULT.match(line)]
    if not begins:
        return ""
    start = begins[-1]
    ends = (place for place in range(start + 1, len(lines)) if _BEGINS.match(lines[place]))
    return "\n".join(lines[start : next(ends, len(lines))]).rstrip()


def _handler(folder: Path) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / LOG, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler
