"""A tie: our reading of all claims about two actors on a day, with the claims that it rests on.

Values only: `cordiale.ties.snapshot` makes them. A tie is never a fact; it says how the claims add up, and how sure.
Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How two actors stand on a day, as far as the claims known say. `a` and `b` are actor ids, in order.

    `p_friendly` is the probability that friendship outweighs hostility, `weight` their expected difference in [-1, 1],
    `certainty` in [0, 1) how much evidence there is at all, `evidence` its mass (one certain claim weighs at most 1),
    `ambivalence` in [0, 1] how evenly it is split. `disputed`: different tellers say opposite things, or one denies
    what another says. `divergence` is half the difference of the weight by statuses alone and by acts alone, in
    [-1, 1]: above 0, acts are more hostile than what is on paper; None where either has too little evidence.
    `since` is the first day of the current stretch on this side, firm or leaning; None where the stance is unknown.
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
    since: date | None
    contributions: tuple[Contribution, ...]

    def __post_init__(self) -> None:
        if not self.a < self.b:
            raise InvalidValue("the actors of a tie", (self.a, self.b), "give two ids, in order")
        if not (0 <= self.p_friendly <= 1 and -1 <= self.weight <= 1 and 0 <= self.certainty < 1):
            raise InvalidValue("a tie out of range", (self.p_friendly, self.weight, self.certainty), "weigh it again")

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
