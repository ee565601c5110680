"""The network: one encoder, a head for pairs of marked mentions, heads for the words of a plain sentence."""

from __future__ import annotations

from encoder import Encoder
from torch import Tensor, arange, cat, nn

from cordiale.claims import Certainty, Change
from cordiale.relations import relations

NONE = "none"
RELATIONS = (NONE, *relations())
CHANGES = tuple(change.value for change in Change)
CERTAINTIES = tuple(certainty.value for certainty in Certainty)
LINK = 64


class Pair(nn.Module):
    """From the states of [CLS] and of the two opening marks to relation, change and certainty."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(nn.Dropout(0.1), nn.Linear(3 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.relation = nn.Linear(width, len(RELATIONS))
        self.change = nn.Linear(width, len(CHANGES))
        self.certainty = nn.Linear(width, len(CERTAINTIES))

    def forward(self, states: Tensor, subject: Tensor, object_: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        rows = arange(states.shape[0])
        mixed = self.mix(cat([states[:, 0], states[rows, subject], states[rows, object_]], -1))
        return self.relation(mixed), self.change(mixed), self.certainty(mixed)


class Network(nn.Module):
    """`tags` names the word heads and how many labels each has, that of no label being the first.

    `source` and `target` give each word a vector; how likely the mention that begins at one does something to the
    mention that begins at another is the product of the one's source and the other's target (the last of each being a
    bias). It is there to spare the marked pass for pairs that say nothing.
    """

    def __init__(self, encoder: Encoder, tags: dict[str, int]) -> None:
        super().__init__()
        self.encoder = encoder
        self.pair = Pair(encoder.width)
        self.tags = nn.ModuleDict({name: nn.Linear(encoder.width, count) for name, count in tags.items()})
        self.source = nn.Linear(encoder.width, LINK)
        self.target = nn.Linear(encoder.width, LINK)

    def links(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of LINK + 1 for every word: what it does, and what is done to it."""
        source, target = self.source(states), self.target(states)
        one = source.new_ones(1).expand(*source.shape[:-1], 1)
        return (
            cat([source[..., 1:] / LINK**0.5, source[..., :1], one], -1),
            cat([target[..., 1:], one, target[..., :1]], -1),
        )
