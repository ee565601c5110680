"""Which actor a provisional actor turned out to be: identities followed to their end, everywhere or in one document.

Stored claims keep the actor that the reader wrote; answers give the one that it has become. What is said of an actor in
one document comes before what is said of it everywhere. Actors and documents are numbers here; nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from cordiale.store.schema import identities


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What each actor becomes: the latest word on it `everywhere`, and `within` single documents.

    >>> both = Resolution(everywhere={7: 2, 2: 1}, within={40: {7: 7}})
    >>> both.of(7), both.of(7, document=40), both.of(3)
    (1, 7, 3)
    """

    everywhere: Mapping[int, int] = field(default_factory=dict)
    within: Mapping[int, Mapping[int, int]] = field(default_factory=dict)

    def of(self, actor: int, document: int | None = None) -> int:
        """The actor that this one has become."""
        here = self.within.get(document, {}) if document is not None else {}
        while (then := here.get(actor, self.everywhere.get(actor, actor))) != actor:
            actor = then
        return actor

    def cycle(self, actor: int, becomes: int, document: int | None) -> bool:
        """Whether one more identity would lead from an actor back to itself."""
        if actor == becomes:
            return False
        if document is not None:
            return self._reaches(becomes, actor, document)
        # Where a document says what this actor is there, a word on it everywhere changes nothing in that document.
        contexts = [None, *(d for d, here in self.within.items() if actor not in here)]
        return any(self._reaches(becomes, actor, context) for context in contexts)

    def _reaches(self, actor: int, goal: int, document: int | None) -> bool:
        here = self.within.get(document, {}) if document is not None else {}
        while actor != goal and (then := here.get(actor, self.everywhere.get(actor, actor))) != actor:
            actor = then
        return actor == goal

    def writings(self, actor: int) -> list[int]:
        """The numbers under which claims about an actor may be stored."""
        named = {*self.everywhere, *(n for here in self.within.values() for n in here)}
        found = {n for n in named if self.of(n) == actor}
        found |= {n for document in self.within for n in named if self.of(n, document) == actor}
        return sorted(found | {actor})

    def apply(self, actors: NDArray[Any], documents: NDArray[Any] | None) -> NDArray[Any]:
        """Each actor as what it has become in its document; numbers below 0 stay. Shapes (n,) and (n,)."""
        if not self.everywhere and not self.within:
            return actors
        known = {*self.everywhere, *(n for here in self.within.values() for n in here)}
        table = np.arange(max(int(actors.max(initial=0)), *known) + 2, dtype=actors.dtype)
        table[-1] = -1  # what the number -1, nobody, finds
        for number in self.everywhere:
            table[number] = self.of(number)
        resolved: NDArray[Any] = table[actors]
        if self.within and documents is not None:
            special = np.isin(documents, list(self.within)) & np.isin(actors, list(known))
            for row in np.nonzero(special)[0]:
                resolved[row] = self.of(int(actors[row]), int(documents[row]))
        return resolved


def resolution(connection: Connection, upto: int | None) -> Resolution:
    """What was known of identities at a recording; None is now."""
    c = identities.c
    asked = select(c.actor, c.document, c.becomes).order_by(c.id)
    if upto is not None:
        asked = asked.where(c.recorded <= upto)
    everywhere: dict[int, int] = {}
    within: dict[int, dict[int, int]] = {}
    for actor, document, becomes in connection.execute(asked):
        if document is None:
            everywhere[actor] = becomes
        else:
            within.setdefault(document, {})[actor] = becomes
    return Resolution(everywhere=everywhere, within=within)
