"""The catalogue fills in what it is given, and says nothing that is not there."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.words.catalogue import Words, blanks, load_words
from tests.labels import words

SMALL = Words(
    language="en",
    phrases={
        "plain": "Nothing to fill.",
        "name": "This is {name}.",
        "either": ["From {host} on {date}.", "From {host}."],
        "apples": {"one": "1 apple", "other": "{n} apples"},
        "basket": "We have {red:apples}.",
        "kind.wifi": "a Wi-Fi login",
        "holds": "It holds {kind:*}.",
        "holds-short": "It holds {kind:kind.*}.",
        "number.group": ",",
        "number.ungrouped": "999",
        "date.full": "{day} {month} {year}",
        "date.month.5": "May",
    },
    messages={},
    glossary={},
)


def test_facts_fill_the_blanks() -> None:
    assert SMALL.say("name", name="a box") == "This is a box."


def test_facts_that_no_blank_asks_for_are_left_out() -> None:
    assert SMALL.say("plain", name="a box") == "Nothing to fill."


@pytest.mark.parametrize(("key", "facts"), [("nowhere", {}), ("name", {}), ("either", {"date": date(2026, 5, 3)})])
def test_a_missing_phrase_or_fact_is_a_bug(key: str, facts: dict[str, date]) -> None:
    with pytest.raises(KeyError):
        SMALL.say(key, **facts)


def test_the_first_sentence_that_can_be_filled_is_said() -> None:
    assert SMALL.say("either", host="a.example", date=date(2026, 5, 3)) == "From a.example on 3 May 2026."
    assert SMALL.say("either", host="a.example") == "From a.example."


def test_a_count_chooses_its_form() -> None:
    assert [SMALL.say("apples", n=n) for n in (0, 1, 2, 1200)] == ["0 apples", "1 apple", "2 apples", "1,200 apples"]


def test_a_blank_can_be_a_phrase_of_its_own() -> None:
    assert SMALL.say("basket", red=1) == "We have 1 apple."
    assert SMALL.say("holds", kind="kind.wifi") == SMALL.say("holds-short", kind="wifi") == "It holds a Wi-Fi login."


def test_what_comes_from_outside_cannot_bring_blanks_lines_or_escapes() -> None:
    said = SMALL.say("name", name="{host}\x1b[31m\n\u202eevil")
    assert said.startswith("This is {host}")
    assert not {"\x1b", "\n", "\u202e"} & set(said)


def test_text_from_right_to_left_cannot_reorder_the_sentence() -> None:
    assert SMALL.say("name", name="שלום 1") == "This is \u2068שלום 1\u2069."


def test_blanks_are_the_facts_that_a_sentence_cannot_do_without() -> None:
    assert blanks(SMALL.phrases["either"]) == {"host"}
    assert blanks(SMALL.phrases["apples"]) == {"n"}


def test_a_message_keeps_hosts_whole() -> None:
    host = ".".join(["a" * 60] * 4)
    assert host in words().message("S42", {"host": host}).body


def test_a_language_that_is_not_there_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_words(tmp_path, "xx")


@given(st.text(max_size=300))
def test_no_text_breaks_a_sentence(name: str) -> None:
    said = SMALL.say("name", name=name)
    assert said.startswith("This is ")
    assert said.endswith(".")
    assert not {unicodedata.category(character) for character in said} & {"Cc", "Cs", "Zl", "Zp"}
