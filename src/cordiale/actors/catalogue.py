"""The catalogue: every actor that ships, and those that a user adds, by id and by name.

Actors come from files of one form (CSV, or TOML with the same fields as lists); a later file's actor replaces an
earlier one of the same id. Members, offices, names and codes carry the period in which they held. The catalogue states
facts about who actors are, never who stands with whom beyond formal membership.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import files

from cordiale.actors.names import fold
from cordiale.actors.rows import Row, parse_csv
from cordiale.claims import Actor, Kind, Name, Office, Origin
from cordiale.errors import UnknownName


class Catalogue(Mapping[str, Actor]):
    """Actors by id; an unknown id is an `UnknownName` with the near ones.

    Rows of a file become actors, and names are folded, when first asked for.
    """

    def __init__(self, actors: Iterable[Actor | Row]) -> None:
        self._entries = {entry.id: entry for entry in actors}

    @cached_property
    def _bearers(self) -> dict[str, dict[str, None]]:
        """For every folded name, the ids of those that bear it, in order."""
        bearers: dict[str, dict[str, None]] = {}
        for entry in self._entries.values():
            for spelling in _spellings(entry):
                bearers.setdefault(fold(spelling), {})[entry.id] = None
        return bearers

    @cached_property
    def _names(self) -> dict[str, list[tuple[str, Name]]]:
        names: dict[str, list[tuple[str, Name]]] = {}
        for actor in self.values():
            for name in _names(actor):
                entries = names.setdefault(fold(name.text), [])
                if not entries or (actor.id, name) not in entries:
                    entries.append((actor.id, name))
        return names

    @cached_property
    def _leaders(self) -> dict[str, list[tuple[str, Office]]]:
        leaders: dict[str, list[tuple[str, Office]]] = {}
        for actor in self.values():
            for office in actor.offices:
                leaders.setdefault(office.of, []).append((actor.id, office))
        return leaders

    @cached_property
    def _blocs(self) -> list[Actor]:
        return [self[key] for key, entry in self._entries.items() if _kind(entry) == Kind.BLOC]

    def __getitem__(self, actor_id: str) -> Actor:
        try:
            entry = self._entries[actor_id]
        except KeyError:
            raise UnknownName("actor", actor_id, self._entries) from None
        return entry.actor if isinstance(entry, Row) else entry

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def named(self, name: str) -> list[tuple[Actor, Name]]:
        """The actors that bear this name, folded, with the name as the catalogue has it: once for each spelling, use
        and interval."""
        folded = fold(name)
        actors = [self[actor_id] for actor_id in self._bearers.get(folded, ())]
        return [
            (actor, found)
            for actor in actors
            for found in dict.fromkeys(name for name in _names(actor) if fold(name.text) == folded)
        ]

    def names(self) -> Iterator[tuple[str, list[tuple[str, Name]]]]:
        """Every folded name with the ids of the actors that bear it, and how each spells it, when."""
        return iter(self._names.items())

    def leaders(self, actor_id: str, on: date | None = None) -> list[tuple[Actor, Office]]:
        """Who held office at the head of an actor, on a day or at any time."""
        held = self._leaders.get(actor_id, ())
        return [(self[who], office) for who, office in held if on is None or office.held.holds(on)]

    def blocs(self, actor_id: str, on: date | None = None) -> list[Actor]:
        """The blocs that an actor was a member of, on a day or at any time."""
        return [
            bloc
            for bloc in self._blocs
            if (on is None or bloc.held.holds(on))
            and any(m.actor == actor_id and (on is None or m.held.holds(on)) for m in bloc.members)
        ]

    def extended(self, actors: Iterable[Actor]) -> Catalogue:
        """This catalogue with more actors; one with an id that exists replaces it."""
        return Catalogue([*self._entries.values(), *actors])


def _kind(entry: Actor | Row) -> str:
    return entry.cells["kind"] if isinstance(entry, Row) else entry.kind


def _spellings(entry: Actor | Row) -> Iterator[str]:
    return entry.spellings() if isinstance(entry, Row) else (name.text for name in _names(entry))


def _names(actor: Actor) -> tuple[Name, ...]:
    return (Name(text=actor.name), *actor.names)


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships.

    >>> catalogue()["iran"].name
    'Iran'
    """
    folder = files("cordiale.actors").joinpath("catalogue")
    parts = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".csv")), key=lambda entry: entry.name)
    return Catalogue(row for part in parts for row in parse_csv(part.read_text("utf-8"), part.name, Origin.CATALOGUE))
