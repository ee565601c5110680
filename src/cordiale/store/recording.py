"""One write transaction: what it adds, the numbers that it gives, and the row of `recordings` that closes it.

Numbers of actors, relations, publishers and datasets are remembered between transactions for as long as no other
process has written; they are forgotten when a transaction fails. Nothing here knows what a reading or a review is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from cordiale.claims import Actor
from cordiale.errors import DossierError, InvalidValue
from cordiale.relations import Relation
from cordiale.store import schema, values
from cordiale.store.backend import Backend


class Registers:
    """Numbers already given, by what they were given to; `seen` is the last recording they take account of."""

    def __init__(self) -> None:
        self.turn = Lock()  # of this process's threads; the database's own lock is between processes
        self.seen = -1
        self.forget()

    def forget(self) -> None:
        """Read everything anew next time."""
        self.actors: dict[str, int] | None = None
        self.data: dict[str, str] = {}
        self.stored: dict[str, Actor] = {}
        self.relations: dict[str, tuple[Relation, int]] = {}
        self.publishers: dict[str, int] = {}


class Recording:
    """A write transaction under way; `number` is the one of its row in `recordings`."""

    def __init__(self, connection: Connection, registers: Registers) -> None:
        self.connection = connection
        self._registers = registers
        last = connection.execute(select(func.max(schema.recordings.c.id))).scalar() or 0
        if registers.seen != last:
            registers.forget()
        self._last = last
        self.number = last + 1
        self._next: dict[str, int] = {}
        self._wrote = False
        self._mark = "?" if connection.dialect.name == "sqlite" else "%s"

    def next(self, table: Table) -> int:
        """A number that no row of the table has. One writer at a time holds the lock, so no other can take it."""
        if table.name not in self._next:
            self._next[table.name] = (self.connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
        given = self._next[table.name]
        self._next[table.name] = given + 1
        return given

    def add(self, table: Table, **row: Any) -> int:
        """One row; its number, where the table numbers its rows."""
        if "id" in table.c and "id" not in row:
            row["id"] = self.next(table)
        self.connection.execute(insert(table), {**row, "recorded": self.number})
        self._wrote = True
        return int(row.get("id", 0))

    def add_many(self, table: Table, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> int:
        """Rows as the database takes them, those that are there already left out; how many were new."""
        if not rows:
            return 0
        marks = ", ".join([self._mark] * len(columns))
        names = ", ".join(f'"{c}"' for c in columns)
        done = self.connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING", rows
        )
        self._wrote = self._wrote or done.rowcount > 0
        return max(done.rowcount, 0)

    def close(self, clock: Callable[[], datetime]) -> None:
        """Write the row of `recordings`, if anything was written, with the instant that it is now."""
        if self._wrote:
            now = clock()
            if now.utcoffset() != timedelta(0):
                raise InvalidValue("the clock does not give UTC", now, "give an aware UTC datetime")
            # A clock set back must not let a later change look earlier than one it builds on.
            before = self.connection.execute(
                select(schema.recordings.c.recorded_at).where(schema.recordings.c.id == self._last)
            ).scalar()
            instant = now if before is None else max(now, before)
            self.connection.execute(
                insert(schema.recordings), {"id": self.number, "recorded_at": instant, "day": instant.date()}
            )
            self._registers.seen = self.number
        else:
            self._registers.seen = self._last

    def actors(self) -> dict[str, int]:
        """The numbers of all actors, by id."""
        found = self._registers.actors
        if found is None:
            found = {
                slug: number
                for number, slug in self.connection.execute(select(schema.actor_ids.c.id, schema.actor_ids.c.slug))
            }
            latest = select(schema.actors.c.actor, schema.actors.c.data).order_by(schema.actors.c.id)
            data = {row.actor: row.data for row in self.connection.execute(latest)}
            self._registers.actors = found
            self._registers.data = {slug: data[number] for slug, number in found.items() if number in data}
        return found

    def put_actors(self, actors: Iterable[Actor]) -> int:
        """Add each actor that is not stored just so; how many were added."""
        numbers, stored, data = self.actors(), self._registers.stored, self._registers.data
        added = 0
        for actor in actors:
            if stored.get(actor.id) is actor:
                continue
            text = values.to_json(actor)
            if data.get(actor.id) != text:
                if actor.id not in numbers:
                    numbers[actor.id] = self.add(schema.actor_ids, slug=actor.id)
                self.add(schema.actors, actor=numbers[actor.id], origin=str(actor.origin), data=text)
                data[actor.id] = text
                added += 1
            stored[actor.id] = actor
        return added

    def actor(self, slug: str, offered: Iterable[Actor] = ()) -> int:
        """The number of an actor; one that is unknown is looked for among those `offered`."""
        number = self.actors().get(slug)
        if number is None and isinstance(offered, Mapping | Collection):
            self.put_actors(offered)
            number = self.actors().get(slug)
        if number is None:
            raise InvalidValue(
                "a claim about an actor that the dossier does not have", slug, "add the actor first, or with the claim"
            )
        return number

    def relation(self, relation: Relation) -> int:
        """The number of a relation, which is stored when first used."""
        known = self._registers.relations.get(relation.name)
        if known is not None and (known[0] is relation or known[0] == relation):
            return known[1]
        data = values.to_json(relation)
        found = self.connection.execute(
            select(schema.relations.c.id).where(
                schema.relations.c.name == relation.name, schema.relations.c.data == data
            )
        ).scalar()
        number = found if found is not None else self.add(schema.relations, name=relation.name, data=data)
        self._registers.relations[relation.name] = (relation, number)
        return number

    def publisher(self, name: str | None) -> int | None:
        """The number of a publisher; None where nobody is named."""
        if name is None:
            return None
        known = self._registers.publishers
        if name not in known:
            found = self.connection.execute(
                select(schema.publishers.c.id).where(schema.publishers.c.name == name)
            ).scalar()
            known[name] = (
                found
                if found is not None
                else self.add(schema.publishers, name=values.storable(name, "the name of a publisher"))
            )
        return known[name]


@contextmanager
def recording(backend: Backend, registers: Registers) -> Iterator[Recording]:
    """A write transaction that is kept whole, or not at all."""
    if not registers.turn.acquire(timeout=backend.wait):
        raise DossierError(
            backend.name,
            f"another thread of this process is writing to it; waited {backend.wait:g} s",
            "try again when it is done, or allow a longer wait",
        )
    try:
        with backend.writing() as connection:
            under_way = Recording(connection, registers)
            yield under_way
            under_way.close(backend.clock)
    except BaseException:
        registers.seen = -1
        registers.forget()
        raise
    finally:
        registers.turn.release()
