"""One label, one time, one trust list: which state follows, with which message and which facts."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from labelviewer.domain.evidence import Evidence, StatusEvidence
from labelviewer.domain.report import Report, Standing, State, Step
from labelviewer.publish.keys import sign
from labelviewer.publish.sign import sign_token
from labelviewer.verify.case import open_case
from labelviewer.verify.issuer import load_issuer
from labelviewer.verify.reasons import FACTS, REASONS
from labelviewer.verify.token import LABEL_TYPE, decode, encode
from labelviewer.verify.trust import Administrator, Trust, unite
from labelviewer.verify.verdict import evaluate
from tests import foreign_documents
from tests.simulator import DAY, GTIN, INDEX, NOW, Authority, demo_authority, list_of, parsed, tamper

A = Authority()
B = Authority(id="b.example", name="Administrator B", schemes=("nist-iot",))
TODAY = NOW.date()
LISTED = (NOW - DAY).date()
NEEDS = frozenset({Step.SIGNATURE, Step.CARRIER, Step.STATUS})


def check(
    authority: Authority = A,
    token: bytes | None = None,
    *,
    now: datetime = NOW,
    evidence: Evidence | None = None,
    trust: Trust | None = None,
    status: StatusEvidence | str | None = "own",
    needs: frozenset[Step] = NEEDS,
    seen: int = 0,
    offline: bool = False,
    older_status: bool = False,
    other_key_at: datetime | None = None,
) -> Report:
    report = evaluate(
        evidence or authority.evidence(token),
        trust or authority.trust(),
        authority.status_evidence() if isinstance(status, str) else status,
        now,
        needs=needs,
        seen_version=seen,
        offline=offline,
        older_status=older_status,
        other_key_at=other_key_at,
    )
    assert [finding.step for finding in report.findings] == list(Step)
    for finding in report.findings:
        assert finding.reason in REASONS[finding.step]
        assert finding.facts.keys() == FACTS.get((finding.step, finding.reason), frozenset())
    return report


def reasons(report: Report) -> dict[Step, str]:
    return {finding.step: finding.reason for finding in report.findings}


def not_held(report: Report) -> dict[Step, str]:
    return {one.step: one.reason for one in report.findings if one.standing in (Standing.BROKEN, Standing.UNKNOWN)}


@dataclass(frozen=True)
class Story:
    """What happened to the label, and what the shopper is told."""

    name: str
    report: Callable[[], Report]
    state: State
    code: str
    facts: dict[str, Any]
    found: dict[Step, str]


def label(**changes: Any) -> bytes:
    return A.label(**changes)


def added(authority: Authority) -> Trust:
    return replace(A.trust(), added=(own_word(authority),))


def claimed(authority: Authority) -> Trust:
    return replace(A.trust(), claimed=(own_word(authority),))


def own_word(authority: Authority) -> Administrator:
    said = {"iss": authority.id, "name": {"en": authority.name}, "keys": authority.entry()["keys"]}
    return load_issuer(json.dumps(said).encode()).as_administrator()


def before(days: int) -> datetime:
    return NOW - days * DAY


NEW_KEY = Authority(id="a.example", name="Somebody else")
EVIL = Authority(id="evil.example", name="Administrator A")
NO_SIGNATURE = dict.fromkeys((Step.KEY_DATES, Step.STATUS, Step.FRESHNESS), "not-reached")
CHANGED = {
    **NO_SIGNATURE,
    **dict.fromkeys((Step.CARRIER, Step.BARCODE, Step.DATES, Step.VERSION), "not-reached"),
    Step.SIGNATURE: "wrong",
}
ALL_AFTER_SHAPE = dict.fromkeys(list(Step)[2:], "not-reached")

STORIES = [
    Story(
        "all is well",
        check,
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "opened from the library, without a box",
        lambda: check(evidence=A.evidence(code=None)),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "the price barcode is in the label too",
        lambda: check(evidence=A.evidence(gtin=GTIN[1:])),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "the label names no barcodes",
        lambda: check(evidence=A.evidence(label(product={"gtin": []}), gtin=GTIN)),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {Step.BARCODE: "no-numbers"},
    ),
    Story(
        "the code is a digital link with the product's number",
        lambda: check(evidence=A.evidence(code=f"https://a.example/01/{GTIN}")),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "the code differs in upper case and fragment only",
        lambda: check(evidence=A.evidence(code="HTTPS://A.EXAMPLE/l/2026-000123#seen")),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "T15 a changed product name under the old signature",
        lambda: check(token=tamper(A.label())),
        State.TAMPERED,
        "V03",
        {"issuer": "Administrator A"},
        CHANGED,
    ),
    Story(
        "T22 a stolen status key signs a label",
        lambda: check(token=A.sign_anything(A.document(), key=A.status_key, kid=A.status_kid)),
        State.TAMPERED,
        "V03",
        {"issuer": "Administrator A"},
        {**NO_SIGNATURE, Step.KEY: "wrong-use", Step.SIGNATURE: "no-key"},
    ),
    Story(
        "somebody else's key under the listed name",
        lambda: check(token=A.sign_anything(A.document(), key=EVIL.label_key)),
        State.TAMPERED,
        "V03",
        {"issuer": "Administrator A"},
        CHANGED,
    ),
    Story(
        "another algorithm than the list names for the key",
        lambda: check(token=A.sign_anything(A.document(), key=A.status_key)),
        State.TAMPERED,
        "V03",
        {"issuer": "Administrator A"},
        {**CHANGED, Step.SIGNATURE: "wrong-algorithm"},
    ),
    Story(
        "a header that names another algorithm than the one that signed",
        lambda: check(token=mislabelled()),
        State.TAMPERED,
        "V03",
        {"issuer": "Administrator A"},
        {**CHANGED, Step.SIGNATURE: "wrong-algorithm"},
    ),
    Story(
        "an issuer that no list names",
        lambda: check(EVIL, evidence=replace(EVIL.evidence(), fetched_from=A.address()), trust=A.trust()),
        State.UNKNOWN_SIGNER,
        "V04",
        {"name": "evil.example"},
        {**NO_SIGNATURE, Step.KEY: "unknown-issuer", Step.SIGNATURE: "no-key", Step.ADMINISTRATOR: "not-reached"},
    ),
    Story(
        "a key that the listed issuer does not have",
        lambda: check(token=A.sign_anything(A.document(), kid="a-2027"), trust=replace(A.trust(), confirmed=A.now)),
        State.UNKNOWN_SIGNER,
        "V04",
        {"name": "a-2027"},
        {**NO_SIGNATURE, Step.KEY: "unknown-key", Step.SIGNATURE: "no-key"},
    ),
    Story(
        "a key that the listed issuer does not have, by a list that may be too old to know it",
        lambda: check(token=A.sign_anything(A.document(), kid="a-2027")),
        State.UNKNOWN_SIGNER,
        "V20",
        {"issuer": "Administrator A", "date": date(2026, 5, 31)},
        {**NO_SIGNATURE, Step.KEY: "unknown-key", Step.SIGNATURE: "no-key"},
    ),
    Story(
        "an administrator of another scheme",
        lambda: check(
            token=A.label(scheme={"id": "nist-iot"}),
            trust=unite(parsed(list_of(A, B))),
        ),
        State.UNKNOWN_SIGNER,
        "V04",
        {"name": "Administrator A"},
        {Step.ADMINISTRATOR: "other-scheme"},
    ),
    Story(
        "an administrator who is not one yet",
        lambda: check(trust=unite(parsed(list_from(since="2026-06-02")))),
        State.UNKNOWN_SIGNER,
        "V04",
        {"name": "Administrator A"},
        {Step.ADMINISTRATOR: "not-yet"},
    ),
    Story(
        "T19 the signing key was stolen",
        lambda: check(A.compromise(before(10))),
        State.SIGNER_CANCELLED,
        "V05",
        {"issuer": "Administrator A", "date": before(10).date()},
        {Step.KEY_DATES: "compromised"},
    ),
    Story(
        "T19 the signing key was stolen, nobody knows when",
        lambda: check(A.compromise(), evidence=A.evidence(fetched_at=before(300))),
        State.SIGNER_CANCELLED,
        "V05",
        {"issuer": "Administrator A", "date": date(2027, 6, 30)},
        {Step.KEY_DATES: "compromised"},
    ),
    Story(
        "T19 we kept the label before the key was stolen",
        lambda: check(A.compromise(before(10)), evidence=A.evidence(fetched_at=before(11))),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "the key was retired after the label was signed",
        lambda: check(A.retire(before(80))),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "the key was retired before the label was signed",
        lambda: check(A.retire(before(100))),
        State.SIGNER_CANCELLED,
        "V05",
        {"issuer": "Administrator A", "date": before(100).date()},
        {Step.KEY_DATES: "too-late"},
    ),
    Story(
        "signed before the key existed",
        lambda: check(token=A.label(iat=1_600_000_000, exp=1_600_000_000 + 825 * 86_400)),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {Step.KEY_DATES: "too-early", Step.DATES: "ran-out"},
    ),
    Story(
        "T20 the administrator was removed",
        lambda: check(A.remove(until=date(2026, 5, 1))),
        State.SIGNER_CANCELLED,
        "V05",
        {"issuer": "Administrator A", "date": date(2026, 5, 1)},
        {Step.ADMINISTRATOR: "removed"},
    ),
    Story(
        "T20 the administrator was removed, no day given",
        lambda: check(A.remove()),
        State.SIGNER_CANCELLED,
        "V05",
        {"issuer": "Administrator A", "date": LISTED},
        {Step.ADMINISTRATOR: "removed"},
    ),
    Story(
        "T20 the administrator's time is over",
        lambda: check(replace(A, until=date(2026, 5, 31))),
        State.SIGNER_CANCELLED,
        "V05",
        {"issuer": "Administrator A", "date": date(2026, 5, 31)},
        {Step.ADMINISTRATOR: "removed"},
    ),
    Story(
        "the administrator is on hold",
        lambda: check(A.suspend()),
        State.SUSPENDED,
        "V17",
        {"issuer": "Lead Administrator", "date": LISTED},
        {Step.ADMINISTRATOR: "suspended"},
    ),
    Story(
        "T3 a sticker leads to a host that serves a real label of a better product",
        lambda: check(evidence=A.evidence(code="https://evil.example/l/2026-000123")),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": "https://evil.example/l/2026-000123"},
        {Step.CARRIER: "not-listed"},
    ),
    Story(
        "T3 the same with a digital link",
        lambda: check(evidence=A.evidence(code=f"https://evil.example/01/{GTIN}")),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": f"https://evil.example/01/{GTIN}"},
        {Step.CARRIER: "not-listed"},
    ),
    Story(
        "T3 another product of the same issuer",
        lambda: check(evidence=A.evidence(code=A.code("2026-000124"))),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": "https://a.example/l/2026-000124"},
        {Step.CARRIER: "not-listed"},
    ),
    Story(
        "T3 a digital link with another product's number",
        lambda: check(evidence=A.evidence(code="https://a.example/01/00000000000017")),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": "https://a.example/01/00000000000017"},
        {Step.CARRIER: "not-listed"},
    ),
    Story(
        "T3 a product number where a label number belongs is no digital link",
        lambda: check(evidence=A.evidence(code=A.code(GTIN))),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": f"https://a.example/l/{GTIN}"},
        {Step.CARRIER: "not-listed"},
    ),
    Story(
        "a code that is no address",
        lambda: check(evidence=A.evidence(code="WIFI:\u202e;")),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": "WIFI:\ufffd;"},
        {Step.CARRIER: "not-listed"},
    ),
    Story(
        "T2 the price barcode is of another product",
        lambda: check(evidence=A.evidence(gtin="04099999999999")),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": "04099999999999"},
        {Step.BARCODE: "not-listed"},
    ),
    Story(
        "T18 withdrawn",
        lambda: check(A.withdraw()),
        State.WITHDRAWN,
        "V07",
        {"issuer": "Administrator A", "date": TODAY},
        {Step.STATUS: "withdrawn"},
    ),
    Story(
        "T18 on hold",
        lambda: check(A.put_on_hold()),
        State.SUSPENDED,
        "V17",
        {"issuer": "Administrator A", "date": TODAY},
        {Step.STATUS: "suspended"},
    ),
    Story(
        "T18 ran out",
        lambda: check(token=label(exp=A.document()["iat"] + 80 * 86_400)),
        State.EXPIRED,
        "V06",
        {"date": before(10).date()},
        {Step.DATES: "ran-out"},
    ),
    Story(
        "T18 ran out this second",
        lambda: check(token=label(exp=int(NOW.timestamp()))),
        State.EXPIRED,
        "V06",
        {"date": TODAY},
        {Step.DATES: "ran-out"},
    ),
    Story(
        "the last second before it runs out",
        lambda: check(token=label(exp=int(NOW.timestamp()) + 1)),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "T18 the grant ran out before the label",
        lambda: check(token=label(grant={"valid_until": "2026-05-31"})),
        State.EXPIRED,
        "V06",
        {"date": date(2026, 5, 31)},
        {Step.DATES: "ran-out"},
    ),
    Story(
        "the grant's last day is a good day",
        lambda: check(token=label(grant={"valid_until": "2026-06-01"})),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "withdrawn in a list that is old by now",
        lambda: check(A.withdraw(), now=NOW + 20 * DAY),
        State.WITHDRAWN,
        "V07",
        {"issuer": "Administrator A", "date": TODAY},
        {Step.STATUS: "withdrawn", Step.FRESHNESS: "status-old"},
    ),
    Story(
        "T16 an older version than the one we know",
        lambda: check(seen=4),
        State.NOT_TODAY,
        "V08",
        {"date": TODAY},
        {Step.VERSION: "older"},
    ),
    Story(
        "T17 no status list at hand",
        lambda: check(status=None, evidence=A.evidence(fetched_at=before(2))),
        State.NOT_TODAY,
        "V08",
        {},
        {Step.STATUS: "no-list", Step.FRESHNESS: "no-status"},
    ),
    Story(
        "a status list of another address",
        lambda: check(status=A.status_evidence(uri=A.status_uri + "0")),
        State.NOT_TODAY,
        "V08",
        {},
        {Step.STATUS: "other-list", Step.FRESHNESS: "no-status"},
    ),
    Story(
        "a status list that a label key signed",
        lambda: check(status=A.status_evidence(A.status_list(key=A.label_key, kid=A.label_kid))),
        State.NOT_TODAY,
        "V08",
        {},
        {Step.STATUS: "not-signed", Step.FRESHNESS: "no-status"},
    ),
    Story(
        "a status list in pieces",
        lambda: check(status=A.status_evidence(b"...")),
        State.NOT_TODAY,
        "V08",
        {},
        {Step.STATUS: "damaged", Step.FRESHNESS: "no-status"},
    ),
    Story(
        "a status list that is too short for this label",
        lambda: check(status=A.status_evidence(A.status_list(entries=2**12))),
        State.NOT_TODAY,
        "V08",
        {},
        {Step.STATUS: "outside"},
    ),
    Story(
        "a status that has no meaning yet",
        lambda: check(replace(A, statuses={INDEX: 3})),  # type: ignore[dict-item]
        State.NOT_TODAY,
        "V08",
        {},
        {Step.STATUS: "unknown-value"},
    ),
    Story(
        "T17 the status list ran out",
        lambda: check(status=A.status_evidence(A.status_list(issued=before(3), good_for=2 * DAY))),
        State.NOT_TODAY,
        "V08",
        {"date": before(3).date()},
        {Step.FRESHNESS: "status-old"},
    ),
    Story(
        "T17 a status list that wants to be good for years is good for a week",
        lambda: check(status=A.status_evidence(A.status_list(issued=before(7), good_for=900 * DAY))),
        State.NOT_TODAY,
        "V08",
        {"date": before(7).date()},
        {Step.FRESHNESS: "status-old"},
    ),
    Story(
        "T17 the trust list is a little old: a note, no more",
        lambda: check(now=NOW + 7 * DAY, status=A.status_evidence(A.status_list(issued=NOW + 6 * DAY))),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY + 7 * DAY},
        {},
    ),
    Story(
        "T17 the trust list is very old",
        lambda: check(now=NOW + 91 * DAY, status=A.status_evidence(A.status_list(issued=NOW + 90 * DAY))),
        State.NOT_TODAY,
        "V09",
        {"date": LISTED},
        {Step.FRESHNESS: "trust-list-old"},
    ),
    Story(
        "offline, a saved copy",
        lambda: check(offline=True, evidence=A.evidence(fetched_at=before(5))),
        State.NOT_TODAY,
        "F01",
        {"date": before(5).date()},
        {Step.FRESHNESS: "saved-copy"},
    ),
    Story(
        "offline, a saved copy that ran out",
        lambda: check(token=label(exp=A.document()["iat"] + 80 * 86_400), offline=True),
        State.EXPIRED,
        "V06",
        {"date": before(10).date()},
        {Step.DATES: "ran-out", Step.FRESHNESS: "saved-copy"},
    ),
    Story(
        "T23 the clock is 400 days slow",
        lambda: check(now=before(400)),
        State.CLOCK_WRONG,
        "F14",
        {"date": before(400).date()},
        {Step.DATES: "not-yet"},
    ),
    Story(
        "T23 the clock is so slow that the administrator seems not to be one yet",
        lambda: check(now=before(800)),
        State.CLOCK_WRONG,
        "F14",
        {"date": before(800).date()},
        {Step.DATES: "not-yet"},
    ),
    Story(
        "T23 the clock is slow by less than the label's age",
        lambda: check(now=before(30)),
        State.CLOCK_WRONG,
        "F14",
        {"date": before(30).date()},
        {Step.DATES: "clock-behind"},
    ),
    Story(
        "T23 the clock is slow by a few minutes",
        lambda: check(now=NOW - timedelta(hours=1, seconds=299)),
        State.VERIFIED,
        "V01",
        {"issuer": "Administrator A", "when": TODAY},
        {},
    ),
    Story(
        "T23 the clock is slow by six minutes, as the status list shows",
        lambda: check(now=NOW - timedelta(hours=1, seconds=301)),
        State.CLOCK_WRONG,
        "F14",
        {"date": TODAY},
        {Step.DATES: "clock-behind"},
    ),
    Story(
        "T23 the clock is 400 days fast",
        lambda: check(now=NOW + 400 * DAY),
        State.NOT_TODAY,
        "V09",
        {"date": LISTED},
        {Step.FRESHNESS: "trust-list-old"},
    ),
    Story(
        "T23 the clock is so fast that the label seems to have run out",
        lambda: check(now=NOW + 1_000 * DAY),
        State.NOT_TODAY,
        "V09",
        {"date": LISTED},
        {Step.DATES: "clock-in-doubt", Step.FRESHNESS: "trust-list-old"},
    ),
    Story(
        "a label that ran out, on a computer that slept for most of a year",
        lambda: check(token=label(exp=int(NOW.timestamp()) + 864_000), now=NOW + 300 * DAY),
        State.EXPIRED,
        "V06",
        {"date": (NOW + 10 * DAY).date()},
        {Step.DATES: "ran-out", Step.FRESHNESS: "trust-list-old"},
    ),
    Story(
        "T23 a label from the future, signed",
        lambda: check(token=label(iat=int(NOW.timestamp()) + 301)),
        State.CLOCK_WRONG,
        "F14",
        {"date": TODAY},
        {Step.DATES: "not-yet"},
    ),
    Story(
        "a scheme that we have no pack for",
        lambda: check(needs=frozenset()),
        State.UNREADABLE,
        "F11",
        {},
        {},
    ),
    Story(
        "nothing at all",
        lambda: check(token=b""),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {**ALL_AFTER_SHAPE, Step.SIZE: "empty", Step.SHAPE: "not-reached"},
    ),
    Story(
        "far too much",
        lambda: check(token=b"a" * (256 * 1024 + 1)),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {**ALL_AFTER_SHAPE, Step.SIZE: "too-big", Step.SHAPE: "not-reached"},
    ),
    Story(
        "a page instead of a label",
        lambda: check(token=b"<html>"),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {**ALL_AFTER_SHAPE, Step.SHAPE: "not-a-token"},
    ),
    Story(
        "a header with a key in it",
        lambda: check(token=reheaded(jwk={"kty": "OKP"})),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {
            **NO_SIGNATURE,
            **dict.fromkeys((Step.KEY, Step.SIGNATURE, Step.ADMINISTRATOR), "not-reached"),
            Step.HEADER: "not-a-label",
        },
    ),
    Story(
        "a header that wants no signature",
        lambda: check(token=reheaded(alg="none")),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {
            **NO_SIGNATURE,
            **dict.fromkeys((Step.KEY, Step.SIGNATURE, Step.ADMINISTRATOR), "not-reached"),
            Step.HEADER: "not-a-label",
        },
    ),
    Story(
        "a well-signed token that is not JSON",
        lambda: check(token=A.sign_anything(b'{"iss":"a.example","iss":"a.example"}')),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {**dict.fromkeys(list(Step)[3:], "not-reached"), Step.CONTENT: "not-json"},
    ),
    Story(
        "a well-signed token that is not a label",
        lambda: check(token=A.sign_anything({"iss": "a.example"})),
        State.UNREADABLE,
        "F12",
        {"host": "labels.a.example"},
        {
            **NO_SIGNATURE,
            **dict.fromkeys((Step.CARRIER, Step.BARCODE, Step.DATES, Step.VERSION), "not-reached"),
            Step.CONTENT: "not-a-label",
        },
    ),
    Story(
        "signed by one administrator in the name of another",
        lambda: check(
            token=sign_token(LABEL_TYPE, json.dumps(A.document()).encode(), B.label_key, B.label_kid),
            trust=replace(unite(parsed(list_of(A, B))), confirmed=A.now),
        ),
        State.UNKNOWN_SIGNER,
        "V04",
        {"name": B.label_kid},
        {**NO_SIGNATURE, Step.KEY: "unknown-key", Step.SIGNATURE: "no-key"},
    ),
    Story(
        "the issuer was added at this computer",
        lambda: check(EVIL, trust=added(EVIL)),
        State.ADDED_BY_SHOP,
        "V18",
        {"name": "Administrator A"},
        {Step.ADMINISTRATOR: "added"},
    ),
    Story(
        "the issuer was added at this computer, and the label is for another code",
        lambda: check(EVIL, evidence=EVIL.evidence(code="https://evil.example/l/other"), trust=added(EVIL)),
        State.DOES_NOT_MATCH,
        "V10",
        {"a": "Hearth Camera 2", "b": "https://evil.example/l/other"},
        {Step.ADMINISTRATOR: "added", Step.CARRIER: "not-listed"},
    ),
    Story(
        "the issuer was added at this computer, and the label was withdrawn",
        lambda: check(EVIL.withdraw(), trust=added(EVIL)),
        State.WITHDRAWN,
        "V07",
        {"issuer": "Administrator A", "date": TODAY},
        {Step.ADMINISTRATOR: "added", Step.STATUS: "withdrawn"},
    ),
    Story(
        "nobody but the issuer itself vouches for its key",
        lambda: check(EVIL, trust=claimed(EVIL)),
        State.UNKNOWN_SIGNER,
        "V04",
        {"name": "evil.example"},
        {**NO_SIGNATURE, Step.KEY: "claimed", Step.ADMINISTRATOR: "claimed"},
    ),
    Story(
        "nobody vouches for the issuer, and it signed with another key before",
        lambda: check(EVIL, trust=A.trust(), other_key_at=before(30)),
        State.UNKNOWN_SIGNER,
        "V04",
        {"name": "evil.example"},
        {**NO_SIGNATURE, Step.KEY: "changed", Step.SIGNATURE: "no-key", Step.ADMINISTRATOR: "not-reached"},
    ),
    Story(
        "changed after it was signed, as the key on the issuer's own website shows",
        lambda: check(EVIL, tamper(EVIL.label()), trust=claimed(EVIL)),
        State.TAMPERED,
        "V03",
        {"issuer": "Administrator A"},
        {**CHANGED, Step.KEY: "claimed", Step.ADMINISTRATOR: "claimed"},
    ),
    Story(
        "the site served a status list that we knew to be outdated",
        lambda: check(older_status=True),
        State.NOT_TODAY,
        "V08",
        {"date": TODAY},
        {Step.FRESHNESS: "older-status"},
    ),
]


def list_from(**changes: Any) -> dict[str, Any]:
    members = A.trust_list()
    members["administrators"][0].update(changes)
    return members


def reheaded(**changes: Any) -> bytes:
    header = {"alg": "Ed25519", "kid": A.label_kid, "typ": LABEL_TYPE, **changes}
    _, payload, signature = A.label().split(b".")
    return b".".join((encode(json.dumps(header).encode()), payload, signature))


def mislabelled() -> bytes:
    """Signed with the listed Ed25519 key, and the header says ES256."""
    header = json.dumps({"alg": "ES256", "kid": A.label_kid, "typ": LABEL_TYPE}).encode()
    signed = encode(header) + b"." + encode(json.dumps(A.document()).encode())
    return signed + b"." + encode(sign(A.label_key, signed))


@pytest.mark.threat("T3", "T23")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_each_story_has_its_state_its_message_and_its_findings(story: Story) -> None:
    report = story.report()
    assert (report.state, report.code, dict(report.facts)) == (story.state, story.code, story.facts)
    assert not_held(report) == story.found
    assert not report.sample


def test_the_stories_visit_every_state_that_a_check_can_end_in() -> None:
    elsewhere = {
        State.NOT_A_LABEL,
        State.REFUSED_ADDRESS,
        State.UNKNOWN_SITE,
        State.COULD_NOT_CHECK,
        State.NOT_SIGNED,
    }
    assert {story.state for story in STORIES} == set(State) - elsewhere


def test_the_stories_visit_every_reason_of_every_step() -> None:
    seen: dict[Step, set[str]] = {step: set() for step in Step}
    for report in [*(story.report() for story in STORIES), check(seen=3), *foreign_documents.visits()]:
        for finding in report.findings:
            seen[finding.step].add(finding.reason)
    assert {step: set(known) - seen[step] for step, known in REASONS.items() if set(known) - seen[step]} == {}


def test_a_label_of_the_demo_issuer_is_always_a_sample() -> None:
    demo = demo_authority()
    good = check(demo)
    assert (good.state, good.sample) == (State.VERIFIED, True)
    for authority, token in (
        (demo.withdraw(), None),
        (demo.remove(), None),
        (demo, tamper(demo.label())),
        (demo, demo.sign_anything(demo.document(), kid="other")),
    ):
        assert check(authority, token).sample


def test_a_sample_keeps_the_date_that_its_status_list_names() -> None:
    demo = demo_authority()
    long_lived = demo.status_evidence(demo.status_list(issued=before(60), good_for=3_000 * DAY))
    assert check(demo, status=long_lived).state is State.VERIFIED


def test_the_document_comes_along_whatever_the_state() -> None:
    report = check(token=tamper(A.label()))
    assert report.document is not None
    assert report.document.product.name == "Better Camera 9"
    assert check(token=b"...").document is None


def test_a_status_list_is_not_even_opened_for_a_label_that_was_changed() -> None:
    evidence, status = A.evidence(tamper(A.label())), A.status_evidence()
    assert open_case(evidence, A.trust(), status, NOW, seen_version=0, offline=False).status == "no-list"


def test_a_pack_that_asks_for_the_barcode_gets_it() -> None:
    needs = NEEDS | {Step.BARCODE}
    unnumbered = A.evidence(label(product={"gtin": []}), gtin=GTIN)
    assert check(needs=needs, evidence=A.evidence(gtin=GTIN)).state is State.VERIFIED
    assert check(needs=needs, evidence=unnumbered).state is not State.VERIFIED


def test_the_name_of_an_unknown_signer_hides_nothing() -> None:
    name = "evil\u202e.example"
    document = {**A.document(), "iss": name, "sub": f"urn:label:{name}:1"}
    report = check(token=A.sign_anything(document))
    assert report.facts == {"name": "evil\ufffd.example"}


TOKEN = A.label(claims=[], links=[])


@pytest.mark.fault("N11")
def test_every_changed_byte_of_a_token_is_refused() -> None:
    """At every place a bit flip, another letter and a separator."""
    wrong = []
    evidence, trust, status = A.evidence(TOKEN), A.trust(), A.status_evidence()
    assert evaluate(evidence, trust, status, NOW, needs=NEEDS).state is State.VERIFIED
    chance = random.Random(7)
    for place, byte in enumerate(TOKEN):
        for other in {byte ^ 1, chance.choice(b"ABCDwxyz0189-_"), ord(".")} - {byte}:
            changed = TOKEN[:place] + bytes([other]) + TOKEN[place + 1 :]
            report = evaluate(replace(evidence, token=changed), trust, status, NOW, needs=NEEDS)
            if report.state not in (State.UNREADABLE, State.TAMPERED, State.UNKNOWN_SIGNER):
                wrong.append((place, other, report.state))
    assert wrong == []


def test_every_cut_of_a_token_is_refused() -> None:
    evidence, trust, status = A.evidence(TOKEN), A.trust(), A.status_evidence()
    for length in range(len(TOKEN)):
        for cut in (TOKEN[:length], TOKEN[length:][1:]):
            report = evaluate(replace(evidence, token=cut), trust, status, NOW, needs=NEEDS)
            assert report.state is State.UNREADABLE


def test_a_doubled_token_is_refused() -> None:
    assert check(token=TOKEN + TOKEN).state is State.UNREADABLE
    assert check(token=TOKEN + b"." + TOKEN).state is State.UNREADABLE


@pytest.mark.threat("T36")
def test_a_label_that_names_a_public_log_is_read_by_this_version_too() -> None:
    logged = {"log": {"uri": "https://log.example/", "hash": "0" * 64}}
    token = A.sign_anything(A.document() | logged)
    assert check(token=token).state is State.VERIFIED
    assert logged.items() <= json.loads(decode(token.split(b".")[1])).items(), "the signature covers it"


def test_the_latest_of_all_moments_that_are_over_is_the_earliest_that_it_can_be() -> None:
    late = NOW + timedelta(hours=1)
    case = open_case(A.evidence(), replace(A.trust(), floor=late), None, NOW, seen_version=0, offline=False)
    assert case.floor == int(late.timestamp())
    assert case.clock_is_behind


@pytest.mark.threat("T17")
@pytest.mark.parametrize(
    ("signed", "confirmed", "reason"),
    [
        (3, None, "fresh"),
        (60, None, "ageing"),
        (60, 0, "fresh"),
        (60, 6, "fresh"),
        (60, 8, "ageing"),
        (60, -1, "ageing"),
        (100, None, "trust-list-old"),
        (100, 6, "fresh"),
        (100, 89, "ageing"),
        (100, 91, "trust-list-old"),
    ],
)
def test_a_list_that_is_seldom_signed_is_as_young_as_its_last_confirmation(
    signed: int, confirmed: int | None, reason: str
) -> None:
    """Days ago; a confirmation to come proves nothing."""
    seldom = unite(parsed(list_of(A, now=NOW - signed * DAY)))
    trust = replace(seldom, confirmed=None if confirmed is None else NOW - confirmed * DAY)
    reasons = {finding.step: finding.reason for finding in check(trust=trust).findings}
    assert reasons[Step.FRESHNESS] == reason


def test_a_key_that_the_list_of_samples_lacks_will_never_be_there() -> None:
    sample = demo_authority()
    report = check(sample, sample.sign_anything(sample.document(), kid="d-2027"))
    assert (report.state, report.code, report.sample) == (State.UNKNOWN_SIGNER, "V04", True)
