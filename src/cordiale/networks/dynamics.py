"""Where ties would come to rest if triangles alone drove them: two textbook dynamics, and the energy they go down.

Local triad dynamics mend one unbalanced triangle at a time, whatever becomes of its neighbours; constrained ones turn a
tie only where that leaves no more unbalanced triangles than before, and can jam (Antal, Krapivsky & Redner 2005, Phys.
Rev. E 72:036121). Energy is minus the mean product of the signs of triangles, -1 where all are balanced (Marvel,
Strogatz & Kleinberg 2009, Phys. Rev. Lett. 103:198701). Both run on the ties that there are: none begins or ends.
This is a model of what triangles favour and no forecast. Nothing is drawn without a seed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cordiale.errors import InvalidValue
from cordiale.networks.signed import SignedNetwork, Ties
from cordiale.networks.triangles import triads

RUNS = 100
STEPS = 200
"""Steps a run may take, for each tie."""


class Rule(StrEnum):
    """Which dynamics: of one triangle at a time, or of all triangles of a tie."""

    LOCAL = "local"
    CONSTRAINED = "constrained"


class End(StrEnum):
    """How a run ended: every triangle balanced; no tie free to turn; or still on the way when steps ran out."""

    BALANCED = "balanced"
    JAMMED = "jammed"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A state in which runs ended: the ties that had turned by then, its energy, and in how many runs."""

    end: End
    turned: tuple[tuple[str, str], ...]
    energy: float
    runs: int


def energy(ties: Ties) -> float | None:
    """Minus the mean product of signs over the triangles of a network, -1 to 1; None without triangles.

    >>> energy([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    1.0
    """
    products = [triad.product for triad in triads(ties)]
    return -sum(products) / len(products) if products else None


def endings(
    ties: Ties,
    rule: Rule | str = Rule.CONSTRAINED,
    *,
    p: float = 0.5,
    runs: int = RUNS,
    steps: int = STEPS,
    seed: int = 0,
) -> tuple[Ending, ...]:
    """The states in which runs of the dynamics end, the most frequent first; () without triangles.

    `p` is the probability that local dynamics mend a triangle of one hostile tie by making peace, not by turning one
    of its friendly ties. A run takes at most `steps` for each tie.

    >>> for one in endings([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)], "local", p=1):
    ...     one.turned, one.energy, one.runs
    ((('a', 'c'),), -1.0, 100)
    """
    if not 0 <= p <= 1:
        raise InvalidValue("a probability of peace", p, "give 0 to 1")
    if runs < 1 or steps < 1:
        raise InvalidValue("a number of runs, or of steps", (runs, steps), "use 1 or more")
    rule = Rule(rule)
    network = SignedNetwork.of(ties)
    places = {pair: place for place, pair in enumerate((a, b) for a, b, _ in network.ties)}
    found = [tuple(places[pair] for pair in triad.pairs) for triad in triads(network)]
    if not found:
        return ()
    signs = [1 if weight > 0 else -1 for weight in network.weights.tolist()]
    rng = np.random.default_rng(seed)
    ended = Counter(_Run(signs, found, rng).end(rule, p, steps * len(signs)) for _ in range(runs))
    frequent = sorted(ended.items(), key=lambda item: (-item[1], item[0][2], item[0][1]))
    names = list(places)
    return tuple(
        Ending(
            end=end, turned=tuple(names[place] for place in turned),
            energy=-1 + 2 * unbalanced / len(found), runs=count,
        )
        for (end, turned, unbalanced), count in frequent
    )  # fmt: skip


class _Run:
    """Signs as they are by now, each triangle's product, and how many more triangles each tie would unbalance."""

    def __init__(self, signs: list[int], triangles: list[tuple[int, ...]], rng: np.random.Generator) -> None:
        self.begun, self.signs, self.triangles, self.rng = signs, list(signs), triangles, rng
        self.of: list[list[int]] = [[] for _ in signs]
        for number, three in enumerate(triangles):
            for place in three:
                self.of[place].append(number)
        self.products = [signs[a] * signs[b] * signs[c] for a, b, c in triangles]
        self.costs = [sum(self.products[number] for number in own) for own in self.of]
        self.unbalanced = {number for number, product in enumerate(self.products) if product < 0}

    def turn(self, place: int) -> None:
        self.signs[place] *= -1
        for number in self.of[place]:
            self.products[number] *= -1
            (self.unbalanced.discard if self.products[number] > 0 else self.unbalanced.add)(number)
            for other in self.triangles[number]:
                self.costs[other] += 2 * self.products[number]

    def end(self, rule: Rule, p: float, steps: int) -> tuple[End, tuple[int, ...], int]:
        """How it ended, the ties that had turned, and how many triangles were unbalanced."""
        how = End.UNFINISHED
        for _ in range(steps):
            if not self.unbalanced:
                break
            place = self.by_triangle(p) if rule is Rule.LOCAL else self.by_all()
            if place is None:
                how = End.JAMMED
                break
            self.turn(place)
        turned = tuple(place for place, sign in enumerate(self.signs) if sign != self.begun[place])
        return how if self.unbalanced else End.BALANCED, turned, len(self.unbalanced)

    def by_triangle(self, p: float) -> int:
        """A tie of an unbalanced triangle: its hostile one with probability p, else a friendly one; of three any."""
        numbers = sorted(self.unbalanced)
        three = self.triangles[numbers[self.rng.integers(len(numbers))]]
        hostile = [place for place in three if self.signs[place] < 0]
        friendly = [place for place in three if self.signs[place] > 0]
        some = hostile if not friendly or self.rng.random() < p else friendly
        return some[self.rng.integers(len(some))]

    def by_all(self) -> int | None:
        """A tie whose turn unbalances no more than it mends: one that does neither is taken half as often."""
        free = [place for place, cost in enumerate(self.costs) if cost < 0 or (cost == 0 and self.of[place])]
        if not free:
            return None
        odds = np.array([1.0 if self.costs[place] < 0 else 0.5 for place in free])
        return free[self.rng.choice(len(free), p=odds / odds.sum())]
