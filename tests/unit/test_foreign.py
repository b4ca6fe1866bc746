"""Documents in forms of others: the same label inside, never more trusted than they can be."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelviewer.domain.document import ForeignDocument, Origin, UnreadError
from labelviewer.domain.label import Label, Stated
from labelviewer.domain.report import State, Step
from labelviewer.schemes.mapping import read_label
from labelviewer.schemes.pack_files import PackError
from labelviewer.schemes.packs import load_packs
from labelviewer.schemes.readers.mapped import LONGEST_ALSO, MOST_ALSO
from labelviewer.verify.case import Form, open_evidence
from tests.foreign_documents import (
    PRODUCT_PAGE,
    REGISTRY,
    A,
    check,
    credential,
    document,
    evidence,
    listing_status,
    read,
    trust,
)
from tests.labels import packs
from tests.packs.test_packs import SCHEME, WORDS, write
from tests.simulator import Authority, p256_key

ORIGIN = Origin(REGISTRY, f"https://{REGISTRY}/p/000123", 1_780_000_000)
EVIL = Authority(id="evil.example", name="Administrator A")


def label_of(members: dict[str, Any], origin: Origin = ORIGIN) -> Label:
    return read_label(read(members, origin), packs())


def said(label: Label, criterion: str) -> tuple[Stated, object]:
    return next((answer.stated, answer.value) for answer in label.answers if answer.criterion == criterion)


# What they say


def test_a_registry_by_the_field_list_answers_every_field() -> None:
    label = label_of(document("fcc-registry"))
    assert (label.product.name, label.product.maker, label.product.model) == (
        "Hearth Camera 2",
        "Acme Home Ltd",
        "HC-2",
    )
    assert label.product.gtins == ("04012345678901",)
    assert (label.scheme, label.grant.number, label.grant.granted) == ("us-ctm", "CTM/2026/000123", date(2026, 3, 1))
    answers = {
        "support-until": (Stated.YES, date(2031, 12, 31)),
        "updates-automatic": (Stated.YES, True),
        "default-password": (Stated.YES, "can-be-changed"),
        "authorization-status": (Stated.YES, "active"),
        "administrator": (Stated.YES, "Administrator A"),
        "administrator-contact": (Stated.YES, "mailto:labels@a.example"),
        "lab": (Stated.YES, "Lab X"),
        "secure-setup": (Stated.YES, "https://acme.example/hc2/setup"),
        "hbom": (Stated.NO, False),
        "sbom": (Stated.YES, True),
        "data-collected": (Stated.SILENT, None),
    }
    assert {criterion: said(label, criterion) for criterion in answers} == answers
    assert label.also == (
        ("testLaboratory/accreditation", "ISO/IEC 17025"),
        ("countryOfAssembly", "Freedonia"),
        ("wirelessRadios/0", "2.4 GHz"),
        ("wirelessRadios/1", "5 GHz"),
    )


@pytest.mark.parametrize("name", ["untp-dcc-0.6", "untp-dcc-0.4"])
def test_a_conformity_credential_answers_the_clauses_that_it_judges(name: str) -> None:
    label = label_of(document(name))
    assert (label.scheme, label.product.name, label.product.maker) == (
        "etsi-303645",
        "Hearth Camera 2",
        "Acme Home Ltd",
    )
    assert (label.product.gtins, label.carriers) == (("04012345678901",), (PRODUCT_PAGE,))
    assert label.grant.administrator == "Administrator A"
    assert said(label, "default-password") == (Stated.YES, True)
    assert said(label, "works-offline") == ((Stated.NO, False) if name.endswith("6") else (Stated.SILENT, None))


def test_an_entry_of_the_energy_registry_is_named_and_what_is_about_energy_is_shown_as_it_stands() -> None:
    label = label_of(document("eprel"))
    assert (label.scheme, label.product.model, label.product.maker) == ("eu-energy", "HP-7", "Acme Home Ltd")
    assert said(label, "number") == (Stated.YES, "123456")
    assert said(label, "sold-since") == (Stated.YES, date(2025, 6, 20))
    assert ("energyClass", "B") in label.also
    assert label_of(document("eprel", eprelRegistrationNumber=123456)).grant.number == "123456"


@pytest.mark.parametrize(
    "day", [[2025, 2, 30], [2025, 6], [2025, 6, 20, 1], [2025, 6, True], [2025, -6, 20], [2025.0, 6, 1]]
)
def test_a_list_that_is_no_day_cannot_be_read(day: list[Any]) -> None:
    assert said(label_of(document("eprel", onMarketStartDate=day)), "sold-since") == (Stated.UNREADABLE, None)


CHANGES: list[tuple[dict[str, Any], str, tuple[Stated, object]]] = [
    ({"support": {"until": 20311231}}, "support-until", (Stated.UNREADABLE, None)),
    ({"support": {"until": "31.12.2031"}}, "support-until", (Stated.UNREADABLE, None)),
    ({"support": {"until": "2031-02-31"}}, "support-until", (Stated.UNREADABLE, None)),
    ({"support": {"until": {"a": 1}}}, "support-until", (Stated.UNREADABLE, None)),
    ({"support": {"until": "2031-12-31T23:59:59Z"}}, "support-until", (Stated.YES, date(2031, 12, 31))),
    ({"support": {"unsupported": True}}, "support-until", (Stated.NO, None)),
    ({"support": ...}, "support-until", (Stated.SILENT, None)),
    ({"support": None}, "support-until", (Stated.SILENT, None)),
    ({"updates": {"automatic": "perhaps"}}, "updates-automatic", (Stated.UNREADABLE, None)),
    ({"updates": {"automatic": 1}}, "updates-automatic", (Stated.UNREADABLE, None)),
    ({"updates": {"automatic": " No "}}, "updates-automatic", (Stated.NO, False)),
    ({"updates": {"howToGet": "x" * 3_000}}, "updates-how", (Stated.UNREADABLE, None)),
    ({"updates": []}, "updates-automatic", (Stated.SILENT, None)),
    ({"defaultPassword": {"changeable": False}}, "default-password", (Stated.NO, "cannot-be-changed")),
    ({"authorization": {"status": "Revoked"}}, "authorization-status", (Stated.NO, "ended")),
    ({"authorization": {"status": "on holiday"}}, "authorization-status", (Stated.UNREADABLE, None)),
    ({"authorization": {"date": "soon"}}, "authorization-date", (Stated.SILENT, None)),
    ({"secureConfiguration": "javascript:alert(1)"}, "secure-setup", (Stated.UNREADABLE, None)),
]


@pytest.mark.parametrize(("changes", "criterion", "answer"), CHANGES)
def test_a_field_that_is_missing_or_of_another_kind_costs_that_answer_alone(
    changes: dict[str, Any], criterion: str, answer: tuple[Stated, object]
) -> None:
    label = label_of(document("fcc-registry", **changes))
    assert said(label, criterion) == answer
    assert said(label, "sbom") == (Stated.YES, True)


def test_what_could_not_be_used_is_still_shown_as_it_stands() -> None:
    label = label_of(document("fcc-registry", authorization={"date": "soon", "number": "n" * 80}))
    assert ("authorization/date", "soon") in label.also
    assert ("authorization/number", "n" * 80) in label.also
    assert (label.grant.granted, label.grant.number) == (None, "")


def test_judgements_that_contradict_each_other_are_no_answer() -> None:
    members = document("untp-dcc-0.6")
    again = json.loads(json.dumps(members["credentialSubject"]["assessment"][0])) | {"conformance": False}
    members["credentialSubject"]["assessment"].append(again)
    assert said(label_of(members), "default-password") == (Stated.UNREADABLE, None)


def test_a_huge_document_says_only_so_much_besides() -> None:
    label = label_of(document("fcc-registry", **{f"extra{at}": "y" * 5_000 for at in range(500)}))
    assert len(label.also) == MOST_ALSO
    assert all(len(text) <= LONGEST_ALSO for line in label.also for text in line)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "unknown-form"),
        ({"productName": "A"}, "unknown-form"),
        (document("fcc-registry", productName=7.5), "lacks-product"),
        (document("fcc-registry", productName="  "), "lacks-product"),
        (document("fcc-registry", manufacturerName="x" * 500), "lacks-product"),
        (document("untp-dcc-0.6", type=["VerifiableCredential"]), "unknown-form"),
    ],
)
def test_what_names_no_product_or_has_no_known_form_is_no_label(members: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnreadError) as refused:
        read(members, ORIGIN)
    assert refused.value.reason == reason


# How far they are trusted


def test_plain_data_of_a_site_known_to_sign_nothing_is_called_unsigned() -> None:
    report = check(evidence(document("fcc-registry")))
    assert (report.state, report.code, dict(report.facts)) == (State.NOT_SIGNED, "V02", {"host": REGISTRY})
    assert isinstance(report.document, ForeignDocument)


@pytest.mark.threat("T3")
def test_plain_data_where_signed_labels_are_due_is_no_label() -> None:
    for lists, host in ((trust(signed=True), REGISTRY), (trust(), A.label_host), (trust(), A.id)):
        seen = evidence(document("fcc-registry"), fetched_from=f"https://{host}/p/1")
        assert check(seen, lists).state is State.UNREADABLE, host


@pytest.mark.threat("T3")
def test_plain_data_of_a_stranger_is_a_strangers_word() -> None:
    report = check(evidence(document("fcc-registry"), fetched_from="https://shop.example/p"))
    assert (report.state, report.code, dict(report.facts)) == (State.UNKNOWN_SIGNER, "V19", {"host": "shop.example"})


def test_plain_data_that_says_it_ran_out_has_run_out() -> None:
    members = document("untp-dcc-0.6", validUntil="2026-04-01T00:00:00Z")
    assert check(evidence(members, code=PRODUCT_PAGE)).state is State.EXPIRED


@pytest.mark.parametrize("authority", [A, Authority(schemes=("etsi-303645",), es256=True)], ids=["Ed25519", "ES256"])
@pytest.mark.parametrize("header", [{}, {"cty": "vc"}], ids=["plain", "cty"])
def test_a_credential_is_checked_like_a_label_of_ours(authority: Authority, header: dict[str, Any]) -> None:
    members = listing_status(document("untp-dcc-0.6"), authority)
    seen = evidence(
        credential(members, authority=authority, **header), fetched_from=authority.address(), code=PRODUCT_PAGE
    )
    assert check(seen, authority=authority).state is State.VERIFIED
    assert check(seen, authority=authority.withdraw()).state is State.WITHDRAWN
    assert check(seen, authority=authority.remove()).state is State.SIGNER_CANCELLED


def test_a_credential_whose_withdrawal_cannot_be_looked_up_is_never_called_checked_today() -> None:
    bits = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": f"https://{A.id}/status/3",
    }
    for members in (document("untp-dcc-0.6"), document("untp-dcc-0.6", credentialStatus=bits)):
        report = check(evidence(credential(members), code=PRODUCT_PAGE))
        assert (report.state, report.code, report.facts) == (State.NOT_TODAY, "V08", {})


@pytest.mark.parametrize("until", [..., 12, "one day"], ids=["none", "a number", "a word"])
def test_a_credential_that_does_not_say_until_when_it_counts_is_read_and_never_called_checked_today(
    until: object,
) -> None:
    members = listing_status(document("untp-dcc-0.6", validUntil=until))
    report = check(evidence(credential(members), fetched_from=A.address(), code=PRODUCT_PAGE))
    assert (report.state, report.code) == (State.NOT_TODAY, "V08")
    assert report.document is not None


@pytest.mark.threat("T3")
@pytest.mark.parametrize(
    ("token", "state"),
    [
        (lambda m: credential(m, key=EVIL.label_key), State.TAMPERED),
        (lambda m: credential(m, kid="somebody"), State.UNKNOWN_SIGNER),
        (lambda m: credential({**m, "issuer": "did:web:evil.example"}, authority=EVIL), State.UNKNOWN_SIGNER),
        (lambda m: credential({**m, "iss": "did:web:evil.example"}), State.UNREADABLE),
        (lambda m: credential({**m, "issuer": 7}), State.UNREADABLE),
        (lambda m: credential({**m, "issuer": "did:web:localhost"}), State.UNREADABLE),
        (lambda m: credential({**m, "issuer": "urn:office"}), State.UNREADABLE),
        (lambda m: credential(m, alg="none"), State.UNREADABLE),
        (lambda m: credential(m, alg="ES256"), State.TAMPERED),
        (lambda m: credential(m, jku="https://evil.example/k"), State.UNREADABLE),
        (lambda m: credential(m, typ="vc+sd-jwt"), State.UNREADABLE),
        (lambda m: credential(m, typ="label+jwt"), State.UNREADABLE),
        (lambda m: credential(m, key=p256_key("x")), State.TAMPERED),
        (lambda m: credential({**m, "validUntil": "2026-05-01T00:00:00Z"}), State.EXPIRED),
    ],
)
def test_a_credential_that_is_not_what_it_says_is_found_out(token: Any, state: State) -> None:
    members = listing_status(document("untp-dcc-0.6"))
    assert check(evidence(token(members), code=PRODUCT_PAGE)).state is state


@pytest.mark.threat("T3")
def test_a_credential_for_another_product_does_not_match() -> None:
    seen = evidence(credential(listing_status(document("untp-dcc-0.6"))), code="https://id.gs1.org/01/09506000134352")
    assert check(seen).state is State.DOES_NOT_MATCH
    brand = evidence(credential(listing_status(document("untp-dcc-0.6"))), code="https://acme.example/01/4012345678901")
    assert check(brand).state is State.VERIFIED


@pytest.mark.threat("T3")
def test_an_office_cannot_speak_for_a_scheme_that_is_not_its_own() -> None:
    authority = Authority(schemes=("us-ctm",))
    seen = evidence(credential(listing_status(document("untp-dcc-0.6"))), code=PRODUCT_PAGE)
    assert check(seen, authority=authority).state is State.UNKNOWN_SIGNER


def test_without_tables_only_our_own_tokens_are_read() -> None:
    assert open_evidence(evidence(document("fcc-registry")), trust(), None).document is None
    assert open_evidence(evidence(A.label(A.document())), trust(), read).form is Form.OURS


# Whatever comes

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """A good document with anything at all in one or more places."""
    members = document(draw(st.sampled_from(["fcc-registry", "untp-dcc-0.6", "untp-dcc-0.4", "eprel"])))
    for _ in range(draw(st.integers(1, 4))):
        here: Any = members
        while True:
            keys = list(here) if isinstance(here, dict) else range(len(here))
            if not keys:
                break
            key = draw(st.sampled_from(list(keys)))
            if isinstance(here[key], dict | list) and here[key] and draw(st.booleans()):
                here = here[key]
                continue
            here[key] = draw(values)
            break
    return members


@settings(max_examples=300)
@given(members=spoiled() | st.dictionaries(st.text(max_size=12), values, max_size=5))
def test_any_json_is_a_label_or_is_refused_and_nothing_unsigned_is_ever_verified(members: dict[str, Any]) -> None:
    try:
        label = label_of(members)
    except UnreadError:
        pass
    else:
        assert label.product.name
        assert label.product.maker
    for data in (json.dumps(members).encode(), credential(members, key=EVIL.label_key)):
        report = check(evidence(data, code=PRODUCT_PAGE))
        assert report.state not in (State.VERIFIED, State.NOT_TODAY, State.ADDED_BY_SHOP)
        assert [finding.step for finding in report.findings] == list(Step)


@settings(max_examples=150)
@given(members=spoiled())
def test_anything_that_a_listed_office_signs_has_one_state(members: dict[str, Any]) -> None:
    report = check(evidence(credential(listing_status(members)), code=PRODUCT_PAGE))
    assert report.state in State


@settings(max_examples=150)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: b"{" + text.encode("utf-8", "replace")))
def test_any_bytes_have_one_state(data: bytes) -> None:
    assert check(evidence(data)).state in State


# The tables


def test_every_table_leads_to_criteria_of_its_pack_and_says_where_it_is_from() -> None:
    tables = [(loaded.pack.id, form) for loaded in packs().all() for form in loaded.foreign]
    assert {(scheme, form.format) for scheme, form in tables} == {
        ("us-ctm", "fcc-registry"),
        ("etsi-303645", "untp-dcc"),
        ("eu-energy", "eprel"),
    }
    assert all(form.cites and form.sources for _, form in tables)


SMALL = """
format = "small"
version = "1"
basis = "tested"
recognised = [{ at = "/name" }]
cites = [{ source = "book" }]
sources = [{ id = "book", title = "The book", date = "2026", confidence = "primary", publisher = "Office" }]

[[rules]]
to = "product/name"
at = ["/name"]

[[rules]]
to = "product/maker"
at = ["/by"]

[[rules]]
to = "claims/locks"
at = ["/locks"]
read = "word"
says = { both = "two" }
"""


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("claims/locks", "claims/roof"), "roof is not a criterion"),
        (('"product/maker"', '"product/colour"'), "no part of a label"),
        (('"product/maker"', '"product/model"'), "product/maker"),
        (('read = "word"', 'read = "text"'), "says goes with words"),
        (('read = "word"', 'read = "python"'), "read"),
        (('"small"', '"large"'), "not the name of the file"),
        (('"tested"', '"certified"'), "not a basis"),
        (('{ source = "book" }', '{ source = "film" }'), "not among the sources"),
        (('at = ["/by"]', 'at = ["by"]'), "pattern"),
    ],
)
def test_a_torn_table_is_refused(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    assert change[0] in SMALL
    folder = write(tmp_path, scheme=SCHEME, words=WORDS)
    (folder / "home" / "foreign").mkdir()
    place = folder / "home" / "foreign" / "small.toml"
    place.write_text(SMALL, encoding="utf-8")
    loaded = load_packs(folder).find("home")
    assert loaded is not None
    assert [form.format for form in loaded.foreign] == ["small"]
    torn = write(tmp_path / "torn", scheme=SCHEME, words=WORDS)
    (torn / "home" / "foreign").mkdir()
    (torn / "home" / "foreign" / "small.toml").write_text(SMALL.replace(*change), encoding="utf-8")
    with pytest.raises(PackError, match=fault):
        load_packs(torn).find("home")
