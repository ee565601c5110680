"""Whether an actor is running out of allies: a verdict with its probabilities, its reasons, and the claims behind.

It compares two days, looks back over five years of the actor's own past, and abstains where the sources fell silent: a
loss of coverage is no loss of allies. It never says why an ally left beyond the claims that say so.
Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue
from cordiale.networks.isolation import Isolation, Surroundings, surroundings, ties_around
from cordiale.ties import DEFAULT_POLICY, Cause, Evidence, EvidencePolicy, Snapshot, Stance, changes, episodes_of, weigh

YEAR = timedelta(days=365)
"""How far back one looks unless told otherwise."""
PAST = 20
"""Quarters of the actor's own past that its isolation is held against: five years."""

_QUARTER = 91.3125  # days
_LEAST_PAST = 8  # quarters with evidence, below which there is no past to compare with
_SURE, _LIKELY = 0.9, 0.75


class Answer(StrEnum):
    """`abstain`: the sources do not carry an answer. `unclear`: they do, and it is neither."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllyChange:
    """An ally gained (`sign` 1) or lost (-1) between the two days: who, on which day, by which claims.

    `before` and `after` are the stances on either side of that day; `cause` says whether the claims arrived then or
    faded.
    """

    actor: str
    day: date
    sign: int
    before: Stance
    after: Stance
    cause: Cause
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllyOutlook:
    """Whether an actor is running out of allies.

    `p_support_fell` and `p_allies_fell` are the probabilities that the support it has, and the effective number of
    allies that give it, are less now than `before`. `p_above_past` is the probability that its isolation now is above
    the 90th percentile of its own past five years, `above_past` whether the central value is; None where that past has
    too little evidence. `changes` are the allies lost and gained, by day.
    """

    answer: Answer
    reasons: tuple[str, ...]
    now: Isolation
    before: Isolation
    p_support_fell: float
    p_allies_fell: float
    p_above_past: float | None
    above_past: bool | None
    changes: tuple[AllyChange, ...]

    @property
    def lost(self) -> tuple[AllyChange, ...]:
        """The allies lost."""
        return tuple(change for change in self.changes if change.sign < 0)

    @property
    def gained(self) -> tuple[AllyChange, ...]:
        """The allies gained."""
        return tuple(change for change in self.changes if change.sign > 0)


def running_out_of_allies(
    columns: ClaimColumns,
    actor: str,
    at: date,
    *,
    span: timedelta = YEAR,
    known: date | None = None,
    capabilities: Mapping[str, float] | None = None,
    policy: EvidencePolicy = DEFAULT_POLICY,
    n: int = 1000,
    seed: int = 0,
    called: Callable[[str], str] = str,
) -> AllyOutlook:
    """Whether an actor has less support on `at` than `span` before, in fewer hands, and against its own past.

    Yes: support fell with probability 0.9 or more and, with 0.75 or more, so did the effective number of allies or
    isolation stands above its own 90th percentile. No: support fell with less than 0.75 and isolation is not above.
    Abstain: there was no evidence, or less than half of it is left. The two days are drawn independently, which errs
    on the side of "unclear" where little happened. `called` gives the name by which the reasons call an actor.
    """
    if span < timedelta(days=1):
        raise InvalidValue("the span to look back over", span, "use a day or more")
    if at - date.min < max(span, timedelta(days=round(PAST * _QUARTER))):
        raise InvalidValue("a day before which there is too little calendar to look back over", at, "give a later one")
    evidence = weigh(columns, known=known, policy=policy)
    ties = ties_around(evidence, actor)

    def look(day: date, draws: int) -> Surroundings:
        snapshot = Snapshot(evidence, at=day, ties=ties)
        return surroundings(snapshot, actor, capabilities=capabilities, n=draws, seed=seed)

    now, before = look(at, n), look(at - span, n)
    past = [look(at - timedelta(days=round(quarter * _QUARTER)), 1).isolation for quarter in range(1, PAST + 1)]
    values = [found.value for found in past if found.evidence >= policy.least_evidence]
    bar = float(np.quantile(values, 0.9)) if len(values) >= _LEAST_PAST else None
    compared = _Comparison(
        now=now.isolation,
        before=before.isolation,
        p_support_fell=float((now.supports < before.supports).mean()),
        p_allies_fell=float((now.allies < before.allies).mean()),
        bar=bar,
        p_above=None if bar is None else float((now.values > bar).mean()),
        least=policy.least_evidence,
        called=called,
    )
    turned = _changes(evidence, ties, actor, at - span, at)
    return AllyOutlook(
        answer=compared.answer,
        reasons=(*compared.reasons(), *_names(turned, called)),
        now=compared.now,
        before=compared.before,
        p_support_fell=compared.p_support_fell,
        p_allies_fell=compared.p_allies_fell,
        p_above_past=compared.p_above,
        above_past=compared.above,
        changes=turned,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """Two days, and the past: `bar` is the 90th percentile of isolation in it, `least` what evidence must weigh."""

    now: Isolation
    before: Isolation
    p_support_fell: float
    p_allies_fell: float
    bar: float | None
    p_above: float | None
    least: float
    called: Callable[[str], str]

    @property
    def above(self) -> bool | None:
        return None if self.bar is None else self.now.value > self.bar

    @property
    def silent(self) -> bool:
        return self.before.evidence < self.least or self.now.evidence < self.before.evidence / 2

    @property
    def answer(self) -> Answer:
        if self.silent:
            return Answer.ABSTAIN
        if self.p_support_fell >= _SURE and (self.p_allies_fell >= _LIKELY or (self.p_above or 0) >= _LIKELY):
            return Answer.YES
        if self.p_support_fell < _LIKELY and not self.above:
            return Answer.NO
        return Answer.UNCLEAR

    def reasons(self) -> Iterator[str]:
        """Short sentences, the one that decides first."""
        now, before = self.now, self.before
        if before.evidence < self.least:
            yield f"Too little is known of {self.called(now.actor)} on {before.at} to compare with."
        elif self.silent:
            left = now.evidence / before.evidence
            yield f"Only {left:.0%} of the evidence of {before.at} is left on {now.at}: the sources fell silent."
        yield (
            f"Support was {before.support:.2f} on {before.at} and is {now.support:.2f} on {now.at}; "
            f"the probability that it fell is {self.p_support_fell:.0%}."
        )
        yield (
            f"It came from {before.effective_allies:.1f} effective allies and comes from {now.effective_allies:.1f}; "
            f"the probability that they are fewer is {self.p_allies_fell:.0%}."
        )
        if self.bar is None:
            yield "There is too little evidence of the past five years to hold its isolation against."
        else:
            side = "above" if self.above else "not above"
            yield f"Its isolation is {now.value:.2f}, {side} the 90th percentile of five years before, {self.bar:.2f}."


def _names(turned: tuple[AllyChange, ...], called: Callable[[str], str]) -> Iterator[str]:
    for sign, word in ((-1, "Lost"), (1, "Gained")):
        if names := [f"{called(turn.actor)} ({turn.day})" for turn in turned if turn.sign == sign]:
            yield f"{word}: {', '.join(names)}."


def _changes(evidence: Evidence, ties: NDArray[np.int64], actor: str, start: date, end: date) -> tuple[AllyChange, ...]:
    """The ties that were friendly on one of the two days and not on the other, with the day on which each turned."""
    number = evidence.columns.actors.index(actor)
    own = ties[(evidence.a[ties] == number) | (evidence.b[ties] == number)]
    found = []
    sides = []
    for day in (start, end):
        snapshot = Snapshot(evidence, at=day, ties=own)
        sides.append({tie.other(actor) for tie in snapshot.allies(actor)} if actor in snapshot.actors else set())
    for other in sorted(sides[0] ^ sides[1]):
        sign = 1 if other in sides[1] else -1
        tie = evidence.find(number, evidence.columns.actors.index(other))
        if tie is None:
            continue
        course = episodes_of(evidence, tie, until=end)
        turns = [
            turn for turn in changes(course) if turn.day > start and (turn.before.sign > 0) != (turn.after.sign > 0)
        ]
        if turns:
            turn = turns[-1]
            before, after, day, cause, claims = turn.before, turn.after, turn.day, turn.cause, turn.claims
        else:  # the tie itself begins here
            first = course[0]
            before, after, day, cause, claims = (
                Stance.UNKNOWN, first.stance, first.start, first.cause, first.because,
            )  # fmt: skip
        found.append(
            AllyChange(actor=other, day=day, sign=sign, before=before, after=after, cause=cause, claims=claims)
        )
    return tuple(sorted(found, key=lambda change: (change.day, change.actor)))
