"""`cordiale isolation`: how isolated an actor is, and whether it is running out of allies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog
from cordiale.cli.sources import (
    ColumnsOption,
    EveryOption,
    FromOption,
    TiesOption,
    ToOption,
    WeightedOption,
    progress,
    signs_of,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cordiale.cli.printing import Page
    from cordiale.cli.sources import Source
    from cordiale.dossier import Dossier, Outlook, Table
    from cordiale.networks import Isolation


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show how isolated an actor is, or everyone.",
        epilog=epilog(
            "cordiale isolation Hamas --at 2013", "cordiale isolation Hamas --from 2009 --to 2016 --every year"
        ),
    )(isolation)


def isolation(
    ctx: typer.Context,
    actor: Annotated[
        str | None, typer.Argument(metavar="[ACTOR]", show_default=False, help="A name, or an id; none for everyone.")
    ] = None,
    at: AtOption = None,
    since: FromOption = None,
    to: ToOption = None,
    every: EveryOption = "quarter",
    known: KnownOption = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    weighted: WeightedOption = False,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show how isolated an actor is on a day, with its 90 % interval, and whether it is running out of allies.

    Isolation runs from 0 (support alone) to 1 (hostility alone); 0.5 is where nothing is known, or both are even.
    Without ACTOR, everyone's, the most isolated first. The ties of a table are taken as certain: no interval, and one
    each unless --weighted; a dossier's always count as far as they are believed.
    """
    from cordiale.cli.printing import Page, put_json, put_rows, written

    if at and to:
        raise typer.BadParameter("--at and --to say the same: give one")
    if every != "quarter" and not since:
        raise typer.BadParameter("--every takes a course: give --from too")
    with source(ctx, dossier, ties, columns, known=known) as found:
        with progress("measuring") as tell:
            course = _isolations(found, actor, at or to, since, every, tell, weighted=weighted)
        if format in (Format.JSONL, Format.CSV):
            put_rows(format, course.columns, course.rows())
            return
        if actor is None or found.dossier is None:
            if format is Format.JSON:
                put_rows(format, course.columns, course.rows())
            else:
                _list(Page(), course)
            return
        outlook = found.dossier.running_out_of_allies(actor, at or to, known=known)
        if format is Format.JSON:
            rows = [dict(zip(course.columns, map(written, row), strict=True)) for row in course.rows()]
            put_json({"course": rows, **_object(found.dossier, outlook)})
            return
        page = Page()
        if since:
            page.title(f"The isolation of {outlook.actor.name}")
            _list(page, course)
            page.line()
        show(page, found.dossier, outlook)


def _isolations(
    found: Source,
    actor: str | None,
    at: str | None,
    since: str | None,
    every: str,
    tell: Callable[[int, int], None],
    *,
    weighted: bool,
) -> Table[Isolation]:
    if found.dossier is not None:
        return found.dossier.isolation(actor, at, since=since, every=every, known=found.known, progress=tell)
    from dataclasses import replace

    from cordiale.dossier.mapping import isolation_rows
    from cordiale.networks import isolation, isolation_of_everyone

    days = [found.day(at)] if since is None else found.course(since, at, every)
    label = None if actor is None else found.find(actor)
    rows = []
    for done, (day, given) in enumerate(zip(days, found.over(days), strict=True), start=1):
        everyone = {one.actor: one for one in isolation_of_everyone(given if weighted else signs_of(given))}
        if label is not None:  # one that has no tie on that day is where nothing is known
            everyone = {label: everyone.get(label) or isolation([(label, label, 0)], label)}
        rows += [replace(one, at=day) for one in sorted(everyone.values(), key=lambda one: (-one.value, one.actor))]
        tell(done, len(days))
    return isolation_rows(rows, {})


def _list(page: Page, course: Table[Isolation]) -> None:
    """A line for each actor and day; of one actor with the course drawn beside it."""
    top = course.columns.index("top_ally")
    several = len({found.actor for found in course}) > 1
    rows = []
    for found, row in zip(course, course.rows(), strict=True):
        head = (str(row[0]), str(found.at or "-")) if several else (str(found.at or "-"),)
        sure = f"{found.low:.2f}–{found.high:.2f}" if found.high > found.low else "-"
        drawn = () if several else (_bar(found),)
        ally = str(row[top] or "-")
        ally = f"{ally[:17]}…" if several and len(ally) > 18 else ally
        rows.append((*head, f"{found.value:.2f}", sure, *drawn, f"{found.effective_allies:.1f}", ally))
    heads = ("", "day", "iso", "90 %") if several else ("day", "iso", "90 %", "0 ········· 1")
    for line in page.rows((*heads, "allies", "strongest"), rows):
        page.text(line, indent=2)


def _bar(found: Isolation) -> str:
    cells = ["·"] * 13
    for place in range(round(found.low * 12), round(found.high * 12) + 1):
        cells[place] = "─"
    cells[round(found.value * 12)] = "●"
    return "".join(cells)


def show(page: Page, dossier: Dossier, outlook: Outlook) -> None:
    """The isolation on a day, and the verdict with its reasons, for people."""
    from cordiale.cli.printing import words
    from cordiale.ties import Cause

    now, names = outlook.now, dossier.names()
    page.title(f"{outlook.actor.name} on {now.at}: isolation {now.value:.2f}, between {now.low:.2f} and {now.high:.2f}")
    page.line(f"Support {now.support:.2f}, hostility {now.hostility:.2f}.", indent=2)
    if now.top_ally is not None:
        page.line(
            f"{now.effective_allies:.1f} effective allies; the strongest, {names.get(now.top_ally, now.top_ally)}, "
            f"gives {now.top_ally_share:.0%} of the support.",
            indent=2, hang=2,
        )  # fmt: skip
    if now.exposure:
        page.line(f"{now.exposure:.0%} of the support comes from actors hostile to another friend.", indent=2, hang=2)
    page.line()
    page.title(f"Is {outlook.actor.name} running out of allies? {_ANSWERS[str(outlook.answer)]}")
    for reason in outlook.reasons:
        page.line(f"- {reason}", indent=2, hang=2)
    for word, changes in (("Lost", outlook.lost), ("Gained", outlook.gained)):
        for change in changes:
            page.line()
            faded = "; what held it before had ended or aged" if change.cause is Cause.FADED else ""
            turn = f"from {words(change.before)} to {words(change.after)}{faded}"
            page.line(f"{word}: {change.actor.name}, {change.day}, {turn}", "bold", hang=2)
            for claim in change.claims(2):
                page.claim(claim, names, indent=4)


_ANSWERS = {
    "yes": "Yes.",
    "no": "No.",
    "unclear": "Unclear: the sources carry neither answer.",
    "abstain": "No answer: the sources do not carry one.",
}


def _object(dossier: Dossier, outlook: Outlook) -> dict[str, Any]:
    from cordiale.cli.printing import written
    from cordiale.dossier import record

    names = dossier.names()
    return {
        "running_out_of_allies": str(outlook.answer),
        "reasons": list(outlook.reasons),
        "p_support_fell": outlook.p_support_fell,
        "p_allies_fell": outlook.p_allies_fell,
        "changes": [
            {
                "actor": change.actor.name, "day": written(change.day), "sign": change.sign,
                "before": str(change.before), "after": str(change.after), "cause": str(change.cause),
                "claims": [record(claim, names).fields() for claim in change.claims()],
            }
            for change in (*outlook.lost, *outlook.gained)
        ],
    }  # fmt: skip
