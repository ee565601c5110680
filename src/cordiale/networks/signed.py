"""Signed networks: who is tied to whom, with which sign and how strongly, whatever they come from.

Every measure of balance takes one. A snapshot, a networkx graph and a table of ties all make one; arcs in both
directions are one tie, of the sign of their sum, and ties of sign 0 are none: so one names an actor without ties.
Actors go by names, which are text: those of codes and of other nodes are as `name_of` writes them.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import CordialeWarning, InvalidValue, UnknownName
from cordiale.ties import Snapshot
from cordiale.ties.posterior import STANCES

if TYPE_CHECKING:
    import networkx
    import pandas

Ties: TypeAlias = "SignedNetwork | Snapshot | networkx.Graph | pandas.DataFrame | Iterable[Sequence[Any]]"
"""What measures take: a network, a snapshot, a networkx graph with `sign` on its edges, a data frame with columns `a`,
`b`, `sign` and maybe `weight`, or rows of (a, b, sign) or (a, b, sign, weight)."""
Name: TypeAlias = Any
"""An actor as it is given or asked for: its name, or a node or code that `name_of` writes as that."""
Value = TypeVar("Value")

DUST = 1e-12
"""The share of what was added up below which a sum, or a difference of sums, is rounding and no number."""


@dataclass(frozen=True, slots=True, eq=False)
class SignedNetwork:
    """Actors and their ties: `ends`, shape (ties, 2), are places in `actors`, the lower one first, in order.

    `weights`, shape (ties,), are signed and not 0: the sign is that of the tie, the size its strength, 1 where no
    strengths are given.
    """

    actors: tuple[str, ...]
    ends: NDArray[np.int64]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, given: Ties, *, weighted: bool = False) -> SignedNetwork:
        """The network of what is given. Without `weighted` every tie weighs 1.

        Ties of an actor with itself and, `weighted` or not, ties of weight 0 are left out; pairs that are said to be
        friends and foes take the sign of the sum, which may be none. A `CordialeWarning` says how many. An actor
        without a name, two nodes of one name, and strengths too large to add up are an `InvalidValue`.

        >>> network = SignedNetwork.of([("a", "b", 1), ("b", "a", 1), ("b", "c", -1), ("a", "c", 0)])
        >>> network.actors, network.ties
        (('a', 'b', 'c'), [('a', 'b', 1.0), ('b', 'c', -1.0)])
        """
        if isinstance(given, SignedNetwork):
            return given if weighted else cls(given.actors, given.ends, np.sign(given.weights))
        if isinstance(given, Snapshot):
            return cls._of_snapshot(given, weighted=weighted)
        actors = set(_nodes(given)) if hasattr(given, "edges") else set()  # a graph has actors without ties too
        felt: dict[tuple[str, str], list[float]] = {}
        alone, weightless, total = 0, 0, 0.0
        for number, row in enumerate(_rows(given), start=1):
            a, b, sign, strength = _tie(number, row)
            total += abs(strength)
            if not isfinite(total):
                raise InvalidValue(f"tie {number}, {a} and {b}", row, "give weights whose sum a number can hold")
            actors |= {a, b}
            if sign and not strength:
                weightless += 1
            elif sign and a == b:
                alone += 1
            elif sign:
                felt.setdefault((a, b) if a < b else (b, a), []).append(strength if weighted else float(np.sign(sign)))
        summed = {pair: _sum(strengths) for pair, strengths in felt.items()}
        both = [pair for pair, strengths in felt.items() if min(strengths) < 0 < max(strengths)]
        _warn(alone, weightless, len(both), sum(not summed[pair] for pair in both))
        order = tuple(sorted(actors))
        places = {actor: place for place, actor in enumerate(order)}
        kept = sorted((places[a], places[b], value) for (a, b), value in summed.items() if value)
        weights = np.array([value for *_, value in kept], dtype=np.float64)
        ends = np.array([pair[:2] for pair in kept], dtype=np.int64).reshape(-1, 2)
        return cls(order, ends, weights if weighted else np.sign(weights))

    @classmethod
    def _of_snapshot(cls, snapshot: Snapshot, *, weighted: bool) -> SignedNetwork:
        signs = np.array([stance.sign for stance in STANCES])[snapshot.posterior.stance]
        weights = signs * np.abs(snapshot.posterior.weight) if weighted else signs.astype(np.float64)
        kept = weights != 0
        return cls(snapshot.actors, snapshot.ends[kept], weights[kept])

    def __len__(self) -> int:
        return len(self.weights)

    def __repr__(self) -> str:
        return f"<SignedNetwork of {len(self)} ties, {self.hostile} of them hostile, among {len(self.actors)} actors>"

    @property
    def hostile(self) -> int:
        """How many ties are hostile."""
        return int((self.weights < 0).sum())

    def to_networkx(self) -> networkx.Graph:
        """A graph with `sign` and absolute `weight` as two attributes of an edge.

        >>> SignedNetwork.of([("a", "b", -1, 0.5)], weighted=True).to_networkx().edges["a", "b"]
        {'sign': -1, 'weight': 0.5}
        """
        import networkx

        graph = networkx.Graph()
        graph.add_nodes_from(self.actors)
        graph.add_edges_from((a, b, {"sign": 1 if w > 0 else -1, "weight": abs(w)}) for a, b, w in self.ties)
        return graph

    @property
    def ties(self) -> list[tuple[str, str, float]]:
        """Each tie as (a, b, signed weight)."""
        names = self.actors
        pairs = zip(self.ends.tolist(), self.weights.tolist(), strict=True)
        return [(names[a], names[b], weight) for (a, b), weight in pairs]


def name_of(actor: Name, known: Collection[str] | None = None, *, whose: str = "an actor") -> str:
    """The name of an actor as networks have it: text, in which a whole number has no point.

    A missing name (None, NaN, pandas' NA) or an empty one is an `InvalidValue`; one that is not among those `known` is
    an `UnknownName`.

    >>> name_of(2), name_of(2.0), name_of("2.0")
    ('2', '2', '2.0')
    """
    try:
        missing = actor is None or bool(actor != actor)  # noqa: PLR0124  NaN is not itself
    except TypeError:  # nor does NA say whether it is
        missing = True
    name = str(int(actor) if isinstance(actor, float | np.floating) and float(actor).is_integer() else actor)
    if missing or not name.strip():
        raise InvalidValue(f"the name of {whose}", actor, "give one, or leave out what has none")
    if known is not None and name not in known:
        raise UnknownName("actor", name, known, "the network does not have it")
    return name


def by_name(given: Mapping[Name, Value] | None, known: Collection[str] | None = None) -> dict[str, Value]:
    """What is given of actors, by their names as `name_of` has them.

    >>> by_name({1: 0.5, "b": 2.0}, {"1", "b", "c"})
    {'1': 0.5, 'b': 2.0}
    """
    found: dict[str, Value] = {}
    known = known if known is None else dict.fromkeys(known)
    for actor, value in (given or {}).items():
        name = name_of(actor, known)
        if name in found:
            raise InvalidValue("an actor that is given twice", name, "give it once")
        found[name] = value
    return found


def _sum(strengths: list[float]) -> float:
    """The sum of strengths; 0 where they cancel out but for rounding."""
    found = fsum(strengths)
    return found if abs(found) > DUST * fsum(map(abs, strengths)) else 0.0


def _warn(alone: int, weightless: int, both: int, cancelled: int) -> None:
    if alone:
        warnings.warn(f"ties of an actor with itself: {alone:,}, left out", CordialeWarning, stacklevel=3)
    if weightless:
        warnings.warn(f"ties of weight 0: {weightless:,}, left out", CordialeWarning, stacklevel=3)
    if both:
        what = f"pairs of both signs: {both:,}, taken by their sum; {cancelled:,} cancel out and are no ties"
        warnings.warn(what, CordialeWarning, stacklevel=3)


def _nodes(graph: Any) -> dict[str, Any]:
    """The nodes of a graph by their names, which must tell them apart."""
    found: dict[str, Any] = {}
    for number, node in enumerate(graph.nodes, start=1):
        name = name_of(node, whose=f"node {number}")
        if name in found:
            raise InvalidValue(f"nodes of one name, {name}", (found[name], node), "name them apart")
        found[name] = node
    return found


def _rows(given: Any) -> Iterator[Sequence[Any]]:
    """(a, b, sign) or (a, b, sign, weight) of each tie that a graph, a table or rows have."""
    if hasattr(given, "edges"):
        for a, b, data in given.edges(data=True):
            if "sign" not in data:
                raise InvalidValue("an edge without a sign", (a, b), "give every edge the attribute sign: 1 or -1")
            yield a, b, data["sign"], data.get("weight", 1.0)
    elif hasattr(given, "columns"):
        missing = {"a", "b", "sign"} - {str(column) for column in given.columns}
        if missing:
            raise InvalidValue("columns of a table of ties", list(given.columns), f"name {', '.join(sorted(missing))}")
        weights = given["weight"] if "weight" in given.columns else [1.0] * len(given)
        yield from zip(given["a"], given["b"], given["sign"], weights, strict=True)
    else:
        yield from given


def _tie(number: int, row: Sequence[Any]) -> tuple[str, str, float, float]:
    """The two names, the sign and the signed strength of a row."""
    try:
        a, b, sign, weight = (*row, 1.0) if len(row) == 3 else row
        sign, weight = float(sign), float(weight)
    except (TypeError, ValueError):
        mend = "give (a, b, sign) or (a, b, sign, weight), the last two as numbers"
        raise InvalidValue(f"tie {number}", row, mend) from None
    a, b = (name_of(actor, whose=f"an actor of tie {number}") for actor in (a, b))
    mend = "give a finite sign and a weight >= 0, whose product a number can hold"
    if not isfinite(sign) or not isfinite(weight) or not isfinite(sign * weight) or weight < 0:
        raise InvalidValue(f"tie {number}, {a} and {b}", (sign, weight), mend)
    return a, b, sign, sign * weight
