"""A library of a million labels against bare SQLite in the same run: look-up, search while typing, saving, memory.

Memory is that of a process of its own which looks up, searches, lists and saves, in libraries of three sizes.

The tokens are made up and small (some 450 bytes; real ones have 1 to 3 KB), and nothing verifies them here.
"""

import argparse
import base64
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from labelviewer.adapters import library_file, library_words
from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.library import Library
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.domain.hints import fold

LOOK_UP_MS: Final = 5.0
SEARCH_MS: Final = 50.0
GROWTH_MB: Final = 16.0  # from the smallest library to the largest
VISITS: Final = 500
SAVES: Final = 300
ROOT: Final = Path(__file__).parents[1]
AT: Final = datetime(2026, 11, 24, tzinfo=UTC).isoformat(timespec="microseconds")
KINDS: Final = [
    "camera",
    "bulb",
    "lock",
    "sensor",
    "router",
    "speaker",
    "plug",
    "thermostat",
    "doorbell",
    "scale",
    "kettle",
    "vacuum",
    "hub",
    "switch",
]
MAKERS: Final = [
    "acme",
    "borealis",
    "cirrus",
    "delta",
    "ember",
    "fjord",
    "granite",
    "harbor",
    "iris",
    "juniper",
    "krypton",
    "lumen",
    "meridian",
]


def product(number: int) -> tuple[str, str, str, str]:
    dice = random.Random(number)
    series = "".join(dice.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(dice.randrange(3, 8)))
    maker = f"{dice.choice(MAKERS).title()} {dice.choice(MAKERS).title()} Ltd"
    return (
        f"{series.title()} {dice.choice(KINDS).title()}",
        maker,
        f"{series[:2].upper()}-{number % 997}",
        f"2026-{number:06}",
    )


def token(number: int) -> bytes:
    name, maker, model, label = product(number)
    document = {
        "iss": "a.example",
        "sub": f"urn:label:a.example:{label}",
        "ver": 1,
        "product": {"name": name, "maker": maker, "model": model},
        "grant": {"number": label},
        "carriers": [code(number)],
    }
    payload = base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=")
    return b"eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoiYSIsInR5cCI6ImxhYmVsK2p3dCJ9." + payload + b"." + b"A" * 86


def code(number: int) -> str:
    return f"https://a.example/l/2026-{number:06}"


def build(path: Path, labels: int) -> None:
    """Straight into the tables, then once to the disk: else the first save would wait for all that was built."""
    Library(path, SystemClock()).raise_floor(datetime(2026, 1, 1, tzinfo=UTC))
    with closing(library_file.connect(path, library_file.Mode.WRITE, busy_seconds=5)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -200000")
        with library_file.transaction(db):
            db.executemany("INSERT INTO token VALUES (?, 'a.example', ?, 1, ?, ?, 1, '', ?)", token_rows(labels))
            db.executemany(
                "INSERT INTO carrier VALUES (?, ?, 0, '', ?)", ((code(n), n, AT) for n in range(1, labels + 1))
            )
            words = ((n, fold(" ".join(product(n)))) for n in range(1, labels + 1))
            db.executemany("INSERT INTO hint VALUES (?, 1, ?)", words)
            library_words.rebuild(db)
            visits = ((AT, n, code(n), AT) for n in range(1, min(labels, VISITS) + 1))
            db.executemany("INSERT INTO visit VALUES (NULL, ?, ?, ?, NULL, '', ?)", visits)
    handle = os.open(path, os.O_RDWR)
    os.fsync(handle)
    os.close(handle)


def token_rows(labels: int) -> Iterator[tuple[object, ...]]:
    for number in range(1, labels + 1):
        data = token(number)
        yield number, f"urn:label:a.example:2026-{number:06}", sha256(data).digest(), data, AT


def times(act: Callable[[int], object], numbers: list[int]) -> list[float]:
    """Milliseconds, sorted."""
    taken = []
    for number in numbers:
        start = perf_counter()
        act(number)
        taken.append((perf_counter() - start) * 1_000)
    return sorted(taken)


def share(taken: list[float], of: float) -> float:
    return taken[min(len(taken) - 1, int(len(taken) * of))]


def typed(number: int) -> Iterator[str]:
    """What stands in the field after each key, for one product."""
    name, maker, _, label = product(number)
    whole = random.Random(number).choice((name, maker, label, f"{name} {maker}"))
    yield from (whole[:length] for length in range(1, min(len(whole), 20) + 1))


def row(what: str, ours: list[float], peer: list[float] | None, peer_name: str = "") -> str:
    figures = f"{what:<34} p50 {share(ours, 0.5):8.2f}  p95 {share(ours, 0.95):8.2f}  p99 {share(ours, 0.99):8.2f} ms"
    return figures if peer is None else f"{figures}   {share(ours, 0.5) / share(peer, 0.5):8.3f} x {peer_name}"


def megabytes() -> float:
    """The most this process ever held. Linux has getrusage count what the one that started it held, too."""
    with suppress(FileNotFoundError):
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 1024**2


def evidence(number: int) -> Evidence:
    return Evidence(token(number), "https://a.example/", datetime.now(UTC), Box(code(number)))


def save(library: Library, number: int) -> None:
    library.keep(evidence(number), issuer="a.example", subject=f"urn:label:a.example:2026-{number:06}", version=1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=1_000_000)
    parser.add_argument("--use", type=Path, help="only use this library, and say how much memory that took")
    given = parser.parse_args()
    if given.use is not None:
        print(f"{use(given.use, given.labels):.1f}")
        return 0
    with TemporaryDirectory(prefix="labelviewer-benchmark-") as folder:
        return measure(Path(folder), given.labels)


def use(path: Path, labels: int) -> float:
    """Look up, search, list and save; megabytes at the most."""
    library, dice = Library(path, SystemClock()), random.Random(2)
    for number in (dice.randrange(1, labels + 1) for _ in range(1_000)):
        assert library.find(code(number)) is not None
    for number in (dice.randrange(1, labels + 1) for _ in range(30)):
        for text in typed(number):
            library.search(text, 20)
    assert len(library.history()) == min(labels, VISITS)
    assert sum(1 for _ in library.tokens()) >= labels
    for number in range(1, 21):
        save(library, labels + SAVES + number)
    return megabytes()


def resident(path: Path, labels: int) -> float:
    """In a process that built nothing."""
    command = [sys.executable, __file__, "--use", str(path), "--labels", str(labels)]
    where = {**os.environ, "PYTHONPATH": str(ROOT)}
    return float(subprocess.run(command, check=True, capture_output=True, text=True, env=where).stdout)


def measure(folder: Path, labels: int) -> int:
    path, dice = folder / "library.db", random.Random(1)
    sizes = {labels // 100: folder / "hundredth.db", labels // 10: folder / "tenth.db", labels: path}
    small = Library(folder / "small" / "library.db", SystemClock())
    for size, place in sizes.items():
        start = perf_counter()
        build(place, size)
        print(f"{size:,} labels, {place.stat().st_size / 1e6:,.0f} MB, built in {perf_counter() - start:.0f} s")
    library = Library(path, SystemClock())

    def bare(number: int) -> object:
        with closing(sqlite3.connect(path)) as db:
            query = "SELECT bytes FROM token JOIN carrier ON token.id = carrier.token WHERE url = ?"
            return db.execute(query, (code(number),)).fetchone()

    def scan(number: int) -> object:
        with closing(sqlite3.connect(path)) as db:
            like = f"%{list(typed(number))[-1].lower()[:6]}%"
            return db.execute("SELECT token FROM hint WHERE words LIKE ? LIMIT 20", (like,)).fetchall()

    some = [dice.randrange(1, labels + 1) for _ in range(2_000)]
    found = times(lambda number: library.find(code(number)), some)
    keys = [text for number in some[:120] for text in typed(number)]
    search = times(lambda at: library.search(keys[at], 20), list(range(len(keys))))
    print(row("look up a code", found, times(bare, some), "bare SELECT"))
    print(row("search, each key typed", search, times(scan, some[:40]), "LIKE scan"))
    new = list(range(1, SAVES + 1))
    saved = times(lambda number: save(library, labels + number), new)
    print(row("save one more", saved, times(lambda number: save(small, number), new), "empty library"))
    held = {size: resident(place, size) for size, place in sizes.items()}
    print("memory: " + ", ".join(f"{megabytes:.0f} MB with {size:,} labels" for size, megabytes in held.items()))
    growth = held[labels] - held[labels // 100]
    met = share(found, 0.99) < LOOK_UP_MS and share(search, 0.95) < SEARCH_MS and growth < GROWTH_MB
    goal = f"look-up p99 below {LOOK_UP_MS:.0f} ms, search p95 below {SEARCH_MS:.0f} ms, memory + {GROWTH_MB:.0f} MB"
    print(f"goal: {goal}: {'met' if met else 'missed'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
