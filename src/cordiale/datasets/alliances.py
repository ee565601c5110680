"""Alliances of states: COW Formal Alliances (by dyad, or dyad and year) and ATOP (dyad-years).

Obligations are relations by the table's equivalents: defence and entente are an alliance, a consultation or a
non-aggression pact a friendly relation, a promise of neutrality is neutral. The strongest of a row counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cordiale.datasets.cells import Cells, required
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, year_of, yearly
from cordiale.datasets.when import day_of, through
from cordiale.errors import InvalidValue
from cordiale.periods import Precision
from cordiale.relations import Relation, relations

COW_TYPES = ("defense", "entente", "nonaggression", "neutrality")
ATOP_TYPES = ("defense", "offense", "nonagg", "consul", "neutral")
_COW = {kind: relations().by_code("cow", kind) for kind in COW_TYPES}
# The table knows consultations as acts too; a treaty that provides for them is a status.
_ATOP = {kind: relations().by_code("atop", kind.upper()) for kind in ATOP_TYPES} | {
    "consul": relations()["friendly_to"]
}


def read_cow(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of `alliance_v4.1_by_dyad` (spells) or `..._by_dyad_yearly` (years)."""
    needed = ("ccode1", "ccode2", "defense", "neutrality", "nonaggression", "entente")
    required(cells, needed, "file of COW Formal Alliances by dyad", "give alliance_v4.1_by_dyad.csv, or the yearly one")
    if cells.place("year") is not None:
        yield from yearly(_years(cells, notes, "ccode1", "ccode2", _COW, "cow"))
        return
    required(cells, ("dyad_st_year", "dyad_end_year"), "file of COW Formal Alliances by dyad", "give one with years")
    for number, row in cells.records():
        kind = _strongest(row, _COW)
        if kind is None:
            notes.add("no type of alliance is marked: left out", number)
            continue
        try:
            first, last = (
                day_of(*(row.get(f"dyad_{which}_{part}", "") for part in ("year", "month", "day")))
                for which in ("st", "end")
            )
            held = through(first, (None, Precision.UNKNOWN) if _marked(row.get("right_censor", "")) else last)
        except (InvalidValue, ValueError) as error:
            notes.add("dates that cannot be: refused", number, error, refused=True)
            continue
        yield Spell(
            row=number, subject=End(code=row["ccode1"], scheme="cow"), relation=kind,
            object=End(code=row["ccode2"], scheme="cow"), held=held,
        )  # fmt: skip


def read_atop(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of `atop5_1dy`: a dyad in a year, with the obligations of all its alliances together."""
    needed = ("year", "defense", "offense", "neutral", "nonagg", "consul")
    required(cells, needed, "file of ATOP dyad-years", "give atop5_1dy.csv")
    one, other = ("mem1", "mem2") if cells.place("mem1") is not None else ("stateA", "stateB")
    required(cells, (one, other), "file of ATOP dyad-years", "it names the states mem1 and mem2")
    yield from yearly(_years(cells, notes, one.casefold(), other.casefold(), _ATOP, "cow"))


def _years(
    cells: Cells, notes: Notes, one: str, other: str, kinds: dict[str, Relation | None], scheme: str
) -> Iterator[tuple[int, Spell]]:
    for number, row in cells.records():
        kind = _strongest(row, kinds)
        try:
            year = int(float(row["year"]))
            held = year_of(year)
        except ValueError:
            notes.add("a year that is none: refused", number, row["year"], refused=True)
            continue
        if kind is None:
            notes.add("no obligation is marked: left out", number)
            continue
        a, b = sorted((row[one], row[other]), key=lambda code: (len(code), code))  # a pair is there once a year
        yield (
            year,
            Spell(
                row=number, subject=End(code=a, scheme=scheme), relation=kind, object=End(code=b, scheme=scheme),
                held=held,
            ),
        )  # fmt: skip


def _strongest(row: dict[str, str], kinds: dict[str, Relation | None]) -> Relation | None:
    found = [kind for name, kind in kinds.items() if kind is not None and _marked(row.get(name, ""))]
    return max(found, key=lambda kind: (kind.sign, kind.weight), default=None)


def _marked(cell: str) -> bool:
    try:
        return float(cell) > 0
    except ValueError:
        return False


COW = Dataset(
    name="cow-alliances", title="COW Formal Alliances", version="4.1", published=date(2013, 1, 1), years=(1816, 2012),
    covers="pairs of states of the COW state system",
    where="correlatesofwar.org, under Data Sets, Formal Alliances: alliance_v4.1_by_dyad.csv",
    licence="free with citation; the maintainers ask that it be fetched from them, so it is never passed on",
    cite="Gibler, Douglas M. 2009. International Military Alliances, 1648-2008. CQ Press.",
    read=read_cow,
)  # fmt: skip
ATOP = Dataset(
    name="atop", title="ATOP dyad-years", version="5.1", published=date(2022, 7, 1), years=(1815, 2018),
    covers="pairs of states of the COW state system",
    where="atopdata.org, under Data: atop5_1dy.csv",
    licence="free with citation",
    cite="Leeds, Brett Ashley, et al. 2002. Alliance Treaty Obligations and Provisions, 1815-1944. International "
    "Interactions 28:237-260.",
    read=read_atop,
)  # fmt: skip
