"""From rows of a dataset to spells of a tie: who stands how to whom, and when, as the dataset has it.

Rows that follow one another without a gap are one spell, which cites the first of them. A spell of a status that runs
through the last year of the dataset has not ended: nobody looked further. One that begins with its first year may have
begun before, and says no more than that it held by then. Who the actors are is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cordiale.claims import Kind, Means
from cordiale.periods import Period, Precision
from cordiale.relations import Layer, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An actor as a dataset names it: by a code in a scheme, or by a name; `kind` is what the dataset says it is."""

    code: str | None = None
    scheme: str | None = None
    name: str | None = None
    kind: Kind | None = None

    def __str__(self) -> str:
        return self.name or f"{self.scheme} {self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A tie over a stretch of time; `row` is the number of the first row that says so.

    `key` sets apart what the dataset does: another treaty, another dispute. `sign` is the relation's where it is None.
    `continues` marks a spell that may have begun before it starts here, `ended` one whose end the dataset states.
    """

    row: int
    subject: End
    relation: Relation
    object: End
    held: Period
    means: tuple[Means, ...] = ()
    alleged: bool = False
    sign: int | None = None
    key: str = ""
    continues: bool = False
    ended: bool = False


def joined(spells: Iterable[Spell]) -> Iterator[Spell]:
    """The spells, those of one tie joined where one begins no later than another ends.

    A symmetric tie is the same both ways, and a row given twice is one.

    >>> from cordiale.relations import relation
    >>> uk, france = End(name="United Kingdom"), End(name="France")
    >>> rows = [Spell(row=year, subject=uk, relation=relation("ally_of"), object=france, held=year_of(year))
    ...     for year in (1904, 1905, 1907)]
    >>> [(spell.row, str(spell.held)) for spell in joined(rows)]
    [(1904, '[1904..1906]'), (1907, '[1907..1908]')]
    """
    kinds: dict[tuple[object, ...], list[Spell]] = {}
    for spell in spells:
        ends = (spell.subject, spell.object)
        if spell.relation.symmetric and str(spell.object) < str(spell.subject):
            ends = (spell.object, spell.subject)
        kind = (*ends, spell.relation.name, spell.sign, spell.means, spell.alleged, spell.key)
        kinds.setdefault(kind, []).append(spell)
    for found in kinds.values():
        found.sort(key=lambda spell: (spell.held.start or date.min, spell.row))
        before = found[0]
        for spell in found[1:]:
            if not _follows(before.held, spell.held):
                yield before
                before = spell
            elif before.held.end is not None and (spell.held.end is None or spell.held.end > before.held.end):
                end, precision = spell.held.end, spell.held.end_precision
                held = replace(before.held, end=end, end_precision=precision)
                before = replace(before, held=held, ended=spell.ended)
            elif before.held.end == spell.held.end:
                before = replace(before, ended=before.ended or spell.ended)
        yield before


def _follows(one: Period, other: Period) -> bool:
    return one.end is None or other.start is None or other.start <= one.end


def year_of(year: int) -> Period:
    """A whole year."""
    return Period.within(date(year, 1, 1), Precision.YEAR)


def censored(spell: Spell, first: int | None, last: int | None) -> Spell:
    """The spell without the ends that are only those of the dataset, which covers the years from `first` to `last`.

    What an act took is left as it is: it was over by then. So is an end that the dataset states.
    """
    held = spell.held
    if spell.relation.layer is Layer.ACT:
        return spell
    if last is not None and not spell.ended and held.end is not None and held.end > date(last, 12, 31):
        held = replace(held, end=None, end_precision=Precision.UNKNOWN)
    early = first is not None and held.start == date(first, 1, 1)
    return replace(spell, held=held, continues=spell.continues or early)
