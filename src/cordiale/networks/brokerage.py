"""Who stands between others: brokers between and within blocs, friends of both sides of an enmity, bridges of friends.

Roles are those of Gould & Fernandez 1989 (Sociological Methodology 19:89) on friendly ties, which have no direction
here, so that gatekeeper and representative are one. A broker links two actors that have no friendly tie of their own.
To stand between is a place in the network; nothing is said of what an actor makes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from cordiale.networks.signed import Name, SignedNetwork, Ties, by_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Brokerage:
    """In how many pairs of friends, not friends of each other, an actor is the one between.

    By the blocs of the three: `coordinator` all of one bloc, `consultant` the two of one bloc and the broker of
    another, `gatekeeper` the broker of the bloc of one of them, `liaison` three blocs. `between_enemies` are pairs
    that are hostile to each other, `enemies` those pairs. `betweenness` is the share of shortest friendly paths between
    others that lead through the actor (Freeman 1977), 0 to 1.
    """

    actor: str
    coordinator: int
    consultant: int
    gatekeeper: int
    liaison: int
    enemies: tuple[tuple[str, str], ...]
    betweenness: float

    @property
    def between_enemies(self) -> int:
        """Pairs of friends that are hostile to each other."""
        return len(self.enemies)


def brokerage(ties: Ties, blocs: Mapping[Name, object]) -> tuple[Brokerage, ...]:
    """What each actor with a friendly tie stands between, the most between enemies first.

    `blocs` gives each actor's bloc by any label; an actor without one is a bloc of its own, and an actor that the
    network lacks an `UnknownName`.

    >>> ties = [("a", "b", 1), ("a", "c", 1), ("b", "c", -1)]
    >>> [(one.actor, one.liaison, one.enemies) for one in brokerage(ties, {})]
    [('a', 1, (('b', 'c'),)), ('b', 0, ()), ('c', 0, ())]
    """
    import networkx

    network = SignedNetwork.of(ties)
    labels = by_name(blocs, network.actors)
    friends = networkx.Graph()
    signs = {}
    for a, b, weight in network.ties:
        signs[a, b] = weight
        if weight > 0:
            friends.add_edge(a, b)
    central = networkx.betweenness_centrality(friends)
    found = []
    for actor in friends:
        roles = dict.fromkeys(("coordinator", "consultant", "gatekeeper", "liaison"), 0)
        enemies = []
        for a, b in combinations(sorted(friends[actor]), 2):
            sign = signs.get((a, b), 0)
            if sign > 0:
                continue
            roles[_role(*(labels.get(one, ("alone", one)) for one in (a, actor, b)))] += 1
            if sign < 0:
                enemies.append((a, b))
        found.append(Brokerage(actor=actor, enemies=tuple(enemies), betweenness=float(central[actor]), **roles))
    return tuple(sorted(found, key=lambda one: (-one.between_enemies, -one.betweenness, one.actor)))


def _role(one: object, broker: object, other: object) -> str:
    if one == other:
        return "coordinator" if broker == one else "consultant"
    return "gatekeeper" if broker in (one, other) else "liaison"
