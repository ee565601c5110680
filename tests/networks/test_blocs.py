"""Blocs: the partition that fits best, its proof, positions, and labels over time."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_makers import Tie, networks, signs

from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks import Blocs, blockmodel, blocs, blocs_over_time, frustration, matched, two_blocs


def weighted(ties: list[Tie]) -> list[tuple[str, str, int, int]]:
    return [(a, b, 1 if w > 0 else -1, abs(w)) for a, b, w in ties]


def partitions(actors: list[str]) -> Iterator[dict[str, int]]:
    """Every way to put actors into groups."""
    if not actors:
        yield {}
        return
    for rest in partitions(actors[1:]):
        for group in range(max(rest.values(), default=-1) + 2):
            yield {actors[0]: group, **rest}


def cost(ties: list[Tie], group: dict[str, int]) -> int:
    return sum(abs(w) for a, b, w in ties if (group[a] == group[b]) != (w > 0))


def actors_of(ties: list[Tie]) -> list[str]:
    return sorted({end for a, b, _ in ties for end in (a, b)})


@given(networks(most=6))
def test_the_value_is_the_least_of_all_partitions(ties: list[Tie]) -> None:
    for given_ties, rows in ((signs(ties), signs(ties)), (ties, weighted(ties))):
        found = blocs(rows, weighted=True)
        least = min(cost(given_ties, group) for group in partitions(actors_of(ties)))
        assert found.optimal
        assert found.value == pytest.approx(least)
        assert found.lower_bound == pytest.approx(least)


@given(networks(), st.sampled_from([None, 1, 2, 3]))
def test_the_partition_frustrates_what_it_says(ties: list[Tie], most: int | None) -> None:
    found = blocs(weighted(ties), weighted=True, most=most)
    group = dict(found.labels)
    assert set(group) == set(actors_of(ties))
    assert len(found) <= (most or len(group))
    assert cost(ties, group) == pytest.approx(found.value)
    sign = {frozenset((a, b)): w for a, b, w in ties}
    assert all(sign[frozenset(pair)] > 0 and group[pair[0]] != group[pair[1]] for pair in found.across)
    assert all(sign[frozenset(pair)] < 0 and group[pair[0]] == group[pair[1]] for pair in found.within)
    assert len(found.across) + len(found.within) == sum((group[a] == group[b]) != (w > 0) for a, b, w in ties)
    assert found.lower_bound <= found.value


@given(networks())
def test_any_number_fits_no_worse_than_two_and_two_are_those_of_the_index(ties: list[Tie]) -> None:
    plain = signs(ties)
    assert blocs(plain).value <= two_blocs(plain).value == frustration(plain).value
    assert blocs(plain).value <= sum(w < 0 for *_, w in plain)


@given(networks(), st.permutations("abcdefgh"))
def test_names_change_nothing(ties: list[Tie], names: list[str]) -> None:
    to = dict(zip("abcdefgh", names, strict=True))
    assert blocs([(to[b], to[a], w) for a, b, w in ties]).value == blocs(ties).value


@given(networks())
def test_the_value_is_nothing_just_where_no_cycle_has_one_hostile_tie(ties: list[Tie]) -> None:
    friends = networkx.Graph([(a, b) for a, b, w in ties if w > 0])
    broken = any(
        w < 0 and a in friends and b in friends and networkx.has_path(friends, a, b) for a, b, w in ties
    )  # fmt: skip
    assert (blocs(signs(ties)).value > 0) == broken


def test_sixty_actors_with_many_hostile_ties_are_proven() -> None:
    rng = np.random.default_rng(1)
    graph = networkx.random_regular_graph(8, 60, seed=1)
    found = blocs([(str(a), str(b), -1 if rng.random() < 0.3 else 1) for a, b in graph.edges])
    assert found.optimal


def test_a_time_limit_that_is_too_short_gives_an_honest_gap() -> None:
    rng = np.random.default_rng(1)
    graph = networkx.random_regular_graph(20, 200, seed=1)
    found = blocs([(str(a), str(b), int(rng.choice((-1, 1)))) for a, b in graph.edges], time_limit=0.5)
    assert not found.optimal
    assert found.lower_bound < found.value == len(found.across) + len(found.within)


def test_an_actor_without_ties_is_in_no_bloc() -> None:
    found = blocs([("a", "b", 1), ("c", "d", 0)])
    assert found.members == (("a", "b"),)
    assert found.of("b") == ("a", "b")
    with pytest.raises(UnknownName, match="'c'"):
        found.of("c")
    assert blocs([]).members == ()


@pytest.mark.parametrize("most", [None, 2, 3])
def test_of_equally_good_partitions_the_one_begun_with_is_kept(most: int | None) -> None:
    ties = [("a", "m", 1), ("m", "z", 1), ("a", "z", -1)]
    for other in ("a", "z"):
        start = blocs([(other, "m", 1), *((x, y, -1) for x, y in (("a", "z"),))])
        assert blocs(ties, most=most, start=start).of(other) == tuple(sorted((other, "m")))


@given(networks(most=6), st.data())
def test_of_two_blocs_that_are_equally_good_those_begun_with_are_kept(ties: list[Tie], data: st.DataObject) -> None:
    actors = actors_of(ties)
    two = [dict(zip(actors, sides, strict=True)) for sides in product((0, 1), repeat=len(actors))]
    least = min(cost(ties, group) for group in two)
    group = data.draw(st.sampled_from([one for one in two if cost(ties, one) == least]))
    start = two_blocs([(a, b, 1 if group[a] == group[b] else -1) for a, b in combinations(actors, 2)])
    rows = [*weighted(ties), ("a", "stranger", 0)]
    found = blocs(rows, most=2, weighted=True, start=start)
    assert (found.members, found.value, found.optimal) == (start.members, pytest.approx(least), True)


def test_two_blocs_begun_with_worse_ones_are_as_good_as_without() -> None:
    ties = [(a, b, 1 if (a < "e") == (b < "e") else -1) for a, b in combinations("abcdefgh", 2)]
    start = blocs([(a, b, 1) for a, b in ("ae", "bf", "cg", "dh")])
    assert blocs(ties, most=2, start=start).members == two_blocs(ties).members


@given(networks())
def test_one_bloc_is_all_there_is_and_needs_no_proof(ties: list[Tie]) -> None:
    found = blocs(weighted(ties), weighted=True, most=1)
    assert found.optimal
    assert found.value == found.lower_bound == sum(-w for *_, w in ties if w < 0)
    assert found.members == ((tuple(actors_of(ties)),) if ties else ())


@pytest.mark.parametrize("wrong", [{"most": 0}, {"time_limit": 0}])
def test_blocs_of_nothing_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValue):
        blocs([("a", "b", 1)], **wrong)  # type: ignore[arg-type]


def test_known_networks_have_their_known_blocs(shared: Path) -> None:
    data = shared / "data" / "networks"
    with (data / "gama_tribes.csv").open() as file:
        gama = [(row["a"], row["b"], int(row["sign"])) for row in csv.DictReader(file)]
    found = blocs(gama)
    assert (found.value, len(found), found.optimal) == (2, 3, True)
    windows: dict[str, list[Tie]] = defaultdict(list)
    with gzip.open(data / "cow_signed_windows_1946_1999.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            windows[row["window"]].append((row["a"], row["b"], int(row["sign"])))
    states = [blocs(ties) for ties in windows.values()]
    assert all(one.optimal for one in states)
    assert states[-1].value == 33


# --- positions ---


def block_cost(ties: list[Tie], group: dict[str, int]) -> int:
    blocks: dict[frozenset[int], list[int]] = defaultdict(lambda: [0, 0])
    for a, b, w in ties:
        blocks[frozenset((group[a], group[b]))][w < 0] += abs(w)
    return sum(min(both) for both in blocks.values())


@given(networks(most=5), st.integers(1, 3))
def test_positions_of_few_actors_are_the_best_of_all(ties: list[Tie], positions: int) -> None:
    found = blockmodel(weighted(ties), positions, weighted=True)
    actors = actors_of(ties)
    every = product(range(positions), repeat=len(actors))
    least = min(block_cost(ties, dict(zip(actors, labels, strict=True))) for labels in every)
    assert found.proven
    assert found.value == pytest.approx(least)


@given(networks(most=5), st.sampled_from([1e-200, 1e-10, 1e10]))
def test_the_scale_of_strengths_changes_no_position(ties: list[Tie], scale: float) -> None:
    one, other = (blockmodel([(a, b, w * by) for a, b, w in ties], 2, weighted=True) for by in (1.0, scale))
    assert (one.positions, one.signs, one.proven) == (other.positions, other.signs, other.proven)
    assert other.value == pytest.approx(one.value * scale, abs=0)


def test_positions_of_weak_ties_are_proven_only_where_they_fit() -> None:
    rng = np.random.default_rng(3)
    ties = [(f"n{a:02}", f"n{b:02}", int(rng.choice((-1, 1))), 1e-10) for a, b in combinations(range(20), 2)]
    found = blockmodel(ties, 2, weighted=True, starts=2)
    assert found.value > 0
    assert not found.proven


def test_search_finds_what_was_hidden() -> None:
    rng = np.random.default_rng(5)
    hidden = {f"n{i:02}": i % 3 for i in range(30)}
    sign = {(0, 0): 1, (1, 1): 1, (2, 2): -1, (0, 1): -1, (0, 2): 1, (1, 2): 1}
    ties = [
        (a, b, sign[min(hidden[a], hidden[b]), max(hidden[a], hidden[b])])
        for a, b in combinations(sorted(hidden), 2)
        if rng.random() < 0.5
    ]
    found = blockmodel(ties, 3)
    assert (found.value, found.proven) == (0, True)
    groups = [{hidden[name] for name in names} for names in found.positions]
    assert all(len(group) == 1 for group in groups)
    third = groups.index({2})
    assert found.internally_hostile == (third,)
    assert [m for m, _, _ in found.mediators] == [third]
    assert blockmodel(ties, 2).proven is False


@given(networks(), st.integers(1, 4))
def test_positions_say_the_sign_of_their_ties(ties: list[Tie], positions: int) -> None:
    found = blockmodel(signs(ties), positions, starts=5)
    group = {name: place for place, names in enumerate(found.positions) for name in names}
    bad = sum(found.signs[group[a]][group[b]] != w for a, b, w in signs(ties))
    assert bad == found.value
    assert len(found.positions) <= positions


@pytest.mark.parametrize("wrong", [{"positions": 0}, {"positions": 2, "starts": 0}])
def test_positions_of_nothing_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValue):
        blockmodel([("a", "b", 1)], **wrong)


# --- over time ---


def cliques(*groups: str) -> Blocs:
    ties = [(a, b, 1) for group in groups for a, b in combinations(group, 2)]
    return blocs([*ties, *((one[0], other[0], -1) for one, other in combinations(groups, 2))])


def test_the_same_blocs_keep_their_labels_whatever_their_order() -> None:
    assert matched([cliques("abc", "de"), cliques("abc", "de")]) == [(0, 1), (0, 1)]
    assert matched([cliques("abc", "de"), cliques("ab", "defg")]) == [(0, 1), (1, 0)]


def test_a_bloc_that_splits_leaves_its_label_to_the_larger_part() -> None:
    first, second = matched([cliques("abcde"), cliques("abc", "de")])
    assert (first, second) == ((0,), (0, 1))


def test_a_bloc_of_others_is_new_and_a_label_is_never_used_again() -> None:
    assert matched([cliques("abc", "de"), cliques("xyz", "de"), cliques("abc", "de")]) == [(0, 1), (2, 1), (3, 1)]


def test_blocs_over_time_are_rows_of_day_actor_and_label() -> None:
    days = [date(2000, 1, 1), date(2001, 1, 1)]
    ties = [("a", "b", 1), ("c", "d", 1), ("a", "c", -1)]
    found = blocs_over_time([(days[0], ties), (days[1], [*ties, ("d", "e", 1)])])
    assert [row for one in found for row in one.rows()] == [
        *((days[0], actor, label) for actor, label in (("a", 0), ("b", 0), ("c", 1), ("d", 1))),
        *((days[1], actor, label) for actor, label in (("c", 1), ("d", 1), ("e", 1), ("a", 0), ("b", 0))),
    ]
