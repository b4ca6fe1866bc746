"""Opens one window, prints nanoseconds; `startup.py` starts it.

The monotonic time of the first frame, the work of the processor (user and system, all threads) until then, and the
monotonic time of when the window can be used.

`empty` is a bare Qt Quick window. Anything else is what `labelviewer` itself is called with: the real command opens
the real window, and only its two event loops are met at the door.
"""

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelviewer.cli import Job
    from labelviewer.ui.opening import Opening

EMPTY = b"import QtQuick\nWindow { visible: true; width: 1080; height: 780 }"


def tell_first_frame() -> None:
    print(time.monotonic_ns(), time.process_time_ns(), flush=True)


def tell_usable() -> None:
    print(time.monotonic_ns(), flush=True)


def open_empty_window() -> None:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQml import QQmlApplicationEngine
    from PySide6.QtQuick import QQuickWindow

    app = QGuiApplication([])
    engine = QQmlApplicationEngine()
    engine.loadData(EMPTY)
    (window,) = engine.rootObjects()
    assert isinstance(window, QQuickWindow)
    window.frameSwapped.connect(app.quit)
    app.exec()
    tell_first_frame()
    tell_usable()
    del window, engine


def open_labelviewer() -> None:
    """As the command does: our command line first, then Qt."""
    from labelviewer import cli

    open_window = cli._window  # noqa: SLF001

    def watch(job: "Job") -> int:
        from PySide6.QtGui import QGuiApplication

        from labelviewer.ui.opening import Opening

        wait = Opening.wait_for_first_frame

        def wait_and_tell(opened: "Opening") -> bool:
            is_open = wait(opened)
            tell_first_frame()
            return is_open

        def tell_and_stop(*_: object) -> int:
            tell_usable()
            return 0

        Opening.wait_for_first_frame = wait_and_tell  # type: ignore[method-assign, assignment]
        QGuiApplication.exec = tell_and_stop  # type: ignore[method-assign]
        return open_window(job)

    cli._window = watch  # noqa: SLF001
    cli.script()


if __name__ == "__main__":
    if sys.argv[1:] == ["empty"]:
        open_empty_window()
    else:
        open_labelviewer()
