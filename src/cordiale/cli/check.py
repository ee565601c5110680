"""`cordiale check`: whether a dossier is sound."""

from __future__ import annotations

import typer

from cordiale.cli.options import DossierOption, Format, FormatOption, epilog, opened


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Check that the dossier is sound.", epilog=epilog("cordiale check", "cordiale check --format jsonl")
    )(check)


def check(
    ctx: typer.Context,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> int:
    """Check that every quote is in its document, and every reference leads somewhere. Nothing is changed.

    The exit code is 1 where something is wrong.
    """
    from cordiale.cli import FAILED
    from cordiale.cli.printing import Page, put_rows

    with opened(ctx, dossier) as found:
        problems = found.check()
        if format is not Format.TABLE:
            put_rows(format, ("where", "what"), ((problem.where, problem.what) for problem in problems))
            return FAILED if problems else 0
        page, counts = Page(), found.store.counts()
    for problem in problems:
        page.line(str(problem))
    if problems:
        page.line(f"{len(problems):,} problems; take the last good copy from your backups, or read it all again.")
        return FAILED
    page.line(
        f"Sound: {counts.documents:,} documents ({counts.stories:,} stories), {counts.claims:,} claims, "
        f"{counts.actors:,} actors, {counts.reviews:,} reviews."
    )
    return 0
