"""What nobody sees on the first page is not loaded before it is on the screen."""

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.world import ROOT

LATE = {
    *("dataclasses", "html", "logging.handlers", "pickle", "socket", "subprocess", "unicodedata"),
    *("PIL", "cryptography", "pydantic", "rich", "urllib3", "PySide6.QtMultimedia", "PySide6.QtDBus"),
    *("labelviewer.app", "labelviewer.domain.errors", "labelviewer.domain.strict_json", "labelviewer.ui.guards"),
    *("labelviewer.ui.stills", "labelviewer.ui.viewmodels.shell", "labelviewer.words.direction"),
}
START = """
import os, sys
from labelviewer import cli
open_window = cli._window
def watched(job):
    from labelviewer.ui.opening import Opening
    def tell(opened):
        print(*sorted(sys.modules), flush=True)
        os._exit(0)
    Opening.wait_for_first_frame = tell
    return open_window(job)
cli._window = watched
cli.script()
"""


def test_the_first_frame_waits_for_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    homes = {f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    ended = subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ | homes,
    )
    loaded = set(ended.stdout.split())
    assert "labelviewer.ui.opening" in loaded
    assert LATE & loaded == set()
