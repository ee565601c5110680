"""Parts of an archive: Parquet files, sorted by pair and day, one for each month of a file.

A part is written beside its place, synced, and renamed; it counts once the ledger has it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cordiale.events.engine import text
from cordiale.events.ledger import Part
from cordiale.events.unpacking import Plain

if TYPE_CHECKING:
    import duckdb
    import pyarrow

WHOLE = 2520
"""What one event weighs, in parts that can be shared among up to ten pairs without a rest."""
GROUP = 250_000
"""Rows of a row group."""
ORDER = "actor NULLS LAST, target NULLS LAST, day, event_id"
LEVEL = 3
"""Of zstd."""
_PACKED = f"COMPRESSION zstd, COMPRESSION_LEVEL {LEVEL}"
_ADDRESSES = "SELECT which_file, hash, any_value(url) AS url FROM fresh WHERE url IS NOT NULL GROUP BY which_file, hash"
"""SQL for the addresses of stories, by the hash that stands in an event."""


def written(
    con: duckdb.DuckDBPyConnection, plains: Sequence[Plain], stream: str, archive: Path
) -> defaultdict[int, list[Part]]:
    """Write the events of files, which are in the table `fresh`, a month a part, and the addresses of their stories;
    the parts by the place of their file."""
    known = f"(SELECT id, key FROM actors WHERE stream = {text(stream)})"
    rows = f"""SELECT which_file, date_trunc('month', day)::DATE AS month, event_id, day, days::SMALLINT AS days,
            greatest(added, day) AS added, a.id::INTEGER AS actor, b.id::INTEGER AS target, a_name AS actor_name,
            b_name AS target_name, code, score, quad, root, place, hash AS url, mentions,
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
    ordered = f"SELECT * EXCLUDE (which_file, month) FROM ({rows}) ORDER BY which_file, month, {ORDER}"
    places = [(archive / part.path, part.rows) for number in sorted(found) for part in found[number]]
    _apart(con.sql(ordered).to_arrow_table(), places)
    addresses = con.sql(f"{_ADDRESSES} ORDER BY which_file, hash").to_arrow_table()
    counts = np.bincount(addresses["which_file"].to_numpy(), minlength=len(urls)).tolist()
    _apart(addresses.drop_columns("which_file"), list(zip(urls, counts, strict=True)))
    return found


def _apart(table: pyarrow.Table, places: Sequence[tuple[Path, int]]) -> None:
    """Write the rows of a table, so many into each place, one after the other: for files of some thousand rows that
    takes half the time that the engine does."""
    import pyarrow.parquet

    beside = {path: path.with_name(f"{path.name}.tmp") for path, _ in places}
    begins = accumulate((rows for _, rows in places), initial=0)

    def put(place: tuple[Path, int], begin: int) -> None:
        path, rows = place
        _have(path.parent)
        pyarrow.parquet.write_table(
            table.slice(begin, rows), beside[path], compression="zstd", compression_level=LEVEL, store_schema=False
        )

    with ThreadPoolExecutor() as pool:
        list(pool.map(put, places, begins))
    _put(beside)


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


def discard(archive: Path, stream: str, md5s: Sequence[str]) -> None:
    """Remove whatever was written of files that are not to be entered, so that others have the room."""
    for kind in ("events", "urls"):
        for md5 in md5s:
            for path in (archive / kind / stream).rglob(f"*{md5}.parquet*"):
                path.unlink(missing_ok=True)


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
