"""All ties of a day as a graph: the second view, after the sentence that a stance says. Its legend is always there.

With a focus, what is not around it is hidden, not dimmed: pale lines behind others are noise. Names are written where
they fit; an actor whose name does not fit still says it in its label. Knows no store: ties, names and places come in.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import numpy as np
from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.figures.encoding import DOT, KINDS, MINUS, PLUS, THICKEST, THINNEST, DrawnTie
from cordiale.figures.layout import positions
from cordiale.figures.paper import MARGIN, TEXT_CHARS, Figure, Paper, cut
from cordiale.plain import one_line
from cordiale.ties import Stance, Tie

NAME = 24
"""Characters of a name that are written."""
LETTER, LINE = TEXT_CHARS * 0.92, 14
"""The width of a letter and the height of a name, in pixels."""
MANY = 1_000
"""Above so many ties lines are half as wide, have no wide unseen line for a pointer to meet, as those would lie on top
of one another, and names take the first room that is free, not the one that the fewest lines cross."""
RAIL = THICKEST / 2 + 1.5
"""How far from the middle of a line its rails are, in pixels: beside the thickest too, as a line's width may change."""
PARTS = 32
"""Points of a line that are looked at to tell whether it crosses a name."""

Box = tuple[float, float, float, float]
AnyTie = TypeVar("AnyTie", DrawnTie, Tie)


def graph(
    ties: Iterable[DrawnTie],
    names: Mapping[str, str],
    *,
    at: date,
    places: Mapping[str, tuple[float, float]] | None = None,
    focus: str | None = None,
    notes: Sequence[str] = (),
    href: Callable[[DrawnTie], str | None] | None = None,
    actor_href: Callable[[str], str | None] | None = None,
    hidden: Iterable[DrawnTie] = (),
) -> Figure:
    """Actors and how they stand on a day. Ties that are unknown are not drawn, nor actors without a tie that is.

    `places` are in parts of the picture, as `positions` gives them: give those of all dates, and no actor moves with
    the date. With `focus` only its ties and those among its neighbours are drawn. `href` says where the evidence of a
    tie is that does not say itself, `actor_href` where the view of an actor is. `hidden` are ties of other days: drawn
    but not shown, with their actors, for a page that moves the date by changing classes alone.

    >>> tie = DrawnTie(a="iran", b="syria", stance=Stance.FRIENDLY, weight=0.8, certainty=0.9)
    >>> graph([tie], {"iran": "Iran", "syria": "Syria"}, at=date(2012, 6, 1)).title
    '2 actors and 1 tie on 2012-06-01: 1 friendly'
    """
    given = list(ties)
    drawn = [tie for tie in given if tie.stance is not Stance.UNKNOWN]
    if places is None:
        places = positions(given)
    if focus is not None:
        drawn = around(focus, drawn)
    degrees = Counter(actor for tie in drawn for actor in (tie.a, tie.b))
    if focus is not None and focus in places:
        degrees.setdefault(focus, 0)
    unseen = list(hidden)
    for actor in sorted({end for tie in unseen for end in (tie.a, tie.b)}):
        degrees.setdefault(actor, 0)
    if missing := [actor for actor in degrees if actor not in places]:
        raise InvalidValue("an actor without a place", missing[0], "give places for every actor that has ties")
    width, height = _size(len(degrees))
    paper = Paper(
        "graph", sentence_of(drawn, at, around=None if focus is None else names.get(focus, focus)), width=width
    )
    scale = 1.0 if len(drawn) + len(unseen) <= MANY else 0.5
    if scale < 1:
        paper.root.set("class", f"{paper.root.get('class')} fine")
    legend(paper, scale)
    edge = 2.5 * MARGIN
    top = paper.top + MARGIN
    spots = {
        actor: (edge + places[actor][0] * (width - 2 * edge), top + places[actor][1] * height) for actor in degrees
    }
    held = paper.group("ties")
    # Thick lines first, so that thin ones are not under them.
    for tie in sorted((*drawn, *unseen), key=lambda tie: (-tie.certainty, tie.a, tie.b)):
        _line(paper, held, tie, names, spots, href, scale)
    if not drawn:
        paper.text(width / 2, top + height / 2, "no tie that is known", css="dim", anchor="middle")
    crossed = [(*spots[tie.a], *spots[tie.b]) for tie in drawn] if scale == 1 else []
    _actors(paper, degrees, names, spots, focus, actor_href, crossed)
    paper.top = round(top + height + MARGIN)
    return paper.done(notes)


def around(focus: str, ties: Sequence[AnyTie]) -> list[AnyTie]:
    """The ties of an actor, and those among its neighbours.

    >>> pairs = ("ab", "bc", "ca", "cd")
    >>> ties = [DrawnTie(a=a, b=b, stance=Stance.HOSTILE, weight=-1, certainty=1) for a, b in pairs]
    >>> [tie.a + tie.b for tie in around("a", ties)]
    ['ab', 'bc', 'ca']
    """
    near = {focus} | {tie.other(focus) for tie in ties if focus in (tie.a, tie.b)}
    return [tie for tie in ties if tie.a in near and tie.b in near]


def sentence(actors: int, kinds: Mapping[str, int], at: date, *, around: str | None = None) -> str:
    """How many actors have how many ties of which kinds, each tie in one of `KINDS`; `around` names whom they are
    around, if anybody, which is one of the actors.

    >>> sentence(2, {"hostile": 1}, date(2012, 6, 1)), sentence(0, {}, date(2012, 6, 1), around="Iran")
    ('2 actors and 1 tie on 2012-06-01: 1 hostile', 'Of Iran no tie is known on 2012-06-01')
    """
    ties = sum(kinds.values())
    if not ties:
        return f"No tie is known on {at}" if around is None else f"Of {around} no tie is known on {at}"
    told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS if kinds.get(kind))
    if around is None:
        return f"{_many(actors, 'actor')} and {_many(ties, 'tie')} on {at}: {told}"
    return f"Around {around}: {_many(actors - 1, 'actor')} and {_many(ties, 'tie')} on {at}; {told}"


def sentence_of(ties: Sequence[DrawnTie], at: date, *, around: str | None = None) -> str:
    """The same of drawn ties."""
    actors = {actor for tie in ties for actor in (tie.a, tie.b)}
    return sentence(len(actors), Counter(tie.kind for tie in ties), at, around=around)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _size(actors: int) -> tuple[int, int]:
    """The width and the height of the picture, by how many actors are in it."""
    width = 800 if actors <= 60 else 1200 if actors <= 300 else 1600
    return width, round(width * 0.68)


def _line(
    paper: Paper,
    within: etree._Element,
    tie: DrawnTie,
    names: Mapping[str, str],
    spots: Mapping[str, tuple[float, float]],
    href: Callable[[DrawnTie], str | None] | None,
    scale: float,
) -> None:
    """A straight line between two actors, with the rails that a dispute has."""
    where = tie.href if tie.href is not None or href is None else href(tie)
    label = f"{names.get(tie.a, tie.a)} and {names.get(tie.b, tie.b)}: {tie.words}, {tie.number}"
    held = paper.link(where, tie.css, label, within)
    held.set("data-tie", one_line(f"{tie.a} {tie.b}"))
    (x, y), (u, v) = spots[tie.a], spots[tie.b]
    width = tie.width * scale
    if scale == 1:
        paper.line(((x, y), (u, v)), held, css="reach")
    path = paper.line(((x, y), (u, v)), held, css="line")
    path.set("stroke-width", f"{width:.1f}")
    if tie.split or tie.may_split:
        away = RAIL * scale / max(((u - x) ** 2 + (v - y) ** 2) ** 0.5, 1e-6)
        p, q = (v - y) * away, (x - u) * away
        for side in (-1, 1):
            paper.line(((x + side * p, y + side * q), (u + side * p, v + side * q)), held, css="rail")


def _actors(
    paper: Paper,
    degrees: Mapping[str, int],
    names: Mapping[str, str],
    spots: Mapping[str, tuple[float, float]],
    focus: str | None,
    href: Callable[[str], str | None] | None,
    lines: Sequence[Box],
) -> None:
    """A circle for each actor, and the names that fit: those of the most tied first, after that of the focus."""
    radius = 5 if len(degrees) <= 60 else 4 if len(degrees) <= 300 else 3
    order = sorted(degrees, key=lambda actor: (actor != focus, -degrees[actor], actor))
    taken = _Taken(
        [(x - radius, y - radius, x + radius, y + radius) for x, y in spots.values()],
        (MARGIN / 2, paper.top, paper.width - MARGIN / 2, float("inf")),
        lines,
    )
    within = paper.group("actors")
    for actor in order:
        name = names.get(actor, actor)
        css = "actor" if degrees[actor] or actor == focus else "actor away"
        held = paper.link(None if href is None else href(actor), css, f"{name}, {_many(degrees[actor], 'tie')}", within)
        held.set("data-actor", one_line(actor))
        x, y = spots[actor]
        paper.add("circle", held, cx=x, cy=y, r=radius + 3 if actor == focus else radius,
                  css="focus" if actor == focus else "spot")  # fmt: skip
        short = cut(name, NAME)
        if (where := taken.room(x, y, radius + (6 if actor == focus else 3), width_of(short))) is not None:
            left, base, anchor = where
            paper.text(left, base, short, held, css="name strong" if actor == focus else "name", anchor=anchor)


def width_of(text: str) -> float:
    """About how wide a name is, in pixels: letters that are wide in print count as two, marks on letters as none.

    >>> round(width_of("Iran")), round(width_of("伊朗")), width_of("")
    (25, 25, 0.0)
    """
    marks = sum(unicodedata.combining(letter) > 0 for letter in text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return LETTER * (len(text) - marks + wide)


class _Taken:
    """Where something is drawn already, as boxes; the frame that names must be in, and lines (x, y, u, v)."""

    def __init__(self, boxes: Sequence[Box], frame: Box, lines: Sequence[Box]) -> None:
        self.boxes = np.empty((2 * len(boxes), 4))
        self.boxes[: len(boxes)] = np.array(boxes).reshape(-1, 4)
        self.count, self.frame = len(boxes), frame
        ends = np.array(lines).reshape(-1, 2, 2, 1)
        part = np.linspace(0, 1, PARTS)
        self.across, self.down = (ends[:, 0, axis] * (1 - part) + ends[:, 1, axis] * part for axis in (0, 1))

    def room(self, x: float, y: float, away: float, width: float) -> tuple[float, float, str] | None:
        """Where a name fits beside a spot: x, baseline and anchor; None where it does not.

        Right, left, above or below: of those that are free, the first of those that the fewest lines cross.
        """
        half, low = width / 2, LINE * 0.3
        tries = (
            (x + away, y + low, "start", x + away),
            (x - away, y + low, "end", x - away - width),
            (x, y - away - 2, "middle", x - half),
            (x, y + away + LINE * 0.75, "middle", x - half),
        )
        boxes = [(start, base - LINE * 0.75, start + width, base + LINE * 0.25) for _, base, _, start in tries]
        free = [place for place, box in enumerate(boxes) if self._free(box)]
        if not free:
            return None
        best = min(free, key=lambda place: self._crossed(boxes[place])) if self.across.size else free[0]
        self.boxes[self.count] = boxes[best]
        self.count += 1
        return tries[best][:3]

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = self.frame
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        boxes = self.boxes[: self.count]
        meets = (boxes[:, 0] < box[2]) & (boxes[:, 2] > box[0]) & (boxes[:, 1] < box[3]) & (boxes[:, 3] > box[1])
        return not meets.any()

    def _crossed(self, box: Box) -> int:
        left, top, right, bottom = box
        inside = (self.across > left) & (self.across < right) & (self.down > top) & (self.down < bottom)
        return int(inside.any(axis=1).sum())


def legend(paper: Paper, scale: float = 1.0) -> None:
    """What lines mean, each beside a piece of it; `scale` is what widths are multiplied by."""
    held = paper.group("legend", role="img", aria_label="Legend: how lines are drawn")
    middle = (THINNEST + THICKEST) / 2 * scale
    pieces = (
        ("tie friendly", f"{PLUS} friendly", (middle,)),
        ("tie hostile", f"{MINUS} hostile", (middle,)),
        ("tie neutral", f"{DOT} neutral", (middle,)),
        ("tie friendly leaning", "pale: leaning", (middle,)),
        ("tie friendly disputed", "rails: disputed", (middle,)),
        ("tie friendly", "width: certainty, 0 to 1", (THINNEST * scale, THICKEST * scale)),
    )
    x, y = float(MARGIN), paper.top + 8
    for css, words, widths in pieces:
        long = 32 * len(widths)
        if x + long + 8 + width_of(words) > paper.width - MARGIN:
            x, y = float(MARGIN), y + 18
        piece = paper.group(css, held, aria_hidden="true")
        for place, width in enumerate(widths):
            start, end = x + 32 * place, x + 32 * place + 28
            paper.line(((start, y), (end, y)), piece, css="line").set("stroke-width", f"{width:.1f}")
            if "disputed" in css:
                for side in (-1, 1):
                    shift = side * (width / 2 + 2.5 * scale)
                    paper.line(((start, y + shift), (end, y + shift)), piece, css="rail")
        paper.text(x + long + 4, y + 4, words, held, css="small")
        x += long + 12 + width_of(words)
    paper.top = round(y + 14)
