"""The real world for the command line: disk, clock, network, the trust that came with the program."""

from collections.abc import Callable

from labelviewer import resources
from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.demo_site import DemoSite
from labelviewer.adapters.fetch import HttpsFetcher
from labelviewer.adapters.library import Library
from labelviewer.adapters.profile import Profile
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.domain.errors import OfflineError
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched, PictureReader
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


def compose(profile: Profile, pictures: PictureReader, *, offline: bool) -> Ports:
    """The samples are at hand either way: they ask no network. `pictures` belongs to the caller, who closes it."""
    clock = SystemClock()
    return Ports(
        clock=clock,
        pictures=pictures,
        fetcher=DemoSite(NobodyToAsk() if offline else HttpsFetcher(), resources.SAMPLES),
        trust=BundledTrust(resources.TRUST),
        packs=load_packs(resources.SCHEMES),
        keeper=Library(profile.library, clock),
    )
