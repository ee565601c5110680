"""Dyads by year as CSV or Parquet, in the shape in which conflict research joins them: two codes and a year.

One row an undirected dyad and year, the lower COW code first, as of 31 December. Codes are those of that year; a state
that had none has an empty cell. A dyad-year of which nothing is known has no row: missing is missing, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, BinaryIO

from cordiale.errors import MissingExtra
from cordiale.exports.csv import csv_line


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadYear:
    """Two actors at the end of a year. Codes are None where there was none; `weight` is absolute, `claims` how many
    counted."""

    ccode1: int | None
    ccode2: int | None
    gwcode1: int | None
    gwcode2: int | None
    iso3c1: str | None
    iso3c2: str | None
    name1: str
    name2: str
    year: int
    sign: int
    weight: float
    p_friendly: float
    certainty: float
    stance: str
    claims: int


COLUMNS = tuple(field.name for field in fields(DyadYear))


def write_dyads(rows: Iterable[DyadYear], out: BinaryIO) -> int:
    """Write rows as CSV; how many."""
    out.write(csv_line(COLUMNS).encode())
    count = 0
    for row in rows:
        count += 1
        out.write(csv_line(list(_values(row))).encode())
    return count


def write_dyads_parquet(rows: Iterable[DyadYear], out: BinaryIO) -> int:
    """Write rows as Parquet; how many. `MissingExtra` where pyarrow is not installed."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet", "a Parquet file") from error
    kinds = {"year": arrow.int32(), "sign": arrow.int8(), "claims": arrow.int32()}
    kinds |= dict.fromkeys(("ccode1", "ccode2", "gwcode1", "gwcode2"), arrow.int32())
    kinds |= dict.fromkeys(("weight", "p_friendly", "certainty"), arrow.float64())
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in COLUMNS])
    found = list(rows)
    columns = [[getattr(row, name) for row in found] for name in COLUMNS]
    parquet.write_table(arrow.table(columns, schema=schema), out)
    return len(found)


def _values(row: DyadYear) -> Iterator[Any]:
    for name in COLUMNS:
        value = getattr(row, name)
        yield f"{value:.6g}" if isinstance(value, float) else value
