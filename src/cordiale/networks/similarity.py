"""How alike two actors' ties are: S, kappa and pi of their portfolios.

S (Signorino & Ritter 1999) ignores that ties are rare and that actors differ in how many they have. Kappa (Cohen 1968)
and pi (Scott 1955) are corrected for chance; Häge 2011 (Political Analysis 19:287) says why to prefer them. All three
compare the signed ties of two actors to everybody, themselves among them as full friends. Nothing is inferred of pairs
without a tie: they count as 0, which a coverage with holes makes look alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.signed import Name, SignedNetwork, Ties, by_name, name_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """How alike the portfolios of two actors are, each 1 where they are the same; `s` from -1, `kappa` and `pi` 0
    where they are as alike as chance would have it, None where nothing varies. `common` is how many actors both have a
    tie to, without which the three say little."""

    a: str
    b: str
    s: float
    kappa: float | None
    pi: float | None
    common: int


def similarity(
    ties: Ties, a: Name, b: Name, *, weighted: bool = False, capabilities: Mapping[Name, float] | None = None
) -> Similarity:
    """How alike two actors' ties are.

    S = 1 - 2 Σ v|x_a - x_b| / (Δmax Σ v), with v the other actors' capabilities (1 where not given) and Δmax = 2;
    kappa = 1 - Σ(x_a - x_b)² / Σ[(x_a - x̄_a)² + (x_b - x̄_b)² + (x̄_a - x̄_b)²]; pi with both means at their middle.
    Strengths, with `weighted`, are shares of the largest. A name that the network lacks is an `UnknownName`.

    >>> found = similarity([("a", "c", 1), ("b", "c", 1), ("a", "d", -1), ("b", "d", -1), ("a", "b", 1)], "a", "b")
    >>> found.s, found.kappa, found.pi, found.common
    (1.0, 1.0, 1.0, 2)
    """
    network = SignedNetwork.of(ties, weighted=weighted)
    a, b = (name_of(actor, network.actors) for actor in (a, b))
    places = [network.actors.index(actor) for actor in (a, b)]
    if a == b:
        raise InvalidValue("two actors to compare", a, "name two")
    x, y = (_portfolio(network, place) for place in places)
    capable = by_name(capabilities, network.actors)
    weights = np.array([_capability(capable, actor) for actor in network.actors])
    apart = float(((x - y) ** 2).sum())
    means = float(x.mean()), float(y.mean())
    middle = sum(means) / 2
    by_kappa = float(((x - means[0]) ** 2 + (y - means[1]) ** 2 + (means[0] - means[1]) ** 2).sum())
    by_pi = float(((x - middle) ** 2 + (y - middle) ** 2).sum())
    both = (x != 0) & (y != 0)
    both[places] = False
    return Similarity(
        a=a,
        b=b,
        s=1 - float((weights * np.abs(x - y)).sum() / weights.sum()),
        kappa=1 - apart / by_kappa if by_kappa else None,
        pi=1 - apart / by_pi if by_pi else None,
        common=int(both.sum()),
    )


def most_similar(ties: Ties, actor: Name, *, weighted: bool = False) -> tuple[Similarity, ...]:
    """An actor beside each of those that it has a tie or a neighbour in common with, the most alike by kappa first."""
    network = SignedNetwork.of(ties, weighted=weighted)
    place = network.actors.index(name_of(actor, network.actors))
    near = _near(network, place)
    near = np.unique(np.concatenate([near, *(_near(network, other) for other in near.tolist())]))
    found = [
        similarity(network, actor, network.actors[other], weighted=weighted)
        for other in near.tolist()
        if other != place
    ]
    return tuple(sorted(found, key=lambda one: (-(one.kappa if one.kappa is not None else -2), one.b)))


def _near(network: SignedNetwork, place: int) -> NDArray[np.int64]:
    a, b = network.ends.T
    return np.concatenate([b[a == place], a[b == place]])


def _portfolio(network: SignedNetwork, place: int) -> Floats:
    """An actor's signed ties to every actor, with itself as a full friend."""
    largest = float(np.abs(network.weights).max()) if len(network) else 1.0
    found = np.zeros(len(network.actors))
    for side in (0, 1):
        own = network.ends[:, side] == place
        found[network.ends[own, 1 - side]] = network.weights[own] / largest
    found[place] = 1.0
    return found


def _capability(capabilities: Mapping[str, float], actor: str) -> float:
    value = float(capabilities.get(actor, 1.0))
    if not (value > 0 and np.isfinite(value)):
        raise InvalidValue(f"the capability of {actor}", value, "use a number above 0")
    return value
