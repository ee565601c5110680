"""What is left of a signed network once all is taken away that its best blocs do not hang on.

Three reductions that keep the value of the best blocs (weighted, on integers) up to a known offset:

- *dominance*: where one friendly tie of an actor weighs as much as all its others together, some optimum keeps it, and
  the two become one (Lange, Karrenbauer & Andres 2018); ties that fall together are added.
- *hostile ties across*: foes that no chain of friends links are never in one bloc, and their tie goes.
- *blocks*: the value is the sum of those of the biconnected components, as these share single actors.

All are repeated until nothing goes. Of a network of states about a third of the actors goes, and the rest falls apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx

from cordiale.networks.kernel import Weights, blocks


@dataclass(frozen=True, slots=True)
class Kernel:
    """The blocks that are left, pairs of actors in one bloc, and what any blocs frustrate beside the blocks."""

    parts: tuple[Weights, ...]
    together: tuple[tuple[int, int], ...]
    offset: int


def kernel(ties: Weights) -> Kernel:
    """What is left of a network, which is used up."""
    parts: list[Weights] = []
    together: list[tuple[int, int]] = []
    offset = 0
    waiting = [ties]
    while waiting:
        part = waiting.pop()
        size = len(part)
        offset += _join(part, together)
        across = _across(part)
        found = list(blocks(part))
        if len(found) == 1 and not across and len(found[0]) == size:
            parts.append(found[0])
        else:
            waiting += found
    return Kernel(tuple(parts), tuple(together), offset)


def united(pairs: Iterable[tuple[int, int]], count: int) -> list[int]:
    """The bloc of each of so many actors, where those of a pair are in one, by its lowest actor."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    bloc = list(range(count))
    for members in networkx.connected_components(graph):
        lowest = min(members)
        for actor in members:
            bloc[actor] = lowest
    return bloc


def _join(ties: Weights, together: list[tuple[int, int]]) -> int:
    """Joins actors by dominance, in place, and drops those without friendly ties; the offset."""
    offset = 0
    waiting = list(ties)
    while waiting:
        actor = waiting.pop()
        own = ties.get(actor)
        if own is None:
            continue
        friend = max(own, key=lambda one: own[one], default=actor)
        if own.get(friend, 0) <= 0:  # nobody would have it: a bloc of its own
            for other in own:
                del ties[other][actor]
            waiting += own
            del ties[actor]
        elif 2 * own[friend] >= sum(map(abs, own.values())):
            together.append((actor, friend))
            offset += _absorb(ties, actor, friend)
            waiting += own
    return offset


def _absorb(ties: Weights, actor: int, into: int) -> int:
    """Makes one actor of two; what of their ties cancels out."""
    offset = 0
    own, theirs = ties.pop(actor), ties[into]
    del theirs[actor]
    for third, new in own.items():
        if third == into:
            continue
        of_third = ties[third]
        del of_third[actor]
        old = theirs.get(third, 0)
        if old * new < 0:
            offset += min(abs(old), abs(new))
        if old + new:
            theirs[third] = of_third[into] = old + new
        elif old:
            del theirs[third], of_third[into]
    return offset


def _across(ties: Weights) -> bool:
    """Drops, in place, hostile ties between actors that no chain of friends links; whether there were any."""
    places = {actor: place for place, actor in enumerate(ties)}
    friends = ((places[a], places[b]) for a, own in ties.items() for b, weight in own.items() if weight > 0)
    chain = united(friends, len(places))
    found = False
    for a, own in ties.items():
        for b in [other for other, weight in own.items() if weight < 0 and chain[places[a]] != chain[places[other]]]:
            del own[b]
            found = True
    return found
