"""What a stream of events looks like, and which one a file is: by what is in it, never by its name.

A format says how its columns become the columns of an event, in SQL over the raw ones, which are all text.

    event_id  as the source gives it              a_key, b_key    who to whom: see `KEY`
                                                  a_name, b_name  what the source calls them there
    day       the first day of the event          code     the source's own kind of event
    days      how many days it spans, 1 or more   score    tenths, where the row has one; else that of the code
    added     the day that it became known        quad     1 to 4, 0 neutral, where the row has one
    root      whether it is the main event of its story, NULL where the source does not say
    place     the country it happened in, as the source writes it
    url       the address, or the source's own mark, of the story; mentions: how often it was told
    part, parts   which of how many pairs of one event with several actors
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from cordiale.errors import UnreadableInput

KEY = ("code", "name", "country", "known_group", "roles")
"""What an actor of a stream is told apart by; a key is these, each of any letters but U+001F, which is between them.
Where a source has codes of its own for actors there is no name in it: JAPAN and TOKYO are one, JPN."""
FIELDS = (
    "event_id", "day", "days", "added", "a_key", "b_key", "a_name", "b_name", "code", "score", "quad", "root", "place",
    "url", "mentions", "part", "parts",
)  # fmt: skip
SEPARATORS = ("\t", ",", ";", "|", "\x01")
LINES = 40
"""Lines at the head of a file by which it is told: the first may be broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One layout of one source.

    `columns` are the raw ones by position; a file without a head has as many as one of `widths`, and a first row of
    which `looks` is true; one with a head has at least those in `needed`, in any order, under those names or the ones
    in `other_names`. `judged` are the raw columns by which a line is found to be no event, its number first: lines that
    are alike in them are so together. `release` is a
    pattern of names under which the source publishes: a file of the same name, by its groups, is a later release of it.
    `roots` says whether the source marks the main events of stories, `stories` whether `url` is that of one: where it
    names a publisher, or all that was read, two events may have it in common.
    `step` is how long the time is that one file is of, where the names say when; `daily` whether there is something
    new each day, so that a day with nothing is a gap. `names` are the columns by how a head may write them.
    """

    name: str
    title: str
    scheme: str
    columns: tuple[str, ...]
    widths: frozenset[int]
    needed: tuple[str, ...]
    looks: Callable[[Sequence[str]], bool]
    rows: str
    judged: tuple[str, ...]
    release: re.Pattern[str]
    licence: str
    cite: str
    bias: str
    other_names: dict[str, str] = field(default_factory=dict)
    roots: bool = False
    stories: bool = True
    step: timedelta | None = None
    daily: bool = True
    names: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", {_plain(column): column for column in self.columns} | self.other_names)

    @property
    def ragged(self) -> bool:
        """Whether lines of several widths are whole."""
        return len(self.widths) > 1

    def logical(self, file: str) -> str | None:
        """The name under which a file and its re-releases are one; None where its own name, without that of its folder
        or zip, is not one of the source's."""
        found = self._released(file)
        return None if found is None else " ".join((self.name, *(part.lower() for part in found.groups() if part)))

    def version(self, file: str) -> tuple[int, ...]:
        """The numbers in a file's name, by which releases follow one another; none where it is not the source's."""
        found = self._released(file)
        numbers = [] if found is None else re.findall(r"\d+", found[0])
        return tuple(int(one.ljust(14, "0") if len(one) >= 8 else one) for one in numbers)  # a day, or its second

    def _released(self, file: str) -> re.Match[str] | None:
        return self.release.search(re.split(r"[/\\!]", file)[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is written: in which format, by which separator, with a head or not, its columns in order; how its
    first line ends, and how many `blank` ones are before it."""

    format: Format
    separator: str
    head: bool
    columns: tuple[str, ...]
    quoted: bool
    line_end: str
    blank: int

    @property
    def least(self) -> int:
        """How many columns a line has at least."""
        return min(self.format.widths) if self.format.ragged and not self.head else len(self.columns)


def recognised(source: str, head: str, formats: Sequence[Format]) -> Layout:
    """The layout of a file by the first of its text; an `UnreadableInput` where it is none that is known."""
    if re.match(r"\s*<(!doctype|html|\?xml|head|body)", head, re.IGNORECASE):
        raise UnreadableInput(source, "a web page, and no table of events", "load the file itself")
    lines = [line for line in head.splitlines() if line.strip()][:LINES]
    if not lines:
        raise UnreadableInput(source, "it is empty", "load it again")
    every = head.split("\n")
    blank = next(place for place, line in enumerate(every) if line.strip())
    how = {"line_end": line_end("\n".join(every[blank:])), "blank": blank}
    for separator in SEPARATORS:
        quoted = separator in ",;"
        rows = [_fields(line, separator, quoted=quoted) for line in lines]
        head_row = [_plain(cell) for cell in rows[0]]
        heads = [(one, columns) for one in formats if (columns := _by_head(one, head_row)) is not None]
        if heads:  # of two layouts of one source, the one that it has more of
            one, columns = max(heads, key=lambda it: (len({*it[0].columns} & {*it[1]}), -len(it[0].columns)))
            return Layout(format=one, separator=separator, head=True, columns=columns, quoted=quoted, **how)  # type: ignore[arg-type]
        for one in formats:
            if any(len(row) in one.widths and one.looks(row) for row in rows):
                width = max(one.widths)
                columns = one.columns[:width]
                return Layout(format=one, separator=separator, head=False, columns=columns, quoted=quoted, **how)  # type: ignore[arg-type]
    known = ", ".join(one.name for one in formats)
    count = max(len(lines[0].split(separator)) for separator in SEPARATORS)
    why = f"{count} column{'s' if count > 1 else ''}, as no stream that is known has"
    if sum(not (letter.isprintable() or letter in "\t\r\n\x01") for letter in head) > len(head) / 50:
        why = "it is no text"
    raise UnreadableInput(source, why, f"give a file of one of: {known}")


def line_end(text: str) -> str:
    """How the first line of a text ends.

    >>> line_end("a\\r\\nb\\n")
    '\\r\\n'
    """
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"


def _fields(line: str, separator: str, *, quoted: bool) -> list[str]:
    if not quoted:
        return line.split(separator)
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _by_head(one: Format, row: Sequence[str]) -> tuple[str, ...] | None:
    """The columns of a file by the plain names over them, those that the format does not have by their place; None
    where they are not those of a format."""
    found = [one.names.get(plain, f"column {place}") for place, plain in enumerate(row)]
    if not {*one.needed} <= {*found} or len({*found}) < len(found):
        return None
    return tuple(found)


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]", "", column.lower())


def key(side: str, *, coded: bool = False) -> str:
    """SQL for an actor's key out of columns named `side` and the parts of `KEY`; NULL where all are empty. Of one that
    is `coded` the name is left out, unless it is all that there is."""
    name = f"CASE WHEN {side}_code IS NULL THEN {side}_name END" if coded else f"{side}_name"
    parts = [name if part == "name" else f"{side}_{part}" for part in KEY]
    empty = " AND ".join(f"{part} IS NULL" for part in parts)
    told = " || chr(31) || ".join(f"coalesce({part}, '')" for part in parts)
    return f"CASE WHEN {empty} THEN NULL ELSE {told} END"
