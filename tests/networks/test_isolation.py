"""How isolated an actor is, and whether it is running out of allies."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_makers import Tie, networks

from cordiale.claims import Change, Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks import (
    Answer,
    SignedNetwork,
    isolation,
    isolation_over_time,
    pn_centrality,
    running_out_of_allies,
)
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import assess

AT = date(2014, 1, 1)
OTHERS = ("egypt", "iran", "qatar", "syria", "turkey")
properties = settings(deadline=None, max_examples=40)


def claim(object, name, *, subject="hamas", held=None, known=AT, voice="paper", change=Change.NONE):
    kind = relation(name)
    return Claim(
        subject=subject, relation=kind, object=object, sign=-kind.sign if change is Change.ENDS else kind.sign,
        reader="test", evidence=Citation(dataset=voice, version="1", row="1"), held=held or Period(), change=change,
        published=known,
    )  # fmt: skip


def measured(claims, at=AT, **options):
    present = claim("israel", "demands_of", known=date(2040, 1, 1))  # names the actor and counts for nothing yet
    return isolation(assess(ClaimColumns.from_claims([*claims, present]), at), "hamas", **options)


FRIENDLY = st.builds(claim, st.sampled_from(OTHERS), st.sampled_from(["ally_of", "supports", "aids"]))
HOSTILE = st.builds(claim, st.sampled_from(OTHERS), st.sampled_from(["fights", "opposes", "assaults"]))
CLAIMS = st.lists(FRIENDLY | HOSTILE, max_size=10)


@properties
@given(CLAIMS)
def test_isolation_lies_between_0_and_1_and_in_its_interval_bounds(claims):
    found = measured(claims)
    assert 0 < found.value < 1 and 0 <= found.low <= found.high <= 1


@properties
@given(CLAIMS)
def test_claims_given_twice_change_no_isolation(claims):
    assert measured(claims).value == pytest.approx(measured(claims * 2).value)


@properties
@given(CLAIMS)
def test_a_friendly_tie_more_lowers_isolation_and_a_hostile_one_raises_it(claims):
    base = measured(claims).value
    assert measured([*claims, claim("russia", "ally_of")]).value < base
    assert measured([*claims, claim("russia", "fights")]).value > base


@properties
@given(CLAIMS)
def test_a_friend_that_turns_hostile_raises_isolation(claims):
    one, other = (measured([*claims, claim("russia", name)]).value for name in ("ally_of", "fights"))
    assert other > one


def test_an_actor_without_ties_is_at_one_half():
    found = measured([])
    assert (found.value, found.support, found.hostility, found.effective_allies, found.top_ally) == (0.5, 0, 0, 0, None)


def test_equal_allies_count_in_full_and_one_patron_as_one():
    assert measured([claim(other, "ally_of") for other in OTHERS]).effective_allies == pytest.approx(5)
    assert measured([claim("iran", "ally_of")]).effective_allies == pytest.approx(1)


def test_the_largest_ally_and_its_share_are_named():
    found = measured([claim("iran", "ally_of"), claim("qatar", "ally_of")], capabilities={"iran": 3, "qatar": 1})
    assert found.top_ally == "iran" and found.top_ally_share == pytest.approx(0.75)


def test_an_actor_without_a_capability_counts_as_the_median():
    three = [claim(other, "ally_of") for other in ("iran", "qatar", "syria")]
    weights = {"iran": 1.0, "qatar": 5.0, "egypt": 2.0}
    given_two = measured(three, capabilities={**weights, "syria": 2.0}).support
    assert measured(three, capabilities=weights).support == pytest.approx(given_two)


def test_friends_at_war_with_one_another_are_exposure():
    friends = [claim("iran", "ally_of"), claim("egypt", "ally_of"), claim("qatar", "ally_of")]
    quarrel = claim("egypt", "fights", subject="iran")
    assert measured(friends).exposure == 0
    assert measured([*friends, quarrel]).exposure == pytest.approx(2 / 3)


def test_more_evidence_narrows_the_interval():
    thin = measured([claim("iran", "ally_of")])
    thick = measured([claim("iran", "ally_of", known=AT - timedelta(days=40 * month)) for month in range(20)])
    assert thick.high - thick.low < thin.high - thin.low


def test_intervals_repeat_with_their_seed():
    claims = [claim("iran", "ally_of")]
    assert measured(claims, seed=3) == measured(claims, seed=3)
    assert measured(claims, seed=3).low != measured(claims, seed=4).low


def test_isolation_over_time_is_isolation_on_each_day():
    claims = [claim("iran", "ally_of", held=Period.parse("2005")), claim("israel", "fights", held=Period.parse("2008"))]
    claims += [claim("iran", "rivals", subject="israel", held=Period.parse("2000"))]
    columns = ClaimColumns.from_claims(claims)
    days = [date(2006, 1, 1), date(2010, 1, 1)]
    each = tuple(isolation(assess(columns, day), "hamas") for day in days)
    assert isolation_over_time(columns, "hamas", days) == each


def test_an_actor_that_no_claim_names_is_refused():
    with pytest.raises(UnknownName):
        isolation_over_time(ClaimColumns.from_claims([claim("iran", "ally_of")]), "hamaz", [AT])


@pytest.mark.parametrize("wrong", [{"n": 0}, {"capabilities": {"iran": -1.0}}, {"capabilities": {"iran": 0.0}}])
def test_what_cannot_be_measured_is_refused(wrong):
    with pytest.raises(InvalidValue):
        measured([claim("iran", "ally_of")], **wrong)


def alliances(*, until=None, others=OTHERS):
    """Alliances since 2005, confirmed every half year, or up to a day."""
    days = [date(year, month, 1) for year in range(2005, 2015) for month in (1, 7)]
    return [
        claim(other, "ally_of", held=Period.since(date(2005, 1, 1)), known=day)
        for other in others
        for day in days
        if until is None or day < until
    ] + [claim(other, "endorses", held=Period.within(day), known=day) for other in others for day in days
         if until is None or day < until]  # fmt: skip


def breaks(others, day=date(2013, 3, 1)):
    ends = [
        claim(o, "ally_of", change=Change.ENDS, held=Period.since(day), known=day, voice=v)
        for o in others
        for v in "ab"
    ]
    return ends + [claim(o, "opposes", held=Period.since(day + timedelta(days=40)), known=AT) for o in others]


def outlook(claims):
    return running_out_of_allies(ClaimColumns.from_claims(claims), "hamas", AT)


def test_an_actor_whose_allies_broke_with_it_is_running_out_of_allies():
    left = OTHERS[:4]
    found = outlook(alliances(others=OTHERS[4:]) + alliances(until=date(2013, 3, 1), others=left) + breaks(left))
    assert found.answer is Answer.YES
    assert {change.actor for change in found.lost} == set(left) and not found.gained
    assert all(change.claims and change.day >= date(2013, 1, 1) for change in found.lost)


def test_an_actor_whose_allies_stay_is_not():
    found = outlook(alliances())
    assert found.answer is Answer.NO and not found.changes


def test_when_the_sources_fall_silent_no_answer_is_given():
    columns = ClaimColumns.from_claims(alliances(until=date(2010, 1, 1)))
    found = running_out_of_allies(columns, "hamas", date(2016, 1, 1), span=timedelta(days=2200))
    assert found.answer is Answer.ABSTAIN
    assert "sources fell silent" in found.reasons[0]


def test_of_an_actor_of_which_nothing_was_known_no_answer_is_given():
    found = outlook([claim("iran", "ally_of")])
    assert found.answer is Answer.ABSTAIN and found.p_above_past is None


def test_a_new_ally_is_named_with_its_day_and_claim():
    found = outlook([*alliances(others=OTHERS[:2]), claim("qatar", "ally_of", held=Period.since(date(2013, 5, 1)))])
    assert [(change.actor, change.day) for change in found.gained] == [("qatar", date(2013, 5, 1))]
    assert found.gained[0].claims


def test_a_span_of_no_day_is_refused():
    with pytest.raises(InvalidValue):
        running_out_of_allies(ClaimColumns.from_claims(alliances()), "hamas", AT, span=timedelta(0))


def test_pn_centrality_equals_the_published_values_of_the_gama_tribes(shared):
    with (shared / "data/networks/gama_tribes.csv").open(newline="") as lines:
        rows = [(row["a"], row["b"], int(row["sign"])) for row in csv.DictReader(lines)]
    names = list(dict.fromkeys(name for a, b, _ in rows for name in (a, b)))
    signs = np.zeros((len(names), len(names)))
    for a, b, sign in rows:
        signs[names.index(a), names.index(b)] = signs[names.index(b), names.index(a)] = sign
    found = dict(zip(names, pn_centrality(signs), strict=True))
    for value in (0.7527, 0.7642, 1.0420, 1.0226):
        assert min(abs(each - value) for each in found.values()) < 5e-5


def test_pn_centrality_of_strangers_is_one_each():
    assert pn_centrality(np.zeros((4, 4))).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([[0, 1], [0, 0]], "symmetric"), ([[0]], "two actors or more"), ([[1, 1], [1, 0]], "set the diagonal to 0"),
        ([[0, float("nan")], [float("nan"), 0]], "symmetric"), ([[0, -1], [-1, 0]], "give the other actors too"),
    ],
)  # fmt: skip
def test_a_matrix_that_is_none_of_signs_has_no_pn_centrality(wrong: list[list[float]], said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        pn_centrality(np.array(wrong))


@given(networks())
def test_pn_centrality_of_ties_is_that_of_their_signs(ties: list[Tie]) -> None:
    network = SignedNetwork.of(ties)
    if len(network.actors) < 3:
        return
    matrix = np.zeros((len(network.actors),) * 2)
    for (a, b), sign in zip(network.ends.tolist(), network.weights.tolist(), strict=True):
        matrix[a, b] = matrix[b, a] = sign
    found = pn_centrality(ties)
    assert tuple(found) == network.actors
    assert list(found.values()) == pytest.approx(pn_centrality(matrix).tolist())


def test_two_foes_alone_have_no_pn_centrality_and_with_a_stranger_they_have() -> None:
    with pytest.raises(InvalidValue, match="two foes alone"):
        pn_centrality([("a", "b", -1)])
    with pytest.raises(InvalidValue, match="two actors or more"):
        pn_centrality([])
    found = pn_centrality([("a", "b", -1), ("a", "c", 0)])
    assert found == {"a": pytest.approx(2 / 3), "b": pytest.approx(2 / 3), "c": 1}


def test_an_isolation_out_of_range_is_refused():
    with pytest.raises(InvalidValue):
        replace(measured([]), value=1.0)


def test_a_day_too_early_to_look_back_from_is_refused():
    with pytest.raises(InvalidValue, match="too little calendar"):
        running_out_of_allies(ClaimColumns.from_claims(alliances()), "hamas", date(3, 1, 1))
