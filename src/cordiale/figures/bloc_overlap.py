"""Which blocs share members, and how far those pull apart: a matrix, each pair once, each bloc named on its diagonal.

The number is the members that two blocs share; the fill, and the number under it, their tension: opposition times
overlap. Of whom a bloc is made is on the diagonal. Nothing is measured here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cordiale.figures.paper import MARGIN, TEXT_CHARS, Figure, Paper, cut
from cordiale.networks import Bloc, Tension

MOST = 14
"""Blocs that are drawn."""
CELL, NAME = 40, 224
"""The side of a cell, and the room of a name, in pixels."""
TOLD = 4
"""Members that a label names."""


def bloc_overlap(
    blocs: Sequence[Bloc], tensions: Iterable[Tension], names: Mapping[str, str], *, notes: Sequence[str] = ()
) -> Figure:
    """The members that every two blocs share, and their tension; `names` are those of blocs and actors, by id.

    Of more than fourteen blocs those are drawn that share most members with others, in the order given.

    >>> from cordiale.networks import tensions
    >>> one = Bloc(name="one", members={"a": 1, "b": 1}, stances={"x": 1})
    >>> other = Bloc(name="other", members={"b": 1, "c": 1}, stances={"x": -1})
    >>> bloc_overlap([one, other], tensions([one, other]), {"one": "Pact"}).title
    'Of 2 blocs 1 pair shares members; the most tension is between Pact and other, 0.50'
    """
    between = {frozenset((one.a, one.b)): one for one in tensions}
    paper = Paper("overlap", sentence(blocs, between, names))
    shown = _shown(blocs)
    top, left = paper.top + 8, MARGIN
    size = min(CELL, (paper.width - 2 * MARGIN - NAME) / max(len(shown), 1))
    for row, bloc in enumerate(shown):
        y = top + row * size
        name = names.get(bloc.name, bloc.name)
        for column, other in enumerate(shown[:row]):
            tension = between.get(frozenset((bloc.name, other.name)))
            _cell(paper, (bloc, other), tension, names, (left + column * size, y), size)
        label = f"{name}: {_many(len(bloc.members), 'member')}, {_some(sorted(bloc.members), names)}"
        held = paper.group("cell own", role="img", aria_label=label)
        paper.add("title", held, label)
        paper.add("rect", held, x=left + row * size, y=y, width=size - 2, height=size - 2, css="panel")
        middle = (left + (row + 0.5) * size - 1, y + size / 2 + 4)
        paper.text(*middle, str(len(bloc.members)), held, css="strong", anchor="middle")
        room = (paper.width - MARGIN - left - (row + 1) * size - 6) / TEXT_CHARS
        paper.text(left + (row + 1) * size + 6, y + size / 2 + 4, cut(name, room), held, css="name")
    paper.top = round(top + len(shown) * size + 8)
    if not shown:
        paper.text(MARGIN, paper.top + 8, "no bloc to show", css="dim")
        paper.top += 16
    if (more := len(blocs) - len(shown)) > 0:
        paper.text(MARGIN, paper.top + 8, f"and {_many(more, 'more bloc')}", css="dim")
        paper.top += 16
    return paper.done(notes)


def sentence(blocs: Sequence[Bloc], between: Mapping[frozenset[str], Tension], names: Mapping[str, str]) -> str:
    """What the figure shows, in words."""
    if len(blocs) < 2:
        return f"{'One bloc' if blocs else 'No bloc'}, and nothing to compare"
    sharing = sum(bool(one.members.keys() & other.members.keys()) for n, one in enumerate(blocs) for other in blocs[:n])
    pairs = f"{sharing or 'no'} {'pair shares' if sharing == 1 else 'pairs share'} members"
    own = {bloc.name for bloc in blocs}
    tense = max(
        (one for ends, one in between.items() if ends <= own and one.value > 0),
        key=lambda one: (one.value, one.b, one.a),
        default=None,
    )
    if tense is None:
        return f"Of {len(blocs)} blocs {pairs}; no two are known to be in tension"
    a, b = names.get(tense.a, tense.a), names.get(tense.b, tense.b)
    return f"Of {len(blocs)} blocs {pairs}; the most tension is between {a} and {b}, {tense.value:.2f}"


def _shown(blocs: Sequence[Bloc]) -> list[Bloc]:
    shared = {
        one.name: sum(len(one.members.keys() & other.members.keys()) for other in blocs if other is not one)
        for one in blocs
    }
    most = {bloc.name for bloc in sorted(blocs, key=lambda one: (-shared[one.name], -len(one.members)))[:MOST]}
    return [bloc for bloc in blocs if bloc.name in most]


def _cell(
    paper: Paper, pair: tuple[Bloc, Bloc], tension: Tension | None, names: Mapping[str, str],
    at: tuple[float, float], size: float,
) -> None:  # fmt: skip
    """Two blocs: members shared, and tension; empty where they share none."""
    one, other = pair
    shared = sorted(one.members.keys() & other.members.keys())
    x, y = at
    label = f"{names.get(one.name, one.name)} and {names.get(other.name, other.name)}: "
    label += f"{_many(len(shared), 'member')} shared" + (f", {_some(shared, names)}" if shared else "")
    if tension is not None:
        label += f"; tension {tension.value:.2f}"
        label += f", {len(tension.opposed)} of {tension.compared} stances opposed" if tension.compared else ""
    held = paper.group("cell", role="img", aria_label=label)
    paper.add("title", held, label)
    paper.add("rect", held, x=x, y=y, width=size - 2, height=size - 2, css="panel")
    tense = tension is not None and tension.value > 0
    if tension is not None and tense:
        # A share of the cell's height, so that it is told without colour, and stays under both numbers.
        high = max((size - 2) * min(tension.value, 1.0), 1.0)
        paper.add("rect", held, x=x, y=y + size - 2 - high, width=size - 2, height=high, css="hostile tint strong-tint")
    if shared:
        middle = x + size / 2 - 1
        paper.text(middle, y + size / 2 - (3 if tense else -4), str(len(shared)), held, css="strong", anchor="middle")
        if tension is not None and tense:
            paper.text(middle, y + size - 7, f"{tension.value:.2f}".lstrip("0"), held, css="small", anchor="middle")


def _some(actors: Sequence[str], names: Mapping[str, str]) -> str:
    told = ", ".join(names.get(actor, actor) for actor in actors[:TOLD])
    return told + (f" and {len(actors) - TOLD} more" if len(actors) > TOLD else "")


def _many(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
