"""The vocabulary: what a value says, and every value that cannot exist refused with its value and its mend."""

import dataclasses
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.claims import (
    Actor,
    Certainty,
    Change,
    Citation,
    Claim,
    Document,
    Identity,
    Kind,
    Means,
    Membership,
    Name,
    Office,
    Origin,
    Quote,
    Review,
    Verdict,
)
from cordiale.errors import InvalidValue
from cordiale.periods import Period
from cordiale.relations import relation

NOW = datetime(2012, 3, 1, 12, tzinfo=UTC)
NAIVE = datetime(2012, 3, 1, 12)  # noqa: DTZ001 -- what must be refused
TEXT = "Hamas leaders left Damascus.   Iran cut its aid because of it."


def document(**changed):
    values = {"sha256": "a" * 64, "text": TEXT, "source": "a.html", "retrieved": NOW}
    return Document(**values | changed)


def quote(start=0, end=27, **changed):
    return Quote(document=document(**changed), start=start, end=end)


def claim(**changed):
    values = {
        "subject": "hamas", "relation": relation("estranged_from"), "object": "syria", "sign": -1, "evidence": quote(),
        "reader": "cues 1",
    }  # fmt: skip
    return Claim(**values | changed)


def review(**changed):
    values = {"claim": claim().id, "verdict": Verdict.ACCEPTED, "by": "A. Analyst", "recorded_at": NOW}
    return Review(**values | changed)


def actor(**changed):
    return Actor(**{"id": "hamas", "kind": Kind.ARMED_GROUP, "name": "Hamas"} | changed)


class TestQuotes:
    @given(st.text(min_size=1).filter(str.strip), st.data())
    def test_a_quote_is_the_slice_of_its_document(self, text, data):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if text[start:end].strip():
            assert quote(start, end, text=text).text == text[start:end]

    def test_a_quote_may_be_the_whole_text(self):
        assert quote(0, len(TEXT)).text == TEXT

    @pytest.mark.parametrize(("start", "end"), [(-1, 5), (0, len(TEXT) + 1), (5, 5), (6, 5), (200, 300)])
    def test_a_quote_outside_its_document_is_refused_with_the_bounds(self, start, end):
        with pytest.raises(InvalidValue, match=rf"a quote outside a\.html: \({start}, {end}\); give .* <= {len(TEXT)}"):
            quote(start, end)

    def test_a_quote_of_blanks_is_refused(self):
        with pytest.raises(InvalidValue, match=r"a quote of blanks in a\.html: \(28, 31\); quote some words"):
            quote(28, 31)


class TestDocuments:
    @pytest.mark.parametrize("sha256", ["", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"])
    def test_what_is_no_sha256_is_refused(self, sha256):
        with pytest.raises(InvalidValue, match=r"not a sha256: .*; give 64 lower-case hexadecimal digits"):
            document(sha256=sha256)

    @pytest.mark.parametrize("text", ["", " \n\t"])
    def test_a_document_without_text_is_refused_by_its_source(self, text):
        with pytest.raises(InvalidValue, match=r"a document without text: 'a\.html'; leave it out"):
            document(text=text)

    def test_a_naive_time_of_retrieval_is_refused(self):
        with pytest.raises(InvalidValue, match=r"the retrieval time is not in UTC: datetime.*; give an aware UTC"):
            document(retrieved=NAIVE)

    def test_a_time_of_retrieval_in_another_zone_is_refused(self):
        with pytest.raises(InvalidValue, match="the retrieval time is not in UTC"):
            document(retrieved=NOW.astimezone(timezone(timedelta(hours=3))))

    def test_a_time_is_no_day_of_publication(self):
        with pytest.raises(InvalidValue, match=r"the day of publication is a time: .*; give a datetime\.date"):
            document(published=NOW)

    def test_the_text_stays_out_of_the_repr(self):
        assert "Damascus" not in repr(document())


class TestCitations:
    @pytest.mark.parametrize("missing", ["dataset", "version", "row"])
    def test_a_citation_without_one_of_its_parts_is_refused(self, missing):
        with pytest.raises(InvalidValue, match=r"an incomplete citation: .*; give dataset, version and row"):
            Citation(**{"dataset": "ATOP", "version": "5.1", "row": "1"} | {missing: ""})


class TestActors:
    @pytest.mark.parametrize("actor_id", ["hamas", "south-sudan", "al-qaeda", "m23", "1920-revolution-brigades", "a.b"])
    def test_a_slug_is_an_actors_id(self, actor_id):
        assert actor(id=actor_id).id == actor_id

    @pytest.mark.parametrize("actor_id", ["", "Hamas", "south sudan", "-hamas", "hamas-", "a--b", "türkiye", "hamas\n"])
    def test_what_is_no_slug_is_no_id(self, actor_id):
        with pytest.raises(InvalidValue, match=r"not an actor's id: .*; use its id, lower-case words joined by -"):
            actor(id=actor_id)

    def test_a_provisional_actor_begins_with_a_tilde(self):
        assert actor(id="~dawn-brigade", origin=Origin.PROVISIONAL).origin is Origin.PROVISIONAL

    @pytest.mark.parametrize(("actor_id", "origin"), [("~hamas", Origin.USER), ("hamas", Origin.PROVISIONAL)])
    def test_an_id_that_disagrees_with_the_origin_is_refused(self, actor_id, origin):
        with pytest.raises(InvalidValue, match=r"id and origin disagree: .*; ~ marks provisional actors only"):
            actor(id=actor_id, origin=origin)

    def test_an_actor_without_a_name_is_refused(self):
        with pytest.raises(InvalidValue, match="the name of actor hamas: ' '; give its usual English name"):
            actor(name=" ")

    def test_only_a_bloc_has_members(self):
        with pytest.raises(InvalidValue, match="members of hamas, which is no bloc: 'armed_group'; make it a bloc"):
            actor(members=(Membership(actor="iran"),))

    def test_an_actor_is_not_its_own_parent(self):
        with pytest.raises(InvalidValue, match="an actor that is its own parent: 'hamas'"):
            actor(parent="hamas")

    def test_a_parent_is_an_id(self):
        with pytest.raises(InvalidValue, match="not an actor's id: 'Muslim Brotherhood'"):
            actor(parent="Muslim Brotherhood")

    def test_a_member_is_an_id(self):
        with pytest.raises(InvalidValue, match="not an actor's id: 'Iran'"):
            Membership(actor="Iran")

    def test_an_office_is_at_the_head_of_an_id(self):
        with pytest.raises(InvalidValue, match="not an actor's id: 'the Party'"):
            Office(title="leader", of="the Party")

    def test_a_name_has_letters(self):
        with pytest.raises(InvalidValue, match="a name without letters: ' '"):
            Name(text=" ")

    def test_an_identity_may_hold_for_a_while(self):
        assert Identity(facet="religion", value="sunni", held=Period.parse("1999")).held.start == date(1999, 1, 1)


class TestClaims:
    @pytest.mark.parametrize("end", ["subject", "object", "said_by"])
    def test_the_ends_and_the_speaker_are_ids(self, end):
        with pytest.raises(InvalidValue, match="not an actor's id: 'Iran'"):
            claim(**{end: "Iran"})

    def test_an_actor_has_no_tie_with_itself(self):
        with pytest.raises(InvalidValue, match="a claim about one actor alone: 'syria'; name two actors"):
            claim(subject="syria")

    def test_an_actor_may_speak_of_itself(self):
        assert claim(said_by="hamas").said_by == "hamas"

    def test_the_name_of_a_relation_is_no_relation(self):
        with pytest.raises(InvalidValue, match="not a relation: 'ally_of'; look it up"):
            claim(relation="ally_of")

    @pytest.mark.parametrize("sign", [2, -2, 0.5])
    def test_a_sign_is_minus_one_nought_or_one(self, sign):
        with pytest.raises(InvalidValue, match=f"the sign of a claim: {sign}; use -1, 0 or 1"):
            claim(sign=sign)

    def test_the_sign_may_differ_from_that_of_the_relation(self):
        assert claim(relation=relation("ally_of"), change=Change.ENDS, sign=-1).sign == -1

    @pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
    def test_a_confidence_is_a_probability(self, confidence):
        with pytest.raises(InvalidValue, match=r"the confidence of a claim: .*; use a probability, 0 to 1"):
            claim(confidence=confidence)

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [("change", "ends"), ("certainty", "sure"), ("held", None), ("published", datetime(2020, 1, 1, tzinfo=UTC))],
    )
    def test_a_claim_is_made_of_values_of_the_vocabulary(self, field, wrong):
        with pytest.raises(InvalidValue):
            claim(**{field: wrong})

    def test_a_relation_without_means_takes_none(self):
        with pytest.raises(InvalidValue, match=r"means of estranged_from: \['troops'\]; only support has means"):
            claim(means=(Means.TROOPS,))

    def test_support_may_have_several_means(self):
        found = claim(relation=relation("supports"), sign=1, means=(Means.FUNDING, Means.WEAPONS))
        assert found.means == (Means.FUNDING, Means.WEAPONS)

    def test_a_cause_is_quoted_from_the_same_document(self):
        assert claim(why=quote(31, 62)).why.text == "Iran cut its aid because of it."

    def test_a_cause_quoted_from_another_document_is_refused(self):
        with pytest.raises(InvalidValue, match=r"a cause quoted from elsewhere: .*; quote it from the claim's own"):
            claim(why=quote(31, 62, sha256="b" * 64))

    def test_a_claim_from_a_dataset_has_no_quoted_cause(self):
        with pytest.raises(InvalidValue, match="a cause quoted from elsewhere"):
            claim(evidence=Citation(dataset="ATOP", version="5.1", row="1"), why=quote(31, 62))

    def test_a_naive_recording_time_is_refused(self):
        with pytest.raises(InvalidValue, match=r"the recording time is not in UTC: .*; give an aware UTC datetime"):
            claim(recorded_at=NAIVE)

    def test_a_claim_cannot_be_changed(self):
        with pytest.raises(dataclasses.FrozenInstanceError):
            claim().sign = 1


CLAIMED = {
    "subject": "fatah",
    "relation": relation("rivals"),
    "object": "iran",
    "sign": 0,
    "evidence": quote(0, 20),
    "reader": "cues 2",
    "change": Change.BEGINS,
    "held": Period.parse("2012"),
    "said_by": "iran",
    "certainty": Certainty.ALLEGED,
}
NOT_CLAIMED = {
    "recorded_at": NOW,
    "confidence": 0.5,
    "published": date(2012, 2, 28),
    "why": quote(31, 62),
}


class TestIds:
    def test_an_id_is_sixteen_hexadecimal_digits(self):
        assert len(claim().id) == 16 and int(claim().id, 16) >= 0

    @pytest.mark.parametrize("field", CLAIMED)
    def test_the_id_depends_on_what_is_claimed(self, field):
        assert claim(**{field: CLAIMED[field]}).id != claim().id

    @pytest.mark.parametrize("field", NOT_CLAIMED)
    def test_the_id_does_not_depend_on_when_it_was_learned_or_how_sure_the_reader_was(self, field):
        assert claim(**{field: NOT_CLAIMED[field]}).id == claim().id

    def test_the_id_depends_on_the_bytes_of_the_document(self):
        assert claim(evidence=quote(sha256="b" * 64)).id != claim().id

    @pytest.mark.parametrize("changed", [{"source": "b.html"}, {"title": "News"}, {"url": "https://example.org/a"}])
    def test_the_id_does_not_depend_on_where_the_document_was_found(self, changed):
        assert claim(evidence=quote(**changed)).id == claim().id

    def test_the_id_depends_on_the_means(self):
        aid = {"relation": relation("supports"), "sign": 1}
        assert claim(**aid, means=(Means.FUNDING,)).id != claim(**aid).id

    def test_the_id_does_not_depend_on_the_order_of_the_means(self):
        aid = {"relation": relation("supports"), "sign": 1}
        both = (Means.FUNDING, Means.WEAPONS)
        assert claim(**aid, means=both).id == claim(**aid, means=both[::-1]).id

    def test_the_id_depends_on_how_exact_a_date_was(self):
        assert claim(held=Period.parse("2012")).id != claim(held=Period.parse("2012-01-01")).id

    @pytest.mark.parametrize("field", ["dataset", "version", "row"])
    def test_the_id_depends_on_the_row_cited(self, field):
        cited = Citation(dataset="ATOP", version="5.1", row="1")
        other = dataclasses.replace(cited, **{field: "2"})
        assert claim(evidence=cited).id != claim(evidence=other).id

    def test_the_id_is_the_same_in_every_version_of_the_package(self):
        assert claim().id == "7df7703939926dd5"


class TestReviews:
    def test_a_correction_without_its_claim_is_refused(self):
        with pytest.raises(InvalidValue, match="a correction without its claim: 'corrected'; give `instead`"):
            review(verdict=Verdict.CORRECTED)

    @pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.REJECTED])
    def test_only_a_correction_has_another_claim(self, verdict):
        with pytest.raises(InvalidValue, match="give `instead` with 'corrected', only"):
            review(verdict=verdict, instead=claim())

    def test_a_correction_puts_another_claim_there(self):
        assert review(verdict=Verdict.CORRECTED, instead=claim(sign=1)).instead.sign == 1

    def test_somebody_reviews(self):
        with pytest.raises(InvalidValue, match="a review by nobody: ' '; say who reviewed"):
            review(by=" ")

    def test_a_naive_time_of_review_is_refused(self):
        with pytest.raises(InvalidValue, match=r"the review's time is not in UTC: .*; give an aware UTC datetime"):
            review(recorded_at=NAIVE)


def test_a_quote_prints_as_its_words_and_says_where_they_are():
    found = quote()
    assert str(found) == found.text
    assert repr(found) == f"<Quote {found.start}:{found.end} of {found.document.source}: {found.text!r}>"
