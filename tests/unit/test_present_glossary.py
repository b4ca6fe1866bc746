"""Terms that need explaining: found whole, once, the longer one first, and all of them explained."""

from dataclasses import replace

import pytest

from labelviewer.present.criteria import groups
from labelviewer.present.glossary import UNMARKED, glossary, terms_in
from labelviewer.present.sheet import make_sheet
from labelviewer.resources import WORDS
from labelviewer.words.catalogue import load_words
from tests.labels import CAMERA_CLAIMS, TODAY, label, packs, words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Nothing to explain here.", []),
        ("Updates close weak spots.", ["update", "weak spot"]),
        ("A security update is an update.", ["security update", "update"]),
        ("SCAN THE QR CODE.", ["QR code"]),
        ("An update, and another update.", ["update"]),
        ("A labelled syllabus has updated nothing.", []),
        ("The label of a real product.", []),
    ],
)
def test_a_text_uses_these_terms(text: str, terms: list[str]) -> None:
    assert [each.term for each in terms_in(text, words())] == terms


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("de", "Updates schließen Schwachstellen.", ["Update", "Schwachstelle"]),
        ("es", "Un punto débil de la red.", ["punto débil", "red"]),
        ("fr", "Une faille du réseau.", ["faille", "réseau"]),
        ("ar", "والتشفير في التطبيق", ["تشفير"]),
    ],
)
def test_terms_are_found_by_their_names_in_each_language(language: str, text: str, terms: list[str]) -> None:
    assert [each.term for each in terms_in(text, load_words(WORDS, language))] == terms


def test_a_term_with_signs_in_it_is_taken_as_it_stands() -> None:
    odd = words()._replace(glossary={"a.b (c)": "Something odd."})
    assert [each.term for each in terms_in("It has a.b (c) in it, and axb.", odd)] == ["a.b (c)"]


def test_every_term_has_a_meaning_and_a_question_that_stands_alone() -> None:
    terms = glossary(words())
    assert [each.term for each in terms] == sorted(words().glossary, key=str.casefold)
    assert all(each.meaning.endswith(".") and each.term in each.question for each in terms)


def test_what_is_not_marked_is_in_the_glossary() -> None:
    assert words().glossary.keys() >= UNMARKED


def test_every_marked_term_comes_up_in_some_pack_or_in_the_words_of_the_program() -> None:
    texts = [
        part
        for loaded in packs().all()
        for text in loaded.text().criteria.values()
        for part in (text.line, text.why, text.yes, text.no, text.silent, text.do, text.not_mean, text.name)
    ]
    found = {term.term for term in terms_in(" . ".join(texts), words())}
    marked = words().glossary.keys() - UNMARKED
    assert len(found) >= len(marked) / 2


def test_a_criterion_brings_the_terms_of_its_own_words_and_not_of_the_makers_note() -> None:
    of = label(claims=CAMERA_CLAIMS)
    noted = tuple(replace(each, note={"en": "A backup of the hub."}) for each in of.answers)
    sheet = make_sheet(replace(of, answers=noted), words(), packs(), TODAY)
    rows = [row for group in groups(sheet) for row in group.rows]
    assert any(term.term == "update" for row in rows for term in row.terms)
    assert all("A backup" in row.note for row in rows)
    for row in rows:
        own = f"{row.line} {row.means} {row.why} {row.do} {row.not_mean}".casefold()
        assert all(term.term.casefold() in own for term in row.terms)
