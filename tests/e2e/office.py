"""The command as the issuer's guide calls it. Names lead to web servers on loopback; nothing else is made up.

Run with a folder and the words of a command line. In the folder, `hosts.json` says which port serves which host, and
`later` by how many seconds it is later than it is.
"""

import json
import ssl
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from labelviewer import resources
from labelviewer.adapters.fetch import HttpsFetcher, Patience
from labelviewer.adapters.profile import find_profile
from labelviewer.cli import Desk, main
from labelviewer.cli.options import parse
from labelviewer.cli.ports import compose
from labelviewer.cli.publish import publish
from labelviewer.pipeline.ports import PictureReader
from labelviewer.pipeline.run import Ports
from labelviewer.words.catalogue import load_words
from tests.https_site import authority


class LaterClock:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "later"

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=int(self._file.read_text("utf-8")))


def ports_of(folder: Path, words: list[str], pictures: PictureReader) -> Ports:
    """Everything of the real program, and the trust it gets by itself; each host is found at its own port."""
    ports: dict[str, int] = json.loads((folder / "hosts.json").read_bytes())
    addresses = {host: f"93.184.216.{34 + place}" for place, host in enumerate(ports)}
    doors = {addresses[host]: port for host, port in ports.items()}
    outside = partial(
        HttpsFetcher,
        tls=ssl.create_default_context(cafile=str(folder / "authority.pem")),
        resolver=lambda host, _seconds: [addresses[host]],
        where=lambda endpoint: ("127.0.0.1", doors[endpoint[0]]),
        patience=Patience(idle=2.0, pauses=()),
        has_network=lambda: True,
    )
    options = parse(words)
    profile = find_profile(options.profile)
    return compose(profile, pictures, offline=options.offline, outside=outside, clock=LaterClock(folder))


def run(folder: Path, words: list[str]) -> int:
    desk = Desk(sys.stdin.buffer, sys.stdout, sys.stderr, width=100)
    if words[0] == "publish":
        return publish(words[1:], load_words(resources.WORDS), desk, LaterClock(folder).now)
    return main(words, desk, lambda pictures: ports_of(folder, words, pictures))


def shim(folder: Path, hosts: Mapping[str, int]) -> Path:
    """A folder for the PATH in which `labelviewer` is this."""
    authority().cert_pem.write_to_path(folder / "authority.pem")
    (folder / "hosts.json").write_text(json.dumps(hosts), "utf-8")
    (folder / "later").write_text("0", "utf-8")
    place = folder / "bin"
    place.mkdir()
    command = place / "labelviewer"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m tests.e2e.office "{folder}" "$@"\n', "utf-8")
    command.chmod(0o755)
    return place


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
