"""Documents with their claims: kept whole, once, and exactly."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest
from store_makers import ACTORS, TEXT, Words, actor, bare, cited, document, quoted

from cordiale.claims import Certainty, Change, Means, Quote
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Period
from cordiale.relations import Layer, Relation, relation
from cordiale.store import Recorded, Store


def test_a_claim_comes_back_as_it_was_read(store: Store) -> None:
    source = document("a", title="Allies", authors=("A. B.", "C. D."), publisher="The Post", url="https://x.org/1")
    claim = quoted(
        source,
        relation=relation("supports"),
        change=Change.STRENGTHENS,
        means=(Means.WEAPONS, Means.TROOPS),
        held=Period.parse("1999-03", "2011"),
        said_by="egypt",
        certainty=Certainty.ALLEGED,
        confidence=0.1,
        why=Quote(document=source, start=5, end=14),
    )
    store.add_reading(source, [claim], ACTORS, reader="cues 1")
    assert bare(store.claims()) == [claim]


def test_a_claim_carries_the_instant_at_which_it_was_recorded(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    assert [c.recorded_at for c in store.claims()] == [datetime(2024, 1, 1, 0, 0, 1, tzinfo=UTC)]


def test_the_same_reading_again_changes_nothing(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    before = store.counts()
    assert store.add_reading(source, [quoted(source)], [actor("new")], reader="cues 1") == Recorded()
    assert store.counts() == before


def test_a_reading_that_found_nothing_is_remembered(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [], reader="cues 1")
    assert store.has_reading(source.sha256, "cues 1")


def test_a_newer_version_of_the_reader_has_not_read_yet(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [], reader="cues 1")
    assert not store.has_reading(source.sha256, "cues 2")


def test_claims_of_an_older_version_of_the_reader_count_no_more(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    newer = quoted(source, "iran", "egypt", reader="cues 2")
    store.add_reading(source, [newer], reader="cues 2")
    assert bare(store.claims()) == [newer]


def test_claims_of_another_reader_count_beside_the_first(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    store.add_reading(source, [quoted(source, reader="model 7")], reader="model 7")
    assert len(store.columns()) == 2


def test_a_superseded_claim_is_still_found_by_its_id(store: Store) -> None:
    source = document("a")
    claim = quoted(source)
    store.add_reading(source, [claim], ACTORS, reader="cues 1")
    store.add_reading(source, [], reader="cues 2")
    assert bare([store.claim(claim.id)]) == [claim]


def test_an_unknown_claim_is_an_unknown_name(store: Store) -> None:
    with pytest.raises(UnknownName, match="unknown claim 'abc'"):
        store.claim("abc")


def test_a_quote_from_another_document_is_refused(store: Store) -> None:
    with pytest.raises(InvalidValue, match=r"quoted from b\.txt, among those of a\.txt"):
        store.add_reading(document("a"), [quoted(document("b"))], ACTORS, reader="cues 1")


def test_a_citation_in_a_reading_is_refused(store: Store) -> None:
    with pytest.raises(InvalidValue, match="use add_claims"):
        store.add_reading(document("a"), [cited(1)], ACTORS, reader="cues 1")


def test_a_claim_by_another_reader_is_refused(store: Store) -> None:
    source = document("a")
    with pytest.raises(InvalidValue, match="in a reading by 'cues 2'"):
        store.add_reading(source, [quoted(source)], ACTORS, reader="cues 2")


def test_a_claim_published_on_another_day_than_its_document_is_refused(store: Store) -> None:
    source = document("a")
    with pytest.raises(InvalidValue, match="published on another day"):
        store.add_reading(source, [quoted(source, published=None)], ACTORS, reader="cues 1")


def test_a_refused_reading_leaves_nothing_behind(store: Store) -> None:
    source = document("a")
    with pytest.raises(InvalidValue, match="does not have"):
        store.add_reading(source, [quoted(source), quoted(source, "iran", "atlantis")], ACTORS, reader="cues 1")
    assert store.counts().documents == store.counts().actors == 0


def test_a_reading_after_a_refused_one_is_kept(store: Store) -> None:
    source = document("a")
    with pytest.raises(InvalidValue, match="does not have"):
        store.add_reading(source, [quoted(source, "iran", "atlantis")], ACTORS, reader="cues 1")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    assert len(list(store.claims())) == 1


def test_another_text_of_the_same_bytes_is_refused(store: Store) -> None:
    store.add_reading(document("a"), [], reader="cues 1")
    with pytest.raises(InvalidValue, match=r"another text of a\.txt"):
        store.add_reading(document("a", TEXT + " More."), [], reader="cues 2")


@pytest.mark.parametrize("text", ["Iran\0Syria", "Iran \ud800"])
def test_a_text_that_no_database_holds_exactly_is_refused(store: Store, text: str) -> None:
    with pytest.raises(InvalidValue, match="the text of a document holds"):
        store.add_reading(document("a", text), [], reader="cues 1")


def test_a_document_comes_back_as_it_was(store: Store) -> None:
    source = document("a", authors=("A",), publisher="", language="en", published=None)
    store.add_reading(source, [], reader="cues 1")
    assert store.document(source.sha256) == source


def test_a_document_that_is_not_there_is_an_unknown_name(store: Store) -> None:
    with pytest.raises(UnknownName, match="unknown document"):
        store.document("0" * 64)


def test_documents_known_by_a_day_include_those_recorded_by_then(store: Store) -> None:
    for name, day in (("a", date(2020, 1, 1)), ("b", date(2020, 1, 3)), ("c", None)):
        store.add_reading(document(name, published=day), [], reader="cues 1")
    assert [d.source for d in store.documents(known=date(2020, 1, 2))] == ["a.txt"]
    assert [d.source for d in store.documents(known=date(2024, 1, 1))] == ["a.txt", "b.txt", "c.txt"]


def test_a_near_duplicate_shares_the_voice_of_the_earliest(store: Store) -> None:
    for name, text in (("a", TEXT), ("b", TEXT + " Reuters."), ("c", "Iran rivals Egypt over something else.")):
        source = document(name, text)
        store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1", fingerprint=Words(text))
    voices = store.columns().voice.tolist()
    assert voices[0] == voices[1] != voices[2]


def test_a_near_duplicate_is_no_story_of_its_own(store: Store) -> None:
    for name, text in (("a", TEXT), ("b", TEXT + " Reuters.")):
        store.add_reading(document(name, text), [], reader="cues 1", fingerprint=Words(text))
    assert (store.counts().documents, store.counts().stories) == (2, 1)


def test_documents_of_one_publisher_share_a_source(store: Store) -> None:
    for name, publisher in (("a", "The Post"), ("b", "The Post"), ("c", None), ("d", None)):
        source = document(name, publisher=publisher)
        store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    sources = store.columns().source.tolist()
    assert sources[0] == sources[1] and len(set(sources)) == 3


def test_a_relation_of_the_users_own_comes_back_from_the_dossier_alone(store: Store) -> None:
    own = Relation(
        name="twins_with", layer=Layer.STATUS, sign=1, symmetric=True, weight=0.2, half_life=float("inf"), phrase="is"
    )
    source = document("a")
    store.add_reading(source, [quoted(source, relation=own)], ACTORS, reader="cues 1")
    assert [c.relation for c in store.claims()] == [own]


def test_the_latest_word_on_an_actor_wins(store: Store) -> None:
    store.add_actors([actor("iran")])
    store.add_actors([actor("iran", purposes=("a", "b"))])
    assert store.actors()["iran"].purposes == ("a", "b")


def test_an_actor_stored_just_so_is_not_stored_again(store: Store) -> None:
    store.add_actors([actor("iran")])
    assert store.add_actors([actor("iran")]) == Recorded()


def test_an_earlier_word_on_an_actor_is_what_was_recorded_then(store: Store) -> None:
    store.add_actors([actor("iran")])
    store.add_actors([actor("iran", name="Persia")])
    assert store.actors(recorded=datetime(2024, 1, 1, 0, 0, 1, tzinfo=UTC))["iran"].name == "Iran"


def test_the_sha256_of_a_text_is_kept_beside_it(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [], reader="cues 1")
    with store._backend.reading() as connection:
        kept = connection.exec_driver_sql("SELECT text_sha256 FROM documents").scalar()
    assert kept == hashlib.sha256(TEXT.encode()).hexdigest()
