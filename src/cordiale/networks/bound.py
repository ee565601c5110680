"""The frustration index of what is left of a network, with its proof: cuts, bounds, and a branch where they part.

Lower bound: min Σ|w|f over shares of frustration f in [0, 1] that add up to 1 on every negative cycle (a covering
relaxation of MaxCut; Barahona & Mahjoub 1986), with cycles added as they are violated. Upper bound: local search, also
from what each answer of the programme suggests. Where the bounds do not meet, HiGHS branches over sides.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import minimum_spanning_tree

from cordiale.networks.covering import DEAREST, SLACK, Covering, branched, met
from cordiale.networks.cycles import Forest, short, triangles, violated
from cordiale.networks.search import Sides, annealed, descend, frustration_of, matrix
from cordiale.networks.solver import INFINITE, silent

STARTS = 32
TRIANGLES = 3000
PROBED = 300
ANNEALED, SWEEPS = 5_000, 500
"""Ties from which descent alone is not enough to begin with, and how slowly they are cooled."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A partition, what it frustrates, and what every partition frustrates at least."""

    sides: Sides
    upper: int
    lower: int


def bounded(
    ends: NDArray[np.int64], weights: NDArray[np.int64], count: int, until: float, seed: int, slack: float = SLACK
) -> Bounded:
    """The best partition that is found before a moment of `time.monotonic`, and a proven bound.

    `ends` are places of actors below `count`; `weights` are integers, signed. `slack` is the share by which the bounds
    may differ and be one.
    """
    search = _Search(ends, weights, count, seed, slack, until)
    lower = search.cut(until)
    if not met(search.upper, lower, slack) and time.monotonic() < until:
        lower = max(lower, min(search.upper, _branched(search, until)))
    return Bounded(search.sides, search.upper, lower)


class _Search:
    def __init__(
        self,
        ends: NDArray[np.int64],
        weights: NDArray[np.int64],
        count: int,
        seed: int,
        slack: float,
        until: float,
    ) -> None:
        self.ends, self.weights, self.count = ends, weights, count
        self.slack, self.until = slack, until
        self.signs = np.sign(weights).astype(np.int8)
        self.rng = np.random.default_rng(seed)
        self.ties = matrix(ends, weights, count)
        self.upper = int(np.abs(weights).sum()) + 1
        self.sides: Sides = np.ones(count, dtype=np.int8)
        self.cycles: list[tuple[int, ...]] = []
        self.try_(self.rng.choice(np.array([-1, 1], dtype=np.int8), (STARTS, count)))
        if len(weights) > ANNEALED:
            self.try_(annealed(self.ties, STARTS // 4, SWEEPS, self.rng, until))

    def try_(self, starts: NDArray[np.int8]) -> None:
        """Keeps the best of what local search makes of some partitions."""
        for sides in descend(self.ties, list(starts), self.until):
            value = frustration_of(sides, self.ends, self.weights)
            if value < self.upper:
                self.upper, self.sides = value, sides

    def suggested(self, share: NDArray[np.float64]) -> NDArray[np.int8]:
        """The partition that keeps the ties of least share, along a spanning tree."""
        graph = csr_matrix((share + 1e-6, (self.ends[:, 0], self.ends[:, 1])), shape=(self.count, self.count))
        tree = minimum_spanning_tree(graph).tocoo()
        kept = set(zip(tree.row.tolist(), tree.col.tolist(), strict=True))
        places = np.array([k for k, (a, b) in enumerate(self.ends.tolist()) if (a, b) in kept], dtype=np.int64)
        return np.array(Forest(self.ends, self.signs, self.count, places).side, dtype=np.int8)

    def cut(self, until: float) -> int:
        """The lower bound by cycles; raises it until it meets the upper one, no cycle is violated, or time is up."""
        programme = Covering(np.abs(self.weights), until)
        programme.add(triangles(self.ends, self.signs, self.count, TRIANGLES))
        lower = 0
        while True:
            answer = programme.solve()
            if answer is None:
                return lower
            lower = max(lower, answer.lower)
            self.try_(self.suggested(answer.share)[None])
            if met(self.upper, lower, self.slack) or time.monotonic() > until:
                return lower
            sources = self.rng.choice(self.count, min(self.count, PROBED), replace=False)
            new = short(self.ends, self.signs, self.count, answer.share, sources)
            new = new or violated(self.ends, self.signs, self.count, answer.share, self.rng)
            if not new:
                return lower
            programme.add(new)
            self.cycles = programme.cycles


def _branched(search: _Search, until: float) -> int:
    """Mixed-integer: a tie is frustrated where its ends stand as they should not; the cycles found are rows too."""
    ends, weights, count = search.ends, search.weights, search.count
    many = len(weights)
    model = silent()
    model.addVars(count + many, np.zeros(count + many), np.ones(count + many))
    unit = max(1.0, float(np.abs(weights).max()) / DEAREST)
    costs = np.concatenate([np.zeros(count), np.abs(weights) / unit])
    model.changeColsCost(count + many, np.arange(count + many, dtype=np.int32), costs)
    sides = np.arange(count, dtype=np.int32)
    model.changeColsIntegrality(count, sides, np.full(count, highspy.HighsVarType.kInteger))
    hub = int(np.bincount(ends.ravel(), minlength=count).argmax())
    model.changeColBounds(hub, 0.0, 0.0)
    for place, ((a, b), weight) in enumerate(zip(ends.tolist(), weights.tolist(), strict=True)):
        three = np.array([a, b, count + place], dtype=np.int32)
        if weight > 0:  # f >= a - b, f >= b - a
            model.addRow(0.0, INFINITE, 3, three, np.array([-1.0, 1.0, 1.0]))
            model.addRow(0.0, INFINITE, 3, three, np.array([1.0, -1.0, 1.0]))
        else:  # f >= a + b - 1, f >= 1 - a - b
            model.addRow(-1.0, INFINITE, 3, three, np.array([-1.0, -1.0, 1.0]))
            model.addRow(1.0, INFINITE, 3, three, np.array([1.0, 1.0, 1.0]))
    for cycle in search.cycles:
        model.addRow(1.0, INFINITE, len(cycle), np.array(cycle, dtype=np.int32) + count, np.ones(len(cycle)))
    lower = branched(model, unit, max(0.1, until - time.monotonic()))
    solution = model.getSolution()
    if solution.value_valid and len(solution.col_value):
        values = np.array(solution.col_value[:count])
        search.try_(np.where(values > 0.5, 1, -1).astype(np.int8)[None])
    return lower
