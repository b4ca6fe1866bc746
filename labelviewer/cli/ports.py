"""The real world for the command line: disk, clock, network, the trust that came with the program."""

from collections.abc import Callable

from labelviewer import resources
from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.demo_site import DemoSite
from labelviewer.adapters.fetch import HttpsFetcher
from labelviewer.adapters.files import read_names
from labelviewer.adapters.library import Library
from labelviewer.adapters.profile import Profile
from labelviewer.adapters.proxy import FindProxy, no_proxy
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.domain.errors import OfflineError
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched
from labelviewer.pipeline.run import Ports
from labelviewer.schemes.packs import load_packs


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


def compose(profile: Profile, *, offline: bool, find_proxy: FindProxy = no_proxy) -> Ports:
    """The samples are at hand either way: they ask no network."""
    clock = SystemClock()
    trust = BundledTrust(resources.TRUST)
    outside = (
        NobodyToAsk()
        if offline
        else HttpsFetcher(find_proxy=find_proxy, is_listed=lambda host: trust.trust().knows_host(host))
    )
    return Ports(
        clock=clock,
        pictures=CodeReader(),
        fetcher=DemoSite(outside, resources.SAMPLES),
        trust=trust,
        packs=load_packs(resources.SCHEMES),
        keeper=Library(profile.library, clock),
        short_links=read_names(resources.SHORT_LINKS),
    )
