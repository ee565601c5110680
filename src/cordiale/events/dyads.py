"""Events added up by pair and day: what every question about a stream is answered from.

A recipe says by which sign policy, without which repeats, and of which events; its name stands with each sum. A cell is
of an actor towards another, on the day that it happened and the day that it became known. Sums are whole numbers: a
score in tenths times a weight in parts of `WHOLE`. Each year is made of the parts that count, and made anew when those
are others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.actors import catalogue
from cordiale.errors import InvalidValue
from cordiale.events.derived import Progress, mark, refreshed
from cordiale.events.engine import files, listed
from cordiale.events.ledger import CellPart, Part
from cordiale.events.narrowing import narrowed, unmet
from cordiale.events.parts import WHOLE
from cordiale.events.scores import Score, Sign, scores
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    from cordiale.events.archive import Archive


class Repeats(StrEnum):
    """Which lines are one event told again: the first that became known counts.

    `none` leaves all. `event_id`: the same number, pair and day. `day-dyad-code-url`: the same pair, day and kind of
    event from one story, or with one number where the source does not tell stories apart. `day-dyad-code`: from any.
    """

    NONE = "none"
    EVENT_ID = "event_id"
    STORY = "day-dyad-code-url"
    DAY = "day-dyad-code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How events are added up, and which: with `root` the main ones of their stories, with `place` those that happened
    in a state (its id), with `source` those that a source told of (see `narrowing`).

    >>> Recipe().name, Recipe(sign=Sign.QUAD, repeats=Repeats.NONE, root=True).name
    ('goldstein.day-dyad-code-url', 'quad.none.root')
    """

    sign: Sign = Sign.GOLDSTEIN
    repeats: Repeats = Repeats.STORY
    root: bool = False
    place: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        for what, told in (("the place of events", self.place), ("the source of events", self.source)):
            if told is not None and not told.strip():  # it would go by the name of the recipe that has none
                raise InvalidValue(what, told, "name one, or leave it out")

    @property
    def name(self) -> str:
        """What it is called, in results and in the archive: always a name that a folder can have."""
        parts = [self.sign, self.repeats, *(["root"] if self.root else [])]
        parts += [f"{what}-{_plain(told)}" for what, told in (("in", self.place), ("from", self.source)) if told]
        return ".".join(parts)

    @property
    def words(self) -> str:
        """What it is, for who reads a result."""
        without = {
            Repeats.NONE: "no repeats left out", Repeats.EVENT_ID: "each number once a pair and day",
            Repeats.STORY: "each story once a pair, day and kind", Repeats.DAY: "once a pair, day and kind",
        }[self.repeats]  # fmt: skip
        return "; ".join((f"sign by {self.sign}", without, *self.narrower))

    @property
    def narrower(self) -> list[str]:
        """Which events it is of, in words, as far as they are not all."""
        told = (
            "main events of stories alone" if self.root else "", f"in {_called(self.place)}" if self.place else "",
            f"as told by {self.source}" if self.source else "",
        )  # fmt: skip
        return [one for one in told if one]

    def asked_of(self, stream: str) -> Recipe:
        """Itself; an `InvalidValue` where a stream cannot be asked so: nothing would count, as in a quiet time."""
        if self.root and not stream_of(stream).roots:
            raise InvalidValue("main events of stories alone", stream, "leave --root out, as it does not mark them")
        return self

    def of(self, archive: Archive, stream: str, parts: Sequence[Part]) -> str:
        """SQL that is true of the events that are added up."""
        return narrowed(archive, stream, parts, root=self.root, place=self.place, source=self.source)


def _called(state: str) -> str:
    there = catalogue()
    return there[state].name if state in there else state


def _plain(told: str) -> str:
    """A text as part of a name: what it lost is told apart by a digest.

    >>> _plain("reuters.com"), _plain("../Le Monde")
    ('reuters.com', '..-le-monde-54f8f683')
    """
    plain = re.sub(r"[^a-z0-9.]+", "-", told.lower())[:80]
    return plain if plain == told else f"{plain}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


_SAME = {
    Repeats.EVENT_ID: "hash(event_id)",
    Repeats.STORY: "hash(code, CASE WHEN {story} IS NULL THEN hash(event_id) ELSE {story} END)",
    Repeats.DAY: "hash(code)",
}
"""SQL for what lines that tell one event have in common, beside their pair and day: of 64 bits, quicker than text."""
_OF = {Sign.GOLDSTEIN: "score", Sign.QUAD: "quad", Sign.PLOVER: "plover"}
"""What a policy looks at."""
_EITHER = {
    Sign.GOLDSTEIN: "events.score, codes.goldstein", Sign.QUAD: "events.quad, codes.quad", Sign.PLOVER: "codes.plover",
}  # fmt: skip
"""SQL for that of an event itself, else that of its kind."""
_SCORE = {
    Sign.GOLDSTEIN: "{own}", Sign.PLOVER: "{own}",
    Sign.QUAD: "CASE WHEN {own} IN (1, 2) THEN 10 WHEN {own} IN (3, 4) THEN -10 ELSE 0 END",
}  # fmt: skip
"""SQL for what that is in tenths."""
_PACKED = """(((added - DATE '1600-01-01')::BIGINT << 33) | ((coalesce(score, -101) + 101)::BIGINT << 17)
    | ((coalesce(quad, -1) + 1)::BIGINT << 13) | weight::BIGINT)"""
"""SQL for what may differ between lines that tell one event, as one number: quicker than many. The least is that of the
first line that became known; of several that did on one day, of the one with the lowest score, class, weight, code."""
_UNPACKED = """(DATE '1600-01-01' + (packed >> 33)::INTEGER)::DATE AS added, packed & 8191 AS weight,
    nullif(((packed >> 17) & 65535) - 101, -101) AS score, nullif(((packed >> 13) & 15) - 1, -1) AS quad"""
CELL = "actor, target, day, added"
FEW, AT_ONCE = 1_000_000, 12_000_000
"""Events whose months are not told apart, and those that are added up in one go; of more, a month after the other."""


def cells(archive: Archive, stream: str, recipe: Recipe, *, progress: Progress | None = None) -> list[CellPart]:
    """The dyad-days of a stream, by year; those whose parts are others than when they were made are made anew.

    Columns: actor, target, day, added, events, lines (with those that told an event again), weight, cooperative,
    conflictual. A place or a source that no event has is an `UnknownName` or an `InvalidValue`: nothing would count, as
    in a quiet time.
    """

    import pyarrow as pa

    def made(parts: Sequence[Part]) -> str:
        own = own_scores(archive, recipe, parts)
        con = archive.con
        if not own:
            worth = scored_codes(archive, stream, parts)
            con.register("given", pa.table({
                "code": pa.array([*worth], pa.string()),
                "goldstein": pa.array([one.goldstein for one in worth.values()], pa.int16()),
                "plover": pa.array([one.plover for one in worth.values()], pa.int16()),
                "quad": pa.array([one.quad for one in worth.values()], pa.int8()),
            }))  # fmt: skip
            con.execute("CREATE OR REPLACE TEMP TABLE codes AS SELECT * FROM given")
            con.unregister("given")
        con.execute("DROP TABLE IF EXISTS made")
        of = recipe.of(archive, stream, parts)
        stories = stream_of(stream).stories
        months = [
            _sums(archive.paths(part.path for part in some), recipe, of, own=own, stories=stories)
            for some in _by_month(parts)
        ]
        together = [" UNION ALL ".join(months)] if sum(part.rows for part in parts) <= AT_ONCE else months
        for number, sums in enumerate(together):
            con.execute(f"INSERT INTO made {sums}" if number else f"CREATE TEMP TABLE made AS {sums}")
        return f"SELECT * FROM made ORDER BY {CELL}"

    return met(archive, stream, recipe, refreshed(archive, stream, recipe.name, made, progress=progress))


def met(archive: Archive, stream: str, recipe: Recipe, found: list[CellPart]) -> list[CellPart]:
    """Cells; an error where their recipe is of a place or a source, and no event is."""
    narrow = recipe.place is not None or recipe.source is not None
    if narrow and found and not any(one.events for one in found):
        raise unmet(archive, stream, archive.ledger.parts(stream), recipe.place, recipe.source)
    return found


def volume(archive: Archive, stream: str) -> list[CellPart]:
    """How many events a stream has in all on a day, by the day that they became known: `day`, `added`, `events`, and
    `dyadic`, those between two different actors."""

    def made(parts: Sequence[Part]) -> str:
        paths = files(archive.paths(part.path for part in parts))
        return f"""SELECT day, added, sum(weight)::BIGINT // {WHOLE} AS events, count(*) AS lines,
                coalesce(sum(weight) FILTER (actor <> target), 0)::BIGINT // {WHOLE} AS dyadic
            FROM read_parquet({paths}) GROUP BY day, added ORDER BY day, added"""

    return refreshed(archive, stream, "volume", made)


def counted(archive: Archive, stream: str, recipe: Recipe) -> list[CellPart]:
    """How many events a recipe counts of everybody, by day and by the day that they became known: `day`, `added`,
    `weight` in parts of `WHOLE`, and `events` and `lines` as in `cells`."""
    cells(archive, stream, recipe)

    def made(parts: Sequence[Part]) -> str:
        of = [one.path for one in archive.ledger.cells(stream, recipe.name) if one.made_of == mark(parts)]
        if not of:
            raise InvalidValue(f"events of {stream}", "being taken in meanwhile", "ask again")
        path = files(archive.paths(of))
        return f"""SELECT day, added, sum(events)::BIGINT AS events, sum(lines)::BIGINT AS lines,
                sum(weight)::BIGINT AS weight
            FROM read_parquet({path}) GROUP BY day, added ORDER BY day, added"""

    return refreshed(archive, stream, f"{recipe.name}+all", made)


def _by_month(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts of each month. They share no cell, and no event of one repeats one of another, as both are of a day: to
    add each up by itself takes less time, in tables that are smaller. Of few events it takes more."""
    if sum(part.rows for part in parts) <= FEW:
        return [list(parts)]
    return [list(some) for _, some in groupby(parts, key=lambda part: part.month)]


def scored_codes(archive: Archive, stream: str, parts: Sequence[Part]) -> dict[str, Score]:
    """What the kinds of events of some parts count for, by the tables of their source."""
    paths = files(archive.paths(part.path for part in parts))
    known = {one.code: one for one in scores(stream_of(stream).scheme)}
    met = archive.con.execute(
        f"SELECT DISTINCT code FROM read_parquet({paths}) WHERE code IS NOT NULL ORDER BY code"
    ).fetchall()
    return {code: one for (code,) in met if (one := _nearest(code, known)) is not None}


def _nearest(code: str, known: Mapping[str, Score]) -> Score | None:
    """What a table says of a code, or of what it is a kind of."""
    broader = (code, code.partition("/")[0], *(code[:length] for length in (3, 2) if code.isdigit()))
    return next((known[one] for one in broader if one in known), None)


def own_scores(archive: Archive, recipe: Recipe, parts: Sequence[Part]) -> bool:
    """Whether every event of some parts has a score, or class, of its own, so that no table is needed."""
    if recipe.sign is Sign.PLOVER:
        return False
    paths = listed(archive.paths(part.path for part in parts))
    query = f"""SELECT coalesce(sum(stats_null_count), 0), count(*) FILTER (stats_null_count IS NULL)
        FROM parquet_metadata({paths}) WHERE path_in_schema = '{_OF[recipe.sign]}'"""
    return archive.con.execute(query).fetchall() == [(0, 0)]


def _sums(paths: list[Path], recipe: Recipe, of: str, *, own: bool, stories: bool) -> str:
    """SQL for the cells of some parts, of the events that `of` is true of; unless each has its `own` score, `codes` has
    what its kind is worth. `stories` says whether addresses tell stories apart.

    Whole numbers are added up as DOUBLE, which is quicker than as HUGEINT and as exact up to 2^53: ten thousand million
    events in a cell.
    """
    score = _SCORE[recipe.sign]
    join = "" if own else "LEFT JOIN codes ON codes.code = events.code"
    value = score.format(own=_OF[recipe.sign]) if own else score.format(own=f"coalesce({_EITHER[recipe.sign]})")
    asked = f"actor IS NOT NULL AND target IS NOT NULL AND actor <> target AND {of}"
    rows = f"(SELECT *, 1 AS told FROM read_parquet({files(paths)}) WHERE {asked})"
    if recipe.repeats is not Repeats.NONE:
        first = f"arg_min_null(code, ({_PACKED}, code))" if recipe.repeats is Repeats.EVENT_ID else "any_value(code)"
        same = _SAME[recipe.repeats].format(story="url" if stories else "NULL::UBIGINT")
        rows = f"""(SELECT actor, target, day, told, {"" if own else "code, "}{_UNPACKED}
            FROM (SELECT actor, target, day, {"" if own else f"{first} AS code, "}count(*) AS told,
                    min({_PACKED}) AS packed
                FROM (SELECT *, {same} AS same FROM {rows}) GROUP BY actor, target, day, same))"""
    return f"""SELECT {CELL}, count(*)::INTEGER AS events, sum(told)::INTEGER AS lines, sum(weight)::BIGINT AS weight,
            sum(greatest(score, 0))::BIGINT AS cooperative, sum(least(score, 0))::BIGINT AS conflictual
        FROM (SELECT {CELL}, told::DOUBLE AS told, weight::DOUBLE AS weight,
                coalesce({value}, 0)::DOUBLE * weight AS score
            FROM {rows} events {join})
        GROUP BY {CELL}"""
