"""What the program under test meets: one label office with a site on loopback, and a profile that is thrown away."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from labelviewer.publish.sign import as_json
from tests.e2e.program import World
from tests.https_site import HttpsSite, authority, label
from tests.simulator import Authority

ROOT = Path(__file__).parents[2]
SECONDS = 60
TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a day when the samples hold
OFFICE = Authority("office.example", "Example Label Office", now=TODAY)
ELSEWHERE = "elsewhere.example"


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Outside:
    folder: Path
    profile: Path
    site: HttpsSite

    def serve(self, office: Authority) -> None:
        """The office's labels on its site, its word in the trust list and the status list."""
        for address, token in office.labels.items():
            self.site.answer(address, label(token))
        World(
            port=self.site.endpoint[1],
            now=office.now.isoformat(),
            status_uri=office.status_uri,
            patience=0.5,
        ).write(
            self.folder,
            authority=authority().cert_pem.bytes(),
            trust_list=as_json(office.trust_list()),
            status_list=office.status_list(),
        )

    def command(self, *words: object) -> list[str]:
        """The program, told where its world lies and which profile is its own."""
        told = map(str, ("--profile", self.profile, *words))
        return [sys.executable, "-P", "-m", "tests.e2e.program", str(self.folder), *told]

    def stop(self) -> None:
        """The site is gone; its port answers nobody."""
        self.site.close()

    def run(self, *words: object, most_bytes: int | None = None) -> Answer:
        """`most_bytes` that a file may grow to, as if the disk were full then."""
        limited = () if most_bytes is None else ("sh", "-c", f'ulimit -f {most_bytes // 512} && exec "$@"', "sh")
        done = subprocess.run(
            [*limited, *self.command(*words)],
            cwd=ROOT,
            env=bare_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def kept(self) -> list[str]:
        """The subjects of the labels in the library on disk, as often as they stand in the history."""
        library = self.profile / "data" / "library.db"
        if not library.exists():
            return []
        with closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as connection:
            return [subject for (subject,) in connection.execute(HISTORY)]


HISTORY = "SELECT subject FROM visit JOIN token ON token.id = visit.token ORDER BY visit.id"


def bare_environment() -> dict[str, str]:
    """Ours without a display and without what the tests set for Qt."""
    lost = ("DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in lost and not name.startswith("QT_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@contextmanager
def outside(folder: Path) -> Iterator[Outside]:
    with HttpsSite(OFFICE.id, OFFICE.label_host, ELSEWHERE) as site:
        world = folder / "world"
        world.mkdir()
        around = Outside(world, folder / "profile", site)
        around.serve(OFFICE.publish())
        yield around
