"""Blocs: which actors belong together, by who is friendly and who hostile to whom.

Two blocs are those of the frustration index. Any number is correlation clustering (Bansal, Blum & Chawla 2004; the
generalised balance of Davis 1967): the least weight of friendly ties between blocs and hostile ties within. Reductions,
local search and cycle cuts with branching prove it, part by part. An actor without ties is in no bloc. No value comes
without the bound that proves it, or that says by how much it may be off.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks.agglomeration import merged, pulls, settled
from cordiale.networks.clusterbound import clustered, frustrated
from cordiale.networks.clusterkernel import kernel, united
from cordiale.networks.covering import met
from cordiale.networks.frustration import frustration, integers
from cordiale.networks.kernel import Weights
from cordiale.networks.signed import DUST, SignedNetwork, Ties

TRIES = 32
"""Orders in which actors move where the number of blocs is bounded."""


@dataclass(frozen=True, kw_only=True)
class Blocs:
    """A partition into blocs, and how well it fits.

    `value` is the number of ties, or their weight, that it frustrates; `lower_bound` what every partition of that kind
    frustrates at least, the same where `optimal`. `members` are the blocs, the largest first; `across` the friendly
    ties between them, `within` the hostile ones inside. `total` is the number, or weight, of all ties.
    """

    value: float
    lower_bound: float
    optimal: bool
    members: tuple[tuple[str, ...], ...]
    across: tuple[tuple[str, str], ...]
    within: tuple[tuple[str, str], ...]
    total: float
    seconds: float = field(compare=False)

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def labels(self) -> Mapping[str, int]:
        """For each actor in a bloc the place of its bloc in `members`."""
        return {actor: place for place, bloc in enumerate(self.members) for actor in bloc}

    def of(self, actor: str) -> tuple[str, ...]:
        """The bloc of an actor; one that is in none is an `UnknownName`."""
        if actor not in self.labels:
            raise UnknownName("member of a bloc", actor, self.labels, "it has no tie here")
        return self.members[self.labels[actor]]


def two_blocs(ties: Ties, *, weighted: bool = False, time_limit: float = 60.0, seed: int = 0) -> Blocs:
    """The two blocs that frustrate least, exactly: those of the frustration index.

    >>> found = two_blocs([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)])
    >>> found.members, found.value
    ((('a', 'b'), ('c',)), 0.0)
    """
    network = SignedNetwork.of(ties, weighted=weighted)
    found = frustration(network, weighted=weighted, time_limit=time_limit, seed=seed)
    labels = [found.sides[actor] for actor in network.actors]
    return _blocs(network, labels, found.lower_bound, optimal=found.optimal, seconds=found.seconds)


def blocs(
    ties: Ties,
    *,
    weighted: bool = False,
    most: int | None = None,
    start: Blocs | None = None,
    time_limit: float = 60.0,
    seed: int = 0,
) -> Blocs:
    """The blocs that frustrate least: of any number, or of at most so many.

    Any number is proven to a thousand actors with ties like those of states. Where half of the ties are hostile at
    random, sixty actors of six ties each take ten seconds, and of eight a gap may stay. With `most` the value is that
    of local search, optimal where it meets the bound of any number; 2 are those of `two_blocs`, and 1 needs no proof.
    `start` is a partition to begin with, such as that of the day before: of equally good ones its own is kept.

    >>> found = blocs([("a", "b", -1), ("b", "c", -1), ("a", "c", -1), ("c", "d", 1)])
    >>> found.members, found.value, found.optimal
    ((('c', 'd'), ('a',), ('b',)), 0.0, True)
    """
    if most is not None and most < 1:
        raise InvalidValue("a number of blocs", most, "use 1 or more, or leave it out")
    if not time_limit > 0:
        raise InvalidValue("a time limit", time_limit, "give seconds, above 0")
    began = time.monotonic()
    network = SignedNetwork.of(ties, weighted=weighted)
    if most == 1:
        return _blocs(network, [0] * len(network.actors), 0.0, optimal=True, seconds=time.monotonic() - began)
    scaled = integers(network.weights, weighted=weighted)
    rng = np.random.default_rng(seed)
    near = pulls(network.ends, scaled.weights.tolist(), len(network.actors))
    if most == 2:
        found = two_blocs(network, weighted=weighted, time_limit=time_limit, seed=seed)
        return found if start is None else _nearest(network, found, _fewer(near, _begun(network, start), 2, rng))
    labels, lower = _any_number(network, scaled.weights, began + time_limit, seed)
    begun = [] if start is None else [_begun(network, start)]
    if most is None:
        tries = [settled(near, one, len(network.actors), rng) for one in begun]
    else:
        tries = [_fewer(near, one, most, rng) for one in (*begun, labels) for _ in range(TRIES)]
        labels = tries[0]
    cost = [_cost(one, network, scaled.weights) for one in (*tries, labels)]
    labels = (*tries, labels)[int(np.argmin(cost))]  # of equals the first: the one that was begun with
    optimal = met(min(cost), lower)
    bound = max(0, lower - scaled.error) * scaled.unit
    return _blocs(network, labels, bound, optimal=optimal, seconds=time.monotonic() - began)


def _any_number(network: SignedNetwork, weights: NDArray[np.int64], until: float, seed: int) -> tuple[list[int], int]:
    """A bloc for each actor, and what any blocs frustrate at least."""
    ties: Weights = {actor: {} for actor in range(len(network.actors))}
    for (a, b), weight in zip(network.ends.tolist(), weights.tolist(), strict=True):
        if weight:
            ties[a][b] = ties[b][a] = weight
    left = kernel(ties)
    lower, together = left.offset, list(left.together)
    for part in left.parts:
        actors = sorted(part)
        places = {actor: place for place, actor in enumerate(actors)}
        rows = sorted((places[a], places[b], w) for a, own in part.items() for b, w in own.items() if a < b)
        table = np.array(rows, dtype=np.int64)
        found = clustered(table[:, :2], table[:, 2], len(actors), until, seed)
        lower += found.lower
        first: dict[int, int] = {}
        for actor, bloc in zip(actors, found.blocs, strict=True):
            together.append((first.setdefault(bloc, actor), actor))
    return united(together, len(network.actors)), lower


def _begun(network: SignedNetwork, start: Blocs) -> list[int]:
    """The partition to begin with; an actor that it does not have is a bloc of its own, unless it has no ties here."""
    labels, tied = start.labels, set(np.unique(network.ends).tolist())
    own = len(labels)
    return [labels.get(actor, own + place) if place in tied else 0 for place, actor in enumerate(network.actors)]


def _nearest(network: SignedNetwork, found: Blocs, begun: list[int]) -> Blocs:
    """The partition that was begun with, where it is as good as the one that was found, or better; else that one."""
    kept = _blocs(network, begun, found.lower_bound, optimal=found.optimal, seconds=found.seconds)
    return kept if kept.value <= found.value + DUST * found.total else found


def _fewer(near: list[dict[int, int]], labels: Iterable[int], most: int, rng: np.random.Generator) -> list[int]:
    return settled(near, merged(near, labels, most), most, rng)


def _cost(labels: list[int], network: SignedNetwork, weights: NDArray[np.int64]) -> int:
    return int(np.abs(weights[frustrated(labels, network.ends, weights)]).sum())


def _blocs(network: SignedNetwork, labels: Iterable[int], lower: float, *, optimal: bool, seconds: float) -> Blocs:
    labels = list(labels)
    bad = frustrated(labels, network.ends, np.sign(network.weights).astype(np.int64))
    value = float(np.abs(network.weights[bad]).sum())
    names = network.actors
    gathered: dict[int, list[str]] = {}
    for place in np.unique(network.ends).tolist():
        gathered.setdefault(labels[place], []).append(names[place])

    def ties(which: NDArray[np.bool_]) -> tuple[tuple[str, str], ...]:
        return tuple((names[a], names[b]) for a, b in network.ends[which].tolist())

    return Blocs(
        value=value,
        lower_bound=value if optimal else lower,
        optimal=optimal,
        members=tuple(sorted(map(tuple, gathered.values()), key=lambda one: (-len(one), one))),
        across=ties(bad & (network.weights > 0)),
        within=ties(bad & (network.weights < 0)),
        total=float(np.abs(network.weights).sum()),
        seconds=seconds,
    )
