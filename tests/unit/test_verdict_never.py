"""Nothing is verified that is not signed, recognised, matching, in date and in good standing; nothing crashes it."""

import itertools
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelviewer.domain.evidence import Box, Evidence, StatusEvidence
from labelviewer.domain.report import Finding, Standing, State, Step
from labelviewer.verify import case as case_module
from labelviewer.verify.case import Opened, open_case, open_token
from labelviewer.verify.reasons import FACTS, REASONS
from labelviewer.verify.trust import Trust, unite
from labelviewer.verify.verdict import decide, evaluate
from tests.simulator import DAY, GTIN, NOW, Authority, demo_authority, list_of, parsed, tamper

A = Authority()
B = Authority(id="b.example", name="Administrator B")
EVIL = Authority(id="evil.example")
TOKEN = A.label()


@dataclass(frozen=True)
class Option:
    """One setting of one axis; `good`: a label may still be verified with it."""

    name: str
    good: bool
    value: Any


def option(name: str, value: Any) -> Option:
    return Option(name.removesuffix("!"), not name.endswith("!"), value)


TOKENS = [
    option("good", TOKEN),
    option("good, by the other algorithm!", Authority(es256=True).label()),
    option("tampered!", tamper(TOKEN)),
    option("key of somebody else!", A.sign_anything(A.document(), key=EVIL.label_key)),
    option("status key!", A.sign_anything(A.document(), key=A.status_key, kid=A.status_kid)),
    option("unknown key!", A.sign_anything(A.document(), kid="other")),
    option("unknown issuer!", EVIL.label()),
    option("not a label!", A.sign_anything({"iss": A.id})),
    option("ran out!", A.label(exp=A.document()["iat"] + 86_400)),
    option("grant ran out!", A.label(grant={"valid_until": "2026-05-01"})),
    option("from the future!", A.label(iat=int(NOW.timestamp()) + 40 * 86_400)),
    option("cut!", TOKEN[:-1]),
]
TRUSTS = [
    option("listed", unite(parsed(list_of(A, B)), parsed(list_of(demo_authority())))),
    option("listed, key retired later", A.retire(NOW - 10 * DAY).trust()),
    option("not listed!", unite(parsed(list_of(B)))),
    option("removed!", A.remove().trust()),
    option("over!", replace(A, until=date(2026, 5, 1)).trust()),
    option("suspended!", A.suspend().trust()),
    option("compromised!", A.compromise(NOW - 50 * DAY).trust()),
    option("retired before!", A.retire(NOW - 100 * DAY).trust()),
    option("other scheme!", replace(A, schemes=("nist-iot",)).trust()),
    option("too old!", A.trust(issued="2026-01-01T00:00:00Z", next_update="2026-01-08T00:00:00Z")),
    option("from the future!", A.trust(issued="2026-07-01T00:00:00Z", next_update="2026-07-08T00:00:00Z")),
]
STATUSES = [
    option("good", A.status_evidence()),
    option("none!", None),
    option("withdrawn!", A.withdraw().status_evidence()),
    option("on hold!", A.put_on_hold().status_evidence()),
    option("stale!", A.status_evidence(A.status_list(issued=NOW - 8 * DAY))),
    option("other list!", A.status_evidence(uri=A.status_uri + "0")),
    option("other signer!", A.status_evidence(A.status_list(key=EVIL.status_key))),
    option("too short!", A.status_evidence(A.status_list(entries=4))),
    option("damaged!", A.status_evidence(b"a.b.c")),
]
BOXES = [
    option("this code", Box(A.code())),
    option("no box", Box()),
    option("this code and this barcode", Box(A.code(), GTIN)),
    option("this code, other barcode!", Box(A.code(), "04099999999999")),
    option("no code, other barcode!", Box(None, "04099999999999")),
    option("other code!", Box(A.code("2026-000124"))),
    option("other host!", Box("https://evil.example/l/2026-000123")),
    option("no address!", Box("hello")),
]
TIMES = [
    option("now", NOW),
    option("400 days slow!", NOW - 400 * DAY),
    option("a day slow!", NOW - 1.5 * DAY),
    option("a year later!", NOW + 365 * DAY),
    option("long after its end!", NOW + 900 * DAY),
]
SEEN = [option("never", 0), option("same", 3), option("newer!", 4)]
OFFLINE = [option("online", False), option("offline!", True)]
NEEDS = [option("some", frozenset({Step.SIGNATURE})), option("none!", frozenset())]

AXES = (TOKENS, TRUSTS, STATUSES, BOXES, TIMES, SEEN, OFFLINE, NEEDS)
COMBINATIONS = math.prod(map(len, AXES))


@pytest.fixture
def opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real thing, remembered: a token is opened once for each trust list, a status list once for each label."""
    tokens: dict[tuple[bytes, int], Opened] = {}
    lists: dict[tuple[int, int], Any] = {}
    real_status = case_module._opened_status

    def token_once(data: bytes, trust: Trust) -> Opened:
        if (data, id(trust)) not in tokens:
            tokens[data, id(trust)] = open_token(data, trust)
        return tokens[data, id(trust)]

    def status_once(opened: Opened, status: StatusEvidence | None) -> Any:
        if (id(opened), id(status)) not in lists:
            lists[id(opened), id(status)] = real_status(opened, status)
        return lists[id(opened), id(status)]

    monkeypatch.setattr(case_module, "open_token", token_once)
    monkeypatch.setattr(case_module, "_opened_status", status_once)


def chosen(count: int) -> Iterator[tuple[Option, ...]]:
    """Every combination that is at most two steps away from good, and a fixed draw of all others."""
    chance = random.Random(11)
    every = itertools.product(*AXES)
    near = (options for options in itertools.product(*AXES) if sum(not one.good for one in options) <= 2)
    yield from near
    for options in every:
        if chance.random() < count / COMBINATIONS:
            yield options


def test_only_what_is_good_in_every_way_is_verified(opened_once: None) -> None:
    evaluated, verified = 0, 0
    for options in chosen(20_000):
        token, trust, status, box, time, seen, offline, needs = (one.value for one in options)
        evidence = Evidence(token, A.address(), NOW, box)
        report = evaluate(evidence, trust, status, time, needs=needs, seen_version=seen, offline=offline)
        is_good = all(one.good for one in options)
        assert (report.state is State.VERIFIED) == is_good, [one.name for one in options]
        evaluated, verified = evaluated + 1, verified + is_good
    assert evaluated > 20_000
    assert verified >= 2 * 3 * 2


CASE = open_case(A.evidence(), A.trust(), A.status_evidence(), NOW, seen_version=0, offline=False)
HELD = {
    Step.KEY: {"known"},
    Step.KEY_DATES: {"in-force", "retired", "kept-before"},
    Step.ADMINISTRATOR: {"recognised"},
    Step.CARRIER: {"listed", "digital-link"},
    Step.BARCODE: {"listed"},
    Step.DATES: {"in-force"},
    Step.VERSION: {"first-seen", "newest"},
    Step.STATUS: {"good"},
    Step.FRESHNESS: {"fresh", "ageing"},
}
BROKEN = frozenset(
    [
        "empty",
        "too-big",
        "not-a-token",
        "not-a-label",
        "not-json",
        "wrong-use",
        "wrong",
        "wrong-algorithm",
        "compromised",
        "too-late",
        "too-early",
        "removed",
        "suspended",
        "not-yet",
        "other-scheme",
        "not-listed",
        "ran-out",
        "older",
        "withdrawn",
    ]
)
NOT_ASKED = frozenset({"no-box", "no-barcode"})
VALUES: Mapping[str, Any] = {"issuer": "Administrator A", "name": "x", "date": date(2026, 6, 1)}


def finding(step: Step, reason: str) -> Finding:
    facts = {name: VALUES[name] for name in FACTS.get((step, reason), frozenset())}
    if reason in HELD.get(step, {"right"}):
        return Finding(step, Standing.HELD, reason, facts)
    if reason in NOT_ASKED:
        return Finding(step, Standing.NOT_ASKED, reason, facts)
    return Finding(step, Standing.BROKEN if reason in BROKEN else Standing.UNKNOWN, reason, facts)


FINDINGS = {step: [finding(step, reason) for reason in sorted(REASONS[step])] for step in Step}
MAY_BE_ABSENT = {Step.CARRIER: "no-box", Step.BARCODE: "no-barcode"}


def is_good(findings: Mapping[Step, Finding], needs: frozenset[Step]) -> bool:
    """In other words than the code: what has to be true of a verified label."""
    for step, one in findings.items():
        held = one.standing is Standing.HELD or one.reason == MAY_BE_ABSENT.get(step)
        unnumbered = step is Step.BARCODE and one.standing is Standing.UNKNOWN and step not in needs
        if not held and not unnumbered:
            return False
    return bool(needs)


def test_whatever_the_steps_find_there_is_one_state_and_it_is_earned() -> None:
    chance = random.Random(3)
    everything = frozenset(Step)
    choices = [frozenset[Step](), frozenset({Step.SIGNATURE}), frozenset({Step.BARCODE}), everything]
    good = {step: [one for one in found if one.standing is Standing.HELD] for step, found in FINDINGS.items()}
    verified = 0
    for number in range(100_000):
        wrong = chance.sample(sorted(Step), number % 5)
        findings = {step: chance.choice(FINDINGS[step] if step in wrong else good[step]) for step in Step}
        needs = choices[number // 5 % len(choices)]
        verdict = decide(CASE, findings, needs)
        expected = is_good(findings, needs)
        assert (verdict.state is State.VERIFIED) == expected, {step: one.reason for step, one in findings.items()}
        verified += expected
    assert 10_000 < verified < 60_000


def test_every_single_flaw_on_its_own_is_enough() -> None:
    needs = frozenset({Step.SIGNATURE})
    good = {step: next(one for one in found if one.standing is Standing.HELD) for step, found in FINDINGS.items()}
    assert decide(CASE, good, needs).state is State.VERIFIED
    for step in Step:
        for one in FINDINGS[step]:
            if one.standing in (Standing.BROKEN, Standing.UNKNOWN) and step is not Step.BARCODE:
                assert decide(CASE, {**good, step: one}, needs).state is not State.VERIFIED, (step, one.reason)


TRUST = A.trust()
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
BYTES = st.binary(max_size=300) | st.builds(
    lambda parts: b".".join(parts), st.lists(st.binary(max_size=60) | st.sampled_from(TOKEN.split(b".")), max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(BYTES, BYTES, st.text(max_size=40) | st.none(), st.text(max_size=20) | st.none(), MOMENTS, st.text(max_size=30))
def test_no_bytes_and_no_texts_make_it_raise(
    token: bytes, status: bytes, code: str | None, gtin: str | None, now: datetime, source: str
) -> None:
    evidence = Evidence(token, source, NOW, Box(code, gtin))
    report = evaluate(evidence, TRUST, StatusEvidence(source, status, NOW), now, needs=frozenset({Step.SIGNATURE}))
    assert report.state is not State.VERIFIED


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**60) | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(A.document())), JSON, max_size=4), MOMENTS)
def test_a_signed_document_of_any_content_never_makes_it_raise(changes: dict[str, Any], now: datetime) -> None:
    """Even an issuer of good standing cannot break the check."""
    token = A.sign_anything({**A.document(), **changes})
    evaluate(A.evidence(token), TRUST, A.status_evidence(), now, needs=frozenset({Step.SIGNATURE}))


@settings(max_examples=150, deadline=None)
@given(
    iat=st.integers(0, 253_402_300_799),
    lasts=st.integers(0, 825 * 86_400),
    now=MOMENTS,
    seen=st.integers(0, 9),
    index=st.integers(0, 2**14),
)
def test_a_verified_label_is_in_date_newest_and_in_the_list(
    iat: int, lasts: int, now: datetime, seen: int, index: int
) -> None:
    exp = min(iat + lasts, 253_402_300_799)
    uri = A.status_uri
    token = A.label(iat=iat, exp=exp, status={"status_list": {"uri": uri, "idx": index}})
    authority = replace(A, now=now)
    report = evaluate(
        A.evidence(token), authority.trust(), authority.status_evidence(), now, needs=frozenset(Step) - {Step.BARCODE},
        seen_version=seen,
    )  # fmt: skip
    if report.state is State.VERIFIED:
        assert iat <= now.timestamp() + 300
        assert now.timestamp() < exp
        assert seen <= 3
        assert index < 2**13


@pytest.mark.fault("T1")
def test_a_label_in_date_is_verified_whenever_that_is() -> None:
    for days in range(0, 700, 50):
        authority = replace(A, now=NOW + days * DAY, key_until=NOW + 1_000 * DAY)
        now = authority.now + timedelta(minutes=1)
        report = evaluate(
            authority.evidence(TOKEN), authority.trust(), authority.status_evidence(), now, needs=frozenset(Step)
            - {Step.BARCODE},
        )  # fmt: skip
        assert report.state is State.VERIFIED
