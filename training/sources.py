"""What the network is trained on, and what is kept apart to measure it."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plv
import rows
import syntax
import tagged
from corpus import Item, Sentence, items, sentences
from encoder import folder
from rows import Names, PairRow, Rows, WordRow
from tagged import Tagged
from tokenizers import Tokenizer

UNRELATED = 1.6
"""Pairs that say nothing, for every pair that says something."""
UNER = SYNTAX = 1000
"""Sentences of UNER, and of UD with their syntax, that go into an epoch: of the 12,500 most are no news."""

CAMEO = ["S", "T", "R"]
PLACES = ["PER", "ORG", "LOC"]
RE3D = (
    "CommsIdentifier Coordinate DocumentReference Frequency Location MilitaryPlatform Money Nationality "
    "Organisation Person Quantity Temporal Vehicle Weapon"
).split()
HEADS = {"own": rows.OWN, "cameo": CAMEO, "re3d": RE3D, "uner": PLACES}
"""The labels of each word head that ships; the network has two outputs for each of them, and one for none."""
OUTPUTS = {**{head: 2 * len(labels) + 1 for head, labels in HEADS.items()}, "syntax": len(syntax.LABELS)}
"""How many outputs each word head has, that which only helps in training included."""


def shared() -> Path:
    """The folder of data that are no part of the project."""
    at = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "extraction"
    if not at.is_dir():
        raise SystemExit(f"No training data at {at}: set CORDIALE_SHARED to the folder that has them.")
    return at


@cache
def tokenizer() -> Tokenizer:
    read = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    read.no_padding()
    read.no_truncation()
    return read


@dataclass(frozen=True)
class Part:
    """Data to train on, or to measure with."""

    corpus: list[Item]
    cameo: list[Tagged]
    re3d: list[Tagged]

    @property
    def sentences(self) -> list[Sentence]:
        return [one for item in self.corpus for one in sentences(item)]


def parted(share: int) -> tuple[Part, Part]:
    """All that there is but PLV, in a part to train on and one to measure with.

    The corpus's tenth is always apart. Of the other two sets one part in `share` is; none where it is 0.
    """
    corpus = list(items())
    cameo = tagged.conll(shared() / "cameo_ner" / "train_no_plv_test.txt")
    documents = tagged.re3d(shared() / "re3d" / "train_open.jsonl")

    apart, papers = tagged.apart(len(cameo), share), tagged.apart(len(documents), share)
    return (
        Part(
            [item for item in corpus if not item.held_out],
            [one for i, one in enumerate(cameo) if i not in apart],
            [one for i, (_, told) in enumerate(documents) if i not in papers for one in told],
        ),
        Part(
            [item for item in corpus if item.held_out],
            [one for i, one in enumerate(cameo) if i in apart],
            [one for i, (_, told) in enumerate(documents) if i in papers for one in told],
        ),
    )


def general(part: Part) -> Rows:
    """Rows of every epoch from all sources but PLV."""
    read, names = part.sentences, Names(part.corpus)
    uner = tagged.conll(shared() / "uner_ewt" / "en_ewt-ud-train.iob2", word=1, tag=2, separator="\t", drop="OTH O")
    swaps = [
        (part.cameo, tagged.Values(part.cameo), "cameo", CAMEO, 2),
        (part.re3d, tagged.Values(part.re3d), "re3d", RE3D, 4),
    ]
    places = rows.of_tagged(tokenizer(), uner, "uner", PLACES)
    parsed = syntax.of_conllu(tokenizer(), shared() / "ud_ewt" / "en_ewt-train.conllu", "syntax")

    def drawn(rng: random.Random) -> tuple[list[PairRow], list[WordRow]]:
        pairs, words = rows.of_corpus(tokenizer(), read, names, rng, UNRELATED)
        for given, values, head, labels, times in swaps:
            mixed = [*given, *(values.swapped(row, rng) for _ in range(times - 1) for row in given)]
            words += rows.of_tagged(tokenizer(), mixed, head, labels)
        return pairs, words + rng.sample(places, UNER) + rng.sample(parsed, SYNTAX)

    return drawn


def acts(part: Part, train: list[plv.Row], replayed: int) -> Rows:
    """PLV's rows, every epoch all of them, half with other names in them, and so many rows of each sort of all else."""
    all_else, sides = general(part), plv.Sides(train)

    def drawn(rng: random.Random) -> tuple[list[PairRow], list[WordRow]]:
        pairs, words = all_else(rng)
        own = rows.of_plv(
            tokenizer(), [sides.swapped(row, rng) if rng.random() < rows.SWAPPED else row for row in train]
        )
        return own + rng.sample(pairs, min(replayed, len(pairs))), rng.sample(words, min(replayed, len(words)))

    return drawn
