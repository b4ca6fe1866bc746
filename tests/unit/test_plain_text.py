"""Text from outside never hides anything, never moves anything, and stays readable where it was honest."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.plain_text import MAX_MARKS, Cleaned, clean, examine

MARK = "\ufffd"


@pytest.mark.parametrize(
    "text",
    [
        "Hearth Camera 2",
        "Prüfstelle für Geräte",
        "Ünïcödé à la carte, c’est ça",
        "كاميرا المنزل",
        "مى\u200cخواهم",
        "क्\u200dष",
        "家庭用カメラ",
        "👍🏽 👨\u200d👩\u200d👧 ❤️ 1\ufe0f\u20e3",
        "left\u200eright\u200f and \u061carabic",
        "e\u0301e\u0301",
    ],
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert examine(text) == Cleaned(text, changed=False, cut=False)


@pytest.mark.threat("T11")
@pytest.mark.parametrize(
    ("hidden", "what"),
    [
        ("\x00", "nul"),
        ("\x1b", "terminal escape"),
        ("\x07", "bell"),
        ("\x08", "backspace"),
        ("\x7f", "delete"),
        ("\x9b", "terminal escape in one character"),
        ("\r", "carriage return"),
        ("\t", "tab"),
        ("\u202e", "right-to-left override"),
        ("\u202a", "embedding"),
        ("\u2066", "isolate"),
        ("\u2069", "end of isolate"),
        ("\u200b", "zero-width space"),
        ("\u2060", "word joiner"),
        ("\ufeff", "byte order mark"),
        ("\u00ad", "soft hyphen"),
        ("\u200d", "joiner between Latin letters"),
        ("\u200c", "non-joiner between Latin letters"),
        ("\u3164", "Hangul filler"),
        ("\u2800", "Braille blank"),
        ("\u034f", "grapheme joiner"),
        ("\ufe0f", "emoji style on a letter"),
        ("\U000e0100", "variation selector"),
        ("\U000e0041", "tag"),
        ("\ue000", "private use"),
        ("\u0378", "unassigned"),
        ("\ufdd0", "noncharacter"),
        ("\ud800", "lone surrogate"),
        ("\u2028", "line separator"),
        ("\u2029", "paragraph separator"),
    ],
)
def test_hidden_characters_become_visible(hidden: str, what: str) -> None:
    assert examine(f"pay{hidden}pal") == Cleaned(f"pay{MARK}pal", changed=True, cut=False), what


@pytest.mark.parametrize("start", ["\u200d", "\u200c", "\ufe0f"])
def test_nothing_joins_to_the_start_of_a_text(start: str) -> None:
    assert clean(start) == MARK


def test_a_replacement_mark_does_not_shelter_what_follows() -> None:
    assert clean("\u202e\u200d\ufe0f") == MARK * 3


def test_line_breaks_stay_only_in_long_text() -> None:
    assert clean("one\ntwo", lines=True) == "one\ntwo"
    assert clean("one\ntwo") == f"one{MARK}two"


@pytest.mark.threat("T11")
def test_towers_of_marks_are_cut() -> None:
    cleaned = examine("Z" + "\u0335" * 60 + "a")
    assert cleaned == Cleaned("Z" + "\u0335" * MAX_MARKS + "a", changed=True, cut=False)


def test_a_long_text_is_cut_with_an_ellipsis_and_says_so() -> None:
    assert examine("word " * 10, 9) == Cleaned("word wor…", changed=False, cut=True)
    assert examine("four", 4) == Cleaned("four", changed=False, cut=False)


def test_a_cut_does_not_part_a_letter_from_its_accent() -> None:
    assert clean("abce\u0301f", 5) == "abc…"


@pytest.mark.threat("T11")
@given(st.text(), st.integers(1, 50), st.booleans())
def test_whatever_comes_in_nothing_hidden_comes_out(text: str, limit: int, lines: bool) -> None:
    shown = clean(text, limit, lines=lines)
    assert len(shown) <= limit
    for character in shown:
        category = unicodedata.category(character)
        allowed = character in "\u200c\u200d\u200e\u200f\u061c" or (lines and character == "\n")
        assert allowed or category not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x3000), max_size=30))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert examine(clean(text)).changed is False
