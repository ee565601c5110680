"""Claims as columns, fast: the database packs each claim into seven numbers, and numpy takes them apart.

Making Python numbers is what costs time, so two or three fields share one integer of 64 bits. No `Claim` is made here
and nothing is weighed. `known` is the published clock, `recorded` the recorded one; days are ordinals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, Select, and_, func, literal, or_, select
from sqlalchemy import type_coerce as as_type

from cordiale.columns import ClaimColumns
from cordiale.relations import Relation
from cordiale.store import values
from cordiale.store.resolving import Resolution, resolution
from cordiale.store.schema import actor_ids, claims, recordings, relations
from cordiale.store.standing import current, set_aside

_LOW = (1 << 32) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims are asked for: about an actor, between a pair, in a document; known by a day; as of a recording."""

    actor: str | None = None
    pair: tuple[str, str] | None = None
    document: int | None = None
    known: date | None = None
    upto: int | None = None


def columns(connection: Connection, wanted: Wanted) -> ClaimColumns:
    """The claims that count, about actors as they are resolved, in the order of their numbers."""
    resolved = resolution(connection, wanted.upto)
    asked = _about(_packed(with_document=bool(resolved.within)), connection, wanted, resolved)
    if asked is None:
        return ClaimColumns.from_claims(())
    asked = current(asked, connection, wanted.upto)
    # Tuples straight from the driver: SQLAlchemy's rows would be made only to be taken apart.
    rows = connection.execute(asked).cursor.fetchall()
    fields = list(zip(*rows, strict=True)) or [()] * (8 if resolved.within else 7)
    numbers = [np.fromiter(f, dtype=np.int64, count=len(rows)) for f in fields[:6]]
    confidence = np.fromiter(fields[6], dtype=np.float64, count=len(rows))
    documents = np.fromiter(fields[7], dtype=np.int64, count=len(rows)) if resolved.within else None
    number, ends, telling, knowing, held, kinds = numbers
    told = telling >> 32
    subject = resolved.apply(ends >> 32, documents)
    target = resolved.apply(ends & _LOW, documents)
    known = knowing & _LOW
    kept = subject != target
    if wanted.known is not None:
        kept &= known <= wanted.known.toordinal()
    if out := set_aside(connection, wanted.upto):
        kept &= ~np.isin(number, out)
    kept &= _still_wanted(connection, wanted, resolved, subject, target)
    order = np.nonzero(kept)[0]
    order = order[np.argsort(number[order], kind="stable")]
    said_by = resolved.apply(told - 1, documents)
    slugs, ends_and_voices = _compact(connection, subject[order], target[order], said_by[order])
    table, relation = _relations(connection, (kinds >> 16)[order])
    return ClaimColumns(
        actors=slugs,
        relations=table,
        number=number[order],
        subject=ends_and_voices[0],
        object=ends_and_voices[1],
        said_by=ends_and_voices[2],
        relation=relation,
        sign=((kinds >> 12 & 15) - 1)[order].astype(np.int8),
        change=(kinds >> 6 & 63)[order].astype(np.int8),
        certainty=(kinds & 63)[order].astype(np.int8),
        confidence=confidence[order],
        start=(held >> 32)[order].astype(np.int32),
        end=(held & _LOW)[order].astype(np.int32),
        known=known[order].astype(np.int32),
        voice=(knowing >> 32)[order].astype(np.int32),
        source=(telling & _LOW)[order].astype(np.int32),
    )


def known_day() -> ColumnElement[int]:
    """The ordinal of the day from which a claim could be known: published, else recorded."""
    recorded = select(as_type(recordings.c.day, Integer)).where(recordings.c.id == claims.c.recorded).scalar_subquery()
    return func.coalesce(as_type(claims.c.published, Integer), recorded)


def _pair(high: ColumnElement[Any], low: ColumnElement[Any]) -> ColumnElement[int]:
    return high * literal(1 << 32, BigInteger) + low


def _packed(*, with_document: bool) -> Select[Any]:
    c = claims.c
    day = [func.coalesce(as_type(bound, Integer), 0) for bound in (c.held_from, c.held_to)]
    kinds = c.relation * literal(1 << 16, BigInteger) + (c.sign + 1) * 4096 + c.change * 64 + c.certainty
    packed: list[ColumnElement[Any]] = [
        c.id,
        _pair(c.subject, c.object),
        _pair(func.coalesce(c.said_by, -1) + 1, c.source),
        _pair(c.voice, known_day()),
        _pair(day[0], day[1]),
        kinds,
        c.confidence,
    ]
    return select(*packed, *([func.coalesce(c.document, 0)] if with_document else []))


def _about(asked: Select[Any], connection: Connection, wanted: Wanted, resolved: Resolution) -> Select[Any] | None:
    c = claims.c
    if wanted.document is not None:
        asked = asked.where(c.document == wanted.document)
    if wanted.actor is not None:
        numbers = _writings(connection, resolved, wanted.actor)
        asked = asked.where(or_(c.subject.in_(numbers), c.object.in_(numbers)))
        return asked if numbers else None
    if wanted.pair is not None:
        one, other = (_writings(connection, resolved, slug) for slug in wanted.pair)
        there, back = (
            and_(c.subject.in_(a), c.object.in_(b)) for a, b in ((one, other), (other, one))
        )  # fmt: skip
        return asked.where(or_(there, back)) if one and other else None
    return asked


def _number(connection: Connection, resolved: Resolution, slug: str) -> int | None:
    number = connection.execute(select(actor_ids.c.id).where(actor_ids.c.slug == slug)).scalar()
    return None if number is None else resolved.of(number)


def _writings(connection: Connection, resolved: Resolution, slug: str) -> list[int]:
    number = _number(connection, resolved, slug)
    return [] if number is None else resolved.writings(number)


def _still_wanted(
    connection: Connection, wanted: Wanted, resolved: Resolution, subject: NDArray[Any], target: NDArray[Any]
) -> NDArray[Any]:
    """Which rows are about those asked for once resolved: in its own document, an actor may be another."""
    still: NDArray[Any] = np.ones(len(subject), dtype=bool)
    if resolved.within and wanted.actor is not None:
        number = _number(connection, resolved, wanted.actor)
        still = (subject == number) | (target == number)
    if resolved.within and wanted.pair is not None:
        one, other = (_number(connection, resolved, slug) for slug in wanted.pair)
        still = ((subject == one) & (target == other)) | ((subject == other) & (target == one))
    return still


def _compact(connection: Connection, *ends: NDArray[Any]) -> tuple[tuple[str, ...], list[NDArray[np.int32]]]:
    """The ids of the actors that occur, by number, and the ends as places among them."""
    top = max((int(e.max(initial=0)) for e in ends), default=0)
    occurs = np.zeros(top + 2, dtype=bool)  # the last is what -1, nobody, finds
    for end in ends:
        occurs[end] = True
    occurs[-1] = False
    places = np.cumsum(occurs, dtype=np.int32) - 1
    places[-1] = -1
    used = np.nonzero(occurs)[0]
    asked = select(actor_ids.c.id, actor_ids.c.slug)
    if len(used) < 500:
        asked = asked.where(actor_ids.c.id.in_(used.tolist()))
    slugs = {row.id: row.slug for row in connection.execute(asked)}
    return tuple(slugs[n] for n in used.tolist()), [places[end].astype(np.int32) for end in ends]


def _relations(connection: Connection, numbers: NDArray[Any]) -> tuple[tuple[Relation, ...], NDArray[np.int16]]:
    used, places = np.unique(numbers, return_inverse=True)
    stored = stored_relations(connection)
    return tuple(stored[n] for n in used.tolist()), places.astype(np.int16)


def stored_relations(connection: Connection) -> dict[int, Relation]:
    """Every relation of the dossier, by number."""
    return {n: values.relation(data) for n, data in connection.execute(select(relations.c.id, relations.c.data))}
