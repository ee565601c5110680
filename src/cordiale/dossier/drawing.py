"""The figures of a dossier's answers: the same on a page, in a report, in a notebook and in a static site.

Answers and evidence come in, figures go out; `href` says where a tie is told of, if anywhere. A course is looked at on
as many days as the claims allow in about half a second, from the first of which anything is known to the day asked of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import Actor, Claim, Event, Quote
from cordiale.dossier.changing import all_events, carried, happened_near, measured
from cordiale.dossier.mapping import NamedSnapshot, sourced_episodes
from cordiale.dossier.shifts import Measure, MeasureHistory, MeasureShift, TieHistory, TieShift
from cordiale.figures import (
    DrawnEpisode,
    DrawnTie,
    Figure,
    Flag,
    Mark,
    allies_area,
    balance_line,
    bloc_flow,
    course_line,
    isolation_line,
    stance,
    tie_timeline,
)
from cordiale.figures.isolation_line import course_of
from cordiale.networks import Isolation, blocs_over_time, frustration, isolation
from cordiale.networks.change import ChangePoint, change_points
from cordiale.networks.isolation import ties_around
from cordiale.ties import STANCES, Evidence, Snapshot, Stance, Tie
from cordiale.ties.course import course_of_ties
from cordiale.wording import words

if TYPE_CHECKING:
    from cordiale.dossier.answers import SourcedEpisode, SourcedTie, Who
    from cordiale.dossier.mapping import Desk

DAYS = (6, 60)
"""Fewest and most days of a course."""
WORK = 300_000
"""Claims times days that are looked at, at most, beyond the fewest days."""
TIES = 20_000
"""The same of ties times days, where networks are solved."""
BUDGET = 0.4
"""Seconds for all networks of a course together; what is not proven by then is drawn as such."""
SIGNS = (
    "Solid and +: friendly. Dashed and −: hostile. Dotted: neutral. Pale: leaning. Width: certainty. "
    "Rails and ?: disputed."
)
NO_CHANGE = "No change of its level stands out."

Href = Callable[[str, str], str | None]
"""Where the tie of two actors, by id, is told of."""


def made_of(desk: Desk, at: date, known: date | None) -> str:
    """What a figure was made of: day, knowledge, sources."""
    counts = desk.store.counts()
    told = f"as known on {known}" if known else "as known today"
    documents, datasets = _many(counts.documents, "document"), _many(counts.datasets, "dataset")
    scope = f" {desk.scope}" if desk.scope else ""
    return f"On {at}, {told}. From {documents} and {datasets} of {called(desk)}.{scope}"


def called(desk: Desk) -> str:
    """The name of a dossier without its folder: what is shown is handed on, and whose folder it was is not."""
    return desk.store.name.replace("\\", "/").rpartition("/")[2]


def drawn(tie: Tie, href: Href | None = None, *, since: bool = False) -> DrawnTie:
    """A tie as figures take it; `since` when asks for what takes long to find."""
    return DrawnTie(
        a=tie.a, b=tie.b, stance=tie.stance, weight=tie.weight, certainty=tie.certainty, disputed=tie.disputed,
        since=tie.since if since else None, href=None if href is None else href(tie.a, tie.b),
    )  # fmt: skip


def stance_of(desk: Desk, who: Who, href: Href | None = None) -> Figure:
    """An actor's two sides."""
    gone = {tie.b.id for tie in who.gone}
    ties = [drawn(tie.tie, href, since=True) for tie in who.ties if tie.b.id not in gone]
    names = {actor.id: actor.name for tie in who.ties for actor in (tie.a, tie.b)} | {who.actor.id: who.actor.name}
    return stance(who.actor.id, ties, names, at=who.at, notes=[made_of(desk, who.at, who.known), SIGNS])


def courses_of(desk: Desk, evidence: Evidence, actor: Actor, at: date) -> tuple[Figure, ...]:
    """An actor's allies and adversaries over time, and its isolation; () where no claim is about it."""
    area = area_of(desk, evidence, actor, at)
    if area is None:
        return ()
    course, history = isolation_course(desk, evidence, actor, at)
    return area, isolation_figure(desk, evidence, actor, course, history)


def area_of(desk: Desk, evidence: Evidence, actor: Actor, at: date) -> Figure | None:
    """An actor's allies and adversaries over time; None where no claim is about it by then."""
    if actor.id not in evidence.columns.actors:
        return None
    own = _own(evidence, actor)
    days = days_of(evidence, own, at, WORK)
    if not days:
        return None
    stance = course_of_ties(evidence, own, days).stance
    signs = np.array([one.sign for one in STANCES])[stance]
    counts = (signs > 0, signs < 0, stance == STANCES.index(Stance.CONTESTED))
    return allies_area(
        actor.name, days, *(one.sum(axis=1).tolist() for one in counts), notes=[made_of(desk, at, _known(evidence))]
    )


def _own(evidence: Evidence, actor: Actor) -> NDArray[np.int64]:
    """The ties of an actor that claims name."""
    number = evidence.columns.actors.index(actor.id)
    return np.flatnonzero((evidence.a == number) | (evidence.b == number))


def isolation_figure(
    desk: Desk, evidence: Evidence, actor: Actor, course: Sequence[Isolation], history: MeasureHistory
) -> Figure:
    """An actor's isolation over time, with its changes."""
    flags = [Flag(day=one.day, label=_told(one)) for one in history.changes]
    last = course[-1].at
    notes = [] if last is None else [made_of(desk, last, _known(evidence))]
    return isolation_line(actor.name, course, changes=flags, notes=notes)


def isolation_course(
    desk: Desk, evidence: Evidence, actor: Actor, at: date
) -> tuple[tuple[Isolation, ...], MeasureHistory]:
    """The isolation of an actor that claims name, up to a day, and when its level changed: near which events, and by
    which ties that turned."""
    near, own = ties_around(evidence, actor.id), _own(evidence, actor)
    share = evidence.count[own].sum() / max(evidence.count[near].sum(), 1)  # of the work that a day is
    days = days_of(evidence, own, at, int(WORK * share))
    seen = {day: Snapshot(evidence, at=day, ties=near) for day in days}
    columns, actors = evidence.columns, desk.catalogue()

    def brought(a: str, b: str, point: ChangePoint) -> SourcedEpisode | None:
        episodes = sourced_episodes(desk, seen[point.day].tie(a, b), evidence)
        return next((one for one in reversed(episodes) if one.start > point.eve), None)

    history = measured(
        lambda on: iter([seen[day] for day in on]), days, Measure.ISOLATION, actor.id,
        called=lambda key: actors[key].name, events=all_events(desk), brought=brought,
        correlation=carried(columns, days),
    )  # fmt: skip
    return tuple(isolation(one, actor.id) for one in seen.values()), history


def isolation_of(desk: Desk, name: str, found: Sequence[Isolation]) -> Figure:
    """The isolation of an actor, by name, that was measured already, with its changes on those days."""
    course = course_of(name, found)
    last = found[-1]
    carry = carried(desk.store.columns(actor=last.actor, known=last.known), course.days)
    points = change_points(course.days, course.values, variances=course.variances, correlation=carry)
    events = all_events(desk)
    flags = [
        Flag(day=one.day, label=_told(one, happened_near(one.eve, one.day, course.step, events))) for one in points
    ]
    notes = [made_of(desk, course.days[-1], last.known), *([] if flags else [NO_CHANGE])]
    return isolation_line(name, course, changes=flags, notes=notes)


def level_of(history: MeasureHistory, notes: Sequence[str] = ()) -> Figure:
    """How a measure went, with its changes."""
    flags = [Flag(day=one.day, label=_told(one)) for one in history.changes]
    course, notes = history.course, [*notes, *([] if flags else [NO_CHANGE])]
    if history.measure is Measure.ISOLATION:
        return isolation_line(history.actor or "", course, changes=flags, notes=notes)
    if history.measure is Measure.BALANCE:
        return balance_line(course.days, course.values, changes=flags, notes=notes)
    told = [(day, value) for day, value in zip(course.days, course.values, strict=True) if value is not None]
    if history.measure is Measure.HOSTILE:
        title = f"{told[-1][1]:.0%} of ties were hostile on {told[-1][0]}" if told else "No tie is known"
        return course_line(title, course, top=1, changes=flags, notes=notes)
    title = f"The ties made {_many(round(told[-1][1]), 'bloc')} on {told[-1][0]}" if told else "No tie is known"
    return course_line(title, course, changes=flags, notes=notes)


def _told(shift: MeasureShift | TieShift | ChangePoint, events: Sequence[Event] | None = None) -> str:
    """A change of level, with the first event near it: near, and not its cause."""
    near = shift.events if isinstance(shift, MeasureShift | TieShift) else events or ()
    said = f", near: {near[0].name}" if near else ""
    if isinstance(shift, TieShift) and shift.was is not shift.became:
        return f"{words(shift.was)} to {words(shift.became)}{said}"
    digits = 2 if max(shift.before, shift.after) <= 1 else 1  # a share, or a mean of counts
    return f"{shift.before:.{digits}f} to {shift.after:.{digits}f}{said}"


def timeline_of(
    desk: Desk,
    tie: SourcedTie,
    claims: Sequence[Claim],
    *,
    href: Callable[[date], str] | None = None,
    claim_href: Callable[[Claim], str | None] | None = None,
) -> Figure:
    """A tie's history, and what each source says of it; `href` is where the tie of a day is, `claim_href` a claim."""
    return tie_timeline(
        tie.a.name, tie.b.name,
        [DrawnEpisode(start=one.start, end=one.end, stance=one.stance) for one in tie.episodes()],
        [_mark(claim, None if claim_href is None else claim_href(claim)) for claim in claims],
        events=_flags(desk, tie, claims), until=tie.tie.at, notes=[made_of(desk, tie.tie.at, tie.tie.known)], href=href,
    )  # fmt: skip


def changes_of(desk: Desk, history: TieHistory, claims: Sequence[Claim]) -> Figure:
    """A tie's history, and what each source says of it, with a flag on the day of each change."""
    last = history.course.days[-1]
    return tie_timeline(
        history.a.name, history.b.name,
        [DrawnEpisode(start=one.start, end=one.end, stance=one.stance) for one in history.episodes],
        [_mark(claim, None) for claim in claims], until=last,
        events=[Flag(day=one.day, label=_told(one)) for one in history.changes],
        notes=[made_of(desk, last, history.known), *([] if history.changes else [NO_CHANGE])],
    )  # fmt: skip


def _flags(desk: Desk, tie: SourcedTie, claims: Sequence[Claim]) -> list[Flag]:
    """The events that are of one of the two, as a user said, and those that a quote about them names."""
    both = {tie.a.id, tie.b.id}
    quotes = " ".join(claim.evidence.text for claim in claims if isinstance(claim.evidence, Quote)).casefold()
    return [
        Flag(day=event.held.start, label=event.name)
        for event in all_events(desk)
        if event.held.start is not None
        and event.held.start <= tie.tie.at
        and (both & set(event.actors) or any(name.casefold() in quotes for name in (event.name, *event.names)))
    ]


def source_of(claim: Claim) -> str:
    """The source of a claim, in a few words: an outlet, or a dataset with its version."""
    if not isinstance(claim.evidence, Quote):
        return f"{claim.evidence.dataset} {claim.evidence.version}"
    document = claim.evidence.document
    return document.publisher or document.title or document.source


def _mark(claim: Claim, href: str | None) -> Mark:
    text = claim.evidence.text if isinstance(claim.evidence, Quote) else claim.relation.name
    return Mark(
        source=source_of(claim), said=claim.published, held=claim.held, sign=claim.sign, certainty=claim.certainty,
        text=text, key=claim.id, href=href,
    )  # fmt: skip


def blocs_course(desk: Desk, evidence: Evidence, at: date) -> Figure | None:
    """The blocs that fit best, over time; None where nothing is known."""
    given = _snapshots(desk, evidence, at)
    if not given:
        return None
    course = blocs_over_time(given, time_limit=BUDGET / len(given))
    return bloc_flow(course, _names(desk), notes=[made_of(desk, at, _known(evidence))])


def balance_course(desk: Desk, evidence: Evidence, at: date) -> Figure | None:
    """How far two sides explain the ties, over time; None where nothing is known."""
    given = _snapshots(desk, evidence, at)
    if not given:
        return None
    solved = [frustration(snapshot, time_limit=BUDGET / len(given)) for _, snapshot in given]
    values = [one.balance if one.total else None for one in solved]
    bounds = [1 - 2 * one.lower_bound / one.total if one.total else None for one in solved]
    notes = [made_of(desk, at, _known(evidence))]
    return balance_line([day for day, _ in given], values, bounds, notes=notes)


def days_of(evidence: Evidence, ties: NDArray[np.int64], until: date, work: int) -> list[date]:
    """Days from the first of which these ties have anything to a last one: fewer of them, the more work each is."""
    rows = np.isin(evidence.tie, ties)
    begun = evidence.anchor[rows]
    begun = begun[begun <= until.toordinal()]
    if not len(begun):
        return []
    count = int(np.clip(work // max(len(begun), 1), *DAYS))
    ordinals = np.linspace(begun.min(), until.toordinal(), count).round().astype(int)
    return [date.fromordinal(ordinal) for ordinal in np.unique(ordinals).tolist()]


def _snapshots(desk: Desk, evidence: Evidence, at: date) -> list[tuple[date, NamedSnapshot]]:
    """All ties on the days of a course: fewer, the more ties there are."""
    if len(evidence.anchor) * DAYS[0] > 2 * WORK:  # too many claims to be looked at again and again while one waits
        return []
    days = days_of(evidence, np.arange(len(evidence)), at, WORK)
    most = int(np.clip(TIES // max(len(evidence), 1), *DAYS))
    places = np.unique(np.linspace(0, len(days) - 1, min(most, len(days))).round().astype(int)).tolist()
    return [(days[place], NamedSnapshot(evidence, at=days[place], desk=desk)) for place in places]


def _names(desk: Desk) -> dict[str, str]:
    return {key: actor.name for key, actor in desk.store.actors().items()}


def _known(evidence: Evidence) -> date | None:
    return None if evidence.known_day is None else date.fromordinal(evidence.known_day)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
