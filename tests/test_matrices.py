"""The tables of faults and threats are those of the tests."""

import pytest

from tools.matrices import marks, pages, rows


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_the_page_in_the_tree_is_current(page: object) -> None:
    assert {path: path.read_text("utf-8") for path in pages() if path == page} == {
        path: text for path, text in pages().items() if path == page
    }


def test_every_threat_has_a_test_or_a_reason_why_it_has_none() -> None:
    marked = {mark.row for mark in marks("threat")}
    assert {row: "why" in told for row, told in rows("threat").items()} == {
        row: row not in marked for row in rows("threat")
    }


@pytest.mark.parametrize(("kind", "fewest"), [("fault", 22), ("threat", 35)])
def test_every_mark_names_a_row_and_most_rows_have_a_test(kind: str, fewest: int) -> None:
    marked = {mark.row for mark in marks(kind)}
    assert marked <= rows(kind).keys()
    assert len(marked) >= fewest


def test_every_fault_of_the_network_has_a_test() -> None:
    marked = {mark.row for mark in marks("fault")}
    assert {f"N{number}" for number in range(1, 12)} <= marked
