"""Where a document would stand, were it added: whose voice its claims would be, and of which source. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from cordiale.claims import Document
from cordiale.store import schema
from cordiale.store.writing import Fingerprint, StoredDocument, story_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """The numbers of a document's voice and source, and the sha256 of the document whose story it tells again."""

    voice: int
    source: int
    told_by: str | None


def prospects(connection: Connection, given: Sequence[tuple[Document, Fingerprint]]) -> list[Prospect]:
    """Where each of these documents would stand, added one after the other."""
    d, p = schema.documents.c, schema.publishers.c
    last = int(connection.execute(select(func.max(d.id))).scalar() or 0)
    named = int(connection.execute(select(func.max(p.id))).scalar() or 0)
    new: dict[str, int] = {}
    found = []
    for ahead, (document, fingerprint) in enumerate(given, start=1):
        stored = connection.execute(select(d.id, d.story).where(d.sha256 == document.sha256)).first()
        number = last + ahead if stored is None else stored.id
        story = story_of(connection, fingerprint) if stored is None else stored.story
        publisher = None
        if document.publisher is not None:
            publisher = connection.execute(select(p.id).where(p.name == document.publisher)).scalar()
            publisher = publisher or new.setdefault(document.publisher, named + 1 + len(new))
        place = StoredDocument(number=number, story=story or number, publisher=publisher).place(0)
        told = None if story in (None, number) else connection.execute(select(d.sha256).where(d.id == story)).scalar()
        found.append(Prospect(voice=place.voice, source=place.source, told_by=told))
    return found
