"""Triangles by type, and what chance would make of them."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_makers import Tie, networks, signs

from cordiale.errors import InvalidValue
from cordiale.networks import Triangles, against_chance, frustration, triangles


@given(networks())
def test_they_are_what_counting_one_by_one_gives(ties: list[Tie]) -> None:
    sign = {frozenset((a, b)): w for a, b, w in signs(ties)}
    counts = [0, 0, 0, 0]
    for three in combinations("abcdefgh", 3):
        sides = [sign.get(frozenset(pair)) for pair in combinations(three, 2)]
        if None not in sides:
            counts[sides.count(-1)] += 1
    friendly, one, two, hostile = counts
    assert triangles(ties) == Triangles(friendly=friendly, one_hostile=one, two_hostile=two, hostile=hostile)


@given(networks(), st.sets(st.sampled_from("abcdefgh")))
def test_turning_all_ties_of_some_actors_keeps_the_strict_share(ties: list[Tie], turned: set[str]) -> None:
    switched = [(a, b, -w if (a in turned) != (b in turned) else w) for a, b, w in ties]
    assert triangles(switched).strict == triangles(ties).strict


@given(networks())
def test_a_balanced_network_has_balanced_triangles_only(ties: list[Tie]) -> None:
    if frustration(ties).value == 0:
        assert triangles(ties).strict in {None, 1.0}


@given(networks())
def test_the_generalised_share_is_never_below_the_strict_one(ties: list[Tie]) -> None:
    found = triangles(ties)
    if found.strict is not None and found.generalised is not None:
        assert found.generalised >= found.strict


def test_a_network_without_triangles_has_no_share() -> None:
    assert triangles([("a", "b", 1)]).strict is None
    with pytest.raises(InvalidValue, match="measure"):
        against_chance([("a", "b", 1)], lambda network: triangles(network).strict)


def test_where_all_signs_are_alike_chance_tells_nothing() -> None:
    alike = [("a", "b", -1), ("b", "c", -1), ("a", "c", -1)]
    found = against_chance(alike, lambda network: frustration(network).value)
    assert (found.value, found.mean, found.deviation, found.z) == (1, 1, 0, None)


def test_a_measure_that_differs_by_rounding_only_is_the_same_by_chance() -> None:
    alike = [(a, b, -1) for a, b in combinations("abcdefg", 2)]
    found = against_chance(alike, lambda network: frustration(network).balance)
    assert (found.deviation, found.z) == (0, None)
    assert against_chance(alike, lambda network: 1e-300 * float(len(network))).z is None


def test_a_measure_of_any_scale_is_held_against_chance() -> None:
    ties = [("a", "b", 1), ("b", "c", -1), ("a", "c", 1), ("c", "d", -1), ("b", "d", 1)]
    found = against_chance(ties, lambda network: frustration(network).value, n=50)
    small = against_chance(ties, lambda network: frustration(network).value * 1e-100, n=50)
    assert found.z == pytest.approx(small.z)


def test_the_same_seed_deals_the_same_signs() -> None:
    ties = [("a", "b", 1), ("b", "c", -1), ("a", "c", 1), ("c", "d", -1), ("b", "d", 1)]
    one, other, third = (
        against_chance(ties, lambda network: frustration(network).value, n=50, seed=seed) for seed in (1, 1, 2)
    )
    assert one == other
    assert one.mean != third.mean


def test_one_draw_is_no_chance() -> None:
    with pytest.raises(InvalidValue, match="draws"):
        against_chance([("a", "b", 1)], len, n=1)


def test_the_road_to_1914_has_the_triangles_that_are_printed(shared: Path) -> None:
    with (shared / "data" / "networks" / "wwi_protagonists_1872_1918.csv").open() as file:
        rows = list(csv.DictReader(file))
    printed = {1872: (1, 0, 4, 2), 1882: (2, 0, 4, 2), 1890: (1, 0, 2, 2), 1891: (1, 0, 5, 2), 1904: (1, 1, 5, 1)}
    for year, counts in {**printed, 1907: (2, 0, 18, 0)}.items():
        ties = [(r["a"], r["b"], int(r["sign"])) for r in rows if int(r["begin"]) <= year < int(r["end"])]
        found = triangles(ties)
        assert (found.friendly, found.one_hostile, found.two_hostile, found.hostile) == counts, year
