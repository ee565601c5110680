"""How isolated an actor is: the support and the hostility around it, how few hold that support, and how sure that is.

Only evidence counts: a pair of which nothing is known adds to neither side, and an actor of which little is known is
near one half, the honest answer. No verdict on the actor is given here, and nothing is drawn without a seed.
Clocks: `at` is a held day, `known` a published one (None: everything known). Weights of actors are relative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from statistics import median
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks.signed import Name, SignedNetwork, Ties, by_name, name_of
from cordiale.ties import DEFAULT_POLICY, Evidence, EvidencePolicy, Snapshot, weigh

Floats = NDArray[np.float64]

DRAWS = 200
"""Draws behind an interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """How isolated an actor is on a day; `at` is None for a network without one.

    `value` is in (0, 1): 1/2 for an actor of which nothing is known, above it where hostility outweighs support; `low`
    and `high` bound its central 90 %. `support` and `hostility` are the sums of belief in friendly and in hostile ties,
    each times the other actor's weight. `effective_allies` is the number of equal allies that would spread the support
    as much (0 without any); `top_ally` holds the share `top_ally_share` of it. `exposure` is the share of the support
    held by actors hostile to another of the actor's friends. `evidence` is the mass of evidence about all of the
    actor's ties, by which one tells a change in the world from a change in coverage.
    """

    actor: str
    at: date | None
    known: date | None
    value: float
    low: float
    high: float
    support: float
    hostility: float
    effective_allies: float
    top_ally: str | None
    top_ally_share: float
    exposure: float
    evidence: float

    def __post_init__(self) -> None:
        if not (0 < self.value < 1 and 0 <= self.low <= self.high <= 1):
            raise InvalidValue("an isolation out of range", (self.value, self.low, self.high), "measure it again")


def isolation(
    ties: Ties,
    actor: Name,
    *,
    capabilities: Mapping[Name, float] | None = None,
    n: int = DRAWS,
    seed: int = 0,
) -> Isolation:
    """How isolated an actor is in a snapshot, or in any network, whose ties are taken as certain.

    Iso = (H + λ/2) / (S + H + λ), with S = Σ c b₊ and H = Σ c b₋ over the other actors, and λ the median weight.
    The belief b is evidence / (K + evidence) of subjective logic (Jøsang 2016), not the posterior mean, or the prior
    would leak into every tie. Intervals draw each tie's beliefs from a Dirichlet over (friendly, hostile, neutral, not
    known) with the evidence and K as its parameters: its mean is the belief itself. Effective number of allies:
    (Σa)²/Σa² (Laakso & Taagepera 1979), a = c b₊.

    `capabilities` are weights c by actor id, such as shares of material capability; one that is missing counts as the
    median of all that are given, those of actors without ties on that day among them. `n` draws from `seed`. An actor
    that nothing names is an `UnknownName`.

    >>> from cordiale.ties import assess
    >>> from cordiale.claims import Citation, Claim
    >>> from cordiale.relations import relation
    >>> claim = Claim(subject="iran", relation=relation("ally_of"), object="syria", sign=1, reader="hand",
    ...     evidence=Citation(dataset="notes", version="1", row="1"), published=date(2011, 5, 1))
    >>> found = isolation(assess(ClaimColumns.from_claims([claim]), date(2011, 5, 1)), "iran")
    >>> round(found.value, 2), found.top_ally, found.effective_allies
    (0.4, 'syria', 1.0)
    """
    actor = name_of(actor)
    if isinstance(ties, Snapshot):
        return surroundings(ties, actor, capabilities=capabilities, n=n, seed=seed).isolation
    from cordiale.networks.everyone import isolation_of_everyone

    found = {one.actor: one for one in isolation_of_everyone(ties, capabilities=capabilities)}
    return found[name_of(actor, found)]


def isolation_over_time(
    columns: ClaimColumns,
    actor: Name,
    dates: Sequence[date],
    *,
    known: date | None = None,
    capabilities: Mapping[Name, float] | None = None,
    policy: EvidencePolicy = DEFAULT_POLICY,
    n: int = DRAWS,
    seed: int = 0,
) -> tuple[Isolation, ...]:
    """The isolation of an actor on each of these days, as known on one day."""
    evidence = weigh(columns, known=known, policy=policy)
    ties = ties_around(evidence, name_of(actor))
    return tuple(
        isolation(Snapshot(evidence, at=at, ties=ties), actor, capabilities=capabilities, n=n, seed=seed)
        for at in dates
    )


def ties_around(evidence: Evidence, actor: str) -> NDArray[np.int64]:
    """The ties of an actor, and those among the actors it has ties with: all that its isolation rests on."""
    actors = evidence.columns.actors
    if actor not in actors:
        raise UnknownName("actor", actor, actors, "no claim names it")
    number = actors.index(actor)
    own = (evidence.a == number) | (evidence.b == number)
    near = np.zeros(len(actors), dtype=bool)
    near[evidence.a[own]] = near[evidence.b[own]] = True
    return np.flatnonzero(near[evidence.a] & near[evidence.b])


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """An isolation and the draws behind it: `values`, `supports` and `allies` (effective number), one for each draw."""

    isolation: Isolation
    values: Floats
    supports: Floats
    allies: Floats


def surroundings(
    snapshot: Snapshot, actor: str, *, capabilities: Mapping[Name, float] | None, n: int, seed: int
) -> Surroundings:
    """The isolation of an actor with its draws; days draw independently of one another from one seed."""
    if n < 1:
        raise InvalidValue("the number of draws", n, "use 1 or more")
    capable = by_name(capabilities)
    middle = middling(capable)
    actor = snapshot.id_of(actor)
    places = snapshot.places(actor)
    others = _others(snapshot, actor, places)
    weights = np.array([capable.get(snapshot.actors[other], middle) for other in others], dtype=float)
    evidence = snapshot.masses[places].sum(axis=1)
    unknown = snapshot.policy.unknown_mass
    belief = evidence / (unknown + evidence.sum(axis=1, keepdims=True))
    given = weights * belief[:, 0]
    support, hostility = float(given.sum()), float(weights @ belief[:, 1])
    rng = np.random.default_rng((seed, snapshot.at.toordinal()))
    # A Dirichlet as normalised gammas, whose shape may be 0 here.
    shapes = np.concatenate([evidence, np.full((len(places), 1), unknown)], axis=1)
    drawn = rng.standard_gamma(shapes, size=(n, *shapes.shape))
    drawn /= drawn.sum(axis=2, keepdims=True)
    givens = drawn[:, :, 0] * weights
    supports = givens.sum(axis=1)
    values = isolated(supports, drawn[:, :, 1] @ weights, middle)
    low, high = np.quantile(values, [0.05, 0.95])
    top = int(given.argmax()) if support > 0 else None
    found = Isolation(
        actor=actor,
        at=snapshot.at,
        known=snapshot.known,
        value=float(isolated(support, hostility, middle)),
        low=float(low),
        high=float(high),
        support=support,
        hostility=hostility,
        effective_allies=float(_effective(given)),
        top_ally=None if top is None else snapshot.actors[others[top]],
        top_ally_share=0.0 if top is None else float(given[top] / support),
        exposure=_exposure(snapshot, others, given, belief),
        evidence=float(evidence.sum()),
    )
    return Surroundings(isolation=found, values=values, supports=supports, allies=_effective(givens))


@overload
def pn_centrality(ties: NDArray[Any]) -> Floats: ...
@overload
def pn_centrality(ties: Ties) -> dict[str, float]: ...
def pn_centrality(ties: Ties | NDArray[Any]) -> dict[str, float] | Floats:
    """PN centrality of every actor (Everett & Borgatti 2014, Social Networks 38:111): (I - (P - 2N)/(2n - 2))⁻¹ 1.

    P and N are the friendly and the hostile ties, none stronger than another. High for those with many friends that
    have few enemies. Of ties it is by actor; of a numpy array of signs, which is symmetric, shape (n, n), with a zero
    diagonal, an array. Fewer than two actors, two that are foes and nobody else, whose equations have no solution, and
    any other array are an `InvalidValue`.

    >>> {actor: round(value, 3) for actor, value in pn_centrality([("a", "b", 1), ("b", "c", -1)]).items()}
    {'a': 1.273, 'b': 1.091, 'c': 0.455}
    >>> pn_centrality(np.array([[0, 1, 0], [1, 0, -1], [0, -1, 0]])).round(3).tolist()
    [1.273, 1.091, 0.455]
    """
    if isinstance(ties, np.ndarray):
        return _pn(np.asarray(ties, dtype=np.float64))
    network = SignedNetwork.of(ties)
    matrix = np.zeros((len(network.actors),) * 2)
    a, b = network.ends.T
    matrix[a, b] = matrix[b, a] = network.weights
    return dict(zip(network.actors, _pn(matrix).tolist(), strict=True))


def _pn(matrix: Floats) -> Floats:
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) < 2 or not (matrix == matrix.T).all():
        raise InvalidValue("not a symmetric matrix of two actors or more", matrix.shape, "give signs of shape (n, n)")
    if matrix.diagonal().any():
        raise InvalidValue("ties of actors with themselves", matrix.diagonal().tolist(), "set the diagonal to 0")
    n = len(matrix)
    both = (matrix > 0) - 2.0 * (matrix < 0)
    try:
        return np.asarray(np.linalg.solve(np.eye(n) - both / (2 * n - 2), np.ones(n)), dtype=np.float64)
    except np.linalg.LinAlgError:
        mend = "give the other actors too, with or without ties"
        raise InvalidValue("the PN centrality of two foes alone", matrix.tolist(), mend) from None


def isolated(support: Any, hostility: Any, middle: float) -> Any:
    return (hostility + middle / 2) / (support + hostility + middle)


def _effective(given: Floats) -> Any:
    squares = (given**2).sum(axis=-1)
    return np.divide(given.sum(axis=-1) ** 2, squares, out=np.zeros_like(squares), where=squares > 0)


def _others(snapshot: Snapshot, actor: str, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The actor at the other end of each of these ties, as an index into the snapshot's actors."""
    if not len(places):
        return places
    ends = snapshot.ends[places]
    mine = snapshot.actors.index(actor)
    return np.where(ends[:, 0] == mine, ends[:, 1], ends[:, 0])


def _exposure(snapshot: Snapshot, others: NDArray[np.int64], given: Floats, belief: Floats) -> float:
    """The share of support from friends that are more hostile than friendly to another friend."""
    total = float(given.sum())
    if not total:
        return 0.0
    friend = np.zeros(len(snapshot.actors), dtype=bool)
    friend[others] = belief[:, 0] > belief[:, 1]
    held = np.zeros(len(snapshot.actors))
    held[others] = given
    masses = snapshot.masses.sum(axis=1)
    enough = masses.sum(axis=1) >= snapshot.policy.least_evidence
    split = friend[snapshot.ends].all(axis=1) & (masses[:, 1] > masses[:, 0]) & enough
    exposed = np.zeros(len(snapshot.actors), dtype=bool)
    exposed[snapshot.ends[split]] = True
    return float(held[exposed].sum() / total)


def middling(capabilities: Mapping[str, float]) -> float:
    if not capabilities:
        return 1.0
    for actor, value in capabilities.items():
        if not (value >= 0 and isfinite(value)):
            raise InvalidValue(f"the capability of {actor}", value, "use a number, 0 or more")
    middle = float(median(capabilities.values()))
    if middle <= 0:
        raise InvalidValue("the median capability", middle, "give most actors a weight above 0")
    return middle
