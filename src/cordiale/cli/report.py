"""`cordiale report`: a brief on an actor as one file, with every quote and its citation."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cordiale.cli.options import AtOption, DossierOption, KnownOption, epilog, opened


class ReportFormat(StrEnum):
    """What a report is written as."""

    HTML = "html"
    MD = "md"
    PDF = "pdf"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Write a brief on an actor, with quotes and citations.",
        epilog=epilog("cordiale report Hamas --at 2012-12 -o hamas.html", "cordiale report Syria -o syria.md"),
    )(report)


def report(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="A name, or an id.")],
    at: AtOption = None,
    known: KnownOption = None,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Where to: .html, .md or .pdf; - is standard output."),
    ] = "-",
    format: Annotated[
        ReportFormat | None,
        typer.Option("--format", show_default=False, help="What to write.  [by the ending of FILE; html for -]"),
    ] = None,
    dossier: DossierOption = None,
) -> None:
    """Write a brief on an actor: one file that needs nothing else, to be read, printed, sent and cited.

    The answer, the figures, the turning points, the quotes of the strongest ties with their citations, what is
    disputed, what is unknown, how it was made, and BibTeX. A PDF is printed by Chromium, or by WeasyPrint.
    """
    from cordiale.cli.printing import warn
    from cordiale.reports import report as write
    from cordiale.reports.state import many

    with opened(ctx, dossier) as found:
        brief = write(found, actor, output, at=at, known=known, format=format)
    if not brief.rows:
        warn(f"no claim that counts on {brief.at} says where {brief.actor.name} stood")
    if output != "-":
        quotes = sum(len(tie.quotes) for tie in brief.ties)
        told = f"{many(len(brief.ties), 'tie')}, {many(quotes, 'quote')}, {many(len(brief.references), 'source')}"
        warn(f"{brief.title}: {told}, written to {output}")
