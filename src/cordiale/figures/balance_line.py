"""How balanced all ties were over time, 1 - 2L/m: 1 where balanced, 0 where as frustrated as can be.

A value that is proven is a full point. Where only bounds are known it is a hollow one, and a bar runs from what the
best division shows to what no division can pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from cordiale.figures.axis import Flag, ValueAxis, axis_of, broken_line, nothing, raise_flags, runs
from cordiale.figures.paper import Figure, Paper
from cordiale.networks.course import check_days, known

HEIGHT = 200
MET = 1e-9


def balance_line(
    days: Sequence[date],
    values: Sequence[float | None],
    lower: Sequence[float | None] | None = None,
    *,
    chance: Sequence[float | None] | None = None,
    changes: Sequence[Flag] = (),
    notes: Sequence[str] = (),
) -> Figure:
    """The balance on days in order; a missing value, None, breaks the line.

    `values` are 1 - 2L/m of the best division found. `lower` is 1 - 2B/m of the lower bound B of L: the same where the
    value is proven, else what the balance may be at most; without `lower` all count as proven. `chance` is the mean
    balance of the same ties with their signs dealt anew.

    >>> balance_line([date(1914, 8, 1)], [0.9], [0.95], chance=[0.6]).title
    'Balance was 0.90 on 1914-08-01, at most 0.95 as far as is proven; 0.60 by chance'
    """
    check_days(days, values, *(column for column in (lower, chance) if column is not None))
    found = [known(value) for value in values]
    bounds = [None if one is None else known(one) for one in (lower if lower is not None else found)]
    dealt = [known(one) for one in chance] if chance is not None else [None] * len(found)
    paper = Paper("balance", sentence(days, found, bounds, dealt))
    if not days:
        return nothing(paper, notes)
    axis = axis_of(paper, days)
    raise_flags(paper, axis, changes, HEIGHT + 8)
    lowest = min([0.0, *(one for one in (*found, *bounds, *dealt) if one is not None)])
    scale = ValueAxis(low=lowest, high=1, bottom=paper.top + 8 + HEIGHT, top=paper.top + 8)
    axis.draw(paper, scale.top, scale.bottom)
    scale.draw(paper, axis.left, axis.right)
    xs = [axis.x(day) for day in days]
    if any(one is not None for one in dealt):
        held = paper.group("series chance", role="img", aria_label="Balance by chance, with signs dealt anew")
        points = [(x, None if one is None else scale.y(one)) for x, one in zip(xs, dealt, strict=True)]
        broken_line(paper, points, held, css="chance-line")
        end, low = next((x, y) for x, y in reversed(points) if y is not None)
        paper.text(end - 4, low + 15, "by chance", held, css="small halo dim", anchor="end")
    missing = sum(one is None for one in found)
    label = f"Balance on {len(days)} days from {days[0]} to {days[-1]}"
    held = paper.group("series", role="img", aria_label=label + (f", {missing} without a value" if missing else ""))
    points = [(x, None if one is None else scale.y(one)) for x, one in zip(xs, found, strict=True)]
    for run in runs([y for _, y in points]):
        if len(run) > 1:
            paper.line([(points[n][0], float(points[n][1] or 0)) for n in run], held, css="line course")
    near = min((late - early for early, late in pairwise(xs)), default=9.0)
    for n, (x, y) in enumerate(points):
        if y is None:
            continue
        bound = bounds[n]
        if proven(found[n], bound):
            if near >= 6:  # nearer ones would run together into a thick line
                paper.add("circle", held, cx=x, cy=y, r=2.5, css="dot")
            continue
        if bound is not None:
            paper.line([(x, y), (x, scale.y(bound))], held, css="line doubt")
        paper.add("circle", held, cx=x, cy=y, r=3.2, css="dot hollow")
    paper.top = round(scale.bottom + 26)
    return paper.done(notes)


def proven(value: float | None, bound: float | None) -> bool:
    """Whether a value meets its bound; one without a bound does not.

    >>> proven(0.9, 0.9), proven(0.9, 0.95), proven(0.9, None)
    (True, False, False)
    """
    return value is not None and bound is not None and abs(value - bound) <= MET


def sentence(
    days: Sequence[date], values: Sequence[float | None], bounds: Sequence[float | None], dealt: Sequence[float | None]
) -> str:
    """What the figure shows, in words, of the last day with a value."""
    told = [place for place, value in enumerate(values) if value is not None]
    if not told:
        return "How balanced the ties were is not known"
    last = told[-1]
    found = f"Balance was {values[last]:.2f} on {days[last]}"
    bound, chance = bounds[last], dealt[last]
    if bound is None:
        found += ", unproven"
    elif not proven(values[last], bound):
        found += f", at most {bound:.2f} as far as is proven"
    unproven = sum(not proven(values[place], bounds[place]) for place in told)
    if unproven and proven(values[last], bound):
        found += f"; {unproven} of {len(told)} values unproven"
    return found + (f"; {chance:.2f} by chance" if chance is not None else "")
