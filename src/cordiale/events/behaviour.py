"""How pairs behave on a day, by what they did to each other: what is long past fades, each half-life by half.

`weight`, from -1 to 1, is what was friendly less what was hostile, as a share of both and of `DOUBT`: one event says
little, and a pair without any has none. It is a reading of reports, beside what sources say of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from cordiale.errors import InvalidValue
from cordiale.events.dyads import Recipe
from cordiale.events.engine import text
from cordiale.events.pairs import Level, names_of, powers, rows_of
from cordiale.events.parts import WHOLE
from cordiale.events.series import UNIT, during

if TYPE_CHECKING:
    from cordiale.events.archive import Archive

DOUBT = 20.0
"""Points of the scale that count for neither side: what two events of the strongest kind weigh."""
HALF_LIFE = 180.0
"""Days, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """A pair on a day: what is left of its friendly and of its hostile points, and of the number of its events."""

    a: str
    b: str
    cooperative: float
    conflictual: float
    events: float

    @property
    def weight(self) -> float:
        """From -1 to 1."""
        both = self.cooperative - self.conflictual
        return (self.cooperative + self.conflictual) / (both + DOUBT)


def behaviour(
    archive: Archive, day: date, *, stream: str, half_life: float = HALF_LIFE, recipe: Recipe | None = None,
    known: date | None = None, level: Level = Level.CATALOGUE, pair: tuple[str, str] | None = None,
) -> tuple[Behaviour, ...]:  # fmt: skip
    """Every pair that has an event by a day, by a and b, or one `pair` alone; those whom the catalogue does not have
    are left out, unless another `level` is asked for.
    """
    if not half_life > 0:
        raise InvalidValue("a half-life", half_life, "give a number of days above 0")
    con = archive.people()
    asked = during(None, None, known) + f" AND day <= DATE '{day}'"
    if pair is not None:
        both = f"SELECT id FROM people WHERE {level.column} IN ({text(pair[0])}, {text(pair[1])})"
        ids = ", ".join(str(one) for (one,) in con.execute(both).fetchall())
        if not ids:
            return ()
        asked += f" AND actor IN ({ids}) AND target IN ({ids})"
    rows = rows_of(archive, stream, recipe, level, asked, directed=False)
    found = con.sql(
        f"""SELECT a, b, (DATE '{day}' - day)::INTEGER AS age, sum(weight)::BIGINT AS weight,
                sum(cooperative)::BIGINT AS cooperative, sum(conflictual)::BIGINT AS conflictual
            FROM ({rows}) GROUP BY a, b, day ORDER BY a, b, day"""
    ).fetchnumpy()
    a, b, age = (np.asarray(found[column], np.int64) for column in ("a", "b", "age"))
    if not len(a):
        return ()
    left = powers(int(age.max()), half_life)[age]
    begins = np.flatnonzero(np.r_[True, (a[1:] != a[:-1]) | (b[1:] != b[:-1])])
    sums = [
        np.add.reduceat(np.asarray(found[column], np.float64) / unit * left, begins).tolist()
        for column, unit in (("cooperative", UNIT), ("conflictual", UNIT), ("weight", WHOLE))
    ]
    names = names_of(archive)
    return tuple(
        Behaviour(a=names[one], b=names[other], cooperative=plus, conflictual=minus, events=count)
        for one, other, plus, minus, count in zip(a[begins].tolist(), b[begins].tolist(), *sums, strict=True)
    )
