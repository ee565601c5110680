"""What leaves a dossier for other programs: claims, the ties of a day, ties over time, each in its formats.

Each file is written whole or not at all. Records, snapshots, networks and evidence come in, bytes go out; no store is
known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cordiale.errors import ExportError, UnknownName
from cordiale.exports.writing import writing

if TYPE_CHECKING:
    from cordiale.claims import Actor
    from cordiale.networks import SignedNetwork
    from cordiale.records import ClaimRecord
    from cordiale.ties import Snapshot

CLAIM_FORMATS = ("jsonl", "csv")
TIE_FORMATS = ("graphml", "pajek", "ties", "ties-parquet")
COURSE_FORMATS = ("gexf", "pajek-years", "spells", "dyads", "dyads-parquet")
FORMATS = (*CLAIM_FORMATS, *TIE_FORMATS, *COURSE_FORMATS)
"""What can be written: of claims, of the ties of a day, of ties over time."""

__all__ = [
    "CLAIM_FORMATS", "COURSE_FORMATS", "FORMATS", "TIE_FORMATS", "ExportError", "export_claims", "export_ties",
    "writing",
]  # fmt: skip


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


def export_ties(
    ties: SignedNetwork | Snapshot,
    format: str,
    file: str,
    *,
    actors: Mapping[str, Actor] | None = None,
    names: Mapping[str, str] | None = None,
) -> int:
    """Write a snapshot, or any signed network, in one of `TIE_FORMATS`; how many ties.

    `actors` gives names and kinds by id; `names` the labels of `pajek`, without it those of `actors`. Ties of sign 0,
    neutral or contested, are in `graphml` and `ties`; Pajek has no value for them. Actors without ties are written of a
    network, which names them, and not of a snapshot.

    >>> from pathlib import Path; from tempfile import TemporaryDirectory
    >>> from cordiale.networks import SignedNetwork
    >>> network = SignedNetwork.of([("GBR", "FRA", -1)])
    >>> with TemporaryDirectory() as folder:
    ...     export_ties(network, "pajek", f"{folder}/a.net"), Path(folder, "a.net").read_text().split("\\n")
    (1, ['*Vertices 2', '1 "FRA"', '2 "GBR"', '*Edges', '1 2 -1', ''])
    """
    from cordiale.exports.graphml import write_graphml
    from cordiale.exports.pajek import write_pajek
    from cordiale.exports.tables import write_parquet, write_rows
    from cordiale.exports.tie_rows import TieRow, tie_rows
    from cordiale.networks import SignedNetwork

    if format not in TIE_FORMATS:
        raise UnknownName("export format", format, FORMATS)
    known = actors or {}
    with writing(file) as out:
        if format == "graphml":
            return write_graphml(ties, known, out)
        if format == "pajek":
            labels = {key: actor.name for key, actor in known.items()} if names is None else names
            network = SignedNetwork.of(ties, weighted=True)
            return write_pajek(
                network if ties is network else SignedNetwork.of(network.ties, weighted=True), labels, out
            )
        write = write_parquet if format == "ties-parquet" else write_rows
        return write(TieRow, tie_rows(ties, known), out)
