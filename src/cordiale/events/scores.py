"""What an event counts for: its score in whole tenths and its sign, by a policy that is named and kept with each sum.

There is no one scale: ICEWS gives "deny responsibility" -5, GDELT -2, and GDELT's own classes call 5 lines in 100
friendly that its scores call hostile. What a row says of itself counts; a table is for rows that say nothing, each
source by its own. Tenths are whole, so that sums are the same whoever adds them up and in whatever order.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from importlib.resources import files

from cordiale.errors import UnknownName


class Sign(StrEnum):
    """By what an event is friendly or hostile.

    `goldstein`: the row's own score, else that of its code by the table of its source. `quad`: the row's own class,
    else that of its code: 1 and 2 are +1, 3 and 4 are -1, 0 is 0. `plover`: the score of its PLOVER type and mode, into
    which CAMEO codes are put.
    """

    GOLDSTEIN = "goldstein"
    QUAD = "quad"
    PLOVER = "plover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the tables of a source say of a code: scores in tenths and a class from 0 to 4; None where they say none."""

    code: str
    goldstein: int | None
    plover: int | None
    quad: int | None


@cache
def scores(scheme: str) -> tuple[Score, ...]:
    """The table of a scheme: `goldstein` and `intensity` are CAMEO's codes as GDELT and as ICEWS score them.

    >>> {one.code: one.goldstein for one in scores("goldstein")}["016"]
    -20
    >>> {one.code: one.goldstein for one in scores("intensity")}["016"]
    -50
    >>> {one.code: one.plover for one in scores("plover")}["ACCUSE"]
    -30
    """
    made = _MADE.get(scheme)
    if made is None:
        raise UnknownName("scheme of event codes", scheme, _MADE)
    return tuple(made())


def tenths(value: str) -> int | None:
    """A score in tenths; None where there is none.

    >>> tenths("-2.0"), tenths("3.4"), tenths("")
    (-20, 34, None)
    """
    return int(Decimal(value) * 10) if value else None


def _cameo(column: str) -> Iterator[Score]:
    plover = {one.code: one for one in scores("plover")}
    for row in rows_of("cameo"):
        kind = plover.get(f"{row['plover_type']}/{row['plover_mode']}") or plover.get(row["plover_type"])
        yield Score(
            code=row["code"], goldstein=tenths(row[column]), quad=int(row["quad"]),
            plover=None if kind is None else kind.plover,
        )  # fmt: skip


def _plover() -> Iterator[Score]:
    for row in rows_of("plover"):
        code = f"{row['type']}/{row['mode']}" if row["mode"] else row["type"]
        value = tenths(row["score"])
        yield Score(code=code, goldstein=value, plover=value, quad=int(row["quad"]))


def _equivalent(scheme: str) -> Iterator[Score]:
    cameo = {one.code: one for one in scores("goldstein")}
    for row in rows_of("equivalents"):
        if row["scheme"] == scheme:
            none = Score(code="", goldstein=None, plover=None, quad=0)
            yield replace(cameo.get(row["cameo"], none), code=row["code"])


_MADE: dict[str, Callable[[], Iterator[Score]]] = {
    "goldstein": partial(_cameo, "goldstein"), "intensity": partial(_cameo, "intensity"), "plover": _plover,
    "acled": partial(_equivalent, "acled"), "ged": partial(_equivalent, "ged"),
}  # fmt: skip


def rows_of(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table that comes with the package."""
    text = (files("cordiale.events") / "tables" / f"{table}.csv").read_text("utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
