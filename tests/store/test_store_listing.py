"""Documents by the page: their claims as answers count them, and those that tell one story together."""

from __future__ import annotations

from datetime import date

import pytest
from store_makers import ACTORS, Words, document, quoted

from cordiale.claims import Review, Verdict
from cordiale.errors import UnknownName
from cordiale.store import ListedDocument, Store
from cordiale.store.listing import COPIES


def add(store: Store, name: str, *pairs: tuple[str, str], reader: str = "cues 1", text: str = "", **fields: object):  # type: ignore[no-untyped-def]
    body = text or f"Iran and Syria met over {name} {name * 2} {name * 3} today."
    source = document(name, text=body, **fields)
    claims = [quoted(source, *pair, reader=reader) for pair in pairs]
    store.add_reading(source, claims, ACTORS, reader=reader, fingerprint=Words(body))
    return claims


def listed(store: Store, *asked: str, **how: object) -> list[ListedDocument]:
    return [one for story in store.sources(*asked, **how).page for one in story.documents]  # type: ignore[arg-type]


def test_the_latest_document_comes_first_a_page_at_a_time(store: Store) -> None:
    for name in "abcde":
        add(store, name)
    found = store.sources(first=1, limit=2)
    assert [one.documents[0].source for one in found.page] == ["d.txt", "c.txt"]
    assert (found.stories, found.documents) == (5, 5)
    assert store.sources(first=50).page == ()


def test_what_is_known_of_a_document_is_listed_without_its_text(store: Store) -> None:
    add(store, "a", ("iran", "syria"), title="Talks", publisher="Gazette", url="https://e.org/a", language="en")
    (found,) = listed(store)
    assert (found.title, found.publisher, found.url, found.language) == ("Talks", "Gazette", "https://e.org/a", "en")
    assert (found.published, found.claims, found.unclear) == (date(2020, 1, 1), 1, 0)
    assert found.story == found.sha256


def test_copies_of_a_story_are_listed_with_it(store: Store) -> None:
    wire = "Envoys of Iran and Syria met in Damascus on Monday to discuss armaments"
    for name in ("wire", "copy", "again"):
        add(store, name, text=wire)
    add(store, "other")
    first, second = store.sources().page
    assert [one.source for one in second.documents] == ["wire.txt", "copy.txt", "again.txt"]
    assert {one.story for one in second.documents} == {second.documents[0].sha256}
    assert len(first.documents) == 1
    each = store.sources(story=second.documents[1].sha256, first=1)
    assert [one.documents[0].source for one in each.page] == ["copy.txt", "again.txt"]
    assert (each.stories, each.documents) == (1, 3)


def test_a_story_of_many_copies_says_how_many_are_left(store: Store) -> None:
    for number in range(COPIES + 4):
        add(store, f"{number}", text="Envoys of Iran and Syria met in Damascus on Monday to discuss armaments")
    (found,) = store.sources().page
    assert (len(found.documents), found.left) == (COPIES + 1, 3)


@pytest.mark.parametrize("asked", ["TALKS", "gazet", "a.txt", "e.org/a", "100%_"])
def test_words_are_looked_for_in_title_publisher_source_and_address(store: Store, asked: str) -> None:
    add(store, "b", title="Another", publisher="100 percent")
    add(store, "a", title="Talks at 100%_", publisher="The Gazette", url="https://e.org/a")
    assert [one.source for one in listed(store, asked)] == ["a.txt"]


def test_a_day_that_one_knows_as_of_leaves_out_what_came_later(store: Store) -> None:
    add(store, "a", published=date(2020, 1, 1))
    add(store, "b", published=date(2021, 1, 1))
    add(store, "c", published=None)
    assert [one.source for one in listed(store, known=date(2020, 6, 1))] == ["a.txt"]
    assert store.sources(known=date(2020, 6, 1)).documents == 1


def test_claims_are_counted_as_answers_count_them(store: Store, clock) -> None:  # type: ignore[no-untyped-def]
    old = add(store, "a", ("iran", "syria"), ("iran", "egypt"))
    new = add(store, "a", ("iran", "syria"), ("iran", "egypt"), ("egypt", "hamas"), ("hamas", "iran"), reader="cues 2")
    assert old[0].id != new[0].id
    (found,) = listed(store)
    assert found.claims == 4
    store.add_review(Review(claim=new[0].id, verdict=Verdict.REJECTED, by="Ann", recorded_at=clock()))
    store.identify("egypt", "hamas", by="Ann")
    (found,) = listed(store)
    assert found.claims == len(store.columns()) == 2


def test_a_claim_that_a_person_vouched_for_is_no_longer_unclear(store: Store, clock) -> None:  # type: ignore[no-untyped-def]
    source = document("a")
    claims = [quoted(source, confidence=0.3), quoted(source, "egypt", "iran", confidence=0.4)]
    store.add_reading(source, claims, ACTORS, reader="cues 1")
    assert [(one.claims, one.unclear) for one in listed(store)] == [(0, 2)]
    store.add_review(Review(claim=claims[0].id, verdict=Verdict.ACCEPTED, by="Ann", recorded_at=clock()))
    assert [(one.claims, one.unclear) for one in listed(store)] == [(1, 1)]


def test_one_document_is_told_with_all_that_read_it(store: Store) -> None:
    add(store, "a", ("iran", "syria"))
    add(store, "a", ("iran", "syria"), reader="cues 2")
    found = store.source(document("a").sha256)
    assert (found.source, found.claims, found.readers) == ("a.txt", 1, ("cues 1", "cues 2"))


def test_the_story_of_a_document_that_is_not_there_is_an_unknown_name(store: Store) -> None:
    with pytest.raises(UnknownName, match="read it first"):
        store.sources(story="0" * 64)


def test_where_a_document_would_stand_is_where_it_stands_once_added(store: Store) -> None:
    wire = "Envoys of Iran and Syria met in Damascus on Monday to discuss armaments"
    add(store, "wire", ("iran", "syria"), text=wire, publisher="Gazette")
    given = [
        (document("copy", text=wire, publisher="Gazette"), Words(wire)),
        (document("new", text="Quite another story altogether", publisher="Herald"), Words("Quite another story")),
        (document("bare", text="A third one about nothing"), Words("A third one about nothing")),
    ]
    told = store.prospects(given)
    for source, words in given:
        store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1", fingerprint=words)
    columns = store.columns()
    assert columns.voice[1:].tolist() == [one.voice for one in told]
    assert columns.source[1:].tolist() == [one.source for one in told]
    assert [one.told_by for one in told] == [document("wire").sha256, None, None]
