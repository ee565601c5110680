"""`cordiale what-if`: what would be different if a tie turned, ended or began."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog
from cordiale.cli.sources import (
    ColumnsOption,
    DrawsOption,
    LimitOption,
    TiesOption,
    WeightedOption,
    interval_object,
    intervals,
    progress,
    source,
)

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.cli.sources import Source
    from cordiale.networks import Interval, Leverage, SignedNetwork, Supposed, WhatIf
    from cordiale.networks.signed import Ties

SIGNS = {"friendly": 1, "hostile": -1, "none": 0, "friends": 1, "foes": -1, "+": 1, "-": -1, "1": 1, "0": 0}
LEVERAGES = ("a", "b", "sign", "flip", "end", "exact")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="what-if",
        short_help="Show what would be different if a tie turned.",
        epilog=epilog("cordiale what-if Hamas Iran hostile --at 2012", "cordiale what-if --ties ties.csv"),
    )(what_if)


def what_if(
    ctx: typer.Context,
    pair: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A B SIGN]", show_default=False, help="Two actors, and friendly, hostile or none."),
    ] = None,
    at: AtOption = None,
    known: KnownOption = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    weighted: WeightedOption = False,
    draws: DrawsOption = 200,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Ties to show.")] = 15,
    seconds: LimitOption = 60.0,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show what would be different if two actors stood otherwise; the dossier or table is not changed.

    Without A, B and SIGN: for each tie that is frustrated or under stress, by how much the frustration of the whole
    would change if it turned, or ended. It is arithmetic on signs, and not what anybody would do.
    """
    from cordiale.cli.printing import Page, put_json, put_rows
    from cordiale.networks import Supposed, leverages
    from cordiale.networks import what_if as supposed

    if pair and (len(pair) != 3 or pair[2].casefold() not in SIGNS):
        raise typer.BadParameter("give two actors and friendly, hostile or none; or nothing, for every tie")
    with source(ctx, dossier, ties, columns, known=known) as found:
        day = found.day(at)
        given = found.on(day)
        if not pair:
            with progress("solving") as tell:
                all_of_them = leverages(given, weighted=weighted, time_limit=seconds, progress=tell)
            if format is Format.TABLE:
                _show_all(Page(), found, all_of_them, day, limit)
            else:
                put_rows(format, LEVERAGES, [_row(found, one) for one in all_of_them])
            return
        change = Supposed(a=found.find(pair[0]), b=found.find(pair[1]), sign=SIGNS[pair[2].casefold()])
        answer = supposed(given, [change], weighted=weighted, time_limit=seconds)
        spread = intervals(given, _delta(change, weighted=weighted), draws, weighted=weighted).get("delta")
        if format is Format.TABLE:
            show(Page(), found, answer, given, day, spread)
        elif format is Format.JSON:
            put_json(_object(found, answer, given, spread))
        else:
            rows = [("relieved", *map(found.called, tie)) for tie in answer.relieved]
            put_rows(
                format, ("change", "a", "b"), rows + [("strained", *map(found.called, t)) for t in answer.strained]
            )


def _delta(change: Supposed, *, weighted: bool) -> Callable[[SignedNetwork], dict[str, float]]:
    """By how much frustration would change, in any network that the ties may be."""
    from cordiale.networks import frustration
    from cordiale.networks.what_if import supposing

    def measured(network: SignedNetwork) -> dict[str, float]:
        now, then = (frustration(one, weighted=weighted).value for one in (network, supposing(network, change)))
        return {"delta": then - now}

    return measured


def show(page: Page, found: Source, answer: WhatIf, ties: Ties, day: date | None, spread: Interval | None) -> None:
    """What is different, and only that."""
    (change,) = answer.supposed
    a, b = found.called(change.a), found.called(change.b)
    how = {1: "friends", -1: "foes", 0: "without a tie"}[change.sign]
    page.title(f"If {a} and {b} were {how}" + (f" on {day}" if day else ""))
    now, then = answer.now, answer.then
    proof = "" if answer.exact else " (not proven: give it a longer --time-limit)"
    page.line(
        f"Ties that no two sides can keep: {now.value:g} now, {then.value:g} then ({answer.delta:+g}){proof}.", indent=2
    )
    if spread is not None and spread.low is not None:
        page.line(f"As the ties may be, {spread.low:+z.3g} to {spread.high:+z.3g} (90 % of {spread.draws} draws).",
                  indent=2)  # fmt: skip
    page.line(f"Balance: {now.balance:.3f} now, {then.balance:.3f} then.", indent=2)
    before, after = answer.triangles_now, answer.triangles_then
    if before.strict is not None and after.strict is not None:
        page.line(f"Balanced triangles: {before.strict:.1%} of {before.total} now, {after.strict:.1%} of {after.total} "
                  "then.", indent=2, hang=2)  # fmt: skip
    for actor in (change.a, change.b):
        if (isolation := _isolations(answer, ties, actor)) is not None:
            page.line(f"Isolation of {found.called(actor)}: {isolation[0]:.2f} now, {isolation[1]:.2f} then.", indent=2)
    for word, tied in (("No longer a misfit", answer.relieved), ("A misfit then", answer.strained)):
        if tied:
            page.line(f"{word}: " + "; ".join(f"{found.called(x)} and {found.called(y)}" for x, y in tied), indent=2,
                      hang=4)  # fmt: skip


def _isolations(answer: WhatIf, ties: Ties, actor: str) -> tuple[float, float] | None:
    """The isolation of an actor by the signs of its ties, now and as supposed; None for one that has none now."""
    from cordiale.networks import SignedNetwork, isolation
    from cordiale.networks.what_if import supposing

    now = SignedNetwork.of(ties)
    then = now
    for change in answer.supposed:
        then = supposing(then, change)
    return (isolation(now, actor).value, isolation(then, actor).value) if actor in now.actors else None


def _show_all(page: Page, found: Source, answer: tuple[Leverage, ...], day: date | None, limit: int) -> None:
    from cordiale.cli.printing import STYLES

    page.title("What hangs on each tie" + (f" on {day}" if day else ""))
    if not answer:
        page.line("No tie is frustrated or under stress: two sides explain every tie.", indent=2)
        return
    rows = page.rows(
        ("", "", "if it turned", "if it ended"),
        [
            (
                f"{found.called(one.a)} and {found.called(one.b)}", "friendly" if one.sign > 0 else "hostile",
                f"{one.flip:+z.3g}" + ("" if one.exact else "?"), f"{one.end:+z.3g}" + ("" if one.exact else "?"),
            )
            for one in answer[:limit]
        ],
    )  # fmt: skip
    page.text(rows[0], indent=2)
    for one, row in zip(answer, rows[1:], strict=False):
        row.stylize(STYLES[one.sign])
        page.text(row, indent=2)
    if (left := len(answer) - limit) > 0:
        page.line(f"  and {left} more; show them with --limit {len(answer)}", "dim")
    page.line()
    page.line("By how much more, or less, of the whole no two sides could keep.", "dim")


def _row(found: Source, one: Leverage) -> tuple[Any, ...]:
    return (found.called(one.a), found.called(one.b), one.sign, round(one.flip, 6), round(one.end, 6), one.exact)


def _object(found: Source, answer: WhatIf, ties: Ties, spread: Interval | None) -> dict[str, Any]:
    (change,) = answer.supposed

    def named(pairs: tuple[tuple[str, str], ...]) -> list[list[str]]:
        return [[found.called(a), found.called(b)] for a, b in pairs]

    isolations = {found.called(actor): _isolations(answer, ties, actor) for actor in (change.a, change.b)}
    return {
        "a": found.called(change.a), "b": found.called(change.b), "sign": change.sign,
        "frustration": {"now": answer.now.value, "then": answer.then.value, "exact": answer.exact},
        "delta": {"value": answer.delta, "interval": interval_object(spread)},
        "balance": {"now": answer.now.balance, "then": answer.then.balance},
        "balanced_triangles": {"now": answer.triangles_now.strict, "then": answer.triangles_then.strict},
        "isolation": {
            name: None if two is None else {"now": two[0], "then": two[1]} for name, two in isolations.items()
        },
        "relieved": named(answer.relieved), "strained": named(answer.strained),
    }  # fmt: skip
