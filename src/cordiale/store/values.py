"""Actors, events and relations as JSON text, and back; numbers for what a claim row holds as numbers.

The JSON leaves out what is at its default, so a field that a later Cordiale adds reads back as its default here. A
claim's `change` and `certainty` are stored as places in `CHANGES` and `CERTAINTIES`: new ones go at the end of those
lists, for ever. No database is known here.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import Any

from cordiale.claims import Actor, Code, Event, Identity, Kind, Means, Membership, Name, NameUse, Office, Origin
from cordiale.errors import InvalidValue
from cordiale.periods import Period, Precision, format_day, parse_day
from cordiale.relations import Layer, Relation

PRECISIONS = (Precision.UNKNOWN, Precision.DAY, Precision.MONTH, Precision.YEAR)
_MEANS = tuple(Means)
_MASK = (1 << 64) - 1
_PARTS = {"names": Name, "codes": Code, "members": Membership, "offices": Office, "identities": Identity}
_ENUMS = {"kind": Kind, "origin": Origin, "use": NameUse, "layer": Layer}


def to_json(value: Actor | Event | Relation) -> str:
    """A value as compact JSON; the same value gives the same text.

    >>> to_json(Actor(id="iran", kind=Kind.STATE, name="Iran"))
    '{"id":"iran","kind":"state","name":"Iran"}'
    """
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":"))


def actor(data: str) -> Actor:
    """The actor that `to_json` wrote."""
    return Actor(**_fields(json.loads(data)))


def event(data: str) -> Event:
    """The event that `to_json` wrote."""
    return Event(**_fields(json.loads(data)))


def relation(data: str) -> Relation:
    """The relation that `to_json` wrote."""
    return Relation(**_fields(json.loads(data)))


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return [_bound(value.start, value.start_precision), _bound(value.end, value.end_precision)]
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        given = {f.name: getattr(value, f.name) for f in fields(value) if _differs(value, f)}
        return {name: _plain(v) for name, v in given.items()}
    return value


def _differs(value: Any, field: Any) -> bool:
    return field.default is MISSING or getattr(value, field.name) != field.default


def _bound(day: Any, precision: Precision) -> str | None:
    # A day that is not the first of its month or year is written whole, with its precision beside it.
    shown = format_day(day, precision)
    if shown is None or parse_day(shown) == (day, precision):
        return shown
    return f"{day.isoformat()} {precision.value}"


def _period(bounds: list[str | None]) -> Period:
    found: list[Any] = []
    for bound in bounds:
        if bound is None:
            found.append((None, Precision.UNKNOWN))
            continue
        shown, _, precision = bound.partition(" ")
        day, own = parse_day(shown)
        found.append((day, Precision(precision) if precision else own))
    (start, start_precision), (end, end_precision) = found
    return Period(start=start, end=end, start_precision=start_precision, end_precision=end_precision)


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in data.items():
        if name == "held":
            made[name] = _period(value)
        elif name in _ENUMS:
            made[name] = _ENUMS[name](value)
        elif isinstance(value, list):
            part = _PARTS.get(name)
            made[name] = tuple(part(**_fields(v)) if part and isinstance(v, dict) else v for v in value)
        else:
            made[name] = value
    return made


def key_number(key: str) -> int:
    """A claim's id as the signed number of 64 bits that is stored.

    >>> key_number("ffffffffffffffff"), key_text(-1)
    (-1, 'ffffffffffffffff')
    """
    number = int(key, 16)
    return number - (1 << 64) if number >> 63 else number


def key_text(number: int) -> str:
    """The claim's id that `key_number` stands for."""
    return format(number & _MASK, "016x")


def means_text(means: tuple[Means, ...]) -> str | None:
    """Means as one digit each, in their order; None for none."""
    return "".join(str(_MEANS.index(m)) for m in means) or None


def means_of(text: str | None) -> tuple[Means, ...]:
    """The means that `means_text` wrote."""
    return tuple(_MEANS[int(digit)] for digit in text or "")


def reader_parts(reader: str) -> tuple[str, str]:
    """The name and the version of a reader.

    >>> reader_parts("cues 1"), reader_parts("by hand"), reader_parts("cues")
    (('cues', '1'), ('by', 'hand'), ('cues', ''))
    """
    name, _, version = reader.rpartition(" ")
    return (name, version) if name and version else (reader, "")


def reader_text(name: str, version: str) -> str:
    """The reader as a claim names it."""
    return f"{name} {version}" if version else name


def storable(text: str, what: str) -> str:
    """The text itself, where both SQLite and PostgreSQL can hold it exactly; else an `InvalidValue`."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue(
            f"{what} holds half a character (a lone surrogate)", text[error.start], "decode the bytes again"
        ) from None
    if "\0" in text:
        raise InvalidValue(f"{what} holds a NUL character", text[:40], "remove it before the text is stored")
    return text
