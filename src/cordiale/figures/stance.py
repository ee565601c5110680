"""One actor's two-sided view: allies left, adversaries right, neutral and disputed above, a sentence as its title.

The first view of everything: the whole graph of many actors says no sentence. Each side is sorted by certainty, and
past eight says how many more. Knows no store: ties and names come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lxml import etree

from cordiale.figures.encoding import DrawnTie
from cordiale.figures.paper import BOLD_CHARS, MARGIN, TEXT_CHARS, Figure, Paper, cut, number
from cordiale.ties import Stance

MOST = 8
"""Ties of a side that are drawn."""
ROW, NAME = 44, 256
FOCUS = 132
"""The height of a row, the room of a name, and the width of the focus, in pixels."""


def stance(
    focus: str,
    ties: Iterable[DrawnTie],
    names: Mapping[str, str],
    *,
    at: date,
    most: int = MOST,
    notes: Sequence[str] = (),
) -> Figure:
    """The ties of an actor on a day, at most so many on a side; unknown ones are left out.

    >>> tie = DrawnTie(a="hamas", b="iran", stance=Stance.FRIENDLY, weight=0.5, certainty=0.4)
    >>> stance("hamas", [tie], {"hamas": "Hamas", "iran": "Iran"}, at=date(2011, 1, 1)).title
    'Hamas had 1 ally and no adversaries on 2011-01-01'
    """
    own = sorted(ties, key=lambda tie: (-tie.certainty, -abs(tie.weight), names.get(tie.other(focus), "")))
    known = [tie for tie in own if tie.stance is not Stance.UNKNOWN]
    sides = {side: [tie for tie in known if tie.stance.sign == side] for side in (1, 0, -1)}
    name = names.get(focus, focus)
    paper = Paper("stance", sentence(name, sides[1], sides[-1], sides[0], at))
    middle = paper.width / 2
    shown = {side: some[:most] for side, some in sides.items()}
    above = paper.top
    for tie in shown[0]:
        _entry(paper, tie, names, focus, (middle, above + 16), "middle")
        above += ROW
    below = above + (18 if shown[0] else 0)
    rows = max(len(shown[1]), len(shown[-1]), 1)
    centre = below + 20 + rows * ROW / 2
    for side, head, x, anchor in ((1, "Allies", NAME, "end"), (-1, "Adversaries", paper.width - NAME, "start")):
        paper.text(x, below + 12, f"{head} {len(sides[side])}" if sides[side] else head, css="head", anchor=anchor)
        start = below + 20 + (rows - len(shown[side])) * ROW / 2
        for place, tie in enumerate(shown[side]):
            y = start + place * ROW + 18
            _line(paper, tie, (x - 8 * (x > middle) + 8 * (x < middle), y - 4), (middle - side * FOCUS / 2, centre))
            _entry(paper, tie, names, focus, (x, y), anchor)
        if not sides[side]:
            paper.text(x, centre + 4, "none that is known", css="dim", anchor=anchor)
        if (left := len(sides[side]) - most) > 0:
            paper.text(x, start + most * ROW + 14, f"and {left} more", css="dim", anchor=anchor)
    paper.add("rect", x=middle - FOCUS / 2, y=centre - 21, width=FOCUS, height=42, rx=4, css="focus")
    lines = [name] if len(name) <= FOCUS / TEXT_CHARS else [cut(part, FOCUS / TEXT_CHARS) for part in _halves(name)]
    for place, part in enumerate(lines):
        paper.text(middle, centre + 5 + 16 * place - 8 * (len(lines) - 1), part, css="strong", anchor="middle")
    more = any(len(some) > most for some in sides.values())
    paper.top = round(below + 24 + rows * ROW + (18 if more else 0))
    return paper.done(notes)


def sentence(
    name: str, allies: Sequence[DrawnTie], adversaries: Sequence[DrawnTie], neutral: Sequence[DrawnTie], at: date
) -> str:
    """What the view shows, in words.

    >>> sentence("Hamas", (), (), (), date(2012, 6, 1))
    'Of Hamas no ally and no adversary is known on 2012-06-01'
    """
    if not (allies or adversaries):
        return f"Of {name} no ally and no adversary is known on {at}"
    disputed = sum(tie.split for tie in (*allies, *adversaries, *neutral))
    told = f"{name} had {_many(len(allies), 'ally', 'allies')} and "
    told += f"{_many(len(adversaries), 'adversary', 'adversaries')} on {at}"
    return told + (f"; {_many(disputed, 'tie is', 'ties are')} disputed" if disputed else "")


def _many(count: int, one: str, more: str) -> str:
    return f"{count or 'no'} {one if count == 1 else more}"


def _halves(name: str) -> list[str]:
    """A long name in two lines, broken at the blank nearest to its middle."""
    blanks = [place for place, letter in enumerate(name) if letter == " "]
    if not blanks:
        return [name]
    at = min(blanks, key=lambda place: abs(place - len(name) / 2))
    return [name[:at], name[at + 1 :]]


def _entry(
    paper: Paper, tie: DrawnTie, names: Mapping[str, str], focus: str, at: tuple[float, float], anchor: str
) -> None:
    """A name, and under it how the two stand."""
    other = tie.other(focus)
    name = names.get(other, other)
    label = f"{names.get(focus, focus)} and {name}: {tie.words}, {tie.number}"
    held = paper.link(tie.href, tie.css, label)
    held.set("data-tie", f"{tie.a} {tie.b}")
    x, y = at
    left = {"end": x - NAME + 8, "start": x - 4, "middle": x - NAME / 2}[anchor]
    paper.add("rect", held, x=left, y=y - 15, width=NAME - 4, height=ROW - 4, rx=3, css="hit")
    paper.text(x, y, cut(name, (NAME - MARGIN) / BOLD_CHARS), held, css="name strong", anchor=anchor)
    line = paper.text(x, y + 16, "", held, css="small", anchor=anchor)
    _spans(paper, line, tie)


def _spans(paper: Paper, line: etree._Element, tie: DrawnTie) -> None:
    paper.add("tspan", line, f"{tie.glyph} ", css="glyph")
    size = tie.number.lstrip("+−") if tie.glyph[:1] in tie.number[:1] else tie.number  # a sign is said once
    paper.add("tspan", line, size, css="number")
    since = f" since {tie.since}" if tie.since else ""
    line[-1].tail = f"{since}, certainty {tie.certainty:.2f}" if since else f" certainty {tie.certainty:.2f}"


def _line(paper: Paper, tie: DrawnTie, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A bent line from a name to the focus, with the rails that a dispute has."""
    held = paper.group(tie.css, aria_hidden="true")
    held.set("data-tie", f"{tie.a} {tie.b}")
    (x, y), (u, v) = start, end
    half = (x + u) / 2

    def bent(shift: float) -> str:
        p, q = number(y + shift), number(v + shift)
        return f"M{number(x)} {p}C{number(half)} {p} {number(half)} {q} {number(u)} {q}"

    paper.add("path", held, d=bent(0), css="line", stroke_width=tie.width)
    if tie.split:
        for side in (-1, 1):
            paper.add("path", held, d=bent(side * (tie.width / 2 + 2.5)), css="rail")
