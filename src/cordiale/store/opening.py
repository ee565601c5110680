"""From a path or a PostgreSQL address to a database that is certainly a dossier, in the format of this Cordiale.

A new file is made beside its place and moved there whole, so no other process ever sees half a dossier. A file that is
something else is left as it is and refused. No claim is read or written here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from os import PathLike
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Connection, inspect, text

from cordiale.errors import DossierError
from cordiale.store import backend as backends
from cordiale.store import schema
from cordiale.store.backend import Backend
from cordiale.store.migrating import migrate, stored_format

Clock = Callable[[], datetime]
_CREATE = "name an existing dossier, or create one"


def opened(where: str | PathLike[str], *, create: bool, clock: Clock, wait: float) -> Backend:
    """The dossier at `where`, made where there is none and `create` allows it; brought to the newest format."""
    if isinstance(where, str) and where.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        address = "postgresql://" + where.split("://", 1)[1]
        return _ready(backends.postgresql(address, wait=wait, clock=clock), create=create)
    path = Path(where)
    name = str(path)
    if _is_missing(path, name):
        if not create:
            raise DossierError(name, "there is no such dossier", _CREATE)
        _create(path, clock=clock, wait=wait)
    elif path.is_dir():
        raise DossierError(name, "is a folder", "name a file, such as " + str(path / "new.dossier"))
    else:
        _refuse_other_files(path, name, create=create)
    return _ready(
        backends.sqlite(path, mode=_mode(path), wait=wait, clock=clock, name=name), create=create and _writable(path)
    )


def _is_missing(path: Path, name: str) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DossierError(name, f"cannot be reached ({why})", "check the path and your rights to it") from error
    return False


def _refuse_other_files(path: Path, name: str, *, create: bool) -> None:
    # The file is not opened here. To close it would drop the locks of this process's other connections to it, and
    # another process might then delete the log that they go on writing to (sqlite.org/howtocorrupt.html, 2.2). SQLite
    # itself says what is no SQLite file.
    if not _allowed(path, os.R_OK):
        raise DossierError(name, "cannot be read (permission denied)", "ask for the right to read it")
    if not path.stat().st_size and not create:
        raise DossierError(name, "is an empty file, no dossier", _CREATE)


def _allowed(path: Path, right: int) -> bool:
    return os.access(path, right, effective_ids=os.access in os.supports_effective_ids)


def _writable(path: Path) -> bool:
    return all(_allowed(p, os.W_OK) for p in (path, path.absolute().parent))


def _mode(path: Path) -> str:
    if _writable(path):
        return "rw"
    # Where no file can be made beside it, SQLite cannot set up its shared memory. With no log of changes waiting, the
    # file alone is the whole dossier and can be read as it lies.
    log = Path(f"{path}-wal")
    return "ro" if log.exists() and log.stat().st_size else "ro&immutable=1"


def _create(path: Path, *, clock: Clock, wait: float) -> None:
    folder = path.absolute().parent
    try:
        workshop = Path(mkdtemp(prefix=f".{path.name}.", suffix=".new", dir=folder))
    except OSError as error:
        raise DossierError(
            str(path), f"cannot be made in {folder} ({error.strerror})", "name a folder that exists and is yours"
        ) from error
    made = workshop / "dossier"
    try:
        new = backends.sqlite(made, mode="rwc", wait=wait, clock=clock, name=str(path))
        _ready(new, create=True).close()
        try:
            os.link(made, path)  # unlike a rename, it never replaces what another process made meanwhile
        except FileExistsError:
            pass
        except OSError:
            made.rename(path)  # a file system without links
    except OSError as error:
        if isinstance(error, DossierError):
            raise
        raise DossierError(str(path), f"cannot be made ({error})", "choose another place") from error
    finally:
        for left in workshop.iterdir():
            left.unlink()
        workshop.rmdir()


def _ready(backend: Backend, *, create: bool) -> Backend:
    try:
        with backend.reading() as connection:
            found = _format(backend, connection, create=create)
        if found != schema.FORMATS[-1]:
            _upgrade(backend, create=create)
    except BaseException:
        backend.close()
        raise
    return backend


def _format(backend: Backend, connection: Connection, *, create: bool) -> str | None:
    """The format found, one that we know; None where the database is empty and may be filled."""
    found = stored_format(connection)
    if found is None or _is_foreign(backend, connection):
        _refuse_other_programs(backend, connection)
        if not create:
            raise DossierError(backend.name, "is empty, no dossier", _CREATE)
        return None
    if found not in schema.FORMATS:
        raise DossierError(
            backend.name,
            f"was written by a newer Cordiale (format {found}; this one knows {schema.FORMATS[-1]})",
            "upgrade: pip install --upgrade cordiale",
        )
    return found


def _is_foreign(backend: Backend, connection: Connection) -> bool:
    return backend.is_sqlite and _application(connection) != schema.APPLICATION_ID


def _application(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA application_id")).scalar_one())


def _refuse_other_programs(backend: Backend, connection: Connection) -> None:
    tables = sorted(inspect(connection).get_table_names())
    if backend.is_sqlite and (tables or _application(connection)):
        listed = f" (its tables: {', '.join(tables[:4])})" if tables else ""
        raise DossierError(backend.name, f"is a SQLite file of another program{listed}", "name another file")
    if taken := [t for t in tables if t in schema.metadata.tables]:
        raise DossierError(
            backend.name,
            f"is a database of another program, with tables of the same names ({', '.join(taken[:4])})",
            "make a database, or a schema, for the dossier alone",
        )


def _upgrade(backend: Backend, *, create: bool) -> None:
    if backend.read_only:
        raise DossierError(
            backend.name,
            "is in an older format, and cannot be brought to the new one because it cannot be written",
            "make file and folder writable, or copy it elsewhere",
        )
    if backend.is_sqlite:
        with backend.engine.connect() as connection:
            raw = connection.connection.cursor()
            raw.execute("PRAGMA journal_mode = WAL")  # refused inside a transaction
            raw.close()
    with backend.writing() as connection:
        # Asked again now that we hold the lock: another process may have done it while we waited.
        if _format(backend, connection, create=create) != schema.FORMATS[-1]:
            if backend.is_sqlite:
                connection.execute(text(f"PRAGMA application_id = {schema.APPLICATION_ID}"))
            migrate(connection)
