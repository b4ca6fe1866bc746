"""A label's page: what is hidden stays hidden until asked for."""

import pytest

from labelviewer.domain.report import State
from labelviewer.pipeline.run import Ports
from labelviewer.present.notice import Deed
from labelviewer.ui.viewmodels.label import LabelState, LabelViewModel
from labelviewer.words.catalogue import Words
from tests.labels import CODE, inspection, label

HIDING = [State.TAMPERED, State.WITHDRAWN, State.DOES_NOT_MATCH]


@pytest.fixture
def model(ports: Ports, words: Words) -> LabelViewModel:
    return LabelViewModel(lambda: ports, words)


def test_there_is_nothing_to_see_at_first(model: LabelViewModel) -> None:
    assert model.property("label") is None
    assert model.announcement == ""
    assert not model.alarming


def test_a_good_label_shows_its_facts(model: LabelViewModel) -> None:
    model.show(inspection())
    page = model.property("label")
    assert not page["facts_hidden"]
    assert page["product"] == "Hearth Camera 2"
    assert page["groups"]
    assert not model.alarming
    assert "Hearth Camera 2" in model.announcement


@pytest.mark.parametrize("state", HIDING)
def test_facts_that_cannot_be_relied_on_are_not_there_until_asked_for(model: LabelViewModel, state: State) -> None:
    model.show(inspection(state=state))
    page = model.property("label")
    assert page["facts_hidden"]
    assert page["groups"] == page["tiles"] == page["alerts"] == []
    assert page["timeline"] is None
    assert model.alarming
    model.reveal()
    page = model.property("label")
    assert not page["facts_hidden"]
    assert page["groups"]
    assert model.alarming


def test_the_next_label_hides_its_facts_again(model: LabelViewModel) -> None:
    model.show(inspection(state=State.TAMPERED))
    model.reveal()
    model.unfold(Deed.SHOW_CHECKS, "V03")
    model.show(inspection(label("Another"), state=State.TAMPERED))
    assert model.property("label")["facts_hidden"]
    assert not model.property("checksOpen")


def test_a_button_asked_again_folds_what_it_opened(model: LabelViewModel) -> None:
    model.show(inspection())
    model.unfold(Deed.SHOW_CHECKS, "V01")
    assert model.property("checksOpen")
    model.unfold(Deed.SHOW_CHECKS, "V01")
    assert not model.property("checksOpen")


def test_the_drawer_opens_and_closes(model: LabelViewModel) -> None:
    model.show(inspection())
    model.toggleChecks()
    assert model.property("checksOpen")
    model.toggleChecks()
    assert not model.property("checksOpen")


def test_the_drawer_closes_even_if_a_message_opened_it(model: LabelViewModel) -> None:
    model.show(inspection(state=State.TAMPERED))
    model.unfold(Deed.SHOW_CHECKS, "V03")
    model.toggleChecks()
    assert not model.property("checksOpen")


def test_more_is_told_of_the_message_that_was_asked(model: LabelViewModel, words: Words) -> None:
    model.show(inspection())
    assert model.property("more") == ""
    model.unfold(Deed.SHOW_MEANING, "F13")
    assert model.property("more") == words.say("more.show-meaning.F13")
    assert model.property("unfoldedCode") == "F13"


def test_unfolding_does_not_build_the_page_again(model: LabelViewModel) -> None:
    changes: list[str] = []
    model.changed.connect(lambda: changes.append("page"))
    model.unfoldedChanged.connect(lambda: changes.append("unfolded"))
    model.show(inspection())
    model.toggleChecks()
    assert changes == ["page", "unfolded"]


def test_checking_again_asks_for_the_code_of_the_box(model: LabelViewModel) -> None:
    asked: list[str] = []
    model.check_again(asked.append)
    assert asked == []
    model.show(inspection())
    model.check_again(asked.append)
    assert asked == [CODE]


def test_a_state_says_what_it_is() -> None:
    assert LabelState() == LabelState(None, revealed=False, unfolded=("", ""))


def test_answers_are_narrowed_by_words_and_by_what_needs_attention(model: LabelViewModel) -> None:
    model.show(inspection())
    rows = [row["id"] for group in model.property("label")["groups"] for row in group["rows"]]
    assert set(model.property("found")) == set(rows)
    assert model.property("foundText") == ""
    model.seek("password")
    some = model.property("found")
    assert 0 < len(some) < len(rows)
    assert model.property("foundText") == f"Answers shown: {len(some)} of {len(rows)}."
    model.showOnlyAttention(True)
    assert model.property("found").items() <= some.items()
    model.seek("no such word")
    assert model.property("found") == {}
    assert model.property("foundText") == "No answer fits. Change the words, or show all."


def test_the_next_label_shows_all_its_answers(model: LabelViewModel) -> None:
    model.show(inspection())
    model.seek("no such word")
    model.show(inspection(label("Another")))
    assert model.property("sought") == ""
    assert model.property("found")
