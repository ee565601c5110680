"""How far a measure of a signed network is from chance: the same ties, their signs dealt anew.

Who is tied to whom at all is kept and only the signs are permuted, so that what is told is about signs given ties, not
about who meets whom (Kirkley, Cantwell & Newman 2019; Lerner 2016).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cordiale.errors import InvalidValue
from cordiale.networks.signed import SignedNetwork, Ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A measure, and what it is where signs are dealt at random: mean and standard deviation over the draws.

    `z` is how many deviations the measure is off; None where no draw differs from another.
    """

    value: float
    mean: float
    deviation: float
    z: float | None
    draws: int


def against_chance(
    ties: Ties, measure: Callable[[SignedNetwork], float | None], *, weighted: bool = False, n: int = 200, seed: int = 0
) -> Chance:
    """A measure of a network beside the same over `n` networks with its ties and weights and their signs permuted.

    A measure that is None, as that of triangles where there are none, is an `InvalidValue`.

    >>> from cordiale.networks import triangles
    >>> two_blocs = [(a, b, 1 if (a < "d") == (b < "d") else -1) for a in "abcdef" for b in "abcdef" if a < b]
    >>> found = against_chance(two_blocs, lambda network: triangles(network).strict)
    >>> found.value, found.mean < 0.7, found.z > 3
    (1.0, True, True)
    """
    if n < 2:
        raise InvalidValue("a number of draws", n, "give at least 2")
    network = SignedNetwork.of(ties, weighted=weighted)
    rng = np.random.default_rng(seed)
    signs, sizes = np.sign(network.weights), np.abs(network.weights)
    value = _measured(measure, network)
    drawn = np.array(
        [
            _measured(measure, SignedNetwork(network.actors, network.ends, rng.permutation(signs) * sizes))
            for _ in range(n)
        ]
    )
    mean, deviation = float(drawn.mean()), float(drawn.std(ddof=1))
    return Chance(
        value=value, mean=mean, deviation=deviation, z=(value - mean) / deviation if deviation > 0 else None, draws=n
    )


def _measured(measure: Callable[[SignedNetwork], float | None], network: SignedNetwork) -> float:
    value = measure(network)
    if value is None:
        raise InvalidValue("a measure of a network", value, "measure something that it has")
    return float(value)
