"""Stretches of time in the world, half-open, each end as precise as its source.

A `Period` is the *held* clock: when something was so. Its bounds are days; a precision says how much of the day was
known. "In 1999" is [1999-01-01, 2000-01-01) with both ends to the year. A bound that is None is open or unknown.
This module never looks at the clock of the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from cordiale.errors import InvalidValue

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")


class Precision(StrEnum):
    """How much of a date was known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


_PRECISIONS = frozenset(Precision)


@lru_cache(maxsize=8192)
def parse_day(text: str) -> tuple[date, Precision]:
    """The first day that an ISO date of full or reduced precision names, and that precision.

    >>> parse_day("2011-03")
    (datetime.date(2011, 3, 1), <Precision.MONTH: 'month'>)
    """
    match = _ISO.match(text.strip())
    if match is None:
        raise InvalidValue("not a date", text, "write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = match.groups()
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise InvalidValue("not a day of the calendar", text, "write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return found, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR


def format_day(day: date | None, precision: Precision) -> str | None:
    """A day as an ISO date that shows no more than was known; None where the day is None.

    >>> format_day(date(2011, 3, 1), Precision.MONTH)
    '2011-03'
    """
    if day is None:
        return None
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)
    return day.isoformat()[:length]


def after(day: date, precision: Precision) -> date:
    """The first day after the day, month or year that `day` begins.

    >>> after(date(2011, 12, 1), Precision.MONTH)
    datetime.date(2012, 1, 1)
    """
    try:
        if precision == Precision.YEAR:
            return date(day.year + 1, 1, 1)
        if precision == Precision.MONTH:
            return date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day + timedelta(days=1)
    except (OverflowError, ValueError) as error:
        raise InvalidValue("no day of the calendar comes after", day, "give a day before the year 9999") from error


def _check_bound(name: str, bound: date | None, precision: Precision) -> None:
    if bound is not None and (isinstance(bound, datetime) or not isinstance(bound, date)):
        raise InvalidValue(f"the {name} of a period is no day", bound, "give a datetime.date")
    if precision not in _PRECISIONS:
        raise InvalidValue(f"the precision of the {name} of a period", precision, "use one of: " + ", ".join(Precision))
    if (bound is None) != (precision == "unknown"):
        raise InvalidValue(
            f"the {name} and its precision disagree",
            (bound, str(precision)),
            "an unknown bound is None with precision 'unknown'; a known one has day, month or year",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A half-open stretch of days, [start, end).

    `start` is None where the source does not say since when, `end` where it has not ended or the source does not say.
    A bound that is None has precision `unknown`, and only it.

    >>> Period.parse("1999", "2011").holds(date(2005, 6, 1))
    True
    """

    start: date | None = None
    end: date | None = None
    start_precision: Precision = Precision.UNKNOWN
    end_precision: Precision = Precision.UNKNOWN

    def __post_init__(self) -> None:
        _check_bound("start", self.start, self.start_precision)
        _check_bound("end", self.end, self.end_precision)
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise InvalidValue(
                "a period that holds on no day",
                f"[{self.start}, {self.end})",
                "the end is the first day on which it no longer holds, so it must come after the start",
            )

    @classmethod
    def parse(cls, start: str | None, end: str | None = None) -> Period:
        """From ISO dates of full or reduced precision; None or "" is unknown."""
        first, first_precision = parse_day(start) if start else (None, Precision.UNKNOWN)
        last, last_precision = parse_day(end) if end else (None, Precision.UNKNOWN)
        return cls(start=first, end=last, start_precision=first_precision, end_precision=last_precision)

    @classmethod
    def within(cls, day: date, precision: Precision = Precision.DAY) -> Period:
        """The whole day, month or year that `day` begins: when an act happened."""
        return cls(start=day, end=after(day, precision), start_precision=precision, end_precision=precision)

    @classmethod
    def since(cls, day: date, precision: Precision = Precision.DAY) -> Period:
        """From a day on, with no known end."""
        return cls(start=day, start_precision=precision)

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the period; an unknown bound does not exclude it."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    @property
    def start_text(self) -> str | None:
        """The start as an ISO date that shows no more than was known."""
        return format_day(self.start, self.start_precision)

    @property
    def end_text(self) -> str | None:
        """The end as an ISO date that shows no more than was known."""
        return format_day(self.end, self.end_precision)

    def __str__(self) -> str:
        return f"[{self.start_text or ''}..{self.end_text or ''}]"


ALWAYS = Period()
"""Since and until nobody knows when."""
