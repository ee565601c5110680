"""What a dossier answers of changes: shifts of a level, with the claims, the turned ties and the events around them.

Values, with names for ids; what they rest on is drawn from the dossier only when asked for. Nothing is weighed here.
Clocks: days are held days; a shift lies after `eve` and by `day`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cordiale.claims import Actor, Claim, Event
from cordiale.dossier.answers import SourcedEpisode, Sources
from cordiale.dossier.tables import Table, frame
from cordiale.networks.course import Course
from cordiale.networks.tie_change import Pull
from cordiale.ties import Cause, Stance

if TYPE_CHECKING:
    import pandas

    from cordiale.figures import Figure

COLUMNS = ("day", "eve", "before", "after", "gain", "missing", "events")
"""The columns of a table of changes: of a tie with `TIE_COLUMNS` before them, of a measure with `turned` after."""
TIE_COLUMNS = ("was", "became", "turn", "probability", "claims")
"""What else a table of the changes of a tie has."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Shift:
    """A change of level, by a day `day` and after the day `eve`, from `before` to `after`; see `ChangePoint`.

    `events` began within a step of it: the dossier's own first.
    """

    day: date
    eve: date
    before: float
    after: float
    gain: float | None
    missing: int
    events: tuple[Event, ...]

    def __repr__(self) -> str:
        return f"<{self.eve} to {self.day}: from {self.before:.2f} to {self.after:.2f}>"

    def row(self) -> tuple[Any, ...]:
        """The cells of the shift in a table with the columns `COLUMNS`."""
        return (
            self.day, self.eve, round(self.before, 4), round(self.after, 4),
            None if self.gain is None else round(self.gain, 2), self.missing, [event.name for event in self.events],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TieShift(Shift):
    """A change of a tie; see `TieChange`. `before` and `after` are P(friendly > hostile), of the mean of the logits.

    Its claims are a step away: those that pull with it first, the strongest first.
    """

    was: Stance
    became: Stance
    turn: bool
    probability: float
    pulls: tuple[Pull, ...] = field(repr=False)
    sources: Sources = field(repr=False, compare=False)

    def claims(self, limit: int | None = None, *, cause: Cause | None = None) -> tuple[Claim, ...]:
        """The claims that pull with the change; of one cause, only those that arrived, or that faded."""
        numbers = [one.claim for one in self.pulls if one.pull > 0 and cause in (None, one.cause)]
        return tuple(self.sources.drawn(numbers[:limit]))

    def against(self, limit: int | None = None) -> tuple[Claim, ...]:
        """The claims around it that pull the other way."""
        return tuple(self.sources.drawn([one.claim for one in self.pulls if one.pull < 0][:limit]))

    def row(self) -> tuple[Any, ...]:
        """The cells in a table with `TIE_COLUMNS` and `COLUMNS`; `claims` are those that pull with the change."""
        pulling = sum(one.pull > 0 for one in self.pulls)
        own = (str(self.was), str(self.became), self.turn, round(self.probability, 4), pulling)
        return (*own, *Shift.row(self))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TieHistory:
    """How a tie changed. `course` holds P(friendly > hostile), None where too little is known; `turns` the probability
    that a turn lies in the step by each day; `episodes` the stretches of one stance, to the day."""

    a: Actor
    b: Actor
    course: Course
    changes: Table[TieShift]
    turns: tuple[float, ...] = field(repr=False)
    episodes: tuple[SourcedEpisode, ...] = field(repr=False)
    known: date | None = None
    sources: Sources | None = field(repr=False, compare=False, default=None)

    def frame(self) -> pandas.DataFrame:
        """The course as a pandas data frame; `MissingExtra` where pandas is not installed."""
        return frame(("day", "p_friendly", "turn"), zip(self.course.days, self.course.values, self.turns, strict=True))

    def figure(self) -> Figure:
        """Its stretches and what each source says, with a flag on the day of each change."""
        from cordiale.dossier.showing import tie_history_figure

        return tie_history_figure(self)

    def _repr_svg_(self) -> str | None:
        from cordiale.dossier.showing import drawn_safely

        return drawn_safely(self.sources, self.figure)

    def __repr__(self) -> str:
        return f"{self.a.name} and {self.b.name}: {_said(self.course, len(self.changes))}\n{self.changes!r}"


class Measure(StrEnum):
    """What is measured over time.

    `isolation` of an actor; `balance`, 1 - 2L/m; `blocs`, how many there are; `hostile`, the share of hostile ties.
    """

    ISOLATION = "isolation"
    BALANCE = "balance"
    BLOCS = "blocs"
    HOSTILE = "hostile"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedTurn:
    """A tie between two actors, by their names, whose sign was `before` on the one day and `after` on the other.

    The signs are 1, -1, or 0 where there was, or is, none. `brought` finds the episode of the tie that brought it.
    """

    a: str
    b: str
    before: int
    after: int
    brought: Callable[[], SourcedEpisode | None] = field(repr=False, compare=False)

    def claims(self, limit: int | None = None) -> tuple[Claim, ...]:
        """The claims whose arrival, or fading, turned it; none where the ties come from a table."""
        episode = self.brought()
        return () if episode is None else episode.because(limit)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MeasureShift(Shift):
    """A change of a measure's level, with the ties that turned between its two days: those that changed sides first."""

    turned: tuple[SourcedTurn, ...] = field(repr=False)

    def row(self) -> tuple[Any, ...]:
        """The cells, with how many ties turned."""
        return (*Shift.row(self), len(self.turned))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MeasureHistory:
    """How a measure changed; `actor`, by name, is whose it is, None for one of all ties. `sources` is None where the
    ties are those of a table."""

    measure: Measure
    actor: str | None
    course: Course
    changes: Table[MeasureShift]
    known: date | None = None
    sources: Sources | None = field(repr=False, compare=False, default=None)

    def frame(self) -> pandas.DataFrame:
        """The course as a pandas data frame; `MissingExtra` where pandas is not installed."""
        empty = (None,) * len(self.course.days)
        low, high = self.course.low or empty, self.course.high or empty
        columns = ("day", str(self.measure), "low", "high")
        return frame(columns, zip(self.course.days, self.course.values, low, high, strict=True))

    def figure(self) -> Figure:
        """Its course, with a flag on the day of each change."""
        from cordiale.dossier.showing import measure_history_figure

        return measure_history_figure(self)

    def _repr_svg_(self) -> str | None:
        from cordiale.dossier.showing import drawn_safely

        return drawn_safely(self.sources, self.figure)

    def __repr__(self) -> str:
        whose = f"{self.measure} of {self.actor}" if self.actor else str(self.measure)
        return f"{whose}: {_said(self.course, len(self.changes))}\n{self.changes!r}"


def tie_table(shifts: Iterable[TieShift]) -> Table[TieShift]:
    """Changes of a tie as a table."""
    return Table(shifts, columns=(*TIE_COLUMNS, *COLUMNS), row=TieShift.row)


def measure_table(shifts: Iterable[MeasureShift]) -> Table[MeasureShift]:
    """Changes of a measure as a table."""
    return Table(shifts, columns=(*COLUMNS, "turned"), row=MeasureShift.row)


def _said(course: Course, changes: int) -> str:
    first, last = course.days[0], course.days[-1]
    left = f"; {course.missing} of {len(course.days)} days without a value left out" if course.missing else ""
    return f"{changes} change{'' if changes == 1 else 's'} from {first} to {last}{left}"
