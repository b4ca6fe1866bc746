"""What the use case needs from the outside; the adapters keep these promises."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.domain.sighting import Reading
from labelviewer.domain.web_address import WebAddress
from labelviewer.verify.trust import Trust


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""
        ...


class PictureReader(Protocol):
    def read(self, data: bytes, name: str) -> Reading:
        """Raises PictureError where there is no picture to look at; `name` is only said back to the shopper."""
        ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """`address` is where the body came from after redirects; `media_type` is lower-case without parameters."""

    body: bytes
    media_type: str
    address: WebAddress


class Fetcher(Protocol):
    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        """One GET. `is_known` says which hosts a redirect may lead to. Raises ReachError or RefusedError."""
        ...


class TrustSource(Protocol):
    def trust(self) -> Trust:
        """Who is trusted as of now; no network."""
        ...

    def status(self, uri: str) -> StatusEvidence | None:
        """The newest status list that we hold for this address; no network."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of the history: what was scanned, when, and the evidence then."""

    number: int
    at: datetime
    evidence: Evidence


class Keeper(Protocol):
    """The library on disk. Every method may raise KeepError."""

    def keep(self, evidence: Evidence, *, issuer: str, subject: str, version: int) -> None:
        """Keep the token and add a line to the history, in one transaction."""
        ...

    def find(self, address: str) -> Evidence | None:
        """The newest token that was fetched for this scanned address."""
        ...

    def highest_version(self, issuer: str, subject: str) -> int:
        """0 where the label was never seen."""
        ...

    def history(self) -> Sequence[Visit]:
        """Newest first."""
        ...

    def forget(self, number: int) -> None: ...

    def clear_history(self) -> None: ...
