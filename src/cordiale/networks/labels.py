"""Blocs over time: which bloc of one day is which of the day before.

Blocs of neighbouring days are matched so that they overlap as much as they can (the assignment of Kuhn 1955, on Jaccard
overlaps); one that overlaps with none of the day before is new. A label says that a bloc goes on, not that its members
know of it. Each partition begins with the one before, so that of equally good ones the nearest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import linear_sum_assignment

from cordiale.networks.blocs import Blocs, blocs
from cordiale.networks.signed import Ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A partition of a day; `labels` numbers its blocs, in the order of `blocs.members`, the same from day to day."""

    at: date
    blocs: Blocs
    labels: tuple[int, ...]

    def rows(self) -> Iterator[tuple[date, str, int]]:
        """(day, actor, label) of each member."""
        for label, members in zip(self.labels, self.blocs.members, strict=True):
            for actor in members:
                yield self.at, actor, label


def matched(partitions: Sequence[Blocs]) -> list[tuple[int, ...]]:
    """A label for each bloc of each partition, from 0 on; the blocs of the first are numbered in their order.

    >>> one, other = blocs([("a", "b", 1), ("c", "d", 1), ("a", "c", -1)]), blocs([("c", "d", 1), ("d", "e", 1)])
    >>> matched([one, other])
    [(0, 1), (1,)]
    """
    found: list[tuple[int, ...]] = []
    fresh = 0
    before: dict[int, set[str]] = {}
    for partition in partitions:
        now = [set(members) for members in partition.members]
        known = sorted(before)
        overlap = np.array([[_jaccard(before[label], members) for members in now] for label in known])
        given: dict[int, int] = {}
        if overlap.size:
            for row, place in zip(*linear_sum_assignment(-overlap), strict=True):
                if overlap[row, place] > 0:
                    given[int(place)] = known[row]
        labels = []
        for place in range(len(now)):
            if place not in given:
                given[place], fresh = fresh, fresh + 1
            labels.append(given[place])
        found.append(tuple(labels))
        before = dict(zip(labels, now, strict=True))
    return found


def blocs_over_time(
    networks: Iterable[tuple[date, Ties]],
    *,
    weighted: bool = False,
    most: int | None = None,
    time_limit: float = 60.0,
    seed: int = 0,
) -> tuple[Labelled, ...]:
    """The blocs of each day, each partition begun with the one before; `time_limit` is for each."""
    days: list[date] = []
    partitions: list[Blocs] = []
    for day, ties in networks:
        start = partitions[-1] if partitions else None
        days.append(day)
        partitions.append(blocs(ties, weighted=weighted, most=most, start=start, time_limit=time_limit, seed=seed))
    labels = matched(partitions)
    return tuple(
        Labelled(at=day, blocs=partition, labels=own)
        for day, partition, own in zip(days, partitions, labels, strict=True)
    )


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
