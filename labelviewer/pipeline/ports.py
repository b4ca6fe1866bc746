"""What the use case needs from the outside; the adapters keep these promises."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol, runtime_checkable

from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.domain.sighting import Reading
from labelviewer.domain.web_address import WebAddress
from labelviewer.verify.trust import Administrator, Trust


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


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A visit that was taken off the history, with all it takes to put it back."""

    visit: Visit
    issuer: str
    subject: str
    version: int


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

    def forget(self, number: int) -> Sequence[Forgotten]:
        """What was taken off, so that it can be put back as long as somebody holds it; nothing of it stays here."""
        ...

    def clear_history(self) -> Sequence[Forgotten]: ...

    def search(self, text: str, limit: int) -> Sequence[Evidence]:
        """Kept labels in which every word of `text` begins a word of product, maker, model or number; newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody owns. Its label is a copy of its own, whatever becomes of the history. `notes` are ours, sorted."""

    number: int
    since: datetime
    issuer: str
    subject: str
    version: int
    evidence: Evidence
    notes: tuple[str, ...] = ()


@runtime_checkable
class Things(Protocol):
    """What somebody owns, and the way back after forgetting. Every method may raise KeepError."""

    def things(self) -> Sequence[Thing]:
        """What came last comes first."""
        ...

    def own(self, thing: Thing) -> None:
        """One thing a label; its number is given here. What is owned already takes the newer label and keeps its notes.

        A version below the one that is kept is not taken.
        """
        ...

    def disown(self, number: int) -> None: ...

    def note(self, number: int, notes: Sequence[str]) -> None:
        """In place of the notes before."""
        ...

    def put_back(self, forgotten: Sequence[Forgotten]) -> None:
        """At the places in the history that they had."""
        ...


@dataclass(frozen=True, slots=True)
class KeptFeed:
    data: bytes  # as it came
    fetched_at: datetime


class FeedShelf(Protocol):
    """Where a public feed waits until it is old."""

    def feed(self) -> KeptFeed | None:
        """None where there is none that can be read."""
        ...

    def keep_feed(self, kept: KeptFeed) -> None:
        """Raises KeepError."""
        ...


@dataclass(frozen=True, slots=True)
class KeptTrustList:
    data: bytes  # trust-list.json as verified when it came
    serial: int
    fetched_at: datetime


@runtime_checkable
class TrustMemory(Protocol):
    """What must not be forgotten about trust, so that nothing older is believed later. May raise KeepError."""

    def trust_list(self) -> KeptTrustList | None: ...

    def keep_trust_list(self, kept: KeptTrustList) -> None:
        """A lower serial than the kept one is not kept."""
        ...

    def status(self, uri: str) -> StatusEvidence | None: ...

    def keep_status(self, evidence: StatusEvidence, *, issued: int) -> None:
        """An older `issued` is not kept."""
        ...

    def floor(self) -> datetime | None:
        """The latest moment known to have passed."""
        ...

    def raise_floor(self, moment: datetime) -> None:
        """Never lowers."""
        ...

    def local_anchors(self) -> Sequence[bytes]:
        """Issuer documents that a person added on this computer."""
        ...

    def keep_local_anchor(self, document: bytes) -> None: ...

    def forget_local_anchor(self, document: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Bundled:
    """A label that came in a bundle. `carriers` are the addresses, in normal form, that its signer may speak for."""

    evidence: Evidence
    issuer: str
    subject: str
    version: int
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BundleMark:
    """How far an import has come. `bundle` tells bundles apart; `digest` is over all that was `read` of it."""

    bundle: bytes
    read: int
    digest: bytes
    kept: int
    refused: int


@runtime_checkable
class Rebuilt(Protocol):
    def is_rebuilding(self) -> bool:
        """Whether somebody waits because what is kept is brought up to date. From any thread."""
        ...


@runtime_checkable
class LookedOver(Protocol):
    def look_over(self) -> None:
        """All that is kept, once a week, while nobody waits; what it takes has no limit. May raise KeepError."""
        ...


@runtime_checkable
class Shelf(TrustMemory, Protocol):
    """What an import fills and an export empties. Every method may raise KeepError."""

    def keep_bundled(self, labels: Sequence[Bundled], mark: BundleMark) -> None:
        """All of them and the mark, or nothing."""
        ...

    def mark(self, bundle: bytes) -> BundleMark | None: ...

    def drop_mark(self, bundle: bytes) -> None: ...

    def tokens(self) -> Iterator[bytes]:
        """Every label token that is kept."""
        ...

    def statuses(self) -> Iterator[StatusEvidence]: ...


TRUST_KINDS: Final = ("tuf-root", "tuf-timestamp", "tuf-snapshot", "tuf-targets", "trust-list")


@dataclass(frozen=True, slots=True)
class TrustPart:
    """`kind` is one of TRUST_KINDS."""

    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ProvenList:
    """`until`: how long the lead's last confirmation that there is no newer list is good."""

    data: bytes
    until: datetime


class LeadAdministrator(Protocol):
    def trust_list(self) -> bytes:
        """The newest list, proven by the lead's keys. Raises ReachError, RefusedError or TrustListError."""
        ...

    def prove(self, parts: Sequence[TrustPart]) -> ProvenList:
        """The list that somebody carried here, proven like one from the network. Raises as above."""
        ...

    def parts(self) -> Sequence[TrustPart]:
        """What it takes to prove the list that we hold elsewhere; empty where we hold none."""
        ...


class Renewed(StrEnum):
    """What came of looking for a newer status list; OLDER: the site served one that we knew to be outdated."""

    CURRENT = "current"
    OLDER = "older"
    FAILED = "failed"


class Renewal(Protocol):
    """What may ask the network about trust."""

    def renew_trust_list(self, *, at_once: bool = False) -> bool:
        """Whether there is a newer one now. Raises ReachError, RefusedError or TrustListError."""
        ...

    def renew_for_key(self, issuer: str) -> None:
        """A listed issuer signs with a key that our list lacks: look for a newer one, now and then."""
        ...

    def renew_all(self, *, at_once: bool = False) -> bool:
        """Get whatever is due, while nobody waits; whether anything is new."""
        ...

    def renew_status(self, uri: str, administrator: Administrator) -> Renewed:
        """Asks only when the list that we hold is older than it wants to be; returns within a few seconds."""
        ...

    def witness(self, moment: int) -> None:
        """Something proven was signed at `moment`, in seconds since 1970: it cannot be earlier now."""
        ...


class CarriedTrust(Protocol):
    """Trust that travels in a file, to a place without a network."""

    def take_trust(self, parts: Sequence[TrustPart]) -> bool:
        """Put a list in force that the lead's keys prove; whether they did."""
        ...

    def trust_parts(self) -> Sequence[TrustPart]: ...


class AddedIssuers(Protocol):
    """The issuers that somebody at this computer vouches for, by their own files. May raise KeepError."""

    def issuers(self) -> Sequence[bytes]: ...

    def add_issuer(self, document: bytes) -> None: ...

    def remove_issuer(self, document: bytes) -> None: ...
