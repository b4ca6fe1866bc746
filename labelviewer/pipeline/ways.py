"""Where a scanned code leads: what is asked for it, or why nobody is; no network."""

from typing import Final, NamedTuple

from labelviewer.domain.errors import (
    LookAlikeError,
    NotALabelError,
    NotListedError,
    PageForPeopleError,
    PriceBarcodeError,
    RefusedError,
    ShortLinkError,
    UnknownNumberError,
    UnknownSiteError,
)
from labelviewer.domain.host_names import host_parts, imitated
from labelviewer.domain.scanned import ForeignLink, LabelAddress, OtherText, ProductNumber, Scanned, classify
from labelviewer.domain.sighting import Sighting
from labelviewer.domain.web_address import WebAddress, over_https
from labelviewer.pipeline.strangers import is_added
from labelviewer.schemes.forms import is_office, is_served
from labelviewer.schemes.packs import Packs
from labelviewer.verify.trust import Trust

RESOLVER: Final = "linkset"  # the adapter of a known site that leads elsewhere


class Known(NamedTuple):
    """`short_links`: registered names whose links hide where they lead."""

    trust: Trust
    packs: Packs
    short_links: frozenset[str]


class Way(NamedTuple):
    """What is asked for a scanned address; `strange` where no list knows the site."""

    fetch: WebAddress
    sample: bool = False
    strange: bool = False


def rank(seen: Sighting, trust: Trust) -> int:
    match meant(classify(seen.text), trust):
        case LabelAddress(address=address) if trust.route(address):
            return 0
        case LabelAddress():
            return 1
        case ForeignLink() | OtherText():
            return 2
        case ProductNumber():
            return 3


def meant(scanned: Scanned, trust: Trust) -> Scanned:
    """An http link of a listed host is asked over https; everything else is taken as it stands."""
    if not isinstance(scanned, ForeignLink):
        return scanned
    address = over_https(scanned.raw.strip())
    if address is None or not trust.knows_host(address.host):
        return scanned
    return LabelAddress(scanned.raw, address)


def settle(scanned: Scanned, known: Known, *, from_picture: bool, strangers: bool) -> tuple[Way, str]:
    """Say what is asked where, before any network use, or why not."""
    match scanned:
        case ForeignLink(problem=problem):
            raise problem
        case OtherText(kind=kind):
            raise NotALabelError(kind=f"kind.{kind}")
        case ProductNumber(raw=raw):
            raise PriceBarcodeError(number=raw) if from_picture else UnknownNumberError(number=raw)
        case LabelAddress(address=address):
            return _way_to(address, known, strangers=strangers), str(address)


def _way_to(address: WebAddress, known: Known, *, strangers: bool) -> Way:
    trust = known.trust
    route = trust.route(address)
    if route is not None:
        return Way(route.fetch, route.sample)
    site = trust.site(address.host)
    if site is not None and (site.adapter == RESOLVER or is_served(site.adapter, str(address), known.packs)):
        return Way(address)
    if site is not None:
        raise PageForPeopleError(host=address.host)
    if trust.knows_host(address.host):
        raise NotListedError(host=address.host)
    refused = _stranger(address.host, trust, known.short_links)
    if is_added(address, trust) or (strangers and isinstance(refused, UnknownSiteError)):
        return Way(address, strange=True)
    if isinstance(refused, UnknownSiteError) and is_office(address.host, known.packs):
        raise PageForPeopleError(host=address.host)
    raise refused


def _stranger(host: str, trust: Trust, short_links: frozenset[str]) -> RefusedError:
    """What is said of a host that no list names; nothing of it is fetched before somebody says yes, a trick never."""
    if host in short_links or host_parts(host).registrable in short_links:
        return ShortLinkError(host=host)
    known = imitated(host, trust.hosts())
    return UnknownSiteError(host=host) if known is None else LookAlikeError(host=host, known=known)
