"""`cordiale who`: who stands with an actor on a day, with the quotes behind the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog, opened

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.dossier import Dossier, SourcedTie, Who


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show who stands with an actor on a day.",
        epilog=epilog("cordiale who Hamas --at 2012", "cordiale who Iran --at 2012-06 --known 2012-06"),
    )(who)


def who(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="A name, or an id.")],
    at: AtOption = None,
    known: KnownOption = None,
    quotes: Annotated[int, typer.Option(min=0, metavar="N", help="Quotes to show for each tie.")] = 1,
    limit: Annotated[int, typer.Option("--ties", min=1, metavar="N", help="Ties to show of each group.")] = 8,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show who an actor's allies and adversaries are on a day, since when, how sure, and by which words.

    Weight runs from -1 (hostile) to +1 (friendly); certainty from 0 to 1 says how much evidence there is at all.
    """
    from cordiale.cli.printing import Page, put_json, put_rows, warn
    from cordiale.dossier.answers import TIE_COLUMNS

    with opened(ctx, dossier) as found:
        answer = found.who(actor, at, known)
        if format is Format.TABLE:
            show(Page(), found, answer, quotes=quotes, limit=limit)
        elif format is Format.JSON:
            put_json(_object(found, answer, quotes))
        else:
            columns = ("actor", "group", *TIE_COLUMNS[1:])
            put_rows(format, columns, ((t.row()[0], group, *t.row()[1:]) for group, t in _grouped(answer)))
        if not answer.ties:
            empty = not found.store.counts().claims
            warn(
                "the dossier has no claims: nothing was read, or nothing found in it; cordiale read FILES" if empty
                else f"no claim that counts on {answer.at} names {answer.actor.name}"
            )  # fmt: skip


GROUPS = ("allies", "adversaries", "neutral", "disputed", "unknown", "gone")


def _grouped(answer: Who) -> list[tuple[str, SourcedTie]]:
    return [(group, tie) for group in GROUPS for tie in getattr(answer, group)]


def show(page: Page, dossier: Dossier, answer: Who, *, quotes: int, limit: int = 8) -> None:
    """The answer for people: a group at a time, its strongest ties, each with its weightiest quotes."""
    from cordiale.cli.printing import STYLES, named_day, words

    known = f", as known on {answer.known}" if answer.known else ""
    page.title(f"{answer.actor.name} on {answer.at}{known}")
    if answer.blocs:
        page.line("Member, by the catalogue, of: " + ", ".join(bloc.name for bloc in answer.blocs), "dim")
    names = dossier.names()
    ties = [(group, tie) for group in GROUPS for tie in getattr(answer, group)[:limit]]
    rows = page.rows(
        ("", "stance", "since", "weight", "certainty", "claims"),
        [
            (
                tie.b.name, words(tie.stance) + (" (disputed)" if tie.disputed else ""), named_day(tie.since),
                f"{tie.weight:+z.2f}", f"{tie.certainty:.2f}", str(len(tie.tie.claims)),
            )
            for _, tie in ties
        ],
    )  # fmt: skip
    before = None
    for (group, tie), row in zip(ties, rows[1:], strict=True):
        if group != before:
            _more(page, answer, before, limit)
            page.line()
            page.line(_HEADS[group], "bold")
            if before is None:
                page.text(rows[0], indent=2)
            before = group
        row.stylize(STYLES[tie.tie.sign], 0, len(row))
        page.text(row, indent=2)
        if group not in {"unknown", "gone"}:
            for claim in tie.claims(quotes):
                page.claim(claim, names, indent=6)
    _more(page, answer, before, limit)


def _more(page: Page, answer: Who, group: str | None, limit: int) -> None:
    left = len(getattr(answer, group)) - limit if group else 0
    if left > 0:
        page.line(f"  and {left} more; show them with --ties {left + limit}", "dim")


_HEADS = {
    "allies": "Allies",
    "adversaries": "Adversaries",
    "neutral": "Neutral",
    "disputed": "Disputed: strong evidence on both sides",
    "unknown": "Unknown: named together, but too little is said",
    "gone": "Gone: actors that had ended by then",
}


def _object(dossier: Dossier, answer: Who, quotes: int) -> dict[str, Any]:
    from cordiale.cli.printing import written
    from cordiale.dossier import record
    from cordiale.dossier.answers import TIE_COLUMNS

    names = dossier.names()
    ties = [
        {
            "group": group,
            **dict(zip(TIE_COLUMNS, map(written, tie.row()), strict=True)),
            "quotes": [record(claim, names).fields() for claim in tie.claims(quotes)],
        }
        for group, tie in _grouped(answer)
    ]
    return {
        "actor": answer.actor.name,
        "at": written(answer.at),
        "known": written(answer.known),
        "blocs": [bloc.name for bloc in answer.blocs],
        "ties": ties,
    }
