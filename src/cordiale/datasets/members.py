"""A table of who is in which bloc: columns bloc, actor and, where they vary, share (above 0, to 1), begin, end, last.

A row that cannot be used is refused and noted. `end` is the first day on which an actor is a member no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike

from cordiale.datasets.cells import read_cells, required
from cordiale.datasets.notes import Notes
from cordiale.datasets.when import held
from cordiale.errors import InvalidValue
from cordiale.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """How far an actor is in a bloc, and when; `row` is its number in the file."""

    row: int
    bloc: str
    actor: str
    share: float
    held: Period


def read_members(file: str | PathLike[str], notes: Notes) -> Iterator[Member]:
    """The rows of a table of members; one without the columns bloc and actor is an `UnreadableInput`."""
    cells = read_cells(file, notes)
    required(cells, ("bloc", "actor"), "table of members", "name its columns bloc and actor")
    for number, row in cells.records():
        try:
            yield _member(number, row)
        except InvalidValue as error:
            notes.add(f"{error.what}: refused", number, error.value, refused=True)


def _member(number: int, row: dict[str, str]) -> Member:
    if not row["bloc"] or not row["actor"]:
        raise InvalidValue("no bloc, or no actor", "", "name both")
    try:
        share = float(row.get("share") or 1)
    except ValueError:
        raise InvalidValue("a share that is no number", row["share"], "mend it") from None
    if not 0 < share <= 1:
        raise InvalidValue("a share that is not above 0, to 1", share, "mend it")
    when = held(*(row.get(name, "") for name in ("begin", "end", "last")))
    return Member(row=number, bloc=row["bloc"], actor=row["actor"], share=share, held=when)
