"""How many allies and adversaries an actor had over time: allies above an axis, adversaries below it.

Disputed ties belong to neither side, so they have a strip of their own below, hatched, on the same scale. Each value
fills the time that is nearer to its day than to any other, and nothing is drawn between two days that would be neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from math import ceil
from typing import NamedTuple

from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.figures.axis import ValueAxis, axis_of, nothing
from cordiale.figures.encoding import MINUS, PLUS
from cordiale.figures.paper import MARGIN, Figure, Paper
from cordiale.figures.steps import draw_steps
from cordiale.networks.course import check_days, known

HEIGHT, STRIP = 220, 72
"""Heights of the two sides together, and of the strip of disputed ties at most, in pixels."""
LEFT = 136
YEAR = 365.25

Values = Sequence[float | None]


class _Counts(NamedTuple):
    allies: float | None
    adversaries: float | None
    disputed: float | None


def allies_area(
    name: str,
    days: Sequence[date],
    allies: Values,
    adversaries: Values,
    disputed: Values,
    *,
    notes: Sequence[str] = (),
) -> Figure:
    """Allies and adversaries of an actor, and the ties in dispute, on each of some days in order.

    The values are counts, or summed strengths, 0 or more; one that is missing, None, leaves its time empty.

    >>> days = [date(2011, 1, 1), date(2012, 1, 1)]
    >>> allies_area("Hamas", days, [5, 3], [2, 4], [0, 1]).title
    'Hamas had 3 allies and 4 adversaries on 2012-01-01 (5 and 2 a year before); 1 tie was disputed'
    """
    given = [[known(value) for value in values] for values in (allies, adversaries, disputed)]
    check_days(days, *given)
    if wrong := [value for values in given for value in values if value is not None and value < 0]:
        raise InvalidValue("fewer allies or adversaries than none", wrong[0], "give counts or strengths, 0 or more")
    every = [_Counts(*row) for row in zip(*given, strict=True)]
    paper = Paper("area", sentence(name, days, every))
    if not days:
        return nothing(paper, notes)
    most = [max([value for value in values if value is not None], default=0.0) for values in given]
    whole = all(value == int(value) for values in given for value in values if value is not None)
    top, bottom = paper.top + 8, paper.top + 8 + HEIGHT
    scale = ValueAxis(low=-_round_up(most[1]), high=_round_up(most[0]), bottom=bottom, top=top)
    axis = axis_of(paper, days, LEFT)
    per_unit = HEIGHT / (scale.high - scale.low)
    strip = min(max(most[2] * per_unit, 14.0), STRIP) if most[2] else 0.0
    floor = bottom + (14 + strip if strip else 0)
    axis.draw(paper, top, floor)
    scale.draw(paper, LEFT, axis.right, whole=whole, sides=True)
    zero = scale.y(0)
    held = paper.group("series friendly", role="img", aria_label=_told("Allies", days, given[0]))
    draw_steps(paper, axis, days, [(zero, None if v is None else scale.y(v)) for v in given[0]], held)
    paper.text(MARGIN, top + 12, f"{PLUS} Allies", held, css="head")
    held = paper.group("series hostile", role="img", aria_label=_told("Adversaries", days, given[1]))
    draw_steps(paper, axis, days, [(zero, None if v is None else scale.y(-v)) for v in given[1]], held)
    paper.text(MARGIN, bottom - 4, f"{MINUS} Adversaries", held, css="head")
    paper.line([(LEFT, zero), (axis.right, zero)], css="axis")
    if strip:
        held = paper.group("series disputed", role="img", aria_label=_told("Disputed", days, given[2]))
        hatch = _hatch(paper, held, repr((name, days, given)))
        rows = [(floor, None if v is None else floor - strip * v / most[2]) for v in given[2]]
        draw_steps(paper, axis, days, rows, held, fill=f"url(#{hatch})")
        paper.text(MARGIN, floor - 4, "? Disputed", held, css="head")
    paper.top = round(floor + 26)
    return paper.done(notes)


def sentence(name: str, days: Sequence[date], every: Sequence[_Counts]) -> str:
    """What the figure shows, in words: the last day with values, and that a year before, where there is one."""
    told = [
        (day, one)
        for day, one in zip(days, every, strict=True)
        if one.allies is not None and one.adversaries is not None
    ]
    if not told:
        return f"Of {name} no ally and no adversary is known"
    day, now = told[-1]
    one_ally, one_adversary = now.allies == 1, now.adversaries == 1
    if isinstance(now.allies, float) and not (now.allies.is_integer() and (now.adversaries or 0.0).is_integer()):
        found = f"{name} had allies of strength {now.allies:.1f} and adversaries of {now.adversaries:.1f} on {day}"
    else:
        found = f"{name} had {_count(now.allies)} {'ally' if one_ally else 'allies'} and {_count(now.adversaries)} "
        found += f"{'adversary' if one_adversary else 'adversaries'} on {day}"
    if earlier := year_before([one for one, _ in told]):
        was = dict(told)[earlier]
        found += f" ({_count(was.allies)} and {_count(was.adversaries)} a year before)"
    if now.disputed and not now.disputed.is_integer():
        found += f"; disputed ties had a strength of {now.disputed:.1f}"
    elif now.disputed:
        found += f"; {_count(now.disputed)} {'tie was' if now.disputed == 1 else 'ties were'} disputed"
    return found


def year_before(days: Sequence[date]) -> date | None:
    """Of days in order, the one that is a year before the last of them, within a month and a half; None without one.

    >>> year_before([date(2010, 7, 1), date(2011, 1, 1), date(2011, 7, 1)])
    datetime.date(2010, 7, 1)
    """
    if not days:
        return None
    off = {day: abs((days[-1] - day).days - YEAR) for day in days}
    nearest = min(off, key=lambda day: (off[day], day))
    return nearest if off[nearest] <= 46 else None


def _count(value: float | None) -> str:
    return "no" if not value else f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def _told(what: str, days: Sequence[date], values: Values) -> str:
    """What a series shows, in words."""
    found = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if not found:
        return f"{what}: no value"
    numbers = [value for _, value in found]
    missing = len(values) - len(found)
    told = f"{what}: {min(numbers):g} to {max(numbers):g} from {found[0][0]} to {found[-1][0]}, at last {numbers[-1]:g}"
    return told + (f"; {missing} of {len(values)} days without a value" if missing else "")


def _round_up(value: float) -> float:
    """The end of an axis that has room for a value, and for a word beside it where there is none."""
    return max(float(ceil(value)), 1.0)


def _hatch(paper: Paper, within: etree._Element, content: str) -> str:
    """A hatching, and its name: of its content, so that two figures on a page have two, and one always the same."""
    name = "hatch-" + blake2b(content.encode(errors="backslashreplace"), digest_size=6).hexdigest()
    defs = paper.add("defs", within)
    pattern = paper.add(
        "pattern", defs, id=name, width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    paper.add("rect", pattern, x=0, y=0, width=2, height=6, css="hatch")
    return name
