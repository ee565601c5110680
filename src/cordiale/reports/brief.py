"""A brief: everything that a report says of an actor on a day, as values that a page, a text and a PDF are made of.

Sentences are ours and in plain words; quotes are slices of their documents, untouched. What was left out, for a report
must stay readable, is counted. Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cordiale.claims import Actor, Quote
from cordiale.figures import Figure
from cordiale.figures.encoding import DOT, MINUS, PLUS
from cordiale.reports.citations import Reference
from cordiale.reports.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one source says in one place: its words, or a dataset's row, and the claims that were read there.

    `number` is that of its reference. `speaker` is who is quoted as saying so; `hedge` how firmly, "" where asserted.
    `sign` is 1, 0 or -1: that of what is said, or where it is `denied`, of what is denied.
    """

    number: int
    quote: Quote | None
    row: str | None
    claims: tuple[str, ...]
    sign: int
    outlet: str
    published: date | None
    speaker: str | None
    hedge: str
    denied: bool
    why: Quote | None
    ids: tuple[str, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The words quoted, or which row it is."""
        return self.quote.text if self.quote else self.row or ""

    @property
    def side(self) -> int:
        """For which side it speaks by itself: a denial for neither."""
        return 0 if self.denied else self.sign

    @property
    def glyph(self) -> str:
        """The sign of what is said, in brackets where that is denied."""
        sign = {1: PLUS, -1: MINUS, 0: DOT}[self.sign]
        return f"({sign})" if self.denied else sign

    @property
    def cause(self) -> str:
        """What stands before the stated cause; a cause that says "because" itself needs nothing."""
        return "" if self.why is None or self.why.text.casefold().startswith("because") else "because: "

    @property
    def credit(self) -> str:
        """Who says so, and when it was published."""
        said = f"{self.speaker}, according to " if self.speaker else ""
        hedge = f"; {self.hedge}" if self.hedge else ""
        return f"{said}{self.outlet}, {self.published or 'no date'}{hedge}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A day on which the reading of a tie went from one side to another, and what turned it.

    `before` is None where nothing was said before. `faded`: what had held it up had ended, or aged; `said` is that.
    `when` is the day as precisely as its source tells it.
    """

    day: date
    when: str
    other: Actor
    before: str | None
    after: str
    sign: int
    faded: bool
    said: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The quotes about a tie that say the same of it: friendship (1), hostility (-1), or neither (0)."""

    sign: int
    head: str
    quotes: tuple[Said, ...]


def _turned(said: Said) -> int:
    return -said.sign if said.denied else said.sign


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTie:
    """A tie of the actor with its quotes, the weightiest first; `left` counts those that are not shown.

    `stance` is in words; `history` the sentence of its timeline, `figure` that timeline where it has something to show.
    """

    other: Actor
    group: str
    stance: str
    sign: int
    since: date | None
    weight: float
    certainty: float
    claims: int
    disputed: bool
    history: str
    figure: Figure | None
    quotes: tuple[Said, ...]
    left: int

    @property
    def anchor(self) -> str:
        """Where a page tells of it."""
        return f"tie-{self.other.id}"

    @property
    def sides(self) -> tuple[Side, ...]:
        """Its quotes, those that stand against each other side by side; what is denied speaks against itself."""
        denied = any(said.denied and said.sign for said in self.quotes)
        heads = (
            (1, "Friendly, or hostility denied" if denied else "For friendship"),
            (-1, "Hostile, or friendship denied" if denied else "For hostility"),
            (0, "For neither"),
        )
        return tuple(
            Side(sign=sign, head=head, quotes=tuple(one for one in self.quotes if _turned(one) == sign))
            for sign, head in heads
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A tie in the table of all that are known; `anchor` is where more is told of it, if anywhere."""

    other: Actor
    stance: str
    sign: int
    since: date | None
    weight: float
    certainty: float
    claims: int
    disputed: bool
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A report on an actor. `answer`, `reasons`, `unknown` and `method` are sentences, each a line of its own.

    `rows_left` and `turns_left` count the ties that are not in the table, and the turns before the first that is shown.
    """

    actor: Actor
    at: date
    known: date | None
    made: date
    title: str
    about: str
    answer: tuple[str, ...]
    question: str
    reasons: tuple[str, ...]
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    rows_left: int
    turns: tuple[Turn, ...]
    turns_left: int
    ties: tuple[ToldTie, ...]
    ties_left: int
    unknown: tuple[str, ...]
    method: tuple[str, ...]
    references: tuple[Reference, ...]
    itself: Reference
    state: State

    @property
    def disputed(self) -> tuple[ToldTie, ...]:
        """The ties about which sources say opposite things."""
        return tuple(tie for tie in self.ties if tie.disputed)

    @property
    def agreed(self) -> tuple[ToldTie, ...]:
        """The others."""
        return tuple(tie for tie in self.ties if not tie.disputed)

    @property
    def bibtex(self) -> str:
        """All references in BibTeX, the report itself first."""
        return "\n\n".join(one.bibtex for one in (self.itself, *self.references))
