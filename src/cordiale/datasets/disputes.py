"""Disputes of states short of and up to war (GML MID dyad-years), and strategic rivalries (TSS).

Levels of hostility are relations by the table's equivalents: a threat, a show of force, a use of force are acts, held
for as long as the dispute; war is the status of fighting. Two states on one side of a dispute are not hostile by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from cordiale.datasets.cells import Cells, required
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, joined, year_of
from cordiale.datasets.when import NOTHING, day_of, through, whole
from cordiale.errors import InvalidValue
from cordiale.periods import Period, Precision
from cordiale.relations import Layer, Relation, relation, relations

NO_ACTION, WAR = 1, 5
"""The least and the highest level of hostility."""


def _levels() -> dict[int, Relation]:
    """The relation of each level: war is a status, what lies below it an act."""
    found = {}
    for level in range(NO_ACTION + 1, WAR + 1):
        layer = Layer.STATUS if level == WAR else Layer.ACT
        rows = [row for row in relations().values() if row.layer is layer and f"hihost {level}" in row.cow]
        found[level] = rows[0]
    return found


def read_gml(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of dyad-years, directed or not: who disputes with whom, each at its own level of hostility."""
    needed = ("ccode1", "ccode2", "year", "hostlev1")
    required(cells, needed, "file of GML MID dyad-years", "give the (directed) dyad-years as CSV")
    return joined(_disputes(cells, notes, _levels()))


def _disputes(cells: Cells, notes: Notes, levels: Mapping[int, Relation]) -> Iterator[Spell]:
    for number, row in cells.records():
        try:
            held = _held(row)
            hostility = [_level(row.get(name, "")) for name in ("hostlev1", "hostlev2")]
        except (InvalidValue, ValueError) as error:
            notes.add("a year or a level of hostility that is none: refused", number, error, refused=True)
            continue
        if row.get("sidea1") and row.get("sidea1") == row.get("sidea2"):
            notes.add("both on one side of the dispute: left out", number)
            continue
        one, other = (End(code=row[name], scheme="cow") for name in ("ccode1", "ccode2"))
        if not set(hostility) <= levels.keys():
            idle = ", ".join(row[f"ccode{n + 1}"] for n, level in enumerate(hostility) if level not in levels)
            notes.add("no militarised action of a state: none of its claims", number, idle)
        for subject, target, level in ((one, other, hostility[0]), (other, one, hostility[1])):
            if level in levels:
                yield Spell(
                    row=number, subject=subject, relation=levels[level], object=target, held=held,
                    key=row.get("dispnum", ""),
                )  # fmt: skip


def _held(row: Mapping[str, str]) -> Period:
    """The year, from the month in which the dispute began if it did so in it."""
    year = year_of(whole(row["year"]))
    onset, month = row.get("gmlmidonset", "").removesuffix(".0"), row.get("stmon", "").removesuffix(".0")
    if onset == "1" and month.isdecimal() and 1 <= int(month) <= 12:
        start, precision = day_of(row["year"], month)
        return replace(year, start=start, start_precision=precision)
    return year


def _level(text: str) -> int:
    """A level of hostility; what is missing is none."""
    level = NO_ACTION if text.casefold() in NOTHING or text.startswith("-") else whole(text)
    if not 0 <= level <= WAR:
        raise InvalidValue("a level of hostility", text, f"it is {NO_ACTION} to {WAR}")
    return level


def read_tss(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of strategic rivalries: two states, the first and the last year."""
    required(cells, ("ccode1", "ccode2", "start", "end"), "file of strategic rivalries", "give a rivalry a row as CSV")
    for number, row in cells.records():
        try:
            first, last = (whole(row[name]) for name in ("start", "end"))
            held = through((date(first, 1, 1), Precision.YEAR), (date(last, 1, 1), Precision.YEAR))
        except (InvalidValue, ValueError):
            notes.add("years that cannot be: refused", number, f"{row['start']} to {row['end']}", refused=True)
            continue
        one, other = (End(code=row[name], scheme="cow") for name in ("ccode1", "ccode2"))
        yield Spell(row=number, subject=one, relation=relation("rivals"), object=other, held=held)


GML = Dataset(
    name="gml-mids", title="GML MID dyad-years", version="2.2.1", published=date(2021, 12, 31), years=(1816, 2010),
    covers="pairs of states of the COW state system",
    where="the dispute data of Gibler, Miller and Little: directed dyad-years, CSV",
    licence="free with citation",
    cite="Gibler, Douglas M., Steven V. Miller and Erin K. Little. 2016. An Analysis of the Militarized Interstate "
    "Dispute (MID) Dataset, 1816-2001. International Studies Quarterly 60:719-730.",
    read=read_gml,
)  # fmt: skip
TSS = Dataset(
    name="tss-rivalries", title="Strategic rivalries", version="2021", published=date(2021, 12, 31), years=(1494, 2020),
    covers="pairs of states that see each other as competitors and threats",
    where="the data of Thompson, Sakuwa and Suhas: a rivalry a row, CSV",
    licence="free with citation",
    cite="Thompson, William R., Kentaro Sakuwa and Prashant Hosur Suhas. 2021. Analyzing Strategic Rivalries in World "
    "Politics. Springer.",
    read=read_tss,
)  # fmt: skip
