"""Bugs reach the log and the screen, without what was scanned."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from labelviewer.ui.crash import CrashReporter

SECRET = "https://shop.example/secret"


@pytest.fixture
def reporter(tmp_path: Path) -> Iterator[CrashReporter]:
    reporter = CrashReporter(tmp_path / "state")
    yield reporter
    reporter.close()


def log_of(tmp_path: Path) -> str:
    return (tmp_path / "state" / "labelviewer.log").read_text(encoding="utf-8")


def fail() -> None:
    raise ValueError(SECRET)


def error() -> ValueError:
    with pytest.raises(ValueError, match="secret") as raised:
        fail()
    return raised.value


@pytest.mark.threat("T29")
def test_a_bug_is_logged_with_its_place_and_without_its_text(reporter: CrashReporter, tmp_path: Path) -> None:
    crashes: list[None] = []
    reporter.crashed.connect(lambda: crashes.append(None))
    reporter.report(error())
    assert len(crashes) == 1
    log = log_of(tmp_path)
    assert "ValueError" in log
    assert "in fail" in log
    assert "secret" not in log


@pytest.mark.fault("U2")
def test_a_bug_in_another_thread_is_logged(reporter: CrashReporter, tmp_path: Path) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "in fail" in log_of(tmp_path)


def test_a_bug_in_a_slot_is_logged(reporter: CrashReporter, tmp_path: Path) -> None:
    sys.excepthook(ValueError, error(), error().__traceback__)
    assert "unexpected ValueError" in log_of(tmp_path)


@pytest.mark.qt_no_exception_capture
def test_leaving_is_no_bug(reporter: CrashReporter, tmp_path: Path) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert log_of(tmp_path) == ""


def test_qt_is_logged_and_whoever_listened_before_goes_on_hearing(tmp_path: Path) -> None:
    heard: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, text: heard.append(text))
    reporter = CrashReporter(tmp_path / "state")
    qWarning("a binding loop")
    reporter.close()
    qWarning("after")
    qInstallMessageHandler(before)
    assert heard == ["a binding loop", "after"]
    assert "WARNING Qt: a binding loop" in log_of(tmp_path)
    assert "after" not in log_of(tmp_path)


def test_every_hook_is_given_back(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    CrashReporter(tmp_path / "state").close()
    assert before == (sys.excepthook, threading.excepthook, sys.unraisablehook)


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file is in the way")
    reporter, crashes = CrashReporter(tmp_path / "state"), list[None]()
    reporter.crashed.connect(lambda: crashes.append(None))
    reporter.report(error())
    reporter.close()
    assert len(crashes) == 1


def test_the_log_does_not_grow_without_end(reporter: CrashReporter, tmp_path: Path) -> None:
    log = logging.getLogger("labelviewer")
    for _ in range(90):
        log.error("x" * 100_000)
    files = sorted((tmp_path / "state").iterdir())
    assert len(files) == 5
    assert all(file.stat().st_size <= 1_100_000 for file in files)


def test_the_last_fault_is_known_after_the_next_start_too(tmp_path: Path) -> None:
    first = CrashReporter(tmp_path / "state")
    first.report(KeyError("secret"))
    first.report(error())
    first.close()
    second = CrashReporter(tmp_path / "state")
    logging.getLogger("labelviewer").warning("a line about something else")
    known = second.last_fault()
    second.close()
    assert "unexpected ValueError" in known
    assert "in fail" in known
    assert "KeyError" not in known
    assert "something else" not in known
    assert "secret" not in known


def test_where_nothing_went_wrong_no_fault_is_known(reporter: CrashReporter) -> None:
    logging.getLogger("labelviewer").warning("a line about something else")
    assert reporter.last_fault() == ""


def test_a_crash_of_python_itself_is_a_fault_too(reporter: CrashReporter, tmp_path: Path) -> None:
    with (tmp_path / "state" / "labelviewer.log").open("a", encoding="utf-8") as log:
        log.write("Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  File x\n")
    assert reporter.last_fault().splitlines()[0] == "Fatal Python error: Segmentation fault"
    assert reporter.last_fault().endswith("File x")
