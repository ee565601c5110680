"""Rows for the network: marked pairs out of the corpus and PLV, plain sentences with their words' labels.

Every epoch makes its rows of the corpus anew: half the items go in with other names in the place of theirs, so that
what counts is how a sentence is said and not who stands in it, and pairs that say nothing are drawn from all mentions.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import permutations

import plv
from corpus import Item, Label, Sentence, Span, by_pair, silent
from network import CERTAINTIES, CHANGES, NONE, RELATIONS
from plv import Row
from tagged import Tagged
from tokenizers import Tokenizer

from cordiale.reading.model.pieces import Pieces, marked, pieces

SWAPPED = 0.5
IGNORED = -1

ACTS = {root: tuple(RELATIONS.index(name) for name in names.split()) for root, names in plv.RELATIONS.items()}
"""The relations of each PLOVER root, as places in RELATIONS; `plv.ROOTS` has them in the same order."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """A marked pair: the relations said of it, in equal parts, or its PLOVER root; change and certainty where known."""

    ids: list[int]
    shapes: list[int]
    subject: int
    object: int
    relations: tuple[int, ...] = ()
    root: int = IGNORED
    change: int = IGNORED
    certainty: int = IGNORED


@dataclass(frozen=True, slots=True)
class WordRow:
    """A sentence with a label for each piece, for the head of that name; of the corpus, also what goes together.

    `links` are (first piece of one mention, of another, whether the first does something to the second).
    """

    ids: list[int]
    shapes: list[int]
    head: str
    labels: list[int]
    links: tuple[tuple[int, int, int], ...] = ()


def of_plv(tokenizer: Tokenizer, rows: list[Row]) -> list[PairRow]:
    """PLV's rows; none is lost, since no sentence of it is too long."""
    roots = list(ACTS)
    found = []
    for row, text in zip(rows, pieces(tokenizer, [row.text for row in rows]), strict=True):
        put = marked(text, row.subject, row.object)
        if put is None:
            raise ValueError(f"the pair does not fit: {row.sentence}")
        found.append(PairRow(*put, root=roots.index(row.root)))
    return found


def of_tagged(tokenizer: Tokenizer, rows: list[Tagged], head: str, labels: list[str]) -> list[WordRow]:
    """Sentences with labelled spans; `labels` in the order of the head."""
    found = []
    for row, text in zip(rows, pieces(tokenizer, [row.text for row in rows]), strict=True):
        if text.ids:
            found.append(WordRow(text.ids, text.shapes, head, bio(text, row.spans, labels)))
    return found


def bio(text: Pieces, spans: Iterable[tuple[int, int, str]], labels: list[str]) -> list[int]:
    """One label for each piece: 0 outside, 2k+1 where label k begins, 2k+2 inside it."""
    tags = [0] * len(text.ids)
    for start, end, label in spans:
        first, last = text.covering((start, end))
        for i in range(first, last):
            tags[i] = 2 * labels.index(label) + (1 if i == first else 2)
    return tags


class Names:
    """The names of the corpus, to be put in each other's places: of one sort, and of one form."""

    def __init__(self, items: Iterable[Item]) -> None:
        pools: dict[tuple[str, str, bool, bool], set[str]] = defaultdict(set)
        for item in items:
            for span in item.spans:
                text = item.text[span.start : span.end]
                if text[0].isupper() and span.form in "na":
                    pools[self._pool(span, item.text)].add(text)
        self._pools = {key: sorted(pool) for key, pool in pools.items()}

    @staticmethod
    def _pool(span: Span, text: str) -> tuple[str, str, bool, bool]:
        """What a name may be swapped for: one of its sort and form, as long, with or without an article."""
        article = text[: span.start].lower().endswith("the ")
        return span.sort, span.form, " " in text[span.start : span.end], article

    def swapped(self, sentence: Sentence, rng: random.Random) -> Sentence:
        """The sentence with other names, each name the same all through."""
        text, spans, last = "", [], 0
        chosen: dict[str, str] = {}
        for span in sorted(sentence.spans, key=lambda span: span.start):
            old = sentence.text[span.start : span.end]
            new = old
            if old[0].isupper() and span.form in "na":
                pool = self._pools.get(self._pool(span, sentence.text), [old])
                new = chosen.setdefault(old, rng.choice(pool))
            text += sentence.text[last : span.start]
            spans.append(Span(span.id, len(text), len(text) + len(new)))
            text += new
            last = span.end
        return replace(sentence, text=text + sentence.text[last:], spans=tuple(spans))


def of_corpus(
    tokenizer: Tokenizer, read: list[Sentence], names: Names | None, rng: random.Random, unrelated: float
) -> tuple[list[PairRow], list[WordRow]]:
    """Pairs and plain sentences of the corpus; `unrelated` is how many pairs go in that say nothing, for one that does.

    Without `names`, nothing is swapped.
    """
    if names is not None:
        read = [names.swapped(one, rng) if rng.random() < SWAPPED else one for one in read]
    texts = pieces(tokenizer, [one.text for one in read])
    said, nothing, words = [], [], []
    for one, text in zip(read, texts, strict=True):
        place = {span.id: (span.start, span.end) for span in one.spans}
        for (subject, object_), labels in by_pair(one.labels).items():
            if (put := marked(text, place[subject], place[object_])) is not None:
                said.append(_said(put, labels))
        for subject, object_ in silent(one, rng):
            if (put := marked(text, place[subject], place[object_])) is not None:
                nothing.append(PairRow(*put, relations=(RELATIONS.index(NONE),)))
        words.append(_words(one, text))
    rng.shuffle(nothing)
    return said + nothing[: round(unrelated * len(said))], words


def _said(put: tuple[list[int], list[int], int, int], labels: list[Label]) -> PairRow:
    changes = {CHANGES.index(label.change.value) for label in labels}
    certainties = {CERTAINTIES.index(label.sure.value) for label in labels}
    return PairRow(
        *put,
        relations=tuple(sorted({RELATIONS.index(label.relation) for label in labels})),
        change=changes.pop() if len(changes) == 1 else IGNORED,
        certainty=certainties.pop() if len(certainties) == 1 else IGNORED,
    )


SORTS = list("SGPBOLMV")
"""Labels of the corpus's own head: the sorts of names, then descriptions and pronouns of whomever."""
OWN = [*SORTS, "d", "p"]


def _words(one: Sentence, text: Pieces) -> WordRow:
    spans = [(s.start, s.end, s.sort if s.form in "na" else s.form) for s in one.spans]
    first = {span.id: text.covering((span.start, span.end))[0] for span in one.spans}
    said = set(by_pair(one.labels))
    links = []
    for a, b in permutations(one.spans, 2):
        if a.actor != b.actor and ((a.id, b.id) in said or (a.actor, b.actor) not in one.settled):
            links.append((first[a.id], first[b.id], int((a.id, b.id) in said)))
    return WordRow(text.ids, text.shapes, "own", bio(text, spans, OWN), tuple(links))


Rows = Callable[[random.Random], tuple[list[PairRow], list[WordRow]]]
