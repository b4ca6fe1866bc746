"""Along a link, in a hurry, with a wrong clock: what the fetcher does around the one GET."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import trustme

from labelviewer.adapters import links
from labelviewer.adapters.fetch import HttpsFetcher, Patience
from labelviewer.adapters.manners import Manners
from labelviewer.adapters.secure_line import Deadline
from labelviewer.domain.errors import (
    DamagedLabelError,
    JumpedSiteError,
    LabelViewerError,
    NotListedError,
    SignInPageError,
    UnprovenSiteError,
    WrongClockError,
)
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline import limits
from labelviewer.pipeline.ports import Fetched
from labelviewer.pipeline.run import LABEL_TYPES
from tests.https_site import (
    LABEL_TYPE,
    PUBLIC_ADDRESS,
    HttpsSite,
    Script,
    Wire,
    authority,
    label,
    redirect,
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


class Clock:
    """Stands still but for its sleep."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


# Links


def linkset(*targets: dict[str, Any], relation: str = "item") -> bytes:
    return json.dumps({"linkset": [{"anchor": URL, relation: list(targets)}]}).encode()


def target(href: str, kind: str = LABEL_TYPE) -> dict[str, Any]:
    return {"href": href, "type": kind}


LINKED = f"https://{OTHER}/l/1.jwt"


@pytest.mark.parametrize(
    "answer",
    [
        label(linkset(target("https://b.example/", "text/html"), target(LINKED)), links.LINKSET),
        label(linkset(target(LINKED, f"{LABEL_TYPE.upper()}; v=1"), target("https://b.example/")), links.LINKSET),
        label(
            b"<html>",
            "text/html",
            Link=f'<https://b.example/>; rel="icon", <{LINKED}>; rel="item"; type="{LABEL_TYPE}"',
        ),
        label(b"<html>", "text/html", Link=f"<{LINKED}>;type={LABEL_TYPE}"),
        label(
            b'<link href="https://b.example/" type="x">',
            "text/html",
            Link=f'<{LINKED}>; title="a, b"; type="{LABEL_TYPE}"',
        ),
    ],
)
def test_the_first_link_to_a_label_is_followed_once(site: HttpsSite, answer: Script) -> None:
    site.answer(URL, answer)
    site.answer(LINKED, label(BODY))
    assert fetch(site.fetcher()) == Fetched(BODY, LABEL_TYPE, parse_web_address(LINKED))
    assert len(site.requests) == 2


ASTRAY: dict[str, tuple[Script, type[LabelViewerError]]] = {
    "to a stranger": (label(linkset(target(f"https://{STRANGER}/l")), links.LINKSET), JumpedSiteError),
    "to no label": (label(linkset(target(LINKED, "text/html")), links.LINKSET), NotListedError),
    "nothing": (label(b"{}", links.LINKSET), NotListedError),
    "odd members": (
        label(b'{"linkset":[1,{"item":[2,{"href":3,"type":4}]},{"item":"x"}]}', links.LINKSET),
        NotListedError,
    ),
    "no JSON": (label(b"{", links.LINKSET), DamagedLabelError),
    "a list": (label(b"[]", links.LINKSET), NotListedError),
    "too large": (stall(response(200, media_type=links.LINKSET, length=limits.LINKSET + 1)), DamagedLabelError),
    "a page without a link": (label(b"<html>", "text/html"), SignInPageError),
    "a page with another link": (label(b"<html>", "text/html", Link="</style.css>; rel=stylesheet"), SignInPageError),
    "a page with a link of no type": (label(b"<html>", "text/html", Link='<x>; type=""'), SignInPageError),
    "a page with a broken link": (label(b"<html>", "text/html", Link="<<<>;type"), SignInPageError),
}


@pytest.mark.threat("T8")
@pytest.mark.fault("N8")
@pytest.mark.parametrize(("answer", "error"), ASTRAY.values(), ids=ASTRAY.keys())
def test_a_link_that_leads_to_no_label_is_not_followed(
    site: HttpsSite, answer: Script, error: type[LabelViewerError]
) -> None:
    site.answer(URL, answer)
    assert type(problem(site.fetcher())) is error
    assert len(site.requests) == 1


def test_links_and_redirects_are_counted_together(site: HttpsSite) -> None:
    site.answer(URL, label(linkset(target(URL)), links.LINKSET))
    assert type(problem(site.fetcher())) is DamagedLabelError
    assert len(site.requests) == 1 + limits.REDIRECTS


def test_who_asks_for_a_picture_is_led_nowhere_by_links(site: HttpsSite) -> None:
    site.answer(URL, label(b"<html>", "text/html", Link=f"<{LINKED}>;type=image/png"))
    with pytest.raises(SignInPageError):
        fetch(site.fetcher(), accept="image/png")


# Waiting


def date_in(seconds: float) -> str:
    return format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)


WAITS: list[tuple[str, int | None]] = [
    (date_in(90), 90),
    (date_in(86_400), limits.RETRY_AFTER_SECONDS),
    ("Tue, 24 Nov 2026 13:02:00 +0100", 120),
    ("Tue, 24 Nov 2026 12:00:30 -0000", 30),
    (date_in(-90), None),
    ("Tue, 99 Nov 2026 12:00:30 GMT", None),
    ("0", None),
]


@pytest.mark.fault("N5")
@pytest.mark.parametrize(("said", "seconds"), WAITS)
def test_a_site_may_name_a_date_to_come_back_at(site: HttpsSite, said: str, seconds: int | None) -> None:
    site.answer(URL, status(429, Retry_After=said))
    assert problem(site.fetcher(now=lambda: NOW)).facts.get("seconds") == seconds


@pytest.mark.fault("N5")
def test_a_site_that_asks_for_time_is_left_alone_for_that_time(site: HttpsSite) -> None:
    clock = Clock()
    fetcher = site.fetcher(monotonic=clock)
    site.answer(URL, status(503, Retry_After="30"))
    assert problem(fetcher).facts == {"host": HOME, "seconds": 30}
    site.answer(URL, label(BODY))
    clock.sleep(20.5)
    assert problem(fetcher).facts == {"host": HOME, "seconds": 10}
    assert len(site.requests) == 1
    clock.sleep(9.5)
    assert fetch(fetcher).body == BODY


@pytest.mark.fault("N5")
def test_a_host_that_failed_three_times_in_a_minute_has_a_minutes_rest(site: HttpsSite) -> None:
    clock = Clock()
    fetcher = site.fetcher(monotonic=clock)
    site.answer(URL, status(500))
    site.answer(LINKED, label(BODY))
    for _ in range(3):
        assert problem(fetcher).facts == {"host": HOME}
        clock.sleep(10)
    assert problem(fetcher).facts == {"host": HOME, "seconds": 50}
    assert len(site.requests) == 3
    assert fetch(fetcher, LINKED).body == BODY
    clock.sleep(50)
    site.answer(URL, label(BODY))
    assert fetch(fetcher).body == BODY


def test_one_who_waits_differently_keeps_the_same_manners(site: HttpsSite) -> None:
    fetcher = site.fetcher()
    hasty = fetcher.with_patience(Patience(whole=2.0, pauses=()))
    site.answer(URL, status(503, Retry_After="30"))
    assert problem(hasty).facts == {"host": HOME, "seconds": 30}
    site.answer(URL, label(BODY))
    assert problem(fetcher).facts["host"] == HOME
    assert len(site.requests) == 1


def test_failures_that_are_far_apart_or_followed_by_an_answer_do_not_count_together(site: HttpsSite) -> None:
    clock = Clock()
    fetcher = site.fetcher(monotonic=clock)
    for _ in range(4):
        site.answer(URL, status(500))
        assert problem(fetcher).facts == {"host": HOME}
        clock.sleep(31)
    for _ in range(4):
        site.answer(URL, status(500))
        assert problem(fetcher).facts == {"host": HOME}
        site.answer(URL, label(BODY))
        fetch(fetcher)


def test_no_host_has_more_than_two_connections_and_no_computer_more_than_eight() -> None:
    hosts = [f"labels.site{number}.example" for number in range(6)]
    gate = threading.Event()
    lock = threading.Lock()
    busy: list[str] = []
    most: dict[str, int] = {"all": 0, "host": 0}

    def slowly(host: str) -> Script:
        def play(wire: Wire) -> None:
            with lock:
                busy.append(host)
                most["all"] = max(most["all"], len(busy))
                most["host"] = max(most["host"], busy.count(host))
                if len(busy) == limits.CONNECTIONS:
                    gate.set()
            gate.wait(3)
            with lock:
                busy.remove(host)
            label(BODY)(wire)

        return play

    with HttpsSite(*hosts) as site, ThreadPoolExecutor(18) as pool:
        fetcher = site.fetcher()
        urls = [f"https://{host}/l" for host in hosts for _ in range(3)]
        for host in hosts:
            site.answer(f"https://{host}/l", slowly(host))
        answers = list(pool.map(lambda url: fetch(fetcher, url).body, urls))
    assert answers == [BODY] * 18
    assert most == {"all": limits.CONNECTIONS, "host": limits.CONNECTIONS_PER_HOST}


def test_who_waits_for_a_free_connection_waits_no_longer_than_the_deadline() -> None:
    manners = Manners(time.monotonic)
    deadline = Deadline(time.monotonic() + 0.1)
    with manners.turn(HOME, deadline), manners.turn(HOME, deadline):
        with pytest.raises(TimeoutError), manners.turn(HOME, deadline):
            pass
        with manners.turn(OTHER, Deadline(time.monotonic() + 1)):
            pass
    with manners.turn(HOME, Deadline(time.monotonic() + 1)):
        pass


# The clock


def dated(start: datetime) -> trustme.LeafCert:
    return authority().issue_cert(HOME, not_before=start, not_after=start + timedelta(days=9))


REAL_NOW = datetime.now(UTC)
FUTURE = REAL_NOW + timedelta(days=400)
PAST = REAL_NOW - timedelta(days=400)
CLOCKS: list[tuple[str, Callable[[], trustme.LeafCert], datetime | None, type[LabelViewerError]]] = [
    (
        "slow, not yet good",
        lambda: dated(FUTURE),
        FUTURE,
        WrongClockError,
    ),
    ("slow, another name", lambda: authority().issue_cert("b.example"), FUTURE, UnprovenSiteError),
    ("slow, unknown authority", lambda: trustme.CA().issue_cert(HOME), FUTURE, UnprovenSiteError),
    (
        "right, not yet good",
        lambda: dated(FUTURE),
        PAST,
        UnprovenSiteError,
    ),
    ("right, ran out", lambda: dated(PAST), PAST, UnprovenSiteError),
    ("nobody knows", lambda: dated(PAST), None, UnprovenSiteError),
]


@pytest.mark.threat("T23")
@pytest.mark.fault("N3", "T1")
@pytest.mark.parametrize(("made", "floor", "error"), [row[1:] for row in CLOCKS], ids=[row[0] for row in CLOCKS])
def test_a_wrong_date_of_a_certificate_is_ours_where_our_clock_is_certainly_slow(
    made: Callable[[], trustme.LeafCert], floor: datetime | None, error: type[LabelViewerError]
) -> None:
    with HttpsSite(HOME, certificate=made()) as site:
        found = problem(site.fetcher(floor=lambda: floor, now=lambda: REAL_NOW))
        assert type(found) is error
        assert site.requests == []
    if error is WrongClockError:
        assert found.facts == {"date": REAL_NOW.date()}
        assert isinstance(found.__cause__, ssl.SSLCertVerificationError)


@pytest.mark.threat("T28")
def test_two_installations_send_the_same_bytes_through_retries_redirects_and_links(site: HttpsSite) -> None:
    """Whatever happened to one of them before."""
    site.answer(URL, redirect("/b"))
    site.answer(f"https://{HOME}/b", label(linkset(target(LINKED)), links.LINKSET))
    site.answer(LINKED, say(response(200, BODY, headers={"Set-Cookie": "id=1", "ETag": '"1"'})))
    one, other = (
        site.fetcher(),
        site.fetcher(now=lambda: NOW, resolver=lambda host, seconds: [PUBLIC_ADDRESS, PUBLIC_ADDRESS]),
    )
    fetch(one)
    fetch(one)
    fetch(other)
    first, second, third = (site.requests[at : at + 3] for at in (0, 3, 6))
    assert first == second == third
    assert len({*first}) == 3
