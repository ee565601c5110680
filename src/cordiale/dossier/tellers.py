"""Who says so: the sources behind an actor's ties on a day, by what each says and how much it weighs.

Weighs nothing itself: what each claim gives to its tie is as the ties say. Of an actor with very many claims the
weightiest are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cordiale.dossier.drawing import source_of

if TYPE_CHECKING:
    from cordiale.dossier.answers import Who
    from cordiale.dossier.mapping import Desk

MOST = 500
"""Claims that are looked at, the weightiest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A source, how many claims it makes, what they weigh of friendship and of hostility, and its share of all."""

    source: str
    claims: int
    friendly: float
    hostile: float
    share: float


def tellers(desk: Desk, who: Who) -> tuple[Teller, ...]:
    """The sources of an actor's ties, those that weigh most first."""
    gone = {tie.b.id for tie in who.gone}
    parts = [part for tie in who.ties if tie.b.id not in gone for part in tie.tie.contributions]
    parts = sorted(parts, key=lambda part: (-part.weight, part.claim))[:MOST]
    said = dict(zip((part.claim for part in parts), desk.drawn([part.claim for part in parts]), strict=False))
    sums: dict[str, list[float]] = {}
    for part in parts:
        if part.claim in said:
            own = sums.setdefault(source_of(said[part.claim]), [0, 0.0, 0.0, 0.0])
            own[0] += 1
            own[2 - (part.sign > 0) if part.sign else 3] += part.weight
    total = sum(sum(own[1:]) for own in sums.values()) or 1.0
    found = [
        Teller(source=source, claims=int(own[0]), friendly=own[1], hostile=own[2], share=sum(own[1:]) / total)
        for source, own in sums.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.source)))
