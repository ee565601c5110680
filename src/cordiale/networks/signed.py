"""Signed networks: who is tied to whom, with which sign and how strongly, whatever they come from.

Every measure of balance takes one. A snapshot, a networkx graph and a table of ties all make one; arcs in both
directions are one tie, of the sign of their sum, and ties of sign 0 are none: so one names an actor without ties.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import CordialeWarning, InvalidValue
from cordiale.ties import Snapshot
from cordiale.ties.posterior import STANCES

if TYPE_CHECKING:
    import networkx
    import pandas

Ties: TypeAlias = "SignedNetwork | Snapshot | networkx.Graph | pandas.DataFrame | Iterable[Sequence[Any]]"
"""What measures take: a network, a snapshot, a networkx graph with `sign` on its edges, a data frame with columns `a`,
`b`, `sign` and maybe `weight`, or rows of (a, b, sign) or (a, b, sign, weight)."""


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

        Ties of an actor with itself are left out, and pairs that are said to be friends and foes take the sign of the
        sum, which may be none; a `CordialeWarning` says how many.

        >>> network = SignedNetwork.of([("a", "b", 1), ("b", "a", 1), ("b", "c", -1), ("a", "c", 0)])
        >>> network.actors, network.ties
        (('a', 'b', 'c'), [('a', 'b', 1.0), ('b', 'c', -1.0)])
        """
        if isinstance(given, SignedNetwork):
            return given if weighted else cls(given.actors, given.ends, np.sign(given.weights))
        if isinstance(given, Snapshot):
            return cls._of_snapshot(given, weighted=weighted)
        summed: dict[tuple[str, str], float] = {}
        actors: set[str] = set()
        alone, both = 0, set[tuple[str, str]]()
        for number, (a, b, sign, weight) in enumerate(_rows(given), start=1):
            if not isfinite(sign) or not isfinite(weight) or weight < 0:
                raise InvalidValue(f"tie {number}, {a} and {b}", (sign, weight), "give a finite sign and a weight >= 0")
            actors |= {a, b}
            if a != b:
                key = (a, b) if a < b else (b, a)
                strength = sign * weight if weighted else float(np.sign(sign))
                before = summed.get(key, 0.0)
                if before * strength < 0:
                    both.add(key)
                summed[key] = before + strength
            elif sign:
                alone += 1
        if hasattr(given, "edges"):  # a graph has actors without ties too
            actors |= {str(node) for node in getattr(given, "nodes", ())}
        _warn(alone, len(both), sum(not summed[key] for key in both))
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


def _warn(alone: int, both: int, cancelled: int) -> None:
    if alone:
        warnings.warn(f"ties of an actor with itself: {alone:,}, left out", CordialeWarning, stacklevel=3)
    if both:
        what = f"pairs of both signs: {both:,}, taken by their sum; {cancelled:,} cancel out and are no ties"
        warnings.warn(what, CordialeWarning, stacklevel=3)


def _rows(given: Any) -> Iterator[tuple[str, str, float, float]]:
    """(a, b, sign, weight) of each tie that a graph, a table or rows have."""
    if hasattr(given, "edges"):
        for a, b, data in given.edges(data=True):
            if "sign" not in data:
                raise InvalidValue("an edge without a sign", (a, b), "give every edge the attribute sign: 1 or -1")
            yield _row((a, b, data["sign"], data.get("weight", 1.0)))
    elif hasattr(given, "columns"):
        missing = {"a", "b", "sign"} - {str(column) for column in given.columns}
        if missing:
            raise InvalidValue("columns of a table of ties", list(given.columns), f"name {', '.join(sorted(missing))}")
        weights = given["weight"] if "weight" in given.columns else [1.0] * len(given)
        for a, b, sign, weight in zip(given["a"], given["b"], given["sign"], weights, strict=True):
            yield _row((a, b, sign, weight))
    else:
        yield from map(_row, given)


def _row(row: Sequence[Any]) -> tuple[str, str, float, float]:
    try:
        a, b, sign, weight = (*row, 1.0) if len(row) == 3 else row
        return str(a), str(b), float(sign), float(weight)
    except (TypeError, ValueError):
        raise InvalidValue("a tie", row, "give (a, b, sign) or (a, b, sign, weight), the last two as numbers") from None
