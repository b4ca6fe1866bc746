"""The command line in this process: what it was told, what it answered, and an issuer in memory to ask."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from labelviewer import resources
from labelviewer.adapters.library import Library
from labelviewer.adapters.profile import find_profile
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.cli import Desk, main
from labelviewer.cli.ports import compose
from labelviewer.domain.errors import LabelViewerError, NotListedError
from labelviewer.domain.evidence import StatusEvidence
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched, Keeper, PictureReader
from labelviewer.pipeline.run import Ports
from labelviewer.verify.trust import Trust
from tests.labels import packs
from tests.simulator import Authority

SAMPLES = resources.SAMPLES


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.out.splitlines() if line.strip()]


def run(
    *arguments: object,
    profile: Path,
    stdin: bytes = b"",
    width: int = 80,
    ports: Callable[[], Ports] | None = None,
    stdout: io.StringIO | None = None,
) -> Answer:
    """Pictures are opened in this process, which is quicker; the real command opens them in another."""
    out, err = stdout or io.StringIO(), io.StringIO()
    words = [str(argument) for argument in ("--profile", profile, *arguments)]

    def make_ports(_: PictureReader) -> Ports:
        return ports() if ports else compose(find_profile(profile), CodeReader(), offline="--offline" in words)

    status = main(words, Desk(io.BytesIO(stdin), out, err, width), make_ports)
    return Answer(status, out.getvalue(), err.getvalue())


def sample(name: str, picture: str = "box.jpg") -> Path:
    return SAMPLES / name / picture


@dataclass(frozen=True)
class StoppedClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class MemorySite:
    """Serves what the authority published; or says `problem`, whatever is asked."""

    authority: Authority
    problem: LabelViewerError | None = None

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        assert is_known(address.host)
        if self.problem is not None:
            raise self.problem
        body = self.authority.serve(str(address))
        if body is None:
            raise NotListedError(host=address.host)
        return Fetched(body, "application/vnd.labelviewer.label+jwt", address)


@dataclass(frozen=True)
class MemoryTrust:
    authority: Authority
    has_status: bool = True

    def trust(self) -> Trust:
        return self.authority.trust()

    def status(self, uri: str) -> StatusEvidence | None:
        known = self.has_status and uri == self.authority.status_uri
        return self.authority.status_evidence() if known else None


def ports_of(
    authority: Authority,
    *,
    keeper: Keeper | None = None,
    library: Path | None = None,
    problem: LabelViewerError | None = None,
) -> Ports:
    clock = StoppedClock(authority.now)
    return Ports(
        clock=clock,
        pictures=CodeReader(),
        fetcher=MemorySite(authority, problem),
        trust=MemoryTrust(authority),
        packs=packs(),
        keeper=Library(library, clock) if library else keeper,
    )


def without_network(ports: Ports, problem: LabelViewerError) -> Ports:
    assert isinstance(ports.fetcher, MemorySite)
    return replace(ports, fetcher=replace(ports.fetcher, problem=problem))
