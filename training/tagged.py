"""Texts with labelled spans, from CoNLL columns, re3d's documents, and the corpus: rows for the word heads."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from cordiale.reading.sentences import split


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence and what is labelled in it: (start, end, label), not overlapping."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def conll(path: Path, *, word: int = 0, tag: int = 1, separator: str | None = None, drop: str = "") -> list[Tagged]:
    """Sentences of a file with a token and its tag in columns (IOB2), an empty line between sentences, # comments."""
    found, words, tags = [], list[str](), list[str]()
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith("# "):
            continue
        columns = line.split(separator)
        if columns and columns[0]:
            words.append(columns[word])
            tags.append("O" if columns[tag][2:] in drop.split() else columns[tag])
        elif words:
            found.append(_joined(words, tags))
            words, tags = [], []
    return found


def _joined(words: list[str], tags: list[str]) -> Tagged:
    text, spans = "", list[tuple[int, int, str]]()
    inside = ""
    for word, tag in zip(words, tags, strict=True):
        start = len(text) + bool(text)
        text = f"{text} {word}" if text else word
        label = tag[2:]
        if label and tag[0] == "I" and inside == label:
            spans[-1] = (spans[-1][0], len(text), label)
        elif label:
            spans.append((start, len(text), label))
        inside = label
    return Tagged(text, tuple(spans))


def re3d(path: Path) -> list[tuple[str, list[Tagged]]]:
    """Each document's name and sentences; of spans that overlap, the longer one stays.

    Some spans of the file end or begin within a word; they go to the word's end, as they would with any tokeniser.
    """
    return [_document(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _document(read: dict) -> tuple[str, list[Tagged]]:  # type: ignore[type-arg]
    text = read["text"]
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+", text)]
    kept: list[tuple[int, int, str]] = []
    for one in sorted(read["entities"], key=lambda one: one["begin"] - one["end"]):
        begin, last = _whole(text, one["begin"], one["end"])
        if all(last <= start or end <= begin for start, end, _ in kept):
            kept.append((begin, last, one["type"]))
    found = [
        Tagged(
            text[s.start : s.end],
            tuple((a - s.start, b - s.start, label) for a, b, label in sorted(kept) if s.start <= a and b <= s.end),
        )
        for s in split(text, paragraphs)
    ]
    return read["id"], found


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the words that it cuts in two."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


SHARE = 5
"""One part in so many of cameo_ner's sentences and of re3d's documents is kept apart."""


def apart(count: int, share: int = SHARE) -> set[int]:
    """Which of so many rows are kept apart: one in `share`, always the same ones; none where it is 0."""
    order = list(range(count))
    random.Random(0).shuffle(order)
    return set(order[::share]) if share else set()


class Values:
    """What stands in the labelled spans of some rows, to be put in each other's places."""

    def __init__(self, rows: list[Tagged]) -> None:
        pools: dict[tuple[str, bool, bool], set[str]] = defaultdict(set)
        for row in rows:
            for start, end, label in row.spans:
                text = row.text[start:end]
                pools[self._pool(text, label)].add(text)
        self._pools = {key: sorted(pool) for key, pool in pools.items()}

    @staticmethod
    def _pool(text: str, label: str) -> tuple[str, bool, bool]:
        """What a value may be swapped for: one of its label, with or without a capital, of one word or of several."""
        return label, text[0].isupper(), " " in text

    def swapped(self, row: Tagged, rng: random.Random) -> Tagged:
        """The row with about half of its values replaced by others."""
        text, spans, last = "", list[tuple[int, int, str]](), 0
        for start, end, label in sorted(row.spans):
            old = row.text[start:end]
            new = rng.choice(self._pools[self._pool(old, label)]) if rng.random() < 0.5 else old
            text += row.text[last:start]
            spans.append((len(text), len(text) + len(new), label))
            text += new
            last = end
        return Tagged(text + row.text[last:], tuple(spans))
