"""Where what sources say of two and what the two do to each other part: an ally that shoots, an enemy that trades.

What is said is the tie of a dossier, what is done the behaviour in a stream of events; neither corrects the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cordiale.events.behaviour import Behaviour
from cordiale.ties import Snapshot, Stance, Tie

LEAST = 2.0
"""Events of a pair, less what has faded, from which on its behaviour is held against what is said."""


def apart(said: float, other: float) -> float:
    """Half of the difference of two weights, from -1 to 1: above 0 the other is the worse.

    >>> apart(0.5, -0.5)
    0.5
    """
    return (said - other) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """A pair of which something is said and something was done. `value`, from -1 to 1, is half of the difference of the
    two weights: above 0 it behaves worse than it is said to stand. `agreed` is the tie by treaties alone, if any."""

    a: str
    b: str
    tie: Tie = field(repr=False)
    behaviour: Behaviour = field(repr=False)
    agreed: Tie | None = field(default=None, repr=False)

    @property
    def value(self) -> float:
        """How far what is done is from what is said."""
        return apart(self.tie.weight, self.behaviour.weight)

    @property
    def opposed(self) -> bool:
        """Whether the two have other signs."""
        return self.tie.sign * self.behaviour.weight < 0


def divergences(
    snapshot: Snapshot, behaviours: Sequence[Behaviour], *, treaties: Snapshot | None = None, least: float = LEAST
) -> tuple[Divergence, ...]:
    """The pairs that are in both, of a stance that is known and with enough events; those that part furthest first.

    All of the same day, which is for the caller to see to; `treaties` says what is agreed (`layers.treaties`).
    """
    agreed = {} if treaties is None else {(tie.a, tie.b): tie for tie in treaties.at_a_glance()}
    ties = {(tie.a, tie.b): tie for tie in snapshot.at_a_glance() if tie.stance is not Stance.UNKNOWN}
    found = [
        Divergence(a=one.a, b=one.b, tie=ties[one.a, one.b], behaviour=one, agreed=agreed.get((one.a, one.b)))
        for one in behaviours
        if (one.a, one.b) in ties and one.events >= least
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.value), one.a, one.b)))
