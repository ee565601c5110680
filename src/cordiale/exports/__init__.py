"""What leaves a dossier for other programs: claims, the ties of a day, ties over time, each in its formats.

Each file is written whole or not at all. Records and snapshots come in, bytes go out; nothing is weighed here, and no
store is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cordiale.errors import UnknownName
from cordiale.exports.writing import ExportError, writing

if TYPE_CHECKING:
    from cordiale.claims import Actor
    from cordiale.records import ClaimRecord
    from cordiale.ties import Snapshot

CLAIM_FORMATS = ("jsonl", "csv")
FORMATS = (*CLAIM_FORMATS, "graphml")
"""What can be written."""

__all__ = ["CLAIM_FORMATS", "FORMATS", "ExportError", "export_claims", "export_ties", "writing"]


def export_claims(records: Iterable[ClaimRecord], format: str, file: str) -> int:
    """Write claims as `jsonl` or `csv` to a file, or to standard output as `-`; how many.

    An unknown format is an `UnknownName`; a file that cannot be written an `ExportError`, and what was there before is
    untouched.
    """
    from cordiale.exports.csv import write_csv
    from cordiale.exports.jsonl import write_jsonl

    if format not in CLAIM_FORMATS:
        raise UnknownName("export format", format, FORMATS)
    with writing(file) as out:
        return write_jsonl(records, out) if format == "jsonl" else write_csv(records, out)


def export_ties(snapshot: Snapshot, actors: Mapping[str, Actor], file: str) -> int:
    """Write the ties of a snapshot as GraphML; how many. `actors` gives their names and kinds."""
    from cordiale.exports.graphml import write_graphml

    with writing(file) as out:
        return write_graphml(snapshot, actors, out)
