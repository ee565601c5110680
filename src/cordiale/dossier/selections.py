"""A selection of claims: which of them, and the claims themselves, drawn only as they are looked at.

Nothing is weighed here. Days are half-open, [since, until); an unknown bound of a claim excludes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import numpy as np

from cordiale.claims import UNCLEAR, Claim
from cordiale.columns import ClaimColumns, ordinal
from cordiale.dossier.tables import frame, shown
from cordiale.errors import InvalidValue, UnknownName
from cordiale.records import FIELDS, ClaimRecord, record
from cordiale.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas

SHOWN = ("subject", "relation", "object", "sign", "held_from", "said_by", "quote")
"""The fields of a claim that a table shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which claims: of a relation (its name), of a sign, that may have held on a day of [since, until); the unclear
    ones too, where asked for."""

    relation: str | None = None
    sign: int | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    unclear: bool = False

    def __post_init__(self) -> None:
        if self.sign not in (None, -1, 0, 1):
            raise InvalidValue("the sign of a claim", self.sign, "use -1, 0 or 1")
        if self.limit is not None and self.limit < 0:
            raise InvalidValue("a limit below none", self.limit, "give a number of claims")
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise InvalidValue(
                "a stretch that ends before it begins", f"{self.since} to {self.until}", "give the earlier day first"
            )


def selected(columns: ClaimColumns, wanted: Selection) -> tuple[int, ...]:
    """The numbers of the claims that are wanted. A relation that neither table nor claims have is an `UnknownName`."""
    chosen = np.ones(len(columns), dtype=bool) if wanted.unclear else columns.confidence >= UNCLEAR
    if wanted.relation is not None:
        places = [n for n, row in enumerate(columns.relations) if row.name == wanted.relation]
        if not places and wanted.relation not in relations():
            raise UnknownName("relation", wanted.relation, relations())
        chosen &= np.isin(columns.relation, places)
    if wanted.sign is not None:
        chosen &= columns.sign == wanted.sign
    if wanted.since is not None:
        chosen &= (columns.end == 0) | (columns.end > ordinal(wanted.since))
    if wanted.until is not None:
        chosen &= (columns.start == 0) | (columns.start < ordinal(wanted.until))
    return tuple(columns.number[chosen].tolist()[: wanted.limit])


class Drawer(Protocol):
    """What draws claims by their numbers, and knows the names of actors."""

    def drawn(self, numbers: Iterable[int]) -> Iterator[Claim]:
        """The claims with these numbers, in that order."""

    def names(self) -> dict[str, str]:
        """Canonical names by actor id."""


class Claims:
    """Claims in the order in which they were recorded. How many is known at once; each is drawn when its turn comes."""

    def __init__(self, numbers: tuple[int, ...], drawer: Drawer) -> None:
        self.numbers = numbers
        self.drawer = drawer

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Claim]:
        return self.drawer.drawn(self.numbers)

    def records(self) -> Iterator[ClaimRecord]:
        """The claims as flat records, with actors by name."""
        names = self.drawer.names()
        return (record(claim, names) for claim in self)

    def frame(self) -> pandas.DataFrame:
        """The records as a pandas data frame; `MissingExtra` where pandas is not installed."""
        return frame(FIELDS, (found.values() for found in self.records()))

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_claims, safely

        return safely(self, self.drawer, of_claims)

    def __repr__(self) -> str:
        first = Claims(self.numbers[:10], self.drawer)
        rows = [tuple(getattr(found, name) for name in SHOWN) for found in islice(first.records(), 10)]
        return shown(SHOWN, rows, len(self))
