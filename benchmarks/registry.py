"""A registry as a reader meets it, over TLS on loopback: bytes, requests and times against a peer in the same run.

Nothing is aimed elsewhere but addresses: the fetcher, the library on disk, TUF and the checks are those of the program.
"""

import argparse
import json
import os
import random
import sqlite3
import ssl
import sys
import tempfile
import tracemalloc
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from http.client import HTTPSConnection
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from benchmarks.library import share
from benchmarks.publish import HOST, make_office, no_secret, write
from labelviewer import resources
from labelviewer.adapters.clock import SystemClock
from labelviewer.adapters.lead import Lead
from labelviewer.adapters.library import Library
from labelviewer.adapters.qr_reader import CodeReader
from labelviewer.adapters.trust_source import BundledTrust
from labelviewer.adapters.tuf_lead import TufLead
from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.domain.report import State, Step
from labelviewer.pipeline.bundle import FIRST_LINE, import_bundle, verified_label
from labelviewer.pipeline.run import Ports, inspect_code
from labelviewer.pipeline.trusting import LiveTrust, Sources
from labelviewer.publish import lead as leads
from labelviewer.publish.index import FULL
from labelviewer.publish.keys import from_jwk
from labelviewer.publish.office import Office
from labelviewer.publish.registry import build
from labelviewer.publish.sign import as_json
from labelviewer.publish.status import ENTRIES, Status, sign_status_list
from labelviewer.schemes.packs import Packs, load_packs
from labelviewer.verify.status import open_status
from labelviewer.verify.token import decode, split
from labelviewer.verify.verdict import evaluate
from tests.https_site import HttpsSite, authority, response, say

LEAD: Final = "trust.lead.example"
METADATA: Final = f"https://{LEAD}/tuf/"
KILO: Final = 1_000
ALL: Final = 10_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=2_000, help="how many are published and imported")
    parser.add_argument("--rounds", type=int, default=9, help="how many programs look up a label for the first time")
    asked = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory(prefix="labelviewer-benchmark-") as name:
        folder = Path(name)
        office, packs = make_office(folder / "office"), load_packs(resources.SCHEMES)
        publication(office, packs, asked.labels, table)
        with HttpsSite(HOST, LEAD) as site:
            world = World(folder, site, office, packs)
            world.lead_with(10)
            look_ups(world, asked.rounds, table)
            verification(world, asked.labels, table)
            importing(world, asked.labels, table)
            for share_of, goal in ((0.001, 64_000), (0.01, 320_000)):
                status(world, share_of, goal, table)
            world.lead_with(49)
            table.goal("L5", "50 administrators, first trust list", len(world.trust_alone()), 64_000, "B")
    return table.end()


class Table:
    """Lines as they are known; `goal` remembers what was missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def line(self, what: str, figure: str, peer: str = "") -> None:
        print(f"{what:<50} {figure:>22}   {peer}".rstrip(), flush=True)

    def times(self, what: str, ours: list[float], peers: list[float], peer: str) -> None:
        ours, peers = sorted(ours), sorted(peers)
        figures = f"p50 {share(ours, 0.5):.2f} p95 {share(ours, 0.95):.2f} ms"
        self.line(what, figures, f"{share(ours, 0.5) / share(peers, 0.5):.1f} x {peer} ({share(peers, 0.5):.3f} ms)")

    def rate(self, what: str, count: int, seconds: float, peer: str, peer_seconds: float) -> None:
        self.line(what, f"{count / seconds:,.0f} a second", f"{seconds / peer_seconds:.1f} x {peer}")

    def goal(self, name: str, what: str, figure: float, most: float, unit: str = "") -> None:
        met = figure <= most
        if not met:
            self.missed.append(name)
        number = f"{figure:.2f}" if unit in ("s", "ms") else f"{figure:,}"
        self.line(f"{name}: {what}", f"{number} {unit}".strip(), f"goal {most:,}: {'met' if met else 'not met'}")

    def end(self) -> int:
        print(f"goals: {'not met: ' + ', '.join(self.missed) if self.missed else 'all met'}")
        return int(bool(self.missed))


@dataclass
class World:
    """One office and one lead administrator on one site."""

    folder: Path
    site: HttpsSite
    office: Office
    packs: Packs
    root: bytes = b""
    readers: int = 0

    def __post_init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        for path in filter(Path.is_file, self.office.public.rglob("*")):
            self.serve(f"https://{HOST}/{path.relative_to(self.office.public).as_posix()}", path.read_bytes())

    def serve(self, address: str, body: bytes) -> None:
        kind = "application/json" if address.endswith("json") else "application/jwt"
        self.answers[address] = response(200, body, media_type=kind)
        self.site.answer(address, say(self.answers[address]))

    def lead_with(self, others: int) -> None:
        """A new lead, who lists our office and as many others."""
        place = self.folder / f"lead-{others}"
        now = datetime.now(UTC)
        lead = leads.found(place, "Example Lead", "https://lead.example/", now, None)
        records = [make_office(place / f"office-{n}", f"a{n}.example").record_members(now) for n in range(others)]
        for record in (self.office.record_members(now), *records):
            (place / "administrators" / f"{record['id']}.json").write_bytes(as_json(record))
        leads.sign(lead, now, no_secret)
        self.root = (lead.served / "1.root.json").read_bytes()
        for path in lead.served.rglob("*.json"):
            self.serve(METADATA + path.relative_to(lead.served).as_posix(), path.read_bytes())

    def reader(self) -> tuple[LiveTrust, Ports, Library]:
        """A program that was never started before."""
        self.readers += 1
        place = self.folder / f"reader-{self.readers}"
        clock, fetcher = SystemClock(), self.site.fetcher()
        library = Library(place / "library.db", clock)
        lead = TufLead(Lead(METADATA, f"{METADATA}targets/", self.root), fetcher, place / "trust")
        trust = LiveTrust(Sources(BundledTrust(resources.TRUST), library, clock, fetcher, fetcher, lead))
        return trust, Ports(clock, CodeReader(), fetcher, trust, self.packs, library, trust), library

    def token(self, number: int) -> bytes:
        return (self.office.served / "l" / f"2026-{number}.jwt").read_bytes()

    def addresses(self, since: int) -> list[str]:
        return [address(request) for request in self.site.requests[since:]]

    def traffic(self, since: int) -> tuple[int, int]:
        """Requests, and the bytes of HTTP in both directions."""
        asked = self.site.requests[since:]
        missing = response(404)
        return len(asked), sum(len(one) + len(self.answers.get(address(one), missing)) for one in asked)

    def trust_alone(self) -> bytes:
        """What one first refresh brings down, as bodies."""
        since = len(self.site.requests)
        self.reader()[0].renew_trust_list(at_once=True)
        answers = (self.answers.get(asked, b"") for asked in self.addresses(since))
        return b"".join(answer.partition(b"\r\n\r\n")[2] for answer in answers)


def address(request: bytes) -> str:
    first, *headers = request.decode("latin-1").split("\r\n")
    host = next(line[6:] for line in headers if line.lower().startswith("host: "))
    return f"https://{host}{first.split(' ')[1]}"


def publication(office: Office, packs: Packs, labels: int, table: Table) -> None:
    write(office, range(labels), "Hearth Camera 2")
    start = perf_counter()
    done = build(office, packs, datetime.now(UTC), no_secret)
    seconds = perf_counter() - start
    assert len(done.signed) == labels
    signer, _ = office.open("label", no_secret)
    signed = [split(path.read_bytes()).signed for path in (office.served / "l").iterdir()]
    table.rate("publish labels", labels, seconds, "bare signing", taken(every, signer.sign, signed))


def look_ups(world: World, rounds: int, table: Table) -> None:
    first: list[float] = []
    later: list[float] = []
    bare_first: list[float] = []
    bare_later: list[float] = []
    code, get = world.office.code, partial(bare, world.site)
    requests = sent = again = later_sent = later_requests = 0
    for _ in range(rounds):
        trust, ports, _ = world.reader()
        since = len(world.site.requests)
        first.append(KILO * (taken(trust.renew_all) + taken(verified, code("2026-0"), ports)))
        requests, sent = world.traffic(since)
        bare_first.append(KILO * taken(every, get, world.addresses(since)))
        for number in range(1, 6):
            since = len(world.site.requests)
            later.append(KILO * taken(verified, code(f"2026-{number}"), ports))
            later_requests, later_sent = world.traffic(since)
            bare_later.append(KILO * taken(every, get, world.addresses(since)))
        since = len(world.site.requests)
        trust.renew_trust_list(at_once=True)
        again = world.traffic(since)[1]
    table.times("first look-up, with all lists", first, bare_first, "bare GETs of the same files")
    table.times("later look-up", later, bare_later, "a bare GET of the same file")
    table.goal("L5", "11 administrators, first trust list", len(world.trust_alone()), 16_384, "B")
    table.goal("L5", "and again, with all of HTTP", again, 1_024, "B")
    table.goal("L6", "first look-up, with all of HTTP", sent, 24_576, "B")
    table.goal("L6", "in so many requests", requests, 8)
    table.goal("L6", "later look-up, with all of HTTP", later_sent, 8_192, "B")
    table.goal("L6", "in so many requests", later_requests, 1)


def verified(code: str, ports: Ports) -> None:
    report = inspect_code(code, ports).report
    assert report is not None
    assert report.state is State.VERIFIED


def bare(site: HttpsSite, url: str) -> None:
    """What urllib would do: a connection, a request, the body."""
    host, _, path = url.removeprefix("https://").partition("/")
    connection = HTTPSConnection("127.0.0.1", site.endpoint[1], context=loose())
    with closing(connection):
        connection.request("GET", f"/{path}", headers={"Host": host})
        connection.getresponse().read()


@cache
def loose() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(context)
    context.check_hostname = False  # the peer dials loopback by its number
    return context


def verification(world: World, labels: int, table: Table) -> None:
    trust, ports, _ = world.reader()
    trust.renew_all()
    now, held = datetime.now(UTC), trust.trust()
    tokens = [world.token(number) for number in range(min(labels, 1_000))]
    key: Any = from_jwk(world.office.signing("label").jwk.model_dump(exclude_none=True))
    parts = [split(token) for token in tokens]
    alone = [KILO * taken(key.verify, part.signature, part.signed) for part in parts]
    opened = [KILO * taken(verified_label, token, held, now) for token in tokens]
    uri = world.office.status_uri(1)
    listed = ports.trust.status(uri)
    pack = world.packs.find("us-ctm")
    assert pack is not None
    needs = frozenset(Step[name.upper()] for name in pack.needs)

    def verdict(number: int) -> None:
        evidence = Evidence(tokens[number], "", now, Box(world.office.code(f"2026-{number}")))
        report = evaluate(evidence, held, listed, now, needs=needs, seen_version=0, offline=False)
        assert report.state is State.VERIFIED

    whole = [KILO * taken(verdict, number) for number in range(len(tokens))]
    table.times("verify one label", opened, alone, "bare Ed25519 verify")
    table.times("whole verdict, with its status list", whole, alone, "bare Ed25519 verify")
    table.goal("L2", "verify one label", share(sorted(opened), 0.5), 1, "ms")


def importing(world: World, labels: int, table: Table) -> None:
    trust, _, library = world.reader()
    trust.renew_all()
    tokens = [world.token(number) for number in range(labels)]
    bundle = b"\n".join([FIRST_LINE, *(b"label " + token for token in tokens), b""])
    start = perf_counter()
    assert import_bundle(BytesIO(bundle), library, trust.trust, datetime.now(UTC)).kept == labels
    seconds = perf_counter() - start
    key: Any = from_jwk(world.office.signing("label").jwk.model_dump(exclude_none=True))

    def peer() -> None:
        with closing(sqlite3.connect(world.folder / "peer.db", isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("CREATE TABLE token (bytes BLOB)")
            for first in range(0, labels, 1_000):
                db.execute("BEGIN")
                for token in tokens[first : first + 1_000]:
                    part = split(token)
                    key.verify(part.signature, part.signed)
                    db.execute("INSERT INTO token VALUES (?)", (token,))
                db.execute("COMMIT")

    bare = taken(peer)
    table.rate("import a bundle, durable", labels, seconds, "bare verify and INSERT", bare)
    seen = importing_in_the_window(world, bundle)
    table.rate("the same in the window", labels, seen, "bare verify and INSERT", bare)
    table.goal("L3", "importing 1,000 labels", seconds / labels * KILO, 1, "s")
    table.goal("L3", "the same in the window", seen / labels * KILO, 1, "s")


def importing_in_the_window(world: World, bundle: bytes) -> float:
    """Seconds, from opening the file until the window says that all is in."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop
    from PySide6.QtGui import QGuiApplication

    from labelviewer.adapters.profile import find_profile
    from labelviewer.app import build as build_window
    from labelviewer.words.catalogue import load_words

    application = QGuiApplication.instance() or QGuiApplication([])
    trust, ports, _ = world.reader()
    trust.renew_all()
    place = world.folder / "all.lvbundle"
    place.write_bytes(bundle)
    ready = replace(ports, carried=trust)
    program = build_window(lambda: ready, find_profile(world.folder / "window"), load_words(resources.WORDS, "en"))
    bundles, loop = program.rooms.bundles, QEventLoop()
    program.shell.goTo("bundle")
    bundles.imported.connect(loop.quit)
    application.processEvents()
    start = perf_counter()
    bundles.bring_in(place)
    loop.exec()
    seconds = perf_counter() - start
    assert bundles.state.done is not None
    assert bundles.state.done.kept == bundle.count(b"label ")
    program.close()
    return seconds


def status(world: World, withdrawn: float, goal: int, table: Table) -> None:
    """All labels of ten millions, of which a share is withdrawn, in as many lists as publishing would make."""
    dice, office, now = random.Random(1), world.office, datetime.now(UTC)
    signer, kid = office.open("status", no_secret)
    numbers = range(1, -(-ALL // FULL) + 1)
    bodies: dict[str, bytes] = {}
    for number in numbers:
        entries = min(FULL, ALL - (number - 1) * FULL)
        places = dice.sample(range(ENTRIES), int(entries * withdrawn))
        uri = office.status_uri(number)
        bodies[uri] = sign_status_list(uri, dict.fromkeys(places, Status.WITHDRAWN), signer, kid, issued=now)
        world.serve(uri, bodies[uri])
    world.serve(f"https://{HOST}/v1/status/index.json", as_json({"status_lists": list(bodies)}))
    table.goal("L4", f"states of 10^7 labels, {withdrawn:.1%} withdrawn", sum(map(len, bodies.values())), goal, "B")
    packed = sum(len(decode_list(body)) for body in bodies.values())
    table.line("   of that compressed states alone", f"{packed:,} B")
    trust, ports, _ = world.reader()
    trust.renew_trust_list()
    fetching = [KILO * taken(trust.renew_all)]
    peer = [KILO * taken(every, partial(bare, world.site), bodies)]
    table.times(f"   fetch and check {len(bodies)} lists", fetching, peer, "bare GETs")
    administrator = trust.trust().published.administrator(HOST)
    assert administrator is not None
    held = [one for uri in bodies if (one := ports.trust.status(uri)) is not None]
    assert len(held) == len(bodies)

    def look(one: StatusEvidence) -> None:
        assert open_status(one, one.uri, administrator).value(4_711) is not None

    unpacked = [KILO * taken(look, one) for one in held * 10]
    alone = [KILO * taken(look_bare, one.token) for one in held * 10]
    table.times("   unpack one list and look up one label", unpacked, alone, "base64, JSON and zlib alone")
    tracemalloc.start()
    for one in held:
        look(one)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    table.line("   most memory for one look-up", f"{memory / 1e6:.2f} MB")


def look_bare(token: bytes) -> int:
    return zlib.decompress(decode_list(token))[1_177]


def decode_list(token: bytes) -> bytes:
    return decode(json.loads(decode(token.split(b".")[1]))["status_list"]["lst"].encode())


def taken(act: Callable[..., object], *given: object) -> float:
    start = perf_counter()
    act(*given)
    return perf_counter() - start


def every(act: Callable[[Any], object], some: Iterable[Any]) -> None:
    for one in some:
        act(one)


if __name__ == "__main__":
    sys.exit(main())
