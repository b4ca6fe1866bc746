"""From a signed document to a label: what is claimed becomes an answer, and nothing claimed is lost or bent."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.document import LabelDocument
from labelviewer.domain.errors import NewerLabelError
from labelviewer.domain.label import Answer, Basis, Kind, Label, Proof, Stated
from labelviewer.resources import SCHEMES
from labelviewer.schemes.mapping import Meaning, meaning, read_label
from labelviewer.schemes.pack import Citation, Criterion
from labelviewer.schemes.packs import load_packs
from labelviewer.schemes.readers.label_token import look_up

PACKS = load_packs(SCHEMES)
CRITERIA = [criterion for loaded in PACKS.all() for criterion in loaded.pack.criteria]
UNREADABLE: Meaning = (Stated.UNREADABLE, None)
NO: Meaning = (Stated.NO, None)


def document(*claims: dict[str, Any], scheme: str = "us-ctm", **changes: Any) -> LabelDocument:
    label: dict[str, Any] = {
        "iss": "a.example",
        "sub": "urn:label:a.example:1",
        "ver": 3,
        "iat": 1_772_000_000,
        "exp": 1_835_000_000,
        "status": {"status_list": {"uri": "https://a.example/status/1", "idx": 5}},
        "carriers": ["https://a.example/l/1"],
        "scheme": {"id": scheme, "version": "2024"},
        "product": {"kind": "iot", "name": "Camera", "maker": "Acme", "gtin": ["04012345678901"]},
        "grant": {"number": "1", "granted": "2026-03-01", "basis": "tested"},
        "claims": list(claims),
    }
    return LabelDocument.model_validate(label | changes)


def claim(criterion: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"criterion": criterion, "value": value, **more}


def answer(label: Label, criterion: str) -> Answer:
    (found,) = (answer for answer in label.answers if answer.criterion == criterion)
    return found


def criterion(kind: Kind, **more: Any) -> Criterion:
    choices = ("red", "blue", "none") if kind in (Kind.CHOICE, Kind.LIST) else ()
    cites = (Citation(source="book"),)
    return Criterion(id="it", group="all", topic="it", kind=kind, choices=choices, cites=cites, **more)


@pytest.mark.parametrize(
    ("asked", "value", "said"),
    [
        (criterion(Kind.YES_NO), True, (Stated.YES, True)),
        (criterion(Kind.YES_NO), False, (Stated.NO, False)),
        (criterion(Kind.YES_NO), "yes", UNREADABLE),
        (criterion(Kind.YES_NO), 1, UNREADABLE),
        (criterion(Kind.YES_NO), 0, UNREADABLE),
        (criterion(Kind.YES_NO), [], UNREADABLE),
        (criterion(Kind.DATE), "2031-12-31", (Stated.YES, date(2031, 12, 31))),
        (criterion(Kind.DATE), "2031-02-30", UNREADABLE),
        (criterion(Kind.DATE), "20311231", UNREADABLE),
        (criterion(Kind.DATE), "2031-W01-1", UNREADABLE),
        (criterion(Kind.DATE), "2031-12-31T00:00:00Z", UNREADABLE),
        (criterion(Kind.DATE), "٢٠٣١-12-31", UNREADABLE),
        (criterion(Kind.DATE), "2031-12-31\n", UNREADABLE),
        (criterion(Kind.DATE), 20311231, UNREADABLE),
        (criterion(Kind.DATE), True, UNREADABLE),
        (criterion(Kind.DATE), False, NO),
        (criterion(Kind.DATE, no="unsupported"), "unsupported", NO),
        (criterion(Kind.DATE, no="unsupported"), "Unsupported", UNREADABLE),
        (criterion(Kind.DATE), "unsupported", UNREADABLE),
        (criterion(Kind.CHOICE), "red", (Stated.YES, "red")),
        (criterion(Kind.CHOICE, no="none"), "none", (Stated.NO, "none")),
        (criterion(Kind.CHOICE), "none", (Stated.YES, "none")),
        (criterion(Kind.CHOICE), "green", UNREADABLE),
        (criterion(Kind.CHOICE), ["red"], UNREADABLE),
        (criterion(Kind.CHOICE), True, UNREADABLE),
        (criterion(Kind.CHOICE, no="none"), False, NO),
        (criterion(Kind.LIST), ["red"], (Stated.YES, ("red",))),
        (criterion(Kind.LIST), ["blue", "red", "blue"], (Stated.YES, ("red", "blue"))),
        (criterion(Kind.LIST), [], NO),
        (criterion(Kind.LIST), False, NO),
        (criterion(Kind.LIST), ["red", "green"], UNREADABLE),
        (criterion(Kind.LIST), "red", UNREADABLE),
        (criterion(Kind.LIST), True, UNREADABLE),
        (criterion(Kind.TEXT), "Acme Lab", (Stated.YES, "Acme Lab")),
        (criterion(Kind.TEXT), "  ", (Stated.SILENT, None)),
        (criterion(Kind.TEXT), "", (Stated.SILENT, None)),
        (criterion(Kind.TEXT, no="untested"), "untested", NO),
        (criterion(Kind.TEXT), 7, UNREADABLE),
        (criterion(Kind.TEXT), ["Acme"], UNREADABLE),
        (criterion(Kind.CONTACT), "mailto:help@acme.example", (Stated.YES, "mailto:help@acme.example")),
        (criterion(Kind.CONTACT), "help@acme.example", (Stated.YES, "help@acme.example")),
        (criterion(Kind.CONTACT), "tel:+15550100", (Stated.YES, "tel:+15550100")),
        (criterion(Kind.CONTACT), "+1 555 0100", (Stated.YES, "+1 555 0100")),
        (criterion(Kind.CONTACT), "https://acme.example/report", (Stated.YES, "https://acme.example/report")),
        (criterion(Kind.CONTACT), "javascript:alert(1)", UNREADABLE),
        (criterion(Kind.CONTACT), "http://acme.example/report", UNREADABLE),
        (criterion(Kind.LINK), "https://acme.example/setup", (Stated.YES, "https://acme.example/setup")),
        (criterion(Kind.LINK), "http://acme.example/setup", UNREADABLE),
        (criterion(Kind.LINK), "https://acme.example/a b", UNREADABLE),
        (criterion(Kind.LINK), "javascript:alert(1)", UNREADABLE),
        (criterion(Kind.LINK), "https://", UNREADABLE),
    ],
)
def test_a_value_means_what_its_kind_makes_of_it(asked: Criterion, value: object, said: Meaning) -> None:
    found = meaning(value, asked)
    assert found == said
    assert type(found[1]) is type(said[1])


def test_a_label_answers_every_criterion_of_its_scheme_in_order() -> None:
    label = read_label(document(claim("sbom", True), claim("support-until", "2031-12-31")), PACKS)
    loaded = PACKS.find("us-ctm")
    assert loaded is not None
    assert [answer.criterion for answer in label.answers] == [asked.id for asked in loaded.pack.criteria]
    assert answer(label, "support-until").value == date(2031, 12, 31)
    assert answer(label, "updates-automatic") == Answer(
        "updates-automatic", "updates-automatic", Kind.YES_NO, Stated.SILENT
    )


def test_date_note_and_proof_come_along_with_the_claim() -> None:
    said = claim(
        "support-until",
        "2031-12-31",
        as_of="2026-03-01",
        note={"en": "At least."},
        evidence=[{"href": "https://acme.example/support", "title": "Support"}],
    )
    found = answer(read_label(document(said), PACKS), "support-until")
    assert found.as_of == date(2026, 3, 1)
    assert found.note == {"en": "At least."}
    assert found.evidence == (Proof("https://acme.example/support", "Support"),)


def test_what_a_claim_says_survives_even_where_its_value_does_not() -> None:
    found = answer(read_label(document(claim("sbom", "maybe", note={"en": "Ask."})), PACKS), "sbom")
    assert found.stated is Stated.UNREADABLE
    assert found.value is None
    assert found.note == {"en": "Ask."}


def test_claims_the_pack_does_not_know_are_counted_and_not_shown() -> None:
    label = read_label(document(claim("smells-nice", True), claim("smells-nice", False), claim("colour", "red")), PACKS)
    assert label.unknown == 2
    assert not {"smells-nice", "colour"} & {answer.criterion for answer in label.answers}


def test_a_label_of_a_scheme_without_a_pack_is_newer_than_this_program() -> None:
    with pytest.raises(NewerLabelError):
        read_label(document(scheme="moon-label"), PACKS)


def test_a_label_that_contradicts_itself_is_not_believed_either_way() -> None:
    label = read_label(document(claim("sbom", True), claim("sbom", False), claim("sbom", True)), PACKS)
    assert answer(label, "sbom").stated is Stated.UNREADABLE


def test_true_and_one_are_not_the_same_claim() -> None:
    label = read_label(document(claim("sbom", True), claim("sbom", 1)), PACKS)
    assert answer(label, "sbom").stated is Stated.UNREADABLE


def test_a_claim_said_twice_alike_counts_once() -> None:
    label = read_label(document(claim("sbom", True), claim("sbom", True)), PACKS)
    assert answer(label, "sbom").value is True


def test_facts_of_the_grant_answer_before_any_claim() -> None:
    grant = {
        "number": "1",
        "granted": "2026-03-01",
        "basis": "certified",
        "lab": {"name": "Lab X"},
        "administrator": {"name": "Office A", "contact": "mailto:labels@a.example"},
    }
    label = read_label(document(claim("lab", "Lab Y"), grant=grant), PACKS)
    assert answer(label, "lab").value == label.grant.lab == "Lab X"
    assert answer(label, "administrator").value == label.grant.administrator == "Office A"
    assert answer(label, "administrator-contact").value == label.grant.contact == "mailto:labels@a.example"
    assert answer(label, "authorization-date").value == label.grant.granted == date(2026, 3, 1)
    assert label.grant.basis is Basis.CERTIFIED


def test_a_claim_answers_where_the_grant_says_nothing() -> None:
    label = read_label(document(claim("lab", "Lab Y")), PACKS)
    assert answer(label, "lab").value == "Lab Y"
    assert answer(label, "administrator").stated is Stated.SILENT


def test_what_a_software_label_covers_is_read_from_its_product() -> None:
    product = {
        "kind": "software",
        "name": "Vault",
        "maker": "Acme",
        "versions": ["4.0", "4.1"],
        "platforms": ["Windows"],
        "identifiers": ["pkg:generic/vault"],
    }
    label = read_label(document(scheme="nist-software", product=product), PACKS)
    assert answer(label, "label-scope").value == "4.0, 4.1, Windows"
    assert answer(label, "software-identifiers").value == "pkg:generic/vault"
    assert label.product.versions == ("4.0", "4.1")


def test_a_pointer_reaches_the_document_and_nothing_behind_it() -> None:
    said = document()
    assert look_up(said, "/product/name") == "Camera"
    assert look_up(said, "/grant/lab/name") is None
    assert look_up(said, "/product/copy") is None
    assert look_up(said, "/product/model_fields") is None


def test_the_first_of_two_links_of_one_kind_stands() -> None:
    links = [{"rel": "support", "href": "https://a.example/1"}, {"rel": "support", "href": "https://a.example/2"}]
    assert read_label(document(links=links), PACKS).links == {"support": "https://a.example/1"}


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates().map(str),
    st.sampled_from([choice for asked in CRITERIA for choice in (*asked.choices, asked.no or "none")]),
    st.lists(st.text() | st.sampled_from([choice for asked in CRITERIA for choice in asked.choices]), max_size=5),
    st.lists(st.none() | st.lists(st.integers())),
    st.dictionaries(st.text(), st.text()),
)


@given(asked=st.sampled_from(CRITERIA), value=values)
def test_any_value_on_any_criterion_has_a_legal_meaning(asked: Criterion, value: object) -> None:
    stated, said = meaning(value, asked)
    assert stated in (Stated.YES, Stated.NO, Stated.SILENT, Stated.UNREADABLE)
    match stated, asked.kind:
        case Stated.YES, Kind.YES_NO:
            assert said is True
        case Stated.YES, Kind.DATE:
            assert str(said) == value
        case Stated.YES, Kind.LIST:
            assert isinstance(said, tuple)
            assert isinstance(value, list)
            assert set(said) == set(value) <= set(asked.choices)
        case Stated.YES, _:
            assert said == value
        case Stated.NO, Kind.YES_NO:
            assert said is False
        case Stated.NO, _:
            assert said in (None, asked.no)
        case _:
            assert said is None


claim_values = st.one_of(
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.text(max_size=60),
    st.dates().map(str),
    st.lists(st.text(max_size=10), max_size=4),
)


@given(
    scheme=st.sampled_from(PACKS.ids),
    said=st.lists(st.tuples(st.sampled_from([*(asked.id for asked in CRITERIA), "unheard-of"]), claim_values)),
)
def test_any_set_of_claims_makes_a_whole_label(scheme: str, said: list[tuple[str, Any]]) -> None:
    label = read_label(document(*(claim(name, value) for name, value in said), scheme=scheme), PACKS)
    loaded = PACKS.find(scheme)
    assert loaded is not None
    assert [(found.criterion, found.topic, found.kind) for found in label.answers] == [
        (asked.id, asked.topic, asked.kind) for asked in loaded.pack.criteria
    ]
    named = {asked.id for asked in loaded.pack.criteria}
    assert label.unknown == len({name for name, _ in said} - named)
    elsewhere = {asked.id for asked in loaded.pack.criteria if asked.read_from}
    silent = {found.criterion for found in label.answers if found.stated is Stated.SILENT}
    assert named - {name for name, _ in said} - elsewhere <= silent


@given(value=claim_values)
def test_a_value_survives_the_way_through_json(value: Any) -> None:
    whole = document(claim("updates-how", value))
    again = LabelDocument.model_validate(json.loads(whole.model_dump_json()))
    assert read_label(again, PACKS) == read_label(whole, PACKS)
