"""Finding a model's quote in the text it was given, so that what is kept is the text's own words, by their place."""

from __future__ import annotations

import re

_ALIKE = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_SHORTEST = 8
"""Characters; fewer stand anywhere and prove nothing."""


def place(text: str, quote: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a quote stands in `text[start:end]`; marks and blanks may be written another way. None where it does not.

    >>> place("He said: “No  war.”", 'said: "No war."', 0, 19)
    (3, 19)
    """
    words = quote.translate(_ALIKE).split()
    if len(" ".join(words)) < _SHORTEST:
        return None
    found = text.find(quote, start, end)
    if found >= 0 and not quote[:1].isspace() and not quote[-1:].isspace():
        return found, found + len(quote)
    # Translation keeps the length, so that places in the one are places in the other.
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.compile(pattern).search(text.translate(_ALIKE), start, end)
    return match.span() if match else None
