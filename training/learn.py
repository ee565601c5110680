"""The training loop: batches of pairs and of plain sentences together, on two processes that share their gradients."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from network import NONE, RELATIONS, Network
from rows import ACTS, IGNORED, PairRow, Rows, WordRow
from torch import Tensor, distributed
from torch.nn import functional

from cordiale.reading.model.pieces import CLS, LONGEST, SEP

PAIRS, WORDS = 24, 16  # rows of a batch
WEIGHT = 2.0
"""What a sentence's words weigh beside a marked pair: their gradient is a third of the pairs' one otherwise."""
SMOOTHING = 0.05
CLIP = 1.0

Row = TypeVar("Row", PairRow, WordRow)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to train, and how fast: the rates of the encoder and of the heads, warmed up and let down linearly."""

    epochs: int
    encoder: float = 1.5e-4
    heads: float = 1e-3
    decay: float = 0.01
    average: float = 0.0
    """Share of the past in the running average of weights that is kept; 0 keeps the last weights."""


def learn(network: Network, rows: Rows, pace: Pace, seed: int, say: bool = True) -> None:
    """Trains on what `rows` gives for each epoch; alone, or as one of the processes of torch.distributed."""
    world, rank = (distributed.get_world_size(), distributed.get_rank()) if distributed.is_initialized() else (1, 0)
    rng = random.Random(seed)  # the same in every process, so that they make the same rows
    torch.manual_seed(seed + 1000 * rank)
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    weights = encoder + heads
    average = [p.detach().clone() for p in weights]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": pace.encoder}, {"params": heads, "lr": pace.heads}],
        weight_decay=pace.decay,
        fused=True,
    )
    schedule: torch.optim.lr_scheduler.LambdaLR | None = None
    step = 0
    network.train()
    for epoch in range(pace.epochs):
        steps = list(_steps(*rows(rng), rng, world, rank))
        if schedule is None:
            schedule = _schedule(optimizer, pace.epochs * len(steps))
        total = 0.0
        for pairs, words in steps:
            loss = torch.zeros(())
            if pairs:
                loss = loss + pair_loss(network, pairs)
            if words:
                loss = loss + WEIGHT * word_loss(network, words)
            loss.backward()
            if world > 1:
                _share(weights, world)
            torch.nn.utils.clip_grad_norm_(weights, CLIP)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=False)
            total += loss.item()
            step += 1
            if pace.average:
                kept = min(pace.average, step / (step + 10))
                torch._foreach_lerp_(average, [p.detach() for p in weights], 1 - kept)
        if say and rank == 0:
            print(f"epoch {epoch + 1} of {pace.epochs}: {len(steps)} steps, loss {total / len(steps):.3f}", flush=True)
    if pace.average:
        with torch.no_grad():
            for weight, mean in zip(weights, average, strict=True):
                weight.copy_(mean)
    network.eval()


def _schedule(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    # An epoch draws its rows anew and may be some steps longer than the first one: never below nought.
    warm = max(1.0, steps * 0.1)
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )


def _steps(
    pairs: list[PairRow], words: list[WordRow], rng: random.Random, world: int, rank: int
) -> Iterator[tuple[list[PairRow], list[WordRow]]]:
    """Batches of like length in any order, as many for every process."""
    by_pairs = _batches(pairs, PAIRS, rng)
    by_words = _batches(words, WORDS, rng)
    count = math.ceil(max(len(by_pairs), len(by_words)) / world)
    for i in range(count):
        at = i * world + rank
        yield (
            by_pairs[at % len(by_pairs)] if by_pairs else [],
            by_words[at % len(by_words)] if by_words else [],
        )


def _batches(rows: list[Row], size: int, rng: random.Random) -> list[list[Row]]:
    order = list(range(len(rows)))
    rng.shuffle(order)
    order.sort(key=lambda i: len(rows[i].ids) + rng.random() * 8)
    batches = [[rows[i] for i in order[k : k + size]] for k in range(0, len(order), size)]
    rng.shuffle(batches)
    return batches


def _share(weights: Sequence[Tensor], world: int) -> None:
    """The mean of all processes' gradients, in each of them."""
    flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).view(-1) for p in weights])
    distributed.all_reduce(flat)
    flat /= world
    at = 0
    for weight in weights:
        part = flat[at : at + weight.numel()].view_as(weight)
        weight.grad = part.clone() if weight.grad is None else weight.grad.copy_(part)
        at += weight.numel()


def pair_logits(network: Network, rows: Sequence[PairRow]) -> tuple[Tensor, Tensor, Tensor]:
    ids, shapes = padded([row.ids for row in rows]), padded([row.shapes for row in rows])
    subject, object_ = torch.tensor([row.subject for row in rows]), torch.tensor([row.object for row in rows])
    return network.pair(encoded(network, ids, shapes), subject, object_)  # type: ignore[no-any-return]


def encoded(network: Network, ids: Tensor, shapes: Tensor) -> Tensor:
    """The states of a batch; halved in precision while training, which doubles the speed where the CPU can."""
    with torch.autocast("cpu", torch.bfloat16, enabled=network.training):
        states = network.encoder(ids, shapes)
    return states.float()  # type: ignore[no-any-return]


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])


def root_logits(relation: Tensor) -> Tensor:
    """What the relations say of PLOVER's roots, whatever they say of statuses or of nothing at all."""
    return torch.stack([relation[:, list(places)].logsumexp(-1) for places in ACTS.values()], -1)


def pair_loss(network: Network, rows: Sequence[PairRow]) -> Tensor:
    relation, change, certainty = pair_logits(network, rows)
    loss = torch.zeros(())
    rooted = [i for i, row in enumerate(rows) if row.root != IGNORED]
    told = [i for i, row in enumerate(rows) if row.relations]
    if rooted:
        roots = torch.tensor([rows[i].root for i in rooted])
        loss = loss + functional.cross_entropy(
            root_logits(relation[rooted]), roots, label_smoothing=SMOOTHING, reduction="sum"
        )
        # That something is said is known too; which status may be said beside the act is not.
        none = relation[rooted].log_softmax(-1)[:, RELATIONS.index(NONE)].exp()
        loss = loss - 0.2 * torch.log1p(-none.clamp(max=0.999)).sum()
    if told:
        wanted = torch.zeros(len(told), len(RELATIONS))
        for k, i in enumerate(told):
            wanted[k, list(rows[i].relations)] = 1 / len(rows[i].relations)
        loss = loss + functional.cross_entropy(relation[told], wanted, label_smoothing=SMOOTHING, reduction="sum")
    for logits, known in ((change, [row.change for row in rows]), (certainty, [row.certainty for row in rows])):
        if any(label != IGNORED for label in known):
            loss = loss + 0.3 * functional.cross_entropy(
                logits, torch.tensor(known), ignore_index=IGNORED, reduction="sum"
            )
    return loss / len(rows)


def word_loss(network: Network, rows: Sequence[WordRow]) -> Tensor:
    room = LONGEST - 2
    states = encoded(
        network,
        padded([[CLS, *row.ids[:room], SEP] for row in rows]),
        padded([[0, *row.shapes[:room], 0] for row in rows]),
    )
    loss = torch.zeros(())
    for head in sorted({row.head for row in rows}):
        of = [i for i, row in enumerate(rows) if row.head == head]
        labels = torch.full((len(of), states.shape[1]), IGNORED)
        for k, i in enumerate(of):
            known = rows[i].labels[:room]
            labels[k, 1 : 1 + len(known)] = torch.tensor(known)
        logits = network.tags[head](states[of])
        loss = loss + len(of) / len(rows) * functional.cross_entropy(
            logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED
        )
    at, sources, targets, said = [], [], [], []
    for k, row in enumerate(rows):
        for source, target, label in row.links:
            if max(source, target) < room:
                at.append(k)
                sources.append(source + 1)
                targets.append(target + 1)
                said.append(float(label))
    if said:
        source, target = network.links(states)
        scores = (source[at, sources] * target[at, targets]).sum(-1)
        loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(scores, torch.tensor(said))
    return loss
