"""DuckDB, embedded: it reads streams, writes Parquet and adds up, within a bound of memory, and spills to a folder.

Nothing here knows an event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cordiale.errors import InvalidValue, MissingExtra

if TYPE_CHECKING:
    import duckdb

MEMORY = "2GB"
"""Of DuckDB's own, unless somebody says otherwise."""
LEAST = 100_000_000
"""Bytes that it needs to do anything."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT])I?B?", re.IGNORECASE)


def connect(spill: Path, *, memory: str = MEMORY, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """An engine in memory that spills to a folder; `memory` is a size such as "512MB", an `InvalidValue` otherwise."""
    try:
        import duckdb
        import pyarrow  # noqa: F401 -- what the engine takes and gives tables as
    except ImportError as error:
        raise MissingExtra("duckdb and pyarrow", "events", "reading event streams") from error
    size = _SIZE.fullmatch(memory.strip())
    if size is None or float(size[1]) * 1000 ** ("KMGT".index(size[2].upper()) + 1) < LEAST:
        raise InvalidValue(
            "the memory of the engine", memory, 'give a size, such as "512MB" or "4GB", of 100MB or more'
        )
    config: dict[str, Any] = {
        "memory_limit": f"{size[1]}{size[2].upper()}B", "temp_directory": str(spill), "preserve_insertion_order": False,
        "autoinstall_known_extensions": False, "autoload_known_extensions": False,
    }  # fmt: skip
    if threads is not None:
        config["threads"] = threads
    con = duckdb.connect(":memory:", config=config)
    con.execute("SET parquet_metadata_cache = true")  # parts never change
    return con


def text(value: str | Path) -> str:
    """A value as a literal of SQL.

    >>> text("Côte d'Ivoire")
    "'Côte d''Ivoire'"
    """
    return "'" + str(value).replace("'", "''") + "'"


def name(value: str) -> str:
    """A name as an identifier of SQL.

    >>> name("Event ID")
    '"Event ID"'
    """
    return '"' + value.replace('"', '""') + '"'


def files(paths: Sequence[str | Path]) -> str:
    """Files, as what a function of SQL reads: a pattern in a name is none, and `day=2001` in a path no column.

    >>> files(["a.csv", "b[1]*.csv"])
    "['a.csv', 'b[[]1][*].csv'], hive_partitioning = false"
    """
    return f"{listed(paths)}, hive_partitioning = false"


def listed(paths: Sequence[str | Path]) -> str:
    """Files as a list of SQL, for what takes nothing else."""
    return "[" + ", ".join(text(escape(str(path))) for path in paths) + "]"
