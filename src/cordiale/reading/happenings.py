"""Named happenings, with their dates: wars, coups, treaties, by which a text dates what it says.

The list is data, `happenings.csv` beside this module. Finding a name in a text says nothing about who caused what.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from cordiale.claims import Event
from cordiale.periods import Period
from cordiale.reading.sentences import Sentence


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
def _named() -> dict[str, list[tuple[re.Pattern[str], Event]]]:
    """The names, longest first, by the word that each begins with."""
    named = {_plain(name): event for event in happenings() for name in (event.name, *event.names)}
    found: dict[str, list[tuple[re.Pattern[str], Event]]] = {}
    for name in sorted(named, key=len, reverse=True):
        first = re.split(r"[\W_]", name)[0]
        found.setdefault(first, []).append((re.compile(re.escape(name) + r"\b"), named[name]))
    return found


def _plain(text: str) -> str:
    """Lower case and plain marks, character for character, so that offsets stay."""
    low = text.lower()
    return (low if len(low) == len(text) else text).replace("’", "'").replace("–", "-")


_DESCENT = re.compile(r"\b(\w+) (?:had )?(?:fell|fallen|slid|slipped|sank|descended|plunged) into (?:a )?civil war\b")


def _descents(plain: str, start: int) -> Iterator[tuple[int, int, Event]]:
    """Civil wars that are told and not named: "as Lebanon slid into civil war"."""
    for match in _DESCENT.finditer(plain):
        for pattern, event in _named().get("civil", ()):
            if pattern.fullmatch(f"civil war in {match[1]}"):
                yield start + match.start(), start + match.end(), event


def find_happenings(text: str, sentence: Sentence) -> list[tuple[int, int, Event]]:
    """The happenings named in a sentence of a text, each with its place."""
    named = _named()
    if named.keys().isdisjoint(sentence.low) and "into" not in sentence.low:
        return []
    plain = _plain(text[sentence.start : sentence.end])
    found = list(_descents(plain, sentence.start))
    for word, (first, _) in zip(sentence.low, sentence.at, strict=True):
        if found and first < found[-1][1]:
            continue
        for pattern, event in named.get(word, ()):
            match = pattern.match(plain, first - sentence.start)
            if match is not None:
                found.append((first, sentence.start + match.end(), event))
                break
    return found
