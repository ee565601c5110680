"""How two actors stood over time: our reading in a band above, what each source said, and of when, in lanes below.

A mark stands on the day on which a claim was published, and the thin bar under it spans the days of which it speaks.
Claims that say opposite things at about the same time are joined by a bracket: that they disagree is to be seen, and
the reader may open both. Nothing is weighed here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lxml import etree

from cordiale.claims import Certainty
from cordiale.errors import InvalidValue
from cordiale.figures.axis import OVERHANG, Flag, TimeAxis, raise_flags
from cordiale.figures.encoding import DOT, MINUS, PLUS, DrawnTie
from cordiale.figures.paper import MARGIN, TEXT_CHARS, Figure, Paper, cut
from cordiale.periods import Period
from cordiale.plain import one_line
from cordiale.ties import Stance

LANES = 12
"""Sources that have a lane."""
CONFLICT_DAYS = 31
"""How near to each other claims of opposite sign are published that conflict."""
LEFT, BAND, ROW, ROWS = 196, 34, 20, 4
"""Where time begins, the heights of the band and of a row in a lane, in pixels, and the rows of a lane at most."""
TOLD = 4
"""Stretches that the title tells one by one."""

_GLYPHS = {1: PLUS, 0: DOT, -1: MINUS}
_SIDES = {1: "friendly", 0: "neutral", -1: "hostile"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEpisode:
    """A stretch [start, end) over which one stance held; `end` is None for the current one.

    `weight` is above 0 where the friendly side of a contested stretch leads, below 0 where the hostile one does.
    """

    start: date
    end: date | None = None
    stance: Stance
    weight: float = 0.0

    @property
    def drawn(self) -> DrawnTie:
        """The tie that it is drawn as."""
        return DrawnTie(a="", b="", stance=self.stance, weight=self.weight, certainty=1.0)

    @property
    def words(self) -> str:
        """The stance, in words."""
        return "nothing known" if self.stance is Stance.UNKNOWN else self.drawn.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a source said of a tie: its sign, the day on which it was published (None: unknown), when it held.

    `source` is the lane that it is in, `text` its quote, `key` its id, `href` where its evidence is.
    """

    source: str
    said: date | None
    held: Period
    sign: int
    certainty: Certainty = Certainty.ASSERTED
    text: str = ""
    key: str
    href: str | None = None

    def __post_init__(self) -> None:
        if self.sign not in (-1, 0, 1):
            raise InvalidValue("the sign of a mark", self.sign, "use -1, 0 or 1")

    @property
    def css(self) -> str:
        """The classes that say how it is drawn: hedged ones are pale, denied ones italic as well."""
        pale = "" if self.certainty is Certainty.ASSERTED else " hedged"
        return f"mark {_SIDES[self.sign]}{pale}{' denied' if self.certainty is Certainty.DENIED else ''}"

    @property
    def glyph(self) -> str:
        """Its sign, in brackets where it is denied: a slanted sign alone looks like an upright one."""
        sign = _GLYPHS[self.sign]
        return f"({sign})" if self.certainty is Certainty.DENIED else sign

    @property
    def label(self) -> str:
        """What it is, in words."""
        hedge = "" if self.certainty is Certainty.ASSERTED else f", {self.certainty}"
        start, end = self.held.start_text, self.held.end_text
        held = f", held {start or 'before'} to {end or 'open'}" if start or end else ""
        return f"{self.source}, {self.said or 'on an unknown day'}: {_SIDES[self.sign]}{hedge}{held}"


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: Mark
    x: float
    row: int


def tie_timeline(
    a: str,
    b: str,
    episodes: Sequence[DrawnEpisode],
    marks: Sequence[Mark],
    *,
    until: date,
    events: Sequence[Flag] = (),
    notes: Sequence[str] = (),
    href: Callable[[date], str] | None = None,
) -> Figure:
    """How two actors, by name, stood up to a day, and what was said of it. `href` says where the tie as of a day is.

    Time runs from the first episode or claim to `until`, or to the last claim where one was published later. A claim
    whose day of publication is unknown stands before the axis, under "undated". Lanes are sorted by how many claims
    are in them; past twelve the figure says how many more sources there are.

    >>> reading = [DrawnEpisode(start=date(2006, 1, 1), end=date(2012, 8, 21), stance=Stance.FRIENDLY),
    ...     DrawnEpisode(start=date(2012, 8, 21), stance=Stance.LEANING_HOSTILE)]
    >>> said = Mark(source="BBC", said=date(2012, 9, 1), held=Period(), sign=-1, key="1")
    >>> tie_timeline("Hamas", "Syria", reading, [said], until=date(2013, 1, 1)).title
    'Hamas and Syria: friendly from 2006, leaning hostile since 2012-08-21; 1 claim of 1 source'
    """
    paper = Paper("timeline", sentence(a, b, episodes, marks))
    axis = _axis(paper, episodes, marks, until)
    lanes: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: (one.said or date.min, one.key)):
        lanes.setdefault(mark.source, []).append(mark)
    sources = sorted(lanes, key=lambda one: (-len(lanes[one]), one))
    packed = {source: _packed(lanes[source], axis) for source in sources[:LANES]}
    heights = {source: ROW * (1 + max(one.row for one in own)) + 6 for source, own in packed.items()}
    height = BAND + 16 + sum(heights.values())
    raise_flags(paper, axis, events, height)
    top = paper.top + 6
    axis.draw(paper, top, paper.top + height)
    _band(paper, axis, episodes, until, top, href)
    y = top + BAND + 10
    if any(one.mark.said is None for own in packed.values() for one in own):
        paper.text(LEFT - 14, y - 2, "undated", css="dim small", anchor="end")
    centres: list[tuple[Mark, float, float]] = []
    for source, own in packed.items():
        paper.line([(MARGIN, y), (axis.right, y)], css="rule")
        held = paper.group("lane", role="group", aria_label=f"{source}: {_many(len(own), 'claim')}")
        paper.text(MARGIN, y + 16, cut(source, (LEFT - MARGIN - 54) / TEXT_CHARS), held, css="name")
        paper.text(LEFT - 30, y + 16, str(len(own)), held, css="dim small", anchor="end")
        for one in own:
            _mark(paper, axis, one, y + ROW * one.row, held)
            centres.append((one.mark, one.x, y + ROW * one.row + 9))
        y += heights[source]
    _brackets(paper, centres)
    paper.top = round(y + 26)
    if (more := len(sources) - LANES) > 0:
        left = sum(len(lanes[source]) for source in sources[LANES:])
        paper.text(MARGIN, paper.top + 6, f"and {_many(more, 'more source')}, {_many(left, 'claim')}", css="dim")
        paper.top += 16
    return paper.done(notes)


def sentence(a: str, b: str, episodes: Sequence[DrawnEpisode], marks: Sequence[Mark]) -> str:
    """What the figure shows, in words. A stretch from the first of January on is "from" that year; those of one side
    that follow each other, or have only what is unknown between them, are told as one; of the last one also since when
    it holds without a break.

    >>> sentence("Hamas", "Syria", [], [])
    'Hamas and Syria: nothing known; no claim'
    """
    told = _stretches(episodes)
    if len(told) > TOLD:
        told = [told[0], f"then {len(told) - 3} other stretches", *told[-2:]]
    claims = _many(len(marks), "claim")
    sources = f" of {_many(len({mark.source for mark in marks}), 'source')}" if marks else ""
    return f"{a} and {b}: {', '.join(told) or 'nothing known'}; {claims}{sources}"


def _stretches(episodes: Sequence[DrawnEpisode]) -> list[str]:
    """Each side taken, in words, with its first day; of the last one also whether it has ended."""
    sides: list[list[DrawnEpisode]] = []
    for place, one in enumerate(episodes):
        if one.stance is Stance.UNKNOWN and place < len(episodes) - 1:
            continue
        last = sides[-1][-1].stance if sides else None
        if last is not None and (one.stance is last or one.stance.sign * last.sign > 0):
            sides[-1].append(one)
        else:
            sides.append([one])
    told = []
    for place, own in enumerate(sides):
        mixed = len({one.stance for one in own}) > 1
        words = f"on the {_SIDES[own[0].stance.sign]} side" if mixed else own[0].words
        ended = own[-1].end if place == len(sides) - 1 else None
        going_on = place == len(sides) - 1 and ended is None
        begun = next((late.start for early, late in reversed([*pairwise(own)]) if early.end != late.start), None)
        if going_on and begun is not None:
            told.append(f"{words} from {_day(own[0].start)}, again since {_day(begun)}")
            continue
        until = f" to {_day(ended)}" if ended else ""
        told.append(f"{words} {'since' if going_on else 'from'} {_day(own[0].start)}{until}")
    return told


def _many(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count <= 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.year:04}" if (day.month, day.day) == (1, 1) else str(day)


def _axis(paper: Paper, episodes: Sequence[DrawnEpisode], marks: Sequence[Mark], until: date) -> TimeAxis:
    said = [mark.said for mark in marks if mark.said is not None]
    begun = [*(one.start for one in episodes), *said] or [mark.held.start for mark in marks if mark.held.start]
    first, last = min([*begun, until]), max([*said, until])
    return TimeAxis(first=first, last=last, left=LEFT, right=paper.width - MARGIN - OVERHANG)


def _band(
    paper: Paper, axis: TimeAxis, episodes: Sequence[DrawnEpisode], until: date, top: float,
    href: Callable[[date], str] | None,
) -> None:  # fmt: skip
    """Our reading: a stretch a stance, with its line, and as much of its glyph and words as it has room for."""
    held = paper.group("reading", role="group", aria_label="Our reading")
    paper.text(MARGIN, top + BAND / 2 + 4, "Our reading", held, css="strong")
    middle = top + BAND / 2
    for one in episodes:
        start, stop = axis.x(one.start), axis.x(one.end or max(until, one.start))
        wide = max(stop - start, 1.0)
        tie = one.drawn
        blank = one.stance is Stance.UNKNOWN
        label = f"{one.words} from {one.start} to {one.end or until}"
        group = paper.link(href(one.start) if href else None, "episode blank" if blank else f"episode {tie.css}",
                           label, held)  # fmt: skip
        # What is unknown is not drawn: an empty frame says that there was time, and no reading.
        paper.add("rect", group, x=start, y=top, width=wide, height=BAND, css="hit frame" if blank else "hit tint")
        if not blank:
            paper.line([(start, top + BAND - 4), (start + wide, top + BAND - 4)], group, css="line reading-line")
            if tie.split:
                for y in (top + BAND - 8, top + BAND):
                    paper.line([(start, y), (start + wide, y)], group, css="rail")
        glyph = "" if blank else tie.glyph
        words = "no claim" if blank else one.words.replace("disputed", "") if tie.split else one.words
        if wide >= (len(glyph) + len(words) + 2) * TEXT_CHARS:
            line = paper.text(start + wide / 2, middle + 1, "", group, anchor="middle", css="small")
            paper.add("tspan", line, glyph, css="glyph")
            line[-1].tail = f" {words}" if words else None
        elif glyph and wide >= 12:
            short = glyph if wide >= 12 * len(glyph) else glyph[-1]
            paper.text(start + wide / 2, middle + 1, short, group, css="glyph", anchor="middle")


def _packed(marks: Sequence[Mark], axis: TimeAxis) -> list[_Placed]:
    """The marks of a lane in rows, so that neither signs nor bars lie on each other as long as there are rows."""
    bars: list[list[tuple[float, float]]] = [[] for _ in range(ROWS)]
    signs: list[list[float]] = [[] for _ in range(ROWS)]
    found = []
    for mark in marks:
        x = LEFT - 20 if mark.said is None else axis.x(mark.said)
        bar = _bar(mark, axis) or (x, x)
        low, high = min(x - 8, bar[0]), max(x + 8, bar[1])
        clear = [row for row in range(ROWS) if all(stop < low or start > high for start, stop in bars[row])]
        apart = [row for row in range(ROWS) if all(abs(x - other) >= 11 for other in signs[row])]
        row = (clear or apart or [min(range(ROWS), key=lambda n: len(signs[n]))])[0]
        bars[row].append((low, high))
        signs[row].append(x)
        found.append(_Placed(mark, x, row))
    return found


def _bar(mark: Mark, axis: TimeAxis) -> tuple[float, float] | None:
    """Where the bar of a claim runs; None where it says nothing of when, or only of days off the axis."""
    start, end = mark.held.start, mark.held.end
    if (start is None and end is None) or (start and start > axis.last) or (end and end < axis.first):
        return None
    low = axis.left if start is None else axis.x(start)
    high = axis.right if end is None else axis.x(end)
    return low, max(high, low + 2)


def _mark(paper: Paper, axis: TimeAxis, one: _Placed, y: float, lane: etree._Element) -> None:
    mark = one.mark
    held = paper.link(mark.href, mark.css, mark.label, lane)
    held.set("data-claim", one_line(mark.key))
    if mark.text:
        paper.add("title", held, mark.text)
    paper.add("rect", held, x=one.x - 7, y=y + 1, width=14, height=ROW - 4, rx=3, css="hit")
    bar = _bar(mark, axis)
    if bar is not None:
        paper.line([(bar[0], y + 18), (bar[1], y + 18)], held, css="line bar")
        for bound, x in ((mark.held.start, bar[0]), (mark.held.end, bar[1])):
            if bound is not None and axis.first <= bound <= axis.last:  # an open end has no stop
                paper.line([(x, y + 15.5), (x, y + 20.5)], held, css="line stop")
    paper.text(one.x, y + 14, mark.glyph, held, css="glyph", anchor="middle")


def _brackets(paper: Paper, centres: Sequence[tuple[Mark, float, float]]) -> None:
    """A bracket from each claim to the nearest of opposite sign, where that is near: all that conflict are joined."""
    dated = [(mark.said, mark, x, y) for mark, x, y in centres if mark.said is not None and mark.sign]
    joined: set[tuple[int, int]] = set()
    for place, (said, mark, _, _) in enumerate(dated):
        against = [
            (abs((said - other_said).days), other)
            for other, (other_said, one, _, _) in enumerate(dated)
            if one.sign == -mark.sign and abs((said - other_said).days) <= CONFLICT_DAYS
        ]
        if against:
            other = min(against)[1]
            joined.add((min(place, other), max(place, other)))
    if not joined:
        return
    held = paper.group("brackets")
    for one, other in sorted(joined):
        (said, mark, x, y), (other_said, against_it, u, v) = dated[one], dated[other]
        label = f"Conflict: {mark.source}, {said}, {_SIDES[mark.sign]}; "
        label += f"{against_it.source}, {other_said}, {_SIDES[against_it.sign]}"
        group = paper.group("bracket", held, role="img", aria_label=label)
        if y == v:
            paper.line([(x, y - 7), (x, y - 10), (u, y - 10), (u, y - 7)], group, css="line")
        else:
            far = max(x, u) + 13
            paper.line([(x + 7, y), (far, y), (far, v), (u + 7, v)], group, css="line")
