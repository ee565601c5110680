"""Claims as columns, fast: blocks of packed claims, less those that do not count, about actors as they have become.

No `Claim` is made here and nothing is weighed. `known` is the published clock, `upto` a recording; days are ordinals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from cordiale.columns import ClaimColumns
from cordiale.relations import Relation
from cordiale.store import blocks, values
from cordiale.store.resolving import Resolution, resolution
from cordiale.store.schema import actor_ids, relations
from cordiale.store.standing import judged, superseded_readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims are asked for: about any of some actors, between a pair, in a document; known by a day; as of a
    recording."""

    actors: tuple[str, ...] | None = None
    pair: tuple[str, str] | None = None
    document: int | None = None
    known: date | None = None
    upto: int | None = None


def columns(connection: Connection, wanted: Wanted, held: blocks.Held | None = None) -> ClaimColumns:
    """The claims that count, in the order of their numbers; `held` has those of all actors from an earlier time."""
    resolved = resolution(connection, wanted.upto)
    slugs = wanted.pair if wanted.pair is not None else wanted.actors
    ends: list[int] | None = None
    if slugs is not None:
        found = [_number(connection, resolved, slug) for slug in slugs]
        ends = [number for number in found if number is not None]
        if not ends or (wanted.pair and len(ends) < len(wanted.pair)):
            return ClaimColumns.from_claims(())
    rows = _rows(connection, wanted, resolved, ends, held)
    subject = resolved.apply(rows["subject"], rows["document"])
    target = resolved.apply(rows["object"], rows["document"])
    said_by = resolved.apply(rows["said_by"], rows["document"])
    kept: NDArray[Any] = subject != target
    if ends is not None:
        one, other = np.isin(subject, ends), np.isin(target, ends)
        kept &= one & other if wanted.pair else one | other
    if wanted.known is not None:
        kept &= rows["published"] <= wanted.known.toordinal()
    if old := superseded_readings(connection, wanted.upto):
        kept &= ~np.isin(rows["reading"], old)
    reviewed = judged(connection, wanted.upto)
    if reviewed.out:
        kept &= ~np.isin(rows["number"], reviewed.out)
    if not kept.all():
        rows, subject, target, said_by = rows[kept], subject[kept], target[kept], said_by[kept]
    names, places = _compact(connection, subject, target, said_by)
    confidence = rows["confidence"].astype(np.float64)
    if reviewed.vouched:  # a person's word stands above the reader's doubt
        confidence[np.isin(rows["number"], reviewed.vouched)] = 1.0
    table, relation = _relations(connection, rows["relation"])
    return ClaimColumns(
        actors=names,
        relations=table,
        number=rows["number"].astype(np.int64),
        subject=places[0],
        object=places[1],
        said_by=places[2],
        relation=relation,
        known=rows["published"].astype(np.int32),
        sign=rows["sign"].astype(np.int8),
        change=rows["change"].astype(np.int8),
        certainty=rows["certainty"].astype(np.int8),
        start=rows["start"].astype(np.int32),
        end=rows["end"].astype(np.int32),
        voice=rows["voice"].astype(np.int32),
        source=rows["source"].astype(np.int32),
        confidence=confidence,
    )


def _rows(
    connection: Connection, wanted: Wanted, resolved: Resolution, ends: list[int] | None, held: blocks.Held | None
) -> NDArray[Any]:
    if wanted.document is not None:
        return blocks.of_document(connection, wanted.document, wanted.upto)
    if ends is None and held is not None and wanted.upto is None:
        return held.table(connection)
    if ends is None:
        return blocks.of_actors(connection, None, wanted.upto)
    writings = [resolved.writings(end) for end in ends]
    if wanted.pair:  # of the two, the one with the fewer blocks: every claim between them is among its own
        return blocks.of_actors(connection, blocks.quietest(connection, writings), wanted.upto)
    return blocks.of_actors(connection, [number for each in writings for number in each], wanted.upto)


def _number(connection: Connection, resolved: Resolution, slug: str) -> int | None:
    number = connection.execute(select(actor_ids.c.id).where(actor_ids.c.slug == slug)).scalar()
    return None if number is None else resolved.of(number)


def _compact(connection: Connection, *ends: NDArray[Any]) -> tuple[tuple[str, ...], list[NDArray[np.int32]]]:
    """The ids of the actors that occur, by number, and the ends as places among them."""
    top = max((int(e.max(initial=0)) for e in ends), default=0)
    occurs = np.zeros(top + 2, dtype=bool)  # the last is what -1, nobody, finds
    for end in ends:
        occurs[end] = True
    occurs[-1] = False
    places = np.cumsum(occurs, dtype=np.int32) - 1
    places[-1] = -1
    used = np.nonzero(occurs)[0].tolist()
    asked = select(actor_ids.c.id, actor_ids.c.slug)
    if len(used) < 500:
        asked = asked.where(actor_ids.c.id.in_(used))
    slugs = {row[0]: row[1] for row in connection.execute(asked).all()}
    return tuple(slugs[n] for n in used), [places[end].astype(np.int32) for end in ends]


def _relations(connection: Connection, numbers: NDArray[Any]) -> tuple[tuple[Relation, ...], NDArray[np.int16]]:
    used, places = np.unique(numbers, return_inverse=True)
    stored = stored_relations(connection)
    return tuple(stored[n] for n in used.tolist()), places.astype(np.int16)


def stored_relations(connection: Connection) -> dict[int, Relation]:
    """Every relation of the dossier, by number."""
    return {n: values.relation(data) for n, data in connection.execute(select(relations.c.id, relations.c.data))}
