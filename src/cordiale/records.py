"""A claim as one flat record: what `cordiale claims`, the exports and the data frames give.

The fields and their order are an interface that other programs rely on: they are added to at the end, and never
renamed. Names are the actors' canonical ones; days are ISO dates that show no more than was known. Nothing is weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from cordiale.claims import Claim, Quote

UNQUOTED = "document"
"""Who says a claim where nobody is quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """A claim with everything that it rests on, in plain values.

    `document` is the sha256 of the document's bytes, `source` where it was read from. A claim of a dataset has no
    document and no quote; its source is `DATASET VERSION#ROW`.
    """

    id: str
    subject: str
    relation: str
    object: str
    sign: int
    change: str
    means: tuple[str, ...]
    held_from: str | None
    held_to: str | None
    said_by: str
    certainty: str
    confidence: float
    why: str | None
    quote: str | None
    start: int | None
    end: int | None
    document: str | None
    source: str
    url: str | None
    published: str | None
    reader: str
    recorded_at: str | None

    def values(self) -> tuple[Any, ...]:
        """The values in the order of `FIELDS`."""
        return tuple(getattr(self, name) for name in FIELDS)

    def fields(self) -> dict[str, Any]:
        """The values by field, in that order, as JSON has them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._pairs()}

    def _pairs(self) -> Iterator[tuple[str, Any]]:
        return ((name, getattr(self, name)) for name in FIELDS)


FIELDS = tuple(field.name for field in fields(ClaimRecord))
"""The fields of a record, in the order in which every format gives them."""


def record(claim: Claim, names: Mapping[str, str]) -> ClaimRecord:
    """A claim as a record. `names` are canonical names by actor id; an id that it lacks stands for itself.

    >>> from cordiale.claims import Citation
    >>> from cordiale.relations import relation
    >>> row = Citation(dataset="treaties", version="5", row="17")
    >>> claim = Claim(subject="iran", relation=relation("ally_of"), object="syria", sign=1, evidence=row, reader="t 1")
    >>> found = record(claim, {"iran": "Iran"})
    >>> found.subject, found.object, found.said_by, found.source
    ('Iran', 'syria', 'document', 'treaties 5#17')
    """
    evidence = claim.evidence
    quoted = evidence if isinstance(evidence, Quote) else None
    document = quoted.document if quoted else None
    cited = "" if isinstance(evidence, Quote) else f"{evidence.dataset} {evidence.version}#{evidence.row}"
    return ClaimRecord(
        id=claim.id,
        subject=names.get(claim.subject, claim.subject),
        relation=claim.relation.name,
        object=names.get(claim.object, claim.object),
        sign=claim.sign,
        change=str(claim.change),
        means=tuple(str(means) for means in claim.means),
        held_from=claim.held.start_text,
        held_to=claim.held.end_text,
        said_by=UNQUOTED if claim.said_by is None else names.get(claim.said_by, claim.said_by),
        certainty=str(claim.certainty),
        confidence=claim.confidence,
        why=claim.why.text if claim.why else None,
        quote=quoted.text if quoted else None,
        start=quoted.start if quoted else None,
        end=quoted.end if quoted else None,
        document=document.sha256 if document else None,
        source=document.source if document else cited,
        url=document.url if document else None,
        published=claim.published.isoformat() if claim.published else None,
        reader=claim.reader,
        recorded_at=claim.recorded_at.isoformat() if claim.recorded_at else None,
    )
