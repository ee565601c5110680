"""`cordiale blocs`: who belongs together, by who is friendly and who hostile to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    intervals,
    progress,
    source,
)

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.cli.sources import Source
    from cordiale.networks import Blockmodel, Blocs, Interval, Labelled, SignedNetwork
    from cordiale.networks.signed import Ties

COLUMNS = ("at", "actor", "bloc")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show who belongs together.",
        epilog=epilog("cordiale blocs --at 2012", "cordiale blocs --ties ties.csv --from 1880 --to 1907 --every year"),
    )(blocs)


def blocs(
    ctx: typer.Context,
    at: AtOption = None,
    since: FromOption = None,
    to: ToOption = None,
    every: EveryOption = "year",
    known: KnownOption = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    most: Annotated[
        int | None, typer.Option("--most", min=1, metavar="N", show_default=False, help="At most so many blocs.  [any]")
    ] = None,
    positions: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            show_default=False,
            help="Instead, so many positions, which may be mediators or hostile within.",
        ),
    ] = None,
    weighted: WeightedOption = False,
    draws: DrawsOption = 200,
    seconds: LimitOption = 60.0,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show the blocs that fit best: the fewest friends in different blocs and foes in one, with the proof.

    With --from, the blocs of each day, those that go on under one number. An actor without ties is in no bloc.
    """
    from cordiale.cli.printing import Page, put_json, put_rows, written
    from cordiale.networks import blockmodel, blocs_over_time
    from cordiale.networks import blocs as found_blocs

    if at and to:
        raise typer.BadParameter("--at and --to say the same: give one")
    with source(ctx, dossier, ties, columns, known=known) as found:
        if since is not None:
            days = found.course(since, to, every)
            with progress("solving") as tell:
                course = blocs_over_time(
                    _told(zip(days, found.over(days), strict=True), len(days), tell),
                    weighted=weighted, most=most, time_limit=seconds,
                )  # fmt: skip
            if format is Format.TABLE:
                _show_course(Page(), found, course)
            else:
                put_rows(format, COLUMNS, [(d, found.called(a), n + 1) for one in course for d, a, n in one.rows()])
            return
        day = found.day(at or to)
        given = found.on(day)
        if positions is not None:
            model = blockmodel(given, positions, weighted=weighted)
            if format is Format.TABLE:
                _show_positions(Page(), found, model, day)
            elif format is Format.JSON:
                put_json({"at": written(day), **_positions(found, model)})
            else:
                rows = [(day, found.called(a), n) for n, names in enumerate(model.positions, 1) for a in names]
                put_rows(format, ("at", "actor", "position"), rows)
            return
        answer = found_blocs(given, weighted=weighted, most=most, time_limit=seconds)

        def measured(network: SignedNetwork) -> dict[str, float]:
            one = found_blocs(network, weighted=weighted, most=most, time_limit=seconds)
            return {"value": one.value, "blocs": float(len(one))}

        spread = intervals(given, measured, draws, weighted=weighted)
        if format is Format.TABLE:
            show(Page(), found, answer, day, spread)
        elif format is Format.JSON:
            put_json({"at": written(day), **_object(found, answer, spread)})
        else:
            put_rows(
                format, COLUMNS, [(day, found.called(a), n) for n, names in enumerate(answer.members, 1) for a in names]
            )


def _told(
    networks: Iterable[tuple[date, Ties]], of: int, tell: Callable[[int, int], None]
) -> Iterator[tuple[date, Ties]]:
    """The networks of days, and word of how many are done."""
    for number, one in enumerate(networks):
        tell(number, of)
        yield one


def show(page: Page, found: Source, answer: Blocs, day: date | None, spread: dict[Any, Interval]) -> None:
    """The blocs for people."""
    page.title("Blocs" + (f" on {day}" if day else ""))
    if not answer.members:
        page.line("No ties: nothing is known that could make a bloc.", indent=2)
        return
    proof = "proven least" if answer.optimal else f"the least is {answer.lower_bound:g} or more: not proven"
    page.line(
        f"{len(answer)} blocs leave {answer.value:g} of {answer.total:g} ties frustrated, {proof}.", indent=2, hang=2
    )
    if "value" in spread:
        value, count = spread["value"], spread["blocs"]
        page.line(
            f"As the ties may be: {count.low:.3g} to {count.high:.3g} blocs, {value.low:.3g} to {value.high:.3g} "
            f"frustrated (90 % of {value.draws} draws).",
            indent=2, hang=2,
        )  # fmt: skip
    alone = [names[0] for names in answer.members if len(names) == 1]
    for number, names in enumerate(answer.members, start=1):
        if len(names) > 1:
            page.line(f"{number}. {', '.join(map(found.called, names))}", indent=2, hang=3)
    if alone:
        page.line(f"Each alone: {', '.join(map(found.called, alone))}", indent=2, hang=3)
    for word, pairs in (("Friends apart", answer.across), ("Foes together", answer.within)):
        if pairs:
            page.line(f"{word}: " + "; ".join(f"{found.called(a)} and {found.called(b)}" for a, b in pairs), "dim",
                      indent=2, hang=2)  # fmt: skip


def _show_course(page: Page, found: Source, course: tuple[Labelled, ...]) -> None:
    """Each day's blocs, and only what changed in them; those of one actor in a line."""
    page.title("Blocs over time: a number is one bloc, day by day")
    before: dict[int, frozenset[str]] = {}
    told, lonely = "", frozenset[str]()
    for one in course:
        now = {label: frozenset(names) for label, names in zip(one.labels, one.blocs.members, strict=True)}
        lines = []
        for label, names in now.items():
            old = before.get(label, frozenset())
            if names == old or len(names) == 1:
                continue
            if len(old) <= 1:
                lines.append(f"{label + 1}. {'now' if old & names else 'new'}: {_named(found, names)}")
                continue
            came, went = names - old, old - names
            parts = [f"+ {_named(found, came)}"] if came else []
            parts += [f"− {_named(found, went)}"] if went else []
            lines.append(f"{label + 1}. {'; '.join(parts)} (now {len(names)})")
        lines += [f"{label + 1}. gone: {_named(found, names)}" for label, names in before.items()
                  if len(names) > 1 >= len(now.get(label, ()))]  # fmt: skip
        alone = frozenset().union(*(names for names in now.values() if len(names) == 1))
        if alone != lonely:
            lines.append(f"each alone: {_named(found, alone) or 'nobody'}")
        value = f"{len(one.blocs)} blocs, {one.blocs.value:g} of {one.blocs.total:g} frustrated"
        value += "" if one.blocs.optimal else ", not proven"
        if lines or value != told or one is course[-1]:
            page.line(f"{one.at}: {value}" + ("" if lines else "; members as before"), "bold")
        for line in lines:
            page.line(line, indent=2, hang=3)
        before, told, lonely = now, value, alone
    page.line("Days on which nothing changed are left out.", "dim")


def _named(found: Source, names: frozenset[str]) -> str:
    return ", ".join(found.called(name) for name in sorted(names))


def _show_positions(page: Page, found: Source, model: Blockmodel, day: date | None) -> None:
    page.title("Positions" + (f" on {day}" if day else ""))
    proof = "proven least" if model.proven else "the best that was found; not proven"
    page.line(f"{model.value:g} ties are not of their block's sign, {proof}.", indent=2)
    mark = {1: "+", -1: "−", 0: "·"}
    for number, names in enumerate(model.positions, start=1):
        page.line(f"{number}. {', '.join(map(found.called, names))}", indent=2, hang=3)
    heads = ("", *(str(number) for number in range(1, len(model.positions) + 1)))
    rows = [(str(number), *(mark[sign] for sign in signs)) for number, signs in enumerate(model.signs, start=1)]
    for line in page.rows(heads, rows):
        page.text(line, indent=2)
    for m, p, q in model.mediators:
        page.line(f"{m + 1} mediates: friendly to {p + 1} and {q + 1}, which are hostile to each other.", indent=2)
    for p in model.internally_hostile:
        page.line(f"{p + 1} is hostile within.", indent=2)


def _object(found: Source, answer: Blocs, spread: dict[Any, Interval]) -> dict[str, Any]:
    def named(pairs: tuple[tuple[str, str], ...]) -> list[list[str]]:
        return [[found.called(a), found.called(b)] for a, b in pairs]

    return {
        "value": answer.value, "lower_bound": answer.lower_bound, "optimal": answer.optimal, "total": answer.total,
        "blocs": [[found.called(actor) for actor in names] for names in answer.members],
        "friends_apart": named(answer.across), "foes_together": named(answer.within),
        "intervals": {name: interval_object(one) for name, one in spread.items()},
    }  # fmt: skip


def _positions(found: Source, model: Blockmodel) -> dict[str, Any]:
    return {
        "value": model.value, "proven": model.proven,
        "positions": [[found.called(actor) for actor in names] for names in model.positions],
        "signs": [list(row) for row in model.signs],
        "mediators": [list(three) for three in model.mediators],
        "internally_hostile": list(model.internally_hostile),
    }  # fmt: skip
