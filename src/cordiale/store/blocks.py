"""Claims packed by actor: what makes a question about one actor, or all, quick.

With each batch of claims, the store writes for every actor in it one block: the numeric fields of its claims as an
array of `ROW`, little-endian. A claim is in two blocks, its subject's and its object's. An answer then takes one row
of the database a block, not one a claim, and makes no Python number. Blocks repeat what `claims` says, are written in
the same transaction, and `check` compares the two. Days are ordinals, 0 where unknown; -1 is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Integer, Select, func, select
from sqlalchemy import type_coerce as as_type

from cordiale.store import schema

SUBJECT, OBJECT = 0, 1
_CHECKED = 50_000

ROW = np.dtype(
    [
        ("number", "<i8"), ("subject", "<i4"), ("object", "<i4"), ("said_by", "<i4"), ("relation", "<i4"),
        ("sign", "i1"), ("change", "i1"), ("certainty", "i1"), ("confidence", "<f8"), ("start", "<i4"),
        ("end", "<i4"), ("published", "<i4"), ("voice", "<i4"), ("source", "<i4"), ("reading", "<i4"),
        ("document", "<i4"),
    ]
)  # fmt: skip
"""One claim. The layout belongs to the format of the schema: another one needs a migration."""


def packed(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, int, bytes]]:
    """Claims, given in the order of `ROW`, as blocks: the actor, its role, the array's bytes."""
    table = np.array(list(rows), dtype=ROW)
    for role, end in ((SUBJECT, "subject"), (OBJECT, "object")):
        order = np.argsort(table[end], kind="stable")
        sorted_rows = table[order]
        actors, starts = np.unique(sorted_rows[end], return_index=True)
        bounds = [*starts.tolist(), len(table)]
        for place, actor in enumerate(actors.tolist()):
            yield actor, role, sorted_rows[bounds[place] : bounds[place + 1]].tobytes()


def misplaced(connection: Connection) -> Iterator[tuple[int, str]]:
    """Blocks that do not say what `claims` says: the first claim concerned, and what is wrong with its block."""
    b = schema.blocks.c
    for role, end in ((SUBJECT, "subject"), (OBJECT, "object")):
        found = connection.execute(select(b.actor, b.data).where(b.role == role).order_by(b.id)).all()
        sound = [row for row in found if len(row.data) % ROW.itemsize == 0]
        if len(sound) < len(found):
            yield 0, "a block is cut short"
        table = np.frombuffer(b"".join([row.data for row in sound]), dtype=ROW)
        owners = np.repeat(
            np.array([row.actor for row in sound], dtype=np.int32), [len(row.data) // ROW.itemsize for row in sound]
        )
        for number in table["number"][table[end] != owners][:1].tolist():
            yield number, f"is in the block of an actor that is not its {end}"
        table = table[np.argsort(table["number"], kind="stable")]
        after = 0
        while len(rows := from_rows(connection, select_rows(None).where(schema.claims.c.id > after).limit(_CHECKED))):
            upto = int(rows["number"][-1])
            part = table[(table["number"] > after) & (table["number"] <= upto)].copy()
            after = upto
            if len(part) != len(rows):
                yield int(rows["number"][0]), f"it or one of the next {_CHECKED} is missing from the blocks of {end}s"
                continue
            part["published"] = np.where(part["published"] == 0, rows["published"], part["published"])
            for number in rows["number"][part != rows][:1].tolist():
                yield number, f"differs from what the block of its {end} says"
        for number in table["number"][table["number"] > after][:1].tolist():
            yield number, "is in a block but not among the claims"


def of_actors(connection: Connection, actors: list[int] | None, last: int | None) -> NDArray[Any]:
    """The claims about these actors, or all, at a recording (None is now); `published` is the day known.

    A claim between two of the actors is there once.
    """
    b, asked = schema.blocks.c, _asked()
    asked = asked.where(b.role == SUBJECT) if actors is None else asked.where(b.actor.in_(actors))
    if last is not None:
        asked = asked.where(b.recorded <= last)
    table = _unpacked(connection.execute(asked).all())
    if actors is None or not len(table):
        return table
    first = np.ones(len(table), dtype=bool)
    first[1:] = table["number"][1:] != table["number"][:-1]
    return table[first]


def _asked() -> Select[Any]:
    b, r = schema.blocks.c, schema.recordings.c
    return select(b.data, as_type(r.day, Integer)).join(schema.recordings, r.id == b.recorded)


def _unpacked(found: Sequence[Any]) -> NDArray[Any]:
    """The claims of blocks, each with the day of its recording, in the order of their numbers."""
    table = np.frombuffer(b"".join([row[0] for row in found]), dtype=ROW).copy()
    lengths = [len(row[0]) // ROW.itemsize for row in found]
    days = np.repeat(np.array([row[1] for row in found], dtype=np.int32), lengths)
    table["published"] = np.where(table["published"] == 0, days, table["published"])
    return table[np.argsort(table["number"], kind="stable")]


class Held:
    """The claims of all actors, kept in memory: blocks are only ever added, so that asking again reads the new ones.

    For a process that asks again and again after small changes; a million claims are 63 MB.
    """

    def __init__(self) -> None:
        self._turn = Lock()
        self._table, self._last = np.zeros(0, dtype=ROW), 0

    def table(self, connection: Connection) -> NDArray[Any]:
        """What `of_actors` gives of all actors, as it is now; not to be written to."""
        with self._turn:
            b = schema.blocks.c
            last = connection.execute(select(func.max(b.id))).scalar() or 0
            if last > self._last:
                new = _unpacked(connection.execute(_asked().where(b.role == SUBJECT, b.id > self._last)).all())
                self._table, self._last = np.concatenate([self._table, new]), last
                self._table.flags.writeable = False
            return self._table


def quietest(connection: Connection, groups: list[list[int]]) -> list[int]:
    """Of some groups of actors, the one with the fewest blocks to read."""
    if len(groups) == 1:
        return groups[0]
    b = schema.blocks.c
    count = select(func.count()).select_from(schema.blocks)
    return min(groups, key=lambda group: connection.execute(count.where(b.actor.in_(group))).scalar_one())


def of_document(connection: Connection, document: int, last: int | None) -> NDArray[Any]:
    """The claims of one document, read from their rows; as `of_actors` gives them."""
    return from_rows(connection, select_rows(last).where(schema.claims.c.document == document))


def select_rows(last: int | None) -> Select[Any]:
    """Claims in the fields of `ROW`, from the rows of `claims`."""
    c, r = schema.claims.c, schema.recordings.c
    asked = select(
        c.id, c.subject, c.object, func.coalesce(c.said_by, -1), c.relation, c.sign, c.change, c.certainty,
        c.confidence, *(func.coalesce(as_type(day, Integer), 0) for day in (c.held_from, c.held_to)),
        func.coalesce(as_type(c.published, Integer), as_type(r.day, Integer)), c.voice, c.source, c.reading,
        func.coalesce(c.document, 0),
    ).join(schema.recordings, r.id == c.recorded)  # fmt: skip
    return asked if last is None else asked.where(c.recorded <= last)


def from_rows(connection: Connection, asked: Select[Any]) -> NDArray[Any]:
    """What `select_rows` finds, ordered by number."""
    return np.array([tuple(row) for row in connection.execute(asked.order_by(schema.claims.c.id))], dtype=ROW)
