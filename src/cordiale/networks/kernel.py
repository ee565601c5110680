"""What is left of a signed network once all is taken away that no optimum hangs on.

Two reductions that keep the frustration index (weighted, on integers) up to a known offset:

- *dominance*: where one tie of an actor weighs as much as all its others together, some optimum satisfies it; the actor
  joins the other end, on its side or against it, and ties that fall together are added. An actor with one tie or with
  two equal ones is such a case.
- *blocks*: the index is the sum of those of the biconnected components, as these share single actors.

Both are repeated until nothing goes. Of a network of states about a third of the actors goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx

Weights = dict[int, dict[int, int]]
"""For each actor, its ties: the other end and the signed integer weight."""


@dataclass(frozen=True, slots=True)
class Joined:
    """An actor that went to another's side (1) or to the other side (-1)."""

    actor: int
    to: int
    side: int


def contract(ties: Weights) -> tuple[list[Joined], int]:
    """Joins actors by dominance, in place, and drops those without ties; who joined whom, and the offset."""
    joined: list[Joined] = []
    offset = 0
    waiting = list(ties)
    while waiting:
        actor = waiting.pop()
        own = ties.get(actor)
        if own is None:
            continue
        if not own:
            del ties[actor]
            continue
        other = max(own, key=lambda one: abs(own[one]))
        if 2 * abs(own[other]) < sum(map(abs, own.values())):
            continue
        side = 1 if own[other] > 0 else -1
        joined.append(Joined(actor, other, side))
        del ties[actor]
        theirs = ties[other]
        del theirs[actor]
        for third, weight in own.items():
            if third == other:
                continue
            of_third = ties[third]
            del of_third[actor]
            old, new = theirs.get(third, 0), side * weight
            if old * new < 0:
                offset += min(abs(old), abs(new))
            if old + new:
                theirs[third] = of_third[other] = old + new
            elif old:
                del theirs[third], of_third[other]
            waiting.append(third)
        waiting.append(other)
    return joined, offset


def blocks(ties: Weights) -> Iterator[Weights]:
    """The biconnected components."""
    graph = networkx.Graph()
    graph.add_edges_from((a, b) for a, own in ties.items() for b in own if a < b)
    for edges in networkx.biconnected_component_edges(graph):
        block: Weights = {}
        for a, b in edges:
            block.setdefault(a, {})[b] = block.setdefault(b, {})[a] = ties[a][b]
        yield block
