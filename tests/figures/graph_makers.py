"""Ties of any kind for the tests of the graph, the matrix and the layout, and figures read again as XML."""

from __future__ import annotations

import random

from hypothesis import strategies as st
from lxml import etree

from cordiale.figures import DrawnTie, Figure
from cordiale.figures.paper import SVG
from cordiale.ties import Stance

# What text from outside may hold: markup, controls, marks that turn text around, lone surrogates, wide letters.
HARD = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("<>&\"'\x00\x07\x1b\x85\u200f\u202e\u2066\ufffe\ufeff]伊é"),
    ),
    max_size=30,
)
ACTORS = [f"actor-{place}" for place in range(12)]


@st.composite
def some_ties(draw: st.DrawFn, most: int = 30) -> list[DrawnTie]:
    """Ties among up to a dozen actors, each pair once."""
    pairs = [(a, b) for place, a in enumerate(ACTORS) for b in ACTORS[place + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=most, unique=True))
    return [
        DrawnTie(
            a=a,
            b=b,
            stance=draw(st.sampled_from(Stance)),
            weight=draw(st.floats(-1, 1)),
            certainty=draw(st.floats(0, 1)),
            disputed=draw(st.booleans()),
        )
        for a, b in chosen
    ]


def crowd(actors: int, ties: int, blocs: int = 3, seed: int = 0) -> list[DrawnTie]:
    """Many actors in blocs, friendly within and hostile between."""
    rng = random.Random(seed)
    found: dict[tuple[int, int], DrawnTie] = {}
    while len(found) < ties:
        a, b = sorted(rng.sample(range(actors), 2))
        if rng.random() < 0.6:  # most ties are within a bloc
            a, b = sorted((a, min(b - b % blocs + a % blocs, actors - 1)))
        if a == b:
            continue
        how = Stance.FRIENDLY if a % blocs == b % blocs else Stance.HOSTILE
        found[a, b] = DrawnTie(
            a=f"actor-{a}", b=f"actor-{b}", stance=how, weight=0.5 * how.sign, certainty=rng.random(),
            disputed=rng.random() < 0.05, href=f"/tie/actor-{a}/actor-{b}",
        )  # fmt: skip
    return list(found.values())


def read(figure: Figure) -> etree._Element:
    """A figure as a browser would read it, from the file that stands alone."""
    return etree.fromstring(figure.svg.encode())


def tied(figure: Figure) -> list[etree._Element]:
    """What is drawn of ties."""
    return [one for one in read(figure).iter() if one.get("data-tie")]


def texts(figure: Figure) -> list[str]:
    """Every line of text, as it is read."""
    return ["".join(one.itertext()) for one in read(figure).iter(f"{{{SVG}}}text")]
