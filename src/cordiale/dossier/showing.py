"""How answers show themselves in a notebook: a figure, a few words, and quotes with their sources.

Fragments of HTML that stand alone: no script, nothing from elsewhere. Text from outside is made plain and escaped. To
show never fails: where a dossier cannot be asked any more, that is what is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from markupsafe import Markup, escape

from cordiale.claims import Actor, Claim, Quote
from cordiale.dossier.drawing import drawn, made_of, source_of, stance_of, timeline_of
from cordiale.errors import CordialeError, InvalidValue
from cordiale.figures import Figure, graph, matrix
from cordiale.figures.encoding import signed
from cordiale.figures.graph import around
from cordiale.plain import one_line
from cordiale.wording import changed, words

if TYPE_CHECKING:
    from cordiale.dossier.answers import Outlook, SourcedTie, Who
    from cordiale.dossier.front import Dossier
    from cordiale.dossier.mapping import Desk, NamedSnapshot

CLAIMS = 3
"""Claims that are shown of a tie."""
ROWS = 20
"""Rows that are shown of a table."""
ACTORS = 120
"""Actors of a graph, those with the most ties."""
QUOTED = 200
"""Claims whose marks stand in a timeline."""

Shape = Literal["graph", "matrix"]


def safely(make: Callable[[], str]) -> str:
    """What is shown; where it cannot be made, why not."""
    try:
        return make()
    except CordialeError as error:
        return str(_said(str(error)))


def of_dossier(dossier: Dossier) -> str:
    """What a dossier holds, and how to ask it. Nothing is weighed."""
    counts = dossier.store.counts()
    if not counts.claims:
        return str(
            _head(dossier.name) + _said('Nothing was read yet: dossier.read("article.html"), or dossier.load(...).')
        )
    held = ((count, name) for name, count in (
        ("documents", counts.documents), ("datasets", counts.datasets), ("claims", counts.claims),
        ("actors", counts.actors), ("reviews", counts.reviews),
    ))  # fmt: skip
    told = ", ".join(f"{count:,} {name if count != 1 else name[:-1]}" for count, name in held)
    best = dossier.actors()[: ROWS // 2]
    rows = [(one.actor.name, words(one.actor.kind), one.claims) for one in best]
    table = rows_of(("Actor", "Kind", "Claims"), rows, len(rows))
    ask = f'dossier.who("{best[0].actor.name}", at="2012-06"); dossier.tie("…", "…"); dossier.snapshot("2012")'
    return str(_head(dossier.name) + _said(f"{told}. Most claims are about:") + Markup(table) + _said(f"Ask it: {ask}"))


def snapshot_figure(snapshot: NamedSnapshot, desk: Desk, shape: Shape, focus: str | None) -> Figure:
    """The ties of a day as a graph or a matrix; of many actors those with the most ties."""
    ties = [drawn(tie) for tie in snapshot.at_a_glance()]
    names = {key: desk.catalogue()[key].name for key in snapshot.actors}
    notes = [made_of(desk, snapshot.at, snapshot.known)]
    centre = None if focus is None else snapshot.id_of(focus)
    ties = ties if centre is None else around(centre, ties)  # laid out by themselves, over the whole picture
    if shape not in ("graph", "matrix"):
        raise InvalidValue("the shape of a map", shape, "use graph or matrix")
    if shape == "matrix":
        return matrix(ties, names, at=snapshot.at, notes=notes)
    if centre is None and len(snapshot.actors) > ACTORS:
        degrees = Counter(end for tie in ties for end in (tie.a, tie.b))
        kept = set(sorted(degrees, key=lambda key: (-degrees[key], key))[:ACTORS])
        ties = [tie for tie in ties if tie.a in kept and tie.b in kept]
        notes.append(f"Shown are the {ACTORS} actors with the most ties; {len(degrees) - ACTORS:,} are left out.")
    return graph(ties, names, at=snapshot.at, focus=centre, notes=notes)


def tie_figure(tie: SourcedTie) -> Figure:
    """A tie's history, with what each source says of it."""
    return timeline_of(cast("Desk", tie.sources), tie, tie.claims(QUOTED))


def who_figure(who: Who) -> Figure:
    """An actor's two sides."""
    return stance_of(cast("Desk", who.sources), who)


def of_tie(tie: SourcedTie) -> str:
    """A tie's history, how it stands, and its weightiest claims."""
    claims = tie.claims(CLAIMS)
    told = f"{tie.a.name} and {tie.b.name} on {tie.tie.at}: {words(tie.stance)}"
    told += f" since {tie.since}" if tie.since else ""
    told += f"; weight {signed(tie.weight)}, certainty {tie.certainty:.2f}" + ("; disputed" if tie.disputed else "")
    more = len(tie.tie.claims) - len(claims)
    figure = Markup(tie_figure(tie).svg) if tie.tie.claims else Markup("")
    rest = _said(f"And {more:,} more: tie.claims()") if more > 0 else Markup("")
    names = cast("Desk", tie.sources).catalogue()
    return str(figure + _said(told + ".") + Markup("").join(_quoted(claim, names) for claim in claims) + rest)


def of_who(who: Who) -> str:
    """An actor's two sides, and all its ties as a table."""
    rows = [(t.b.name, words(t.stance), signed(t.weight), f"{t.certainty:.2f}", t.since) for t in who.ties]
    table = rows_of(("Actor", "Stance", "Weight", "Certainty", "Since"), rows[:ROWS], len(rows))
    return str(Markup(who_figure(who).svg) + Markup(table))


def of_outlook(outlook: Outlook) -> str:
    """Whether an actor is running out of allies, and why."""
    lines = Markup("").join(Markup("<li>{}</li>").format(one_line(reason)) for reason in outlook.reasons)
    asked = f"Is {outlook.actor.name} running out of allies on {outlook.now.at}? {str(outlook.answer).capitalize()}."
    return str(_head(asked) + Markup("<ul>{}</ul>").format(lines))


def rows_of(columns: Sequence[str], rows: Iterable[Sequence[Any]], total: int) -> str:
    """Rows as a table, and how many there are in all where these are not all."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(column) for column in columns)
    given = [tuple(row) for row in rows]
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(_cell(value)) for value in row))
        for row in given
    )
    table = Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body)
    left = total - len(given)
    return str(table + (_said(f"And {left:,} rows more.") if left > 0 else Markup("")))


def _quoted(claim: Claim, names: Mapping[str, Actor]) -> Markup:
    told = f"{names[claim.subject].name} {words(claim.relation.name)} {names[claim.object].name}{changed(claim)}"
    if not isinstance(claim.evidence, Quote):
        return _said(f"{told} ({source_of(claim)}, row {claim.evidence.row})")
    return Markup("<blockquote><p>“{}”</p><footer>{}, {}: {}</footer></blockquote>").format(
        one_line(claim.evidence.text), one_line(source_of(claim)), claim.published or "no date", told
    )


def _head(text: str) -> Markup:
    return Markup("<p><strong>{}</strong></p>").format(one_line(text))


def _said(text: str) -> Markup:
    return Markup("<p>{}</p>").format(one_line(text))


def _cell(value: Any) -> Markup:
    if value is None:
        return escape("")
    return escape(one_line(f"{value:.3g}" if isinstance(value, float) else str(value)))
