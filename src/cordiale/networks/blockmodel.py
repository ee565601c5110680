"""Positions in a signed network: groups of actors whose ties to each other group are mostly of one sign.

The relaxed blockmodel of Doreian & Mrvar 2009 (Social Networks 31:1): balance asks that friends are within and foes
across; here every pair of positions, and every position within, has the sign that most of its ties have, so that
mediators and groups that fight among themselves can be seen. Local search from many starts; a value is proven only
where it is 0, or where all partitions were tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.signed import DUST, SignedNetwork, Ties

STARTS = 40
"""Random starts of the search."""
TRIED = 20_000
"""Partitions up to which all are tried."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blockmodel:
    """Positions, the largest first, and the sign of the ties between each two of them.

    `value` is the number, or weight, of ties that are not of their block's sign. `signs[p][q]` is 1, -1, or 0 where
    there are no ties. `proven` says whether no partition into so many positions fits better for certain.
    """

    value: float
    positions: tuple[tuple[str, ...], ...]
    signs: tuple[tuple[int, ...], ...]
    proven: bool

    @property
    def mediators(self) -> tuple[tuple[int, int, int], ...]:
        """Positions that are friendly to two that are hostile to each other: (mediator, one, other)."""
        every = range(len(self.positions))
        return tuple(
            (m, p, q)
            for p, q in combinations(every, 2)
            for m in every
            if m not in (p, q) and self.signs[p][q] < 0 < min(self.signs[m][p], self.signs[m][q])
        )

    @property
    def internally_hostile(self) -> tuple[int, ...]:
        """Positions whose members are hostile to each other."""
        return tuple(p for p in range(len(self.positions)) if self.signs[p][p] < 0)


def blockmodel(
    ties: Ties, positions: int, *, weighted: bool = False, starts: int = STARTS, seed: int = 0
) -> Blockmodel:
    """At most so many positions that the fewest ties, or the least weight, disagree with.

    >>> ties = [(a, b, -1) for a in ("a1", "a2") for b in ("b1", "b2")] + [("a1", "a2", 1), ("b1", "b2", 1)]
    >>> found = blockmodel(ties + [("m", other, 1) for other in ("a1", "a2", "b1", "b2")], 3)
    >>> found.value, found.positions, found.mediators
    (0.0, (('a1', 'a2'), ('b1', 'b2'), ('m',)), ((2, 0, 1),))
    """
    if positions < 1:
        raise InvalidValue("a number of positions", positions, "use 1 or more")
    if starts < 1:
        raise InvalidValue("a number of starts", starts, "use 1 or more")
    network = SignedNetwork.of(ties, weighted=weighted)
    used = np.unique(network.ends)
    ends = np.searchsorted(used, network.ends)
    search = _Search(ends, network.weights, len(used), positions)
    whole = positions ** max(len(used) - 1, 0) <= TRIED
    rng = np.random.default_rng(seed)
    best, least = np.zeros(len(used), dtype=np.int64), search.cost(np.zeros(len(used), dtype=np.int64))
    tries = _all(len(used), positions) if whole else (rng.integers(0, positions, len(used)) for _ in range(starts))
    for labels in tries:
        found = labels if whole else search.settled(labels, rng)
        cost = search.cost(found)
        if cost < least - search.dust:
            best, least = found, cost
    names = [network.actors[place] for place in used.tolist()]
    return _result(search, best, names, proven=whole or least <= search.dust)


def _all(count: int, positions: int) -> Iterator[NDArray[np.int64]]:
    """Every partition, the first actor in the first position."""
    for number in range(0, positions**count, positions):
        yield number // positions ** np.arange(count) % positions


class _Search:
    """Weights of friendly and of hostile ties between positions, and what they cost."""

    def __init__(self, ends: NDArray[np.int64], weights: Floats, count: int, positions: int) -> None:
        self.positions = positions
        self.a, self.b = ends.T
        self.friendly, self.hostile = weights.clip(0.0), (-weights).clip(0.0)
        self.dust = DUST * float(np.abs(weights).sum())
        self.near: list[list[tuple[int, float]]] = [[] for _ in range(count)]
        for (a, b), weight in zip(ends.tolist(), weights.tolist(), strict=True):
            self.near[a].append((b, weight))
            self.near[b].append((a, weight))

    def blocks(self, labels: NDArray[np.int64]) -> Floats:
        """Friendly and hostile weight of each block, shape (2, positions, positions), the lower position first."""
        one, other = np.sort(np.stack([labels[self.a], labels[self.b]]), axis=0)
        found = np.zeros((2, self.positions, self.positions))
        for sign, weights in enumerate((self.friendly, self.hostile)):
            np.add.at(found[sign], (one, other), weights)
        return found

    def cost(self, labels: NDArray[np.int64]) -> float:
        """What is not of its block's sign."""
        return float(self.blocks(labels).min(axis=0).sum())

    def settled(self, labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """The partition, changed until no actor would rather be in another position."""
        labels = labels.copy()
        blocks = self.blocks(labels)
        moved = True
        while moved:
            moved = False
            for actor in rng.permutation(len(labels)).tolist():
                own = np.zeros((2, self.positions))
                for other, weight in self.near[actor]:
                    own[int(weight < 0), labels[other]] += abs(weight)
                at = int(labels[actor])
                without = blocks - self._own(own, at)
                costs = [(without + self._own(own, to)).min(axis=0).sum() for to in range(self.positions)]
                to = int(np.argmin(costs))
                if costs[to] < costs[at] - self.dust:
                    labels[actor], blocks, moved = to, without + self._own(own, to), True
        return labels

    def _own(self, own: Floats, at: int) -> Floats:
        """An actor's ties as they count in the blocks of a position."""
        found = np.zeros((2, self.positions, self.positions))
        found[:, : at + 1, at] = own[:, : at + 1]
        found[:, at, at:] = own[:, at:]
        return found


def _result(search: _Search, labels: NDArray[np.int64], names: list[str], *, proven: bool) -> Blockmodel:
    members: dict[int, list[str]] = {}
    for name, label in zip(names, labels.tolist(), strict=True):
        members.setdefault(label, []).append(name)
    order = sorted(members, key=lambda label: (-len(members[label]), members[label]))
    friendly, hostile = search.blocks(labels)
    lead = np.sign(friendly - hostile) * (np.abs(friendly - hostile) > search.dust)
    lead = np.where((lead == 0) & (friendly > 0), 1, lead)  # as many of each: friendly, for one or the other
    return Blockmodel(
        value=float(np.minimum(friendly, hostile).sum()),
        positions=tuple(tuple(members[label]) for label in order),
        signs=tuple(tuple(int(lead[min(p, q), max(p, q)]) for q in order) for p in order),
        proven=proven,
    )
