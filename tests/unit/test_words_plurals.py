"""Plural forms, months, groups of digits and lists are those of CLDR, in every language we have."""

from datetime import date
from typing import Any

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QLocale

from labelviewer.resources import WORDS
from labelviewer.words.catalogue import Words, load_unfinished
from labelviewer.words.dates import say_date, say_number
from labelviewer.words.plurals import FORMS, NEEDED, plural_form

# Whose form of the language: British English; Arabic with the digits that stand on boxes and in addresses.
LOCALES = {"ar": "ar_AE", "de": "de_DE", "en": "en_GB", "es": "es_ES", "fr": "fr_FR"}
DAYS = [date(2026, month, day) for month in range(1, 13) for day in (1, 2, 24)]
NUMBERS = [0, 1, 7, 999, 1_000, 2_953, 9_999, 10_000, 99_999, 1_234_567]


def words(language: str) -> Words:
    return load_unfinished(WORDS, language)


@pytest.mark.parametrize("language", NEEDED)
def test_every_small_number_takes_the_form_of_cldr(language: str) -> None:
    rule = Locale.parse(language).plural_form
    assert {n: plural_form(language, n) for n in range(2_000)} == {n: rule(n) for n in range(2_000)}


@given(st.sampled_from(sorted(NEEDED)), st.integers(0, 10**12) | st.integers(0, 10**6).map(lambda n: n * 1_000_000))
def test_every_number_takes_the_form_of_cldr(language: str, number: int) -> None:
    assert plural_form(language, number) == Locale.parse(language).plural_form(number)


@pytest.mark.parametrize("language", NEEDED)
def test_every_form_that_a_language_has_is_asked_for(language: str) -> None:
    forms = {*Locale.parse(language).plural_form.tags, "other"}
    assert forms - {"many"} <= set(NEEDED[language]) <= forms <= set(FORMS)
    assert ("many" in NEEDED[language]) == (language == "ar")


def test_a_language_without_a_rule_counts_as_english_does() -> None:
    assert [plural_form("qps", n) for n in (0, 1, 2)] == ["other", "one", "other"]
    assert plural_form("ar-EG", 2) == "two"


@pytest.mark.parametrize("language", NEEDED)
def test_a_count_is_said_in_its_form(language: str) -> None:
    forms: dict[str, str] = {form: form for form in NEEDED[language]}
    small = Words(language, {"apples": forms}, {}, {})
    for number in (0, 1, 2, 5, 12, 100, 1_000_000):
        form = plural_form(language, number)
        assert small.say("apples", n=number) == (form if form in forms else "other")


@pytest.mark.parametrize("language", LOCALES)
def test_dates_are_said_as_babel_and_the_window_say_them(language: str) -> None:
    said = words(language).say
    window = QLocale(LOCALES[language])
    form = window.dateFormat(QLocale.FormatType.LongFormat).removeprefix("dddd").lstrip(",، ")
    for day in DAYS:
        shown: Any = QDate(day.year, day.month, day.day)
        assert say_date(day, said) == format_date(day, "long", LOCALES[language]) == window.toString(shown, form)


@pytest.mark.parametrize("language", LOCALES)
def test_numbers_are_said_as_babel_and_the_window_say_them(language: str) -> None:
    said = words(language).say
    for number in NUMBERS:
        shown = say_number(number, said)
        assert shown == QLocale(LOCALES[language]).toString(number)
        assert shown == format_decimal(number, locale=LOCALES[language]) or (language, len(shown)) == ("es", 4)


@pytest.mark.parametrize("language", LOCALES)
def test_lists_are_said_as_babel_and_the_window_say_them(language: str) -> None:
    for items in (["A"], ["A", "B"], ["A", "B", "C"], ["A", "B", "C", "D"]):
        said = words(language).join(items).replace("\u2068", "").replace("\u2069", "")
        assert said == format_list(items, locale=LOCALES[language])
        assert said == QLocale(LOCALES[language]).createSeparatedList(items)
