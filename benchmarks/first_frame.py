"""Opens one window, prints the monotonic time of its first frame, and ends; `startup.py` starts it.

`empty` is a bare Qt Quick window. Anything else is what `labelviewer` itself is called with: the real command opens
the real window, and only its event loop is met at the door.
"""

import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

EMPTY = b"import QtQuick\nWindow { visible: true; width: 1100; height: 760 }"

run_event_loop = QGuiApplication.exec


def report_first_frame() -> int:
    shown = [window for window in QGuiApplication.topLevelWindows() if isinstance(window, QQuickWindow)]
    if len(shown) != 1:
        sys.exit(f"{len(shown)} windows are open, not one")

    def report() -> None:
        print(time.monotonic_ns(), flush=True)
        QGuiApplication.quit()

    shown[0].frameSwapped.connect(report, Qt.ConnectionType.SingleShotConnection)
    return run_event_loop()


def open_empty_window() -> None:
    from PySide6.QtQml import QQmlApplicationEngine

    app = QGuiApplication([])
    engine = QQmlApplicationEngine()
    engine.loadData(EMPTY)
    report_first_frame()
    del engine, app


def open_labelviewer() -> None:
    from labelviewer.cli import script

    QGuiApplication.exec = lambda *_: report_first_frame()  # type: ignore[method-assign]
    script()


if __name__ == "__main__":
    if sys.argv[1:] == ["empty"]:
        open_empty_window()
    else:
        open_labelviewer()
