"""Cold start to the first frame: the real window against an empty Qt Quick window, interleaved on this machine."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
CHILD = "benchmarks.first_frame"
GOAL = 1.3
CHILD_SECONDS = 60
MOVED = "LABELVIEWER_BENCHMARK_UNDER_XVFB"
HOMES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "PYTHONPYCACHEPREFIX")


@dataclass
class Spent:
    """Milliseconds from before the process was started."""

    first_frame: list[float] = field(default_factory=list)
    usable: list[float] = field(default_factory=list)


def start(arguments: list[str], home: Path) -> tuple[float, float]:
    """A new process each time: to its first frame on the screen, and to where it waits for the person."""
    own = {name: str(home / name.lower()) for name in HOMES}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
    command = [sys.executable, "-m", CHILD, *arguments]
    started = time.monotonic_ns()
    child = subprocess.run(
        command, capture_output=True, text=True, timeout=CHILD_SECONDS, check=False, cwd=ROOT, env=environment
    )
    lines = child.stdout.split()
    if child.returncode != 0 or len(lines) != 2:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}:\n{child.stdout}{child.stderr}")
    first_frame, usable = ((int(line) - started) / 1e6 for line in lines)
    return first_frame, usable


def measure(rounds: int, home: Path) -> dict[str, Spent]:
    """One round is one start of each; the order alternates, and a first round that fills the caches does not count."""
    windows: dict[str, list[str]] = {"empty window": ["empty"], "labelviewer": []}
    spent = {name: Spent() for name in windows}
    for number in range(rounds + 1):
        for name in sorted(windows, reverse=bool(number % 2)):
            first_frame, usable = start(windows[name], home)
            if number:
                spent[name].first_frame.append(first_frame)
                spent[name].usable.append(usable)
    return spent


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

    with tempfile.TemporaryDirectory() as home:
        spent = measure(options.rounds, Path(home))

    heads = "".join(f"{head:>12}" for head in ("median", "10 %", "90 %", "least", "usable"))
    print(f"{'first frame after':<20}{heads}   (ms, {options.rounds} starts each)")
    for name, each in spent.items():
        tenths = quantiles(each.first_frame, n=10, method="inclusive")
        figures = (median(each.first_frame), tenths[0], tenths[-1], min(each.first_frame), median(each.usable))
        print(f"{name:<20}{''.join(f'{figure:>12.0f}' for figure in figures)}")
    ratio = median(spent["labelviewer"].first_frame) / median(spent["empty window"].first_frame)
    least = min(spent["labelviewer"].first_frame) / min(spent["empty window"].first_frame)
    platform = os.environ.get("QT_QPA_PLATFORM", "default")
    print(f"ratio {ratio:.2f} of medians, {least:.2f} of the least; goal {GOAL} or less; platform {platform}")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
