"""Everything that a check looks at, opened once: the token, who signed it, its status list, the time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from labelviewer.domain.document import AnyLabel, ForeignDocument, Origin, UnreadError
from labelviewer.domain.errors import RefusedError
from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.domain.web_address import parse_web_address
from labelviewer.verify import bounds
from labelviewer.verify.content import ContentError, load_members, read_document
from labelviewer.verify.signatures import is_signed
from labelviewer.verify.status import StatusError, StatusList, open_status
from labelviewer.verify.token import (
    LABEL_TYPE,
    Header,
    Token,
    TokenError,
    read_credential_header,
    read_header,
    split,
)
from labelviewer.verify.trust import Key, Signer, Source, Trust, TrustList

ReadForeign = Callable[[Mapping[str, object], Origin], ForeignDocument]
"""Raises UnreadError."""

_DID_WEB = "did:web:"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Form(Enum):
    """Our own token, somebody's signed credential, or plain data that nobody signed."""

    OURS = "ours"
    CREDENTIAL = "credential"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token holds, as far as it can be read. `signed` is None where there was no key to try.

    `unread`: why a document of another form is no label.
    """

    token: Token | None = None
    header: Header | None = None
    members: Mapping[str, object] | None = None
    document: AnyLabel | None = None
    signer: Signer | None = None
    signed: bool | None = None
    form: Form = Form.OURS
    unread: str = ""

    @property
    def issuer(self) -> str | None:
        if self.form is not Form.OURS:
            return _issuer(self.members) if self.members and self.form is Form.CREDENTIAL else None
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
    def claimed(self) -> AnyLabel | None:
        """What may be judged: the document, unless it was changed after it was signed."""
        return self.opened.document if self.opened.signed is not False else None

    @property
    def proven(self) -> AnyLabel | None:
        """The document, where a key signed it that somebody else than the issuer vouches for."""
        return self.opened.document if self.opened.proven else None

    @property
    def trust_list(self) -> TrustList:
        signer = self.opened.signer
        return self.trust.list_of(signer) if signer else self.trust.published

    @property
    def list_as_of(self) -> int:
        """When the list was signed, or last proven to be the newest; a time to come proves nothing."""
        issued = seconds(self.trust_list.issued)
        confirmed = self.trust.confirmed
        if confirmed is None or self.trust_list is not self.trust.published or seconds(confirmed) > self.now:
            return issued
        return max(issued, seconds(confirmed))

    @property
    def lacks_key(self) -> bool:
        """A listed issuer signed with a key that an ageing list does not have: a newer list may."""
        signer = self.opened.signer
        if signer is None or signer.key is not None or signer.sample or signer.source is not Source.LISTED:
            return False
        return self.now - self.list_as_of > bounds.TRUST_IS_NEW

    @property
    def today(self) -> date:
        return day(self.now)

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
    foreign: ReadForeign | None = None,
) -> Case:
    opened = open_evidence(evidence, trust, foreign)
    found = _opened_status(opened, status)
    return Case(evidence, trust, opened, found, seconds(now), seen_version, offline, older_status, other_key_at)


def open_evidence(evidence: Evidence, trust: Trust, foreign: ReadForeign | None) -> Opened:
    """In whatever form it came: it says so itself. Without `foreign` only our own tokens are read."""
    data = evidence.token
    if foreign is None or not 0 < len(data) <= bounds.LABEL_TOKEN:
        return open_token(data, trust)
    if data.lstrip()[:1] == b"{":
        return _open_plain(evidence, trust, foreign)
    opened = open_token(data, trust)
    if opened.token is None or opened.header is not None:
        return opened
    return _open_credential(opened, evidence, trust, foreign)


def _open_plain(evidence: Evidence, trust: Trust, foreign: ReadForeign) -> Opened:
    try:
        members = load_members(evidence.token)
    except ContentError:
        return Opened(form=Form.PLAIN)
    host = host_of(evidence)
    site = trust.site(host)
    origin = Origin(host, _where(evidence), seconds(evidence.fetched_at), site.adapter if site else "")
    return _with_document(Opened(members=members, form=Form.PLAIN), origin, foreign)


def _open_credential(opened: Opened, evidence: Evidence, trust: Trust, foreign: ReadForeign) -> Opened:
    token = opened.token
    assert token is not None
    try:
        header = read_credential_header(token.header)
    except TokenError:
        return opened
    issuer = _issuer(opened.members or {})
    if issuer is None or opened.members is None:
        return Opened(token, header, opened.members, form=Form.CREDENTIAL)
    signer = trust.signer(issuer, header.kid)
    signed = _is_signed(token, header, signer)
    read = Opened(token, header, opened.members, None, signer, signed, Form.CREDENTIAL)
    origin = Origin(issuer, _where(evidence), seconds(evidence.fetched_at), status=opened.members.get("status"))
    return _with_document(read, origin, foreign)


def _with_document(opened: Opened, origin: Origin, foreign: ReadForeign) -> Opened:
    try:
        return replace(opened, document=foreign(opened.members or {}, origin))
    except UnreadError as error:
        return replace(opened, unread=error.reason)


def _issuer(members: Mapping[str, object]) -> str | None:
    """The host behind `did:web:host` or `https://host/…`; None where the credential names two."""
    issuer = members.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(named, str) or members.get("iss", named) != named:
        return None
    try:
        where = f"https://{named.removeprefix(_DID_WEB).partition(':')[0]}" if named.startswith(_DID_WEB) else named
        return parse_web_address(where).host
    except RefusedError:
        return None


def host_of(evidence: Evidence) -> str:
    """Where it came from; empty where that is not known."""
    try:
        return parse_web_address(evidence.fetched_from).host
    except RefusedError:
        return ""


def _where(evidence: Evidence) -> str:
    return evidence.box.code or evidence.fetched_from


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
    if opened.document.status is None:
        return "no-list"
    try:
        return open_status(status, opened.document.status.status_list.uri, opened.signer.administrator)
    except StatusError as error:
        return error.reason
