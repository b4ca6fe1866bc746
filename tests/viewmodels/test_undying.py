"""Signals may be sent for weeks: Python's constants survive what Qt's wheels do to them."""

import subprocess
import sys

SENDER = """
import labelviewer.ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rings = Signal()

bell = Bell()
for _ in range(200_000):
    bell.rings.emit()
    bell.setObjectName("bell")
print("alive")
"""


def test_a_program_outlives_any_number_of_signals() -> None:
    ended = subprocess.run([sys.executable, "-c", SENDER], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, "alive\n"), ended.stderr
