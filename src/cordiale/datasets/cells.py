"""Rows of text from a user's file: CSV of any separator and encoding, gzipped or not, or Parquet.

Each row comes with its number in the file, the header being row 1, and as a mapping from column to text. What a cell
means is not known here.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from cordiale.datasets.notes import Notes
from cordiale.documents.encodings import decode
from cordiale.errors import MissingExtra, UnreadableInput

SEPARATORS = ",;\t|"
OTHERS = {
    b"PK\x03\x04": ("is a workbook or an archive", "save the sheet as CSV, or unpack it"),
    b"\xd0\xcf\x11\xe0": ("is a workbook", "save the sheet as CSV"),
    b"BZh": ("is compressed, and not by gzip", "unpack it"),
    b"\xfd7zX": ("is compressed, and not by gzip", "unpack it"),
    b"\x28\xb5\x2f\xfd": ("is compressed, and not by gzip", "unpack it"),
}
"""What a file that is no table begins with, what it then is, and what to do."""
_ASCII = bytes(range(128))
_QUOTED = re.compile('"[^"]*"')


@dataclass(frozen=True, slots=True)
class Cells:
    """The columns of a file, and its rows: numbers, and cells in the order of the columns; the sha256 of its bytes."""

    source: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    sha256: str = ""

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
    `MissingExtra`. It is read once, so that it may be a pipe.
    """
    source = str(file)
    try:
        data = Path(file).read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(source, f"cannot be read ({why.lower()})", "name a CSV or Parquet file") from error
    if data[:4] == b"PAR1" or Path(file).suffix.casefold() == ".parquet":
        return _parquet(data, source, sha256)
    for begin, (what, mend) in OTHERS.items():
        if data.startswith(begin):
            raise UnreadableInput(source, what, mend)
    # What is not UTF-8 and mostly plain letters is of Western Europe; a detector is often wrong about so few others.
    western = "cp1252" if 5 * len(data.translate(None, _ASCII)) < len(data) else None
    text = decode(data, source=source, declared=western) if data.strip() else ""
    del data
    first = next((line for line in _lines(text) if line.strip()), "")
    rows = _Reader(text, max(SEPARATORS, key=_QUOTED.sub("", first).count), source)
    head = next((row for row in rows if any(row)), [])
    return Cells(source, tuple(head), _rows(rows, len(head), notes), sha256)


def _lines(text: str) -> Iterator[str]:
    """The lines one by one: a list of a million takes more room than the text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


@dataclass(slots=True)
class _Reader:
    """The rows of a CSV. `lines` are those that the last one took, which can be given back but for its first."""

    text: str
    separator: str
    source: str
    lines: list[str] = field(default_factory=list)
    _again: list[str] = field(default_factory=list)
    _rest: Iterator[str] = field(init=False)
    _csv: Any = field(init=False)
    _done: int = 0

    def __post_init__(self) -> None:
        csv.field_size_limit(1 << 24)
        self._rest = _lines(self.text)
        self._csv = csv.reader(self._taken(), delimiter=self.separator)

    def _taken(self) -> Iterator[str]:
        while True:
            line = self._again.pop() if self._again else next(self._rest, None)
            if line is None:
                return
            self.lines.append(line)
            yield line

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        self._done += len(self.lines)
        self.lines.clear()
        try:
            return [cell.strip() for cell in next(self._csv)]
        except csv.Error as error:
            place = f"line {self._done + 1}"  # where the row begins: a quote that is never closed is there
            raise UnreadableInput(
                self.source, f"is no CSV ({error})", "mend the line: is a quote never closed?", place=place
            ) from error

    def runs_on(self, width: int) -> bool:
        """Whether the last row took a line that is a row of so many cells by itself: a quote was never closed."""
        return width > 1 and any(self._width(line) == width for line in self.lines[1:])

    def _width(self, line: str) -> int:
        """How many cells a line has by itself; 0 where its quotes do not match."""
        if line.count('"') % 2:
            return 0
        try:
            return len(next(csv.reader([line], delimiter=self.separator, strict=True), []))
        except csv.Error:
            return 0

    def give_back(self) -> None:
        """Read the lines of the last row again, but for its first."""
        self._again += self.lines[:0:-1]
        del self.lines[1:]
        self._csv = csv.reader(self._taken(), delimiter=self.separator)


def _rows(rows: _Reader, width: int, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        if len(rows.lines) > 1 and rows.runs_on(width):
            notes.add("a quote that is never closed: refused", number, rows.lines[0], refused=True)
            rows.give_back()
        elif len(row) != width:
            what = "too few" if len(row) < width else "too many"
            notes.add(f"{what} cells, {width} are named: refused", number, f"{len(row)} cells", refused=True)
        else:
            yield number, row


def _parquet(data: bytes, source: str, sha256: str) -> Cells:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet", "a Parquet file") from error
    try:
        table = parquet.read_table(io.BytesIO(data))
    except (OSError, arrow.ArrowException) as error:
        raise UnreadableInput(source, "cannot be read as Parquet", "name a Parquet or CSV file") from error
    names = tuple(str(name) for name in table.column_names)

    def rows() -> Iterator[tuple[int, list[str]]]:
        number = 1
        for batch in table.to_batches(max_chunksize=50_000):
            columns = [_values(name, column, source) for name, column in zip(names, batch.columns, strict=True)]
            for values in zip(*columns, strict=True):
                number += 1
                yield number, [_text(value) for value in values]

    return Cells(source, names, rows(), sha256)


def _values(name: str, column: Any, source: str) -> list[Any]:
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError) as error:
        raise UnreadableInput(source, f"column {name!r} cannot be read ({error})", "write it as text") from error
    return values


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return "" if value is None else str(value).strip()


def required(cells: Cells, names: tuple[str, ...], what: str, mend: str) -> Mapping[str, int]:
    """The places of columns that a dataset must have; an `UnreadableInput` names those that are missing."""
    places = {name: cells.place(name) for name in names}
    missing = [name for name, place in places.items() if place is None]
    if missing:
        why = f"is no {what}: no column {', '.join(missing)} among {', '.join(cells.columns) or 'none'}"
        raise UnreadableInput(cells.source, why, mend)
    return {name: place for name, place in places.items() if place is not None}
