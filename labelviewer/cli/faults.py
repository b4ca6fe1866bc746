"""Our own faults: noted in the log of the profile, never shown as they are; what was scanned is not noted."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from labelviewer import __version__

LOG_BYTES: Final = 1024 * 1024
LOG_FILES: Final = 5


def note(log: Path, fault: Exception) -> bool:
    """Where it happened and of what kind, without the exception's text. False where the log cannot be written."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8")
    except OSError:
        return False
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    kind = type(fault)
    record = logging.LogRecord(
        name="labelviewer",
        level=logging.ERROR,
        pathname=__file__,
        lineno=0,
        msg="unexpected %s in labelviewer %s",
        args=(kind.__qualname__, __version__),
        exc_info=(Exception, Exception(kind.__qualname__), fault.__traceback__),
    )
    handler.emit(record)
    handler.close()
    return True
