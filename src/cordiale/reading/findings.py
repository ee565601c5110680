"""What a finder of relations gives: two mentions, a relation, and the words that state it.

Every finder (the cue rules here, a model beside them) turns a `Scene` into `Finding`s and knows nothing of speakers,
dates or storage. `bonded` is set on what concerns a relationship, so that "that relationship" can find it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cordiale.claims import Certainty, Change
from cordiale.reading.lexicon import Cue
from cordiale.reading.mentions import Mention
from cordiale.reading.modality import Modality
from cordiale.relations import Relation, relation


@dataclass(slots=True, eq=False, kw_only=True)
class Finding:
    """A relation between two mentions, stated at the tokens [first, last)."""

    subject: Mention
    relation: Relation
    object: Mention
    sign: int
    first: int
    last: int
    change: Change = Change.NONE
    certainty: Certainty = Certainty.ASSERTED
    certain: float = 0.8
    bonded: bool = False


REFUSABLE = frozenset({"supports", "agrees_with", "ally_of", "member_of", "aids", "endorses", "hosts", "concedes_to"})
_DENYING = {Change.ENDS, Change.WEAKENS}


def settle(cue: Cue, modality: Modality, cue_sign: int, change: Change) -> tuple[Relation, int, Change] | None:
    """Relation, sign and change of a cue under a modality; None where nothing is claimed.

    What ends turns its sign; a refusal to support is a rejection; an end of an end begins nothing.
    """
    if not modality.real:
        return None
    if modality.refused:
        if cue_sign <= 0:
            return None
        return relation("rejects"), -1, Change.NONE
    if modality.change is None:
        return cue.relation, cue_sign, change
    if modality.change is Change.ENDS and change not in _DENYING:
        return cue.relation, -cue_sign, Change.ENDS
    return cue.relation, cue_sign, modality.change


MANY = 12
"""The most actors of a list that are each said to stand with each other; a longer list enumerates, and says no more."""


def pairs(left: list[Mention], right: list[Mention], *, swap: bool = False) -> Iterator[tuple[Mention, Mention]]:
    """Every subject with every object, never an actor with itself; none where both are long lists."""
    if min(len(left), len(right)) > MANY:
        return
    for one in left:
        for other in right:
            if one.actor != other.actor:
                yield (other, one) if swap else (one, other)


def clique(members: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Every two of a group, each pair once; none of a group that only enumerates."""
    if len(members) > MANY:
        return
    for at, one in enumerate(members):
        for other in members[at + 1 :]:
            if one.actor != other.actor:
                yield one, other
