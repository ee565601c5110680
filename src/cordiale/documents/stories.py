"""Copies of one story: fingerprints that tell a re-edited wire copy from a second report of the same event.

MinHash (Broder 1997) over runs of five words: the share of equal entries in two signatures estimates the Jaccard
similarity of the two texts' runs, to about ±0.04 with 128 entries. Bands of equal entries let a store find candidates
by equality. The hashes and permutations are fixed here, of no library's making, so that signatures stored today can be
compared with those of any later version. Give it the reporting (`body`), as boxes that an outlet puts under every
article make its articles alike. Nothing is kept between calls.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from cordiale.errors import InvalidValue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME_STORY = 0.6
"""From this similarity on, two texts are one story and their tellers one voice.

A wire copy of 800 words keeps 0.75 and more with a new headline and byline and its last paragraph cut, and 0.6 with a
quarter of it cut or rewritten. Two reports of one event that share nothing but a quoted statement stay below 0.3.
"""

ENTRIES = 128
_BAND = 4  # entries: a pair at 0.6 shares one of the 32 bands with probability 0.99, a pair at 0.1 with 0.003
_RUN = 5  # words
_CHUNK = 2_048  # runs hashed at once: a text of any length takes 2 MB, which stays in the cache

_WORD = re.compile(r"\w+")


@functools.cache
def _numbers(count: int, label: str) -> NDArray[np.uint64]:
    """Fixed numbers that no version of numpy can change: SHA-256 of a label and a counter."""
    import numpy as np

    digests = (hashlib.sha256(f"cordiale stories {label} {i}".encode()).digest()[:8] for i in range(count))
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What stands for a text's wording. `signature` is 512 bytes, to be stored; equal texts have equal ones."""

    signature: bytes

    def __post_init__(self) -> None:
        if len(self.signature) != 4 * ENTRIES:
            raise InvalidValue("the length of a signature", len(self.signature), f"give {4 * ENTRIES} bytes")

    @classmethod
    def from_bytes(cls, signature: bytes) -> Fingerprint:
        """The fingerprint with this stored signature. InvalidValue where its length is wrong."""
        return cls(signature=bytes(signature))

    @property
    def bands(self) -> tuple[int, ...]:
        """32 numbers from 0 to 2**63 - 1: texts that share one are candidates for the same story."""
        step = 4 * _BAND
        pieces = [self.signature[at : at + step] for at in range(0, len(self.signature), step)]
        digests = (hashlib.blake2b(bytes([i]) + piece, digest_size=8).digest() for i, piece in enumerate(pieces))
        return tuple(int.from_bytes(digest) >> 1 for digest in digests)

    def similarity(self, other: Fingerprint) -> float:
        """The estimated share of runs of five words that two texts have in common, 0 to 1."""
        import numpy as np

        mine, its = (np.frombuffer(f.signature, dtype="<u4") for f in (self, other))
        return float(np.mean(mine == its))

    def same_story(self, other: Fingerprint) -> bool:
        """Whether two texts are one story, so that their tellers are one voice."""
        return self.similarity(other) >= SAME_STORY


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text, whatever its case, white space and punctuation.

    >>> first = fingerprint("Envoys of the two states met in the capital on Monday.")
    >>> first.similarity(fingerprint("ENVOYS of the two states met in the capital, on Monday"))
    1.0
    """
    import numpy as np

    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    # CRC-32 tells words apart well enough, is the same everywhere and fast; mixing makes it a hash.
    column = _mixed(np.array([crc32(word.encode("utf-8", "replace")) for word in words], dtype=np.uint64))
    if len(column) < _RUN:  # too short for a run: the whole is one
        column = np.concatenate([column, np.zeros(_RUN - len(column), dtype=np.uint64)])
    length = len(column) - _RUN + 1
    runs = np.zeros(length, dtype=np.uint64)
    for place, factor in enumerate(_numbers(_RUN, "place") | np.uint64(1)):
        runs = _mixed(runs ^ (column[place : place + length] * factor))
    # Each entry is the least of h -> a * h + b modulo 2**64, a odd. The upper bits are kept: the lower are weak.
    factors, terms = _numbers(ENTRIES, "factor") | np.uint64(1), _numbers(ENTRIES, "term")
    least = np.full(ENTRIES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for at in range(0, length, _CHUNK):
        table = factors[:, None] * runs[None, at : at + _CHUNK]
        table += terms[:, None]  # in place: a second table costs more than the sums
        least = np.minimum(least, table.min(axis=1))
    return Fingerprint(signature=(least >> np.uint64(32)).astype("<u4").tobytes())


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finalizer of MurmurHash3: every bit of the input sways every bit of the output."""
    import numpy as np

    shift = np.uint64(33)
    values = (values ^ (values >> shift)) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> shift)) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> shift)
