"""Claims as columns: what a store gives and what ties weigh, a million at a time.

One row a claim. Days are ordinals (`date.toordinal()`), 0 where unknown or open. Actors are numbers into `actors`,
relations into `relations`; -1 is nobody. No clock of the machine is read and nothing is weighed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import Certainty, Change, Claim, Quote
from cordiale.errors import InvalidValue
from cordiale.relations import Relation

CHANGES = tuple(Change)
CERTAINTIES = tuple(Certainty)


def ordinal(day: date | None) -> int:
    """A day as a number; 0 for None.

    >>> ordinal(date(1, 1, 1)), ordinal(None)
    (1, 0)
    """
    return 0 if day is None else day.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimColumns:
    """Claims as equally long columns.

    `number` is the caller's own number of the claim (a store's row). `known` is the day from which a reader could have
    known it: published, or recorded where the document has no date; never 0. `voice` numbers independent tellers:
    syndicated copies of one story share it. `source` numbers publishers or datasets. `change` and `certainty` index
    `CHANGES` and `CERTAINTIES`.
    """

    actors: tuple[str, ...]
    relations: tuple[Relation, ...]
    number: NDArray[np.int64]
    subject: NDArray[np.int32]
    object: NDArray[np.int32]
    said_by: NDArray[np.int32]
    relation: NDArray[np.int16]
    sign: NDArray[np.int8]
    change: NDArray[np.int8]
    certainty: NDArray[np.int8]
    confidence: NDArray[np.float64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    known: NDArray[np.int32]
    voice: NDArray[np.int32]
    source: NDArray[np.int32]

    def __post_init__(self) -> None:
        lengths = {name: len(getattr(self, name)) for name in _ARRAYS}
        if len(set(lengths.values())) > 1:
            raise InvalidValue("columns of unequal length", lengths, "give one value a claim in each")

    def __len__(self) -> int:
        return len(self.number)

    def where(self, rows: NDArray[Any]) -> ClaimColumns:
        """The claims at these row indices, or where this boolean mask is true."""
        if rows.dtype == np.bool_ and rows.all():
            return self
        kept = {name: getattr(self, name)[rows] for name in _ARRAYS}
        return ClaimColumns(actors=self.actors, relations=self.relations, **kept)

    def joined(self, other: ClaimColumns) -> ClaimColumns:
        """These claims and those of another, in the order of their numbers; one that both have is there once."""
        actors, relations = _Numbers(), _Numbers()
        for one in (self, other):
            for slug in one.actors:
                actors[slug]
            for relation in one.relations:
                relations[relation]
        number, first = np.unique(np.concatenate([self.number, other.number]), return_index=True)
        kept: dict[str, Any] = {"number": number}
        for name, dtype in _ARRAYS.items():
            if name == "number":
                continue
            parts = []
            for one in (self, other):
                part = getattr(one, name)
                if name in {"subject", "object", "said_by"}:
                    part = np.array([*(actors[slug] for slug in one.actors), -1], dtype=dtype)[part]
                elif name == "relation":
                    part = np.array([*(relations[r] for r in one.relations), -1], dtype=dtype)[part]
                parts.append(part)
            kept[name] = np.concatenate(parts)[first]
        return ClaimColumns(actors=tuple(actors), relations=tuple(relations), **kept)

    @classmethod
    def from_claims(cls, claims: Iterable[Claim], *, voices: Mapping[str, int] | None = None) -> ClaimColumns:
        """From claims in memory, numbered as they come.

        `voices` gives a number for each document's sha256, equal for copies of one story; without it every document is
        a voice of its own, and so is every dataset. A claim neither published nor recorded on any day is refused.
        """
        rows = list(claims)
        actors = _Numbers()
        relations = _Numbers()
        tellers = _Numbers()
        sources = _Numbers()
        values: dict[str, list[Any]] = {name: [] for name in _ARRAYS}
        for number, claim in enumerate(rows):
            day = claim.published or (claim.recorded_at.date() if claim.recorded_at else None)
            if day is None:
                raise InvalidValue(
                    "a claim known on no day", claim.id, "give it the day its document was published, or recorded"
                )
            if isinstance(claim.evidence, Quote):
                document = claim.evidence.document
                teller: object = (voices or {}).get(document.sha256, document.sha256)
                source = document.publisher or document.sha256
            else:
                teller = source = f"{claim.evidence.dataset} {claim.evidence.version}"
            row = (
                number,
                actors[claim.subject],
                actors[claim.object],
                -1 if claim.said_by is None else actors[claim.said_by],
                relations[claim.relation],
                claim.sign,
                CHANGES.index(claim.change),
                CERTAINTIES.index(claim.certainty),
                claim.confidence,
                ordinal(claim.held.start),
                ordinal(claim.held.end),
                ordinal(day),
                tellers[teller],
                sources[source],
            )
            for name, value in zip(_ARRAYS, row, strict=True):
                values[name].append(value)
        arrays = {name: np.array(values[name], dtype=dtype) for name, dtype in _ARRAYS.items()}
        return cls(actors=tuple(actors), relations=tuple(relations), **arrays)


_ARRAYS: dict[str, type[np.generic]] = {
    "number": np.int64, "subject": np.int32, "object": np.int32, "said_by": np.int32, "relation": np.int16,
    "sign": np.int8, "change": np.int8, "certainty": np.int8, "confidence": np.float64, "start": np.int32,
    "end": np.int32, "known": np.int32, "voice": np.int32, "source": np.int32,
}  # fmt: skip
assert set(_ARRAYS) == {f.name for f in fields(ClaimColumns)} - {"actors", "relations"}


class _Numbers(dict[Any, int]):
    """Numbers things from 0 as they are first met."""

    def __missing__(self, key: Any) -> int:
        return self.setdefault(key, len(self))
