"""Text as the model takes it: word pieces, the shape of each, and the marks around a pair of mentions.

The encoder was trained on lower-cased text, which throws away what tells a name from a word; the shape of every piece
(lower case, Capital, CAPITALS, digits) goes in beside it, in the place that BERT has for segment numbers. Training and
reading both come through here, so that the model never sees in use what it did not see in training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

LONGEST = 192
"""The most pieces of an input, marks included; a pair farther apart than this is not read by the model."""
SHAPES = 4  # lower case or other, Capital, CAPITALS or miXed, with digits

CLS, SEP = 101, 102
SUBJECT, SUBJECT_END, OBJECT, OBJECT_END = 1, 2, 3, 4  # [unused0] … [unused3] of BERT's vocabulary

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A stretch of text in word pieces: their ids, shapes, and places (offsets into that text)."""

    ids: list[int]
    shapes: list[int]
    at: list[Span]

    def covering(self, span: Span) -> Span:
        """The pieces that touch a span of the text, as a half-open range of indexes."""
        start, end = span
        first = next((i for i, (_, last) in enumerate(self.at) if last > start), len(self.at))
        last = next((i for i in range(len(self.at), first, -1) if self.at[i - 1][0] < end), first)
        return first, last


def pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """Each text in pieces, without the marks of beginning and end."""
    encoded: list[Encoding] = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [
        Pieces(one.ids, [_shape(text[start:end]) for start, end in one.offsets], one.offsets)
        for text, one in zip(texts, encoded, strict=True)
    ]


def plain(text: Pieces, first: int = 0, last: int | None = None) -> tuple[list[int], list[int]]:
    """Ids and shapes of a text, or of a run of its pieces, as one input."""
    last = min(len(text.ids) if last is None else last, first + LONGEST - 2)
    return [CLS, *text.ids[first:last], SEP], [0, *text.shapes[first:last], 0]


def marked(text: Pieces, subject: Span, object_: Span) -> tuple[list[int], list[int], int, int] | None:
    """A text with marks around two spans of it: ids, shapes, and the places of the two opening marks.

    A long text is cut to what lies around the pair. None where the two do not fit into one input.
    """
    spans = (text.covering(subject), text.covering(object_))
    low, high = min(first for first, _ in spans), max(last for _, last in spans)
    room = LONGEST - 6 - (high - low)
    if room < 0:
        return None
    begin = max(0, min(low - room // 2, len(text.ids) - (LONGEST - 6)))
    stop = min(len(text.ids), begin + LONGEST - 6)
    (s_first, s_last), (o_first, o_last) = spans
    # At one place, what ends comes before what begins, and of two that begin the longer one is outside.
    marks = sorted(
        [
            (s_first, 1, -s_last, SUBJECT),
            (s_last, 0, -s_first, SUBJECT_END),
            (o_first, 1, -o_last, OBJECT),
            (o_last, 0, -o_first, OBJECT_END),
        ]
    )
    ids, shapes, where, at = [CLS], [0], {}, begin
    for place, _, _, mark in marks:
        ids += text.ids[at:place]
        shapes += text.shapes[at:place]
        at = max(at, place)
        where[mark] = len(ids)
        ids.append(mark)
        shapes.append(0)
    return [*ids, *text.ids[at:stop], SEP], [*shapes, *text.shapes[at:stop], 0], where[SUBJECT], where[OBJECT]


def _shape(piece: str) -> int:
    if piece.islower():
        return 0
    if any(character.isdigit() for character in piece):
        return 3
    if piece.isupper() and len(piece) > 1:
        return 2
    if piece[:1].isupper():
        return 1 if piece[1:].islower() or len(piece) == 1 else 2
    return 0
