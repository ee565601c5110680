"""Answers that are tables: a sequence of values that shows itself as rows, and becomes a data frame when asked.

A `Table` never changes, and draws nothing from a dossier. pandas is imported by `frame()` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from cordiale.errors import MissingExtra

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")

_SHOWN = 10
_WIDE = 32


class Table(Sequence[T], Generic[T]):
    """Values in rows. `row` gives the cells of a value, in the order of `columns`.

    >>> table = Table([3, 4], columns=("n", "square"), row=lambda n: (n, n * n))
    >>> table
    n  square
    3  9
    4  16
    [2 rows]
    """

    def __init__(self, items: Iterable[T], *, columns: Sequence[str], row: Callable[[T], Sequence[Any]]) -> None:
        self._items = tuple(items)
        self.columns = tuple(columns)
        self._row = row

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Table[T]: ...
    def __getitem__(self, place: int | slice) -> T | Table[T]:
        if isinstance(place, slice):
            return Table(self._items[place], columns=self.columns, row=self._row)
        return self._items[place]

    def __len__(self) -> int:
        return len(self._items)

    def rows(self) -> list[tuple[Any, ...]]:
        """The cells of every value."""
        return [tuple(self._row(item)) for item in self._items]

    def frame(self) -> pandas.DataFrame:
        """A pandas data frame; `MissingExtra` where pandas is not installed."""
        return frame(self.columns, self.rows())

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_table, safely

        return safely(self, None, of_table)

    def __repr__(self) -> str:
        return shown(self.columns, [tuple(self._row(item)) for item in self._items[:_SHOWN]], len(self))


def frame(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> pandas.DataFrame:
    """Rows as a pandas data frame; `MissingExtra` where pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("pandas", "frames", "a data frame") from error
    return pandas.DataFrame(list(rows), columns=list(columns))


def shown(columns: Sequence[str], rows: Sequence[Sequence[Any]], total: int) -> str:
    """The first rows as aligned text, and how many there are in all."""
    cells = [tuple(columns), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    count = f"[{total:,} row{'' if total == 1 else 's'}]"
    return "\n".join([*lines, *(["..."] if total > len(rows) else []), count])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.3g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= _WIDE else text[: _WIDE - 1] + "…"
