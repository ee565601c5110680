"""`cordiale events`: named, dated happenings of your own, by which readers date what a text says."""

from __future__ import annotations

from typing import Annotated

import typer

from cordiale.cli.options import DossierOption, Format, FormatOption, epilog, opened

app = typer.Typer(
    name="events",
    help="""Two kinds of events. Streams of machine-coded ones, by the million, in an archive of their own: ingest,
    check, series, dyads, top, export. And named ones of the dossier, by which readers date what a text says, so that
    "after the coup in Egypt" has a date: list, add.""",
    epilog=epilog("cordiale events ingest 20240115.export.CSV", "cordiale events list"),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "list",
    short_help="List the named events of the dossier.",
    epilog=epilog("cordiale events list", "cordiale events list --format csv"),
)
def list_(ctx: typer.Context, format: FormatOption = Format.TABLE, dossier: DossierOption = None) -> None:
    """List the dossier's own events, the earliest first. Those that ship with the reader are not among them."""
    from cordiale.cli.printing import Page, put_rows, warn

    with opened(ctx, dossier) as found:
        events = found.events()
    rows = [(e.name, " | ".join(e.names), e.held.start_text or "", e.held.end_text or "") for e in events]
    if format is not Format.TABLE:
        put_rows(format, ("name", "names", "from", "to"), rows)
    elif rows:
        page = Page()
        for line in page.rows(("name", "other names", "from", "to"), rows, indent=0):
            page.text(line)
    if not rows:
        warn("the dossier has no events of its own; add some with: cordiale events add FILE")


@app.command(
    short_help="Add named events of your own.",
    epilog=epilog("cordiale events add my-events.csv", "cordiale events add my-events.csv -d cordiale.dossier"),
)
def add(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV with the columns name,names,from,to.")],
    dossier: DossierOption = None,
) -> None:
    """Add events of your own: a name, other names separated by " | ", the first day, and the first day after.

    What is read from now on is dated by them; what was read before keeps its dates.
    """
    from cordiale.cli.printing import Page

    with opened(ctx, dossier, create=True) as found:
        count = found.add_events(file)
        Page().line(f"{count:,} {'event' if count == 1 else 'events'} new or changed in {found.name}")
