"""A dataset that can be loaded: where to get it, how to cite it, which years it covers, and how its rows are read.

Nothing of any dataset ships. `read` gives the spells of a user's own copy, actors by the dataset's codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from cordiale.datasets.cells import Cells
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import Spell

Read = Callable[[Cells, Notes], Iterator[Spell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """`version` and `published` are those that the loader was written for; a user's copy may be another.

    `years` are the first and the last that it covers: outside of them is unknown, not none. `covers` says which pairs.
    A `formal` one is of treaties: what states agreed, and not what anybody says of them.
    """

    name: str
    title: str
    version: str
    published: date
    years: tuple[int, int]
    covers: str
    where: str
    licence: str
    cite: str
    read: Read
    formal: bool = False
