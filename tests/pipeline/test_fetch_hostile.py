"""Servers, certificates and names that mean harm: each ends in its own problem, in time, and nothing is fetched."""

import gzip
import itertools
import random
import select
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network

import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labelviewer.adapters.fetch import HttpsFetcher, Patience, system_trust
from labelviewer.adapters.resolver import has_route, resolve
from labelviewer.adapters.secure_line import Deadline, prove
from labelviewer.domain.errors import (
    DamagedLabelError,
    LabelViewerError,
    NetworkBlockedError,
    NotAnsweringError,
    OfflineError,
    PrivateNetworkError,
    ReachError,
    RefusedError,
    UnprovenSiteError,
)
from labelviewer.domain.ip_table import REFUSED_V4, REFUSED_V6
from labelviewer.domain.web_address import parse_web_address
from labelviewer.pipeline.ports import Fetched
from tests.https_site import (
    IMPATIENT,
    PUBLIC_ADDRESS,
    RESET_ON_CLOSE,
    HttpsSite,
    Script,
    Wire,
    authority,
    drip,
    label,
    redirect,
    reset,
    reset_once_heard,
    response,
    say,
    stall,
    status,
    trusting,
)

HOME = "labels.a.example"
URL = f"https://{HOME}/l"
BODY = b"eyJhbGciOiJFZDI1NTE5In0.e30.c2ln"
MOST = 64 * 1024
SLACK = 0.5  # seconds past the deadline that a busy machine may take

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ZIPPED = gzip.compress(BODY)
BOMB = gzip.compress(bytes(16 * 1024 * 1024))


@pytest.fixture(scope="module")
def a_site() -> Iterator[HttpsSite]:
    with HttpsSite(HOME) as site:
        yield site


@pytest.fixture
def site(a_site: HttpsSite) -> HttpsSite:
    a_site.requests.clear()
    return a_site


def fetch(fetcher: HttpsFetcher, url: str = URL) -> Fetched:
    return fetcher.fetch(parse_web_address(url), accept="x/label", max_bytes=MOST, is_known=lambda host: True)


def problem(fetcher: HttpsFetcher, url: str = URL) -> type[LabelViewerError]:
    with pytest.raises(LabelViewerError) as caught:
        fetch(fetcher, url)
    return type(caught.value)


def problem_in_time(site: HttpsSite) -> type[LabelViewerError]:
    started = time.monotonic()
    found = problem(site.fetcher(patience=IMPATIENT))
    assert time.monotonic() - started < IMPATIENT.whole + SLACK
    return found


def zipped(body: bytes, coding: str = "gzip") -> Script:
    return say(response(200, body, headers={"Content-Encoding": coding}))


def flood(head: bytes, piece: bytes) -> Script:
    def play(wire: Wire) -> None:
        wire.send(head)
        for _ in range(64 * 1024 * 1024 // len(piece)):
            wire.send(piece)

    return play


SLOW: dict[str, Script] = {
    "silence": stall(),
    "stall within the status line": stall(b"HTTP/1.1 2"),
    "stall within the headers": stall(HEAD + b"Content-Le"),
    "stall at the last byte": stall(response(200, BODY)[:-1]),
    "stall within a chunk": stall(CHUNKED + b"20\r\neyJ"),
    "drip of a status line": drip(b"HTTP/1.1 200 ", b"O"),
    "drip of headers": drip(HEAD, b"X: y\r\n"),
    "drip of one header": drip(HEAD + b"X-Long: "),
    "drip of a body": drip(response(200, length=5_000)),
    "drip of chunks": drip(CHUNKED, b"1\r\nx\r\n"),
    "drip of a body without end": drip(HEAD + b"\r\n"),
    "endless 100 Continue": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.fault("N6")
@pytest.mark.threat("T9")
@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW.keys())
def test_a_server_that_dawdles_is_cut_off_at_the_deadline(site: HttpsSite, script: Script) -> None:
    site.answer(URL, script)
    assert problem_in_time(site) is NotAnsweringError


@pytest.mark.fault("N6")
def test_a_server_that_dawdles_through_redirects_has_one_deadline_for_all(site: HttpsSite) -> None:
    def late(wire: Wire) -> None:
        wire.wait(0.15)
        redirect("/l")(wire)

    site.answer(URL, late)
    assert problem_in_time(site) is NotAnsweringError


BROKEN: dict[str, Script] = {
    "shorter than declared": say(response(200, BODY, length=len(BODY) + 1)),
    "chunks cut off": say(CHUNKED + b"20\r\neyJ"),
    "chunks without an end": say(CHUNKED + b"3\r\neyJ\r\n"),
    "chunk of no size": say(CHUNKED + b"zz\r\neyJ\r\n0\r\n\r\n"),
    "gzip cut off": zipped(ZIPPED[:-9]),
    "gzip with a byte after it": zipped(ZIPPED + b"x"),
    "gzip twice in one": zipped(ZIPPED + ZIPPED),
    "gzip that is none": zipped(BODY),
    "gzip with a wrong sum": zipped(ZIPPED[:-8] + bytes(4) + ZIPPED[-4:]),
    "gzip bomb": zipped(BOMB),
    "gzip of nothing": zipped(gzip.compress(b"")),
    "two codings": zipped(gzip.compress(ZIPPED), "gzip, gzip"),
    "deflate": zipped(zlib.compress(BODY), "deflate"),
    "brotli": zipped(BODY, "br"),
    "declared too large": stall(response(200, length=MOST + 1)),
    "declared beyond reason": stall(response(200, length=10**30)),
    "too large undeclared": flood(HEAD + b"\r\n", bytes(16_384)),
    "too large in chunks": flood(CHUNKED, b"4000\r\n" + bytes(0x4000) + b"\r\n"),
    "two lengths": say(HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nabcdefg"),
    "length below nothing": say(HEAD + b"Content-Length: -1\r\n\r\n"),
    "empty": label(b""),
    "not HTTP": say(b"220 mail.a.example ESMTP\r\n\r\n"),
    "binary": say(bytes(range(256))),
    "a status of words": say(b"HTTP/1.1 OK\r\n\r\n"),
    "HTTP of tomorrow": say(b"HTTP/7 200 OK\r\n\r\n" + BODY),
    "headers without end": flood(HEAD, b"X: y\r\n" * 1000),
    "a header without end": flood(HEAD + b"X: ", b"y" * 16_384),
}


@pytest.mark.fault("N7", "N8", "N9")
@pytest.mark.threat("T9")
@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_is_damaged_or_too_large_is_not_taken(site: HttpsSite, script: Script) -> None:
    site.answer(URL, script)
    assert problem(site.fetcher(patience=Patience(idle=2.0, pauses=()))) is DamagedLabelError


@pytest.mark.fault("N9")
def test_a_label_that_was_packed_twice_is_unpacked_once(site: HttpsSite) -> None:
    site.answer(URL, zipped(gzip.compress(ZIPPED)))
    assert fetch(site.fetcher()).body == ZIPPED


@pytest.mark.fault("N7")
def test_bytes_past_the_declared_length_are_not_read(site: HttpsSite) -> None:
    site.answer(URL, say(response(200, BODY) + b"HTTP/1.1 200 OK\r\n\r\nextra"))
    assert fetch(site.fetcher()).body == BODY


@pytest.mark.fault("N9")
@pytest.mark.threat("T9")
@pytest.mark.parametrize(
    "name", ["gzip bomb", "too large undeclared", "too large in chunks", "a header without end", "declared too large"]
)
def test_no_flood_and_no_bomb_takes_the_memory(site: HttpsSite, name: str) -> None:
    site.answer(URL, BROKEN[name])
    tracemalloc.start()
    try:
        problem(site.fetcher())
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.threat("T9")
@pytest.mark.parametrize("seed", range(40))
def test_no_garbage_ends_in_anything_but_a_known_problem(site: HttpsSite, seed: int) -> None:
    dice = random.Random(seed)
    good = bytearray(response(200, gzip.compress(BODY), headers={"Content-Encoding": "gzip"}))
    for _ in range(dice.randint(1, 12)):
        good[dice.randrange(len(good))] = dice.randrange(256)
    site.answer(URL, say(bytes(good)))
    with suppress(ReachError, RefusedError):
        assert len(fetch(site.fetcher()).body) <= MOST


def own_checks() -> ssl.SSLContext:
    """The program's own TLS settings, with the test authority on top of the system's."""
    tls = system_trust()
    authority().configure_trust(tls)
    return tls


def days(number: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=number)


CERTIFICATES: dict[str, Callable[[], trustme.LeafCert]] = {
    "expired": lambda: authority().issue_cert(HOME, not_before=days(-30), not_after=days(-1)),
    "not yet good": lambda: authority().issue_cert(HOME, not_before=days(1), not_after=days(30)),
    "another name": lambda: authority().issue_cert("labels.b.example"),
    "the name above": lambda: authority().issue_cert("a.example"),
    "a name below": lambda: authority().issue_cert(f"x.{HOME}"),
    "a wildcard too high": lambda: authority().issue_cert("*.example"),
    "the address dialled": lambda: authority().issue_cert("127.0.0.1", PUBLIC_ADDRESS),
    "only a common name": lambda: authority().issue_cert("x.example", common_name=HOME),
    "unknown authority": lambda: trustme.CA().issue_cert(HOME),
}


@pytest.mark.fault("N3")
@pytest.mark.threat("T24")
@pytest.mark.parametrize("made", CERTIFICATES.values(), ids=CERTIFICATES.keys())
@pytest.mark.parametrize("system", [False, True])
def test_a_site_that_does_not_prove_its_name_is_not_asked(made: Callable[[], trustme.LeafCert], system: bool) -> None:
    with HttpsSite(HOME, certificate=made()) as site:
        site.answer(URL, label(BODY))
        assert problem(site.fetcher(tls=own_checks() if system else trusting())) is UnprovenSiteError
        assert site.requests == []


def test_a_site_that_proves_its_name_is_asked_with_the_systems_own_checks(site: HttpsSite) -> None:
    site.answer(URL, label(BODY))
    assert problem(site.fetcher(tls=system_trust())) is UnprovenSiteError
    assert fetch(site.fetcher(tls=own_checks())).body == BODY


@pytest.mark.fault("N3")
@pytest.mark.threat("T24")
def test_a_certificate_that_vouches_for_itself_is_worth_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = trustme.CA()
    folder = tmp_path_factory.mktemp("own")
    own.cert_pem.write_to_path(folder / "cert.pem")
    own.private_key_pem.write_to_path(folder / "key.pem")
    with HttpsSite(HOME, tune=lambda tls: tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")) as site:
        assert problem(site.fetcher()) is UnprovenSiteError


@pytest.mark.fault("N3")
@pytest.mark.threat("T24")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_a_site_with_old_tls_is_not_asked(version: ssl.TLSVersion) -> None:
    def tune(tls: ssl.SSLContext) -> None:
        tls.set_ciphers("ALL:@SECLEVEL=0")
        tls.minimum_version = version
        tls.maximum_version = version

    with HttpsSite(HOME, tune=tune) as site:
        site.answer(URL, label(BODY))
        assert problem(site.fetcher(tls=own_checks())) is UnprovenSiteError
        assert site.requests == []


GREETINGS: dict[str, tuple[Script, type[LabelViewerError]]] = {
    "plain HTTP": (label(BODY), UnprovenSiteError),
    "cut in the handshake": (say(b"\x16\x03\x03"), UnprovenSiteError),
    "reset in the handshake": (reset_once_heard, UnprovenSiteError),
    "silence in the handshake": (stall(), NotAnsweringError),
    "drip in the handshake": (drip(b"\x16\x03\x03\x40\x00"), NotAnsweringError),
}


@pytest.mark.fault("N3")
@pytest.mark.parametrize(("script", "error"), GREETINGS.values(), ids=GREETINGS.keys())
def test_a_handshake_that_fails_has_its_problem(script: Script, error: type[LabelViewerError]) -> None:
    with HttpsSite(HOME, instead_of_tls=script) as site:
        assert problem_in_time(site) is error


@pytest.mark.fault("N3")
def test_a_connection_that_was_gone_before_the_handshake_proves_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours = socket.create_connection(server.getsockname())
        theirs, _ = server.accept()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        theirs.close()
        select.select([ours], [], [], 5)
        ours.getsockopt(
            socket.SOL_SOCKET, socket.SO_ERROR
        )  # whoever asked first has heard of the reset; Python has not
        with pytest.raises(UnprovenSiteError):
            prove(HOME, ours, own_checks(), Deadline(time.monotonic() + 5), 5)


def answering(*addresses: str) -> Callable[[str, float], Sequence[str]]:
    return lambda host, seconds: addresses


LIES = [
    ("127.0.0.1",),
    ("10.0.0.1",),
    ("169.254.169.254",),
    ("168.63.129.16",),
    ("::1",),
    ("fe80::1%eth0",),
    ("::ffff:93.184.216.34",),
    ("64:ff9b::7f00:1",),
    (PUBLIC_ADDRESS, "192.168.1.1"),
    (PUBLIC_ADDRESS, PUBLIC_ADDRESS, "fd00::1"),
    ("not an address",),
]


@pytest.mark.fault("N2")
@pytest.mark.threat("T7")
@pytest.mark.parametrize("answers", LIES)
def test_a_name_with_one_address_inside_a_private_network_is_never_dialled(
    site: HttpsSite, answers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialled: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, place: dialled.append(place))
    assert problem(site.fetcher(resolver=answering(*answers))) is PrivateNetworkError
    assert dialled == []


@pytest.mark.fault("N2")
@pytest.mark.threat("T7")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([*REFUSED_V4, *REFUSED_V6]), st.integers(0, 2**128), st.integers(0, 2))
def test_no_block_of_the_table_is_ever_dialled(
    site: HttpsSite, block: IPv4Network | IPv6Network, number: int, place: int
) -> None:
    answers = [PUBLIC_ADDRESS, "2606:4700::1111"]
    answers.insert(place, str(block[number % block.num_addresses]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", lambda self, endpoint: pytest.fail(f"{endpoint} was dialled"))
        assert problem(site.fetcher(resolver=answering(*answers))) is PrivateNetworkError


@pytest.mark.fault("N2")
@pytest.mark.threat("T7")
def test_a_name_that_turns_private_on_the_way_is_not_followed(site: HttpsSite) -> None:
    answers = iter([[PUBLIC_ADDRESS], ["127.0.0.1"]])
    site.answer(URL, redirect("/again"))
    assert problem(site.fetcher(resolver=lambda host, seconds: next(answers))) is PrivateNetworkError
    assert len(site.requests) == 1


@pytest.mark.threat("T7")
def test_the_name_is_looked_up_once_for_each_request(site: HttpsSite) -> None:
    asked: list[str] = []

    def resolver(host: str, seconds: float) -> list[str]:
        asked.append(host)
        return [PUBLIC_ADDRESS]

    site.answer(URL, label(BODY))
    fetch(site.fetcher(resolver=resolver))
    assert asked == [HOME]


@pytest.mark.threat("T7")
def test_the_connection_goes_to_the_checked_address_and_the_second_of_another_family(site: HttpsSite) -> None:
    dialled: list[tuple[str, int]] = []
    six = "2606:2800:220:1:248:1893:25c8:1946"

    def where(endpoint: tuple[str, int]) -> tuple[str, int]:
        dialled.append(endpoint)
        return site.endpoint if endpoint[0] == six else ("127.0.0.1", closed)

    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()[1]
    site.answer(URL, label(BODY))
    fetcher = site.fetcher(where=where, resolver=answering(PUBLIC_ADDRESS, "93.184.216.35", six))
    assert fetch(fetcher).body == BODY
    assert dialled == [(PUBLIC_ADDRESS, 443), (six, 443)]


def failing(fault: OSError) -> Callable[[str, float], Sequence[str]]:
    def resolver(host: str, seconds: float) -> Sequence[str]:
        raise fault

    return resolver


NO_NAME = socket.gaierror(socket.EAI_NONAME, "")
TRY_AGAIN = socket.gaierror(socket.EAI_AGAIN, "")

UNRESOLVED: list[tuple[OSError, bool, type[LabelViewerError]]] = [
    (TRY_AGAIN, True, OfflineError),
    (TRY_AGAIN, False, OfflineError),
    (NO_NAME, True, NotAnsweringError),
    (NO_NAME, False, OfflineError),
    (TimeoutError(), True, NotAnsweringError),
    (TimeoutError(), False, OfflineError),
]


@pytest.mark.fault("N2")
@pytest.mark.parametrize(("fault", "online", "error"), UNRESOLVED)
def test_a_name_without_an_address_is_told_from_no_network(
    site: HttpsSite, fault: OSError, online: bool, error: type[LabelViewerError]
) -> None:
    assert problem(site.fetcher(resolver=failing(fault), has_network=lambda: online)) is error


@pytest.mark.fault("N2")
@pytest.mark.parametrize("answers", [(), tuple(f"93.184.216.{n}" for n in range(33))])
def test_a_name_with_no_address_or_far_too_many_is_not_used(site: HttpsSite, answers: tuple[str, ...]) -> None:
    assert problem(site.fetcher(resolver=answering(*answers))) is NotAnsweringError


REFUSALS: list[tuple[OSError, bool, type[LabelViewerError]]] = [
    (ConnectionRefusedError(), True, NotAnsweringError),
    (OSError(101, "unreachable"), False, OfflineError),
    (TimeoutError(), True, NotAnsweringError),
    (PermissionError(), True, NetworkBlockedError),
]


@pytest.mark.fault("N1")
@pytest.mark.parametrize(("fault", "online", "error"), REFUSALS)
def test_a_connection_that_is_refused_has_its_problem(
    site: HttpsSite,
    fault: OSError,
    online: bool,
    error: type[LabelViewerError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: socket.socket, place: object) -> None:
        raise fault

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert problem(site.fetcher(has_network=lambda: online)) is error


@pytest.mark.fault("N2")
def test_a_look_up_that_hangs_is_given_up() -> None:
    release = threading.Event()

    def hang(host: str) -> list[str]:
        release.wait(5)
        return []

    started = time.monotonic()
    with pytest.raises(TimeoutError):
        resolve(HOME, 0.1, hang)
    assert time.monotonic() - started < 0.1 + SLACK
    release.set()
    for thread in threading.enumerate():
        if thread.name == "look-up":
            thread.join(1)


def test_a_look_up_tells_what_the_system_says() -> None:
    def fail(host: str) -> list[str]:
        raise NO_NAME

    assert "127.0.0.1" in resolve("localhost", 2.0)
    with pytest.raises(socket.gaierror):
        resolve(HOME, 2.0, fail)


def test_whether_there_is_a_network_is_read_off_the_routes_and_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    answers = itertools.chain([OSError(101, "unreachable"), None], itertools.repeat(OSError(101, "unreachable")))

    def connect(self: socket.socket, place: object) -> None:
        asked.append(self.type)
        if fault := next(answers):
            raise fault

    monkeypatch.setattr(socket.socket, "connect", connect)
    assert has_route()
    assert not has_route()
    assert set(asked) == {socket.SOCK_DGRAM}


@pytest.mark.fault("N1")
def test_after_every_fault_the_next_fetch_works(site: HttpsSite) -> None:
    fetcher = site.fetcher(patience=Patience(idle=0.5, pauses=()))
    for script in (stall(), reset(), status(500), BROKEN["gzip bomb"], BROKEN["headers without end"]):
        site.answer(URL, script)
        problem(fetcher)
        site.answer(URL, label(BODY))
        assert fetch(fetcher).body == BODY
