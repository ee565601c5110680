"""Named happenings, with their dates: wars, coups, treaties, by which a text dates what it says.

The list is data, `happenings.csv` beside this module; a user's own events come before it. Finding a name in a text says
nothing about who caused what.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from os import PathLike
from pathlib import Path

from cordiale.claims import Event
from cordiale.errors import InvalidValue, UnreadableInput
from cordiale.periods import Period
from cordiale.reading.sentences import Sentence

FIELDS = ("name", "names", "from", "to")
"""The columns of a file of events."""


@cache
def happenings() -> tuple[Event, ...]:
    """The happenings that ship.

    >>> next(event for event in happenings() if event.name == "Suez Crisis").held.start_text
    '1956-10-29'
    """
    text = files("cordiale.reading").joinpath("happenings.csv").read_text("utf-8")
    return tuple(parse_events(text, "happenings.csv"))


def read_events(path: str | PathLike[str]) -> list[Event]:
    """The events of a user's CSV file, with the columns `FIELDS`.

    `names` are other names, separated by ` | `; `from` and `to` are ISO dates as precise as is known, `to` being the
    first day after and open where it is empty. Lines that begin with `#` are comments. Raises `UnreadableInput` naming
    the file, the line and what to do.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), f"cannot be read ({error})", "give a UTF-8 CSV file") from error
    return list(parse_events(text, str(path)))


def parse_events(text: str, source: str) -> Iterator[Event]:
    """The events of a CSV file."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    reader = csv.reader((line for _, line in lines), strict=True)
    names = ",".join(FIELDS)
    try:
        if tuple(next(reader, ())) != FIELDS:
            raise UnreadableInput(source, "the first line does not name the columns", f"begin with: {names}")
        for row in reader:
            place = f"line {lines[reader.line_num - 1][0]}"
            if len(row) != len(FIELDS):
                why, mend = f"{len(row)} cells, not {len(FIELDS)}", f"give {names}, and quote cells with commas"
                raise UnreadableInput(source, why, mend, place=place)
            try:
                yield _event(*(cell.strip() for cell in row))
            except InvalidValue as error:
                raise UnreadableInput(source, str(error), "mend that line", place=place) from error
    except csv.Error as error:
        place = f"line {lines[max(reader.line_num, 1) - 1][0]}"
        raise UnreadableInput(source, f"no CSV ({error})", "mend the quoting", place=place) from error


def _event(name: str, names: str, start: str, end: str) -> Event:
    slug = re.sub(r"[\W_]+", "-", name.lower()).strip("-")
    if not slug or not start:
        raise InvalidValue("an event without a name or a first day", name, "give both")
    others = tuple(other for part in names.split(" | ") if (other := part.strip()))
    if odd := [other for other in (name, *others) if not other[0].isalnum()]:
        raise InvalidValue("the name of an event that begins with a mark", odd[0], "begin it with a letter or a digit")
    return Event(id=slug, name=name, names=others, held=Period.parse(start, end or None))


class Happenings:
    """The events by which a text can be dated: those that ship, and a user's own, which come first."""

    def __init__(self, own: Iterable[Event] = ()) -> None:
        named = {_plain(name): event for event in (*happenings(), *own) for name in (event.name, *event.names)}
        self._named: dict[str, list[tuple[re.Pattern[str], Event]]] = {}
        for name in sorted(named, key=len, reverse=True):
            first = re.split(r"[\W_]", name)[0]
            self._named.setdefault(first, []).append((re.compile(re.escape(name) + r"(?!\w)"), named[name]))

    def find(self, text: str, sentence: Sentence) -> list[tuple[int, int, Event]]:
        """The happenings named in a sentence of a text, each with its place."""
        if self._named.keys().isdisjoint(sentence.low) and "into" not in sentence.low:
            return []
        plain = _plain(text[sentence.start : sentence.end])
        found = list(self._descents(plain, sentence.start))
        for word, (first, _) in zip(sentence.low, sentence.at, strict=True):
            if found and first < found[-1][1]:
                continue
            for pattern, event in self._named.get(word, ()):
                match = pattern.match(plain, first - sentence.start)
                if match is not None:
                    found.append((first, sentence.start + match.end(), event))
                    break
        return found

    def _descents(self, plain: str, start: int) -> Iterator[tuple[int, int, Event]]:
        """Civil wars that are told and not named: "as Lebanon slid into civil war"."""
        for match in _DESCENT.finditer(plain):
            for pattern, event in self._named.get("civil", ()):
                if pattern.fullmatch(f"civil war in {match[1]}"):
                    yield start + match.start(), start + match.end(), event


def _plain(text: str) -> str:
    """Lower case and plain marks, character for character, so that offsets stay."""
    low = text.lower()
    return (low if len(low) == len(text) else text).replace("’", "'").replace("–", "-")


_DESCENT = re.compile(r"\b(\w+) (?:had )?(?:fell|fallen|slid|slipped|sank|descended|plunged) into (?:a )?civil war\b")
