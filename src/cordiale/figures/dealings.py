"""How two sides dealt with each other over time: what was friendly above the axis, what was hostile below it.

Under them how many events there were of everybody, so that a busy year is not taken for a change between the two. A
period of which nothing at all is known is left empty, one without an event between the two is none. Knows no stream.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

from cordiale.figures.axis import Flag, ValueAxis, axis_of, nothing, raise_flags
from cordiale.figures.encoding import MINUS, PLUS
from cordiale.figures.paper import MARGIN, Figure, Paper
from cordiale.figures.steps import draw_steps
from cordiale.networks.course import check_days, known

LEFT, HEIGHT, STRIP, ROW = 130, 220, 36, 20
"""Where the time begins, the height of the two sides together, of the strip of volume, and of each row of coverage, in
pixels."""

Values = Sequence[float | None]


def dealings(
    title: str, days: Sequence[date], friendly: Values, hostile: Values, volume: Values, *,
    coverage: Mapping[str, Values] | None = None, changes: Sequence[Flag] = (), notes: Sequence[str] = (),
) -> Figure:  # fmt: skip
    """Points of each period, by its first day, in order: `friendly` 0 or more, `hostile` 0 or less, None where nothing
    is known; `volume` how many events the stream has of everybody; `coverage` the same of other sources by name, of
    which a row each says when they have anything.

    >>> days = [date(2019, 1, 1), date(2019, 2, 1)]
    >>> found = dealings("Iran and Syria by month", days, [4.0, None], [-10.0, None], [200, 0])
    >>> found.title, found.markup.count('class="series')
    ('Iran and Syria by month', 3)
    """
    given = [[known(value) for value in values] for values in (friendly, hostile, volume)]
    others = {name: [known(value) for value in values] for name, values in (coverage or {}).items()}
    check_days(days, *given, *others.values())
    paper = Paper("dealings", title)
    if not days:
        return nothing(paper, notes)
    axis = axis_of(paper, days, LEFT)
    raise_flags(paper, axis, changes, HEIGHT + STRIP + 22 + ROW * len(others))
    top = paper.top + 8
    most = [max((abs(value) for value in values if value is not None), default=0.0) for values in given]
    scale = ValueAxis(
        low=-max(ceil(most[1]), 1), high=max(ceil(most[0]), 1), bottom=top + HEIGHT, top=top
    )  # fmt: skip
    floor = top + HEIGHT + 14 + STRIP
    axis.draw(paper, top, floor + ROW * len(others))
    scale.draw(paper, LEFT, axis.right, sides=True)
    zero = scale.y(0)
    for css, glyph, what, values, y in (
        ("friendly", PLUS, "Friendly", given[0], top + 12), ("hostile", MINUS, "Hostile", given[1], top + HEIGHT - 4),
    ):  # fmt: skip
        held = paper.group(f"series {css}", role="img", aria_label=told(f"{what} points", days, values))
        draw_steps(paper, axis, days, [(zero, None if v is None else scale.y(v)) for v in values], held)
        paper.text(MARGIN, y, f"{glyph} {what}", held, css="head")
    paper.line([(LEFT, zero), (axis.right, zero)], css="axis")
    held = paper.group("series neutral", role="img", aria_label=told("Events of everybody", days, given[2]))
    rows = [(floor, None if not v else floor - STRIP * v / (most[2] or 1.0)) for v in given[2]]
    draw_steps(paper, axis, days, rows, held)
    paper.text(MARGIN, floor - 4, f"All: to {most[2]:,.0f}", held, css="head")
    for name, values in others.items():
        floor += ROW
        held = paper.group("series neutral", role="img", aria_label=told(f"Events of {name}", days, values))
        draw_steps(paper, axis, days, [(floor, floor - ROW + 10 if value else None) for value in values], held)
        paper.text(MARGIN, floor - 1, name, held, css="head")
    paper.top = round(floor + 26)
    return paper.done(notes)


def told(what: str, days: Sequence[date], values: Values) -> str:
    """What a series shows, in words.

    >>> told("Points", [date(2019, 1, 1), date(2019, 2, 1)], [1.5, None])
    'Points: 1.5 to 1.5 from 2019-01-01 to 2019-01-01; 1 of 2 periods unknown'
    """
    found = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if not found:
        return f"{what}: nothing known"
    numbers = [value for _, value in found]
    missing = len(values) - len(found)
    span = f"{what}: {min(numbers):g} to {max(numbers):g} from {found[0][0]} to {found[-1][0]}"
    return span + (f"; {missing} of {len(values)} periods unknown" if missing else "")
