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
    r"""Write a header and a row for each spell; how many rows. An actor that `names` lacks goes by its id.

    >>> from datetime import date; from io import BytesIO
    >>> from cordiale.exports.histories import Stretch
    >>> since = Stretch(start=date(1904, 4, 8), end=None, sign=1, stance="friendly", weight=0.5)
    >>> out = BytesIO()
    >>> write_spells([TieCourse(a="france", b="united-kingdom", stretches=(since,))], {"france": "France"}, out)
    1
    >>> out.getvalue()
    b'from,to,sign,begin,end\r\nFrance,united-kingdom,1,1904-04-08,\r\n'
    """
    rows = (
        (names.get(tie.a, tie.a), names.get(tie.b, tie.b), spell.sign, spell.begin, spell.end)
        for tie in courses
        for spell in spells(tie)
    )
    return write_lines(COLUMNS, rows, out)
