"""Taking a dataset in: a user's own copy, row by row, as claims with their citation; whole or not at all.

Loading the same file again changes nothing. What a dataset covers is kept: outside of that is unknown, not none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from cordiale.claims import Claim, Origin
from cordiale.datasets import Loading, Notes, loading
from cordiale.dossier import days
from cordiale.dossier.tables import Table
from cordiale.errors import DossierError
from cordiale.periods import Period, Precision
from cordiale.store import Coverage

if TYPE_CHECKING:
    from cordiale.dossier.front import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """What loading a file changed.

    `claims` are new, `known` were there already, `others` are those of that version that this file does not say:
    another copy did, and they stay. `actors` are new to the dossier, `provisional` the names among them
    that no catalogue has. `coverage` is what the dataset covers, with all its claims in the dossier; `notes` say which
    rows were settled by a rule or refused.
    """

    claims: int
    known: int
    others: int
    actors: int
    provisional: tuple[str, ...]
    coverage: Coverage
    notes: Notes = field(repr=False)


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

    `columns` says which column of the file is which; `scheme` is for tables whose actors go by codes. `published` is
    the release of the dataset unless given; of a table, and of another version, the day of loading. `progress` is told
    how many claims were drawn. Rows that cannot be used are refused and noted; what stops the file leaves nothing.

    >>> from pathlib import Path; from tempfile import TemporaryDirectory; import cordiale
    >>> with TemporaryDirectory() as folder, cordiale.open(Path(folder) / "new.dossier") as dossier:
    ...     ties = Path(folder) / "ties.csv"
    ...     _ = ties.write_text("a,b,sign,begin,end\\nGBR,FRA,-1,1872,1904\\nGBR,FRA,1,1904,\\n")
    ...     dossier.load("ties", ties, published="1905").claims
    ...     [dossier.tie("France", "United Kingdom", at=at).stance.sign for at in ("1880", "1906")]
    2
    [-1, 1]
    """
    if desk.store.read_only:
        raise DossierError(desk.name, "it can be read but not written", "make file and folder writable, or copy it")
    day = None if published is None else min(days.last_day(published), desk.today())
    found = loading(dataset, file, desk.catalogue(), version=version, columns=columns, scheme=scheme, published=day)
    before = set(desk.store.actors())
    drawn = 0

    def claims() -> Iterator[Claim]:
        nonlocal drawn
        for claim in found.claims:
            drawn += 1
            if progress is not None:
                progress(drawn)
            yield claim

    def covered() -> Iterator[Coverage]:
        if drawn:  # a file without a claim leaves nothing
            yield _covered(found)

    added = desk.store.add_claims(claims(), found.actors.values(), coverage=covered())
    stored = (one for one in desk.store.coverage() if (one.dataset, one.version) == (found.dataset, found.version))
    whole = next(stored, _covered(found))
    fresh = [actor for key, actor in found.actors.items() if key not in before]
    return LoadSummary(
        claims=added.claims,
        known=drawn - added.claims,
        others=max(0, whole.claims - drawn),
        actors=len(fresh),
        provisional=tuple(sorted(actor.name for actor in fresh if actor.origin is Origin.PROVISIONAL)),
        coverage=whole,
        notes=found.notes,
    )


def _covered(found: Loading) -> Coverage:
    first, last = found.years
    start, end = (None if year is None else date(year, 1, 1) for year in (first, None if last is None else last + 1))
    held = Period(
        start=start, end=end, start_precision=Precision.DAY if start else Precision.UNKNOWN,
        end_precision=Precision.DAY if end else Precision.UNKNOWN,
    )  # fmt: skip
    return Coverage(dataset=found.dataset, version=found.version, held=held, pairs=found.covers)


def coverage(desk: Dossier) -> Table[Coverage]:
    """What each dataset of a dossier covers: `from` the first day through the day before `to`; empty where unknown."""
    return Table(
        desk.store.coverage(),
        columns=("dataset", "version", "from", "to", "pairs", "claims"),
        row=lambda one: (one.dataset, one.version, one.held.start, one.held.end, one.pairs, one.claims),
    )
