"""What leaves a dossier for other programs: claims as JSON Lines or CSV, the ties of a day as GraphML.

Each file is written whole or not at all. Records and snapshots come in, bytes go out; nothing is weighed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from cordiale.errors import UnknownName
from cordiale.exports.writing import writing

if TYPE_CHECKING:
    from cordiale.dossier import Dossier

FORMATS = ("jsonl", "csv", "graphml")
"""What `export` writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What to write: everything `known` by a published day; for a graph, the ties `at` a held day."""

    dossier: Dossier
    at: date
    known: date | None


def export(dossier: Dossier, format: str, file: str, *, at: date, known: date | None) -> int:
    """Write a dossier's claims (`jsonl`, `csv`) or its ties on a day (`graphml`) to a file, or to stdout as `-`.

    Gives the number of claims or ties written. An unknown format is an `UnknownName`, a file that cannot be written an
    `ExportError`, and then what was there before is untouched.
    """
    write = _writer(format)
    with writing(file) as out:
        return write(Export(dossier=dossier, at=at, known=known), out)


def _writer(format: str) -> Callable[[Export, BinaryIO], int]:
    if format == "jsonl":
        return _jsonl
    if format == "csv":
        return _csv
    if format == "graphml":
        return _graphml
    raise UnknownName("export format", format, FORMATS)


def _jsonl(asked: Export, out: BinaryIO) -> int:
    from cordiale.exports.jsonl import write_jsonl

    return write_jsonl(asked.dossier.claims(known=asked.known).records(), out)


def _csv(asked: Export, out: BinaryIO) -> int:
    from cordiale.exports.csv import write_csv

    return write_csv(asked.dossier.claims(known=asked.known).records(), out)


def _graphml(asked: Export, out: BinaryIO) -> int:
    from cordiale.exports.graphml import write_graphml

    snapshot = asked.dossier.snapshot(asked.at, asked.known)
    return write_graphml(snapshot, asked.dossier.catalogue(), out)
