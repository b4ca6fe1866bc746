"""A screen and a session bus of our own, so that a window opens where nobody looks and a screen reader can listen."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.screen_reader import Listener, accessibility_bus
from tests.e2e.world import ROOT, Outside, bare_environment

NEEDED = ("Xvfb", "dbus-daemon")
LAUNCHER = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


def lacking() -> str:
    """What this computer lacks for a window that a screen reader can hear; empty where nothing is missing."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    return ", ".join(missing + ([] if LAUNCHER.exists() else ["at-spi2-core"]))


@dataclass(frozen=True)
class Desktop:
    environment: dict[str, str]
    listener: Listener

    @contextmanager
    def window(self, around: Outside, *words: object) -> Iterator[subprocess.Popen[bytes]]:
        """The real program with its window; killed at the end if it still runs."""
        with (around.folder / "window.log").open("ab") as log:
            program = subprocess.Popen(
                around.command(*words), cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
            try:
                yield program
            finally:
                program.kill()
                program.wait()


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    if missing := lacking():
        pytest.skip(f"a window that a screen reader can hear needs {missing}")
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    environment = bare_environment() | {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    with ExitStack() as stack:
        screen = _told(
            stack, environment, "Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"
        )
        environment["DISPLAY"] = f":{screen}"
        bus = _told(stack, environment, "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1")
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        listening = accessibility_bus(bus)
        stack.callback(listening.close)
        yield Desktop(environment, Listener(listening))


def _told(stack: ExitStack, environment: dict[str, str], *command: str) -> str:
    """Starts it in a group of its own, which goes at the end with all that it started; its first line."""
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    stack.callback(_end, process)
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _end(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
