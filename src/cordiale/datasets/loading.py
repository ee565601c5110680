"""From a user's copy of a dataset to claims, each with its citation: dataset, version and row.

Codes are looked up as of the day on which a spell begins; a row whose code stood for nobody then is refused and noted.
A name that nobody bears becomes a provisional actor. What lies outside the years of a dataset is unknown, not none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike
from pathlib import Path

from cordiale.actors import Catalogue, provisional
from cordiale.claims import Actor, Certainty, Citation, Claim, Kind, NameUse
from cordiale.datasets import alliances, conflicts, support
from cordiale.datasets.cells import read_cells
from cordiale.datasets.codes import Codes
from cordiale.datasets.dataset import Dataset
from cordiale.datasets.generic import spells as of_table
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell, censored
from cordiale.datasets.table import read_ties
from cordiale.errors import CordialeError, InvalidValue, UnknownName
from cordiale.periods import Period, Precision

TIES = "ties"
"""The name of the generic dataset: any table of ties."""

DATASETS: Mapping[str, Dataset] = {
    one.name: one
    for one in (
        alliances.COW, alliances.ATOP, support.UCDP_ESD, conflicts.UCDP, conflicts.UCDP_DYADIC, conflicts.GML,
        conflicts.TSS,
    )
}  # fmt: skip
"""The datasets that can be loaded, by name; beside them any table of ties (`TIES`)."""

READER = "rows 1"


@dataclass(slots=True, kw_only=True)
class Loading:
    """Claims of a file, drawn as they are asked for; `actors` and `notes` grow as they are. `years` are those covered,
    None for a table that does not say."""

    dataset: str
    version: str
    years: tuple[int, int] | None
    claims: Iterator[Claim]
    actors: dict[str, Actor]
    notes: Notes


def loading(
    name: str,
    file: str | PathLike[str],
    actors: Catalogue,
    *,
    version: str | None = None,
    columns: Mapping[str, str] | None = None,
    scheme: str | None = None,
    published: date | None = None,
    today: date | None = None,
) -> Loading:
    """The claims of a user's copy of a dataset, or of a table of ties (`ties`, with `columns`, or codes of a `scheme`).

    `published` is the day from which a reader could have known it: that of the release unless given; for a table,
    `today`. An unknown dataset is an `UnknownName`, a file of another shape an `UnreadableInput`.
    """
    notes = Notes()
    if name == TIES:
        table = read_ties(file, columns)
        notes = table.notes
        day = published or today
        if day is None:
            raise InvalidValue("a table of ties published on no day", str(file), "say when: published=...")
        found = of_table(table, scheme, notes)
        return _made(Path(file).name, version or day.isoformat(), None, found, day, actors, notes)
    if name not in DATASETS:
        raise UnknownName("dataset", name, [*DATASETS, TIES])
    if columns or scheme:
        raise InvalidValue(f"columns or codes of {name}", columns or scheme, f"it has its own; they are for {TIES}")
    dataset = DATASETS[name]
    rows = dataset.read(read_cells(file, notes), notes)
    first, last = dataset.years
    kept = (censored(spell, first, last) for spell in rows)
    day = published or dataset.published
    return _made(name, version or dataset.version, dataset.years, kept, day, actors, notes)


def _made(
    name: str, version: str, years: tuple[int, int] | None, spells: Iterator[Spell], day: date, actors: Catalogue,
    notes: Notes,
) -> Loading:  # fmt: skip
    cast = _Cast(actors, Kind.ORGANIZATION if name not in DATASETS else Kind.ARMED_GROUP)
    found = Loading(dataset=name, version=version, years=years, claims=iter(()), actors=cast.used, notes=notes)
    found.claims = _claims(found, spells, day, cast)
    return found


def _claims(found: Loading, spells: Iterator[Spell], day: date, cast: _Cast) -> Iterator[Claim]:
    for spell in spells:
        held = cast.since(spell)
        if held != spell.held:
            found.notes.add(
                "a code that stood for nobody at first: from the day on which it did", spell.row, spell.held
            )
        on = held.start or held.end
        try:
            subject, target = cast.actor(spell.subject, on), cast.actor(spell.object, on)
        except CordialeError as error:
            what = error.what if isinstance(error, InvalidValue) else str(error)
            found.notes.add(f"{what}: refused", spell.row, spell.held, refused=True)
            continue
        if subject == target:
            found.notes.add("a tie of an actor with itself: left out", spell.row, subject)
            continue
        yield Claim(
            subject=subject, relation=spell.relation, object=target, sign=spell.relation.sign, reader=READER,
            evidence=Citation(dataset=found.dataset, version=found.version, row=str(spell.row)), held=held,
            means=spell.means, published=day,
            certainty=Certainty.ALLEGED if spell.alleged else Certainty.ASSERTED,
        )  # fmt: skip


class _Cast:
    """Who the rows are about; what is asked twice is looked up once. `kind` is that of names that nobody bears."""

    def __init__(self, actors: Catalogue, kind: Kind) -> None:
        self.catalogue, self.kind = actors, kind
        self.used: dict[str, Actor] = {}
        self.codes: dict[str, Codes] = {}
        self.known: dict[tuple[End, date | None], str] = {}

    def since(self, spell: Spell) -> Period:
        """The time of a spell, from the first day in it on which the codes of both ends stood for somebody."""
        held = spell.held
        for end in (spell.subject, spell.object):
            if end.code is not None and end.scheme is not None:
                first = self._scheme(end.scheme).first(end.code, held)
                if first is not None and held.start is not None and first > held.start:
                    held = replace(held, start=first, start_precision=Precision.DAY)
        return held

    def _scheme(self, scheme: str) -> Codes:
        if scheme not in self.codes:
            self.codes[scheme] = Codes(list(self.catalogue.values()), scheme)
        return self.codes[scheme]

    def actor(self, end: End, day: date | None) -> str:
        """The id of whom an end names on a day."""
        key = (end, day)
        if key not in self.known:
            found = self._found(end, day)
            self.used.setdefault(found.id, found)
            self.known[key] = found.id
        return self.known[key]

    def _found(self, end: End, day: date | None) -> Actor:
        if end.code is not None and end.scheme is not None:
            return self._scheme(end.scheme).actor(end.code, day)
        name = end.name or ""
        if name in self.catalogue:
            return self.catalogue[name]
        bearers = {
            actor.id: actor
            for actor, said in self.catalogue.named(name)
            if said.use is NameUse.NAME and (day is None or said.held.holds(day))
        }
        if len(bearers) == 1:
            return next(iter(bearers.values()))
        if bearers:
            raise InvalidValue(f"a name that {len(bearers)} actors bear", name, "use an id, or a code")
        if not any(letter.isalnum() for letter in name):
            raise InvalidValue("a name without letters", name, "write it")
        return provisional(name, self.kind)
