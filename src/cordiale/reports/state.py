"""What a report was made of: which dossier, what was in it, and a sha256 that another can compare.

The sum covers every claim that the answers were weighed from, as known on the day: a claim that is added, reviewed away
or read anew gives another. A claim of an undated document counts from the day on which it was recorded, and so does the
sum. Nothing is weighed here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from cordiale.plain import one_line

if TYPE_CHECKING:
    from cordiale.columns import ClaimColumns
    from cordiale.dossier import Dossier

_NUMBERS = ("subject", "object", "said_by", "relation", "sign", "change", "certainty", "start", "end", "known", "voice")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A dossier as a report found it. `recording` is the last of the writings to it, `sha256` that of the claims."""

    name: str
    known: date | None
    documents: int
    datasets: int
    claims: int
    recording: int
    sha256: str

    @property
    def told(self) -> str:
        """The same in a few words."""
        known = f"as known on {self.known}" if self.known else "with everything known"
        made = f"{many(self.documents, 'document')} and {many(self.datasets, 'dataset')}"
        return f"{self.name} ({made}, {many(self.claims, 'claim')}, recording {self.recording}), {known}"


def state_of(dossier: Dossier, columns: ClaimColumns, known: date | None) -> State:
    """The state of a dossier whose claims, as known on a day, are these columns."""
    counts = dossier.store.counts()
    return State(
        name=short(dossier.name), known=known, documents=counts.documents, datasets=counts.datasets,
        claims=len(columns), recording=dossier.store.moment(), sha256=summed(columns),
    )  # fmt: skip


def summed(columns: ClaimColumns) -> str:
    """The sha256 of columns: actors and relations by name, then each column as numbers of 64 bits, least byte first."""
    found = hashlib.sha256()
    for name in (*columns.actors, "", *(one.name for one in columns.relations), ""):
        found.update(name.encode() + b"\n")
    for column in _NUMBERS:
        found.update(np.ascontiguousarray(getattr(columns, column), dtype="<i8").tobytes())
    found.update(np.ascontiguousarray(columns.confidence, dtype="<f8").tobytes())
    return found.hexdigest()


def short(name: str) -> str:
    """The last part of a path or an address: a report is handed on, and whose folder it was is nobody's business.

    >>> short("/home/ann/levant.dossier"), short("news.jsonl#12"), short("-")
    ('levant.dossier', 'news.jsonl#12', '-')
    """
    return one_line(name.replace("\\", "/").rstrip("/").rpartition("/")[2]) or "-"


def many(count: int, one: str, more: str | None = None) -> str:
    """A count with its noun.

    >>> many(1, "claim"), many(1200, "ally", "allies")
    ('1 claim', '1,200 allies')
    """
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
