"""The example of the great powers gives the table that is printed for it, through the command line's own reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cordiale.datasets import read_ties
from cordiale.networks import frustration, triangles

TABLE = Path(__file__).parents[2] / "examples" / "great-powers" / "ties.csv"


@pytest.mark.parametrize(
    ("year", "ties", "index", "types"),
    [
        (1872, 9, 1, (1, 0, 4, 2)), (1882, 11, 1, (2, 0, 4, 2)), (1890, 10, 1, (1, 0, 2, 2)),
        (1891, 11, 1, (1, 0, 5, 2)), (1904, 11, 1, (1, 1, 5, 1)), (1907, 15, 0, (2, 0, 18, 0)),
    ],
)  # fmt: skip
def test_each_year_is_as_it_is_printed(year: int, ties: int, index: int, types: tuple[int, ...]) -> None:
    rows = read_ties(TABLE).at(date(year, 6, 30))
    found = triangles(rows)
    assert (len(rows), frustration(rows).value) == (ties, index)
    assert (found.friendly, found.one_hostile, found.two_hostile, found.hostile) == types
