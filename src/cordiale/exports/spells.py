"""Ties over time as CSV in the shape that manynet and others read: `from,to,sign,begin,end`, a row a stretch.

Stretches of one sign that follow each other are one row. Ends are half-open: the first day on which it no longer held,
empty where it still does. Ties that are neither friendly nor hostile have no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from cordiale.exports.csv import csv_line
from cordiale.exports.histories import TieCourse

COLUMNS = ("from", "to", "sign", "begin", "end")


def write_spells(ties: Iterable[TieCourse], out: BinaryIO) -> int:
    """Write a header and a row for each stretch; how many rows."""
    out.write(csv_line(COLUMNS).encode())
    count = 0
    for tie in ties:
        for sign, begin, end in signed(tie):
            count += 1
            out.write(csv_line([*tie.names, sign, begin, end]).encode())
    return count


def signed(tie: TieCourse) -> Iterator[tuple[int, date, date | None]]:
    """(sign, begin, end) of each stretch of one sign, but for 0."""
    open_: tuple[int, date, date | None] | None = None
    for episode in tie.episodes:
        if open_ is not None and open_[0] == episode.sign and open_[2] == episode.start:
            open_ = (open_[0], open_[1], episode.end)
            continue
        if open_ is not None and open_[0]:
            yield open_
        open_ = (episode.sign, episode.start, episode.end)
    if open_ is not None and open_[0]:
        yield open_
