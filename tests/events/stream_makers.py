"""Rows of event streams as their sources write them: made up, in the documented layouts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from cordiale.events import Archive, Ingested
from cordiale.events.streams import STREAMS

_NUMBERS = count(1)


def gdelt(
    a: str = "SYR", b: str = "TUR", *, day: str = "20191024", added: str | None = None, code: str = "190",
    score: str = "-10.0", quad: str = "4", root: str = "1", url: str | None = None, event_id: str | None = None,
    roles: tuple[str, str] = ("", ""), groups: tuple[str, str] = ("", ""), named: str = "NAME", version: int = 2,
    width: int | None = None,
) -> str:  # fmt: skip
    """A line of GDELT; `version` 1 has 58 columns, and 57 with that `width`. An actor's code is its country's first,
    its name is `named` and that."""
    number = event_id or str(next(_NUMBERS))
    sides = [
        [who + group + role, f"{named} {who}" if who else "", who[:3], group, "", "", "", role, "", ""]
        for who, group, role in zip((a, b), groups, roles, strict=True)
    ]
    geo = ["4", "Aleppo", "SY", "SY09", *(["x"] if version == 2 else []), "36.2", "37.1", "1"]
    cells = [
        number, day, day[:6], day[:4], f"{day[:4]}.8", *sides[0], *sides[1], root, code, code[:3], code[:2], quad,
        score, "3", "1", "3", "-1.5", *geo, *geo, *geo,
        (added or day) + ("143000" if version == 2 else ""), f"https://example.org/{number}" if url is None else url,
    ]  # fmt: skip
    return "\t".join(cells[:width])


def table(stream: str, rows: Iterable[dict[str, Any]], *, separator: str = "\t", head: bool = True) -> str:
    """A file with the columns of a stream; cells that a row lacks are empty."""
    columns = STREAMS[stream].columns
    lines = [columns] if head else []
    lines += [tuple(str(row.get(column, "")) for column in columns) for row in rows]
    return "\n".join(separator.join(line) for line in lines) + "\n"


def icews(event_id: int = 1, **cells: Any) -> dict[str, Any]:
    """A row of ICEWS."""
    return {
        "Event ID": event_id, "Event Date": "2018-06-01", "Source Name": "Military (Syria)",
        "Source Sectors": "Military,Government", "Source Country": "Syria", "Event Text": "fight",
        "CAMEO Code": "190", "Intensity": "-10", "Target Name": "Rebel (Syria)", "Target Sectors": "Rebel",
        "Target Country": "Turkey", "Story ID": "7", "Country": "Syria", **cells,
    }  # fmt: skip


def polecat(event_id: str = "E1", **cells: Any) -> dict[str, Any]:
    """A row of POLECAT."""
    return {
        "Event ID": event_id, "Event Date": "2023-01-02", "Event Type": "ASSAULT", "Event Mode": "Aerial",
        "Intensity": "-9.5", "Quad Code": "MATERIAL CONFLICT", "Actor Name": "Air Force", "Actor Country": "SYR",
        "Primary Actor Sector": "MIL", "Recipient Name": "None", "Recipient Country": "TUR;USA",
        "Primary Recipient Sector": "None", "Country": "SYR", "Publication Date": "2023-01-04", **cells,
    }  # fmt: skip


def phoenix(event_id: str = "20180101_1", **cells: Any) -> dict[str, Any]:
    """A row of Phoenix."""
    return {
        "EventID": event_id, "Date": "20180101", "Year": "2018", "Month": "1", "Day": "1", "SourceActorFull": "SYRMIL",
        "SourceActorEntity": "SYR", "SourceActorRole": "MIL", "TargetActorFull": "TUR", "TargetActorEntity": "TUR",
        "EventCode": "036", "EventRootCode": "03", "QuadClass": "0", "GoldsteinScore": "4.0",
        "URLs": "https://e.org/1", **cells,
    }  # fmt: skip


def acled(event_id: str = "SYR1", **cells: Any) -> dict[str, Any]:
    """A row of ACLED."""
    return {
        "event_id_cnty": event_id, "event_date": "24 October 2019", "event_type": "Battles",
        "sub_event_type": "Armed clash", "actor1": "Military Forces of Turkey (2016-)", "inter1": "State forces",
        "actor2": "Military Forces of Syria (2000-2024)", "inter2": "1", "country": "Syria",
        "timestamp": "1572220800", **cells,
    }  # fmt: skip


def ged(event_id: int = 1, **cells: Any) -> dict[str, Any]:
    """A row of UCDP GED."""
    return {
        "id": event_id, "type_of_violence": 1, "side_a_new_id": 118, "side_a": "Government of Syria",
        "side_b_new_id": 4456, "side_b": "Syrian insurgents", "source_date": "2013-01-05;2013-01-07",
        "country": "Syria", "date_start": "2013-01-03 00:00:00.000", "date_end": "2013-01-06 00:00:00.000",
        "gwnoa": 652, "gwnob": "", "number_of_sources": 2, **cells,
    }  # fmt: skip


def written(folder: Path, name: str, text: str | Sequence[str], encoding: str = "utf-8") -> Path:
    """A file with some text, or lines."""
    path = folder / name
    path.write_bytes((text if isinstance(text, str) else "\n".join(text) + "\n").encode(encoding))
    return path


def taken(archive: Archive, *files: Path, **how: Any) -> list[Ingested]:
    """What became of files."""
    return list(archive.ingest(files, **how))


def events(archive: Archive, stream: str) -> list[dict[str, Any]]:
    """The events of a stream that count, with the keys of their actors, by number and pair."""
    parts = archive.ledger.parts(stream)
    if not parts:
        return []
    paths = ", ".join(f"'{archive.folder / part.path}'" for part in parts)
    found = archive.con.execute(
        f"""SELECT e.* EXCLUDE (actor, target), a.key AS a, b.key AS b
            FROM read_parquet([{paths}], hive_partitioning = false) e
            LEFT JOIN actors a ON a.id = e.actor LEFT JOIN actors b ON b.id = e.target
            ORDER BY event_id, a.key, b.key"""
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def as_date(text: str) -> date:
    """A day as GDELT writes it."""
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
