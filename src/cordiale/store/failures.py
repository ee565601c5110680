"""What a database says when it fails, in the words of a dossier: what happened, to which dossier, and the mend.

Every failure of SQLite or PostgreSQL that reaches a caller passes through `told`. It never swallows one, and never
shows a password. The transaction was rolled back by then: nothing half written stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from cordiale.errors import DossierError

_SAFE = "nothing was lost: the change was rolled back and the dossier is as it was before"


@contextmanager
def told(dossier: str, *, wait: float, holder: Callable[[], str | None] = lambda: None) -> Iterator[None]:
    """Turn a failure of the database into a `DossierError`; `holder` may say who holds the lock of writers."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(dossier, error, wait, holder) from error


def _explained(dossier: str, error: DBAPIError, wait: float, holder: Callable[[], str | None]) -> DossierError:
    cause = error.orig
    code = str(getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or "")
    said = " ".join(str(cause).split())
    if code.startswith("SQLITE_BUSY") or code == "55P03":
        who = holder()
        return DossierError(
            dossier,
            f"another process{f' ({who})' if who else ''} is writing to it; waited {wait:g} s",
            "try again when it is done, or allow a longer wait",
        )
    if code == "SQLITE_FULL" or code.startswith("53"):
        return DossierError(dossier, f"the disk is full ({said})", f"{_SAFE}; free some space and try again")
    if code.startswith("SQLITE_IOERR"):
        return DossierError(
            dossier,
            f"the disk refused to write or read ({code}: {said})",
            f"{_SAFE}; check the free space, the quota and the health of the disk, then try again",
        )
    if code.startswith("SQLITE_READONLY"):
        return DossierError(dossier, "it can be read but not written", "make file and folder writable, or copy it")
    if code == "SQLITE_NOTADB":
        return DossierError(dossier, "is not a SQLite file, so no dossier", "name another file")
    if code.startswith("SQLITE_CORRUPT"):
        return DossierError(
            dossier,
            f"is damaged ({said})",
            "take the last good copy, or save what can be saved: sqlite3 damaged '.recover' | sqlite3 saved",
        )
    if code.startswith("SQLITE_CANTOPEN"):
        return DossierError(
            dossier, "cannot be opened", "check that file and folder exist and that you may read and write them"
        )
    if "append-only" in said:
        return DossierError(dossier, said, "write a new row that corrects the old one")
    if error.connection_invalidated or code.startswith(("08", "57P")) or not code:
        return DossierError(
            dossier, f"the connection failed ({said})", "check that the server runs and that the address is right"
        )
    return DossierError(dossier, f"the database failed ({code}: {said})", _SAFE)


def sqlite_writer(path: Path, locks: Path = Path("/proc/locks")) -> str | None:
    """Which process holds the lock of writers on a SQLite file in WAL mode, where the system tells (Linux does).

    The lock is byte 120 of the -shm file. The list of locks is read, and the file itself never opened: closing it
    would drop the locks of our own connections.
    """
    try:
        inode = Path(f"{path}-shm").stat().st_ino
        lines = locks.read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        fields = line.split()
        if len(fields) == 8 and fields[3] == "WRITE" and fields[5].endswith(f":{inode}") and fields[6] == "120":
            return f"process {fields[4]}" if fields[4] not in ("0", "-1") else None
    return None
