"""Sites that publish in forms of others, through the whole pipeline: asked when known, kept, and never verified."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelviewer.domain.errors import OfflineError
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.pipeline.proof import check_proof, make_proof
from labelviewer.pipeline.run import inspect_code, reopen
from labelviewer.present.label_page import label_page
from labelviewer.present.notice import notice_for
from tests.foreign_documents import REGISTRY, REGISTRY_PAGE, A, credential, document, listing_status, sites
from tests.labels import packs, words
from tests.pipeline.run_world import World, found, problem

PAGE = document("fcc-registry")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return registry(World(tmp_path), json.dumps(PAGE, indent=2).encode())


def registry(world: World, body: bytes, adapter: str = "fcc-registry") -> World:
    world.sites = tuple(sites(adapter))
    world.pages[REGISTRY_PAGE] = body
    return world


def shown(inspection: Inspection, world: World) -> str:
    page = label_page(inspection, words(), packs(), world.at.date())
    return "\n".join(map(str, (page.facts, page.groups, page.also, page.alerts)))


def test_a_known_registry_is_asked_once_and_its_data_explained_as_unsigned(world: World) -> None:
    inspection = world.follow(REGISTRY_PAGE)
    assert found(inspection) == (State.NOT_SIGNED, "V02")
    assert world.asked == [REGISTRY_PAGE]
    said = shown(inspection, world)
    assert "countryOfAssembly: Freedonia" in said
    assert "Hearth Camera 2" in said
    assert inspection.label is not None
    assert inspection.label.issuer == REGISTRY


def test_it_is_kept_and_read_again_from_the_same_bytes(world: World) -> None:
    first = world.follow(REGISTRY_PAGE)
    (visit,) = world.library.history()
    again = reopen(visit.evidence, world.ports())
    assert (found(again), again.label) == (found(first), first.label)
    assert world.library.search("hearth", 5)
    world.sites = ()
    assert found(reopen(visit.evidence, world.ports())) == (State.UNKNOWN_SIGNER, "V19")


def test_the_saved_copy_is_shown_where_the_site_is_gone_and_is_no_more_trusted(world: World) -> None:
    world.follow(REGISTRY_PAGE)
    world.trouble = OfflineError()
    saved = world.follow(REGISTRY_PAGE)
    assert (found(saved), saved.saved) == ((State.NOT_SIGNED, "V02"), True)


def test_a_registry_that_leads_elsewhere_is_not_followed(world: World) -> None:
    world.moved[REGISTRY_PAGE] = "https://elsewhere.example/"
    assert problem(world.follow(REGISTRY_PAGE)) == "F08"


def test_a_site_that_nobody_knows_is_not_asked_whatever_it_would_say(world: World) -> None:
    world.sites = ()
    assert problem(world.follow(REGISTRY_PAGE)) == "S42"
    assert world.asked == []
    asked = inspect_code(REGISTRY_PAGE, world.ports(), strangers=True)
    assert found(asked) == (State.UNKNOWN_SIGNER, "V19")
    assert "Nobody signed it" in shown(asked, world)


def test_a_known_site_with_pages_for_people_alone_says_so(world: World) -> None:
    registry(world, b"", adapter="bsi")
    assert problem(world.follow(REGISTRY_PAGE)) == "S50"
    assert world.asked == []


def test_the_energy_registry_is_asked_only_where_it_has_data_and_is_named_everywhere(world: World) -> None:
    world.sites = ({"host": "eprel.ec.europa.eu", "adapter": "eprel", "signed": False},)
    inspection = world.follow("https://eprel.ec.europa.eu/qr/123456")
    assert (problem(inspection), world.asked) == ("S50", [])
    assert inspection.scheme_code is not None
    assert (inspection.scheme_code.scheme, inspection.scheme_code.number) == ("eu-energy", "123456")
    assert inspection.scheme_code.page == "https://eprel.ec.europa.eu/qr/123456"
    data = "https://eprel.ec.europa.eu/api/products/smartphones/123456"
    world.pages[data] = json.dumps(document("eprel")).encode()
    answered = world.follow(data)
    assert found(answered) == (State.NOT_SIGNED, "V02")
    assert "energyClass: B" in shown(answered, world)


@pytest.mark.parametrize("body", [b"{}", b'{"productName":"A"}', b"[1]", b"{", b'{"a":1,"a":2}', b"{" * 5_000])
def test_data_that_is_no_label_is_a_clear_message(world: World, body: bytes) -> None:
    inspection = registry(world, body).follow(REGISTRY_PAGE)
    assert found(inspection) == (State.UNREADABLE, "F12")
    assert notice_for(words(), inspection).title
    assert world.kept() == []


def test_a_credential_of_a_listed_office_is_checked_wherever_it_lies(tmp_path: Path) -> None:
    world = World(tmp_path, office=A.publish())
    members = listing_status(document("untp-dcc-0.6"))
    members["credentialSubject"]["assessment"][0]["assessedProduct"][0]["product"]["id"] = REGISTRY_PAGE
    registry(world, credential(members))
    assert found(world.follow(REGISTRY_PAGE)) == (State.VERIFIED, "V01")
    world.office = A.publish().withdraw()
    assert found(world.follow(REGISTRY_PAGE, again=True)) == (State.WITHDRAWN, "V07")


def test_a_proof_of_plain_data_proves_nothing_and_breaks_nothing(world: World) -> None:
    inspection = world.follow(REGISTRY_PAGE)
    again = check_proof(make_proof(inspection, world.ports()), world.ports())
    assert again.report is not None
    assert again.report.state in (State.UNKNOWN_SIGNER, State.UNREADABLE)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(PAGE)), value=values)
def test_whatever_a_registry_says_there_is_a_page_or_a_message(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object
) -> None:
    world = registry(World(tmp_path_factory.getbasetemp()), json.dumps({**PAGE, name: value}).encode())
    inspection = inspect_code(REGISTRY_PAGE, world.ports(world.library), again=True)
    assert notice_for(words(), inspection).body
    assert inspection.report is not None
    assert inspection.report.state in (State.NOT_SIGNED, State.UNREADABLE)
    assert shown(inspection, world)


# proof files


def test_a_proof_of_a_listed_offices_credential_is_checked_again_without_network(tmp_path: Path) -> None:
    world = World(tmp_path, office=A.publish())
    members = listing_status(document("untp-dcc-0.6"))
    members["credentialSubject"]["assessment"][0]["assessedProduct"][0]["product"]["id"] = REGISTRY_PAGE
    registry(world, credential(members))
    proof = make_proof(world.follow(REGISTRY_PAGE), world.ports())
    asked = len(world.asked)
    world.trouble = OfflineError()
    again = check_proof(proof, world.ports())
    assert found(again) == (State.VERIFIED, "V01")
    assert json.loads(proof)["found"]["code"] == "V01"
    assert json.loads(proof)["status"] is not None
    assert again.label is not None
    assert again.label.product.name in shown(again, world)
    world.renews_status = False
    assert found(check_proof(proof, world.ports())) == (State.VERIFIED, "V01"), "the file has the list"
    forged = json.loads(proof)
    head, payload, signature = forged["token"].split(".")
    forged["token"] = f"{head}.{payload}.{signature[:-8]}AAAAAAA="[:-1]
    assert found(check_proof(json.dumps(forged).encode(), world.ports()))[0] is not State.VERIFIED
    world.office = A.publish().withdraw()
    world.renews_status = True
    assert found(check_proof(proof, world.ports())) == (State.WITHDRAWN, "V07")
    assert len(world.asked) == asked


@pytest.mark.parametrize(
    ("form", "place"),
    [("fcc-registry", REGISTRY_PAGE), ("eprel", "https://eprel.ec.europa.eu/api/products/smartphones/123456")],
)
def test_plain_data_in_a_proof_is_shown_as_what_nobody_signed(tmp_path: Path, form: str, place: str) -> None:
    """Only the file itself says where the data came from, so that it is nobody's word, whatever it says."""
    world = World(tmp_path)
    world.sites = (*sites("fcc-registry"), {"host": "eprel.ec.europa.eu", "adapter": "eprel", "signed": False})
    world.pages[place] = json.dumps(document(form)).encode()
    first = world.follow(place)
    assert found(first) == (State.NOT_SIGNED, "V02")
    world.trouble = OfflineError()
    again = check_proof(make_proof(first, world.ports()), world.ports())
    assert found(again)[0] in (State.UNKNOWN_SIGNER, State.UNREADABLE)
