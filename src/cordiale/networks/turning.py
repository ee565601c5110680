"""Where counts for and against turn, with the probability of it, for evidence too sparse to speak of levels.

Every division of the steps into stretches is weighed, each exactly as probable as it is; none is chosen. Nothing is
drawn and no clock is read. Days are those on which steps begin, or whatever else stands for them, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, log
from typing import Any

import numpy as np

from cordiale.errors import InvalidValue
from cordiale.networks.course import check_days


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """A step of counts: `probability` that a new level begins with it (0 for the first, which has nothing before it),
    and `friendly`, the share of friendly counts that is expected at it."""

    day: date
    probability: float
    friendly: float


def turning_points(
    days: Sequence[date],
    friendly: Sequence[float],
    hostile: Sequence[float],
    *,
    prior: float | None = None,
    strength: float = 1.0,
) -> tuple[TurningPoint, ...]:
    """How probable it is that each step of counts, or of evidence mass, begins a new share of friendly ones.

    A product partition model (Barry & Hartigan 1992, Annals of Statistics 20:260): a step begins a new level with
    probability `prior`, by default 1/n, one shift expected in n steps; within a level the counts are binomial with one
    share, that is Beta(strength/2, strength/2) a priori (1: Jeffreys). The posterior is exact, summed forward and
    backward over all partitions (Fearnhead 2006, Statistics and Computing 16:203), in O(n²). Each count must be fresh:
    evidence that goes on counting belongs to the step in which it came. Steps without any say nothing, so that a turn
    within a gap is shared out among them.

    >>> days = [date(2000 + year, 1, 1) for year in range(8)]
    >>> found = turning_points(days, [3, 2, 3, 2, 0, 0, 0, 0], [0, 0, 0, 0, 2, 3, 2, 3])
    >>> max(found, key=lambda step: step.probability).day
    datetime.date(2004, 1, 1)
    """
    from scipy.special import betaln

    check_days(days, friendly, hostile)
    n = len(days)
    change = 1 / max(n, 2) if prior is None else prior
    if not 0 < change < 1 or not (strength > 0 and isfinite(strength)):
        raise InvalidValue("a prior of turning points", (prior, strength), "use 0 < prior < 1 and strength above 0")
    counts = np.array([friendly, hostile], dtype=np.float64).reshape(2, n)
    if not (np.isfinite(counts) & (counts >= 0)).all():
        raise InvalidValue("counts below 0, or none at all", counts.min(initial=0.0), "give numbers of 0 or more")
    sums = np.concatenate([np.zeros((2, 1)), np.cumsum(counts, axis=1)], axis=1)
    half = strength / 2
    stays = np.log1p(-change)

    def level(start: Any, end: Any) -> Any:
        """The logarithm of the probability of the counts in [start, end), and of nothing beginning within it."""
        known, against = sums[:, np.atleast_1d(end)] - sums[:, np.atleast_1d(start)]
        return betaln(half + known, half + against) - betaln(half, half) + (end - start - 1) * stays

    # Of all partitions of what comes before a cut, and from it on; a cut within costs `change`.
    ahead, behind = np.zeros(n + 1), np.zeros(n + 1)
    cut = np.full(n + 1, log(change))
    cut[0] = cut[n] = 0.0
    for end in range(1, n + 1):
        starts = np.arange(end)
        ahead[end] = np.logaddexp.reduce(ahead[starts] + cut[starts] + level(starts, end))
    share = np.zeros(n)
    for start in range(n - 1, -1, -1):
        ends = np.arange(start + 1, n + 1)
        rest = level(start, ends) + cut[ends] + behind[ends]
        behind[start] = np.logaddexp.reduce(rest)
        weight = np.exp(ahead[start] + cut[start] + rest - ahead[n])
        known, against = sums[:, ends] - sums[:, [start]]
        mean = (half + known) / (strength + known + against)
        share[start:] += np.cumsum((weight * mean)[::-1])[::-1]
    begins = np.exp(ahead[:n] + cut[:n] + behind[:n] - ahead[n])
    begins[:1] = 0.0
    return tuple(
        TurningPoint(day=day, probability=min(float(p), 1.0), friendly=float(mean))
        for day, p, mean in zip(days, begins, share, strict=True)
    )
