"""What the measures of networks need of a dossier: the blocs of a day with their members, and who gives what to whom.

Blocs and their members come from the catalogue and from claims of membership; flows of support from claims alone. Both
keep the numbers of the claims behind them. Nothing is measured here. Clocks: those of the snapshot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cordiale.claims import Claim, Kind
from cordiale.networks import Bloc, Flow
from cordiale.ties import Snapshot

if TYPE_CHECKING:
    from cordiale.dossier.mapping import Desk

GIVEN = {"supports": 1, "aids": 1, "hosts": 1, "depends_on": -1}
"""Relations by which something is given: 1 where the subject gives, -1 where the object does."""
UNSAID = {"hosts": "territory"}
"""The type of support of a relation where no means are named; else `unspecified`."""


def flows(desk: Desk, snapshot: Snapshot, actor: str) -> tuple[Flow, ...]:
    """What an actor (its id) is given on the day of a snapshot, by whom, by which claims.

    A flow's amount is the belief that it runs: the evidence of its claims as a share of evidence and doubt.
    """
    if actor not in snapshot.actors:
        return ()
    mass: dict[tuple[str, str], float] = defaultdict(float)
    behind: dict[tuple[str, str], list[int]] = defaultdict(list)
    weights = {
        part.claim: part.weight
        for place in snapshot.places(actor).tolist()
        for part in snapshot.contributions_of(place)
        if part.sign > 0 and part.weight > 0
    }
    numbers = list(weights)
    for number, claim in zip(numbers, desk.drawn(numbers), strict=True):
        giver = _giver(claim)
        if giver is None or giver == actor or claim.sign < 0:
            continue
        types = [str(means) for means in claim.means] or [UNSAID.get(claim.relation.name, "unspecified")]
        for kind in types:
            mass[giver, kind] += weights[number]
            behind[giver, kind].append(number)
    doubt = snapshot.policy.unknown_mass
    return tuple(
        Flow(
            giver=giver, receiver=actor, type=kind, amount=value / (doubt + value), evidence=value,
            claims=tuple(behind[giver, kind]),
        )
        for (giver, kind), value in sorted(mass.items())
    )  # fmt: skip


def _giver(claim: Claim) -> str | None:
    side = GIVEN.get(claim.relation.name)
    return None if side is None else claim.subject if side > 0 else claim.object


def blocs(desk: Desk, snapshot: Snapshot) -> tuple[Bloc, ...]:
    """The blocs of a snapshot's day that have a member in it; no stances, which are for the ties to show.

    A member by the catalogue counts wholly; one by claims of membership alone as far as its tie to the bloc is believed
    to be friendly.
    """
    tied = set(snapshot.actors)
    catalogue = desk.catalogue()
    found = []
    claimed = _claimed(desk, snapshot)
    for actor in catalogue.values():
        if actor.kind is not Kind.BLOC or not actor.held.holds(snapshot.at):
            continue
        members = {one.actor: 1.0 for one in actor.members if one.actor in tied and one.held.holds(snapshot.at)}
        members = {**claimed.get(actor.id, {}), **members}
        if members:
            found.append(Bloc(name=actor.id, members=dict(sorted(members.items()))))
    return tuple(found)


def _claimed(desk: Desk, snapshot: Snapshot) -> dict[str, dict[str, float]]:
    """For each bloc the actors that claims call its members, and how far they are believed."""
    found: dict[str, dict[str, float]] = {}
    for bloc, member, share in _memberships(desk, snapshot):
        found.setdefault(bloc, {})[member] = share
    return found


def _memberships(desk: Desk, snapshot: Snapshot) -> Iterator[tuple[str, str, float]]:
    catalogue = desk.catalogue()
    kinds = {name: catalogue[name].kind for name in snapshot.actors if name in catalogue}
    signs = snapshot.posterior.weight
    for place, (a, b) in enumerate(snapshot.ends.tolist()):
        ends = (snapshot.actors[a], snapshot.actors[b])
        if Kind.BLOC not in {kinds.get(end) for end in ends} or signs[place] <= 0:
            continue
        parts = [part.claim for part in snapshot.contributions_of(place) if part.sign > 0 and part.weight > 0]
        for claim in desk.drawn(parts):
            if claim.relation.name == "member_of" and claim.sign > 0:
                yield claim.object, claim.subject, float(snapshot.posterior.p_friendly[place])
                break
