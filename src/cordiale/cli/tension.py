"""`cordiale tension`: which blocs share members and want opposite things."""

from __future__ import annotations

from pathlib import Path
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
    from datetime import date

    from cordiale.cli.printing import Page
    from cordiale.cli.sources import Source
    from cordiale.networks import Bloc, Interval, SignedNetwork, Tension
    from cordiale.networks.signed import Ties

COLUMNS = ("a", "b", "tension", "low", "high", "opposition", "compared", "overlap", "shared", "opposed")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show which blocs overlap and want opposite things.",
        epilog=epilog("cordiale tension --at 2012", "cordiale tension --ties ties.csv --members members.csv"),
    )(tension)


def tension(
    ctx: typer.Context,
    at: AtOption = None,
    known: KnownOption = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    members: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Who is in which bloc: a CSV of bloc, actor and, where they vary, share (0 to 1), begin, end.",
        ),
    ] = None,
    weighted: WeightedOption = False,
    draws: DrawsOption = 200,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Pairs of blocs to show.")] = 10,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show the blocs that share members and stand on opposite sides, who is caught between them, and who is divided.

    Tension is the share of common targets on which two blocs differ, times the share of members that they have in
    common. A bloc's stance is that of its own ties, else that of its members where three of four agree.
    """
    from cordiale.cli.printing import Page, put_json, put_rows
    from cordiale.networks import tensions, with_stances

    if ties is not None and members is None:
        raise typer.BadParameter("a table of ties does not say who is in which bloc: give --members FILE")
    with source(ctx, dossier, ties, columns, known=known) as found:
        day = found.day(at)
        given = found.on(day)
        bare = found.snapshot(day).member_blocs() if members is None else _members(found, members, day)
        blocs = with_stances(given, bare, weighted=weighted)
        answer = [one for one in tensions(blocs) if one.overlap or one.compared]

        def measured(network: SignedNetwork) -> dict[tuple[str, str], float]:
            return {(one.a, one.b): one.value for one in tensions(with_stances(network, bare, weighted=weighted))}

        spread = intervals(given, measured, draws, weighted=weighted)
        if format is Format.TABLE:
            show(Page(), found, answer, blocs, given, day, spread=spread, limit=limit)
        elif format is Format.JSON:
            put_json(_object(found, answer, blocs, given, spread))
        else:
            put_rows(format, COLUMNS, [_row(found, one, spread) for one in answer])


def _members(found: Source, file: Path, day: date | None) -> tuple[Bloc, ...]:
    """The blocs of a table of members on a day; what is wrong with it is told on stderr."""
    from cordiale.cli.printing import warn
    from cordiale.datasets import Notes, read_members
    from cordiale.errors import CordialeError
    from cordiale.networks import Bloc

    notes = Notes()
    blocs: dict[str, dict[str, float]] = {}
    for one in read_members(file, notes):
        try:
            actor = found.find(one.actor)
        except CordialeError:
            notes.add("an actor that the ties lack: left out", one.row, one.actor)
            continue
        if day is None or one.held.holds(day):
            blocs.setdefault(one.bloc, {})[actor] = one.share
    for line in notes.lines():
        warn(f"cordiale: {file.name}: {line}")
    return tuple(Bloc(name=name, members=members) for name, members in blocs.items())


def show(
    page: Page, found: Source, answer: list[Tension], blocs: tuple[Bloc, ...], ties: Ties, day: date | None, *,
    spread: dict[Any, Interval], limit: int,
) -> None:  # fmt: skip
    """The answer for people."""
    from cordiale.networks import cross_pressures, fracture

    page.title("Tension between blocs" + (f" on {day}" if day else ""))
    tense = [one for one in answer if one.value]
    if not blocs:
        page.line("No bloc has a member among the actors of that day.", indent=2)
        return
    if not tense:
        page.line(f"None of {len(blocs)} blocs shares members with one that wants the opposite.", indent=2, hang=2)
    for one in tense[:limit]:
        found_sure = spread.get((one.a, one.b))
        sure = f" ({interval_text(found_sure)} in 90 % of draws)" if found_sure else ""
        page.line(f"{found.called(one.a)} and {found.called(one.b)}: {one.value:.2f}{sure}", "bold", indent=2, hang=2)
        page.line(f"opposed on {one.opposition:.0%} of {one.compared} common targets: " + ", ".join(
            f"{found.called(target)} ({'+' if sign > 0 else '−'} to the first)" for target, sign in one.opposed.items()
        ), indent=6, hang=2)  # fmt: skip
        page.line(f"{one.overlap:.0%} of the smaller is in both: " + ", ".join(map(found.called, one.members)),
                  indent=6, hang=2)  # fmt: skip
    if (left := len(tense) - limit) > 0:
        page.line(f"  and {left} more; show them with --limit {len(tense)}", "dim")
    if between := cross_pressures(blocs):
        page.line()
        page.line("Caught between blocs", "bold")
        for actor in between[:limit]:
            pairs = "; ".join(f"{found.called(a)} and {found.called(b)}" for a, b in actor.between)
            page.line(f"{found.called(actor.actor)}: {actor.value:.2f}, between {pairs}", indent=2, hang=4)
    broken = [one for one in (fracture(ties, bloc) for bloc in blocs) if one.value or one.split]
    if broken:
        page.line()
        page.line("Divided within", "bold")
    for divided in sorted(broken, key=lambda one: (-(one.value or 0), one.bloc))[:limit]:
        parts = []
        if divided.value:
            enemies = "; ".join(f"{found.called(a)} and {found.called(b)}" for a, b in divided.hostile[:4])
            parts.append(f"{divided.value:.0%} of its members' known ties are hostile: {enemies}")
        parts += [
            f"{share:.0%} of it is friendly to {found.called(x)}, its adversary" for x, share in divided.split.items()
        ]
        page.line(f"{found.called(divided.bloc)}: {', '.join(parts)}", indent=2, hang=4)


def _row(found: Source, one: Tension, spread: dict[Any, Interval]) -> tuple[Any, ...]:
    sure = spread.get((one.a, one.b))
    return (
        found.called(one.a), found.called(one.b), round(one.value, 4), sure and sure.low, sure and sure.high,
        round(one.opposition, 4), one.compared,
        round(one.overlap, 4), [found.called(actor) for actor in one.members],
        [found.called(target) for target in one.opposed],
    )  # fmt: skip


def _object(
    found: Source, answer: list[Tension], blocs: tuple[Bloc, ...], ties: Ties, spread: dict[Any, Interval]
) -> dict[str, Any]:
    from cordiale.cli.printing import written
    from cordiale.networks import cross_pressures, fracture

    return {
        "tensions": [dict(zip(COLUMNS, map(written, _row(found, one, spread)), strict=True)) for one in answer],
        "blocs": [
            {
                "bloc": found.called(bloc.name),
                "members": {found.called(actor): share for actor, share in bloc.members.items()},
                "stances": {found.called(target): sign for target, sign in bloc.stances.items()},
                "fracture": (divided := fracture(ties, bloc)).value,
                "split": {found.called(target): share for target, share in divided.split.items()},
            }
            for bloc in blocs
        ],
        "cross_pressure": [
            {"actor": found.called(one.actor), "value": one.value} for one in cross_pressures(blocs)
        ],
    }  # fmt: skip
