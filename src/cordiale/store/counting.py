"""How many rows of each kind a dossier holds, whether they count or not, now or at a recording."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from cordiale.store import schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows of each kind a dossier holds; `stories` counts near-duplicate documents once."""

    documents: int
    stories: int
    datasets: int
    readings: int
    claims: int
    actors: int
    identities: int
    reviews: int
    events: int
    failures: int


def counts(connection: Connection, last: int | None) -> Counts:
    """How many there are at a recording; None is now."""

    def count(table: Table, *, distinct: str = "id") -> int:
        asked = select(func.count() if distinct == "id" else func.count(table.c[distinct].distinct()))
        asked = asked.select_from(table)
        return int(connection.execute(asked if last is None else asked.where(table.c.recorded <= last)).scalar_one())

    return Counts(
        documents=count(schema.documents),
        stories=count(schema.documents, distinct="story"),
        datasets=count(schema.datasets),
        readings=count(schema.readings),
        claims=count(schema.claims),
        actors=count(schema.actor_ids),
        identities=count(schema.identities),
        reviews=count(schema.reviews),
        events=count(schema.events),
        failures=count(schema.failures),
    )
