"""Where blocs overlap and want opposite things: tension between blocs, cross-pressure on members, fracture within.

A bloc has members, each to a degree, and a stance towards others: friendly, hostile, or none. Two blocs are in tension
where they share members and stand on opposite sides of somebody. A stance that is not given is read from the members'
ties, and only where they agree. No bloc is taken at its word here: the stances and ties are all that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np

from cordiale.errors import InvalidValue
from cordiale.networks.signed import SignedNetwork, Ties

AGREED = 0.5
"""How far members' ties must lean to one side, of -1 to 1, to be a stance of the bloc: three of four on one side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A bloc: how far each actor is a member, above 0 to 1, and its stance (1 or -1) towards others."""

    name: str
    members: Mapping[str, float]
    stances: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for actor, share in self.members.items():
            if not 0 < share <= 1:
                raise InvalidValue(f"the membership of {actor} in {self.name}", share, "use a number above 0, to 1")
        for target, sign in self.stances.items():
            if sign not in (-1, 1):
                raise InvalidValue(f"the stance of {self.name} towards {target}", sign, "use 1 or -1, or leave it out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension:
    """Two blocs: `value` = opposition times overlap, in [0, 1].

    `opposition` is the share of the targets that both have a stance towards on which they differ, 0 where there are
    none: `compared` says how many there are. `overlap` is the shared membership as a share of the smaller bloc's;
    `members` are those shared, `opposed` the targets on which the two differ, with the first bloc's stance.
    """

    a: str
    b: str
    value: float
    opposition: float
    compared: int
    overlap: float
    members: tuple[str, ...]
    opposed: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossPressure:
    """An actor in blocs that stand against each other: Σ m_A m_B opposition over pairs of them, and those pairs."""

    actor: str
    value: float
    between: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fracture:
    """How divided a bloc is: the share of its members' ties with each other that are hostile, None where none is known.

    `hostile` are those ties. `split` is, for each target that the bloc is hostile to, the share of its members that are
    friendly to it, where any is.
    """

    bloc: str
    value: float | None
    hostile: tuple[tuple[str, str], ...]
    split: Mapping[str, float]


def tensions(
    blocs: Iterable[Bloc], *, capabilities: Mapping[str, float] | None = None, worth: Mapping[str, float] | None = None
) -> tuple[Tension, ...]:
    """The tension of every two blocs, the most tense first.

    T(A, B) = o_AB Σ c min(m_A, m_B) / min(Σ c m_A, Σ c m_B), o_AB = Σ v[differ] / Σ v[both have a stance]; c are the
    members' capabilities and v what targets are worth, each 1 where not given.

    >>> one = Bloc(name="one", members={"a": 1, "b": 1}, stances={"x": 1})
    >>> other = Bloc(name="other", members={"b": 1, "c": 1}, stances={"x": -1})
    >>> [(found.value, found.members, found.opposed) for found in tensions([one, other])]
    [(0.5, ('b',), {'x': 1})]
    """
    found = [_tension(a, b, capabilities or {}, worth or {}) for a, b in combinations(_named(blocs), 2)]
    return tuple(sorted(found, key=lambda one: (-one.value, -one.opposition, -one.overlap, one.a, one.b)))


def cross_pressures(blocs: Iterable[Bloc], *, worth: Mapping[str, float] | None = None) -> tuple[CrossPressure, ...]:
    """The cross-pressure on each actor that is under any, the most first."""
    value: dict[str, float] = {}
    between: dict[str, list[tuple[str, str]]] = {}
    for a, b in combinations(_named(blocs), 2):
        against, _ = _opposition(a, b, worth or {})
        for actor in sorted(a.members.keys() & b.members.keys()) if against else ():
            value[actor] = value.get(actor, 0.0) + a.members[actor] * b.members[actor] * against
            between.setdefault(actor, []).append((a.name, b.name))
    found = [CrossPressure(actor=one, value=value[one], between=tuple(between[one])) for one in value]
    return tuple(sorted(found, key=lambda one: (-one.value, one.actor)))


def fracture(ties: Ties, bloc: Bloc, *, weighted: bool = False) -> Fracture:
    """How divided a bloc is: V = Σ m_i m_j c_ij [hostile] / Σ m_i m_j c_ij over its members' ties with each other.

    c_ij is the strength of the tie with `weighted`, else 1. A pair without a tie says nothing and is not counted.

    >>> fracture([("a", "b", 1), ("b", "c", -1), ("c", "x", 1)],
    ...     Bloc(name="one", members={"a": 1, "b": 1, "c": 1}, stances={"x": -1}))
    Fracture(bloc='one', value=0.5, hostile=(('b', 'c'),), split={'x': 0.3333333333333333})
    """
    network = SignedNetwork.of(ties, weighted=weighted)
    members, all_of_them = bloc.members, sum(bloc.members.values())
    known = against = 0.0
    hostile = []
    friendly: dict[str, float] = {}
    for a, b, weight in network.ties:
        if a in members and b in members:
            strength = members[a] * members[b] * abs(weight)
            known += strength
            if weight < 0:
                against += strength
                hostile.append((a, b))
        for one, other in ((a, b), (b, a)):
            if weight > 0 and one in members and bloc.stances.get(other, 0) < 0:
                friendly[other] = friendly.get(other, 0.0) + members[one]
    return Fracture(
        bloc=bloc.name,
        value=against / known if known else None,
        hostile=tuple(hostile),
        split={target: share / all_of_them for target, share in sorted(friendly.items())},
    )


def with_stances(ties: Ties, blocs: Sequence[Bloc], *, weighted: bool = False) -> tuple[Bloc, ...]:
    """The blocs with the stances that they lack: of the bloc's own ties where it has any, else of its members' ties.

    Members that disagree make no stance (`AGREED`), nor does one member's tie of a bloc of several; a bloc has none
    towards its own members, nor towards another bloc of these.
    """
    network = SignedNetwork.of(ties, weighted=weighted)
    tied: dict[str, dict[str, float]] = {actor: {} for actor in network.actors}
    for a, b, weight in network.ties:
        tied[a][b] = tied[b][a] = weight
    names = {bloc.name for bloc in blocs}
    found = []
    for bloc in blocs:
        stances = dict(bloc.stances)
        leaning: dict[str, list[float]] = {}
        for actor, share in bloc.members.items():
            for target, weight in tied.get(actor, {}).items():
                leaning.setdefault(target, []).append(share * weight)
        own = tied.get(bloc.name, {})
        for target in sorted({*leaning, *own} - bloc.members.keys() - names - stances.keys()):
            felt = leaning.get(target, [])
            sides = sum(felt) / sum(map(abs, felt)) if len(felt) >= min(2, len(bloc.members)) else 0.0
            if target in own:
                stances[target] = 1 if own[target] > 0 else -1
            elif abs(sides) >= AGREED:
                stances[target] = int(np.sign(sides))
        found.append(Bloc(name=bloc.name, members=bloc.members, stances=stances))
    return tuple(found)


def _named(blocs: Iterable[Bloc]) -> list[Bloc]:
    found = sorted(blocs, key=lambda bloc: bloc.name)
    for one, other in pairwise(found):
        if one.name == other.name:
            raise InvalidValue("two blocs of one name", one.name, "name them apart, or join their members")
    return found


def _tension(a: Bloc, b: Bloc, capabilities: Mapping[str, float], worth: Mapping[str, float]) -> Tension:
    against, compared = _opposition(a, b, worth)

    def size(members: Mapping[str, float]) -> float:
        return sum(share * _weight(capabilities, actor) for actor, share in members.items())

    shared = {actor: min(a.members[actor], b.members[actor]) for actor in sorted(a.members.keys() & b.members.keys())}
    smaller = min(size(a.members), size(b.members))
    overlap = min(size(shared) / smaller, 1.0) if smaller else 0.0  # sums in two orders differ by rounding
    opposed = {x: sign for x, sign in sorted(a.stances.items()) if b.stances.get(x, 0) * sign < 0}
    return Tension(
        a=a.name, b=b.name, value=against * overlap, opposition=against, compared=compared, overlap=overlap,
        members=tuple(shared), opposed=opposed,
    )  # fmt: skip


def _opposition(a: Bloc, b: Bloc, worth: Mapping[str, float]) -> tuple[float, int]:
    both = a.stances.keys() & b.stances.keys()
    total = sum(_weight(worth, target) for target in both)
    differ = sum(_weight(worth, target) for target in both if a.stances[target] * b.stances[target] < 0)
    return (differ / total if total else 0.0), len(both)


def _weight(given: Mapping[str, float], name: str) -> float:
    value = float(given.get(name, 1.0))
    if not (value >= 0 and np.isfinite(value)):
        raise InvalidValue(f"the weight of {name}", value, "use a number, 0 or more")
    return value
