"""The frustration index: exact, with its proof, and the same whatever a network looks like."""

from __future__ import annotations

import csv
import gzip
import subprocess
import sys
from collections import defaultdict
from itertools import combinations, product
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_makers import Tie, networks, signs

from cordiale.errors import CordialeWarning, InvalidValue
from cordiale.networks import SignedNetwork, frustration


def weighted(ties: list[Tie]) -> list[tuple[str, str, int, int]]:
    return [(a, b, 1 if w > 0 else -1, abs(w)) for a, b, w in ties]


def by_trying_all(ties: list[Tie]) -> int:
    actors = sorted({end for a, b, _ in ties for end in (a, b)})
    least = sum(abs(w) for *_, w in ties)
    for sides in product((0, 1), repeat=len(actors)):
        side = dict(zip(actors, sides, strict=True))
        least = min(least, sum(abs(w) for a, b, w in ties if (side[a] == side[b]) != (w > 0)))
    return least


@given(networks())
def test_it_is_what_trying_all_divisions_gives(ties: list[Tie]) -> None:
    found = frustration(signs(ties))
    assert found.optimal
    assert found.value == found.lower_bound == by_trying_all(signs(ties))
    heavy = frustration(weighted(ties), weighted=True)
    assert heavy.optimal
    assert heavy.value == pytest.approx(by_trying_all(ties))


@given(networks())
def test_the_division_frustrates_what_it_says(ties: list[Tie]) -> None:
    found = frustration(signs(ties))
    bad = {frozenset((a, b)) for a, b, w in ties if (found.sides[a] == found.sides[b]) != (w > 0)}
    assert bad == {frozenset(pair) for pair in found.frustrated}
    assert len(bad) == found.value


@given(networks(), st.sets(st.sampled_from("abcdefgh")))
def test_turning_all_ties_of_some_actors_changes_nothing(ties: list[Tie], turned: set[str]) -> None:
    switched = [(a, b, -w if (a in turned) != (b in turned) else w) for a, b, w in signs(ties)]
    assert frustration(switched).value == frustration(signs(ties)).value


@given(networks(), st.permutations("abcdefgh"))
def test_names_and_order_of_rows_change_nothing(ties: list[Tie], names: list[str]) -> None:
    to = dict(zip("abcdefgh", names, strict=True))
    renamed = [(to[b], to[a], w) for a, b, w in reversed(signs(ties))]
    assert frustration(renamed).value == frustration(signs(ties)).value


@given(networks(), st.sampled_from((-1, 1)))
def test_an_actor_with_one_tie_adds_nothing(ties: list[Tie], sign: int) -> None:
    assert frustration([*signs(ties), ("a", "pendant", sign)]).value == frustration(signs(ties)).value


@given(networks(most=6), networks(most=6))
def test_networks_that_share_one_actor_add_up(one: list[Tie], other: list[Tie]) -> None:
    apart = [(a + "2" if a != "a" else a, b + "2", w) for a, b, w in signs(other)]
    both = frustration([*signs(one), *apart])
    assert both.value == frustration(signs(one)).value + frustration(signs(other)).value


@given(networks())
def test_it_is_at_most_the_hostile_ties_and_half_of_all(ties: list[Tie]) -> None:
    found = frustration(signs(ties))
    assert found.value <= min(sum(w < 0 for *_, w in ties), len(ties) / 2)


@given(networks(), st.data())
def test_turning_one_tie_changes_it_by_one_at_most(ties: list[Tie], data: st.DataObject) -> None:
    plain = signs(ties)
    if plain:
        at = data.draw(st.integers(0, len(plain) - 1))
        a, b, w = plain[at]
        turned = [*plain[:at], (a, b, -w), *plain[at + 1 :]]
        assert abs(frustration(turned).value - frustration(plain).value) <= 1


def test_hard_random_signs_are_proven_by_branching() -> None:
    rng = np.random.default_rng(3)
    graph = networkx.random_regular_graph(6, 40, seed=3)
    ties = [(str(a), str(b), int(rng.choice((-1, 1)))) for a, b in graph.edges]
    found = frustration(ties)
    assert found.optimal
    switched = [(a, b, w if found.sides[a] == found.sides[b] else -w) for a, b, w in ties]
    assert sum(w < 0 for *_, w in switched) == found.value


def test_a_time_limit_that_is_too_short_gives_an_honest_gap() -> None:
    rng = np.random.default_rng(3)
    graph = networkx.random_regular_graph(10, 300, seed=3)
    found = frustration([(str(a), str(b), int(rng.choice((-1, 1)))) for a, b in graph.edges], time_limit=0.5)
    assert not found.optimal
    assert found.lower_bound < found.value == len(found.frustrated)


def test_nothing_is_printed() -> None:
    script = "from cordiale.networks import frustration; frustration([(1,2,1),(2,3,1),(1,3,-1),(3,4,1),(1,4,1)])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_network_without_ties_is_balanced() -> None:
    found = frustration([])
    assert (found.value, found.optimal, found.balance, found.sides) == (0, True, 1, {})


@pytest.mark.parametrize("tie", [("a", "b", float("nan")), ("a", "b", 1, -2), ("a", "b", 1, float("inf"))])
def test_a_tie_that_cannot_be_is_refused_with_its_number(tie: tuple[object, ...]) -> None:
    with pytest.raises(InvalidValue, match="tie 2, a and b"):
        frustration([("c", "d", 1), tie])


@pytest.mark.parametrize("tie", [("a", "b"), ("a", "b", "friendly"), ("a", "b", 1, 2, 3), 7, ("a", "b", None)])
def test_a_row_that_is_no_tie_says_what_one_is(tie: object) -> None:
    with pytest.raises(InvalidValue, match=r"give \(a, b, sign\)"):
        frustration([tie])  # type: ignore[list-item]


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_weights_of_any_size_are_proven(size: float) -> None:
    found = frustration([("a", "b", 1, size), ("b", "c", 1, size), ("a", "c", -1, 2 * size)], weighted=True)
    assert (found.value, found.lower_bound, found.optimal) == (size, size, True)


def test_a_heavy_tie_hides_no_light_ones() -> None:
    rng = np.random.default_rng(0)
    side = rng.integers(0, 2, 40)
    ties = [
        (f"{a:02}", f"{b:02}", 1 if side[a] == side[b] else -1, 1.0)
        for a, b in combinations(range(40), 2)
        if rng.random() < 0.2
    ]
    found = frustration([("x", "y", 1, 1e7), *ties], weighted=True)
    assert (found.value, found.lower_bound, found.optimal) == (0, 0, True)


@given(networks(most=6), st.lists(st.floats(0.01, 1e4), min_size=15, max_size=15))
def test_weights_of_many_decimals_are_bounded_from_both_sides(ties: list[Tie], sizes: list[float]) -> None:
    rows = [(a, b, 1 if w > 0 else -1, size) for (a, b, w), size in zip(ties, sizes, strict=False)]
    found = frustration(rows, weighted=True)
    least = by_trying_all([(a, b, sign * size) for a, b, sign, size in rows])  # type: ignore[misc]
    assert found.optimal
    assert found.value == pytest.approx(least, rel=2e-6)


def test_a_time_limit_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidValue, match="time limit"):
        frustration([], time_limit=0)


def test_graphs_and_rows_make_the_same_network() -> None:
    graph = networkx.DiGraph()
    graph.add_edge("a", "b", sign=1, weight=0.5)
    graph.add_edge("b", "a", sign=1, weight=0.25)
    graph.add_edge("b", "c", sign=-1)
    graph.add_node("alone")
    assert SignedNetwork.of(graph).actors == ("a", "alone", "b", "c")
    assert SignedNetwork.of(graph).ties == [("a", "b", 1.0), ("b", "c", -1.0)]
    assert SignedNetwork.of(graph, weighted=True).ties == [("a", "b", 0.75), ("b", "c", -1.0)]


def test_ties_with_oneself_and_pairs_of_both_signs_are_settled_and_said() -> None:
    rows = [("a", "a", 1), ("a", "b", 1), ("b", "a", -1), ("b", "c", 1, 2), ("c", "b", -1, 1), ("d", "d", 0)]
    with pytest.warns(CordialeWarning) as told:
        network = SignedNetwork.of(rows, weighted=True)
    assert [str(one.message) for one in told] == [
        "ties of an actor with itself: 1, left out",
        "pairs of both signs: 2, taken by their sum; 1 cancel out and are no ties",
    ]
    assert (network.actors, network.ties) == (("a", "b", "c", "d"), [("b", "c", 1.0)])


def test_an_edge_without_a_sign_is_refused() -> None:
    with pytest.raises(InvalidValue, match="sign"):
        SignedNetwork.of(networkx.path_graph(3))


def test_a_table_without_a_column_says_which() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": ["x"], "b": ["y"], "sign": [-1]})
    assert SignedNetwork.of(table).ties == [("x", "y", -1.0)]
    with pytest.raises(InvalidValue, match="sign"):
        SignedNetwork.of(table[["a", "b"]])


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        return list(csv.DictReader(file))


@pytest.fixture
def data(shared: Path) -> Path:
    return shared / "data" / "networks"


def test_known_networks_have_their_known_index(data: Path) -> None:
    gama = [(row["a"], row["b"], int(row["sign"])) for row in _read(data / "gama_tribes.csv")]
    congress = [(row["source"], row["target"], float(row["weight"])) for row in _read(data / "congress.csv")]
    assert (frustration(gama).value, frustration(congress).value) == (7, 18)


def test_states_after_the_war_are_proven(data: Path) -> None:
    windows: dict[str, list[Tie]] = defaultdict(list)
    for row in _read(data / "cow_signed_windows_1946_1999.csv.gz"):
        windows[row["window"]].append((row["a"], row["b"], int(row["sign"])))
    found = {name: frustration(ties) for name, ties in windows.items()}
    assert all(one.optimal for one in found.values())
    assert (found["46-49"].value, found["65-68"].value) == (17, 23)


def test_the_road_to_1914_as_it_is_printed(data: Path) -> None:
    rows = _read(data / "wwi_protagonists_1872_1918.csv")
    printed = {1872: 1, 1882: 1, 1890: 1, 1891: 1, 1904: 1, 1907: 0}
    for year, value in printed.items():
        ties = [(r["a"], r["b"], int(r["sign"])) for r in rows if int(r["begin"][:4]) <= year < int(r["end"][:4])]
        assert frustration(ties).value == value, year


@given(networks())
def test_it_is_nothing_just_where_two_colours_do(ties: list[Tie]) -> None:
    graph = networkx.Graph([(a, b, {"sign": w}) for a, b, w in ties])
    colour: dict[str, int] = {}
    for root in graph:
        if root in colour:
            continue
        colour[root] = 1
        for a, b in networkx.bfs_edges(graph, root):
            colour[b] = colour[a] if graph[a][b]["sign"] > 0 else -colour[a]
    fits = all((colour[a] == colour[b]) == (w > 0) for a, b, w in ties)
    assert (frustration(signs(ties)).value == 0) == fits


@given(networks())
def test_negative_triangles_without_a_common_tie_each_add_one_at_least(ties: list[Tie]) -> None:
    sign = {frozenset((a, b)): w > 0 for a, b, w in ties}
    used: set[frozenset[str]] = set()
    apart = 0
    for three in combinations("abcdefgh", 3):
        sides = {frozenset(pair) for pair in combinations(three, 2)}
        if sides <= sign.keys() and not sides & used and sum(not sign[side] for side in sides) % 2:
            used |= sides
            apart += 1
    assert apart <= frustration(signs(ties)).value


@given(networks())
def test_the_least_eigenvalue_of_the_signed_laplacian_is_a_lower_bound(ties: list[Tie]) -> None:
    network = SignedNetwork.of(signs(ties))
    a, b = network.ends.T
    matrix = np.zeros((len(network.actors),) * 2)
    matrix[a, b] = matrix[b, a] = network.weights
    laplacian = np.diag(np.abs(matrix).sum(axis=1)) - matrix
    least = np.linalg.eigvalsh(laplacian)[0] if len(matrix) else 0.0
    assert least * len(matrix) / 4 <= frustration(network).value + 1e-9


@given(networks())
def test_actors_without_ties_add_nothing(ties: list[Tie]) -> None:
    assert frustration([*signs(ties), ("alone", "lonely", 0)]).value == frustration(signs(ties)).value
