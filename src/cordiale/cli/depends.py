"""`cordiale depends`: on whom an actor depends, for what, and what would be left without each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog
from cordiale.cli.sources import ColumnsOption, TiesOption, WeightedOption, source

if TYPE_CHECKING:
    from datetime import date

    from cordiale.cli.printing import Page
    from cordiale.cli.sources import Source
    from cordiale.networks import Criticality, Dependency

COLUMNS = ("giver", "dependence", "low", "high", "at_most", "types", "claims")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show on whom an actor depends.",
        epilog=epilog("cordiale depends Hamas --at 2011", "cordiale depends GBR --ties ties.csv --at 1905"),
    )(depends)


def depends(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="A name, or an id.")],
    at: AtOption = None,
    known: KnownOption = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    weighted: WeightedOption = False,
    quotes: Annotated[int, typer.Option(min=0, metavar="N", help="Quotes to show for each giver.")] = 2,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show who gives an actor what, how few hands that is, and how much of its support would go with each friend.

    Dependence is the giver's share of each type of support, all types weighing the same; 1 is a sole giver of all. In a
    table of ties, which says nothing of types, each friendly tie is one.
    """
    from cordiale.cli.printing import Page, put_json, put_rows
    from cordiale.networks import criticalities, dependency, flows_of

    with source(ctx, dossier, ties, columns, known=known) as found:
        day, key = found.day(at), found.find(actor)
        given = found.on(day)
        if found.dossier is not None:
            answer = found.snapshot(day).depends(actor)
        else:
            answer = dependency(flows_of(given, weighted=weighted), key)
        from cordiale.networks import SignedNetwork

        heavy = weighted or found.dossier is not None  # the strength of a dossier's tie says how sure it is
        network = SignedNetwork.of(given, weighted=heavy)
        lost = criticalities(network, key, weighted=heavy) if key in network.actors else ()
        if format is Format.TABLE:
            show(Page(), found, answer, lost, day, quotes=quotes)
        elif format is Format.JSON:
            put_json(_object(found, answer, lost))
        else:
            put_rows(format, COLUMNS, [_row(found, one) for one in answer.givers])


def show(
    page: Page, found: Source, answer: Dependency, lost: tuple[Criticality, ...], day: date | None, *, quotes: int
) -> None:
    """The answer for people."""
    from itertools import islice

    name = found.called(answer.actor)
    page.title(f"On whom {name} depends" + (f" on {day}" if day else ""))
    if not answer.givers:
        page.line(f"Nobody is said to give {name} anything on that day.", indent=2)
    for one in answer.givers:
        types = ", ".join(f"{kind} {share:.0%}" for kind, share in sorted(one.types.items(), key=lambda i: -i[1]))
        bound = "" if one.low is None else f", {one.low:.2f}–{one.high:.2f}"
        bound += f", at most {one.most:.2f} as some givers are unknown" if one.most > one.value + 0.005 else ""
        page.line(f"{found.called(one.on)}: {one.value:.2f}{bound} ({types})", "bold", indent=2, hang=2)
        if found.dossier is not None:
            for claim in islice(found.dossier.drawn(one.claims[:quotes]), quotes):
                page.claim(claim, dict(found.names), indent=6)
    if answer.types and found.dossier is not None:
        page.line()
        page.line("How few hands each type comes from (1 is one giver of all)", "bold")
        for kind in answer.types:
            hands = len(kind.shares)
            page.line(f"{kind.type}: {kind.hhi:.2f}, {hands} known giver{'' if hands == 1 else 's'}", indent=2)
    if lost:
        page.line()
        page.line("What would go with each friend, of all its support; and more, or less, than the friend would lose",
                  "bold", hang=2)  # fmt: skip
        rows = [(found.called(one.friend), f"{one.value:.0%}", f"{one.asymmetry:+z.0%}") for one in lost[:10]]
        for line in page.rows(("", "support", "asymmetry"), rows):
            page.text(line, indent=2)


def _row(found: Source, one: Any) -> tuple[Any, ...]:
    types = "; ".join(f"{kind} {share:.4f}" for kind, share in sorted(one.types.items()))
    return (found.called(one.on), round(one.value, 4), one.low, one.high, round(one.most, 4), types, len(one.claims))


def _object(found: Source, answer: Dependency, lost: tuple[Criticality, ...]) -> dict[str, Any]:
    from cordiale.dossier import record

    def claims(numbers: tuple[int, ...]) -> list[dict[str, Any]]:
        if found.dossier is None:
            return []
        return [record(claim, dict(found.names)).fields() for claim in found.dossier.drawn(numbers)]

    return {
        "actor": found.called(answer.actor),
        "weights_of_types": dict(answer.weights),
        "givers": [
            {
                "giver": found.called(one.on), "dependence": one.value, "low": one.low, "high": one.high,
                "at_most": one.most, "types": dict(one.types),
                "claims": claims(one.claims),
            }
            for one in answer.givers
        ],
        "types": [
            {
                "type": one.type, "hhi": one.hhi, "low": one.low, "high": one.high, "normalised": one.normalised,
                "unknown": one.unknown, "shares": {found.called(giver): share for giver, share in one.shares.items()},
            }
            for one in answer.types
        ],
        "criticality": [
            {"friend": found.called(one.friend), "lost": one.value, "asymmetry": one.asymmetry} for one in lost
        ],
    }  # fmt: skip
