"""On whom an actor depends, and how badly: support by type and by giver, and what would be left without each.

What is given is measured type by type (troops, weapons, funds, ...): an amount of money says nothing of a sanctuary.
Concentration is Hirschman's (1945): one giver of all is 1, n equal givers 1/n. What comes from nobody known is a giver
apart, and gives bounds. Amounts are those of the sources; where they give none, presence stands for them: how firmly a
flow is believed to run, times its years where a stretch of time is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from cordiale.errors import InvalidValue
from cordiale.networks.sampled import DRAWS
from cordiale.networks.signed import Name, SignedNetwork, Ties, by_name, name_of

DOUBT = 2.0
"""The doubt against which evidence of a flow is weighed, K of subjective logic: `EvidencePolicy.unknown_mass`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Support of one type from a giver to a receiver; `giver` is None where nobody says who gives.

    `amount` is in units of its type, or presence; `claims` are the numbers of those that it rests on. `evidence` is
    the mass of evidence that the flow runs at all, 0 or more; None where that is certain.
    """

    giver: str | None
    receiver: str
    type: str
    amount: float = 1.0
    claims: tuple[int, ...] = ()
    evidence: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "giver", None if self.giver is None else name_of(self.giver))
        object.__setattr__(self, "receiver", name_of(self.receiver))
        if self.giver == self.receiver:
            raise InvalidValue("support of an actor for itself", self.receiver, "name two actors")
        if not (self.amount > 0 and isfinite(self.amount)):
            raise InvalidValue("an amount of support", self.amount, "use a number above 0")
        if self.evidence is not None and not (self.evidence >= 0 and isfinite(self.evidence)):
            raise InvalidValue("evidence of a flow", self.evidence, "use a number, 0 or more, or None where certain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How few hands one type of support comes from.

    `shares` are those of all support. `hhi` is Σ share² if what comes from nobody known is shared out as the rest is;
    `low` if it is from ever so many hands, so that only known givers count, `high` if all of it is from the largest
    giver. Without a known giver `hhi` is None, and its bounds 0 and 1. `normalised` is (hhi - 1/n) / (1 - 1/n) for n
    known givers, None for fewer than two.
    """

    type: str
    shares: Mapping[str, float]
    unknown: float
    hhi: float | None
    low: float
    high: float
    normalised: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """How far an actor depends on one giver: Σ_q ω_q share_q in [0, 1], 1 for a sole giver of everything.

    `most` is what it would be if all that comes from nobody known came from this giver. `low` and `high` bound 90 % of
    what it may be, as flows are not certain; None where they are. `types` are the shares by type.
    """

    on: str
    value: float
    most: float
    low: float | None
    high: float | None
    types: Mapping[str, float]
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """An actor's dependence on each of its givers, the most first; concentration by type; the weights ω of types."""

    actor: str
    givers: tuple[Dependence, ...]
    types: tuple[Concentration, ...]
    weights: Mapping[str, float] = field(repr=False)


def dependency(
    flows: Iterable[Flow], actor: Name, *, weights: Mapping[str, float] | None = None, n: int = DRAWS, seed: int = 0
) -> Dependency:
    """On whom an actor depends, by the flows that reach it; without any, no givers.

    `weights` are ω by type, equal where not given; they are scaled to add up to 1 over the types that the actor gets.

    >>> given = [("b", "funding"), ("b", "weapons"), ("c", "weapons")]
    >>> found = dependency([Flow(giver=giver, receiver="a", type=type) for giver, type in given], "a")
    >>> [(one.on, one.value) for one in found.givers], [(one.type, one.hhi) for one in found.types]
    ([('b', 0.75), ('c', 0.25)], [('funding', 1.0), ('weapons', 0.5)])
    """
    actor = name_of(actor)
    own = [flow for flow in flows if flow.receiver == actor]
    types = sorted({flow.type for flow in own})
    raw = {name: float((weights or {}).get(name, 1.0)) for name in types}
    if any(not (value >= 0 and isfinite(value)) for value in raw.values()) or (types and not sum(raw.values())):
        raise InvalidValue("weights of types of support", raw, "use numbers of 0 or more, not all 0")
    omega = {name: value / sum(raw.values()) for name, value in raw.items()}
    found = [_concentration(name, [flow for flow in own if flow.type == name]) for name in types]
    givers = sorted({flow.giver for flow in own if flow.giver is not None})
    spread = _spread(own, omega, n, seed)
    parts = []
    for giver in givers:
        shares = {one.type: one.shares[giver] for one in found if giver in one.shares}
        behind = dict.fromkeys(claim for flow in own if flow.giver == giver for claim in flow.claims)
        value = sum(omega[name] * share for name, share in shares.items())
        at_most = value + sum(omega[one.type] * one.unknown for one in found)
        parts.append(
            Dependence(
                on=giver,
                value=min(value, 1.0),
                most=min(at_most, 1.0),
                low=spread[giver][0],
                high=spread[giver][1],
                types=shares,
                claims=tuple(behind),
            )
        )
    ordered = tuple(sorted(parts, key=lambda one: (-one.value, one.on)))
    return Dependency(actor=actor, givers=ordered, types=tuple(found), weights=omega)


def _spread(
    own: list[Flow], omega: Mapping[str, float], n: int, seed: int
) -> dict[str | None, tuple[float | None, float | None]]:
    """For each giver the central 90 % of its share over draws of what is believed: beta variables of the evidence that
    a flow runs and of the doubt (K of subjective logic); None where every flow is certain, or nothing is drawn."""
    givers = dict.fromkeys(flow.giver for flow in own)
    if n < 1 or all(flow.evidence is None for flow in own):
        return dict.fromkeys(givers, (None, None))
    rng = np.random.default_rng(seed)
    drawn = np.empty((len(own), n))
    for place, flow in enumerate(own):
        if flow.evidence is None:
            drawn[place] = flow.amount
        else:
            mean = flow.evidence / (flow.evidence + DOUBT)
            runs = rng.beta(flow.evidence, DOUBT, n) / mean if mean else np.zeros(n)
            drawn[place] = flow.amount * np.maximum(runs, 1e-12)  # not 0, or there were no shares where nothing runs
    shares = {giver: np.zeros(n) for giver in givers}
    for name, share in omega.items():
        rows = [place for place, flow in enumerate(own) if flow.type == name]
        total = drawn[rows].sum(axis=0)
        for place in rows:
            shares[own[place].giver] += share * drawn[place] / total
    found: dict[str | None, tuple[float | None, float | None]] = {}
    for giver, values in shares.items():
        low, high = np.quantile(values, [0.05, 0.95]).tolist()
        found[giver] = (min(low, 1.0), min(high, 1.0))
    return found


def _concentration(name: str, flows: list[Flow]) -> Concentration:
    total = sum(flow.amount for flow in flows)
    known: dict[str, float] = {}
    unknown = sum(flow.amount for flow in flows if flow.giver is None) / total
    for flow in flows:
        if flow.giver is not None:
            known[flow.giver] = known.get(flow.giver, 0.0) + flow.amount / total
    count = len(known)
    if not count:
        return Concentration(type=name, shares={}, unknown=1.0, hhi=None, low=0.0, high=1.0, normalised=None)
    squares, largest = sum(share**2 for share in known.values()), max(known.values())
    hhi = min(squares / sum(known.values()) ** 2, 1.0)
    return Concentration(
        type=name,
        shares=known,
        unknown=unknown,
        hhi=hhi,
        low=min(squares, hhi) if unknown else hhi,
        high=min(max(squares - largest**2 + (largest + unknown) ** 2, hhi), 1.0) if unknown else hhi,
        normalised=(hhi - 1 / count) / (1 - 1 / count) if count > 1 else None,
    )


def flows_of(ties: Ties, *, weighted: bool = False) -> tuple[Flow, ...]:
    """Friendly ties as flows both ways, of the type `tie`: what there is where nobody says who gives what to whom."""
    network = SignedNetwork.of(ties, weighted=weighted)
    found = []
    for a, b, weight in network.ties:
        if weight > 0:
            found += [Flow(giver=a, receiver=b, type="tie", amount=weight),
                      Flow(giver=b, receiver=a, type="tie", amount=weight)]  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criticality:
    """What an actor would lose with a friend: the share of its support, 1 - S(without it) / S. `asymmetry` is that less
    what the friend would lose with it (Emerson 1962): above 0, it needs the friend more than the friend needs it."""

    actor: str
    friend: str
    value: float
    asymmetry: float


def criticalities(
    ties: Ties, actor: Name, *, weighted: bool = False, capabilities: Mapping[Name, float] | None = None
) -> tuple[Criticality, ...]:
    """What an actor would lose with each of its friends, the most first; support is weighed by the giver's capability.

    A capability is 0 or more, and 1 where it is not given; a name that the network lacks is an `UnknownName`.

    >>> [(one.friend, one.value, one.asymmetry) for one in criticalities([("a", "b", 1), ("b", "c", 1)], "a")]
    [('b', 1.0, 0.5)]
    """
    network = SignedNetwork.of(ties, weighted=weighted)
    actor = name_of(actor, network.actors)
    capable = by_name(capabilities, network.actors)
    for giver, value in capable.items():
        if not (value >= 0 and isfinite(value)):
            raise InvalidValue(f"the capability of {giver}", value, "use a number, 0 or more")
    support: dict[str, float] = {}
    given: dict[tuple[str, str], float] = {}
    for a, b, weight in network.ties:
        if weight > 0:
            for giver, receiver in ((a, b), (b, a)):
                amount = weight * float(capable.get(giver, 1.0))
                given[giver, receiver] = amount
                support[receiver] = support.get(receiver, 0.0) + amount
    found = []
    for (giver, receiver), amount in given.items():
        if receiver == actor and amount:
            lost = amount / support[actor]
            theirs = given[actor, giver] / support[giver] if support[giver] else 0.0
            found.append(Criticality(actor=actor, friend=giver, value=lost, asymmetry=lost - theirs))
    return tuple(sorted(found, key=lambda one: (-one.value, one.friend)))
