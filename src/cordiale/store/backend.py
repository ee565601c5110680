"""One database that holds a dossier: its connections, its lock of writers, its two kinds of transaction.

`reading()` gives a consistent view, `writing()` the one writer's turn. It knows no table but the lock and never decides
what to write. `wait` is in seconds; `clock` gives aware UTC instants and is read once a write, just before the commit.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from cordiale.errors import DossierError, MissingExtra
from cordiale.store.failures import sqlite_writer, told

_LOCK = 0x434F5244  # "CORD": the advisory lock of PostgreSQL that the one writer holds
_WRITING = "cordiale_writing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """A database, how to call it in messages, and how long to wait for another writer."""

    engine: Engine
    name: str
    wait: float
    clock: Callable[[], datetime]
    path: Path | None = None
    read_only: bool = False

    @property
    def is_sqlite(self) -> bool:
        """Whether the dossier is a SQLite file."""
        return self.path is not None

    def owns(self, path: str) -> bool:
        """Whether a path leads to the dossier's own file, or to one that SQLite keeps beside it."""
        if self.path is None:
            return False
        return any(_same(path, f"{self.path}{ending}") for ending in ("", "-wal", "-shm", "-journal"))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the dossier as it is now, and goes on seeing that."""
        with told(self.name, wait=self.wait), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one writer's transaction; waits for its turn, `wait` seconds at most."""
        if self.read_only:
            raise DossierError(
                self.name, "it can be read but not written", "make file and folder writable, or copy it elsewhere"
            )
        with told(self.name, wait=self.wait, holder=self._writer), self.engine.connect() as connection:
            connection.execution_options(**{_WRITING: True})
            if not self.is_sqlite:  # whatever the server's default: what others wrote while we waited must be seen
                connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout = {max(1, round(self.wait * 1000))}"))
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                    connection.execute(text("SET LOCAL lock_timeout = 0"))
                yield connection

    def _writer(self) -> str | None:
        if self.path is not None:
            return sqlite_writer(self.path)
        asked = text(
            "SELECT a.pid, coalesce(a.client_addr::text, 'this machine') FROM pg_locks l JOIN pg_stat_activity a "
            "ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :lock LIMIT 1"
        )
        try:
            with self.engine.connect() as connection:
                found = connection.execute(asked, {"lock": _LOCK}).first()
        except DBAPIError:
            return None
        return f"server process {found[0]}, from {found[1]}" if found else None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)  # noqa: PTH121 -- of names, which may be no paths at all
    except (OSError, ValueError):
        return False


def sqlite(path: Path, *, mode: str, wait: float, clock: Callable[[], datetime], name: str) -> Backend:
    """A SQLite file; `mode` is `rwc`, `rw`, `ro`, or `ro&immutable=1` for a folder where no file can be made."""
    address = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # Transactions are begun by hand below: Python's own handling would begin them late, and without the lock.
        opened = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        opened.execute("PRAGMA foreign_keys = ON")
        opened.execute("PRAGMA synchronous = FULL")
        opened.execute("PRAGMA cache_size = -65536")
        opened.execute("PRAGMA journal_size_limit = 67108864")
        return opened

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=32)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return Backend(engine=engine, name=name, wait=wait, clock=clock, path=path, read_only=mode.startswith("ro"))


def postgresql(address: str, *, wait: float, clock: Callable[[], datetime]) -> Backend:
    """A PostgreSQL database, through psycopg 3."""
    try:
        url: URL = make_url(address)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        bare = "postgresql://" + address.rpartition("@")[2].partition("?")[0].removeprefix("postgresql://")
        raise DossierError(bare, "is no address of a database", "write postgresql://user@host/database") from None
    hidden = {key: "..." for key in url.query if "password" in key}
    name = url.set(drivername="postgresql").update_query_dict(hidden).render_as_string(hide_password=True)
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": max(2, round(wait)), "application_name": "cordiale"},
        )
    except ImportError as error:
        raise MissingExtra("psycopg", "postgres", "a dossier in PostgreSQL") from error
    return Backend(engine=engine, name=name, wait=wait, clock=clock)
