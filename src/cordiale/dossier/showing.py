"""How answers show themselves in a notebook: a figure, a few words, and quotes with their sources.

Fragments of HTML that stand alone: no script, nothing from elsewhere. Text from outside is made plain, cut where it has
no end, and escaped. To show never fails: where a dossier is closed, or cannot be asked, that is what is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import numpy as np
from markupsafe import Markup

from cordiale.claims import Claim, Quote
from cordiale.dossier.drawing import (
    called,
    changes_of,
    drawn,
    isolation_course,
    isolation_figure,
    isolation_of,
    level_of,
    made_of,
    source_of,
    stance_of,
    timeline_of,
)
from cordiale.errors import InvalidValue
from cordiale.figures import DrawnTie, Figure, graph, matrix
from cordiale.figures.encoding import MINUS, signed
from cordiale.figures.graph import around
from cordiale.figures.paper import cut
from cordiale.plain import one_line
from cordiale.ties import Stance, weigh
from cordiale.wording import changed, words

if TYPE_CHECKING:
    from cordiale.dossier.answers import Outlook, SourcedChange, SourcedEpisode, SourcedTie, Sources, Who
    from cordiale.dossier.front import Dossier
    from cordiale.dossier.mapping import Desk, IsolationTable, NamedSnapshot
    from cordiale.dossier.selections import Claims
    from cordiale.dossier.shifts import MeasureHistory, TieHistory
    from cordiale.dossier.tables import Table

T = TypeVar("T")

CLAIMS = 3
"""Claims that are shown of a tie."""
ROWS = 20
"""Rows that are shown of a table."""
ACTORS = 120
"""Actors of a graph, those with the most ties."""
QUOTED = 200
"""Claims whose marks stand in a timeline."""
MANY = 200_000
"""Claims past which nothing is shown that looks at each of them: nobody asked for it, so it may not take long."""
CELL, QUOTE = 160, 600
"""Characters of a cell and of a quote that are shown."""

Shape = Literal["graph", "matrix"]

_TEXT, _DAY = Markup(' style="text-align: left"'), Markup(' style="text-align: left; white-space: nowrap"')
_NUMBER, _DATE = re.compile(r"[+−]?[\d.,]+"), re.compile(r"\d{4}(-\d\d){0,2}")


def safely(answer: T, sources: object, show: Callable[[T], str]) -> str:
    """What is shown of an answer; where that cannot be made, why not, with the answer as text where there is one."""
    if getattr(sources, "closed", False):
        why = f"{called(cast('Desk', sources))} is closed; open it again with cordiale.open(...)."
        return str(_plainly(answer) + _said(why)) if answer is not sources else str(_said(why))
    try:
        return show(answer)
    except Exception as error:  # noqa: BLE001 -- whatever it was: a traceback would stand where an answer is asked for
        return str(_plainly(answer) + _said(f"It cannot be shown otherwise: {error}"))


def drawn_safely(sources: object, draw: Callable[[], Figure]) -> str | None:
    """A figure as SVG; None, by which a notebook takes the text instead, where it cannot be drawn."""
    if getattr(sources, "closed", False):
        return None
    try:
        return draw().svg
    except Exception:  # noqa: BLE001 -- as above
        return None


def of_dossier(dossier: Dossier) -> str:
    """What a dossier holds, and how to ask it. Nothing is weighed."""
    counts = dossier.store.counts()
    if not counts.claims:
        return str(
            _head(called(dossier)) + _said('Nothing was read yet: dossier.read("article.html"), or dossier.load(...).')
        )
    held = ((count, name) for name, count in (
        ("documents", counts.documents), ("datasets", counts.datasets), ("claims", counts.claims),
        ("actors", counts.actors), ("reviews", counts.reviews),
    ))  # fmt: skip
    told = ", ".join(f"{count:,} {name if count != 1 else name[:-1]}" for count, name in held)
    if counts.claims > MANY:
        return str(
            _head(called(dossier)) + _said(f"{told}. Who they are about: dossier.actors().") + _asked("…", "2012")
        )
    columns = dossier.store.columns()
    if not len(columns):
        return str(_head(called(dossier)) + _said(f"{told}; no claim counts: see dossier.claims(unclear=True)."))
    times = np.bincount(np.concatenate([columns.subject, columns.object]), minlength=len(columns.actors))
    best = [columns.actors[place] for place in np.argsort(-times, kind="stable")[: ROWS // 2]]
    actors, count = dossier.catalogue(), dict(zip(columns.actors, times.tolist(), strict=True))
    rows = [(actors[key].name, words(actors[key].kind), count[key]) for key in best]
    spans = f"Published {_span(columns.known)}"
    days = np.concatenate([columns.start, columns.end - (columns.end > 0)])
    if (days > 0).any():
        spans += f"; they speak of {_span(days)}"
    middle = date.fromordinal(int(np.median(columns.known[columns.known > 0]))).isoformat()[:7]
    said = _head(called(dossier)) + _said(f"{told}. {spans}. Most claims are about:")
    return str(said + _table(("Actor", "Kind", "Claims"), rows, len(rows)) + _asked(rows[0][0], middle))


def snapshot_figure(snapshot: NamedSnapshot, desk: Desk, shape: Shape, focus: str | None) -> Figure:
    """The ties of a day as a graph or a matrix; of many actors those with the most ties."""
    if shape not in ("graph", "matrix"):
        raise InvalidValue("the shape of a map", shape, "use graph or matrix")
    ties = [drawn(tie) for tie in snapshot.at_a_glance()]
    actors = desk.catalogue()
    notes = [made_of(desk, snapshot.at, snapshot.known)]
    centre = None if focus is None else snapshot.id_of(focus)
    if centre is not None:
        ties = around(centre, ties)  # laid out by themselves, over the whole picture
    names = {end: actors[end].name for tie in ties for end in (tie.a, tie.b)}
    if centre is not None:
        names.setdefault(centre, actors[centre].name)
    if shape == "matrix":
        return matrix(ties, names, at=snapshot.at, notes=notes)
    ties, left = _most_tied(ties, centre)
    if left:
        notes.append(f"Shown are the {ACTORS} actors with the most ties; {left:,} are left out.")
    return graph(ties, names, at=snapshot.at, focus=centre, notes=notes)


def _most_tied(ties: list[DrawnTie], centre: str | None) -> tuple[list[DrawnTie], int]:
    """The ties among as many actors as a graph can show, and how many actors are left out."""
    degrees = Counter(end for tie in ties if tie.stance is not Stance.UNKNOWN for end in (tie.a, tie.b))
    if len(degrees) <= ACTORS:
        return ties, 0
    kept = set(sorted(degrees, key=lambda key: (key != centre, -degrees[key], key))[:ACTORS])
    return [tie for tie in ties if tie.a in kept and tie.b in kept], len(degrees) - ACTORS


def tie_figure(tie: SourcedTie) -> Figure:
    """A tie's history, with what each source says of it."""
    return timeline_of(_desk(tie.sources), tie, tie.claims(QUOTED))


def who_figure(who: Who) -> Figure:
    """An actor's two sides."""
    return stance_of(_desk(who.sources), who)


def outlook_figure(outlook: Outlook) -> Figure:
    """An actor's isolation up to the day of the question, with its changes."""
    desk, known, at = _desk(outlook.sources), outlook.now.known, outlook.now.at
    if at is None:
        raise InvalidValue("an outlook without a day", outlook.actor.name, "ask a dossier")
    evidence = weigh(desk.store.columns(known=known), known=known)
    course, history = isolation_course(desk, evidence, outlook.actor, at)
    return isolation_figure(desk, evidence, outlook.actor, course, history)


def isolation_table_figure(table: IsolationTable, sources: Desk | None) -> Figure:
    """The course of one actor, with its changes."""
    actors = {one.actor for one in table}
    if sources is None or len(actors) != 1:
        raise InvalidValue("a line of isolation", f"{len(actors)} actors", "ask a dossier for the isolation of one")
    return isolation_of(sources, sources.catalogue()[actors.pop()].name, table)


def tie_history_figure(history: TieHistory) -> Figure:
    """How a tie went, by whom, with its changes."""
    if history.sources is None:
        raise InvalidValue("a figure without sources", history.a.name, "ask a dossier for the changes")
    numbers = dict.fromkeys(number for one in history.episodes for number in one.numbers)
    return changes_of(_desk(history.sources), history, tuple(history.sources.drawn(islice(numbers, QUOTED))))


def measure_history_figure(history: MeasureHistory) -> Figure:
    """How a measure went, with its changes."""
    last = history.course.days[-1]
    return level_of(history, [made_of(_desk(history.sources), last, history.known)] if history.sources else [])


def of_snapshot(snapshot: NamedSnapshot) -> str:
    """The graph of a day."""
    return snapshot.figure().svg


def of_tie(tie: SourcedTie) -> str:
    """A tie's history, how it stands, and its weightiest claims."""
    told = f"{tie.a.name} and {tie.b.name} on {tie.tie.at}: {words(tie.stance)}"
    told += f" since {tie.since}" if tie.since else ""
    told += f"; weight {signed(tie.weight)}, certainty {tie.certainty:.2f}" + ("; disputed" if tie.disputed else "")
    if not tie.tie.claims:
        made = made_of(_desk(tie.sources), tie.tie.at, tie.tie.known)
        return str(_head(f"{tie.a.name} and {tie.b.name}: nothing is known of the two") + _said(made))
    return str(Markup(tie_figure(tie).svg) + _said(told + ".") + _told(tie, tie.claims(CLAIMS), len(tie.tie.claims)))


def of_episode(episode: SourcedEpisode) -> str:
    """A stretch of a tie's history, and the claims that began it."""
    stance, start = words(episode.stance).capitalize(), episode.start
    told = f"{stance} from {start} to {episode.end}" if episode.end else f"{stance} since {start}"
    began = "What faded" if episode.cause == "faded" else "What began it"
    claims = episode.because(CLAIMS)
    said = f"By {_many(len(episode.numbers), 'claim')}. {began}:" if claims else "No claim speaks for it."
    return str(_head(told) + _said(said) + _told(episode, claims, len(episode.because_numbers), "because"))


def of_change(change: SourcedChange) -> str:
    """An ally gained or lost, and the claims that brought it."""
    way = "gained" if change.sign > 0 else "lost"
    told = f"{change.actor.name} {way} on {change.day}: {words(change.before)} to {words(change.after)}"
    return str(_head(told) + _told(change, change.claims(CLAIMS), len(change.numbers)))


def of_who(who: Who) -> str:
    """An actor's two sides, and all its ties as a table."""
    shown, total = who.ties[:ROWS], len(who.ties)
    rows = [
        (t.b.name, words(t.stance), signed(t.weight), f"{t.certainty:.2f}", t.since, len(t.tie.claims)) for t in shown
    ]
    member = ", ".join(bloc.name for bloc in who.blocs)
    said = _said(f"Member, by the catalogue, of: {member}.") if member else Markup("")
    table = _table(("Actor", "Stance", "Weight", "Certainty", "Since", "Claims"), rows, total) if rows else Markup("")
    return str(Markup(who_figure(who).svg) + said + table)


def of_outlook(outlook: Outlook) -> str:
    """Whether an actor is running out of allies, and why; its isolation over time, where that takes no time."""
    lines = Markup("").join(Markup("<li>{}</li>").format(one_line(reason)) for reason in outlook.reasons)
    asked = f"Is {outlook.actor.name} running out of allies on {outlook.now.at}? {str(outlook.answer).capitalize()}."
    said = _head(asked) + Markup("<ul>{}</ul>").format(lines)
    few = _desk(outlook.sources).store.counts().claims <= MANY
    return str(said + Markup(outlook_figure(outlook).svg)) if few else str(said)


def of_isolations(table: IsolationTable) -> str:
    """Isolations as a table, and those of one actor on several days as a line above it."""
    one = table.sources is not None and len(table) > 1 and len({found.actor for found in table}) == 1
    return (table.figure().svg if one else "") + of_table(table)


def of_table(table: Table[Any]) -> str:
    """The first rows of a table, and how many more there are."""
    return str(_table(table.columns, table[:ROWS].rows(), len(table)))


def of_claims(claims: Claims) -> str:
    """The first claims with their quotes, and how many more there are."""
    from cordiale.dossier.selections import SHOWN

    first = type(claims)(claims.numbers[:ROWS], claims.drawer).records()
    return str(_table(SHOWN, [tuple(getattr(found, name) for name in SHOWN) for found in first], len(claims)))


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]], total: int) -> Markup:
    """Rows as a table, and how many more there are. Numbers stand to the right, where a notebook puts everything."""
    cells = [[_cell(value) for value in row] for row in rows]
    sides = [_side([row[n] for row in cells if row[n]]) for n in range(len(columns))]
    heads = zip(sides, columns, strict=True)
    head = Markup("").join(Markup('<th scope="col"{}>{}</th>').format(side, _cell(name)) for side, name in heads)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td{}>{}</td>").format(side, cell) for side, cell in zip(sides, row, strict=True))
        )
        for row in cells
    )
    table = Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body)
    left = total - len(cells)
    return table + (_said(f"And {_many(left, 'row')} more.") if left > 0 else Markup(""))


def _side(cells: Sequence[str]) -> Markup:
    if all(_NUMBER.fullmatch(cell) for cell in cells):
        return Markup("")
    return _DAY if all(_DATE.fullmatch(cell) for cell in cells) else _TEXT


def _told(answer: Any, claims: Sequence[Claim], total: int, how: str = "claims") -> Markup:
    """Claims with their quotes and sources, and how to see the rest."""
    names = _desk(answer.sources).catalogue()
    found = Markup("")
    for claim in claims:
        told = f"{names[claim.subject].name} {words(claim.relation.name)} {names[claim.object].name}{changed(claim)}"
        hedge = "" if claim.certainty == "asserted" else f", {claim.certainty}"
        if not isinstance(claim.evidence, Quote):
            found += _said(f"{told}{hedge} ({source_of(claim)}, row {claim.evidence.row})")
            continue
        found += Markup("<blockquote><p>“{}”</p><footer>{}, {}: {}</footer></blockquote>").format(
            cut(claim.evidence.text, QUOTE), cut(source_of(claim), CELL), claim.published or "no date",
            one_line(told + hedge),
        )  # fmt: skip
    left = total - len(claims)
    return found + (_said(f"And {_many(left, 'claim')} more: .{how}()") if left > 0 else Markup(""))


def _plainly(answer: object) -> Markup:
    try:
        return Markup("<pre>{}</pre>").format("\n".join(one_line(line) for line in repr(answer).splitlines()))
    except Exception:  # noqa: BLE001 -- then there is nothing but the reason
        return Markup("")


def _asked(actor: str, at: str) -> Markup:
    """What to ask next."""
    named = actor.replace("\\", "\\\\").replace('"', '\\"')
    return Markup("<p>Ask it: <code>{}</code></p>").format(
        one_line(f'dossier.who("{named}", at="{at}"), dossier.tie("…", "…"), dossier.snapshot("{at}")')
    )


def _span(days: Any) -> str:
    known = days[days > 0]
    return f"{date.fromordinal(int(known.min()))} to {date.fromordinal(int(known.max()))}"


def _desk(sources: Sources) -> Desk:
    """What answers are drawn from: the dossier that gave them."""
    return cast("Desk", sources)


def _head(text: str) -> Markup:
    return Markup("<p><strong>{}</strong></p>").format(one_line(text))


def _said(text: str) -> Markup:
    return Markup("<p>{}</p>").format(one_line(text))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (f"{value:.3g}" if isinstance(value, float) else str(value)).replace("-", MINUS)
    if isinstance(value, list | tuple):
        return cut(", ".join(map(str, value)), CELL) if value else ""
    return cut(str(value), CELL)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
