"""What people say about what was read: who an actor is, whether a claim is right, what happened when.

Each is a new row; the row it corrects stays. Which of them counts is decided when a question is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, or_, select

from cordiale.claims import Event, Review
from cordiale.errors import InvalidValue, UnknownName
from cordiale.store import schema, values
from cordiale.store.recording import Recording
from cordiale.store.resolving import resolution
from cordiale.store.standing import upto
from cordiale.store.writing import add_claim, review_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """Somebody's word that an actor is another one: in one document (its sha256), or everywhere.

    `becomes` is the actor itself where an earlier word is taken back.
    """

    actor: str
    becomes: str
    by: str
    reason: str
    document: str | None = None
    recorded_at: datetime | None = None


def identify(recording: Recording, said: Identification) -> None:
    """Store an identification; one that leads in a circle is refused."""
    if not said.by.strip():
        raise InvalidValue("an identification by nobody", said.by, "say who made it")
    numbers = recording.actors()
    for slug in (said.actor, said.becomes):
        if slug not in numbers:
            raise UnknownName("actor", slug, numbers)
    actor, becomes = numbers[said.actor], numbers[said.becomes]
    document = None if said.document is None else document_number(recording.connection, said.document)
    if resolution(recording.connection, None).cycle(actor, becomes, document):
        raise InvalidValue(
            f"{said.becomes} is already known as {said.actor}",
            f"{said.actor} -> {said.becomes}",
            "take the earlier word back first: identify it as itself",
        )
    recording.add(
        schema.identities,
        actor=actor,
        document=document,
        becomes=becomes,
        by=values.storable(said.by, "the name of who identified it"),
        reason=values.storable(said.reason, "the reason"),
    )


def identifications(connection: Connection, recorded: datetime | None) -> list[Identification]:
    """All of them, in the order in which they were recorded."""
    i, actor, becomes = schema.identities.c, schema.actor_ids.alias(), schema.actor_ids.alias()
    asked = (
        select(
            actor.c.slug,
            becomes.c.slug.label("becomes"),
            i.by,
            i.reason,
            schema.documents.c.sha256,
            schema.recordings.c.recorded_at,
        )
        .join_from(schema.identities, actor, actor.c.id == i.actor)
        .join(becomes, becomes.c.id == i.becomes)
        .join(schema.recordings, schema.recordings.c.id == i.recorded)
        .outerjoin(schema.documents, schema.documents.c.id == i.document)
        .order_by(i.id)
    )
    if (last := upto(connection, recorded)) is not None:
        asked = asked.where(i.recorded <= last)
    return [
        Identification(
            actor=row.slug,
            becomes=row.becomes,
            by=row.by,
            reason=row.reason,
            document=row.sha256,
            recorded_at=row.recorded_at,
        )
        for row in connection.execute(asked)
    ]


def document_number(connection: Connection, sha256: str) -> int:
    """The number of a document; an `UnknownName` where the dossier does not have it."""
    c = schema.documents.c
    number = connection.execute(select(c.id).where(c.sha256 == sha256)).scalar()
    if number is None:
        raise UnknownName("document", sha256, (), "the dossier has none with this sha256: read it first")
    return int(number)


def claim_numbers(connection: Connection, key: str) -> list[int]:
    """The numbers of the claims stored under an id, the latest last; an id that is none finds nothing."""
    try:
        number = values.key_number(key)
    except ValueError:
        return []
    if len(key) != 16:
        return []
    c = schema.claims.c
    return list(connection.execute(select(c.id).where(c.key == number).order_by(c.id)).scalars())


def renamed(connection: Connection) -> list[int]:
    """The numbers of all claims about actors that were identified as others: their ids are not the stored ones."""
    i, c = schema.identities.c, schema.claims.c
    moved: Select[tuple[int]] = select(i.actor)
    asked = select(c.id).where(or_(c.subject.in_(moved), c.object.in_(moved), c.said_by.in_(moved)))
    return list(connection.execute(asked.order_by(c.id)).scalars())


def add_review(recording: Recording, review: Review, claim: int) -> bool:
    """Store a review of the claim with this number; False where this very review is stored already."""
    instead = None
    if review.instead is not None:
        instead = add_claim(recording, review.instead, review_place(recording, review.instead))
    c = schema.reviews.c
    same = select(c.id).where(
        c.claim == claim, c.verdict == str(review.verdict), c.by == review.by, c.reason == review.reason,
        c.given_at == review.recorded_at, c.instead.is_(None) if instead is None else c.instead == instead,
    )  # fmt: skip
    if recording.connection.execute(same).first():
        return False
    recording.add(
        schema.reviews,
        claim=claim,
        verdict=str(review.verdict),
        by=values.storable(review.by, "the reviewer"),
        reason=values.storable(review.reason, "the reason"),
        instead=instead,
        given_at=review.recorded_at,
    )
    return True


def add_events(recording: Recording, events: Iterable[Event]) -> int:
    """Store each event that is not stored just so; how many were."""
    c = schema.events.c
    latest = {row.slug: row.data for row in recording.connection.execute(select(c.slug, c.data).order_by(c.id))}
    added = 0
    for event in events:
        data = values.to_json(event)
        if latest.get(event.id) != data:
            recording.add(schema.events, slug=values.storable(event.id, "the id of an event"), data=data)
            latest[event.id] = data
            added += 1
    return added
