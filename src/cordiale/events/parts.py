"""Parts of an archive: Parquet files, sorted by pair and day, one for each month of a file.

A part is written beside its place, synced, and renamed; it counts once the ledger has it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cordiale.events.engine import text
from cordiale.events.ledger import Part
from cordiale.events.unpacking import SCRATCH, Plain

if TYPE_CHECKING:
    import duckdb

WHOLE = 2520
"""What one event weighs, in parts that can be shared among up to ten pairs without a rest."""
GROUP = 250_000
"""Rows of a row group."""
ORDER = "actor NULLS LAST, target NULLS LAST, day, event_id"
_PACKED = "COMPRESSION zstd, COMPRESSION_LEVEL 3"
_ADDRESSES = "SELECT DISTINCT which_file, md5_number_lower(url) AS hash, url FROM fresh WHERE url IS NOT NULL"
"""SQL for the addresses of stories, by the hash that stands in an event."""


def written(
    con: duckdb.DuckDBPyConnection, plains: Sequence[Plain], stream: str, archive: Path
) -> defaultdict[int, list[Part]]:
    """Write the events of files, which are in the table `fresh`, a month a part, and the addresses of their stories;
    the parts by the place of their file."""
    known = f"(SELECT id, key FROM actors WHERE stream = {text(stream)})"
    rows = f"""SELECT which_file, date_trunc('month', day)::DATE AS month, event_id, day, days::SMALLINT AS days,
            greatest(added, day) AS added, a.id::INTEGER AS actor, b.id::INTEGER AS target, a_name AS actor_name,
            b_name AS target_name, code, score, quad, root, place, md5_number_lower(url) AS url, mentions,
            (({WHOLE} * (part + 1)) // parts - ({WHOLE} * part) // parts)::SMALLINT AS weight
        FROM fresh LEFT JOIN {known} a ON a.key = a_key LEFT JOIN {known} b ON b.key = b_key"""
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for number, month, count in con.execute(
        "SELECT which_file, date_trunc('month', day)::DATE AS month, count(*) FROM fresh GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        path = Path("events") / stream / f"{month:%Y-%m}" / f"{plains[number].md5}.parquet"
        found[number].append(Part(path=path.as_posix(), stream=stream, month=month, rows=count))
    urls = [archive / "urls" / stream / f"{plain.md5}.parquet" for plain in plains]
    if len(plains) == 1:  # it may be large
        for part in found[0]:
            of = f"day >= DATE '{part.month}' AND day < DATE '{part.month}' + INTERVAL 1 MONTH"
            own = f"SELECT * EXCLUDE (which_file, month) FROM ({rows} WHERE {of}) ORDER BY {ORDER}"
            write(con, archive / part.path, own)
        write(con, urls[0], f"SELECT hash, url FROM ({_ADDRESSES}) ORDER BY hash")
        return found
    with _one_thread(con) as cores:

        def share(first: int) -> None:
            """Every so many of the files, by a connection of its own."""
            numbers = range(first, len(plains), cores)
            own, of = con.cursor(), f"which_file % {cores} = {first}"
            places = {(number, part.month): archive / part.path for number in numbers for part in found[number]}
            by = ("which_file", "month")
            _apart(own, f"{rows} WHERE {of} ORDER BY which_file, month, {ORDER}", by, places, archive)
            addresses = {(number,): urls[number] for number in numbers}
            _apart(own, f"{_ADDRESSES} AND {of} ORDER BY which_file, hash", ("which_file",), addresses, archive)
            own.close()

        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(share, range(cores)))
    return found


@contextmanager
def _one_thread(con: duckdb.DuckDBPyConnection) -> Iterator[int]:
    """Have each query run on the thread that asks it alone: with more, rows do not stay in order. How many cores there
    are for threads of our own."""
    (threads,) = _one(con, "SELECT current_setting('threads')")
    con.execute("SET threads = 1")
    try:
        yield threads
    finally:
        con.execute(f"SET threads = {threads}")


def _apart(
    con: duckdb.DuckDBPyConnection, query: str, by: Sequence[str], places: Mapping[Any, Path],
    archive: Path,
) -> None:  # fmt: skip
    """Write the rows of a query, each under the place that its values of the columns `by` stand for."""
    with TemporaryDirectory(dir=archive / "tmp", prefix=SCRATCH[0]) as folder:
        con.execute(
            f"COPY ({query}) TO {text(folder)} (FORMAT parquet, {_PACKED}, PARTITION_BY ({', '.join(by)}),"
            " OVERWRITE_OR_IGNORE)"
        )
        made = {}
        for values, path in places.items():
            of = Path(folder, *(f"{column}={value}" for column, value in zip(by, values, strict=True)))
            if of.exists():
                (made[path],) = of.iterdir()
            else:
                write(con, path, f"SELECT * EXCLUDE ({', '.join(by)}) FROM ({query}) WHERE false")
        _put(made)


def write(con: duckdb.DuckDBPyConnection, path: Path, query: str, *, group: int = GROUP) -> int:
    """Write the rows of a query as a Parquet file that is whole when it has its name, and on the disk; how many."""
    _have(path.parent)
    beside = path.with_name(f"{path.name}.tmp")
    rows: int
    (rows,) = _one(con, f"COPY ({query}) TO {text(beside)} (FORMAT parquet, {_PACKED}, ROW_GROUP_SIZE {group})")
    _put({path: beside})
    return rows


def _put(made: Mapping[Path, Path]) -> None:
    """Give files that are whole their places, and have both on the disk."""
    for path, there in made.items():
        _sync(there)
        _have(path.parent)
        there.replace(path)
    for folder in {path.parent for path in made}:
        _sync(folder)


def _have(folder: Path) -> None:
    """Make a folder, and have it on the disk, where there is none."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in new:
        _sync(one.parent)


def _sync(place: Path) -> None:
    """Have a file, or a folder's names, on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    return tuple(con.execute(query).fetchall()[0])
