"""The shopper's world with trust that renews itself: status lists and issuers' own files come over its network."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.domain.errors import LabelViewerError, NotListedError
from labelviewer.domain.evidence import StatusEvidence
from labelviewer.domain.web_address import WebAddress
from labelviewer.pipeline.ports import Fetched, ProvenList, TrustMemory, TrustPart
from labelviewer.pipeline.run import Ports
from labelviewer.pipeline.trusting import ForgetfulMemory, LiveTrust, Sources
from labelviewer.publish.sign import as_json
from labelviewer.verify.trust import Trust, TrustListError, unite
from tests.labels import packs
from tests.pipeline.run_world import World
from tests.simulator import Authority, list_of, parsed


@dataclass
class Lead:
    """What the lead administrator says now; TUF itself is tested elsewhere."""

    world: "LivingWorld"

    def trust_list(self) -> bytes:
        self.world.lead_asked += 1
        if self.world.lead_trouble is not None:
            raise self.world.lead_trouble
        self.world.serial += 1
        return as_json(list_of(*self.world.offices, now=self.world.at) | {"serial": self.world.serial})

    def prove(self, parts: Sequence[TrustPart]) -> ProvenList:
        raise TrustListError("nothing was carried here")

    def parts(self) -> Sequence[TrustPart]:
        return ()


class Bundled:
    """A program as it came: an empty list, and no status list."""

    def __init__(self, world: World) -> None:
        self._trust = unite(parsed(list_of(now=world.at)), parsed(world.samples.trust_list()))

    def trust(self) -> Trust:
        return self._trust

    def status(self, uri: str) -> StatusEvidence | None:
        return None


@dataclass
class LivingWorld(World):
    """`offices` are on the list; `served` has further files by address."""

    offices: tuple[Authority, ...] = ()
    serial: int = 42
    lead_asked: int = 0
    lead_trouble: LabelViewerError | None = None
    served: dict[str, bytes] = field(default_factory=dict)
    memory: TrustMemory = field(default_factory=ForgetfulMemory)
    asked_lists: list[str] = field(default_factory=list)
    label_trouble: LabelViewerError | None = None

    def __post_init__(self) -> None:
        self.offices = self.offices or (self.office,)
        self.live = self.start()
        self.live.renew_trust_list()

    def start(self) -> LiveTrust:
        return LiveTrust(Sources(Bundled(self), self.memory, self, self.lists, self.lists, Lead(self)))

    @property
    def lists(self) -> "Lists":
        return Lists(self)

    def ports(self, keeper: object = None) -> Ports:
        return Ports(self, CodeReader(), self.lists, self.live, packs(), self.library, self.live, self.live)

    def change(self, how: Callable[[Authority], Authority]) -> None:
        self.office = how(self.office)
        self.offices = (self.office,)

    def sleep(self, time: timedelta) -> None:
        self.wait(time)
        self.offices = (self.office,)


@dataclass
class Lists:
    world: LivingWorld

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        world, text = self.world, str(address)
        world.asked_lists.append(text)
        if world.trouble is not None:
            raise world.trouble
        if world.label_trouble is not None and text == world.office.address():
            raise world.label_trouble
        if text == f"https://{world.office.label_host}/v1/status/index.json":
            return Fetched(
                json.dumps({"status_lists": [world.office.status_uri]}).encode(), "application/json", address
            )
        body = world.served.get(text) or world.office.serve(text)
        if body is None:
            raise NotListedError(host=address.host)
        assert len(body) <= max_bytes
        return Fetched(body, "text/plain", address)
