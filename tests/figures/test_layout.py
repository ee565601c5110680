"""Where actors stand: within the square, each on a spot of its own, friends nearer than foes, always the same."""

from __future__ import annotations

from itertools import combinations
from math import dist
from statistics import mean

from graph_makers import crowd, some_ties
from hypothesis import given
from hypothesis import strategies as st

from cordiale.figures import DrawnTie
from cordiale.figures.layout import positions
from cordiale.ties import Stance


@given(some_ties(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_every_actor_has_a_spot_of_its_own_whatever_the_order(ties: list[DrawnTie], rng: object, seed: int) -> None:
    found = positions(ties, seed=seed)
    assert set(found) == {actor for tie in ties for actor in (tie.a, tie.b)}
    assert len(set(found.values())) == len(found)
    assert all(0 <= part <= 1 for spot in found.values() for part in spot)
    shuffled = list(ties)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert positions(shuffled, seed=seed) == found


def test_friends_are_nearer_than_foes() -> None:
    ties = crowd(45, 200)
    spots = positions(ties)
    apart = {side: mean(dist(spots[tie.a], spots[tie.b]) for tie in ties if tie.side == side) for side in (1, -1)}
    assert apart[1] < 0.5 * apart[-1]


def test_actors_that_are_told_apart_by_nothing_do_not_coincide() -> None:
    """Leaves of one star, and pairs with no tie to any other, have the same ties."""
    star = [DrawnTie(a="hub", b=f"leaf-{n}", stance=Stance.FRIENDLY, weight=1, certainty=1) for n in range(30)]
    pairs = [DrawnTie(a=f"l{n}", b=f"r{n}", stance=Stance.HOSTILE, weight=-1, certainty=1) for n in range(10)]
    spots = positions([*star, *pairs])
    assert min(dist(one, other) for one, other in combinations(spots.values(), 2)) > 0.01


def test_many_actors_are_apart_and_fill_the_square() -> None:
    spots = positions(crowd(600, 3000))
    assert len(set(spots.values())) == 600
    for axis in (0, 1):
        along = sorted(spot[axis] for spot in spots.values())
        assert along[0] < 0.02
        assert along[-1] > 0.98
        assert 0.3 < along[300] < 0.7


def test_who_stands_alone_stands_in_the_middle() -> None:
    assert positions([]) == {}
    assert positions([DrawnTie(a="a", b="a", stance=Stance.NEUTRAL, weight=0, certainty=0)]) == {"a": (0.5, 0.5)}
