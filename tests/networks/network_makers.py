"""Small signed networks that the tests of measures share."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

Tie = tuple[str, str, int]


@st.composite
def networks(draw: st.DrawFn, most: int = 8) -> list[Tie]:
    """Some actors, and a tie of either sign between some of them; weights are signed whole numbers."""
    actors = "abcdefgh"[: draw(st.integers(2, most))]
    pairs = list(combinations(actors, 2))
    weights = draw(st.lists(st.integers(-4, 4), min_size=len(pairs), max_size=len(pairs)))
    return [(a, b, w) for (a, b), w in zip(pairs, weights, strict=True) if w]


def signs(ties: list[Tie]) -> list[Tie]:
    """The same ties without their strengths."""
    return [(a, b, 1 if w > 0 else -1) for a, b, w in ties]
