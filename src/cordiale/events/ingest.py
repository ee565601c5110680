"""Plain files into an archive's parts: read, checked, their actors numbered, and written.

A line that is no event is refused with its reason; every other is kept as it is, its score too. Small files are taken
in many at a time, as the engine needs longer to plan a query than to read one of them.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.errors import UnreadableInput
from cordiale.events.engine import files, name, text
from cordiale.events.formats import FIELDS, Layout
from cordiale.events.ledger import Part, Reject
from cordiale.events.parts import written
from cordiale.events.scores import scores
from cordiale.events.unpacking import Plain
from cordiale.plain import one_line

if TYPE_CHECKING:
    import duckdb

LONGEST = 2_000
"""Characters of a refused line that are kept."""
WITH_TEXT = 10_000
"""Refused lines of a file of which the text is kept, too."""
MACROS = (
    # As a date the engine takes years of any length, and "infinity".
    r"""CREATE OR REPLACE MACRO as_day(x) AS coalesce(
        CASE WHEN length(x) = 8 THEN try_cast(x[1:4] || '-' || x[5:6] || '-' || x[7:8] AS DATE) END,
        CASE WHEN regexp_full_match(trim(x[1:10]), '\d{4}-\d{1,2}-\d{1,2}') THEN try_cast(x[1:10] AS DATE)
            WHEN regexp_matches(x, '^\d{1,2}[/ ]') THEN
                try_strptime(x, ['%d/%m/%Y', '%d %B %Y', '%d %b %Y'])::DATE END)""",
    # What is there and no number becomes one that no score is, so that its line is refused.
    """CREATE OR REPLACE MACRO as_tenths(x) AS CASE WHEN x IS NULL OR trim(x) = '' THEN NULL
        ELSE coalesce(try_cast(10 * try_cast(x AS DECIMAL(5, 1)) AS SMALLINT), 32767) END::SMALLINT""",
    """CREATE OR REPLACE MACRO as_class(x) AS
        CASE WHEN try_cast(x AS TINYINT) BETWEEN 0 AND 4 THEN try_cast(x AS TINYINT) END""",
    """CREATE OR REPLACE MACRO as_quad(x) AS coalesce(as_class(x), CASE upper(x)
        WHEN 'VERBAL COOPERATION' THEN 1 WHEN 'MATERIAL COOPERATION' THEN 2
        WHEN 'VERBAL CONFLICT' THEN 3 WHEN 'MATERIAL CONFLICT' THEN 4 END)::TINYINT""",
)
_ABSENT = "\x02absent"
"""What no cell is, in the place of what the engine takes for nothing."""
_REST = "what is left of a line"
"""A column past the last: a separator at the end of a line opens it, and says nothing."""
_LINE_ENDS = {"\n": r"\n", "\r\n": r"\r\n"}
_WRONG = """
    CASE WHEN short THEN 'missing columns'
        WHEN long THEN 'too many columns'
        WHEN event_id IS NULL THEN 'it has no number of its own'
        WHEN day IS NULL THEN 'its day is no date'
        WHEN added IS NULL THEN 'the day that it was added is no date'
        WHEN days > 32767 THEN 'its last day cannot be'
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


def take_in(con: duckdb.DuckDBPyConnection, plains: Sequence[Plain], layout: Layout, archive: Path) -> list[Taken]:
    """Write the parts of files of one layout into an archive's folder; what each gave. `con` has the table `actors` of
    those that are known; the new ones stand with the first file."""
    import duckdb

    called = plains[0].source
    try:
        for table in ("reject_scans", "reject_errors"):
            con.execute(f"DROP TABLE IF EXISTS {table}")
        con.execute(f"CREATE OR REPLACE TEMP VIEW raw AS {_raw(plains, layout)}")
        con.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {_fresh(layout)}")
        rejects = _broken(con, plains, layout)
        _refused(con, plains, layout, rejects)
        con.execute("DELETE FROM fresh WHERE wrong IS NOT NULL")
        padded = _padded(con, layout)
        counts = _counts(con)
        for number, plain in enumerate(plains):
            there = sum(bool(line.strip()) for line in plain.head.splitlines()) > layout.head
            if there and not counts[number][0] and not rejects[number]:
                raise UnreadableInput(plain.source, "none of its lines can be told apart", "check how its lines end")
        actors = _numbered(con, layout)
        parts = written(con, plains, layout.format.name, archive)
    except duckdb.OutOfMemoryException as error:
        raise UnreadableInput(called, "too much for the memory", "give more with --memory") from error
    except (duckdb.IOException, OSError) as error:
        why = one_line(getattr(error, "strerror", None) or str(error))[:200].lower()
        if "could not write" in why or "write failed" in why:
            why = "what it gives cannot be written"
        mend = "see that the disk of the archive has room and may be written to, and give it again"
        raise UnreadableInput(called, why, mend) from error
    except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
        raise  # our fault, and no file's
    except duckdb.Error as error:
        why = f"it cannot be read as {layout.format.title} ({one_line(str(error))[:160]})"
        raise UnreadableInput(called, why, "check that it is whole") from error
    con.execute("DROP TABLE fresh")
    return [
        Taken(
            parts=tuple(parts[number]), rejects=_in_order(rejects[number]),
            notes=_notes(plain, padded.get(number, 0), counts[number][1:]), actors=() if number else actors,
            lines=counts[number][0] + len(rejects[number]), events=counts[number][0],
        )
        for number, plain in enumerate(plains)
    ]  # fmt: skip


def _raw(plains: Sequence[Plain], layout: Layout) -> str:
    """SQL for the raw columns of files, under the names of their format; those that they lack are NULL. `which_file` is
    the place of a line's file among them, `short` and `long` whether the line has too few columns, or too many.

    Where nothing is quoted, a cell that is not there is told from an empty one here: the engine would keep a word of
    each that lacks, which takes gigabytes where many lines are short.
    """
    unquoted = not layout.quoted
    known = [name(column) for column in layout.columns if column in layout.format.columns]
    cells = [f"nullif({one}, '') AS {one}" if unquoted else one for one in known]
    short = f"{name(layout.columns[layout.least - 1])} IS NULL" if unquoted else "false"
    long = f"coalesce({name(_REST)}, '') <> ''" if unquoted else "false"
    columns = ", ".join(f"{text(c)}: 'VARCHAR'" for c in (*layout.columns, *([_REST] if unquoted else [])))
    quote = '"' if layout.quoted else ""
    missing = [f"NULL::VARCHAR AS {name(c)}" for c in layout.format.columns if c not in layout.columns]
    paths = [plain.path for plain in plains]
    which = f"list_position([{', '.join(map(text, paths))}], file_path) - 1" if len(plains) > 1 else "0"
    return f"""
        SELECT {", ".join([*cells, f"({which})::INTEGER AS which_file", f"{short} AS short, {long} AS long", *missing])}
        FROM read_csv({files(paths)}, columns = {{{columns}}},
            auto_detect = false, delim = {text(layout.separator)}, quote = {text(quote)}, escape = {text(quote)},
            header = {str(layout.head).lower()}, skip = {layout.blank}, store_rejects = true,
            new_line = {text(_LINE_ENDS[layout.line_end])}, null_padding = {str(unquoted).lower()},
            nullstr = {text(_ABSENT if unquoted else "")},
            filename = 'file_path', compression = 'none')"""


def _fresh(layout: Layout) -> str:
    """SQL for the events of files, with what is wrong with each, and the raw cells by which that is judged."""
    judged = [f"judged_{number}" for number in range(len(layout.format.judged))]
    marked = ", ".join(f"{name(c)} AS {mark}" for c, mark in zip(layout.format.judged, judged, strict=True))
    before, after = layout.format.rows.split("FROM raw")
    inner = f"{before}FROM (SELECT *, {marked} FROM raw){after}"
    inner = inner.replace("SELECT ", f"SELECT which_file, short, long, {', '.join(judged)}, ", 1)
    at = f"CASE WHEN wrong IS NOT NULL AND NOT short AND NOT long THEN [{', '.join(judged)}] END AS judged"
    told = f"{', '.join(FIELDS)}, md5_number_lower(url) AS hash"
    return f"SELECT which_file, {told}, wrong, {at} FROM (SELECT *, {_WRONG} AS wrong FROM ({inner}))"


def _broken(con: duckdb.DuckDBPyConnection, plains: Sequence[Plain], layout: Layout) -> defaultdict[int, list[Reject]]:
    """The lines that the engine could not take apart, by the place of their file."""
    places = {str(plain.path): number for number, plain in enumerate(plains)}
    found: defaultdict[int, list[Reject]] = defaultdict(list)
    for path, line, kind, said, stands in con.execute(
        """SELECT file_path, line, min(error_type::VARCHAR), min(error_message), min(csv_line)
        FROM reject_errors JOIN reject_scans USING (scan_id, file_id) GROUP BY file_path, line"""
    ).fetchall():
        counted = re.search(r"Expected Number of Columns: \d+ Found: (\d+)", said or "")
        told = f"{counted[1]} of {len(layout.columns)}" if counted else one_line(said or "")
        why = f"{kind.lower().replace('_', ' ')}: {told}"[:200]
        found[places[path]].append(Reject(line=line, why=why, text=_cut(stands)))
    return found


def _padded(con: duckdb.DuckDBPyConnection, layout: Layout) -> dict[int, int]:
    """Give CAMEO codes that lost the zero in front their zero again; how many there were, by the place of their file.

    Only where no code of the file begins with one, and where the row's own score says that it is the longer code, or
    the shorter one is no code at all: 10 is "demand", 010 "make a statement".
    """
    if layout.format.scheme not in ("goldstein", "intensity"):
        return {}
    without = con.execute(
        "SELECT which_file FROM fresh GROUP BY which_file HAVING count(*) FILTER (code LIKE '0%') = 0"
    ).fetchall()
    if not without:
        return {}
    table = [(one.code, one.goldstein) for one in scores(layout.format.scheme)]
    con.execute("CREATE OR REPLACE TEMP TABLE known_codes (code VARCHAR, score SMALLINT)")
    con.executemany("INSERT INTO known_codes VALUES (?, ?)", table)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE lost AS SELECT DISTINCT which_file, fresh.code, fresh.score FROM fresh
            JOIN known_codes longer ON longer.code = '0' || fresh.code
            LEFT JOIN known_codes shorter ON shorter.code = fresh.code
            WHERE which_file IN ({", ".join(str(number) for (number,) in without)}) AND (shorter.code IS NULL
                OR (fresh.score = longer.score AND fresh.score IS DISTINCT FROM shorter.score))"""
    )
    same = """fresh.which_file = lost.which_file AND fresh.code = lost.code
        AND fresh.score IS NOT DISTINCT FROM lost.score"""
    counts = con.execute(f"SELECT which_file, count(*) FROM fresh SEMI JOIN lost ON {same} GROUP BY ALL").fetchall()
    con.execute(f"UPDATE fresh SET code = '0' || fresh.code FROM lost WHERE {same}")
    return dict(counts)


def _refused(
    con: duckdb.DuckDBPyConnection, plains: Sequence[Plain], layout: Layout, rejects: defaultdict[int, list[Reject]]
) -> None:
    """Add the lines that were taken apart and are no events. Their numbers are found by reading their file again."""
    why: defaultdict[int, dict[tuple[str, ...], str]] = defaultdict(dict)
    for number, at, wrong in con.execute(
        "SELECT DISTINCT which_file, judged, wrong FROM fresh WHERE wrong IS NOT NULL"
    ).fetchall():
        why[number][tuple(cell or "" for cell in at or ())] = wrong
    for number in {*why, *(rejects if layout.quoted else ())}:
        ours, broken = _read_again(plains[number], layout, why[number])
        if layout.quoted and len(broken) == len(rejects[number]):
            rejects[number] = broken  # the engine counts rows, which may have several lines
        rejects[number] += ours


def _read_again(plain: Plain, layout: Layout, why: dict[tuple[str, ...], str]) -> tuple[list[Reject], list[Reject]]:
    """The lines of a file that are no events, and those that the engine has told of, as it cannot take them apart."""
    columns = {column: place for place, column in enumerate(layout.columns)}
    places = [columns.get(column) for column in layout.format.judged]
    most, ours, broken = len(layout.columns), list[Reject](), list[Reject]()
    with plain.path.open(encoding="utf-8", errors="replace", newline="") as file:
        for number, cells, line in _lines(file, layout):
            many = len(cells) - (len(cells) == most + 1 and not cells[-1])  # a separator at its end opens nothing
            if (number == layout.blank + 1 and layout.head) or not line.strip("\r\n"):
                continue
            if many < layout.least:
                found = Reject(line=number, why=f"missing columns: {many} of {layout.least}", text=_cut(line))
                (broken if layout.quoted else ours).append(found)
            elif many > most:
                found = Reject(line=number, why=f"too many columns: {many} of {most}", text=_cut(line))
                (broken if layout.quoted or many > most + 1 else ours).append(found)
            else:
                at = tuple("" if place is None or place >= len(cells) else cells[place] for place in places)
                if (wrong := why.get(at)) is not None:
                    ours.append(Reject(line=number, why=wrong, text=_cut(line)))
    return ours, broken


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


def _in_order(rejects: list[Reject]) -> tuple[Reject, ...]:
    """Refused lines by their number; of the first ones the text is kept, too."""
    rejects.sort(key=lambda one: one.line)
    return (*rejects[:WITH_TEXT], *(Reject(line=one.line, why=one.why, text="") for one in rejects[WITH_TEXT:]))


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


def _counts(con: duckdb.DuckDBPyConnection) -> defaultdict[int, tuple[int, int, int, int]]:
    """By the place of a file: its events, those with one actor, with none, and those dated back by more than a day."""
    rows = con.execute(
        """SELECT which_file, count(*), count(*) FILTER ((a_key IS NULL) <> (b_key IS NULL)),
            count(*) FILTER (a_key IS NULL AND b_key IS NULL), count(*) FILTER (day < added - 1)
        FROM fresh WHERE part = 0 GROUP BY which_file"""
    ).fetchall()
    return defaultdict(lambda: (0, 0, 0, 0), {number: tuple(counted) for number, *counted in rows})


def _notes(plain: Plain, padded: int, counted: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """What was settled by a rule, or should be known of a file."""
    one_sided, nobody, back = counted
    told = (
        ("lines not in UTF-8, read as Windows writes", plain.mended),
        ("codes that had lost the zero in front", padded),
        ("events with one actor not named", one_sided),
        ("events with no actor named", nobody),
        ("events dated back by more than a day", back),
    )
    return tuple((what, count) for what, count in told if count)


def _cut(line: str | None) -> str:
    return (line or "").strip("\r\n")[:LONGEST]
