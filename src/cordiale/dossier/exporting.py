"""What a dossier writes for other programs, format by format: claims, the ties of a day, ties over time.

Claims are all that count as of `known`; formats of a day take `at`, formats over time `since` and `until`. Whole or not
at all. An actor that had ended keeps the past that it had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from cordiale.claims import Actor, Kind
from cordiale.datasets import code_of
from cordiale.dossier import days
from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports import ExportError, export_claims, export_ties, writing
from cordiale.exports.dyads import DyadYear, write_dyads, write_dyads_parquet
from cordiale.exports.gexf import write_gexf
from cordiale.exports.histories import Node, Stretch, TieCourse
from cordiale.exports.pajek import write_pajek
from cordiale.exports.spells import write_spells
from cordiale.networks import SignedNetwork
from cordiale.ties import Evidence, Snapshot, Stance, episodes_of, weigh

if TYPE_CHECKING:
    from cordiale.dossier.front import Dossier

CLAIMS = ("jsonl", "csv")
DAY = ("graphml", "pajek")
STRETCH = ("gexf", "spells", "dyads", "dyads-parquet")
FORMATS = (*CLAIMS, *DAY, *STRETCH)
"""What can be written: claims, the ties of a day, ties over time."""


def export(
    desk: Dossier,
    format: str,
    file: str | PathLike[str],
    *,
    at: date | str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    known: date | str | None = None,
    everyone: bool = False,
) -> int:
    """Write a format to a file, or `-`; how many claims, ties or rows. `everyone` writes dyads of all actors, not of
    states alone. A day or a stretch for a format that takes none is an `InvalidValue`.
    """
    if format not in FORMATS:
        raise UnknownName("export format", format, FORMATS)
    if desk.store.owns(file):
        raise ExportError(str(file), "is the dossier itself", "name another file")
    if at is not None and format not in DAY:
        raise InvalidValue(f"a day for {format}", at, f"leave it out, or write one of {', '.join(DAY)}")
    if (since is not None or until is not None) and format not in STRETCH:
        raise InvalidValue(f"a stretch of time for {format}", since or until, f"leave it out, or write {STRETCH[0]}")
    if format in CLAIMS:
        return export_claims(desk.claims(known=known).records(), format, str(file))
    actors = desk.catalogue()
    if format == "graphml":
        return export_ties(desk.snapshot(at, known), actors, str(file))
    if format == "pajek":
        network = SignedNetwork.of(desk.snapshot(at, known), weighted=True)
        with writing(str(file)) as out:
            return write_pajek(network, {key: actors[key].name for key in network.actors}, out)
    day = None if known is None else days.last_day(known)
    evidence = weigh(desk.store.columns(known=day), known=day)
    end = desk.today() if until is None else days.last_day(until)
    begin = None if since is None else days.first_day(since)
    if begin is not None and begin > end:
        raise InvalidValue("a stretch that ends before it begins", f"{begin} to {end}", "give the earlier day first")
    if format in ("dyads", "dyads-parquet"):
        write = write_dyads if format == "dyads" else write_dyads_parquet
        rows = _dyad_years(evidence, actors, begin, end, everyone=everyone)
        with writing(str(file)) as out:
            return write(rows, out)
    courses = list(_courses(evidence, actors, begin, end))
    if format == "spells":
        with writing(str(file)) as out:
            return write_spells(courses, out)
    used = sorted({end for course in courses for end in (course.a, course.b)})
    nodes = [Node(id=key, name=actors[key].name, kind=str(actors[key].kind)) for key in used]
    with writing(str(file)) as out:
        return write_gexf(nodes, courses, out)


def _courses(evidence: Evidence, actors: Mapping[str, Actor], since: date | None, until: date) -> Iterator[TieCourse]:
    """Each tie with its episodes that are not unknown, cut to the stretch."""
    names = evidence.columns.actors
    last = Snapshot(evidence, at=until)
    weights = {ends: abs(float(w)) for ends, w in zip(_pairs(last), last.posterior.weight, strict=True)}
    for tie in range(len(evidence)):
        a, b = sorted((names[evidence.a[tie]], names[evidence.b[tie]]))
        gone = min(filter(None, (actors[key].held.end for key in (a, b))), default=None)
        stretches = []
        for episode in episodes_of(evidence, tie, until=until):
            start = max(episode.start, since) if since else episode.start
            ends = [day for day in (episode.end, gone) if day is not None]
            end = min(ends, default=None)
            if episode.stance is Stance.UNKNOWN or (end is not None and start >= end) or start > until:
                continue
            stretches.append(Stretch(start=start, end=end, sign=episode.stance.sign, stance=str(episode.stance)))
        if stretches:
            yield TieCourse(
                a=a, b=b, names=(actors[a].name, actors[b].name), weight=weights.get((a, b), 0.0),
                episodes=tuple(stretches),
            )  # fmt: skip


def _pairs(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [(snapshot.actors[a], snapshot.actors[b]) for a, b in snapshot.ends.tolist()]


def _dyad_years(
    evidence: Evidence, actors: Mapping[str, Actor], since: date | None, until: date, *, everyone: bool
) -> Iterator[DyadYear]:
    """A row for each dyad and year of which something is known."""
    anchors = evidence.anchor
    if not len(anchors):
        return
    first = since.year if since else date.fromordinal(max(int(anchors.min()), 1)).year
    last = until.year if until >= date(until.year, 12, 31) else until.year - 1
    for year in range(first, last + 1):
        at = date(year, 12, 31)
        snapshot = Snapshot(evidence, at=at)
        known = np.flatnonzero(snapshot.posterior.stance != list(Stance).index(Stance.UNKNOWN))
        rows = []
        for place in known.tolist():
            ends = [actors[snapshot.actors[end]] for end in snapshot.ends[place]]
            if not everyone and any(end.kind is not Kind.STATE for end in ends):
                continue
            if any(end.held.end is not None and end.held.end <= at for end in ends):
                continue
            rows.append(_dyad(snapshot, place, ends, at))
        yield from sorted(rows, key=lambda row: (row.ccode1 or 10**6, row.ccode2 or 10**6, row.name1, row.name2))


def _dyad(snapshot: Snapshot, place: int, ends: list[Actor], at: date) -> DyadYear:
    codes = [[code_of(end, scheme, at) for scheme in ("cow", "gw", "iso3")] for end in ends]
    numbers = [[int(code) if code and code.isdigit() else None for code in row[:2]] for row in codes]
    order = sorted((0, 1), key=lambda n: (numbers[n][0] or 10**6, ends[n].name))
    (cow1, gw1), (cow2, gw2) = (numbers[n] for n in order)
    iso1, iso2 = (codes[n][2] for n in order)
    post = snapshot.posterior
    stance = list(Stance)[post.stance[place]]
    return DyadYear(
        ccode1=cow1, ccode2=cow2, gwcode1=gw1, gwcode2=gw2, iso3c1=iso1, iso3c2=iso2, name1=ends[order[0]].name,
        name2=ends[order[1]].name, year=at.year, sign=stance.sign, weight=abs(float(post.weight[place])),
        p_friendly=float(post.p_friendly[place]), certainty=float(post.certainty[place]), stance=str(stance),
        claims=len(snapshot.contributions_of(place)),
    )  # fmt: skip
