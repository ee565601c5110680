"""Codes of states in other lists, and whom they stood for when: the cross-walk of the catalogue, dated.

255 is Germany to 1945 and from 1990 on; between, nobody. A code that stood for nobody on a day is an error that says
when it did, and for whom. Schemes are those of the catalogue: `cow`, `gw`, `iso3`, ...
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from cordiale.claims import Actor
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import ALWAYS, Period

YEAR = timedelta(days=366)
"""How far lists may differ on the day on which a code begins or ends."""


class Codes:
    """The codes of one scheme.

    >>> from cordiale.actors import catalogue
    >>> codes = Codes(catalogue().values(), "cow")
    >>> codes.actor("255", date(1913, 1, 1)).id, codes.actor("260", date(1970, 1, 1)).id
    ('germany', 'germany')
    """

    def __init__(self, actors: Iterable[Actor], scheme: str) -> None:
        self.scheme = scheme
        self._actors: dict[str, list[tuple[Period, Actor]]] = {}
        self._codes: dict[str, list[tuple[Period, str]]] = {}
        for actor in actors:
            for code in actor.codes:
                if code.scheme == scheme:
                    held = _of(code.held, actor)
                    self._actors.setdefault(code.value, []).append((held, actor))
                    self._codes.setdefault(actor.id, []).append((held, code.value))
        if not self._actors:
            raise UnknownName("scheme of codes", scheme, {c.scheme for a in actors for c in a.codes})

    def actor(self, value: str, day: date | None) -> Actor:
        """Whom a code stood for on a day; without one, at any time, if that was one actor alone.

        Lists differ on days: where it stood for nobody on that day and for one actor within a year of it, that one.
        """
        code = _plain(value)
        if code not in self._actors:
            raise UnknownName(f"{self.scheme} code", code, self._actors, "no actor of the catalogue has it")
        rows = self._actors[code]
        found = {actor.id: actor for held, actor in rows if day is None or held.holds(day)}
        if not found and day is not None:
            found = {actor.id: actor for held, actor in rows if _near(held, day)}
        if len(found) != 1:
            when = "; ".join(f"{actor.name} {held}" for held, actor in rows)
            what = "stood for nobody on that day" if not found else "stood for several"
            raise InvalidValue(f"{self.scheme} code {code}, which {what}", str(day), f"it stood for {when}")
        return next(iter(found.values()))

    def first(self, value: str, held: Period) -> date | None:
        """The first day of a period on which a code stood for somebody; None where it never did, or always had."""
        if held.start is None:
            return None
        starts = [held.start]
        for one, _ in self._actors.get(_plain(value), ()):
            if one.holds(held.start) or _near(one, held.start):
                return held.start
            if one.start is not None and held.holds(one.start):
                starts.append(one.start)
        return min(starts[1:], default=None)

    def code(self, actor: str, day: date) -> str | None:
        """An actor's code on a day; None where it had none."""
        return next((value for held, value in self._codes.get(actor, ()) if held.holds(day)), None)


def code_of(actor: Actor, scheme: str, day: date) -> str | None:
    """An actor's code in a scheme on a day; None where it had none.

    >>> from cordiale.actors import catalogue
    >>> [code_of(catalogue()["germany"], "cow", date(year, 1, 1)) for year in (1913, 1950, 1970)]
    ['255', None, '260']
    """
    rows = (code for code in actor.codes if code.scheme == scheme)
    return next((code.value for code in rows if _of(code.held, actor).holds(day)), None)


def _plain(value: str) -> str:
    """A code as the catalogue writes it: `2.0` and `002` are 2."""
    text = value.strip().removesuffix(".0")
    return str(int(text)) if text.isdigit() else text.upper()


def _of(held: Period, actor: Actor) -> Period:
    """When a code stood for an actor: as the catalogue says, else as long as there was the actor."""
    return actor.held if held == ALWAYS else held


def _near(held: Period, day: date) -> bool:
    """Whether a period lies within a year of a day."""
    early = held.start is not None and timedelta(0) < held.start - day <= YEAR
    late = held.end is not None and timedelta(0) <= day - held.end <= YEAR
    return early or late
