"""`cordiale balance`: how far the ties are from two sides, and which ties are the misfits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog
from cordiale.cli.sources import (
    ColumnsOption,
    DrawsOption,
    EveryOption,
    FromOption,
    LimitOption,
    TiesOption,
    ToOption,
    WeightedOption,
    interval_object,
    progress,
    source,
)

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.cli.sources import Source
    from cordiale.networks import Balance, SignedNetwork

COURSE = ("at", "actors", "ties", "hostile", "frustration", "lower_bound", "optimal", "balance", "triangles", "strict")
"""The columns of a course."""
MISFITS = ("a", "b", "sign", "weight", "share_of_optima", "certain")
"""The columns of misfits."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show how far the ties are from two sides.",
        epilog=epilog(
            "cordiale balance --at 2012", "cordiale balance --ties ties.csv --from 1872 --to 1907 --every year"
        ),
    )(balance)


def balance(
    ctx: typer.Context,
    at: AtOption = None,
    since: FromOption = None,
    to: ToOption = None,
    every: EveryOption = "year",
    known: KnownOption = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    weighted: WeightedOption = False,
    draws: DrawsOption = 200,
    quotes: Annotated[int, typer.Option(min=0, metavar="N", help="Quotes to show for each misfit.")] = 1,
    limit: Annotated[int, typer.Option("--misfits", min=1, metavar="N", help="Misfits to show.")] = 12,
    seconds: LimitOption = 60.0,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show how many ties no division into two sides can keep, with the proof, and which they are.

    The frustration index is exact, or comes with the bound that says by how much it may be off. Balance runs from 1
    (two sides, friends within and foes across) to 0. Beside it: what chance would give, triangles, closed walks. With
    --from a row for each day; of one day CSV has the misfits, and JSON all.
    """
    from cordiale.cli.printing import Page, put_json, put_rows, written

    if at and to:
        raise typer.BadParameter("--at and --to say the same: give one")
    with source(ctx, dossier, ties, columns, known=known) as found:
        if since is not None:
            rows = _course(found, found.course(since, to, every), weighted=weighted, seconds=seconds)
            if format is Format.TABLE:
                _show_course(Page(), rows)
            else:
                put_rows(format, COURSE, rows)
            return
        day = found.day(at or to)
        with progress("drawing") as tell:
            answer = _answer(found, day, weighted=weighted, seconds=seconds, draws=draws, tell=tell)
        if format is Format.TABLE:
            show(Page(), found, answer, day, quotes=quotes, limit=limit)
        elif format is Format.JSON:
            put_json({"at": written(day), **_object(found, answer)})
        else:
            put_rows(format, MISFITS, _misfits(found, answer))


def _course(found: Source, days: list[date], *, weighted: bool, seconds: float) -> list[tuple[Any, ...]]:
    from cordiale.networks import SignedNetwork, frustration, triangles

    rows = []
    with progress("solving") as tell:
        for number, (day, given) in enumerate(zip(days, found.over(days), strict=True), start=1):
            network = SignedNetwork.of(given, weighted=weighted)
            solved, threes = frustration(network, weighted=weighted, time_limit=seconds), triangles(network)
            rows.append(
                (
                    day, _tied(network), len(network), network.hostile, solved.value, solved.lower_bound,
                    solved.optimal, round(solved.balance, 4), threes.total,
                    None if threes.strict is None else round(threes.strict, 4),
                )
            )  # fmt: skip
            tell(number, len(days))
    return rows


def _tied(network: SignedNetwork) -> int:
    import numpy as np

    return len(np.unique(network.ends))


def _show_course(page: Page, rows: list[tuple[Any, ...]]) -> None:
    page.title("Balance: 1 where two sides explain every tie, 0 where as few as can be")
    shown = [
        (
            str(day), str(actors), str(ties), str(hostile), f"{value:g}" + ("" if optimal else f" ≥ {lower:g}"),
            f"{balance:.3f}", _bar(balance), "-" if strict is None else f"{strict:.2f}",
        )
        for day, actors, ties, hostile, value, lower, optimal, balance, _, strict in rows
    ]  # fmt: skip
    heads = ("day", "actors", "ties", "hostile", "frustrated", "balance", "0 ······· 1", "triangles")
    for line in page.rows(heads, shown):
        page.text(line, indent=2)
    page.line()
    page.line("frustrated: the least number, or weight, of ties that any two sides leave frustrated; ≥ where its proof "
              "stopped at that bound. triangles: the share that is balanced.", "dim")  # fmt: skip


def _bar(value: float) -> str:
    place = round(max(value, 0.0) * 10)
    return "─" * place + "●" + "·" * (10 - place)


def _answer(found: Source, day: date | None, *, weighted: bool, seconds: float, draws: int, tell: Any) -> Balance:
    from cordiale.networks import balance_of

    return balance_of(
        found.on(day), weighted=weighted, time_limit=seconds, draws=draws,
        progress=lambda done: tell(done, draws),
    )  # fmt: skip


def show(page: Page, found: Source, answer: Balance, day: date | None, *, quotes: int, limit: int) -> None:
    """The answer for people."""
    from cordiale.cli.printing import STYLES

    network, solved = answer.network, answer.frustration
    page.title("Balance" + (f" on {day}" if day else ""))
    if not len(network):
        page.line("No ties: nothing is known that could be out of balance.", indent=2)
        return
    page.line(f"{_tied(network)} actors, {len(network)} ties, {network.hostile} of them hostile.", indent=2)
    proof = "proven least" if solved.optimal else f"the least is between {solved.lower_bound:g} and this: time was up"
    page.line(
        f"Two sides leave {solved.value:g} of {solved.total:g} frustrated, {proof}; balance {solved.balance:.2f}.",
        indent=2, hang=2,
    )  # fmt: skip
    if (spread := answer.intervals.get("frustration")) and spread.draws and (share := answer.intervals["balance"]):
        page.line(
            f"As the ties may be: {spread.low:.3g} to {spread.high:.3g} frustrated, median {spread.median:.3g}; "
            f"balance {share.low:.2f} to {share.high:.2f} (90 % of {spread.draws} draws).",
            indent=2, hang=2,
        )  # fmt: skip
    if (chance := answer.chance) is not None and chance.mean is not None:
        off = "no draw differs" if chance.z is None else f"{chance.z:+.1f} deviations"
        page.line(
            f"By chance, with signs dealt anew to the same ties: {chance.mean:.1f} ± {chance.deviation:.1f} ({off}).",
            indent=2, hang=2,
        )  # fmt: skip
    threes = answer.triangles
    if threes.total:
        page.line(
            f"Triangles: {threes.friendly} +++, {threes.one_hostile} ++−, {threes.two_hostile} +−−, {threes.hostile} "
            f"−−−; {threes.strict:.0%} balanced with two blocs, {threes.generalised:.0%} with any number.",
            indent=2, hang=2,
        )  # fmt: skip
    if answer.walks is not None:
        page.line(f"Closed walks of all lengths: {answer.walks:.2f} (1 where balanced).", indent=2)
    rows = _misfits(found, answer)
    if not rows:
        return
    page.line()
    page.line("Misfits: friends apart or foes together, whichever the sides", "bold")
    heads = ("", "", "", "frustrated in")
    shown = [
        (
            f"{a} and {b}", "friendly" if sign > 0 else "hostile", f"{weight:.2f}" if weight != 1 else "",
            "every optimum: certain" if certain
            else "the division found" if answer.cloud is None
            else f"{share:.0%} of {answer.cloud.optima} optima found",
        )
        for a, b, sign, weight, share, certain in rows[:limit]
    ]  # fmt: skip
    lines = page.rows(heads, shown)
    page.text(lines[0], indent=2)
    keys = [tie for tie, _ in _by_share(answer)]
    for (a, b), row, line in zip(keys, rows, lines[1:], strict=False):
        line.stylize(STYLES[row[2]])
        page.text(line, indent=2)
        for claim in found.claims(day, a, b, quotes):
            page.claim(claim, dict(found.names), indent=6)
    if len(rows) > limit:
        page.line(f"  and {len(rows) - limit} more; show them with --misfits {len(rows)}", "dim")


def _by_share(answer: Balance) -> list[tuple[tuple[str, str], float | None]]:
    """The misfits with the share of optima that frustrate them; None where one division is all that was found."""
    shares = dict.fromkeys(answer.frustration.frustrated, None) if answer.cloud is None else answer.cloud.shares
    return sorted(shares.items(), key=lambda item: (-(item[1] or 0.0), item[0]))


def _misfits(found: Source, answer: Balance) -> list[tuple[Any, ...]]:
    weights = {(a, b): weight for a, b, weight in answer.network.ties}
    certain = set() if answer.cloud is None else set(answer.cloud.certain)
    return [
        (
            found.called(a), found.called(b), 1 if weights[a, b] > 0 else -1, round(abs(weights[a, b]), 4),
            None if share is None else round(share, 4), (a, b) in certain,
        )
        for (a, b), share in _by_share(answer)
    ]  # fmt: skip


def _object(found: Source, answer: Balance) -> dict[str, Any]:
    solved, threes, chance = answer.frustration, answer.triangles, answer.chance
    return {
        "actors": _tied(answer.network), "ties": len(answer.network), "hostile": answer.network.hostile,
        "frustration": solved.value, "lower_bound": solved.lower_bound, "optimal": solved.optimal,
        "total": solved.total, "balance": solved.balance, "seconds": round(solved.seconds, 3),
        "intervals": {name: interval_object(one) for name, one in answer.intervals.items()},
        "chance": None if chance is None else
            {"mean": chance.mean, "deviation": chance.deviation, "z": chance.z, "draws": chance.draws},
        "triangles": {
            "friendly": threes.friendly, "one_hostile": threes.one_hostile, "two_hostile": threes.two_hostile,
            "hostile": threes.hostile, "strict": threes.strict, "generalised": threes.generalised,
        },
        "walks": answer.walks,
        "sides": {found.called(actor): side for actor, side in solved.sides.items()},
        "optima": None if answer.cloud is None else answer.cloud.optima,
        "misfits": [dict(zip(MISFITS, row, strict=True)) for row in _misfits(found, answer)],
    }  # fmt: skip
