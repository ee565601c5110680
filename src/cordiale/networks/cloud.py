"""Which ties are misfits in every division of least frustration, and which only in some: the frustration cloud.

Many divisions may be equally good; a tie that one of them frustrates another may keep (Rusnak & Tešić 2021). Optima are
found by solving again with the weights shaken by less than what tells an optimum from the next best, and a tie that all
of them frustrate is then forced to hold: it is a misfit for certain only if that costs more. Divisions that frustrate
the same ties are one. Nothing here is drawn without a seed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.frustration import divided, integers
from cordiale.networks.signed import SignedNetwork, Ties

SHAKES = 50
"""How often the weights are shaken unless told otherwise."""
NOISE = 64
"""A shaken weight differs by less than so many parts of what tells two values apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """The divisions of least frustration that were found.

    `value` is their frustration, `optima` how many differ in the ties that they frustrate, `shares` the share of them
    that frustrates a tie, for each tie that any does. `certain` are the ties that every optimum frustrates, found or
    not: a proof, not a count. `proven` says that the value is least, and `complete` that every tie was tried: where one
    is False, time was up first, and there may be more that are certain.
    """

    value: float
    optima: int
    shares: dict[tuple[str, str], float] = field(repr=False)
    certain: tuple[tuple[str, str], ...]
    proven: bool
    complete: bool


def frustration_cloud(
    ties: Ties, *, weighted: bool = False, n: int = SHAKES, time_limit: float = 60.0, seed: int = 0
) -> Cloud:
    """The ties that divisions of least frustration frustrate, and how many of those divisions do.

    `n` is how often one looks for another optimum; of very many optima the shares are estimates. An optimum is not
    found more often for being in a wide valley, as each counts once.

    >>> found = frustration_cloud([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    >>> found.value, found.optima, found.certain
    (1.0, 3, ())
    """
    if n < 1:
        raise InvalidValue("how often to look for an optimum", n, "use 1 or more")
    if not time_limit > 0:
        raise InvalidValue("a time limit", time_limit, "give seconds, above 0")
    until = time.monotonic() + time_limit
    network = SignedNetwork.of(ties, weighted=weighted)
    # A shaken sum of weights has to lie within 62 bits.
    scaled = integers(network.weights, weighted=weighted, parts=(1 << 60) // (NOISE * (len(network) + 1)))
    search = _Optima(network, scaled.weights, scaled.error, until)
    search.look(np.zeros(len(scaled.weights), dtype=np.int64), seed)
    rng = np.random.default_rng(seed)
    for _ in range(n if search.least else 0):  # a balanced network has one optimum
        search.look(rng.integers(0, NOISE, len(scaled.weights)), seed)
    certain = search.certain(seed)
    kept = np.array(list(search.found), dtype=bool).reshape(len(search.found), -1)
    shares = kept.mean(axis=0)
    names = [(network.actors[a], network.actors[b]) for a, b in network.ends.tolist()]
    return Cloud(
        value=search.least * scaled.unit,
        optima=len(kept),
        shares={names[place]: float(shares[place]) for place in np.flatnonzero(shares).tolist()},
        certain=tuple(names[place] for place in certain),
        proven=search.proven,
        complete=search.complete,
    )


class _Optima:
    """The sets of ties that optima frustrate, as bytes of a mask."""

    def __init__(self, network: SignedNetwork, weights: NDArray[np.int64], error: int, until: float) -> None:
        self.network, self.weights, self.error, self.until = network, weights, error, until
        self.scale = NOISE * (len(weights) + 1)
        self.least = int(np.abs(weights).sum()) + 1
        self.proven, self.complete = False, False
        self.found: dict[tuple[bool, ...], None] = {}

    def look(self, noise: NDArray[np.int64], seed: int, forced: int | None = None) -> int:
        """Solves once more with other weights, and keeps what is as good as the best so far; the lower bound."""
        if self.found and time.monotonic() > self.until:
            return 0
        sizes = np.abs(self.weights) * self.scale + noise
        if forced is not None:
            sizes[forced] = sizes.sum() + 1
        ends, signs = self.network.ends, np.sign(self.weights)
        sides, lower = divided(ends, signs * sizes, len(self.network.actors), self.until, seed, slack=0.0)
        bad = sides[ends[:, 0]] * sides[ends[:, 1]] * signs < 0
        value = int(np.abs(self.weights[bad]).sum())
        if value < self.least:
            self.least, self.found = value, {}
            self.proven = False
        if value == self.least:
            self.found[tuple(bad.tolist())] = None
        if forced is None:  # noise adds less than one step of the scale to any value
            self.proven |= lower > (self.least - 1) * self.scale + NOISE * len(self.weights)
        return lower

    def certain(self, seed: int) -> list[int]:
        """The ties that no optimum keeps: each was forced to hold, and that cost more."""
        if not self.proven:
            return []
        nothing = np.zeros(len(self.weights), dtype=np.int64)
        always: list[int] = []
        for place in np.flatnonzero(np.all(list(self.found), axis=0)).tolist():
            if not all(mask[place] for mask in self.found):
                continue  # an optimum that was found on the way keeps it
            if self.look(nothing, seed, forced=place) > (self.least + self.error) * self.scale:
                always.append(place)
        self.complete = time.monotonic() <= self.until
        return always
