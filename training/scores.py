"""How good a network is, on what it has not seen."""

from __future__ import annotations

import random
from collections.abc import Sequence

import plv
import rows
import torch
from corpus import Sentence
from learn import encoded, padded, pair_logits, root_logits
from network import NONE, RELATIONS, Network
from plv import ROOTS
from rows import PairRow, WordRow
from sources import tokenizer
from torch import Tensor

from cordiale.reading.model.pieces import CLS, SEP
from cordiale.relations import relations


@torch.no_grad()
def pair_probabilities(network: Network, given: Sequence[PairRow]) -> Tensor:
    """Of each relation, and of none, for each row."""
    found = [torch.zeros(len(RELATIONS))] * len(given)
    order = sorted(range(len(given)), key=lambda i: len(given[i].ids))
    for k in range(0, len(order), 32):
        batch = order[k : k + 32]
        logits, _, _ = pair_logits(network, [given[i] for i in batch])
        for i, one in zip(batch, logits.softmax(-1), strict=True):
            found[i] = one
    return torch.stack(found)


def roots(network: Network, given: Sequence[PairRow]) -> list[str]:
    """The likeliest root of each row."""
    told = root_logits(pair_probabilities(network, given).clamp(min=1e-9).log()).exp()
    return [plv.likeliest(dict(zip(ROOTS, one, strict=True))) for one in told.tolist()]


def of_corpus(network: Network, held: list[Sentence]) -> dict[str, float]:
    """Of pairs that say nothing, how many are said to; of those that do, how many are found, with which relation."""
    pairs, _ = rows.of_corpus(tokenizer(), held, None, random.Random(0), 100)
    p = pair_probabilities(network, pairs)
    none = RELATIONS.index(NONE)
    signs = torch.tensor([0] + [one.sign for one in relations().values()])
    said = [i for i, row in enumerate(pairs) if row.relations != (none,)]
    silent = [i for i, row in enumerate(pairs) if row.relations == (none,)]
    best = p.argmax(-1)
    found = [i for i in said if best[i] != none]
    return {
        "said": len(said),
        "silent": len(silent),
        "false alarms": round(100 * sum(best[i] != none for i in silent).item() / len(silent), 1),
        "found": round(100 * len(found) / len(said), 1),
        "relation": round(100 * sum(int(best[i]) in pairs[i].relations for i in found) / max(len(found), 1), 1),
        "sign": round(
            100
            * sum(signs[best[i]].item() in {signs[r].item() for r in pairs[i].relations} for i in found)
            / max(len(found), 1),
            1,
        ),
    }


@torch.no_grad()
def tags(network: Network, given: Sequence[WordRow], head: str) -> list[list[int]]:
    """The likeliest labels of each sentence's pieces that hang together: no inside without its beginning."""
    found = []
    for row in given:
        states = encoded(network, padded([[CLS, *row.ids[:510], SEP]]), padded([[0, *row.shapes[:510], 0]]))
        found.append(decoded(network.tags[head](states)[0, 1:-1].log_softmax(-1)))
    return found


def decoded(scores: Tensor) -> list[int]:
    """The best sequence of labels in which an inside follows its own beginning or inside."""
    count = scores.shape[1]
    allowed = torch.zeros(count, count)
    for label in range(2, count, 2):
        allowed[:, label] = -1e4
        allowed[[label - 1, label], label] = 0
    best, back = scores[0].clone(), []
    best[2::2] = -1e4
    for step in scores[1:]:
        through = best[:, None] + allowed
        value, where = through.max(0)
        best = value + step
        back.append(where)
    path = [int(best.argmax())]
    for where in reversed(back):
        path.append(int(where[path[-1]]))
    return path[::-1]


def spans(labels: Sequence[int]) -> set[tuple[int, int, int]]:
    """(first, last, label) of the spans that labels of pieces tell."""
    found, start = set(), -1
    for i, label in enumerate([*labels, 0]):
        if start >= 0 and not (label and label % 2 == 0):
            found.add((start, i, (labels[start] - 1) // 2))
            start = -1
        if label % 2:
            start = i
    return found


def of_spans(network: Network, given: Sequence[WordRow], head: str) -> dict[str, float]:
    """Precision, recall and F1 of whole spans with their labels, in per cent."""
    right = told = there = 0
    for row, labels in zip(given, tags(network, given, head), strict=True):
        gold, found = spans(row.labels[:510]), spans(labels)
        right, told, there = right + len(gold & found), told + len(found), there + len(gold)
    precision, recall = right / max(told, 1), right / max(there, 1)
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(200 * precision * recall / max(precision + recall, 1e-9), 1),
    }
