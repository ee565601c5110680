"""From a dossier to a brief: what is asked, what is shown of the answers, and in which order sources are numbered.

Nothing is weighed, read or drawn here. A report must stay readable whoever it is about: ties, turns and quotes are
bounded, and what is left out is counted. Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cordiale.claims import Actor
from cordiale.dossier.drawing import courses_of, stance_of, timeline_of
from cordiale.errors import InvalidValue, UnknownName
from cordiale.reports import sentences
from cordiale.reports.brief import Brief, Row, ToldTie
from cordiale.reports.citations import of_report
from cordiale.reports.quoting import Register
from cordiale.reports.state import state_of
from cordiale.reports.turning import told, turned, turns
from cordiale.ties import Stance, weigh
from cordiale.wording import words

if TYPE_CHECKING:
    from cordiale.dossier import Dossier, Outlook, SourcedTie, Who

STRONGEST, DISPUTED, LOST = 8, 8, 4
"""Ties that are told of, at most: the strongest, those disputed besides, allies lost in the year before."""
QUOTES = 8
"""Quotes of a tie; of one in dispute, twice as many."""
ROWS, TURNS, MARKS = 40, 40, 200
"""Ties in the table, turning points, claims on a timeline."""
TIMELINES = 3
"""Claims of a tie from which on a timeline shows more than its sentence says."""


def brief_of(dossier: Dossier, actor: str, *, at: date | str | None = None, known: date | str | None = None) -> Brief:
    """The brief on an actor on a day, as known on a day. An actor that no claim names has one that says so.

    Raises `UnknownName` with the near names, `InvalidValue` where several bear the name.
    """
    who = dossier.who(actor, at, known)
    columns = dossier.store.columns(known=who.known)
    state = state_of(dossier, columns, who.known)
    evidence = weigh(columns, known=who.known)
    outlook = _outlook(dossier, who)
    shown = _chosen(who, outlook)
    register = Register(dossier.names())
    changed, earlier = turns([tie for _, tie in shown], TURNS, register)
    ties = tuple(_told(dossier, group, tie, register) for group, tie in shown)
    anchors = {tie.other.id: tie.anchor for tie in ties}

    def anchor(a: str, b: str) -> str | None:
        other = b if a == who.actor.id else a
        return f"#{anchors[other]}" if other in anchors else None

    drawn = (stance_of(dossier, who, anchor), *courses_of(dossier, evidence, who.actor, who.at)) if who.ties else ()
    known_ties = _known(who)
    rows = _rows(known_ties)
    title = f"{who.actor.name} on {who.at}"
    return Brief(
        actor=who.actor, at=who.at, known=who.known, made=dossier.today(), title=title, about=_about(who),
        answer=tuple(sentences.answer(who)), question="" if outlook is None else sentences.question(outlook),
        reasons=() if outlook is None else tuple(sentences.reasons(outlook)), figures=drawn,
        rows=tuple(_row(tie, anchors) for tie in rows), rows_left=len(known_ties) - len(rows),
        turns=changed, turns_left=earlier, ties=ties,
        ties_left=len({tie.b.id for _, tie in known_ties} - set(anchors)),
        unknown=tuple(
            sentences.unknown(who, ties, dossier.store.columns(actor=who.actor.id, known=who.known),
                              register.references)
        ),
        method=sentences.METHOD, references=register.references, itself=of_report(title, state, dossier.today()),
        state=state,
    )  # fmt: skip


def _outlook(dossier: Dossier, who: Who) -> Outlook | None:
    """Whether it runs out of allies; None where nobody can ask: no claim names it, or the calendar is too short."""
    try:
        return dossier.running_out_of_allies(who.actor.id, who.at, known=who.known)
    except (UnknownName, InvalidValue):
        return None


def _about(who: Who) -> str:
    blocs = sentences.listed(bloc.name for bloc in who.blocs)
    return words(who.actor.kind).capitalize() + (f"; member, by the catalogue, of {blocs}" if blocs else "")


def _known(who: Who) -> list[tuple[str, SourcedTie]]:
    """The ties of which something is known, by group."""
    groups = (
        ("Allies", who.allies), ("Adversaries", who.adversaries), ("Neutral", who.neutral), ("Disputed", who.disputed),
    )  # fmt: skip
    return [(group, tie) for group, ties in groups for tie in ties]


def _chosen(who: Who, outlook: Outlook | None) -> list[tuple[str, SourcedTie]]:
    """The ties that are told of, by group: the strongest, the disputed, and allies lost in the year before."""
    found = _known(who)
    ranked = _ranked(found)
    kept = {tie.b.id for tie in ranked[:STRONGEST]}
    split = [tie for tie in ranked if _split(tie) and tie.b.id not in kept]
    kept |= {tie.b.id for tie in split[:DISPUTED]}
    lost = [change.actor.id for change in outlook.lost] if outlook else []
    known = {tie.b.id for _, tie in found}
    kept |= {one for one in lost[-LOST:] if one in known}
    gone = [("No longer allies", tie) for tie in who.unknown if tie.b.id in lost]
    return [one for one in found if one[1].b.id in kept] + gone[:LOST]


def _ranked(ties: list[tuple[str, SourcedTie]]) -> list[SourcedTie]:
    """Ties by their strength."""
    return sorted((tie for _, tie in ties), key=lambda tie: (-abs(tie.weight), -tie.certainty, tie.b.id))


def _rows(ties: list[tuple[str, SourcedTie]]) -> list[SourcedTie]:
    """The ties of the table, by group: all, or the disputed and the strongest."""
    kept = {tie.b.id for tie in sorted(_ranked(ties), key=lambda tie: not _split(tie))[:ROWS]}
    return [tie for _, tie in ties if tie.b.id in kept]


def _split(tie: SourcedTie) -> bool:
    """Whether its sources stand against each other."""
    return tie.disputed or tie.stance is Stance.CONTESTED


def _told(dossier: Dossier, group: str, tie: SourcedTie, register: Register) -> ToldTie:
    claims = tie.claims(MARKS)
    said = register.said(claims)
    split = _split(tie)
    most = QUOTES * 2 if split else QUOTES
    timeline = timeline_of(dossier, tie, claims)
    return ToldTie(
        other=tie.b, group=group, stance=told(tie.stance), sign=tie.tie.sign, since=tie.since, weight=tie.weight,
        certainty=tie.certainty, claims=len(tie.tie.claims), disputed=split, history=timeline.title,
        figure=timeline if len(claims) >= TIMELINES or len(turned(tie)) > 1 else None, quotes=said[:most],
        left=len(tie.tie.claims) - sum(len(one.ids) for one in said[:most]),
    )  # fmt: skip


def _row(tie: SourcedTie, anchors: dict[str, str]) -> Row:
    other: Actor = tie.b
    return Row(
        other=other, stance=told(tie.stance), sign=tie.tie.sign, since=tie.since, weight=tie.weight,
        certainty=tie.certainty, claims=len(tie.tie.claims), anchor=anchors.get(other.id),
        disputed=_split(tie),
    )  # fmt: skip
