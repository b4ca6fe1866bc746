"""Cold start to the first frame: the real window against an empty Qt Quick window, in pairs on this machine."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CHILD = "benchmarks.first_frame"
ARGUMENTS: dict[str, list[str]] = {"empty": ["empty"], "real": []}
GOAL = 1.3
CHILD_SECONDS = 60
MOVED = "LABELVIEWER_BENCHMARK_UNDER_XVFB"
HOMES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "PYTHONPYCACHEPREFIX")


class Start(NamedTuple):
    """Milliseconds: two on the clock, from before the process was started; work of the processor to the first frame."""

    first_frame: float
    usable: float
    processor: float


class Pair(NamedTuple):
    """One start of each, right after one another: what the machine did meanwhile hit both."""

    empty: Start
    real: Start


def start(arguments: list[str], home: Path) -> Start:
    """A new process each time: to its first frame on the screen, and to where it waits for the person."""
    own = {name: str(home / name.lower()) for name in HOMES}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
    command = [sys.executable, "-m", CHILD, *arguments]
    started = time.monotonic_ns()
    child = subprocess.run(
        command, capture_output=True, text=True, timeout=CHILD_SECONDS, check=False, cwd=ROOT, env=environment
    )
    lines = child.stdout.split()
    if child.returncode != 0 or len(lines) != 3:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}:\n{child.stdout}{child.stderr}")
    first_frame, processor, usable = map(int, lines)
    return Start((first_frame - started) / 1e6, (usable - started) / 1e6, processor / 1e6)


def measure(pairs: int, home: Path) -> list[Pair]:
    """The order within a pair alternates; a first one that fills the caches does not count."""
    done = []
    for number in range(pairs + 1):
        started = {name: start(ARGUMENTS[name], home) for name in sorted(ARGUMENTS, reverse=bool(number % 2))}
        done.append(Pair(**started))
    return done[1:]


def ratios(pairs: list[Pair], of: str) -> tuple[float, float, float]:
    """The median of the pairs' own ratios, with its quarters."""
    low, middle, high = quantiles((getattr(pair.real, of) / getattr(pair.empty, of) for pair in pairs), n=4)
    return low, middle, high


def choose_platform() -> None:
    """Start over under Xvfb where it is installed, so that both windows meet a real display server."""
    if sys.platform != "linux" or not shutil.which("xvfb-run"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif os.environ.get(MOVED) is None:
        command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", sys.executable, *sys.argv]
        os.execvpe(command[0], command, os.environ | {MOVED: "1", "QT_QPA_PLATFORM": "xcb"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=30, help="starts of each window, two or more (default 30)")
    parser.add_argument("--here", action="store_true", help="on this display, as QT_QPA_PLATFORM says, not under Xvfb")
    options = parser.parse_args()
    if not options.here:
        choose_platform()

    with tempfile.TemporaryDirectory() as home:
        pairs = measure(options.pairs, Path(home))

    heads = "".join(f"{head:>12}" for head in ("median", "10 %", "90 %", "least", "usable", "processor"))
    print(f"{'first frame after':<20}{heads}   (ms, {options.pairs} pairs)")
    for name, starts in zip(Pair._fields, zip(*pairs, strict=True), strict=True):
        first_frame, usable, processor = zip(*starts, strict=True)
        tenths = quantiles(first_frame, n=10, method="inclusive")
        figures = (median(first_frame), tenths[0], tenths[-1], min(first_frame), median(usable), median(processor))
        print(f"{name:<20}{''.join(f'{figure:>12.0f}' for figure in figures)}")
    low, ratio, high = ratios(pairs, "first_frame")
    print(
        f"ratio on the clock     {ratio:.2f}, half of the pairs between {low:.2f} and {high:.2f}; goal {GOAL} or less"
    )
    low, middle, high = ratios(pairs, "processor")
    print(f"ratio of the processor {middle:.2f}, half of the pairs between {low:.2f} and {high:.2f}")
    print(f"platform {os.environ.get('QT_QPA_PLATFORM', 'default')}")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
