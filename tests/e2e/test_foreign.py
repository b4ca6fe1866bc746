"""Registries in forms of others, over real TLS, read by the real program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from labelviewer.publish.sign import as_json
from tests.e2e.program import World
from tests.e2e.world import TODAY, Outside
from tests.foreign_documents import (
    PRODUCT_PAGE,
    REGISTRY,
    REGISTRY_PAGE,
    A,
    credential,
    document,
    listing_status,
)
from tests.https_site import HttpsSite, Script, authority, label, redirect

pytestmark = pytest.mark.e2e

OFFICE = replace(A, now=TODAY)
RESOLVER = "id.gs1.org"
STRANGER = "stranger.example"
LINKSET = "application/linkset+json"


@dataclass(frozen=True)
class Registries(Outside):
    """A resolver and a registry that the trust list knows, and an office that signs."""

    def serve_pages(self, **pages: Script) -> None:
        for name, script in pages.items():
            self.site.answer({"registry": REGISTRY_PAGE, "resolver": PRODUCT_PAGE}.get(name, name), script)


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Registries]:
    with HttpsSite(REGISTRY, RESOLVER, STRANGER, OFFICE.label_host, OFFICE.id) as site:
        folder = tmp_path / "world"
        folder.mkdir()
        known = [
            {"host": REGISTRY, "adapter": "fcc-registry", "signed": False},
            {"host": RESOLVER, "adapter": "linkset", "signed": False},
            {"host": "www.bsi.bund.de", "adapter": "bsi", "signed": False},
        ]
        World(site.endpoint[1], TODAY.isoformat(), OFFICE.status_uri, 0.5).write(
            folder,
            authority=authority().cert_pem.bytes(),
            trust_list=as_json(OFFICE.trust_list(known_sites=known)),
            status_list=OFFICE.status_list(),
        )
        yield Registries(folder, tmp_path / "profile", site)


def registry(**changes: object) -> Script:
    return label(json.dumps(document("fcc-registry", **changes), indent=1).encode(), "application/json")


def linkset(*targets: dict[str, str], relation: str = "https://ref.gs1.org/voc/certificationInfo") -> Script:
    links = {
        "anchor": PRODUCT_PAGE,
        "https://ref.gs1.org/voc/pip": [{"href": "https://acme.example/", "type": "text/html"}],
    }
    return label(json.dumps({"linkset": [{**links, relation: list(targets)}]}).encode(), LINKSET)


def test_a_registry_by_the_field_list_is_explained_and_called_unsigned(around: Registries) -> None:
    around.serve_pages(registry=registry())
    answer = around.run("read", REGISTRY_PAGE)
    assert (answer.status, answer.err) == (6, "")
    for said in ("From registry.example, not signed", "Hearth Camera 2", "Freedonia", "31 December 2031"):
        assert said in answer.out
    record = around.run("--json", "read", REGISTRY_PAGE).json
    assert (record["code"], record["state"], record["real"]["answer"]) == ("V02", "not-signed", "unknown")
    assert {"place": "countryOfAssembly", "says": "Freedonia"} in record["also"]


def test_a_registry_and_a_credential_stand_side_by_side_under_two_schemes(around: Registries) -> None:
    place = f"https://{OFFICE.label_host}/c/000123"
    around.serve_pages(registry=registry(), resolver=linkset({"href": place, "type": "application/vc+jwt"}))
    around.site.answer(place, label(credential(listing_status(document("untp-dcc-0.6"))), "application/vc+jwt"))
    answer = around.run("--json", "compare", REGISTRY_PAGE, PRODUCT_PAGE)
    assert answer.err == ""
    assert [each["state"] for each in answer.json["labels"]] == ["not-signed", "verified"]
    assert answer.json["columns"] == ["Hearth Camera 2", "Hearth Camera 2"]
    assert answer.json["gaps"] > 0


def test_a_resolver_leads_by_its_certification_link_to_the_registry(around: Registries) -> None:
    page = {"href": "https://acme.example/certificates", "type": "text/html"}
    around.serve_pages(resolver=linkset(page, {"href": REGISTRY_PAGE, "type": "application/json"}), registry=registry())
    record = around.run("--json", "read", PRODUCT_PAGE).json
    assert (record["code"], record["fetched_from"]) == ("V02", REGISTRY_PAGE)
    assert b"application/linkset+json" in around.site.requests[0]


def test_a_resolver_that_leads_to_a_stranger_is_not_followed(around: Registries) -> None:
    around.serve_pages(resolver=linkset({"href": f"https://{STRANGER}/p", "type": "application/json"}))
    record = around.run("--json", "read", PRODUCT_PAGE).json
    assert (record["code"], len(around.site.requests)) == ("F08", 1)
    around.serve_pages(resolver=redirect(f"https://{STRANGER}/p"))
    assert around.run("--json", "read", PRODUCT_PAGE).json["code"] == "F08"
    around.serve_pages(resolver=linkset({"href": "http://registry.example/p", "type": "application/json"}))
    assert around.run("--json", "read", PRODUCT_PAGE).json["code"] == "S44"


def test_a_link_of_another_relation_or_for_people_alone_is_no_label(around: Registries) -> None:
    for script in (
        linkset({"href": REGISTRY_PAGE, "type": "text/html"}),
        linkset({"href": REGISTRY_PAGE, "type": "application/json"}, relation="https://ref.gs1.org/voc/pip"),
    ):
        around.serve_pages(resolver=script, registry=registry())
        record = around.run("--json", "read", PRODUCT_PAGE).json
        assert record["code"] == "F05"
        assert record["code_facts"]["product_number"] == "04012345678901"


def test_a_credential_behind_a_resolver_is_checked_by_the_trust_list(around: Registries) -> None:
    members = listing_status(document("untp-dcc-0.6"))
    place = f"https://{OFFICE.label_host}/c/000123"
    around.serve_pages(resolver=linkset({"href": place, "type": "application/vc+jwt"}))
    around.site.answer(place, label(credential(members, key=A.status_key, authority=OFFICE), "application/vc+jwt"))
    assert around.run("--json", "read", PRODUCT_PAGE).json["code"] == "V03"
    around.site.answer(place, label(credential(members, authority=OFFICE), "application/vc+jwt"))
    answer = around.run("read", PRODUCT_PAGE)
    assert (answer.status, answer.err) == (0, "")
    assert "Checked: this label is real" in answer.out


@pytest.mark.parametrize(
    "script",
    [
        registry(productName=...),
        registry(productName={"a": []}),
        label(b"{" * 100, "application/json"),
        label(b'{"a":' + b"9" * 400 + b"}", "application/json"),
        label(b'{"productName":"' + b"x" * 300_000 + b'"}', "application/json"),
    ],
)
def test_a_registry_in_disorder_is_a_message_and_the_next_look_works(around: Registries, script: Script) -> None:
    around.serve_pages(registry=script)
    answer = around.run("--json", "read", REGISTRY_PAGE)
    assert (answer.status, answer.json["code"], answer.err) == (6, "F12", "")
    around.serve_pages(registry=registry(support=["odd"], extra={"a": [1, 2, {"b": "c"}]}))
    answer = around.run("--json", "read", REGISTRY_PAGE)
    assert answer.json["code"] == "V02"
    assert {"place": "extra/a/2/b", "says": "c"} in answer.json["also"]


def test_a_page_of_an_office_is_named_and_nobody_is_asked(around: Registries) -> None:
    page = "https://www.bsi.bund.de/SharedDocs/IT-Sicherheitskennzeichen/EN/2025/sik-05165.html"
    answer = around.run("read", page)
    assert (answer.status, around.site.connections) == (6, 0)
    assert "German IT Security Label" in answer.out
    assert "05165" in answer.out
    record = around.run("--json", "read", "CSA/311227/SAMPLE-1").json
    assert (record["code"], record["code_facts"]["ends"]) == ("S47", "2027-12-31")
