"""Ties that optima frustrate, ties under pressure, and what would be different if one turned."""

from __future__ import annotations

from itertools import product

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_makers import Tie, networks, signs

from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks import (
    SignedNetwork,
    Supposed,
    frustration,
    frustration_cloud,
    leverages,
    pressures,
    what_if,
)

TRIANGLE = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]


def weighted(ties: list[Tie]) -> list[tuple[str, str, int, int]]:
    return [(a, b, 1 if w > 0 else -1, abs(w)) for a, b, w in ties]


def all_optima(ties: list[Tie]) -> set[frozenset[tuple[str, str]]]:
    """The sets of ties that the divisions of least frustration frustrate, by trying all."""
    actors = sorted({end for a, b, _ in ties for end in (a, b)})
    found: dict[frozenset[tuple[str, str]], int] = {}
    for sides in product((0, 1), repeat=len(actors)):
        side = dict(zip(actors, sides, strict=True))
        bad = [(a, b, abs(w)) for a, b, w in ties if (side[a] == side[b]) != (w > 0)]
        found[frozenset((a, b) for a, b, _ in bad)] = sum(w for *_, w in bad)
    return {bad for bad, value in found.items() if value == min(found.values())}


@given(networks(most=6))
def test_ties_that_are_misfits_for_certain_are_so_in_every_optimum(ties: list[Tie]) -> None:
    found = frustration_cloud(signs(ties))
    optima = all_optima(signs(ties)) if ties else {frozenset()}
    assert found.proven
    assert found.optima <= len(optima)
    assert set(found.certain) == frozenset.intersection(*optima)
    assert set(found.shares) <= frozenset.union(*optima)


@given(networks(most=6), st.sampled_from([1, 10, 1000]))
def test_weighted_misfits_are_certain_just_where_every_optimum_frustrates_them(ties: list[Tie], parts: int) -> None:
    optima = all_optima(ties) if ties else {frozenset()}
    found = frustration_cloud([(a, b, sign, w / parts) for a, b, sign, w in weighted(ties)], weighted=True)
    assert (found.proven, found.complete) == (True, True)
    assert set(found.certain) == frozenset.intersection(*optima)


def test_a_cloud_that_time_cut_short_says_so() -> None:
    rng = np.random.default_rng(0)
    ties = [(f"{a:02}", f"{b:02}", int(rng.choice([1, -1]))) for a in range(30) for b in range(a) if rng.random() < 0.3]
    assert not frustration_cloud(ties, time_limit=0.05).complete


@given(networks(most=5))
def test_shares_are_those_of_all_optima_where_there_are_few(ties: list[Tie]) -> None:
    optima = all_optima(ties) if ties else {frozenset()}
    found = frustration_cloud(weighted(ties), weighted=True, n=200)
    if found.optima == len(optima):
        shares = {tie: sum(tie in bad for bad in optima) / len(optima) for tie in frozenset.union(*optima)}
        assert found.shares == pytest.approx(shares)


def test_a_triangle_has_three_optima_and_no_certain_misfit() -> None:
    found = frustration_cloud(TRIANGLE)
    assert (found.optima, found.certain) == (3, ())
    assert set(found.shares.values()) == {1 / 3}


def test_of_many_equal_optima_few_are_missed() -> None:
    squares = [
        (f"{n}{a}", f"{n}{b}", w) for n in range(3) for a, b, w in [("p", "q", 1), ("q", "r", 1), ("p", "r", -1)]
    ]
    assert frustration_cloud(squares, n=400).optima == 27


def test_a_cloud_that_has_no_time_says_that_nothing_is_proven() -> None:
    rng = np.random.default_rng(3)
    graph = networkx.random_regular_graph(10, 300, seed=3)
    found = frustration_cloud([(str(a), str(b), int(rng.choice((-1, 1)))) for a, b in graph.edges], time_limit=0.2)
    assert not found.proven
    assert found.certain == ()


@pytest.mark.parametrize("wrong", [{"n": 0}, {"time_limit": 0}])
def test_a_cloud_of_nothing_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValue):
        frustration_cloud(TRIANGLE, **wrong)  # type: ignore[arg-type]


@given(networks())
def test_balanced_networks_have_no_stress(ties: list[Tie]) -> None:
    side = {name: name in "aceg" for name in "abcdefgh"}
    balanced = [(a, b, abs(w) if side[a] == side[b] else -abs(w)) for a, b, w in ties]
    assert frustration(balanced).value == 0
    assert all(found.stress in (None, 0.0) for found in pressures(balanced))


@given(networks())
def test_pressure_is_what_the_formula_gives(ties: list[Tie]) -> None:
    w = {(a, b): v for a, b, v in ties} | {(b, a): v for a, b, v in ties}
    actors = sorted({end for pair in w for end in pair})
    for found in pressures(weighted(ties), weighted=True):
        both = [k for k in actors if (found.a, k) in w and (k, found.b) in w]
        products = [w[found.a, k] * w[k, found.b] for k in both]
        assert found.neighbours == tuple(both)
        assert found.against == tuple(k for k, p in zip(both, products, strict=True) if p * found.sign < 0)
        if both:
            assert found.drawn == pytest.approx(sum(products) / sum(map(abs, products)))
            assert found.stress == pytest.approx((1 - found.sign * found.drawn) / 2)
        else:
            assert found.drawn is found.stress is None


def test_pairs_without_a_tie_have_a_pressure_and_no_stress() -> None:
    (found,) = pressures([("a", "c", 1), ("b", "c", -1)], pairs=[("b", "a")])
    assert (found.a, found.b, found.sign, found.drawn, found.stress) == ("a", "b", 0, -1.0, None)


def test_pressure_on_nobody_is_refused() -> None:
    with pytest.raises(UnknownName, match="'z'"):
        pressures(TRIANGLE, pairs=[("a", "z")])
    with pytest.raises(InvalidValue, match="two actors"):
        pressures(TRIANGLE, pairs=[("a", "a")])


def test_the_most_stressed_ties_come_first_and_those_without_neighbours_last() -> None:
    found = pressures([*TRIANGLE, ("c", "d", 1)])
    assert [(one.a, one.b) for one in found] == [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]


@given(networks(), st.data())
def test_turning_a_tie_and_turning_it_back_restores_everything(ties: list[Tie], data: st.DataObject) -> None:
    if not ties:
        return
    a, b, w = data.draw(st.sampled_from(signs(ties)))
    base = SignedNetwork.of(signs(ties))
    ends, weights = base.ends.copy(), base.weights.copy()
    there = what_if(base, [Supposed(a=a, b=b, sign=-w)])
    back = what_if(base, [Supposed(a=a, b=b, sign=-w), Supposed(a=b, b=a, sign=w)])
    assert abs(there.delta) <= 1
    assert back.then.sides == back.now.sides
    assert (back.delta, back.relieved, back.strained) == (0, (), ())
    assert back.triangles_then == back.triangles_now
    assert (base.ends == ends).all()
    assert (base.weights == weights).all()


@given(networks(most=6))
def test_leverage_is_what_solving_again_gives(ties: list[Tie]) -> None:
    base = weighted(ties)
    value = frustration(base, weighted=True).value
    pairs = [(a, b) for a, b, _ in ties]
    for found in leverages(base, pairs=pairs, weighted=True):
        rest = [tie for tie in base if tie[:2] != (found.a, found.b)]
        size = next(tie[3] for tie in base if tie[:2] == (found.a, found.b))
        turned = frustration([*rest, (found.a, found.b, -found.sign, size)], weighted=True).value - value
        assert (found.flip, found.end) == (
            pytest.approx(turned), pytest.approx(frustration(rest, weighted=True).value - value),
        )  # fmt: skip
        assert -size - 1e-9 <= found.flip <= size + 1e-9
        assert -size - 1e-9 <= found.end <= 1e-9
        assert found.exact


def test_frustrated_and_stressed_ties_are_looked_at_unless_others_are_named() -> None:
    ties = [*TRIANGLE, ("c", "d", 1), ("d", "e", -1)]
    assert {(one.a, one.b) for one in leverages(ties)} == {("a", "b"), ("b", "c"), ("a", "c")}
    (one,) = leverages(ties, pairs=[("e", "d")])
    assert (one.a, one.b, one.flip, one.end) == ("d", "e", 0.0, 0.0)


def test_progress_is_told_tie_by_tie() -> None:
    told: list[tuple[int, int]] = []
    leverages(TRIANGLE, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_new_actor_may_be_supposed() -> None:
    found = what_if([("b", "c", 1)], [Supposed(a="a", b="b", sign=1), Supposed(a="a", b="c", sign=-1)])
    assert (found.now.value, found.then.value, found.then.total) == (0, 1, 3)
    assert found.strained == found.then.frustrated


def test_a_supposed_end_takes_the_tie_away() -> None:
    found = what_if(TRIANGLE, [Supposed(a="c", b="a", sign=0)])
    assert (found.then.total, found.delta, found.triangles_then.total) == (2, -1, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"b": "a"}, {"sign": 2}, {"weight": 0}, {"weight": float("nan")}],
)
def test_what_cannot_be_supposed_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        Supposed(**{"a": "a", "b": "b", "sign": 1, **wrong})  # type: ignore[arg-type]


def test_supposing_nothing_and_a_tie_that_is_not_there_are_refused() -> None:
    with pytest.raises(InvalidValue, match="at least one"):
        what_if(TRIANGLE, [])
    with pytest.raises(UnknownName, match="tie 'a and z'"):
        leverages(TRIANGLE, pairs=[("a", "z")])
