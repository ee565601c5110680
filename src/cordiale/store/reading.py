"""Whole values out of the dossier: claims with their quotes, documents, actors, events, reviews.

Rows are never changed, so long answers are read a batch at a time, each in a short transaction of its own: a caller
that stops half-way holds nothing open. `recorded` is the audit's clock; nothing is written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from cordiale.claims import Actor, Citation, Claim, Document, Event, Quote, Review, Verdict
from cordiale.columns import CERTAINTIES, CHANGES
from cordiale.periods import Period
from cordiale.relations import Relation
from cordiale.store import schema, values
from cordiale.store.backend import Backend
from cordiale.store.resolving import Resolution
from cordiale.store.standing import upto
from cordiale.store.tabulating import stored_relations

BATCH = 500


def claims(backend: Backend, numbers: Sequence[int], resolved: Resolution | None) -> Iterator[Claim]:
    """The claims with these numbers, in this order; with `resolved`, about actors as they have become."""
    kept: dict[int, Document] = {}
    for first in range(0, len(numbers), BATCH):
        chosen = numbers[first : first + BATCH]
        with backend.reading() as connection:
            rows = {row.id: row for row in connection.execute(_rows().where(schema.claims.c.id.in_(chosen)))}
            needed = {row.document for row in rows.values() if row.document is not None}
            kept = {n: d for n, d in kept.items() if n in needed}  # neighbours share documents, batches a few
            missing = sorted(needed - set(kept))
            kept.update(_documents(connection, schema.documents.c.id.in_(missing)))
            slugs = _slugs(connection, rows.values(), resolved)
            table = stored_relations(connection)
        for number in chosen:
            if number in rows:
                yield _claim(rows[number], kept, slugs, table, resolved)


def _rows() -> Select[Any]:
    c, d, r = schema.claims.c, schema.datasets.c, schema.readings.c
    return (
        select(schema.claims, schema.recordings.c.recorded_at, d.name, d.version, r.reader, r.version.label("made_by"))
        .join(schema.recordings, schema.recordings.c.id == c.recorded)
        .join(schema.readings, r.id == c.reading)
        .outerjoin(schema.datasets, d.id == c.dataset)
    )


def _slugs(connection: Connection, rows: Iterable[Row[Any]], resolved: Resolution | None) -> dict[int, str]:
    used: set[int] = set()
    for row in rows:
        ends = [end for end in (row.subject, row.object, row.said_by) if end is not None]
        used.update(ends)
        if resolved:
            used.update(resolved.of(end, row.document) for end in ends)
    c = schema.actor_ids.c
    return {n: slug for n, slug in connection.execute(select(c.id, c.slug).where(c.id.in_(sorted(used))))}  # noqa: C416


def _claim(
    row: Row[Any],
    documents: dict[int, Document],
    slugs: dict[int, str],
    relations: dict[int, Relation],
    resolved: Resolution | None,
) -> Claim:
    ends = [row.subject, row.object, row.said_by]
    if resolved:
        become = [None if end is None else resolved.of(end, row.document) for end in ends]
        # A claim about two that turned out to be one can be shown only as it was written.
        ends = ends if become[0] == become[1] else become
    why = None
    evidence: Quote | Citation
    if row.document is not None:
        document = documents[row.document]
        evidence = Quote(document=document, start=row.quote_start, end=row.quote_end)
        why = None if row.why_start is None else Quote(document=document, start=row.why_start, end=row.why_end)
    else:
        evidence = Citation(dataset=row.name, version=row.version, row=row.dataset_row)
    return Claim(
        subject=slugs[ends[0]],
        relation=relations[row.relation],
        object=slugs[ends[1]],
        sign=row.sign,
        evidence=evidence,
        reader=values.reader_text(row.reader, row.made_by),
        change=CHANGES[row.change],
        means=values.means_of(row.means),
        held=Period(
            start=row.held_from,
            end=row.held_to,
            start_precision=values.PRECISIONS[row.from_precision],
            end_precision=values.PRECISIONS[row.to_precision],
        ),
        said_by=None if ends[2] is None else slugs[ends[2]],
        certainty=CERTAINTIES[row.certainty],
        confidence=row.confidence,
        why=why,
        published=row.published,
        recorded_at=row.recorded_at,
    )


def _documents(connection: Connection, *where: Any) -> Iterator[tuple[int, Document]]:
    d, p = schema.documents.c, schema.publishers.c
    asked = (
        select(
            d.id, d.sha256, d.text, d.title, d.authors, p.name, d.url, d.source, d.published, d.retrieved, d.language
        )
        .outerjoin(schema.publishers, p.id == d.publisher)
        .where(*where)
        .order_by(d.id)
    )
    for row in connection.execute(asked):
        yield (
            row.id,
            Document(
                sha256=row.sha256,
                text=row.text,
                source=row.source,
                retrieved=row.retrieved,
                title=row.title,
                authors=tuple(json.loads(row.authors)),
                publisher=row.name,
                url=row.url,
                published=row.published,
                language=row.language,
            ),
        )


def document(connection: Connection, number: int) -> Document:
    """The document with this number."""
    return next(found for _, found in _documents(connection, schema.documents.c.id == number))


def documents(backend: Backend, *, known: date | None, recorded: datetime | None) -> Iterator[Document]:
    """The documents, in the order in which they were recorded."""
    d = schema.documents.c
    with backend.reading() as connection:
        last = upto(connection, recorded)
    after = 0
    while True:
        with backend.reading() as connection:
            asked = select(d.id).where(d.id > after).order_by(d.id).limit(BATCH)
            if last is not None:
                asked = asked.where(d.recorded <= last)
            if known is not None:
                asked = asked.where(published_by(known))
            numbers = list(connection.execute(asked).scalars())
            batch = list(_documents(connection, d.id.in_(numbers)))
        if not batch:
            return
        after = batch[-1][0]
        yield from (found for _, found in batch)


def published_by(known: date) -> ColumnElement[bool]:
    """Documents that a reader could have known by a day."""
    d, r = schema.documents.c, schema.recordings.c
    day = select(r.day).where(r.id == d.recorded).scalar_subquery()
    return (d.published <= known) | (d.published.is_(None) & (day <= known))


def actors(connection: Connection, last: int | None) -> dict[str, Actor]:
    """The latest word on every actor, by id."""
    c = schema.actors.c
    asked = select(c.actor, c.data).order_by(c.id)
    if last is not None:
        asked = asked.where(c.recorded <= last)
    latest = {row.actor: row.data for row in connection.execute(asked)}
    found = (values.actor(data) for data in latest.values())
    return {actor.id: actor for actor in found}


def events(connection: Connection, last: int | None) -> dict[str, Event]:
    """The latest word on every event, by id."""
    c = schema.events.c
    asked = select(c.slug, c.data).order_by(c.id)
    if last is not None:
        asked = asked.where(c.recorded <= last)
    return {row.slug: row.data and values.event(row.data) for row in connection.execute(asked)}


def reviews(backend: Backend, *, claims_reviewed: list[int] | None, recorded: datetime | None) -> Iterator[Review]:
    """Every review, in the order in which they were recorded; of these claims, where given."""
    c = schema.reviews.c
    asked = select(schema.reviews, schema.claims.c.key).join(schema.claims, schema.claims.c.id == c.claim)
    with backend.reading() as connection:
        if (last := upto(connection, recorded)) is not None:
            asked = asked.where(c.recorded <= last)
        if claims_reviewed is not None:
            asked = asked.where(c.claim.in_(claims_reviewed))
        rows = connection.execute(asked.order_by(c.id)).all()
    instead = [row.instead for row in rows if row.instead is not None]
    corrections = dict(zip(instead, claims(backend, instead, None), strict=True))
    for row in rows:
        yield Review(
            claim=values.key_text(row.key),
            verdict=Verdict(row.verdict),
            by=row.by,
            recorded_at=row.given_at,
            reason=row.reason,
            instead=corrections.get(row.instead),
        )
