"""What people write for a day: a date, or ISO text of full or reduced precision, and what it means where.

A year or a month stands for its last day where a question is asked *as of* it (`at`, `known`), for its first day where
a stretch begins (`since`), and for the day after it where a stretch runs through it (`until`). Nothing here reads a
clock: what is left out stays out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Precision, after, parse_day

STEPS = {"day": 0, "week": 0, "month": 1, "quarter": 3, "year": 12}
"""How far apart the days of a course lie, in months; 0 where the step is counted in days."""

PRINT = date(1450, 1, 1)
"""The first day on which anything was in print."""

MOST_STEPS = 20_000
"""Days in a course, at most: fifty years of days."""


def first_day(value: date | str) -> date:
    """The first day that a date, or an ISO text, names.

    >>> first_day("2012-06")
    datetime.date(2012, 6, 1)
    """
    return _parsed(value)[0]


def last_day(value: date | str) -> date:
    """The last day that a date, or an ISO text, names.

    >>> last_day("2012"), last_day("2012-06-01")
    (datetime.date(2012, 12, 31), datetime.date(2012, 6, 1))
    """
    return day_after(value) - timedelta(days=1)


def day_after(value: date | str) -> date:
    """The first day after what a date, or an ISO text, names.

    >>> day_after("2012")
    datetime.date(2013, 1, 1)
    """
    day, precision = _parsed(value)
    try:
        return after(day, precision)
    except (ValueError, OverflowError) as error:
        raise InvalidValue("a day at the end of the calendar", value, "give an earlier one") from error


def day_of_publication(value: str, today: date) -> date:
    """The last day that a text may have been published on, of a day, month or year: today where that is not over yet.
    Nothing was in print before `PRINT`: an earlier day is a slip, and would stretch every course over centuries.

    >>> day_of_publication("2012-06", date(2012, 6, 3))
    datetime.date(2012, 6, 3)
    """
    if last_day(value) < PRINT:
        raise InvalidValue("a day of publication before there was print", value, "check the year")
    if first_day(value) > today:
        raise InvalidValue("a day of publication in the future", value, "give one that has come")
    return min(last_day(value), today)


def steps(start: date, end: date, every: str) -> Iterator[date]:
    """The days from `start` on, a step apart, up to and with `end`. Months that are too short give their last day.

    >>> [str(day) for day in steps(date(2012, 1, 31), date(2012, 4, 1), "month")]
    ['2012-01-31', '2012-02-29', '2012-03-31']
    """
    if every not in STEPS:
        raise UnknownName("step", every, STEPS)
    if start > end:
        raise InvalidValue("a stretch that ends before it begins", f"{start} to {end}", "give the earlier day first")
    for number in range(MOST_STEPS):
        day = _moved(start, number, every)
        if day > end:
            return
        yield day
    raise InvalidValue("a course of too many days", f"{start} to {end} by {every}", "take longer steps")


def _moved(start: date, number: int, every: str) -> date:
    if not STEPS[every]:
        return start + timedelta(days=number * (7 if every == "week" else 1))
    month = start.month - 1 + number * STEPS[every]
    year, month = start.year + month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    last = after(date(year, month, 1), Precision.MONTH) - timedelta(days=1)
    return min(date(year, month, min(start.day, last.day)), last)


def _parsed(value: date | str) -> tuple[date, Precision]:
    if isinstance(value, datetime):
        raise InvalidValue("a time where a day is asked for", value, "give a datetime.date, or YYYY-MM-DD")
    if isinstance(value, date):
        return value, Precision.DAY
    if not isinstance(value, str):
        raise InvalidValue("not a day", value, "give a datetime.date, or text such as '2012' or '2012-06-01'")
    return parse_day(value)
