"""The map of every month at once, for a slider that asks the server for nothing while it moves.

Which ties are on a map is settled for all days together, so that neither an actor nor a line moves with the date.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.dossier.drawing import drawn
from cordiale.dossier.mapping import NamedSnapshot, last_days
from cordiale.errors import InvalidValue
from cordiale.figures import DrawnTie, Figure, graph, matrix
from cordiale.figures.graph import around, sentence
from cordiale.figures.states import TENTHS, state_numbers, states
from cordiale.ties import STANCES, Evidence, Stance, Tie
from cordiale.ties.course import TieCourse, course_of_ties
from cordiale.web.desk import Desk
from cordiale.web.models import CourseView, StateView
from cordiale.web.view import View

MOST = {"graph": 300, "matrix": 60}
"""Actors of a map, those with the most ties of any day, unless one is looked at or all are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a map shows: its shape, the actor that it is around, the bloc whose members it shows, if any, everybody or
    the most tied, how certain at least; the ties of any day, as numbers of the evidence, and how many actors are left
    out."""

    shape: str
    focus: str | None
    bloc: str | None
    least: float
    evidence: Evidence = field(repr=False)
    ties: NDArray[np.int64] = field(repr=False)
    left_out: int


def chosen(
    desk: Desk, view: View, *, shape: str, focus: str | None, bloc: str | None, everyone: bool, least: float
) -> Chosen:
    """The ties of a map: of an actor and among its neighbours of any day, or among those with the most ties; with a
    bloc, those of them among its members on the day of the view.
    """
    evidence = desk.evidence(view)
    a, b, count = evidence.a, evidence.b, len(evidence.columns.actors)
    left_out, inside, members = 0, np.ones(count, dtype=bool), np.ones(count, dtype=bool)
    if bloc is not None:
        members = _members(desk, view, bloc)
    if focus is not None:
        inside = np.zeros(count, dtype=bool)
        if focus in evidence.columns.actors:
            inside = _near(evidence.columns.actors.index(focus), a, b, np.ones(len(a), dtype=bool), count)
    elif not (everyone and shape == "graph") and (there := int(members.sum())) > MOST[shape]:
        inside = np.zeros(count, dtype=bool)
        among = members[a] & members[b]
        often = np.bincount(np.concatenate([a[among], b[among]]), minlength=count)
        inside[np.argsort(-often, kind="stable")[: MOST[shape]]] = True
        left_out = there - MOST[shape]
    inside &= members
    ties = np.flatnonzero(inside[a] & inside[b])
    return Chosen(shape=shape, focus=focus, bloc=bloc, least=least, evidence=evidence, ties=ties, left_out=left_out)


def _members(desk: Desk, view: View, bloc: str) -> NDArray[np.bool_]:
    """Which actors are members of a bloc on the day of a view; an `InvalidValue` where none is."""
    actors = desk.evidence(view).columns.actors
    found = next((one.members for one in desk.snapshot(view).member_blocs() if one.name == bloc), None)
    if found is None:
        mend = f"name a bloc that has members with ties on {view.at}, or leave it out"
        raise InvalidValue("the bloc of a map", desk.dossier.catalogue()[bloc].name, mend)
    return np.isin(np.arange(len(actors)), [number for number, actor in enumerate(actors) if actor in found])


def seen_on(desk: Desk, view: View, what: Chosen) -> list[Tie]:
    """The ties of a map on the day of a view, since when they stand so left open."""
    seen = NamedSnapshot(what.evidence, at=view.at, desk=desk.dossier, ties=what.ties).at_a_glance()
    ties = [tie for tie in seen if tie.stance is not Stance.UNKNOWN and tie.certainty >= what.least]
    return ties if what.focus is None else around(what.focus, ties)


def day_of(desk: Desk, view: View, what: Chosen, split: frozenset[tuple[str, str]] = frozenset()) -> list[DrawnTie]:
    """The same as they are drawn; `split` are those that are disputed on any day."""
    ties = seen_on(desk, view, what)
    return [replace(drawn(tie, view.tie), may_split=(tie.a, tie.b) in split) for tie in ties]


def map_of(desk: Desk, view: View, what: Chosen, ties: Sequence[DrawnTie], hidden: Sequence[DrawnTie] = ()) -> Figure:
    """The map of a day; `hidden` are ties of other days."""
    names, notes = desk.names(*([] if what.focus is None else [what.focus])), [desk.made_of(view)]
    if what.least:
        notes.append(f"Shown are ties of certainty {what.least:g} or more.")
    if what.bloc is not None:
        notes.append(f"Shown are the members of {desk.dossier.catalogue()[what.bloc].name} on {view.at}.")
    if what.left_out:
        notes.append(f"Shown are the {MOST[what.shape]} actors with the most ties; {what.left_out:,} are left out.")
    if what.shape == "matrix":
        return matrix(ties, names, at=view.at, notes=notes, hidden=hidden, most=len(names), focus=what.focus)
    return graph(
        ties, names, at=view.at, places=_places(desk, view, what), focus=what.focus, notes=notes,
        actor_href=lambda actor: view.to("actor", actor), hidden=hidden,
    )  # fmt: skip


def _places(desk: Desk, view: View, what: Chosen) -> Mapping[str, tuple[float, float]]:
    """Where actors lie; those around one are spread over the whole picture, on every day alike."""
    evidence = what.evidence
    if what.bloc is not None:
        return desk.places(view, evidence, f"{what.shape} of {what.bloc} on {view.at}, {what.focus}", what.ties)
    if what.left_out:  # the most tied ones of many
        return desk.places(view, evidence, what.shape, what.ties)
    if what.focus is None:
        return desk.places(view, evidence)
    if len(evidence.columns.actors) > MOST["graph"]:  # too many to lay out for one of them
        return desk.places(view, evidence, f"around {what.focus}", what.ties)
    places = desk.places(view, evidence)
    ends = np.unique(np.concatenate([evidence.a[what.ties], evidence.b[what.ties]])).tolist()
    near = [key for number in ends if (key := evidence.columns.actors[number]) in places]
    if not near:
        return places
    spots = np.array([places[key] for key in near])
    low, size = spots.min(axis=0), np.ptp(spots, axis=0)
    spread = np.where(size > 0, (spots - low) / np.where(size > 0, size, 1.0), 0.5)
    return {**places, **{key: (x, y) for key, (x, y) in zip(near, spread.tolist(), strict=True)}}


def course_of(desk: Desk, view: View, what: Chosen) -> CourseView:
    """How every tie of a map stands in each month, with a figure that holds them all."""
    evidence, months = what.evidence, desk.months(view)
    days = () if months is None else months.days
    course = course_of_ties(evidence, what.ties, days)
    numbers = state_numbers(course.stance, course.weight, course.certainty, course.disputed)
    numbers[~_seen(desk, evidence, course, what)] = 0
    kept = np.flatnonzero(numbers.any(axis=0))
    numbers = np.ascontiguousarray(numbers[:, kept])
    table, actors, ties = states(), evidence.columns.actors, what.ties[kept]
    pairs = [(actors[evidence.a[tie]], actors[evidence.b[tie]]) for tie in ties.tolist()]
    splits = np.flatnonzero(np.array([one.split for one in table])[numbers].any(axis=0))
    split = frozenset(pairs[place] for place in splits.tolist())
    today = day_of(desk, view, what, split)
    shown = {(tie.a, tie.b) for tie in today}
    hidden = [
        DrawnTie(
            a=a, b=b, stance=Stance.UNKNOWN, weight=0.0, certainty=0.0, href=view.tie(a, b), may_split=(a, b) in split
        )
        for a, b in pairs
        if (a, b) not in shown
    ]  # fmt: skip
    ends, kinds = np.stack([evidence.a[ties], evidence.b[ties]]), [one.kind for one in table]
    return CourseView(
        days=list(days), ties=[f"{a} {b}" for a, b in pairs], states=base64.b64encode(numbers.tobytes()).decode(),
        meanings=[StateView(css=one.css, words=one.words, glyph=one.glyph) for one in table],
        titles=[_title(desk, what, ends, row, kinds, day) for row, day in zip(numbers, days, strict=True)],
        turned=_turned(numbers), markup=map_of(desk, view, what, today, hidden).markup,
    )  # fmt: skip


def _near(focus: int, a: NDArray[Any], b: NDArray[Any], known: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Who is an actor or has a tie with it that is known."""
    near = np.zeros(count, dtype=bool)
    own = known & ((a == focus) | (b == focus))
    near[np.concatenate([a[own], b[own]])] = True
    near[focus] = True
    return near


def _seen(desk: Desk, evidence: Evidence, course: TieCourse, what: Chosen) -> NDArray[np.bool_]:
    """Which readings of a course are on the map: certain enough, of actors that were there, near whom it is around."""
    last = last_days(evidence, desk.dossier)[course.ties]
    days = np.array([day.toordinal() for day in course.days], dtype=np.int64)
    seen = (course.certainty >= what.least) & (last[None, :] >= days[:, None])
    seen &= course.stance != STANCES.index(Stance.UNKNOWN)
    if what.focus is not None and what.focus in evidence.columns.actors:
        a, b = evidence.a[course.ties], evidence.b[course.ties]
        focus, count = evidence.columns.actors.index(what.focus), len(evidence.columns.actors)
        for place in range(len(seen)):
            near = _near(focus, a, b, seen[place], count)
            seen[place] &= near[a] & near[b]
    return seen


def _title(
    desk: Desk, what: Chosen, ends: NDArray[Any], numbers: NDArray[np.uint8], kinds: Sequence[str], day: date
) -> str:
    """The sentence over the map of a day."""
    there = numbers > 0
    count = Counter(dict(zip(*np.unique(numbers[there], return_counts=True), strict=True)))
    summed = Counter[str]()
    for number, times in count.items():
        summed[kinds[number]] += int(times)
    actors = len(np.unique(ends[:, there]))
    name = None if what.focus is None else desk.dossier.find(what.focus).name
    return sentence(actors, summed, day, around=name)


def _turned(numbers: NDArray[np.uint8]) -> list[int]:
    """How many ties are drawn otherwise, but for their certainty, than on the day before."""
    kinds = (numbers.astype(np.int64) + TENTHS - 1) // TENTHS
    return [0, *(kinds[1:] != kinds[:-1]).sum(axis=1).tolist()] if len(kinds) else []
