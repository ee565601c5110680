"""Text from outside as formats can hold it: what XML has no place for, what steers a terminal or turns text around is
shown as an escape.

Line ends become LF. Nothing else is changed: quotes, `&` and scripts of any kind are for each format to write.
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    r"""The text with such characters as escapes.

    >>> print(plain("A\x1b[2J\r\nB"))
    A\x1b[2J
    B
    """
    return _STEERING.sub(lambda match: repr(match[0])[1:-1], text.replace("\r\n", "\n").replace("\r", "\n"))
