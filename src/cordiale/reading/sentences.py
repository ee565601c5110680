"""From a stretch of text to sentences of tokens, with offsets into the text as stored.

A token is a word, a number, a mark, or a possessive ending; hyphens stand alone, so that "Iran-backed" is three tokens.
Nothing is normalised in place: `low` and `fold` lie beside the text, and every offset slices the document's own text.
A run of more than `LONGEST` tokens without an end is no sentence but a list or a table; it is read in pieces, so that
no step that looks around a word can take long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from cordiale.actors import fold

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.
    r"|['’](?:s|S)\b"  # Iran's
    r"|\d++(?:[.,]\d++)*+(?:st|nd|rd|th|s)?\b|\d++"
    r"|[^\W\d_][^\W_]*+(?:['’](?![sS]\b)[^\W\d_][^\W_]*+)*"  # Sana'a, didn't, M23
    r"|\S"
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+\s++(?=[\"'“‘«(\[]*+[A-Z\d“‘«])|\n+")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col maj sgt capt adm brig rep sen gov pres st jr sr no vs etc inc ltd co corp jan feb "
    "mar apr jun jul aug sep sept oct nov dec dept fig vol".split()
)
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]\Z")
_STARTS = re.compile(r"[\"“]?(?:The|A|An|In|On|At|But|And|It|He|She|They|This|That|When|After|Since|For|As|If)\b")
_LAST_WORD = re.compile(r"([^\s“‘\"'(]+?)[.!?…]+[\"'”’»)\]]*\s+\Z")

LONGEST = 160
"""The most tokens of a sentence."""
_TOLD = 64  # characters by which a token is told from others: no word is longer

QUOTES_OPEN = frozenset("“«")
QUOTES_CLOSE = frozenset("”»")


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence: its place in the text and its tokens, as equally long lists."""

    start: int
    end: int
    paragraph: int
    text: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    fold: list[str] = field(default_factory=list)
    at: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.text)

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after an offset into the text."""
        return next((i for i, (_, end) in enumerate(self.at) if end > offset), len(self.at))


def split(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Sentence]:
    """The sentences of the given spans of a text, in order; each span is a paragraph."""
    for paragraph, (start, end) in enumerate(spans):
        for first, last in _bounds(text, start, end):
            at = [match.span() for match in _TOKEN.finditer(text, first, last)]
            for piece in _pieces(text, at):
                yield _tokenised(text, piece, paragraph)


def _pieces(text: str, at: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Tokens in runs of at most `LONGEST`, cut after a comma or semicolon where there is one in the later half."""
    first = 0
    while len(at) - first > LONGEST:
        ends = range(first + LONGEST, first + LONGEST // 2, -1)
        last = next((i for i in ends if text[at[i - 1][0]] in ",;"), ends[0])
        yield at[first:last]
        first = last
    yield at[first:]


def _bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _END.finditer(text, start, end):
        word = _LAST_WORD.search(text[max(first, match.end() - 40) : match.end()])
        if word and "\n" not in match[0]:
            last = word[1].rstrip(".").casefold()
            initial = _INITIALS.match(word[1]) is not None and not _STARTS.match(text, match.end())
            if last in _ABBREVIATIONS or initial:
                continue
        yield from _stripped(text, first, match.end())
        first = match.end()
    yield from _stripped(text, first, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _tokenised(text: str, at: list[tuple[int, int]], paragraph: int) -> Sentence:
    words = [text[first : min(last, first + _TOLD)] for first, last in at]
    low, folded = map(list, zip(*map(_lowered, words), strict=True))
    return Sentence(start=at[0][0], end=at[-1][1], paragraph=paragraph, text=words, low=low, fold=folded, at=at)


@lru_cache(maxsize=32768)
def _lowered(word: str) -> tuple[str, str]:
    """A token in lower case, and folded."""
    return word.casefold().replace("’", "'"), fold(word)
