"""Dates, spans of time, numbers and lists the way people say them; knows no clock."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol


class Say(Protocol):
    def __call__(self, key: str, /, **facts: str | int | date | datetime) -> str: ...


def as_day(moment: date) -> date:
    """The day of a moment, in the time zone of this computer."""
    if isinstance(moment, datetime):
        return (moment.astimezone() if moment.tzinfo else moment).date()
    return moment


def say_date(day: date, say: Say) -> str:
    day = as_day(day)
    month = say(f"date.month.{day.month}")
    return say("date.full", day=str(day.day), month=month, year=str(day.year))


def say_number(number: int, say: Say) -> str:
    """In groups of three, from the size on that the language begins to group at."""
    if abs(number) <= int(say("number.ungrouped")):
        return str(number)
    return f"{number:,}".replace(",", say("number.group"))


def say_list(items: Sequence[str], say: Say) -> str:
    if len(items) < 2:
        return "".join(items)
    return say("list.last", first=say("list.between").join(items[:-1]), last=items[-1])


def say_span(start: date, end: date, say: Say) -> str:
    """How far apart two days are, in whole years and months; in days where it is less than a month."""
    start, end = min(start, end), max(start, end)
    months = months_between(start, end)
    if months == 0:
        return say("span.days", n=(end - start).days)
    years, months = divmod(months, 12)
    parts = [say("span.years", n=years)] if years else []
    parts += [say("span.months", n=months)] if months else []
    return say_list(parts, say)


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`; 31 August to 30 September is one. Negative where `end` is earlier."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    from calendar import monthrange  # late: it brings the locales, and the first page says no date

    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
