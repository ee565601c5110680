"""Any measure over time: a line through the values that there are, and flags on the days on which its level changed.

For what has no figure of its own, such as how many blocs there are. A missing value breaks the line: nothing is filled
in. Knows no measure: the title says in words what is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from cordiale.figures.axis import Flag, ValueAxis, axis_of, broken_line, nothing, raise_flags
from cordiale.figures.isolation_line import HEIGHT, MOST_DOTS
from cordiale.figures.paper import Figure, Paper
from cordiale.networks.course import Course


def course_line(
    title: str, course: Course, *, top: float | None = None, changes: Sequence[Flag] = (), notes: Sequence[str] = ()
) -> Figure:
    """A measure that is never below none, on days in order. `top` is the most that it can be: a share ends at 1; what
    has no such bound, None, is a count, and its axis ends above the largest.

    >>> from datetime import date
    >>> course = Course(days=(date(2011, 1, 1), date(2012, 1, 1)), values=(2.0, 3.0))
    >>> course_line("There were 3 blocs on 2012-01-01", course).title
    'There were 3 blocs on 2012-01-01'
    """
    paper = Paper("course", title)
    days = course.days
    if not days:
        return nothing(paper, notes)
    axis = axis_of(paper, days)
    raise_flags(paper, axis, changes, HEIGHT + 8)
    most = max((value for value in course.values if value is not None), default=0.0)
    high = most + 1 if top is None else top
    scale = ValueAxis(low=0, high=high, bottom=paper.top + 8 + HEIGHT, top=paper.top + 8)
    axis.draw(paper, scale.top, scale.bottom)
    scale.draw(paper, axis.left, axis.right, whole=top is None)
    missing = f", {course.missing} without a value" if course.missing else ""
    label = f"{len(days)} days from {days[0]} to {days[-1]}{missing}"
    held = paper.group("series", role="img", aria_label=label)
    found = zip(days, course.values, strict=True)
    points = [(axis.x(day), None if value is None else scale.y(value)) for day, value in found]
    broken_line(paper, points, held, css="course")
    if len(points) <= MOST_DOTS:
        for x, y in points:
            if y is not None:
                paper.add("circle", held, cx=x, cy=y, r=2.5, css="dot")
    paper.top = round(scale.bottom + 26)
    return paper.done(notes)
