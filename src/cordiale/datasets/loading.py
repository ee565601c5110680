"""From a user's copy of a dataset to claims, each with its citation: dataset, version and row.

A row whose code stood for nobody at its time is refused and noted. What lies outside the years of a dataset is unknown,
not none. `published` is the day from which a reader could have known a claim; None is the day on which it is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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

    `years` are the first and the last that are covered, None where nobody can say; `covers` says which pairs.
    """

    dataset: str
    version: str
    years: tuple[int | None, int | None]
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
        version = version or table.sha256[:12]
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
        renamed = replace(cells, columns=tuple(names.get(column.casefold(), column) for column in cells.columns))
        self.cells = replace(renamed, rows=self._rows(cells.rows, renamed.place("version")))

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


def _years(spells: Iterable[Spell], own: tuple[int, int] | None) -> tuple[int | None, int | None]:
    """The years that a dataset covers: its own where the version is the loader's, and what the rows add to them.

    Of another version, the first and the last of its rows; no last one where some are said to go on.
    """
    first, last, open_still = ([own[0]], [own[1]], False) if own else ([], [], False)
    for spell in spells:
        if spell.held.start is not None and not own:
            first.append(spell.held.start.year)
        if spell.held.end is not None:
            last.append((spell.held.end - timedelta(days=1)).year)
        else:
            open_still = not own
    return min(first, default=None), None if open_still else max(last, default=None)


def _years_of(table: TieTable) -> tuple[int | None, int | None]:
    first, beyond = table.span
    return None if first is None else first.year, None if beyond is None else (beyond - timedelta(days=1)).year
