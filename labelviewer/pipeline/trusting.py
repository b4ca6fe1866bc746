"""The trust that lives: the newest lists that we got, what must not be forgotten of them, and when to ask again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from labelviewer.domain import strict_json
from labelviewer.domain.errors import KeepError, LabelViewerError
from labelviewer.domain.evidence import StatusEvidence
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import (
    Clock,
    Fetcher,
    KeptTrustList,
    LeadAdministrator,
    Renewed,
    TrustMemory,
    TrustPart,
    TrustSource,
)
from labelviewer.verify import bounds
from labelviewer.verify.issuer import IssuerFileError, load_issuer
from labelviewer.verify.status import StatusError, StatusList, open_status
from labelviewer.verify.trust import Administrator, Trust, TrustListError, load_trust_list

STATUS_TYPES: Final = "application/statuslist+jwt, application/jwt;q=0.9, text/plain;q=0.5"
INDEX_TYPES: Final = "application/json"
LOOK_AGAIN: Final = timedelta(seconds=10)
"""Another program may have kept something newer; so often we look."""

T = TypeVar("T")


class ForgetfulMemory:
    """Keeps the TrustMemory promises until the program ends, where nothing may be written."""

    def __init__(self) -> None:
        self._list: KeptTrustList | None = None
        self._status: dict[str, tuple[int, StatusEvidence]] = {}
        self._floor: datetime | None = None
        self._anchors: list[bytes] = []

    def trust_list(self) -> KeptTrustList | None:
        return self._list

    def keep_trust_list(self, kept: KeptTrustList) -> None:
        if self._list is None or kept.serial >= self._list.serial:
            self._list = kept

    def status(self, uri: str) -> StatusEvidence | None:
        return self._status[uri][1] if uri in self._status else None

    def keep_status(self, evidence: StatusEvidence, *, issued: int) -> None:
        if evidence.uri not in self._status or issued >= self._status[evidence.uri][0]:
            self._status[evidence.uri] = issued, evidence

    def floor(self) -> datetime | None:
        return self._floor

    def raise_floor(self, moment: datetime) -> None:
        self._floor = max(self._floor or moment, moment)

    def local_anchors(self) -> list[bytes]:
        return list(self._anchors)

    def keep_local_anchor(self, document: bytes) -> None:
        if document not in self._anchors:
            self._anchors.append(document)

    def forget_local_anchor(self, document: bytes) -> None:
        self._anchors = [each for each in self._anchors if each != document]


@dataclass(frozen=True, slots=True)
class Sources:
    """`hasty` asks for a shopper who waits, `patient` when nobody does.

    `lead` is None where nobody leads; `hasty_lead` is the same one for a shopper who waits.
    """

    bundled: TrustSource
    memory: TrustMemory
    clock: Clock
    hasty: Fetcher
    patient: Fetcher
    lead: LeadAdministrator | None = None
    hasty_lead: LeadAdministrator | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    at: datetime
    trust: Trust


@dataclass(slots=True)
class LiveTrust:
    """A TrustSource that can renew itself; asks the network in the methods named `renew...` and nowhere else.

    `_spare` holds what the memory on the disk could not take; `_asked_for` when a key of an issuer was last looked for.
    """

    sources: Sources
    _spare: ForgetfulMemory = field(default_factory=ForgetfulMemory)
    _held: _Held | None = None
    _asked_for: dict[str, datetime] = field(default_factory=dict)

    # what is known, without network

    def trust(self) -> Trust:
        now = self.sources.clock.now()
        if self._held is None or not timedelta() <= now - self._held.at < LOOK_AGAIN:
            self._held = _Held(now, self._known())
        return self._held.trust

    def status(self, uri: str) -> StatusEvidence | None:
        """What came last: an older list is never kept after a newer one."""
        both = (self._spare.status(uri), self._ask(lambda memory: memory.status(uri), None))
        held = [evidence for evidence in both if evidence is not None]
        return max(held, key=lambda evidence: evidence.fetched_at) if held else self.sources.bundled.status(uri)

    def _known(self) -> Trust:
        bundled = self.sources.bundled.trust()
        floors = [floor for memory in (self._spare, self.sources.memory) if (floor := _floor(memory)) is not None]
        changes: dict[str, object] = {"added": tuple(self._added(bundled)), "floor": max(floors, default=None)}
        for kept in self._kept():
            with suppress(TrustListError, LabelViewerError):
                published = load_trust_list(kept.data)
                if published.serial >= bundled.published.serial:
                    changes["confirmed"] = kept.fetched_at
                    return Trust(published, bundled.demo, **changes)  # type: ignore[arg-type]
        return Trust(bundled.published, bundled.demo, **changes)  # type: ignore[arg-type]

    def _kept(self) -> Iterator[KeptTrustList]:
        """Nobody leads: then what a former lead said counts no longer."""
        if self.sources.lead is None:
            return
        both = (self._spare.trust_list(), self._ask(lambda memory: memory.trust_list(), None))
        yield from sorted((kept for kept in both if kept is not None), key=lambda kept: -kept.serial)

    def _added(self, bundled: Trust) -> Iterator[Administrator]:
        nobody: Sequence[bytes] = ()
        for document in self._ask(lambda memory: memory.local_anchors(), nobody):
            with suppress(IssuerFileError):
                issuer = load_issuer(document).as_administrator()
                if bundled.published.administrator(issuer.id) is None:
                    yield issuer

    def issuers(self) -> Sequence[bytes]:
        """The files of the issuers that were added here. Raises KeepError."""
        return self.sources.memory.local_anchors()

    def add_issuer(self, document: bytes) -> None:
        """Somebody here vouches for it. Raises KeepError."""
        self.sources.memory.keep_local_anchor(document)
        self._held = None

    def remove_issuer(self, document: bytes) -> None:
        """Raises KeepError."""
        self.sources.memory.forget_local_anchor(document)
        self._held = None

    # what asks the network

    def renew_trust_list(self, *, at_once: bool = False) -> bool:
        """Whether there is a newer one now. Raises ReachError, RefusedError or TrustListError."""
        sources = self.sources
        if sources.lead is None:
            return False
        now, kept = sources.clock.now(), next(self._kept(), None)
        age = now - kept.fetched_at if kept else None
        if not at_once and age is not None and timedelta() <= age < timedelta(seconds=limits.TRUST_LIST_EVERY):
            return False
        return self._take_list(sources.lead.trust_list(), now)

    def renew_for_key(self, issuer: str) -> None:
        """Once in ten minutes for each issuer, whatever comes of it, and not where the list is newer than that."""
        sources, now = self.sources, self.sources.clock.now()
        lead = sources.hasty_lead or sources.lead
        last = [kept.fetched_at for kept in self._kept()]
        last += [moment for moment in (self._asked_for.get(issuer),) if moment is not None]
        if lead is None or any(timedelta() <= now - moment < timedelta(seconds=limits.KEY_EVERY) for moment in last):
            return
        self._asked_for[issuer] = now
        with suppress(LabelViewerError, TrustListError):
            self._take_list(lead.trust_list(), now)

    def _take_list(self, data: bytes, confirmed: datetime) -> bool:
        """What the lead proved to be its list, and its newest one at that time. Raises TrustListError."""
        newest = load_trust_list(data)
        before = self.trust().published
        Trust(newest, self.trust().demo)
        if newest.serial < before.serial:
            raise TrustListError("older than the list that we had")
        held = next(self._kept(), None)
        if held is not None and held.serial == newest.serial:
            confirmed = max(confirmed, min(held.fetched_at, self.sources.clock.now()))
        self._keep(lambda memory: memory.keep_trust_list(KeptTrustList(data, newest.serial, confirmed)))
        self._keep(lambda memory: memory.raise_floor(newest.issued))
        self._held = None
        return newest != before

    # what somebody carried here

    def take_trust(self, parts: Sequence[TrustPart]) -> bool:
        """Whether the lead's keys prove it, and it is not older than what we have.

        How long it was on its way nobody says: it counts as confirmed when its confirmation was signed, at the latest.
        """
        if self.sources.lead is None:
            return False
        try:
            proven = self.sources.lead.prove(parts)
            signed = proven.until - timedelta(seconds=bounds.TRUST_CONFIRMED_FOR)
            self._take_list(proven.data, min(signed, self.sources.clock.now()))
        except (LabelViewerError, TrustListError):
            return False
        return True

    def trust_parts(self) -> Sequence[TrustPart]:
        return self.sources.lead.parts() if self.sources.lead is not None else ()

    def renew_status(self, uri: str, administrator: Administrator) -> Renewed:
        return self._renew_status(uri, administrator, self.sources.hasty, ahead=0)

    def renew_all(self, *, at_once: bool = False) -> bool:
        """What an idle program does: the list, then every administrator's status lists; whether anything is new.

        Whole lists only, and all of them: nobody learns which product was looked at.
        """
        news = False
        with suppress(LabelViewerError, TrustListError):
            news = self.renew_trust_list(at_once=at_once)
        for administrator in self.trust().published.administrators:
            for uri in self._lists_of(administrator):
                before = self.status(uri)
                self._renew_status(uri, administrator, self.sources.patient, ahead=limits.RENEWAL_EVERY)
                news = news or self.status(uri) != before
        return news

    def witness(self, moment: int) -> None:
        """A signer whose clock is ahead cannot move ours: the future raises no floor."""
        if moment <= self.sources.clock.now().timestamp() + bounds.CLOCK_SLACK:
            self._keep(lambda memory: memory.raise_floor(datetime.fromtimestamp(moment, UTC)))

    def _renew_status(self, uri: str, administrator: Administrator, fetcher: Fetcher, *, ahead: int) -> Renewed:
        now = int(self.sources.clock.now().timestamp())
        held = self._opened(self.status(uri), uri, administrator)
        if held is not None and not _is_due(held[1], held[0], now, ahead):
            return Renewed.CURRENT
        try:
            address = parse_web_address(uri)
            if address.host not in administrator.hosts:
                return Renewed.FAILED
            fetched = fetcher.fetch(
                address, accept=STATUS_TYPES, max_bytes=limits.STATUS_TOKEN, is_known=administrator.hosts.__contains__
            )
        except LabelViewerError:
            return Renewed.FAILED
        evidence = StatusEvidence(uri, fetched.body, self.sources.clock.now())
        fresh = self._opened(evidence, uri, administrator)
        if fresh is None:
            return Renewed.FAILED
        if held is not None and fresh[1].issued < held[1].issued:
            return Renewed.OLDER
        self._keep(lambda memory: memory.keep_status(evidence, issued=fresh[1].issued))
        self.witness(fresh[1].issued)
        return Renewed.CURRENT

    @staticmethod
    def _opened(
        evidence: StatusEvidence | None, uri: str, administrator: Administrator
    ) -> tuple[int, StatusList] | None:
        """When it came, and the list."""
        try:
            return (
                (int(evidence.fetched_at.timestamp()), open_status(evidence, uri, administrator)) if evidence else None
            )
        except StatusError:
            return None

    def _lists_of(self, administrator: Administrator) -> list[str]:
        try:
            address = parse_web_address(administrator.status_index)
            fetched = self.sources.patient.fetch(
                address, accept=INDEX_TYPES, max_bytes=limits.STATUS_INDEX, is_known=administrator.hosts.__contains__
            )
            members = strict_json.load(fetched.body, max_bytes=limits.STATUS_INDEX)
        except (LabelViewerError, strict_json.StrictJsonError):
            return []
        match members:
            case {"status_lists": list(uris)} if len(uris) <= limits.STATUS_LISTS:
                return [uri for uri in uris if isinstance(uri, str)]
        return []

    # the memory

    def _ask(self, question: Callable[[TrustMemory], T], nothing: T) -> T:
        try:
            return question(self.sources.memory)
        except KeepError:
            return nothing

    def _keep(self, what: Callable[[TrustMemory], None]) -> None:
        """On the disk, or until the program ends where the disk refuses."""
        try:
            what(self.sources.memory)
        except KeepError:
            what(self._spare)


def _floor(memory: TrustMemory) -> datetime | None:
    try:
        return memory.floor()
    except KeepError:
        return None


def _is_due(status_list: StatusList, fetched_at: int, now: int, ahead: int) -> bool:
    """A clock that went back says nothing about the age of a list."""
    return not 0 <= now - fetched_at < status_list.ttl - ahead or now >= status_list.expires - ahead
