"""The claims about a pair that reviewers set aside: they count no more, and are not hidden."""

from __future__ import annotations

from dataclasses import dataclass

from cordiale.claims import Claim, Review
from cordiale.dossier import SourcedTie
from cordiale.dossier.reviewing import SET_ASIDE
from cordiale.web.desk import Desk

MOST = 500
"""Words of reviewers that are looked through, the latest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A claim that does not count, and what reviewers said of it."""

    claim: Claim
    said: tuple[Review, ...]


def set_aside(desk: Desk, tie: SourcedTie) -> tuple[SetAside, ...]:
    """Those about the two actors of a tie, in the order in which they were set aside."""
    store, ends = desk.dossier.store, {tie.a.id, tie.b.id}
    counted = set(tie.tie.claims)
    words = [word for word in store.words() if word.verdict in SET_ASIDE][-MOST:]
    numbers = list(dict.fromkeys(word.claim for word in words if word.claim not in counted))
    claims = store.claims(numbers=numbers) if numbers else ()
    return tuple(
        SetAside(claim=claim, said=tuple(store.reviews(claim.id)))
        for claim in claims
        if {claim.subject, claim.object} == ends
    )
