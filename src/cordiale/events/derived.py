"""Tables that are made of the parts of a stream, a file a year: made anew just where the parts are others now.

A file goes by the year and by what it was made of, and counts once the ledger has it; what it replaces lies there until
the next sweep, for those who still read it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.events.engine import files
from cordiale.events.ledger import CellPart, Part
from cordiale.events.parts import write
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    from cordiale.events.archive import Archive

Progress = Callable[[int, int, str], None]
"""Is told how many of how many are done, and which one is next; or that all are."""
Make = Callable[[Sequence[Part]], str]
"""From the parts of a year, by month: the query of its rows, whose columns `events` and `lines` say of how many events
they are, and in how many lines those are told."""
HOW = "1"
"""Another once the same parts are to give other rows: what was made before is then made anew."""
GROUP = 80_000
"""Rows of a row group: small, so that one pair is read without the others."""


def refreshed(
    archive: Archive, stream: str, recipe: str, make: Make, *, progress: Progress | None = None
) -> list[CellPart]:
    """The files of a recipe, by year, none of which is stale. `progress` is told, else that of the archive."""
    tell = progress or archive.progress
    name = stream_of(stream).name
    if _is_fresh(*_parts_and_files(archive, name, recipe)):
        return archive.ledger.cells(name, recipe)
    with archive.alone():
        years, have = _parts_and_files(archive, name, recipe)  # another process may have made them meanwhile
        marks = {year: mark(parts) for year, parts in years.items()}
        stale = [year for year, own in marks.items() if year not in have or have[year].made_of != own]
        for number, year in enumerate(stale):
            if tell is not None:
                tell(number, len(stale), f"{name} {year}")
            path = Path("dyads") / name / recipe / f"{year}-{marks[year]}.parquet"
            rows = _written(archive, path, make, years[year])
            events, lines = counted(archive, path)
            one = CellPart(
                path=path.as_posix(), stream=name, recipe=recipe, year=year, made_of=marks[year], rows=rows,
                events=lines, left_out=lines - events,
            )  # fmt: skip
            archive.ledger.enter_cells([one], [have[year]] if year in have else [])
        archive.ledger.enter_cells([], [one for year, one in have.items() if year not in years])
    if tell is not None:
        tell(len(stale), len(stale), name)
    return archive.ledger.cells(name, recipe)


def _written(archive: Archive, path: Path, make: Make, parts: Sequence[Part]) -> int:
    """Write the rows of a year; how many."""
    import duckdb

    from cordiale.events.archive import ArchiveError

    try:
        return write(archive.con, archive.folder / path, make(parts), group=GROUP)
    except (duckdb.IOException, OSError) as error:
        for beside in (archive.folder / path).parent.glob(f"*{path.name}.tmp"):
            beside.unlink(missing_ok=True)
        why = "what is added up cannot be written, or a part cannot be read"
        mend = "see that its disk has room, and look into it with: cordiale events check"
        raise ArchiveError(archive.called, why, mend) from error


def _parts_and_files(archive: Archive, stream: str, recipe: str) -> tuple[dict[int, list[Part]], dict[int, CellPart]]:
    """By year, the parts of a stream, and the file that was made of them once."""
    years: dict[int, list[Part]] = {}
    for part in archive.ledger.parts(stream):
        years.setdefault(part.month.year, []).append(part)
    return years, {one.year: one for one in archive.ledger.cells(stream, recipe)}


def _is_fresh(years: Mapping[int, Sequence[Part]], have: Mapping[int, CellPart]) -> bool:
    return have.keys() == years.keys() and all(have[year].made_of == mark(parts) for year, parts in years.items())


def mark(parts: Sequence[Part]) -> str:
    """What a file goes by that is made of some parts."""
    return hashlib.sha256("\n".join((HOW, *(one.path for one in parts))).encode()).hexdigest()[:16]


def counted(archive: Archive, path: Path) -> tuple[int, int]:
    """Of how many events a file is, and in how many lines those are told."""
    there = files([archive.folder / path])
    found = archive.con.execute(
        f"SELECT coalesce(sum(events), 0)::BIGINT, coalesce(sum(lines), 0)::BIGINT FROM read_parquet({there})"
    ).fetchall()
    return (found[0][0], found[0][1])
