"""From a file to a table of ties: rows of two actors, a sign or a relation, and maybe how strong and when.

Columns are found by their usual names or by a mapping from roles. A row that cannot be used is refused and noted, with
its number; nothing is dropped without a note. Signs stay what the table says: no evidence is weighed here.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from math import isfinite
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cordiale.datasets.cells import Cells, read_cells
from cordiale.datasets.notes import Notes
from cordiale.datasets.table import PRECISIONS, TieTable
from cordiale.datasets.when import NOTHING, Bound, bounds
from cordiale.errors import InvalidValue, UnknownName, UnreadableInput
from cordiale.relations import relation, relations

ROLES: dict[str, tuple[str, ...]] = {
    "a": ("a", "from", "source", "actor1", "actor_a", "state1", "ccode1", "node1", "side_a", "sender", "subject"),
    "b": ("b", "to", "target", "actor2", "actor_b", "state2", "ccode2", "node2", "side_b", "receiver", "object"),
    "sign": ("sign",),
    "relation": ("relation",),
    "weight": ("weight", "strength"),
    "begin": (
        "begin", "start", "from_date", "start_date", "begin_date", "styear", "start_year", "begin_year", "held_from",
    ),
    "end": ("end", "to_date", "end_date", "held_to"),
    "last": ("last", "last_date", "last_year", "endyear", "end_year"),
    "year": ("year",),
    "means": ("means",),
}  # fmt: skip
"""What columns may be, and the names by which they are found, whatever their case. `endyear`, as in lists of the
Correlates of War, is the last year in which it held; `end` the first day on which it did not."""
ROLES_IN_ORDER = tuple(ROLES)

SIGNS = {"+": 1, "positive": 1, "friendly": 1, "-": -1, "−": -1, "negative": -1, "hostile": -1, "neutral": 0}
"""Words for a sign."""

OVERLAPS = {
    "same": "a pair and sign of a row before at the same time: on a day it counts once, by the strongest",
    "opposite": "a pair that another row says the opposite of at the same time: on a day their difference counts",
}

_PLACE = {precision: place for place, precision in enumerate(PRECISIONS)}
_NEVER = (1 << 22) - 1  # an ordinal past the calendar's last
_REMEMBERED = 100_000  # signs and relations whose meaning is kept


def read_ties(
    file: str | PathLike[str], columns: Mapping[str, str] | None = None, *, name: str | None = None
) -> TieTable:
    """A table of ties from a CSV, gzipped or not, or a Parquet file.

    `columns` says which column has which role, where the usual names (`ROLES`) do not. There must be `a`, `b`, and one
    of `sign`, `relation` and `weight`, whose sign then counts. A file without them is an `UnreadableInput` that says
    which columns it has; an empty file is a table without ties, and noted.

    >>> from datetime import date; from tempfile import TemporaryDirectory
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
    if not cells.columns:
        notes.add("an empty file: a table without ties", 1)
        return _Columns(name or Path(file).name, notes).read(cells, {"a": 0, "b": 0})
    table = _Columns(name or Path(file).name, notes).read(cells, _places(cells, columns or {}))
    if not len(table) and not notes:
        notes.add("a header and no row: a table without ties", 1)
    return table


def _places(cells: Cells, columns: Mapping[str, str]) -> dict[str, int]:
    """The place of the column of each role that the file has."""
    for role in columns:
        if role not in ROLES:
            raise UnknownName("role of a column", role, ROLES)
    found: dict[str, int] = {}
    for role, wanted in columns.items():
        place = cells.place(wanted)
        if place is None:
            raise UnreadableInput(cells.source, f"no column {wanted!r}", f"it has {', '.join(cells.columns)}")
        found[role] = place
    for role in [role for role in ROLES if role not in found]:
        usual = (cells.place(name) for name in ROLES[role])
        place = next((one for one in usual if one is not None and one not in found.values()), None)
        if place is not None:
            found[role] = place
    lacking = [role for role in ("a", "b") if role not in found]
    if not {"sign", "relation", "weight"} & found.keys():
        lacking.append("sign (or relation, or a signed weight)")
    if lacking:
        there = ", ".join(cells.columns) or "nothing"
        raise UnreadableInput(
            cells.source, f"its columns are {there}: which is {' and which is '.join(lacking)}?",
            "say so: --columns a=NAME,b=NAME,sign=NAME",
        )  # fmt: skip
    return found


class _Columns:
    """The rows that are kept, one number a row and column: a million rows as tuples would take a gigabyte."""

    def __init__(self, name: str, notes: Notes) -> None:
        self.name, self.notes = name, notes
        self.actors: dict[str, int] = {}
        self.relations: dict[str, int] = {}
        self.means: dict[str, int] = {}
        self.said: dict[tuple[str, str], _Said | InvalidValue] = {}
        self.whole = {column: array("q") for column in ("a", "b", "sign", "begin", "end", "number", "kind", "means")}
        self.precise = {column: array("b") for column in ("begin", "end")}
        self.weight = array("d")
        self.signed = False
        self.sha256 = ""

    def read(self, cells: Cells, places: dict[str, int]) -> TieTable:
        self.sha256 = cells.sha256
        no_year = "na" if "year" in places else ""
        self.signed = bool({"sign", "relation"} & places.keys())
        empty = len(cells.columns)  # one place past the cells of a row holds "", for roles without a column
        a, b, sign, kind, weight, begin, end, last, year, means = (places.get(role, empty) for role in ROLES_IN_ORDER)
        for number, row in cells.rows:
            row.append("")
            one, other = _label(row[a]), _label(row[b])
            if not one or not other:
                self.notes.add("no actor at one end: refused", number, one or other, refused=True)
                continue
            if "\n" in one or "\n" in other:
                self.notes.add("a name of several lines: refused", number, f"{one}, {other}", refused=True)
                continue
            if one == other:
                self.notes.add("a tie of an actor with itself: left out", number, one)
                continue
            try:
                strength = self._strength(row[sign], row[kind], row[weight])
            except InvalidValue as error:
                self.notes.add(f"{error.what}: refused", number, error.value, refused=True)
                continue
            try:
                first, beyond = bounds(row[begin], row[end], row[last], row[year] or no_year)
            except InvalidValue as error:
                value = " to ".join(filter(None, (row[begin], row[end], row[last], row[year])))
                self.notes.add(f"dates that cannot be ({error.what}): refused", number, value, refused=True)
                continue
            if not row[weight] and weight != empty:
                self.notes.add("no weight: it counts as 1", number, f"{one}, {other}")
            if not strength[0]:
                self.notes.add("sign 0: neutral, which is no tie", number, f"{one}, {other}")
            self._keep(one, other, strength, first, beyond, number, row[means])
        return self._table()

    def _keep(
        self, one: str, other: str, strength: tuple[int, float, int], first: Bound, beyond: Bound, number: int,
        means: str,
    ) -> None:  # fmt: skip
        values = (
            self.actors.setdefault(one, len(self.actors)), self.actors.setdefault(other, len(self.actors)), strength[0],
            first[0].toordinal() if first[0] else 0, beyond[0].toordinal() if beyond[0] else 0, number, strength[2],
            self.means.setdefault(means, len(self.means)),
        )  # fmt: skip
        for column, value in zip(self.whole.values(), values, strict=True):
            column.append(value)
        self.precise["begin"].append(_PLACE[first[1]])
        self.precise["end"].append(_PLACE[beyond[1]])
        self.weight.append(strength[1])

    def _strength(self, sign: str, kind: str, weight: str) -> tuple[int, float, int]:
        """Sign, weight and relation of a row."""
        said = self.said.get((sign, kind))
        if said is None:
            try:
                said = self._said(sign, kind)
            except InvalidValue as error:
                said = error
            if len(self.said) < _REMEMBERED:
                self.said[sign, kind] = said
        if isinstance(said, InvalidValue):
            raise said
        size = _number(weight, "a weight") if weight else 1.0
        if said.sign is None:
            if self.signed:
                raise InvalidValue("neither a sign nor a relation", "", "give one")
            if not weight:
                raise InvalidValue("neither a sign nor a weight", "", "give one")
            return (size > 0) - (size < 0), abs(size) or 1.0, said.kind
        if size <= 0:
            raise InvalidValue("a weight that is not above 0 beside a sign", weight, "give one above 0")
        return said.sign, size * said.strength, said.kind

    def _said(self, sign: str, kind: str) -> _Said:
        place, found, strength = -1, None, 1.0
        if kind:
            if kind not in relations():
                raise InvalidValue("a relation that is not in the table", kind, "use one that is")
            found = relation(kind).sign
            place = self.relations.setdefault(kind, len(self.relations))
        if sign:
            word = SIGNS.get(sign.casefold())
            value = _number(sign.replace("\u2212", "-"), "a sign") if word is None else float(word)
            found = (value > 0) - (value < 0)
            strength = abs(value) or 1.0  # strengths where signs are asked for, such as -10 to 10
        return _Said(found, strength, place)

    def _table(self) -> TieTable:
        whole = {name: np.frombuffer(column, dtype=np.int64) for name, column in self.whole.items() if len(column)}
        whole = whole or {name: np.zeros(0, dtype=np.int64) for name in self.whole}
        table = TieTable(
            name=self.name, actors=tuple(self.actors), ends=np.stack([whole["a"], whole["b"]], axis=1),
            signs=whole["sign"].astype(np.int8), weights=np.array(self.weight, dtype=np.float64),
            begin=whole["begin"].astype(np.int32), end=whole["end"].astype(np.int32),
            precisions=np.array([*self.precise.values()], dtype=np.int8).T, numbers=whole["number"],
            kinds=whole["kind"].astype(np.int16), relations=tuple(relation(one) for one in self.relations),
            said=whole["means"].astype(np.int32), means=tuple(self.means), notes=self.notes,
            sha256=self.sha256,
        )  # fmt: skip
        table = table.where(~_repeated(table))
        _note_overlaps(table)
        return table


def _label(cell: str) -> str:
    """An actor as it is meant: without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    if cell.casefold() in NOTHING:
        return ""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


class _Said(NamedTuple):
    sign: int | None
    strength: float
    kind: int


def _number(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InvalidValue(f"{what} that is no number", text, "write a number") from None
    if not isfinite(value):
        raise InvalidValue(f"{what} that is no number", text, "write a number")
    return value


def _repeated(table: TieTable) -> NDArray[np.bool_]:
    """The rows that say just what an earlier one says, noted."""
    held = table.begin.astype(np.int64) << 32 | table.end.astype(np.int64) << 4 | table.precisions @ np.array([4, 1])
    what = ((table.said * max(len(table.relations) + 1, 1) + table.kinds) * 3 + table.signs).astype(np.int64)
    keys = (table.weights, what, held, table.ends[:, 1], table.ends[:, 0])
    order = np.lexsort(keys)
    same = np.ones(len(table), dtype=bool)
    same[:1] = False
    for key in keys:
        same[1:] &= key[order][1:] == key[order][:-1]
    repeated = np.zeros(len(table), dtype=bool)
    repeated[order] = same
    for row in np.flatnonzero(repeated).tolist():
        table.notes.add("the same as a row before: kept once", int(table.numbers[row]), table.pair(row))
    return repeated


def _note_overlaps(table: TieTable) -> None:
    """Notes the rows that say of a pair what another row says of the same time, or the opposite."""
    tied = np.flatnonzero(table.signs != 0)
    low, high = np.sort(table.ends[tied], axis=1).T
    key = low * max(len(table.actors), 1) + high
    order = np.lexsort((table.begin[tied], key))
    rows, key = tied[order], key[order]
    group = np.cumsum(np.append(False, key[1:] != key[:-1]))[: len(key)]
    begin = table.begin[rows].astype(np.int64)
    end = np.where(table.end[rows] == 0, _NEVER, table.end[rows]).astype(np.int64)
    for side, rule in ((1, "same"), (-1, "opposite")):
        overlaps = np.zeros(len(rows), dtype=bool)
        for sign in (1, -1):
            # The latest end so far in each group, of rows of this sign: groups rise, so that one maximum runs over all.
            reach = np.maximum.accumulate(group * (_NEVER + 1) + np.where(table.signs[rows] == sign, end, 0))
            before = np.append(0, reach[:-1]) - group * (_NEVER + 1)
            overlaps |= (table.signs[rows] == sign * side) & (begin < before)
        for row in np.sort(rows[overlaps]).tolist():
            table.notes.add(OVERLAPS[rule], int(table.numbers[row]), table.pair(row))
