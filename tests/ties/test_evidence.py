"""What claims weigh, on which day, known when."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.claims import Certainty, Change, Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Period
from cordiale.relations import Layer, relation
from cordiale.ties import EvidencePolicy, Stance, Tie, tie

properties = settings(deadline=None, max_examples=40)
START = date(2010, 1, 1)
AT = date(2014, 1, 1)
NAMES = ("ally_of", "friendly_to", "supports", "neutral_toward", "fights", "opposes", "aids", "agrees_with", "assaults")
ACTS = ("aids", "agrees_with", "assaults")


def claim(name, *, subject="hamas", object="syria", voice="paper", row="1", known=START, **fields):
    kind = relation(name)
    ending = fields.get("change") is Change.ENDS
    return Claim(
        subject=subject,
        relation=kind,
        object=object,
        sign=fields.pop("sign", -kind.sign if ending else kind.sign),
        evidence=Citation(dataset=voice, version="1", row=row),
        reader="test",
        published=known,
        **fields,
    )


def since(year, month=1, day=1):
    return Period.since(date(year, month, day))


def read(claims, at=AT, **options) -> Tie:
    anchor = claim("demands_of", certainty=Certainty.PREDICTED)
    return tie(ClaimColumns.from_claims([*claims, anchor]), "hamas", "syria", at, **options)


def offsets(low, high):
    return st.integers(low, high).map(lambda days: START + timedelta(days=days))


@st.composite
def claims(draw, names=NAMES, between=(("hamas", "syria"), ("syria", "hamas")), certainties=tuple(Certainty), **fixed):
    name = draw(st.sampled_from(names))
    start = draw(st.none() | offsets(0, 2000))
    end = draw(st.none() | offsets(1, 2500)) if start is None or draw(st.booleans()) else None
    if start and end and end <= start:
        end = None
    held = Period.parse(start and start.isoformat(), end and end.isoformat())
    subject, object_ = draw(st.sampled_from(between))
    fields = {
        "change": draw(st.sampled_from(list(Change))),
        "certainty": draw(st.sampled_from(certainties)),
        "said_by": draw(st.sampled_from([None, None, "hamas", "iran"])),
        "known": draw(offsets(0, 2500)),
        "voice": draw(st.sampled_from("abcd")),
        "confidence": draw(st.sampled_from([0.3, 1.0])),
        "row": str(draw(st.integers(0, 10**6))),
        **fixed,
    }
    return claim(name, subject=subject, object=object_, held=held, **fields)


# Claims about the pair, and about a speaker and the pair, which tell whether the speaker is hostile to them.
ABOUT_ALL = claims(between=(("hamas", "syria"), ("syria", "hamas"), ("iran", "hamas"), ("syria", "iran")))
MANY = st.lists(ABOUT_ALL, max_size=8)


def close(one: Tie, other: Tie) -> bool:
    return all(
        getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9)
        for name in ("p_friendly", "weight", "evidence", "certainty", "ambivalence")
    )


@properties
@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(found, random):
    shuffled = found.copy()
    random.shuffle(shuffled)
    assert close(read(found), read(shuffled))


@properties
@given(MANY)
def test_claims_given_twice_change_nothing(found):
    assert close(read(found), read(found + found))


@properties
@given(MANY, st.data())
def test_a_copy_of_an_article_with_the_same_voice_changes_nothing(found, data):
    copied = data.draw(st.sampled_from(found)) if found else claim("ally_of", certainty=Certainty.PREDICTED)
    copy = replace(copied, evidence=Citation(dataset=copied.evidence.dataset, version="1", row="copy"))
    assert close(read(found), read([*found, copy]))


@properties
@given(MANY, claims(sign=1), offsets(0, 4000))
def test_a_friendly_claim_more_never_lowers_the_probability_of_friendship(found, friendly, at):
    assert read([*found, friendly], at).p_friendly >= read(found, at).p_friendly - 1e-9


@properties
@given(MANY, claims(sign=-1), offsets(0, 4000))
def test_a_hostile_claim_more_never_raises_the_probability_of_friendship(found, hostile, at):
    assert read([*found, hostile], at).p_friendly <= read(found, at).p_friendly + 1e-9


@properties
@given(MANY, ABOUT_ALL, offsets(0, 2000), st.integers(1, 900))
def test_a_claim_about_later_changes_nothing(found, late, at, days):
    late = replace(late, held=Period.since(at + timedelta(days=days)))
    assert close(read(found, at), read([*found, late], at))


@properties
@given(MANY, ABOUT_ALL, offsets(0, 2000), st.integers(1, 900))
def test_a_claim_published_later_than_known_changes_nothing(found, late, known, days):
    late = replace(late, published=known + timedelta(days=days))
    assert close(read(found, known=known), read([*found, late], known=known))


@properties
@given(st.lists(claims(names=ACTS), max_size=8))
def test_acts_are_forgotten_in_the_end(found):
    after = read(found, date(2300, 1, 1))
    assert after.p_friendly == pytest.approx(0.5, abs=1e-6) and after.stance is Stance.UNKNOWN


@properties
@given(MANY, offsets(0, 3000))
def test_exchanging_friendly_and_hostile_mirrors_the_tie(found, at):
    columns = ClaimColumns.from_claims([*found, claim("demands_of", certainty=Certainty.PREDICTED)])
    iran = columns.actors.index("iran") if "iran" in columns.actors else -1
    pair = (columns.subject != iran) & (columns.object != iran)
    mirrored = replace(columns, sign=np.where(pair, -columns.sign, columns.sign).astype(np.int8))
    one, other = (tie(c, "hamas", "syria", at) for c in (columns, mirrored))
    assert one.p_friendly == pytest.approx(1 - other.p_friendly, abs=1e-9)
    assert one.weight == pytest.approx(-other.weight, abs=1e-9)
    assert one.stance is other.stance.mirrored


@properties
@given(MANY, offsets(0, 3000))
def test_the_claims_behind_a_tie_add_up_to_its_evidence(found, at):
    read_tie = read(found, at)
    assert sum(part.weight for part in read_tie.contributions) == pytest.approx(read_tie.evidence, abs=1e-9)


def test_two_papers_that_report_an_alliance_make_it_friendly_and_one_makes_it_lean():
    one, two = (claim("ally_of", held=since(2013, 12), known=AT, voice=voice) for voice in ("a", "b"))
    assert (read([one]).stance, read([one, two]).stance) == (Stance.LEANING_FRIENDLY, Stance.FRIENDLY)


def test_one_plain_statement_is_enough_not_to_be_unknown():
    assert read([claim("opposes", known=AT)]).stance is Stance.LEANING_HOSTILE


def test_two_papers_with_the_same_story_count_for_less_than_two_that_report_a_month_apart():
    same = [claim("ally_of", held=since(2012), voice=voice) for voice in ("a", "b")]
    apart = [claim("ally_of", held=since(2012, month), voice="a") for month in (1, 3)]
    assert read(same).evidence < read(apart).evidence


def test_a_friendship_whose_end_is_reported_is_hostile_a_year_later():
    friendship = [claim("ally_of", held=since(2005), voice=voice) for voice in ("a", "b", "c")]
    end = claim("ally_of", change=Change.ENDS, held=since(2012, 2), known=date(2012, 3, 1))
    before, after = read([*friendship, end], date(2012, 1, 1)), read([*friendship, end], date(2013, 2, 1))
    assert before.sign == 1
    assert after.stance is Stance.LEANING_HOSTILE


def test_without_the_report_of_its_end_the_same_friendship_is_still_friendly():
    friendship = [claim("ally_of", held=since(2005), voice=voice) for voice in ("a", "b", "c")]
    assert read(friendship, date(2013, 2, 1)).sign == 1


def test_an_article_that_names_a_friendship_and_its_end_on_one_day_is_read_as_the_end():
    article = [
        claim("friendly_to", known=date(2012, 3, 1)),
        claim("friendly_to", known=date(2012, 3, 1), change=Change.ENDS),
    ]
    assert read(article, date(2013, 3, 1)).stance is Stance.LEANING_HOSTILE


def test_a_friendship_that_resumes_is_friendly_again():
    course = [
        claim("ally_of", held=since(2005)),
        claim("ally_of", change=Change.ENDS, held=since(2010), known=date(2010, 2, 1)),
        claim("ally_of", change=Change.RESUMES, held=since(2013), known=date(2013, 2, 1)),
    ]
    assert read(course, date(2014, 1, 1)).sign == 1


def test_an_alleged_end_closes_nothing():
    friendship = claim("ally_of", held=since(2012))
    alleged = claim("ally_of", change=Change.ENDS, certainty=Certainty.ALLEGED, held=since(2012, 6))
    parts = {part.sign: part.weight for part in read([friendship, alleged]).contributions if part.weight}
    assert parts[1] == pytest.approx(read([friendship]).evidence)


def test_a_status_with_an_end_holds_in_full_until_then_and_is_gone_two_years_later():
    held = Period.parse("2000", "2012")
    treaty = [claim("ally_of", held=held, known=date(2013, 1, 1))]
    in_force, gone = read(treaty, date(2011, 12, 31)), read(treaty, date(2014, 1, 1))
    assert in_force.evidence == pytest.approx(0.9 * 0.8)
    assert gone.stance is Stance.UNKNOWN


def test_a_status_that_nobody_confirms_halves_in_its_half_life():
    half = date(2010, 1, 1) + timedelta(days=1460)
    assert read([claim("ally_of", held=since(2010))], half).evidence == pytest.approx(0.9 * 0.8 / 2)


def test_a_claim_without_a_start_counts_from_the_day_it_was_known():
    undated = [claim("ally_of", known=date(2012, 5, 1))]
    assert read(undated, date(2012, 4, 30)).evidence == 0
    assert read(undated, date(2012, 5, 1)).evidence == pytest.approx(0.72)


def test_a_status_of_which_only_the_end_is_known_held_the_day_before():
    past = [claim("ally_of", held=Period.parse(None, "2010-06-01"), known=date(2012, 5, 1))]
    assert read(past, date(2010, 5, 31)).evidence == pytest.approx(0.72)
    assert read(past, date(2010, 5, 30)).evidence == 0


def test_an_act_dated_to_a_year_counts_in_full_in_that_year():
    act = [claim("aids", held=Period.parse("2012", "2013"))]
    assert read(act, date(2012, 12, 31)).evidence == pytest.approx(0.7 * 0.8)
    assert read(act, date(2013, 12, 31)).evidence == pytest.approx(0.7 * 0.8 / 2)


def test_a_denied_attack_is_no_attack():
    denied = read([claim("assaults", certainty=Certainty.DENIED, known=AT)])
    assert denied.p_friendly == pytest.approx(0.5)
    assert denied.sign == 0 and denied.evidence > 0


def test_a_predicted_attack_is_listed_and_not_counted():
    predicted = tie(ClaimColumns.from_claims([claim("assaults", certainty=Certainty.PREDICTED)]), "hamas", "syria", AT)
    assert predicted.claims == (0,) and predicted.evidence == 0 and predicted.stance is Stance.UNKNOWN


@pytest.mark.parametrize(
    ("firmer", "less"),
    [
        (Certainty.ASSERTED, Certainty.BELIEVED),
        (Certainty.BELIEVED, Certainty.ALLEGED),
        (Certainty.ALLEGED, Certainty.POSSIBLE),
        (Certainty.POSSIBLE, Certainty.PREDICTED),
    ],
)
def test_what_is_said_more_firmly_counts_for_more(firmer, less):
    one, other = (read([claim("fights", certainty=certainty)]) for certainty in (firmer, less))
    assert one.evidence > other.evidence


def test_an_attempt_counts_for_less_than_the_deed_and_fades_as_an_act():
    attempted = claim("ally_of", change=Change.ATTEMPTED, held=since(2013, 12), known=AT)
    done = claim("ally_of", held=since(2013, 12), known=AT)
    assert read([attempted]).evidence < 0.3 * read([done]).evidence
    assert read([attempted], date(2015, 1, 1)).evidence < 0.02


def test_a_document_is_believed_over_a_third_speaker_over_a_party():
    own, third, party = (read([claim("supports", said_by=who)]).evidence for who in (None, "iran", "hamas"))
    assert own > third > party


def test_a_word_of_an_adversary_counts_for_less():
    said = claim("supports", said_by="israel", known=date(2013, 1, 1))
    quarrel = claim("fights", subject="israel", object="hamas", held=since(2008))
    assert read([said, quarrel]).evidence == pytest.approx(read([said]).evidence * 0.5 / 0.9)


def test_a_quarrel_that_came_after_does_not_discount_what_was_said_before():
    said = claim("supports", said_by="israel", known=date(2013, 1, 1))
    quarrel = claim("fights", subject="israel", object="hamas", held=since(2013, 6))
    assert read([said, quarrel]).evidence == pytest.approx(read([said]).evidence)


def test_who_is_whose_adversary_is_not_taken_from_quotes():
    said = claim("supports", said_by="israel", known=date(2013, 1, 1))
    quoted = claim("fights", subject="israel", object="hamas", held=since(2008), said_by="hamas")
    assert read([said, quoted]).evidence == pytest.approx(read([said]).evidence)


def test_a_source_known_to_be_reliable_counts_for_more():
    columns = ClaimColumns.from_claims([claim("ally_of")])
    trusted = tie(columns, "hamas", "syria", AT, policy=EvidencePolicy(reliabilities={0: 0.99}))
    assert trusted.evidence > tie(columns, "hamas", "syria", AT).evidence


def test_the_answer_as_known_before_the_article_was_published_does_not_use_it():
    old = claim("ally_of", held=since(2005), known=date(2008, 1, 1))
    article = claim("fights", held=since(2012), known=date(2013, 6, 1))
    assert read([old, article], AT, known=date(2013, 5, 31)).stance is Stance.LEANING_FRIENDLY
    assert read([old, article], AT, known=date(2013, 6, 1)).stance is not Stance.LEANING_FRIENDLY


def test_two_outlets_that_disagree_make_the_tie_disputed():
    friendly, hostile = claim("ally_of", voice="a", known=AT), claim("fights", voice="b", known=AT)
    found = read([friendly, hostile])
    assert found.disputed and found.stance is Stance.CONTESTED


def test_one_outlet_that_sees_both_sides_makes_it_contested_and_not_disputed():
    found = read([claim("ally_of", known=AT), claim("fights", known=AT)])
    assert found.stance is Stance.CONTESTED and not found.disputed


def test_a_denial_makes_the_tie_disputed():
    found = read(
        [claim("assaults", known=AT), claim("assaults", known=AT, certainty=Certainty.DENIED, said_by="hamas")]
    )
    assert found.disputed


def test_neutral_takes_evidence_of_neutrality():
    assert read([claim("neutral_toward", known=AT)]).stance is Stance.NEUTRAL
    assert read([]).stance is Stance.UNKNOWN


def test_a_treaty_partner_that_shoots_diverges_from_the_treaty():
    treaty = claim("ally_of", held=Period.parse("2000", "2030"))
    shots = [claim("assaults", held=Period.within(date(2013, 12, day)), voice=str(day)) for day in (1, 5)]
    assert read([treaty, *shots]).divergence > 0.3
    assert read([treaty]).divergence is None


def test_only_statuses_or_only_acts_can_be_asked_for():
    both = [claim("ally_of", known=AT), claim("assaults", known=AT)]
    assert (read(both, layer=Layer.STATUS).sign, read(both, layer=Layer.ACT).sign) == (1, -1)


def test_the_weightiest_claim_comes_first():
    assert read([claim("consults", known=AT), claim("fights", known=AT)]).claims[:2] == (1, 0)


def test_an_actor_that_no_claim_names_is_refused_with_the_near_ones():
    with pytest.raises(UnknownName, match="syria"):
        tie(ClaimColumns.from_claims([claim("ally_of")]), "hamas", "siria", AT)


@pytest.mark.parametrize(
    "wrong",
    [{"prior": (0.5, 0.5, 0.5)}, {"reliability": 1.2}, {"ended_half_life": 0}, {"certainties": {}}, {"leaning": 0.95}],
)
def test_a_policy_that_cannot_be_is_refused(wrong):
    with pytest.raises(InvalidValue):
        EvidencePolicy(**wrong)


def test_a_claim_of_which_the_reader_is_not_sure_does_not_count():
    assert read([claim("fights", confidence=0.49)]).evidence == 0
    assert read([claim("fights", confidence=0.5)]).evidence > 0
