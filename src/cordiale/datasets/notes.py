"""What a reader of rows settled by a rule, or refused: how often, by which rule, and the first rows with their values.

Nothing is dropped without a note. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

SHOWN = 3
"""Rows that a line of a note names."""
KEPT = 10
"""Rows that are remembered of a rule that refuses none. Of those refused, all are."""
_LONGEST = 120


@dataclass(slots=True)
class _Kind:
    refused: bool
    count: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)


class Notes:
    """Counts of what was settled or refused, by rule.

    >>> notes = Notes()
    >>> notes.add("a tie of an actor with itself: left out", 4, "GBR")
    >>> notes.add("a weight that is no number: refused", 7, "nan", refused=True)
    >>> notes.refused, list(notes.lines())[0]
    (1, 'a tie of an actor with itself: left out; 1 row (row 4: GBR)')
    >>> list(notes.refusals())
    ['row 7: a weight that is no number (nan)']
    """

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = {}

    def add(self, rule: str, row: int, value: object = "", *, refused: bool = False) -> None:
        """Note a row, by its number in the file, and the value in it that the rule is about."""
        kind = self._kinds.setdefault(rule, _Kind(refused))
        kind.count += 1
        if refused or len(kind.first) < KEPT:
            kind.first.append((row, " ".join(str(value).split())[:_LONGEST]))

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return sum(kind.count for kind in self._kinds.values() if kind.refused)

    def counts(self) -> dict[str, int]:
        """How many rows each rule settled or refused."""
        return {rule: kind.count for rule, kind in self._kinds.items()}

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def lines(self, shown: int = SHOWN, *, refused: bool = True) -> Iterator[str]:
        """A line for each rule; without `refused`, only for those that refuse nothing."""
        for rule, kind in self._kinds.items():
            if kind.refused and not refused:
                continue
            rows = "; ".join(f"row {row}: {value}" if value else f"row {row}" for row, value in kind.first[:shown])
            more = ", ..." if kind.count > min(shown, len(kind.first)) else ""
            yield f"{rule}; {kind.count:,} row{'' if kind.count == 1 else 's'} ({rows}{more})"

    def refusals(self) -> Iterator[str]:
        """A line for each row that was refused, in the order of the rows."""
        found = [(row, value, rule) for rule, kind in self._kinds.items() if kind.refused for row, value in kind.first]
        for row, value, rule in sorted(found, key=lambda one: one[0]):
            yield f"row {row}: {rule.removesuffix(': refused')}{f' ({value})' if value else ''}"
