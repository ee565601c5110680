"""`cordiale isolation`: how isolated an actor is, and whether it is running out of allies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog, opened

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.dossier import Dossier, Outlook, Table
    from cordiale.networks import Isolation


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show how isolated an actor is.",
        epilog=epilog(
            "cordiale isolation Hamas --at 2013", "cordiale isolation Hamas --from 2009 --to 2016 --every year"
        ),
    )(isolation)


def isolation(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="A name, or an id.")],
    at: AtOption = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", show_default=False, help="Show the course from this day on."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", show_default=False, help="The course's end; the same as --at.")
    ] = None,
    every: Annotated[
        str, typer.Option(metavar="STEP", help="Steps of the course: day, week, month, quarter or year.")
    ] = "quarter",
    known: KnownOption = None,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show how isolated an actor is on a day, with its 90 % interval, and whether it is running out of allies.

    Isolation runs from 0 (support alone) to 1 (hostility alone); 0.5 is where nothing is known, or both are even.
    """
    from cordiale.cli.printing import Page, plain, put_json, put_rows

    if at and to:
        raise typer.BadParameter("--at and --to say the same: give one")
    if every != "quarter" and not since:
        raise typer.BadParameter("--every takes a course: give --from too")
    with opened(ctx, dossier) as found:
        course = found.isolation(actor, at or to, since=since, every=every, known=known)
        if format in (Format.JSONL, Format.CSV):
            put_rows(format, course.columns, course.rows())
            return
        outlook = found.running_out_of_allies(actor, at or to, known=known)
        if format is Format.JSON:
            rows = [dict(zip(course.columns, map(plain, row), strict=True)) for row in course.rows()]
            put_json({"course": rows, **_object(found, outlook)})
            return
        page = Page()
        if since:
            _course(page, course, outlook)
        show(page, found, outlook)


def _course(page: Page, course: Table[Isolation], outlook: Outlook) -> None:
    page.title(f"The isolation of {outlook.actor.name}")
    rows = [
        (
            str(found.at), f"{found.value:.2f}", f"{found.low:.2f}–{found.high:.2f}", _bar(found),
            f"{found.effective_allies:.1f}", str(row[course.columns.index("top_ally")] or "-"),
        )
        for found, row in zip(course, course.rows(), strict=True)
    ]  # fmt: skip
    for line in page.rows(("day", "iso", "90 %", "0 ········· 1", "allies", "strongest"), rows):
        page.text(line, indent=2)
    page.line()


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
    from cordiale.cli.printing import plain
    from cordiale.dossier import record

    names = dossier.names()
    return {
        "running_out_of_allies": str(outlook.answer),
        "reasons": list(outlook.reasons),
        "p_support_fell": outlook.p_support_fell,
        "p_allies_fell": outlook.p_allies_fell,
        "changes": [
            {
                "actor": change.actor.name, "day": plain(change.day), "sign": change.sign,
                "before": str(change.before), "after": str(change.after), "cause": str(change.cause),
                "claims": [record(claim, names).fields() for claim in change.claims()],
            }
            for change in (*outlook.lost, *outlook.gained)
        ],
    }  # fmt: skip
