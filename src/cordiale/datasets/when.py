"""When a row held, from its cells: begin and end, a last day, or a year.

Dates are ISO of full or reduced precision; a year may be written as a float, as data frames do. `end` is the first day
on which it no longer holds, `last` the last one on which it did; an empty cell, or the year 9999, is unknown, or open.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from math import isfinite

from cordiale.errors import InvalidValue
from cordiale.periods import ALWAYS, Period, Precision, after, parse_day

Bound = tuple[date | None, Precision]
"""A day and how much of it is known; (None, unknown) where nothing is."""

_FLOAT = re.compile(r"(\d{4})\.0+\Z")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?\Z")
NOTHING = frozenset({"", "na", "nan", "none", "null", "."})
"""What programs write where there is nothing, in lower case."""
_MISSING = NOTHING | {"-9", "-8", "-7", "-9.0"}
_NO_END = "9999"  # a year that stands for none


def bounds(begin: str, end: str, last: str, year: str) -> tuple[Bound, Bound]:
    """The first day on which a row's tie held, and the first on which it no longer did.

    A row with both a year and a begin goes by its begin, one with both an end and a last day by its end. An
    `InvalidValue` where a cell is no date, or the end does not come after the start.
    """
    if year and not _said(year) and not any(map(_said, (begin, end, last))):
        raise InvalidValue("no year", year, "give one")
    first, beyond = _day(begin), _day(end)
    if first[0] is None and year:
        first = _day(year)
        if first[0] is not None and beyond[0] is None and _day(last)[0] is None:
            beyond = _beyond(year)
    if beyond[0] is None and last:
        beyond = _beyond(last)
    if first[0] is not None and beyond[0] is not None and first[0] >= beyond[0]:
        raise InvalidValue("an end that does not come after the start", f"{begin or year} to {end or last}", "mend it")
    return first, beyond


def held(begin: str = "", end: str = "", last: str = "", year: str = "") -> Period:
    """The period that a row's cells say.

    >>> str(held(begin="1872.0", end="1904")), str(held(begin="1946", last="1949")), str(held(year="1990"))
    ('[1872..1904]', '[1946..1950]', '[1990..1991]')
    """
    return period(*bounds(begin, end, last, year))


def period(first: Bound, beyond: Bound) -> Period:
    """The period between two bounds."""
    if first[0] is None and beyond[0] is None:
        return ALWAYS
    return Period(start=first[0], end=beyond[0], start_precision=first[1], end_precision=beyond[1])


def day_of(year: str, month: str = "", day: str = "") -> Bound:
    """A day of three cells, as precise as they are; None where there is no year.

    >>> day_of("1949", "4", "-9")
    (datetime.date(1949, 4, 1), <Precision.MONTH: 'month'>)
    """
    if not _said(year):
        return None, Precision.UNKNOWN
    parts = [whole(year)]
    for cell in (month, day):
        if not _said(cell) or whole(cell) < 1:
            break
        parts.append(whole(cell))
    return parse_day("-".join(f"{part:04}" if n == 0 else f"{part:02}" for n, part in enumerate(parts)))


def whole(cell: str) -> int:
    """A whole number as tables write it, such as `1904.0`; anything else is an `InvalidValue`."""
    try:
        value = float(cell)
    except ValueError:
        raise InvalidValue("not a whole number", cell, "write one") from None
    if not isfinite(value) or value != int(value):
        raise InvalidValue("not a whole number", cell, "write one")
    return int(value)


def through(first: Bound, last: Bound) -> Period:
    """From a day, month or year through another, which is included; either may be unknown, as `day_of` gives them."""
    day, precision = last
    return period(first, (None if day is None else after(day, precision), precision))


def _said(cell: str) -> bool:
    text = cell.strip().casefold()
    return text not in _MISSING and not text.startswith(_NO_END)


@lru_cache(maxsize=1 << 17)
def _day(cell: str) -> Bound:
    if not _said(cell):
        return None, Precision.UNKNOWN
    text = cell.strip()
    for pattern in (_FLOAT, _TIME):
        if match := pattern.match(text):
            text = match[1]
    return parse_day(text)


@lru_cache(maxsize=1 << 17)
def _beyond(cell: str) -> Bound:
    day, precision = _day(cell)
    return (None if day is None else after(day, precision)), precision
