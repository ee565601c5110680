"""The course of a pair through an archive: how many events, how friendly and how hostile, by day, week, month, quarter.

A period on which the stream has nothing at all is unknown, and not zero. `day` is when it happened; with `known` only
what had become known by then counts. Sums are of whole tenths, so that they are the same on every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cordiale.errors import InvalidValue, UnknownName
from cordiale.events.dyads import Recipe, cells, counted, volume
from cordiale.events.engine import files
from cordiale.events.parts import WHOLE
from cordiale.events.streams import stream as stream_of
from cordiale.events.who import Party, party

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from cordiale.events.archive import Archive
    from cordiale.events.ledger import CellPart

UNIT = 10 * WHOLE
"""What a score of 1, for one event, is in a sum of cells."""


class Every(StrEnum):
    """The length of a period; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"

    def after(self, period: date) -> date:
        """The first day after the period that begins on a day.

        >>> str(Every.QUARTER.after(date(2024, 10, 1)))
        '2025-01-01'
        """
        most = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31, Every.QUARTER: 92}[self]
        later = period + timedelta(days=most)
        return later.replace(day=1) if self in (Every.MONTH, Every.QUARTER) else later


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A pair through time: `sides` as they were asked for, `a` and `b` as they are called; it covers the days from
    `begins` to the one before `ends`, None where the stream has nothing then. `table` has a row a period, from the
    first to the last of which the stream has anything:

    period        its first day
    events        how many, an event of several pairs in part; NULL where the stream has nothing at all
    cooperative   the sum of scores above 0, in points of the scale
    conflictual   the sum of those below 0
    mean          the two together, for one event; NULL without one
    volume        how many events it has between any two actors, counted in the same way
    per_100k      events for 100,000 of those; NULL without any
    """

    sides: tuple[str, str]
    a: str
    b: str
    stream: str
    recipe: Recipe
    every: Every
    begins: date | None
    ends: date | None
    known: date | None
    directed: bool
    table: pyarrow.Table = field(repr=False)

    @property
    def title(self) -> str:
        """What it is, in words."""
        known = f", as known on {self.known}" if self.known else ""
        to = "towards" if self.directed else "and"
        return f"{self.a} {to} {self.b} by {self.every}, {stream_of(self.stream).title}; {self.recipe.words}{known}"

    def frame(self) -> pandas.DataFrame:
        """The table as a pandas data frame."""
        return self.table.to_pandas()


def series(
    archive: Archive, a: str, b: str, *, stream: str, every: Every | str = Every.MONTH, recipe: Recipe | None = None,
    since: date | None = None, until: date | None = None, known: date | None = None, directed: bool = False,
) -> Series:  # fmt: skip
    """The course of a pair: `a` and `b` as in `who.party`, from `since` to the day before `until`.

    With `directed` just what `a` did to `b`. No two periods overlap, and none is left out between the first and last.
    """
    try:
        step = Every(every)
    except ValueError:
        raise InvalidValue("the length of a period", str(every), f"use one of: {', '.join(Every)}") from None
    recipe = (recipe or Recipe()).asked_of(stream)
    name = stream_of(stream).name
    sides = sides_of(archive, name, a, b)
    parts, there, everybody = (
        cells(archive, name, recipe), volume(archive, name), counted(archive, name, recipe)
    )  # fmt: skip
    con, asked = archive.people(), during(since, until, known)
    first, last = span(archive, name, known) or (None, None)
    begins = max(filter(None, (first, since)), default=None)
    ends = min(filter(None, (last and last + timedelta(days=1), until)), default=None) if first else None
    if begins is None or ends is None or begins >= ends:
        begins = ends = None
    met = f"SELECT * FROM {read(archive, parts)} WHERE {asked} AND {met_by(archive, sides, directed=directed)}"
    query = f"""
        WITH there AS (
            SELECT date_trunc('{step}', day)::DATE AS period, sum(events) > 0 AS known
            FROM {read(archive, there)} WHERE {asked} GROUP BY period
        ), calendar AS (
            SELECT unnest(generate_series(min(period), max(period), INTERVAL '{_INTERVAL[step]}'))::DATE AS period
            FROM there
        ), everybody AS (
            SELECT date_trunc('{step}', day)::DATE AS period, sum(weight)::BIGINT AS everybody
            FROM {read(archive, everybody)} WHERE {asked} GROUP BY period
        ), pair AS (
            SELECT date_trunc('{step}', day)::DATE AS period, sum(weight)::BIGINT AS weight,
                sum(cooperative)::BIGINT AS cooperative, sum(conflictual)::BIGINT AS conflictual
            FROM ({met}) GROUP BY period
        )
        SELECT period, CASE WHEN known THEN coalesce(weight, 0) / {WHOLE} END AS events,
            CASE WHEN known THEN coalesce(cooperative, 0) / {UNIT} END AS cooperative,
            CASE WHEN known THEN coalesce(conflictual, 0) / {UNIT} END AS conflictual,
            CASE WHEN weight > 0 THEN (cooperative + conflictual) / (10 * weight) END AS mean,
            coalesce(everybody, 0) // {WHOLE} AS volume,
            CASE WHEN everybody > 0 THEN 100000 * coalesce(weight, 0) / everybody END AS per_100k
        FROM calendar LEFT JOIN there USING (period) LEFT JOIN everybody USING (period) LEFT JOIN pair USING (period)
        ORDER BY period"""
    return Series(
        sides=(a, b), a=sides[0].name, b=sides[1].name, stream=name, recipe=recipe, every=step, known=known,
        directed=directed, table=con.sql(query).to_arrow_table(), begins=begins, ends=ends,
    )  # fmt: skip


def span(archive: Archive, stream: str, known: date | None = None) -> tuple[date, date] | None:
    """The first and the last day on which events of a stream happened; None where it has none."""
    there = read(archive, volume(archive, stream))
    found = archive.con.execute(f"SELECT min(day), max(day) FROM {there} WHERE {during(None, None, known)}").fetchall()
    return None if found[0][0] is None else found[0]


def coverage(archive: Archive, found: Series) -> dict[str, list[int | None]]:
    """How many events each stream of an archive has of everybody in the periods of a series; None where it has none."""
    days = found.table["period"].to_pylist()
    every: dict[str, list[int | None]] = {}
    for name in sorted({one.stream for one in archive.ledger.files()}):
        counted = archive.con.execute(
            f"""SELECT date_trunc('{found.every}', day)::DATE AS period, sum(events)::BIGINT
                FROM {read(archive, volume(archive, name))} WHERE {during(None, None, found.known)} GROUP BY period"""
        ).fetchall()
        by_period = dict(counted)
        every[name] = [by_period.get(day) or None for day in days]
    return every


_INTERVAL = {Every.DAY: "1 day", Every.WEEK: "7 days", Every.MONTH: "1 month", Every.QUARTER: "3 months"}


def sides_of(archive: Archive, stream: str, a: str, b: str) -> tuple[Party, Party]:
    """The sides that names stand for, each with the engine's table, `side_a` and `side_b`, of who is it and when.

    One that no actor of the stream is, is an `UnknownName`: nothing would count, as in a quiet time.
    """
    sides = party(a, archive.identities), party(b, archive.identities)
    if sides[0] == sides[1]:
        raise InvalidValue(
            "both sides of a pair", sides[0].name, f'name two, or roles of one, as "{a}/GOV" and "{a}/REB"'
        )
    for table, side, asked in zip(("side_a", "side_b"), sides, (a, b), strict=True):
        members = side.members(f"stream = '{stream}'")
        con = archive.people()
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {members}")
        if con.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]:
            there = con.execute(
                f"SELECT DISTINCT label FROM people WHERE stream = '{stream}' ORDER BY label"
            ).fetchall()
            mend = f"see whom it has: cordiale events top --stream {stream} --level actor"
            labels = [f"code:{label}" for (label,) in there]
            raise UnknownName(f"actor of {stream}", asked, labels, mend)
    return sides


def met_by(archive: Archive, sides: tuple[Party, Party], *, directed: bool) -> str:
    """SQL that is true of the rows of which one end is on the one side and the other on the other.

    The numbers of the actors stand in it, so that what has none of them is passed over unread; which of them is on
    which side is asked of what is left alone. (As OR of INs the engine would ask that of every row, too.)
    """
    numbers = [_numbers(archive, table) for table in ("side_a", "side_b")]
    both = ", ".join(numbers)
    ways = [("actor", "target")] if directed else [("actor", "target"), ("target", "actor")]
    told = [
        f"(list_contains([{numbers[0]}], {one}) AND list_contains([{numbers[1]}], {other}){_held(one, other, sides)})"
        for one, other in ways
    ]
    if directed:
        return f"actor IN ({numbers[0]}) AND target IN ({numbers[1]}) AND {told[0]}"
    return f"actor IN ({both}) AND target IN ({both}) AND CASE WHEN {told[0]} THEN true ELSE {told[1]} END"


def _numbers(archive: Archive, side: str) -> str:
    """The actors of a side, for a list of SQL; never none."""
    found = archive.con.execute(f"SELECT DISTINCT id FROM {side} ORDER BY id").fetchall()
    return ", ".join(str(one) for (one,) in found or [(-1,)])


def _held(one: str, other: str, sides: Sequence[Party]) -> str:
    """SQL that is true on the days on which two actors are on their sides: members of blocs come and go."""
    return "".join(
        f" AND EXISTS (SELECT 1 FROM {table} WHERE {table}.id = {end} AND day >= begins AND day < ends)"
        for table, end, side in (("side_a", one, sides[0]), ("side_b", other, sides[1]))
        if side.dated
    )


def during(since: date | None, until: date | None, known: date | None) -> str:
    """SQL that is true of the cells of a time, as known on a day; days in the wrong order are an `InvalidValue`."""
    if since is not None and until is not None and since >= until:
        last = until - timedelta(days=1)
        raise InvalidValue("the days asked for", f"{since} to {last}", "give the earlier one first")
    bounds = (("day >=", since), ("day <", until), ("added <=", known))
    return " AND ".join([f"{how} DATE '{day}'" for how, day in bounds if day is not None] or ["true"])


def read(archive: Archive, parts: Sequence[CellPart]) -> str:
    """SQL for the rows of files of cells; none where there is no file."""
    if parts:
        return f"read_parquet({files(archive.paths(one.path for one in parts))})"
    kinds: dict[str, Any] = {
        "actor": "INTEGER", "target": "INTEGER", "day": "DATE", "added": "DATE", "events": "INTEGER",
        "lines": "INTEGER", "weight": "BIGINT", "cooperative": "BIGINT", "conflictual": "BIGINT",
    }  # fmt: skip
    return f"(SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in kinds.items())} WHERE false)"
