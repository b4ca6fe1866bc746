"""How long a registry takes to publish: all of it once, then a few changes. `--labels` and `--changed` say how many."""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from labelviewer import resources
from labelviewer.publish.index import Index, Row
from labelviewer.publish.office import Office, found, new_key, open_office
from labelviewer.publish.registry import build, set_state, sources
from labelviewer.publish.status import Status
from labelviewer.schemes.packs import load_packs

HOST = "labels.office.example"
GOAL = 10.0  # seconds for a thousand changes among a million
TOGETHER = 1_000  # sources in one folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=20_000)
    parser.add_argument("--changed", type=int, default=1_000)
    parser.add_argument("--planted", type=int, default=0, help="further labels that were published before, see README")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder without it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as place:
        return measure(Path(place), asked.labels, asked.changed, asked.planted)


def measure(folder: Path, labels: int, changed: int, planted: int) -> int:
    office, packs, now = make_office(folder), load_packs(resources.SCHEMES), datetime.now(UTC)
    write(office, range(labels), "Hearth Camera 2")
    with row(f"publish {labels:,} labels once"):
        assert len(build(office, packs, now, no_secret, on_label=progress).signed) == labels
    plant(office, labels, planted, now)
    with row(f"publish again, {labels + planted:,} unchanged"):
        assert build(office, packs, now, no_secret).unchanged == labels + planted
    write(office, range(0, labels, max(1, labels // changed)), "Hearth Camera 2b")
    with row(f"publish {changed:,} changes") as seconds:
        assert len(build(office, packs, now, no_secret).signed) >= changed
    with row("withdraw one label"):
        set_state(office, packs, now, no_secret, "2026-0", Status.WITHDRAWN)
    print(f"{'most memory':40}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:10.0f} MB")
    print(f"{'status list':40}{(office.served / 'status' / '1.jwt').stat().st_size:10,} B")
    print(f"{'label':40}{(office.served / 'l' / '2026-0.jwt').stat().st_size:10,} B")
    return int(seconds[0] > GOAL)


@contextmanager
def row(what: str) -> Iterator[list[float]]:
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - start)
    print(f"{what:40}{taken[0]:10.2f} s", flush=True)


def progress(count: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{count:,}", end="\r", file=sys.stderr)


def make_office(folder: Path, host: str = HOST) -> Office:
    found(folder, host, "Example Label Office", ["us-ctm"])
    office = open_office(folder)
    office, _ = new_key(office, "label", "Ed25519", datetime.now(UTC), None)
    office, _ = new_key(office, "status", "Ed25519", datetime.now(UTC), None)
    return office


def write(office: Office, numbers: range, name: str) -> None:
    members = json.loads((resources.SAMPLES / "us-ctm" / "camera-a" / "label.json").read_bytes())
    for lost in ("iss", "sub", "ver", "iat", "exp", "status", "carriers"):
        del members[lost]
    members["product"]["name"] = name
    members["claims"] = members["claims"][:5]
    for number in numbers:
        members["grant"]["number"] = f"2026-{number}"
        path = office.labels / str(number // TOGETHER) / f"{number}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(members), encoding="utf-8")


def plant(office: Office, first: int, count: int, now: datetime) -> None:
    """Sources that are links to one file, and their rows in the index; nothing of them is read while they stay so."""
    number = first
    while number < first + count:
        folder = office.labels / f"planted-{number}"
        folder.mkdir()
        origin = folder / f"{number}.json"
        origin.write_text("{}", encoding="utf-8")
        for other in range(number + 1, min(number + TOGETHER, first + count)):
            (folder / f"{other}.json").hardlink_to(origin)
        number += TOGETHER
    start, end, kid = int(now.timestamp()), int(now.timestamp()) + 700 * 86_400, office.signing("label").kid
    with Index(office.index) as index:
        index.keep(
            Row(
                f"2026-{Path(each.file).stem}",
                each.file,
                each.stamp,
                None,
                "-",
                1,
                start,
                end,
                kid,
                *index.free_place(),
            )
            for each in sources(office)
            if each.file.startswith("planted-")
        )


def no_secret(_kid: str) -> bytes:
    return b""


if __name__ == "__main__":
    sys.exit(main())
