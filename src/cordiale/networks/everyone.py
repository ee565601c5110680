"""The isolation of every actor of a network at once: for maps, rankings and long courses.

The same measure as `isolation`, whose intervals are drawn; here they come from the mean and variance of what is drawn,
without drawing. Clocks: those of the snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from cordiale.columns import ClaimColumns
from cordiale.networks.isolation import Isolation, isolated, middling
from cordiale.networks.signed import Name, SignedNetwork, Ties, by_name
from cordiale.ties import DEFAULT_POLICY, EvidencePolicy, Snapshot, weigh

Floats = NDArray[np.float64]

CELLS = 20_000_000
"""Bytes of rows that are met at a time."""


def isolation_of_everyone(ties: Ties, *, capabilities: Mapping[Name, float] | None = None) -> tuple[Isolation, ...]:
    """The isolation of each actor of a snapshot or a network, in the order of its actors.

    Intervals: the beliefs of a tie are a Dirichlet with known variances; isolation is taken as a beta variable of the
    mean and the variance that they give it to first order (the delta method). They lie within a few hundredths of the
    drawn ones. The ties of a network that is no snapshot are taken as certain: belief is a tie's strength as a share of
    the largest, `evidence` how many ties the actor has, and the interval is the value.

    >>> [(one.actor, one.value, one.top_ally) for one in isolation_of_everyone([("a", "b", 1), ("b", "c", -1)])]
    [('a', 0.25, 'b'), ('b', 0.5, 'a'), ('c', 0.75, None)]
    """
    found = _of_snapshot(ties) if isinstance(ties, Snapshot) else _of_network(SignedNetwork.of(ties, weighted=True))
    names, count = found.actors, len(found.actors)
    capable = by_name(capabilities)
    middle = middling(capable)
    weight = np.array([capable.get(actor, middle) for actor in names], dtype=float)
    # Each tie counts for both of its ends: `of` is the actor, `by` the other one.
    of, by = np.concatenate([found.ends.T, found.ends.T[::-1]], axis=1)
    friendly, hostile = (np.tile(found.belief[:, kind], 2) for kind in (0, 1))
    given = weight[by] * friendly

    def summed(values: Floats) -> Floats:
        return np.bincount(of, weights=values, minlength=count).astype(np.float64)

    support, hostility = summed(given), summed(weight[by] * hostile)
    spread = weight[by] ** 2 * np.tile(found.spread, 2)
    low, high = _interval(
        support, hostility, summed(spread * friendly * (1 - friendly)), summed(spread * hostile * (1 - hostile)),
        -summed(spread * friendly * hostile), middle,
    )  # fmt: skip
    squares = summed(given**2)
    effective = np.divide(support**2, squares, out=np.zeros(count), where=squares > 0)
    order = np.lexsort((by, -given, of))
    first = np.full(count, -1)
    first[of[order][::-1]] = order[::-1]
    exposed = np.divide(summed(given * _exposed(found, of, by)), support, out=np.zeros(count), where=support > 0)
    mass = summed(np.tile(found.evidence, 2))
    value = isolated(support, hostility, middle)
    return tuple(
        Isolation(
            actor=names[n], at=found.at, known=found.known, value=float(value[n]), low=float(low[n]),
            high=float(high[n]), support=float(support[n]), hostility=float(hostility[n]),
            effective_allies=float(effective[n]), top_ally=names[by[first[n]]] if support[n] > 0 else None,
            top_ally_share=float(given[first[n]] / support[n]) if support[n] > 0 else 0.0, exposure=float(exposed[n]),
            evidence=float(mass[n]),
        )
        for n in range(count)
    )  # fmt: skip


def everyone_over_time(
    columns: ClaimColumns,
    dates: Iterable[date],
    *,
    known: date | None = None,
    capabilities: Mapping[Name, float] | None = None,
    policy: EvidencePolicy = DEFAULT_POLICY,
) -> Iterator[tuple[Isolation, ...]]:
    """The isolation of every actor on each of these days, as known on one day."""
    evidence = weigh(columns, known=known, policy=policy)
    for at in dates:
        yield isolation_of_everyone(Snapshot(evidence, at=at), capabilities=capabilities)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Believed:
    """What is believed of ties: `belief`, shape (ties, 2), in friendly and hostile; a variance is belief times its
    complement times `spread`; `split` marks ties more hostile than friendly."""

    actors: tuple[str, ...]
    ends: NDArray[np.int64]
    belief: Floats
    spread: Floats
    split: NDArray[np.bool_]
    evidence: Floats
    at: date | None
    known: date | None


def _of_snapshot(snapshot: Snapshot) -> _Believed:
    evidence = snapshot.masses.sum(axis=1)
    mass = evidence.sum(axis=1)
    total = mass + snapshot.policy.unknown_mass
    return _Believed(
        actors=snapshot.actors, ends=snapshot.ends.reshape(-1, 2), belief=evidence[:, :2] / total[:, None],
        spread=1 / (total + 1), split=(evidence[:, 1] > evidence[:, 0]) & (mass >= snapshot.policy.least_evidence),
        evidence=mass, at=snapshot.at, known=snapshot.known,
    )  # fmt: skip


def _of_network(network: SignedNetwork) -> _Believed:
    shares = network.weights / np.abs(network.weights).max(initial=1e-300)
    return _Believed(
        actors=network.actors, ends=network.ends, belief=np.stack([shares, -shares], axis=1).clip(0.0),
        spread=np.zeros(len(network)), split=shares < 0, evidence=np.ones(len(network)), at=None, known=None,
    )  # fmt: skip


def _interval(
    support: Floats, hostility: Floats, var_s: Floats, var_h: Floats, cov: Floats, middle: float
) -> tuple[Floats, Floats]:
    size = support + hostility + middle
    by_s, by_h = -(hostility + middle / 2) / size**2, (support + middle / 2) / size**2
    variance = by_s**2 * var_s + by_h**2 * var_h + 2 * by_s * by_h * cov
    mean = isolated(support, hostility, middle)
    # A beta of this mean and variance; the variance of one is below mean (1 - mean).
    sure = variance <= 1e-12
    precision = mean * (1 - mean) / np.clip(variance, 1e-12, mean * (1 - mean) * 0.99) - 1
    low, high = (betaincinv(mean * precision, (1 - mean) * precision, share) for share in (0.05, 0.95))
    return np.where(sure, mean, np.minimum(low, mean)), np.where(sure, mean, np.maximum(high, mean))


def _exposed(found: _Believed, of: NDArray[np.int64], by: NDArray[np.int64]) -> Floats:
    """For each tie, seen from each end: 1 where the other end is hostile to another of the actor's friends."""
    friend = np.tile(found.belief[:, 0] > found.belief[:, 1], 2)
    friends, foes = (_bits(of[marks], by[marks], len(found.actors)) for marks in (friend, np.tile(found.split, 2)))
    exposed = np.zeros(len(of))
    step = max(1, CELLS // max(friends.shape[1], 1))
    for low in range(0, len(of), step):
        part = slice(low, low + step)
        exposed[part] = (friends[of[part]] & foes[by[part]]).any(axis=1)
    return exposed * friend


def _bits(a: NDArray[np.int64], b: NDArray[np.int64], count: int) -> NDArray[np.uint8]:
    """For each actor those that it is tied to, eight a byte: two rows meet without a multiplication of matrices, which
    would wait for every core of a busy machine.
    """
    found = np.zeros((count, -(-count // 8)), dtype=np.uint8)
    np.bitwise_or.at(found, (a, b // 8), np.left_shift(1, b % 8).astype(np.uint8))
    return found
