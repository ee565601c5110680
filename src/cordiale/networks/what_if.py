"""What would be different if a tie turned, ended or began: the same measures on the network so changed.

The network that is asked about is never changed. What follows is arithmetic on signs: how far the network would be from
balance, and which ties would be misfits; not what anybody would do.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from cordiale.errors import CordialeWarning, InvalidValue, UnknownName
from cordiale.networks.frustration import Frustration, frustration
from cordiale.networks.pressure import stresses
from cordiale.networks.signed import Name, SignedNetwork, Ties, name_of
from cordiale.networks.triangles import Triangles, triangles


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A tie as it is supposed to be: friendly (1), hostile (-1), or none (0); of the strength that it has now, or 1
    where there is none yet, unless `weight` says otherwise. Strengths count only where `what_if` is `weighted`."""

    a: str
    b: str
    sign: int
    weight: float | None = None

    def __post_init__(self) -> None:
        for end in ("a", "b"):
            object.__setattr__(self, end, name_of(getattr(self, end)))
        if self.a == self.b:
            raise InvalidValue("a tie of an actor with itself", self.a, "name two actors")
        if self.sign not in (-1, 0, 1):
            raise InvalidValue("the sign of a supposed tie", self.sign, "use 1, -1, or 0 for no tie")
        if self.weight is not None and not 0 < self.weight < float("inf"):
            raise InvalidValue("the weight of a supposed tie", self.weight, "use a number above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A network now and as supposed.

    `delta` is by how much frustration would grow (below 0: fall); it is exact where both values are `optimal`.
    `relieved` are the ties that are frustrated now and would not be, `strained` the other way round, each for the
    division that was found: where several are equally good, see `frustration_cloud`.
    """

    supposed: tuple[Supposed, ...]
    now: Frustration = field(repr=False)
    then: Frustration = field(repr=False)
    triangles_now: Triangles
    triangles_then: Triangles

    @property
    def delta(self) -> float:
        """Frustration then, less now."""
        return self.then.value - self.now.value

    @property
    def exact(self) -> bool:
        """Whether both are proven."""
        return self.now.optimal and self.then.optimal

    @property
    def relieved(self) -> tuple[tuple[str, str], ...]:
        """The ties that would be frustrated no more."""
        then = set(self.then.frustrated)
        return tuple(tie for tie in self.now.frustrated if tie not in then)

    @property
    def strained(self) -> tuple[tuple[str, str], ...]:
        """The ties that would be frustrated and are not."""
        now = set(self.now.frustrated)
        return tuple(tie for tie in self.then.frustrated if tie not in now)


def what_if(
    ties: Ties, supposed: Iterable[Supposed], *, weighted: bool = False, time_limit: float = 60.0, seed: int = 0
) -> WhatIf:
    """A network beside the same with some ties supposed to be otherwise; an actor may be new.

    Strengths, those of what is supposed among them, count with `weighted` only: without, every tie weighs 1.

    >>> found = what_if([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)], [Supposed(a="a", b="c", sign=1)])
    >>> found.now.value, found.then.value, found.delta, found.exact
    (1.0, 0.0, -1.0, True)
    """
    changes = tuple(supposed)
    if not changes:
        raise InvalidValue("nothing supposed", changes, "suppose at least one tie")
    network = SignedNetwork.of(ties, weighted=weighted)
    then = network
    for change in changes:
        then = supposing(then, change)
    return WhatIf(
        supposed=changes,
        now=frustration(network, weighted=weighted, time_limit=time_limit, seed=seed),
        then=frustration(then, weighted=weighted, time_limit=time_limit, seed=seed),
        triangles_now=triangles(network),
        triangles_then=triangles(then),
    )


def supposing(network: SignedNetwork, change: Supposed) -> SignedNetwork:
    """Another network, with one tie as supposed."""
    actors = network.actors
    ends, weights = network.ends, network.weights
    if new := {change.a, change.b} - set(actors):
        actors = tuple(sorted((*actors, *new)))
        moved = np.searchsorted(np.array(actors, dtype=object), np.array(network.actors, dtype=object))
        ends = moved[ends].reshape(-1, 2)
    low, high = sorted((actors.index(change.a), actors.index(change.b)))
    there = (ends[:, 0] == low) & (ends[:, 1] == high)
    size = change.weight or (float(abs(weights[there][0])) if there.any() else 1.0)
    ends, weights = ends[~there], weights[~there]
    if change.sign:
        ends = np.concatenate([ends, np.array([[low, high]], dtype=np.int64)])
        weights = np.append(weights, change.sign * size)
        order = np.lexsort((ends[:, 1], ends[:, 0]))
        ends, weights = ends[order], weights[order]
    return SignedNetwork(actors, ends, weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leverage:
    """How much frustration hangs on one tie: by how much it would grow if the tie turned, or ended.

    `flip` is within ± the tie's weight, `end` between minus that and 0. Both are exact where `exact`.
    """

    a: str
    b: str
    sign: int
    flip: float
    end: float
    exact: bool


def leverages(
    ties: Ties,
    *,
    pairs: Iterable[tuple[Name, Name]] | None = None,
    weighted: bool = False,
    time_limit: float = 60.0,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Leverage, ...]:
    """What hangs on each tie that is frustrated or under more stress than not, or on some ties; what helps most first.

    A tie that an optimum frustrates needs no solution: turned, that division has it no more, so both are minus its
    weight. Any other takes two. `time_limit` is for all together: what it does not reach is left out, and a
    `CordialeWarning` says how many. `progress` is told how many of how many are done.

    >>> ties = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1, 0.5)]
    >>> [(one.a, one.b, one.flip, one.end) for one in leverages(ties, weighted=True)]
    [('a', 'b', -0.5, -0.5), ('a', 'c', -0.5, -0.5), ('b', 'c', -0.5, -0.5)]
    """
    until = time.monotonic() + time_limit
    network = SignedNetwork.of(ties, weighted=weighted)
    now = frustration(network, weighted=weighted, time_limit=time_limit, seed=seed)
    bad = set(now.frustrated) if now.optimal else set()
    sizes = {(a, b): weight for a, b, weight in network.ties}
    if pairs is None:
        strained = np.flatnonzero(stresses(network) > 0.5)
        pairs = dict.fromkeys((*now.frustrated, *(network.ties[place][:2] for place in strained.tolist())))
    asked = [_tie(sizes, pair) for pair in pairs]
    found = []
    for number, (a, b) in enumerate(asked, start=1):
        left = until - time.monotonic()
        if left <= 0:
            break
        sign, size = int(np.sign(sizes[a, b])), abs(sizes[a, b])
        flip, end, exact = -size, -size, True
        if (a, b) not in bad:
            flipped, ended = (
                frustration(supposing(network, change), weighted=weighted, time_limit=left, seed=seed)
                for change in (Supposed(a=a, b=b, sign=-sign), Supposed(a=a, b=b, sign=0))
            )
            flip, end = flipped.value - now.value, ended.value - now.value
            exact = now.optimal and flipped.optimal and ended.optimal
        found.append(Leverage(a=a, b=b, sign=sign, flip=flip, end=end, exact=exact))
        if progress is not None:
            progress(number, len(asked))
    if missed := len(asked) - len(found):
        what = f"time was up: {missed} of {len(asked)} ties were not looked at"
        warnings.warn(what, CordialeWarning, stacklevel=2)
    return tuple(sorted(found, key=lambda one: (one.flip, one.end, one.a, one.b)))


def _tie(sizes: dict[tuple[str, str], float], pair: tuple[Name, Name]) -> tuple[str, str]:
    a, b = (name_of(actor) for actor in pair)
    for one in ((a, b), (b, a)):
        if one in sizes:
            return one
    raise UnknownName("tie", f"{a} and {b}", [" and ".join(one) for one in sizes], "the network has no such tie")
