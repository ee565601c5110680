"""How a tie changed: turns from one side to another, shifts of its level, and the claims that pulled each way.

A turn is what sources say, read off the tie's episodes; a shift is what the course of the evidence shows by itself, for
which a few articles are too few. No claim is said to have caused either: it arrived, or faded, beside it.
Clocks: those of the evidence; days are held days.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.networks.change import LEAST, ChangePoint, change_points
from cordiale.networks.course import Course, known
from cordiale.networks.turning import TurningPoint, turning_points
from cordiale.ties import Cause, Episode, Evidence, Hindsight, Stance, episodes_of
from cordiale.ties.evidence import CLASSES

Floats = NDArray[np.float64]

_SHARE = 0.1  # of the largest: claims that pull less are not listed
_NOTHING = 1e-9  # stands for no evidence, on days that are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What a claim, by its number, did about a change of a tie: above 0 where it pulls the way that the tie went.

    `cause` says whether it arrived, or faded: ended, closed or aged. The size is evidence, halved with every half-life
    that the arrival lies away from the change.
    """

    claim: int
    cause: Cause
    pull: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChange:
    """A change of a tie, after the day `eve` and by the day `day`: a turn, a shift of its level, or both.

    `was` and `became` are its stances on either side, `before` and `after` the mean logit of P(friendly > hostile) of
    the two stretches. A turn goes from friendly, hostile, or neither (contested, neutral) to another of these; days on
    which the stance was unknown, and what was contested between friend and foe, lie within. `gain` is that of the shift
    (see `ChangePoint`), None where the levels show none. `probability` is that of a turn there by the evidence that
    came in each step alone: after the last that came before the change, and by the first that came after it. `missing`
    days of the course within it have too little evidence. `pulls` are its claims, those that pull with it first, the
    strongest first of each.
    """

    day: date
    eve: date
    was: Stance
    became: Stance
    turn: bool
    before: float
    after: float
    gain: float | None
    probability: float
    missing: int
    pulls: tuple[Pull, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChanges:
    """How a tie changed over some days.

    `course` holds the logit of P(friendly > hostile) on each day, None where there is too little evidence for either
    side. `turnings` say how probable it is that a new level began after the day before and by this one. `episodes` are
    its whole history up to the last day.
    """

    course: Course
    changes: tuple[TieChange, ...]
    turnings: tuple[TurningPoint, ...]
    episodes: tuple[Episode, ...]


def tie_changes(
    evidence: Evidence, tie: int, days: Sequence[date], *, penalty: float | None = None, least: int = LEAST
) -> TieChanges:
    """How a tie of prepared evidence changed over these days.

    Shifts: the variance of the logit is taken as 1 / mass of evidence for either side, and the correlation of one day
    with the next as 2^(-step / time), by the middle time that the tie's claims take from counting to counting half:
    looking more often finds little more. Pulls: the claims that arrived within one of their half-lives (or the step,
    where that is longer), and those that lost evidence from a step before to a step after; those that pull less than a
    tenth of what the strongest does are left out.

    >>> from cordiale.claims import Citation, Claim; from cordiale.columns import ClaimColumns
    >>> from cordiale.periods import Period; from cordiale.relations import relation; from cordiale.ties import weigh
    >>> claims = [Claim(subject="iran", relation=relation(kind), object="iraq", sign=sign, reader="hand",
    ...     evidence=Citation(dataset=f"{kind} {year}", version="1", row="1"), held=Period.parse(str(year)),
    ...     published=date(year, 1, 1)) for kind, sign, years in [("fights", -1, range(1980, 1988)),
    ...     ("ally_of", 1, range(2006, 2014))] for year in years]
    >>> days = [date(year, 6, 1) for year in range(1980, 2014)]
    >>> (found,) = tie_changes(weigh(ClaimColumns.from_claims(claims)), 0, days).changes
    >>> found.was.value, str(found.eve), found.became.value, str(found.day), found.gain > 7, found.pulls[0].claim
    ('leaning_hostile', '1993-09-15', 'leaning_friendly', '2006-01-01', True, 8)
    """
    if not days:
        raise InvalidValue("a course of no day", days, "give the days to look at")
    own = _Own.of(evidence, tie)
    at = np.array([day.toordinal() for day in days])
    masses = evidence.masses(np.full(len(at), tie), at).sum(axis=1)
    sided = masses[:, :2].sum(axis=1)
    logit = np.where(sided >= evidence.policy.least_evidence, _logit(masses, evidence), np.nan)
    course = Course(days=tuple(days), values=tuple(map(known, logit.tolist())))
    points = change_points(
        days, course.values, penalty=penalty, least=least, variances=(1 / np.maximum(sided, _NOTHING)).tolist(),
        correlation=float(np.exp2(-max(course.step.days, 1) / np.median(own.lasts))),
    )  # fmt: skip
    fresh = own.fresh(at, masses[0])
    turnings = turning_points(days, fresh[:, 0].tolist(), fresh[:, 1].tolist())
    episodes = episodes_of(evidence, tie, until=days[-1])
    made = _Made(own, course, fresh.sum(axis=1) > 0, turnings, episodes)
    turns = [made.turn(*pair, points) for pair in pairwise(_sides(episodes)) if pair[1][0].start > days[0]]
    shifts = [made.shift(point) for point in points if not any(_overlap(point, turn) for turn in turns)]
    return TieChanges(
        course=course,
        changes=tuple(sorted([*turns, *shifts], key=lambda one: one.day)),
        turnings=turnings,
        episodes=episodes,
    )


def _sides(episodes: Sequence[Episode]) -> list[list[Episode]]:
    """The stretches of one sign. Unknown ones are passed over, and those of no side between friend and foe."""
    said = [episode for episode in episodes if episode.stance is not Stance.UNKNOWN]
    runs = [list(run) for _, run in groupby(said, key=lambda episode: episode.stance.sign)]
    signs = [0, *(run[0].stance.sign for run in runs), 0]
    return [run for n, run in enumerate(runs) if signs[n + 1] or signs[n] * signs[n + 2] >= 0]


def _overlap(one: ChangePoint, other: TieChange) -> bool:
    return one.eve < other.day and other.eve < one.day


@dataclass(frozen=True, slots=True)
class _Made:
    """Makes changes of a tie from what is known of it."""

    own: _Own
    course: Course
    heard: NDArray[np.bool_]  # in each step, whether any evidence came
    turnings: Sequence[TurningPoint]
    episodes: Sequence[Episode]

    def turn(self, old: list[Episode], new: list[Episode], points: Sequence[ChangePoint]) -> TieChange:
        assert old[-1].end is not None  # others follow it
        eve, day = old[-1].end - timedelta(days=1), new[0].start
        before, after = self._level(old, eve), self._level(new, day)
        way = 1 if new[0].stance.sign - old[-1].stance.sign > 0 else -1
        found = self._change(day, eve, way, before=before, after=after, turn=True)
        return replace(found, gain=next((point.gain for point in points if _overlap(point, found)), None))

    def shift(self, point: ChangePoint) -> TieChange:
        way = 1 if point.after > point.before else -1
        found = self._change(point.day, point.eve, way, before=point.before, after=point.after, turn=False)
        return replace(found, gain=point.gain)

    def _change(self, day: date, eve: date, way: int, *, before: float, after: float, turn: bool) -> TieChange:
        days = self.course.days
        first, last = bisect_right(days, eve), bisect_left(days, day)
        within = zip(days[first:last], self.course.values[first:last], strict=True)
        begin = first - int(self.heard[:first][::-1].argmax()) if self.heard[:first].any() else 0
        end = last + int(self.heard[last:].argmax()) if self.heard[last:].any() else len(days)
        probable = sum(turning.probability for turning in self.turnings[begin : end + 1])
        return TieChange(
            day=day, eve=eve, was=self._stance(eve), became=self._stance(day), turn=turn, before=before, after=after,
            gain=None, probability=min(probable, 1.0), missing=sum(value is None for _, value in within),
            pulls=self.own.pulls(eve, day, way, self.course.step.days),
        )  # fmt: skip

    def _stance(self, day: date) -> Stance:
        return next(episode.stance for episode in reversed(self.episodes) if episode.start <= day)

    def _level(self, run: list[Episode], near: date) -> float:
        """The mean over the course's days in a stretch; where there is none, on the day of it nearest the turn."""
        pairs = zip(self.course.days, self.course.values, strict=True)
        end = run[-1].end or date.max
        found = [value for day, value in pairs if value is not None and run[0].start <= day < end]
        return float(np.mean(found)) if found else self.own.logit(near)


def _logit(masses: Floats, evidence: Evidence) -> Floats:
    """log P - log (1 - P) of P(friendly > hostile), each of the two exact however small."""
    from scipy.special import betainc

    base = evidence.policy.prior_mass * np.array(evidence.policy.prior)
    friendly, hostile = base[0] + masses[:, 0], base[1] + masses[:, 1]
    smallest = np.finfo(np.float64).tiny
    p, q = betainc(hostile, friendly, 0.5), betainc(friendly, hostile, 0.5)
    logit: Floats = np.log(np.maximum(p, smallest)) - np.log(np.maximum(q, smallest))
    return logit


@dataclass(frozen=True, slots=True)
class _Own:
    """The claims of one tie: the number, side and weight of each, and the day from which it counts."""

    evidence: Evidence
    tie: int
    first: int
    number: NDArray[np.int64]
    sign: NDArray[np.int64]
    arrival: NDArray[np.int64]
    alone: Floats
    half_life: Floats
    lasts: Floats  # days from the first on which it counts to that on which it counts half

    @classmethod
    def of(cls, evidence: Evidence, tie: int) -> _Own:
        first = int(evidence.first[tie])
        own = slice(first, first + int(evidence.count[tie]))
        early = evidence.hindsight is Hindsight.FULL
        arrival = evidence.anchor[own] if early else np.maximum(evidence.anchor[own], evidence.known[own])
        return cls(
            evidence, tie, first, evidence.columns.number[evidence.claim[own]], np.array(CLASSES)[evidence.kind[own]],
            arrival, evidence.credible[own] * evidence.intensity[own], evidence.half_life[own],
            evidence.half_life[own] + np.maximum(evidence.fades[own] - arrival, 0),
        )  # fmt: skip

    def masses(self, days: NDArray[np.int64]) -> Floats:
        """What each claim gives on each of these days: shape (days, claims)."""
        rows = self.evidence.rows(np.full(len(days), self.tie), days)
        found = np.zeros((len(days), len(self.number)))
        found[rows.query, rows.row - self.first] = rows.mass
        return found

    def logit(self, day: date) -> float:
        masses = self.evidence.masses(np.array([self.tie]), np.array([day.toordinal()])).sum(axis=1)
        return float(_logit(masses, self.evidence)[0])

    def fresh(self, at: NDArray[np.int64], before: Floats) -> Floats:
        """The friendly and hostile mass that came in each step: after the day before and by its own. The first step
        has what counted `before`, on its day."""
        found = np.zeros((len(at), 2))
        found[0] = before[:2]
        looks = np.unique(self.arrival[(self.arrival > at[0]) & (self.arrival <= at[-1])])
        rows = self.evidence.rows(np.full(len(looks), self.tie), looks)
        own = rows.row - self.first
        new = (self.arrival[own] == looks[rows.query]) & (self.sign[own] != 0)
        side = np.where(self.sign[own[new]] > 0, 0, 1)
        np.add.at(found, (np.searchsorted(at, looks[rows.query[new]]), side), rows.mass[new])
        return found

    def pulls(self, eve: date, day: date, way: int, step: int) -> tuple[Pull, ...]:
        """What each claim did about a change that went this `way`, those that pull with it first."""
        low, high = eve.toordinal(), day.toordinal()
        towards = way * self.sign
        away = np.maximum(np.maximum(low + 1 - self.arrival, self.arrival - high), 0)
        near = away <= np.maximum(self.half_life, step)
        came = np.where(near, towards * self.alone * np.exp2(-away / self.half_life), 0.0)
        earlier, later = self.masses(np.array([low - step, high + step]))
        lost = -towards * np.maximum(earlier - later, 0.0)
        faded = (came <= 0) & (lost > 0)
        pull = np.where(faded, lost, came)
        order = np.lexsort((self.number, -np.abs(pull), pull <= 0))
        weighty = (pull != 0) & (np.abs(pull) >= _SHARE * np.abs(pull).max(initial=0.0))
        return tuple(
            Pull(claim=int(self.number[n]), cause=Cause.FADED if faded[n] else Cause.ARRIVED, pull=float(pull[n]))
            for n in order
            if weighty[n]
        )
