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
    than `DRAWN_TIES` ties have neither, and those of too many actors no `walks`.
    """

    network: SignedNetwork
    frustration: Frustration
    cloud: Cloud
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
    """Every measure of balance. `time_limit` is for the index, and again for its optima; `draws` for chance, and for
    the interval, 0 for neither.

    >>> found = balance_of([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)], draws=10)
    >>> found.frustration.value, found.cloud.optima, found.triangles.strict
    (1.0, 3, 0.0)
    """
    network = SignedNetwork.of(ties, weighted=weighted)

    def solve(one: SignedNetwork) -> Frustration:
        return frustration(one, weighted=weighted, time_limit=time_limit, seed=seed)

    few = len(np.unique(network.ends)) <= MOST

    def measured(one: SignedNetwork) -> dict[str, float]:
        solved, threes = solve(one), triangles(one)
        found = {
            "frustration": solved.value, "balance": solved.balance, "strict": threes.strict,
            "generalised": threes.generalised, "walks": walk_balance(one, weighted=weighted) if few else None,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value is not None}

    again = draws > 1 and 0 < len(network) <= DRAWN_TIES
    solved = solve(network)
    return Balance(
        network=network,
        frustration=solved,
        cloud=frustration_cloud(network, weighted=weighted, time_limit=time_limit, seed=seed)
        if solved.optimal and len(network) <= DRAWN_TIES
        else _found(solved),
        triangles=triangles(network),
        walks=walk_balance(network, weighted=weighted) if few else None,
        chance=against_chance(network, lambda one: solve(one).value, weighted=weighted, n=draws, seed=seed)
        if again
        else None,
        intervals=intervals(ties, measured, n=draws, seed=seed, weighted=weighted, progress=progress)
        if again and isinstance(ties, Snapshot)
        else {},
    )


def _found(solved: Frustration) -> Cloud:
    """The one division that was found, as the cloud of a network that is too large, or not proven, for more."""
    return Cloud(
        value=solved.value, optima=1, shares=dict.fromkeys(solved.frustrated, 1.0), certain=(), proven=solved.optimal
    )
