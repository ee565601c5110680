"""All ties of a day."""

from dataclasses import replace
from datetime import date

import networkx
import numpy as np
import pytest

from cordiale.claims import Certainty, Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import Stance, Tie, assess, tie

AT = date(2012, 6, 1)


def claim(subject, name, object, *, known=AT, voice="paper", certainty=Certainty.ASSERTED, held=None):
    kind = relation(name)
    return Claim(
        subject=subject, relation=kind, object=object, sign=kind.sign, reader="test", published=known,
        evidence=Citation(dataset=voice, version="1", row="1"), certainty=certainty, held=held or Period(),
    )  # fmt: skip


CLAIMS = (
    claim("iran", "ally_of", "hamas"),
    claim("qatar", "supports", "hamas"),
    claim("hamas", "fights", "israel"),
    claim("israel", "assaults", "hamas", voice="other", held=Period.within(AT)),
    claim("hamas", "neutral_toward", "turkey"),
    claim("iran", "supports", "syria"),
    claim("hamas", "supports", "jordan", certainty=Certainty.PREDICTED),
)


def snapshot(*more, at=AT, **options):
    return assess(ClaimColumns.from_claims([*CLAIMS, *more]), at, **options)


def others(ties, actor="hamas"):
    return [found.other(actor) for found in ties]


def test_allies_come_strongest_first():
    assert others(snapshot().allies("hamas")) == ["iran", "qatar"]


def test_adversaries_are_the_hostile_ties():
    assert others(snapshot().adversaries("hamas")) == ["israel"]


def test_neutral_are_only_those_said_to_be_neutral():
    assert others(snapshot().neutral("hamas")) == ["turkey"]


def test_a_pair_of_which_nothing_is_known_is_unknown_and_without_claims():
    found = snapshot().tie("syria", "israel")
    assert (found.a, found.b, found.stance, found.claims, found.since) == ("israel", "syria", Stance.UNKNOWN, (), None)


def test_the_order_in_which_a_pair_is_named_does_not_matter():
    assert snapshot().tie("iran", "hamas") == snapshot().tie("hamas", "iran")


def test_a_tie_in_a_snapshot_is_the_tie_alone():
    columns = ClaimColumns.from_claims(CLAIMS)
    for found in snapshot():
        assert tie(columns, found.a, found.b, AT) == found


def test_a_snapshot_before_the_claims_is_empty():
    empty = snapshot(at=date(2000, 1, 1))
    assert (len(empty), list(empty), empty.actors, empty.allies("hamas")) == (0, [], (), ())


def test_a_snapshot_of_no_claims_is_empty():
    assert list(assess(ClaimColumns.from_claims([]), AT)) == []


def test_an_actor_that_no_claim_names_is_refused():
    with pytest.raises(UnknownName, match="did you mean 'hamas'"):
        snapshot().allies("hamaz")


def test_what_was_published_later_is_not_in_a_snapshot_as_known_before():
    late = claim("hamas", "rivals", "fatah", known=date(2012, 7, 1), held=Period.parse("2007"))
    assert "fatah" in snapshot(late).actors
    assert "fatah" not in snapshot(late, known=AT).actors


def test_a_graph_carries_sign_and_absolute_weight_and_no_unknown_ties():
    graph = snapshot().to_networkx()
    assert isinstance(graph, networkx.Graph)
    assert graph.edges["hamas", "israel"]["sign"] == -1
    assert graph.edges["hamas", "israel"]["weight"] > 0
    assert graph.edges["hamas", "israel"]["since"] == AT
    assert not graph.has_edge("hamas", "jordan")


def test_draws_repeat_with_their_seed():
    found = snapshot()
    assert (found.sample(50, 7) == found.sample(50, 7)).all()
    assert (found.sample(50, 7) != found.sample(50, 8)).any()


def test_draws_follow_the_posterior_and_leave_unknown_and_neutral_ties_out():
    found = snapshot()
    drawn = found.sample(20_000, 1)
    assert drawn.shape == (20_000, len(found)) and drawn.dtype == np.int8
    for place, each in enumerate(found):
        expected = 0 if each.stance in {Stance.UNKNOWN, Stance.NEUTRAL} else 2 * each.p_friendly - 1
        assert drawn[:, place].mean() == pytest.approx(expected, abs=0.02)


def test_the_ends_of_ties_index_the_actors():
    found = snapshot()
    assert [(found.actors[a], found.actors[b]) for a, b in found.ends] == [(each.a, each.b) for each in found]


def test_asking_a_tie_for_the_other_end_of_a_stranger_is_refused():
    with pytest.raises(UnknownName):
        snapshot().tie("hamas", "iran").other("qatar")


def test_a_tie_of_one_actor_is_refused():
    found = snapshot().tie("hamas", "iran")
    assert isinstance(found, Tie)
    with pytest.raises(InvalidValue):
        replace(found, b="hamas")
