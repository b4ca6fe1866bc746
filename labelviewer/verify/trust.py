"""Who may sign labels: the trust list, its administrators, keys, hosts and address rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from labelviewer.domain import strict_json
from labelviewer.domain.document import IsoDate
from labelviewer.domain.errors import NewerLabelError, RefusedError
from labelviewer.domain.web_address import WebAddress, parse_web_address
from labelviewer.verify import bounds

FORMAT = "labelviewer-trust-list/1"
DEMO_DOMAIN = "labelviewer.example"

_FORMAT_NAME, _, _FORMAT_MAJOR = FORMAT.partition("/")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_HOLES = {
    "{id}": (re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"), "x"),
    "{gtin14}": (re.compile(r"[0-9]{14}"), "0" * 14),
}


class TrustListError(ValueError):
    """A trust list that does not keep its own rules; nothing of it is used."""


def _from_iso(value: object) -> object:
    """`YYYY-MM-DDThh:mm:ssZ` and nothing else."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("not a time of the form YYYY-MM-DDThh:mm:ssZ")
    return datetime.fromisoformat(value)


Moment = Annotated[AwareDatetime, BeforeValidator(_from_iso)]
Id = Annotated[str, Field(min_length=3, max_length=253)]
Kid = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", strict=True)


class Jwk(_Part):
    """A public key; Ed25519 has x, P-256 has x and y, base64url."""

    kty: Literal["OKP", "EC"]
    crv: Literal["Ed25519", "P-256"]
    x: str
    y: str | None = None


class Key(_Part):
    kid: Kid
    use: Literal["label", "status"]
    alg: Literal["Ed25519", "ES256"]
    jwk: Jwk
    from_: Annotated[Moment, Field(alias="from")]
    until: Moment
    state: Literal["active", "retired", "compromised"] = "active"
    compromised_since: Moment | None = None

    @model_validator(mode="after")
    def _algorithm_fits_the_key(self) -> Self:
        if self.jwk.crv != {"Ed25519": "Ed25519", "ES256": "P-256"}[self.alg]:
            raise ValueError("the key is not of the kind that its algorithm needs")
        return self


class ResolveRule(_Part):
    """`match` and `fetch`: an https prefix, exactly one `{id}` or `{gtin14}`, a suffix. No regular expressions."""

    match: str
    fetch: str

    @model_validator(mode="after")
    def _both_have_the_same_hole(self) -> Self:
        if _hole(self.match) != _hole(self.fetch):
            raise ValueError("match and fetch have different holes")
        return self

    @property
    def by_product_number(self) -> bool:
        return _hole(self.match) == "{gtin14}"

    @property
    def hosts(self) -> tuple[str, str]:
        """Of `match` and of `fetch`. Raises RefusedError where one is no proper address."""
        return _example(self.match).host, _example(self.fetch).host

    def found_in(self, address: WebAddress) -> str | None:
        """What stands in the hole, if the address is one of this rule."""
        hole = _hole(self.match)
        prefix, _, suffix = self.match.partition(hole)
        text = str(address)
        middle = text.removeprefix(prefix).removesuffix(suffix)
        if prefix + middle + suffix != text or not _HOLES[hole][0].fullmatch(middle):
            return None
        return middle

    def code_of(self, number: str) -> str | None:
        """The address that stands in a code, for a number alone: one of 14 digits is a product, any other a label."""
        hole = _hole(self.match)
        is_product = bool(_HOLES["{gtin14}"][0].fullmatch(number))
        if is_product is not self.by_product_number or not _HOLES[hole][0].fullmatch(number):
            return None
        return self.match.replace(hole, number)

    def fetch_for(self, middle: str) -> WebAddress:
        return parse_web_address(self.fetch.replace(_hole(self.fetch), middle))


class Named(_Part):
    name: Annotated[dict[str, str], Field(min_length=1)]

    @property
    def plain_name(self) -> str:
        """English where there is English, else the first language of the list."""
        return self.name.get("en") or next(iter(self.name.values()))


class Administrator(Named):
    id: Id
    homepage: str
    state: Literal["recognised", "suspended", "removed"] = "recognised"
    since: IsoDate
    until: IsoDate | None = None
    schemes: list[str]
    hosts: list[str]
    resolve: list[ResolveRule]
    status_index: str
    keys: list[Key]

    @model_validator(mode="after")
    def _rules_stay_at_home(self) -> Self:
        _refuse_twice(key.kid for key in self.keys)
        for rule in self.resolve:
            try:
                hosts = rule.hosts
            except RefusedError:
                raise ValueError("a rule is not an address") from None
            if not set(hosts) <= set(self.hosts):
                raise ValueError("a rule leads to a host of somebody else")
        return self

    def key(self, kid: str) -> Key | None:
        return next((key for key in self.keys if key.kid == kid), None)


class KnownSite(_Part):
    host: str
    adapter: str
    signed: bool


class Lead(Named):
    homepage: str


class TrustList(_Part):
    format: str
    serial: Annotated[int, Field(ge=1)]
    issued: Moment
    next_update: Moment
    min_app: str
    lead: Lead
    administrators: list[Administrator]
    known_sites: list[KnownSite] = []
    dropped_hosts: list[str] = []

    @model_validator(mode="after")
    def _nobody_is_named_twice(self) -> Self:
        _refuse_twice(administrator.id for administrator in self.administrators)
        _refuse_twice(host for administrator in self.administrators for host in set(administrator.hosts))
        _refuse_twice(key.jwk.x for administrator in self.administrators for key in administrator.keys)
        return self

    def hosts(self) -> frozenset[str]:
        """Every host that may be asked."""
        own = {host for administrator in self.administrators for host in administrator.hosts}
        return frozenset(own | {site.host for site in self.known_sites}) - frozenset(self.dropped_hosts)

    def administrator(self, issuer: str) -> Administrator | None:
        return next((one for one in self.administrators if one.id == issuer), None)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a scanned address is fetched from, and whose rule says so."""

    administrator: Administrator
    fetch: WebAddress
    sample: bool


class Source(Enum):
    """Who says that a key belongs to its issuer."""

    LISTED = "listed"
    ADDED = "added"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key with the administrator it belongs to; `sample` where only the demo list knows it.

    `source`: the trust list, somebody at this computer, or the issuer alone.
    """

    administrator: Administrator
    key: Key | None
    sample: bool
    source: Source = Source.LISTED


@dataclass(frozen=True, slots=True)
class Trust:
    """The lists in force: the published one, and the demo list whose labels are samples and nothing else.

    `added` are issuers that somebody at this computer vouches for, `claimed` speak for themselves alone; the lists
    come first. `floor` is a moment that is known to be past.
    `proven_at`: when the lead last vouched that the published list is still the newest; None where it only came along.
    Raises TrustListError where the two lists touch: a demo key can never sign for a real list.
    """

    published: TrustList
    demo: TrustList | None = None
    added: tuple[Administrator, ...] = ()
    claimed: tuple[Administrator, ...] = ()
    floor: datetime | None = None
    proven_at: datetime | None = None

    def __post_init__(self) -> None:
        if any(_is_demo_name(name) for name in _names(self.published)):
            raise TrustListError("the published list names a demo host or issuer")
        if self.demo is not None:
            if not all(_is_demo_name(name) for name in _names(self.demo)):
                raise TrustListError("the demo list names a host or issuer of the real world")
            if _public_keys(self.demo) & _public_keys(self.published):
                raise TrustListError("the two lists share a key")

    def route(self, address: WebAddress) -> Route | None:
        """The first rule that matches; None where no list knows how to ask this host."""
        for trust_list, sample in self._lists():
            if address.host not in trust_list.hosts():
                continue
            for administrator in trust_list.administrators:
                for rule in administrator.resolve:
                    middle = rule.found_in(address)
                    if middle is not None:
                        return Route(administrator, rule.fetch_for(middle), sample)
        return None

    def address_of(self, number: str) -> str | None:
        """What the code of a label or product number says, where only one rule could be meant; never a sample's."""
        rules = [rule for administrator in self.published.administrators for rule in administrator.resolve]
        found = [address for rule in rules if (address := rule.code_of(number)) is not None]
        return found[0] if len(found) == 1 else None

    def knows_host(self, host: str) -> bool:
        return any(host in trust_list.hosts() for trust_list, _ in self._lists())

    def hosts(self) -> tuple[str, ...]:
        """Every host that a list names, the published ones first."""
        return tuple(host for trust_list, _ in self._lists() for host in sorted(trust_list.hosts()))

    def signer(self, issuer: str, kid: str) -> Signer | None:
        """None where no list names the issuer; a Signer without key where the list has no such key."""
        for trust_list, sample in self._lists():
            administrator = trust_list.administrator(issuer)
            if administrator is not None:
                return Signer(administrator, administrator.key(kid), sample)
        for others, source in ((self.added, Source.ADDED), (self.claimed, Source.CLAIMED)):
            for administrator in others:
                if administrator.id == issuer:
                    return Signer(administrator, administrator.key(kid), sample=False, source=source)
        return None

    def list_of(self, signer: Signer) -> TrustList:
        return self.demo if signer.sample and self.demo is not None else self.published

    def _lists(self) -> Iterator[tuple[TrustList, bool]]:
        yield self.published, False
        if self.demo is not None:
            yield self.demo, True


def unite(published: TrustList, demo: TrustList | None = None) -> Trust:
    """Raises TrustListError where the two lists touch."""
    return Trust(published, demo)


def load_trust_list(data: bytes) -> TrustList:
    """Raises TrustListError, or NewerLabelError for a format that this program does not know."""
    try:
        members = strict_json.load(data, max_bytes=bounds.TRUST_LIST)
    except strict_json.StrictJsonError as error:
        raise TrustListError(error.reason) from None
    if not isinstance(members, dict) or not isinstance(members.get("format"), str):
        raise TrustListError("not a trust list")
    name, _, version = members["format"].partition("/")
    if name != _FORMAT_NAME:
        raise TrustListError("not a trust list")
    if version.partition(".")[0] != _FORMAT_MAJOR:
        raise NewerLabelError
    try:
        return TrustList.model_validate(members)
    except ValidationError as error:
        raise TrustListError(str(error)) from None


def _hole(template: str) -> str:
    found = [hole for hole in _HOLES if template.count(hole) == 1]
    if len(found) != 1 or template.count("{") != 1 or template.count("}") != 1:
        raise ValueError("not exactly one {id} or {gtin14}")
    return found[0]


def _example(template: str) -> WebAddress:
    """The template filled in, to see that it is an address and that the hole stands in its path or query."""
    hole = _hole(template)
    prefix, _, _ = template.partition(hole)
    address = parse_web_address(template.replace(hole, _HOLES[hole][1]))
    if not prefix.startswith(str(WebAddress(address.host, port=address.port))):
        raise ValueError("the hole is not in the path, or the host is not in normal form")
    return address


def _names(trust_list: TrustList) -> Iterator[str]:
    """Everything that says who or where: the demo list has these below one domain, the published list none."""
    for administrator in trust_list.administrators:
        yield administrator.id
        yield from administrator.hosts
    yield from (site.host for site in trust_list.known_sites)
    yield from trust_list.dropped_hosts


def _is_demo_name(name: str) -> bool:
    return f".{name.lower()}".endswith(f".{DEMO_DOMAIN}")


def _public_keys(trust_list: TrustList) -> frozenset[str]:
    return frozenset(key.jwk.x for administrator in trust_list.administrators for key in administrator.keys)


def _refuse_twice(names: Iterator[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"named twice: {name}")
        seen.add(name)
