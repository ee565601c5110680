"""A table of ties: rows of two actors, a sign or a relation, and maybe how strong and when.

Columns are found by their usual names or by a mapping from roles. A row that cannot be used is refused and noted, with
its number; nothing is dropped without a note. Signs stay what the table says: no evidence is weighed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isfinite
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cordiale.datasets.cells import Cells, read_cells
from cordiale.datasets.notes import Notes
from cordiale.datasets.when import held
from cordiale.errors import InvalidValue, UnknownName, UnreadableInput
from cordiale.periods import Period
from cordiale.relations import Relation, relation, relations

ROLES: dict[str, tuple[str, ...]] = {
    "a": ("a", "from", "source", "actor1", "actor_a", "state1", "ccode1", "node1", "side_a", "sender", "subject"),
    "b": ("b", "to", "target", "actor2", "actor_b", "state2", "ccode2", "node2", "side_b", "receiver", "object"),
    "sign": ("sign",),
    "relation": ("relation",),
    "weight": ("weight", "strength"),
    "begin": ("begin", "start", "start_date", "begin_date", "held_from"),
    "end": ("end", "end_date", "held_to"),
    "last": ("last", "last_date"),
    "year": ("year",),
    "means": ("means",),
}
"""What columns may be, and the names by which they are found, whatever their case."""

SIGNS = {"+": 1, "positive": 1, "friendly": 1, "-": -1, "−": -1, "negative": -1, "hostile": -1, "neutral": 0}
"""Words for a sign."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class TieTable:
    """Ties as columns, one value a row that was kept.

    `ends`, shape (rows, 2), are places in `actors`, in the order of the file; `signs` are -1, 0, 1; `weights` above 0;
    `begin` and `end` ordinals, 0 where unknown or open; `numbers` the rows of the file. `kinds` are places in
    `relations`, -1 without one. `notes` says what was settled or refused.
    """

    name: str
    actors: tuple[str, ...]
    ends: Ints
    signs: NDArray[np.int8]
    weights: NDArray[np.float64]
    begin: Ints
    end: Ints
    numbers: Ints
    kinds: NDArray[np.int16]
    relations: tuple[Relation, ...]
    periods: tuple[Period, ...]
    means: tuple[str, ...]
    notes: Notes

    def __len__(self) -> int:
        return len(self.signs)

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
        """The last day on which it changed: the eve of the last end or the day of the last beginning, the later one."""
        if not self.dated:
            return None
        end = self.end.max(initial=0) - 1 if self.span[1] else 0
        return date.fromordinal(max(int(end), int(self.begin.max(initial=0)), 1))

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


def read_ties(
    file: str | PathLike[str], columns: Mapping[str, str] | None = None, *, name: str | None = None
) -> TieTable:
    """A table of ties from a CSV, compressed or not, or a Parquet file.

    `columns` says which column has which role, where the usual names (`ROLES`) do not. There must be `a`, `b`, and one
    of `sign`, `relation` and `weight`, whose sign then counts. A file without them is an `UnreadableInput` that says
    which columns it has.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "ties.csv"
    ...     _ = file.write_text("from;to;sign;begin;end\\nGBR;FRA;-1;1872;1904\\nGBR;FRA;1;1904;\\nGBR;GBR;1;;\\n")
    ...     table = read_ties(file)
    >>> table.at(date(1903, 12, 31)), table.at(date(1904, 1, 1))
    ([('GBR', 'FRA', -1, 1.0)], [('GBR', 'FRA', 1, 1.0)])
    >>> list(table.notes.lines())
    ['a tie of an actor with itself: left out; 1 row (row 4: GBR)']
    """
    notes = Notes()
    cells = read_cells(file, notes)
    places = _places(cells, columns or {})
    return _Builder(name or Path(file).name, notes).built(cells, places)


def _places(cells: Cells, columns: Mapping[str, str]) -> dict[str, int]:
    """The place of the column of each role that the file has."""
    for role in columns:
        if role not in ROLES:
            raise UnknownName("role of a column", role, ROLES)
    found: dict[str, int] = {}
    for role, names in ROLES.items():
        for wanted in (columns[role],) if role in columns else names:
            place = cells.place(wanted)
            if place is not None and place not in found.values():
                found[role] = place
                break
        if role in columns and role not in found:
            raise UnreadableInput(cells.source, f"no column {columns[role]!r}", f"it has {', '.join(cells.columns)}")
    lacking = [role for role in ("a", "b") if role not in found]
    if not {"sign", "relation", "weight"} & found.keys():
        lacking.append("sign (or relation, or a signed weight)")
    if lacking:
        there = ", ".join(cells.columns) or "nothing"
        raise UnreadableInput(
            cells.source, f"its columns are {there}: which is {' and which '.join(lacking)}?",
            "say so: columns a=..., b=..., sign=...",
        )  # fmt: skip
    return found


class _Builder:
    def __init__(self, name: str, notes: Notes) -> None:
        self.name, self.notes = name, notes
        self.actors: dict[str, int] = {}
        self.relations: dict[str, int] = {}
        self.seen: set[tuple[object, ...]] = set()
        self.rows: list[tuple[float, ...]] = []
        self.periods: list[Period] = []
        self.same: dict[Period, Period] = {}  # a million rows have few periods: each is kept once
        self.means: list[str] = []

    def built(self, cells: Cells, places: dict[str, int]) -> TieTable:
        for number, row in cells.rows:
            self.add(number, {role: row[place] for role, place in places.items()})
        columns = np.array(self.rows, dtype=np.float64).reshape(-1, 8).T
        table = TieTable(
            name=self.name, actors=tuple(self.actors), ends=columns[:2].T.astype(np.int64),
            signs=columns[2].astype(np.int8), weights=columns[3], begin=columns[4].astype(np.int64),
            end=columns[5].astype(np.int64), numbers=columns[6].astype(np.int64), kinds=columns[7].astype(np.int16),
            relations=tuple(relation(one) for one in self.relations), periods=tuple(self.periods),
            means=tuple(self.means), notes=self.notes,
        )  # fmt: skip
        _note_overlaps(table)
        return table

    def add(self, number: int, cell: dict[str, str]) -> None:
        """Keep a row, or note why not."""
        a, b = cell["a"], cell["b"]
        if not a or not b:
            self.notes.add("no actor at one end: refused", number, a or b, refused=True)
            return
        if a == b:
            self.notes.add("a tie of an actor with itself: left out", number, a)
            return
        try:
            sign, weight, kind = self._strength(cell)
        except InvalidValue as error:
            self.notes.add(f"{error.what}: refused", number, error.value, refused=True)
            return
        try:
            when = held(*(cell.get(role, "") for role in ("begin", "end", "last", "year")))
        except InvalidValue as error:
            value = " to ".join(filter(None, (cell.get("begin"), cell.get("end"), cell.get("last"), cell.get("year"))))
            self.notes.add(f"dates that cannot be ({error.what}): refused", number, value, refused=True)
            return
        same = (a, b, sign, weight, when, kind, cell.get("means"))
        if same in self.seen:
            self.notes.add("the same as a row before: kept once", number, f"{a}, {b}")
            return
        self.seen.add(same)
        if sign == 0:
            self.notes.add("sign 0: neutral, which is no tie", number, f"{a}, {b}")
        ends = (self.actors.setdefault(name, len(self.actors)) for name in (a, b))
        begin, end = (0 if day is None else day.toordinal() for day in (when.start, when.end))
        self.rows.append((*ends, sign, weight, begin, end, number, kind))
        self.periods.append(self.same.setdefault(when, when))
        self.means.append(cell.get("means", ""))

    def _strength(self, cell: dict[str, str]) -> tuple[int, float, int]:
        """Sign, weight and relation of a row."""
        kind, sign = -1, None
        if text := cell.get("relation"):
            if text not in relations():
                raise InvalidValue("a relation that is not in the table", text, "use one that is")
            kind = self.relations.setdefault(text, len(self.relations))
            sign = relation(text).sign
        weight = _number(cell["weight"], "a weight") if cell.get("weight") else 1.0
        if cell.get("sign"):
            said = SIGNS.get(cell["sign"].casefold())
            value = _number(cell["sign"], "a sign") if said is None else float(said)
            sign = int(np.sign(value))
            if abs(value) not in (0, 1):  # strengths where signs are asked for, such as -10 to 10
                weight = abs(value) * weight
        if sign is None:
            if "weight" not in cell or not cell["weight"]:
                raise InvalidValue("neither a sign nor a weight", "", "give one")
            sign = int(np.sign(weight))
            weight = abs(weight) or 1.0
        if weight <= 0:
            raise InvalidValue("a weight that is not above 0 beside a sign", cell.get("weight"), "give one above 0")
        return sign, weight, kind


def _number(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InvalidValue(f"{what} that is no number", text, "write a number") from None
    if not isfinite(value):
        raise InvalidValue(f"{what} that is no number", text, "write a number")
    return value


def _note_overlaps(table: TieTable) -> None:
    """Notes the rows that say of a pair what another row says of the same time, or the opposite."""
    tied = np.flatnonzero(table.signs != 0)
    low, high = np.sort(table.ends[tied], axis=1).T
    key = low * max(len(table.actors), 1) + high
    start = table.begin[tied]
    order = np.lexsort((start, key))
    open_ = np.iinfo(np.int64).max
    reach: dict[int, int] = {}
    before = -1
    for place in order.tolist():
        row = int(tied[place])
        if key[place] != before:
            before, reach = int(key[place]), {}
        begins, ends, sign = int(start[place]), int(table.end[row]) or open_, int(table.signs[row])
        a, b = (table.actors[end] for end in table.ends[row].tolist())
        if begins < reach.get(sign, -1):
            table.notes.add("a pair and sign of a row before at the same time: counted once, by the strongest",
                            int(table.numbers[row]), f"{a}, {b}")  # fmt: skip
        if begins < reach.get(-sign, -1):
            table.notes.add("a pair that another row says the opposite of at the same time: their difference counts",
                            int(table.numbers[row]), f"{a}, {b}")  # fmt: skip
        reach[sign] = max(reach.get(sign, -1), ends)
