"""Conflicts and rivalries: UCDP/PRIO armed conflict, UCDP dyadic, GML militarised disputes, TSS strategic rivalries.

The two sides of a conflict fight; those that join a side stand with it and fight the other. Two states on one side of a
dispute are not hostile by it. States go by their codes, armed groups by the names that a file has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

from cordiale.datasets.cells import Cells, required
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, year_of, yearly
from cordiale.relations import relation, relations

_GOVERNMENT = re.compile(r"^Government of ", re.IGNORECASE)
_LIST = re.compile(r"\s*[,;]\s*")


def read_ucdp(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of the UCDP/PRIO armed conflict dataset, or of the UCDP dyadic dataset: a conflict, or dyad, in a year."""
    required(cells, ("year",), "UCDP file", "give UcdpPrioConflict or Dyadic as CSV")
    if all(cells.place(name) is None for name in ("side_a", "gwno_a")):
        required(cells, ("side_a",), "UCDP file", "give UcdpPrioConflict or Dyadic as CSV")
    yield from yearly(_ucdp_years(cells, notes))


def _ucdp_years(cells: Cells, notes: Notes) -> Iterator[tuple[int, Spell]]:
    fights, supports = relation("fights"), relation("supports")
    for number, row in cells.records():
        try:
            year = int(float(row["year"]))
        except ValueError:
            notes.add("a year that is none: refused", number, row["year"], refused=True)
            continue
        a, b = _side(row, "a"), _side(row, "b")
        if not a or not b:
            notes.add("a side that the file does not name: left out", number, "side b" if a else "side a")
            continue
        second = {"a": _side(row, "a_2nd"), "b": _side(row, "b_2nd")}
        held = year_of(year)

        def tie(subject: End, kind: str, target: End, number: int = number, held=held) -> Spell:  # type: ignore[no-untyped-def]
            named = fights if kind == "fights" else supports
            return Spell(row=number, subject=subject, relation=named, object=target, held=held)

        for one, other in product((*a, *second["a"]), (*b, *second["b"])):
            yield year, tie(one, "fights", other)
        for side, principals in (("a", a), ("b", b)):
            for helper, principal in product(second[side], principals):
                if helper != principal:
                    yield year, tie(helper, "supports", principal)


def _side(row: dict[str, str], side: str) -> list[End]:
    """The actors of a side: by code where there is one, else by name."""
    names = [name for name in _LIST.split(row.get(f"side_{side}", "")) if name]
    codes = [code for code in _LIST.split(row.get(f"gwno_{side}", "")) if code and code not in ("-1", "NA")]
    if codes and (not names or len(codes) == len(names)):
        return [End(code=code, scheme="gw") for code in codes]
    return [End(name=_GOVERNMENT.sub("", name)) for name in names]


def read_gml(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of directed dyad-years of the GML MID data: who disputes with whom, at which level of hostility."""
    needed = ("ccode1", "ccode2", "year")
    required(cells, needed, "file of GML MID dyad-years", "give gml-ddy or gml-ndy as CSV")
    level = next((name for name in ("hostlev1", "hihost1", "hostlev", "hihost") if cells.place(name) is not None), None)
    if level is None:
        required(cells, ("hostlev1",), "file of GML MID dyad-years", "it has a column of hostility levels")
    yield from yearly(_gml_years(cells, notes, str(level)))


def _gml_years(cells: Cells, notes: Notes, level: str) -> Iterator[tuple[int, Spell]]:
    for number, row in cells.records():
        try:
            year, hostility = int(float(row["year"])), int(float(row[level] or -9))
        except ValueError:
            notes.add("a year or hostility level that is none: refused", number, row["year"], refused=True)
            continue
        if "sidea1" in row and "sidea2" in row and row["sidea1"] == row["sidea2"]:
            notes.add("both on one side of the dispute: left out", number)
            continue
        kind = relations().by_code("cow", f"hihost {hostility}")
        if hostility <= 1 or kind is None:
            notes.add("no militarised action of this state: left out", number)
            continue
        subject, target = (End(code=row[name], scheme="cow") for name in ("ccode1", "ccode2"))
        yield year, Spell(row=number, subject=subject, relation=kind, object=target, held=year_of(year))


def read_tss(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of strategic rivalries: two states, the first and the last year."""
    required(cells, ("ccode1", "ccode2", "start", "end"), "file of strategic rivalries", "give tss_rivalries as CSV")
    for number, row in cells.records():
        try:
            first, last = int(float(row["start"])), int(float(row["end"]))
            years = [(year, number) for year in range(first, last + 1)]
        except ValueError:
            notes.add("a year that is none: refused", number, f"{row['start']} to {row['end']}", refused=True)
            continue
        if last < first:
            notes.add("a spell that ends before it begins: refused", number, f"{first} to {last}", refused=True)
            continue
        subject, target = (End(code=row[name], scheme="cow") for name in ("ccode1", "ccode2"))
        found = Spell(
            row=number, subject=subject, relation=relation("rivals"), object=target, held=year_of(first)
        )  # fmt: skip
        yield from yearly((year, found) for year, _ in years)


UCDP = Dataset(
    name="ucdp-armed-conflict", title="UCDP/PRIO Armed Conflict Dataset", version="25.1", published=date(2025, 6, 1),
    years=(1946, 2024), covers="state-based conflicts with 25 battle deaths in a year",
    where="ucdp.uu.se, under Download center: UCDP/PRIO Armed Conflict Dataset, CSV",
    licence="CC BY 4.0",
    cite="Gleditsch, Nils Petter, et al. 2002. Armed Conflict 1946-2001. Journal of Peace Research 39:615-637.",
    read=read_ucdp,
)  # fmt: skip
UCDP_DYADIC = Dataset(
    name="ucdp-dyadic", title="UCDP Dyadic Dataset", version="25.1", published=date(2025, 6, 1), years=(1946, 2024),
    covers="dyads of state-based conflicts with 25 battle deaths in a year",
    where="ucdp.uu.se, under Download center: UCDP Dyadic Dataset, CSV",
    licence="CC BY 4.0",
    cite="Harbom, Lotta, Erik Melander and Peter Wallensteen. 2008. Dyadic Dimensions of Armed Conflict, 1946-2007. "
    "Journal of Peace Research 45:697-710.",
    read=read_ucdp,
)  # fmt: skip
GML = Dataset(
    name="gml-mids", title="GML MID dyad-years", version="2.2.1", published=date(2020, 1, 1), years=(1816, 2010),
    covers="pairs of states of the COW state system",
    where="the dispute data of Gibler, Miller and Little: directed dyad-years, CSV",
    licence="free with citation",
    cite="Gibler, Douglas M., Steven V. Miller and Erin K. Little. 2016. An Analysis of the Militarized Interstate "
    "Dispute (MID) Dataset, 1816-2001. International Studies Quarterly 60:719-730.",
    read=read_gml,
)  # fmt: skip
TSS = Dataset(
    name="tss-rivalries", title="Strategic rivalries", version="2021", published=date(2021, 12, 1), years=(1494, 2020),
    covers="pairs of states that see each other as competitors and threats",
    where="the data of Thompson, Sakuwa and Suhas: a rivalry a row, CSV",
    licence="free with citation",
    cite="Thompson, William R., Kentaro Sakuwa and Prashant Hosur Suhas. 2021. Analyzing Strategic Rivalries in World "
    "Politics. Springer.",
    read=read_tss,
)  # fmt: skip
