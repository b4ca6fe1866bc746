"""What of a page is read out, and how it sounds."""

from dataclasses import replace

import pytest

from labelviewer.domain.report import State
from labelviewer.present.compare_page import compare_page
from labelviewer.present.label_page import LabelPage, label_page
from labelviewer.present.notice import notice
from labelviewer.present.spoken import (
    LONGEST,
    Passage,
    compare_passages,
    label_passages,
    notice_passages,
    row_passages,
    sayable,
)
from tests.labels import TODAY, inspection, label, packs, words


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("See https://labels.example/x/1?code=a%20b.", "See labels.example."),
        ("Two: http://a.example/1, https://b.example:8443/2", "Two: a.example, b.example"),
        ("Bad http://[::1 here", "Bad http://[::1 here"),
        ("Hearth  ·  HC-2", "Hearth, HC-2"),
        ("a\u202eb\x07c\u200bd\ufffde", "abcde"),
        ("one\ntwo\t three", "one two three"),
        ("10.2.1 of HTTPS", "10.2.1 of HTTPS"),
        ("", ""),
    ],
)
def test_a_text_becomes_what_a_voice_can_say(written: str, heard: str) -> None:
    assert sayable(written) == heard


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three", ["One.", "Two?", "Three."]),
        ("Version 2.5 is out.", ["Version 2.5 is out."]),
        ("ما هذا؟ إنه ملصق.", ["ما هذا؟", "إنه ملصق."]),
        ("... — \u202e", []),
        ("", []),
    ],
)
def test_a_text_is_read_sentence_by_sentence(text: str, sentences: list[str]) -> None:
    said = notice_passages(replace(notice(words(), "A05", {}), title=text, body=""))
    assert [each.text for each in said] == sentences


@pytest.mark.parametrize("text", ["word " * 2_000, "w" * 5_000])
def test_no_sentence_is_longer_than_can_be_followed_and_none_goes_on_for_ever(text: str) -> None:
    said = notice_passages(replace(notice(words(), "A05", {}), title=text * 20, body=""))
    assert all(0 < len(each.text) <= LONGEST + 1 for each in said)
    assert sum(len(each.text) for each in said) < 25_000


def test_what_was_unfolded_below_a_message_follows_it() -> None:
    said = notice_passages(notice(words(), "A05", {}), "", "More about it.")
    assert [each.place for each in said] == ["message", "message", "message", "more"]


def page() -> LabelPage:
    return label_page(inspection(label()), words(), packs(), TODAY)


def test_a_label_is_read_in_the_order_of_its_page_with_the_four_facts_first() -> None:
    of = page()
    rows = frozenset(row.id for group in of.groups for row in group.rows)
    places = list(dict.fromkeys(each.place for each in label_passages(of, rows)))
    assert places[:6] == ["headline", "fact.real", "fact.current", "fact.says-who", "fact.product", "product"]
    assert places[-1] == "not-told"
    assert [place for place in places if place.startswith("row.")] == [
        f"row.{row.id}" for group in of.groups for row in group.rows
    ]


def test_answers_that_are_filtered_out_are_not_read() -> None:
    of = page()
    one = of.groups[0].rows[0]
    said = label_passages(of, {one.id})
    assert {each.place for each in said if each.place.startswith(("row.", "group."))} == {
        f"row.{one.id}",
        f"group.{of.groups[0].id}",
    }


@pytest.mark.parametrize("state", [State.TAMPERED, State.WITHDRAWN, State.DOES_NOT_MATCH])
def test_what_a_warning_hides_is_not_read(state: State) -> None:
    of = label_page(inspection(label(), state), words(), packs(), TODAY)
    places = {each.place.partition(".")[0] for each in label_passages(of, frozenset())}
    assert of.facts_hidden
    assert places <= {"headline", "fact", "product", "alert"}


def test_a_row_is_read_with_all_that_it_opens_to_and_its_note_in_its_own_language() -> None:
    row = replace(
        page().groups[0].rows[0], note="Siehe https://shop.example/a/b.", note_language="de", note_title="In German"
    )
    said = row_passages(row)
    assert {each.place for each in said} == {f"row.{row.id}"}
    assert said[0].text.startswith(row.name)
    assert [each for each in said if each.language] == [Passage(f"row.{row.id}", "Siehe shop.example.", "de")]
    assert said[[each.language for each in said].index("de") - 1].text == "In German."
    heard = " ".join(each.text for each in said)
    assert all(sayable(text) in heard for text in (row.why, row.do, row.not_mean))


def test_a_comparison_is_read_row_by_row_with_the_products_of_its_cells() -> None:
    both = [inspection(label(name, number=name), State.VERIFIED) for name in ("Apple", "Berry")]
    of = compare_page(both, words(), packs(), TODAY)
    said = compare_passages(of, of.notices, of.groups)
    places = list(dict.fromkeys(each.place for each in said))
    assert places[0] == "columns"
    row = of.groups[0].rows[0]
    heard = [each.text for each in said if each.place == f"row.{row.id}"]
    assert heard[0].startswith(row.name)
    assert any("Apple" in each for each in heard)
    assert any("Berry" in each for each in heard)
