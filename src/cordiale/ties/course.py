"""How ties stand on each of many days, as arrays: for what looks at all of them at once, such as a slider over months.

The same readings as those of a `Snapshot` of each day, without its values and names. Clocks: days are held days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cordiale.ties.disputes import disputed
from cordiale.ties.evidence import Evidence
from cordiale.ties.posterior import posterior

ROWS = 500_000
"""Claims times days that are weighed at once: what that takes stays below some 100 MB."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TieCourse:
    """Readings of `ties` (numbers of the evidence) on `days`. Arrays have the shape (days, ties); `stance` indexes
    `STANCES`, `certainty` is in [0, 1)."""

    days: tuple[date, ...]
    ties: NDArray[np.int64]
    stance: NDArray[np.int8]
    certainty: NDArray[np.float64]
    weight: NDArray[np.float64]
    disputed: NDArray[np.bool_]

    def turned(self) -> NDArray[np.int64]:
        """How many ties stand otherwise on each day than on the day before it; none on the first."""
        found = np.zeros(len(self.days), dtype=np.int64)
        found[1:] = (self.stance[1:] != self.stance[:-1]).sum(axis=1)
        return found


def course_of_ties(evidence: Evidence, ties: NDArray[np.int64], days: Sequence[date]) -> TieCourse:
    """Look at ties on each of some days.

    >>> from cordiale.columns import ClaimColumns
    >>> from cordiale.ties import weigh
    >>> course_of_ties(weigh(ClaimColumns.from_claims([])), np.zeros(0, int), [date(2012, 6, 1)]).stance.shape
    (1, 0)
    """
    count = len(ties)
    claims = int(evidence.count[ties].sum()) if count else 0
    together = max(1, ROWS // max(claims, 1))
    shape = (len(days), count)
    stance, split = np.zeros(shape, np.int8), np.zeros(shape, bool)
    certainty, weight = np.zeros(shape), np.zeros(shape)
    for low in range(0, len(days), together):
        some = np.array([day.toordinal() for day in days[low : low + together]])
        asked = len(some) * count
        rows = evidence.rows(np.tile(ties, len(some)), np.repeat(some, count))
        cell = rows.query * 3 + evidence.kind[rows.row]
        masses = np.bincount(cell, weights=rows.mass, minlength=3 * asked).reshape(-1, 3)
        found = posterior(masses, evidence.policy)
        part = slice(low, low + len(some))
        stance[part] = found.stance.reshape(len(some), count)
        certainty[part] = found.certainty.reshape(len(some), count)
        weight[part] = found.weight.reshape(len(some), count)
        split[part] = disputed(evidence, rows, asked).reshape(len(some), count)
    return TieCourse(days=tuple(days), ties=ties, stance=stance, certainty=certainty, weight=weight, disputed=split)
