"""What a dossier writes for other programs, format by format: claims, the ties of a day, ties over time.

Claims are all that count as of `known`; formats of a day take `at`, formats over time `since` and `until`. Whole or not
at all. An actor that had ended keeps the past that it had.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, BinaryIO

from cordiale.dossier import days
from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports import (
    CLAIM_FORMATS,
    COURSE_FORMATS,
    FORMATS,
    TIE_FORMATS,
    ExportError,
    export_claims,
    export_ties,
    writing,
)

if TYPE_CHECKING:
    from cordiale.dossier.front import Dossier

OF = {
    **dict.fromkeys(CLAIM_FORMATS, "all claims"),
    **dict.fromkeys(TIE_FORMATS, "the ties of a day"),
    **dict.fromkeys(COURSE_FORMATS, "ties over time"),
}
"""What each format is made of."""

TAKEN = {
    "at": ("a day", TIE_FORMATS),
    "since": ("the beginning of a stretch", COURSE_FORMATS),
    "until": ("the end of a stretch", COURSE_FORMATS),
    "everyone": ("dyads of everyone", ("dyads", "dyads-parquet")),
    "ids": ("ids for names", ("spells", "pajek", "pajek-years")),
}
"""What each option is, and the formats that take it."""


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
    ids: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write a format to a file, or `-`; how many claims, ties, lines or rows.

    `everyone` writes dyads of all actors, not of states alone; `ids` writes actors by their ids where a format has room
    for one name. Formats over time tell `progress` how far they are, and of how much. An option that the format does
    not take is an `InvalidValue`, an unknown format an `UnknownName`; a file that cannot be written an `ExportError`.
    """
    if format not in FORMATS:
        raise UnknownName("export format", format, FORMATS)
    for name, given in {"at": at, "since": since, "until": until, "everyone": everyone, "ids": ids}.items():
        what, takers = TAKEN[name]
        if given not in (None, False) and format not in takers:
            mend = f"leave it out, or write one that takes it: {', '.join(takers)}"
            raise InvalidValue(f"{what} for {format}, which takes {OF[format]}", given, mend)
    if desk.store.owns(file):
        raise ExportError(str(file), "is the dossier itself", "name another file")
    if format in CLAIM_FORMATS:
        return export_claims(desk.claims(known=known).records(), format, str(file))
    if format in TIE_FORMATS:
        snapshot, actors = desk.snapshot(at, known), desk.catalogue()
        return export_ties(snapshot, format, str(file), actors=actors, names={} if ids else None)
    end = desk.today() if until is None else days.last_day(until)
    begin = None if since is None else days.first_day(since)
    if begin is not None and begin > end:
        raise InvalidValue("a stretch that ends before it begins", f"{begin} to {end}", "give the earlier day first")
    with writing(str(file)) as out:
        return _write_course(
            desk, format, out, since=begin, until=end, known=known, everyone=everyone, ids=ids, progress=progress
        )


def _write_course(
    desk: Dossier,
    format: str,
    out: BinaryIO,
    *,
    since: date | None,
    until: date,
    known: date | str | None,
    everyone: bool,
    ids: bool,
    progress: Callable[[int, int], None] | None,
) -> int:
    from cordiale.exports.dyads import DyadYear, dyad_years
    from cordiale.exports.gexf import write_gexf
    from cordiale.exports.histories import courses
    from cordiale.exports.pajek import write_pajek_years
    from cordiale.exports.spells import write_spells
    from cordiale.exports.tables import write_parquet, write_rows
    from cordiale.ties import weigh

    day = None if known is None else days.last_day(known)
    evidence = weigh(desk.store.columns(known=day), known=day)
    actors = desk.catalogue()
    if format in ("dyads", "dyads-parquet"):
        write = write_rows if format == "dyads" else write_parquet
        years = dyad_years(evidence, actors, since=since, until=until, everyone=everyone, progress=progress)
        return write(DyadYear, years, out)
    found = courses(evidence, actors, since=since, until=until, progress=progress)
    if format == "gexf":
        return write_gexf(found, actors, out)
    named = {} if ids else {key: actor.name for key, actor in actors.items()}
    return write_spells(found, named, out) if format == "spells" else write_pajek_years(found, named, out)
