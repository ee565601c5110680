"""The history of a tie: its stretches, and what turned one into the next."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.claims import Certainty, Change, Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import Cause, Episode, Hindsight, Stance, changes, episodes, tie

UNTIL = date(2014, 1, 1)


def claim(name, held, *, known=None, voice="paper", change=Change.NONE, certainty=Certainty.ASSERTED):
    kind = relation(name)
    return Claim(
        subject="hamas", relation=kind, object="syria", sign=-kind.sign if change is Change.ENDS else kind.sign,
        evidence=Citation(dataset=voice, version="1", row="1"), reader="test", held=held, change=change,
        certainty=certainty, published=known or held.start,
    )  # fmt: skip


def since(year, month=1, day=1):
    return Period.since(date(year, month, day))


def history(*claims, until=UNTIL, **options):
    return episodes(ClaimColumns.from_claims(claims), "hamas", "syria", until=until, **options)


def stances(found):
    return [episode.stance.value for episode in found]


BREAK = (
    claim("ally_of", since(2005)),
    claim("ally_of", since(2005), voice="other"),
    claim("ally_of", since(2012, 2), change=Change.ENDS),
)


def test_a_friendship_that_ends_leaves_two_sides_in_its_history():
    sides = [episode.stance.sign for episode in history(*BREAK)]
    assert sides[0] == 1 and sides[-1] == -1


def test_episodes_follow_one_another_without_a_gap():
    found = history(*BREAK)
    assert found[0].start == date(2005, 1, 1) and found[-1].end is None
    assert all(early.end == late.start for early, late in pairwise(found))
    assert all(early.stance is not late.stance for early, late in pairwise(found))


def test_a_change_names_the_claim_that_arrived_on_its_day():
    change = next(change for change in changes(history(*BREAK)) if change.day == date(2012, 2, 1))
    assert change.cause is Cause.ARRIVED and change.claims == (2,)


def test_a_change_by_age_names_the_claims_that_faded():
    found = history(claim("ally_of", since(2000)))
    assert stances(found) == ["leaning_friendly", "unknown"]
    assert changes(found)[0].cause is Cause.FADED and changes(found)[0].claims == (0,)


def test_the_day_on_which_a_stance_fades_is_found_exactly():
    columns = ClaimColumns.from_claims([claim("ally_of", since(2000))])
    day = episodes(columns, "hamas", "syria", until=UNTIL)[-1].start
    assert tie(columns, "hamas", "syria", day).stance is Stance.UNKNOWN
    assert tie(columns, "hamas", "syria", day - timedelta(days=1)).stance is Stance.LEANING_FRIENDLY


def test_an_episode_lists_the_claims_that_speak_for_it():
    found = history(*BREAK)
    assert set(found[0].claims) == {0, 1} and found[-1].claims == (2,)


def test_in_hindsight_a_tie_begins_when_it_began_and_without_it_when_it_was_known():
    late = claim("ally_of", since(2005), known=date(2010, 6, 1))
    assert history(late)[0].start == date(2005, 1, 1)
    assert history(late, hindsight=Hindsight.NONE)[0].start == date(2010, 6, 1)


def test_without_hindsight_an_end_counts_from_the_day_it_was_known():
    friendship = claim("ally_of", since(2005), known=date(2011, 1, 1))
    end = claim("ally_of", since(2011, 2), known=date(2013, 6, 1), change=Change.ENDS)
    found = history(friendship, end, hindsight=Hindsight.NONE)
    assert [e.stance.sign for e in found if e.start < date(2013, 6, 1)] == [1]
    assert found[-1].stance.sign == -1


def test_a_history_ends_where_one_asks():
    assert history(*BREAK, until=date(2010, 1, 1))[-1].stance.sign == 1


def test_a_pair_of_which_nothing_is_claimed_has_no_episodes():
    other = Claim(
        subject="iran", relation=relation("rivals"), object="israel", sign=-1, reader="test",
        evidence=Citation(dataset="a", version="1", row="1"), published=UNTIL,
    )  # fmt: skip
    columns = ClaimColumns.from_claims([other, *BREAK])
    assert episodes(columns, "hamas", "israel", until=UNTIL) == ()


def test_an_actor_that_no_claim_names_is_refused():
    with pytest.raises(UnknownName):
        episodes(ClaimColumns.from_claims(BREAK), "hamas", "siria", until=UNTIL)


def test_an_episode_of_no_day_is_refused():
    with pytest.raises(InvalidValue):
        Episode(start=UNTIL, end=UNTIL, stance=Stance.UNKNOWN, claims=(), cause=Cause.FADED, because=())


DAYS = st.integers(0, 3000).map(lambda days: date(2005, 1, 1) + timedelta(days=days))
CLAIMS = st.lists(
    st.builds(
        claim,
        st.sampled_from(["ally_of", "fights", "assaults", "aids", "neutral_toward"]),
        DAYS.map(Period.since),
        known=DAYS,
        voice=st.sampled_from("ab"),
        change=st.sampled_from([Change.NONE, Change.ENDS, Change.BEGINS]),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=30)
@given(CLAIMS, DAYS)
def test_the_stance_on_a_day_near_a_change_is_that_of_its_episode(claims, until):
    columns = ClaimColumns.from_claims(claims)
    found = episodes(columns, "hamas", "syria", until=until)
    for episode in found:
        assert tie(columns, "hamas", "syria", episode.start).stance is episode.stance
        if episode.end:
            assert tie(columns, "hamas", "syria", episode.end - timedelta(days=1)).stance is episode.stance


@settings(deadline=None, max_examples=30)
@given(CLAIMS)
def test_a_tie_is_as_old_as_the_last_episodes_on_its_side(claims):
    columns = ClaimColumns.from_claims(claims)
    found = episodes(columns, "hamas", "syria", until=UNTIL)
    now = tie(columns, "hamas", "syria", UNTIL)
    if now.since is not None and now.stance.sign:
        run = len(found) - 1
        while run and found[run - 1].stance.sign == now.stance.sign:
            run -= 1
        assert now.since == found[run].start
