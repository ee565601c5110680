"""Alliances of states: COW Formal Alliances (by dyad, by dyad and year, by member) and ATOP (dyad-years).

Obligations are relations by the table's equivalents: defence and entente are an alliance, a consultation or a
non-aggression pact a friendly relation, a promise of neutrality is neutral. The strongest of a row counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from cordiale.datasets.cells import Cells, required
from cordiale.datasets.codes import overlap
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, joined, year_of
from cordiale.datasets.when import NOTHING, Bound, day_of, through, whole
from cordiale.errors import InvalidValue, UnreadableInput
from cordiale.periods import Period, Precision
from cordiale.relations import Layer, Relation, relations

COW_TYPES = {"defense": "defense", "entente": "entente", "nonaggression": "nonaggression", "neutrality": "neutrality"}
ATOP_TYPES = {"defense": "DEFENSE", "offense": "OFFENSE", "nonagg": "NONAGG", "consul": "CONSUL", "neutral": "NEUTRAL"}
_COW_FILE = "file of COW Formal Alliances"
_COW_MEND = "give alliance_v4.1_by_dyad.csv, alliance_v4.1_by_dyad_yearly.csv or alliance_v4.1_by_member.csv"

Kinds = Mapping[str, Relation]


def _kinds(scheme: str, types: Mapping[str, str]) -> Kinds:
    """The relation of each column: a status, as a treaty is one, also where the scheme's code is of an act too."""
    statuses = [row for row in relations().values() if row.layer is Layer.STATUS]
    found = {name: [row for row in statuses if code in row.equivalents(scheme)] for name, code in types.items()}
    return {name: rows[0] for name, rows in found.items() if rows}


def read_cow(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of `alliance_v4.1_by_dyad`, `..._by_dyad_yearly` (also the directed ones) or `..._by_member`."""
    required(cells, tuple(COW_TYPES), _COW_FILE, _COW_MEND)
    kinds = _kinds("cow", COW_TYPES)
    if cells.place("ccode1") is None and cells.place("ccode") is not None:
        required(cells, ("version4id", "ccode", "mem_st_year", "mem_end_year"), _COW_FILE, _COW_MEND)
        return joined(_members(cells, notes, kinds))
    required(cells, ("ccode1", "ccode2"), _COW_FILE, _COW_MEND)
    if cells.place("year") is not None:
        return joined(_years(cells, notes, ("ccode1", "ccode2"), kinds))
    required(cells, ("dyad_st_year", "dyad_end_year"), _COW_FILE, _COW_MEND)
    return joined(_dyads(cells, notes, kinds))


def read_atop(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of `atop5_1dy`, or of the directed `atop5_1ddyr`: a dyad in a year, its alliances taken together."""
    required(cells, ("year", *ATOP_TYPES), "file of ATOP dyad-years", "give atop5_1dy.csv")
    for pair in (("mem1", "mem2"), ("statea", "stateb")):
        if all(cells.place(name) is not None for name in pair):
            return joined(_years(cells, notes, pair, _kinds("atop", ATOP_TYPES)))
    raise UnreadableInput(cells.source, f"names no states among {', '.join(cells.columns)}", "they are mem1 and mem2")


def _dyads(cells: Cells, notes: Notes, kinds: Kinds) -> Iterator[Spell]:
    for number, row in cells.records():
        kind, held = _strongest(number, row, kinds, notes), _held(number, row, "dyad", notes)
        if kind is not None and held is not None:
            yield _spell(number, row, (row["ccode1"], row["ccode2"]), kind, held)


def _years(cells: Cells, notes: Notes, pair: tuple[str, str], kinds: Kinds) -> Iterator[Spell]:
    for number, row in cells.records():
        kind = _strongest(number, row, kinds, notes)
        try:
            held = year_of(whole(row["year"]))
        except ValueError:
            notes.add("a year that is none: refused", number, row["year"], refused=True)
            continue
        if kind is not None:
            if row.get("dyad_st_year"):
                dyad = _held(number, row, "dyad", notes)
                if dyad is None:
                    continue
                shared = overlap(held, dyad)
                if shared is None:
                    notes.add("a year outside of the dates of its dyad: kept, as that year", number, row["year"])
                held = shared or held
            yield _spell(number, row, (row[pair[0]], row[pair[1]]), kind, held)


@dataclass(frozen=True, slots=True)
class _Member:
    number: int
    row: Mapping[str, str]
    held: Period
    kind: Relation


def _members(cells: Cells, notes: Notes, kinds: Kinds) -> Iterator[Spell]:
    """Two members of one alliance, for as long as both were; the later row is the one that is cited."""
    alliances: dict[str, list[_Member]] = {}
    for number, row in cells.records():
        kind, held = _strongest(number, row, kinds, notes), _held(number, row, "mem", notes)
        if kind is not None and held is not None:
            alliances.setdefault(row["version4id"], []).append(_Member(number, row, held, kind))
    for members in alliances.values():
        for one, other in combinations(members, 2):
            shared = overlap(one.held, other.held)
            if shared is not None and one.row["ccode"] != other.row["ccode"]:
                kind = min(one.kind, other.kind, key=_strength)
                yield _spell(other.number, other.row, (one.row["ccode"], other.row["ccode"]), kind, shared)


def _spell(number: int, row: Mapping[str, str], codes: tuple[str, str], kind: Relation, held: Period) -> Spell:
    subject, target = (End(code=code, scheme="cow") for code in codes)
    return Spell(
        row=number, subject=subject, relation=kind, object=target, held=held, key=row.get("version4id", ""),
        continues=_marked(row.get("left_censor", "")),
        ended=held.end is not None and row.get("right_censor", "") not in NOTHING,
    )  # fmt: skip


def _held(number: int, row: Mapping[str, str], which: str, notes: Notes) -> Period | None:
    """When a dyad, or a member, was bound: both days included, no end where the row says that it goes on."""
    try:
        first, last = (_day(row, f"{which}_{end}") for end in ("st", "end"))
        held = through(first, (None, Precision.UNKNOWN) if _marked(row.get("right_censor", "")) else last)
    except (InvalidValue, ValueError) as error:
        notes.add("dates that cannot be: refused", number, error, refused=True)
        return None
    if held.start is None:
        notes.add("no year in which it begins: refused", number, refused=True)
        return None
    return held


def _day(row: Mapping[str, str], prefix: str) -> Bound:
    return day_of(*(row.get(f"{prefix}_{part}", "") for part in ("year", "month", "day")))


def _strongest(number: int, row: Mapping[str, str], kinds: Kinds, notes: Notes) -> Relation | None:
    found = [kind for name, kind in kinds.items() if _marked(row.get(name, ""))]
    if not found:
        notes.add("no obligation is marked: left out", number)
    return max(found, key=_strength, default=None)


def _strength(kind: Relation) -> tuple[float, int]:
    return kind.weight, kind.sign


def _marked(cell: str) -> bool:
    try:
        return float(cell) > 0
    except ValueError:
        return False


COW = Dataset(
    name="cow-alliances", title="COW Formal Alliances", version="4.1", published=date(2013, 12, 31), years=(1816, 2012),
    covers="pairs of states of the COW state system",
    where="correlatesofwar.org, under Data Sets, Formal Alliances: alliance_v4.1_by_dyad.csv, yearly or by_member",
    licence="free with citation; the maintainers ask that it be fetched from them, so it is never passed on",
    cite="Gibler, Douglas M. 2009. International Military Alliances, 1648-2008. CQ Press.",
    read=read_cow,
    formal=True,
)  # fmt: skip
ATOP = Dataset(
    name="atop", title="ATOP dyad-years", version="5.1", published=date(2022, 12, 31), years=(1815, 2018),
    covers="pairs of states of the COW state system",
    where="atopdata.org, under Data: atop5_1dy.csv",
    licence="free with citation",
    cite="Leeds, Brett Ashley, et al. 2002. Alliance Treaty Obligations and Provisions, 1815-1944. International "
    "Interactions 28:237-260.",
    read=read_atop,
    formal=True,
)  # fmt: skip
