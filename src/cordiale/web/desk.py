"""The dossier behind the pages: what was weighed is kept until the dossier is written to, by whichever process."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from cordiale.claims import Actor
from cordiale.dossier import Dossier
from cordiale.dossier.mapping import NamedSnapshot
from cordiale.dossier.news import News, news
from cordiale.figures import DrawnTie, positions
from cordiale.ties import Snapshot, weigh
from cordiale.web.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cordiale.ties import Evidence, Tie

KEPT = 4
"""Days as of which evidence is kept weighed."""
LOOKS = 8
"""Days on which ties are looked at for the layout of all dates."""


class Desk:
    """A dossier that many requests ask at once."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._lock = threading.Lock()
        self._weighed: dict[date | None, Evidence] = {}
        self._placed: dict[date | None, Mapping[str, tuple[float, float]]] = {}
        self._moment = -1

    def evidence(self, known: date | None) -> Evidence:
        """All claims as known on a day, weighed."""
        with self._lock:
            moment = self.dossier.store.moment()
            if moment != self._moment:
                self._weighed.clear()
                self._placed.clear()
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
        return NamedSnapshot(self.evidence(view.known), at=view.at, desk=self.dossier)

    def places(self, known: date | None) -> Mapping[str, tuple[float, float]]:
        """Where actors lie in a picture, by their ties of all dates: none moves when the day does."""
        evidence = self.evidence(known)
        with self._lock:
            if known not in self._placed:
                self._placed[known] = positions(list(_of_all_dates(evidence)))
            return self._placed[known]

    def news(self, view: View) -> tuple[News, ...]:
        """What changed most in the month before the day of a view."""
        return news(self.dossier, self.evidence(view.known), view.at)

    def made_of(self, view: View) -> str:
        """What a figure was made of: day, knowledge, sources."""
        counts = self.dossier.store.counts()
        known = f"as known on {view.known}" if view.known else "as known today"
        return (
            f"On {view.at}, {known}. From {counts.documents:,} documents and {counts.datasets:,} datasets of "
            f"{self.dossier.name}."
        )

    def best_known(self) -> Actor | None:
        """The actor that most claims name; None in an empty dossier."""
        entries = self.dossier.actors()
        return entries[0].actor if len(entries) and entries[0].claims else None


def drawn(tie: Tie, view: View, *, since: bool = False) -> DrawnTie:
    """A tie as figures take it, with the address of its page; `since` when asks for what takes long to find."""
    return DrawnTie(
        a=tie.a, b=tie.b, stance=tie.stance, weight=tie.weight, certainty=tie.certainty, disputed=tie.disputed,
        since=tie.since if since else None, href=view.to("tie", tie.a, tie.b),
    )  # fmt: skip


def _of_all_dates(evidence: Evidence) -> Iterator[DrawnTie]:
    """Each tie as it was on some days, from the first of which anything is known to the last."""
    if not len(evidence.anchor):
        return
    first, last = int(evidence.anchor.min()), int(evidence.anchor.max())
    for ordinal in np.unique(np.linspace(first, last, LOOKS).astype(int)).tolist():
        for tie in Snapshot(evidence, at=date.fromordinal(ordinal)):
            yield DrawnTie(a=tie.a, b=tie.b, stance=tie.stance, weight=tie.weight, certainty=tie.certainty)
