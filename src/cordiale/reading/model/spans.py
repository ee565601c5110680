"""From scores of labels to spans: the best sequence in which no span goes on that has not begun."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cordiale.reading.model.network import Words
from cordiale.reading.model.pieces import Pieces

_NEVER = -1e4


def spans(words: Words, head: str, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans that a head finds in a sentence, as offsets into it, in order, with their labels."""
    return told(words.pieces, best(words.scores[head]), labels)


def best(scores: NDArray[np.float32]) -> list[int]:
    """The likeliest labels (Viterbi): 0 outside, 2k+1 where k begins, 2k+2 inside it, only after one of these two.

    >>> best(np.array([[0, 1, 0], [0, 0, 1], [3, 0, 1]], np.float32))
    [1, 2, 0]
    """
    if not len(scores):
        return []
    inside = np.arange(2, scores.shape[1], 2)
    total, back = scores[0].copy(), []
    total[inside] = _NEVER
    for step in scores[1:]:
        # Whatever may follow anything follows the best; an inside follows its own beginning or inside.
        first = int(total.argmax())
        came = np.full(len(total), first)
        came[inside] = np.where(total[inside - 1] >= total[inside], inside - 1, inside)
        total = total[came] + step
        back.append(came)
    path = [int(total.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return path[::-1]


def told(text: Pieces, path: Sequence[int], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans that labels of pieces tell."""
    found: list[tuple[int, int, str]] = []
    for label, (start, end) in zip(path, text.at, strict=True):
        if label and label % 2 == 0:
            found[-1] = (found[-1][0], end, found[-1][2])
        elif label:
            found.append((start, end, labels[(label - 1) // 2]))
    return found
