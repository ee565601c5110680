"""What closes what: a reported end, or a reported beginning of the opposite, ends the statuses that came before it.

Without this a friendship whose end is reported would stay "contested" for as long as its half-life. A closer never
adds evidence; it lets earlier evidence of the opposite sign decay, in proportion to how credible the closer is. Only
asserted claims close. Days are held days, as ordinals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordiale.ties.attribution import DAY_BITS

_MOST = 0.9999  # no report closes a tie for certain, and the logarithm of what it leaves stays finite

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def expand(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """For runs that start at `first` and are `count` long: the run that each element is of, and its index.

    >>> runs, indices = expand(np.array([4, 0]), np.array([2, 1]))
    >>> runs.tolist(), indices.tolist()
    ([0, 0, 1], [4, 5, 0])
    """
    runs = np.repeat(np.arange(len(count), dtype=np.int64), count)
    shift = first - (np.cumsum(count) - count)
    indices: Ints = np.arange(len(runs), dtype=np.int64) + shift[runs]
    return runs, indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Closers:
    """The closing claims, sorted by group and day. Group 2t closes the friendly claims of tie t, 2t + 1 the hostile.

    `first` and `count` give each group's run in `day`, `known` and `strength` (the claim's credibility, in [0, 1]).
    For every row of evidence `group` is the group that could close it, -1 for none, and `rank` the place of the first
    of that group that comes after it.
    """

    first: Ints
    count: Ints
    day: Ints
    known: Ints
    strength: Floats
    group: Ints
    rank: Ints
    half_life: float

    @classmethod
    def of(
        cls,
        *,
        tie: Ints,
        ties: int,
        sign: Ints,
        anchor: Ints,
        known: Ints,
        voice: Ints,
        ends: NDArray[np.bool_],
        begins: NDArray[np.bool_],
        closable: NDArray[np.bool_],
        credible: Floats,
        half_life: float,
    ) -> Closers:
        """From rows of evidence; `credible` is above 0 for those that may close.

        What ends on a day ends whatever was said to hold that day; what begins on a day ends only what held before it.
        """
        closing = np.flatnonzero((ends | begins) & (sign != 0) & (credible > 0))
        closes = 2 * tie[closing] + (sign[closing] > 0)
        moment = 2 * anchor[closing] + ends[closing]
        order = np.lexsort((-credible[closing], voice[closing], moment, closes))
        closing, closes, moment = closing[order], closes[order], moment[order]
        told = voice[closing]
        again = np.zeros(len(closing), dtype=bool)
        again[1:] = (closes[1:] == closes[:-1]) & (moment[1:] == moment[:-1]) & (told[1:] == told[:-1])
        closing, closes, moment = closing[~again], closes[~again], moment[~again]
        count = np.bincount(closes, minlength=2 * ties).astype(np.int64)
        first = np.cumsum(count) - count
        keys = (closes << (DAY_BITS + 1)) + moment
        own = 2 * tie + (sign < 0)
        wanted = (own << (DAY_BITS + 1)) + 2 * anchor + (ends | begins)
        rank = np.searchsorted(keys, wanted, side="right") - first[own]
        open_to = closable & (sign != 0) & (rank < count[own])
        return cls(
            first=first, count=count, day=anchor[closing], known=known[closing],
            strength=np.minimum(credible[closing], _MOST),
            group=np.where(open_to, own, -1), rank=np.where(open_to, rank, 0), half_life=half_life,
        )  # fmt: skip

    def left(self, *, query: Ints, row: Ints, tie: Ints, day: Ints, known: Ints) -> Floats | None:
        """The share of each (query, row) that is not closed, in (0, 1]; None where nothing closes anything.

        `tie`, `day` and `known` are those of each query. With closers of strength w on days e after a claim, what is
        left of it on day t is Π(1 - w (1 - 2^(-(t - e) / half_life))): the probability that none of them is right, but
        for the time that an end takes to be felt. A voice closes once a day.
        """
        if not len(self.day):
            return None
        groups = np.stack([2 * tie, 2 * tie + 1], axis=1).ravel()
        count = self.count[groups]
        if not count.any():
            return None
        run, closer = expand(self.first[groups], count)
        age = day[run // 2] - self.day[closer]
        closed = self.strength[closer] * -np.expm1(np.minimum(-age / self.half_life, 0) * np.log(2))
        closed[(age < 0) | (self.known[closer] > known[run // 2])] = 0
        # The sum of logarithms from each closer to the end of its run.
        missed = np.log1p(-closed)
        below = np.concatenate([[0.0], np.cumsum(missed)])
        ends = np.cumsum(count)
        open_still = np.exp(np.minimum(below[ends][run] - below[:-1], 0.0))
        left = np.ones(len(row))
        affected = np.flatnonzero(self.group[row] >= 0)
        rows = row[affected]
        start = ends - count
        at = start[2 * query[affected] + (self.group[rows] & 1)] + self.rank[rows]
        left[affected] = open_still[at]
        return left
