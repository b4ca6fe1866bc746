"""Dates, spans, numbers and lists said the way people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.words.dates import add_months, as_day, months_between, say_date, say_list, say_number, say_span
from tests.labels import words

SAY = words().say
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 11, 24), date(2031, 11, 24), "5 years"),
        (date(2026, 11, 24), date(2028, 2, 24), "1 year and 3 months"),
        (date(2026, 11, 24), date(2027, 10, 30), "11 months"),
        (date(2026, 11, 24), date(2026, 12, 24), "1 month"),
        (date(2026, 11, 24), date(2026, 12, 23), "29 days"),
        (date(2026, 11, 24), date(2026, 11, 25), "1 day"),
        (date(2026, 11, 24), date(2026, 11, 24), "0 days"),
        (date(2026, 8, 31), date(2026, 9, 30), "1 month"),
        (date(2028, 2, 29), date(2031, 2, 28), "3 years"),
    ],
)
def test_a_span_is_said_in_years_and_months_or_else_in_days(start: date, end: date, said: str) -> None:
    assert say_span(start, end, SAY) == said
    assert say_span(end, start, SAY) == said


def test_a_date_is_said_with_its_month_by_name() -> None:
    assert say_date(date(2031, 12, 31), SAY) == "31 December 2031"


def test_a_moment_is_said_as_its_day_here() -> None:
    moment = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert say_date(moment, SAY) == say_date(moment.astimezone().date(), SAY)
    assert as_day(datetime(2026, 11, 24, 23, 59)) == date(2026, 11, 24)  # noqa: DTZ001 - a moment without a zone is meant


@pytest.mark.parametrize(("number", "said"), [(0, "0"), (7, "7"), (2953, "2,953"), (1234567, "1,234,567")])
def test_big_numbers_are_grouped(number: int, said: str) -> None:
    assert say_number(number, SAY) == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_a_list_ends_with_and(items: list[str], said: str) -> None:
    assert say_list(items, SAY) == said


@given(DAYS, st.integers(min_value=0, max_value=600))
def test_adding_months_and_counting_them_agree(day: date, months: int) -> None:
    assert months_between(day, add_months(day, months)) == months


@given(DAYS, DAYS)
def test_counting_months_backwards_is_the_same_count(one: date, other: date) -> None:
    assert months_between(one, other) == -months_between(other, one)


@given(DAYS, DAYS)
def test_a_count_of_months_never_reaches_beyond_the_end(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@given(DAYS, st.integers(min_value=0, max_value=4000), st.integers(min_value=0, max_value=4000))
def test_a_later_end_is_never_fewer_months_away(start: date, days: int, more: int) -> None:
    sooner = start + timedelta(days=days)
    assert months_between(start, sooner) <= months_between(start, sooner + timedelta(days=more))


@given(DAYS, DAYS)
def test_every_span_is_said_in_plain_counts(one: date, other: date) -> None:
    said = say_span(one, other, SAY)
    assert "{" not in said
    assert not said.startswith("0 ") or one == other
    for part in said.split(" and "):
        number, unit = part.split(" ")
        assert unit.endswith("s") != (number == "1")
