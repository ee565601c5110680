"""All ties of a day as a matrix: the third view, where blocs show as blocks along the diagonal.

A cell says a sign by its glyph first, so that it reads in grey; by its fill how firm it is: full, pale where leaning,
an outline where disputed, with a question mark after the sign. An empty cell is no claim. Knows no store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from lxml import etree
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import pdist

from cordiale.figures.encoding import DOT, MINUS, PLUS, DrawnTie
from cordiale.figures.graph import sentence_of, width_of
from cordiale.figures.paper import MARGIN, Figure, Paper, cut, number
from cordiale.plain import one_line
from cordiale.ties import Stance

SMALLEST, LARGEST = 18, 30
"""The side of a cell, in pixels, of many actors and of few."""
NAME = 24
"""Characters of a name that are written."""


def matrix(
    ties: Iterable[DrawnTie],
    names: Mapping[str, str],
    *,
    at: date,
    order: Sequence[str] | None = None,
    notes: Sequence[str] = (),
    most: int = 60,
    focus: str | None = None,
    hidden: Iterable[DrawnTie] = (),
) -> Figure:
    """Actors by actors, and how each two stand on a day. Ties that are unknown are left blank.

    Without an `order` actors that stand alike are put beside each other (`seriation`); with one, its actors come as
    they do in it, those without a tie too, and others after them. Past `most` those with the most ties are shown.
    `focus` is whom the ties are around, for the title. `hidden` are ties of other days: drawn but not shown, for a page
    that moves the date by changing classes and glyphs.

    >>> tie = DrawnTie(a="iran", b="iraq", stance=Stance.HOSTILE, weight=-0.8, certainty=0.9)
    >>> matrix([tie], {}, at=date(1985, 6, 1)).title
    '2 actors and 1 tie on 1985-06-01: 1 hostile'
    """
    drawn = [tie for tie in ties if tie.stance is not Stance.UNKNOWN]
    degrees = Counter(actor for tie in drawn for actor in (tie.a, tie.b))
    unseen = list(hidden)
    others = {end for tie in unseen for end in (tie.a, tie.b)}
    everyone = dict.fromkeys((*(order or ()), *sorted({*degrees, *others})))
    shown = set(sorted(everyone, key=lambda actor: (-degrees[actor], actor))[: max(most, 0)])
    among = [tie for tie in drawn if tie.a in shown and tie.b in shown]
    if order is None:
        actors = seriation(among, sorted(shown))
    else:
        rest = seriation(among, sorted(shown - set(order)))
        actors = [actor for actor in dict.fromkeys(order) if actor in shown] + rest
    count = len(actors)
    head = max((width_of(cut(names.get(actor, actor), NAME)) for actor in actors), default=0) + 8
    cell = min(max((800 - 2 * MARGIN - head) / max(count, 1), SMALLEST), LARGEST)
    paper = Paper(
        "matrix",
        sentence_of(drawn, at, around=None if focus is None else names.get(focus, focus)),
        width=max(800, round(2 * MARGIN + head + count * cell)),
    )
    _legend(paper)
    left, top = MARGIN + head, paper.top + head
    if not actors:
        paper.text(paper.width / 2, paper.top + 40, "no tie that is known", css="dim", anchor="middle")
        paper.top += 64
        return paper.done(notes)
    _axes(paper, actors, names, degrees, (left, top), cell)
    places = {actor: place for place, actor in enumerate(actors)}
    held = paper.group("ties")
    # In the order of reading, which is that of a keyboard too.
    behind = [tie for tie in unseen if tie.a in shown and tie.b in shown]
    for tie in sorted((*among, *behind), key=lambda tie: sorted((places[tie.a], places[tie.b]))):
        _cells(paper, held, tie, names, places, (left, top), cell)
    paper.top = round(top + count * cell + 8)
    return paper.done((*notes, *_left_out(len(everyone), count, len(drawn), len(among), order is None)))


def seriation(ties: Iterable[DrawnTie], actors: Sequence[str]) -> list[str]:
    """Actors in an order in which those that stand alike to all others are neighbours.

    Average linkage of their rows of the signed matrix, in which everybody is a friend of their own, by the cosine; its
    leaves in the best order (Bar-Joseph, Gifford & Jaakkola 2001). So it finds any number of blocs. The end with more
    ties comes first.

    >>> pairs = {"ac": Stance.FRIENDLY, "bd": Stance.FRIENDLY, "ab": Stance.HOSTILE, "cd": Stance.HOSTILE}
    >>> seriation([DrawnTie(a=a, b=b, stance=how, weight=0, certainty=1) for (a, b), how in pairs.items()], "abcd")
    ['a', 'c', 'd', 'b']
    """
    places = {actor: place for place, actor in enumerate(actors)}
    if len(actors) < 3:
        return list(actors)
    rows = np.eye(len(actors))
    for tie in ties:
        if tie.a in places and tie.b in places and tie.a != tie.b:
            a, b = places[tie.a], places[tie.b]
            rows[a, b] = rows[b, a] = tie.side
    # Distances to six places, so that rounding decides between no two equals.
    apart = np.round(pdist(rows, "cosine"), 6)
    leaves = leaves_list(linkage(apart, "average", optimal_ordering=True)).tolist()
    tied = np.abs(rows).sum(axis=1)[leaves]
    half = len(leaves) // 2
    first, last = tied[:half].sum(), tied[-half:].sum()
    if last > first or (last == first and leaves[-1] < leaves[0]):
        leaves.reverse()
    return [actors[place] for place in leaves]


def _axes(
    paper: Paper,
    actors: Sequence[str],
    names: Mapping[str, str],
    degrees: Mapping[str, int],
    corner: tuple[float, float],
    cell: float,
) -> None:
    """Names down the left side and along the top, lines between, and the diagonal, where nobody stands."""
    left, top = corner
    size = len(actors) * cell
    axes = paper.group("axes")
    for place, actor in enumerate(actors):
        name = names.get(actor, actor)
        short, middle = cut(name, NAME), (place + 0.5) * cell
        ties = f"{degrees[actor]:,} tie{'' if degrees[actor] == 1 else 's'}"
        row = paper.group("actor", axes, role="img", aria_label=f"{name}, {ties}")
        row.set("data-actor", one_line(actor))
        paper.text(left - 6, top + middle + 4, short, row, css="name small", anchor="end")
        x, y = number(left + middle + 4), number(top - 6)
        over = paper.text(left + middle + 4, top - 6, short, row, css="name small")
        over.set("transform", f"rotate(-90 {x} {y})")
        paper.add("rect", axes, x=left + place * cell, y=top + place * cell, width=cell, height=cell, css="band")
    for place in range(len(actors) + 1):
        shift = place * cell
        paper.line(((left, top + shift), (left + size, top + shift)), axes, css="rule")
        paper.line(((left + shift, top), (left + shift, top + size)), axes, css="rule")


def _cells(
    paper: Paper,
    within: etree._Element,
    tie: DrawnTie,
    names: Mapping[str, str],
    places: Mapping[str, int],
    corner: tuple[float, float],
    cell: float,
) -> None:
    """The two cells of a tie, as one: each stands where the other's row and column meet."""
    label = f"{names.get(tie.a, tie.a)} and {names.get(tie.b, tie.b)}: {tie.words}, {tie.number}"
    held = paper.link(tie.href, tie.css, label, within)
    held.set("data-tie", one_line(f"{tie.a} {tie.b}"))
    a, b = places[tie.a], places[tie.b]
    for row, column in ((a, b), (b, a))[: 1 if a == b else 2]:
        _cell(paper, held, tie.glyph, (corner[0] + column * cell, corner[1] + row * cell), cell)


def _cell(paper: Paper, within: etree._Element, glyph: str, corner: tuple[float, float], cell: float) -> None:
    x, y = corner
    paper.add("rect", within, x=x + 1.5, y=y + 1.5, width=cell - 3, height=cell - 3, rx=1.5, css="cell")
    paper.text(x + cell / 2, y + cell / 2 + 5, glyph, within, css="mark", anchor="middle")


def _legend(paper: Paper) -> None:
    """What cells mean, each beside one."""
    held = paper.group("legend", role="img", aria_label="Legend: how cells are drawn")
    pieces = (
        ("tie friendly", PLUS, "friendly"),
        ("tie hostile", MINUS, "hostile"),
        ("tie neutral", DOT, "neutral"),
        ("tie friendly leaning", PLUS, "pale: leaning"),
        ("tie friendly disputed", f"{PLUS}?", "outline: disputed"),
        ("", "", "blank: no claim"),
    )
    x, y = float(MARGIN), paper.top - 2
    for css, glyph, words in pieces:
        if css:
            _cell(paper, paper.group(css, held, aria_hidden="true"), glyph, (x, y), 20)
        paper.text(x + (24 if css else 0), y + 14, words, held, css="small")
        x += 42 + width_of(words)
    paper.top = round(y + 28)


def _left_out(actors: int, shown: int, ties: int, among: int, sorted_here: bool) -> list[str]:
    told = ["Actors that stand alike are beside each other."] if sorted_here and shown > 2 else []
    if actors > shown:
        told.append(
            f"Shown are the {shown:,} actors with the most ties, and the {among:,} ties among them; "
            f"{actors - shown:,} actors and {ties - among:,} ties are left out."
        )
    return told
