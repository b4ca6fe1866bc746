"""The demo site: bundled samples, no network, and everything else goes to the real fetcher."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from labelviewer.adapters.demo_site import DemoSite
from labelviewer.domain.errors import DamagedLabelError, NotListedError
from labelviewer.domain.web_address import WebAddress, parse_web_address
from labelviewer.pipeline.ports import Fetched
from labelviewer.resources import SAMPLES
from tests.https_site import LABEL_TYPE, HttpsSite, label

TOKEN = b"eyJhbGciOiJFZDI1NTE5In0.e30.c2ln"


class NoNetwork:
    def fetch(self, address: WebAddress, *, accept: str, max_bytes: int, is_known: Callable[[str], bool]) -> Fetched:
        pytest.fail(f"{address} was asked over the network")


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    folder = tmp_path / "samples"
    (folder / "us-ctm" / "camera-a").mkdir(parents=True)
    (folder / "us-ctm" / "camera-a" / "label.jwt").write_bytes(TOKEN)
    (folder / "index.json").write_text(json.dumps([{"id": "camera-a", "path": "us-ctm/camera-a"}]), encoding="utf-8")
    (tmp_path / "label.jwt").write_bytes(b"secret")
    return folder


def fetch(site: DemoSite, url: str, max_bytes: int = 1000) -> Fetched:
    return site.fetch(parse_web_address(url), accept=LABEL_TYPE, max_bytes=max_bytes, is_known=lambda host: False)


def test_a_sample_is_answered_from_its_file(samples: Path) -> None:
    url = "https://samples.labelviewer.example/v1/l/camera-a.jwt"
    assert fetch(DemoSite(NoNetwork(), samples), url) == Fetched(TOKEN, LABEL_TYPE, parse_web_address(url))


@pytest.mark.parametrize(
    "url",
    [
        "https://samples.labelviewer.example/v1/l/camera-z.jwt",
        "https://samples.labelviewer.example/v1/l/us-ctm/camera-a.jwt",
        "https://samples.labelviewer.example/v1/l/us-ctm%2Fcamera-a.jwt",
        "https://samples.labelviewer.example/v1/l/..%2F..%2Flabel.jwt",
        "https://samples.labelviewer.example/v1/l/%2e%2e%2flabel.jwt",
        "https://samples.labelviewer.example/v1/l/camera-a.jwt?x=1",
        "https://samples.labelviewer.example/v1/l/camera-a",
        "https://samples.labelviewer.example/v1/l/CAMERA-A.jwt",
        "https://samples.labelviewer.example/l/camera-a",
        "https://samples.labelviewer.example/",
        "https://labelviewer.example/v1/l/camera-a.jwt",
        "https://other.labelviewer.example/v1/l/camera-a.jwt",
    ],
)
def test_any_other_address_of_the_demo_domain_is_not_listed_and_not_asked(samples: Path, url: str) -> None:
    with pytest.raises(NotListedError):
        fetch(DemoSite(NoNetwork(), samples), url)


def test_a_sample_above_the_bound_is_not_handed_out(samples: Path) -> None:
    with pytest.raises(DamagedLabelError):
        fetch(DemoSite(NoNetwork(), samples), "https://samples.labelviewer.example/v1/l/camera-a.jwt", len(TOKEN) - 1)


@pytest.mark.parametrize("host", ["a.example", "labelviewer.example.a.example", "notlabelviewer.example"])
def test_every_other_host_is_asked_for_real(samples: Path, host: str) -> None:
    url = f"https://{host}/v1/l/camera-a.jwt"
    with HttpsSite(host) as site:
        site.answer(url, label(b"from the network"))
        assert fetch(DemoSite(site.fetcher(), samples), url).body == b"from the network"


def test_every_bundled_sample_is_found_under_its_address() -> None:
    site = DemoSite(NoNetwork(), SAMPLES)
    index = json.loads((SAMPLES / "index.json").read_bytes())
    assert index
    for sample in index:
        answer = fetch(site, f"https://samples.labelviewer.example/v1/l/{sample['id']}.jwt", 256 * 1024)
        assert answer.body == (SAMPLES / sample["path"] / "label.jwt").read_bytes()
