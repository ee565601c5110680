"""The dossier behind the pages: what was weighed is kept until the dossier is written to, by whichever process."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

from cordiale.claims import Actor
from cordiale.dossier import Dossier
from cordiale.dossier.news import News, news
from cordiale.figures import DrawnTie
from cordiale.ties import weigh
from cordiale.web.view import View

if TYPE_CHECKING:
    from cordiale.dossier import SourcedTie
    from cordiale.ties import Evidence

KEPT = 4
"""Days as of which evidence is kept weighed."""


class Desk:
    """A dossier that many requests ask at once."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._lock = threading.Lock()
        self._weighed: dict[date | None, Evidence] = {}
        self._moment = -1

    def evidence(self, known: date | None) -> Evidence:
        """All claims as known on a day, weighed."""
        with self._lock:
            moment = self.dossier.store.moment()
            if moment != self._moment:
                self._weighed.clear()
                self._moment = moment
            if known not in self._weighed:
                while len(self._weighed) >= KEPT:
                    del self._weighed[next(iter(self._weighed))]
                self._weighed[known] = weigh(self.dossier.store.columns(known=known), known=known)
            return self._weighed[known]

    def news(self, view: View) -> tuple[News, ...]:
        """What changed most in the month before the day of a view."""
        return news(self.dossier, self.evidence(view.known), view.at)

    def best_known(self) -> Actor | None:
        """The actor that most claims name; None in an empty dossier."""
        entries = self.dossier.actors()
        return entries[0].actor if len(entries) and entries[0].claims else None

    def drawn(self, tie: SourcedTie, view: View) -> DrawnTie:
        """A tie as figures take it, with the address of its page."""
        return DrawnTie(
            a=tie.tie.a, b=tie.tie.b, stance=tie.stance, weight=tie.weight, certainty=tie.certainty,
            disputed=tie.disputed, since=tie.since, claims=len(tie.tie.claims),
            href=view.to("tie", tie.a.id, tie.b.id),
        )  # fmt: skip
