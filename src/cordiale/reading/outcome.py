"""What comes out of reading a document, whichever reader read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from cordiale.actors import Catalogue
from cordiale.claims import Actor, Claim, Document, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a language model was asked for: questions, those answered from the cache, tokens, and the cost in the
    currency of its price; None where nobody knows. `dropped` counts the claims that were not kept, by reason."""

    asked: int = 0
    cached: int = 0
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0
    cost: float | None = 0.0
    dropped: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Usage) -> Usage:
        reasons = {*self.dropped, *other.dropped}
        return Usage(
            asked=self.asked + other.asked,
            cached=self.cached + other.cached,
            prompt_tokens=_sum(self.prompt_tokens, other.prompt_tokens),
            completion_tokens=_sum(self.completion_tokens, other.completion_tokens),
            cost=_sum(self.cost, other.cost),
            dropped={why: self.dropped.get(why, 0) + other.dropped.get(why, 0) for why in sorted(reasons)},
        )


LANGUAGE = "en"
"""The language that is read; a document in another is read as far as it reads like this one."""

N = TypeVar("N", int, float)


def _sum(one: N | None, other: N | None) -> N | None:
    return None if one is None or other is None else one + other


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from a document: its claims, the provisional actors that they name, and what it took."""

    document: Document
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]
    usage: Usage = field(default_factory=Usage)


class ReadsDocuments(Protocol):
    """A reader: `label` is what its claims carry."""

    @property
    def label(self) -> str: ...

    def read(self, document: Document) -> Reading: ...


class ReaderChoice(Protocol):
    """Which reader to make, told before it is made: it goes to other processes, where the reader itself cannot."""

    @property
    def label(self) -> str: ...

    def over(self, catalogue: Catalogue, events: Iterable[Event] = ()) -> ReadsDocuments: ...
