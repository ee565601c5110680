"""The network as a finder of relations: the mentions of a sentence in, findings out, as cue rules give them.

A sentence is seen once, which tells the pairs that may have to do with each other from those that do not; only the
former are judged one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cordiale.claims import Kind
from cordiale.reading.clauses import Scene
from cordiale.reading.mentions import Mention
from cordiale.reading.model.network import Judgement, Network, Words
from cordiale.reading.model.pieces import Span

LINKED = 0.15
"""The link below which a pair is not judged."""
MOST = 24
"""The most pairs of a sentence that are judged, likeliest first: beyond it is a list, not a sentence."""


Pair = tuple[Mention, Mention]


@dataclass(frozen=True, slots=True)
class Judged:
    """Two mentions of a scene, and what the network makes of them in this order."""

    subject: Mention
    object: Mention
    judgement: Judgement


def judge(
    network: Network, scenes: Sequence[Scene], seen: Sequence[Words], told: Sequence[Sequence[Pair]]
) -> list[list[Judged]]:
    """For each scene, its linked pairs of different actors, judged; `seen` are the same sentences.

    `told` are pairs that are judged whether they are linked or not.
    """
    asked = [(i, *pair) for i, scene in enumerate(scenes) for pair in _asked(scene, seen[i], told[i])]
    judgements = network.pairs([(seen[i].pieces, place(scenes[i], a), place(scenes[i], b)) for i, a, b in asked])
    found: list[list[Judged]] = [[] for _ in scenes]
    for (i, a, b), judgement in zip(asked, judgements, strict=True):
        if judgement is not None:
            found[i].append(Judged(a, b, judgement))
    return found


def place(scene: Scene, mention: Mention) -> Span:
    """Where a mention stands in its sentence, in characters."""
    at, start = scene.sentence.at, scene.sentence.start
    return at[mention.first][0] - start, at[mention.last - 1][1] - start


def _asked(scene: Scene, words: Words, told: Sequence[Pair]) -> list[Pair]:
    """The pairs that were told, and those that are linked, once for each two actors in this order.

    A pair told of a relationship that an earlier sentence names ("that alliance") has no place in this one.
    """
    pairs = {(one.actor, other.actor): (one, other) for one, other in _linked(scene, words)}
    here = [(one, other) for one, other in told if one in scene.mentions and other in scene.mentions]
    return list((pairs | {(one.actor, other.actor): (one, other) for one, other in here}).values())


def _linked(scene: Scene, words: Words) -> list[Pair]:
    """For each ordered pair of actors, the two mentions that are linked best, if they are linked at all."""
    mentions = [mention for mention in scene.mentions if not mention.modifier and not _describing(scene, mention)]
    places = [place(scene, mention) for mention in mentions]
    best: dict[tuple[str, str], tuple[float, int, int]] = {}
    links = words.links(places)
    for i, one in enumerate(mentions):
        for j, other in enumerate(mentions):
            key = one.actor, other.actor
            if one.actor != other.actor and links[i][j] >= LINKED and links[i][j] > best.get(key, (0.0,))[0]:
                best[key] = float(links[i][j]), i, j
    likeliest = sorted(best.values(), reverse=True)[:MOST]
    return [(mentions[i], mentions[j]) for _, i, j in likeliest]


def _describing(scene: Scene, mention: Mention) -> bool:
    """Whether a people only says of what kind something is: "Alawite-ruled"."""
    return mention.kind is Kind.PEOPLE and scene.low(mention.last) == "-"
