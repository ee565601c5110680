"""What a reviewer puts in the place of a claim: the same quote, read otherwise. The claim itself is never changed."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from cordiale.claims import Certainty, Change, Claim
from cordiale.dossier import Dossier
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Period
from cordiale.relations import relation

READER = "a reviewer"
"""What a correction is read by; who that is stands in the review beside it."""


class Correction(BaseModel):
    """The fields of the form: names as people write them, days as ISO text, "" where unknown."""

    claim: str
    by: str
    skip: int = 0
    subject: str
    relation: str
    object: str
    sign: int
    change: str = "none"
    certainty: str = "asserted"
    held_from: str = ""
    held_to: str = ""
    said_by: str = ""
    reason: str = ""


def corrected(dossier: Dossier, claim: Claim, said: Correction) -> Claim:
    """A claim as a reviewer reads it. `InvalidValue` or `UnknownName` says which field cannot be."""
    if said.change not in set(Change):
        raise UnknownName("change", said.change, list(Change))
    if said.certainty not in set(Certainty):
        raise UnknownName("certainty", said.certainty, list(Certainty))
    change, certainty = Change(said.change), Certainty(said.certainty)
    kind = relation(said.relation)
    found = replace(
        claim, subject=dossier.find(said.subject).id, object=dossier.find(said.object).id, relation=kind,
        sign=said.sign, change=change, certainty=certainty, held=Period.parse(said.held_from, said.held_to),
        said_by=dossier.find(said.said_by).id if said.said_by.strip() else None, confidence=1.0, reader=READER,
        means=claim.means if kind.means else (), recorded_at=None,
    )  # fmt: skip
    if replace(found, reader=claim.reader).id == claim.id:
        raise InvalidValue("a correction that changes nothing", claim.id, "accept the claim, or change a field")
    return found
