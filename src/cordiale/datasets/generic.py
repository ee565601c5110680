"""A table of ties as a dataset: rows with any column names, a sign or a relation, and maybe when.

A sign alone says no more than that two are friendly, rivals, or neutral; strengths are kept for measures of the table
itself, not for claims. Actors go by names, or by codes of one scheme.
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


def spells(table: TieTable, scheme: str | None, notes: Notes) -> Iterator[Spell]:
    """A spell for each row that was kept."""
    rows = zip(
        table.ends.tolist(), table.signs.tolist(), table.numbers.tolist(), table.kinds.tolist(), table.periods,
        table.means, strict=True,
    )  # fmt: skip
    for (a, b), sign, number, kind, held, said in rows:
        found = relation(OF_SIGN[sign]) if kind < 0 else table.relations[kind]
        means = tuple(dict.fromkeys(Means(word) for word in said.split() if word in set(Means)))
        if len(means) < len(said.split()):
            notes.add("a type of support that is none: the row is kept without it", number, said)
        yield Spell(
            row=number, subject=_end(table.actors[a], scheme), relation=found, object=_end(table.actors[b], scheme),
            held=held, means=means if found.means else (),
        )  # fmt: skip


def _end(label: str, scheme: str | None) -> End:
    return End(name=label) if scheme is None else End(code=label, scheme=scheme)
