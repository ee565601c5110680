"""The months of a dossier: what the date bar at the foot of every page is made of.

A month stands for its last day, as in an address; where a dossier spans too many months they are quarters or years.
What is counted in each are the ties that turned or, where there are too many claims to look, the claims of that time.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from cordiale.ties import Evidence
from cordiale.ties.course import course_of_ties

MOST = 2_000
"""Steps of the bar, at most: months of some 160 years."""
WORK = 2_000_000
"""Claims times months that are looked at to find which ties turned: about half a second."""
STEPS = ((1, "month"), (3, "quarter"), (12, "year"))
HIGH = 24
"""The height of the histogram, in its own units; a step is one wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """The days that the bar steps through, and how much happened up to each since the one before.

    `step` is month, quarter or year; `of` says what is counted.
    """

    days: tuple[date, ...]
    counts: tuple[int, ...]
    step: str
    of: str

    def place(self, day: date) -> int:
        """The step that a day is in, or the nearest one.

        >>> Months(days=(date(2012, 1, 31), date(2012, 2, 29)), counts=(0, 1), step="month", of="turns").place(
        ...     date(2012, 2, 1))
        1
        """
        return min(bisect_left(self.days, day), len(self.days) - 1)

    def busy(self, day: date) -> date | None:
        """The last step up to a day in which something happened; None where nothing did."""
        counted = (end for end, count in zip(self.days[: self.place(day) + 1], self.counts, strict=False) if count)
        return max(counted, default=None)

    @property
    def bars(self) -> str:
        """The histogram as a path: a bar a step, the highest as high as there is room; square roots, so that one busy
        month does not flatten all others."""
        most = max(self.counts, default=0) ** 0.5
        return "".join(
            f"M{place} {HIGH}v{-HIGH * count**0.5 / most:.1f}h0.8V{HIGH}z"
            for place, count in enumerate(self.counts)
            if count
        )


def months_of(evidence: Evidence, today: date) -> Months | None:
    """The months from the first of which anything is known to today; None where nothing is."""
    begun = evidence.anchor[evidence.anchor <= today.toordinal()]
    if not len(begun):
        return None
    first = date.fromordinal(int(begun.min()))
    found, step = next(
        (days, name) for size, name in STEPS if len(days := _ends(first, today, size)) <= MOST or size == STEPS[-1][0]
    )
    days = found[-MOST:]
    if len(begun) * len(days) <= WORK:
        counts, of = course_of_ties(evidence, np.arange(len(evidence)), days).turned(), "ties that turned"
    else:
        bins = np.searchsorted([day.toordinal() for day in days], begun)
        counts, of = np.bincount(bins, minlength=len(days)), "claims"
    return Months(days=days, counts=tuple(counts.tolist()), step=step, of=of)


def _ends(first: date, last: date, size: int) -> tuple[date, ...]:
    """The last days of steps of so many months, from that of a day on; of the step that is not over, the day it is."""
    begin, end = ((day.year * 12 + day.month - 1) // size for day in (first, last))
    after = (divmod((number + 1) * size, 12) for number in range(begin, end))
    return (*(date(year, month + 1, 1) - timedelta(days=1) for year, month in after), last)
