"""One GET through the real fetcher, against a real HTTPS server on loopback."""

import gzip
import itertools
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labelviewer.adapters.fetch import HttpsFetcher, Patience
from labelviewer.domain.errors import (
    DamagedLabelError,
    Fact,
    JumpedSiteError,
    LabelViewerError,
    NetworkBlockedError,
    NotAnsweringError,
    NotListedError,
    OddAddressError,
    OfflineError,
    SignInPageError,
    TakenDownError,
    UnsafeLinkError,
)
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.ports import Fetched
from tests.https_site import (
    LABEL_TYPE,
    PUBLIC_ADDRESS,
    HttpsSite,
    Script,
    in_turn,
    label,
    redirect,
    reset,
    response,
    say,
    stall,
    status,
)

HOME = "labels.a.example"
OTHER = "cdn.a.example"
STRANGER = "b.example"
URL = f"https://{HOME}/v1/l/1.jwt"
BODY = b"eyJhbGciOiJFZDI1NTE5In0.e30.c2ln"


@pytest.fixture(scope="module")
def a_site() -> Iterator[HttpsSite]:
    with HttpsSite(HOME, OTHER, STRANGER) as site:
        yield site


@pytest.fixture
def site(a_site: HttpsSite) -> HttpsSite:
    a_site.requests.clear()
    return a_site


def fetch(fetcher: HttpsFetcher, url: str = URL, *, accept: str = LABEL_TYPE, max_bytes: int = 4096) -> Fetched:
    known = {HOME, OTHER}
    return fetcher.fetch(parse_web_address(url), accept=accept, max_bytes=max_bytes, is_known=known.__contains__)


def problem(fetcher: HttpsFetcher, url: str = URL) -> LabelViewerError:
    with pytest.raises(LabelViewerError) as caught:
        fetch(fetcher, url)
    return caught.value


def test_a_label_arrives_with_its_type_and_its_address(site: HttpsSite) -> None:
    site.answer(URL, label(BODY, "Application/VND.labelviewer.label+jwt; charset=utf-8"))
    assert fetch(site.fetcher()) == Fetched(BODY, LABEL_TYPE, parse_web_address(URL))


def test_a_label_without_a_type_arrives(site: HttpsSite) -> None:
    site.answer(URL, label(BODY, None))
    assert fetch(site.fetcher()).media_type == ""


def test_one_layer_of_gzip_is_unpacked(site: HttpsSite) -> None:
    site.answer(URL, say(response(200, gzip.compress(BODY), headers={"Content-Encoding": "gzip"})))
    assert fetch(site.fetcher()).body == BODY


def test_a_body_in_chunks_is_joined(site: HttpsSite) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.answer(URL, say(head, b"5\r\n" + BODY[:5] + b"\r\n", b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY) - 5, BODY[5:])))
    assert fetch(site.fetcher()).body == BODY


def test_a_body_that_ends_with_the_connection_arrives(site: HttpsSite) -> None:
    site.answer(URL, say(b"HTTP/1.0 200 OK\r\n\r\n", BODY))
    assert fetch(site.fetcher()).body == BODY


@pytest.mark.parametrize(("coding", "pack"), [("", bytes), ("gzip", gzip.compress)])
def test_a_body_may_be_as_long_as_the_bound_and_no_longer(
    site: HttpsSite, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = bytes(range(256)) * 16
    site.answer(URL, say(response(200, pack(body), headers={"Content-Encoding": coding})))
    assert fetch(site.fetcher(), max_bytes=4096).body == body
    site.answer(URL, say(response(200, pack(body + b"x"), headers={"Content-Encoding": coding})))
    assert type(problem(site.fetcher())) is DamagedLabelError


@pytest.mark.threat("T28")
def test_the_request_is_these_bytes_and_no_others_from_every_installation(site: HttpsSite) -> None:
    url = f"https://{HOME}/v1/l/1.jwt?x=1"
    site.answer(url, label(BODY))
    fetch(site.fetcher(), f"HTTPS://{HOME.upper()}:443/v1/l/1.jwt?x=1#LV1:secret")
    fetch(site.fetcher(), url)
    expected = (
        b"GET /v1/l/1.jwt?x=1 HTTP/1.1\r\n"
        b"Host: labels.a.example\r\n"
        b"Accept: application/vnd.labelviewer.label+jwt\r\n"
        b"Accept-Encoding: gzip\r\n"
        b"User-Agent: labelviewer/1\r\n"
        b"Connection: close\r\n"
        b"\r\n"
    )
    assert site.requests == [expected, expected]


@pytest.mark.threat("T28")
def test_cookies_and_referrers_are_never_sent_on(site: HttpsSite) -> None:
    site.answer(URL, say(response(302, headers={"Location": "/next", "Set-Cookie": "id=1"})))
    site.answer(f"https://{HOME}/next", label(BODY))
    fetch(site.fetcher())
    fetch(site.fetcher())
    assert site.requests[0] == site.requests[2]
    assert site.requests[1] == site.requests[3] == site.requests[0].replace(b"/v1/l/1.jwt", b"/next")


def test_proxies_and_passwords_of_the_environment_are_not_used(
    site: HttpsSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {HOME} login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    site.answer(URL, label(BODY))
    assert fetch(site.fetcher()).body == BODY
    assert b"uthorization" not in site.requests[0]


STATUSES: list[tuple[int, dict[str, str], type[LabelViewerError], dict[str, Fact]]] = [
    (204, {}, DamagedLabelError, {"host": HOME}),
    (206, {}, DamagedLabelError, {"host": HOME}),
    (300, {}, DamagedLabelError, {"host": HOME}),
    (304, {}, DamagedLabelError, {"host": HOME}),
    (400, {}, NetworkBlockedError, {"host": HOME}),
    (401, {}, NetworkBlockedError, {"host": HOME}),
    (403, {}, NetworkBlockedError, {"host": HOME}),
    (404, {}, NotListedError, {"host": HOME}),
    (407, {}, NetworkBlockedError, {"host": HOME}),
    (410, {}, TakenDownError, {"host": HOME}),
    (451, {}, NetworkBlockedError, {"host": HOME}),
    (429, {}, NotAnsweringError, {"host": HOME}),
    (429, {"Retry_After": "30"}, NotAnsweringError, {"host": HOME, "seconds": 30}),
    (429, {"Retry_After": "999999"}, NotAnsweringError, {"host": HOME, "seconds": 3600}),
    (429, {"Retry_After": "9" * 5000}, NotAnsweringError, {"host": HOME}),
    (503, {"Retry_After": "120"}, NotAnsweringError, {"host": HOME, "seconds": 120}),
    (503, {"Retry_After": "soon"}, NotAnsweringError, {"host": HOME}),
    (500, {}, NotAnsweringError, {"host": HOME}),
    (502, {}, NotAnsweringError, {"host": HOME}),
    (504, {}, NotAnsweringError, {"host": HOME}),
    (511, {}, SignInPageError, {"host": HOME}),
    (999, {}, NotAnsweringError, {"host": HOME}),
]


@pytest.mark.fault("N5")
@pytest.mark.parametrize(("code", "headers", "error", "facts"), STATUSES)
def test_every_status_has_its_own_problem(
    site: HttpsSite, code: int, headers: dict[str, str], error: type[LabelViewerError], facts: dict[str, Fact]
) -> None:
    site.answer(URL, status(code, **headers))
    found = problem(site.fetcher())
    assert type(found) is error
    assert found.facts == facts


@pytest.mark.fault("N8")
@pytest.mark.threat("T24")
@pytest.mark.parametrize("media_type", ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"])
def test_a_page_in_place_of_a_label_is_a_sign_in_page(site: HttpsSite, media_type: str) -> None:
    site.answer(URL, label(b"<html>Welcome to our Wi-Fi", media_type))
    assert type(problem(site.fetcher())) is SignInPageError


def test_a_redirect_within_the_host_or_to_a_known_host_is_followed(site: HttpsSite) -> None:
    for code in (301, 302, 303, 307, 308):
        site.answer(URL, redirect("../moved.jwt?x=1", code))
        site.answer(f"https://{HOME}/v1/moved.jwt?x=1", redirect(f"//{OTHER}/2", code))
        site.answer(f"https://{OTHER}/2", redirect(f"HTTPS://{HOME.upper()}:443/3#top", code))
        site.answer(f"https://{HOME}/3", label(BODY))
        assert fetch(site.fetcher()) == Fetched(BODY, LABEL_TYPE, parse_web_address(f"https://{HOME}/3"))


REDIRECTS: list[tuple[str, type[LabelViewerError], dict[str, Fact]]] = [
    (f"https://{STRANGER}/l/1", JumpedSiteError, {"host1": HOME, "host2": STRANGER}),
    (f"//{STRANGER}/l/1", JumpedSiteError, {"host1": HOME, "host2": STRANGER}),
    (f"https://sub.{HOME}/", JumpedSiteError, {"host1": HOME, "host2": f"sub.{HOME}"}),
    (f"http://{HOME}/l/1", UnsafeLinkError, {"scheme": "http"}),
    ("file:///etc/passwd", UnsafeLinkError, {"scheme": "file"}),
    ("data:text/plain,label", UnsafeLinkError, {"scheme": "data"}),
    ("javascript:alert(1)", UnsafeLinkError, {"scheme": "javascript"}),
    ("gopher://x.example/", UnsafeLinkError, {"scheme": "gopher"}),
    ("https://127.0.0.1/", OddAddressError, {"host": "127.0.0.1"}),
    ("https://0x7f.1/", OddAddressError, {"host": "0x7f.1"}),
    ("https://2130706433/", OddAddressError, {"host": "2130706433"}),
    ("https://[::1]/", OddAddressError, {"host": "[::1]"}),
    ("https://[::1/", OddAddressError, {"host": HOME}),
    ("https://localhost/", OddAddressError, {"host": "localhost"}),
    (f"https://{HOME}:8443/", OddAddressError, {"host": f"{HOME}:8443"}),
    (f"https://{HOME}@{STRANGER}/", OddAddressError, {"host": f"{HOME}@{STRANGER}"}),
    (f"https://{STRANGER}\\@{HOME}/", OddAddressError, {"host": f"{STRANGER}\\@{HOME}"}),
    (f"\\\\{STRANGER}\\x", OddAddressError, {"host": HOME}),
    ("/a\tb", OddAddressError, {"host": HOME}),
    ("/%zz", OddAddressError, {"host": HOME}),
    ("", DamagedLabelError, {"host": HOME}),
]


@pytest.mark.fault("N4")
@pytest.mark.threat("T5", "T8")
@pytest.mark.parametrize(("location", "error", "facts"), REDIRECTS)
def test_a_redirect_that_leads_astray_is_not_followed(
    site: HttpsSite, location: str, error: type[LabelViewerError], facts: dict[str, Fact]
) -> None:
    site.answer(URL, redirect(location))
    site.answer(f"https://{STRANGER}/l/1", label(BODY))
    found = problem(site.fetcher())
    assert type(found) is error
    assert found.facts == facts
    assert len(site.requests) == 1


@pytest.mark.fault("N4")
@pytest.mark.threat("T8")
def test_a_ring_of_redirects_ends_after_the_third(site: HttpsSite) -> None:
    site.answer(URL, redirect(URL))
    assert type(problem(site.fetcher())) is DamagedLabelError
    assert len(site.requests) == 4


class Waits:
    """A clock and its sleep: nothing takes time but the pauses, and they are remembered."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.pauses.append(seconds)


TROUBLE: list[Script] = [status(500), status(503), say(), stall(), reset(), reset(b"HTTP/1.1 200 OK\r\n")]


@pytest.mark.fault("N5")
@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_site_in_trouble_is_asked_three_times_with_growing_pauses(site: HttpsSite, trouble: Script) -> None:
    waits = Waits()
    patience = Patience(idle=0.1)
    site.answer(URL, in_turn(trouble, trouble, label(BODY)))
    fetcher = site.fetcher(patience=patience, monotonic=waits.monotonic, sleep=waits.sleep)
    assert fetch(fetcher).body == BODY
    first, second = waits.pauses
    assert 0.8 <= first <= 1.2
    assert 3.2 <= second <= 4.8


def test_a_site_that_stays_in_trouble_is_left_alone(site: HttpsSite) -> None:
    waits = Waits()
    site.answer(URL, status(500))
    fetcher = site.fetcher(patience=Patience(), monotonic=waits.monotonic, sleep=waits.sleep)
    assert type(problem(fetcher)) is NotAnsweringError
    assert len(site.requests) == 3


@pytest.mark.fault("T1")
def test_no_pause_goes_past_the_deadline(site: HttpsSite) -> None:
    waits = Waits()
    site.answer(URL, status(500))
    fetcher = site.fetcher(patience=Patience(whole=2.0), monotonic=waits.monotonic, sleep=waits.sleep)
    assert type(problem(fetcher)) is NotAnsweringError
    assert len(waits.pauses) == 1
    assert waits.now < 2.0


@pytest.mark.fault("N5")
@pytest.mark.parametrize("answer", [status(404), status(410), status(403), status(429), status(429, Retry_After="5")])
def test_a_clear_answer_is_taken_at_its_word(site: HttpsSite, answer: Script) -> None:
    waits = Waits()
    site.answer(URL, answer)
    problem(site.fetcher(patience=Patience(), monotonic=waits.monotonic, sleep=waits.sleep))
    assert len(site.requests) == 1
    assert waits.pauses == []


@pytest.mark.fault("N1")
def test_the_network_that_goes_away_meanwhile_is_ours_to_name_not_the_sites(site: HttpsSite) -> None:
    site.answer(URL, reset(b"HTTP/1.1 200 OK\r\n"))
    there: Callable[[], bool] = itertools.repeat(False).__next__
    assert type(problem(site.fetcher(patience=Patience(), has_network=there))) is OfflineError
    assert len(site.requests) == 1


@pytest.mark.fault("N1")
def test_a_network_that_comes_back_is_used_at_once(site: HttpsSite) -> None:
    there = True

    def resolver(host: str, seconds: float) -> list[str]:
        if there:
            return [PUBLIC_ADDRESS]
        raise socket.gaierror(socket.EAI_AGAIN, "")

    fetcher = site.fetcher(resolver=resolver, has_network=lambda: there)
    site.answer(URL, in_turn(reset(response(200, BODY)[:-3]), label(BODY)))
    assert type(problem(fetcher)) is NotAnsweringError
    there = False
    for _ in range(5):
        assert type(problem(fetcher)) is OfflineError
    there = True
    assert fetch(fetcher).body == BODY
