"""Landscape, similarity, brokerage, walks: measures of where actors stand."""

from __future__ import annotations

from itertools import pairwise, product

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_makers import Tie, networks, signs

from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks import (
    brokerage,
    frustration,
    frustrations,
    landscape,
    most_similar,
    similarity,
    walk_balance,
)


def weighted(ties: list[Tie]) -> list[tuple[str, str, int, int]]:
    return [(a, b, 1 if w > 0 else -1, abs(w)) for a, b, w in ties]


def energies(ties: list[Tie], size: dict[str, float]) -> dict[frozenset[str], float]:
    """E of every configuration, by the side of the first actor."""
    actors = sorted({end for a, b, _ in ties for end in (a, b)})
    found = {}
    for bits in product((0, 1), repeat=len(actors) - 1):
        side = dict(zip(actors, (0, *bits), strict=True))
        e = 2 * sum(size[a] * size[b] * w for a, b, w in ties if side[a] != side[b])
        found[frozenset(name for name in actors if not side[name])] = e
    return found


@given(networks(most=6), st.lists(st.integers(1, 3), min_size=8, max_size=8))
def test_configurations_at_rest_are_those_that_no_change_of_one_actor_lowers(ties: list[Tie], sizes: list[int]) -> None:
    if not ties:
        return
    size = dict(zip("abcdefgh", map(float, sizes), strict=True))
    actors = sorted({end for a, b, _ in ties for end in (a, b)})
    found = landscape(weighted(ties), {actor: size[actor] for actor in actors})
    whole, by = frozenset(actors), energies(ties, size)

    def near(side: frozenset[str]) -> list[float]:
        moved = [side ^ {name} for name in actors]
        return [by[one if actors[0] in one else whole - one] for one in moved]

    rest = {side for side, e in by.items() if all(other >= e for other in near(side))}
    assert found.whole
    assert {frozenset(one.sides[0]) for one in found.minima} == rest
    assert [one.energy for one in found.minima] == pytest.approx([by[frozenset(one.sides[0])] for one in found.minima])
    assert found.minima[0].energy == pytest.approx(min(by.values())) == pytest.approx(found.least)
    assert sum(one.basin for one in found.minima) == pytest.approx(1)


@given(networks())
def test_the_lowest_energy_is_that_of_the_frustration_index(ties: list[Tie]) -> None:
    hostile = sum(-w for *_, w in ties if w < 0)
    least = -2 * hostile + 2 * frustration(weighted(ties), weighted=True).value
    assert landscape(weighted(ties)).least == pytest.approx(least)


@given(networks(most=6))
def test_how_ill_at_ease_actors_are_adds_up_to_the_energy(ties: list[Tie]) -> None:
    for one in landscape(weighted(ties)).minima:
        side = {name: number for number, names in enumerate(one.sides) for name in names}
        assert sum(frustrations(weighted(ties), side).values()) == pytest.approx(one.energy)


def test_beyond_24_actors_descent_from_random_starts_finds_the_lowest() -> None:
    rng = np.random.default_rng(1)
    ties = [
        (f"n{i:02}", f"n{j:02}", int(rng.choice((-1, 1)))) for i in range(30) for j in range(i) if rng.random() < 0.3
    ]
    found = landscape(ties, starts=200)
    assert not found.whole
    assert found.proven
    assert found.minima[0].energy == pytest.approx(found.least)
    assert sum(one.basin for one in found.minima) == pytest.approx(1)
    again = landscape(ties, starts=200)
    assert again == found


@pytest.mark.parametrize("scale", [2.0**-600, 2.0**-60, 2.0**40])  # powers of two: the same but for the scale
def test_the_scale_of_propensities_changes_no_configuration(scale: float) -> None:
    rng = np.random.default_rng(2)
    for count in (8, 26):
        pairs = [(i, j) for i in range(count) for j in range(i) if rng.random() < 0.4]
        sizes = rng.choice((0.1, 0.2, 0.3, 0.7), len(pairs)) * rng.choice((-1, 1), len(pairs))
        ties = [(f"n{i:02}", f"n{j:02}", size) for (i, j), size in zip(pairs, sizes.tolist(), strict=True)]
        found, scaled = (landscape([(a, b, w * by) for a, b, w in ties], starts=100) for by in (1.0, scale))
        assert {one.sides for one in scaled.minima} == {one.sides for one in found.minima}
        assert [one.energy for one in scaled.minima] == [one.energy * scale for one in found.minima]


@pytest.mark.parametrize("size", [0.0, -1.0, float("nan"), float("inf")])
def test_an_actor_of_no_size_is_refused(size: float) -> None:
    with pytest.raises(InvalidValue, match="size of a"):
        landscape([("a", "b", 1)], {"a": size})


def test_an_actor_on_no_side_is_refused() -> None:
    with pytest.raises(InvalidValue, match="'b'"):
        frustrations([("a", "b", 1)], {"a": 0})


def test_a_landscape_without_ties_is_flat() -> None:
    assert landscape([]).minima == ()


@given(networks())
def test_portfolios_are_as_alike_one_way_as_the_other_and_at_most_the_same(ties: list[Tie]) -> None:
    actors = sorted({end for a, b, _ in ties for end in (a, b)})
    for a, b in pairwise(actors):
        found, back = similarity(ties, a, b), similarity(ties, b, a)
        assert (found.s, found.kappa, found.pi) == (back.s, back.kappa, back.pi)
        assert -1 <= found.s <= 1
        for value in (found.kappa, found.pi):
            assert value is None or value <= 1 + 1e-12
        assert found.pi is None or found.kappa is None or found.pi <= found.kappa + 1e-12


def test_similarity_by_hand() -> None:
    # a: self 1, b 0, c 1, d -1; b: a 0, self 1, c 1, d 1
    found = similarity([("a", "c", 1), ("a", "d", -1), ("b", "c", 1), ("b", "d", 1)], "a", "b")
    apart = 1 + 1 + 0 + 4
    x, y = np.array([1, 0, 1, -1]), np.array([0, 1, 1, 1])
    kappa = 1 - apart / sum((x - 0.25) ** 2 + (y - 0.75) ** 2 + 0.25)
    pi = 1 - apart / sum((x - 0.5) ** 2 + (y - 0.5) ** 2)
    assert found.s == pytest.approx(1 - (1 + 1 + 0 + 2) / 4)
    assert (found.kappa, found.pi, found.common) == (pytest.approx(kappa), pytest.approx(pi), 2)


@given(networks(), st.sampled_from([1e-200, 0.001, 0.1, 10.0, 1e200]))
def test_the_scale_of_strengths_changes_no_similarity(ties: list[Tie], scale: float) -> None:
    actors = sorted({end for a, b, _ in ties for end in (a, b)})
    for a, b in pairwise(actors):
        found, scaled = (similarity([(x, y, w * by) for x, y, w in ties], a, b, weighted=True) for by in (1.0, scale))
        assert scaled.s == pytest.approx(found.s)
        assert scaled.kappa == pytest.approx(found.kappa)
        assert scaled.pi == pytest.approx(found.pi)


def test_those_with_the_same_friends_are_most_similar() -> None:
    ties = [("a", "x", 1), ("b", "x", 1), ("a", "y", -1), ("b", "y", -1), ("c", "x", -1), ("a", "b", 1)]
    assert most_similar(ties, "a")[0].b == "b"
    assert all(one.b != "a" for one in most_similar(ties, "a"))


def test_similarity_with_nobody_is_refused() -> None:
    with pytest.raises(UnknownName):
        similarity([("a", "b", 1)], "a", "z")
    with pytest.raises(InvalidValue):
        similarity([("a", "b", 1)], "a", "a")
    with pytest.raises(InvalidValue, match="capability of b"):
        similarity([("a", "b", 1)], "a", "b", capabilities={"b": -1})


def test_each_role_of_a_broker_is_told_by_the_blocs_of_the_three() -> None:
    for blocs, role in (("111", "coordinator"), ("121", "consultant"), ("112", "gatekeeper"), ("123", "liaison")):
        by = dict(zip("abc", blocs, strict=True))
        found = {one.actor: one for one in brokerage([("a", "b", 1), ("b", "c", 1)], by)}["b"]
        assert {name: getattr(found, name) for name in ("coordinator", "consultant", "gatekeeper", "liaison")} == {
            name: int(name == role) for name in ("coordinator", "consultant", "gatekeeper", "liaison")
        }


def test_friends_of_each_other_need_no_broker() -> None:
    found = brokerage([("a", "b", 1), ("b", "c", 1), ("a", "c", 1)], {})
    assert all(one.liaison == 0 for one in found)


@given(networks())
def test_between_enemies_are_the_pairs_of_friends_with_a_hostile_tie(ties: list[Tie]) -> None:
    w = {frozenset((a, b)): v for a, b, v in ties}
    for one in brokerage(ties, {}):
        friends = sorted(next(iter(pair - {one.actor})) for pair, v in w.items() if one.actor in pair and v > 0)
        pairs = [(a, b) for a in friends for b in friends if a < b and w.get(frozenset((a, b)), 0) < 0]
        assert list(one.enemies) == pairs
        assert 0 <= one.betweenness <= 1


@given(networks())
def test_walks_are_balanced_just_where_the_network_is(ties: list[Tie]) -> None:
    found = walk_balance(signs(ties))
    assert 0 < found <= 1
    assert (found > 1 - 1e-12) == (frustration(ties).value == 0) or found > 1 - 1e-9


@given(networks())
def test_walks_do_not_see_actors_that_change_sides_with_all_their_ties(ties: list[Tie]) -> None:
    switched = [(a, b, -w if (a == "b") != (b == "b") else w) for a, b, w in ties]
    assert walk_balance(switched) == pytest.approx(walk_balance(ties))


def test_walks_of_a_large_dense_network_do_not_overflow() -> None:
    graph = networkx.complete_graph(900)
    assert walk_balance([(str(a), str(b), 1) for a, b in graph.edges]) == 1.0


def test_walks_of_great_weight_are_out_of_balance_and_never_nothing() -> None:
    found = walk_balance([("a", "b", 1, 1000), ("b", "c", 1, 1000), ("a", "c", -1, 1000)], weighted=True)
    assert 0 < found < 1e-300


def test_walks_that_reach_nowhere_are_refused() -> None:
    with pytest.raises(InvalidValue, match="beta"):
        walk_balance([], beta=0)
