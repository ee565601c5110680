"""Text from documents made safe to show: what could steer a terminal or turn text around is shown as an escape.

Only what is shown is changed, never what is stored.
"""

from __future__ import annotations

import re

# C0 and C1 controls but for line feed and tab, marks and overrides of direction, line separators, lone surrogates.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    r"""The text with every such character as its escape.

    >>> print(clean("a\x1b[31mb\u202ec"))
    a\x1b[31mb\u202ec
    """
    return _STEERING.sub(lambda match: repr(match[0])[1:-1], text)


def one_line(text: str) -> str:
    """The same, with white space run together."""
    return clean(" ".join(text.split()))
