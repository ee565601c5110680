"""The history of a tie: stretches over which one stance holds, and what turned one into the next.

Stances are weighed on a bounded grid of days and every change is then narrowed down to its day. Nothing is smoothed
and no change is explained by anything but claims.
Clocks: `until` is a held day, `known` a published one. Seen in full hindsight, a past day is judged by all that is
known; without hindsight, by what was known on that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue, UnknownName
from cordiale.ties.attribution import DAY_BITS
from cordiale.ties.closing import Ints, expand
from cordiale.ties.evidence import Evidence, Hindsight, weigh
from cordiale.ties.policy import DEFAULT_POLICY, EvidencePolicy
from cordiale.ties.posterior import STANCES, Stance, posterior

GRID_STEP = 91
"""Days between the points at which a tie is looked at while nothing is said of it."""
GRID_POINTS = (120, 1000)
"""Fewest and most days looked at for one tie before changes are narrowed down; the more claims, the fewer days. Up to
the bound every arrival is looked at; beyond it, a stance that held for some weeks may go unseen."""

_WORK = 1_200_000  # claims times days, looked at for one tie
_WINDOW = 30  # days over which a fading is traced to the claims that faded
_SHARE = 0.1  # of the largest: claims that weigh less do not count as a cause
_EACH = np.arange(len(STANCES), dtype=np.int8)
_SIDES = np.array(
    [
        {1: STANCES.index(Stance.FRIENDLY), -1: STANCES.index(Stance.HOSTILE)}.get(s.sign, i)
        for i, s in enumerate(STANCES)
    ],
    dtype=np.int8,
)


class Cause(StrEnum):
    """Why a stance changed: claims arrived that day, or claims that held it up had ended, been closed, or aged."""

    ARRIVED = "arrived"
    FADED = "faded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A stretch [start, end) of a tie's history over which one stance holds; `end` is None for the current one.

    `claims` are the numbers of those that spoke for this stance or, where it takes no side, of all that counted, the
    weightiest first. `cause` and `because` say what began it: the claims that arrived, or those that faded.
    """

    start: date
    end: date | None
    stance: Stance
    claims: tuple[int, ...]
    cause: Cause
    because: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise InvalidValue("an episode of no day", (self.start, self.end), "its end comes after its start")


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceChange:
    """From one stance to another: the first day of the new one, and the claims whose arrival or age brought it."""

    day: date
    before: Stance
    after: Stance
    cause: Cause
    claims: tuple[int, ...]


def changes(episodes: Sequence[Episode]) -> tuple[StanceChange, ...]:
    """What happened between episodes that follow one another.

    >>> changes([])
    ()
    """
    return tuple(
        StanceChange(day=late.start, before=early.stance, after=late.stance, cause=late.cause, claims=late.because)
        for early, late in pairwise(episodes)
    )


def episodes(
    columns: ClaimColumns,
    a: str,
    b: str,
    *,
    until: date,
    known: date | None = None,
    hindsight: Hindsight = Hindsight.FULL,
    policy: EvidencePolicy = DEFAULT_POLICY,
) -> tuple[Episode, ...]:
    """The episodes of the tie between two actors, from the first claim that counts to `until`; () without claims.

    `columns` should hold what documents say of quoted speakers too, not only the pair's claims: who is hostile to whom
    is read from it. An actor that no claim names is an `UnknownName`.
    """
    for actor in (a, b):
        if actor not in columns.actors:
            raise UnknownName("actor", actor, columns.actors, "no claim names it")
    evidence = weigh(columns, known=known, hindsight=hindsight, policy=policy)
    tie = evidence.find(columns.actors.index(a), columns.actors.index(b))
    return () if tie is None else episodes_of(evidence, tie, until=until)


def episodes_of(evidence: Evidence, tie: int, *, until: date) -> tuple[Episode, ...]:
    """The same for a tie of evidence that is already prepared."""
    course = _course(evidence, np.array([tie]), until.toordinal(), _EACH)
    if not len(course.day):
        return ()
    turns = np.flatnonzero(np.diff(course.code, prepend=-1))
    starts, codes = course.day[turns], course.code[turns]
    ends = np.append(starts[1:], until.toordinal() + 1)
    # Four looks at each episode: its first day, its last, the day before it, and a while before that.
    earlier = np.maximum(starts - _WINDOW, np.concatenate([[0], starts[:-1]]))
    days = np.stack([starts, ends - 1, starts - 1, earlier], axis=1).ravel()
    rows = evidence.rows(np.full(len(days), tie), days)
    first = int(evidence.first[tie])
    weights = np.zeros((len(starts), 4, int(evidence.count[tie])))
    weights[rows.query // 4, rows.query % 4, rows.row - first] = rows.mass
    run = slice(first, first + int(evidence.count[tie]))
    kind, number = evidence.kind[run], evidence.columns.number[evidence.claim[run]]
    arrival = _arrival(evidence)[run]
    alone = evidence.credible[run] * evidence.intensity[run]
    found = []
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        stance = STANCES[codes[n]]
        speaks = kind == (0 if stance.sign > 0 else 1) if stance.sign else np.ones(len(kind), dtype=bool)
        within = np.where((arrival >= start) & (arrival < end), alone, 0.0)
        held = np.where(speaks, np.maximum(np.maximum(weights[n, 0], weights[n, 1]), within), 0.0)
        came = np.where(arrival == start, weights[n, 0], 0.0)
        lost = np.maximum(weights[n, 3] - weights[n, 0], 0.0)
        arrived = came.any()
        found.append(
            Episode(
                start=date.fromordinal(int(start)),
                end=None if n + 1 == len(starts) else date.fromordinal(int(end)),
                stance=stance,
                claims=_heaviest(number, held, 0.0),
                cause=Cause.ARRIVED if arrived else Cause.FADED,
                because=_heaviest(number, came if arrived else lost, _SHARE),
            )
        )
    return tuple(found)


def since(evidence: Evidence, ties: NDArray[np.int64], *, at: date) -> Ints:
    """For each of these ties the ordinal of the first day of its current stretch on one side; 0 where none counts.

    Friendly and leaning friendly are one side here, so that a tie's age does not restart with every article.
    """
    course = _course(evidence, ties, at.toordinal(), _SIDES, last_only=True)
    found = np.zeros(len(ties), dtype=np.int64)
    if len(course.day):
        last, breaks = course.ends()
        heads = np.concatenate([[0], last[:-1] + 1])
        found[course.query[last]] = course.day[np.where(breaks >= 0, breaks + 1, heads)]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """Stance codes of ties on days, sorted by tie (its place in the question) and day."""

    query: Ints
    day: Ints
    code: NDArray[np.int8]

    def ends(self) -> tuple[Ints, Ints]:
        """For each tie the place of its last point, and of the last point before it with another code, or -1."""
        last = np.append(np.flatnonzero(np.diff(self.query)), len(self.query) - 1)
        run = np.searchsorted(last, np.arange(len(self.query)))
        breaks = np.full(len(last), -1, dtype=np.int64)
        other = np.flatnonzero(self.code != self.code[last][run])
        np.maximum.at(breaks, run[other], other)
        return last, breaks


def _course(
    evidence: Evidence, ties: NDArray[np.int64], until: int, codes: NDArray[np.int8], *, last_only: bool = False
) -> _Course:
    """Stances on the grid, with midpoints put in wherever neighbours differ until they lie a day apart.

    `last_only` narrows down only the last change of each tie.
    """

    def look(query: Ints, day: Ints) -> NDArray[np.int8]:
        masses = evidence.masses(ties[query], day).sum(axis=1)
        return codes[posterior(masses, evidence.policy).stance]

    query, day = _grid(evidence, ties, until)
    course = _Course(query=query, day=day, code=look(query, day))
    while len(course.day):
        if last_only:
            breaks = course.ends()[1]
            left = breaks[breaks >= 0]
        else:
            left = np.flatnonzero((np.diff(course.query) == 0) & (np.diff(course.code) != 0))
        left = left[course.day[left + 1] - course.day[left] > 1]
        if not len(left):
            break
        query, day = course.query[left], (course.day[left] + course.day[left + 1]) // 2
        place = left + 1
        course = _Course(
            query=np.insert(course.query, place, query),
            day=np.insert(course.day, place, day),
            code=np.insert(course.code, place, look(query, day)),
        )
    return course


def _grid(evidence: Evidence, ties: NDArray[np.int64], until: int) -> tuple[Ints, Ints]:
    """The days to look at for each tie: when something is said to begin, its eve, its end, and every `GRID_STEP`."""
    query, row = expand(evidence.first[ties], evidence.count[ties])
    arrival = _arrival(evidence)[row]
    counted = arrival <= until
    query, row, arrival = query[counted], row[counted], arrival[counted]
    if not len(row):
        return query, arrival
    begin = np.full(len(ties), until + 1, dtype=np.int64)
    np.minimum.at(begin, query, arrival)
    steps = np.maximum(0, -(-(until + 1 - begin) // GRID_STEP))
    regular, step = expand(np.zeros(len(ties), dtype=np.int64), steps)
    some = np.flatnonzero(begin <= until)
    # The eve of an arrival shows what had faded by then, which the arrival may hide.
    queries = np.concatenate([query, query, query, regular, some])
    days = np.concatenate(
        [arrival - 1, arrival, evidence.fades[row], begin[regular] + step * GRID_STEP, np.full(len(some), until)]
    )
    inside = (days >= begin[queries]) & (days <= until)
    packed = np.sort((queries[inside] << DAY_BITS) + days[inside])
    packed = packed[np.diff(packed, prepend=-1) != 0]
    query, day = packed >> DAY_BITS, packed & ((1 << DAY_BITS) - 1)
    points = np.bincount(query, minlength=len(ties))
    most = np.clip(_WORK // np.maximum(evidence.count[ties], 1), *GRID_POINTS)
    place = np.arange(len(query)) - (np.cumsum(points) - points)[query]
    bound = (most - 1)[query]
    thin = np.maximum(points[query] - 1, bound)
    kept = (place == 0) | (place * bound // thin != (place - 1) * bound // thin)
    return query[kept], day[kept]


def _arrival(evidence: Evidence) -> Ints:
    """The day from which each row counts, in this hindsight."""
    if evidence.hindsight is Hindsight.NONE:
        return np.maximum(evidence.anchor, evidence.known)
    return evidence.anchor


def _heaviest(number: NDArray[np.int64], weight: NDArray[np.float64], share: float) -> tuple[int, ...]:
    """The numbers of the claims that weigh something, and at least this share of the heaviest; heaviest first."""
    order = np.lexsort((number, -weight))
    weighty = (weight > 0) & (weight >= share * weight.max(initial=0.0))
    return tuple(number[order[weighty[order]]].tolist())
