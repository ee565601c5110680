"""`cordiale export`: claims and ties for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from cordiale.cli.options import AtOption, DossierOption, KnownOption, epilog, opened

WRITTEN = {
    "graphml": "ties",
    "pajek": "ties",
    "gexf": "ties",
    "spells": "rows",
    "dyads": "rows",
    "dyads-parquet": "rows",
}
"""What is counted, where it is not claims."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Write claims or ties for other programs.",
        epilog=epilog("cordiale export jsonl -o claims.jsonl", "cordiale export gexf --from 2009 -o map.gexf"),
    )(export)


def export(
    ctx: typer.Context,
    format: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="jsonl, csv; graphml, pajek; gexf, spells, dyads or dyads-parquet."),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")
    ] = "-",
    at: AtOption = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", show_default=False, help="Ties over time, from this day on.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", show_default=False, help="Ties over time, up to this day.")
    ] = None,
    known: KnownOption = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Dyads of all actors, not of states alone.")] = False,
    dossier: DossierOption = None,
) -> None:
    """Write all claims (jsonl, csv), the ties on a day (graphml, pajek), or ties over time, whole or not at all.

    gexf has one edge a tie with its spells, spells a row from,to,sign,begin,end a stretch, dyads a row a pair of states
    and year with COW, GW and ISO3 codes. Sign and absolute weight are two attributes; in Pajek they are one value.
    """
    from cordiale.cli.printing import warn

    with opened(ctx, dossier) as found:
        count = found.export(format, output, at=at, since=since, until=to, known=known, everyone=everyone)
    if output != "-":
        warn(f"{count:,} {WRITTEN.get(format, 'claims')} written to {output}")
