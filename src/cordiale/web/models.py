"""What pages say as JSON: the shapes that the OpenAPI description names. Values in, plain data out."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from cordiale.dossier import ActorEntry, SourcedTie, Who
from cordiale.dossier.layers import Layers
from cordiale.dossier.news import News
from cordiale.records import ClaimRecord


class Pair(BaseModel):
    """How two actors stand on a day. `weight` is in [-1, 1], `certainty` in [0, 1)."""

    a: str
    b: str
    name_a: str
    name_b: str
    stance: str
    sign: int
    weight: float
    p_friendly: float
    certainty: float
    disputed: bool


class TieRow(Pair):
    """The same with what takes long to find: since when, and by how many claims."""

    since: date | None
    claims: int


def tie_row(tie: SourcedTie) -> TieRow:
    """A tie as a row."""
    return TieRow(
        a=tie.a.id, b=tie.b.id, name_a=tie.a.name, name_b=tie.b.name, stance=str(tie.stance), sign=tie.tie.sign,
        weight=tie.weight, p_friendly=tie.tie.p_friendly, certainty=tie.certainty, disputed=tie.disputed,
        since=tie.since, claims=len(tie.tie.claims),
    )  # fmt: skip


class ActorRow(BaseModel):
    """An actor, and how many claims name it."""

    id: str
    name: str
    kind: str
    claims: int

    @classmethod
    def of(cls, one: ActorEntry) -> ActorRow:
        """From the list of a dossier's actors."""
        return cls(id=one.actor.id, name=one.actor.name, kind=str(one.actor.kind), claims=one.claims)


class ActorView(BaseModel):
    """An actor and its ties on a day; `known` is the day as of which, null for everything known."""

    id: str
    name: str
    kind: str
    at: date
    known: date | None
    ties: list[TieRow]

    @classmethod
    def of(cls, who: Who) -> ActorView:
        """From the answer of a dossier."""
        return cls(
            id=who.actor.id, name=who.actor.name, kind=str(who.actor.kind), at=who.at, known=who.known,
            ties=[tie_row(tie) for tie in who.ties],
        )  # fmt: skip


class EpisodeView(BaseModel):
    """A stretch of a tie's history, from `start` to the day before `end`; null where it still holds."""

    start: date
    end: date | None
    stance: str
    cause: str
    claims: int


class LayerRow(BaseModel):
    """A layer of what is between two: `said`, `agreed`, or `done` by a stream; see `dossier.layers`. `apart` is how far
    it is from what is said; of what was done in too few events, less what has faded, neither is told."""

    layer: str
    by: str | None
    weight: float | None
    apart: float | None

    @classmethod
    def all_of(cls, found: Layers | None) -> list[LayerRow]:
        """Those of a tie; none where there is no archive of events."""
        if found is None:
            return []
        rows = [cls(layer="said", by=None, weight=found.said.weight, apart=None)]
        if found.agreed is not None:
            rows.append(cls(layer="agreed", by=None, weight=found.agreed.weight, apart=found.agreed_apart))
        for by, one in found.done.items():
            weight = one.weight if found.enough(by) else None
            rows.append(cls(layer="done", by=by, weight=weight, apart=found.apart(by)))
        return rows


class TieView(BaseModel):
    """A tie, its history, its layers where there is an archive of events, and its claims, the weightiest first."""

    tie: TieRow
    at: date
    known: date | None
    episodes: list[EpisodeView]
    layers: list[LayerRow]
    claims: list[ClaimRecord]

    @classmethod
    def of(cls, tie: SourcedTie, claims: list[ClaimRecord], layers: Layers | None) -> TieView:
        """From the answer of a dossier."""
        episodes = [
            EpisodeView(
                start=one.start, end=one.end, stance=str(one.stance), cause=str(one.cause), claims=len(one.numbers)
            )
            for one in tie.episodes()
        ]
        return cls(
            tie=tie_row(tie), at=tie.tie.at, known=tie.tie.known, episodes=episodes, layers=LayerRow.all_of(layers),
            claims=claims,
        )  # fmt: skip


class NewsView(BaseModel):
    """A tie that turned: from which stance to which, when, and the claims that turned it."""

    a: str
    b: str
    day: date
    before: str
    after: str
    shift: float
    claims: list[str]

    @classmethod
    def of(cls, one: News) -> NewsView:
        """From what is new in a dossier."""
        fields: dict[str, Any] = {"a": one.a.id, "b": one.b.id, "day": one.day, "shift": one.shift}
        return cls(**fields, before=str(one.before), after=str(one.after), claims=[c.id for c in one.claims()])


class StartView(BaseModel):
    """What changed most in the month before a day."""

    at: date
    known: date | None
    changes: list[NewsView]


class FoundRow(BaseModel):
    """What a search found: an actor, a tie ("a b") or a source, by id and name, with how many claims and its page."""

    kind: Literal["actor", "tie", "source"]
    id: str
    name: str
    claims: int | None
    address: str


class SearchView(BaseModel):
    """What words may mean: the actor of that name alone, else the tie of two, actors by a part of a name, sources."""

    q: str
    at: date
    known: date | None
    found: list[FoundRow]


class MapView(BaseModel):
    """The ties of a map on a day; all of which something is known, where no part of them is asked for."""

    at: date
    known: date | None
    ties: list[Pair]


class StateView(BaseModel):
    """How a tie is drawn in a state: its classes, words and glyph."""

    css: str
    words: str
    glyph: str


class CourseView(BaseModel):
    """Every tie of a map in each month. `states` is base64 of a byte a day and tie, day by day, in the order of `ties`
    ("a b"): an index into `meanings`. `titles` and `turned` have one entry a day; `markup` is a figure of all ties."""

    days: list[date]
    ties: list[str]
    states: str
    meanings: list[StateView]
    titles: list[str]
    turned: list[int]
    markup: str


class SupposedView(BaseModel):
    """A tie as it is supposed to be: friendly (1), hostile (-1) or none (0)."""

    a: str
    b: str
    sign: int


class WhatIfView(BaseModel):
    """What would be different if ties were otherwise: the frustration index now and then, balance, triangles and the
    share of them that is balanced, and the misfits."""

    supposed: list[SupposedView]
    at: date
    known: date | None
    now: float
    then: float
    exact: bool
    balance_now: float
    balance_then: float
    triangles_now: int
    triangles_then: int
    balanced_now: float | None
    balanced_then: float | None
    relieved: list[tuple[str, str]]
    strained: list[tuple[str, str]]


class Turned(BaseModel):
    """A tie that would no longer be a misfit, or would become one."""

    change: Literal["relieved", "strained"]
    a: str
    b: str
    name_a: str
    name_b: str


class Member(BaseModel):
    """An actor in a bloc, by the bloc's number."""

    bloc: int
    actor: str
    name: str


class BlocsView(BaseModel):
    """The blocs that fit best: `value` ties are friends apart or foes together, no partition leaves fewer than the
    bound."""

    at: date
    known: date | None
    value: float
    lower_bound: float
    optimal: bool
    total: float
    members: list[Member]


class QueueView(BaseModel):
    """The claims that a reviewer has no word on yet, those best checked first, and what checking has shown: the share
    of right ones with its 90 % interval, and Krippendorff's alpha of the reviewers; null where nothing was checked."""

    by: str
    left: int
    checked: int
    right: int
    precision: float | None
    low: float | None
    high: float | None
    alpha: float | None
    claims: list[ClaimRecord]


class Misfit(BaseModel):
    """A tie that the best division into two sides leaves frustrated."""

    a: str
    b: str
    name_a: str
    name_b: str


class BalanceView(BaseModel):
    """The frustration index with its bound, balance as 1 - 2L/m, triangles, and the misfits of one best division."""

    at: date
    known: date | None
    frustration: float
    lower_bound: float
    optimal: bool
    total: float
    balance: float
    triangles: int
    balanced_triangles: float | None
    misfits: list[Misfit]
