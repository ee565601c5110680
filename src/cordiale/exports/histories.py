"""What formats over time are made of: the course of each tie, stretch by stretch, from evidence.

An episode of which nothing is known is no stretch; a tie ends with the first of its actors that ends. Clocks: stretches
are held days, half-open; the evidence says as known when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import Actor
from cordiale.errors import InvalidValue
from cordiale.ties import Episode, Evidence, Stance, episodes_of
from cordiale.ties.posterior import posterior

LOOKS = 50
"""Days within a stretch, at most, on which its strength is looked at, besides its first and its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """An episode as it is written: [start, end), `end` None where it still held on the last day that was asked for.

    `weight` is the absolute strength of the tie where it was strongest, in [0, 1].
    """

    start: date
    end: date | None
    sign: int
    stance: str
    weight: float

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise InvalidValue("a stretch of no day", (self.start, self.end), "its end comes after its start")
        if self.sign not in (-1, 0, 1) or not isfinite(self.weight) or self.weight < 0:
            raise InvalidValue("a stretch's sign and weight", (self.sign, self.weight), "give -1, 0 or 1, and a size")


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCourse:
    """A tie over time: the ids of two actors, in order, and its stretches, in order and apart."""

    a: str
    b: str
    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        if not self.a < self.b:
            raise InvalidValue("the actors of a tie", (self.a, self.b), "give two ids, in order")
        after = all(one.end is not None and one.end <= other.start for one, other in pairwise(self.stretches))
        if not self.stretches or not after:
            raise InvalidValue("the stretches of a tie", self.stretches, "give one or more, each after the one before")

    @property
    def weight(self) -> float:
        """The strength of its last stretch."""
        return self.stretches[-1].weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Days [begin, end) over which a tie had one sign, 1 or -1, firm or leaning; `weight` where it was strongest."""

    begin: date
    end: date | None
    sign: int
    weight: float


def spells(course: TieCourse) -> tuple[Spell, ...]:
    """The stretches that take a side, those of one sign that follow each other as one.

    >>> year = [date(2000 + n, 1, 1) for n in range(4)]
    >>> firm = Stretch(start=year[0], end=year[1], sign=1, stance="friendly", weight=0.5)
    >>> leaning = Stretch(start=year[1], end=year[2], sign=1, stance="leaning_friendly", weight=0.2)
    >>> torn = Stretch(start=year[2], end=None, sign=0, stance="contested", weight=0.1)
    >>> for spell in spells(TieCourse(a="iran", b="syria", stretches=(firm, leaning, torn))):
    ...     print(spell.begin, spell.end, spell.sign, spell.weight)
    2000-01-01 2002-01-01 1 0.5
    """
    found: list[Spell] = []
    for one in course.stretches:
        begin, weight = one.start, one.weight
        if found and found[-1].sign == one.sign and found[-1].end == one.start:
            before = found.pop()
            begin, weight = before.begin, max(weight, before.weight)
        if one.sign:
            found.append(Spell(begin=begin, end=one.end, sign=one.sign, weight=weight))
    return tuple(found)


def courses(
    evidence: Evidence,
    actors: Mapping[str, Actor],
    *,
    since: date | None = None,
    until: date,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[TieCourse]:
    """Each tie of which something was known from `since` through `until`, in the order of its ids.

    A stretch that began before `since` begins there. `progress` is told of each tie that is looked at, and of how many.
    """
    names = evidence.columns.actors
    for tie in range(len(evidence)):
        if progress is not None:
            progress(tie + 1, len(evidence))
        a, b = names[evidence.a[tie]], names[evidence.b[tie]]
        ends = [actors[key].held.end for key in (a, b) if key in actors]
        gone = min((end for end in ends if end is not None and end <= until), default=None)
        known = [one for one in episodes_of(evidence, tie, until=until) if one.stance is not Stance.UNKNOWN]
        cut = [(one, *_cut(one, since, gone)) for one in known]
        kept = [(one, start, end) for one, start, end in cut if end is None or start < end]
        if kept:
            after = until.toordinal() + 1
            spans = [(start.toordinal(), end.toordinal() if end else after) for _, start, end in kept]
            weights = _strengths(evidence, tie, spans)
            yield TieCourse(a=a, b=b, stretches=tuple(
                Stretch(start=start, end=end, sign=one.stance.sign, stance=str(one.stance), weight=weight)
                for (one, start, end), weight in zip(kept, weights, strict=True)
            ))  # fmt: skip


def _cut(episode: Episode, since: date | None, gone: date | None) -> tuple[date, date | None]:
    ends = [day for day in (episode.end, gone) if day is not None]
    return max(episode.start, since or episode.start), min(ends, default=None)


def _strengths(evidence: Evidence, tie: int, spans: list[tuple[int, int]]) -> list[float]:
    """The absolute weight of a tie in each span of ordinals where it was strongest; it grows only as claims come in."""
    run = slice(int(evidence.first[tie]), int(evidence.first[tie]) + int(evidence.count[tie]))
    came = np.unique(evidence.anchor[run])
    looks = [_looks(came, start, end) for start, end in spans]
    days = np.concatenate(looks)
    masses = evidence.masses(np.full(len(days), tie), days).sum(axis=1)
    weights = np.abs(posterior(masses, evidence.policy).weight)
    return [float(part.max()) for part in np.split(weights, np.cumsum([len(look) for look in looks])[:-1])]


def _looks(came: NDArray[np.int64], start: int, end: int) -> NDArray[np.int64]:
    within = came[(came > start) & (came < end)]
    return np.concatenate([[start, end - 1], within[:: len(within) // LOOKS + 1]])
