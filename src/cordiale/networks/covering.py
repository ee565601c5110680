"""The least weight of ties that hits every cycle of a kind: a linear programme that grows by the cycles it forgets.

Frustration and blocs are both such a covering: of all cycles with an odd number of hostile ties, and of those with
just one. A cycle is the places of its ties. Costs are integers, and what is proven holds whatever the solver's
tolerance. Which cycles there are is the callers' knowledge.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil, isfinite

import highspy
import numpy as np
from numpy.typing import NDArray

from cordiale.networks.solver import INFINITE, silent

Cycle = tuple[int, ...]
Shares = NDArray[np.float64]
"""How far each tie is hit, 0 to 1."""


SLACK = 2e-6
"""The share by which bounds may differ and be one: what branching proves is sure to half of it."""
DEAREST = 1e6
"""The highest cost that the solver is given: its tolerances are those of costs near 1."""


def met(upper: int, lower: int, slack: float = SLACK) -> bool:
    """Whether two bounds are one, to a share of them: exactly so where they are small whole numbers."""
    return upper - lower <= int(upper * slack)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What every covering costs at least, and each tie's share in the best one that was found."""

    lower: int
    share: Shares


class Covering:
    """Cycles to hit, and what each tie costs; time is up at a moment of `time.monotonic`."""

    def __init__(self, costs: NDArray[np.int64], until: float) -> None:
        self.until, self.costs = until, costs
        self.unit = max(1.0, float(costs.max(initial=1)) / DEAREST)
        self.cycles: list[Cycle] = []
        self.places: list[NDArray[np.int32]] = []
        self.model = self._empty()
        self.model.setOptionValue("presolve", "off")  # rows are added to a basis that is kept

    def add(self, cycles: list[Cycle]) -> None:
        """Cycles that are to be hit too."""
        self.cycles += cycles
        self.places.append(np.array([place for cycle in cycles for place in cycle], dtype=np.int32))
        self._rows(self.model, cycles, self.places[-1])

    def solve(self) -> Answer | None:
        """The best shares, which may be fractions; None where time is up first."""
        left = self.until - time.monotonic()
        if left <= 0:
            return None
        self.model.setOptionValue("time_limit", self.model.getRunTime() + left)
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self.model.getSolution()
        proven = self._proven(np.array(solution.row_dual) * self.unit)
        return Answer(surely(proven), np.array(solution.col_value).clip(0, 1))

    def branch(self) -> Answer | None:
        """The best shares that are whole, by branching; None where time is up first."""
        left = self.until - time.monotonic()
        if left <= 0:
            return None
        model, count = self._empty(), len(self.costs)
        self._rows(model, self.cycles, np.concatenate(self.places))
        every = np.arange(count, dtype=np.int32)
        model.changeColsIntegrality(count, every, np.full(count, highspy.HighsVarType.kInteger))
        lower = branched(model, self.unit, left)
        solution = model.getSolution()
        found = np.array(solution.col_value).round() if solution.value_valid else np.ones(count)
        return Answer(max(0, lower), found)

    def _empty(self) -> highspy.Highs:
        model, count = silent(), len(self.costs)
        model.addVars(count, np.zeros(count), np.ones(count))
        model.changeColsCost(count, np.arange(count, dtype=np.int32), self.costs / self.unit)
        return model

    @staticmethod
    def _rows(model: highspy.Highs, cycles: list[Cycle], places: NDArray[np.int32]) -> None:
        starts = np.cumsum([0, *map(len, cycles)])[:-1].astype(np.int32)
        many = len(cycles)
        ones, least, most = np.ones(len(places)), np.ones(many), np.full(many, INFINITE)
        model.addRows(many, least, most, len(places), starts, places, ones)

    def _proven(self, prices: NDArray[np.float64]) -> float:
        """What prices for the cycles prove, whatever the solver's tolerance: Σ y − Σ max(0, Σ y on a tie − its cost).

        Every covering hits at least one tie of each cycle, so that any prices y >= 0 give a bound (weak duality).
        """
        prices = prices.clip(0.0)
        lengths = np.array([len(cycle) for cycle in self.cycles], dtype=np.int64)
        places = np.concatenate(self.places) if self.places else np.zeros(0, dtype=np.int32)
        load = np.bincount(places, weights=np.repeat(prices, lengths), minlength=len(self.costs))
        return float(prices.sum() - np.maximum(0.0, load - self.costs).sum())


def surely(value: float) -> int:
    """The least whole number that a bound proves, whatever rounding did to it."""
    return ceil(value - 1e-6 - 1e-12 * abs(value))


def branched(model: highspy.Highs, unit: float, seconds: float) -> int:
    """Runs a mixed-integer model of costs in units; what every answer costs at least, in whole parts."""
    model.setOptionValue("mip_abs_gap", 0.999 / unit)
    model.setOptionValue("mip_rel_gap", 0.0 if unit == 1 else SLACK / 4)
    model.setOptionValue("time_limit", seconds)
    model.run()
    bound = float(model.getInfo().mip_dual_bound) * unit
    return surely(bound - SLACK / 2 * max(1.0, abs(bound))) if isfinite(bound) else 0
