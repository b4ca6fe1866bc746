"""Two to four labels side by side: swapping, pinning, taking out, own figures, and only what differs."""

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
D = inspection(label("Fourth", number="4"))
E = inspection(label("Fifth", number="5"))


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
    assert model.ready
    assert not model.full
    assert products(model) == ["Hearth Camera 2", "Lookout Mini"]
    assert model.announcement == model.property("comparison")["summary"]


def test_four_fit_and_a_fifth_pushes_out_the_oldest(model: CompareViewModel) -> None:
    model.add((A, B, C))
    assert not model.full
    model.add((D,))
    assert model.full
    assert model.property("isFull")
    assert products(model) == ["Hearth Camera 2", "Lookout Mini", "Third Eye", "Fourth"]
    model.add((E,))
    assert products(model) == ["Lookout Mini", "Third Eye", "Fourth", "Fifth"]
    assert model.property("takenOut") == "Hearth Camera 2 is out of the comparison."
    assert not model.property("canUndo")
    assert model.property("fullLine") == "You can compare 4 at a time. Remove one to add another."


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


# More than two


def test_a_column_that_was_taken_out_comes_back_where_it_was(model: CompareViewModel) -> None:
    said = listen(model)
    model.add((A, B, C))
    page = model.property("comparison")
    model.remove(1)
    assert products(model) == ["Hearth Camera 2", "Third Eye"]
    assert model.property("canUndo")
    assert said == ["Lookout Mini is out of the comparison."]
    model.undo()
    assert model.property("comparison") == page
    assert model.property("takenOut") == ""


def test_one_that_is_left_waits_and_undo_leads_back(model: CompareViewModel) -> None:
    model.add((A, B))
    model.remove(0)
    assert model.property("names") == ["Lookout Mini"]
    model.undo()
    assert products(model) == ["Hearth Camera 2", "Lookout Mini"]


def test_moving_a_column_says_where_it_is(model: CompareViewModel) -> None:
    said = listen(model)
    model.add((A, B, C))
    assert model.move(0, 1) == 1
    assert products(model) == ["Lookout Mini", "Hearth Camera 2", "Third Eye"]
    assert model.move(0, -1) == 0
    assert said == ["Hearth Camera 2 is now number 2 of 3."]


def test_the_reference_product_is_on_the_left_and_others_are_held_against_it(model: CompareViewModel) -> None:
    said = listen(model)
    model.add((A, B, C))
    model.pin(1)
    assert model.property("pinned")
    assert products(model) == ["Lookout Mini", "Hearth Camera 2", "Third Eye"]
    assert [column["reference"] for column in model.property("comparison")["columns"]] == [True, False, False]
    assert model.property("comparison")["differences_caption"] == "1 difference from Lookout Mini"
    assert said == [model.announcement]
    model.pin(0)
    assert not model.property("pinned")
    assert model.property("comparison")["differences_caption"] == "1 difference"


def test_rows_are_criteria_or_topics(model: CompareViewModel) -> None:
    model.add((A, B))
    model.showOnlyDifferences(False)
    by_criterion = row_names(model)
    model.showByTopic(True)
    assert model.property("byTopic")
    assert row_names(model) != by_criterion
    model.showByTopic(False)
    assert row_names(model) == by_criterion


def test_folding_a_group_leaves_the_rows_where_they_are(model: CompareViewModel) -> None:
    model.add((A, B))
    changes: list[None] = []
    model.rowsChanged.connect(lambda: changes.append(None))
    model.fold("updates")
    assert model.property("folded") == ["updates"]
    model.fold("updates")
    assert model.property("folded") == []
    assert changes == []


# Own figures


def costs(model: CompareViewModel) -> list[str]:
    return [figure["cost"] for figure in model.property("figures")]


def test_a_price_goes_with_its_product_and_is_no_part_of_the_comparison(model: CompareViewModel) -> None:
    model.add((A, B))
    page, groups = model.property("comparison"), model.property("groups")
    model.typePrice(0, "610")
    assert costs(model) == ["120.00 a year", "Type a price to see this"]
    assert (model.property("comparison"), model.property("groups")) == (page, groups)
    model.swap()
    assert costs(model) == ["Type a price to see this", "120.00 a year"]
    model.remove(1)
    model.undo()
    assert [figure["typed"] for figure in model.property("figures")] == ["", "610"]


def test_a_price_is_forgotten_with_the_comparison(model: CompareViewModel) -> None:
    model.add((A, B))
    model.typePrice(0, "610")
    model.clear()
    model.add((A, B))
    assert [figure["typed"] for figure in model.property("figures")] == ["", ""]


def test_typing_a_price_builds_nothing_else_anew(model: CompareViewModel) -> None:
    model.add((A, B))
    changes: list[None] = []
    told: list[None] = []
    for signal in (model.changed, model.rowsChanged, model.noticesChanged):
        signal.connect(lambda: changes.append(None))
    model.pricesChanged.connect(lambda: told.append(None))
    model.typePrice(1, "cheap")
    assert changes == []
    assert told == [None]
    assert model.property("figures")[1]["problem"] == "Type the price as a number, like 129.90."


# Messages


def test_a_message_that_was_read_is_put_away_until_something_is_added(model: CompareViewModel) -> None:
    router = inspection(label("Router", number="9", category="router", claims={"updates-automatic": False}))
    model.add((A, router))
    assert [notice["code"] for notice in model.property("notices")] == ["C02"]
    model.putAway("C02")
    assert model.property("notices") == []
    model.add((C,))
    assert [notice["code"] for notice in model.property("notices")] == ["C02"]


def test_what_different_kinds_of_label_mean_is_told_when_asked(model: CompareViewModel, words: Words) -> None:
    model.add((A, inspection(label("Other", scheme="nist-iot", claims={}, number="8"))))
    assert model.property("more") == ""
    model.tellMore("C03")
    assert (model.property("unfolded"), model.property("more")) == ("C03", words.say("more.show-meaning.C03"))
    model.tellMore("C03")
    assert model.property("more") == ""


def listen(model: CompareViewModel) -> list[str]:
    said: list[str] = []
    model.announced.connect(said.append)
    return said
