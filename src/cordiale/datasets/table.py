"""A table of ties as columns: who is tied to whom, with which sign and how strongly, and when.

A million rows lie in some fifty megabytes, and the ties of a day are found in hundredths of a second. `ties` reads one
from a file. No evidence is weighed here. Days are ordinals, 0 where unknown or open.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.datasets.notes import Notes
from cordiale.datasets.when import period
from cordiale.periods import Period, Precision
from cordiale.relations import Relation

PRECISIONS = (Precision.UNKNOWN, Precision.DAY, Precision.MONTH, Precision.YEAR)
"""How much of a day is known, by the number that stands for it."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class TieTable:
    """Ties as columns, one value a row that was kept, in the order of the file.

    `ends`, shape (rows, 2), are places in `actors`; `signs` are -1, 0, 1; `weights` above 0; `begin` and `end`
    ordinals, 0 where unknown or open, and `precisions`, shape (rows, 2), places in `PRECISIONS`; `numbers` the rows of
    the file. `kinds` are places in `relations`, -1 without one; `said` places in `means`, the types of support as they
    are written. `notes` says what was settled or refused;
    `sha256` is that of the bytes that were read.
    """

    name: str
    actors: tuple[str, ...]
    ends: Ints
    signs: NDArray[np.int8]
    weights: NDArray[np.float64]
    begin: NDArray[np.int32]
    end: NDArray[np.int32]
    precisions: NDArray[np.int8]
    numbers: Ints
    kinds: NDArray[np.int16]
    relations: tuple[Relation, ...]
    said: NDArray[np.int32]
    means: tuple[str, ...]
    notes: Notes
    sha256: str = ""

    def __len__(self) -> int:
        return len(self.signs)

    def pair(self, row: int) -> str:
        """The two actors of a row, as they are written."""
        return ", ".join(self.actors[end] for end in self.ends[row].tolist())

    def held(self, row: int) -> Period:
        """When the tie of a row held."""
        days = (date.fromordinal(day) if day else None for day in (int(self.begin[row]), int(self.end[row])))
        return period(*zip(days, (PRECISIONS[place] for place in self.precisions[row].tolist()), strict=True))

    def where(self, rows: NDArray[np.bool_]) -> TieTable:
        """The rows where a mask is true."""
        if rows.all():
            return self
        columns = {one.name: getattr(self, one.name) for one in fields(self)}
        kept: dict[str, Any] = {name: held[rows] for name, held in columns.items() if isinstance(held, np.ndarray)}
        return replace(self, **kept)

    @property
    def dated(self) -> bool:
        """Whether any row says when it held."""
        return bool(self.begin.any() or self.end.any())

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days on which any tie begins or ends, in order."""
        days = np.unique(np.concatenate([self.begin, self.end]))
        return tuple(date.fromordinal(day) for day in days[days > 0].tolist())

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first day on which a tie holds, and the first on which none does; None where unknown, or open."""
        if not self.dated:
            return None, None
        starts = self.begin[self.begin > 0]
        first = date.fromordinal(int(starts.min())) if len(starts) and (self.begin > 0).all() else None
        last = None if (self.end == 0).any() else date.fromordinal(int(self.end.max()))
        return first, last

    @property
    def last(self) -> date | None:
        """The last day on which it changed: the last beginning or end, or its eve where nothing holds from then on."""
        if not self.dated:
            return None
        end = int(self.end.max(initial=0)) - (1 if self.span[1] else 0)  # past its end an open tie still holds
        return date.fromordinal(max(end, int(self.begin.max(initial=0)), 1))

    def at(self, day: date | None) -> list[tuple[str, str, int, float]]:
        """(a, b, sign, weight) of each tie on a day; without one, of all rows whenever they held.

        Rows of one pair and sign count once, by the strongest; where a pair is said to be both, the sign is that of the
        difference, and equal ones are no tie.
        """
        on = self.signs != 0
        if day is not None:
            at = day.toordinal()
            on &= ((self.begin == 0) | (self.begin <= at)) & ((self.end == 0) | (at < self.end))
        low, high = np.sort(self.ends[on], axis=1).T
        keys, pair = np.unique(low * max(len(self.actors), 1) + high, return_inverse=True)
        strongest = np.zeros((2, len(keys)))
        for side, sign in enumerate((1, -1)):
            rows = self.signs[on] == sign
            np.maximum.at(strongest[side], pair[rows], self.weights[on][rows])
        strength = strongest[0] - strongest[1]
        names = self.actors
        return [
            (names[key // len(names)], names[key % len(names)], 1 if value > 0 else -1, abs(value))
            for key, value in zip(keys.tolist(), strength.tolist(), strict=True)
            if value
        ]
