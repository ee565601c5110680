"""`cordiale claims`: the claims of a dossier, each with its quote."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cordiale.cli.options import DossierOption, Format, FormatOption, KnownOption, epilog, opened

if TYPE_CHECKING:
    from cordiale.dossier import Claims


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show claims, each with its quote.",
        epilog=epilog("cordiale claims --actor Hamas --sign -1 --since 2011", "cordiale claims --format jsonl"),
    )(claims)


def claims(
    ctx: typer.Context,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="Claims about this actor.")
    ] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", show_default=False, help="Claims about these two, in both directions."),
    ] = None,
    relation: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="Claims of this relation, such as ally_of.")
    ] = None,
    sign: Annotated[
        int | None, typer.Option(min=-1, max=1, metavar="-1|0|1", show_default=False, help="Claims of this sign.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", show_default=False, help="That may have held from this day on.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", show_default=False, help="That may have held by this day, or year, or month."),
    ] = None,
    known: KnownOption = None,
    limit: Annotated[
        int | None, typer.Option(min=0, metavar="N", show_default=False, help="The first so many.")
    ] = None,
    unclear: Annotated[
        bool, typer.Option("--unclear", help="Also those of which the reader is not sure, and which do not count.")
    ] = False,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show claims: who is said to stand how with whom, since when, by whom, in which words.

    A claim without a date is never left out by --since or --until.
    """
    from cordiale.cli.printing import put_rows, warn
    from cordiale.dossier import FIELDS

    with opened(ctx, dossier) as found:
        asked = partial(
            found.claims, actor=actor, pair=pair, relation=relation, sign=sign, since=since, until=until, known=known
        )
        chosen = asked(limit=limit, unclear=unclear)
        if format is Format.TABLE:
            _show(chosen, set(asked().numbers) if unclear else set(chosen.numbers), found.names())
        else:
            put_rows(format, FIELDS, (record.values() for record in chosen.records()))
        if not chosen:
            empty = not found.store.counts().claims
            warn(
                "the dossier has no claims: nothing was read, or nothing found in it; cordiale read FILES"
                if empty
                else "no claim matches; see who is known with: cordiale actors list"
            )


def _show(chosen: Claims, counted: set[int], names: dict[str, str]) -> None:
    from rich.text import Text

    from cordiale.cli.printing import SIGNS, STYLES, Page
    from cordiale.plain import one_line, plain

    page = Page()
    for number, claim in zip(chosen.numbers, chosen, strict=True):
        clear = number in counted
        ends = names.get(claim.subject, claim.subject), names.get(claim.object, claim.object)
        change = "" if claim.change == "none" else f" ({claim.change})"
        held = "" if claim.held.start is None and claim.held.end is None else f"  {claim.held}"
        firm = claim.certainty == "asserted" and clear  # what is denied or only possible is not shown as if it were so
        line = Text(SIGNS[claim.sign] + " ", style=STYLES[claim.sign] if firm else "dim")
        line.append("unclear: " if not clear else "" if firm else f"{claim.certainty}: ")
        line.append(one_line(f"{ends[0]} {claim.relation.phrase} {ends[1]}"), "bold" if firm else "")
        line.append(plain(f"{change}{held}"))
        if claim.means:
            line.append(f"  by {', '.join(claim.means)}")
        page.text(line, hang=2)
        page.claim(claim, names, indent=2, place=True)
