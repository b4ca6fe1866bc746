"""Of several languages the reader's own is shown; any other one is named."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from labelviewer.domain.pseudo import PSEUDO
from labelviewer.present.foreign import language_name, mark, pick
from labelviewer.present.label_page import label_page
from labelviewer.resources import WORDS
from labelviewer.words.catalogue import Words, load_unfinished, load_words
from tests.labels import TODAY, inspection, label, packs


def words(language: str) -> Words:
    return load_unfinished(WORDS, language)


@pytest.mark.parametrize(
    ("texts", "language", "text", "marked"),
    [
        ({"en": "Hello", "de": "Hallo"}, "de", "Hallo", ""),
        ({"en": "Hello", "de-AT": "Servus"}, "de", "Servus", ""),
        ({"fi": "Hei", "en": "Hello"}, "de", "Hello", "en"),
        ({"fi": "Hei", "sv": "Hej"}, "de", "Hei", "fi"),
        ({"fi": "Hei", "en-US": "Hi"}, "en", "Hi", ""),
        ({}, "de", "", ""),
    ],
)
def test_the_readers_language_comes_first_then_english(
    texts: Mapping[str, str], language: str, text: str, marked: str
) -> None:
    assert pick(texts, words(language)) == (text, marked)


def test_english_in_disguise_is_english() -> None:
    assert mark("en", load_words(WORDS)._replace(language=PSEUDO)) == ""


def test_a_language_is_named_in_the_readers_language() -> None:
    assert language_name("fi", words("en")) == "Finnish"
    assert language_name("fi-FI", words("de")) == "Finnisch"
    assert language_name("tlh", words("de")) == "tlh"


def test_a_note_in_another_language_says_so() -> None:
    of = label()
    noted = tuple(replace(each, note={"fi": "Kaikki osat"}) for each in of.answers)
    page = label_page(inspection(replace(of, answers=noted)), words("en"), packs(), TODAY)
    (row,) = [row for group in page.groups for row in group.rows if row.id == "sbom"]
    assert (row.note, row.note_title, row.note_language) == ("Kaikki osat", "The label adds, in Finnish", "fi")


def test_words_about_a_scheme_in_another_language_say_so() -> None:
    for language, said in (("en", ""), ("xx", "only in English")):
        page = label_page(inspection(label()), words("en")._replace(language=language), packs(), TODAY)
        assert said in page.scheme_language
        assert bool(page.scheme_language) == bool(said)
