"""The real world for the command line: disk, clock, network, the trust that came with the program."""

from collections.abc import Callable
from typing import Final

from labelviewer import resources
from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.demo_site import DemoSite
from labelviewer.adapters.feed_file import FeedFile
from labelviewer.adapters.fetch import HttpsFetcher, Patience
from labelviewer.adapters.files import read_names
from labelviewer.adapters.lead import find_lead
from labelviewer.adapters.library import Library
from labelviewer.adapters.profile import Profile
from labelviewer.adapters.proxy import FindProxy, no_proxy
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.domain.errors import OfflineError
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline import limits
from labelviewer.pipeline.attacks import FEED
from labelviewer.pipeline.ports import Clock, Fetched, Fetcher, LeadAdministrator, PictureReader
from labelviewer.pipeline.run import Ports
from labelviewer.pipeline.trusting import LiveTrust, Sources
from labelviewer.schemes.packs import load_packs
from labelviewer.verify.trust import TrustListError

CLOCK: Final = SystemClock()
HASTY: Final = Patience(whole=limits.STATUS_SECONDS, pauses=())


class NobodyToAsk:
    """A fetcher that stays at home."""

    def fetch(
        self,
        address: WebAddress,  # noqa: ARG002
        *,
        accept: str,  # noqa: ARG002
        max_bytes: int,  # noqa: ARG002
        is_known: Callable[[str], bool],  # noqa: ARG002
    ) -> Fetched:
        raise OfflineError


def compose(
    profile: Profile,
    pictures: PictureReader,
    *,
    offline: bool,
    find_proxy: FindProxy = no_proxy,
    outside: Callable[..., HttpsFetcher] = HttpsFetcher,
    clock: Clock = CLOCK,
) -> Ports:
    """The samples are at hand either way: they ask no network. `pictures` belongs to the caller, who closes it.

    `outside` takes the arguments of HttpsFetcher that say what is known here.
    """
    library = Library(profile.library, clock)

    patient: Fetcher
    hasty: Fetcher
    trust: LiveTrust
    if offline:
        patient = hasty = NobodyToAsk()
    else:
        fetcher = outside(
            find_proxy=find_proxy,
            is_listed=lambda host: host == FEED.host or trust.trust().knows_host(host),
            floor=lambda: trust.trust().floor,
        )
        patient, hasty = fetcher, fetcher.with_patience(HASTY)
    trust = LiveTrust(
        Sources(
            bundled=BundledTrust(resources.TRUST),
            memory=library,
            clock=clock,
            hasty=hasty,
            patient=patient,
            lead=_lead(profile, patient),
            hasty_lead=_lead(profile, hasty),
        )
    )
    return Ports(
        clock=clock,
        pictures=pictures,
        fetcher=DemoSite(patient, resources.SAMPLES),
        trust=trust,
        packs=load_packs(resources.SCHEMES, profile.schemes),
        keeper=library,
        renewal=None if offline else trust,
        added=trust,
        carried=trust,
        feeds=FeedFile(profile.attacks),
        short_links=read_names(resources.SHORT_LINKS),
    )


def _lead(profile: Profile, fetcher: Fetcher) -> LeadAdministrator | None:
    """None where nobody leads, and where the files that name one are broken: the doctor says so."""
    try:
        lead = find_lead(profile.lead, resources.TRUST / "lead")
    except TrustListError:
        return None
    if lead is None:
        return None
    from labelviewer.adapters.tuf_lead import TufLead  # late: most do without

    return TufLead(lead, fetcher, profile.cache / "trust")
