"""Taking a dataset in: a user's own copy, row by row, as claims with their citation; whole or not at all.

Loading the same file again changes nothing. Which years a dataset covers is kept: outside of them is unknown, not none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from cordiale.claims import Citation, Claim, Origin
from cordiale.datasets import DATASETS, Notes, loading
from cordiale.dossier import days
from cordiale.dossier.tables import Table
from cordiale.errors import DossierError

if TYPE_CHECKING:
    from cordiale.dossier.front import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """What loading a file changed: claims that are new, those `known` already, provisional actors that are new, and the
    `notes` on rows that were settled by a rule or refused. `years` are those that the dataset covers."""

    dataset: str
    version: str
    claims: int
    known: int
    provisional: int
    years: tuple[int, int] | None
    notes: Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The years that a dataset of a dossier covers, the last one included, and its claims.

    Those of a dataset that ships a loader are its own; of a table, from the first claim that begins to the last that
    begins or ends, None where no claim says when.
    """

    dataset: str
    version: str
    first: int | None
    last: int | None
    claims: int


def load(
    desk: Dossier,
    dataset: str,
    file: str | PathLike[str],
    *,
    version: str | None = None,
    columns: Mapping[str, str] | None = None,
    scheme: str | None = None,
    published: date | str | None = None,
    progress: Callable[[int], None] | None = None,
) -> LoadSummary:
    """Load a user's copy of a dataset (`cordiale.datasets.DATASETS`), or any table of ties (`ties`).

    `columns` and `scheme` are for tables: which column has which role, and the scheme where actors go by codes.
    `progress` is told how many claims were drawn.
    """
    if desk.store.read_only:
        raise DossierError(desk.name, "it can be read but not written", "make file and folder writable, or copy it")
    day = None if published is None else days.last_day(published)
    found = loading(
        dataset, file, desk.catalogue(), version=version, columns=columns, scheme=scheme, published=day,
        today=desk.today(),
    )  # fmt: skip
    drawn = 0

    def claims() -> Iterator[Claim]:
        nonlocal drawn
        for claim in found.claims:
            drawn += 1
            if progress is not None:
                progress(drawn)
            yield claim

    before = set(desk.store.actors())
    added = desk.store.add_claims(claims(), found.actors.values())
    fresh = [one for key, one in found.actors.items() if key not in before and one.origin is Origin.PROVISIONAL]
    return LoadSummary(
        dataset=found.dataset, version=found.version, claims=added.claims, known=drawn - added.claims,
        provisional=len(fresh), years=found.years, notes=found.notes,
    )  # fmt: skip


def coverage(desk: Dossier) -> Table[Coverage]:
    """What the datasets of a dossier cover, in the order of their names."""
    count = Counter[tuple[str, str]]()
    seen: dict[tuple[str, str], list[int]] = {}
    for claim in desk.store.claims():
        if isinstance(claim.evidence, Citation):
            key = (claim.evidence.dataset, claim.evidence.version)
            count[key] += 1
            ends = [claim.held.start and claim.held.start.year, claim.held.end and claim.held.end.year]
            seen.setdefault(key, []).extend(year for year in ends if year)
    found = []
    for (name, version), claims in sorted(count.items()):
        years = seen[name, version]
        own = DATASETS[name].years if name in DATASETS else (min(years), max(years)) if years else (None, None)
        found.append(Coverage(dataset=name, version=version, first=own[0], last=own[1], claims=claims))
    columns = ("dataset", "version", "first", "last", "claims")
    return Table(found, columns=columns, row=lambda one: [getattr(one, name) for name in columns])
