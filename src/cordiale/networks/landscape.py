"""Landscape theory: the configurations of two sides at which no single actor would rather change sides.

Axelrod & Bennett 1993 (British Journal of Political Science 23:211): F_i(X) = Σ_j s_j p_ij d_ij(X) is how ill at ease
an actor is, d 0 on one side and 1 across; E(X) = Σ_i s_i F_i(X) over all actors. Actors change one at a time, downhill.
It is weighted frustration with w_ij = s_i s_j p_ij, so the lowest configuration is proven by the same solver. With few
actors all configurations are looked at. The model knows two sides and what each pair feels, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.frustration import frustration
from cordiale.networks.signed import DUST, Name, SignedNetwork, Ties, by_name

ENUMERATED = 24
"""Actors up to which all configurations are looked at."""
STARTS = 2_000
"""Random starts of descent beyond that."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Two sides at rest: `sides` holds the actors of each, that of the first actor by name first; `energy` is E.

    `basin` is the share of starts from which steepest descent ends here: of all configurations where `Landscape.whole`,
    else of random ones.
    """

    sides: tuple[tuple[str, ...], tuple[str, ...]]
    energy: float
    basin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """The configurations at rest, the lowest first. `whole`: all there are; else those that random starts found, and
    the lowest of all. `least` is the least energy of any configuration, `proven` whether that is certain."""

    minima: tuple[Configuration, ...]
    least: float
    whole: bool
    proven: bool


def landscape(
    propensities: Ties,
    sizes: Mapping[Name, float] | None = None,
    *,
    time_limit: float = 60.0,
    starts: int = STARTS,
    seed: int = 0,
) -> Landscape:
    """The configurations at rest of actors of some sizes (1 where not given) and the propensities of their pairs.

    `propensities` are ties: sign times weight is p_ij. A size that is not above 0 is an `InvalidValue`, that of an
    actor that they do not name an `UnknownName`. What lowers E by no more than rounding is no reason to change sides.

    >>> found = landscape([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)])
    >>> [(one.sides, one.energy, one.basin) for one in found.minima]
    [((('a', 'b'), ('c',)), -4.0, 1.0)]
    """
    network = _sized(SignedNetwork.of(propensities, weighted=True), sizes)
    proof = frustration(network, weighted=True, time_limit=time_limit, seed=seed)
    matrix = np.zeros((len(network.actors),) * 2)
    a, b = network.ends.T
    matrix[a, b] = matrix[b, a] = network.weights
    whole = len(network.actors) <= ENUMERATED
    found = _all(matrix) if whole else _sampled(matrix, proof.sides, network.actors, starts, seed)
    hostile = float(np.abs(network.weights[network.weights < 0]).sum())
    # E counts each pair twice. Across sides a hostile pair lowers it by its weight; frustrated pairs are what is lost.
    least = -2 * hostile + 2 * (proof.value if proof.optimal else proof.lower_bound)
    minima = [
        Configuration(
            sides=_sides(network.actors, bits), energy=_energy(matrix, np.array(bits, dtype=np.float64)), basin=share
        )
        for bits, share in found.items()
    ]
    ordered = sorted(minima, key=lambda one: (one.energy, one.sides))
    return Landscape(minima=tuple(ordered), least=least, whole=whole, proven=proof.optimal)


def frustrations(
    propensities: Ties, side: Mapping[Name, int], sizes: Mapping[Name, float] | None = None
) -> dict[str, float]:
    """F_i for each actor in a configuration: how ill at ease it is; `side` gives 0 or 1 for each actor.

    >>> frustrations([("a", "b", 1), ("b", "c", -1)], {"a": 0, "b": 1, "c": 1})
    {'a': 1.0, 'b': 1.0, 'c': 0.0}
    """
    network = SignedNetwork.of(propensities, weighted=True)
    sides, size = by_name(side, network.actors), _sizes(network, sizes)
    if missing := [actor for actor in network.actors if sides.get(actor) not in (0, 1)]:
        raise InvalidValue("actors without a side", missing, "give 0 or 1 for each")
    felt = dict.fromkeys(network.actors, 0.0)
    for a, b, weight in network.ties:
        if sides[a] != sides[b]:
            felt[a] += weight * size[b]
            felt[b] += weight * size[a]
    return felt


def _sizes(network: SignedNetwork, sizes: Mapping[Name, float] | None) -> dict[str, float]:
    """The size of every actor."""
    asked = {actor: float(size) for actor, size in by_name(sizes, network.actors).items()}
    found = dict.fromkeys(network.actors, 1.0) | asked
    for actor, size in asked.items():
        if not (size > 0 and np.isfinite(size)):
            raise InvalidValue(f"the size of {actor}", size, "use a number above 0")
    return found


def _sized(network: SignedNetwork, sizes: Mapping[Name, float] | None) -> SignedNetwork:
    size = np.array(list(_sizes(network, sizes).values()), dtype=np.float64)
    a, b = network.ends.T
    return SignedNetwork(network.actors, network.ends, network.weights * size[a] * size[b])


def _energy(matrix: Floats, bits: Floats) -> float:
    """E of a configuration of zeros and ones."""
    return float(2 * bits @ matrix @ (1 - bits))


def _sides(actors: tuple[str, ...], bits: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    one, other = (tuple(name for name, bit in zip(actors, bits, strict=True) if bit == side) for side in (0, 1))
    return one, other


def _all(matrix: Floats) -> dict[tuple[int, ...], float]:
    """Every configuration at rest, and the share of all from which steepest descent ends there; the first actor stays.

    A configuration is a number whose bits are the sides of the other actors, the last actor's the lowest.
    """
    count = len(matrix)
    free = max(count - 1, 0)
    if not count:
        return {}
    energy = np.zeros(1)
    for place in range(1, count):  # each actor doubles the configurations: on side 0, then on side 1
        zero = _pull(matrix, place, side=0)
        one = _pull(matrix, place, side=1)
        energy = np.stack([energy + zero, energy + one], axis=1).ravel()
    numbers = np.arange(1 << free)
    dust = DUST * np.abs(matrix).sum()
    best, to = energy.copy(), numbers.copy()
    for bit in range(free + 1):
        # The first actor's change of sides is everybody else's: all bits turn.
        other = numbers ^ ((1 << bit) if bit < free else (1 << free) - 1)
        better = energy[other] < best - dust
        best[better], to[better] = energy[other][better], other[better]
    while True:  # paths are halved until all have come to rest
        further = to[to]
        if (further == to).all():
            break
        to = further
    ends, counts = np.unique(to, return_counts=True)
    return {
        (0, *((end >> (free - 1 - place)) & 1 for place in range(free))): float(times / len(numbers))
        for end, times in zip(ends.tolist(), counts.tolist(), strict=True)
    }


def _pull(matrix: Floats, place: int, *, side: int) -> Floats:
    """What an actor's standing on a side adds to E, for each configuration of those before it."""
    found = np.array([2 * matrix[0, place] * side])
    for before in range(1, place):
        weight = 2 * matrix[before, place]
        found = np.stack([found + weight * (side == 1), found + weight * (side == 0)], axis=1).ravel()
    return found


def _sampled(
    matrix: Floats, best: Mapping[str, int], actors: tuple[str, ...], starts: int, seed: int
) -> dict[tuple[int, ...], float]:
    """Where steepest descent from random starts ends, and from the best configuration known."""
    rng = np.random.default_rng(seed)
    sides = np.where(rng.random((starts, len(matrix))) < 0.5, 1.0, -1.0)
    sides = np.concatenate([sides, [[1.0 if best[name] == 0 else -1.0 for name in actors]]])
    rows = np.arange(len(sides))
    field = sides @ matrix
    dust = DUST * np.abs(matrix).sum(axis=0)
    while True:
        gain = -sides * field  # how much lower E would be, but for a factor
        gain[gain <= dust] = 0.0
        who = gain.argmax(axis=1)
        going = gain[rows, who] > 0
        if not going.any():
            break
        mover, moved = rows[going], who[going]
        sides[mover, moved] *= -1
        field[mover] += 2 * sides[mover, moved, None] * matrix[moved]
    bits = ((1 - sides * sides[:, :1]) // 2).astype(int)
    ends, where = np.unique(bits, axis=0, return_inverse=True)
    share = np.bincount(where.ravel()[:-1], minlength=len(ends)) / max(starts, 1)
    return {tuple(end): float(times) for end, times in zip(ends.tolist(), share.tolist(), strict=True)}
