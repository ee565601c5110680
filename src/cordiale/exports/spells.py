"""Ties over time as CSV in the shape that manynet and others read: `from,to,sign,begin,end`, a row a spell.

Stretches of one sign that follow each other are one row. Ends are half-open: the first day on which it no longer held,
empty where it still does. Ties that are neither friendly nor hostile have no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from cordiale.exports.csv import write_lines
from cordiale.exports.histories import TieCourse, spells

COLUMNS = ("from", "to", "sign", "begin", "end")


def write_spells(courses: Iterable[TieCourse], names: Mapping[str, str], out: BinaryIO) -> int:
    """Write a header and a row for each spell; how many rows. An actor that `names` lacks goes by its id."""
    rows = (
        (names.get(tie.a, tie.a), names.get(tie.b, tie.b), spell.sign, spell.begin, spell.end)
        for tie in courses
        for spell in spells(tie)
    )
    return write_lines(COLUMNS, rows, out)
