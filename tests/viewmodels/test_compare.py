"""Two labels side by side: swapping, taking out, and only what differs."""

import pytest

from labelviewer.domain.inspection import Inspection
from labelviewer.domain.report import State
from labelviewer.pipeline.run import Ports
from labelviewer.ui.viewmodels.compare import CompareState, CompareViewModel
from labelviewer.words.catalogue import Words
from tests.labels import CAMERA_CLAIMS, inspection, label

A = inspection(label("Hearth Camera 2"))
B = inspection(label("Lookout Mini", claims=CAMERA_CLAIMS | {"updates-automatic": False}, number="2"))
C = inspection(label("Third Eye", number="3"))


@pytest.fixture
def model(ports: Ports, words: Words) -> CompareViewModel:
    return CompareViewModel(lambda: ports, words)


def products(model: CompareViewModel) -> list[str]:
    return [column["product"] for column in model.property("comparison")["columns"]]


def row_names(model: CompareViewModel) -> list[str]:
    return [row["name"] for group in model.property("groups") for row in group["rows"]]


def test_there_is_nothing_to_compare_at_first(model: CompareViewModel) -> None:
    assert model.property("comparison") is None
    assert model.property("groups") == []
    assert model.property("names") == []
    assert model.announcement == ""
    assert not model.full


def test_one_label_waits_by_name(model: CompareViewModel) -> None:
    model.add((A,))
    assert model.property("comparison") is None
    assert model.property("names") == ["Hearth Camera 2"]
    assert model.property("count") == 1
    assert not model.full


def test_two_labels_are_compared(model: CompareViewModel) -> None:
    model.add((A,))
    model.add((B,))
    assert model.full
    assert products(model) == ["Hearth Camera 2", "Lookout Mini"]
    assert model.announcement == model.property("comparison")["summary"]


def test_the_newest_two_stay_where_there_are_more(model: CompareViewModel) -> None:
    model.add((A, B, C))
    assert products(model) == ["Lookout Mini", "Third Eye"]
    assert model.inspection(1) is C


def test_only_what_differs_is_shown_at_first_and_nothing_is_lost(model: CompareViewModel) -> None:
    model.add((A, B))
    differing = row_names(model)
    page = model.property("comparison")
    assert len(differing) == page["different"] + page["gaps"] > 0
    model.showOnlyDifferences(False)
    everything = row_names(model)
    assert len(everything) == len(differing) + page["same"] + page["unanswered"] > len(differing)
    assert [name for name in everything if name in differing] == differing
    model.showOnlyDifferences(True)
    assert row_names(model) == differing


def test_equal_products_show_no_row(model: CompareViewModel) -> None:
    model.add((A, inspection(label("Twin", number="9"))))
    assert row_names(model) == []
    model.showOnlyDifferences(False)
    assert row_names(model)


@pytest.mark.parametrize("pair", [(A, B), (B, C), (A, inspection(state=State.TAMPERED))])
def test_swapping_twice_changes_nothing(model: CompareViewModel, pair: tuple[Inspection, ...]) -> None:
    model.add(pair)
    page, groups = model.property("comparison"), model.property("groups")
    model.swap()
    assert [column["product"] for column in page["columns"]][::-1] == products(model)
    assert model.property("groups") != groups or not groups
    model.swap()
    assert model.property("comparison") == page
    assert model.property("groups") == groups


def test_swapping_moves_every_cell(model: CompareViewModel) -> None:
    model.add((A, B))
    before = [row["cells"] for group in model.property("groups") for row in group["rows"]]
    model.swap()
    after = [row["cells"] for group in model.property("groups") for row in group["rows"]]
    assert [cells[::-1] for cells in before] == after


def test_a_column_is_taken_out(model: CompareViewModel) -> None:
    model.add((A, B))
    model.remove(0)
    assert model.property("names") == ["Lookout Mini"]
    assert model.property("comparison") is None
    model.add((C,))
    assert products(model) == ["Lookout Mini", "Third Eye"]


def test_a_column_that_is_not_there_cannot_be_taken_out(model: CompareViewModel) -> None:
    model.add((A, B))
    model.remove(7)
    assert products(model) == ["Hearth Camera 2", "Lookout Mini"]


def test_clearing_starts_over(model: CompareViewModel) -> None:
    model.add((A, B))
    model.showOnlyDifferences(False)
    model.clear()
    assert model.state == CompareState()


def test_choosing_rows_leaves_the_columns_alone(model: CompareViewModel) -> None:
    changes: list[str] = []
    model.changed.connect(lambda: changes.append("columns"))
    model.rowsChanged.connect(lambda: changes.append("rows"))
    model.add((A, B))
    model.showOnlyDifferences(False)
    model.showOnlyDifferences(False)
    assert changes == ["columns", "rows", "rows"]


def test_the_invitation_is_a_message_of_the_catalogue(model: CompareViewModel) -> None:
    assert model.invitation().code == "C01"
