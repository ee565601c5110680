"""Armed conflict by UCDP: the UCDP/PRIO Armed Conflict Dataset and the UCDP Dyadic Dataset, a conflict or dyad a year.

The two sides of a conflict fight; those that join a side with troops support it and fight the other, and states of one
side of a war between states are friendly. States go by Gleditsch-Ward numbers, armed groups by the names in the file. A
file without those names still says which states joined whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from cordiale.claims import Kind, Means
from cordiale.datasets.cells import Cells, required
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, joined, year_of
from cordiale.datasets.when import Bound, day_of, period, whole
from cordiale.errors import InvalidValue, UnreadableInput
from cordiale.periods import Period, Precision, after, parse_day
from cordiale.relations import relation

GOVERNMENT = re.compile(r"^Government of\s+", re.IGNORECASE)
"""How UCDP begins the name of a state as a party."""
_LIST = re.compile(r"\s*[,;]\s*")
_NONE = frozenset({"", "-1", "na", "nan"})
_PRECISE = {"1": Precision.DAY, "2": Precision.DAY, "3": Precision.MONTH, "4": Precision.MONTH}
"""What a code of precision leaves of a date: to the day or nearly, to the month; otherwise to the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    a: tuple[End, ...]
    b: tuple[End, ...]
    with_a: tuple[End, ...]
    with_b: tuple[End, ...]


def read_ucdp(cells: Cells, notes: Notes) -> Iterator[Spell]:
    """Rows of either dataset: by their own column names, or with states by number alone (`gwno_a`, `gwno_b`, ...)."""
    required(cells, ("year",), "file of UCDP conflicts", "give UcdpPrioConflict or Dyadic as CSV")
    if all(cells.place(name) is None for name in ("side_a", "gwno_a")):
        why = f"names no side among {', '.join(cells.columns)}"
        raise UnreadableInput(cells.source, why, "give UcdpPrioConflict or Dyadic as CSV: it has side_a and side_b")
    return joined(_rows(cells, notes))


def _rows(cells: Cells, notes: Notes) -> Iterator[Spell]:
    for number, row in cells.records():
        try:
            year = whole(row["year"])
            all_of_it = year_of(year)
        except ValueError:
            notes.add("a year that is none: refused", number, row["year"], refused=True)
            continue
        try:
            held = _held(row, year)
        except InvalidValue as error:
            notes.add("an episode with days that cannot be: its whole year", number, error)
            held = all_of_it
        sides = _Sides(a=_side(row, "a"), b=_side(row, "b"), with_a=_side(row, "a_2nd"), with_b=_side(row, "b_2nd"))
        if not sides.a or not sides.b:
            which = "side b" if sides.a else "side a"
            notes.add("a side that the file does not name: only who joined the other, if any", number, which)
        between_states = all(end.code is not None for end in (*sides.a, *sides.b)) and bool(sides.b)
        key = row.get("dyad_id") or row.get("conflict_id", "")
        ended = _ended(row)
        for tie in _ties(sides, number, held, key, between_states=between_states):
            yield replace(tie, ended=ended)


def _ties(sides: _Sides, number: int, held: Period, key: str, *, between_states: bool) -> Iterator[Spell]:
    def tie(subject: End, name: str, target: End, *means: Means) -> Spell:
        return Spell(
            row=number, subject=subject, relation=relation(name), object=target, held=held, means=means, key=key
        )

    for one, other in product((*sides.a, *sides.with_a), (*sides.b, *sides.with_b)):
        yield tie(one, "fights", other)
    for helpers, principals in ((sides.with_a, sides.a), (sides.with_b, sides.b)):
        for helper, principal in product(helpers, principals):
            if helper != principal:
                yield tie(helper, "supports", principal, Means.TROOPS)
    if between_states:
        for side in (sides.a, sides.b):
            for one, other in combinations(side, 2):
                yield tie(one, "friendly_to", other)


def _held(row: Mapping[str, str], year: int) -> Period:
    """The part of a year in which the episode ran: from its first day, if that is in it, to its end, if it ended."""
    first: Bound = day_of(str(year))
    beyond: Bound = (date(year + 1, 1, 1), Precision.YEAR)
    if start := row.get("start_date2"):
        day, precision = _at(start, row.get("start_prec2", ""))
        if day.year == year or day.year < year == _FIRST:
            first = day, precision
    if _ended(row) and (end := row.get("ep_end_date")):
        day, precision = _at(end, row.get("ep_end_prec", "") or ("7" if end[5:10] == "12-31" else "1"))
        if day.year == year:
            beyond = after(day, precision), precision
    return period(first, beyond)


def _ended(row: Mapping[str, str]) -> bool:
    return row.get("ep_end", "").removesuffix(".0") == "1"


def _at(text: str, code: str) -> tuple[date, Precision]:
    day, _ = parse_day(text[:10])
    precision = _PRECISE.get(code.removesuffix(".0"), Precision.YEAR)
    parts = (day.year, 1 if precision == Precision.YEAR else day.month, day.day if precision == Precision.DAY else 1)
    return date(*parts), precision


def _side(row: Mapping[str, str], side: str) -> tuple[End, ...]:
    """The parties of a side: by number where each has one, else by name."""
    names = [name for name in _LIST.split(row.get(f"side_{side}", "")) if name.casefold() not in _NONE]
    codes = [code for code in _LIST.split(row.get(f"gwno_{side}", "")) if code.casefold() not in _NONE]
    if codes and (not names or len(codes) == len(names)):
        return tuple(End(code=code, scheme="gw") for code in codes)
    return tuple(named(name) for name in names)


def named(name: str) -> End:
    """A party by the name that UCDP gives it: a state's government, or an armed group.

    >>> named("Government of Chad").kind, named("FROLINAT").name
    (<Kind.STATE: 'state'>, 'FROLINAT')
    """
    state = GOVERNMENT.match(name)
    return End(name=GOVERNMENT.sub("", name), kind=Kind.STATE if state else Kind.ARMED_GROUP)


_FIRST = 1946
_SOURCE = "ucdp.uu.se, under Download center"
UCDP = Dataset(
    name="ucdp-armed-conflict", title="UCDP/PRIO Armed Conflict Dataset", version="25.1", published=date(2025, 6, 30),
    years=(_FIRST, 2024), covers="parties of state-based conflicts with 25 battle deaths in a year",
    where=f"{_SOURCE}: UCDP/PRIO Armed Conflict Dataset, CSV",
    licence="CC BY 4.0",
    cite="Gleditsch, Nils Petter, et al. 2002. Armed Conflict 1946-2001. Journal of Peace Research 39:615-637.",
    read=read_ucdp,
)  # fmt: skip
UCDP_DYADIC = Dataset(
    name="ucdp-dyadic", title="UCDP Dyadic Dataset", version="25.1", published=date(2025, 6, 30), years=(_FIRST, 2024),
    covers="dyads of state-based conflicts with 25 battle deaths in a year",
    where=f"{_SOURCE}: UCDP Dyadic Dataset, CSV",
    licence="CC BY 4.0",
    cite="Harbom, Lotta, Erik Melander and Peter Wallensteen. 2008. Dyadic Dimensions of Armed Conflict, 1946-2007. "
    "Journal of Peace Research 45:697-710.",
    read=read_ucdp,
)  # fmt: skip
