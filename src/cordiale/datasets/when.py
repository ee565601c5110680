"""When a row held, from its cells: begin and end, a last day, or a year.

Dates are ISO of full or reduced precision; a year may be written as a float, as data frames do. `end` is the first day
on which it no longer holds, `last` the last one on which it did; an empty cell is unknown, or open.
"""

from __future__ import annotations

import re
from datetime import date

from cordiale.periods import ALWAYS, Period, Precision, after, parse_day

_FLOAT = re.compile(r"(\d{4})\.0+\Z")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?\Z")
_NOTHING = frozenset({"", "na", "nan", "none", "null", ".", "-9", "-8", "-7", "-9.0"})


def held(begin: str = "", end: str = "", last: str = "", year: str = "") -> Period:
    """The period that a row's cells say.

    >>> str(held(begin="1872.0", end="1904")), str(held(begin="1946", last="1949")), str(held(year="1990"))
    ('[1872..1904]', '[1946..1950]', '[1990..1991]')
    """
    start, start_precision = _day(begin)
    stop, stop_precision = _day(end)
    if start is None and _said(year):
        start, start_precision = _day(year)
        if start is not None and stop is None and not _said(last):
            stop, stop_precision = after(start, start_precision), start_precision
    if stop is None and _said(last):
        day, stop_precision = _day(last)
        stop = None if day is None else after(day, stop_precision)
    if start is None and stop is None:
        return ALWAYS
    return Period(start=start, end=stop, start_precision=start_precision, end_precision=stop_precision)


def day_of(year: str, month: str = "", day: str = "") -> tuple[date | None, Precision]:
    """A day of three cells, as precise as they are; None where there is no year."""
    if not _said(year):
        return None, Precision.UNKNOWN
    parts = [int(float(year))]
    for cell in (month, day):
        if not _said(cell) or int(float(cell)) < 1:
            break
        parts.append(int(float(cell)))
    return parse_day("-".join(f"{part:04}" if n == 0 else f"{part:02}" for n, part in enumerate(parts)))


def through(first: tuple[date | None, Precision], last: tuple[date | None, Precision]) -> Period:
    """From a day, month or year through another, which is included; either may be unknown, as `day_of` gives them."""
    day, precision = last
    end = None if day is None else after(day, precision)
    return Period(start=first[0], end=end, start_precision=first[1], end_precision=precision)


def _said(cell: str) -> bool:
    return cell.strip().casefold() not in _NOTHING


def _day(cell: str) -> tuple[date | None, Precision]:
    if not _said(cell):
        return None, Precision.UNKNOWN
    text = cell.strip()
    for pattern in (_FLOAT, _TIME):
        if match := pattern.match(text):
            text = match[1]
    return parse_day(text)
