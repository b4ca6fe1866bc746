"""Behind the proxy of a network: who is asked through it, and what it gets to see."""

import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme

from labelviewer.adapters.fetch import HttpsFetcher, Patience
from labelviewer.adapters.proxy import Proxy, configured_proxy, no_proxy
from labelviewer.adapters.system_proxy import system_proxy
from labelviewer.domain.errors import (
    LabelViewerError,
    NetworkBlockedError,
    NotAnsweringError,
    UnprovenSiteError,
)
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.ports import Fetched
from labelviewer.pipeline.run import LABEL_TYPES
from tests.https_site import (
    HttpsSite,
    LoopbackProxy,
    label,
    redirect,
)

HOME = "labels.a.example"
OTHER = "cdn.a.example"
STRANGER = "b.example"
URL = f"https://{HOME}/v1/l/1.jwt"
BODY = b"eyJhbGciOiJFZDI1NTE5In0.e30.c2ln"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def a_site() -> Iterator[HttpsSite]:
    with HttpsSite(HOME, OTHER, STRANGER) as site:
        yield site


@pytest.fixture
def site(a_site: HttpsSite) -> HttpsSite:
    a_site.requests.clear()
    a_site.answer(URL, label(BODY))
    return a_site


def fetch(fetcher: HttpsFetcher, url: str = URL, *, accept: str = LABEL_TYPES) -> Fetched:
    known = {HOME, OTHER}
    return fetcher.fetch(parse_web_address(url), accept=accept, max_bytes=4096, is_known=known.__contains__)


def problem(fetcher: HttpsFetcher, url: str = URL) -> LabelViewerError:
    with pytest.raises(LabelViewerError) as caught:
        fetch(fetcher, url)
    return caught.value


def behind(proxy: LoopbackProxy, site: HttpsSite, **changes: Any) -> HttpsFetcher:
    """A fetcher that may look up the proxy's name and no other."""

    def resolver(host: str, seconds: float) -> list[str]:
        assert host == "proxy.lan", f"{host} was looked up here"
        return [proxy.endpoint[0]]

    arguments: dict[str, Any] = {
        "resolver": resolver,
        "find_proxy": lambda host: Proxy("proxy.lan", proxy.endpoint[1]),
        "is_listed": {HOME, OTHER}.__contains__,
    }
    return site.fetcher(**arguments | changes)


def test_a_listed_host_is_asked_through_the_proxy_which_sees_its_name_and_nothing_else(site: HttpsSite) -> None:
    with LoopbackProxy(site.endpoint) as proxy:
        assert fetch(behind(proxy, site)).body == BODY
    assert proxy.heard == [f"CONNECT {HOME}:443 HTTP/1.1\r\nHost: {HOME}:443\r\n\r\n".encode()]
    assert site.requests[0].startswith(b"GET /v1/l/1.jwt HTTP/1.1\r\nHost: labels.a.example\r\n")


@pytest.mark.threat("T7")
def test_behind_a_proxy_no_other_host_is_asked_by_whatever_way(site: HttpsSite) -> None:
    site.answer(URL, redirect(f"https://{OTHER}/l"))
    with LoopbackProxy(site.endpoint) as proxy:
        fetcher = behind(proxy, site, is_listed={HOME}.__contains__)
        assert type(problem(fetcher, f"https://{STRANGER}/l")) is NetworkBlockedError
        assert proxy.heard == []
        assert problem(fetcher).facts == {"host": OTHER}
    assert len(proxy.heard) == 1


@pytest.mark.threat("T24")
def test_a_site_has_to_prove_itself_through_the_proxy_too(site: HttpsSite) -> None:
    with (
        HttpsSite(HOME, certificate=trustme.CA().issue_cert(HOME)) as impostor,
        LoopbackProxy(impostor.endpoint) as proxy,
    ):
        assert type(problem(behind(proxy, site))) is UnprovenSiteError
        assert impostor.requests == []


REFUSALS = {
    "refuses": b"HTTP/1.1 403 No\r\n\r\n",
    "wants a password": b'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n',
    "cannot reach it": b"HTTP/1.1 502 No\r\n\r\n",
    "shows a page": b"HTTP/1.1 302 Go\r\nLocation: https://login.lan/\r\n\r\n",
    "is none": b"220 mail ESMTP\r\n",
    "hangs up": b"",
}


@pytest.mark.fault("N10")
@pytest.mark.parametrize("answer", REFUSALS.values(), ids=REFUSALS.keys())
def test_a_proxy_that_refuses_or_wants_a_password_is_the_networks_doing(site: HttpsSite, answer: bytes) -> None:
    with LoopbackProxy(site.endpoint, answer) as proxy:
        fetcher = behind(proxy, site)
        assert type(problem(fetcher)) is NetworkBlockedError
        assert b"uthorization" not in proxy.heard[0]
        proxy.answer = LoopbackProxy.OPEN
        assert fetch(fetcher).body == BODY


@pytest.mark.fault("N10")
def test_a_proxy_that_is_not_there_is_the_networks_doing(site: HttpsSite) -> None:
    with LoopbackProxy(site.endpoint) as proxy:
        pass
    assert type(problem(behind(proxy, site))) is NetworkBlockedError


@pytest.mark.fault("N10")
def test_a_search_for_the_proxy_that_never_ends_is_given_up(site: HttpsSite) -> None:
    release = threading.Event()

    def search(host: str) -> Proxy | None:
        release.wait(5)
        return None

    patience = Patience(whole=0.4, look_up=0.1, pauses=())
    assert type(problem(site.fetcher(find_proxy=search, patience=patience))) is NotAnsweringError
    release.set()
    for thread in threading.enumerate():
        if thread.name == "look-up":
            thread.join(1)


@pytest.fixture
def own_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


CONFIGURED: list[tuple[dict[str, str], Proxy | type[NetworkBlockedError] | None]] = [
    ({}, None),
    ({"https_proxy": "http://proxy.lan:3128/"}, Proxy("proxy.lan", 3128)),
    ({"HTTPS_PROXY": "proxy.lan:3128"}, Proxy("proxy.lan", 3128)),
    ({"https_proxy": "http://me:secret@proxy.lan"}, Proxy("proxy.lan", 8080)),
    ({"all_proxy": "http://proxy.lan:1"}, Proxy("proxy.lan", 1)),
    ({"http_proxy": "http://proxy.lan:1"}, None),
    ({"https_proxy": "http://proxy.lan:1", "no_proxy": "a.example"}, None),
    ({"https_proxy": "http://proxy.lan:1", "no_proxy": "b.example"}, Proxy("proxy.lan", 1)),
    ({"https_proxy": "socks5://proxy.lan:1"}, NetworkBlockedError),
    ({"https_proxy": "http://proxy.lan:99999"}, NetworkBlockedError),
    ({"https_proxy": "http://"}, NetworkBlockedError),
]


@pytest.mark.parametrize(("environment", "found"), CONFIGURED)
def test_the_proxy_is_the_one_that_the_environment_names(
    environment: dict[str, str],
    found: Proxy | type[NetworkBlockedError] | None,
    own_environment: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        own_environment.setenv(name, value)
    if isinstance(found, type):
        with pytest.raises(found):
            configured_proxy(HOME)
    else:
        assert configured_proxy(HOME) == found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt reads the settings of the system")
def test_the_window_goes_where_qt_says(own_environment: pytest.MonkeyPatch) -> None:
    assert system_proxy(HOME) is None
    own_environment.setenv("https_proxy", "http://proxy.lan:3128")
    assert system_proxy(HOME) == Proxy("proxy.lan", 3128)
    own_environment.setenv("https_proxy", "socks5://proxy.lan:3128")
    with pytest.raises(NetworkBlockedError):
        system_proxy(HOME)


def test_without_a_word_from_the_operator_there_is_no_proxy() -> None:
    assert no_proxy(HOME) is None
