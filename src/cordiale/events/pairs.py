"""Every pair of a stream at once: added up over a time, by period, or as a state that fades.

Pairs are of states, whoever acted for them, or of the stream's own actors; a pair has no direction unless it is asked
for. The fading state on a day is the sum of what went before, each score halved for every half-life that has passed.
It is carried from day to day, as the closed form overflows within some decades.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cordiale.errors import InvalidValue
from cordiale.events.dyads import Recipe, cells
from cordiale.events.parts import WHOLE
from cordiale.events.series import UNIT, Every, during, read
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    import pyarrow

    from cordiale.events.archive import Archive


MOST = 40_000_000
"""States that are given at once: some gigabytes."""


class Level(StrEnum):
    """Who the ends of a pair are: `state`, all of whose actors are one; `catalogue`, the actors of the catalogue, a
    state by its government, its forces and itself; `actor`, as the stream has them."""

    STATE = "state"
    CATALOGUE = "catalogue"
    ACTOR = "actor"

    @property
    def column(self) -> str:
        """The column of `people` that names an end."""
        return {"state": "state", "catalogue": "actor", "actor": "label"}[self]


def pairs(
    archive: Archive, *, stream: str, recipe: Recipe | None = None, every: Every | None = None,
    level: Level = Level.STATE, since: date | None = None, until: date | None = None, known: date | None = None,
    directed: bool = False,
) -> pyarrow.Table:  # fmt: skip
    """All pairs that have events: a, b, `period` if `every` is given, events, cooperative, conflictual, mean.

    Columns are as those of `series.Series`, names as a dictionary; rows by a, b and period, and without a direction a
    before b in the alphabet. A period without events has no row.
    """
    con = archive.people()
    rows = rows_of(archive, stream, recipe, level, during(since, until, known), directed=directed)
    period = "" if every is None else f", date_trunc('{every}', day)::DATE AS period"
    by = "a, b" if every is None else "a, b, period"
    query = f"""
        WITH summed AS (
            SELECT a, b{period}, sum(weight)::BIGINT AS weight, sum(cooperative)::BIGINT AS cooperative,
                sum(conflictual)::BIGINT AS conflictual FROM ({rows}) GROUP BY {by}
        )
        SELECT {by}, weight / {WHOLE} AS events, cooperative / {UNIT} AS cooperative,
            conflictual / {UNIT} AS conflictual, (cooperative + conflictual) / (10 * weight) AS mean
        FROM summed ORDER BY {by}"""
    return _named(archive, con.sql(query).to_arrow_table())


def _named(archive: Archive, table: pyarrow.Table) -> pyarrow.Table:
    """The same with names in place of the numbers of ends: as a dictionary, which is quicker than text."""
    import pyarrow as pa

    called, places = np.unique(np.array(names_of(archive), object).astype(str), return_inverse=True)
    names, numbers = pa.array(called, pa.string()), pa.array(places, pa.int32())  # two actors may have one name
    for place, column in enumerate(("a", "b")):
        found = pa.chunked_array(
            [pa.DictionaryArray.from_arrays(numbers.take(chunk), names) for chunk in table[column].chunks],
            pa.dictionary(pa.int32(), pa.string()),
        )
        table = table.set_column(place, column, found)
    return table


def states(
    archive: Archive, days: Sequence[date], *, stream: str, half_life: float, recipe: Recipe | None = None,
    level: Level = Level.STATE, since: date | None = None, known: date | None = None, directed: bool = False,
) -> pyarrow.Table:  # fmt: skip
    """The fading state of every pair on some days, each of which counts what happened to its end: a, b, `day`, `state`.

    A pair has a row from the first of the days on by which it has an event. `half_life` is in days.
    """
    import pyarrow as pa

    if not half_life > 0:
        raise InvalidValue("a half-life", half_life, "give a number of days above 0")
    order = sorted(set(days))
    if not order:
        raise InvalidValue("no day", list(days), "name at least one")
    con = archive.people()
    asked = during(since, None, known) + f" AND day <= DATE '{order[-1]}'"
    rows = rows_of(archive, stream, recipe, level, asked, directed=directed)
    found = con.sql(
        f"""SELECT a, b, (day - DATE '1970-01-01')::INTEGER AS day, sum(cooperative + conflictual)::BIGINT AS score
            FROM ({rows}) GROUP BY a, b, day ORDER BY a, b, day"""
    ).fetchnumpy()
    ends = np.stack([np.asarray(found["a"], np.int64), np.asarray(found["b"], np.int64)], axis=1)
    many = 1 + int((ends[1:] != ends[:-1]).any(axis=1).sum()) if len(ends) else 0
    if many * len(order) > MOST:
        mend = "ask for fewer days, or for pairs of states"
        raise InvalidValue("states of so many pairs on so many days", f"{many:,} on {len(order):,}", mend)
    at = np.array([(day - date(1970, 1, 1)).days for day in order])
    pair, state = faded(ends, np.asarray(found["day"], np.int64), np.asarray(found["score"], np.int64), at, half_life)
    seen = np.maximum.accumulate(~np.isnan(state), axis=1)
    place, column = np.nonzero(seen)
    return _named(archive, pa.table({
        "a": pa.array(pair[place, 0], pa.int32()), "b": pa.array(pair[place, 1], pa.int32()),
        "day": pa.array(at[column].astype("datetime64[D]")), "state": pa.array(state[place, column]),
    }))  # fmt: skip


def faded(
    ends: NDArray[np.int64], day: NDArray[np.int64], score: NDArray[np.int64], at: NDArray[np.int64], half_life: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The different pairs of `ends`, shape (pairs, 2), and the state of each on each day, shape (pairs, days): NaN as
    long as it has no event. `ends`, shape (events, 2), `day` and `score`, in parts of `UNIT`, are in order of pair and
    day; `at` is in order too.
    """
    if not len(ends):
        return ends, np.zeros((0, len(at)))
    begins = np.flatnonzero(np.r_[True, (ends[1:] != ends[:-1]).any(axis=1)])
    pair = np.repeat(np.arange(len(begins)), np.diff(np.r_[begins, len(ends)]))
    bucket = np.searchsorted(at, day)
    halves = powers(int(max((at[bucket] - day).max(), np.diff(at, prepend=at[0]).max())), half_life)
    value = score / UNIT * halves[at[bucket] - day]
    runs = np.flatnonzero(np.r_[True, (pair[1:] != pair[:-1]) | (bucket[1:] != bucket[:-1])])
    state = np.full((len(begins), len(at)), np.nan)
    state[pair[runs], bucket[runs]] = np.add.reduceat(value, runs)
    for place in range(1, len(at)):
        carried = state[:, place - 1] * halves[at[place] - at[place - 1]]
        now = state[:, place]
        state[:, place] = np.where(np.isnan(carried), now, carried + np.nan_to_num(now))
    return ends[begins], state


def powers(longest: int, half_life: float) -> NDArray[np.float64]:
    """What is left of 1 after 0, 1, ... `longest` days; rounded once, so that it is the same on every machine.

    >>> powers(2, 1.0).tolist()
    [1.0, 0.5, 0.25]
    """
    with localcontext() as context:
        context.prec, context.Emin = 50, -999_999
        day = (Decimal("0.5").ln() / Decimal(repr(half_life))).exp()
        found, left = np.empty(longest + 1), Decimal(1)
        for place in range(longest + 1):
            found[place] = float(left)
            left *= day
    return found


def rows_of(archive: Archive, stream: str, recipe: Recipe | None, level: Level, asked: str, *, directed: bool) -> str:
    """SQL for the cells of a stream, the ends of their pair as numbers in the order of their names (`names_of`); the
    first is the lower where there is no direction."""
    name = stream_of(stream).name
    source = read(archive, cells(archive, name, (recipe or Recipe()).asked_of(name)))
    con = archive.people()
    number = "row_number() OVER (ORDER BY name, id)" if level is Level.ACTOR else "dense_rank() OVER (ORDER BY name)"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE ends AS SELECT id, name, ({number} - 1)::INTEGER AS whole
            FROM (SELECT id, {level.column} AS name FROM people WHERE stream = '{name}') WHERE name IS NOT NULL"""
    )
    a, b = ("first.whole", "second.whole") if directed else (
        "least(first.whole, second.whole)", "greatest(first.whole, second.whole)"
    )  # fmt: skip
    return f"""SELECT {a} AS a, {b} AS b, day, weight, cooperative, conflictual FROM {source} events
        JOIN ends first ON first.id = actor JOIN ends second ON second.id = target
        WHERE first.whole <> second.whole AND {asked}"""


def names_of(archive: Archive) -> list[str]:
    """What the ends of `rows_of` are called, by their numbers."""
    found = archive.con.execute("SELECT DISTINCT whole, name FROM ends ORDER BY whole").fetchall()
    return [name for _, name in found]


def month_ends(archive: Archive, stream: str, since: date | None, until: date | None) -> list[date]:
    """The last day of each month of which a stream has anything, from `since` to the day before `until`."""
    parts = archive.ledger.parts(stream_of(stream).name)
    if not parts:
        return []
    low, high = min(part.month for part in parts), max(part.month for part in parts)
    first = max(low, since or low)
    last = min(high, until - timedelta(days=1)) if until else high
    months = range(12 * first.year + first.month, 12 * last.year + last.month + 1)
    return [date(month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in months]
