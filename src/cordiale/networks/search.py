"""Good partitions by local search: the upper bound of the frustration index.

Starts at random and from partitions that are given; the actor whose change of sides helps most changes, until none
helps. Large networks are annealed first (Kirkpatrick, Gelatt & Vecchi 1983). All starts run side by side.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import inf

import networkx
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


def descend(ties: csr_matrix, starts: Sequence[Sides], until: float = inf) -> NDArray[np.int8]:
    """Each start, changed until no single change helps; shape (starts, actors). At a moment of `time.monotonic` they
    are left as they are."""
    sides = np.array(starts, dtype=np.float64)
    field = np.asarray((ties @ sides.T).T)
    rows = np.arange(len(sides))
    while True:
        gain = -sides * field
        best = gain.argmax(axis=1)
        going = gain[rows, best] > 0
        if not going.any() or time.monotonic() > until:
            return sides.astype(np.int8)
        who, whom = rows[going], best[going]
        sides[who, whom] *= -1
        field[who] += 2 * sides[who, whom, None] * ties[whom].toarray()


HOTTEST, COLDEST = 3.0, 0.2
"""Temperatures of annealing, in mean weights of a tie."""


def annealed(
    ties: csr_matrix, starts: int, sweeps: int, rng: np.random.Generator, until: float = inf
) -> NDArray[np.int8]:
    """Partitions that slow cooling finds, shape (starts, actors); `descend` takes them to their rest. It is as slow as
    half of the time that is left allows.

    Actors without a tie among them do not feel each other, and change at once: a sweep is a step for each colour of a
    colouring of the network.
    """
    count = ties.shape[0]
    graph = networkx.from_scipy_sparse_array(ties)
    colour = networkx.greedy_color(graph, "largest_first")
    colours = np.array([colour[actor] for actor in range(count)])
    classes = [np.flatnonzero(colours == one) for one in range(colours.max(initial=-1) + 1)]
    rows = [ties[actors] for actors in classes]
    unit = np.abs(ties.data).mean() if ties.nnz else 1.0
    sides = np.where(rng.random((count, starts)) < 0.5, 1.0, -1.0)
    began = time.monotonic()
    room = (until - began) / 2
    temperatures = np.geomspace(HOTTEST * unit, COLDEST * unit, sweeps).tolist()
    while temperatures:
        temperature = temperatures.pop(0)
        for actors, own in zip(classes, rows, strict=True):
            gain = -2 * sides[actors] * (own @ sides)
            turning = rng.random(gain.shape) < np.exp(np.minimum(gain / temperature, 0.0))
            sides[actors] = np.where(turning, -sides[actors], sides[actors])
        if len(temperatures) == sweeps - 1 and room < inf:  # how long the first took says how many there can be
            most = int(room / max(time.monotonic() - began, 1e-6))
            if most < len(temperatures):
                temperatures = temperatures[:: -(-len(temperatures) // max(most, 1))]
    return sides.T.astype(np.int8)
