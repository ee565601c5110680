"""`cordiale changes`: when a tie or a measure changed, from what to what, by which quotes, with which events around."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import DossierOption, Format, FormatOption, KnownOption, epilog
from cordiale.cli.sources import ColumnsOption, TiesOption, progress, signs_of, source

if TYPE_CHECKING:
    from cordiale.claims import Claim
    from cordiale.cli.printing import Page
    from cordiale.cli.sources import Source
    from cordiale.dossier import Table
    from cordiale.dossier.shifts import MeasureHistory, MeasureShift, Shift, TieHistory, TieShift
    from cordiale.networks.course import Course

EVENTS = 4
"""Events to name around each change."""

_BARS = "▁▂▃▄▅▆▇█"
_SIDES = {1: "friendly", 0: "no tie", -1: "hostile"}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show when a tie or a measure changed.",
        epilog=epilog(
            "cordiale changes Hamas Syria --from 2009",
            "cordiale changes --measure hostile --ties ties.csv",
        ),
    )(changes)


def changes(
    ctx: typer.Context,
    a: Annotated[str | None, typer.Argument(metavar="[A]", show_default=False, help="An actor's name, or id.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", show_default=False, help="Another, for their tie.")] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="MEASURE",
            show_default=False,
            help="Instead of a tie: isolation (of A), balance, blocs (how many), or hostile (the share of ties).",
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", show_default=False, help="Begin here.  [the first claim]")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", show_default=False, help="End here.  [today]")
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(
            metavar="STEP",
            show_default=False,
            help="Look every day, week, month, quarter or year.  [quarter; of a table, whenever a tie turns]",
        ),
    ] = None,
    known: KnownOption = None,
    correlation: Annotated[
        float | None,
        typer.Option(
            metavar="R",
            show_default=False,
            help="How far a value carries over to the next, 0 to 1: 0.75 for windows of four steps.  [estimated]",
        ),
    ] = None,
    ties: TiesOption = None,
    columns: ColumnsOption = None,
    quotes: Annotated[int, typer.Option(min=0, metavar="N", help="Quotes to show each way for each change.")] = 2,
    limit: Annotated[int, typer.Option("--turned", min=0, metavar="N", help="Turned ties to show each time.")] = 8,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show when two actors' tie changed, or a measure did: from what to what, by which quotes, which events lay around.

    A tie turns where the sources say so; its level shifts where there is evidence enough to show by itself. A day of
    which too little is known is left out, and counted. What lay around a change need not have caused it.
    """
    from cordiale.cli.printing import Page, put_json, put_rows

    if (measure is None) == (a is None or b is None) or (measure is not None and b is not None):
        raise typer.BadParameter("name two actors for their tie, or say what to measure: --measure isolation")
    with source(ctx, dossier, ties, columns, known=known) as found:
        answer: Any
        if measure is not None:
            answer = _measured(found, measure, a, since, to, every, correlation)
        elif found.dossier is not None:
            when = {"since": since, "until": to, "every": every or "quarter", "known": known}
            answer = found.dossier.changes(str(a), str(b), **when)
        else:
            _turns(found, str(a), str(b), since, to, every, format)
            return
        if format is Format.JSON:
            put_json(_object(found, answer, quotes, tie=measure is None))
        elif format is not Format.TABLE:
            put_rows(format, answer.changes.columns, answer.changes.rows())
        elif measure is None:
            _show_tie(Page(), found, answer, quotes)
        else:
            _show_measure(Page(), found, answer, quotes, limit)


def _measured(
    found: Source, measure: str, actor: str | None, since: str | None, to: str | None, every: str | None,
    correlation: float | None,
) -> MeasureHistory:  # fmt: skip
    from cordiale.dossier.changing import all_events, measured

    with progress("measuring") as tell:
        if found.dossier is not None:
            return found.dossier.changes_of(
                measure, actor, since=since, until=to, every=every or "quarter", known=found.known,
                correlation=correlation, progress=tell,
            )  # fmt: skip
        label = None if actor is None else found.find(actor)
        days = _table_days(found, since, to, every)
        return measured(
            lambda some: map(signs_of, found.over(some)), days, measure, label, events=all_events(),
            correlation=correlation, exact=every is None, progress=tell,
        )  # fmt: skip


def _table_days(found: Source, since: str | None, to: str | None, every: str | None) -> list[date]:
    """The days on which a table is looked at: those of a course, else those on which its ties turn."""
    from cordiale.dossier.days import first_day, last_day
    from cordiale.errors import InvalidValue

    assert found.table is not None
    turns = found.table.turns
    if not turns:
        raise InvalidValue("a table without dates", found.table.name, "name its columns begin and end, or year")
    if every is not None:
        return found.course(since or turns[0].isoformat(), to, every)
    first, last = first_day(since) if since else turns[0], last_day(to) if to else turns[-1]
    if first > last:
        mend = "give the earlier day first" if to else f"the last tie turns on {last}: begin earlier"
        raise InvalidValue("a stretch that ends before it begins", f"{first} to {last}", mend)
    return [first, *(day for day in turns if first < day <= last)]


def _turns(found: Source, a: str, b: str, since: str | None, to: str | None, every: str | None, format: Format) -> None:
    """The turns of a tie of a table, which says what they are: nothing is estimated."""
    from cordiale.cli.printing import STYLES, Page, put_rows
    from cordiale.dossier.changing import all_events, pair_history

    ends = found.find(a), found.find(b)
    days = _table_days(found, since, to, every)
    shifts = pair_history(found.over, days, *ends, exact=every is None, events=all_events())
    if format is not Format.TABLE:
        put_rows(format, shifts.columns, shifts.rows())
        return
    page = Page()
    page.title(f"{ends[0]} and {ends[1]}: {_count(len(shifts), 'change')} from {days[0]} to {days[-1]}")
    for shift in shifts:
        page.line()
        was, became = int(shift.before), int(shift.after)
        page.line(f"{_when(shift)}: from {_SIDES[was]} to {_SIDES[became]}", STYLES[became] or "bold", hang=2)
        _events(page, shift)


def _show_tie(page: Page, found: Source, answer: TieHistory, quotes: int) -> None:
    from cordiale.cli.printing import words

    names = dict(found.names)
    pair = f"{answer.a.name} and {answer.b.name}"
    if not answer.episodes:
        page.title(f"{pair}: nothing is known of them by {answer.course.days[-1]}")
        page.line("No claim that counts is about the two.", indent=2)
        return
    _head(page, pair, answer.course, len(answer.changes))
    _draw(page, "P(friendly > hostile)", answer.course, 0.0, 1.0)
    for change in answer.changes:
        page.line()
        what = "turned" if change.turn else "shifted, on the same side,"
        page.line(
            f"{_when(change)}: {what} from {words(change.was)} to {words(change.became)}", _style(change), hang=2
        )  # fmt: skip
        page.line(_grounds(change), "dim", indent=2, hang=2)
        _cite(page, change, names, quotes)
        _events(page, change)
    page.line()
    now = answer.episodes[-1]
    if not answer.changes:
        page.line("No source has them change sides, and the level of the evidence shows no shift.", indent=2)
    page.line(f"Since {now.start}: {words(now.stance)}.", indent=2)


def _style(change: TieShift) -> str:
    from cordiale.cli.printing import STYLES

    return STYLES[change.became.sign] or "bold"


def _grounds(change: TieShift) -> str:
    """What speaks for a change of a tie: the levels, its date, and what the evidence shows by itself."""
    levels = f"P(friendly > hostile) {change.before:.2f} before, {change.after:.2f} after"
    gap = f" ({_count(change.missing, 'day')} looked at in between say too little)" if change.missing else ""
    if change.gain is None:
        alone = f"the claims, merely counted, make a turn here {change.probability:.0%} probable"
    else:
        alone = f"the level of the evidence shifts here by itself (gain {change.gain:.1f})"
    return f"{levels}{gap}; {alone}."


def _cite(page: Page, change: TieShift, names: dict[str, str], quotes: int) -> None:
    from cordiale.ties import Cause

    parts: tuple[tuple[str, Sequence[Claim]], ...] = (
        ("", change.claims(quotes, cause=Cause.ARRIVED)),
        ("what had held it before ended, or aged:", change.claims(quotes, cause=Cause.FADED)),
        ("against it:", change.against(min(quotes, 1))),
    )
    for label, claims in parts:
        if claims and label:
            page.line(label, "dim", indent=2)
        for claim in claims:
            page.claim(claim, names, indent=4)


def _show_measure(page: Page, found: Source, answer: MeasureHistory, quotes: int, limit: int) -> None:
    whose = f"The isolation of {answer.actor}" if answer.actor else _TITLES[str(answer.measure)]
    _head(page, whose, answer.course, len(answer.changes))
    values = [value for value in answer.course.values if value is not None]
    if not values:
        page.line("Nothing is known that could be measured on any of these days.", indent=2)
        return
    _draw(page, str(answer.measure), answer.course, min(values), max(values))
    for change in answer.changes:
        page.line()
        way = "rose" if change.after > change.before else "fell"
        page.line(f"{_when(change)}: {way} from {_figure(change.before)} to {_figure(change.after)}", "bold")
        gap = f"{_count(change.missing, 'day')} without a value in between; " if change.missing else ""
        page.line(f"{gap}the two levels fit better than one by {change.gain:.1f}.", "dim", indent=2)
        _events(page, change)
        _turned(page, found, change, quotes, limit)
    if not answer.changes:
        bounds = "" if answer.course.low is None else ", or from its 90 % intervals"
        page.line(f"No shift of its level stands out from its usual steps{bounds}.", indent=2)


_TITLES = {"balance": "Balance", "blocs": "The number of blocs", "hostile": "The share of hostile ties"}


def _turned(page: Page, found: Source, change: MeasureShift, quotes: int, limit: int) -> None:
    """The ties that turned between the two days, those that changed sides first."""
    from cordiale.cli.printing import STYLES

    turned = change.turned
    sides, new = sum(t.before * t.after < 0 for t in turned), sum(t.before == 0 for t in turned)
    gone = len(turned) - sides - new
    page.line(f"Ties that turned in between: {sides} changed sides, {new} new, {gone} gone.", indent=2)
    for tie in turned[:limit]:
        turn = f"{tie.a} and {tie.b}: from {_SIDES[tie.before]} to {_SIDES[tie.after]}"
        page.line(turn, STYLES[tie.after], indent=4, hang=2)
        for claim in tie.claims(min(quotes, 1)) if quotes else ():
            page.claim(claim, dict(found.names), indent=6)
    if len(turned) > limit:
        page.line(f"and {len(turned) - limit} more; show them with --turned {len(turned)}", "dim", indent=4)


def _head(page: Page, what: str, course: Course, changes: int) -> None:
    page.title(f"{what}: {_count(changes, 'change')} from {course.days[0]} to {course.days[-1]}")
    if course.missing:
        page.line(f"{course.missing} of {len(course.days)} days left out: too little is known of them.", "dim")


def _draw(page: Page, label: str, course: Course, low: float, high: float) -> None:
    """The course in one line, blank where there is no value; a mark is the mean of the days that share it."""
    known = [value for value in course.values if value is not None]
    if not known:
        return
    ends = f"{_figure(known[0])} ", f" {_figure(known[-1])}"
    room = max(page.width - len(label) - sum(map(len, ends)) - 4, 10)
    count = min(room, len(course.values))
    edges = [len(course.values) * place // count for place in range(count + 1)]
    marks = []
    for start, end in pairwise(edges):
        part = [value for value in course.values[start:end] if value is not None]
        place = (sum(part) / len(part) - low) / (high - low) if part and high > low else 0.5
        marks.append(_BARS[min(int(place * len(_BARS)), len(_BARS) - 1)] if part else " ")
    from rich.text import Text

    page.text(Text(f"{label}  {ends[0]}{''.join(marks)}{ends[1]}"), indent=2)


def _events(page: Page, change: Shift) -> None:
    if not change.events:
        return
    named = [f"{event.name} ({event.held.start_text})" for event in change.events[:EVENTS]]
    more = [f"{len(change.events) - EVENTS} more"] if len(change.events) > EVENTS else []
    page.line("Began around then: " + "; ".join([*named, *more]), indent=2, hang=2)


def _when(change: Shift) -> str:
    """The day of a change, or the two between which it lies."""
    return str(change.day) if change.day - change.eve <= timedelta(days=1) else f"{change.eve} to {change.day}"


def _figure(value: float) -> str:
    return f"{value:.3g}" if value >= 1 else f"{value:.2f}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number or 'no'} {what}s"


def _object(found: Source, answer: Any, quotes: int, *, tie: bool) -> dict[str, Any]:
    from cordiale.cli.printing import written
    from cordiale.dossier import record

    names = dict(found.names)

    def cited(claims: Sequence[Claim]) -> list[Any]:
        return [record(claim, names).fields() for claim in claims]

    def rows(table: Table[Any]) -> list[dict[str, Any]]:
        return [dict(zip(table.columns, map(written, row), strict=True)) for row in table.rows()]

    course, shown = answer.course, rows(answer.changes)
    empty = (None,) * len(course.days)
    if tie:
        for row, change in zip(shown, answer.changes, strict=True):
            row |= {"claims": cited(change.claims(quotes)), "against": cited(change.against(quotes))}
        head = {"a": answer.a.name, "b": answer.b.name}
        points = zip(course.days, course.values, answer.turns, strict=True)
        cells = [{"day": written(day), "p_friendly": value, "turn": turn} for day, value, turn in points]
    else:
        for row, change in zip(shown, answer.changes, strict=True):
            row["turned"] = [
                {"a": t.a, "b": t.b, "before": t.before, "after": t.after, "claims": cited(t.claims(quotes))}
                for t in change.turned
            ]
        head = {"measure": str(answer.measure), "actor": answer.actor}
        bounds = zip(course.days, course.values, course.low or empty, course.high or empty, strict=True)
        cells = [{"day": written(day), "value": v, "low": low, "high": high} for day, v, low, high in bounds]
    return {**head, "missing": course.missing, "changes": shown, "course": cells}
