"""Sentences with the syntactic relation of each word, from a CoNLL-U file: rows for a head that helps others to learn.

Where a noun phrase ends, who is the subject and who the object, and what is in the passive, is nothing that the reader
is asked for, but what it has to know. Nothing of this head is exported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rows import IGNORED, WordRow
from tokenizers import Tokenizer

from cordiale.reading.model.pieces import LONGEST, pieces

_RELATIONS = (
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed "
    "flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp"
).split()
_PASSIVE = "aux:pass csubj:pass nsubj:pass obl:agent".split()
LABELS = [f"{relation} {side}" for relation in (*_RELATIONS, *_PASSIVE) for side in ("before", "after")]
"""A relation of Universal Dependencies, and on which side of its head the word stands."""
SHORTEST = 3


def of_conllu(tokenizer: Tokenizer, path: Path, head: str) -> list[WordRow]:
    """One row a sentence, labelled where a word begins; sentences of one or two pieces teach nothing."""
    read = list(_sentences(path))
    found = []
    for words, text in zip(read, pieces(tokenizer, [_text(words) for words in read]), strict=True):
        if SHORTEST <= len(text.ids) <= LONGEST - 2:
            first = dict(zip(_starts(words), map(_label, words), strict=True))
            found.append(WordRow(text.ids, text.shapes, head, [first.get(start, IGNORED) for start, _ in text.at]))
    return found


def _sentences(path: Path) -> Iterator[list[list[str]]]:
    """The columns of each sentence's words, without comments, ranges and empty nodes."""
    with path.open(encoding="utf-8") as file:
        for filled, lines in groupby(file, lambda line: bool(line.strip())):
            if filled:
                columns = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
                yield [one for one in columns if one[0].isdigit()]


def _text(words: list[list[str]]) -> str:
    return "".join(word[1] + _space(word) for word in words)


def _starts(words: list[list[str]]) -> list[int]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word[1] + _space(word))
    return starts


def _space(word: list[str]) -> str:
    return "" if "SpaceAfter=No" in word[9] else " "


def _label(word: list[str]) -> int:
    relation = word[7] if word[7] in _PASSIVE else word[7].partition(":")[0]
    return LABELS.index(f"{relation} {'before' if int(word[0]) < int(word[6]) else 'after'}")
