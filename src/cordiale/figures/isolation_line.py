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
from cordiale.networks.course import Course

HEIGHT = 200
EVEN = "nothing known, or even"
MOST_DOTS = 60
"""Days up to which each has a dot."""


def isolation_line(
    name: str, course: Sequence[Isolation] | Course, *, changes: Sequence[Flag] = (), notes: Sequence[str] = ()
) -> Figure:
    """The isolation of an actor, by name, on days in order, with the days on which its level changed.

    A day without evidence, or without a value, breaks the line. A network without a day has no place here: an
    `InvalidValue`.

    >>> one = Isolation(actor="hamas", at=date(2012, 1, 1), known=None, value=0.4, low=0.3, high=0.55, support=1,
    ...     hostility=0.5, effective_allies=2, top_ally=None, top_ally_share=0, exposure=0, evidence=3)
    >>> isolation_line("Hamas", [one]).title
    'Isolation of Hamas was 0.40 on 2012-01-01 (90 % interval 0.30–0.55)'
    """
    given = course if isinstance(course, Course) else course_of(name, course)
    days, values = given.days, given.values
    bounds = _bounds(given)
    paper = Paper("isolation", sentence(name, given))
    if not days:
        return nothing(paper, notes)
    axis = axis_of(paper, days)
    raise_flags(paper, axis, changes, HEIGHT + 8)
    scale = ValueAxis(low=0, high=1, bottom=paper.top + 8 + HEIGHT, top=paper.top + 8)
    axis.draw(paper, scale.top, scale.bottom)
    scale.draw(paper, axis.left, axis.right)
    band(paper, axis, scale, days, bounds)
    paper.line([(axis.left, scale.y(0.5)), (axis.right, scale.y(0.5))], css="even")
    label = f"Isolation on {len(days)} days from {days[0]} to {days[-1]}"
    missing = f", {given.missing} without a value" if given.missing else ""
    held = paper.group("series", role="img", aria_label=label + missing)
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


def course_of(name: str, found: Sequence[Isolation]) -> Course:
    """Isolations as a course: a day of which nothing is known has no value, as one half would be read as a finding."""
    days = [one.at for one in found if one.at is not None]
    if len(days) < len(found):
        raise InvalidValue("an isolation without a day", name, "measure it of snapshots")
    return Course(
        days=tuple(days),
        values=tuple(one.value if one.evidence > 0 else None for one in found),
        low=tuple(one.low if one.evidence > 0 else None for one in found),
        high=tuple(one.high if one.evidence > 0 else None for one in found),
    )


def _bounds(course: Course) -> list[tuple[float, float] | None]:
    empty = (None,) * len(course.days)
    sides = zip(course.low or empty, course.high or empty, strict=True)
    return [None if low is None or high is None else (low, high) for low, high in sides]


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


def sentence(name: str, course: Course) -> str:
    """What the figure shows, in words: the last day with a value, its interval, and a year before."""
    found = zip(course.days, course.values, _bounds(course), strict=True)
    told = {day: (value, bounds) for day, value, bounds in found if value is not None}
    if not told:
        return f"How isolated {name} was is not known"
    days = list(told)
    value, bounds = told[days[-1]]
    said = f"Isolation of {name} was {value:.2f} on {days[-1]}"
    if bounds is not None:
        said += f" (90 % interval {bounds[0]:.2f}–{bounds[1]:.2f})"
    if earlier := year_before(days):
        was = told[earlier][0]
        moved = round(value, 2) - round(was, 2)
        way = "up from" if moved > 0 else "down from" if moved < 0 else "as high as"
        said += f", {way} {was:.2f} a year before" if moved else ", the same as a year before"
    return said
