"""A price as people type it, and what that is for a year with updates; never more than the label lets one say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from labelviewer.domain.report import State
from labelviewer.present.own_figures import OwnFigure, own_figure
from labelviewer.resources import WORDS
from labelviewer.words.amounts import read_amount, say_amount
from labelviewer.words.catalogue import Words, load_words
from tests.labels import CAMERA_CLAIMS, TODAY, inspection, label, words

LANGUAGES = {each: load_words(WORDS, each) for each in ("en", "de", "es", "fr", "ar")}
LOCALES = {"en": "en_GB", "de": "de_DE", "es": "es_ES", "fr": "fr_FR"}


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [
        ("en", "129.90", "129.90"),
        ("en", " 1,299 ", "1299"),
        ("en", "1 299.5", "1299.5"),
        ("en", "£ 129.90", "129.90"),
        ("en", "129.", "129"),
        ("en", "129,90", None),
        ("en", "1,29.90", None),
        ("en", "12.999", None),
        ("en", "-5", None),
        ("en", "0", None),
        ("en", "0.00", None),
        ("en", "cheap", None),
        ("en", "", None),
        ("en", "1e3", None),
        ("en", "9" * 33, None),
        ("en", "100000000", None),
        ("de", "129,90", "129.90"),
        ("de", "1.299,00 €", "1299"),
        ("de", "129.90", None),
        ("de", "1.299", "1299"),
        ("fr", "1 299,90", "1299.90"),
        ("fr", "1\u202f299,90 €", "1299.90"),
        ("es", "1.299,5", "1299.5"),
        ("ar", "١٢٩٫٩٠", "129.90"),
        ("ar", "١٬٢٩٩", "1299"),
        ("ar", "129.90", "129.90"),
    ],
)
def test_a_price_is_read_as_the_language_writes_it(language: str, typed: str, amount: str | None) -> None:
    found = read_amount(typed, LANGUAGES[language].say)
    assert found == (None if amount is None else Decimal(amount))


cents = st.integers(min_value=1, max_value=9_999_999_999).map(lambda each: Decimal(each) / 100)


@given(cents, st.sampled_from(sorted(LANGUAGES)))
def test_what_we_write_we_read(amount: Decimal, language: str) -> None:
    say = LANGUAGES[language].say
    assert read_amount(say_amount(amount, say), say) == amount


@given(cents, st.sampled_from(sorted(LOCALES)))
def test_amounts_are_written_as_qt_writes_them(amount: Decimal, language: str) -> None:
    assert say_amount(amount, LANGUAGES[language].say) == QLocale(LOCALES[language]).toString(float(amount), "f", 2)


def figure(
    typed: str, state: State = State.VERIFIED, until: object = "2031-11-24", in_words: Words | None = None
) -> OwnFigure:
    claims = {key: value for key, value in CAMERA_CLAIMS.items() if key != "support-until"}
    claims |= {} if until is None else {"support-until": until}
    return own_figure(inspection(label(claims=claims), state), "Camera", typed, in_words or words(), TODAY)


@pytest.mark.parametrize(
    ("until", "cost"),
    [
        ("2031-11-24", "20.00 a year"),
        ("2027-11-24", "100.00 a year"),
        ("2029-05-24", "40.00 a year"),
        ("2027-11-23", "100.00 for 11 months"),
        ("2026-11-30", "100.00 for 6 days"),
        ("2026-11-23", "Updates have ended"),
        (None, "The label does not say when updates end"),
        (False, "No updates promised"),
    ],
)
def test_a_price_is_spread_over_the_time_with_updates(until: object, cost: str) -> None:
    assert figure("100", until=until).cost == cost


def test_without_a_price_there_is_no_cost() -> None:
    assert figure("").cost == "Type a price to see this"
    assert figure("").problem == ""


def test_what_is_no_price_is_said_with_an_example() -> None:
    assert figure("cheap").problem == "Type the price as a number, like 129.90."
    assert figure("129.90", in_words=LANGUAGES["de"]).problem.endswith("129,90.")
    assert figure("cheap").typed == "cheap"


@pytest.mark.parametrize("state", [state for state in State if state.hides_facts])
def test_a_hidden_label_tells_nothing_by_way_of_the_price(state: State) -> None:
    assert figure("100", state).cost == "Not shown"


def test_each_figure_says_whose_it_is() -> None:
    assert figure("100").spoken == "Price of Camera (typed by you)"
    assert figure("100").cost_spoken == "Camera: 20.00 a year"
