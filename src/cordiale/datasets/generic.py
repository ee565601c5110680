"""A table of ties as a dataset: rows with any column names, a sign or a relation, and maybe when.

A sign alone says no more than that two are friendly, rivals, or neutral; beside a relation it is the sign of what is
said to have happened to it. Strengths are kept for measures of the table itself, not for claims. Actors go by names, or
by codes of one scheme.
"""

from __future__ import annotations

from collections.abc import Iterator

from cordiale.claims import Means
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell
from cordiale.datasets.table import TieTable
from cordiale.relations import relation

OF_SIGN = {1: "friendly_to", -1: "rivals", 0: "neutral_toward"}
"""The relation of a row that has a sign and no relation."""
_MEANS = {str(means): means for means in Means}


def spells(table: TieTable, scheme: str | None, notes: Notes) -> Iterator[Spell]:
    """A spell for each row that was kept."""
    ends = [End(name=label) if scheme is None else End(code=label, scheme=scheme) for label in table.actors]
    bare = {sign: relation(name) for sign, name in OF_SIGN.items()}
    means = [_means(text) for text in table.means]
    columns = (column.tolist() for column in (table.ends, table.signs, table.numbers, table.kinds, table.said))
    for row, ((a, b), sign, number, kind, said) in enumerate(zip(*columns, strict=True)):
        found = bare[sign] if kind < 0 else table.relations[kind]
        if means[said] is None:
            notes.add("a type of support that is none: the row is kept without it", number, table.means[said])
        elif means[said] and not found.means:
            notes.add("a type of support of what is none: the row is kept without it", number, found.name)
        yield Spell(
            row=number, subject=ends[a], relation=found, object=ends[b], held=table.held(row), sign=sign,
            means=(means[said] or ()) if found.means else (),
        )  # fmt: skip


def _means(text: str) -> tuple[Means, ...] | None:
    """The types of support that are written in a cell, by blanks, commas or bars; None where one of them is none."""
    words = text.casefold().replace(",", " ").replace("|", " ").split()
    return tuple(_MEANS[word] for word in dict.fromkeys(words)) if set(words) <= set(_MEANS) else None
