"""Dependency, tension, isolation of everyone, intervals: measures of support and how sure they are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_makers import Tie, networks

from cordiale.claims import Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks import (
    Bloc,
    Flow,
    SignedNetwork,
    criticalities,
    cross_pressures,
    dependency,
    flows_of,
    fracture,
    frustration,
    interval,
    intervals,
    isolation,
    isolation_of_everyone,
    tensions,
    with_stances,
)
from cordiale.relations import relation
from cordiale.ties import Snapshot, assess

DAY = date(2011, 5, 1)


def claimed(*pairs: tuple[str, str, str], times: int = 1) -> Snapshot:
    claims = [
        Claim(
            subject=a, relation=relation(kind), object=b, sign=relation(kind).sign, reader="hand",
            evidence=Citation(dataset=f"notes {n}", version="1", row=f"{a}{b}"), published=DAY,
        )
        for a, kind, b in pairs
        for n in range(times)
    ]  # fmt: skip
    return assess(ClaimColumns.from_claims(claims), DAY)


def weighted(ties: list[Tie]) -> list[tuple[str, str, int, int]]:
    return [(a, b, 1 if w > 0 else -1, abs(w)) for a, b, w in ties]


# --- dependency ---


@given(st.integers(1, 6), st.sampled_from(["funding", "weapons"]))
def test_equal_givers_have_an_index_of_one_over_their_number(n: int, kind: str) -> None:
    found = dependency([Flow(giver=f"g{i}", receiver="a", type=kind, amount=3.0) for i in range(n)], "a")
    (only,) = found.types
    assert only.hhi == pytest.approx(1 / n)
    assert only.normalised == (None if n == 1 else pytest.approx(0))
    assert [one.value for one in found.givers] == pytest.approx([1 / n] * n)


def test_a_sole_giver_is_depended_on_wholly() -> None:
    found = dependency([Flow(giver="g", receiver="a", type=kind) for kind in ("funding", "weapons")], "a")
    assert [(one.on, one.value, one.most, one.low) for one in found.givers] == [("g", 1.0, 1.0, None)]


@given(st.lists(st.tuples(st.sampled_from(["g", "h", None]), st.sampled_from("xy"), st.floats(0.1, 5)), max_size=8))
def test_dependence_lies_within_its_bounds_and_adds_up(rows: list[tuple[str | None, str, float]]) -> None:
    flows = [Flow(giver=giver, receiver="a", type=kind, amount=amount) for giver, kind, amount in rows]
    found = dependency(flows, "a")
    unknown = sum(found.weights[one.type] * one.unknown for one in found.types)
    assert sum(one.value for one in found.givers) + unknown == pytest.approx(1 if rows else 0)
    for one in found.givers:
        assert 0 < one.value <= one.most <= 1
    for one in found.types:
        assert 0 <= one.low <= one.high <= 1
        if one.hhi is None:
            assert (one.shares, one.unknown, one.low, one.high) == ({}, 1.0, 0.0, 1.0)
        else:
            assert one.low <= one.hhi <= one.high
            assert one.unknown or one.low == one.hhi == one.high


def test_unknown_givers_give_bounds() -> None:
    flows = [Flow(giver="g", receiver="a", type="funding", amount=2), Flow(giver=None, receiver="a", type="funding"),
             Flow(giver=None, receiver="a", type="funding")]  # fmt: skip
    (only,) = dependency(flows, "a").types
    assert (only.unknown, only.hhi, only.low, only.high) == (0.5, 1.0, 0.25, 1.0)


def test_concentration_lies_within_its_bounds_where_most_givers_are_unknown() -> None:
    amounts = (("g", 0.05), ("h", 0.05), (None, 0.9))
    flows = [Flow(giver=giver, receiver="a", type="funding", amount=amount) for giver, amount in amounts]
    (only,) = dependency(flows, "a").types
    assert (only.hhi, only.low, only.high) == (pytest.approx(0.5), pytest.approx(0.005), pytest.approx(0.905))


def test_where_no_giver_is_known_there_is_no_concentration() -> None:
    (only,) = dependency([Flow(giver=None, receiver="a", type="funding")], "a").types
    assert (only.hhi, only.low, only.high, only.normalised) == (None, 0.0, 1.0, None)


def test_flows_that_are_not_certain_give_an_interval() -> None:
    def width(evidence: float) -> float:
        flows = [Flow(giver=name, receiver="a", type="funding", evidence=evidence) for name in "gh"]
        one = dependency(flows, "a").givers[0]
        assert one.low is not None and one.high is not None
        assert one.low < one.value < one.high
        return one.high - one.low

    assert width(0.5) > width(50)
    (sole,) = dependency([Flow(giver="g", receiver="a", type="funding", evidence=0.5)], "a").givers
    assert (sole.low, sole.high) == (1.0, 1.0)


@given(st.floats(0, 1e300))
def test_any_mass_of_evidence_gives_bounds(evidence: float) -> None:
    flows = [Flow(giver=name, receiver="a", type="funding", evidence=evidence) for name in "gh"]
    for one in dependency(flows, "a", n=20).givers:
        assert one.low is not None and one.high is not None
        assert 0 <= one.low <= one.high <= 1


def test_weights_of_types_count_and_claims_are_kept() -> None:
    flows = [Flow(giver="g", receiver="a", type="funding", claims=(4, 7)), Flow(giver="h", receiver="a", type="troops")]
    found = dependency(flows, "a", weights={"funding": 3})
    assert [(one.on, one.value, one.claims) for one in found.givers] == [("g", 0.75, (4, 7)), ("h", 0.25, ())]
    with pytest.raises(InvalidValue, match="not all 0"):
        dependency(flows, "a", weights={"funding": 0, "troops": 0})


@pytest.mark.parametrize("wrong", [
        {"giver": "a"}, {"amount": 0}, {"amount": float("nan")}, {"evidence": -1.0}, {"evidence": float("nan")},
        {"evidence": float("inf")}, {"giver": ""}, {"receiver": None},
    ])  # fmt: skip
def test_a_flow_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        Flow(**{"giver": "g", "receiver": "a", "type": "funding", **wrong})  # type: ignore[arg-type]


def test_an_actor_that_gets_nothing_depends_on_nobody() -> None:
    assert dependency([], "a").givers == ()


def test_friendly_ties_are_flows_both_ways() -> None:
    assert {(flow.giver, flow.receiver) for flow in flows_of([("a", "b", 1), ("b", "c", -1)])} == {
        ("a", "b"), ("b", "a"),
    }  # fmt: skip


@given(networks())
def test_what_would_be_lost_with_all_friends_is_everything(ties: list[Tie]) -> None:
    for actor in sorted({end for a, b, w in ties for end in (a, b)}):
        found = criticalities(weighted(ties), actor, weighted=True)
        assert sum(one.value for one in found) == pytest.approx(1 if found else 0)
        for one in found:
            back = {other.friend: other for other in criticalities(weighted(ties), one.friend, weighted=True)}[actor]
            assert one.asymmetry == pytest.approx(-back.asymmetry)


def test_capability_makes_a_friend_more_critical() -> None:
    found = criticalities([("a", "b", 1), ("a", "c", 1)], "a", capabilities={"b": 3})
    assert [(one.friend, one.value) for one in found] == [("b", 0.75), ("c", 0.25)]
    with pytest.raises(UnknownName):
        criticalities([("a", "b", 1)], "z")


@pytest.mark.parametrize("capability", [-3.0, float("nan"), float("inf")])
def test_a_capability_that_cannot_be_is_refused(capability: float) -> None:
    with pytest.raises(InvalidValue, match="capability of b"):
        criticalities([("a", "b", 1), ("a", "c", 1)], "a", capabilities={"b": capability})


# --- tension ---

blocs = st.builds(
    Bloc,
    name=st.sampled_from(["A", "B"]),
    members=st.dictionaries(st.sampled_from("abcde"), st.floats(0.1, 1), min_size=1),
    stances=st.dictionaries(st.sampled_from("vwxyz"), st.sampled_from([-1, 1])),
)


def renamed(bloc: Bloc, name: str) -> Bloc:
    return Bloc(name=name, members=bloc.members, stances=bloc.stances)


@given(blocs, blocs)
def test_tension_is_the_same_both_ways_and_at_most_one(one: Bloc, other: Bloc) -> None:
    (found,) = tensions([renamed(one, "A"), renamed(other, "B")])
    (back,) = tensions([renamed(one, "B"), renamed(other, "A")])
    assert found.value == pytest.approx(back.value)
    assert 0 <= found.value <= 1
    assert found.overlap <= 1
    if not one.members.keys() & other.members.keys() or not found.opposed:
        assert found.value == 0


@given(blocs, st.dictionaries(st.sampled_from("vwxyz"), st.sampled_from([-1, 1]), min_size=1))
def test_a_bloc_within_another_that_wants_the_opposite_is_wholly_in_tension(one: Bloc, stances: dict[str, int]) -> None:
    inner = Bloc(name="A", members=one.members, stances=stances)
    outer = Bloc(
        name="B", members={**dict.fromkeys("abcdef", 1.0)}, stances={target: -sign for target, sign in stances.items()}
    )
    (found,) = tensions([inner, outer])
    assert (found.value, found.opposition, found.compared) == (pytest.approx(1), 1, len(stances))


def test_tension_is_at_most_one_whatever_the_order_of_members() -> None:
    members = {"d": 0.7, "a": 0.1, "c": 0.3, "b": 0.2}
    other = Bloc(name="B", members=dict.fromkeys("abcd", 1.0), stances={"x": -1})
    (found,) = tensions([Bloc(name="A", members=members, stances={"x": 1}), other])
    assert (found.value, found.overlap) == (1.0, 1.0)


def test_capabilities_and_worth_weigh_members_and_targets() -> None:
    one = Bloc(name="A", members={"a": 1, "b": 1}, stances={"x": 1, "y": 1})
    other = Bloc(name="B", members={"b": 1, "c": 1}, stances={"x": -1, "y": 1})
    (found,) = tensions([one, other], capabilities={"b": 3}, worth={"x": 3})
    assert (found.opposition, found.overlap, found.value) == (0.75, 0.75, 0.5625)


def test_members_of_opposed_blocs_are_under_cross_pressure() -> None:
    one = Bloc(name="A", members={"a": 1, "b": 0.5}, stances={"x": 1})
    other = Bloc(name="B", members={"b": 0.5}, stances={"x": -1})
    (found,) = cross_pressures([one, other])
    assert (found.actor, found.value, found.between) == ("b", 0.25, (("A", "B"),))


def test_members_that_agree_make_a_stance_and_those_that_do_not_make_none() -> None:
    ties = [("a", "x", 1), ("b", "x", 1), ("a", "y", 1), ("b", "y", -1), ("a", "z", 1), ("a", "b", 1), ("A", "w", -1)]
    (found,) = with_stances(ties, [Bloc(name="A", members={"a": 1, "b": 1})])
    assert found.stances == {"x": 1, "w": -1}


def test_a_bloc_whose_members_fight_is_fractured_and_one_that_befriends_its_target_split() -> None:
    bloc = Bloc(name="A", members={"a": 1, "b": 1, "c": 0.5}, stances={"x": -1})
    found = fracture([("a", "b", 1), ("b", "c", -1), ("c", "x", 1)], bloc)
    assert (found.value, found.hostile) == (pytest.approx(0.5 / 1.5), (("b", "c"),))
    assert found.split == {"x": pytest.approx(0.2)}
    assert fracture([("a", "x", 1)], bloc).value is None


@pytest.mark.parametrize("wrong", [{"members": {"a": 0}}, {"members": {"a": 1.1}}, {"stances": {"x": 0}}])
def test_a_bloc_that_cannot_be_is_refused(wrong: dict[str, dict[str, float]]) -> None:
    with pytest.raises(InvalidValue):
        Bloc(**{"name": "A", "members": {"a": 1}, **wrong})  # type: ignore[arg-type]


def test_two_blocs_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidValue, match="one name"):
        tensions([Bloc(name="A", members={"a": 1}), Bloc(name="A", members={"b": 1})])


# --- isolation of everyone ---

CAST = claimed(
    ("iran", "ally_of", "syria"), ("iran", "supports", "hamas"), ("israel", "fights", "hamas"),
    ("syria", "rivals", "hamas"), ("israel", "rivals", "iran"), times=2,
)  # fmt: skip


def test_everyone_at_once_is_what_each_is_alone() -> None:
    for found in isolation_of_everyone(CAST, capabilities={"iran": 2.0, "syria": 1.0, "israel": 3.0}):
        alone = isolation(
            CAST, found.actor, capabilities={"iran": 2.0, "syria": 1.0, "israel": 3.0}, n=4000, seed=1
        )  # fmt: skip
        assert (found.low, found.high) == pytest.approx((alone.low, alone.high), abs=0.03)
        for name in ("value", "support", "hostility", "effective_allies", "top_ally_share", "exposure", "evidence"):
            assert getattr(found, name) == pytest.approx(getattr(alone, name)), name
        assert (found.top_ally, found.at, found.known) == (alone.top_ally, alone.at, alone.known)


@given(networks())
def test_in_a_network_a_friend_lowers_isolation_and_a_foe_raises_it(ties: list[Tie]) -> None:
    found = {one.actor: one for one in isolation_of_everyone(weighted(ties))}
    for one in found.values():
        assert 0 < one.value < 1
        assert one.low == one.value == one.high
        more = [(a, b, w, 4) for a, b, w, _ in weighted(ties)]
        more = [*more, (one.actor, "z", 1, 4)]
        assert isolation(more, one.actor).value <= isolation([*more[:-1], ("y", "z", 1, 4)], one.actor).value
        less = [*more[:-1], (one.actor, "z", -1, 4)]
        assert isolation(less, one.actor).value > isolation(more, one.actor).value


def test_an_actor_that_a_network_lacks_is_unknown() -> None:
    with pytest.raises(UnknownName, match="'z'"):
        isolation([("a", "b", 1)], "z")
    assert isolation_of_everyone([]) == ()


# --- intervals ---


def test_an_interval_covers_what_the_draws_give() -> None:
    found = interval(CAST, lambda network: frustration(network).value, n=100, seed=3)
    drawn = [
        frustration([(CAST.actors[a], CAST.actors[b], int(s)) for (a, b), s in zip(CAST.ends, row, strict=True) if s])
        for row in CAST.sample(100, 3)
    ]
    low, median, high = np.quantile([one.value for one in drawn], [0.05, 0.5, 0.95])
    assert (found.low, found.median, found.high) == (low, median, high)
    assert found.value == frustration(CAST).value


def test_more_evidence_makes_the_interval_narrower() -> None:
    pairs = [("hub", "ally_of", f"actor-{n}") for n in range(30)]
    ties = [interval(claimed(*pairs, times=times), lambda network: float(network.hostile), seed=1) for times in (1, 4)]
    assert ties[0].high - ties[0].low > ties[1].high - ties[1].low


def _nothing(_: SignedNetwork) -> None:
    return None


def test_draws_without_the_measure_are_left_out_and_keys_have_their_own() -> None:
    none = interval(CAST, _nothing)
    assert (none.value, none.low, none.draws) == (None, None, 0)

    def by_tie(network: SignedNetwork) -> dict[tuple[str, str], float]:
        return {(a, b): weight for a, b, weight in network.ties}

    found = intervals(CAST, by_tie, n=50)
    assert found["iran", "syria"].value == 1
    assert 0 < found["iran", "syria"].draws <= 50
    with pytest.raises(InvalidValue):
        interval(CAST, _nothing, n=0)


def test_drawn_networks_keep_strengths_where_they_are_asked_for() -> None:
    found = interval(CAST, lambda network: float(np.abs(network.weights).max(initial=0)), weighted=True, n=20)
    assert found.high <= max(abs(tie.weight) for tie in CAST) + 1e-9
