"""A table of who is in which bloc: columns bloc, actor and, where they vary, share, begin, end.

Rows that cannot be used are told on stderr, the first ones with their number, and the rest is kept. `end` is the first
day on which an actor is a member no more.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cordiale.errors import CordialeError, UnreadableInput
from cordiale.periods import Period

if TYPE_CHECKING:
    from cordiale.networks import Bloc


def read_members(file: Path, day: date | None, find: Callable[[str], str]) -> tuple[Bloc, ...]:
    """The blocs of a table as of a day; `find` gives an actor's id."""
    from cordiale.cli.printing import warn_of
    from cordiale.networks import Bloc

    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(file), f"cannot be read ({error})", "give a CSV file in UTF-8") from error
    lines = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.split("\n", 1)[0] else ",")
    if missing := {"bloc", "actor"} - set(lines.fieldnames or ()):
        raise UnreadableInput(str(file), f"no column {', '.join(sorted(missing))}", "name its columns bloc and actor")
    found: dict[str, dict[str, float]] = {}
    failed: list[UnreadableInput] = []
    for number, row in enumerate(lines, start=2):
        try:
            held = Period.parse(row.get("begin"), row.get("end"))
            share = float(row.get("share") or 1)
            bloc = (row["bloc"] or "").strip()
            actor = find(row["actor"] or "")
            if day is None or held.holds(day):
                Bloc(name=bloc, members={actor: share})  # is it a share?
                found.setdefault(bloc, {})[actor] = share
        except (CordialeError, ValueError, AttributeError) as error:
            failed.append(UnreadableInput(str(file), str(error), "the row is left out", place=f"line {number}"))
    warn_of(failed, all_of_them=False)
    return tuple(Bloc(name=name, members=members) for name, members in found.items())
