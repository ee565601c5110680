"""Folding of names, so that spellings of one name meet.

`fold` undoes what typography does (case, accents, apostrophes, hyphens); `skeleton` undoes what transliteration does
(Khalid Mashal, Khaled Meshaal). Neither says that two names are one actor's: the linker weighs that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "at", "an", "az"})
"""Forms of the Arabic article, which reports write or leave out at will."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘ʼʿʾ`.]")
_SOUNDS = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("dj", "j"), ("q", "k"),
    ("c", "k"), ("x", "ks"), ("z", "s"), ("v", "w"), ("p", "b"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name in plain lower-case words: no accents, apostrophes, full stops or hyphens.

    >>> fold("Ba’ath Party"), fold("U.S."), fold("Türkiye"), fold("al-Qaeda")
    ('baath party', 'us', 'turkiye', 'al qaeda')
    """
    bare = _APOSTROPHES.sub("", name)
    if bare.isascii():
        return " ".join(_WORD.findall(bare.lower()))
    plain = unicodedata.normalize("NFKD", bare)
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).casefold()))


def skeleton(name: str) -> str:
    """The consonants of a name as they sound, without the Arabic article; "" where too little is left to tell by.

    >>> skeleton("Khalid Mashal") == skeleton("Khaled Meshaal")
    True
    >>> skeleton("Li Na")
    ''
    """
    words = []
    for word in fold(name).split():
        if word in PARTICLES:
            continue
        said = word
        for spelling, sound in _SOUNDS:
            said = said.replace(spelling, sound)
        bare = said[0] + re.sub(r"[aeiouyhw]", "", said[1:])
        words.append(re.sub(r"(.)\1+", r"\1", "a" + bare[1:] if bare[0] in "aeiouy" else bare))
    whole = " ".join(words)
    return whole if len(words) >= 2 and len(whole) >= 6 else ""
