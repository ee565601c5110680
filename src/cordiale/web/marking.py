"""A text cut at the borders of its quotes, so that each is marked where it stands, also where they overlap.

Pure: offsets are characters of the document's text. What is cut out of a long text is said by its offsets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WINDOW = 200_000
"""Characters of a text that a page shows; a browser lays out so many without a pause."""
BEFORE = 2_000
"""Characters shown before the quote that a page is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text, in characters from its start."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text within the same quotes. `inside`, `begins` and `ends` are places in the list of quotes: those
    that it is part of, those that begin with it and those that end with it."""

    text: str
    inside: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def window(length: int, start: int) -> Span:
    """The part of a text of so many characters that is shown when it is asked for from `start` on.

    >>> window(1_000, 900), window(500_000, 450_000)
    (Span(start=0, end=1000), Span(start=300000, end=500000))
    """
    start = max(0, min(start, length - WINDOW))
    return Span(start=start, end=min(length, start + WINDOW))


def pieces(text: str, quotes: Sequence[Span], part: Span) -> tuple[Piece, ...]:
    """The pieces of a part of a text; joined, they are that part. A quote that reaches out of it is cut.

    >>> quotes = [Span(start=1, end=4), Span(start=3, end=5)]
    >>> [(piece.text, piece.inside) for piece in pieces("abcdef", quotes, Span(start=0, end=6))]
    [('a', ()), ('bc', (0,)), ('d', (0, 1)), ('e', (1,)), ('f', ())]
    """
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for place, quote in enumerate(quotes):
        start, end = max(quote.start, part.start), min(quote.end, part.end)
        if start < end:
            begins.setdefault(start, []).append(place)
            ends.setdefault(end, []).append(place)
    borders = sorted({part.start, part.end, *begins, *ends})
    inside: dict[int, None] = {}
    found = []
    for start, end in pairwise(borders):
        inside |= dict.fromkeys(begins.get(start, ()))
        done = ends.get(end, ())
        found.append(
            Piece(text=text[start:end], inside=tuple(inside), begins=tuple(begins.get(start, ())), ends=tuple(done))
        )
        for place in done:
            del inside[place]
    return tuple(found)
