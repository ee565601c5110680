"""Good partitions into any number of blocs by local search: actors move, then whole blocs as actors do.

The moves are those by which communities are found (Blondel et al. 2008), without a null model: an actor goes to the
bloc that it has most friendly weight with, hostile weight taken off, or to one of its own; blocs so found then join.
Nothing is proven here, and nothing is drawn without a generator that is given.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Pulls = list[dict[int, int]]
"""For each actor, its ties: the other end and the signed integer weight."""


def pulls(ends: NDArray[np.int64], weights: Sequence[int], count: int) -> Pulls:
    """The ties of each actor; `weights` may be integers of any size."""
    found: Pulls = [{} for _ in range(count)]
    for (a, b), weight in zip(ends.tolist(), weights, strict=True):
        if weight:
            found[a][b] = found[b][a] = weight
    return found


def settled(ties: Pulls, blocs: Iterable[int], most: int, rng: np.random.Generator) -> list[int]:
    """A bloc for each actor, numbered from 0, from which no move of an actor or a bloc helps.

    Starts from `blocs`, of which there are `most` at the most, as there are in the end.
    """
    labels = _numbered(blocs)
    while True:
        _move(ties, labels, most, rng)
        labels = _numbered(labels)
        joined = list(range(max(labels, default=-1) + 1))
        if not _move(_between(ties, labels), joined, most, rng):
            return labels
        labels = _numbered(joined[label] for label in labels)


def merged(ties: Pulls, blocs: Iterable[int], most: int) -> list[int]:
    """The blocs, joined two by two where that costs least until there are so few."""
    labels = _numbered(blocs)
    count = max(labels, default=-1) + 1
    between = np.zeros((count, count))
    for a, own in enumerate(_between(ties, labels)):
        for b, weight in own.items():
            between[a, b] = weight
    np.fill_diagonal(between, -np.inf)
    into = list(range(count))
    for _ in range(count - most):
        keep, go = sorted(divmod(int(between.argmax()), count))
        between[keep] += between[go]
        between[:, keep] = between[keep]
        between[go] = between[:, go] = between[keep, keep] = -np.inf
        into = [keep if one == go else one for one in into]
    return _numbered(into[label] for label in labels)


def _numbered(blocs: Iterable[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(bloc, len(numbers)) for bloc in blocs]


def _between(ties: Pulls, labels: list[int]) -> Pulls:
    """The ties between blocs, added up."""
    found: Pulls = [{} for _ in range(max(labels, default=-1) + 1)]
    for actor, own in enumerate(ties):
        mine = found[labels[actor]]
        for other, weight in own.items():
            if labels[other] != labels[actor]:
                mine[labels[other]] = mine.get(labels[other], 0) + weight
    return found


def _move(ties: Pulls, labels: list[int], most: int, rng: np.random.Generator) -> bool:
    """Moves actors, in place, each to where it pulls most, until all are content; whether any did."""
    sizes = [0] * len(labels)
    for label in labels:
        sizes[label] += 1
    empty = [label for label in range(len(sizes) - 1, -1, -1) if not sizes[label]]
    moved = False
    waiting = deque(rng.permutation(len(labels)).tolist())
    queued = [True] * len(labels)
    while waiting:
        actor = waiting.popleft()
        queued[actor] = False
        at = labels[actor]
        pull: dict[int, int] = {at: 0}
        for other, weight in ties[actor].items():
            pull[labels[other]] = pull.get(labels[other], 0) + weight
        best = max(pull, key=lambda one: pull[one])
        strongest = pull[best]
        if strongest < 0 and sizes[at] > 1 and len(sizes) - len(empty) < most:
            best, strongest = empty[-1], 0
        if strongest <= pull[at]:
            continue
        moved = True
        labels[actor] = best
        if empty and best == empty[-1]:
            empty.pop()
        sizes[best] += 1
        sizes[at] -= 1
        if not sizes[at]:
            empty.append(at)
        for other in ties[actor]:
            if labels[other] != best and not queued[other]:
                queued[other] = True
                waiting.append(other)
    return moved
