"""What pages show over time: an actor's allies and isolation, a tie's history, blocs and balance.

A course is looked at on as many days as the claims allow in about half a second, from the first of which anything is
known to the day of the view.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import Claim, Quote
from cordiale.dossier.mapping import NamedSnapshot
from cordiale.figures import (
    DrawnEpisode,
    Figure,
    Mark,
    allies_area,
    balance_line,
    bloc_flow,
    isolation_line,
    tie_timeline,
)
from cordiale.networks import blocs_over_time, frustration, isolation
from cordiale.networks.isolation import ties_around
from cordiale.ties import Evidence, Snapshot, Stance
from cordiale.web.view import View

if TYPE_CHECKING:
    from cordiale.dossier import SourcedTie, Who
    from cordiale.web.desk import Desk

DAYS = (6, 60)
"""Fewest and most days of a course."""
WORK = 300_000
"""Claims times days that are looked at, at most, beyond the fewest days."""
TIES = 20_000
"""The same of ties times days, where networks are solved."""
BUDGET = 0.4
"""Seconds for all networks of a course together; what is not proven by then is drawn as such."""


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


def of_actor(desk: Desk, who: Who, view: View) -> list[Figure]:
    """An actor's allies and adversaries over time, and its isolation."""
    evidence, key = desk.evidence(view.known), who.actor.id
    if key not in evidence.columns.actors:
        return []
    number = evidence.columns.actors.index(key)
    own = np.flatnonzero((evidence.a == number) | (evidence.b == number))
    days = days_of(evidence, own, view.at, WORK)
    if not days:
        return []
    counts: list[list[int]] = [[], [], []]
    for day in days:
        stances = [tie.stance for tie in Snapshot(evidence, at=day, ties=own).at_a_glance()]
        counts[0].append(sum(one.sign > 0 for one in stances))
        counts[1].append(sum(one.sign < 0 for one in stances))
        counts[2].append(sum(one is Stance.CONTESTED for one in stances))
    around = ties_around(evidence, key)
    course = [
        isolation(Snapshot(evidence, at=day, ties=around), key) for day in days_of(evidence, around, view.at, WORK)
    ]
    notes = [desk.made_of(view)]
    return [
        allies_area(who.actor.name, days, *counts, notes=notes),
        isolation_line(who.actor.name, course, notes=notes),
    ]


def of_tie(desk: Desk, tie: SourcedTie, claims: list[Claim], view: View) -> Figure:
    """A tie's history, and what each source says of it; each mark leads to its claim on the same page."""
    return tie_timeline(
        tie.a.name, tie.b.name,
        [DrawnEpisode(start=one.start, end=one.end, stance=one.stance) for one in tie.episodes()],
        [_mark(claim) for claim in claims],
        until=view.at, notes=[desk.made_of(view)],
        href=lambda day: View(at=day, known=view.known).to("tie", tie.a.id, tie.b.id),
    )  # fmt: skip


def _mark(claim: Claim) -> Mark:
    evidence = claim.evidence
    if isinstance(evidence, Quote):
        document = evidence.document
        source, text = document.publisher or document.title or document.source, evidence.text
    else:
        source, text = f"{evidence.dataset} {evidence.version}", claim.relation.name
    return Mark(
        source=source, said=claim.published, held=claim.held, sign=claim.sign, certainty=claim.certainty, text=text,
        key=claim.id, href=f"#{claim.id}",
    )  # fmt: skip


def _snapshots(desk: Desk, view: View) -> list[tuple[date, NamedSnapshot]]:
    """All ties on the days of a course: fewer, the more ties there are."""
    evidence = desk.evidence(view.known)
    if len(evidence.anchor) * DAYS[0] > 2 * WORK:  # too many claims to be looked at again and again while one waits
        return []
    days = days_of(evidence, np.arange(len(evidence)), view.at, WORK)
    most = int(np.clip(TIES // max(len(evidence), 1), *DAYS))
    places = np.unique(np.linspace(0, len(days) - 1, min(most, len(days))).round().astype(int)).tolist()
    return [(days[place], NamedSnapshot(evidence, at=days[place], desk=desk.dossier)) for place in places]


def of_blocs(desk: Desk, view: View) -> Figure | None:
    """The blocs that fit best, over time; None where nothing is known."""
    given = _snapshots(desk, view)
    if not given:
        return None
    course = blocs_over_time(given, time_limit=BUDGET / len(given))
    return bloc_flow(course, desk.dossier.names(), notes=[desk.made_of(view)])


def of_balance(desk: Desk, view: View) -> Figure | None:
    """How far two sides explain the ties, over time; None where nothing is known."""
    given = _snapshots(desk, view)
    if not given:
        return None
    solved = [frustration(snapshot, time_limit=BUDGET / len(given)) for _, snapshot in given]
    values = [one.balance if one.total else None for one in solved]
    bounds = [1 - 2 * one.lower_bound / one.total if one.total else None for one in solved]
    return balance_line([day for day, _ in given], values, bounds, notes=[desk.made_of(view)])
