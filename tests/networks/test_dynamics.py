"""Triads, and where ties come to rest if triangles alone drive them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_makers import Tie, networks, signs

from cordiale.errors import InvalidValue
from cordiale.networks import endings, energy, frustration, triads, triangles

TRIANGLE = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]
CLIQUES = [(str(a), str(b), 1 if a // 3 == b // 3 else -1) for a, b in combinations(range(9), 2)]


def turned(ties: list[Tie], pairs: tuple[tuple[str, str], ...]) -> list[Tie]:
    wanted = {frozenset(pair) for pair in pairs}
    return [(a, b, -w if frozenset((a, b)) in wanted else w) for a, b, w in ties]


@given(networks())
def test_triads_are_those_that_triangles_count(ties: list[Tie]) -> None:
    counted, found = triangles(signs(ties)), Counter(triad.signs.count(-1) for triad in triads(signs(ties)))
    assert [found[n] for n in range(4)] == [counted.friendly, counted.one_hostile, counted.two_hostile, counted.hostile]
    sign = {frozenset((a, b)): s for a, b, s in signs(ties)}
    for triad in triads(signs(ties)):
        assert triad.signs == tuple(sign[frozenset(pair)] for pair in triad.pairs)


@given(networks())
def test_energy_is_least_just_where_every_triangle_is_balanced(ties: list[Tie]) -> None:
    shares = triangles(signs(ties)).strict
    assert energy(signs(ties)) == (None if shares is None else pytest.approx(1 - 2 * shares))


@given(networks(most=6), st.sampled_from(["local", "constrained"]), st.floats(0, 1))
def test_an_ending_is_what_its_turned_ties_make(ties: list[Tie], rule: str, p: float) -> None:
    found = endings(signs(ties), rule, p=p, runs=5)
    assert sum(one.runs for one in found) == (5 if triangles(signs(ties)).total else 0)
    for one in found:
        after = turned(signs(ties), one.turned)
        assert one.energy == pytest.approx(energy(after))
        assert (one.end == "balanced") == (triangles(after).strict == 1)


@given(networks(most=7))
def test_constrained_dynamics_go_down_and_stop_where_no_tie_is_free(ties: list[Tie]) -> None:
    start = energy(signs(ties))
    for one in endings(signs(ties), runs=5):
        assert start is not None
        assert one.energy <= start + 1e-12
        if one.end == "jammed":
            after = turned(signs(ties), one.turned)
            in_triangles = {pair for triad in triads(after) for pair in triad.pairs}
            assert all(energy(turned(after, (pair,))) > one.energy for pair in in_triangles)  # type: ignore[operator]


def test_three_blocs_of_three_are_jammed() -> None:
    (only,) = endings(CLIQUES, runs=10)
    assert (only.end, only.turned, only.runs) == ("jammed", (), 10)


def test_peace_alone_ends_hostility_in_every_unbalanced_triangle() -> None:
    (only,) = endings(TRIANGLE, "local", p=1)
    assert (only.turned, only.energy) == ((("a", "c"),), -1.0)
    assert all(("a", "c") not in one.turned for one in endings(TRIANGLE, "local", p=0))


def test_a_balanced_network_stays_and_one_seed_gives_one_answer() -> None:
    balanced = [("a", "b", 1), ("b", "c", -1), ("a", "c", -1)]
    assert [(one.end, one.turned) for one in endings(balanced)] == [("balanced", ())]
    assert frustration(balanced).value == 0
    assert endings(TRIANGLE, seed=3) == endings(TRIANGLE, seed=3)


@pytest.mark.parametrize("how", [{"p": 1.5}, {"p": float("nan")}, {"runs": 0}, {"steps": 0}])
def test_numbers_out_of_range_are_refused(how: dict[str, float]) -> None:
    with pytest.raises(InvalidValue):
        endings(TRIANGLE, **how)  # type: ignore[arg-type]
