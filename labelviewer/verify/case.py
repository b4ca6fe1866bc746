"""Everything that a check looks at, opened once: the token, who signed it, its status list, the time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from labelviewer.domain.document import LabelDocument
from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.verify import bounds
from labelviewer.verify.content import ContentError, load_members, read_document
from labelviewer.verify.signatures import is_signed
from labelviewer.verify.status import StatusError, StatusList, open_status
from labelviewer.verify.token import LABEL_TYPE, Header, Token, TokenError, read_header, split
from labelviewer.verify.trust import Key, Signer, Source, Trust, TrustList

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token holds, as far as it can be read. `signed` is None where there was no key to try."""

    token: Token | None = None
    header: Header | None = None
    members: Mapping[str, object] | None = None
    document: LabelDocument | None = None
    signer: Signer | None = None
    signed: bool | None = None

    @property
    def issuer(self) -> str | None:
        issuer = self.members.get("iss") if self.members else None
        return issuer if isinstance(issuer, str) else None

    @property
    def key(self) -> Key | None:
        return self.signer.key if self.signer else None

    @property
    def proven(self) -> bool:
        """Whether the signature holds, by a key that somebody else than the issuer vouches for."""
        return bool(self.signed) and self.signer is not None and self.signer.source is not Source.CLAIMED


@dataclass(frozen=True, slots=True)
class Case:
    """`status` is the list, or the reason why there is none. `now` in seconds since 1970."""

    evidence: Evidence
    trust: Trust
    opened: Opened
    status: StatusList | str
    now: int
    seen_version: int
    offline: bool
    older_status: bool = False
    other_key_at: datetime | None = None

    @property
    def claimed(self) -> LabelDocument | None:
        """What may be judged: the document, unless it was changed after it was signed."""
        return self.opened.document if self.opened.signed is not False else None

    @property
    def proven(self) -> LabelDocument | None:
        """The document, where a key signed it that somebody else than the issuer vouches for."""
        return self.opened.document if self.opened.proven else None

    @property
    def trust_list(self) -> TrustList:
        signer = self.opened.signer
        return self.trust.list_of(signer) if signer else self.trust.published

    @property
    def today(self) -> date:
        return day(self.now)

    @property
    def list_as_of(self) -> int:
        """When the list was known to be the newest; a moment that is still to come says nothing."""
        issued, proven_at = seconds(self.trust_list.issued), self.trust.proven_at
        if proven_at is None or self.trust_list is not self.trust.published or seconds(proven_at) > self.now:
            return issued
        return max(issued, seconds(proven_at))

    @property
    def list_good_until(self) -> int:
        """A lead that signs its list rarely says every day that it is the newest: then that counts, for a week."""
        next_update, issued = seconds(self.trust_list.next_update), seconds(self.trust_list.issued)
        if self.list_as_of == issued:
            return next_update
        return max(next_update, self.list_as_of + bounds.TRUST_FRESH_FOR)

    @property
    def floor(self) -> int:
        """The present cannot be earlier than what was signed in the past."""
        times = [seconds(self.trust.published.issued)]
        if self.trust.demo is not None:
            times.append(seconds(self.trust.demo.issued))
        if self.proven is not None:
            times.append(self.proven.iat)
        if isinstance(self.status, StatusList):
            times.append(self.status.issued)
        if self.trust.floor is not None:
            times.append(seconds(self.trust.floor))
        return max(times)

    @property
    def clock_is_behind(self) -> bool:
        return self.now < self.floor - bounds.CLOCK_SLACK


def open_case(
    evidence: Evidence,
    trust: Trust,
    status: StatusEvidence | None,
    now: datetime,
    *,
    seen_version: int,
    offline: bool,
    older_status: bool = False,
    other_key_at: datetime | None = None,
) -> Case:
    opened = open_token(evidence.token, trust)
    found = _opened_status(opened, status)
    return Case(evidence, trust, opened, found, seconds(now), seen_version, offline, older_status, other_key_at)


def open_token(data: bytes, trust: Trust) -> Opened:
    """Reads what can be read; the payload before its signature only to learn whose key to try."""
    if not 0 < len(data) <= bounds.LABEL_TOKEN:
        return Opened()
    try:
        token = split(data)
    except TokenError:
        return Opened()
    header, members, document = _header(token), None, None
    try:
        members = load_members(token.payload)
        document = read_document(members)
    except ContentError:
        pass
    opened = Opened(token, header, members, document)
    if header is None or opened.issuer is None:
        return opened
    signer = trust.signer(opened.issuer, header.kid)
    return Opened(token, header, members, document, signer, _is_signed(token, header, signer))


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def day(moment: int | datetime) -> date:
    """The day in UTC."""
    if isinstance(moment, int):
        return (_EPOCH + timedelta(seconds=moment)).date()
    return moment.astimezone(UTC).date()


def _header(token: Token) -> Header | None:
    try:
        return read_header(token.header, LABEL_TYPE)
    except TokenError:
        return None


def _is_signed(token: Token, header: Header, signer: Signer | None) -> bool | None:
    key = signer.key if signer else None
    if key is None or key.use != "label":
        return None
    return key.alg == header.alg and is_signed(key.alg, key.jwk, token.signed, token.signature)


def _opened_status(opened: Opened, status: StatusEvidence | None) -> StatusList | str:
    """The label first: a status list says nothing about a label that nobody signed."""
    if status is None or not opened.proven or opened.document is None or opened.signer is None:
        return "no-list"
    try:
        return open_status(status, opened.document.status.status_list.uri, opened.signer.administrator)
    except StatusError as error:
        return error.reason
