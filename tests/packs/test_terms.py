"""A term has one name in a language: where the English says it, the translation does, and it can be pressed."""

from collections import Counter

import pytest

from labelviewer.present.glossary import terms_in
from labelviewer.resources import WORDS
from labelviewer.words.catalogue import Words, load_words
from tools.translate import ROOT, Template, english_files, in_language, read, texts_of

ENGLISH = load_words(WORDS, "en")
EACH_LANGUAGE = pytest.mark.parametrize("language", ["es", "de", "fr", "ar"])
OFTEN = 20


def whole(text: Template) -> str:
    match text:
        case str():
            return text
        case dict():
            return " ".join(text.values())
        case _:
            return " ".join(text)


def named(text: Template, words: Words) -> set[str]:
    """By their English names."""
    english = {words.terms.get(term, term): term for term in words.glossary}
    return {english[each.term] for each in terms_in(whole(text), words)}


@EACH_LANGUAGE
def test_terms_go_by_their_names_in_every_pack(language: str) -> None:
    words, said, kept = load_words(WORDS, language), Counter[str](), Counter[str]()
    for file in english_files():
        if "schemes" in file.parts:
            own = dict(texts_of(read(ROOT / in_language(file, language))))
            for key, english in texts_of(read(ROOT / file)):
                terms = named(english, ENGLISH)
                said.update(terms)
                kept.update(terms & named(own[key], words))
    assert said.total() > 400
    assert kept.total() >= 0.85 * said.total()
    assert {term: (kept[term], n) for term, n in said.items() if n >= OFTEN and kept[term] < 0.75 * n} == {}


@EACH_LANGUAGE
def test_no_two_terms_share_a_name(language: str) -> None:
    names = Counter(load_words(WORDS, language).terms.values())
    assert {name for name, times in names.items() if times > 1} == set()


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("es", "Los puntos débiles quedan abiertos.", "weak spot"),
        ("es", "Las actualizaciones de seguridad llegan solas.", "security update"),
        ("es", "La etiqueta está firmada.", "signed"),
        ("es", "Añada segundos pasos.", "second step"),
        ("fr", "Les mises à jour arrivent d’elles-mêmes.", "update"),
        ("fr", "Des boîtiers centraux.", "hub"),
        ("fr", "Une déclaration signée.", "signed"),
        ("de", "Schalten Sie einen zweiten Schritt ein.", "second step"),
        ("de", "Unterschriebene Angaben.", "signed"),
        ("de", "Der Stecker Ihres Routers.", "router"),
        ("ar", "خالٍ من الثغرات", "weak spot"),
        ("ar", "تحديثات أمنية حتى", "security update"),
        ("ar", "والتحديثات الأمنية", "security update"),
        ("ar", "خطوة ثانية", "second step"),
        ("ar", "في راوترك", "router"),
        ("ar", "ورقة المصنّع الموقَّعة", "signed"),
    ],
)
def test_a_term_is_known_in_its_forms(language: str, text: str, term: str) -> None:
    assert named(text, load_words(WORDS, language)) == {term}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ones hold more than others."),
        ("es", "Redujo la redacción."),
        ("de", "Laborieren ist keine Vernetzung."),
        ("fr", "Piraterie, compter, réseautage."),
        ("ar", "شبابيك"),
    ],
)
def test_a_word_that_only_begins_like_a_term_is_none(language: str, text: str) -> None:
    assert named(text, load_words(WORDS, language)) == set()
