"""Which language a text is in, where it is long enough to tell. The reader reads English; others are marked by this."""

from __future__ import annotations

from functools import cache
from typing import Any

_LEAST = 100
"""Letters from which on a text can be told."""
_MOST = 4000
"""Characters that are looked at."""
_SURE = 0.8


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text, or None where it cannot be told.

    >>> language_of("Too short.")
    """
    start = text[:_MOST]
    if sum(character.isalpha() for character in start) < _LEAST:
        return None
    code, probability = _identifier().classify(start)
    return str(code) if probability >= _SURE else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
