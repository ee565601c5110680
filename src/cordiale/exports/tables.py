"""Rows of one kind as CSV or Parquet: a column for each field of their dataclass, in its order.

Numbers keep six digits in CSV and all of them in Parquet; a value that is None is an empty cell, never 0. Column types
come from the fields' annotations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any, BinaryIO

from cordiale.errors import MissingExtra
from cordiale.exports.csv import write_lines
from cordiale.plain import plain

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ARROW = {"int": "int32", "float": "double", "str": "string", "bool": "bool", "date": "date32"}
"""The Parquet type of a field, by its annotation."""


def write_rows(kind: type[DataclassInstance], rows: Iterable[DataclassInstance], out: BinaryIO) -> int:
    """Write rows of this dataclass as CSV; how many."""
    names = [field.name for field in fields(kind)]
    return write_lines(names, ([_text(getattr(row, name)) for name in names] for row in rows), out)


def write_parquet(kind: type[DataclassInstance], rows: Iterable[DataclassInstance], out: BinaryIO) -> int:
    """Write rows of this dataclass as Parquet; how many. `MissingExtra` where pyarrow is not installed."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet", "a Parquet file") from error
    found = list(rows)
    types = {field.name: ARROW[str(field.type).removesuffix(" | None")] for field in fields(kind)}
    columns = {
        name: arrow.array([_whole(getattr(row, name)) for row in found], type=arrow.type_for_alias(of))
        for name, of in types.items()
    }
    parquet.write_table(arrow.table(columns), out)
    return len(found)


def _text(value: Any) -> Any:
    return f"{value:.6g}" if isinstance(value, float) else value


def _whole(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value
