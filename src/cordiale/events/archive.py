"""The archive of event streams: a folder of month-partitioned Parquet and a ledger that says which of it counts.

    ledger.sqlite                            what is in the archive; nothing else is
    events/STREAM/YYYY-MM/MD5.parquet        the events of a file in a month, sorted by pair and day
    urls/STREAM/MD5.parquet                  addresses by the hash that stands in an event
    dyads/STREAM/RECIPE/YYYY-….parquet       what is added up of them

A file goes in once, whatever it is called, and whole or not at all, whenever the process is killed. One process writes
at a time; any number read.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any

from cordiale.actors import Catalogue
from cordiale.errors import CordialeError
from cordiale.events.batches import Ingested, Replacing, taken_in
from cordiale.events.derived import Progress
from cordiale.events.engine import MEMORY, connect
from cordiale.events.ingest import MACROS
from cordiale.events.ledger import Ledger
from cordiale.events.streams import STREAMS, stream
from cordiale.events.unpacking import SCRATCH, found, plains
from cordiale.events.who import Identities, identify

if TYPE_CHECKING:
    import duckdb


class ArchiveError(CordialeError, OSError):
    """An archive that cannot be opened, read or written: which, why, and what to do."""

    def __init__(self, archive: str, why: str, mend: str) -> None:
        super().__init__(f"{archive}: {why}; {mend}")
        self.archive, self.why, self.mend = archive, why, mend

    def __str__(self) -> str:
        return f"{self.archive}: {self.why}; {self.mend}"


_PART = re.compile(r"(?:tmp_)?(?:[0-9a-f]{32}|\d{4}-[0-9a-f]{16})\.parquet(?:\.tmp)?")
_SPILLED = re.compile(r"duckdb_temp_(\d+)_")
_OWN = {"tmp", "writer.lock"}


def _in_use(spilled: Path) -> bool:
    """Whether the engine of a process that lives, on this machine, spills to a file."""
    found = _SPILLED.match(spilled.name)
    if found is None:
        return False
    try:
        os.kill(int(found[1]), 0)
    except PermissionError:
        return True  # somebody else's
    except (OSError, OverflowError):  # nobody's, or no number of a process at all
        return False
    return True


def _foreign(folder: Path) -> bool:
    """Whether a folder is no archive, and holds what an archive does not begin with: nothing of it may be swept."""
    if not folder.is_dir() or (folder / "ledger.sqlite").exists():
        return False
    return any(path.name not in _OWN for path in folder.iterdir())


class Archive:
    """An archive, open. Use it as a context manager, or close it.

    `progress` is told, while a question waits for events to be added up, which of how many years are done. One that can
    only be read answers what has been added up before.
    """

    def __init__(
        self, folder: str | Path, *, memory: str = MEMORY, threads: int | None = None, create: bool = True,
        actors: Catalogue | None = None, progress: Progress | None = None,
    ) -> None:  # fmt: skip
        self.folder, self.called = Path(folder).absolute(), str(folder)  # the engine would expand a "~"
        if not create and not (self.folder / "ledger.sqlite").exists():
            mend = "begin one with: cordiale events ingest FILES, or name another with --archive"
            raise ArchiveError(str(folder), "there is no archive of events", mend)
        if self.folder.exists() and not self.folder.is_dir():
            raise ArchiveError(str(folder), "is a file, and an archive is a folder", "name another with --archive")
        if _foreign(self.folder):
            mend = "name a new folder, an empty one, or an archive with --archive"
            raise ArchiveError(str(folder), "holds something else", mend)
        self.readonly = self.folder.is_dir() and not os.access(self.folder, os.W_OK)
        self._spill: TemporaryDirectory[str] | None = None
        if self.readonly:
            self._spill = TemporaryDirectory(prefix=SCRATCH[0])
        else:
            try:
                (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
            except OSError as error:
                why = f"cannot be made ({error.strerror})"
                raise ArchiveError(str(folder), why, "check your rights to it") from error
        self.ledger = Ledger(self.folder / "ledger.sqlite", readonly=self.readonly)
        self._memory, self._threads, self.progress = memory, threads, progress
        self._con: duckdb.DuckDBPyConnection | None = None
        self._latest = self._identified = -1
        self.identities = Identities(actors)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close it."""
        if self._con is not None:
            self._con.close()
        self.ledger.close()
        if self._spill is not None:
            self._spill.cleanup()

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The engine, with the actors of the ledger in the table `actors` (id, stream, key)."""
        if self._con is None:
            spill = self.folder / "tmp" if self._spill is None else Path(self._spill.name)
            self._con = connect(spill, memory=self._memory, threads=self._threads)
            for macro in MACROS:
                self._con.execute(macro)
        if (latest := self.ledger.latest_actor()) != self._latest:  # another process may have met new ones
            self._load_actors(self._con)
            self._latest = latest
        return self._con

    def _load_actors(self, con: duckdb.DuckDBPyConnection) -> None:
        import pyarrow as pa

        rows = self.ledger.actors()
        columns: list[Any] = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], []]
        known = pa.table(dict(zip(("id", "stream", "key"), columns, strict=True)), schema=pa.schema(
            [("id", pa.int64()), ("stream", pa.string()), ("key", pa.string())]
        ))  # fmt: skip
        con.register("given", known)
        con.execute("CREATE OR REPLACE TEMP TABLE actors AS SELECT * FROM given")
        con.unregister("given")

    def ingest(
        self,
        names: Iterable[str | Path],
        *,
        as_stream: str | None = None,
        replace: bool = False,
        progress: Progress | None = None,
    ) -> Iterator[Ingested]:
        """Take files in, a folder or a zip for what is in it; what became of each, as it happens.

        The stream of a file is told by its content, unless `as_stream` says it. With `replace` a file takes the place
        of one that came under the same name, as a later release of a source does anyhow.
        """
        formats = tuple(STREAMS.values()) if as_stream is None else (stream(as_stream),)
        every = found(names)
        with self.alone(), closing(plains(every, self.folder / "tmp")) as looked_at:
            self._sweep()
            replacing = Replacing(asked=replace)
            for some in looked_at:
                if progress is not None:
                    progress(some[0][0], len(every), some[0][1].source)
                yield from taken_in(self, [one for _, one in some], formats, replace=replacing)

    def knows(self, latest: int | None) -> None:
        """Say up to which actor the engine knows those of the ledger; with None it learns them anew."""
        self._latest = -1 if latest is None else max(self._latest, latest)

    def _sweep(self) -> None:
        """Remove what a killed process left behind: parts that the ledger does not have. No file of another name."""
        for path in (self.folder / "tmp").iterdir():
            if path.name.startswith(SCRATCH) and not _in_use(path):
                if path.is_dir():
                    rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
        entered = self.ledger.every_path()
        files = {one.md5 for one in self.ledger.files(replaced=True)}
        for kind in ("events", "dyads", "urls"):
            for path in (self.folder / kind).rglob("*"):
                ours = path.is_file() and _PART.fullmatch(path.name)
                known = path.stem in files if kind == "urls" else path.relative_to(self.folder).as_posix() in entered
                if ours and not known:
                    path.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The right to write, for one process at a time; it ends with the process, however that ends."""
        if self.readonly:
            mend = "give the same command where you may write to it: what was added up once is read anywhere"
            raise ArchiveError(
                self.called, "you may only read it, and what is asked has to be written to it first", mend
            )
        lock = sqlite3.connect(self.folder / "writer.lock", timeout=0, isolation_level=None)
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                why, mend = "it is being written to already", "wait until it is done, and give the same command again"
                if "locked" not in str(error):
                    why, mend = f"it cannot be written to ({error})", "see that its disk has room"
                raise ArchiveError(self.called, why, mend) from error
            yield
        finally:
            lock.close()

    def paths(self, parts: Iterable[str]) -> list[Path]:
        """Where parts lie."""
        return [self.folder / part for part in parts]

    def people(self) -> duckdb.DuckDBPyConnection:
        """The engine, with the table `people` of who the actors are: see `who.identify`."""
        con = self.con
        if self._identified != self._latest:
            identify(self)
            self._identified = self._latest
        return con
