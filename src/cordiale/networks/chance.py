"""How far a measure of a signed network is from chance: the same ties, their signs dealt anew.

Who is tied to whom at all is kept and only the signs are permuted, so that what is told is about signs given ties, not
about who meets whom (Kirkley, Cantwell & Newman 2019; Lerner 2016).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from cordiale.errors import InvalidValue
from cordiale.networks.signed import DUST, SignedNetwork, Ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A measure, and what it is where signs are dealt at random: mean and standard deviation over the draws.

    `z` is how many deviations the measure is off; None where no draw differs from another, but for rounding. `draws`
    are those in which the measure could be taken; of fewer than two there is no mean.
    """

    value: float
    mean: float | None
    deviation: float | None
    z: float | None
    draws: int


def against_chance(
    ties: Ties,
    measure: Callable[[SignedNetwork], float | None],
    *,
    weighted: bool = False,
    n: int = 200,
    time_limit: float = inf,
    seed: int = 0,
) -> Chance:
    """A measure of a network beside the same over `n` networks with its ties and weights and their signs permuted.

    `measure` takes a network and gives one number. One that is None of the network itself, as that of triangles where
    there are none, is an `InvalidValue`; draws of which it is None are left out. After `time_limit` seconds no more are
    drawn.

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
    value = measure(network)
    if value is None:
        raise InvalidValue("a measure of a network", value, "measure something that it has")
    values: list[float] = []
    until = time.monotonic() + time_limit
    for _ in range(n):
        found = measure(SignedNetwork(network.actors, network.ends, rng.permutation(signs) * sizes))
        if time.monotonic() > until:  # what a measure says in haste does not count
            break
        if found is not None:
            values.append(float(found))
    if len(values) < 2:
        return Chance(value=float(value), mean=None, deviation=None, z=None, draws=len(values))
    drawn = np.array(values)
    mean, deviation = float(drawn.mean()), float(drawn.std(ddof=1))
    if deviation <= DUST * np.abs(drawn).max():
        deviation = 0.0
    z = (float(value) - mean) / deviation if deviation else None
    return Chance(value=float(value), mean=mean, deviation=deviation, z=z, draws=len(values))
