"""Who the rows of a dataset are about: from codes and names to actors, as of the time that a row speaks of.

A code is followed from bearer to bearer, so that a spell of Yugoslavia's code is Serbia's from 2006 on. A name is taken
as of the first day of its row; one that nobody bears becomes a provisional actor. Nothing is guessed: names must be
exact. What cannot be settled is raised, for the caller to refuse the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cordiale.actors import Catalogue, provisional
from cordiale.claims import Actor, Kind, NameUse
from cordiale.datasets.codes import Bearer, Codes, overlap
from cordiale.datasets.notes import Notes
from cordiale.datasets.spells import End, Spell
from cordiale.errors import InvalidValue
from cordiale.periods import Period, format_day

_LETTERS = re.compile(r"[A-Z]{3}\Z")
GAP = 366
"""Days of a spell that may be lost to the borders of lists before it is noted."""
_FORMER = re.compile(r"(.+?)\s*\((.+)\)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a spell over which both of its ends were one actor each, by id."""

    subject: str
    object: str
    held: Period


class Cast:
    """The actors of a file. `used` grows as rows are asked about; `kind` is that of names of which no more is known."""

    def __init__(self, actors: Catalogue, kind: Kind, notes: Notes) -> None:
        self.catalogue, self.kind, self.notes = actors, kind, notes
        self.used: dict[str, Actor] = {}
        self._codes: dict[str, Codes] = {}
        self._named: dict[tuple[str, Kind | None, date | None], Actor | None] = {}

    def parts(self, spell: Spell) -> list[Part]:
        """The spell, taken apart where the bearer of a code at either end changes; [] of an actor with itself."""
        found = []
        objects = list(self._bearers(spell.object, spell))
        for subject, one in self._bearers(spell.subject, spell):
            for target, other in objects:
                shared = overlap(one, other) if one != other else one
                if shared is not None:
                    found.append((subject, target, shared))
        if not found:
            raise InvalidValue("two codes that stood for nobody at one time", str(spell.held), "mend the row")
        self._note_gap(spell, [shared for _, _, shared in found])
        for subject, target, _ in found:
            self.used.setdefault(subject.id, subject)
            self.used.setdefault(target.id, target)
        return [Part(subject=a.id, object=b.id, held=held) for a, b, held in found if a.id != b.id]

    def _note_gap(self, spell: Spell, parts: list[Period]) -> None:
        """Notes a spell of which a year or more, at either end or between, is in none of its parts."""
        reach = spell.held.start
        for part in sorted(parts, key=lambda part: part.start or date.min):
            if part.start is not None and reach is not None and (part.start - reach).days >= GAP:
                break
            reach = part.end if part.end is None or reach is None else max(reach, part.end)
            if reach is None:
                return
        else:
            if reach is None or (spell.held.end is not None and (spell.held.end - reach).days < GAP):
                return
        rule = "a code that stood for nobody for a part of the time: left out for that part"
        self.notes.add(rule, spell.row, spell.held)

    def _bearers(self, end: End, spell: Spell) -> Iterator[tuple[Actor, Period]]:
        if end.code is not None and end.scheme is not None:
            for one in self.scheme(end.scheme).bearers(end.code, spell.held):
                yield one.actor, one.held
            return
        name = end.name or ""
        day = spell.held.start or spell.held.end
        actor = self._known(name, end.kind, day)
        country = self._country(name, spell.held) if actor is None else ()
        before = _before(spell.held, country[0].held) if country else spell.held
        if actor is None and before is not None and _LETTERS.match(name):
            actor = self._named_so(name, day, spell.row)
        if before is not None and (actor is not None or not country):
            yield actor or self._new(name, end.kind, spell.row), before
        for one in country:
            yield one.actor, one.held

    def _country(self, name: str, held: Period) -> tuple[Bearer, ...]:
        """The bearers of three letters; none where they are no country's code, or were none's then."""
        if not _LETTERS.match(name) or name not in self.scheme("iso3"):
            return ()
        try:
            return self.scheme("iso3").bearers(name, held)
        except InvalidValue:
            return ()

    def _named_so(self, letters: str, day: date | None, row: int) -> Actor | None:
        """Who bore a country's name before it was there: RUS, of 1890, is the Russian Empire."""
        if letters not in self.scheme("iso3"):
            return None
        country = self.scheme("iso3").actor(letters)
        actor = self._known(country.name, Kind.STATE, day)
        if actor is None or (day is not None and not actor.held.holds(day)):
            return None
        rule = "letters of a country that was not there then: who bore its name"
        self.notes.add(rule, row, f"{letters}: {actor.name}")
        return actor

    def scheme(self, scheme: str) -> Codes:
        """The codes of a scheme; an unknown one is an `UnknownName`."""
        if scheme not in self._codes:
            self._codes[scheme] = Codes(self.catalogue.values(), scheme)
        return self._codes[scheme]

    def _known(self, name: str, kind: Kind | None, day: date | None) -> Actor | None:
        key = (name, kind, day)
        if key not in self._named:
            if len(self._named) > 200_000:
                self._named.clear()
            self._named[key] = self._find(name, kind, day)
        return self._named[key]

    def _find(self, name: str, kind: Kind | None, day: date | None) -> Actor | None:
        if name in self.catalogue:
            return self.catalogue[name]
        spellings = [name]
        if match := _FORMER.match(name):  # "Russia (Soviet Union)", as lists write a state and its earlier name
            spellings += match.groups()
        for spelling in spellings:
            bearers = {
                actor.id: actor
                for actor, said in self.catalogue.named(spelling)
                if said.use is NameUse.NAME and (day is None or said.held.holds(day))
            }
            there = {key: actor for key, actor in bearers.items() if day is None or actor.held.holds(day)} or bearers
            if kind is Kind.STATE:
                there = {key: actor for key, actor in there.items() if actor.kind is Kind.STATE}
            if len(there) == 1:
                return next(iter(there.values()))
            if there:
                raise InvalidValue(f"a name that {len(there)} actors bear ({', '.join(there)})", name, "use an id")
        return None

    def _new(self, name: str, kind: Kind | None, row: int) -> Actor:
        if not any(letter.isalnum() for letter in name):
            raise InvalidValue("a name without letters", name, "write it")
        if name.isdecimal():
            self.notes.add("a number as a name: a provisional actor; if it is a code, say of which scheme", row, name)
        actor = provisional(name, kind or self.kind)
        return self.used.get(actor.id) or actor


def split(spell: Spell, part: Part) -> Spell:
    """The spell over one of its parts: it continues where the part begins later than the spell may have."""
    first, begins = format_day(spell.held.start, spell.held.start_precision), part.held.start
    late = begins is not None and not begins.isoformat().startswith(first or "-")
    return replace(spell, held=part.held, continues=spell.continues or late)


def _before(whole: Period, part: Period) -> Period | None:
    """What of a period lies before a part of it; None where that is nothing."""
    if part.start is None or whole.start is None or part.start <= whole.start:
        return None
    return replace(whole, end=part.start, end_precision=part.start_precision)
