"""How sure a measure is: the same measure over many signed graphs drawn from what is known of the ties.

A snapshot says how each pair probably stands. Each draw settles every tie by its own posterior; a measure of all draws
has a median and a central 90 %. Ties are drawn independently of one another, and nothing without a seed. What is known
for certain, such as a table of ties, has no interval: its draws would all be the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.signed import SignedNetwork
from cordiale.ties import Snapshot

DRAWS = 200
"""Graphs behind an interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A measure of the network as it most probably is, and of the graphs that it may be: `median`, and the central 90 %
    from `low` to `high`, of the `draws` in which the measure could be taken. Without any, all three are None.

    `value` may lie outside: the most probable graph need not be a typical one.
    """

    value: float | None
    median: float | None
    low: float | None
    high: float | None
    draws: int


def drawn(snapshot: Snapshot, *, n: int = DRAWS, seed: int = 0, weighted: bool = False) -> Iterator[SignedNetwork]:
    """Signed graphs that the network of a snapshot may be. With `weighted` a tie keeps its strength, not its sign."""
    if n < 1:
        raise InvalidValue("a number of draws", n, "use 1 or more")
    sizes = np.abs(snapshot.posterior.weight)
    for signs in snapshot.sample(n, seed):
        weights = signs * sizes if weighted else signs.astype(np.float64)
        kept = weights != 0
        yield SignedNetwork(snapshot.actors, snapshot.ends[kept], weights[kept])


def interval(
    snapshot: Snapshot,
    measure: Callable[[SignedNetwork], float | None],
    *,
    n: int = DRAWS,
    seed: int = 0,
    weighted: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Interval:
    """A measure of a snapshot's network with its interval over `n` draws from `seed`.

    Draws in which the measure is None, such as triangles where there are none, are left out. `progress` is told how
    many draws are done.

    >>> from datetime import date
    >>> from cordiale.claims import Citation, Claim; from cordiale.columns import ClaimColumns
    >>> from cordiale.relations import relation; from cordiale.ties import assess
    >>> claim = Claim(subject="iran", relation=relation("ally_of"), object="syria", sign=1, reader="hand",
    ...     evidence=Citation(dataset="notes", version="1", row="1"), published=date(2011, 5, 1))
    >>> snapshot = assess(ClaimColumns.from_claims([claim]), date(2011, 5, 1))
    >>> found = interval(snapshot, lambda network: float(network.hostile))
    >>> found.value, found.low, found.high
    (0.0, 0.0, 1.0)
    """

    def one(network: SignedNetwork) -> Mapping[str, float]:
        value = measure(network)
        return {} if value is None else {"": value}

    return intervals(snapshot, one, n=n, seed=seed, weighted=weighted, progress=progress).get("", _NONE)


_NONE = Interval(value=None, median=None, low=None, high=None, draws=0)


def intervals(
    snapshot: Snapshot,
    measure: Callable[[SignedNetwork], Mapping[Any, float]],
    *,
    n: int = DRAWS,
    time_limit: float = inf,
    seed: int = 0,
    weighted: bool = False,
    progress: Callable[[int], None] | None = None,
) -> dict[Any, Interval]:
    """The same for a measure that gives several numbers, such as one an actor or a tie, by key.

    A key that only some draws have, such as a tie, has its interval over those: `draws` says how many. After
    `time_limit` seconds no more are drawn.
    """
    until = time.monotonic() + time_limit
    now = measure(SignedNetwork.of(snapshot, weighted=weighted))
    found: dict[Any, list[float]] = {key: [] for key in now}
    for number, network in enumerate(drawn(snapshot, n=n, seed=seed, weighted=weighted), start=1):
        values = measure(network)
        if time.monotonic() > until:
            break
        for key, value in values.items():
            found.setdefault(key, []).append(value)
        if progress is not None:
            progress(number)
    return {key: _interval(now.get(key), np.array(drawn)) for key, drawn in found.items()}


def _interval(value: float | None, drawn: NDArray[np.float64]) -> Interval:
    if not len(drawn):
        return Interval(value=value, median=None, low=None, high=None, draws=0)
    low, median, high = np.quantile(drawn, [0.05, 0.5, 0.95]).tolist()
    return Interval(value=value, median=median, low=low, high=high, draws=len(drawn))
