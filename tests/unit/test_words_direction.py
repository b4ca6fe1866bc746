"""What runs the other way is kept between isolates, once, and nothing from outside can break out of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.words.catalogue import Words
from labelviewer.words.direction import FIRST_STRONG, POP, clean_between, isolated

ARABIC = Words(
    "ar",
    {"name": "هذا {name}.", "on": "{a}: {b}", "list.between": " و", "list.last": "{first} و{last}"},
    {},
    {},
)


def marked(text: str) -> str:
    return text.replace("[", FIRST_STRONG).replace("]", POP)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("labels.example", "ar", "[labels.example]"),
        ("+1 555 0100", "ar", "[+1 555 0100]"),
        ("2026-000123", "ar", "[2026-000123]"),
        ("24", "ar", "24"),
        ("مايو", "ar", "مايو"),
        ("[A] و[B]", "ar", "[A] و[B]"),
        ("", "ar", ""),
        ("labels.example", "en", "labels.example"),
        ("+1 555 0100", "de", "+1 555 0100"),
        ("שלום 1", "en", "[שלום 1]"),
        ("Acme مايو", "fr", "[Acme مايو]"),
    ],
)
def test_text_that_runs_the_other_way_is_isolated_once(text: str, language: str, said: str) -> None:
    assert isolated(marked(text), language) == marked(said)
    assert isolated(marked(said), language) == marked(said)


def test_a_sentence_inside_a_sentence_keeps_its_isolates() -> None:
    inner = ARABIC.say("name", name="Acme")
    assert inner == marked("هذا [Acme].")
    assert ARABIC.say("on", a=inner, b="a.example") == marked("هذا [Acme].: [a.example]")


def test_the_things_of_a_list_are_isolated_each_and_the_list_is_not() -> None:
    assert ARABIC.say("name", name=ARABIC.join(["A", "B", "C"])) == marked("هذا [A] و[B] و[C].")


@pytest.mark.parametrize("text", ["a]b", "[a", "[[a]", "]a[", "\u2067a]", "a\u202eb", "[a\u202eb]"])
def test_marks_that_do_not_close_become_visible(text: str) -> None:
    assert "\ufffd" in ARABIC.say("name", name=marked(text))


@given(st.text(alphabet=st.sampled_from(f"ab1 مش{FIRST_STRONG}{POP}\u2067\u202e\u200f"), max_size=40))
def test_no_text_gets_out_of_its_isolates(text: str) -> None:
    depth = 0
    for character in isolated(clean_between(text, 60), "ar"):
        depth += (character == FIRST_STRONG) - (character == POP)
        assert depth >= 0
        assert unicodedata.bidirectional(character) not in ("LRI", "RLI", "LRE", "RLE", "LRO", "RLO", "PDF")
    assert depth == 0
