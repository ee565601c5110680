"""The best blocs of what is left of a network, with their proof: correlation clustering by cuts and branching.

Any number of blocs (Bansal, Blum & Chawla 2004), the least weight of friendly ties between them and hostile ties
within. It is the least weight of ties that hits every cycle with just one hostile tie (Davis 1967; on the tie graph, a
multicut: Chopra & Rao 1993): where each is hit, friends that are left to each other are blocs without foes. Cycles are
added as an answer forgets them: for each hostile tie the shortest friendly chain between its ends.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from cordiale.networks.agglomeration import pulls, settled
from cordiale.networks.covering import Covering, Cycle, Shares, met

STARTS = 16
"""Orders in which actors move at first."""
CHAINS = 600
"""Actors from which chains are looked for at a time."""
MOST = 2_000
"""Cycles that are added at a time, the most forgotten first."""
HOP = 1e-4
"""What a tie counts in a chain beside its share, so that short chains come first."""
WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class Clustered:
    """A bloc for each actor, what they frustrate, and what any blocs frustrate at least."""

    blocs: list[int]
    upper: int
    lower: int


def frustrated(blocs: list[int], ends: NDArray[np.int64], weights: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which ties blocs frustrate: friendly ones across, hostile ones within."""
    bloc = np.array(blocs, dtype=np.int64)
    bad: NDArray[np.bool_] = (bloc[ends[:, 0]] == bloc[ends[:, 1]]) != (weights > 0)
    return bad


def clustered(ends: NDArray[np.int64], weights: NDArray[np.int64], count: int, until: float, seed: int) -> Clustered:
    """The best blocs that are found before a moment of `time.monotonic`, and a proven bound.

    `ends` are places of actors below `count`; `weights` are integers, signed and not 0.
    """
    search = _Search(ends, weights, count, until, seed)
    search.prove()
    return Clustered(search.blocs, search.upper, search.lower)


class _Search:
    def __init__(
        self, ends: NDArray[np.int64], weights: NDArray[np.int64], count: int, until: float, seed: int
    ) -> None:
        self.ends, self.weights, self.count, self.until = ends, weights, count, until
        self.rng = np.random.default_rng(seed)
        self.ties = pulls(ends, weights.tolist(), count)
        self.friendly, self.hostile = np.flatnonzero(weights > 0), np.flatnonzero(weights < 0)
        self.place = {(a, b): place for place, (a, b) in enumerate(ends.tolist())}
        self.lower, self.upper = 0, int(np.abs(weights).sum()) + 1
        self.blocs = list(range(count))
        for number in range(STARTS):
            if number and time.monotonic() > until:
                break
            self.try_(list(range(count)))

    def try_(self, start: list[int]) -> None:
        """Keeps what local search makes of some blocs, where it is better."""
        blocs = settled(self.ties, start, self.count, self.rng)
        value = int(np.abs(self.weights[frustrated(blocs, self.ends, self.weights)]).sum())
        if value < self.upper:
            self.upper, self.blocs = value, blocs

    def suggested(self, share: Shares) -> list[int]:
        """The blocs of friends that are left to each other where shares are rounded."""
        kept = self.ends[self.friendly[share[self.friendly] < 0.5]]
        graph = csr_matrix((np.ones(len(kept)), (kept[:, 0], kept[:, 1])), shape=(self.count, self.count))
        blocs: list[int] = connected_components(graph, directed=False)[1].tolist()
        return blocs

    def prove(self) -> None:
        """Raises the lower bound until it meets the upper one, or time is up: by fractions first, then by branching."""
        covering = Covering(np.abs(self.weights), self.until)
        new, whole = self.forgotten(np.zeros(len(self.weights))), False
        while time.monotonic() < self.until and not met(self.upper, self.lower):
            if not new:  # fractions have said all that they can
                whole = True
            covering.add(new)
            answer = covering.branch() if whole else covering.solve()
            if answer is None:
                return
            self.lower = max(self.lower, min(answer.lower, self.upper))
            self.try_(self.suggested(answer.share))
            new = self.forgotten(answer.share)
            if whole and not new:
                return

    def forgotten(self, share: Shares) -> list[Cycle]:
        """Cycles of one hostile tie whose shares add up to less than 1: sorted places, the most forgotten first."""
        one, other = self.ends[self.friendly].T
        graph = csr_matrix((share[self.friendly] + HOP, (one, other)), shape=(self.count, self.count))
        asked = self.hostile[share[self.hostile] < 1 - WHOLE]
        sources = self.rng.permutation(np.unique(self.ends[asked, 0]))
        found: dict[Cycle, float] = {}
        for first in range(0, len(sources), CHAINS):
            some = sources[first : first + CHAINS]
            reach, before = dijkstra(graph, directed=False, indices=some, return_predecessors=True)
            row = {actor: number for number, actor in enumerate(some.tolist())}
            for place in asked.tolist():
                a, b = self.ends[place].tolist()
                if a in row and np.isfinite(reach[row[a], b]):
                    cycle = (place, *self.chain(before[row[a]], a, b))
                    length = float(share[list(cycle)].sum())
                    if length < 1 - WHOLE:
                        found[tuple(sorted(cycle))] = length
            if found:
                break
        return sorted(found, key=lambda cycle: (found[cycle], len(cycle), cycle))[:MOST]

    def chain(self, before: NDArray[np.int32], a: int, b: int) -> list[int]:
        """The ties of the way back from `b` to `a`."""
        ties = []
        while b != a:
            come = int(before[b])
            ties.append(self.place[min(come, b), max(come, b)])
            b = come
        return ties
