"""Rules and network as one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_makers import sentences_of

from cordiale.claims import Certainty, Change, Kind
from cordiale.reading.clauses import Scene
from cordiale.reading.findings import Finding
from cordiale.reading.fusion import SURE, fuse
from cordiale.reading.mentions import Mention
from cordiale.reading.model.finder import Judged
from cordiale.reading.model.network import NONE, Judgement
from cordiale.relations import relation, relations

CHANCES = st.floats(0.0, 1.0)


@dataclass(frozen=True)
class Pair:
    scene: Scene
    one: Mention
    other: Mention

    def found(self, name: str = "supports", certain: float = 0.8) -> Finding:
        kind = relation(name)
        return Finding(
            subject=self.one, relation=kind, object=self.other, sign=kind.sign, first=1, last=2, certain=certain
        )

    def judged(self, p: float, name: str = "supports", *, ends: float = 0.0, denied: float = 0.0) -> Judged:
        shares = dict.fromkeys((NONE, *relations()), 0.0)
        shares[name] = p
        shares[NONE] = 1 - p
        change = dict.fromkeys(Change, 0.0) | {Change.ENDS: ends, Change.NONE: 1 - ends}
        certainty = dict.fromkeys(Certainty, 0.0) | {Certainty.DENIED: denied, Certainty.ASSERTED: 1 - denied}
        return Judged(self.one, self.other, Judgement(shares, change, certainty))


@pytest.fixture
def pair() -> Pair:
    (sentence,) = sentences_of("Iran arms Hamas.")
    one = Mention(first=0, last=1, actor="iran", kind=Kind.STATE)
    other = Mention(first=2, last=3, actor="hamas", kind=Kind.ARMED_GROUP)
    return Pair(Scene(sentence, [one, other]), one, other)


def test_what_both_see_is_surer_than_what_the_rule_sees_alone(pair: Pair) -> None:
    (fused,) = fuse(pair.scene, [pair.found()], [pair.judged(0.9)])
    assert fused.certain > pair.found().certain


def test_what_the_network_does_not_see_at_all_becomes_unclear(pair: Pair) -> None:
    (fused,) = fuse(pair.scene, [pair.found()], [pair.judged(0.005)])
    assert fused.certain < 0.5


def test_a_finding_that_the_network_cannot_see_stays_as_it_is(pair: Pair) -> None:
    found = pair.found()
    assert fuse(pair.scene, [found], []) == [found]


def test_what_only_the_network_sees_is_a_finding_where_it_is_sure(pair: Pair) -> None:
    (new,) = fuse(pair.scene, [], [pair.judged(SURE + 0.05)])
    assert (new.relation.name, new.sign, new.change) == ("supports", 1, Change.NONE)
    assert fuse(pair.scene, [], [pair.judged(SURE - 0.05)]) == []


def test_a_symmetric_relation_that_only_the_network_sees_is_said_once(pair: Pair) -> None:
    forth = pair.judged(0.9, "ally_of")
    back = Judged(pair.other, pair.one, forth.judgement)
    assert len(fuse(pair.scene, [], [forth, back])) == 1


def test_an_end_that_the_network_sees_turns_the_sign(pair: Pair) -> None:
    (new,) = fuse(pair.scene, [], [pair.judged(0.95, ends=0.95)])
    assert (new.sign, new.change) == (-1, Change.ENDS)
    (turned,) = fuse(pair.scene, [pair.found()], [pair.judged(0.95, ends=0.95)])
    assert (turned.sign, turned.change) == (-1, Change.ENDS)


def test_an_end_of_which_the_network_is_in_doubt_is_no_finding(pair: Pair) -> None:
    assert fuse(pair.scene, [], [pair.judged(0.95, ends=0.5)]) == []


def test_where_something_happens_is_no_side_that_only_the_network_sees(pair: Pair) -> None:
    (sentence,) = sentences_of("Hamas lost money in Iran.")
    hamas = Mention(first=0, last=1, actor="hamas", kind=Kind.ARMED_GROUP)
    iran = Mention(first=4, last=5, actor="iran", kind=Kind.STATE)
    there = Pair(Scene(sentence, [hamas, iran]), iran, hamas)
    assert fuse(there.scene, [], [there.judged(0.99)]) == []
    assert len(fuse(pair.scene, [], [pair.judged(0.99)])) == 1


def test_a_denial_that_the_rule_missed_is_the_networks(pair: Pair) -> None:
    (fused,) = fuse(pair.scene, [pair.found()], [pair.judged(0.9, denied=0.9)])
    assert fused.certainty is Certainty.DENIED


@given(certain=CHANCES, low=CHANCES, high=CHANCES)
def test_a_finding_is_a_probability_and_grows_with_the_networks_word(certain: float, low: float, high: float) -> None:
    (sentence,) = sentences_of("Iran arms Hamas.")
    one = Mention(first=0, last=1, actor="iran", kind=Kind.STATE)
    other = Mention(first=2, last=3, actor="hamas", kind=Kind.ARMED_GROUP)
    pair = Pair(Scene(sentence, [one, other]), one, other)
    low, high = sorted((low, high))
    fused = [fuse(pair.scene, [pair.found(certain=certain)], [pair.judged(p)])[0].certain for p in (low, high)]
    assert 0 <= fused[0] <= fused[1] <= 1
