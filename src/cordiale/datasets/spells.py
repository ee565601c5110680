"""From rows of a dataset to spells of a tie: who stands how to whom, and when, as the dataset has it.

Rows of one year each that follow one another are one spell, which cites its first row. A spell that runs through the
last year of the dataset has not ended: nobody looked further. One that begins in its first year may have begun before,
and says no more than that it held by then. Who the actors are is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cordiale.claims import Means
from cordiale.periods import Period, Precision
from cordiale.relations import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An actor as a dataset names it: by a code in a scheme, by a name, or both."""

    code: str | None = None
    scheme: str | None = None
    name: str | None = None

    def __str__(self) -> str:
        return self.name or f"{self.scheme} {self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A tie over a stretch of time; `row` is the number of the first row that says so."""

    row: int
    subject: End
    relation: Relation
    object: End
    held: Period
    means: tuple[Means, ...] = ()
    alleged: bool = False


def yearly(years: Iterable[tuple[int, Spell]]) -> Iterator[Spell]:
    """Spells of a year each, given with their year, joined where one follows the other.

    >>> from cordiale.relations import relation
    >>> uk, france = End(name="United Kingdom"), End(name="France")
    >>> rows = [(year, Spell(row=year, subject=uk, relation=relation("ally_of"), object=france, held=year_of(year)))
    ...     for year in (1904, 1905, 1907)]
    >>> [(spell.row, str(spell.held)) for spell in yearly(rows)]
    [(1904, '[1904..1906]'), (1907, '[1907..1908]')]
    """
    kinds: dict[tuple[object, ...], dict[int, Spell]] = {}
    for year, spell in years:
        key = (spell.subject, spell.relation.name, spell.object, spell.means, spell.alleged)
        kinds.setdefault(key, {}).setdefault(year, spell)
    for found in kinds.values():
        first = before = None
        for year in sorted(found):
            if first is None or before is None or year != before + 1:
                if first is not None and before is not None:
                    yield _joined(found[first], first, before)
                first = year
            before = year
        if first is not None and before is not None:
            yield _joined(found[first], first, before)


def year_of(year: int) -> Period:
    """A whole year."""
    return Period.within(date(year, 1, 1), Precision.YEAR)


def censored(spell: Spell, first: int, last: int) -> Spell:
    """The spell without the ends that are only those of the dataset, which covers the years from `first` to `last`."""
    held = spell.held
    if held.end is not None and held.end > date(last, 12, 31):
        held = replace(held, end=None, end_precision=Precision.UNKNOWN)
    if held.start is not None and held.start <= date(first, 1, 1):
        held = replace(held, start=date(first, 1, 1), start_precision=Precision.YEAR)
    return replace(spell, held=held)


def _joined(spell: Spell, first: int, last: int) -> Spell:
    held = Period(
        start=date(first, 1, 1), end=date(last + 1, 1, 1), start_precision=Precision.YEAR, end_precision=Precision.YEAR
    )
    return replace(spell, held=held)
