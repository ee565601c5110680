"""From evidence to the answers of a dossier: who stands with whom, a tie and its history, isolation, by names.

Each answer is made from evidence weighed once, and keeps the numbers of the claims behind it. Pure but for what the
desk draws. Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import Actor, Event
from cordiale.dossier.answers import TIE_COLUMNS, Outlook, SourcedChange, SourcedEpisode, SourcedTie, Sources, Who
from cordiale.dossier.tables import Table, frame
from cordiale.errors import InvalidValue, UnknownName
from cordiale.networks import (
    AllyChange,
    Balance,
    Bloc,
    Dependency,
    Isolation,
    Pressure,
    Supposed,
    Tension,
    WhatIf,
    balance_of,
    dependency,
    isolation_of_everyone,
    isolation_over_time,
    pressures,
    running_out_of_allies,
    tensions,
    what_if,
    with_stances,
)
from cordiale.networks.running_out import YEAR
from cordiale.ties import Evidence, Snapshot, Stance, Tie, episodes_of

if TYPE_CHECKING:
    import pandas

    from cordiale.actors import Catalogue
    from cordiale.dossier.showing import Shape
    from cordiale.figures import Figure
    from cordiale.store import Store


class Desk(Sources, Protocol):
    """What answers need of a dossier."""

    store: Store
    scope: str
    closed: bool

    def find(self, name: str) -> Actor:
        """The actor of a name or an id."""

    def catalogue(self) -> Catalogue:
        """Every actor, by id."""

    def events(self) -> tuple[Event, ...]:
        """The dossier's own events."""


class NamedSnapshot(Snapshot):
    """All ties on a day, asked by the names that people use. An actor without claims has no ties: no error.

    An actor that had ended by then, such as a state that is no more, has none either, whatever claims left open.
    """

    def __init__(self, evidence: Evidence, *, at: date, desk: Desk, ties: NDArray[np.int64] | None = None) -> None:
        asked = np.arange(len(evidence)) if ties is None else ties
        super().__init__(evidence, at=at, ties=asked[last_days(evidence, desk)[asked] >= at.toordinal()])
        self._desk = desk

    def id_of(self, actor: str) -> str:
        """The id of the actor of a name or an id."""
        return self._desk.find(actor).id

    def places(self, actor: str) -> NDArray[np.int64]:
        """The places, in the order of iteration, of an actor's ties."""
        key = self.id_of(actor)
        return super().places(key) if key in self._evidence.columns.actors else np.zeros(0, dtype=np.int64)

    def tie(self, a: str, b: str) -> Tie:
        """The tie of two actors; an `UnknownName` where no claim names one of them."""
        return super().tie(self.id_of(a), self.id_of(b))

    def balance(self, **how: Any) -> Balance:
        """How balanced the ties are; see `networks.balance_of`."""
        return balance_of(self, **how)

    def pressures(self, **how: Any) -> tuple[Pressure, ...]:
        """The pressure on every tie; see `networks.pressures`."""
        return pressures(self, **how)

    def what_if(self, *pairs: tuple[str, str], sign: int, **how: Any) -> WhatIf:
        """What would be different if ties were friendly (1), hostile (-1) or ended (0); see `networks.what_if`."""
        return what_if(self, [Supposed(a=self.id_of(a), b=self.id_of(b), sign=sign) for a, b in pairs], **how)

    def leaving(self, actor: str, bloc: str) -> tuple[Supposed, ...]:
        """What it would be for an actor to leave a bloc: none of its ties to the bloc and its members that are
        friendly now. An `InvalidValue` where it is no member on that day, or no such tie is known."""
        key, left = self.id_of(actor), self._desk.find(bloc)
        members = next((set(one.members) for one in self.member_blocs() if one.name == left.id), set[str]())
        if key not in members:
            raise InvalidValue(f"the actor who leaves {left.name}", actor, f"name one who is a member on {self.at}")
        ties = [tie for tie in self.ties(key) if tie.sign > 0 and tie.other(key) in {*members, left.id}]
        if not ties:
            mend = f"nothing would differ: no friendly tie of it to a member is known on {self.at}"
            raise InvalidValue(f"the actor who leaves {left.name}", actor, mend)
        return tuple(Supposed(a=tie.a, b=tie.b, sign=0) for tie in ties)

    def depends(self, actor: str, **how: Any) -> Dependency:
        """On whom an actor depends, by the claims of who gives it what; see `networks.dependency`."""
        from cordiale.dossier.measuring import flows

        key = self.id_of(actor)
        return dependency(flows(self._desk, self, key), key, **how)

    def member_blocs(self) -> tuple[Bloc, ...]:
        """The blocs of the catalogue and of claims that have members here."""
        from cordiale.dossier.measuring import blocs

        return blocs(self._desk, self)

    def named_blocs(self) -> tuple[Bloc, ...]:
        """The same blocs with the stances that their ties show."""
        return with_stances(self, self.member_blocs())

    def tensions(self, **how: Any) -> tuple[Tension, ...]:
        """The tension between every two of those blocs; see `networks.tensions`."""
        return tensions(self.named_blocs(), **how)

    def figure(self, shape: Shape = "graph", focus: str | None = None) -> Figure:
        """The ties as a graph or a matrix; with `focus` those around an actor, by name or id."""
        from cordiale.dossier.showing import snapshot_figure

        return snapshot_figure(self, self._desk, shape, focus)

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_snapshot, safely

        return safely(self, self._desk, of_snapshot)

    def frame(self) -> pandas.DataFrame:
        """Every tie as a pandas data frame; `MissingExtra` where pandas is not installed."""
        actors = self._desk.catalogue()
        ties = (SourcedTie(a=actors[tie.a], b=actors[tie.b], tie=tie, sources=self._desk) for tie in self)
        return frame(TIE_COLUMNS, [tie.row() for tie in ties])


def who(desk: Desk, evidence: Evidence, actor: Actor, *, at: date, known: date | None) -> Who:
    """Who stands with an actor on a day. An actor that no claim names has no ties: no error."""
    actors = desk.catalogue()
    found: tuple[Tie, ...] = ()
    number = _number(evidence, actor)
    if number is not None:
        own = np.flatnonzero((evidence.a == number) | (evidence.b == number))
        found = Snapshot(evidence, at=at, ties=own).ties(actor.id)
    ties = [SourcedTie(a=actor, b=actors[t.other(actor.id)], tie=t, sources=desk, evidence=evidence) for t in found]

    def group(*stances: Stance) -> tuple[SourcedTie, ...]:
        return tuple(tie for tie in ties if tie.stance in stances and not ended(tie.b, at))

    return Who(
        actor=actor,
        at=at,
        known=known,
        allies=group(Stance.FRIENDLY, Stance.LEANING_FRIENDLY),
        adversaries=group(Stance.HOSTILE, Stance.LEANING_HOSTILE),
        neutral=group(Stance.NEUTRAL),
        disputed=group(Stance.CONTESTED),
        unknown=group(Stance.UNKNOWN),
        gone=tuple(tie for tie in ties if ended(tie.b, at)),
        blocs=tuple(actors.blocs(actor.id, at)),
        sources=desk,
    )


def last_days(evidence: Evidence, desk: Desk) -> NDArray[np.int64]:
    """The ordinal of the last day on which both actors of each tie of the evidence were there."""
    actors = desk.catalogue()
    ends = (actors[key].held.end for key in evidence.columns.actors)
    last = np.array([date.max.toordinal() if end is None else end.toordinal() - 1 for end in ends], dtype=np.int64)
    return np.minimum(last[evidence.a], last[evidence.b])


def ended(actor: Actor, at: date) -> bool:
    """Whether an actor was no more on a day."""
    return actor.held.end is not None and actor.held.end <= at


def sourced_tie(desk: Desk, evidence: Evidence, a: Actor, b: Actor, *, at: date, known: date | None) -> SourcedTie:
    """The tie of two actors on a day; an unknown one where nothing is known of the pair."""
    numbers = _number(evidence, a), _number(evidence, b)
    found = None
    if numbers[0] is not None and numbers[1] is not None:
        found = evidence.find(numbers[0], numbers[1])
    if found is None:
        low, high = sorted((a.id, b.id))
        nothing = Tie(
            a=low, b=high, at=at, known=known, stance=Stance.UNKNOWN, p_friendly=0.5, weight=0.0, certainty=0.0,
            evidence=0.0, ambivalence=0.0, disputed=False, divergence=None,
        )  # fmt: skip
        return SourcedTie(a=a, b=b, tie=nothing, sources=desk)
    tie = Snapshot(evidence, at=at, ties=np.array([found])).tie(a.id, b.id)
    return SourcedTie(a=a, b=b, tie=tie, sources=desk, evidence=evidence)


def sourced_episodes(desk: Desk, tie: Tie, evidence: Evidence) -> tuple[SourcedEpisode, ...]:
    """The history of a tie up to its day."""
    actors = evidence.columns.actors
    found = evidence.find(actors.index(tie.a), actors.index(tie.b))
    if found is None:
        return ()
    return tuple(
        SourcedEpisode(
            start=episode.start,
            end=episode.end,
            stance=episode.stance,
            cause=episode.cause,
            numbers=episode.claims,
            because_numbers=episode.because,
            sources=desk,
        )
        for episode in episodes_of(evidence, found, until=tie.at)
    )


ISOLATION_COLUMNS = (
    "actor", "at", "isolation", "low", "high", "support", "hostility", "effective_allies", "top_ally",
    "top_ally_share", "exposure", "evidence",
)  # fmt: skip
"""The columns of a table of isolation."""


def isolation_table(desk: Desk, actor: Actor, dates: Sequence[date], *, known: date | None) -> Table[Isolation]:
    """The isolation of an actor on these days."""
    columns = desk.store.columns(known=known)
    _refuse_unclaimed(actor, columns.actors)
    found = isolation_over_time(columns, actor.id, dates, known=known)
    return isolation_rows(found, desk.catalogue(), desk)


def everyone_table(
    desk: Desk, snapshots: Iterable[Snapshot], count: int, progress: Callable[[int, int], None] | None
) -> Table[Isolation]:
    """The isolation of every actor of so many snapshots, the most isolated first in each."""
    found: list[Isolation] = []
    for done, snapshot in enumerate(snapshots, start=1):
        found += sorted(isolation_of_everyone(snapshot), key=lambda one: (-one.value, one.actor))
        if progress is not None:
            progress(done, count)
    return isolation_rows(found, desk.catalogue(), desk)


class IsolationTable(Table[Isolation]):
    """Isolations in rows; those of one actor are a course, and have a figure. `sources` is None for ties of a table."""

    sources: Desk | None = None

    def figure(self) -> Figure:
        """The course of one actor, with its changes; an `InvalidValue` where they are of several, or without days."""
        from cordiale.dossier.showing import isolation_table_figure

        return isolation_table_figure(self, self.sources)

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_isolations, safely

        return safely(self, self.sources, of_isolations)


def isolation_rows(
    found: Iterable[Isolation], actors: Mapping[str, Actor], sources: Desk | None = None
) -> IsolationTable:
    """Isolations as a table; an actor that `actors` lacks goes by its id."""

    def called(key: str) -> str:
        return actors[key].name if key in actors else key

    def row(found: Isolation) -> tuple[Any, ...]:
        return (
            called(found.actor), found.at, round(found.value, 4), round(found.low, 4), round(found.high, 4),
            round(found.support, 4), round(found.hostility, 4), round(found.effective_allies, 2),
            None if found.top_ally is None else called(found.top_ally), round(found.top_ally_share, 4),
            round(found.exposure, 4), round(found.evidence, 4),
        )  # fmt: skip

    table = IsolationTable(found, columns=ISOLATION_COLUMNS, row=row)
    table.sources = sources
    return table


def outlook(desk: Desk, actor: Actor, at: date, *, span: timedelta | None, known: date | None) -> Outlook:
    """Whether an actor is running out of allies, in names."""
    columns = desk.store.columns(known=known)
    _refuse_unclaimed(actor, columns.actors)
    actors = desk.catalogue()
    found = running_out_of_allies(
        columns, actor.id, at, span=span or YEAR, known=known, called=lambda key: actors[key].name
    )

    def change(turn: AllyChange) -> SourcedChange:
        return SourcedChange(
            actor=actors[turn.actor], day=turn.day, sign=turn.sign, before=turn.before, after=turn.after,
            cause=turn.cause, numbers=turn.claims, sources=desk,
        )  # fmt: skip

    return Outlook(
        actor=actor,
        answer=found.answer,
        reasons=found.reasons,
        now=found.now,
        before=found.before,
        p_support_fell=found.p_support_fell,
        p_allies_fell=found.p_allies_fell,
        lost=tuple(change(turn) for turn in found.lost),
        gained=tuple(change(turn) for turn in found.gained),
        sources=desk,
    )


def _number(evidence: Evidence, actor: Actor) -> int | None:
    actors = evidence.columns.actors
    return actors.index(actor.id) if actor.id in actors else None


def _refuse_unclaimed(actor: Actor, actors: Sequence[str]) -> None:
    if actor.id not in actors:
        raise UnknownName("actor in this dossier", actor.name, (), "no claim names it: read something about it first")
