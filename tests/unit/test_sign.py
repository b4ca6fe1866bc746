"""What the issuer's side signs is what every reader accepts; what a reader would refuse is never signed."""

import json
from typing import Any

import pytest

from labelviewer.domain.document import LabelDocument
from labelviewer.domain.report import State, Step
from labelviewer.publish.keys import generate
from labelviewer.publish.sign import sign_label, sign_token
from labelviewer.verify.content import ContentError, load_members, read_document
from labelviewer.verify.token import LABEL_TYPE, TokenError, split
from labelviewer.verify.verdict import evaluate
from tests.simulator import NOW, Authority

A = Authority()
IAT = A.document()["iat"]
NEEDS = frozenset({Step.SIGNATURE})


@pytest.mark.parametrize("authority", [A, Authority(es256=True)])
def test_a_signed_label_is_verified(authority: Authority) -> None:
    report = evaluate(authority.evidence(), authority.trust(), authority.status_evidence(), NOW, needs=NEEDS)
    assert (report.state, report.code) == (State.VERIFIED, "V01")


def test_the_payload_is_the_document_as_given() -> None:
    document = A.document(later={"member": ["we", "do", "not", "know"]})
    assert json.loads(split(A.label(document)).payload) == document


def test_a_model_is_signed_with_what_it_was_given_and_nothing_more() -> None:
    document = A.document(later=7)
    token = sign_label(LabelDocument.model_validate(document), A.label_key, A.label_kid)
    assert json.loads(split(token).payload) == document


def without(*path: str) -> dict[str, Any]:
    document = A.document()
    place = document
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return document


@pytest.mark.parametrize(
    "document",
    [
        {},
        *(without(name) for name in ("iss", "sub", "ver", "iat", "exp", "status", "carriers", "scheme", "product")),
        *(without(name) for name in ("grant", "claims")),
        without("product", "name"),
        without("grant", "basis"),
        without("status", "status_list"),
        A.document(iss="b.example"),
        A.document(sub="urn:label:b.example:1"),
        A.document(sub="urn:label:a.example:"),
        A.document(sub="urn:label:a.example:x/y"),
        A.document(sub="urn:label:a-example:2026-000123"),
        A.document(sub="URN:LABEL:a.example:2026-000123"),
        A.document(ver=0),
        A.document(ver=1.0),
        A.document(ver=True),
        A.document(ver="3"),
        A.document(iat=-1),
        A.document(iat=1.5),
        A.document(exp=IAT - 1),
        A.document(exp=IAT + 825 * 86_400 + 1),
        A.document(exp=2**53),
        A.document(iat=2**53 - 2, exp=2**53 - 1),
        A.document(carriers=[]),
        A.document(carriers=["http://a.example/l/x"]),
        A.document(carriers=["https://127.0.0.1/l/x"]),
        A.document(carriers=["https://user@a.example/l/x"]),
        A.document(carriers=["javascript:alert(1)"]),
        A.document(carriers=[A.code()] * 65),
        A.document(product={"kind": "toaster"}),
        A.document(product={"name": ""}),
        A.document(product={"gtin": ["4012345678901"]}),
        A.document(product={"gtin": ["٠٤٠١٢٣٤٥٦٧٨٩٠١"]}),
        A.document(product={"picture": {"sha256": "0" * 64, "type": "image/svg+xml", "bytes": 1}}),
        A.document(grant={"granted": "2026-3-1"}),
        A.document(grant={"granted": 1_772_000_000}),
        A.document(grant={"granted": "2026-02-30"}),
        A.document(grant={"valid_until": "2026-01-01T00:00:00"}),
        A.document(grant={"basis": "trusted"}),
        A.document(claims=[{"criterion": "x"}]),
        A.document(claims=[{"criterion": "x", "value": None}]),
        A.document(claims=[{"criterion": "x", "value": 1.5}]),
        A.document(claims=[{"criterion": "x", "value": {"deep": 1}}]),
        A.document(claims=[{"criterion": "x", "value": "y" * 2_001}]),
        A.document(claims=[{"criterion": "x", "value": True}] * 257),
        A.document(claims=[{"criterion": "x", "value": True, "note": {"e": "too short a language"}}]),
        A.document(note="y" * 16_385),
        A.document(note="\ud800"),
        A.document(note="\x00"),
        A.document(note=float("nan")),
        A.document(note={1, 2}),
        A.document(note=2**53),
        A.document(product={"\x00": 1}),
    ],
)
def test_a_document_that_readers_would_refuse_is_not_signed(document: dict[str, Any]) -> None:
    with pytest.raises(ContentError):
        A.label(document)


@pytest.mark.parametrize(
    "document",
    [
        A.document(exp=IAT + 825 * 86_400),
        A.document(exp=IAT),
        A.document(carriers=[f"https://a.example/l/{number}" for number in range(64)]),
        A.document(claims=[]),
        A.document(product={"kind": "software", "versions": ["1.0"], "identifiers": ["pkg:pypi/example@1.0"]}),
        A.document(claims=[{"criterion": "x", "value": value} for value in (True, False, 7, "text", ["a", "b"], [])]),
    ],
)
def test_what_lies_within_the_rules_is_signed(document: dict[str, Any]) -> None:
    assert read_document(load_members(split(A.label(document)).payload)).iss == A.id


def test_a_label_that_is_too_big_is_not_signed() -> None:
    with pytest.raises(ContentError):
        A.label(A.document(notes=["x" * 16_000] * 14))


@pytest.mark.parametrize("kid", ["", "a/b", "a b", "x" * 65, "é"])
def test_an_odd_key_name_is_not_used(kid: str) -> None:
    with pytest.raises(TokenError):
        sign_token(LABEL_TYPE, b"{}", generate("Ed25519"), kid)
