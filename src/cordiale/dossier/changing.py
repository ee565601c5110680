"""When a tie, or a measure of all ties, changed: looked at on days a step apart, in names.

What lay around a change is a matter of days alone: nothing is said to have caused anything. A day of which too little
is known has no value, and the answer says how many. Pure but for what the desk draws.
Clocks: days are held days, `known` a published one (None: everything known).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from cordiale.claims import Event
from cordiale.dossier import days as calendar
from cordiale.dossier.answers import SourcedEpisode
from cordiale.dossier.shifts import (
    COLUMNS,
    Measure,
    MeasureHistory,
    MeasureShift,
    Shift,
    SourcedTurn,
    TieHistory,
    TieShift,
    measure_table,
    tie_table,
)
from cordiale.dossier.tables import Table
from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks import SignedNetwork, blocs, frustration, isolation
from cordiale.networks.change import LEAST, ChangePoint, change_points, turned
from cordiale.networks.course import Course, course
from cordiale.networks.tie_change import tie_changes
from cordiale.reading.happenings import happenings

if TYPE_CHECKING:
    from cordiale.columns import ClaimColumns
    from cordiale.dossier.front import Dossier
    from cordiale.dossier.mapping import Desk
    from cordiale.networks.course import Measured
    from cordiale.networks.signed import Ties

_DAY = timedelta(days=1)
QUARTER = timedelta(days=92)
"""How far from a change whose day is known an event may have begun and be named beside it."""


def tie_history(
    desk: Dossier,
    a: str,
    b: str,
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    every: str = "quarter",
    known: date | str | None = None,
) -> TieHistory:
    """How the tie of two actors changed, looked at on days a step apart from `since`, or the first claim that counts,
    to `until`, or today. Where no claim counts by then, the course has one day, without a value."""
    if since is not None and until is not None and calendar.first_day(since) > calendar.last_day(until):
        raise InvalidValue("a stretch that ends before it begins", f"{since} to {until}", "give the earlier day first")
    found = desk.tie(a, b, desk.today() if until is None else until, known)
    last, evidence = found.tie.at, found.evidence
    episodes = found.episodes()
    if evidence is None or not episodes:
        course = Course(days=(last,), values=(None,))
        return TieHistory(
            a=found.a, b=found.b, course=course, changes=tie_table(()), turns=(0.0,), episodes=(),
            known=found.tie.known, sources=desk,
        )  # fmt: skip
    days = _days(episodes[0].start if since is None else calendar.first_day(since), last, every)
    actors = evidence.columns.actors
    tie = evidence.find(actors.index(found.a.id), actors.index(found.b.id))
    assert tie is not None  # it has episodes
    answer = tie_changes(evidence, tie, days)
    events = all_events(desk)
    shifts = [
        TieShift(
            day=one.day, eve=one.eve, before=_probability(one.before), after=_probability(one.after), gain=one.gain,
            missing=one.missing, events=happened_near(one.eve, one.day, answer.course.step, events), was=one.was,
            became=one.became, turn=one.turn, probability=one.probability, pulls=one.pulls, sources=desk,
        )
        for one in answer.changes
    ]  # fmt: skip
    values = tuple(None if value is None else _probability(value) for value in answer.course.values)
    return TieHistory(
        a=found.a, b=found.b, course=Course(days=answer.course.days, values=values), changes=tie_table(shifts),
        turns=tuple(turn.probability for turn in answer.turnings), episodes=episodes,
        known=found.tie.known, sources=desk,
    )  # fmt: skip


def measure_history(
    desk: Dossier,
    measure: Measure | str,
    actor: str | None = None,
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    every: str = "quarter",
    known: date | str | None = None,
    correlation: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> MeasureHistory:
    """How a measure of a dossier changed, on days a step apart from `since`, or the first day on which a claim says
    that anything held, to `until`, or today. `isolation` needs an actor, and no other measure takes one.

    Where `correlation` does not say it, values carry over to the next by 2^(-step / half-life), by the middle half-life
    of the claims: looking more often finds no more. `progress` is told how many days of how many are done.
    """
    last = desk.today() if until is None else calendar.last_day(until)
    whose = None if actor is None else desk.find(actor)
    as_known = None if known is None else calendar.last_day(known)
    columns = desk.store.columns(actor=None if whose is None else whose.id, known=as_known)
    begun = np.where(columns.start > 0, columns.start, columns.known)
    first = date.fromordinal(int(begun.min())) if len(columns) else last
    days = _days(min(first, last) if since is None else calendar.first_day(since), last, every)
    if correlation is None:
        correlation = carried(columns, days)
    actors = desk.catalogue()

    def brought(a: str, b: str, point: ChangePoint) -> SourcedEpisode | None:
        history = desk.tie(a, b, point.day, known).episodes()
        return next((one for one in reversed(history) if one.start > point.eve), None)

    found = measured(
        lambda on: desk.snapshots(on, known), days, measure, None if whose is None else whose.id,
        called=lambda key: actors[key].name, events=all_events(desk), brought=brought, correlation=correlation,
        progress=progress,
    )  # fmt: skip
    return replace(found, known=as_known, sources=desk)


def measured(
    over: Callable[[Sequence[date]], Iterator[Ties]],
    days: Sequence[date],
    measure: Measure | str,
    actor: str | None = None,
    *,
    called: Callable[[str], str] = str,
    events: Sequence[Event] = (),
    brought: Callable[[str, str, ChangePoint], SourcedEpisode | None] = lambda _a, _b, _point: None,
    correlation: float | None = None,
    exact: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> MeasureHistory:
    """How a measure of any ties changed: `over` gives those of each of some days; actors are ids, or labels.

    `exact` says that nothing changes but on these days, as on the `turns` of a table: then a shift lies on its very
    day, and a level may last for one of them.

    >>> ties = {year: [("a", "b", 1), ("b", "c", 1 if year > 2003 else -1)] for year in range(2000, 2008)}
    >>> days = [date(year, 1, 1) for year in ties]
    >>> found = measured(lambda on: iter([ties[day.year] for day in on]), days, "hostile")
    >>> [(str(one.day), round(one.before, 2), one.after, one.turned[0].after) for one in found.changes]
    [('2004-01-01', 0.5, 0.0, 1)]
    """
    try:
        kind = Measure(measure)
    except ValueError:
        raise UnknownName("measure", str(measure), list(Measure)) from None
    if (kind is Measure.ISOLATION) != (actor is not None):
        raise InvalidValue(f"the actor whose {kind} is asked for", actor, "name one for isolation, and for it alone")
    given = enumerate(over(days), start=1)

    def taken(_day: date) -> float | Measured | None:
        number, ties = next(given)
        found = _MEASURES[kind](ties, actor)
        if progress is not None:
            progress(number, len(days))
        return found

    found = course(taken, days)
    points = change_points(
        days, found.values, variances=found.variances, correlation=correlation,
        least=1 if exact else LEAST,
    )  # fmt: skip
    around = sorted({day for point in points for day in (point.eve, point.day)})
    ties = {day: SignedNetwork.of(one) for day, one in zip(around, over(around), strict=True)} if around else {}

    def turns(point: ChangePoint) -> Iterator[SourcedTurn]:
        for one in turned(ties[point.eve], ties[point.day]):
            if actor in (None, one.a, one.b):
                yield SourcedTurn(
                    a=called(one.a), b=called(one.b), before=one.before, after=one.after,
                    brought=lambda one=one: brought(one.a, one.b, point),  # type: ignore[misc]
                )  # fmt: skip

    shifts = [
        MeasureShift(
            day=one.day, eve=eve, before=one.before, after=one.after, gain=one.gain, missing=one.missing,
            events=happened_near(eve, one.day, QUARTER if exact else found.step, events), turned=tuple(turns(one)),
        )
        for one in points
        for eve in [one.day - _DAY if exact and not one.missing else one.eve]
    ]  # fmt: skip
    return MeasureHistory(
        measure=kind,
        actor=None if actor is None else called(actor),
        course=found,
        changes=measure_table(shifts),
    )


def pair_history(
    over: Callable[[Sequence[date]], Iterator[Ties]],
    days: Sequence[date],
    a: str,
    b: str,
    *,
    exact: bool = False,
    events: Sequence[Event] = (),
) -> Table[Shift]:
    """The days, of these, on which the sign of a tie is another than on the one before: what a table says of it, taken
    as certain. `before` and `after` are the signs, 0 where there is no tie. Where nothing changes but on these
    days, `exact`, a change lies on its very day. Events count within a year, as tables are often dated by years.

    >>> ties = {1903: [("FRA", "GBR", -1)], 1904: [("FRA", "GBR", 1)], 1905: [("FRA", "GBR", 1)]}
    >>> days = [date(year, 1, 1) for year in ties]
    >>> pair_history(lambda on: iter([ties[day.year] for day in on]), days, "GBR", "FRA").rows()[0][:4]
    (datetime.date(1904, 1, 1), datetime.date(1903, 1, 1), -1, 1)
    """
    low, high = sorted((a, b))
    signs = []
    for ties in over(days):
        found = {(one, other): weight for one, other, weight in SignedNetwork.of(ties).ties}
        signs.append(int(np.sign(found.get((low, high), 0.0))))
    known = list(zip(days, signs, strict=True))
    return Table(
        [
            Shift(
                day=day, eve=eve, before=before, after=after, gain=None, missing=0,
                events=happened_near(eve, day, QUARTER, events),
            )
            for (last, before), (day, after) in pairwise(known)
            if before != after
            for eve in [day - _DAY if exact else last]
        ],
        columns=COLUMNS,
        row=Shift.row,
    )  # fmt: skip


def _isolation(ties: Ties, actor: str | None) -> Measured | None:
    """None where nothing is known of the actor: one half would say that it is."""
    assert actor is not None
    try:
        found = isolation(ties, actor)
    except UnknownName:
        return None
    return found if found.evidence > 0 else None


def _balance(ties: Ties, _actor: str | None) -> float | None:
    network = SignedNetwork.of(ties)
    return frustration(network).balance if len(network) else None


def _blocs(ties: Ties, _actor: str | None) -> float | None:
    network = SignedNetwork.of(ties)
    return float(len(blocs(network))) if len(network) else None


def _hostile(ties: Ties, _actor: str | None) -> float | None:
    network = SignedNetwork.of(ties)
    return network.hostile / len(network) if len(network) else None


_MEASURES: dict[Measure, Callable[[Ties, str | None], float | Measured | None]] = {
    Measure.ISOLATION: _isolation,
    Measure.BALANCE: _balance,
    Measure.BLOCS: _blocs,
    Measure.HOSTILE: _hostile,
}


def _days(first: date, last: date, every: str) -> list[date]:
    """The days of a course, of which the last is always one: what is the case now is what one asks for."""
    found = list(calendar.steps(first, last, every))
    return found if found[-1] == last else [*found, last]


def carried(columns: ClaimColumns, days: Sequence[date]) -> float | None:
    """How far a value carries over to the next day of a course, by the middle half-life of the claims behind it; None
    where nothing says it."""
    if not len(columns) or len(days) < 2:
        return None
    half_life = np.median(np.array([one.half_life for one in columns.relations])[columns.relation])
    return float(np.exp2(-(days[1] - days[0]).days / half_life))


def happened_near(eve: date, day: date, step: timedelta, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that began within a step of a change: dates of either may be rough, and an effect may take a while."""
    return tuple(e for e in events if e.held.start and eve - step < e.held.start < day + step)


def all_events(desk: Desk | None = None) -> tuple[Event, ...]:
    """The dossier's own events, then those that ship, by their first days."""
    own = () if desk is None else desk.events()
    return (*own, *sorted(happenings(), key=lambda event: event.held.start or date.min))


def _probability(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit >= 0 else exp(logit) / (1 + exp(logit))
