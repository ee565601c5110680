"""`cordiale export`: claims and ties for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from cordiale.cli.options import DossierOption, KnownOption, epilog, opened
from cordiale.cli.sources import progress

WRITTEN = {
    "jsonl": "claims",
    "csv": "claims",
    "graphml": "ties",
    "pajek": "ties",
    "ties": "ties",
    "ties-parquet": "ties",
    "gexf": "ties",
    "pajek-years": "lines",
    "spells": "rows",
    "dyads": "rows",
    "dyads-parquet": "rows",
    "site": "pages",
}
"""The formats, and what is counted in each; a site is made of pages, which is none of `exports`' business."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Write claims or ties for other programs.",
        epilog=epilog("cordiale export jsonl -o claims.jsonl", "cordiale export gexf --from 2009 -o map.gexf"),
    )(export)


def export(
    ctx: typer.Context,
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="What to write: one of those above.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")
    ] = "-",
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="DATE",
            show_default=False,
            help="Ties of a day: this one; a year or a month means its last day.  [today]",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", show_default=False, help="Ties over time, from this day on.  [the first]"
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", show_default=False, help="Ties over time, up to this day.  [today]"),
    ] = None,
    known: KnownOption = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Dyads of all actors, not of states alone.")] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Ids for names, in pajek, pajek-years and spells.")] = False,
    dossier: DossierOption = None,
) -> None:
    """Write all claims, the ties of a day, or ties over time, for other programs; a file is whole or not at all.

    \b
    all claims          jsonl, csv
    the ties of a day   graphml, pajek, ties, ties-parquet
    ties over time      gexf, pajek-years, spells, dyads, dyads-parquet
    all of a day        site

    gexf has one edge a tie with its spells, spells a row from,to,sign,begin,end, dyads a row a pair of states and year
    with COW, GW and ISO3 codes. Sign and absolute weight are two attributes; in Pajek they are one value. site is a
    folder of pages, for any web server or none: a day of the map with every tie, its quotes and its data.
    """
    from cordiale.cli.printing import warn
    from cordiale.errors import UnknownName
    from cordiale.exports import TIE_FORMATS

    if format not in WRITTEN:
        raise UnknownName("export format", format, tuple(WRITTEN))
    if format == "site":
        _refuse(since=since, until=to, everyone=everyone, ids=ids)
        _site(ctx, output, at, known, dossier)
        return
    with opened(ctx, dossier) as found, progress("following ties") as tell:
        count = found.export(
            format, output, at=at, since=since, until=to, known=known, everyone=everyone, ids=ids, progress=tell
        )
    if not count and at is None and format in TIE_FORMATS:
        warn("cordiale: nothing is known of today; name another day with --at")
    if output != "-":
        warn(f"{count:,} {WRITTEN[format]} written to {output}")


def _refuse(**given: str | bool | None) -> None:
    """Tell of an option that a site does not take."""
    from cordiale.dossier.exporting import TAKEN
    from cordiale.errors import InvalidValue

    for name, value in given.items():
        what, takers = TAKEN[name]
        if value not in (None, False):
            mend = f"leave it out, or write one that takes it: {', '.join(takers)}"
            raise InvalidValue(f"{what} for site, which takes a day", value, mend)


def _site(ctx: typer.Context, output: str, at: str | None, known: str | None, dossier: str | None) -> None:
    from cordiale.cli.printing import warn
    from cordiale.dossier.days import last_day
    from cordiale.web.site import write_site
    from cordiale.web.view import View

    with opened(ctx, dossier) as found, progress("writing pages") as tell:
        day = found.today() if at is None else last_day(at)
        view = View(at=day, known=None if known is None else last_day(known))
        count = write_site(found, output, view, progress=tell)
    warn(f"{count:,} {WRITTEN['site']} written to {output}; open {output}/index.html")
