"""What people type is put in order where that is beyond doubt, and numbers find the one office that gave them out."""

from pathlib import Path

import pytest

from labelviewer.adapters.profile import find_profile
from labelviewer.domain.inspection import Inspection
from labelviewer.domain.scanned import LabelAddress
from labelviewer.domain.typed import has_wrong_digit, is_label_number, tidy
from labelviewer.pipeline.run import Ports, inspect_code, inspect_typed
from labelviewer.verify.trust import unite
from tests.desk import ports_of
from tests.simulator import Authority, demo_authority, list_of, parsed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4 012345 678901", "4012345678901"),
        ("0 12345 67890 5", "012345678905"),
        ("4\u00a0012345\u202f678901", "4012345678901"),
        ("  4012345678901\n", "4012345678901"),
        ("4-012345-678901", "4012345678901"),
        ("4 012345 678902", "4012345678902"),
        ("a.example/l/1", "https://a.example/l/1"),
        ("Labels.A.example/l/1?x=2", "https://Labels.A.example/l/1?x=2"),
    ],
)
def test_a_printed_number_or_address_is_put_in_order(typed: str, meant: str) -> None:
    assert tidy(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://a.example/l/1",
        "http://a.example/l/1",
        "2026-000123",
        "2026-00012345",
        "12 34",
        "1 2345 6789 0123 4567",
        "hello world",
        "a.example",
        "mailto:a@b.example/x",
        "WIFI:T:WPA;S:home;;",
        "a.example/l/1 and more",
        "٤٠١٢٣٤٥٦٧٨٩٠١",
    ],
)
def test_everything_else_stays_as_it_was_typed(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("4012345678901", False),
        ("4012345678902", True),
        ("4012345678910", True),
        ("012345678905", False),
        ("012345678906", True),
        ("96385074", False),
        ("96385075", True),
        ("00000000", True),
        ("1234567", False),
        ("123456789", False),
        ("401234567890a", False),
        ("٤٠١٢٣٤٥٦٧٨٩٠١", False),
    ],
)
def test_a_wrong_check_digit_is_noticed_in_numbers_of_the_right_length(number: str, wrong: bool) -> None:
    assert has_wrong_digit(number) is wrong


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2026-000123", True),
        ("A1", True),
        ("7", True),
        ("a.b_c-9", True),
        ("hello", False),
        ("-1", False),
        ("a 1", False),
        ("a/1", False),
        ("../1", False),
        ("ä1", False),
        ("1" * 64, True),
        ("1" * 65, False),
    ],
)
def test_a_label_number_has_a_digit_and_nothing_that_could_lead_elsewhere(text: str, fits: bool) -> None:
    assert is_label_number(text) is fits


SHOP = Authority().publish("2026-000123")


@pytest.fixture
def ports(tmp_path: Path) -> Ports:
    return ports_of(SHOP, library=find_profile(tmp_path).library)


def problem(inspection: Inspection) -> tuple[str, object]:
    assert inspection.problem is not None
    return inspection.problem.code, inspection.problem.facts.get("number")


@pytest.mark.parametrize("typed", ["2026-000123", " 2026-000123 ", "a.example/l/2026-000123"])
def test_a_typed_label_leads_to_the_same_record_as_its_code(ports: Ports, typed: str) -> None:
    scanned = inspect_code(SHOP.code("2026-000123"), ports)
    found = inspect_typed(typed, ports)
    assert isinstance(found.scanned, LabelAddress)
    assert found.scanned == scanned.scanned
    assert found.label == scanned.label
    assert found.label is not None
    assert found.report is not None
    assert scanned.report is not None
    assert found.report.state == scanned.report.state


def test_a_number_that_several_offices_could_have_given_out_is_not_guessed_at(tmp_path: Path) -> None:
    shop = Authority().publish("2026-000123")
    other = Authority(id="b.example", name="Administrator B")
    trust = unite(parsed(list_of(shop, other)))
    assert trust.address_of("2026-000123") is None
    assert trust.address_of("04012345678901") is None
    assert unite(parsed(list_of())).address_of("2026-000123") is None


def test_a_product_number_is_asked_for_by_its_fourteen_digits() -> None:
    trust = unite(parsed(list_of(Authority())))
    assert trust.address_of("04012345678901") == "https://a.example/01/04012345678901"
    assert trust.address_of("4012345678901") == "https://a.example/l/4012345678901"
    assert trust.address_of("a/b") is None


@pytest.mark.parametrize("typed", ["4012345678902", "4 012345 678902", "96385075"])
def test_a_wrong_check_digit_is_said_and_not_put_right(ports: Ports, typed: str) -> None:
    assert problem(inspect_typed(typed, ports)) == ("S49", typed.replace(" ", ""))


def test_words_and_links_that_are_typed_mean_what_they_mean_in_a_code(ports: Ports) -> None:
    for text in (
        "hello",
        "WIFI:T:WPA;S:home;;",
        "http://a.example/l/1",
        "https://shop.example/l/1",
        "",
        "javascript:1",
    ):
        typed, scanned = inspect_typed(text, ports), inspect_code(text, ports)
        assert typed.problem is not None
        assert scanned.problem is not None
        assert (typed.problem.code, typed.problem.facts) == (scanned.problem.code, scanned.problem.facts)


def test_a_number_alone_is_never_taken_for_a_sample() -> None:
    samples = ports_of(demo_authority())
    assert problem(inspect_typed("2026-000123", samples)) == ("S47", "2026-000123")
    assert problem(inspect_typed("4 012345 678901", samples)) == ("S47", "4012345678901")
