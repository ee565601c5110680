"""Rows of text from a user's file: CSV of any separator and encoding, compressed or not, or Parquet.

Each row comes with its number in the file, the header being row 1, and as a mapping from column to text. What a cell
means is not known here.
"""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from cordiale.datasets.notes import Notes
from cordiale.documents.encodings import decode
from cordiale.errors import MissingExtra, UnreadableInput

SEPARATORS = ",;\t|"
_ASCII = bytes(range(128))
_QUOTED = re.compile('"[^"]*"')


@dataclass(frozen=True, slots=True)
class Cells:
    """The columns of a file, and its rows: numbers, and cells in the order of the columns."""

    source: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]

    def place(self, name: str) -> int | None:
        """The place of a column, whatever its case; None where there is none."""
        folded = {column.casefold(): place for place, column in reversed(list(enumerate(self.columns)))}
        return folded.get(name.casefold())

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row as a mapping from the columns, in lower case."""
        names = [column.casefold() for column in self.columns]
        for number, row in self.rows:
            yield number, dict(zip(names, row, strict=False))


def read_cells(file: str | PathLike[str], notes: Notes) -> Cells:
    """The rows of a file; those with too few or too many cells are refused and noted.

    A file that cannot be read, or is of another kind, is an `UnreadableInput`; Parquet without pyarrow a
    `MissingExtra`.
    """
    path = Path(file)
    if path.suffix.casefold() == ".parquet":
        return _parquet(path)
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(str(file), f"cannot be read ({why.lower()})", "name a CSV or Parquet file") from error
    if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        raise UnreadableInput(str(file), "is a workbook", "save the sheet as CSV")
    # What is not UTF-8 and mostly plain letters is of Western Europe; a detector is often wrong about so few others.
    western = "cp1252" if 5 * len(data.translate(None, _ASCII)) < len(data) else None
    text = decode(data, source=str(file), declared=western) if data.strip() else ""
    del data
    first = next((line for line in _lines(text) if line.strip()), "")
    separator = max(SEPARATORS, key=_QUOTED.sub("", first).count)
    csv.field_size_limit(1 << 24)
    reader = csv.reader(_lines(text), delimiter=separator)
    try:
        head = next((row for row in reader if any(cell.strip() for cell in row)), [])
    except csv.Error as error:
        raise UnreadableInput(str(file), f"is no CSV ({error})", "save it as CSV with a header") from error
    columns = tuple(cell.strip() for cell in head)
    return Cells(str(file), columns, _rows(reader, str(file), len(columns), notes))


def _lines(text: str) -> Iterator[str]:
    """The lines one by one: a list of a million takes more room than the text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _rows(reader: Any, source: str, width: int, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    number = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableInput(
                source, f"is no CSV ({error})", "mend the line", place=f"line {reader.line_num}"
            ) from error
        number += 1
        row = [cell.strip() for cell in row]
        if not any(row):
            continue
        if len(row) != width:
            what = "too few" if len(row) < width else "too many"
            notes.add(f"{what} cells, {width} are named: refused", number, f"{len(row)} cells", refused=True)
            continue
        yield number, row


def _parquet(path: Path) -> Cells:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet", "a Parquet file") from error
    try:
        table = parquet.read_table(path)
    except (OSError, arrow.ArrowException) as error:
        raise UnreadableInput(str(path), "cannot be read as Parquet", "name a Parquet or CSV file") from error
    names = tuple(str(name) for name in table.column_names)

    def rows() -> Iterator[tuple[int, list[str]]]:
        number = 1
        for batch in table.to_batches(max_chunksize=50_000):
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, ["" if value is None else str(value).strip() for value in values]

    return Cells(str(path), names, rows())


def required(cells: Cells, names: tuple[str, ...], what: str, mend: str) -> Mapping[str, int]:
    """The places of columns that a dataset must have; an `UnreadableInput` names those that are missing."""
    places = {name: cells.place(name) for name in names}
    missing = [name for name, place in places.items() if place is None]
    if missing:
        why = f"is no {what}: no column {', '.join(missing)} among {', '.join(cells.columns) or 'none'}"
        raise UnreadableInput(cells.source, why, mend)
    return {name: place for name, place in places.items() if place is not None}
