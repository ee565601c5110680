"""The course of a measure: its value on each of some days, with what is known of how sure it is.

A day on which the measure could not be taken has no value: nothing is filled in or smoothed. No clock is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import isnan
from typing import Any, Protocol

import numpy as np

from cordiale.errors import InvalidValue

_CENTRAL = 2 * 1.6448536269514722  # the central 90 % of a normal variable, in standard deviations


class Measured(Protocol):
    """A value with its central 90 %, such as an `Interval` or an `Isolation`."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A measure on some days, in order. A value is None where the measure could not be taken.

    `low` and `high` bound the central 90 % of each value; both are None for a course without intervals.
    """

    days: tuple[date, ...]
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] | None = None
    high: tuple[float | None, ...] | None = None

    def __post_init__(self) -> None:
        check_days(self.days, self.values, *(side for side in (self.low, self.high) if side is not None))
        if (self.low is None) != (self.high is None):
            raise InvalidValue("a course with one bound", self.days[:1], "give low and high, or neither")

    @property
    def missing(self) -> int:
        """Days without a value."""
        return sum(value is None for value in self.values)

    @property
    def step(self) -> timedelta:
        """The days between two days of the course, in the middle; none for a single day."""
        gaps = [(late - early).days for early, late in pairwise(self.days)]
        return timedelta(days=float(np.median(gaps)) if gaps else 0)

    @property
    def variances(self) -> tuple[float | None, ...] | None:
        """The variance of each value, from its interval; None where a value has none, or one of no width."""
        if self.low is None or self.high is None:
            return None
        bounds = zip(self.values, self.low, self.high, strict=True)
        found = tuple(
            None if value is None or low is None or high is None else ((high - low) / _CENTRAL) ** 2
            for value, low, high in bounds
        )
        known = all(value is None or spread for value, spread in zip(self.values, found, strict=True))
        return found if known else None


def course(measure: Callable[[date], float | Measured | None], days: Sequence[date]) -> Course:
    """A measure taken on each of these days; None, NaN or a `Measured` of None is a day on which it could not be.

    >>> found = course(lambda day: None if day.month == 2 else day.month / 2, [date(2012, m, 1) for m in (1, 2, 3)])
    >>> found.values, found.missing
    ((0.5, None, 1.5), 1)
    """
    taken = [measure(day) for day in days]
    values = tuple(known(getattr(one, "value", one)) for one in taken)
    if not any(hasattr(one, "value") for one in taken):
        return Course(days=tuple(days), values=values)
    low, high = (tuple(known(getattr(one, side, None)) for one in taken) for side in ("low", "high"))
    return Course(days=tuple(days), values=values, low=low, high=high)


def known(value: Any) -> float | None:
    """A value as a number; None where there is none, or NaN."""
    return None if value is None or isnan(value) else float(value)


def check_days(days: Sequence[date], *columns: Sequence[Any]) -> None:
    """That days are in order, each once, and that there is a value a day in each of these columns."""
    if any(early >= late for early, late in pairwise(days)):
        raise InvalidValue("days that are not in order", f"{len(days)} days", "give each once, the earliest first")
    if lengths := [len(column) for column in columns if len(column) != len(days)]:
        raise InvalidValue(f"values for {len(days)} days", lengths[0], "give one a day")
