"""`cordiale tie`: how two actors stand, and how it came to that, in the words of the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog, opened

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.dossier import Dossier, SourcedTie


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show how two actors stand, and how it came to that.",
        epilog=epilog("cordiale tie Hamas Syria", "cordiale tie Hamas Iran --at 2012 --quotes 3"),
    )(tie)


def tie(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="An actor's name, or id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    at: AtOption = None,
    known: KnownOption = None,
    quotes: Annotated[int, typer.Option(min=0, metavar="N", help="Quotes to show for each episode.")] = 2,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show how two actors stand on a day, and the episodes that led there.

    Each episode comes with what began it, who says so, and the cause that they state.
    """
    from cordiale.cli.printing import Page, put_json, put_rows, warn

    with opened(ctx, dossier) as found:
        answer = found.tie(a, b, at, known)
        if format is Format.TABLE:
            show(Page(), found, answer, quotes)
        elif format is Format.JSON:
            put_json(_object(found, answer, quotes))
        else:
            columns = ("a", "b", "start", "end", "stance", "cause", "claims")
            put_rows(
                format,
                columns,
                (
                    (answer.a.name, answer.b.name, e.start, e.end, str(e.stance), str(e.cause), len(e.numbers))
                    for e in answer.episodes()
                ),
            )
        if not answer.tie.claims:
            warn(f"no claim that counts on {answer.tie.at} is about {answer.a.name} and {answer.b.name}")


def show(page: Page, dossier: Dossier, answer: SourcedTie, quotes: int) -> None:
    """The tie and its history, for people."""
    from rich.text import Text

    from cordiale.cli.printing import STYLES, words
    from cordiale.ties import Cause

    tie, names = answer.tie, dossier.names()
    since = f" since {tie.since}" if tie.since else ""
    page.title(f"{answer.a.name} and {answer.b.name} on {tie.at}: {words(tie.stance)}{since}")
    disputed = "; disputed" if tie.disputed else ""
    claims = f"{len(tie.claims)} claim{'' if len(tie.claims) == 1 else 's'}"
    page.line(f"weight {tie.weight:+z.2f}, certainty {tie.certainty:.2f}, {claims}{disputed}", "dim")
    for episode in answer.episodes():
        page.line()
        head = Text((f"{episode.start} to {episode.end}" if episode.end else f"since {episode.start}").ljust(26))
        head.append(words(episode.stance), STYLES[episode.stance.sign] or "bold")
        page.text(head)
        if episode.cause is Cause.FADED:
            page.line("what held it before had ended, or had aged without being said again:", "dim", indent=2)
        shown = set[str]()
        for claim in episode.because(quotes):
            shown.add(claim.id)
            page.claim(claim, names, indent=4)
        if episode.cause is Cause.ARRIVED:
            for claim in episode.claims(quotes):
                if claim.id not in shown and len(shown) < quotes:
                    shown.add(claim.id)
                    page.claim(claim, names, indent=4)


def _object(dossier: Dossier, answer: SourcedTie, quotes: int) -> dict[str, Any]:
    from cordiale.cli.printing import written
    from cordiale.dossier import record
    from cordiale.dossier.answers import TIE_COLUMNS

    names = dossier.names()
    return {
        **dict(zip(TIE_COLUMNS, map(written, answer.row()), strict=True)),
        "episodes": [
            {
                "start": written(episode.start),
                "end": written(episode.end),
                "stance": str(episode.stance),
                "cause": str(episode.cause),
                "because": [record(claim, names).fields() for claim in episode.because(quotes)],
                "claims": [record(claim, names).fields() for claim in episode.claims(quotes)],
            }
            for episode in answer.episodes()
        ],
    }
