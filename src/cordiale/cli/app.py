"""The commands, gathered. Importing this imports Typer and the declarations of the commands, and nothing heavy."""

from __future__ import annotations

from typing import Annotated

import typer

from cordiale.cli import (
    actors,
    balance,
    blocs,
    changes,
    check,
    claims,
    demo,
    depends,
    divergence,
    dyads,
    events,
    export,
    isolation,
    load,
    pressure,
    read,
    report,
    review,
    serve,
    streams,
    tension,
    tie,
    what_if,
    who,
)
from cordiale.cli.options import DossierOption, epilog

app = typer.Typer(
    name="cordiale",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"cordiale {version('cordiale')}")
        raise typer.Exit


@app.callback(epilog=epilog("cordiale read article.html", "cordiale who Hamas --at 2012"))
def cordiale(
    ctx: typer.Context,
    dossier: DossierOption = None,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Who stands with whom, according to whom, since when, and why.

    Cordiale reads reporting and keeps a sourced, dated, signed map of it in a dossier. It reports what sources say and
    takes no side.
    """
    ctx.obj = dossier


for command in (read, load, who, tie, claims, isolation, depends, balance, blocs, tension, pressure, what_if, changes):
    command.add_to(app)
for command in (streams, dyads, divergence):
    command.add_to(events.app)
app.add_typer(actors.app)
app.add_typer(events.app)
for command in (review, serve, report, export, check, demo):
    command.add_to(app)
