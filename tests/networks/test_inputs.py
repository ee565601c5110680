"""What ties are made of: names, strengths, and how actors are asked for."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.errors import CordialeWarning, InvalidValue, UnknownName
from cordiale.networks import (
    Flow,
    SignedNetwork,
    Supposed,
    brokerage,
    criticalities,
    dependency,
    frustrations,
    isolation,
    isolation_of_everyone,
    landscape,
    leverages,
    most_similar,
    pressures,
    similarity,
    what_if,
)

NUMBERED = networkx.Graph([(1, 2, {"sign": 1}), (2, 3, {"sign": -1}), (1, 3, {"sign": 1})])
NAMED = [("1", "2", 1), ("2", "3", -1), ("1", "3", 1)]


# --- names ---


@pytest.mark.parametrize("missing", [None, nan, "", " "])
@pytest.mark.parametrize("tie", [lambda name: (name, "b", 1), lambda name: ("b", name, -1, 0.5)])
def test_an_actor_without_a_name_is_refused_with_the_number_of_its_row(
    missing: object, tie: Callable[[object], tuple[Any, ...]]
) -> None:
    with pytest.raises(InvalidValue, match="name of an actor of tie 2"):
        SignedNetwork.of([("a", "b", 1), tie(missing)])


def test_what_pandas_has_for_missing_is_no_name() -> None:
    pandas = pytest.importorskip("pandas")
    for missing in (None, nan, pandas.NA, pandas.NaT):
        table = pandas.DataFrame({"a": ["x", "y", missing], "b": ["y", "z", "x"], "sign": [1, 1, -1]}, index=[5, 5, 9])
        with pytest.raises(InvalidValue, match="name of an actor of tie 3"):
            SignedNetwork.of(table)


def test_codes_that_pandas_made_floats_are_those_of_the_other_column() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": [2.0, 200.0], "b": [200, 220], "sign": [1, -1]})
    assert SignedNetwork.of(table).ties == [("2", "200", 1.0), ("200", "220", -1.0)]


@given(st.integers(0, 2**53))
def test_a_whole_number_has_one_name_however_it_is_given(code: int) -> None:
    for given_code in (code, float(code), str(code)):
        assert SignedNetwork.of([(given_code, "x", 1)]).actors == tuple(sorted((str(code), "x")))


def test_nodes_of_a_graph_that_have_one_name_are_refused() -> None:
    with pytest.raises(InvalidValue, match=r"nodes of one name, 1: \(1, '1'\); name them apart"):
        SignedNetwork.of(networkx.Graph([(1, "1", {"sign": 1}), (1, 2, {"sign": -1})]))
    alone = networkx.Graph()
    alone.add_nodes_from([nan])
    with pytest.raises(InvalidValue, match="name of node 1"):
        SignedNetwork.of(alone)


@pytest.mark.parametrize(
    "asked",
    [
        lambda ties, one, _: isolation(ties, one),
        lambda ties, one, two: isolation(ties, one, capabilities={one: 3.0, two: 1.0}),
        lambda ties, one, two: isolation_of_everyone(ties, capabilities={one: 3.0, two: 1.0}),
        lambda ties, one, two: similarity(ties, one, two, capabilities={two: 3.0}),
        lambda ties, one, _: most_similar(ties, one),
        lambda ties, one, two: criticalities(ties, one, capabilities={two: 3.0}),
        lambda ties, one, two: pressures(ties, pairs=[(two, one)]),
        lambda ties, one, two: leverages(ties, pairs=[(two, one)]),
        lambda ties, one, two: what_if(ties, [Supposed(a=one, b=two, sign=-1)]).then.sides,
        lambda ties, one, _: landscape(ties, {one: 3.0}),
        lambda ties, one, two: frustrations(ties, {one: 0, two: 1, "3": 1}, {two: 3.0}),
        lambda ties, one, two: brokerage(ties, {one: "x", two: "x"}),
        lambda _, one, two: dependency([Flow(giver=one, receiver=two, type="funding")], two),
    ],
)
def test_actors_are_asked_for_by_node_or_by_name_alike(asked: Callable[..., object]) -> None:
    expected = asked(NAMED, "1", "2")
    assert asked(NUMBERED, 1, 2) == expected
    assert asked(NUMBERED, 1.0, "2") == expected


@pytest.mark.parametrize(
    "asked",
    [
        lambda: isolation(NUMBERED, 4),
        lambda: similarity(NUMBERED, 1, 4),
        lambda: similarity(NUMBERED, 1, 2, capabilities={4: 1.0}),
        lambda: most_similar(NUMBERED, 4),
        lambda: criticalities(NUMBERED, 4),
        lambda: criticalities(NUMBERED, 1, capabilities={4: 1.0}),
        lambda: pressures(NUMBERED, pairs=[(1, 4)]),
        lambda: leverages(NUMBERED, pairs=[(1, 4)]),
        lambda: landscape(NUMBERED, {4: 1.0}),
        lambda: frustrations(NUMBERED, {1: 0, 2: 1, 3: 1, 4: 0}),
        lambda: brokerage(NUMBERED, {4: "x"}),
    ],
)
def test_what_is_asked_or_given_of_an_actor_that_a_network_lacks_is_refused(asked: Callable[[], object]) -> None:
    with pytest.raises(UnknownName, match="4"):
        asked()


def test_capabilities_of_actors_without_ties_count_in_the_median_of_isolation() -> None:
    assert isolation(NUMBERED, 1, capabilities={1: 1.0, 2: 1.0, 9: 5.0, 10: 5.0}).support == 1.0 + 3.0


def test_an_actor_given_by_two_names_is_refused() -> None:
    with pytest.raises(InvalidValue, match="given twice"):
        brokerage(NUMBERED, {1: "x", "1": "y"})


# --- strengths ---


@pytest.mark.parametrize(
    "tie",
    [("b", "c", 1e200, 1e200), ("b", "c", 1, 1.7e308), ("a", "b", -1, 1.7e308), ("c", "c", 1, 1.7e308)],
)
@pytest.mark.parametrize("weighted", [True, False])
def test_strengths_that_no_number_can_hold_are_refused_with_their_row(tie: tuple[Any, ...], weighted: bool) -> None:
    with pytest.raises(InvalidValue, match=f"tie 2, {tie[0]} and {tie[1]}"):
        SignedNetwork.of([("a", "b", 1, 1.7e308), tie], weighted=weighted)


def test_strengths_that_cancel_out_but_for_rounding_are_no_tie() -> None:
    for scale in (1e-200, 1.0, 1e200):
        rows = [("a", "b", 1, 0.1 * scale), ("a", "b", 1, 0.2 * scale), ("b", "a", -1, 0.3 * scale), ("b", "c", 1, 1)]
        with pytest.warns(CordialeWarning, match="1 cancel out and are no ties"):
            network = SignedNetwork.of(rows, weighted=True)
        assert network.ties == [("b", "c", 1.0)]


@pytest.mark.filterwarnings("ignore::cordiale.errors.CordialeWarning")
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.randoms())
def test_the_order_of_strengths_changes_no_tie(strengths: list[float], random: Any) -> None:
    rows = [("a", "b", strength) for strength in strengths]
    shuffled = random.sample(rows, len(rows))
    assert SignedNetwork.of(rows, weighted=True).ties == SignedNetwork.of(shuffled, weighted=True).ties


@pytest.mark.parametrize("weighted", [True, False])
def test_ties_of_weight_0_are_none_and_said_with_strengths_or_without(weighted: bool) -> None:
    with pytest.warns(CordialeWarning, match="ties of weight 0: 2, left out"):
        network = SignedNetwork.of(
            [("a", "b", 1, 0), ("b", "c", -1, 0), ("b", "d", -1), ("c", "d", 0, 0)], weighted=weighted
        )
    assert (network.actors, network.ties) == (("a", "b", "c", "d"), [("b", "d", -1.0)])


def test_a_supposed_strength_counts_with_strengths_only() -> None:
    ties, supposed = [("a", "b", 1), ("b", "c", 1), ("a", "c", 1)], [Supposed(a="a", b="c", sign=-1, weight=0.3)]
    assert (what_if(ties, supposed).delta, what_if(ties, supposed, weighted=True).delta) == (1.0, pytest.approx(0.3))
