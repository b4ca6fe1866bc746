"""The trust list: what it may say, which addresses it leads to, and that samples never touch the real world."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from labelviewer.domain.errors import NewerLabelError
from labelviewer.domain.web_address import parse_web_address
from labelviewer.verify.trust import Trust, TrustListError, load_trust_list, unite
from tests.simulator import NOW, Authority, demo_authority, list_of, parsed

A = Authority()
B = Authority(id="b.example", name="Administrator B")
DEMO = demo_authority()
EMPTY = parsed(list_of())


def changed(path: str, value: object) -> dict[str, Any]:
    """The list of A with one member replaced; `path` in dots, numbers are places in arrays."""
    members = copy.deepcopy(A.trust_list())
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = members
    for step in way:
        place = place[step]
    place[last] = value
    return members


def test_a_good_list_loads_with_all_it_says() -> None:
    trust_list = parsed(A.trust_list())
    assert (trust_list.serial, trust_list.issued.tzinfo is not None) == (42, True)
    assert trust_list.administrators[0].keys[0].kid == A.label_kid


def test_members_that_we_do_not_know_are_ignored() -> None:
    assert parsed(A.trust_list(news="later")).serial == 42


@pytest.mark.parametrize(
    "version", ["labelviewer-trust-list/2", "labelviewer-trust-list/10", "labelviewer-trust-list/"]
)
def test_a_newer_format_is_newer_not_damaged(version: str) -> None:
    with pytest.raises(NewerLabelError):
        parsed(A.trust_list(format=version))


def test_a_newer_minor_format_is_read() -> None:
    assert parsed(A.trust_list(format="labelviewer-trust-list/1.4")).serial == 42


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "something-else/1"),
        ("format", None),
        ("serial", 0),
        ("serial", "42"),
        ("serial", True),
        ("issued", "2026-01-01"),
        ("issued", "2026-01-01T00:00:00+02:00"),
        ("issued", 1_772_000_000),
        ("issued", "2026-13-01T00:00:00Z"),
        ("administrators.0.state", "trusted"),
        ("administrators.0.id", ""),
        ("administrators.0.name", {}),
        ("administrators.0.since", "2026-1-1"),
        ("administrators.0.keys.0.use", "both"),
        ("administrators.0.keys.0.alg", "RS256"),
        ("administrators.0.keys.0.alg", "ES256"),
        ("administrators.0.keys.0.state", "good"),
        ("administrators.0.keys.0.kid", "a/b"),
        ("administrators.0.keys.0.from", None),
        ("administrators.0.keys.1.kid", A.label_kid),
        ("administrators.0.keys.1.jwk.x", A.entry()["keys"][0]["jwk"]["x"]),
        ("administrators.0.resolve.0.match", "https://a.example/l/"),
        ("administrators.0.resolve.0.match", "https://a.example/{id}/{id}"),
        ("administrators.0.resolve.0.match", "https://a.example/l/{gtin14}"),
        ("administrators.0.resolve.0.match", "https://a.example/l/{other}"),
        ("administrators.0.resolve.0.match", "https://a.example/l/.*{id}}"),
        ("administrators.0.resolve.0.match", "https://{id}/l/a"),
        ("administrators.0.resolve.0.match", "https://a.example{id}/l/a"),
        ("administrators.0.resolve.0.match", "https://{id}.a.example/l/a"),
        ("administrators.0.resolve.0.match", "http://a.example/l/{id}"),
        ("administrators.0.resolve.0.match", "https://A.example/l/{id}"),
        ("administrators.0.resolve.0.match", "https://evil.example/l/{id}"),
        ("administrators.0.resolve.0.fetch", "https://evil.example/v1/{id}.jwt"),
        ("administrators.0.resolve.0.fetch", "https://a.example@evil.example/{id}"),
        ("administrators.0.resolve.0.fetch", "file:///etc/{id}"),
        ("administrators", [A.entry(), A.entry()]),
        ("administrators", [A.entry(), {**B.entry(), "hosts": ["a.example", *B.entry()["hosts"]]}]),
    ],
)
def test_a_list_that_breaks_a_rule_is_refused_whole(path: str, value: object) -> None:
    with pytest.raises(TrustListError):
        parsed(changed(path, value))


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"\xff", b'{"format":1}', b'{"format":"x","format":"y"}'])
def test_bytes_that_are_no_list_are_refused(data: bytes) -> None:
    with pytest.raises(TrustListError):
        load_trust_list(data)


def route(trust: Trust, address: str) -> tuple[str, str, bool] | None:
    found = trust.route(parse_web_address(address))
    return (found.administrator.id, str(found.fetch), found.sample) if found else None


BOTH = unite(parsed(list_of(A, B)), parsed(list_of(DEMO)))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/l/2026-000123", ("a.example", "https://labels.a.example/v1/l/2026-000123.jwt", False)),
        ("HTTPS://A.EXAMPLE/l/2026-000123", ("a.example", "https://labels.a.example/v1/l/2026-000123.jwt", False)),
        ("https://a.example/l/x#more", ("a.example", "https://labels.a.example/v1/l/x.jwt", False)),
        ("https://b.example/l/x", ("b.example", "https://labels.b.example/v1/l/x.jwt", False)),
        (
            "https://a.example/01/04012345678901",
            ("a.example", "https://labels.a.example/v1/g/04012345678901.jwt", False),
        ),
        (
            DEMO.code("camera-a"),
            (DEMO.id, "https://labels.samples.labelviewer.example/v1/l/camera-a.jwt", True),
        ),
        ("https://a.example/l/", None),
        ("https://a.example/l/x/y", None),
        ("https://a.example/l/-x", None),
        ("https://a.example/l/x%2fy", None),
        ("https://a.example/l/" + "x" * 65, None),
        ("https://a.example/l/x?next=evil", None),
        ("https://a.example/L/x", None),
        ("https://a.example/01/4012345678901", None),
        ("https://a.example/01/0401234567890x", None),
        ("https://www.a.example/l/x", None),
        ("https://a.example.evil.example/l/x", None),
        ("https://xa.example/l/x", None),
        ("https://evil.example/https://a.example/l/x", None),
        ("https://labels.a.example/l/x", None),
    ],
)
def test_an_address_leads_where_its_rule_says_or_nowhere(address: str, expected: tuple[str, str, bool] | None) -> None:
    assert route(BOTH, address) == expected


@pytest.mark.threat("T4")
@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("a.example", True),
        ("labels.a.example", True),
        (DEMO.id, True),
        ("registry.example", True),
        ("www.a.example", False),
        ("example", False),
        ("A.example", False),
        ("", False),
        ("a.example.", False),
    ],
)
def test_a_host_is_known_only_by_its_exact_name(host: str, known: bool) -> None:
    site = {"host": "registry.example", "adapter": "eprel", "signed": False}
    trust = unite(parsed({**list_of(A), "known_sites": [site]}), parsed(list_of(DEMO)))
    assert trust.knows_host(host) is known


@pytest.mark.threat("T33")
def test_a_dropped_host_is_known_no_more_and_leads_nowhere() -> None:
    trust = A.drop_host(A.id).trust()
    assert not trust.knows_host(A.id)
    assert route(trust, A.code()) is None
    assert trust.knows_host(A.label_host)


@pytest.mark.threat("T20")
def test_a_removed_administrator_is_still_asked_so_that_its_labels_can_be_refused_by_name() -> None:
    assert route(A.remove().trust(), A.code()) is not None


def test_a_signer_is_found_by_issuer_and_key_together() -> None:
    signer = BOTH.signer(A.id, A.label_kid)
    assert signer is not None
    assert signer.key is not None
    assert (signer.administrator.id, signer.key.kid, signer.sample) == (A.id, A.label_kid, False)
    assert BOTH.signer("c.example", A.label_kid) is None


def test_the_key_of_one_administrator_is_none_of_another() -> None:
    signer = BOTH.signer(A.id, B.label_kid)
    assert signer is not None
    assert signer.key is None


def test_a_signer_that_only_the_demo_list_knows_is_a_sample() -> None:
    signer = BOTH.signer(DEMO.id, DEMO.label_kid)
    assert signer is not None
    assert signer.sample
    assert unite(parsed(list_of(A))).signer(DEMO.id, DEMO.label_kid) is None


NEAR_DEMO = replace(A, id="labelviewer.example.evil.example")


@pytest.mark.parametrize(
    ("published", "demo"),
    [
        (list_of(DEMO), list_of()),
        (list_of(replace(A, id="labelviewer.example")), list_of(DEMO)),
        (list_of(replace(A, id="real.labelviewer.example")), list_of(DEMO)),
        (list_of(), list_of(A)),
        (list_of(), list_of(NEAR_DEMO)),
        (list_of(), list_of(replace(A, id="xlabelviewer.example"))),
        (list_of(), {**list_of(DEMO), "known_sites": [{"host": "eprel.example", "adapter": "eprel", "signed": False}]}),
        ({**list_of(A), "dropped_hosts": ["labelviewer.example"]}, list_of(DEMO)),
    ],
)
def test_lists_that_touch_each_other_are_refused(published: dict[str, Any], demo: dict[str, Any]) -> None:
    with pytest.raises(TrustListError):
        unite(parsed(published), parsed(demo))


@pytest.mark.parametrize("place", [0, 1])
def test_a_demo_key_never_signs_for_a_real_list(place: int) -> None:
    """Neither as a label key nor as a status key, under whatever name."""
    published = list_of(A)
    key = published["administrators"][0]["keys"][place]
    published["administrators"][0]["keys"][place] = {**DEMO.entry()["keys"][place], "kid": key["kid"]}
    alone = parsed(published)
    with pytest.raises(TrustListError):
        unite(alone, parsed(list_of(DEMO)))


def test_without_a_demo_list_demo_names_are_refused_all_the_same() -> None:
    with pytest.raises(TrustListError):
        unite(parsed(list_of(DEMO)))


def test_an_empty_published_list_knows_nobody() -> None:
    trust = Trust(EMPTY)
    assert not trust.knows_host(A.id)
    assert trust.route(parse_web_address(A.code())) is None
    assert trust.signer(A.id, A.label_kid) is None


def test_a_large_list_is_loaded_whole() -> None:
    many = [Authority(id=f"a{number}.example", name=f"Administrator {number}") for number in range(60)]
    data = json.dumps(list_of(*many, now=NOW)).encode()
    assert len(load_trust_list(data).administrators) == 60
