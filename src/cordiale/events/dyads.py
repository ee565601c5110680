"""Events added up by pair and day: what every question about a stream is answered from.

A recipe says by which sign policy, without which repeats, and of which events; its name stands with each sum. A cell is
of an actor towards another, on the day that it happened and the day that it became known. Sums are whole numbers: a
score in tenths times a weight in parts of `WHOLE`. Each year is made of the parts that count, and made anew when those
are others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.events.derived import Progress, refreshed
from cordiale.events.engine import files
from cordiale.events.ingest import WHOLE
from cordiale.events.ledger import CellPart, Part
from cordiale.events.scores import Score, Sign, scores
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    import duckdb

    from cordiale.events.archive import Archive


class Repeats(StrEnum):
    """Which lines are one event told again: the first that became known counts.

    `none` leaves all. `event_id`: the same number on the same day. `day-dyad-code-url`: the same pair, day and kind of
    event from one story. `day-dyad-code`: from any story.
    """

    NONE = "none"
    EVENT_ID = "event_id"
    STORY = "day-dyad-code-url"
    DAY = "day-dyad-code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How events are added up.

    >>> Recipe().name, Recipe(sign=Sign.QUAD, repeats=Repeats.NONE, root=True).name
    ('goldstein.day-dyad-code-url', 'quad.none.root')
    """

    sign: Sign = Sign.GOLDSTEIN
    repeats: Repeats = Repeats.STORY
    root: bool = False

    @property
    def name(self) -> str:
        """What it is called, in results and in the archive."""
        return ".".join((self.sign, self.repeats, *(["root"] if self.root else [])))

    @property
    def words(self) -> str:
        """What it is, for who reads a result."""
        without = {
            Repeats.NONE: "no repeats left out", Repeats.EVENT_ID: "without numbers that repeat",
            Repeats.STORY: "each story once a pair, day and kind", Repeats.DAY: "once a pair, day and kind",
        }[self.repeats]  # fmt: skip
        return f"sign by {self.sign}; {without}{'; main events of stories alone' if self.root else ''}"


_SAME = {
    Repeats.EVENT_ID: "event_id, day, actor, target",
    Repeats.STORY: "day, actor, target, code, url, CASE WHEN url IS NULL THEN event_id END",
    Repeats.DAY: "day, actor, target, code",
}
_OWN = {
    Sign.GOLDSTEIN: "coalesce(score, codes.goldstein)",
    Sign.QUAD: "CASE WHEN coalesce(events.quad, codes.quad) IN (1, 2) THEN 10 "
    "WHEN coalesce(events.quad, codes.quad) IN (3, 4) THEN -10 ELSE 0 END",
    Sign.PLOVER: "codes.plover",
}
"""SQL for the score of an event in tenths."""
CELL = "actor, target, day, added"


def cells(archive: Archive, stream: str, recipe: Recipe, *, progress: Progress | None = None) -> list[CellPart]:
    """The dyad-days of a stream, by year; those whose parts are others than when they were made are made anew.

    Columns: actor, target, day, added, events, weight, cooperative, conflictual.
    """

    def made(parts: Sequence[Part]) -> tuple[str, int, int]:
        archive.con.execute(
            """CREATE OR REPLACE TEMP TABLE made (actor INTEGER, target INTEGER, day DATE, added DATE, events INTEGER,
                weight BIGINT, cooperative BIGINT, conflictual BIGINT)"""
        )
        _score_codes(archive, stream, parts)
        events = left_out = 0
        for _, month in groupby(parts, key=lambda part: part.month):  # no event repeats one of another day
            had, kept = _add_up(archive.con, archive.paths(part.path for part in month), recipe)
            events += had
            left_out += had - kept
        return f"SELECT * FROM made ORDER BY {CELL}", events, left_out

    return refreshed(archive, stream, recipe.name, made, progress=progress)


def volume(archive: Archive, stream: str) -> list[CellPart]:
    """How many events a stream has in all on a day, by the day that they became known: `day`, `added`, `events`, and
    `dyadic`, those between two different actors."""

    def made(parts: Sequence[Part]) -> tuple[str, int, int]:
        paths = files(archive.paths(part.path for part in parts))
        return (
            f"""SELECT day, added, sum(weight)::BIGINT // {WHOLE} AS events,
                    coalesce(sum(weight) FILTER (actor <> target), 0)::BIGINT // {WHOLE} AS dyadic
                FROM read_parquet({paths}) GROUP BY day, added ORDER BY day, added""",
            sum(part.rows for part in parts), 0,
        )  # fmt: skip

    return refreshed(archive, stream, "volume", made)


def _score_codes(archive: Archive, stream: str, parts: Sequence[Part]) -> None:
    """The table `codes` of what the kinds of events of some parts count for, by the tables of their source."""
    con = archive.con
    con.execute("CREATE OR REPLACE TEMP TABLE codes (code VARCHAR, goldstein SMALLINT, plover SMALLINT, quad TINYINT)")
    paths = files(archive.paths(part.path for part in parts))
    known = {one.code: one for one in scores(stream_of(stream).scheme)}
    met = con.execute(
        f"SELECT DISTINCT code FROM read_parquet({paths}) WHERE code IS NOT NULL ORDER BY code"
    ).fetchall()
    rows = [
        (code, one.goldstein, one.plover, one.quad) for (code,) in met if (one := _nearest(code, known)) is not None
    ]
    if rows:
        con.executemany("INSERT INTO codes VALUES (?, ?, ?, ?)", rows)


def _nearest(code: str, known: Mapping[str, Score]) -> Score | None:
    """What a table says of a code, or of what it is a kind of."""
    broader = (code, code.partition("/")[0], *(code[:length] for length in (3, 2) if code.isdigit()))
    return next((known[one] for one in broader if one in known), None)


def _add_up(con: duckdb.DuckDBPyConnection, paths: list[Path], recipe: Recipe) -> tuple[int, int]:
    """Put the cells of a month into the table `made`; how many events between two actors there were, and counted."""
    asked = "actor IS NOT NULL AND target IS NOT NULL AND actor <> target" + (" AND root" if recipe.root else "")
    rows = f"(SELECT * FROM read_parquet({files(paths)}) WHERE {asked})"
    if recipe.repeats is not Repeats.NONE:
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE once AS
                SELECT actor, target, day, count(*) AS told,
                    min(struct_pack(added, event_id, code, weight, score, quad)) AS of
                FROM {rows} GROUP BY {_SAME[recipe.repeats]}"""
        )
        rows = """(SELECT actor, target, day, told, of.added AS added, of.code AS code, of.weight AS weight,
            of.score AS score, of.quad AS quad FROM once)"""
    else:
        rows = f"(SELECT *, 1 AS told FROM {rows})"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE month AS SELECT {CELL}, sum(told)::BIGINT AS told, count(*)::INTEGER AS events,
                sum(weight)::BIGINT AS weight, sum(greatest(score, 0) * weight)::BIGINT AS cooperative,
                sum(least(score, 0) * weight)::BIGINT AS conflictual
            FROM (SELECT {CELL}, told, weight::BIGINT AS weight, coalesce({_OWN[recipe.sign]}, 0) AS score
                FROM {rows} events LEFT JOIN codes USING (code))
            GROUP BY {CELL}"""
    )
    con.execute(f"INSERT INTO made SELECT {CELL}, events, weight, cooperative, conflictual FROM month")
    found = con.execute("SELECT coalesce(sum(told), 0)::BIGINT, coalesce(sum(events), 0)::BIGINT FROM month").fetchone()
    con.execute("DROP TABLE month")
    return (0, 0) if found is None else (found[0], found[1])
