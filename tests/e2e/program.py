"""The real program in a process of its own, and the world that it is shown: a site, a trust list, a day.

Run with a folder of that world and the words of a command line. Only the documented ports are aimed elsewhere: every
name leads to the site on loopback over real TLS, and the trust list is that of the folder. The rest is what everybody
has: the command line, the window, the pipeline, the library on disk.
"""

from __future__ import annotations

import json
import ssl
import sys
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from labelviewer.cli import Desk
from labelviewer.cli import main as labelviewer
from labelviewer.cli.options import Options, parse

if TYPE_CHECKING:
    from labelviewer.domain.evidence import StatusEvidence
    from labelviewer.pipeline.ports import PictureReader
    from labelviewer.pipeline.run import Ports
    from labelviewer.verify.trust import Trust

_PUBLIC_ADDRESS = "93.184.216.34"  # what every name is said to be; it passes the address table, and is never dialled


@dataclass(frozen=True)
class World:
    """Files of one folder. `port` is the site's on loopback; `patience` in seconds; `now` is ISO 8601."""

    port: int
    now: str
    status_uri: str
    patience: float

    def write(self, folder: Path, *, authority: bytes, trust_list: bytes, status_list: bytes) -> None:
        (folder / "world.json").write_text(json.dumps(asdict(self)), encoding="utf-8")
        (folder / "authority.pem").write_bytes(authority)
        (folder / "trust-list.json").write_bytes(trust_list)
        (folder / "status-list.jwt").write_bytes(status_list)

    @classmethod
    def read(cls, folder: Path) -> Self:
        return cls(**json.loads((folder / "world.json").read_bytes()))

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.now)


@dataclass(frozen=True)
class FolderTrust:
    """The published list and one status list from the folder, beside the demo list that comes with the program."""

    folder: Path
    bundled: Trust

    def trust(self) -> Trust:
        from labelviewer.verify.trust import load_trust_list, unite

        return unite(load_trust_list((self.folder / "trust-list.json").read_bytes()), self.bundled.demo)

    def status(self, uri: str) -> StatusEvidence | None:
        from labelviewer.adapters.trust_source import BundledTrust
        from labelviewer.domain.evidence import StatusEvidence
        from labelviewer.resources import TRUST

        world = World.read(self.folder)
        if uri != world.status_uri:
            return BundledTrust(TRUST).status(uri)
        return StatusEvidence(uri, (self.folder / "status-list.jwt").read_bytes(), world.moment)


@dataclass(frozen=True)
class StoppedClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


def ports_of(folder: Path, options: Options, pictures: PictureReader) -> Ports:
    """The program's own ports, aimed at the world in the folder."""
    from labelviewer.adapters.demo_site import DemoSite
    from labelviewer.adapters.fetch import HttpsFetcher, Patience
    from labelviewer.adapters.library import Library
    from labelviewer.adapters.profile import find_profile
    from labelviewer.cli.ports import compose
    from labelviewer.resources import SAMPLES

    world = World.read(folder)
    profile = find_profile(options.profile)
    real = compose(profile, pictures, offline=options.offline)
    fetcher = HttpsFetcher(
        tls=ssl.create_default_context(cafile=str(folder / "authority.pem")),
        resolver=lambda host, seconds: [_PUBLIC_ADDRESS],
        where=lambda endpoint: ("127.0.0.1", world.port),
        patience=Patience(idle=world.patience, pauses=()),
        has_network=lambda: True,
    )
    clock = StoppedClock(world.moment)
    return replace(
        real,
        clock=clock,
        fetcher=real.fetcher if options.offline else DemoSite(fetcher, SAMPLES),
        trust=FolderTrust(folder, real.trust.trust()),
        keeper=Library(profile.library, clock),
    )


def main() -> int:
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    desk = Desk(sys.stdin.buffer, sys.stdout, sys.stderr, width=80)
    return labelviewer(words, desk, lambda pictures: ports_of(folder, parse(words), pictures))


if __name__ == "__main__":
    sys.exit(main())
