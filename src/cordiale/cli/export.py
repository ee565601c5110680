"""`cordiale export`: claims and ties for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from cordiale.cli.options import AtOption, DossierOption, KnownOption, epilog, opened


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Write claims or ties for other programs.",
        epilog=epilog("cordiale export jsonl -o claims.jsonl", "cordiale export graphml --at 2012 -o map.graphml"),
    )(export)


def export(
    ctx: typer.Context,
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, csv or graphml.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")
    ] = "-",
    at: AtOption = None,
    known: KnownOption = None,
    dossier: DossierOption = None,
) -> None:
    """Write all claims (jsonl, csv), or the ties on a day (graphml), whole or not at all.

    In GraphML the sign of a tie and its absolute weight are two attributes.
    """
    from cordiale.cli.printing import warn

    with opened(ctx, dossier) as found:
        count = found.export(format, output, at=at, known=known)
    if output != "-":
        warn(f"{count:,} {'ties' if format == 'graphml' else 'claims'} written to {output}")
