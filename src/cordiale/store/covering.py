"""What the datasets of a dossier cover: outside of it nothing is known, which is not that there was nothing.

Written in one transaction with the dataset's claims; the latest word on a dataset's version counts. Days are held days.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from cordiale.errors import InvalidValue
from cordiale.periods import ALWAYS, Period, Precision
from cordiale.store import schema, values
from cordiale.store.recording import Recording
from cordiale.store.writing import dataset_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The time that a version of a dataset covers, half-open, and which pairs; `claims` counts those stored."""

    dataset: str
    version: str
    held: Period = ALWAYS
    pairs: str = ""
    claims: int = 0

    def __post_init__(self) -> None:
        if not self.dataset or not self.version:
            raise InvalidValue("coverage of no dataset", (self.dataset, self.version), "name it and its version")


def add_coverage(recording: Recording, given: Coverage) -> bool:
    """Store what a dataset covers; False where that is stored already."""
    dataset, _ = dataset_number(recording, given.dataset, given.version)
    c = schema.coverage.c
    stored = select(c.held_from, c.held_to, c.pairs).where(c.dataset == dataset).order_by(c.id.desc()).limit(1)
    row = (given.held.start, given.held.end, values.storable(given.pairs, "what a dataset covers"))
    found = recording.connection.execute(stored).first()
    if found is not None and tuple(found) == row:
        return False
    recording.add(schema.coverage, dataset=dataset, held_from=row[0], held_to=row[1], pairs=row[2])
    return True


def coverage(connection: Connection, upto: int | None) -> list[Coverage]:
    """What each dataset covers, in the order of names and versions; one of which nothing is stored has no bounds."""
    d, v, c = schema.datasets.c, schema.coverage.c, schema.claims.c
    claims = select(c.dataset, func.count().label("claims")).where(c.dataset.is_not(None)).group_by(c.dataset)
    latest = select(v.dataset, func.max(v.id).label("id")).group_by(v.dataset)
    datasets = select(d.id, d.name, d.version).order_by(d.name, d.version)
    if upto is not None:
        claims, latest, datasets = (
            claims.where(c.recorded <= upto), latest.where(v.recorded <= upto), datasets.where(d.recorded <= upto),
        )  # fmt: skip
    count = {row.dataset: row.claims for row in connection.execute(claims)}
    numbers = [row.id for row in connection.execute(latest)]
    words = {row.dataset: row for row in connection.execute(select(schema.coverage).where(v.id.in_(numbers)))}
    found = []
    for row in connection.execute(datasets):
        word = words.get(row.id)
        bounds = (None, None) if word is None else (word.held_from, word.held_to)
        precisions = [Precision.UNKNOWN if day is None else Precision.DAY for day in bounds]
        held = Period(start=bounds[0], end=bounds[1], start_precision=precisions[0], end_precision=precisions[1])
        pairs, claims_stored = "" if word is None else word.pairs, count.get(row.id, 0)
        found.append(Coverage(dataset=row.name, version=row.version, held=held, pairs=pairs, claims=claims_stored))
    return found
