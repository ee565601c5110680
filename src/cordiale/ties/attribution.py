"""Who says so: how far a claim is discounted for the voice that makes it.

A document's own word counts in full, a quoted party's or a third speaker's less, an adversary's least. Who is whose
adversary is read from what documents say in their own voice, in the same claims. Nobody is believed for who they are.
Clock: held days as ordinals; a speaker is judged by what held when it spoke, and never by what came after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import Certainty
from cordiale.columns import CERTAINTIES, ClaimColumns

DAY_BITS = 22
"""Bits that hold any ordinal day: date.max is below 2**22."""

_FIRM = [CERTAINTIES.index(Certainty.ASSERTED), CERTAINTIES.index(Certainty.BELIEVED)]


def months(days: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """The number of the month that each ordinal day lies in.

    >>> from datetime import date
    >>> january, february = months(np.array([date(2011, 1, 31).toordinal(), date(2011, 2, 1).toordinal()]))
    >>> int(february - january)
    1
    """
    epoch = days.astype(np.int64) - 719163  # the ordinal of 1970-01-01
    return epoch.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def pair_keys(
    first: NDArray[np.integer[Any]], second: NDArray[np.integer[Any]], rank: NDArray[np.int64]
) -> NDArray[np.int64]:
    """One number for each unordered pair, in the order of the actors' ids (`rank` of each actor number)."""
    x, y = rank[first], rank[second]
    keys: NDArray[np.int64] = np.minimum(x, y) * len(rank) + np.maximum(x, y)
    return keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostilities:
    """Which pairs stand against each other, by the count of documents that say so in their own voice.

    `keys` are pair and day packed in one number, ascending; `net` is the running sum of signs before each, from 0.
    A statement counts once a voice, pair, sign and month, so copies change nothing.
    """

    keys: NDArray[np.int64]
    net: NDArray[np.int64]

    @classmethod
    def of(cls, columns: ClaimColumns, *, day: NDArray[np.int64], rank: NDArray[np.int64]) -> Hostilities:
        """From all claims; `day` is the ordinal from which each may be used."""
        rows = np.flatnonzero((columns.said_by < 0) & (columns.sign != 0) & np.isin(columns.certainty, _FIRM))
        pair = pair_keys(columns.subject[rows], columns.object[rows], rank)
        when, sign, voice = day[rows], columns.sign[rows].astype(np.int64), columns.voice[rows]
        month = months(when)
        order = np.lexsort((when, month, voice, sign, pair))
        same = np.ones(len(rows), dtype=bool)
        for column in (pair, sign, voice, month):
            same[1:] &= np.diff(column[order]) == 0
        same[:1] = False
        kept = order[~same]
        keys = (pair[kept] << DAY_BITS) + when[kept]
        ascending = np.argsort(keys, kind="stable")
        net = np.concatenate([[0], np.cumsum(sign[kept][ascending])])
        return cls(keys=keys[ascending], net=net)

    def hostile(self, pair: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the statements about each pair up to each day are more often hostile than friendly."""
        upto = np.searchsorted(self.keys, (pair << DAY_BITS) + day, side="right")
        since = np.searchsorted(self.keys, pair << DAY_BITS, side="left")
        verdict: NDArray[np.bool_] = self.net[upto] < self.net[since]
        return verdict
