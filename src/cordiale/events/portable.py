"""Dyad-days as one expression, for engines other than the one that is built in: Spark, BigQuery, Trino.

It is what `dyads` does, written once in Ibis: it gives the same cells to the last digit, and tests hold it to that.
Scores that an event does not have itself stand in it, so that it needs no table but that of the events, laid out as
the parts of an archive are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cordiale.errors import InvalidValue, MissingExtra, UnknownName
from cordiale.events.dyads import CELL, Recipe, Repeats, own_scores, scored_codes
from cordiale.events.narrowing import places
from cordiale.events.scores import Score, Sign
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ibis.expr.types import IntegerValue, StringColumn, Table

    from cordiale.events.archive import Archive
    from cordiale.events.ledger import Part

COLUMNS = {
    "event_id": "string", "day": "date", "added": "date", "actor": "int32", "target": "int32", "code": "string",
    "score": "int16", "quad": "int8", "root": "boolean", "place": "string", "url": "decimal(20, 0)", "weight": "int16",
}  # fmt: skip
"""What it reads of a part."""
DIALECTS = {"duckdb": "duckdb", "spark": "pyspark", "bigquery": "bigquery", "trino": "trino"}
"""What SQL can be written for, and what Ibis calls it."""


def sql(archive: Archive, stream: str, recipe: Recipe, *, dialect: str, table: str = "events") -> str:
    """The query of the dyad-days of a stream of an archive, in the SQL of an engine, over a table of its parts.

    An engine that nothing is written for is an `UnknownName`. Rows come in no order.
    """
    if dialect not in DIALECTS:
        raise UnknownName("engine", dialect, DIALECTS)
    parts = archive.ledger.parts(stream_of(stream).name)
    return query(archive, stream, recipe, parts, dialect=dialect, table=table)


def query(
    archive: Archive, stream: str, recipe: Recipe, parts: Sequence[Part], *, dialect: str, table: str = "events"
) -> str:
    """The query of the dyad-days of some parts."""
    ibis = _ibis()
    if recipe.source is not None:
        mend = "leave the source out, or add up with the engine that is built in"
        raise InvalidValue("addresses, which the events have by a hash alone", recipe.source, mend)
    own = own_scores(archive, recipe, parts)
    where = None if recipe.place is None else places(archive, stream_of(stream).name, parts, recipe.place)
    codes = {} if own else scored_codes(archive, stream, parts)
    *catalogue, name = table.split(".")
    if len(catalogue) > 2 or not all((*catalogue, name)):
        raise InvalidValue("the name of a table", table, 'give it as "table", "set.table" or "project.set.table"')
    events = ibis.table(COLUMNS, name=name, catalog=catalogue[0] if len(catalogue) > 1 else None,
                        database=catalogue[-1] if catalogue else None)  # fmt: skip
    return str(
        ibis.to_sql(
            dyad_days(events, recipe, codes, where=where, stories=stream_of(stream).stories), dialect=DIALECTS[dialect]
        )
    )


def dyad_days(
    events: Table, recipe: Recipe, codes: Mapping[str, Score], *, where: Sequence[str] | None = None,
    stories: bool = True,
) -> Table:  # fmt: skip
    """The cells of `events`, a table of `COLUMNS`: those of `dyads.cells`. `codes` has what kinds of events count for,
    unless each has that itself; `where` how the place of the recipe is written, if it has one; `stories` whether
    addresses tell stories apart."""
    ibis = _ibis()
    rows = events.filter(events.actor.notnull(), events.target.notnull(), events.actor != events.target)
    if recipe.root:
        rows = rows.filter(rows.root)
    if where is not None:
        rows = rows.filter(rows.place.isin(where) if where else False)
    if recipe.repeats is Repeats.NONE:
        rows = rows.mutate(told=ibis.literal(1, "int64"))
    else:
        same = {
            Repeats.EVENT_ID: lambda: [rows.event_id],
            Repeats.STORY: lambda: [
                rows.code,
                *([rows.url, ibis.ifelse(rows.url.isnull(), rows.event_id, None)] if stories else [rows.event_id]),
            ],
            Repeats.DAY: lambda: [rows.code],
        }[recipe.repeats]()
        first = [rows.added, rows.score.coalesce(-101), rows.quad.coalesce(-1), rows.weight]
        if recipe.repeats is Repeats.EVENT_ID:  # the others have one code; and engines differ in where no code goes
            first += [rows.code.isnull(), rows.code]
        keys = [rows.actor, rows.target, rows.day, *same]
        rows = rows.mutate(
            nth=ibis.row_number().over(group_by=keys, order_by=first), told=ibis._.count().over(group_by=keys)
        )
        rows = rows.filter(rows.nth == 0)
    score = _score(rows, recipe.sign, codes) * rows.weight.cast("int64")
    rows = rows.mutate(friendly=ibis.greatest(score, 0), hostile=ibis.least(score, 0))
    return rows.group_by([column.strip() for column in CELL.split(",")]).agg(
        events=rows.count(),
        lines=rows.told.sum(),
        weight=rows.weight.cast("int64").sum(),
        cooperative=rows.friendly.sum(),
        conflictual=rows.hostile.sum(),
    )


def _score(rows: Table, sign: Sign, codes: Mapping[str, Score]) -> IntegerValue:
    """What an event counts for, in tenths."""
    ibis = _ibis()
    if sign is Sign.QUAD:
        quad = _first(rows.quad, _by_code(rows.code, {code: one.quad for code, one in codes.items()}))
        return ibis.cases((quad.isin((1, 2)), 10), (quad.isin((3, 4)), -10), else_=0).cast("int64")
    if sign is Sign.PLOVER:
        found = _first(_by_code(rows.code, {code: one.plover for code, one in codes.items()}))
    else:
        found = _first(rows.score, _by_code(rows.code, {code: one.goldstein for code, one in codes.items()}))
    return found.cast("int64")


def _first(*values: Any) -> Any:
    """The first that there is; 0 where there is none."""
    there = [one for one in values if one is not None]
    return there[0].coalesce(*there[1:], 0) if there else _ibis().literal(0)


def _by_code(code: StringColumn, values: Mapping[str, int | None]) -> Any:
    """What a code counts for; nothing where no code counts for anything."""
    alike: dict[int, list[str]] = {}
    for one, value in values.items():
        if value is not None:
            alike.setdefault(value, []).append(one)
    branches = [(code.isin(sorted(some)), value) for value, some in sorted(alike.items())]
    return _ibis().cases(*branches, else_=None) if branches else None


def _ibis() -> Any:
    try:
        import ibis
    except ImportError as error:
        raise MissingExtra("ibis-framework", "spark", "asking another engine") from error
    return ibis
