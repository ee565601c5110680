"""The dossier behind the pages: what was weighed is kept until the dossier is written to, by whichever process."""

from __future__ import annotations

import threading
from copy import copy
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import Actor
from cordiale.dossier import Dossier
from cordiale.dossier.drawing import made_of
from cordiale.dossier.mapping import NamedSnapshot, sourced_tie, who
from cordiale.dossier.news import News, news
from cordiale.figures import DrawnTie, positions
from cordiale.store import Held
from cordiale.ties import Snapshot, Stance, weigh
from cordiale.ties.posterior import STANCES
from cordiale.web.months import Months, months_of
from cordiale.web.solving import Solving
from cordiale.web.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from cordiale.columns import ClaimColumns
    from cordiale.dossier import SourcedTie, Who
    from cordiale.ties import Evidence
    from cordiale.web.dealings import Streams

Knowledge = tuple[date | None, tuple[str, ...], tuple[str, ...]]

KEPT = 4
"""Days as of which evidence is kept weighed, and days of which ties are kept."""
LATELY = 60
"""Seconds for which what was weighed serves to say what is best reviewed next."""
PICTURES = 16
"""Layouts that are kept."""
LOOKS = 4
"""Days on which ties are looked at for the layout of all dates."""
_OF_SIDE = {1: Stance.FRIENDLY, 0: Stance.NEUTRAL, -1: Stance.HOSTILE}


T = TypeVar("T")


class Desk:
    """A dossier that many requests ask at once, and the streams of events beside it, if there are any."""

    def __init__(self, dossier: Dossier, streams: Streams | None = None) -> None:
        self.dossier, self.streams = dossier, streams
        dossier.store.held = Held()
        self._lock = threading.RLock()
        self._weighed: dict[Knowledge, Evidence] = {}
        self._placed: dict[tuple[Knowledge, str], tuple[Evidence, Mapping[str, tuple[float, float]]]] = {}
        self._months: dict[Knowledge, Months | None] = {}
        self._seen: dict[View, NamedSnapshot] = {}
        self._moment: tuple[int, date | None] = (-1, None)
        self._lately: tuple[Knowledge, float, Evidence] | None = None
        self.solving = Solving()

    def prepare(self) -> None:
        """Weigh what the first page will ask for, so that nobody waits for it."""
        today = View(at=self.dossier.today())
        if self.months(today) is not None:
            self.snapshot(today)

    def evidence(self, view: View) -> Evidence:
        """All claims that a view knows, weighed."""
        with self._lock:
            moment = self.dossier.store.moment(), self.dossier.today()
            if moment != self._moment:
                self._weighed.clear()
                self._placed.clear()
                self._months.clear()
                self._seen.clear()
                self.solving.forget()
                self._moment = moment
            key = view.knowledge
            if key not in self._weighed:
                while len(self._weighed) >= KEPT:
                    oldest = next(iter(self._weighed))
                    del self._weighed[oldest]
                    self._months.pop(oldest, None)
                    self._placed = {one: places for one, places in self._placed.items() if one[0] != oldest}
                self._weighed[key] = weigh(self.heard(view), known=view.known)
            return self._weighed[key]

    def lately(self, view: View) -> Evidence:
        """The same, but for what was written within the last minute: for what is best looked at next, and no answer.

        A reviewer decides every few seconds, and a million claims are not weighed anew for each.
        """
        with self._lock:
            if self._lately is None or self._lately[0] != view.knowledge or monotonic() - self._lately[1] > LATELY:
                self._lately = view.knowledge, monotonic(), self.evidence(view)
            return self._lately[2]

    def heard(self, view: View, pair: tuple[str, str] | None = None) -> ClaimColumns:
        """The claims that a view knows, or those of them about a pair."""
        columns = self.dossier.store.columns(pair=pair, known=view.known)
        if view.sources:
            columns = columns.where(np.isin(columns.source, list(self.dossier.store.source_numbers(view.sources))))
        if view.ignored:
            columns = columns.where(~np.isin(columns.source, list(self.dossier.store.source_numbers(view.ignored))))
        return columns

    def solved(self, view: View, what: Hashable, make: Callable[[], T]) -> T | None:
        """An answer that may take long; None while it is worked on. After a write it is made anew."""
        self.evidence(view)
        return self.solving.answer((what, view), make)

    def part(self, view: View) -> Dossier:
        """The dossier, as the figures of a view are to say of it: by which sources."""
        part = copy(self.dossier)
        part.scope = view.scope
        return part

    def who(self, view: View, actor: str) -> Who:
        """Who stands with an actor in a view."""
        if not view.scope:
            return self.dossier.who(actor, view.at, view.known)
        return who(self.dossier, self.evidence(view), self.dossier.find(actor), at=view.at, known=view.known)

    def tie(self, view: View, a: str, b: str) -> SourcedTie:
        """How two actors stand in a view."""
        plain = self.dossier.tie(a, b, view.at, view.known)
        if not view.scope:
            return plain
        return sourced_tie(self.dossier, self.evidence(view), plain.a, plain.b, at=view.at, known=view.known)

    def snapshot(self, view: View) -> NamedSnapshot:
        """All ties on the day of a view."""
        with self._lock:
            evidence = self.evidence(view)
            if view not in self._seen:
                while len(self._seen) >= KEPT:
                    del self._seen[next(iter(self._seen))]
                self._seen[view] = NamedSnapshot(evidence, at=view.at, desk=self.dossier)
            return self._seen[view]

    def places(
        self, view: View, evidence: Evidence, which: str = "", ties: NDArray[np.int64] | None = None
    ) -> Mapping[str, tuple[float, float]]:
        """Where actors lie in a picture, by their ties of all dates: none moves when the day does. `ties` are those of
        a picture of a part, which goes by a name.
        """
        with self._lock:
            key = view.knowledge, which
            if key not in self._placed or self._placed[key][0] is not evidence:  # laid out before something was written
                while len(self._placed) >= PICTURES:
                    del self._placed[next(iter(self._placed))]
                asked = np.arange(len(evidence)) if ties is None else ties
                self._placed[key] = evidence, positions(list(_of_all_dates(evidence, asked)))
            return self._placed[key][1]

    def months(self, view: View) -> Months | None:
        """The months of the date bar; None where nothing is known."""
        with self._lock:
            evidence, key = self.evidence(view), view.knowledge
            if key not in self._months:
                self._months[key] = months_of(evidence, self.dossier.today())
            return self._months[key]

    def news(self, view: View) -> tuple[News, ...]:
        """What changed most in the month before the day of a view."""
        return news(self.dossier, self.evidence(view), view.at)

    def made_of(self, view: View) -> str:
        """What a figure was made of: day, knowledge, sources."""
        return made_of(self.part(view), view.at, view.known)

    def names(self, *others: str) -> dict[str, str]:
        """The names of the dossier's actors by id, and of others of the catalogue."""
        found = self.dossier.names()
        return found | {one: self.dossier.catalogue()[one].name for one in others if one not in found}

    def best_known(self) -> Actor | None:
        """The actor that most claims name; None in an empty dossier."""
        columns = self.evidence(View(at=self.dossier.today())).columns
        if not len(columns):
            return None
        named = np.bincount(np.concatenate([columns.subject, columns.object]), minlength=len(columns.actors))
        return self.dossier.catalogue()[columns.actors[int(named.argmax())]]


def _of_all_dates(evidence: Evidence, ties: NDArray[np.int64]) -> Iterator[DrawnTie]:
    """Each tie by the side that it was on most often, on some days from the first of which anything is known on."""
    if not len(ties):
        return
    first, last = int(evidence.anchor.min()), int(evidence.anchor.max())
    sides, seen = np.zeros(len(evidence)), np.zeros(len(evidence), dtype=bool)
    for ordinal in np.unique(np.linspace(first, last, LOOKS).astype(int)).tolist():
        snapshot = Snapshot(evidence, at=date.fromordinal(ordinal), ties=ties)
        signs = np.array([stance.sign for stance in STANCES])[snapshot.posterior.stance]
        sides[snapshot.numbers] += signs
        seen[snapshot.numbers] = True
    names = evidence.columns.actors
    for tie in np.flatnonzero(seen).tolist():
        side = int(np.sign(sides[tie]))
        yield DrawnTie(
            a=names[evidence.a[tie]], b=names[evidence.b[tie]], stance=_OF_SIDE[side], weight=float(side), certainty=0.5
        )
