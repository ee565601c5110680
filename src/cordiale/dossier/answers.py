"""What a dossier answers: ties with their claims a step away, who stands with whom, what changed, what was read.

Answers are values; what they rest on is drawn from the dossier only when asked for. They weigh nothing themselves.
Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from cordiale.claims import Actor, Claim, Quote
from cordiale.dossier.tables import Table, frame, shown
from cordiale.errors import UnreadableInput
from cordiale.reading import Usage
from cordiale.ties import Stance

if TYPE_CHECKING:
    import pandas

    from cordiale.figures import Figure
    from cordiale.networks import Answer, Isolation
    from cordiale.ties import Cause, Evidence, Tie


class Sources(Protocol):
    """Where the claims behind an answer are drawn from."""

    def drawn(self, numbers: Iterable[int]) -> Iterator[Claim]:
        """The claims with these numbers, in that order."""

    def episodes_of(self, tie: Tie, evidence: Evidence) -> tuple[SourcedEpisode, ...]:
        """The history of a tie up to its day."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SourcedEpisode:
    """A stretch [start, end) over which one stance held, and what brought it; `end` is None for the current one."""

    start: date
    end: date | None
    stance: Stance
    cause: Cause
    numbers: tuple[int, ...] = field(repr=False)
    because_numbers: tuple[int, ...] = field(repr=False)
    sources: Sources = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return f"<{self.start} to {self.end or 'now'}: {self.stance}, by {len(self.numbers)} claims>"

    def claims(self, limit: int | None = None) -> tuple[Claim, ...]:
        """The claims that spoke for this stance, the weightiest first."""
        return tuple(self.sources.drawn(self.numbers[:limit]))

    def because(self, limit: int | None = None) -> tuple[Claim, ...]:
        """The claims whose arrival, or fading, began it."""
        return tuple(self.sources.drawn(self.because_numbers[:limit]))

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_episode, safely

        return safely(self, self.sources, of_episode)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SourcedTie:
    """A tie between two actors on a day, with its claims, quotes and history a step away.

    `a` is the actor that was asked about, `b` the other. The numbers of the tie itself are those of `tie`.
    """

    a: Actor
    b: Actor
    tie: Tie
    sources: Sources = field(repr=False, compare=False)
    evidence: Evidence | None = field(repr=False, compare=False, default=None)

    def __repr__(self) -> str:
        since = f" since {self.since}" if self.since else ""
        ends = f"{self.a.name} and {self.b.name} on {self.tie.at}"
        return f"<{ends}: {self.stance}{since}, by {len(self.tie.claims)} claims>"

    @property
    def stance(self) -> Stance:
        """How they stand, in a word."""
        return self.tie.stance

    @property
    def weight(self) -> float:
        """The expected difference of friendship and hostility, in [-1, 1]."""
        return self.tie.weight

    @property
    def certainty(self) -> float:
        """How much evidence there is at all, in [0, 1)."""
        return self.tie.certainty

    @property
    def since(self) -> date | None:
        """The first day of the current stretch on this side; None where the stance is unknown."""
        return self.tie.since

    @property
    def disputed(self) -> bool:
        """Whether different tellers say opposite things, or one denies what another says."""
        return self.tie.disputed

    def claims(self, limit: int | None = None) -> tuple[Claim, ...]:
        """The claims that the tie rests on, the weightiest first."""
        return tuple(self.sources.drawn(self.tie.claims[:limit]))

    def quotes(self, limit: int | None = None) -> tuple[Quote, ...]:
        """The quotes of those claims, each once; a claim of a dataset has none."""
        found = (claim.evidence for claim in self.claims(limit))
        return tuple(dict.fromkeys(quote for quote in found if isinstance(quote, Quote)))

    def episodes(self) -> tuple[SourcedEpisode, ...]:
        """The tie's history up to its day, the earliest first; () where nothing is known."""
        return () if self.evidence is None else self.sources.episodes_of(self.tie, self.evidence)

    def figure(self) -> Figure:
        """Its history and what each source says of it, as a figure."""
        from cordiale.dossier.showing import tie_figure

        return tie_figure(self)

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_tie, safely

        return safely(self, self.sources, of_tie)

    def row(self) -> tuple[Any, ...]:
        """The cells of the tie in a table with the columns `TIE_COLUMNS`."""
        tie = self.tie
        return (
            self.a.name, self.b.name, str(tie.stance), tie.sign, round(tie.weight, 4), round(tie.p_friendly, 4),
            round(tie.certainty, 4), round(tie.evidence, 4), tie.disputed, tie.since, tie.at, tie.known,
            len(tie.claims),
        )  # fmt: skip


TIE_COLUMNS = (
    "actor", "other", "stance", "sign", "weight", "p_friendly", "certainty", "evidence", "disputed", "since", "at",
    "known", "claims",
)  # fmt: skip
"""The columns of a table of ties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who stands with an actor on a day. Every tie is in one group, the strongest first.

    `allies` and `adversaries` hold firm and leaning ties, `neutral` those with evidence of neutrality, `disputed` those
    with strong evidence on both sides, `unknown` those about which too little is said, `gone` those with actors
    that had ended by then. `blocs` are the memberships on that day by the catalogue: context, and no claim of a source.
    """

    actor: Actor
    at: date
    known: date | None
    allies: tuple[SourcedTie, ...]
    adversaries: tuple[SourcedTie, ...]
    neutral: tuple[SourcedTie, ...]
    disputed: tuple[SourcedTie, ...]
    unknown: tuple[SourcedTie, ...]
    gone: tuple[SourcedTie, ...]
    blocs: tuple[Actor, ...]
    sources: Sources = field(repr=False, compare=False)

    @property
    def ties(self) -> tuple[SourcedTie, ...]:
        """All of them, group by group."""
        return (*self.allies, *self.adversaries, *self.neutral, *self.disputed, *self.unknown, *self.gone)

    @property
    def split(self) -> int:
        """Of how many ties sources say opposite things, whichever side those are on."""
        counted = (*self.allies, *self.adversaries, *self.neutral, *self.disputed)
        return sum(tie.disputed or tie.stance is Stance.CONTESTED for tie in counted)

    def frame(self) -> pandas.DataFrame:
        """All ties as a pandas data frame; `MissingExtra` where pandas is not installed."""
        return frame(TIE_COLUMNS, [tie.row() for tie in self.ties])

    def figure(self) -> Figure:
        """Its two sides, as a figure."""
        from cordiale.dossier.showing import who_figure

        return who_figure(self)

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_who, safely

        return safely(self, self.sources, of_who)

    def __repr__(self) -> str:
        columns = ("other", "stance", "weight", "certainty", "since")
        rows = [(tie.b.name, tie.stance, tie.weight, tie.certainty, tie.since) for tie in self.ties]
        return f"{self.actor.name} on {self.at}\n{shown(columns, rows, len(rows))}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SourcedChange:
    """An ally gained (`sign` 1) or lost (-1): who, on which day, from which stance to which, by which claims."""

    actor: Actor
    day: date
    sign: int
    before: Stance
    after: Stance
    cause: Cause
    numbers: tuple[int, ...] = field(repr=False)
    sources: Sources = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return (
            f"<{self.actor.name} {'gained' if self.sign > 0 else 'lost'} on {self.day}: {self.before} to {self.after}>"
        )

    def claims(self, limit: int | None = None) -> tuple[Claim, ...]:
        """The claims that brought the change, the weightiest first."""
        return tuple(self.sources.drawn(self.numbers[:limit]))

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_change, safely

        return safely(self, self.sources, of_change)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Outlook:
    """Whether an actor is running out of allies, with the reasons in words and the allies lost and gained."""

    actor: Actor
    answer: Answer
    reasons: tuple[str, ...]
    now: Isolation
    before: Isolation
    p_support_fell: float
    p_allies_fell: float
    lost: tuple[SourcedChange, ...]
    gained: tuple[SourcedChange, ...]
    sources: Sources = field(repr=False, compare=False)

    def __repr__(self) -> str:
        asked = f"Is {self.actor.name} running out of allies on {self.now.at}? {str(self.answer).capitalize()}."
        return "\n".join([asked, *self.reasons])

    def figure(self) -> Figure:
        """Its isolation up to that day, as a figure."""
        from cordiale.dossier.showing import outlook_figure

        return outlook_figure(self)

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_outlook, safely

        return safely(self, self.sources, of_outlook)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor of a dossier, and how many claims name it as subject or object."""

    actor: Actor
    claims: int


def actor_table(entries: Iterable[ActorEntry]) -> Table[ActorEntry]:
    """Actors as a table."""
    return Table(
        entries,
        columns=("id", "kind", "name", "origin", "claims"),
        row=lambda e: (e.actor.id, str(e.actor.kind), e.actor.name, str(e.actor.origin), e.claims),
    )


def matches(actor: Actor, pattern: str | None) -> bool:
    """Whether a pattern is a part of the id or of a name of an actor; without one, every actor is meant."""
    if not pattern:
        return True
    part = pattern.casefold()
    return any(part in text.casefold() for text in (actor.id, actor.name, *(name.text for name in actor.names)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a reading of many inputs has come: `done` of `total` inputs; `source` is the latest."""

    done: int
    total: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSummary:
    """What a reading did.

    `documents` are new readings, `known` documents that this reader had read before, `failed` the inputs that gave no
    document, `skipped` the files in folders that are of no known kind; `claims` and `provisional` (actors that no
    catalogue has) count what was added, `unclear` those of the claims that do not count, as the reader is not sure of
    them; `undated` are the new readings of documents without a day, `foreign` those of documents in a language other
    than English, by language; `usage` is what a language model was asked for, if one was.
    """

    documents: int
    known: int
    failed: tuple[UnreadableInput, ...]
    skipped: tuple[str, ...]
    claims: int
    provisional: int
    undated: int = 0
    unclear: int = 0
    foreign: Mapping[str, int] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
