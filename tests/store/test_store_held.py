"""Claims that are kept in memory are those of the database, whoever wrote them."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import numpy as np
from store_makers import ACTORS, cited, document, quoted

from cordiale.claims import Review, Verdict
from cordiale.columns import ClaimColumns
from cordiale.store import Held, Store


def same(one: ClaimColumns, other: ClaimColumns) -> bool:
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(ClaimColumns))


def test_what_is_held_is_what_is_read_after_every_kind_of_write(store: Store) -> None:
    def hold() -> ClaimColumns:
        store.held = held
        found = store.columns()
        store.held = None
        return found

    held = Held()
    assert len(hold()) == 0
    first, page = cited(1), document("a")
    store.add_claims([first, cited(2, "syria", "egypt")], ACTORS)
    assert same(hold(), store.columns())
    store.add_reading(page, [quoted(page)], ACTORS, reader="cues 1")
    assert same(hold(), store.columns())
    said = Review(claim=first.id, verdict=Verdict.REJECTED, by="A", recorded_at=datetime(2024, 1, 1, tzinfo=UTC))
    store.add_review(said)
    assert same(hold(), store.columns())
    store.identify("egypt", "iran", by="A")
    assert same(hold(), store.columns())
    store.add_reading(page, [quoted(page, object="hamas", reader="cues 2")], ACTORS, reader="cues 2")
    assert same(hold(), store.columns())
    assert len(hold()) > 0
