"""When a course changed: shifts in the level of a measure, and the ties that turned between two days.

Days without a value are left out, never filled in. Nothing is drawn, no clock is read, and what lay around a shift is
not said to have caused it. Clocks: days are held days; a shift lies after `eve`, the last day of the old level, and by
`day`, the first of the new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.course import check_days, known
from cordiale.networks.signed import SignedNetwork, Ties

Floats = NDArray[np.float64]

LEAST = 2
"""Days that a level lasts, at least."""

_KEPT = 0.9  # of the steps, where correlation is estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint:
    """Where the level of a course shifts: from `before`, the mean of the level that ends, to `after`.

    `day` is the first day of the new level and `eve` the last day of the old one with a value: the shift lies between
    them. `missing` of the days asked for between the two had no value. `gain` is by how much the two levels fit better
    than one, in units of twice the log-likelihood: above the penalty, or the shift would not be told.
    """

    day: date
    eve: date
    before: float
    after: float
    gain: float
    missing: int


def change_points(
    days: Sequence[date],
    values: Sequence[float | None],
    *,
    variances: Sequence[float | None] | None = None,
    correlation: float | None = None,
    penalty: float | None = None,
    least: int = LEAST,
) -> tuple[ChangePoint, ...]:
    """The shifts in the level of a course: the levels that minimise Σ (x - level)² / (v φ) + `penalty` · shifts.

    Exact, by PELT (Killick, Fearnhead & Eckley 2012, JASA 107:1590), with levels of `least` days or more. Days whose
    value is None or NaN are left out; `missing` of each shift says how many lay within it.

    The default penalty, 2 ln n for n values, is that of Schwarz's criterion (Yao 1988, Statistics & Probability Letters
    6:181): a shift adds a level and a place. `variances` v are taken as known; without any, all days have that of the
    course's own steps, by their mean square (Rice 1984, Annals of Statistics 12:1215), which the shifts are part of.

    φ = (1 + ρ) / (1 - ρ) allows for values that carry over, as those of claims that count for years and of windows that
    overlap do: n of them say no more than n / φ fresh ones (Lavielle & Moulines 2000, J. Time Series Analysis 21:33).
    `correlation` ρ is that of one value with the next, 1 - 1/w for windows of w steps. Where it is not given, steps
    over two days are held against steps over one, the largest tenth of each left out, where the shifts are (after
    Chakar, Lebarbier, Lévy-Leduc & Robin 2017, Bernoulli 23:1408, who take medians). n / φ is kept at 1 or more.
    Without φ, windows of four years of mere noise show five to six shifts in fifty years (`bench/changes.py`).

    >>> days = [date(2000 + year, 1, 1) for year in range(8)]
    >>> (found,) = change_points(days, [1, 1, 1, None, 0, 0, 0, 0])
    >>> str(found.eve), str(found.day), found.before, found.after, found.missing
    ('2002-01-01', '2004-01-01', 1.0, 0.0, 1)
    """
    check_days(days, values, *([] if variances is None else [variances]))
    if least < 1:
        raise InvalidValue("the least days of a level", least, "use 1 or more")
    if correlation is not None and not 0 <= correlation < 1:
        raise InvalidValue("the correlation of a course", correlation, "use a number from 0 up to, but not, 1")
    if penalty is not None and not penalty > 0:
        raise InvalidValue("the penalty of a shift", penalty, "use a number above 0")
    at = [place for place, value in enumerate(values) if known(value) is not None]
    x = np.array([values[place] for place in at], dtype=np.float64)
    v = np.ones(len(x)) if variances is None else np.array([known(variances[place]) or 0.0 for place in at])
    wrong = ~np.isfinite(x) | ~np.isfinite(v) | (v <= 0)
    if wrong.any():
        first = int(wrong.argmax())
        what = f"a value or its variance, on {days[at[first]]}"
        raise InvalidValue(what, (float(x[first]), float(v[first])), "give finite values, and a variance above 0 each")
    noise = _noise(x, v, correlation, given=variances is not None)
    if len(x) < 2 * least or not noise:
        return ()
    weights = 1 / (v * noise)
    fit = _Fit.of(x, weights)
    cuts = fit.cuts(2 * log(len(x)) if penalty is None else penalty, least)
    ends = [0, *cuts, len(x)]
    return tuple(
        ChangePoint(
            day=days[at[cut]],
            eve=days[at[cut - 1]],
            before=float(np.average(x[start:cut], weights=weights[start:cut])),
            after=float(np.average(x[cut:end], weights=weights[cut:end])),
            gain=float(fit.cost(start, end) - fit.cost(start, cut) - fit.cost(cut, end)),
            missing=at[cut] - at[cut - 1] - 1,
        )
        for start, cut, end in zip(ends, cuts, ends[2:], strict=False)
    )


@dataclass(frozen=True, slots=True)
class _Fit:
    """Running sums of weights, weighted values and squares, about the middle of the values."""

    weights: Floats
    sums: Floats
    squares: Floats

    @classmethod
    def of(cls, x: Floats, w: Floats) -> _Fit:
        off = x - np.average(x, weights=w)
        return cls(*(np.concatenate([[0.0], np.cumsum(part)]) for part in (w, w * off, w * off**2)))

    def cost(self, start: Any, end: int) -> Any:
        """The weighted squares about the level of [start, end)."""
        total = self.sums[end] - self.sums[start]
        return self.squares[end] - self.squares[start] - total**2 / (self.weights[end] - self.weights[start])

    def cuts(self, penalty: float, least: int) -> list[int]:
        """Where the best levels begin, but for the first. A start that a later one beats is dropped only once that one
        can be cut at, `least` days on: with levels of a least length, earlier is too early."""
        n = len(self.sums) - 1
        best, before = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.int64)
        best[0] = -penalty
        dropped = np.full(n + 1, n + 1)
        for end in range(least, n + 1):
            starts = np.flatnonzero(dropped[: end - least + 1] > end)
            values = best[starts] + self.cost(starts, end)
            place = int(values.argmin())
            best[end], before[end] = values[place] + penalty, starts[place]
            beaten = starts[values > best[end]]
            dropped[beaten] = np.minimum(dropped[beaten], end + least)
        found = [int(before[n])]
        while found[-1]:
            found.append(int(before[found[-1]]))
        return found[-2::-1]


def _noise(x: Floats, v: Floats, correlation: float | None, *, given: bool) -> float:
    """What a variance is to be multiplied by: φ, and, where none is given, the variance itself."""
    if len(x) < 2:
        return 0.0
    one, two = ((x[lag:] - x[:-lag]) ** 2 / (v[lag:] + v[:-lag]) for lag in (1, 2))
    usual = _usual(one)
    carried = _usual(two) / usual - 1 if usual else 0.0
    rho = carried if correlation is None else correlation
    rho = min(max(rho, 0.0), (len(x) - 1) / (len(x) + 1))
    return (1.0 if given else float(one.mean()) / (1 - rho)) * (1 + rho) / (1 - rho)


def _usual(squares: Floats) -> float:
    """The mean of these squares, but for the largest tenth, where the shifts are."""
    kept = np.sort(squares)[: max(int(_KEPT * len(squares)), 1)]
    return float(kept.mean()) if len(kept) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A tie whose sign is another than before: 1, -1, or 0 where there was, or is, none."""

    a: str
    b: str
    before: int
    after: int


def turned(before: Ties, after: Ties) -> tuple[Turned, ...]:
    """The ties that differ in sign: those that changed sides first, then those that are new, then those that are gone.

    >>> turned([("a", "b", 1), ("b", "c", 1)], [("a", "b", -1), ("b", "c", 1)])
    (Turned(a='a', b='b', before=1, after=-1),)
    """
    one, other = ({(a, b): 1 if w > 0 else -1 for a, b, w in SignedNetwork.of(ties).ties} for ties in (before, after))
    found = [
        Turned(a=a, b=b, before=one.get((a, b), 0), after=other.get((a, b), 0)) for a, b in sorted(one.keys() | other)
    ]
    return tuple(
        sorted((t for t in found if t.before != t.after), key=lambda t: (t.before * t.after == 0, t.after == 0))
    )
