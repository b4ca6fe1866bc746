"""The command as the issuer's guide calls it: `publish` as it is, `read` in a world of the office that was just made.

Run with a folder, the port of the web server, and the words of a command line. The trust list is the lead's newest one.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from labelviewer.cli import Desk, main
from labelviewer.cli.options import parse
from labelviewer.verify.token import split
from tests.e2e.program import World, ports_of
from tests.https_site import authority


def world(folder: Path, port: int, office: Path, lead: Path) -> Path:
    """The office's newest lists, as they lie in its public folder."""
    lists = (lead / "public" / "tuf" / "targets").glob("*.trust-list.json")
    newest = max(lists, key=lambda path: int(json.loads(path.read_bytes())["serial"]))
    status = (office / "public" / "v1" / "status" / "1.jwt").read_bytes()
    uri = json.loads(split(status).payload)["sub"]
    place = folder / "world"
    place.mkdir(exist_ok=True)
    now = datetime.now(UTC).isoformat()
    World(port=port, now=now, status_uri=uri, patience=2.0).write(
        place,
        authority=(folder / "authority.pem").read_bytes(),
        trust_list=newest.read_bytes(),
        status_list=status,
    )
    return place


def run(folder: Path, port: int, words: list[str]) -> int:
    desk = Desk(sys.stdin.buffer, sys.stdout, sys.stderr, width=100)
    if words[0] == "publish":
        return main(words, desk)
    words = [*words, "--profile", str(folder / "profile")]
    place = world(folder, port, folder / "office", folder / "lead")
    return main(words, desk, lambda pictures: ports_of(place, parse(words), pictures))


def shim(folder: Path, port: int) -> Path:
    """A folder for the PATH in which `labelviewer` is this."""
    authority().cert_pem.write_to_path(folder / "authority.pem")
    place = folder / "bin"
    place.mkdir()
    command = place / "labelviewer"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m tests.e2e.office "{folder}" {port} "$@"\n', "utf-8")
    command.chmod(0o755)
    return place


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
