"""Cold start to the first frame: the real window against an empty Qt Quick window, interleaved on this machine."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

CHILD = Path(__file__).with_name("first_frame.py")
GOAL = 1.3
CHILD_SECONDS = 60
MOVED = "LABELVIEWER_BENCHMARK_UNDER_XVFB"


def milliseconds_to_first_frame(arguments: list[str]) -> float:
    """A new process each time; the clock runs from before it is started until its first frame is on the screen."""
    started = time.monotonic_ns()
    child = subprocess.run(
        [sys.executable, str(CHILD), *arguments], capture_output=True, text=True, timeout=CHILD_SECONDS, check=False
    )
    lines = child.stdout.split()
    if child.returncode != 0 or not lines:
        sys.exit(f"{CHILD.name} {' '.join(arguments)} ended with {child.returncode}:\n{child.stdout}{child.stderr}")
    return (int(lines[0]) - started) / 1e6


def measure(rounds: int, profile: str) -> dict[str, list[float]]:
    """One round is one start of each; the order alternates, and a first round that warms the disk does not count."""
    windows = {"empty window": ["empty"], "labelviewer": ["--profile", profile]}
    times: dict[str, list[float]] = {name: [] for name in windows}
    for number in range(rounds + 1):
        for name in sorted(windows, reverse=bool(number % 2)):
            spent = milliseconds_to_first_frame(windows[name])
            if number:
                times[name].append(spent)
    return times


def choose_platform() -> None:
    """Start over under Xvfb where it is installed, so that both windows meet a real display server."""
    if sys.platform != "linux" or not shutil.which("xvfb-run"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif os.environ.get(MOVED) is None:
        command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", sys.executable, *sys.argv]
        os.execvpe(command[0], command, os.environ | {MOVED: "1", "QT_QPA_PLATFORM": "xcb"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="starts of each window (default 15)")
    parser.add_argument("--here", action="store_true", help="on this display, as QT_QPA_PLATFORM says, not under Xvfb")
    options = parser.parse_args()
    if not options.here:
        choose_platform()

    with tempfile.TemporaryDirectory() as profile:
        times = measure(options.rounds, profile)

    print(f"{'first frame after':<20}{'median':>10}{'10 %':>10}{'90 %':>10}   (ms, {options.rounds} starts each)")
    for name, spent in times.items():
        tenths = quantiles(spent, n=10, method="inclusive")
        print(f"{name:<20}{median(spent):>10.0f}{tenths[0]:>10.0f}{tenths[-1]:>10.0f}")
    ratio = median(times["labelviewer"]) / median(times["empty window"])
    print(f"ratio {ratio:.2f}, goal {GOAL} or less, platform {os.environ.get('QT_QPA_PLATFORM', 'default')}")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
