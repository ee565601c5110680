"""`cordiale pressure`: which ties stand against what their neighbours speak for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog
from cordiale.cli.sources import (
    ColumnsOption,
    DrawsOption,
    TiesOption,
    WeightedOption,
    interval_text,
    intervals,
    source,
)

if TYPE_CHECKING:
    from cordiale.cli.sources import Source
    from cordiale.networks import Interval, Pressure, SignedNetwork

COLUMNS = ("a", "b", "sign", "drawn", "stress", "low", "high", "neighbours", "against", "turned_in_four_years")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show the ties that stand against their neighbours.",
        epilog=epilog("cordiale pressure --at 2012", "cordiale pressure DEU --ties ties.csv"),
    )(pressure)


def pressure(
    ctx: typer.Context,
    actor: Annotated[
        str | None, typer.Argument(metavar="[ACTOR]", help="Only the ties of this actor.", show_default=False)
    ] = None,
    at: AtOption = None,
    known: KnownOption = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    weighted: WeightedOption = False,
    draws: DrawsOption = 200,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Ties to show.")] = 15,
    quotes: Annotated[int, typer.Option(min=0, metavar="N", help="Quotes to show for each tie.")] = 1,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show the ties under the most stress: what common friends and foes of the two ends speak for, against the tie.

    Stress runs from 0 (all neighbours speak for the tie) to 1 (all against). It is no forecast: beside it stands how
    often ties of states, 1946-99, of that sign and stress had turned four years later.
    """
    from cordiale.cli.printing import STYLES, Page, put_rows
    from cordiale.networks import pressures

    with source(ctx, dossier, ties, columns, known=known) as found:
        day = found.day(at)
        only = None if actor is None else found.find(actor)
        given = found.on(day)
        answer = [one for one in pressures(given, weighted=weighted) if only in (None, one.a, one.b)]
        spread = intervals(given, _stresses, draws, weighted=weighted)
        if format is not Format.TABLE:
            put_rows(format, COLUMNS, [_row(found, one, spread) for one in answer])
            return
        page = Page()
        page.title("Ties by stress" + (f" on {day}" if day else ""))
        judged = [one for one in answer if one.stress is not None]
        if not judged:
            page.line("No tie here has a common neighbour to judge it by.", indent=2)
            return
        rows = page.rows(
            ("", "", "stress", "90 %", "neighbours", "turned*"),
            [
                (
                    f"{found.called(one.a)} and {found.called(one.b)}", "friendly" if one.sign > 0 else "hostile",
                    f"{one.stress:.2f}", interval_text(spread.get((one.a, one.b))),
                    f"{len(one.against)} of {len(one.neighbours)} against", f"{one.turned:.0%}",
                )
                for one in judged[:limit]
            ],
        )  # fmt: skip
        page.text(rows[0], indent=2)
        for one, row in zip(judged, rows[1:], strict=False):
            row.stylize(STYLES[one.sign])
            page.text(row, indent=2)
            if one.against:
                page.line("against it: " + ", ".join(map(found.called, one.against)), "dim", indent=6, hang=2)
            for claim in found.claims(day, one.a, one.b, quotes):
                page.claim(claim, dict(found.names), indent=6)
        page.line()
        if (left := len(judged) - limit) > 0:
            page.line(f"and {left} more; show them with --limit {len(judged)}", "dim")
        if alone := len(answer) - len(judged):
            page.line(f"{alone} more have no common neighbour: their stress is unknown, which is not none.", "dim")
        page.line("* of ties of states, 1946-99, with this sign and stress, the share that had turned four years "
                  "later: no forecast for these.", "dim", hang=2)  # fmt: skip


def _stresses(network: SignedNetwork) -> dict[tuple[str, str], float]:
    """The stress of each tie that has any."""
    from cordiale.networks.pressure import stresses

    found = zip(network.ties, stresses(network).tolist(), strict=True)
    return {(a, b): stress for (a, b, _), stress in found if stress == stress}  # noqa: PLR0124 -- NaN is not itself


def _row(found: Source, one: Pressure, spread: dict[Any, Interval]) -> tuple[Any, ...]:
    sure = spread.get((one.a, one.b))
    return (
        found.called(one.a), found.called(one.b), one.sign, None if one.drawn is None else round(one.drawn, 4),
        None if one.stress is None else round(one.stress, 4), sure and sure.low, sure and sure.high,
        len(one.neighbours), [found.called(name) for name in one.against], one.turned,
    )  # fmt: skip
