"""Events, or pairs by day, out of an archive as one file: names in place of numbers, addresses in place of hashes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.errors import ExportError, InvalidValue
from cordiale.events.dyads import Recipe, cells
from cordiale.events.engine import files, name, text
from cordiale.events.parts import WHOLE
from cordiale.events.series import UNIT, during, read
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    from cordiale.events.archive import Archive

KINDS = (".parquet", ".csv")


def export_events(
    archive: Archive, file: str, *, stream: str, recipe: Recipe | None = None, since: date | None = None,
    until: date | None = None, known: date | None = None, dyad_days: bool = False,
) -> int:  # fmt: skip
    """Write the events of a stream that a recipe is of, every line of them, into a Parquet or CSV file; or with
    `dyad_days` what they come to by pair and day. How many rows.

    The file has its name once it is whole; a Parquet file says in its metadata what it is, how to cite it, and under
    which licence. Another ending of its name is an `InvalidValue`, one that cannot be written
    an `ExportError`.
    """
    kind = Path(file).suffix.lower()
    if kind not in KINDS:
        raise InvalidValue("the file to write", file, f"end its name in one of: {', '.join(KINDS)}")
    told = stream_of(stream).name
    con, asked = archive.people(), during(since, until, known)
    counted = (recipe or Recipe()).asked_of(told)
    if dyad_days:
        query = f"""SELECT {text(told)} AS stream, {text(counted.name)} AS recipe,
            {"NULL" if known is None else text(str(known))}::VARCHAR AS known, a.label AS a, b.label AS b,
            a.state AS a_state, b.state AS b_state,
            day, added, events.weight / {WHOLE} AS events,
            cooperative / {UNIT} AS cooperative, conflictual / {UNIT} AS conflictual
            FROM {read(archive, cells(archive, told, counted))} events JOIN people a ON a.id = events.actor
            JOIN people b ON b.id = events.target WHERE {asked}
            ORDER BY a.label, b.label, events.actor, events.target, day, added"""
    else:
        parts = archive.ledger.parts(told)
        if not parts:
            raise InvalidValue("a stream without events", told, "take some in: cordiale events ingest FILES")
        paths = files(archive.paths(part.path for part in parts))
        urls = sorted((archive.folder / "urls" / told).glob("*.parquet"))
        query = f"""SELECT event_id, day, days, added, a.label AS a, actor_name AS a_name, b.label AS b,
                target_name AS b_name, a.state AS a_state, b.state AS b_state, a.actor AS a_actor, b.actor AS b_actor,
                events.code, score / 10 AS score, quad, root, place, events.weight / {WHOLE} AS weight, mentions,
                addresses.url
            FROM (SELECT * FROM read_parquet({paths}) WHERE {counted.of(archive, told, parts)}) events
            LEFT JOIN people a ON a.id = events.actor LEFT JOIN people b ON b.id = events.target
            LEFT JOIN (SELECT hash, any_value(url) AS url FROM read_parquet({files(urls)}) GROUP BY hash) addresses
                ON addresses.hash = events.url
            WHERE {asked} ORDER BY day, event_id, a.label, b.label"""
    how = "FORMAT csv, HEADER true"
    if kind == ".csv":
        query = _without_formulas(archive, query)
    else:
        of = stream_of(told)
        known_then = {} if known is None else {"known": str(known)}
        recipe_told = counted.words if dyad_days else "; ".join(("single events, as they are", *counted.narrower))
        says = {"stream": told, "recipe": recipe_told} | known_then | {"cite": of.cite, "licence": of.licence}
        stated = ", ".join(f"{key}: {text(value)}" for key, value in says.items())
        how = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{stated}}}"
    place = Path(file).resolve()
    beside = place.with_name(f".{place.name}.tmp")
    import duckdb

    try:
        found = con.execute(f"COPY ({query}) TO {text(beside)} ({how})").fetchall()
        beside.replace(place)
    except (duckdb.IOException, OSError) as error:
        why = "there is no such folder" if not place.parent.is_dir() else "it cannot be written"
        raise ExportError(file, why, "check the folder, your rights to it and the free space") from error
    finally:
        beside.unlink(missing_ok=True)
    return int(found[0][0])


def _without_formulas(archive: Archive, query: str) -> str:
    """The same rows with an apostrophe before text that a spreadsheet would take for a formula."""
    columns = archive.con.execute(f"DESCRIBE {query}").fetchall()
    told = (
        f"CASE WHEN regexp_matches({column}, '^[=+@\\t-]') THEN chr(39) || {column} ELSE {column} END AS {column}"
        if kind == "VARCHAR" else column
        for column, kind in ((name(row[0]), row[1]) for row in columns)
    )  # fmt: skip
    return f"SELECT {', '.join(told)} FROM ({query})"
