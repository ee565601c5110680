"""Whether a dossier is sound: every quote is a slice of its text, every reference leads somewhere, no half reading.

It reads everything and mends nothing. Each `Problem` is one clear line: which row, and what is wrong with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, ForeignKey, Table, or_, select, text
from sqlalchemy import type_coerce as as_type
from sqlalchemy.types import Integer

from cordiale.columns import CERTAINTIES, CHANGES
from cordiale.errors import DossierError
from cordiale.store import blocks, schema, values
from cordiale.store.backend import Backend

_BATCH = 200
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with a dossier: `where` names the row, `what` says what is wrong."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def problems(backend: Backend) -> Iterator[Problem]:
    """Everything that is wrong, as it is found."""
    damage = list(_damage(backend))
    yield from damage
    if damage:
        return  # what a damaged file says of itself is worth nothing
    with backend.reading() as connection:
        yield from _dangling(connection)
        yield from _bad_values(connection)
        yield from _bad_recordings(connection)
        for number, what in blocks.misplaced(connection):
            yield Problem(where=f"claims {number}", what=what)
    yield from _texts(backend)


def _damage(backend: Backend) -> Iterator[Problem]:
    if backend.is_sqlite:
        try:
            with backend.reading() as connection:
                for said in connection.execute(text("PRAGMA integrity_check")).scalars():
                    if said != "ok":
                        yield Problem(where="the file", what=str(said))
        except DossierError as error:
            yield Problem(where="the file", what=error.why)


def _dangling(connection: Connection) -> Iterator[Problem]:
    for table in schema.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                yield from _without(connection, table, column, key)
        if "recorded" in table.c:
            known = select(schema.recordings.c.id)
            for where in _rows(connection, table, table.c.recorded.not_in(known)):
                yield Problem(where=where, what="belongs to no recording")


def _without(connection: Connection, table: Table, column: ColumnElement[Any], key: ForeignKey) -> Iterator[Problem]:
    target = key.column.table.alias()
    found = select(target.c[key.column.name]).where(target.c[key.column.name] == column).exists()
    for where in _rows(connection, table, column.is_not(None) & ~found):
        yield Problem(where=where, what=f"its {key.parent.name} is not in {key.column.table.name}")


def _rows(connection: Connection, table: Table, wrong: ColumnElement[bool]) -> Iterator[str]:
    keys = list(table.primary_key.columns)
    for row in connection.execute(select(*keys).where(wrong)):
        yield f"{table.name} {' '.join(map(str, row))}"


def _bad_values(connection: Connection) -> Iterator[Problem]:
    c, start, end = schema.claims.c, schema.claims.c.held_from, schema.claims.c.held_to
    both = (c.document.is_(None)) == (c.dataset.is_(None))
    quoted = c.document.is_not(None) & or_(c.quote_start.is_(None), c.quote_end.is_(None))
    last = len(values.PRECISIONS) - 1
    for what, wrong in (
        ("holds on no day", as_type(start, Integer) >= as_type(end, Integer)),
        ("its start and the precision of it disagree", (start.is_(None)) != (c.from_precision == 0)),
        ("its end and the precision of it disagree", (end.is_(None)) != (c.to_precision == 0)),
        ("rests on a document and a dataset, or on neither", both),
        ("rests on a document without quoting it", quoted),
        ("cites a dataset without a row", c.dataset.is_not(None) & c.dataset_row.is_(None)),
        ("is about one actor alone", c.subject == c.object),
        ("has a sign other than -1, 0 and 1", c.sign.not_in((-1, 0, 1))),
        ("has a confidence outside 0 to 1", ~c.confidence.between(0, 1)),
        ("has an unknown change", ~c.change.between(0, len(CHANGES) - 1)),
        ("has an unknown certainty", ~c.certainty.between(0, len(CERTAINTIES) - 1)),
        ("has an unknown precision", ~(c.from_precision.between(0, last) & c.to_precision.between(0, last))),
    ):
        for where in _rows(connection, schema.claims, wrong):
            yield Problem(where=where, what=what)
    d, r, a = schema.documents.c, schema.readings.c, schema.actors.c
    unread = ~select(r.id).where(r.document == d.id).exists()
    for where in _rows(connection, schema.documents, unread):
        yield Problem(where=where, what="was stored without any reading")
    for where in _rows(connection, schema.documents, d.story > d.id):
        yield Problem(where=where, what="belongs to a later story")
    undescribed = ~select(a.id).where(a.actor == schema.actor_ids.c.id).exists()
    for where in _rows(connection, schema.actor_ids, undescribed):
        yield Problem(where=where, what="an actor of whom nothing is stored")
    other = r.id == c.reading, (r.document.is_distinct_from(c.document)) | (r.dataset.is_distinct_from(c.dataset))
    strayed = select(r.id).where(*other).exists()
    for where in _rows(connection, schema.claims, strayed):
        yield Problem(where=where, what="comes from another source than its reading")


def _bad_recordings(connection: Connection) -> Iterator[Problem]:
    before = None
    for number, instant in connection.execute(
        select(schema.recordings.c.id, schema.recordings.c.recorded_at).order_by(schema.recordings.c.id)
    ):
        if before is not None and instant < before:
            yield Problem(where=f"recordings {number}", what="was recorded before the one before it")
        before = instant


def _texts(backend: Backend) -> Iterator[Problem]:
    d, c = schema.documents.c, schema.claims.c
    after = 0
    while True:
        with backend.reading() as connection:
            asked = select(d.id, d.sha256, d.text_sha256, d.text).where(d.id > after).order_by(d.id).limit(_BATCH)
            batch = connection.execute(asked).all()
            if not batch:
                return
            texts = {row.id: row.text for row in batch}
            quotes = connection.execute(
                select(c.id, c.document, c.quote_start, c.quote_end, c.why_start, c.why_end)
                .where(c.document.in_(list(texts)), c.quote_start.is_not(None), c.quote_end.is_not(None))
                .order_by(c.id)
            ).all()
        after = batch[-1].id
        for row in batch:
            if not _SHA256.match(row.sha256):
                yield Problem(where=f"documents {row.id}", what=f"its sha256 is malformed ({row.sha256!r})")
            if hashlib.sha256(row.text.encode()).hexdigest() != row.text_sha256:
                yield Problem(where=f"documents {row.id}", what="its text is not the one that was stored")
        for quote in quotes:
            yield from _slices(quote, texts[quote.document])


def _slices(row: Any, whole: str) -> Iterator[Problem]:
    for name, start, end in (("quote", row.quote_start, row.quote_end), ("cause", row.why_start, row.why_end)):
        if start is None and end is None:
            continue
        if start is None or end is None or not 0 <= start < end <= len(whole):
            yield Problem(where=f"claims {row.id}", what=f"its {name} [{start}, {end}) lies outside its document")
        elif not whole[start:end].strip():
            yield Problem(where=f"claims {row.id}", what=f"its {name} [{start}, {end}) is blank")
