"""The catalogue: every actor that ships, and those that a user adds, by id and by name.

Actors come from files of one form (CSV, or TOML with the same fields as lists); a later file's actor replaces an
earlier one of the same id. Members, offices, names and codes carry the period in which they held. The catalogue states
facts about who actors are, never who stands with whom beyond formal membership.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from cordiale.actors.names import fold
from cordiale.claims import Actor, Code, Identity, Kind, Membership, Name, NameUse, Office, Origin
from cordiale.errors import CordialeError, InvalidValue, UnknownName, UnreadableInput
from cordiale.periods import ALWAYS, Period

FIELDS = (
    "id", "kind", "name", "names", "adjectives", "seats", "codes", "parent", "from", "to", "members", "purposes",
    "offices", "identities",
)  # fmt: skip
"""The columns of a file of actors."""

_DATED = re.compile(r"(.*?)\s*\[([\d-]*)\.\.([\d-]*)\]\s*\Z", re.DOTALL)


class Catalogue(Mapping[str, Actor]):
    """Actors by id; an unknown id is an `UnknownName` with the near ones."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._names: dict[str, list[tuple[str, Name]]] = {}
        for actor in self._actors.values():
            for name in (Name(text=actor.name), *actor.names):
                entries = self._names.setdefault(fold(name.text), [])
                if all(entry[0] != actor.id or entry[1].use != name.use for entry in entries):
                    entries.append((actor.id, name))
        self._leaders: dict[str, list[tuple[str, Office]]] = {}
        for actor in self._actors.values():
            for office in actor.offices:
                self._leaders.setdefault(office.of, []).append((actor.id, office))

    def __getitem__(self, actor_id: str) -> Actor:
        try:
            return self._actors[actor_id]
        except KeyError:
            raise UnknownName("actor", actor_id, self._actors) from None

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._actors

    def __iter__(self) -> Iterator[str]:
        return iter(self._actors)

    def __len__(self) -> int:
        return len(self._actors)

    def named(self, name: str) -> list[tuple[Actor, Name]]:
        """The actors that bear this name, folded, with the name as the catalogue has it."""
        return [(self._actors[actor], found) for actor, found in self._names.get(fold(name), ())]

    def names(self) -> Iterator[tuple[str, list[tuple[str, Name]]]]:
        """Every folded name with the ids of the actors that bear it."""
        return iter(self._names.items())

    def leaders(self, actor_id: str, on: date | None = None) -> list[tuple[Actor, Office]]:
        """Who held office at the head of an actor, on a day or at any time."""
        held = self._leaders.get(actor_id, ())
        return [(self._actors[who], office) for who, office in held if on is None or office.held.holds(on)]

    def extended(self, actors: Iterable[Actor]) -> Catalogue:
        """This catalogue with more actors; one with an id that exists replaces it."""
        return Catalogue([*self._actors.values(), *actors])


def read_actors(path: str | PathLike[str], *, origin: Origin = Origin.USER) -> list[Actor]:
    """The actors of a user's CSV or TOML file.

    CSV: the columns `FIELDS`, lists separated by ` | `, lines that begin with `#` are comments. TOML: one table an
    actor, named by its id, with the same fields. Anything in a list may end in a period: `Bonn [1949..1990]`.
    Only id, kind and name are required. Raises `UnreadableInput` naming the row and what to do.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), f"cannot be read ({error})", "give a UTF-8 CSV or TOML file") from error
    return list(_parse_toml(text, str(path), origin) if path.suffix == ".toml" else _parse_csv(text, str(path), origin))


def _parse_csv(text: str, source: str, origin: Origin) -> Iterator[Actor]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader((line for _, line in lines), strict=True)
    try:
        if strange := set(reader.fieldnames or ()) - set(FIELDS):
            raise UnreadableInput(source, f"unknown column {sorted(strange)[0]!r}", "use: " + ",".join(FIELDS))
        for row in reader:
            place = f"line {lines[reader.line_num - 1][0]}"
            if None in row or None in row.values():
                raise UnreadableInput(source, "not as many cells as columns", "quote cells with commas", place=place)
            cells = {k: v.split(" | ") if k in _LISTS else v for k, v in row.items() if v}
            yield _actor(cells, source, place, origin)
    except csv.Error as error:
        raise UnreadableInput(
            source, f"no CSV ({error})", "mend the quoting", place=f"line {reader.line_num}"
        ) from error


def _parse_toml(text: str, source: str, origin: Origin) -> Iterator[Actor]:
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(source, f"no TOML ({error})", "mend the file at that place") from error
    for actor_id, row in tables.items():
        if not isinstance(row, dict) or (strange := set(row) - set(FIELDS)):
            wrong = sorted(strange)[0] if isinstance(row, dict) else actor_id
            raise UnreadableInput(source, f"unknown field {wrong!r}", "use: " + ", ".join(FIELDS), place=actor_id)
        for field, value in row.items():
            if isinstance(value, list) != (field in _LISTS):
                form = "a list" if field in _LISTS else "a single text"
                raise UnreadableInput(source, f"{field} is {value!r}", f"write it as {form}", place=actor_id)
        yield _actor({"id": actor_id, **row}, source, actor_id, origin)


_LISTS = frozenset({"names", "adjectives", "seats", "codes", "members", "purposes", "offices", "identities"})


def _actor(cells: Mapping[str, Any], source: str, place: str, origin: Origin) -> Actor:
    try:
        missing = [f for f in ("id", "kind", "name") if not cells.get(f)]
        if missing:
            raise InvalidValue("an actor without", missing[0], "give id, kind and name")
        if cells["kind"] not in list(Kind):
            raise UnknownName("kind", str(cells["kind"]), list(Kind))
        names = [
            Name(text=text, use=use, held=held)
            for field, use in (("names", NameUse.NAME), ("adjectives", NameUse.ADJECTIVE), ("seats", NameUse.SEAT))
            for text, held in map(_dated, cells.get(field, ()))
        ]
        return Actor(
            id=cells["id"],
            kind=Kind(cells["kind"]),
            name=cells["name"],
            names=tuple(names),
            codes=tuple(Code(scheme=a, value=b, held=h) for a, b, h in _pairs(cells.get("codes", ()), "=")),
            parent=cells.get("parent") or None,
            held=_period(cells.get("from"), cells.get("to")),
            members=tuple(Membership(actor=text, held=held) for text, held in map(_dated, cells.get("members", ()))),
            purposes=tuple(cells.get("purposes", ())),
            offices=tuple(Office(title=a, of=b, held=h) for a, b, h in _pairs(cells.get("offices", ()), " of ")),
            identities=tuple(
                Identity(facet=a, value=b, held=h) for a, b, h in _pairs(cells.get("identities", ()), "=")
            ),
            origin=origin,
        )
    except UnreadableInput:
        raise
    except CordialeError as error:
        raise UnreadableInput(source, str(error), "mend that entry", place=place) from error


def _dated(item: str) -> tuple[str, Period]:
    item = item.strip()
    match = _DATED.match(item) if item.endswith("]") else None
    return (item, ALWAYS) if match is None else (match[1], _period(match[2], match[3]))


_period = cache(Period.parse)


def _pairs(items: Iterable[str], separator: str) -> Iterator[tuple[str, str, Period]]:
    for item in items:
        text, held = _dated(item)
        left, found, right = text.rpartition(separator)
        if not (left and found and right):
            raise InvalidValue("not of the form", item, f"write it as 'NAME{separator}VALUE'")
        yield left.strip(), right.strip(), held


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships.

    >>> catalogue()["iran"].name
    'Iran'
    """
    folder = files("cordiale.actors").joinpath("catalogue")
    parts = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".csv")), key=lambda entry: entry.name)
    return Catalogue(
        actor for part in parts for actor in _parse_csv(part.read_text("utf-8"), part.name, Origin.CATALOGUE)
    )
