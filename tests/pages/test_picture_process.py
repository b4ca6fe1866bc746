"""The window starts the process that opens pictures once it can be seen, and leaves none behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from labelviewer import app
from labelviewer.adapters import picture_worker
from labelviewer.adapters.first_window import FirstWindow, Note
from labelviewer.adapters.picture_worker import WorkerReader
from labelviewer.adapters.profile import find_profile
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.pipeline.ports import PictureReader
from labelviewer.pipeline.run import Ports
from labelviewer.resources import SAMPLES
from labelviewer.ui import opening
from labelviewer.words.languages import only
from tests.labels import words
from tests.ui_fixtures import LEFT_EARLY, sample_ports, wait_until

CODE = SAMPLES / "us-ctm" / "camera-a" / "code.png"


@pytest.mark.qt_log_ignore(*LEFT_EARLY, extend=True)
def test_the_window_has_its_picture_process_ready_and_takes_it_down(
    qapp: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the command opens it."""
    made: list[WorkerReader] = []

    class Watched(WorkerReader):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    def furnish_and_leave(*arguments: Any) -> app.Program:
        (pictures,) = made
        assert pictures._child is not None
        processes.append(pictures._child.process)
        program = furnish(*arguments)
        program.rooms.scan.finished.connect(found.append)
        return program

    furnish, found, processes = app.furnish, list[tuple[Inspection, ...]](), list[Popen[bytes]]()
    monkeypatch.setattr(picture_worker, "WorkerReader", Watched)
    monkeypatch.setattr(app, "furnish", furnish_and_leave)
    profile = find_profile(tmp_path)

    def make_ports(pictures: PictureReader) -> Ports:
        return replace(sample_ports(profile), pictures=pictures)

    def until_read(_: QGuiApplication) -> int:
        """Leaving the application's own loop would leave every later test without one."""
        wait_until(lambda: bool(found))
        return 0

    monkeypatch.setattr(QGuiApplication, "exec", until_read)
    opened = opening.open_window(profile.config / opening.SETTINGS, words(), only(words()))
    assert opened.wait_for_first_frame()
    first = FirstWindow(profile.state)
    assert app.run(opened, make_ports, profile, first, Note((str(CODE),))) == 0
    assert [each.report and each.report.state for (each,) in found] == [State.VERIFIED]
    assert [process.returncode for process in processes] not in ([], [None])
    assert made[0]._child is None
