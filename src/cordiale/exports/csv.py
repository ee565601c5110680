"""Claims as CSV for spreadsheets: the columns of `records.FIELDS`, UTF-8, lines that end in CR LF as RFC 4180 has it.

Text that a spreadsheet would take for a formula gets a leading apostrophe, and characters that could steer a terminal
are shown as escapes; where every character counts, use JSON Lines. Means are joined by blanks.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from cordiale.records import FIELDS, ClaimRecord

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write_csv(records: Iterable[ClaimRecord], out: BinaryIO) -> int:
    """Write a header and a row for each record; how many records."""
    out.write(csv_line(FIELDS).encode())
    count = 0
    for found in records:
        count += 1
        out.write(csv_line(found.values()).encode())
    return count


def csv_line(values: Sequence[Any]) -> str:
    r"""One row.

    >>> csv_line(["=1+1", -1, None, ("weapons", "funding")])
    "'=1+1,-1,,weapons funding\r\n"
    """
    line = io.StringIO()
    csv.writer(line).writerow([_cell(value) for value in values])
    return line.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        value = " ".join(str(part) for part in value)
    if not isinstance(value, str):
        return value
    text = _STEERING.sub(lambda match: repr(match[0])[1:-1], value.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
