"""Ties on many days at once say what a snapshot of each day says."""

from __future__ import annotations

from datetime import date, timedelta
from unittest import mock

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cordiale.claims import Certainty, Change, Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import STANCES, Snapshot, Stance, course, weigh
from cordiale.ties.course import course_of_ties

FIRST = date(2010, 1, 1)
DAYS = [FIRST + timedelta(days=30 * number) for number in range(40)]


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    kind = relation(draw(st.sampled_from(["ally_of", "rivals", "neutral_toward", "assaults", "supports"])))
    begun = FIRST + timedelta(days=draw(st.integers(-100, 1000)))
    ends = draw(st.sampled_from(["ab", "ac", "bc", "cd"]))
    change = draw(st.sampled_from([Change.NONE, Change.ENDS, Change.BEGINS]))
    return Claim(
        subject=ends[0], relation=kind, object=ends[1], sign=-kind.sign if change is Change.ENDS else kind.sign,
        reader="test", change=change, published=begun + timedelta(days=draw(st.integers(0, 400))),
        evidence=Citation(dataset=draw(st.sampled_from("xyz")), version="1", row=str(draw(st.integers(0, 99)))),
        held=Period.since(begun), certainty=draw(st.sampled_from([Certainty.ASSERTED, Certainty.DENIED])),
        said_by=draw(st.sampled_from([None, "d"])),
    )  # fmt: skip


@given(st.lists(claims(), max_size=30), st.integers(1, 500))
def test_each_day_is_read_as_a_snapshot_reads_it(said: list[Claim], rows: int) -> None:
    evidence = weigh(ClaimColumns.from_claims(said))
    with mock.patch.object(course, "ROWS", rows):  # however many are weighed at once
        found = course_of_ties(evidence, np.arange(len(evidence)), DAYS)
    for place, day in enumerate(DAYS):
        snapshot = Snapshot(evidence, at=day)
        seen = {(tie.a, tie.b): tie for tie in snapshot.at_a_glance()}
        for number in range(len(evidence)):
            ends = tuple(evidence.columns.actors[side[number]] for side in (evidence.a, evidence.b))
            stance, split = STANCES[found.stance[place, number]], bool(found.disputed[place, number])
            if ends in seen:
                tie = seen[ends]
                assert (stance, split) == (tie.stance, tie.disputed)
                assert np.isclose(found.weight[place, number], tie.weight)
                assert np.isclose(found.certainty[place, number], tie.certainty)
            else:
                assert (stance, split) == (Stance.UNKNOWN, False)


def test_what_turned_is_counted_on_the_day_on_which_it_is_first_seen() -> None:
    said = Claim(
        subject="a", relation=relation("ally_of"), object="b", sign=1, reader="test", published=DAYS[5],
        evidence=Citation(dataset="x", version="1", row="1"), held=Period.since(DAYS[5]),
    )  # fmt: skip
    found = course_of_ties(weigh(ClaimColumns.from_claims([said])), np.array([0]), DAYS[:8])
    assert found.turned().tolist() == [0, 0, 0, 0, 0, 1, 0, 0]
