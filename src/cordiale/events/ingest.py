"""One plain file into an archive's parts: read, checked, its actors numbered, sorted, and written month by month.

A line that is no event is refused with its reason; every other is kept as it is, its score too. A part is written
beside its place, synced, and renamed; it counts once the ledger has it.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.errors import UnreadableInput
from cordiale.events.engine import name, text
from cordiale.events.formats import FIELDS, Layout
from cordiale.events.ledger import Part, Reject
from cordiale.events.scores import scores
from cordiale.events.unpacking import Plain
from cordiale.plain import one_line

if TYPE_CHECKING:
    import duckdb

WHOLE = 2520
"""What one event weighs, in parts that can be shared among up to ten pairs without a rest."""
GROUP = 250_000
"""Rows of a row group."""
LONGEST = 2_000
"""Characters of a refused line that are kept."""
ORDER = "actor NULLS LAST, target NULLS LAST, day, event_id"
MACROS = (
    """CREATE OR REPLACE MACRO as_day(x) AS coalesce(
        CASE WHEN length(x) = 8 THEN try_cast(x[1:4] || '-' || x[5:6] || '-' || x[7:8] AS DATE) END,
        try_cast(x[1:10] AS DATE), try_strptime(x, ['%d/%m/%Y', '%d %B %Y', '%d %b %Y'])::DATE)""",
    # What is there and no number becomes one that no score is, so that its line is refused.
    """CREATE OR REPLACE MACRO as_tenths(x) AS CASE WHEN x IS NULL OR trim(x) = '' THEN NULL
        ELSE coalesce(try_cast(10 * try_cast(x AS DECIMAL(5, 1)) AS SMALLINT), 32767) END::SMALLINT""",
    """CREATE OR REPLACE MACRO as_quad(x) AS coalesce(try_cast(x AS TINYINT), CASE upper(x)
        WHEN 'VERBAL COOPERATION' THEN 1 WHEN 'MATERIAL COOPERATION' THEN 2
        WHEN 'VERBAL CONFLICT' THEN 3 WHEN 'MATERIAL CONFLICT' THEN 4 END)::TINYINT""",
)
_LINE_ENDS = {"\n": r"\n", "\r\n": r"\r\n"}
_WRONG = """
    CASE WHEN event_id IS NULL THEN 'it has no number of its own'
        WHEN day IS NULL THEN 'its day is no date'
        WHEN added IS NULL THEN 'the day that it was added is no date'
        WHEN day < DATE '1700-01-01' OR day > added + 366 THEN 'its day cannot be'
        WHEN code IS NULL AND score IS NULL THEN 'it has no code and no score'
        WHEN length(code) > 120 THEN 'its code is no code'
        WHEN score NOT BETWEEN -100 AND 100 THEN 'its score is no score'
    END"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file gave: its parts, the lines that are no events, what was settled by a rule, actors not met before,
    and how many lines and events it has."""

    parts: tuple[Part, ...]
    rejects: tuple[Reject, ...]
    notes: tuple[tuple[str, int], ...]
    actors: tuple[tuple[int, str, str], ...]
    lines: int
    events: int = field(default=0)


def take_in(con: duckdb.DuckDBPyConnection, plain: Plain, layout: Layout, archive: Path) -> Taken:
    """Write the parts of a file into an archive's folder. `con` has the table `actors` of those that are known."""
    import duckdb

    try:
        for table in ("reject_scans", "reject_errors"):
            con.execute(f"DROP TABLE IF EXISTS {table}")
        con.execute(f"CREATE OR REPLACE TEMP VIEW raw AS {_raw(plain, layout)}")
        con.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {_fresh(layout)}")
        broken = _broken(con)
        padded = _padded(con, layout)
        refused = _refused(con, plain, layout)
        con.execute("DELETE FROM fresh WHERE wrong IS NOT NULL")
        actors = _numbered(con, layout)
        parts = tuple(_written(con, plain, layout, archive))
    except duckdb.OutOfMemoryException as error:
        raise UnreadableInput(plain.source, "too much for the memory", "give more with --memory") from error
    except (duckdb.IOException, OSError) as error:
        why = one_line(getattr(error, "strerror", None) or str(error))[:200].lower()
        raise UnreadableInput(plain.source, why, "see that the disk has room, and give it again") from error
    except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
        raise  # our fault, and no file's
    except duckdb.Error as error:
        why = f"it cannot be read as {layout.format.title} ({one_line(str(error))[:160]})"
        raise UnreadableInput(plain.source, why, "check that it is whole") from error
    rejects = tuple(sorted([*broken, *refused], key=lambda one: one.line))
    (events,) = _one(con, "SELECT count(*) FILTER (part = 0) FROM fresh")
    notes = (*_notes(con, plain, padded),)
    con.execute("DROP TABLE fresh")
    return Taken(
        parts=parts, rejects=rejects, notes=notes, actors=actors, lines=events + len(rejects), events=events
    )  # fmt: skip


def _raw(plain: Plain, layout: Layout) -> str:
    """SQL for the raw columns of a file, under the names of its format; those that it lacks are NULL."""
    columns = ", ".join(f"{text(column)}: 'VARCHAR'" for column in layout.columns)
    quote = '"' if layout.quoted else ""
    missing = [f"NULL::VARCHAR AS {name(c)}" for c in layout.format.columns if c not in layout.columns]
    return f"""
        SELECT {", ".join(["*", *missing])} FROM read_csv({text(plain.path)}, columns = {{{columns}}},
            auto_detect = false, delim = {text(layout.separator)}, quote = {text(quote)}, escape = {text(quote)},
            header = {str(layout.head).lower()}, null_padding = {str(layout.format.ragged).lower()},
            new_line = {text(_LINE_ENDS[layout.line_end])}, store_rejects = true)"""


def _fresh(layout: Layout) -> str:
    """SQL for the events of a file, with what is wrong with each, and the raw cells by which that is judged."""
    judged = [f"judged_{number}" for number in range(len(layout.format.judged))]
    marked = ", ".join(f"{name(c)} AS {mark}" for c, mark in zip(layout.format.judged, judged, strict=True))
    before, after = layout.format.rows.split("FROM raw")
    inner = f"{before}FROM (SELECT *, {marked} FROM raw){after}".replace("SELECT ", f"SELECT {', '.join(judged)}, ", 1)
    at = f"CASE WHEN wrong IS NOT NULL THEN [{', '.join(judged)}] END AS judged"
    return f"SELECT {', '.join(FIELDS)}, wrong, {at} FROM (SELECT *, {_WRONG} AS wrong FROM ({inner}))"


def _broken(con: duckdb.DuckDBPyConnection) -> list[Reject]:
    """The lines that the engine could not take apart."""
    rows = con.execute(
        "SELECT line, min(error_type::VARCHAR), min(error_message), min(csv_line) FROM reject_errors GROUP BY line"
    ).fetchall()
    return [
        Reject(line=line, why=f"{kind.lower().replace('_', ' ')}: {one_line(said or '')}"[:200], text=_cut(written))
        for line, kind, said, written in rows
    ]


def _padded(con: duckdb.DuckDBPyConnection, layout: Layout) -> int:
    """Give CAMEO codes that lost the zero in front their zero again; how many there were.

    Only where no code of the file begins with one, and where the row's own score says that it is the longer code, or
    the shorter one is no code at all: 10 is "demand", 010 "make a statement".
    """
    if layout.format.scheme not in ("goldstein", "intensity"):
        return 0
    (whole,) = _one(con, "SELECT count(*) FROM fresh WHERE code LIKE '0%'")
    if whole:
        return 0
    table = [(one.code, one.goldstein) for one in scores(layout.format.scheme)]
    con.execute("CREATE OR REPLACE TEMP TABLE known_codes (code VARCHAR, score SMALLINT)")
    con.executemany("INSERT INTO known_codes VALUES (?, ?)", table)
    con.execute(
        """CREATE OR REPLACE TEMP TABLE lost AS SELECT DISTINCT fresh.code, fresh.score FROM fresh
            JOIN known_codes longer ON longer.code = '0' || fresh.code
            LEFT JOIN known_codes shorter ON shorter.code = fresh.code
            WHERE shorter.code IS NULL OR (fresh.score = longer.score AND fresh.score IS DISTINCT FROM shorter.score)"""
    )
    same = "fresh.code = lost.code AND fresh.score IS NOT DISTINCT FROM lost.score"
    (count,) = _one(con, f"SELECT count(*) FROM fresh SEMI JOIN lost ON {same}")
    con.execute(f"UPDATE fresh SET code = '0' || fresh.code FROM lost WHERE {same}")
    return int(count)


def _refused(con: duckdb.DuckDBPyConnection, plain: Plain, layout: Layout) -> list[Reject]:
    """The lines that were taken apart and are no events. Their numbers are found by reading the file once more."""
    rows = con.execute("SELECT DISTINCT judged, wrong FROM fresh WHERE wrong IS NOT NULL").fetchall()
    if not rows:
        return []
    why = {tuple(cell or "" for cell in at): wrong for at, wrong in rows}
    columns = {column: place for place, column in enumerate(layout.columns)}
    places = [columns.get(column) for column in layout.format.judged]
    found = []
    with plain.path.open(encoding="utf-8", errors="replace", newline="") as file:
        for number, cells, line in _lines(file, layout):
            if number == 1 and layout.head:
                continue
            if len(cells) != len(layout.columns) and not layout.format.ragged:
                continue
            at = tuple("" if place is None or place >= len(cells) else cells[place] for place in places)
            if (wrong := why.get(at)) is not None:
                short = len(cells) < min(layout.format.widths, default=0)
                told = f"missing columns: {len(cells)} of {min(layout.format.widths)}" if short else wrong
                found.append(Reject(line=number, why=told, text=_cut(line)))
    return found


def _lines(file: Iterator[str], layout: Layout) -> Iterator[tuple[int, list[str], str]]:
    """The lines of a file with their numbers, apart into cells."""
    if not layout.quoted:
        for number, line in enumerate(file, start=1):
            yield number, line.rstrip("\r\n").split(layout.separator), line
        return
    csv.field_size_limit(1 << 30)
    reader = csv.reader(file, delimiter=layout.separator)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        yield begins, cells, layout.separator.join(cells)
        begins = reader.line_num + 1


def _numbered(con: duckdb.DuckDBPyConnection, layout: Layout) -> tuple[tuple[int, str, str], ...]:
    """Give the actors that are new their numbers."""
    stream = layout.format.name
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE newcomers AS
            SELECT (SELECT coalesce(max(id), 0) FROM actors) + row_number() OVER (ORDER BY key) AS id, key FROM (
                SELECT a_key AS key FROM fresh WHERE a_key IS NOT NULL
                UNION SELECT b_key FROM fresh WHERE b_key IS NOT NULL
            ) ANTI JOIN (SELECT key FROM actors WHERE stream = {text(stream)}) USING (key)"""
    )
    con.execute(f"INSERT INTO actors SELECT id, {text(stream)}, key FROM newcomers")
    return tuple((one, stream, key) for one, key in con.execute("SELECT id, key FROM newcomers ORDER BY id").fetchall())


def _written(con: duckdb.DuckDBPyConnection, plain: Plain, layout: Layout, archive: Path) -> Iterator[Part]:
    stream = layout.format.name
    months = con.execute(
        "SELECT date_trunc('month', day)::DATE AS month, count(*) FROM fresh GROUP BY month ORDER BY month"
    ).fetchall()
    known = f"(SELECT id, key FROM actors WHERE stream = {text(stream)})"
    for month, rows in months:
        path = Path("events") / stream / f"{month:%Y-%m}" / f"{plain.md5}.parquet"
        write(
            con, archive / path,
            f"""SELECT event_id, day, days::SMALLINT AS days, added, a.id::INTEGER AS actor, b.id::INTEGER AS target,
                    code, score, quad, root, place, md5_number_lower(url) AS url, mentions,
                    (({WHOLE} * (part + 1)) // parts - ({WHOLE} * part) // parts)::SMALLINT AS weight
                FROM fresh LEFT JOIN {known} a ON a.key = a_key LEFT JOIN {known} b ON b.key = b_key
                WHERE day >= DATE {text(month)} AND day < DATE {text(month)} + INTERVAL 1 MONTH ORDER BY {ORDER}""",
        )  # fmt: skip
        yield Part(path=path.as_posix(), stream=stream, month=month, rows=rows)
    urls = archive / "urls" / stream / f"{plain.md5}.parquet"
    write(
        con, urls, "SELECT DISTINCT md5_number_lower(url) AS hash, url FROM fresh WHERE url IS NOT NULL ORDER BY hash"
    )


def write(con: duckdb.DuckDBPyConnection, path: Path, query: str, *, group: int = GROUP) -> int:
    """Write the rows of a query as a Parquet file that is whole when it has its name, and on the disk; how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.tmp")
    (rows,) = _one(
        con,
        f"COPY ({query}) TO {text(beside)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, "
        f"ROW_GROUP_SIZE {group})",
    )
    _sync(beside)
    beside.replace(path)
    _sync(path.parent)
    return rows


def _sync(place: Path) -> None:
    """Have a file, or a folder's names, on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _notes(con: duckdb.DuckDBPyConnection, plain: Plain, padded: int) -> Iterator[tuple[str, int]]:
    """What was settled by a rule, or should be known of a file."""
    one_sided, nobody, back = _one(
        con,
        """SELECT count(*) FILTER ((a_key IS NULL) <> (b_key IS NULL)),
            count(*) FILTER (a_key IS NULL AND b_key IS NULL), count(*) FILTER (day < added - 1)
        FROM fresh WHERE part = 0""",
    )
    told = (
        ("lines that were not UTF-8, read as Windows writes them", plain.mended),
        ("codes that had lost the zero in front", padded),
        ("events of which one actor is not named", one_sided),
        ("events of which no actor is named", nobody),
        ("events dated back by more than a day", back),
    )
    return ((what, count) for what, count in told if count)


def _one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    found = con.execute(query).fetchone()
    if found is None:
        raise AssertionError(query)
    return tuple(found)


def _cut(line: str | None) -> str:
    return (line or "").strip("\r\n")[:LONGEST]
