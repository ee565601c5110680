"""Named happenings, with their dates: wars, coups, treaties, by which a text dates what it says.

The list is data, `happenings.csv` beside this module. Finding a name in a text says nothing about who caused what.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from cordiale.claims import Event
from cordiale.periods import Period


@cache
def happenings() -> tuple[Event, ...]:
    """The happenings that ship.

    >>> next(event for event in happenings() if event.name == "Suez Crisis").held.start_text
    '1956-10-29'
    """
    text = files("cordiale.reading").joinpath("happenings.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Event(
            id=re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-"),
            name=row["name"],
            names=tuple(row["names"].split(" | ")) if row["names"] else (),
            held=Period.parse(row["from"], row["to"]),
        )
        for row in rows
    )


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, Event]]:
    named = {_plain(name): event for event in happenings() for name in (event.name, *event.names)}
    longest_first = sorted(named, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b"), named


def _plain(text: str) -> str:
    """Lower case and plain marks, character for character, so that offsets stay."""
    low = text.lower()
    return (low if len(low) == len(text) else text).replace("’", "'").replace("–", "-")


def find_happenings(text: str, start: int, end: int) -> list[tuple[int, int, Event]]:
    """The happenings named between two offsets of a text, each with its place."""
    pattern, named = _pattern()
    return [
        (start + match.start(), start + match.end(), named[match[0]])
        for match in pattern.finditer(_plain(text[start:end]))
    ]
