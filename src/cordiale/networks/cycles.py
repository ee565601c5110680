"""Negative cycles that a fractional answer forgets: what is added to the linear programme of the frustration index.

A cycle with an odd number of hostile ties has at least one frustrated tie. Given a share of frustration for each tie,
`violated` finds cycles whose shares do not add up to 1: shortest paths from an actor to its own mirror image in the
signed double cover (Barahona & Mahjoub 1986). Ties without any share are contracted first, which leaves little to
search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

NOTHING = 1e-7
"""A share below this is none."""
MOST = 400
"""Cycles that are added at a time, the most violated first."""
HOP = 1e-3
"""What a tie counts in a path beside its share, so that short cycles come first."""
SOURCES = 600
"""Actors from which paths are looked for at a time."""


def triangles(ends: NDArray[np.int64], signs: NDArray[np.int8], count: int, most: int) -> list[tuple[int, ...]]:
    """Negative triangles, as places of their ties, at most so many."""
    own: list[dict[int, int]] = [{} for _ in range(count)]
    for place, (a, b) in enumerate(ends.tolist()):
        own[a][b] = own[b][a] = place
    found: list[tuple[int, ...]] = []
    for place, (a, b) in enumerate(ends.tolist()):
        few, many = (own[a], own[b]) if len(own[a]) < len(own[b]) else (own[b], own[a])
        for third, one in few.items():
            if third > b and third in many:
                other = many[third]
                if signs[place] * signs[one] * signs[other] < 0:
                    found.append((place, one, other))
                    if len(found) == most:
                        return found
    return found


class Forest:
    """Trees of the ties without a share, with the side on which each actor stands of its root."""

    def __init__(self, ends: NDArray[np.int64], signs: NDArray[np.int8], count: int, zero: NDArray[np.int64]) -> None:
        near: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for place, (a, b) in zip(zero.tolist(), ends[zero].tolist(), strict=True):
            near[a].append((b, place))
            near[b].append((a, place))
        self.tree = [-1] * count
        self.side = [1] * count
        self.depth = [0] * count
        self.up: list[tuple[int, int]] = [(-1, -1)] * count  # parent, and the tie to it
        self.closing: list[int] = []
        """Ties of the trees' actors that contradict them: each closes a negative cycle of no share at all."""
        self.roots: list[int] = []
        for root in range(count):
            if self.tree[root] >= 0:
                continue
            trees = len(self.roots)
            self.roots.append(root)
            self.tree[root] = trees
            queue = [root]
            for actor in queue:
                for other, place in near[actor]:
                    side = self.side[actor] * int(signs[place])
                    if self.tree[other] < 0:
                        self.tree[other], self.side[other], self.depth[other] = trees, side, self.depth[actor] + 1
                        self.up[other] = (actor, place)
                        queue.append(other)
                    elif self.side[other] != side and actor < other:
                        self.closing.append(place)

    def path(self, a: int, b: int) -> list[int]:
        """The ties between two actors of one tree."""
        left, right = [], []
        while a != b:
            if self.depth[a] >= self.depth[b]:
                a, place = self.up[a]
                left.append(place)
            else:
                b, place = self.up[b]
                right.append(place)
        return left + right[::-1]


def violated(
    ends: NDArray[np.int64], signs: NDArray[np.int8], count: int, share: NDArray[np.float64], rng: np.random.Generator
) -> list[tuple[int, ...]]:
    """Negative cycles whose shares add up to less than 1, as sorted places of their ties.

    None where there are none, or, of more than `SOURCES` actors to start from, where those drawn are in none.
    """
    forest = Forest(ends, signs, count, np.flatnonzero(share < NOTHING))
    found: dict[tuple[int, ...], float] = {}
    for place in forest.closing:
        a, b = ends[place]
        found[tuple(sorted((*forest.path(a, b), place)))] = 0.0
    if forest.closing:
        return _worst(found)
    tree, side = np.array(forest.tree), np.array(forest.side)
    open_ = np.flatnonzero((share >= NOTHING) & (share < 1 - NOTHING))
    one, other = tree[ends[open_, 0]], tree[ends[open_, 1]]
    sign = signs[open_] * side[ends[open_, 0]] * side[ends[open_, 1]]
    for place in open_[(one == other) & (sign < 0)].tolist():
        a, b = ends[place]
        found[tuple(sorted((*forest.path(a, b), place)))] = float(share[place])
    apart = one != other
    for walk, length in _walks(open_[apart], one[apart], other[apart], sign[apart], share, len(forest.roots), rng):
        cycle = _negative(walk, ends, signs, forest)
        if cycle:
            found[cycle] = min(length, found.get(cycle, 1.0))
    return _worst(found)


def short(
    ends: NDArray[np.int64], signs: NDArray[np.int8], count: int, share: NDArray[np.float64], sources: NDArray[np.int64]
) -> list[tuple[int, ...]]:
    """Violated negative cycles of few ties through some actors: of two that are violated alike, the shorter."""
    one, other = ends[:, 0], ends[:, 1]
    hostile = signs < 0
    there, back = other + count * hostile, other + count * ~hostile
    rows, columns = np.concatenate([one, one + count, there, back]), np.concatenate([there, back, one, one + count])
    cover = csr_matrix((np.tile(share + HOP, 4), (rows, columns)), shape=(2 * count, 2 * count))
    reach, before = dijkstra(cover, indices=sources, return_predecessors=True, limit=1.0)
    place_of = {(a, b): place for place, (a, b) in enumerate(ends.tolist())}
    found: dict[tuple[int, ...], float] = {}
    for row in np.flatnonzero(reach[np.arange(len(sources)), sources + count] < 1.0).tolist():
        source = int(sources[row])
        steps, at = [], source + count
        while at != source:
            come = int(before[row, at])
            a, b = come % count, at % count
            steps.append(place_of[min(a, b), max(a, b)])
            at = come
        if len(set(steps)) == len(steps):  # else a shorter one is found from another actor
            cycle = tuple(sorted(steps))
            length = float(share[list(cycle)].sum())
            if length < 1 - 1e-6:
                found[cycle] = length
    return _worst(found)


def _worst(found: dict[tuple[int, ...], float]) -> list[tuple[int, ...]]:
    return sorted(found, key=lambda cycle: (found[cycle], len(cycle), cycle))[:MOST]


def _walks(
    places: NDArray[np.int64],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    sign: NDArray[np.int64],
    share: NDArray[np.float64],
    trees: int,
    rng: np.random.Generator,
) -> Iterator[tuple[list[int], float]]:
    """Closed walks of odd sign shorter than 1, as ties between trees, with their length."""
    if not len(places):
        return
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((share[places], sign, high, low))
    first = np.ones(len(order), dtype=bool)
    keys = np.stack([low, high, sign])[:, order]
    first[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    kept = order[first]  # of parallel ties the shortest
    places, one, other, sign = places[kept], one[kept], other[kept], sign[kept]
    length = share[places]
    hostile = sign < 0
    there = other + trees * hostile
    back = other + trees * ~hostile
    rows = np.concatenate([one, one + trees, there, back])
    columns = np.concatenate([there, back, one, one + trees])
    cover = csr_matrix((np.tile(length, 4), (rows, columns)), shape=(2 * trees, 2 * trees))
    by_pair = {}
    for place, a, b, s in zip(places.tolist(), one.tolist(), other.tolist(), sign.tolist(), strict=True):
        by_pair[min(a, b), max(a, b), s] = place
    sources = np.unique(np.concatenate([one, other]))
    if len(sources) > SOURCES:
        sources = rng.choice(sources, SOURCES, replace=False)
    reach, before = dijkstra(cover, indices=sources, return_predecessors=True, limit=1 - 1e-6)
    for row, source in enumerate(sources.tolist()):
        total = float(reach[row, source + trees])
        if total >= 1 - 1e-6:
            continue
        walk, at = [], source + trees
        while at != source:
            come = int(before[row, at])
            a, b = come % trees, at % trees
            walk.append(by_pair[min(a, b), max(a, b), 1 if (come < trees) == (at < trees) else -1])
            at = come
        yield walk, total


def _negative(walk: Sequence[int], ends: NDArray[np.int64], signs: NDArray[np.int8], forest: Forest) -> tuple[int, ...]:
    """A negative cycle in a closed walk between trees; () where it has none.

    Its ties and the paths from their ends to the roots, all that occur an odd number of times, fill the walk up: every
    actor has an even number of them, so that they fall apart into cycles, of which one at least is negative.
    """
    left: set[int] = set()
    for place in walk:
        left ^= {place}
        for end in ends[place].tolist():
            left ^= set(forest.path(end, forest.roots[forest.tree[end]]))
    near: dict[int, list[tuple[int, int]]] = {}
    for place in sorted(left):
        a, b = ends[place].tolist()
        near.setdefault(a, []).append((b, place))
        near.setdefault(b, []).append((a, place))
    while left:
        at = int(ends[min(left)][0])
        actors, ties = [at], list[int]()
        while (step := next(((other, place) for other, place in near[at] if place in left), None)) is not None:
            at, place = step
            left.discard(place)
            ties.append(place)
            if at in actors:
                closed = actors.index(at)
                cycle = ties[closed:]
                if np.prod(signs[cycle]) < 0:
                    return tuple(sorted(cycle))
                del ties[closed:], actors[closed + 1 :]
            else:
                actors.append(at)
    return ()
