"""A tie: our reading of all claims about two actors on a day, with the claims that it rests on.

Values only: `cordiale.ties.snapshot` makes them. A tie is never a fact; it says how the claims add up, and how sure.
Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from cordiale.errors import InvalidValue, UnknownName
from cordiale.ties.posterior import Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one claim gives to a tie: its number in the columns, the side it speaks for, its mass of evidence now.

    A predicted claim is listed with weight 0. `sign` is 0 for neutrality and for denials.
    """

    claim: int
    sign: int
    weight: float


class Behind(Protocol):
    """What a tie is read from: the snapshot that made it."""

    def since_of(self, place: int) -> date:
        """The first day of the stretch that the tie at a place is in."""

    def contributions_of(self, place: int) -> tuple[Contribution, ...]:
        """What each claim gives to the tie at a place, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How two actors stand on a day, as far as the claims known say. `a` and `b` are actor ids, in order.

    `p_friendly` is the probability that friendship outweighs hostility, `weight` their expected difference in [-1, 1],
    `certainty` in [0, 1) how much evidence there is at all, `evidence` its mass (one certain claim weighs at most 1),
    `ambivalence` in [0, 1] how evenly it is split. `disputed`: different tellers say opposite things, or one denies
    what another says. `divergence` is half the difference of the weight by statuses alone and by acts alone, in
    [-1, 1]: above 0, acts are more hostile than what is on paper; None where either has too little evidence.

    What takes long to find is found when asked for: `since` and the contributions of claims.
    """

    a: str
    b: str
    at: date
    known: date | None
    stance: Stance
    p_friendly: float
    weight: float
    certainty: float
    evidence: float
    ambivalence: float
    disputed: bool
    divergence: float | None
    behind: Behind | None = field(default=None, repr=False, compare=False)
    place: int = field(default=0, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.a < self.b:
            raise InvalidValue("the actors of a tie", (self.a, self.b), "give two ids, in order")
        if not (0 <= self.p_friendly <= 1 and -1 <= self.weight <= 1 and 0 <= self.certainty < 1):
            raise InvalidValue("a tie out of range", (self.p_friendly, self.weight, self.certainty), "weigh it again")

    @property
    def since(self) -> date | None:
        """The first day of the current stretch on this side, firm or leaning; None where the stance is unknown."""
        return None if self.behind is None or self.stance is Stance.UNKNOWN else self.behind.since_of(self.place)

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What each claim gives, the weightiest first."""
        return () if self.behind is None else self.behind.contributions_of(self.place)

    @property
    def claims(self) -> tuple[int, ...]:
        """The numbers of the claims behind this tie, the weightiest first."""
        return tuple(part.claim for part in self.contributions)

    @property
    def sign(self) -> int:
        """1 friendly or leaning so, -1 hostile or leaning so, 0 otherwise."""
        return self.stance.sign

    def other(self, actor: str) -> str:
        """The actor at the other end."""
        if actor not in (self.a, self.b):
            raise UnknownName("end of the tie", actor, (self.a, self.b))
        return self.b if actor == self.a else self.a
