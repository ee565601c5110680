"""From a user's copy of a dataset to claims, each with its citation: dataset, version and row.

A row whose code stood for nobody at its time is refused and noted. What lies outside the years of a dataset is unknown,
not none. `published` is the day from which a reader could have known a claim; None is the day on which it is recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from os import PathLike
from pathlib import Path

from cordiale.actors import Catalogue
from cordiale.claims import Actor, Certainty, Change, Citation, Claim, Kind
from cordiale.datasets import alliances, conflicts, disputes, generic, support
from cordiale.datasets.cast import Cast, split
from cordiale.datasets.cells import Cells, read_cells
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import Spell, censored
from cordiale.datasets.table import TieTable
from cordiale.datasets.ties import read_ties
from cordiale.errors import CordialeError, InvalidValue, UnknownName

TIES = "ties"
"""The name of the generic dataset: any table of ties."""

DATASETS: Mapping[str, Dataset] = {
    one.name: one
    for one in (
        alliances.COW, alliances.ATOP, support.UCDP_ESD, conflicts.UCDP, conflicts.UCDP_DYADIC, disputes.GML,
        disputes.TSS,
    )
}  # fmt: skip
"""The datasets that can be loaded, by name; beside them any table of ties (`TIES`)."""

READER = "rows 1"


@dataclass(slots=True, kw_only=True)
class Loading:
    """Claims of a file, drawn as they are asked for, once; `actors` and `notes` grow as they are.

    `years` are the first and the last that are covered, None for a table that does not say; `covers` says which pairs.
    """

    dataset: str
    version: str
    years: tuple[int, int] | None
    covers: str
    claims: Iterator[Claim] = field(repr=False)
    actors: Mapping[str, Actor] = field(repr=False)
    notes: Notes = field(repr=False)


def loading(
    name: str,
    file: str | PathLike[str],
    actors: Catalogue,
    *,
    version: str | None = None,
    columns: Mapping[str, str] | None = None,
    scheme: str | None = None,
    published: date | None = None,
) -> Loading:
    """The claims of a user's copy of a dataset, or of a table of ties (`ties`, with codes of a `scheme`).

    `columns` maps a table's roles, or the column names that a dataset's loader expects, to those of the file. The
    version is as given, else as the file says in a column of that name, else the loader's own; of a table, the first
    digits of the sha256 of its file. `published` is that of the loader's version unless given. An unknown dataset is an
    `UnknownName`, a file of another shape an `UnreadableInput`.
    """
    if name == TIES:
        table = read_ties(file, columns)
        version = version or hashlib.sha256(Path(file).read_bytes()).hexdigest()[:12]
        cast = Cast(actors, Kind.ORGANIZATION, table.notes)
        if scheme is not None:
            cast.scheme(scheme)
        source = _Source(Path(file).name, version, published)
        claims = _claims(generic.spells(table, scheme, table.notes), source, cast)
        return Loading(
            dataset=source.dataset, version=version, years=_years_of(table), covers="the pairs of its rows",
            claims=claims, actors=cast.used, notes=table.notes,
        )  # fmt: skip
    if name not in DATASETS:
        raise UnknownName("dataset", name, [*DATASETS, TIES])
    if scheme:
        raise InvalidValue(f"a scheme of codes for {name}", scheme, f"it has its own; it is for {TIES}")
    dataset, notes = DATASETS[name], Notes()
    watched = _Watched(read_cells(file, notes), columns or {})
    rows = list(dataset.read(watched.cells, notes))
    found = version or watched.version or dataset.version
    own = found == dataset.version
    years = _years(rows, dataset.years if own else None)
    if years is not None:
        rows = [censored(spell, *years) for spell in rows]
    cast = Cast(actors, Kind.ORGANIZATION, notes)
    source = _Source(name, found, published or (dataset.published if own else None))
    return Loading(
        dataset=name, version=found, years=years, covers=dataset.covers, claims=_claims(rows, source, cast),
        actors=cast.used, notes=notes,
    )  # fmt: skip


class _Watched:
    """The cells of a file under the names that a loader expects, and the version that its first row gives."""

    def __init__(self, cells: Cells, columns: Mapping[str, str]) -> None:
        self.version: str | None = None
        names = {theirs.casefold(): ours for ours, theirs in columns.items()}
        if missing := names.keys() - {column.casefold() for column in cells.columns}:
            known = {column.casefold(): column for column in cells.columns}
            raise UnknownName(f"column of {cells.source}", sorted(missing)[0], known)
        renamed = tuple(names.get(column.casefold(), column) for column in cells.columns)
        place = Cells(cells.source, renamed, iter(())).place("version")
        self.cells = Cells(cells.source, renamed, self._rows(cells.rows, place))

    def _rows(self, rows: Iterator[tuple[int, list[str]]], place: int | None) -> Iterator[tuple[int, list[str]]]:
        for number, row in rows:
            if place is not None and self.version is None:
                self.version = row[place] or None
            yield number, row


@dataclass(frozen=True, slots=True)
class _Source:
    dataset: str
    version: str
    published: date | None


def _claims(spells: Iterable[Spell], source: _Source, cast: Cast) -> Iterator[Claim]:
    for spell in spells:
        try:
            parts = cast.parts(spell)
        except CordialeError as error:
            what = error.what if isinstance(error, InvalidValue) else str(error)
            value = f"{spell.held}; {error.mend}" if isinstance(error, InvalidValue) else spell.held
            cast.notes.add(f"{what}: refused", spell.row, value, refused=True)
            continue
        if not parts:
            cast.notes.add("a tie of an actor with itself: left out", spell.row, str(spell.subject))
        evidence = Citation(dataset=source.dataset, version=source.version, row=str(spell.row))
        for part in parts:
            one = split(spell, part)
            yield Claim(
                subject=part.subject, relation=one.relation, object=part.object, reader=READER, evidence=evidence,
                sign=one.relation.sign if one.sign is None else one.sign, held=one.held, means=one.means,
                published=source.published, change=Change.CONTINUES if one.continues else Change.NONE,
                certainty=Certainty.ALLEGED if one.alleged else Certainty.ASSERTED,
            )  # fmt: skip


def _years(spells: Iterable[Spell], own: tuple[int, int] | None) -> tuple[int, int] | None:
    """The years that a dataset covers: its own where the version is the loader's, and what the rows add to them."""
    first, last = ([own[0]], [own[1]]) if own else ([], [])
    for spell in spells:
        if spell.held.start is not None and not own:
            first.append(spell.held.start.year)
        if spell.held.end is not None:
            last.append((spell.held.end - timedelta(days=1)).year)
    return (min(first), max(last)) if first and last else None


def _years_of(table: TieTable) -> tuple[int, int] | None:
    days = [day for day in (*table.begin.tolist(), *(end - 1 for end in table.end.tolist())) if day > 0]
    return (date.fromordinal(min(days)).year, date.fromordinal(max(days)).year) if days else None
