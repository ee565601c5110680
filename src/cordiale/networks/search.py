"""Good partitions by local search: the upper bound of the frustration index.

Starts at random and from partitions that are given; the actor whose change of sides helps most changes, until none
helps. All starts run side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Sides = NDArray[np.int8]
"""1 or -1 for each actor."""


def matrix(ends: NDArray[np.int64], weights: NDArray[np.int64], count: int) -> csr_matrix:
    """The ties as a symmetric matrix."""
    rows = np.concatenate([ends[:, 0], ends[:, 1]])
    columns = np.concatenate([ends[:, 1], ends[:, 0]])
    return csr_matrix((np.tile(weights, 2).astype(np.float64), (rows, columns)), shape=(count, count))


def frustration_of(sides: NDArray[np.int8], ends: NDArray[np.int64], weights: NDArray[np.int64]) -> int:
    """What the ties weigh that a partition frustrates."""
    agree = sides[ends[:, 0]] * sides[ends[:, 1]] * np.sign(weights)
    return int(np.abs(weights[agree < 0]).sum())


def descend(ties: csr_matrix, starts: Sequence[Sides]) -> NDArray[np.int8]:
    """Each start, changed until no single change helps; shape (starts, actors)."""
    sides = np.array(starts, dtype=np.float64)
    field = np.asarray((ties @ sides.T).T)
    rows = np.arange(len(sides))
    while True:
        gain = -sides * field
        best = gain.argmax(axis=1)
        going = gain[rows, best] > 0
        if not going.any():
            return sides.astype(np.int8)
        who, whom = rows[going], best[going]
        sides[who, whom] *= -1
        field[who] += 2 * sides[who, whom, None] * ties[whom].toarray()
