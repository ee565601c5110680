"""Triangles of a signed network by type, and how many of them are balanced.

Two friends with a common friend or a common enemy are at rest (Heider 1946; Cartwright & Harary 1956). Whether three
enemies of each other are depends on how many blocs there may be: with two, no two of the three can stand together
(strict); with any number, each may be a bloc of its own (generalised; Davis 1967).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cordiale.networks.signed import SignedNetwork, Ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangles:
    """How many triangles there are with no hostile tie, with one, with two, and with three."""

    friendly: int
    one_hostile: int
    two_hostile: int
    hostile: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.friendly + self.one_hostile + self.two_hostile + self.hostile

    @property
    def strict(self) -> float | None:
        """The share that two blocs leave balanced, those with an even number of hostile ties; None without any."""
        return (self.friendly + self.two_hostile) / self.total if self.total else None

    @property
    def generalised(self) -> float | None:
        """The share that any number of blocs leaves balanced: all but those with one hostile tie; None without any."""
        return 1 - self.one_hostile / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Triad:
    """Three actors that are all tied, and the signs of a-b, a-c and b-c."""

    a: str
    b: str
    c: str
    signs: tuple[int, int, int]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its three ties, in the order of `signs`."""
        return (self.a, self.b), (self.a, self.c), (self.b, self.c)

    @property
    def product(self) -> int:
        """1 where two blocs leave it balanced, else -1."""
        return self.signs[0] * self.signs[1] * self.signs[2]


def triads(ties: Ties) -> Iterator[Triad]:
    """The triangles themselves, one by one: what `triangles` counts.

    >>> [(triad.a, triad.b, triad.c, triad.signs) for triad in triads([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])]
    [('a', 'b', 'c', (1, -1, 1))]
    """
    network = SignedNetwork.of(ties)
    signs = np.sign(network.weights).astype(int).tolist()
    later: list[dict[int, int]] = [{} for _ in network.actors]  # of each actor, the ties with those after it
    for (a, b), sign in zip(network.ends.tolist(), signs, strict=True):
        later[min(a, b)][max(a, b)] = sign
    names = network.actors
    for a, own in enumerate(later):
        for b in sorted(own):
            for c in sorted(own.keys() & later[b].keys()):
                yield Triad(a=names[a], b=names[b], c=names[c], signs=(own[b], own[c], later[b][c]))


def triangles(ties: Ties) -> Triangles:
    """The triangles of a network by type; strengths do not count.

    >>> found = triangles([("a", "b", 1), ("b", "c", -1), ("a", "c", -1), ("c", "d", -1), ("b", "d", -1)])
    >>> found.two_hostile, found.hostile, found.strict, found.generalised
    (1, 1, 0.5, 1.0)
    """
    network = SignedNetwork.of(ties)
    friends, foes = (_side(network, network.weights * sign > 0) for sign in (1, -1))
    with_friend, with_foe = friends @ friends, foes @ foes
    return Triangles(
        friendly=_closed(with_friend, friends) // 6,
        one_hostile=_closed(with_friend, foes) // 2,
        two_hostile=_closed(with_foe, friends) // 2,
        hostile=_closed(with_foe, foes) // 6,
    )


def _side(network: SignedNetwork, kept: NDArray[np.bool_]) -> csr_matrix:
    """Ties of one sign as a symmetric matrix of ones."""
    a, b = network.ends[kept].T
    places = np.concatenate([a, b]), np.concatenate([b, a])
    count = len(network.actors)
    return csr_matrix((np.ones(2 * int(kept.sum()), dtype=np.int64), places), shape=(count, count))


def _closed(paths: csr_matrix, ties: csr_matrix) -> int:
    """Paths of two ties whose ends are tied."""
    return int(paths.multiply(ties).sum())
