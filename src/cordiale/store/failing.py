"""Inputs that gave no document, kept with their reasons: what is missing from a dossier is part of what it says.

A later success deletes nothing; whether a document came from the same source is looked up when it is asked. Text comes
from outside and is made plain before it is stored, and addresses lose what may be a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from cordiale.plain import plain, unsigned
from cordiale.store import schema
from cordiale.store.recording import Recording
from cordiale.store.standing import upto

_ESCAPED = re.compile("[\udc80-\udcff]")
LONGEST = 2_000
"""Characters of each text that are kept."""
_BATCH = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedInput:
    """An input that gave no document: which one, where in it, why, what to do, and which reader was to read it.

    `read_at` is when the latest document of the same source was recorded, if there is one, and `read_since` whether
    that was after it failed.
    """

    source: str
    why: str
    mend: str
    place: str | None = None
    reader: str | None = None
    recorded_at: datetime | None = None
    read_at: datetime | None = None
    read_since: bool = False


def add_failures(recording: Recording, failures: Iterable[FailedInput]) -> int:
    """Store each failure; how many were new. The same again, with no document of its source since, changes nothing."""
    given = list(dict.fromkeys(_row(failure) for failure in failures))
    added = 0
    for first in range(0, len(given), _BATCH):
        batch = given[first : first + _BATCH]
        standing = _standing(recording.connection, {row[0] for row in batch})
        for row in batch:
            if row not in standing:
                source, place, why, mend, reader = row
                recording.add(schema.failures, source=source, place=place, why=why, mend=mend, reader=reader)
                added += 1
    return added


_Row = tuple[str, str | None, str, str, str | None]


def _row(failure: FailedInput) -> _Row:
    place, reader = (None if text is None else _clean(text) for text in (failure.place, failure.reader))
    return _clean(failure.source), place, _clean(failure.why), _clean(failure.mend), reader


def _clean(text: str) -> str:
    # The bytes of a file's name that are no UTF-8, as a document's source has them; then whatever else steers.
    shown = _ESCAPED.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", text)
    return unsigned(plain(shown))[:LONGEST]


def _standing(connection: Connection, sources: set[str]) -> set[_Row]:
    """The failures of these sources that no document has come after."""
    stored = connection.execute(select(schema.failures).where(schema.failures.c.source.in_(sources))).all()
    read = _read(connection, {row.source for row in stored}) if stored else {}
    return {
        (row.source, row.place, row.why, row.mend, row.reader)
        for row in stored
        if read.get(row.source, 0) < row.recorded
    }


def _read(connection: Connection, sources: set[str]) -> dict[str, int]:
    """The latest recording of a document of each source that has one."""
    d = schema.documents.c
    asked = select(d.source, func.max(d.recorded)).where(d.source.in_(sources)).group_by(d.source)
    return {source: recorded for source, recorded in connection.execute(asked)}  # noqa: C416


def failures(
    connection: Connection,
    *,
    asked: str = "",
    first: int = 0,
    limit: int | None = None,
    recorded: datetime | None = None,
) -> list[FailedInput]:
    """The failures, the latest first, from the one numbered `first` on; those whose source has the words asked for."""
    f, r = schema.failures.c, schema.recordings.c
    found = _asked(
        select(schema.failures, r.recorded_at).join(schema.recordings, r.id == f.recorded),
        asked,
        upto(connection, recorded),
    )
    rows = connection.execute(found.order_by(f.id.desc()).offset(first).limit(limit)).all()
    read: dict[str, int] = {}
    sources = sorted({row.source for row in rows})
    for start in range(0, len(sources), _BATCH):
        read |= _read(connection, set(sources[start : start + _BATCH]))
    instants = {
        row.id: row.recorded_at
        for row in connection.execute(select(r.id, r.recorded_at).where(r.id.in_(set(read.values()))))
    }
    return [
        FailedInput(
            source=row.source, place=row.place, why=row.why, mend=row.mend, reader=row.reader,
            recorded_at=row.recorded_at, read_at=instants.get(read.get(row.source, 0)),
            read_since=read.get(row.source, 0) > row.recorded,
        )
        for row in rows
    ]  # fmt: skip


def count_failures(connection: Connection, asked: str = "") -> int:
    """How many failures there are."""
    return int(connection.execute(_asked(select(func.count()).select_from(schema.failures), asked, None)).scalar_one())


def _asked(found: Select[Any], asked: str, last: int | None) -> Select[Any]:
    if asked:
        found = found.where(schema.failures.c.source.icontains(asked, autoescape=True))
    return found if last is None else found.where(schema.failures.c.recorded <= last)
