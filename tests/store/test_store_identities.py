"""Who an actor turns out to be: merged, split, taken back, and never in a circle."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from store_makers import ACTORS, bare, cited, document, quoted

from cordiale.errors import InvalidValue, UnknownName
from cordiale.store import Store


def subjects(store: Store, **asked: object) -> list[str]:
    return [c.subject for c in store.claims(**asked)]  # type: ignore[arg-type]


def test_claims_about_a_merged_actor_are_about_the_other(store: Store) -> None:
    store.add_claims([cited(1, "~party", "egypt", said_by="~party")], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    claim = next(store.claims(actor="hamas"))
    assert (claim.subject, claim.said_by) == ("hamas", "hamas")


def test_columns_name_the_actor_that_another_became(store: Store) -> None:
    store.add_claims([cited(1, "~party", "egypt")], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    assert store.columns(pair=("egypt", "hamas")).actors == ("egypt", "hamas")


def test_asking_for_the_merged_actor_gives_the_others_claims(store: Store) -> None:
    store.add_claims([cited(1, "~party", "egypt"), cited(2, "hamas", "egypt")], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    assert len(store.columns(actor="~party")) == 2


def test_a_chain_is_followed_to_its_end(store: Store) -> None:
    store.add_claims([cited(1, "~fatah-wing", "egypt")], ACTORS)
    store.identify("~fatah-wing", "~party", by="a reader")
    store.identify("~party", "hamas", by="a reader")
    assert store.resolve("~fatah-wing") == "hamas"
    assert subjects(store) == ["hamas"]


def test_an_identification_can_be_taken_back(store: Store) -> None:
    store.add_claims([cited(1, "~party", "egypt")], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    store.identify("~party", "~party", by="a reader", reason="too soon")
    assert subjects(store) == ["~party"]


def test_a_word_on_one_document_holds_in_it_alone(store: Store) -> None:
    for name in ("a", "b"):
        source = document(name)
        store.add_reading(source, [quoted(source, "~party", "egypt")], ACTORS, reader="cues 1")
    store.identify("~party", "hamas", document=source.sha256, by="a reader")
    assert subjects(store) == ["~party", "hamas"]
    assert subjects(store, actor="hamas") == ["hamas"]
    assert subjects(store, actor="~party") == ["~party"]


def test_a_word_on_one_document_comes_before_a_word_on_all(store: Store) -> None:
    for name in ("a", "b"):
        source = document(name)
        store.add_reading(source, [quoted(source, "~party", "egypt")], ACTORS, reader="cues 1")
    store.identify("~party", "~party", document=source.sha256, by="a reader")
    store.identify("~party", "hamas", by="a reader")
    assert subjects(store) == ["hamas", "~party"]


def test_a_claim_whose_ends_became_one_counts_no_more(store: Store) -> None:
    store.add_claims([cited(1, "~party", "hamas"), cited(2, "~party", "egypt")], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    assert store.columns().number.tolist() == [2]


def test_a_claim_whose_ends_became_one_is_shown_as_it_was_written(store: Store) -> None:
    claim = cited(1, "~party", "hamas")
    store.add_claims([claim], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    assert bare([store.claim(claim.id)]) == [claim]


def test_a_circle_is_refused(store: Store) -> None:
    store.add_actors(ACTORS)
    store.identify("~party", "hamas", by="a reader")
    store.identify("hamas", "iran", by="a reader")
    with pytest.raises(InvalidValue, match="~party is already known as iran"):
        store.identify("iran", "~party", by="a reader")


def test_a_circle_within_one_document_is_refused(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [], ACTORS, reader="cues 1")
    store.identify("~party", "hamas", document=source.sha256, by="a reader")
    with pytest.raises(InvalidValue, match="take the earlier word back first"):
        store.identify("hamas", "~party", by="a reader")


def test_an_unknown_actor_cannot_be_identified(store: Store) -> None:
    store.add_actors(ACTORS)
    with pytest.raises(UnknownName, match="did you mean 'hamas'"):
        store.identify("~party", "hammas", by="a reader")


def test_a_claim_is_found_by_the_id_that_it_is_shown_with(store: Store) -> None:
    store.add_claims([cited(1, "~party", "egypt")], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    shown = next(store.claims())
    assert store.claim(shown.id) == shown


def test_earlier_answers_know_nothing_of_later_identifications(store: Store) -> None:
    store.add_claims([cited(1, "~party", "egypt")], ACTORS)
    store.identify("~party", "hamas", by="a reader")
    assert subjects(store, recorded=datetime(2024, 1, 1, 0, 0, 1, tzinfo=UTC)) == ["~party"]


def test_every_identification_is_kept(store: Store) -> None:
    store.add_actors(ACTORS)
    store.identify("~party", "hamas", by="a reader", reason="same leader")
    store.identify("~party", "~party", by="another")
    assert [(i.becomes, i.by, i.reason) for i in store.identities()] == [
        ("hamas", "a reader", "same leader"),
        ("~party", "another", ""),
    ]
