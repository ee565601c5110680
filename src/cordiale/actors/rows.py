"""Files of actors: one row an actor, in CSV or TOML, the shipped ones and a user's.

A row says who an actor is; it becomes an `Actor` when asked, so that three thousand rows cost little until then. A
user's file is checked whole when read, and the first bad row is named with its file, its line and what to do.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

from cordiale.claims import Actor, Code, Identity, Kind, Membership, Name, NameUse, Office, Origin
from cordiale.errors import CordialeError, InvalidValue, UnknownName, UnreadableInput
from cordiale.periods import ALWAYS, Period

FIELDS = (
    "id", "kind", "name", "names", "adjectives", "seats", "codes", "parent", "from", "to", "members", "purposes",
    "offices", "identities",
)  # fmt: skip
"""The columns of a file of actors."""

_LISTS = frozenset({"names", "adjectives", "seats", "codes", "members", "purposes", "offices", "identities"})
_KINDS = {str(kind): kind for kind in Kind}
_USES = (("names", NameUse.NAME), ("adjectives", NameUse.ADJECTIVE), ("seats", NameUse.SEAT))


class Row:
    """An actor as a file has it: its cells, with lists taken apart, and where it stands."""

    __slots__ = ("_actor", "cells", "id", "origin", "place", "source")

    def __init__(self, cells: Mapping[str, Any], *, source: str, place: str, origin: Origin) -> None:
        self.id: str = cells.get("id", "")
        self.cells, self.source, self.place, self.origin = cells, source, place, origin
        self._actor: Actor | None = None

    @property
    def actor(self) -> Actor:
        """The actor; raises `UnreadableInput` where the row cannot be one."""
        if self._actor is None:
            try:
                self._actor = _actor(self.cells, self.origin)
            except CordialeError as error:
                raise UnreadableInput(self.source, str(error), "mend that entry", place=self.place) from error
        return self._actor

    def spellings(self) -> Iterator[str]:
        """Every name that the actor bears at any time, as it is written."""
        yield self.cells["name"]
        for field, _ in _USES:
            for item in self.cells.get(field, ()):
                yield item.rpartition("[")[0] if item.endswith("]") else item


def read_actors(path: str | PathLike[str], *, origin: Origin = Origin.USER) -> list[Actor]:
    """The actors of a user's CSV or TOML file.

    CSV: the columns `FIELDS`, lists separated by ` | `, lines that begin with `#` are comments. TOML: one table an
    actor, named by its id, with the same fields. Anything in a list may end in a period: `Bonn [1949..1990]`.
    Only id, kind and name are required, and an id stands once in a file. Raises `UnreadableInput` naming the file, the
    row and what to do.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), f"cannot be read ({error})", "give a UTF-8 CSV or TOML file") from error
    parse = _parse_toml if path.suffix.lower() == ".toml" else parse_csv
    return [row.actor for row in parse(text, str(path), origin)]


def parse_csv(text: str, source: str, origin: Origin) -> Iterator[Row]:
    """The rows of a CSV file of actors."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    reader = csv.reader((line for _, line in lines), strict=True)
    places: dict[str, str] = {}
    try:
        columns = next(reader, None)
        if columns is None:
            raise UnreadableInput(source, "no line names the columns", "begin with: " + ",".join(FIELDS))
        if strange := set(columns) - set(FIELDS):
            raise UnreadableInput(source, f"unknown column {sorted(strange)[0]!r}", "use: " + ",".join(FIELDS))
        for row in reader:
            place = f"line {lines[reader.line_num - 1][0]}"
            if len(row) != len(columns):
                why = f"{len(row)} cells under {len(columns)} columns"
                raise UnreadableInput(
                    source, why, "give a cell to each column, and quote cells with commas", place=place
                )
            cells = {k: v.split(" | ") if k in _LISTS else v for k, v in zip(columns, row, strict=True) if v}
            found = Row(cells, source=source, place=place, origin=origin)
            if found.id in places:
                why = f"the id {found.id!r} stands on {places[found.id]} already"
                raise UnreadableInput(source, why, "give each actor one row", place=place)
            places[found.id] = place
            yield found
    except csv.Error as error:
        place = f"line {lines[max(reader.line_num, 1) - 1][0]}"
        raise UnreadableInput(source, f"no CSV ({error})", "mend the quoting", place=place) from error


def _parse_toml(text: str, source: str, origin: Origin) -> Iterator[Row]:
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(source, f"no TOML ({error})", "mend the file at that place") from error
    for actor_id, row in tables.items():
        if not isinstance(row, dict) or (strange := set(row) - set(FIELDS)):
            wrong = sorted(strange)[0] if isinstance(row, dict) else actor_id
            raise UnreadableInput(source, f"unknown field {wrong!r}", "use: " + ", ".join(FIELDS), place=actor_id)
        for field, value in row.items():
            items = value if isinstance(value, list) else [value]
            if isinstance(value, list) != (field in _LISTS) or not all(isinstance(item, str) for item in items):
                form = "a list of texts" if field in _LISTS else "a single text"
                why = f"{field} is {value!r}"
                raise UnreadableInput(source, why, f"write it as {form}, in quotes", place=actor_id)
        if row.get("id", actor_id) != actor_id:
            raise UnreadableInput(source, f"id is {row['id']!r}", "name the table by the id", place=actor_id)
        yield Row({"id": actor_id, **row}, source=source, place=actor_id, origin=origin)


def _actor(cells: Mapping[str, Any], origin: Origin) -> Actor:
    missing = [f for f in ("id", "kind", "name") if not cells.get(f)]
    if missing:
        raise InvalidValue("an actor without", missing[0], "give id, kind and name")
    if cells["kind"] not in _KINDS:
        raise UnknownName("kind", cells["kind"], _KINDS)
    names = [
        Name(text=text, use=use, held=held)
        for field, use in _USES
        if field in cells
        for text, held in map(_dated, cells[field])
    ]
    return Actor(
        id=cells["id"],
        kind=_KINDS[cells["kind"]],
        name=cells["name"],
        names=tuple(names),
        codes=tuple([Code(scheme=a, value=b, held=h) for a, b, h in _pairs(cells, "codes", "=")]),
        parent=cells.get("parent") or None,
        held=_period(cells.get("from"), cells.get("to")),
        members=tuple([Membership(actor=text, held=held) for text, held in map(_dated, cells.get("members", ()))]),
        purposes=tuple(cells.get("purposes", ())),
        offices=tuple([Office(title=a, of=b, held=h) for a, b, h in _pairs(cells, "offices", " of ")]),
        identities=tuple([Identity(facet=a, value=b, held=h) for a, b, h in _pairs(cells, "identities", "=")]),
        origin=origin,
    )


def _dated(item: str) -> tuple[str, Period]:
    item = item.strip()
    if not item.endswith("]"):
        return item, ALWAYS
    text, opened, dates = item[:-1].rpartition("[")
    start, dots, end = dates.partition("..")
    if not (opened and dots):
        raise InvalidValue("a bracket that holds no period", item, "write [from..to], such as [1949..1990]")
    return text.rstrip(), _period(start, end)


_period = cache(Period.parse)


def _pairs(cells: Mapping[str, Any], field: str, separator: str) -> list[tuple[str, str, Period]]:
    pairs = []
    for item in cells.get(field, ()):
        text, held = _dated(item)
        left, found, right = text.rpartition(separator)
        if not (left and found and right):
            raise InvalidValue(f"an entry of {field}", item, f"write it as 'NAME{separator}VALUE'")
        pairs.append((left.strip(), right.strip(), held))
    return pairs
