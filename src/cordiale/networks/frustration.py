"""How far a signed network is from balance: its frustration index, exactly, with its proof.

The frustration index (Harary 1959; Abelson & Rosenberg 1958's complexity) is the least number, or weight, of ties that
any division into two sides leaves frustrated: friends apart or foes together. Finding it is as hard as MaxCut
(Barahona 1982); networks of states are far from the hard ones. The way, each step proven:

    reductions (kernel) -> local search (search) -> cycle cuts (cycles, bound) -> branching (bound), where needed

No value comes without the bound that proves it, or that says by how much it may be off.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import ceil, log2

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.bound import bounded
from cordiale.networks.covering import SLACK, met
from cordiale.networks.kernel import Weights, blocks, contract
from cordiale.networks.signed import DUST, SignedNetwork, Ties

FINEST = 1_000_000
"""Weights that are whole once multiplied by a power of ten up to this one are taken exactly as they are written."""
PARTS = 1 << 50
"""Into how many parts the sum of other weights is divided, so that sums of them are exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frustration:
    """How far a network is from balance, and the division into two sides that shows it.

    `value` is the number of ties, or their weight, that the division frustrates; `lower_bound` is what every division
    frustrates at least. They are equal where `optimal`. `sides` gives 0 or 1 for each actor, 0 for the first one;
    `frustrated` are the ties that the division frustrates. `total` is the number, or weight, of all ties, `seconds` how
    long it took.
    """

    value: float
    lower_bound: float
    optimal: bool
    sides: dict[str, int] = field(repr=False)
    frustrated: tuple[tuple[str, str], ...]
    total: float
    seconds: float

    @property
    def balance(self) -> float:
        """1 − 2L/m (Aref & Wilson 2018): 1 where balanced or without ties, 0 where as frustrated as can be."""
        return 1 - 2 * self.value / self.total if self.total else 1.0


def frustration(ties: Ties, *, weighted: bool = False, time_limit: float = 60.0, seed: int = 0) -> Frustration:
    """The frustration index of a network.

    `time_limit` is in seconds: where it is not enough, the best division so far and its bound come back, and `optimal`
    is False. Weights of up to six decimals are exact; others are optimal to two millionths.

    >>> found = frustration([("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("c", "d", -1)])
    >>> found.value, found.optimal, found.balance
    (1.0, True, 0.5)
    """
    if not time_limit > 0:
        raise InvalidValue("a time limit", time_limit, "give seconds, above 0")
    began = time.monotonic()
    network = SignedNetwork.of(ties, weighted=weighted)
    scaled = integers(network.weights, weighted=weighted)
    sides, lower = divided(network.ends, scaled.weights, len(network.actors), began + time_limit, seed)
    bad = sides[network.ends[:, 0]] * sides[network.ends[:, 1]] * np.sign(network.weights) < 0
    value = float(np.abs(network.weights[bad]).sum())
    optimal = met(int(np.abs(scaled.weights[bad]).sum()), lower)
    names = network.actors
    return Frustration(
        value=value,
        lower_bound=value if optimal else max(0, lower - scaled.error) * scaled.unit,
        optimal=optimal,
        sides={name: int(side != sides[0]) for name, side in zip(names, sides.tolist(), strict=True)},
        frustrated=tuple((names[a], names[b]) for a, b in network.ends[bad].tolist()),
        total=float(np.abs(network.weights).sum()),
        seconds=time.monotonic() - began,
    )


@dataclass(frozen=True, slots=True)
class Integers:
    """Weights as integers, what one of them stands for, and by how much a sum may be off: 0 where they are exact."""

    weights: NDArray[np.int64]
    unit: float
    error: int = 0


def integers(weights: NDArray[np.float64], *, weighted: bool, parts: int = PARTS) -> Integers:
    """Weights as integers: as they are where few decimals say them, else in parts of their sum."""
    if not weighted:
        return Integers(weights.astype(np.int64), 1.0)
    total = float(np.abs(weights).sum())
    decimals = 1
    while decimals <= FINEST and total * decimals <= parts:
        scaled = weights * decimals
        whole = np.rint(scaled)
        if (np.abs(scaled - whole) <= DUST * np.abs(scaled)).all():
            common = int(np.gcd.reduce(whole.astype(np.int64))) or 1
            return Integers(whole.astype(np.int64) // common, common / decimals)
        decimals *= 10
    unit = 2.0 ** ceil(log2(total / parts))
    return Integers(np.rint(weights / unit).astype(np.int64), unit, len(weights))


def divided(
    ends: NDArray[np.int64], weights: NDArray[np.int64], count: int, until: float, seed: int, slack: float = SLACK
) -> tuple[NDArray[np.int8], int]:
    """A side (1 or -1) for each actor, and what every division frustrates at least; weights are integers.

    `slack` is the share by which the two may differ and be taken for one.
    """
    ties: Weights = {actor: {} for actor in range(count)}
    for (a, b), weight in zip(ends.tolist(), weights.tolist(), strict=True):
        if weight:
            ties[a][b] = ties[b][a] = weight
    side: dict[int, int] = {}
    lower = _reduced(ties, side, until, seed, slack)
    return np.array([side.get(actor, 1) for actor in range(count)], dtype=np.int8), lower


def _reduced(ties: Weights, side: dict[int, int], until: float, seed: int, slack: float) -> int:
    """Fills in the sides of a network's actors; the lower bound. The network is used up."""
    joined, lower = contract(ties)
    parts = list(blocks(ties))
    if len(parts) == 1:
        lower += _kernel(parts[0], side, until, seed, slack)
    else:
        relative: dict[int, list[tuple[int, int]]] = {}
        for part in parts:
            first = next(iter(part))
            actors = list(part)
            own: dict[int, int] = {}
            lower += _reduced(part, own, until, seed, slack)
            for actor in actors:  # a block's sides hold but for a flip of all of them
                same = own.get(actor, 1) * own.get(first, 1)
                relative.setdefault(first, []).append((actor, same))
                relative.setdefault(actor, []).append((first, same))
        for root in relative:
            if root in side:
                continue
            side[root] = 1
            queue = [root]
            for actor in queue:
                for other, same in relative[actor]:
                    if other not in side:
                        side[other] = side[actor] * same
                        queue.append(other)
    for one in reversed(joined):
        side[one.actor] = side.setdefault(one.to, 1) * one.side
    return lower


def _kernel(ties: Weights, side: dict[int, int], until: float, seed: int, slack: float) -> int:
    """The sides of the actors that no reduction takes away."""
    actors = sorted(ties)
    places = {actor: place for place, actor in enumerate(actors)}
    rows = sorted((places[a], places[b], weight) for a, own in ties.items() for b, weight in own.items() if a < b)
    table = np.array(rows, dtype=np.int64)
    found = bounded(table[:, :2], table[:, 2], len(actors), until, seed, slack)
    side.update(zip(actors, found.sides.tolist(), strict=True))
    return found.lower
