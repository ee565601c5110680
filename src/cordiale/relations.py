"""The table of relations: the kinds of tie and of act, and their names in other schemes.

The table is data, `relations.toml` beside this module; a user's own file adds rows. `relation("ally_of")` looks one up.
This module never decides which relation a text states.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from cordiale.errors import InvalidValue, UnknownName, UnreadableInput

SCHEMES = ("plover", "cameo", "atop", "cow", "ucdp_es")
"""The other schemes that a relation has equivalents in."""


class Layer(StrEnum):
    """Whether a relation persists or happens."""

    STATUS = "status"
    ACT = "act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A kind of tie or act between two actors. `weight` is in (0, 1], `half_life` in days."""

    name: str
    layer: Layer
    sign: int
    symmetric: bool
    weight: float
    half_life: float
    phrase: str
    means: bool = False
    plover: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()
    atop: tuple[str, ...] = ()
    cow: tuple[str, ...] = ()
    ucdp_es: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.name != self.name.lower():
            raise InvalidValue("not a relation's name", self.name, "use lower-case words joined by _")
        if self.sign not in (-1, 0, 1):
            raise InvalidValue(f"the sign of {self.name}", self.sign, "use -1, 0 or 1")
        if not 0 < self.weight <= 1:
            raise InvalidValue(f"the weight of {self.name}", self.weight, "use a number above 0, at most 1")
        if not self.half_life > 0:
            raise InvalidValue(f"the half_life of {self.name}", self.half_life, "use a number of days above 0")

    def equivalents(self, scheme: str) -> tuple[str, ...]:
        """The codes of this relation in another scheme, one of `SCHEMES`; () where it has none."""
        if scheme not in SCHEMES:
            raise UnknownName("scheme", scheme, SCHEMES)
        return getattr(self, scheme)  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return self.name


class RelationTable(Mapping[str, Relation]):
    """Relations by name; an unknown name is an `UnknownName` with the near ones."""

    def __init__(self, rows: Mapping[str, Relation]) -> None:
        self._rows = dict(rows)

    def __getitem__(self, name: str) -> Relation:
        try:
            return self._rows[name]
        except KeyError:
            raise UnknownName("relation", name, self._rows) from None

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def extended(self, path: str | PathLike[str]) -> RelationTable:
        """This table with the rows of a user's own TOML file added; a name given again replaces the row."""
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableInput(str(path), f"cannot be read ({error})", "give a UTF-8 TOML file") from error
        return RelationTable({**self._rows, **_parse(text, str(path))})

    def by_code(self, scheme: str, code: str) -> Relation | None:
        """The relation that a code of another scheme stands for, or None.

        Where several share a code, the act comes before the status: such schemes code what happened. CAMEO codes are
        tried from the whole to the root.

        >>> relations().by_code("cameo", "1823").name
        'assaults'
        """
        rows = sorted(self._rows.values(), key=lambda r: r.layer)
        shortest = 2 if scheme == "cameo" else len(code)
        for length in range(len(code), shortest - 1, -1):
            for row in rows:
                if code[:length] in row.equivalents(scheme):
                    return row
        return None


_NUMBER = ((int, float), "a number")
_TEXT = ((str,), "a text, in quotes")
_TRUTH = ((bool,), "true or false")
_CODES = ((list,), "a list of codes, each in quotes")
_FORMS = {
    "layer": _TEXT, "sign": ((int,), "-1, 0 or 1"), "symmetric": _TRUTH, "weight": _NUMBER, "half_life": _NUMBER,
    "phrase": _TEXT, "means": _TRUTH,
}  # fmt: skip


def _parse(text: str, source: str) -> dict[str, Relation]:
    known = {f.name for f in fields(Relation)} - {"name"}
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue(f"{source} is no TOML", str(error), "mend the file at that place") from error
    rows = {}
    for name, row in table.items():
        if not isinstance(row, dict):
            raise InvalidValue(f"{source}: not a relation", name, f"write it as a table, [{name}]")
        if strange := set(row) - known:
            raise UnknownName(f"field of relation {name!r} in {source}", sorted(strange)[0], known)
        if missing := {"layer", "sign", "symmetric", "weight", "half_life", "phrase"} - set(row):
            raise InvalidValue(f"{source}: relation {name} lacks", sorted(missing), "give these fields")
        for field, value in row.items():
            types, form = _FORMS.get(field, _CODES)
            codes = value if isinstance(value, list) else []
            if type(value) not in types or not all(isinstance(code, str) for code in codes):
                raise InvalidValue(f"{source}: {field} of relation {name}", value, f"write {form}")
        if row["layer"] not in list(Layer):
            raise UnknownName(f"layer of relation {name!r} in {source}", row["layer"], list(Layer))
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k != "layer"}
        try:
            rows[name] = Relation(name=name, layer=Layer(row["layer"]), **values)
        except InvalidValue as error:
            raise InvalidValue(f"{source}: {error.what}", error.value, error.mend) from error
    return rows


@cache
def relations() -> RelationTable:
    """The table that ships.

    >>> relations()["fights"].sign
    -1
    """
    return RelationTable(_parse(files("cordiale").joinpath("relations.toml").read_text("utf-8"), "relations.toml"))


def relation(name: str) -> Relation:
    """One relation of the table that ships.

    >>> relation("ally_of").symmetric
    True
    """
    return relations()[name]
