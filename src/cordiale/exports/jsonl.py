"""Claims as JSON Lines: one object a line, with the fields of `records.FIELDS`, exact to the character.

Characters that could steer a terminal or turn text around (controls, overrides of direction) are written as JSON
escapes: any reader of JSON gives them back unchanged. UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from cordiale.records import FIELDS, ClaimRecord

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def write_jsonl(records: Iterable[ClaimRecord], out: BinaryIO) -> int:
    """Write records, a line each; how many."""
    count = 0
    for found in records:
        count += 1
        line = json_text(dict(zip(FIELDS, found.values(), strict=True)))
        out.write(line.encode() + b"\n")
    return count


def json_text(value: Any, *, indent: int | None = None) -> str:
    r"""A value as JSON that is safe on a terminal.

    >>> print(json_text({"a": "é\x9b\u202e"}))
    {"a": "é\u009b\u202e"}
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
