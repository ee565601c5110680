"""Axes that figures over time share: days to the right, values upwards, and flags for what happened on a day.

Ticks stand at whole years, months or days, as fine as their labels have room for. A missing value has no place on an
axis: `runs` says which values may be joined by a line, and those on two sides of a gap may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, isfinite, log10

from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.figures.encoding import MINUS
from cordiale.figures.paper import MARGIN, TEXT_CHARS, Figure, Paper, cut, number
from cordiale.networks.course import known

GAP = 22
"""The least room between the labels of two ticks, in pixels."""
OVERHANG = 36
"""Room that a label may need beyond either end of a time axis, in pixels: half of a whole date."""
LEVELS, LEVEL = 5, 15
"""Rows of flags, and the height of one in pixels; a flag that fits in none has a pole without a label."""
LABEL = 46
"""Characters of a flag's label at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis: how far along it is, in pixels, and its label."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something that happened on a day, such as an event or a change, in a few words; `href` is where it is told."""

    day: date
    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """The days from `first` to `last` between two places, `left` and `right`, in pixels; one day alone is the middle.

    >>> axis = TimeAxis(first=date(2010, 1, 1), last=date(2014, 1, 1), left=100, right=500)
    >>> round(axis.x(date(2012, 1, 1))), [tick.text for tick in axis.ticks()]
    (300, ['2010', '2011', '2012', '2013', '2014'])
    """

    first: date
    last: date
    left: float
    right: float

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise InvalidValue("an axis that ends early", (self.first, self.last), "give the first day first")
        if not self.left < self.right:
            raise InvalidValue("an axis without room", (self.left, self.right), "give the left end first")

    def x(self, day: date) -> float:
        """The place of a day; one before or after the axis is at its end."""
        span = (self.last - self.first).days
        if not span:
            return (self.left + self.right) / 2 if day == self.first else self.left if day < self.first else self.right
        share = (day - self.first).days / span
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def ticks(self) -> tuple[Tick, ...]:
        """Ticks at whole years, months or days, each inside, none nearer to the next than its label allows."""
        coarser: list[Tick] = []
        for days in _steps(self.first, self.last, (self.right - self.left) / 20):
            found = [Tick(at=self.x(day), text=text) for day, text in days]
            if found and all(late.at - early.at >= _wide(late.text, early.text) for early, late in pairwise(found)):
                return tuple(found)
            coarser = found or coarser
        return tuple(coarser[:1])

    def draw(self, paper: Paper, top: float, bottom: float) -> None:
        """The axis on a paper: a rule a tick from `top` down to the axis at `bottom`, and their labels below it."""
        held = paper.group("axis-time", aria_hidden="true")
        for tick in self.ticks():
            paper.line([(tick.at, top), (tick.at, bottom + 4)], held, css="rule")
            paper.text(tick.at, bottom + 17, tick.text, held, css="dim small", anchor="middle")
        paper.line([(self.left, bottom), (self.right, bottom)], held, css="axis")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAxis:
    """The values from `low` to `high` between two places, `bottom` and `top`, in pixels.

    >>> axis = ValueAxis(low=-2, high=4, bottom=160, top=10)
    >>> axis.y(1), [(tick.at, tick.text) for tick in axis.ticks()]
    (85.0, [(160.0, '−2'), (110.0, '0'), (60.0, '2'), (10.0, '4')])
    """

    low: float
    high: float
    bottom: float
    top: float

    def __post_init__(self) -> None:
        if not (self.low < self.high and isfinite(self.low) and isfinite(self.high)):
            raise InvalidValue("an axis without values", (self.low, self.high), "give the lower end first")
        if not self.top < self.bottom:
            raise InvalidValue("an axis without room", (self.top, self.bottom), "give the top first: y grows downwards")

    def y(self, value: float) -> float:
        """The place of a value; one below or above the axis is at its end."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * min(max(share, 0.0), 1.0)

    def ticks(self, least: float = 28, *, whole: bool = False, sides: bool = False) -> tuple[Tick, ...]:
        """Ticks at round values, the lowest first, at least so many pixels apart; `whole` for counts. With `sides`
        those below zero count up too, as on an axis of two sides."""
        room = (self.high - self.low) * min(least / (self.bottom - self.top), 1.0)
        power = floor(log10(room))
        step = next(m * 10.0**p for p in (power, power + 1) for m in (1, 2, 5) if m * 10.0**p >= room * (1 - 1e-9))
        if whole:
            step = max(step, 1.0)
        places = max(0, -floor(log10(step) + 1e-9))
        values = [n * step for n in range(ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9) + 1)]
        return tuple(
            Tick(at=self.y(v), text=f"{abs(v) if sides else v + 0.0:.{places}f}".replace("-", MINUS)) for v in values
        )

    def draw(self, paper: Paper, left: float, right: float, *, whole: bool = False, sides: bool = False) -> None:
        """The axis on a paper: a rule a tick from `left` to `right`, and their labels to the left of them."""
        held = paper.group("axis-value", aria_hidden="true")
        for tick in self.ticks(whole=whole, sides=sides):
            paper.line([(left, tick.at), (right, tick.at)], held, css="rule")
            paper.text(left - 8, tick.at + 4, tick.text, held, css="dim small", anchor="end")


def runs(values: Sequence[float | None]) -> tuple[tuple[int, ...], ...]:
    """The places of values that may be joined: those without a missing one between them. NaN is missing too.

    >>> runs([1.0, 2.0, None, 3.0])
    ((0, 1), (3,))
    """
    found: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if known(value) is None:
            found.append([])
        else:
            found[-1].append(place)
    return tuple(tuple(run) for run in found if run)


def broken_line(
    paper: Paper, points: Sequence[tuple[float, float | None]], within: etree._Element | None = None, *, css: str
) -> None:
    """A line through points, broken where one has no y; a point alone between two gaps is a dot."""
    for run in runs([y for _, y in points]):
        joined = [(points[place][0], float(points[place][1] or 0)) for place in run]
        if len(joined) > 1:
            paper.line(joined, within, css=f"line {css}")
        else:
            paper.add("circle", within, cx=joined[0][0], cy=joined[0][1], r=2.5, css=f"dot {css}")


def raise_flags(paper: Paper, axis: TimeAxis, flags: Sequence[Flag], height: float) -> None:
    """Flags above what is drawn next, which is `height` high: labels in rows, a pole from each down to its bottom.

    Moves the top of the paper below the labels. Flags before or after the axis, and labels without room, are counted
    in "and N more".
    """
    own = sorted((flag for flag in flags if axis.first <= flag.day <= axis.last), key=lambda one: (one.day, one.label))
    if not flags:
        return
    free = [-float("inf")] * LEVELS
    placed: list[tuple[Flag, float, int | None, str]] = []
    for flag in own:
        x = axis.x(flag.day)
        label = cut(f"{flag.day} {flag.label}", LABEL)
        wide = (len(label) + 1) * TEXT_CHARS * 0.92
        end = x + wide > paper.width - MARGIN  # no room to the right of its pole
        start, stop = (x - wide, x) if end else (x, x + wide)
        level = next((n for n, taken in enumerate(free) if taken < start and start >= MARGIN), None)
        if level is not None:
            free[level] = stop + 8
        placed.append((flag, x, level, "end" if end else "start"))
    rows = 1 + max((level for _, _, level, _ in placed if level is not None), default=0)
    held = paper.group("flags")
    if left := len(flags) - sum(level is not None for _, _, level, _ in placed):
        paper.text(MARGIN, paper.top + 11, f"and {left} more", held, css="dim small")
        paper.top += LEVEL
    top, bottom = paper.top, paper.top + rows * LEVEL + height
    for flag, x, level, _ in placed:  # poles first: a label covers the poles that cross it
        above = top + (rows if level is None else level) * LEVEL + 2
        one = paper.link(flag.href, "flag", f"{flag.day}: {flag.label}", held)
        paper.line([(x, above), (x, bottom)], one, css="pole")
    for flag, x, level, anchor in placed:
        if level is not None:
            shift, y = (-4 if anchor == "end" else 4), top + level * LEVEL + 11
            label = cut(f"{flag.day} {flag.label}", LABEL)
            paper.text(x + shift, y, label, held, css="small halo", anchor=anchor).set("aria-hidden", "true")
    paper.top += rows * LEVEL


def axis_of(paper: Paper, days: Sequence[date], left: float = 64) -> TimeAxis:
    """The time axis of a paper for days in order, from `left` to where a label still has room at the right."""
    return TimeAxis(first=days[0], last=days[-1], left=left, right=paper.width - MARGIN - OVERHANG)


def nothing(paper: Paper, notes: Sequence[str]) -> Figure:
    """The figure of a course of no days: its title says so, and there is nothing to draw."""
    paper.text(MARGIN, paper.top + 16, "no day to show", css="dim")
    paper.top += 24
    return paper.done(notes)


def area_path(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]]) -> str:
    """The path round the area between two lines, both from left to right.

    >>> area_path([(0, 0), (1, 0)], [(0, 2), (1, 2)])
    'M0 0L1 0L1 2L0 2Z'
    """
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in (*upper, *reversed(lower))) + "Z"


def _wide(one: str, other: str) -> float:
    return (len(one) + len(other)) / 2 * TEXT_CHARS + GAP


def _steps(first: date, last: date, most: float) -> Iterator[list[tuple[date, str]]]:
    """Days to put ticks at, with their labels, finer ones first; those that are far too many are passed over."""
    span = (last - first).days
    for days in (1, 2, 7, 14):
        if span / days <= most:
            yield [(one, str(one)) for n in range(span // days + 1) for one in [first + timedelta(days=n * days)]]
    for months in (1, 3, 6):
        if span / (30 * months) <= most:
            yield [(one, f"{one:%Y-%m}") for one in _months(first, last, months)]
    for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000):
        if span / (365 * years) <= most:
            begin = ceil((first.year + (first > date(first.year, 1, 1))) / years) * years
            yield [(date(y, 1, 1), f"{y:04}") for y in range(max(begin, years), last.year + 1, years)]


def _months(first: date, last: date, step: int) -> Iterator[date]:
    begin = first.year * 12 + first.month - 1 + (first.day > 1)
    for month in range(ceil(begin / step) * step, last.year * 12 + last.month, step):
        yield date(month // 12, month % 12 + 1, 1)
