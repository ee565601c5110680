"""The ledger of an archive: which files are in it, in which parts, what was refused, and which actors it knows.

What is not in the ledger is not in the archive: a part counts from the moment that its file is entered, in one
transaction with whatever it replaces. Nothing is deleted: a file that a later release replaces says by which.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from cordiale.errors import DossierError

VERSION = 2
_SCHEMA = """
CREATE TABLE file (
    md5 TEXT PRIMARY KEY, name TEXT NOT NULL, logical TEXT, stream TEXT NOT NULL, size INTEGER NOT NULL,
    lines INTEGER NOT NULL, events INTEGER NOT NULL, rejected INTEGER NOT NULL, recorded_at TEXT NOT NULL,
    replaced_by TEXT REFERENCES file
);
CREATE INDEX file_logical ON file (logical) WHERE replaced_by IS NULL;
CREATE TABLE part (
    path TEXT PRIMARY KEY, md5 TEXT NOT NULL REFERENCES file, stream TEXT NOT NULL, month TEXT NOT NULL,
    rows INTEGER NOT NULL
);
CREATE INDEX part_md5 ON part (md5);
CREATE TABLE reject (md5 TEXT NOT NULL REFERENCES file, line INTEGER NOT NULL, why TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX reject_md5 ON reject (md5);
CREATE TABLE note (md5 TEXT NOT NULL REFERENCES file, what TEXT NOT NULL, count INTEGER NOT NULL);
CREATE TABLE again (md5 TEXT NOT NULL REFERENCES file, name TEXT NOT NULL, recorded_at TEXT NOT NULL,
    PRIMARY KEY (md5, name));
CREATE TABLE actor (id INTEGER PRIMARY KEY, stream TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (stream, key));
CREATE TABLE cells (
    path TEXT PRIMARY KEY, stream TEXT NOT NULL, recipe TEXT NOT NULL, year INTEGER NOT NULL, made_of TEXT NOT NULL,
    rows INTEGER NOT NULL, events INTEGER NOT NULL, left_out INTEGER NOT NULL, UNIQUE (stream, recipe, year)
);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A Parquet file of events of one stream and month, its path within the archive."""

    path: str
    stream: str
    month: date
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A line that is no event: where, why, and what stands there."""

    line: int
    why: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file that is in an archive: its lines, how many events they gave, and how many were refused."""

    md5: str
    name: str
    logical: str | None
    stream: str
    size: int
    lines: int
    events: int
    rejected: int
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A file to be entered with all that belongs to it: its parts, the lines that are no events, what was settled by a
    rule, the actors that were not known, and the md5 of the files whose place it takes."""

    entry: Entry
    parts: Sequence[Part] = ()
    rejects: Sequence[Reject] = ()
    notes: Sequence[tuple[str, int]] = ()
    actors: Sequence[tuple[int, str, str]] = ()
    replaces: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPart:
    """A Parquet file of dyad-days: of which stream, recipe and year, made of which parts, how many cells, of how many
    events, and how many were left out as repeats."""

    path: str
    stream: str
    recipe: str
    year: int
    made_of: str
    rows: int
    events: int
    left_out: int


class Ledger:
    """The ledger of an archive, open."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self._path = path
        try:
            if readonly:
                self._con = _to_read(path)
            else:
                self._con = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
                self._con.execute("PRAGMA journal_mode = WAL")
                self._con.execute("PRAGMA synchronous = FULL")
            (version,) = self._con.execute("PRAGMA user_version").fetchone()
            if version == 0 and not readonly:
                with self._transaction():
                    if self._con.execute("PRAGMA user_version").fetchone() == (0,):
                        for statement in _SCHEMA.split(";"):
                            self._con.execute(statement)
                        self._con.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                mend = "take its files in again, into a new archive, or use the Cordiale of its time"
                raise DossierError(str(path), f"is of version {version}, not {VERSION}", mend)
        except sqlite3.Error as error:
            raise DossierError(
                str(path),
                f"cannot be opened ({error})",
                "check that it is an archive's ledger, and your right to write",
            ) from error

    def close(self) -> None:
        """Close it."""
        self._con.close()

    def file(self, md5: str) -> Entry | None:
        """The file of some bytes."""
        return next(self._files("WHERE md5 = ?", (md5,)), None)

    def files(self, *, replaced: bool = False) -> Iterator[Entry]:
        """The files that count, in the order in which they came; or all that ever did."""
        return self._files("" if replaced else "WHERE replaced_by IS NULL")

    def _files(self, where: str, given: Sequence[str] = ()) -> Iterator[Entry]:
        columns = "md5, name, logical, stream, size, lines, events, rejected, replaced_by"
        for row in self._con.execute(f"SELECT {columns} FROM file {where} ORDER BY rowid", given):
            yield Entry(**dict(zip(columns.split(", "), row, strict=True)))

    def released(self, logical: str) -> list[Entry]:
        """The files that count of a release, by its logical name."""
        return list(self._files("WHERE replaced_by IS NULL AND logical = ?", (logical,)))

    def named(self, name: str) -> list[Entry]:
        """The files that count which came under a name."""
        return list(self._files("WHERE replaced_by IS NULL AND name = ?", (name,)))

    def parts(self, stream: str | None = None) -> list[Part]:
        """The parts that count, by stream, month and path."""
        rows = self._con.execute(
            "SELECT path, part.stream, month, rows FROM part JOIN file USING (md5) WHERE replaced_by IS NULL"
            " AND (? IS NULL OR part.stream = ?) ORDER BY part.stream, month, path", (stream, stream),
        )  # fmt: skip
        return [Part(path=p, stream=s, month=date.fromisoformat(m), rows=n) for p, s, m, n in rows]

    def every_path(self) -> set[str]:
        """The paths of all parts and cells that were ever entered."""
        return {path for (path,) in self._con.execute("SELECT path FROM part UNION SELECT path FROM cells")}

    def rejects(self, md5: str, limit: int = -1) -> list[Reject]:
        """The lines of a file that are no events, in order."""
        rows = self._con.execute("SELECT line, why, text FROM reject WHERE md5 = ? ORDER BY line LIMIT ?", (md5, limit))
        return [Reject(line=line, why=why, text=text) for line, why, text in rows]

    def reasons(self, stream: str) -> list[tuple[str, int, str]]:
        """Why lines of a stream's files that count are no events, how many, and where the first is; the most first."""
        kind = "CASE instr(why, ':') WHEN 0 THEN why ELSE substr(why, 1, instr(why, ':') - 1) END"
        rows = self._con.execute(
            f"SELECT {kind}, count(*), name, line, min(1000000000 * file.rowid + line) FROM reject"
            f" JOIN file USING (md5) WHERE replaced_by IS NULL AND stream = ?"
            f" GROUP BY {kind} ORDER BY count(*) DESC, {kind}", (stream,),
        ).fetchall()  # fmt: skip
        return [(why, count, f"{name}, line {line}") for why, count, name, line, _ in rows]

    def notes(self, md5: str) -> list[tuple[str, int]]:
        """What was settled by a rule in a file, and how often."""
        return self._con.execute("SELECT what, count FROM note WHERE md5 = ? ORDER BY rowid", (md5,)).fetchall()

    def actors(self) -> list[tuple[int, str, str]]:
        """Every actor: id, stream, key."""
        return self._con.execute("SELECT id, stream, key FROM actor ORDER BY id").fetchall()

    def moment(self) -> tuple[int, ...]:
        """A value that is another once a file has been taken in, has been replaced, or has been brought back."""
        counted = (
            "SELECT count(*), count(replaced_by), sum(place), sum(place * place) FROM"
            " (SELECT replaced_by, CASE WHEN replaced_by IS NULL THEN rowid ELSE 0 END AS place FROM file)"
        )
        found: tuple[int, ...] = self._con.execute(counted).fetchone()
        return found

    def latest_actor(self) -> int:
        """The highest number of an actor: it grows with each that is new, by whichever process."""
        return int(self._con.execute("SELECT coalesce(max(id), 0) FROM actor").fetchone()[0])

    def enter(self, files: Iterable[Filed]) -> None:
        """Enter files, and say that others are replaced by them: all or nothing."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction():
            for one in files:
                self._enter(one, now)

    def _enter(self, filed: Filed, now: str) -> None:
        entry, con = filed.entry, self._con
        md5 = entry.md5
        con.execute(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (md5, entry.name, entry.logical, entry.stream, entry.size, entry.lines, entry.events, entry.rejected, now),
        )
        con.executemany("UPDATE file SET replaced_by = ? WHERE md5 = ?", [(md5, old) for old in filed.replaces])
        con.executemany(
            "INSERT INTO part VALUES (?, ?, ?, ?, ?)",
            [(part.path, md5, part.stream, part.month.isoformat(), part.rows) for part in filed.parts],
        )
        con.executemany(
            "INSERT INTO reject VALUES (?, ?, ?, ?)", [(md5, one.line, one.why, one.text) for one in filed.rejects]
        )
        con.executemany("INSERT INTO note VALUES (?, ?, ?)", [(md5, what, count) for what, count in filed.notes])
        con.executemany("INSERT INTO actor VALUES (?, ?, ?)", filed.actors)

    def bring_back(self, md5: str, replaces: Iterable[str]) -> None:
        """Have a file count again that another replaced, in the place of those that do now."""
        with self._transaction():
            self._con.executemany("UPDATE file SET replaced_by = ? WHERE md5 = ?", [(md5, old) for old in replaces])
            self._con.execute("UPDATE file SET replaced_by = NULL WHERE md5 = ?", (md5,))

    def seen_again(self, md5: str, name: str) -> None:
        """Remember that the bytes of a file came under another name."""
        with self._transaction():
            self._con.execute(
                "INSERT OR IGNORE INTO again VALUES (?, ?, ?)",
                (md5, name, datetime.now(UTC).isoformat(timespec="seconds")),
            )

    def cells(self, stream: str, recipe: str) -> list[CellPart]:
        """The dyad-days that were made of a stream by a recipe, by year."""
        columns = "path, stream, recipe, year, made_of, rows, events, left_out"
        rows = self._con.execute(
            f"SELECT {columns} FROM cells WHERE stream = ? AND recipe = ? ORDER BY year", (stream, recipe)
        )
        return [CellPart(**dict(zip(columns.split(", "), row, strict=True))) for row in rows]

    def enter_cells(self, made: Iterable[CellPart], gone: Iterable[CellPart]) -> None:
        """Put dyad-days of some years in the place of earlier ones."""
        with self._transaction():
            self._con.executemany("DELETE FROM cells WHERE path = ?", [(one.path,) for one in gone])
            self._con.executemany(
                "INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(c.path, c.stream, c.recipe, c.year, c.made_of, c.rows, c.events, c.left_out) for c in made],
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._con.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._con.execute("ROLLBACK")
                raise
            self._con.execute("COMMIT")
        except sqlite3.Error as error:
            raise DossierError(
                str(self._path), f"cannot be written ({error})", "check the disk, and try again"
            ) from error


def _to_read(path: Path) -> sqlite3.Connection:
    """A ledger that cannot be written to. Where not even the marks of readers can be, nobody else is taken to write."""
    for how in ("mode=ro", "immutable=1"):
        con = sqlite3.connect(
            f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            con.execute("SELECT count(*) FROM file")
        except sqlite3.OperationalError:
            con.close()
            continue
        return con
    raise sqlite3.OperationalError("it cannot be read")
