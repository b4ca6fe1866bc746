"""One shopper's world in memory: issuers to ask, a clock to turn, a network to break; the library is on a real disk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image

from labelviewer.adapters.library import Library
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.qr_writer import picture
from labelviewer.domain.errors import DamagedLabelError, JumpedSiteError, LabelViewerError, NotListedError
from labelviewer.domain.evidence import StatusEvidence
from labelviewer.domain.inspection import Inspection, Stage
from labelviewer.domain.report import State
from labelviewer.domain.web_address import WebAddress, parse_web_address
from labelviewer.pipeline.ports import Fetched, Keeper
from labelviewer.pipeline.run import Ports, inspect_code, inspect_picture
from labelviewer.verify.trust import Trust, unite
from tests.labels import packs
from tests.simulator import NOW, Authority, demo_authority, parsed

LABEL_TYPE = "application/vnd.labelviewer.label+jwt"
SOMEWHERE_ELSE = "elsewhere.example"


@dataclass
class World:
    """Clock, network and trust at once. `trouble` meets whoever asks; `moved` has the redirects of the sites.

    `sites` are known for forms of their own, and `pages` is what they serve.
    """

    folder: Path
    office: Authority = field(default_factory=lambda: Authority().publish())
    samples: Authority = field(default_factory=lambda: demo_authority().publish())
    at: datetime = NOW
    trouble: LabelViewerError | None = None
    moved: dict[str, str] = field(default_factory=dict)
    renews_status: bool = True
    sites: tuple[Mapping[str, object], ...] = ()
    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    stages: list[tuple[Stage, str]] = field(default_factory=list)

    # the ports

    def now(self) -> datetime:
        return self.at

    def trust(self) -> Trust:
        published = self.office.trust_list(known_sites=list(self.sites))
        return unite(parsed(published), parsed(self.samples.trust_list()))

    def status(self, uri: str) -> StatusEvidence | None:
        known = (issuer for issuer in (self.office, self.samples) if issuer.status_uri == uri and self.renews_status)
        return next((issuer.status_evidence() for issuer in known), None)

    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        """Keeps the promises of the real one: what it refuses, and how it says so."""
        assert LABEL_TYPE in accept
        self.asked.append(str(address))
        if self.trouble is not None:
            raise self.trouble
        if str(address) in self.moved:
            target = parse_web_address(self.moved[str(address)])
            if target.host != address.host and not is_known(target.host):
                raise JumpedSiteError(host1=address.host, host2=target.host)
            return self.fetch(target, accept=accept, max_bytes=max_bytes, is_known=is_known)
        for serve in (self.office.serve, self.samples.serve, self.pages.get):
            body = serve(str(address))
            if body is not None:
                if not 0 < len(body) <= max_bytes:
                    raise DamagedLabelError(host=address.host)
                return Fetched(body, LABEL_TYPE, address)
        raise NotListedError(host=address.host)

    @property
    def path(self) -> Path:
        return self.folder / "library.db"

    @property
    def library(self) -> Library:
        return Library(self.path, self, busy_seconds=0.01)

    def ports(self, keeper: Keeper | None = None) -> Ports:
        return Ports(self, CodeReader(), self, self, packs(), keeper or self.library, short_links=frozenset({"bit.ly"}))

    # what happens

    def follow(self, text: str | None = None, *, again: bool = False) -> Inspection:
        return inspect_code(self.office.code() if text is None else text, self.ports(), self.tell, again=again)

    def show(self, *codes: Image.Image) -> Inspection:
        return inspect_picture(sheet(*codes), "box.png", self.ports(), self.tell)

    def tell(self, stage: Stage, host: str) -> None:
        self.stages.append((stage, host))

    def wait(self, time: timedelta) -> None:
        """Time goes by, and the lists are renewed meanwhile."""
        self.at += time
        self.office = replace(self.office, now=self.at)

    def kept(self) -> list[bytes]:
        """The tokens in the history, newest first."""
        return [visit.evidence.token for visit in self.library.history()]


def found(inspection: Inspection) -> tuple[State, str]:
    assert inspection.report is not None
    return inspection.report.state, inspection.report.code


def problem(inspection: Inspection) -> str | None:
    return None if inspection.problem is None else inspection.problem.code


# pictures


@cache
def square(text: str) -> Image.Image:
    drawn = picture(text, module_pixels=4)
    return Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels)


@cache
def bars(number: str, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.EAN13) -> Image.Image:
    image = zxingcpp.create_barcode(number, kind).to_image(scale=3, add_quiet_zones=True)
    view = memoryview(image)  # type: ignore[arg-type]  # a buffer, though its type does not say so
    assert view.shape is not None
    stripes = Image.frombytes("L", (view.shape[1], view.shape[0]), bytes(view))
    return stripes.resize((stripes.width, max(stripes.height, 150)))


def sheet(*codes: Image.Image) -> bytes:
    """The codes one below the other on white paper, as PNG."""
    paper = Image.new("L", (max((code.width for code in codes), default=200), sum(c.height for c in codes) + 200), 255)
    down = 50
    for code in codes:
        paper.paste(code, (0, down))
        down += code.height + 10
    out = BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()
