"""What changed most of late: the ties that stand otherwise than a while before, with what turned them.

Weighs nothing itself: two snapshots of one evidence are held against each other, and the history of those ties that
moved furthest says on which day and by which claims. Clocks: days are held days, `known` a published one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from cordiale.claims import Actor, Claim
from cordiale.dossier.answers import Sources
from cordiale.dossier.mapping import Desk, ended
from cordiale.ties import Cause, Evidence, Snapshot, Stance, changes, episodes_of
from cordiale.ties.posterior import STANCES

MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class News:
    """A tie that turned: from which stance to which, on which day, by which claims; `shift` is that of its weight."""

    a: Actor
    b: Actor
    day: date
    before: Stance
    after: Stance
    shift: float
    cause: Cause
    numbers: tuple[int, ...] = field(repr=False)
    sources: Sources = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return f"<{self.a.name} and {self.b.name}, {self.day}: {self.before} to {self.after}>"

    def claims(self, limit: int | None = None) -> tuple[Claim, ...]:
        """The claims that turned it, the weightiest first."""
        return tuple(self.sources.drawn(self.numbers[:limit]))


def news(desk: Desk, evidence: Evidence, at: date, *, span: timedelta = MONTH, limit: int = 5) -> tuple[News, ...]:
    """The ties that changed their stance within a span of days up to one, those whose weight moved furthest first."""
    begun = date.fromordinal(max(at.toordinal() - span.days, 1))
    moved = _moved(evidence, begun, at)
    actors, ids = desk.catalogue(), evidence.columns.actors
    found: list[News] = []
    for tie, shift in moved:
        a, b = (actors[ids[end]] for end in (evidence.a[tie], evidence.b[tie]))
        if ended(a, at) or ended(b, at):
            continue
        turns = [one for one in changes(episodes_of(evidence, tie, until=at)) if begun < one.day <= at]
        if turns:
            last = turns[-1]
            found.append(News(
                a=a, b=b, day=last.day, before=turns[0].before, after=last.after, shift=shift, cause=last.cause,
                numbers=last.claims, sources=desk,
            ))  # fmt: skip
        if len(found) == limit:
            break
    return tuple(found)


def _moved(evidence: Evidence, begun: date, at: date) -> Sequence[tuple[int, float]]:
    """The ties whose stance is another by then, and by how much their weight moved, most first."""
    stance = np.full((2, len(evidence)), STANCES.index(Stance.UNKNOWN), dtype=np.int8)
    weight = np.zeros((2, len(evidence)))
    for place, day in enumerate((begun, at)):
        seen = Snapshot(evidence, at=day)
        stance[place, seen.numbers] = seen.posterior.stance
        weight[place, seen.numbers] = seen.posterior.weight
    shift = weight[1] - weight[0]
    other = np.flatnonzero(stance[0] != stance[1])
    order = other[np.lexsort((other, -np.abs(shift[other])))]
    return [(int(tie), float(shift[tie])) for tie in order]
