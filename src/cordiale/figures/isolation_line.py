"""How isolated an actor was over time: a line with the band that it lies in with nine chances of ten, and its changes.

One half is what an actor has of which nothing is known, so it is marked on the axis; and a day of which nothing is
known at all has no value: the line breaks there, or one half would be read as a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cordiale.errors import InvalidValue
from cordiale.figures.area import year_before
from cordiale.figures.axis import Flag, TimeAxis, ValueAxis, area_path, axis_of, broken_line, nothing, raise_flags, runs
from cordiale.figures.paper import Figure, Paper
from cordiale.networks import Isolation
from cordiale.networks.course import check_days

HEIGHT = 200
EVEN = "nothing known, or even"
MOST_DOTS = 60
"""Days up to which each has a dot."""


def isolation_line(
    name: str, course: Sequence[Isolation], *, changes: Sequence[Flag] = (), notes: Sequence[str] = ()
) -> Figure:
    """The isolation of an actor, by name, on days in order, with the days on which its level changed.

    A day without evidence breaks the line. A network without a day has no place here: an `InvalidValue`.

    >>> one = Isolation(actor="hamas", at=date(2012, 1, 1), known=None, value=0.4, low=0.3, high=0.55, support=1,
    ...     hostility=0.5, effective_allies=2, top_ally=None, top_ally_share=0, exposure=0, evidence=3)
    >>> isolation_line("Hamas", [one]).title
    'Isolation of Hamas was 0.40 on 2012-01-01 (90 % interval 0.30–0.55)'
    """
    days = [one.at for one in course if one.at is not None]
    if len(days) < len(course):
        raise InvalidValue("an isolation without a day", name, "measure it of snapshots")
    check_days(days)
    paper = Paper("isolation", sentence(name, course))
    if not days:
        return nothing(paper, notes)
    axis = axis_of(paper, days)
    raise_flags(paper, axis, changes, HEIGHT + 8)
    scale = ValueAxis(low=0, high=1, bottom=paper.top + 8 + HEIGHT, top=paper.top + 8)
    axis.draw(paper, scale.top, scale.bottom)
    scale.draw(paper, axis.left, axis.right)
    values = [one.value if one.evidence > 0 else None for one in course]
    band(paper, axis, scale, days, [(one.low, one.high) if one.evidence > 0 else None for one in course])
    paper.line([(axis.left, scale.y(0.5)), (axis.right, scale.y(0.5))], css="even")
    missing = sum(value is None for value in values)
    label = f"Isolation on {len(days)} days from {days[0]} to {days[-1]}"
    held = paper.group("series", role="img", aria_label=label + (f", {missing} without a value" if missing else ""))
    points = [(axis.x(day), None if value is None else scale.y(value)) for day, value in zip(days, values, strict=True)]
    broken_line(paper, points, held, css="course")
    if len(points) <= MOST_DOTS:
        for x, y in points:
            if y is not None:
                paper.add("circle", held, cx=x, cy=y, r=2.5, css="dot")
    paper.text(axis.right - 4, scale.y(0.5) - 5, EVEN, css="small halo dim", anchor="end")
    paper.text(axis.left + 4, scale.top + 12, "isolated", css="small halo dim")
    paper.text(axis.left + 4, scale.bottom - 5, "supported", css="small halo dim")
    paper.top = round(scale.bottom + 26)
    return paper.done(notes)


def band(
    paper: Paper, axis: TimeAxis, scale: ValueAxis, days: Sequence[date], bounds: Sequence[tuple[float, float] | None]
) -> None:
    """The band between two bounds, broken where there are none; that of a day between two gaps is a bar."""
    held = paper.group("interval", aria_hidden="true")
    for run in runs([None if one is None else one[0] for one in bounds]):
        own = [(axis.x(days[place]), *(bounds[place] or (0.0, 0.0))) for place in run]
        if len(own) == 1:
            own = [(own[0][0] + shift, *own[0][1:]) for shift in (-3, 3)]
        upper = [(x, scale.y(high)) for x, _, high in own]
        lower = [(x, scale.y(low)) for x, low, _ in own]
        paper.add("path", held, d=area_path(upper, lower), css="band")


def sentence(name: str, course: Sequence[Isolation]) -> str:
    """What the figure shows, in words: the last day with evidence, its interval, and a year before."""
    told = {one.at: one for one in course if one.evidence > 0 and one.at is not None}
    if not told:
        return f"How isolated {name} was is not known"
    days = list(told)
    now = told[days[-1]]
    found = f"Isolation of {name} was {now.value:.2f} on {now.at} (90 % interval {now.low:.2f}–{now.high:.2f})"
    if earlier := year_before(days):
        was = told[earlier]
        moved = round(now.value, 2) - round(was.value, 2)
        way = "up from" if moved > 0 else "down from" if moved < 0 else "as high as"
        found += f", {way} {was.value:.2f} a year before" if moved else ", the same as a year before"
    return found
