"""The dossier behind the pages: what was weighed is kept until the dossier is written to, by whichever process."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from cordiale.claims import Actor
from cordiale.dossier import Dossier
from cordiale.dossier.drawing import made_of
from cordiale.dossier.mapping import NamedSnapshot
from cordiale.dossier.news import News, news
from cordiale.figures import DrawnTie, positions
from cordiale.ties import Snapshot, Stance, weigh
from cordiale.ties.posterior import STANCES
from cordiale.web.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cordiale.ties import Evidence

KEPT = 4
"""Days as of which evidence is kept weighed, and days of which ties are kept."""
LOOKS = 4
"""Days on which ties are looked at for the layout of all dates."""
_OF_SIDE = {1: Stance.FRIENDLY, 0: Stance.NEUTRAL, -1: Stance.HOSTILE}


class Desk:
    """A dossier that many requests ask at once."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._lock = threading.RLock()
        self._weighed: dict[date | None, Evidence] = {}
        self._placed: dict[date | None, Mapping[str, tuple[float, float]]] = {}
        self._seen: dict[View, NamedSnapshot] = {}
        self._moment = -1

    def evidence(self, known: date | None) -> Evidence:
        """All claims as known on a day, weighed."""
        with self._lock:
            moment = self.dossier.store.moment()
            if moment != self._moment:
                self._weighed.clear()
                self._placed.clear()
                self._seen.clear()
                self._moment = moment
            if known not in self._weighed:
                while len(self._weighed) >= KEPT:
                    oldest = next(iter(self._weighed))
                    del self._weighed[oldest]
                    self._placed.pop(oldest, None)
                self._weighed[known] = weigh(self.dossier.store.columns(known=known), known=known)
            return self._weighed[known]

    def snapshot(self, view: View) -> NamedSnapshot:
        """All ties on the day of a view."""
        with self._lock:
            evidence = self.evidence(view.known)
            if view not in self._seen:
                while len(self._seen) >= KEPT:
                    del self._seen[next(iter(self._seen))]
                self._seen[view] = NamedSnapshot(evidence, at=view.at, desk=self.dossier)
            return self._seen[view]

    def places(self, known: date | None) -> Mapping[str, tuple[float, float]]:
        """Where actors lie in a picture, by their ties of all dates: none moves when the day does."""
        with self._lock:
            evidence = self.evidence(known)
            if known not in self._placed:
                self._placed[known] = positions(list(_of_all_dates(evidence)))
            return self._placed[known]

    def news(self, view: View) -> tuple[News, ...]:
        """What changed most in the month before the day of a view."""
        return news(self.dossier, self.evidence(view.known), view.at)

    def made_of(self, view: View) -> str:
        """What a figure was made of: day, knowledge, sources."""
        return made_of(self.dossier, view.at, view.known)

    def best_known(self) -> Actor | None:
        """The actor that most claims name; None in an empty dossier."""
        columns = self.evidence(None).columns
        if not len(columns):
            return None
        named = np.bincount(np.concatenate([columns.subject, columns.object]), minlength=len(columns.actors))
        return self.dossier.catalogue()[columns.actors[int(named.argmax())]]


def _of_all_dates(evidence: Evidence) -> Iterator[DrawnTie]:
    """Each tie by the side that it was on most often, on some days from the first of which anything is known on."""
    if not len(evidence.anchor):
        return
    first, last = int(evidence.anchor.min()), int(evidence.anchor.max())
    sides, seen = np.zeros(len(evidence)), np.zeros(len(evidence), dtype=bool)
    for ordinal in np.unique(np.linspace(first, last, LOOKS).astype(int)).tolist():
        snapshot = Snapshot(evidence, at=date.fromordinal(ordinal))
        signs = np.array([stance.sign for stance in STANCES])[snapshot.posterior.stance]
        sides[snapshot.numbers] += signs
        seen[snapshot.numbers] = True
    names = evidence.columns.actors
    for tie in np.flatnonzero(seen).tolist():
        side = int(np.sign(sides[tie]))
        yield DrawnTie(
            a=names[evidence.a[tie]], b=names[evidence.b[tie]], stance=_OF_SIDE[side], weight=float(side), certainty=0.5
        )
