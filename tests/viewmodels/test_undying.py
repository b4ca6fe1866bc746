"""Signals may be sent for weeks: Python's constants survive what Qt's wheels do to them."""

import subprocess
import sys
from pathlib import Path

import pytest

SENDER = """
from labelviewer.ui.undying import keep_constants
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rings = Signal()

keep_constants()
bell = Bell()
for _ in range(200_000):
    bell.rings.emit()
    bell.setObjectName("bell")
print("alive")
"""

WINDOW = """
import sys
from pathlib import Path
from labelviewer import resources
from labelviewer.adapters.profile import find_profile
from labelviewer.app import build
from labelviewer.words.catalogue import load_words

program = build(lambda: None, find_profile(Path(sys.argv[1])), load_words(resources.WORDS))
print("kept" if sys.getrefcount(True) > 2**59 else "dying")
program.close()
"""


def run(script: str, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", script, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def test_a_program_outlives_any_number_of_signals() -> None:
    status, said, complaint = run(SENDER)
    assert (status, said) == (0, "alive\n"), complaint


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants do not die there")
def test_the_window_keeps_them_before_anything_can_happen_in_it(tmp_path: Path) -> None:
    status, said, complaint = run(WINDOW, str(tmp_path))
    assert (status, said) == (0, "kept\n"), complaint
