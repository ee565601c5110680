"""Dyads by year, in the shape in which conflict research joins them: two codes and a year.

One row an undirected dyad and year, the lower COW code first, as of 31 December. Codes are those of that day; a state
that had none has an empty cell. A dyad-year of which nothing is known has no row: missing is missing, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from cordiale.claims import Actor, Kind
from cordiale.datasets import code_of
from cordiale.ties import Evidence, Snapshot, Stance
from cordiale.ties.posterior import STANCES


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadYear:
    """Two actors at the end of a year. Codes are None where there was none; `sign` is 0 where they were neutral or the
    sources contradict each other; `weight` is absolute, `claims` how many it rests on."""

    ccode1: int | None
    ccode2: int | None
    gwcode1: int | None
    gwcode2: int | None
    iso3c1: str | None
    iso3c2: str | None
    name1: str
    name2: str
    year: int
    sign: int
    weight: float
    p_friendly: float
    certainty: float
    stance: str
    claims: int


def dyad_years(
    evidence: Evidence,
    actors: Mapping[str, Actor],
    *,
    since: date | None = None,
    until: date,
    everyone: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> list[DyadYear]:
    """A row for each dyad and year, from that of `since` on, of which something is known, by codes and year.

    Dyads are those of two states; with `everyone` those of all actors, without codes where they have none. The last
    year is the last of which 31 December is not after `until`; an actor that had ended by then is in none.
    `progress` is told of each year that is done, and of how many.
    """
    ids = evidence.columns.actors
    wanted = np.array([everyone or actors[key].kind is Kind.STATE for key in ids], dtype=bool)
    ties = np.flatnonzero(wanted[evidence.a] & wanted[evidence.b])
    if not len(ties):
        return []
    begin = since or date.fromordinal(int(evidence.anchor[np.isin(evidence.tie, ties)].min()))
    last = (until.year if until >= date(until.year, 12, 31) else until.year - 1) + 1
    found: list[DyadYear] = []
    for year in range(begin.year, last):
        found += _of_day(Snapshot(evidence, at=date(year, 12, 31), ties=ties), actors)
        if progress is not None:
            progress(year + 1 - begin.year, last - begin.year)
    return sorted(found, key=lambda row: (*_order(row.ccode1, row.name1), *_order(row.ccode2, row.name2), row.year))


def _of_day(snapshot: Snapshot, actors: Mapping[str, Actor]) -> Iterator[DyadYear]:
    for place in np.flatnonzero(snapshot.posterior.stance != STANCES.index(Stance.UNKNOWN)).tolist():
        ends = [actors[snapshot.actors[end]] for end in snapshot.ends[place]]
        if all(end.held.end is None or snapshot.at < end.held.end for end in ends):
            yield _dyad(snapshot, place, ends)


def _dyad(snapshot: Snapshot, place: int, ends: list[Actor]) -> DyadYear:
    at, post, stance = snapshot.at, snapshot.posterior, STANCES[snapshot.posterior.stance[place]]
    one, other = sorted(ends, key=lambda end: _order(_number(end, "cow", at), end.name))
    return DyadYear(
        ccode1=_number(one, "cow", at), ccode2=_number(other, "cow", at),
        gwcode1=_number(one, "gw", at), gwcode2=_number(other, "gw", at),
        iso3c1=code_of(one, "iso3", at), iso3c2=code_of(other, "iso3", at),
        name1=one.name, name2=other.name, year=at.year, sign=stance.sign, weight=abs(float(post.weight[place])),
        p_friendly=float(post.p_friendly[place]), certainty=float(post.certainty[place]), stance=str(stance),
        claims=len(snapshot.contributions_of(place)),
    )  # fmt: skip


def _number(actor: Actor, scheme: str, at: date) -> int | None:
    code = code_of(actor, scheme, at)
    return int(code) if code and code.isdecimal() else None


def _order(code: int | None, name: str) -> tuple[bool, int, str]:
    return code is None, code or 0, name
