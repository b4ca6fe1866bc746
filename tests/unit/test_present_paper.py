"""What a printed page, a phone and a card for the shop say; nothing is drawn here."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.inspection import Inspection
from labelviewer.domain.label import Kind, Stated
from labelviewer.domain.paper import Paper
from labelviewer.domain.report import State
from labelviewer.present.hand_over import (
    MOST_BYTES,
    comparison_for_a_phone,
    fitted,
    label_for_a_phone,
    questions_for_a_phone,
)
from labelviewer.present.paper import compare_papers, label_papers
from labelviewer.present.paper_text import as_text
from labelviewer.present.questions import open_questions, question_card
from labelviewer.present.way_back import way_back
from labelviewer.resources import WORDS
from labelviewer.words.catalogue import load_words
from tests.labels import CODE, TODAY, inspection, label, packs, words

A = inspection(label("Hearth Camera 2"))
B = inspection(label("Lookout Mini", claims={"support-until": "2029-06-30", "updates-automatic": False}, number="2"))
LANGUAGES = ("en", "de", "es", "fr", "ar")


def compared(*sides: Inspection) -> tuple[Paper, ...]:
    return compare_papers(sides, words(), packs(), TODAY)


def labelled(one: Inspection) -> Paper:
    (paper,) = label_papers(one, words(), packs(), TODAY)
    return paper


def text_of(paper: Paper) -> str:
    return as_text(paper)


def test_a_comparison_says_the_check_of_each_label_first_then_what_differs() -> None:
    paper = compared(A, B)[0]
    text = text_of(paper)
    order = ["Side by side", "24 November 2026", "Hearth Camera 2", "Lookout Mini", "Is it real?", "What differs most",
             "2 differences", "not answered by all"]  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert [head.code for head in paper.heads] == [CODE, CODE]
    assert all("Checked: this label is real" in " ".join(head.lines) for head in paper.heads)
    assert all("fetched on 24 November 2026" in " ".join(head.lines) for head in paper.heads)


def test_all_four_facts_stand_on_paper_for_every_label() -> None:
    for paper in (compared(A, B)[0], labelled(A)):
        facts = next(part for part in paper.parts if part.title == "Four facts")
        assert [line.name for line in facts.lines] == [
            "Is it real?",
            "Is it current?",
            "Who says so?",
            "Which product is it?",
        ]
        assert all(entry.text for line in facts.lines for entry in line.entries)


def test_every_mark_has_words_beside_it() -> None:
    for paper in (compared(A, B)[0], labelled(A), labelled(inspection(state=State.TAMPERED))):
        entries = [entry for part in paper.parts for line in part.lines for entry in line.entries]
        assert all(len(entry.text) > 1 for entry in entries)


@pytest.mark.parametrize("state", [State.TAMPERED, State.DOES_NOT_MATCH, State.UNKNOWN_SIGNER])
def test_paper_leads_nowhere_from_a_label_that_proved_nothing(state: State) -> None:
    paper = labelled(inspection(state=state))
    assert paper.heads[0].code == ""
    assert paper.heads[0].caption == "No code: do not rely on this label."


def test_the_code_on_paper_is_an_address_that_the_label_itself_lists() -> None:
    evil = "https://evil.example/l/1"
    one = inspection()
    assert one.evidence is not None
    scanned = replace(one, evidence=replace(one.evidence, box=replace(one.evidence.box, code=evil)))
    assert way_back(scanned) == CODE
    assert way_back(replace(one, label=replace(label(), carriers=("javascript:alert(1)", CODE)))) == CODE
    assert way_back(replace(one, label=replace(label(), carriers=()))) == ""


def test_hidden_facts_stay_off_the_paper_the_phone_and_the_card() -> None:
    bad = inspection(label("Secret Name"), State.TAMPERED)
    phone = label_for_a_phone(bad, words(), packs(), TODAY)
    for text in (text_of(labelled(bad)), text_of(compared(A, bad)[0]), phone):
        assert "Secret Name" not in text
    for text in (text_of(labelled(bad)), phone):
        assert not {"Video", "2031"} & set(text.replace(" and", "").split())
    assert question_card([bad], words(), packs(), TODAY) == ()
    assert questions_for_a_phone([bad], words(), packs(), TODAY) == ""


def test_two_products_get_shorter_pages_and_more_products_lie_across() -> None:
    four = compared(A, B, A, B)
    assert len(four) == 1
    assert four[0].wide
    assert not compared(A, B)[0].wide
    many = compared(A, inspection(label(claims={}, number="3")))
    rows = [sum(len(part.lines) for part in paper.parts[1:]) for paper in many]
    assert rows == sorted(rows, reverse=True)


def test_rows_that_are_left_out_are_counted() -> None:
    papers = compared(*(inspection(label(claims=claims, number=str(n))) for n, claims in enumerate(_wide_apart())))
    fullest, shortest = papers[0], papers[-1]
    left = sum(len(part.lines) for part in fullest.parts) - sum(len(part.lines) for part in shortest.parts)
    assert left > 0
    assert f"{left} more row" in text_of(shortest)
    assert "more row" not in text_of(fullest)


def _wide_apart() -> tuple[dict[str, object], dict[str, object]]:
    loaded = packs().find("us-ctm")
    assert loaded is not None
    yes = [criterion.id for criterion in loaded.pack.criteria if criterion.kind is Kind.YES_NO]
    claims = {"support-until": "2031-12-31", "data-collected": ["video"], "default-password": "can-be-changed"}
    more = {"support-until": "2029-12-31", "secure-setup": "https://hearth.example/setup"}
    return {**claims, **dict.fromkeys(yes, True)}, {**more, **dict.fromkeys(yes, False)}


def test_a_long_answer_is_cut_with_words() -> None:
    long = inspection(label(claims={"secure-setup": "https://hearth.example/" + "a" * 900}))
    line = next(
        entry
        for part in labelled(long).parts
        for row in part.lines
        for entry in row.entries
        if "hearth.example" in entry.text
    )
    assert len(line.text) < 200
    assert line.text.endswith("… More on the label.")


HOSTILE = "<b>Sa\u202efe</b>\x07\x1b[2J{made}\u2066 %1"


def test_what_a_label_hides_is_seen_on_paper_and_markup_stays_letters() -> None:
    one = inspection(label(HOSTILE))
    for text in (text_of(labelled(one)), text_of(compared(one, B)[0])):
        assert "<b>Sa\ufffdfe</b>\ufffd\ufffd[2J" in text
        assert not {"\u202e", "\x07", "\x1b"} & set(text)
    assert not {"\u202e", "\x07", "\x1b"} & set(label_for_a_phone(one, words(), packs(), TODAY))


def test_a_name_that_runs_the_other_way_is_kept_apart() -> None:
    paper = labelled(inspection(label("كاميرا 2")))
    assert paper.title == "\u2068كاميرا 2\u2069"


# Onto a phone


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_comparison_for_a_phone_names_all_products_and_stays_within_its_bound(language: str, count: int) -> None:
    said = load_words(WORDS, language)
    text = comparison_for_a_phone([A, B, A, B][:count], said, packs(), TODAY)
    assert len(text.encode()) <= MOST_BYTES
    assert text.count("Hearth Camera 2") + text.count("Lookout Mini") >= count
    assert text.splitlines()[-1] == CODE
    assert "\u2068" not in text


def test_what_does_not_fit_on_a_phone_is_said_to_be_on_the_label() -> None:
    long = [f"Sentence {n} " + "x" * 90 for n in range(12)]
    text = fitted(["first"], long, [CODE], "More on the label.")
    lines = text.splitlines()
    assert lines[0] == "first"
    assert lines[-2:] == ["More on the label.", CODE]
    assert 3 < len(lines) < len(long)
    assert fitted(["first"], ["all"], [CODE], "more").splitlines() == ["first", "all", CODE]


@given(st.lists(st.text(max_size=900), min_size=1, max_size=5), st.lists(st.text(max_size=400), max_size=30))
def test_a_phone_never_gets_more_than_the_bound(first: list[str], wanted: list[str]) -> None:
    text = fitted(first, wanted, [CODE, CODE + "x" * 700], "More on the label.")
    assert len(text.encode("utf-8", "replace")) <= MOST_BYTES


# Ask the shop


def test_the_card_asks_what_the_scheme_asks_and_the_label_leaves_open() -> None:
    silent = inspection(label("Lookout Mini", claims={"updates-automatic": True}))
    assert silent.label is not None
    asked = open_questions(silent.label, words(), packs(), TODAY)
    assert asked[0] == "How long do security updates last?"
    assert "Do updates come by themselves?" not in asked
    assert len(asked) == len(set(asked))
    (card,) = question_card([silent, A], words(), packs(), TODAY)
    assert [part.title.partition(":")[0] for part in card.parts] == ["Lookout Mini", "Hearth Camera 2"]
    assert "[ ] How long do security updates last?" in as_text(card)
    assert "- How long do security updates last?" in questions_for_a_phone([silent], words(), packs(), TODAY)


def test_a_topic_on_which_the_label_says_anything_is_not_asked() -> None:
    empty = label("Full", claims={})
    told = replace(empty, answers=tuple(replace(each, stated=Stated.UNDISCLOSED) for each in empty.answers))
    questions = {words().say(f"topic.{answer.topic}.question") for answer in told.answers}
    assert questions & set(open_questions(empty, words(), packs(), TODAY))
    assert not questions & set(open_questions(told, words(), packs(), TODAY))


def test_a_label_without_open_questions_gets_a_kind_word() -> None:
    everything = packs().topics
    full = label("Full", claims={})
    answers = tuple(replace(full.answers[0], topic=topic.id, stated=Stated.YES, value=True) for topic in everything)
    (card,) = question_card([inspection(replace(full, answers=answers))], words(), packs(), TODAY)
    assert (card.parts[0].title, card.parts[0].texts) == ("Full: the label answers all our questions.", ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_the_words(language: str) -> None:
    said = load_words(WORDS, language)
    for papers in (
        compare_papers([A, B], said, packs(), TODAY),
        label_papers(A, said, packs(), date(2026, 11, 24)),
        question_card([A, B], said, packs(), TODAY),
    ):
        assert papers[0].language == language
        assert papers[0].from_right == (language == "ar")
        assert as_text(papers[0])
    keys = ("share.phone", "share.copied", "share.printed", "ask.nothing", "cli.nothing-on-paper")
    assert all(said.say(key) for key in keys)
    assert json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))["captions"]["Print"]


def test_names_that_alone_are_too_much_for_a_phone_are_cut_between_letters() -> None:
    text = fitted(["ملصق " * 90, "second"], ["wanted"], [CODE], "More on the label.")
    assert len(text.encode()) <= MOST_BYTES
    assert text.endswith("…")
    assert "\ufffd" not in text
