"""Text from outside made plain: what XML has no place for, what steers a terminal or turns text around, as an escape.

Only what is shown or written is changed, never a text that is quoted. Quotes, `&` and scripts of any kind are for each
format to write.
"""

from __future__ import annotations

import re

# C0 and C1 controls but for line feed and tab, marks and overrides of direction, line separators, lone surrogates.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def plain(text: str) -> str:
    r"""The text with such characters as escapes, and line ends as LF.

    >>> print(plain("A\x1b[2J\r\nB"))
    A\x1b[2J
    B
    """
    return _STEERING.sub(lambda match: repr(match[0])[1:-1], text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The same, with white space run together."""
    return plain(" ".join(text.split()))


_SIGNED = re.compile(r"(?<=://)(?:[^\s/?#]*@|[^\s/?#:@]+:(?!\d{0,5}(?:[/?#\s]|$))\S*@)")


def unsigned(text: str) -> str:
    """The text with the user name and password taken out of every address in it.

    >>> unsigned("https://me:secret@example.org/@me: no answer")
    'https://example.org/@me: no answer'
    >>> unsigned("ftp://me:sec/ret@example.org"), unsigned("http://localhost:80/@me")
    ('ftp://example.org', 'http://localhost:80/@me')
    """
    return _SIGNED.sub("", text)
