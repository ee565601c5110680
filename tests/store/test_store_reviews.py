"""What people found when they checked claims, and what counts after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from store_makers import ACTORS, Clock, bare, cited, document, quoted

from cordiale.claims import Claim, Review, Verdict
from cordiale.errors import UnknownName
from cordiale.store import Store


def review(claim: Claim, verdict: str, *, minute: int = 0, **fields: object) -> Review:
    given = datetime(2024, 2, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return Review(claim=claim.id, verdict=Verdict(verdict), by="R. Viewer", recorded_at=given, **fields)  # type: ignore[arg-type]


@pytest.fixture
def claim(store: Store) -> Claim:
    """A claim that is stored."""
    made = cited(1)
    store.add_claims([made], ACTORS)
    return made


def test_a_rejected_claim_counts_no_more(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "rejected"))
    assert len(store.columns()) == 0


def test_a_rejected_claim_stays(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "rejected"))
    assert bare([store.claim(claim.id)]) == [claim]


def test_an_accepted_claim_counts(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "accepted"))
    assert bare(store.claims()) == [claim]


def test_a_corrected_claim_is_replaced(store: Store, claim: Claim) -> None:
    instead = replace(claim, object="egypt")
    store.add_review(review(claim, "corrected", instead=instead))
    assert bare(store.claims()) == [instead]


def test_a_correction_of_the_confidence_alone_replaces_too(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "corrected", instead=replace(claim, confidence=0.5)))
    assert [c.confidence for c in store.claims()] == [0.5]


def test_the_latest_review_decides(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "accepted", minute=2))
    store.add_review(review(claim, "rejected", minute=1))
    assert len(store.columns()) == 1


def test_accepting_after_a_correction_brings_the_claim_back_alone(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "corrected", instead=replace(claim, object="egypt")))
    store.add_review(review(claim, "accepted", minute=1))
    assert bare(store.claims()) == [claim]


def test_a_correction_can_be_corrected(store: Store, claim: Claim) -> None:
    first, second = replace(claim, object="egypt"), replace(claim, object="hamas")
    store.add_review(review(claim, "corrected", instead=first))
    store.add_review(review(first, "corrected", minute=1, instead=second))
    assert bare(store.claims()) == [second]


def test_a_correction_of_a_correction_falls_with_it(store: Store, claim: Claim) -> None:
    first, second = replace(claim, object="egypt"), replace(claim, object="hamas")
    store.add_review(review(claim, "corrected", instead=first))
    store.add_review(review(first, "corrected", minute=1, instead=second))
    store.add_review(review(claim, "accepted", minute=2))
    assert bare(store.claims()) == [claim]


def test_a_corrected_quote_is_one_of_the_stored_document(store: Store) -> None:
    source = document("a")
    claim = quoted(source)
    store.add_reading(source, [claim], ACTORS, reader="cues 1")
    store.add_review(review(claim, "corrected", instead=replace(claim, sign=-1)))
    assert [(c.sign, c.evidence.text) for c in store.claims()] == [(-1, "Iran")]  # type: ignore[union-attr]


def test_a_rejection_holds_for_the_same_claim_of_a_newer_reader(store: Store) -> None:
    source = document("a")
    claim = quoted(source)
    store.add_reading(source, [claim], ACTORS, reader="cues 1")
    store.add_review(review(claim, "rejected"))
    store.add_reading(source, [replace(claim, reader="cues 2")], reader="cues 2")
    assert len(store.columns()) == 0


def test_a_rejection_carried_over_can_be_overruled(store: Store) -> None:
    source = document("a")
    claim = quoted(source)
    newer = replace(claim, reader="cues 2")
    store.add_reading(source, [claim], ACTORS, reader="cues 1")
    store.add_review(review(claim, "rejected"))
    store.add_reading(source, [newer], reader="cues 2")
    store.add_review(review(newer, "accepted", minute=1))
    assert bare(store.claims()) == [newer]


def test_a_correction_outlives_the_reading_that_it_corrected(store: Store) -> None:
    source = document("a")
    claim = quoted(source)
    instead = replace(claim, object="egypt")
    store.add_reading(source, [claim], ACTORS, reader="cues 1")
    store.add_review(review(claim, "corrected", instead=instead))
    store.add_reading(source, [replace(claim, reader="cues 2")], reader="cues 2")
    assert bare(store.claims()) == [instead]


def test_earlier_answers_know_nothing_of_later_reviews(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "rejected"))
    assert len(store.columns(recorded=datetime(2024, 1, 1, 0, 0, 1, tzinfo=UTC))) == 1


def test_earlier_answers_know_nothing_of_a_later_review_of_a_claim_carried_over(store: Store, clock: Clock) -> None:
    source = document("a")
    claim = quoted(source)
    newer = replace(claim, reader="cues 2")
    store.add_reading(source, [claim], ACTORS, reader="cues 1")
    store.add_review(review(claim, "rejected"))
    store.add_reading(source, [newer], reader="cues 2")
    before = clock()
    store.add_review(review(newer, "accepted", minute=1))
    assert (len(store.columns(recorded=before)), len(store.columns())) == (0, 1)


def test_of_the_reviews_of_older_versions_the_latest_is_carried_over(store: Store) -> None:
    source = document("a")
    first = quoted(source)
    second, third = replace(first, reader="cues 2"), replace(first, reader="cues 3")
    store.add_reading(source, [first], ACTORS, reader="cues 1")
    store.add_review(review(first, "rejected"))
    store.add_reading(source, [second], reader="cues 2")
    store.add_review(review(second, "accepted", minute=1))
    store.add_reading(source, [third], reader="cues 3")
    assert bare(store.claims()) == [third]


def test_all_reviews_are_kept(store: Store, claim: Claim) -> None:
    given = [
        review(claim, "corrected", instead=replace(claim, object="egypt"), reason="misread"),
        review(claim, "accepted", minute=1),
    ]
    for one in given:
        store.add_review(one)
    got = [replace(r, instead=r.instead and bare([r.instead])[0]) for r in store.reviews(claim.id)]
    assert got == given


def test_the_same_review_again_changes_nothing(store: Store, claim: Claim) -> None:
    given = review(claim, "corrected", instead=replace(claim, object="egypt"))
    assert [store.add_review(given), store.add_review(given)] == [True, False]


def test_a_review_of_an_unknown_claim_is_refused(store: Store) -> None:
    with pytest.raises(UnknownName, match="unknown claim"):
        store.add_review(review(cited(99), "rejected"))


def test_claims_that_share_an_id_since_a_merge_are_reviewed_together(store: Store) -> None:
    source = document("one")
    one, other = quoted(source, object="~party"), quoted(source, object="~fatah-wing")
    store.add_reading(source, [one, other], ACTORS, reader=one.reader)
    store.identify("~fatah-wing", "~party", by="R. Viewer")
    assert len(store.columns(actor="iran")) == 2
    store.add_review(review(one, "rejected"))
    assert len(store.columns(actor="iran")) == 0


def test_an_unclear_claim_that_a_person_accepts_counts_in_full(store: Store) -> None:
    doubtful = quoted(document("doubt"), confidence=0.2)
    store.add_reading(document("doubt"), [doubtful], ACTORS, reader="cues 1")
    assert store.columns().confidence.tolist() == [0.2]
    store.add_review(review(doubtful, "accepted"))
    assert store.columns().confidence.tolist() == [1.0]
    store.add_review(review(doubtful, "rejected", minute=1))
    assert len(store.columns()) == 0


def test_a_word_that_is_withdrawn_leaves_what_others_said(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "rejected"))
    assert bare(store.claims()) == []
    store.add_review(review(claim, "withdrawn", minute=1))
    assert bare(store.claims()) == [claim]
    assert store.words() == []
    assert len(list(store.reviews())) == 2


def test_a_correction_that_is_withdrawn_takes_its_claim_with_it(store: Store, claim: Claim) -> None:
    store.add_review(review(claim, "corrected", instead=replace(claim, object="egypt")))
    store.add_review(review(claim, "withdrawn", minute=1))
    assert bare(store.claims()) == [claim]
