"""The language that fits what somebody reads; only what is offered is taken unasked."""

from collections.abc import Mapping

import pytest

from labelviewer.domain.locale_names import of_environment
from labelviewer.domain.pseudo import CLOSE, OPEN, PSEUDO, PSEUDO_FROM_RIGHT, pseudo
from labelviewer.resources import LANGUAGES, SCHEMES, WORDS
from labelviewer.schemes.packs import load_packs
from labelviewer.words.catalogue import blanks, load_pseudo, load_words
from labelviewer.words.languages import Tongues, best_of, offered, only, speak
from tests.labels import words

NAMES = {"en": "English", "es": "Español", "de": "Deutsch"}
OWN_NAMES = {"en": "English", "es": "Español", "de": "Deutsch", "fr": "Français", "ar": "العربية"}


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["es"], "es"),
        (["es-MX"], "es"),
        (["de_AT.UTF-8@euro"], "de"),
        (["it_IT.UTF-8", "de"], "de"),
        (["DE-de"], "de"),
        (["it"], None),
        (["C.UTF-8"], None),
        ([""], None),
        ([], None),
    ],
)
def test_the_first_wanted_language_that_is_known_is_spoken(wanted: list[str], language: str | None) -> None:
    assert best_of(wanted, NAMES) == language


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "es_ES.UTF-8"}, ["es_ES.UTF-8"]),
        ({"LANG": "es_ES.UTF-8", "LC_MESSAGES": "de_DE"}, ["de_DE"]),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "fr_FR"}, ["fr_FR"]),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": ""}, ["es_ES.UTF-8"]),
        ({"LANG": "es_ES.UTF-8", "LANGUAGE": "ca:fr"}, ["ca", "fr", "es_ES.UTF-8"]),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, []),
        ({"LC_ALL": "POSIX", "LANG": "de_DE"}, []),
        ({"LANGUAGE": "fr"}, []),
        ({}, []),
    ],
)
def test_the_terminal_is_asked_as_gettext_asks_it(environment: Mapping[str, str], wanted: list[str]) -> None:
    assert list(of_environment(environment)) == wanted


def tongues(asked: str | None = None) -> Tongues:
    return Tongues(NAMES, lambda _language: words(), asked)


def test_what_was_asked_for_comes_first_then_what_was_chosen_then_the_system() -> None:
    assert tongues("de").choose("es", lambda: ["es"]) == "de"
    assert tongues().choose("es", lambda: ["de"]) == "es"
    assert tongues().choose("", lambda: ["fr-FR", "de-AT"]) == "de"
    assert tongues().choose("", list) == "en"
    assert tongues().choose("xx", lambda: ["de"]) == "de"
    assert only(words()).choose("es", lambda: ["es"]) == "en"


def test_offered_languages_have_their_own_names() -> None:
    names = offered(LANGUAGES)
    assert names["en"] == "English"
    assert names.items() <= OWN_NAMES.items()


def test_an_unfinished_language_is_spoken_only_when_asked_for_by_name() -> None:
    unfinished = speak(WORDS, "de", {"en": "English"})
    assert unfinished is not None
    assert unfinished.say("date.month.3") == "März"
    assert unfinished.say("app.promise")
    assert best_of(["de"], {"en": "English"}) is None
    assert speak(WORDS, "xx", {"en": "English"}) is None
    assert speak(WORDS, "en-GB", {"en": "English"}) == load_words(WORDS)


@pytest.mark.parametrize("language", [PSEUDO, PSEUDO_FROM_RIGHT])
def test_english_in_disguise_has_every_sentence_and_every_blank(language: str) -> None:
    foreign, english = load_pseudo(WORDS, language), load_words(WORDS)
    assert foreign.language == language
    assert foreign.phrases.keys() == english.phrases.keys()
    for key, template in english.phrases.items():
        assert blanks(foreign.phrases[key]) == blanks(template)
    assert OPEN in foreign.say("span.days", n=2)
    assert foreign.message("S01", {}).severity == "info"
    assert OPEN in foreign.message("S01", {}).title


def test_english_in_disguise_is_longer_by_two_fifths() -> None:
    english = "Labels themselves are shown in the language they were written in."
    foreign = pseudo(english, PSEUDO)
    assert foreign.startswith(OPEN)
    assert foreign.endswith(CLOSE)
    assert 1.3 < len(foreign) / len(english) < 1.6
    assert pseudo("{day}. {n}", PSEUDO) == "{day}. {n}"
    assert "{host}" in pseudo("From {host}", PSEUDO)
    assert "%1" in pseudo("Use %1", PSEUDO)


def test_packs_are_disguised_too() -> None:
    for loaded in load_packs(SCHEMES).all():
        text, english = loaded.text(PSEUDO), loaded.text()
        assert text.name.startswith(OPEN)
        assert text.criteria.keys() == english.criteria.keys()
        assert all(each.why.startswith(OPEN) for each in text.criteria.values())


def test_a_pack_without_words_in_a_language_has_them_in_english() -> None:
    loaded = load_packs(SCHEMES).all()[0]
    assert loaded.language_for("it") == "en"
    assert loaded.text("it") == loaded.text("en")
