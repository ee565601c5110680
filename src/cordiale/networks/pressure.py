"""Under how much pressure a tie stands: what the common friends and foes of its two ends speak for.

Two actors with a common friend or a common foe are drawn together, two of whom one's friend is the other's foe apart
(Heider 1946). `stress` says how far a tie stands against that. It is no forecast: docs/networks.md has how often ties
of each stress did turn. A pair without a common neighbour is under no known pressure, which is not the same as none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cordiale.errors import InvalidValue
from cordiale.networks.signed import Name, SignedNetwork, Ties, name_of

BANDS = (0.0, 0.5, 0.8)
"""Where bands of stress begin."""
TURNED = {1: (0.022, 0.089, 0.119), -1: (0.046, 0.193, 0.446)}
"""The share of friendly (1) and hostile (-1) ties that had turned four years later, by band of stress: signed networks
of states, 1946-99 (Doreian & Mrvar 2015), as printed by bench/pressure.py. How often, among states, in those years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """What triads say of a pair.

    `sign` is that of their tie, 0 where they have none. `drawn` is Π in [-1, 1]: 1 where every common neighbour draws
    the two together, -1 where every one draws them apart; None without a common neighbour. `stress` in [0, 1] is
    (1 - sign Π) / 2: 1 where all speaks against the tie; None where Π is, or where there is no tie. `neighbours` are
    the common ones, `against` those of them that speak against the tie.
    """

    a: str
    b: str
    sign: int
    drawn: float | None
    stress: float | None
    neighbours: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def turned(self) -> float | None:
        """How often a tie of this sign under this stress had turned four years later (`TURNED`); None without one."""
        if self.stress is None:
            return None
        return TURNED[self.sign][bisect_right(BANDS, self.stress) - 1]


def pressures(
    ties: Ties, *, weighted: bool = False, pairs: Iterable[tuple[Name, Name]] | None = None
) -> tuple[Pressure, ...]:
    """The pressure on every tie, or on some pairs, tied or not; those under the most stress first, of these
    those that the most neighbours judge.

    Π_ab = Σ w_ak w_kb / Σ |w_ak w_kb| over common neighbours k. An actor that the network lacks is an `UnknownName`.

    >>> found = pressures([("a", "b", 1), ("a", "c", 1), ("b", "c", -1), ("a", "d", 1), ("b", "d", -1)])
    >>> [(one.a, one.b, one.stress, one.against) for one in found][0]
    ('a', 'b', 1.0, ('c', 'd'))
    """
    network = SignedNetwork.of(ties, weighted=weighted)
    count = len(network.actors)
    matrix = _matrix(network.ends, network.weights, count)
    asked = network.ends if pairs is None else _asked(network, pairs)
    a, b = asked[:, 0], asked[:, 1]
    sums, sizes = _between(matrix, a, b), _between(abs(matrix), a, b)
    signs = np.sign(np.asarray(matrix[a, b]).ravel()).astype(int) if len(asked) else np.zeros(0, dtype=int)
    drawn = np.divide(sums, sizes, out=np.full(len(sums), np.nan), where=sizes > 0)
    stress = np.where(signs == 0, np.nan, (1 - signs * drawn) / 2)
    common = _between(abs(matrix.sign()), a, b)
    order = np.lexsort((b, a, -common, -np.nan_to_num(stress, nan=-1.0)))
    return tuple(
        _pressure(network, matrix, (int(a[n]), int(b[n])), int(signs[n]), float(drawn[n]), float(stress[n]))
        for n in order.tolist()
    )


def stresses(network: SignedNetwork) -> NDArray[np.float64]:
    """The stress of each tie of a network, in its order; NaN where the ends have no common neighbour."""
    matrix = _matrix(network.ends, network.weights, len(network.actors))
    a, b = network.ends.T
    sums, sizes = _between(matrix, a, b), _between(abs(matrix), a, b)
    drawn = np.divide(sums, sizes, out=np.full(len(sums), np.nan), where=sizes > 0)
    found: NDArray[np.float64] = (1 - np.sign(network.weights) * drawn) / 2
    return found


def _matrix(ends: NDArray[np.int64], weights: NDArray[np.float64], count: int) -> csr_matrix:
    a, b = ends.T
    places = np.concatenate([a, b]), np.concatenate([b, a])
    return csr_matrix((np.tile(weights, 2), places), shape=(count, count))


def _between(matrix: csr_matrix, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
    """Σ_k w_ak w_kb for pairs; rows are multiplied a stretch at a time, to keep memory flat."""
    found = np.zeros(len(a))
    for low in range(0, len(a), 50_000):
        part = slice(low, low + 50_000)
        found[part] = np.asarray(matrix[a[part]].multiply(matrix[b[part]]).sum(axis=1)).ravel()
    return found


def _asked(network: SignedNetwork, pairs: Iterable[tuple[Name, Name]]) -> NDArray[np.int64]:
    places = {actor: place for place, actor in enumerate(network.actors)}
    found = []
    for pair in pairs:
        one, other = (name_of(actor, places) for actor in pair)
        if one == other:
            raise InvalidValue("a pair of one actor", one, "name two actors")
        found.append(sorted((places[one], places[other])))
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _pressure(
    network: SignedNetwork, matrix: csr_matrix, pair: tuple[int, int], sign: int, drawn: float, stress: float
) -> Pressure:
    a, b = pair
    product = matrix[a].multiply(matrix[b]).tocsr()
    common = sorted(zip(product.indices.tolist(), product.data.tolist(), strict=True))
    names = network.actors
    return Pressure(
        a=names[a],
        b=names[b],
        sign=sign,
        drawn=None if np.isnan(drawn) else drawn,
        stress=None if np.isnan(stress) else stress,
        neighbours=tuple(names[k] for k, _ in common),
        against=tuple(names[k] for k, value in common if sign * value < 0),
    )
