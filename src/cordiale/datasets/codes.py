"""Codes of states in other lists, and whom they stood for when: the cross-walk of the catalogue, dated.

255 is Germany to 1945 and from 1990 on; between, nobody. A code that stood for nobody on a day is an error that says
when it did, and for whom. Schemes are those of the catalogue: `cow`, `gw`, `iso3`, ...
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cordiale.claims import Actor
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import ALWAYS, Period, Precision

NEAR = timedelta(days=366)
"""How far lists may differ on the day on which a code begins or ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whom a code stood for over a stretch of time."""

    actor: Actor
    held: Period


class Codes:
    """The codes of one scheme.

    >>> from cordiale.actors import catalogue
    >>> codes = Codes(catalogue().values(), "cow")
    >>> codes.actor("255", date(1913, 1, 1)).id, codes.actor("260", 1970).id, codes.actor("365", 1991).id
    ('germany', 'germany', 'soviet-union')
    >>> [(one.actor.id, str(one.held)) for one in codes.bearers("365", Period.parse("1990", "1993"))]
    [('soviet-union', '[1990..1991-12-26]'), ('russia', '[1991-12-26..1993]')]
    """

    def __init__(self, actors: Iterable[Actor], scheme: str) -> None:
        self.scheme = scheme
        self._actors: dict[str, list[Bearer]] = {}
        self._codes: dict[str, list[tuple[Period, str]]] = {}
        self._unknown: dict[str, UnknownName] = {}
        schemes = set()
        for actor in actors:
            for code in actor.codes:
                schemes.add(code.scheme)
                if code.scheme == scheme:
                    held = _of(code.held, actor)
                    self._actors.setdefault(code.value, []).append(Bearer(actor=actor, held=held))
                    self._codes.setdefault(actor.id, []).append((held, code.value))
        if not self._actors:
            raise UnknownName("scheme of codes", scheme, schemes)
        for bearers in self._actors.values():
            bearers.sort(key=lambda one: one.held.start or date.min)

    def actor(self, value: str, when: date | int | None = None) -> Actor:
        """Whom a code stood for on a day; in a year, who bore it longest in that year; without either, who did last.

        An unknown code is an `UnknownName`, one that stood for nobody then an `InvalidValue`.
        """
        rows = self._rows(value)
        if when is None:
            return rows[-1].actor
        if isinstance(when, int):
            year = Period.within(date(when, 1, 1), Precision.YEAR)
            return max(self.bearers(value, year), key=lambda one: _days(one.held, when)).actor
        return self.bearers(value, Period.within(when))[0].actor

    def bearers(self, value: str, held: Period) -> tuple[Bearer, ...]:
        """Everyone whom a code stood for in a period, with the part of it in which it did, in the order of time.

        Of a year that is known no closer, at either end, only who bore the code longest in it. Lists differ on days:
        where it stood for nobody in the period and for one actor within a year of it, that one.
        """
        rows = self._rows(value)
        if held.start is None:
            last = None if held.end is None else held.end - timedelta(days=1)
            return (Bearer(actor=rows[-1].actor if last is None else self.actor(value, last), held=held),)
        pieces = [Bearer(actor=one.actor, held=part) for one in rows if (part := overlap(one.held, held))]
        for year in _vague(held):
            days = [_days(one.held, year) for one in pieces]
            pieces = [one for one, n in zip(pieces, days, strict=True) if n == max(days) or not _within(one.held, year)]
        if not pieces:
            near = {one.actor.id: one.actor for one in rows if _near(one.held, held)}
            pieces = [Bearer(actor=actor, held=held) for actor in near.values()] if len(near) == 1 else []
        if not pieces:
            when = "; ".join(f"{one.actor.name} {one.held}" for one in rows)
            what = f"{self.scheme} code {_plain(value)} stood for nobody then"
            raise InvalidValue(what, str(held), f"it stood for {when}")
        return tuple(pieces)

    def code(self, actor: str, day: date) -> str | None:
        """An actor's code on a day; None where it had none."""
        return next((value for held, value in self._codes.get(actor, ()) if held.holds(day)), None)

    def __contains__(self, value: str) -> bool:
        return _plain(value) in self._actors

    def _rows(self, value: str) -> list[Bearer]:
        code = _plain(value)
        if code in self._actors:
            return self._actors[code]
        if code not in self._unknown:  # near codes are looked for once, not for each of a million rows
            why = "no actor of the catalogue has it"
            self._unknown[code] = UnknownName(f"{self.scheme} code", code, self._actors, why)
        raise self._unknown[code].with_traceback(None)


def code_of(actor: Actor, scheme: str, day: date) -> str | None:
    """An actor's code in a scheme on a day; None where it had none.

    >>> from cordiale.actors import catalogue
    >>> [code_of(catalogue()["germany"], "cow", date(year, 1, 1)) for year in (1913, 1950, 1970)]
    ['255', None, '260']
    """
    rows = (code for code in actor.codes if code.scheme == scheme)
    return next((code.value for code in rows if _of(code.held, actor).holds(day)), None)


def overlap(one: Period, other: Period) -> Period | None:
    """What two periods share; None where that is no day.

    >>> str(overlap(Period.parse("1990", "1995"), Period.parse("1991-12-26")))
    '[1991-12-26..1995]'
    """
    starts = [(p.start, p.start_precision) for p in (other, one) if p.start is not None]
    ends = [(p.end, p.end_precision) for p in (other, one) if p.end is not None]
    start, start_precision = max(starts, key=lambda bound: bound[0], default=(None, Precision.UNKNOWN))
    end, end_precision = min(ends, key=lambda bound: bound[0], default=(None, Precision.UNKNOWN))
    if start is not None and end is not None and start >= end:
        return None
    return Period(start=start, end=end, start_precision=start_precision, end_precision=end_precision)


def _plain(value: str) -> str:
    """A code as the catalogue writes it: `2.0` and `002` are 2."""
    text = value.strip().removesuffix(".0")
    return str(int(text)) if text.isdecimal() else text.upper()


def _of(held: Period, actor: Actor) -> Period:
    """When a code stood for an actor: as the catalogue says, else as long as there was the actor."""
    return actor.held if held == ALWAYS else held


def _vague(held: Period) -> set[int]:
    """The years at the ends of a period of which no more than the year is known."""
    years = set()
    if held.start is not None and held.start_precision == Precision.YEAR:
        years.add(held.start.year)
    if held.end is not None and held.end_precision == Precision.YEAR:
        years.add(held.end.year - 1)
    return years


def _days(held: Period, year: int) -> int:
    start, end = max(held.start or date.min, date(year, 1, 1)), min(held.end or date.max, date(year, 12, 31))
    return (end - start).days


def _within(held: Period, year: int) -> bool:
    first = held.start is not None and held.start >= date(year, 1, 1)
    return first and held.end is not None and held.end <= date(year + 1, 1, 1)


def _near(one: Period, other: Period) -> bool:
    """Whether a period lies within a year of another that it does not meet."""
    early = one.start is not None and other.end is not None and one.start - other.end < NEAR and one.start >= other.end
    late = one.end is not None and other.start is not None and other.start - one.end < NEAR and one.end <= other.start
    return early or late
