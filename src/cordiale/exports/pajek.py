"""Ties as a Pajek network: signed values on undirected lines, labels in quotes, UTF-8.

The value of a line is its sign times its strength, as Pajek's signed methods take it. Over time, lines carry the years
in which they held on 31 December, `[1990-1994,1998-*]`, and a tie that was both friendly and hostile is two lines.
Pajek cannot write a quote or a backslash in a label: they become ' and /. A file with letters beyond ASCII begins with
the mark by which Pajek knows UTF-8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cordiale.exports.histories import Spell, TieCourse, spells
from cordiale.networks import SignedNetwork
from cordiale.plain import plain


def write_pajek(network: SignedNetwork, names: Mapping[str, str], out: BinaryIO) -> int:
    r"""Write a network; how many lines. An actor that `names` lacks goes by its id.

    >>> from io import BytesIO
    >>> out = BytesIO()
    >>> write_pajek(SignedNetwork.of([("a", "b", -1, 0.5)], weighted=True), {"a": 'The "A"'}, out)
    1
    >>> out.getvalue()
    b'*Vertices 2\r\n1 "The \'A\'"\r\n2 "b"\r\n*Edges\r\n1 2 -0.5\r\n'
    """
    vertices = [f'"{label}"' for label in _labels(network.actors, names)]
    edges = [f"{a + 1} {b + 1} {w:.6g}" for (a, b), w in zip(network.ends.tolist(), network.weights, strict=True)]
    return _write(vertices, edges, out)


def write_pajek_years(courses: Iterable[TieCourse], names: Mapping[str, str], out: BinaryIO) -> int:
    """Write ties over time; how many lines. A vertex is there from its first line to its last."""
    ties = [(tie, _lines(tie)) for tie in courses]
    ties = [(tie, lines) for tie, lines in ties if lines]
    order = sorted({end for tie, _ in ties for end in (tie.a, tie.b)})
    places = {actor: place for place, actor in enumerate(order, start=1)}
    held: dict[str, list[_Years]] = {actor: [] for actor in order}
    edges = []
    for tie, lines in ties:
        for value, years in lines.items():
            edges.append(f"{places[tie.a]} {places[tie.b]} {value:.6g} {_interval(years)}")
            held[tie.a] += years
            held[tie.b] += years
    vertices = [
        f'"{label}" {_interval([_spanned(held[actor])])}'
        for actor, label in zip(order, _labels(order, names), strict=True)
    ]
    return _write(vertices, edges, out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Years:
    """Years, the last one included; `last` is None where it still held."""

    first: int
    last: int | None

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last or '*'}"


def _lines(tie: TieCourse) -> dict[float, list[_Years]]:
    """The signed value of each line of a tie, and its years."""
    found: dict[float, list[_Years]] = {}
    dated = [(spell, years) for spell in spells(tie) if (years := _years(spell)) is not None]
    for sign in (1, -1):
        of_sign = [(spell, years) for spell, years in dated if spell.sign == sign]
        if of_sign:
            found[sign * max(spell.weight for spell, _ in of_sign)] = [years for _, years in of_sign]
    return found


def _years(spell: Spell) -> _Years | None:
    """The years on whose 31 December it held."""
    last = None if spell.end is None else spell.end.year - 1
    return None if last is not None and last < spell.begin.year else _Years(first=spell.begin.year, last=last)


def _spanned(years: Sequence[_Years]) -> _Years:
    lasts = [one.last for one in years if one.last is not None]
    return _Years(first=min(one.first for one in years), last=max(lasts) if len(lasts) == len(years) else None)


def _interval(years: Sequence[_Years]) -> str:
    return f"[{','.join(str(one) for one in years)}]"


def _labels(actors: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """A label for each actor, no two the same: readers take actors of one label for one."""
    labels = [_label(names.get(actor, actor)) for actor in actors]
    count = Counter(labels)
    return [
        label if count[label] == 1 else f"{label} ({_label(actor)})"
        for actor, label in zip(actors, labels, strict=True)
    ]


def _label(text: str) -> str:
    return " ".join(plain(text).replace('"', "'").replace("\\", "/").split())


def _write(vertices: Sequence[str], edges: Sequence[str], out: BinaryIO) -> int:
    numbered = [f"{number} {vertex}" for number, vertex in enumerate(vertices, start=1)]
    text = "\r\n".join([f"*Vertices {len(vertices)}", *numbered, "*Edges", *edges, ""])
    out.write(text.encode("ascii" if text.isascii() else "utf-8-sig"))
    return len(edges)
