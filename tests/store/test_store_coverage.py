"""What the datasets of a dossier cover."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from store_makers import ACTORS, cited

from cordiale.claims import Claim
from cordiale.errors import CordialeError, InvalidValue
from cordiale.periods import Period
from cordiale.store import Coverage, Store

LONG_AGO = Coverage(dataset="treaties", version="5", held=Period.parse("1816-01-01", "2013-01-01"), pairs="states")


def test_what_a_dataset_covers_is_kept_with_its_claims(store: Store) -> None:
    store.add_claims([cited(1), cited(2)], ACTORS, coverage=[LONG_AGO])
    (found,) = store.coverage()
    assert (found.dataset, found.version, str(found.held), found.pairs, found.claims) == (
        "treaties", "5", "[1816-01-01..2013-01-01]", "states", 2,
    )  # fmt: skip


def test_the_same_coverage_again_changes_nothing(store: Store) -> None:
    for _ in range(2):
        store.add_claims([cited(1)], ACTORS, coverage=[LONG_AGO])
    with store._backend.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM coverage")).scalar() == 1


def test_the_latest_word_on_what_a_dataset_covers_counts(store: Store) -> None:
    store.add_claims([cited(1)], ACTORS, coverage=[LONG_AGO])
    store.add_claims([], coverage=[Coverage(dataset="treaties", version="5", held=Period.parse("1900-01-01"))])
    (found,) = store.coverage()
    assert str(found.held) == "[1900-01-01..]"


def test_a_dataset_that_says_nothing_covers_what_nobody_knows(store: Store) -> None:
    store.add_claims([cited(1)], ACTORS)
    (found,) = store.coverage()
    assert (found.held.start, found.held.end, found.pairs, found.claims) == (None, None, "", 1)


def test_a_dataset_without_claims_still_covers(store: Store) -> None:
    store.add_claims([], coverage=[LONG_AGO])
    assert [(one.dataset, one.claims) for one in store.coverage()] == [("treaties", 0)]


def test_versions_of_a_dataset_cover_each_its_own(store: Store) -> None:
    newer = Coverage(dataset="treaties", version="6", held=Period.parse("1816-01-01", "2020-01-01"))
    store.add_claims([], coverage=[LONG_AGO, newer])
    assert [(one.version, one.held.end) for one in store.coverage()] == [
        ("5", date(2013, 1, 1)),
        ("6", date(2020, 1, 1)),
    ]


def test_an_earlier_answer_on_coverage_can_be_given_again(store: Store) -> None:
    store.add_claims([cited(1)], ACTORS)
    then = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=1)
    store.add_claims([cited(2)], coverage=[LONG_AGO])
    (before,) = store.coverage(recorded=then)
    assert (before.claims, before.held.start) == (1, None)


def test_claims_that_fail_leave_no_coverage(store: Store) -> None:
    def broken() -> Iterator[Claim]:
        yield cited(1)
        raise InvalidValue("a row", 2, "mend it")

    with pytest.raises(CordialeError):
        store.add_claims(broken(), ACTORS, coverage=[LONG_AGO])
    assert (store.coverage(), store.counts().claims) == ([], 0)


@pytest.mark.parametrize("statement", ["UPDATE coverage SET pairs = ''", "DELETE FROM coverage"])
def test_coverage_is_neither_changed_nor_removed(store: Store, statement: str) -> None:
    store.add_claims([], coverage=[LONG_AGO])
    with pytest.raises(DBAPIError, match="append-only"), store._backend.engine.begin() as connection:
        connection.execute(text(statement))


def test_coverage_of_no_dataset_is_refused() -> None:
    with pytest.raises(InvalidValue, match="name it and its version"):
        Coverage(dataset="", version="1")
