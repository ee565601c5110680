"""What formats over time are made of: actors, and ties with their episodes. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor as it is written: id, name, kind."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """An episode as it is written: [start, end), open where `end` is None."""

    start: date
    end: date | None
    sign: int
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCourse:
    """A tie over time; `weight` is its absolute strength on the last day, 0 where nothing is left of it. `a` and `b`
    are ids, `names` those of the two."""

    a: str
    b: str
    names: tuple[str, str]
    weight: float
    episodes: tuple[Stretch, ...]
