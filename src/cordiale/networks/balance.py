"""How balanced a network is, by everything there is to say it with: what one asks for first.

The exact index with its proof, the misfits, what chance gives, triangles, walks, and how sure it is; each is a module
of its own. Nothing is measured here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from cordiale.networks.chance import Chance, against_chance
from cordiale.networks.cloud import Cloud, frustration_cloud
from cordiale.networks.frustration import Frustration, frustration
from cordiale.networks.sampled import DRAWS, Interval, intervals
from cordiale.networks.signed import SignedNetwork, Ties
from cordiale.networks.triangles import Triangles, triangles
from cordiale.networks.walks import MOST, walk_balance
from cordiale.ties import Snapshot

DRAWN_TIES = 3_000
"""Ties up to which networks are solved again and again, for chance, optima and intervals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How balanced a network is.

    `intervals` are those of `frustration`, `balance`, `strict`, `generalised` and `walks` over the graphs that a
    snapshot may be; empty for what is no snapshot. `chance` holds the index against permuted signs. Networks of more
    than `DRAWN_TIES` ties have neither, and no `cloud`, as has one whose index is not proven; those of too many actors
    have no `walks`.
    """

    network: SignedNetwork
    frustration: Frustration
    cloud: Cloud | None
    triangles: Triangles
    walks: float | None
    chance: Chance | None
    intervals: Mapping[str, Interval]


def balance_of(
    ties: Ties,
    *,
    weighted: bool = False,
    time_limit: float = 60.0,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Balance:
    """Every measure of balance. `time_limit` is for the index, and again for its optima, for chance and for intervals;
    `draws` are for chance and for intervals, fewer where time is up first, 0 for neither.

    >>> found = balance_of([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)], draws=10)
    >>> found.frustration.value, found.cloud.optima, found.triangles.strict
    (1.0, 3, 0.0)
    """
    network = SignedNetwork.of(ties, weighted=weighted)

    def solve(one: SignedNetwork) -> Frustration:
        return frustration(one, weighted=weighted, time_limit=time_limit, seed=seed)

    def proven(one: SignedNetwork) -> float | None:
        found = solve(one)
        return found.value if found.optimal else None

    few = len(np.unique(network.ends)) <= MOST

    def measured(one: SignedNetwork) -> dict[str, float]:
        solved, threes = solve(one), triangles(one)
        found = {
            "frustration": solved.value if solved.optimal else None, "balance": solved.balance if solved.optimal
            else None, "strict": threes.strict, "generalised": threes.generalised,
            "walks": walk_balance(one, weighted=weighted) if few else None,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value is not None}

    solved = solve(network)
    again = solved.optimal and 0 < len(network) <= DRAWN_TIES
    drawn = again and draws > 1
    return Balance(
        network=network,
        frustration=solved,
        cloud=frustration_cloud(network, weighted=weighted, time_limit=time_limit, seed=seed)
        if solved.optimal and len(network) <= DRAWN_TIES
        else None,
        triangles=triangles(network),
        walks=walk_balance(network, weighted=weighted) if few else None,
        chance=against_chance(network, proven, weighted=weighted, n=draws, time_limit=time_limit, seed=seed)
        if drawn
        else None,
        intervals=intervals(
            ties, measured, n=draws, time_limit=time_limit, seed=seed, weighted=weighted, progress=progress
        )
        if drawn and isinstance(ties, Snapshot)
        else {},
    )
