"""Inputs that gave no document: kept with their reasons, once, without passwords, whatever comes after."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from store_makers import ACTORS, document, quoted

from cordiale.errors import DossierError
from cordiale.store import FailedInput, Store


def failed(source: str = "a.pdf", why: str = "it is empty", **fields: str | None) -> FailedInput:
    return FailedInput(**{"source": source, "why": why, "mend": "leave it out", "reader": "cues 1", **fields})


def read(store: Store, name: str, **fields: str) -> None:
    source = document(name, **fields)
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")


def test_a_failure_comes_back_with_all_that_was_said_of_it(store: Store) -> None:
    assert store.add_failures([failed(place="line 3")]) == 1
    (found,) = store.failures()
    assert (found.source, found.place, found.why, found.mend, found.reader) == (
        "a.pdf", "line 3", "it is empty", "leave it out", "cues 1",
    )  # fmt: skip
    assert found.recorded_at is not None and found.read_at is None and not found.read_since
    assert not list(store.check())


def test_the_same_failure_again_changes_nothing_and_another_reason_is_another_row(store: Store) -> None:
    store.add_failures([failed(), failed()])
    before = store.moment()
    assert store.add_failures([failed()]) == 0
    assert store.moment() == before
    assert store.add_failures([failed(why="permission denied")]) == 1
    assert [one.why for one in store.failures()] == ["permission denied", "it is empty"]


def test_a_later_success_deletes_nothing_and_is_told(store: Store) -> None:
    store.add_failures([failed("a.txt"), failed("b.txt")])
    read(store, "a")
    since = {one.source: one.read_since for one in store.failures()}
    assert since == {"a.txt": True, "b.txt": False}


def test_a_source_that_fails_after_it_was_read_was_not_read_since(store: Store) -> None:
    read(store, "a")
    store.add_failures([failed("a.txt")])
    (found,) = store.failures()
    assert found.read_at is not None and not found.read_since


def test_a_source_that_fails_was_read_and_fails_again_has_two_rows(store: Store) -> None:
    store.add_failures([failed("a.txt")])
    read(store, "a")
    assert store.add_failures([failed("a.txt")]) == 1
    assert [one.read_since for one in store.failures()] == [False, True]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://me:secret@example.org/a", "https://example.org/a"), ("ftp://secret@example.org", "ftp://example.org"),
        ("https://me:sec/ret@example.org/a", "https://example.org/a"), ("https://e.org/@me", "https://e.org/@me"),
        ("a\0b\x1b[2J\u202e.txt", "a\\x00b\\x1b[2J\\u202e.txt"), ("caf\udce9.txt", "caf\\xe9.txt"),
        ("\ud800.txt", "\\ud800.txt"),
    ],
)  # fmt: skip
def test_no_password_is_stored_and_text_is_made_plain(store: Store, given: str, kept: str) -> None:
    store.add_failures([failed(given, why=f"{given} leads nowhere", place=given)])
    (found,) = store.failures()
    assert (found.source, found.place, found.why) == (kept, kept, f"{kept} leads nowhere")


def test_failures_are_listed_by_the_page_and_by_words_of_their_source(store: Store) -> None:
    store.add_failures(failed(f"{n}_%.pdf") for n in range(5))
    assert [one.source for one in store.failures(first=1, limit=2)] == ["3_%.pdf", "2_%.pdf"]
    assert [one.source for one in store.failures("2_%")] == ["2_%.pdf"]
    assert [store.sources(words).failures for words in ("", "2_%", "2%")] == [5, 1, 0]


def test_what_failed_later_was_not_known_earlier(store: Store) -> None:
    store.add_failures([failed("a.pdf")])
    (first,) = store.failures()
    store.add_failures([failed("b.pdf")])
    assert isinstance(first.recorded_at, datetime)
    assert [one.source for one in store.failures(recorded=first.recorded_at)] == ["a.pdf"]
    assert store.failures(recorded=first.recorded_at - timedelta(days=1)) == []


def test_no_failure_can_be_changed_or_removed(store: Store) -> None:
    store.add_failures([failed()])
    for act in ("UPDATE failures SET why = 'x'", "DELETE FROM failures"):
        with pytest.raises(DossierError, match="append-only"), store._backend.writing() as connection:
            connection.execute(text(act))
