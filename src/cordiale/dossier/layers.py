"""The three layers of a pair on a day, apart: what sources say, what treaties agree, and what the two did.

None corrects the others. Where they part is a finding: an ally that shoots, an enemy that trades.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from cordiale.columns import ClaimColumns
from cordiale.datasets import DATASETS
from cordiale.dossier.answers import SourcedTie
from cordiale.dossier.divergence import LEAST, apart
from cordiale.dossier.front import Dossier
from cordiale.dossier.mapping import sourced_tie
from cordiale.events import Archive
from cordiale.events.behaviour import HALF_LIFE, Behaviour, behaviour
from cordiale.ties import Snapshot, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """`said` is the tie by all claims, `agreed` that by the treaties of datasets alone, None where they have none;
    `done` how the two behaved, by stream, of the streams that have an event between them."""

    said: SourcedTie
    agreed: SourcedTie | None
    done: dict[str, Behaviour] = field(default_factory=dict)

    @property
    def agreed_apart(self) -> float | None:
        """How far what treaties agree is from what is said; None without one."""
        return None if self.agreed is None else apart(self.said.weight, self.agreed.weight)

    def apart(self, stream: str) -> float | None:
        """How far what was done is from what is said: above 0 they behave worse; None of too few events to say."""
        return apart(self.said.weight, self.done[stream].weight) if self.enough(stream) else None

    def enough(self, stream: str) -> bool:
        """Whether a stream has as many events of the two, less what has faded, as `divergences` asks for."""
        return self.done[stream].events >= LEAST


def layers(dossier: Dossier, tie: SourcedTie, archive: Archive, *, half_life: float = HALF_LIFE) -> Layers:
    """The layers of a tie on its day, as known then; `half_life` is that of an event, in days."""
    at, known, pair = tie.tie.at, tie.tie.known, (tie.a.id, tie.b.id)
    done = {
        stream: found
        for stream in sorted({one.stream for one in archive.ledger.files()})
        for found in behaviour(archive, at, stream=stream, half_life=half_life, known=known, pair=pair)
    }
    return Layers(said=tie, agreed=agreed(dossier, tie), done=done)


def agreed(dossier: Dossier, tie: SourcedTie) -> SourcedTie | None:
    """The tie of two by the treaties that datasets of the dossier have; None where they have none."""
    at, known = tie.tie.at, tie.tie.known
    there = _of_treaties(dossier, dossier.store.columns(pair=(tie.a.id, tie.b.id), known=known))
    if there is None:
        return None
    found = sourced_tie(dossier, weigh(there, known=known), tie.a, tie.b, at=at, known=known)
    return found if found.tie.claims else None


def treaties(dossier: Dossier, snapshot: Snapshot) -> Snapshot | None:
    """The ties on the day of a snapshot, as known then, by treaties of datasets alone; None without such a dataset."""
    there = _of_treaties(dossier, dossier.store.columns(known=snapshot.known))
    return None if there is None else Snapshot(weigh(there, known=snapshot.known), at=snapshot.at)


def _of_treaties(dossier: Dossier, columns: ClaimColumns) -> ClaimColumns | None:
    """Those of some claims that come from datasets of treaties; None where the dossier has no such dataset."""
    names = {name for name, one in DATASETS.items() if one.formal}
    formal = [f"{one.dataset} {one.version}" for one in dossier.coverage() if one.dataset in names]
    if not formal:
        return None
    return columns.where(np.isin(columns.source, list(dossier.store.source_numbers(formal))))
