"""What would be different if ties were otherwise: left what is, right what would be, and only what differs.

The warning that it is arithmetic, and no forecast, is drawn in the figure: it must not be lost where the figure is
passed on. Knows no store: the answer, names and isolations come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from cordiale.figures.encoding import MINUS, PLUS, DrawnTie
from cordiale.figures.paper import MARGIN, TEXT_CHARS, Figure, Paper, cut
from cordiale.networks import Supposed, WhatIf
from cordiale.plain import one_line
from cordiale.ties import Stance

WARNING = "Arithmetic on ties, not a forecast."
MOST = 8
"""Ties of a list that are drawn."""
ROW = 40
"""The height of a measure, in pixels."""
NOW, TRACK, THEN = 330, 400, 620
"""Where the value of now ends, where the line from 0 to the end starts, and where it ends, in pixels."""

_SIGNS = {1: ("tie friendly", PLUS, "friendly"), -1: ("tie hostile", MINUS, "hostile"), 0: ("tie", "", "no tie")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """A measure now and then, as it is written, and between 0 and 1 as it is drawn; None where there is none."""

    name: str
    small: str
    now: str
    then: str
    change: str
    places: tuple[float, float] | None

    @property
    def differs(self) -> bool:
        return self.now != self.then


def what_if(
    answer: WhatIf,
    names: Mapping[str, str],
    *,
    at: date,
    isolations: Mapping[str, tuple[float, float]] | None = None,
    ties: Iterable[DrawnTie] = (),
    what: str = "",
    notes: Sequence[str] = (),
) -> Figure:
    """A network on a day beside the same with ties supposed to be otherwise.

    `isolations` are those of the ends of what is supposed, or of anybody, now and then, each between 0 and 1. `ties`
    are those of that day: of them it is drawn how the supposed ones are now, and without them nothing is said of it.
    `what` says in words what is supposed, where that is more than its ties: "If Turkey left NATO".
    Misfits are the ties that the best division into two sides leaves frustrated.

    >>> from cordiale.networks import what_if as suppose
    >>> ties = [("iran", "iraq", 1), ("iraq", "syria", 1), ("iran", "syria", -1)]
    >>> answer = suppose(ties, [Supposed(a="iran", b="syria", sign=1)])
    >>> what_if(answer, {"iran": "Iran", "iraq": "Iraq", "syria": "Syria"}, at=date(2012, 6, 1)).title
    'If Iran and Syria were friendly on 2012-06-01, frustration would fall from 1 to 0'
    """
    paper = Paper("what-if", sentence(answer, names, at, what))
    _warning(paper)
    _heads(paper)
    here = {frozenset((tie.a, tie.b)): tie for tie in ties if tie.stance is not Stance.UNKNOWN}
    for supposed in answer.supposed[:MOST]:
        now = here.get(frozenset((supposed.a, supposed.b)))
        _supposed(paper, supposed, now, names, told=bool(here))
    if (left := len(answer.supposed) - MOST) > 0:
        paper.text(MARGIN, paper.top + 14, f"and {left} more ties that would be otherwise", css="dim")
        paper.top += 24
    measures = [*_measures(answer), *_isolations(isolations or {}, names)]
    for measure in measures:
        if measure.differs:
            _measure(paper, measure)
    same = [f"{measure.name} {measure.now}" for measure in measures if not measure.differs]
    if answer.relieved or answer.strained:
        _lists(paper, answer, names)
    else:
        same.append("which ties are misfits")
    return paper.done((f"The same now and then: {'; '.join(same)}." if same else "", *_told(answer), *notes))


def sentence(answer: WhatIf, names: Mapping[str, str], at: date, what: str = "") -> str:
    """What is supposed, and what it would do to frustration, in words."""
    first, *more = answer.supposed
    how = {1: "were friendly", -1: "were hostile", 0: "had no tie"}[first.sign]
    told = f"{what or f'If {names.get(first.a, first.a)} and {names.get(first.b, first.b)} {how}'} on {at}"
    if more and not what:
        told += f", and {len(more)} other tie{'s were' if len(more) > 1 else ' was'} otherwise"
    now, then = written(answer.now.value), written(answer.then.value)
    if now == then:
        return f"{told}, frustration would still be {now}"
    return f"{told}, frustration would {'rise' if answer.delta > 0 else 'fall'} from {now} to {then}"


def written(value: float) -> str:
    """A count, or a weight to two places, without ends of zeros.

    >>> written(3.0), written(2.504), written(-0.001)
    ('3', '2.5', '0')
    """
    return f"{round(value, 2) + 0:,.2f}".rstrip("0").rstrip(".").replace("-", MINUS)


def change(value: float, places: int | None = None) -> str:
    """A difference with its sign, to so many places or as `written`.

    >>> change(1.0), change(-0.456), change(0.1, 2), change(0.0)
    ('+1', '−0.46', '+0.10', '0')
    """
    size = written(abs(value)) if places is None else f"{abs(value):.{places}f}"
    return size if not size.strip("0.") else f"{MINUS if value < 0 else PLUS}{size}"


def _measures(answer: WhatIf) -> Iterator[_Measure]:
    now, then = answer.now, answer.then
    most = max(now.total, then.total) / 2  # no network is more frustrated than half of its ties
    counted = f"{change(answer.delta)}{'' if answer.exact else ', not proven'}"
    yield _Measure(
        name="Frustration", small=f"misfits at the best division, 0 to {written(most)}", change=counted,
        now=written(now.value), then=written(then.value),
        places=(now.value / most, then.value / most) if most else None,
    )  # fmt: skip
    yield _share("Balance", "1 where two sides explain every tie, 0 to 1", now.balance, then.balance)
    three, other = answer.triangles_now, answer.triangles_then
    both = three.strict is not None and other.strict is not None
    balanced = [found.friendly + found.two_hostile for found in (three, other)]
    yield _Measure(
        name="Balanced triangles", small="of all triangles, none to all",
        now=f"{balanced[0]:,} of {three.total:,}", then=f"{balanced[1]:,} of {other.total:,}",
        change=change(balanced[1] - balanced[0]),
        places=(three.strict or 0.0, other.strict or 0.0) if both else None,
    )  # fmt: skip


def _isolations(isolations: Mapping[str, tuple[float, float]], names: Mapping[str, str]) -> Iterator[_Measure]:
    for actor, (now, then) in isolations.items():
        small = "0 to 1; by the signs of ties alone"
        yield _share(f"Isolation of {names.get(actor, actor)}", small, float(now), float(then))


def _share(name: str, small: str, now: float, then: float) -> _Measure:
    told, other = f"{now:.2f}", f"{then:.2f}"
    # The difference of what is written: 0.50 to 0.62 must not say +0.11.
    return _Measure(name=name, small=small, now=told, then=other, change=change(float(other) - float(told), 2),
                    places=(now, then))  # fmt: skip


def _warning(paper: Paper) -> None:
    paper.add("rect", x=MARGIN, y=paper.top, width=paper.width - 2 * MARGIN, height=28, rx=3, css="band")
    paper.text(MARGIN + 10, paper.top + 19, WARNING, css="strong warning")
    paper.top += 44


def _heads(paper: Paper) -> None:
    paper.text(NOW, paper.top + 10, "What is", css="head", anchor="end")
    paper.text(THEN + 20, paper.top + 10, "What would be", css="head")
    paper.top += 20


def _supposed(paper: Paper, supposed: Supposed, now: DrawnTie | None, names: Mapping[str, str], *, told: bool) -> None:
    """A supposed tie: the pair, how it is now where that is known, and how it would be."""
    a, b = (names.get(actor, actor) for actor in (supposed.a, supposed.b))
    css, glyph, words = _SIGNS[supposed.sign]
    was = now.words if now is not None else "no tie" if told else ""
    label = f"Supposed: {a} and {b}, {f'now {was}, ' if was else ''}then {words}"
    held = paper.group("supposed", role="img", aria_label=label)
    held.set("data-tie", one_line(f"{supposed.a} {supposed.b}"))
    y = paper.top + 18
    room = (paper.width - 2 * MARGIN) / TEXT_CHARS / 2 - 6
    paper.text(MARGIN, y, f"{cut(a, room)} and {cut(b, room)}", held, css="strong")
    y += 20
    if was:
        _sign(paper, held, now.css if now is not None else "tie", now.glyph if now is not None else "", was,
              (NOW, y), "end")  # fmt: skip
    _sign(paper, held, css, glyph, words, (THEN + 20, y), "start")
    _arrow(paper, held, (TRACK, THEN), y - 4)
    paper.top += 46
    paper.line(((MARGIN, paper.top + 4), (paper.width - MARGIN, paper.top + 4)), css="rule")
    paper.top += 6


def _sign(
    paper: Paper, within: etree._Element, css: str, glyph: str, words: str, at: tuple[float, float], anchor: str
) -> None:
    """A glyph and its words."""
    held = paper.group(css, within)
    line = paper.text(*at, "", held, anchor=anchor)
    if glyph:
        paper.add("tspan", line, glyph, css="glyph").tail = " "
    paper.add("tspan", line, words, css="strong" if glyph else "dim")


def _arrow(paper: Paper, within: etree._Element, ends: tuple[float, float], y: float) -> None:
    start, end = ends
    paper.line(((start, y), (end, y)), within, css="axis")
    paper.line(((end - 7, y - 4), (end, y), (end - 7, y + 4)), within, css="axis")


def _measure(paper: Paper, measure: _Measure) -> None:
    """A measure: its name, its value now, a line with both on it, its value then, and by how much it differs."""
    label = f"{measure.name}: now {measure.now}, then {measure.then}, {measure.change}"
    held = paper.group("measure", role="img", aria_label=label)
    y = paper.top + 20
    paper.text(MARGIN, y, cut(measure.name, 38), held)
    paper.text(MARGIN, y + 14, measure.small, held, css="dim small")
    paper.text(NOW, y, measure.now, held, anchor="end")
    if measure.places is not None:
        now, then = (TRACK + (THEN - TRACK) * min(max(place, 0.0), 1.0) for place in measure.places)
        paper.line(((TRACK, y - 4), (THEN, y - 4)), held, css="rule")
        for end in (TRACK, THEN):
            paper.line(((end, y - 8), (end, y)), held, css="rule")
        if abs(then - now) > 10:  # nearer, the circles touch
            paper.line(((now, y - 4), (then, y - 4)), held, css="course")
        paper.add("circle", held, cx=now, cy=y - 4, r=5, css="before")
        paper.add("circle", held, cx=then, cy=y - 4, r=5, css="spot")
    paper.text(THEN + 20, y, measure.then, held, css="strong")
    paper.text(paper.width - MARGIN, y, measure.change, held, css="strong", anchor="end")
    paper.top += ROW


def _lists(paper: Paper, answer: WhatIf, names: Mapping[str, str]) -> None:
    """The ties that would be misfits no more, and those that would become misfits, side by side."""
    paper.line(((MARGIN, paper.top + 4), (paper.width - MARGIN, paper.top + 4)), css="rule")
    top, half = paper.top + 26, paper.width / 2
    sides = (
        ("No longer misfits", answer.relieved, MARGIN),
        ("Would become misfits", answer.strained, half + MARGIN / 2),
    )
    for head, pairs, x in sides:
        held = paper.group("misfits")
        paper.text(x, top, f"{head} {len(pairs)}" if pairs else head, held, css="head")
        for place, (a, b) in enumerate(pairs[:MOST], start=1):
            told = cut(f"{names.get(a, a)} and {names.get(b, b)}", (half - 2 * MARGIN) / TEXT_CHARS)
            paper.text(x, top + 20 * place, told, held).set("data-tie", one_line(f"{a} {b}"))
        if not pairs:
            paper.text(x, top + 20, "none", held, css="dim")
        if (left := len(pairs) - MOST) > 0:
            paper.text(x, top + 20 * (MOST + 1), f"and {left} more", held, css="dim")
    longest = max(len(pairs) for _, pairs, _ in sides)
    paper.top = top + 20 * (min(longest, MOST) + (longest > MOST))


def _told(answer: WhatIf) -> Iterator[str]:
    yield "A misfit is a tie that the best division into two sides leaves frustrated: friends apart, or foes together."
    if answer.relieved or answer.strained:
        yield "Misfits are those of the division that was found; another may be as good."
    for when, found in (("now", answer.now), ("then", answer.then)):
        if not found.optimal:
            bound = written(found.lower_bound)
            yield f"Frustration {when} is not proven: it is between {bound} and {written(found.value)}."
