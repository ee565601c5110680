"""Dyad-days made by Spark: the heavy step of an archive that has outgrown one machine. All the rest is done here.

A year at a time, as its cells come back over Arrow: the archive must lie where every worker sees it, under the same
path. What comes back is entered as what the engine here makes is, and is the same to the last digit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.events.derived import Progress, refreshed
from cordiale.events.dyads import CELL, Recipe, met
from cordiale.events.ledger import CellPart, Part
from cordiale.events.portable import query
from cordiale.spark import SparkError, session

if TYPE_CHECKING:
    from cordiale.events.archive import Archive


def _escaped(path: Path) -> str:
    """A path as Spark takes it, no letter of which is a pattern.

    >>> _escaped(Path("/data/a[1]"))
    '/data/a\\\\[1\\\\]'
    """
    return re.sub(r"([\\{}\[\]*?])", r"\\\1", str(path))


def cells(archive: Archive, stream: str, recipe: Recipe, *, progress: Progress | None = None) -> list[CellPart]:
    """What `dyads.cells` gives, made by Spark where it is not there yet."""
    spark = session("adding up on Spark")
    from pyspark.errors import PySparkException

    def made(parts: Sequence[Part]) -> str:
        paths = [_escaped(path.resolve()) for path in archive.paths(part.path for part in parts)]
        asked = query(archive, stream, recipe, parts, dialect="spark", table="events")
        try:
            spark.read.parquet(*paths).createOrReplaceTempView("events")
            found = spark.sql(asked).toArrow()
        except PySparkException as error:
            why = " ".join(str(error).split())[:200]
            raise SparkError(why, "see that its workers see the archive, or give them more memory") from error
        archive.con.register("collected", found)
        counts = ("events", "lines")
        columns = ", ".join(f"{name}::{'INTEGER' if name in counts else 'BIGINT'} AS {name}"
                            for name in (*counts, "weight", "cooperative", "conflictual"))  # fmt: skip
        return f"SELECT {CELL}, {columns} FROM collected ORDER BY {CELL}"

    return met(archive, stream, recipe, refreshed(archive, stream, recipe.name, made, progress=progress))
