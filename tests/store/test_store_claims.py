"""Claims by the million, and the questions about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from store_makers import ACTORS, actor, bare, cited, document, quoted

from cordiale.claims import Certainty, Change, Citation, Claim, Event
from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.store import Recorded, Store


def told(columns: ClaimColumns) -> list[tuple[object, ...]]:
    """Columns as rows that do not depend on how actors and relations are numbered."""
    return [
        (
            columns.actors[columns.subject[n]],
            columns.actors[columns.object[n]],
            None if columns.said_by[n] < 0 else columns.actors[columns.said_by[n]],
            columns.relations[columns.relation[n]],
            *(
                getattr(columns, f)[n].item()
                for f in ("sign", "change", "certainty", "confidence", "start", "end", "known")
            ),
        )
        for n in range(len(columns))
    ]


def test_columns_say_what_the_claims_say(store: Store) -> None:
    claims = [
        cited(1, held=Period.parse("1999", "2001-04"), said_by="egypt", confidence=0.25),
        cited(2, "egypt", "hamas", relation=relation("fights"), sign=-1, change=Change.ENDS, published=None),
        cited(3, certainty=Certainty.DENIED),
    ]
    store.add_claims(claims, ACTORS)
    assert told(store.columns()) == told(ClaimColumns.from_claims(store.claims()))


def test_an_empty_dossier_has_empty_columns(store: Store) -> None:
    assert len(store.columns()) == 0


def test_an_unknown_actor_has_no_claims(store: Store) -> None:
    store.add_claims([cited(1)], ACTORS)
    assert len(store.columns(actor="atlantis")) == 0


def test_an_actors_columns_hold_its_claims_in_both_roles(store: Store) -> None:
    store.add_claims([cited(1), cited(2, "syria", "egypt"), cited(3, "egypt", "iran")], ACTORS)
    assert store.columns(actor="iran").number.tolist() == [1, 3]


def test_a_pairs_columns_hold_both_directions_and_nobody_else(store: Store) -> None:
    store.add_claims([cited(1), cited(2, "syria", "iran"), cited(3, "syria", "egypt")], ACTORS)
    assert store.columns(pair=("syria", "iran")).number.tolist() == [1, 2]


def test_columns_name_only_the_actors_that_occur(store: Store) -> None:
    store.add_claims([cited(1, said_by="hamas")], ACTORS)
    assert store.columns().actors == ("iran", "syria", "hamas")


def test_columns_known_by_a_day_include_that_day(store: Store) -> None:
    store.add_claims([cited(n, published=date(2018, 1, n)) for n in (1, 2, 3)], ACTORS)
    assert store.columns(known=date(2018, 1, 2)).number.tolist() == [1, 2]


def test_a_claim_without_a_day_is_known_from_the_day_it_was_recorded(store: Store) -> None:
    store.add_claims([cited(1, published=None)], ACTORS)
    assert store.columns().known.tolist() == [date(2024, 1, 1).toordinal()]


def test_columns_as_recorded_earlier_lack_what_came_later(store: Store) -> None:
    store.add_claims([cited(1)], ACTORS)
    store.add_claims([cited(2)], ACTORS)
    assert len(store.columns(recorded=datetime(2024, 1, 1, 0, 0, 1, tzinfo=UTC))) == 1


def test_before_the_first_recording_there_is_nothing(store: Store) -> None:
    store.add_claims([cited(1)], ACTORS)
    assert len(store.columns(recorded=datetime(2023, 1, 1, tzinfo=UTC))) == 0


def test_a_claim_of_a_dataset_comes_back_as_it_was(store: Store) -> None:
    claim = cited("row 7", held=Period.parse("1950", "1990-02-01"))
    store.add_claims([claim], ACTORS)
    assert bare(store.claims()) == [claim]


def test_a_dataset_loaded_again_changes_nothing(store: Store) -> None:
    store.add_claims([cited(n) for n in range(50)], ACTORS)
    assert store.add_claims([cited(n) for n in range(50)], ACTORS) == Recorded()
    assert len(store.columns()) == 50


def test_a_claim_given_twice_in_one_load_is_stored_once(store: Store) -> None:
    assert store.add_claims([cited(1), cited(2), cited(1)], ACTORS).claims == 2
    assert len(store.columns()) == 2


def test_the_rest_of_a_dataset_can_be_added_later(store: Store) -> None:
    store.add_claims([cited(n) for n in range(5)], ACTORS)
    assert store.add_claims([cited(n) for n in range(8)], ACTORS).claims == 3
    assert sorted(c.evidence.row for c in store.claims(actor="iran")) == list("01234567")  # type: ignore[union-attr]


def test_a_load_that_fails_leaves_nothing_behind(store: Store) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield cited(1)
        raise OSError("the download stopped")

    with pytest.raises(OSError, match="the download stopped"):
        store.add_claims(broken(), ACTORS)
    assert store.counts().claims == store.counts().actors == 0


def test_versions_of_one_dataset_are_one_voice(store: Store) -> None:
    newer = Citation(dataset="treaties", version="6", row="1")
    other = Citation(dataset="wars", version="1", row="1")
    store.add_claims([cited(1), replace(cited(1), evidence=newer), replace(cited(1), evidence=other)], ACTORS)
    voices = store.columns().voice.tolist()
    assert voices[0] == voices[1] != voices[2]


def test_a_dataset_and_a_document_are_never_one_voice_or_source(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    store.add_claims([cited(1)], ACTORS)
    columns = store.columns()
    assert len(set(columns.voice.tolist())) == len(set(columns.source.tolist())) == 2


def test_a_quoted_claim_among_those_of_datasets_is_refused(store: Store) -> None:
    with pytest.raises(InvalidValue, match="add it with its document"):
        store.add_claims([quoted(document("a"))], ACTORS)


def test_actors_found_while_the_claims_are_drawn_are_added(store: Store) -> None:
    found = {a.id: a for a in ACTORS}

    def drawn():  # type: ignore[no-untyped-def]
        yield cited(1)
        found["yemen"] = actor("yemen")
        yield cited(2, "iran", "yemen")

    store.add_claims(drawn(), found.values())
    assert store.columns(actor="yemen").number.tolist() == [2]


def test_claims_can_be_asked_for_by_number_in_any_order(store: Store) -> None:
    store.add_claims([cited(n) for n in range(1, 4)], ACTORS)
    assert [c.evidence.row for c in store.claims(numbers=[3, 1])] == ["3", "1"]  # type: ignore[union-attr]


def test_claims_can_be_asked_for_by_document(store: Store) -> None:
    for name in ("a", "b"):
        source = document(name)
        store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    assert [c.evidence.document.source for c in store.claims(document=source.sha256)] == ["b.txt"]  # type: ignore[union-attr]


def test_claims_can_be_asked_for_by_relation(store: Store) -> None:
    store.add_claims([cited(1), cited(2, relation=relation("fights"), sign=-1)], ACTORS)
    assert [c.relation.name for c in store.claims(relation="fights")] == ["fights"]


@pytest.mark.parametrize(
    ("since", "until", "rows"),
    [
        (date(2000, 1, 1), None, ["open", "later", "unknown"]),
        (None, date(1995, 1, 1), ["early", "open", "unknown"]),
        (date(1999, 12, 31), date(2000, 1, 1), ["early", "open", "unknown"]),
    ],
)
def test_claims_can_be_asked_for_by_when_they_held(
    store: Store, since: date | None, until: date | None, rows: list[str]
) -> None:
    held = {
        "early": Period.parse("1990", "2000"),
        "open": Period.parse("1990"),
        "later": Period.parse("2005"),
        "unknown": Period(),
    }
    store.add_claims([cited(row, held=period) for row, period in held.items()], ACTORS)
    assert [c.evidence.row for c in store.claims(since=since, until=until)] == rows  # type: ignore[union-attr]


def test_no_more_claims_are_given_than_asked_for(store: Store) -> None:
    store.add_claims([cited(n) for n in range(5)], ACTORS)
    assert len(list(store.claims(limit=2))) == 2


def test_quotes_of_one_document_share_it(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source), quoted(source, "iran", "egypt")], ACTORS, reader="cues 1")
    one, other = store.claims()
    assert one.evidence.document is other.evidence.document  # type: ignore[union-attr]


def test_claims_can_be_added_while_others_are_drawn(store: Store) -> None:
    store.add_claims([cited(n) for n in range(600)], ACTORS)
    drawn = store.claims()
    next(drawn)
    store.add_claims([cited("later")], ACTORS)
    assert len(list(drawn)) == 599


def test_events_come_back_with_the_latest_word(store: Store) -> None:
    war = Event(id="war", name="War", held=Period.parse("2011-03-15"), actors=("syria",))
    ended = replace(war, held=Period.parse("2011-03-15", "2024-12"))
    assert [store.add_events([war]), store.add_events([ended]), store.add_events([ended])] == [1, 1, 0]
    assert store.events() == {"war": ended}


def test_many_batches_are_one_load(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cordiale.store.writing.BATCH", 7)
    chance = np.random.default_rng(3)
    slugs = [a.id for a in ACTORS]
    claims: list[Claim] = []
    for row in range(40):
        one, other = chance.choice(len(slugs), size=2, replace=False)
        claims.append(cited(row, slugs[one], slugs[other]))
    store.add_claims(iter(claims), ACTORS)
    assert bare(store.claims()) == claims
    assert not list(store.check())
