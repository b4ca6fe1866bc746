"""A process that forks workers on a library and ends them by SIGKILL when it is told to.

A line in: the job, the library, a number, how many lines the worker may say first, and for how many seconds it may
then go on; none: to its end. A line out: how long it lived and what it said.
"""

import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from labelviewer.adapters.library import Library
from labelviewer.domain.errors import LibraryDamagedError
from labelviewer.domain.evidence import Box, Evidence
from labelviewer.pipeline import bundle
from labelviewer.pipeline.bundle import import_bundle
from labelviewer.verify.trust import Trust, unite
from tests.simulator import Authority, demo_authority, list_of, parsed

NOW: Final = datetime(2026, 11, 24, tzinfo=UTC)
LABELS: Final = 400


class Clock:
    def now(self) -> datetime:
        return NOW


def evidence(number: int) -> Evidence:
    token = b"%05d." % number * 800
    return Evidence(token, "https://labels.a.example/", NOW, Box(f"https://a.example/l/{number}"))


def write(library: Library, start: int, say: Callable[[int], None]) -> None:
    for number in range(start, start + 100):
        subject = f"urn:label:a.example:{number}"
        library.keep(evidence(number), issuer="a.example", subject=subject, version=1)
        say(number)


def look(library: Library, number: int, say: Callable[[int], None]) -> None:
    """The first look brings an old file up to date, or renews a damaged one."""
    with suppress(LibraryDamagedError):
        library.history()
    say(number)


def importer() -> Callable[[Library, int, Callable[[int], None]], None]:
    """What it says is how many labels are saved for certain."""
    office = Authority()
    lines = (office.label(office.document(f"2026-{number:06}")) for number in range(LABELS))
    data = b"lvbundle 1\n" + b"".join(b"label " + line + b"\n" for line in lines)

    def trust() -> Trust:
        return unite(parsed(list_of(office)), parsed(list_of(demo_authority())))

    def run(library: Library, batch: int, say: Callable[[int], None]) -> None:
        bundle.BATCH = batch  # type: ignore[misc]
        size, done = len(data), [0]

        def on_progress(at: int, total: int) -> None:
            assert total == size
            done.append(len(tuple(library.tokens())))
            say(done[-1])

        import_bundle(io.BytesIO(data), library, trust, NOW, on_progress=on_progress)

    return run


def doom(work: Callable[[Callable[[int], None]], None], lines: int, seconds: float | None) -> tuple[float, list[int]]:
    reading, writing = os.pipe()

    def say(number: int) -> None:
        os.write(writing, b"%d\n" % number)

    start = time.monotonic()
    worker = os.fork()
    if worker == 0:
        try:
            work(say)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        heard = [line for _, line in zip(range(lines), said, strict=False)]
        if seconds is not None:
            time.sleep(seconds)
            os.kill(worker, signal.SIGKILL)
        heard += list(said)
    os.waitpid(worker, 0)
    return time.monotonic() - start, [int(line) for line in heard]


def main() -> None:
    jobs = {"write": write, "look": look, "import": importer()}
    for order in sys.stdin:
        job, path, number, lines, seconds = json.loads(order)
        library = Library(Path(path), Clock())
        told = doom(lambda say, at=(job, library, number): jobs[at[0]](at[1], at[2], say), lines, seconds)  # type: ignore[misc]
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
