"""What a search finds: an actor, the tie of two, actors by a part of a name, and sources. No query is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cordiale.claims import Actor
from cordiale.dossier import ActorEntry, SourcedTie
from cordiale.errors import InvalidValue, UnknownName
from cordiale.store import ListedStory
from cordiale.web.desk import Desk
from cordiale.web.sources import wanted
from cordiale.web.view import View

ACTORS, SOURCES = 40, 10
"""What is shown of each; the rest is found by more letters."""
_TRIES = 40
_BETWEEN = re.compile(r"\s*[,;/&+|–—]\s*|\s+(?:-+|and|with|vs\.?|versus)\s+|\s+|-", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found. `near` are names like what was asked for, `words` what was looked for among the sources, of
    which `stories` were found in all."""

    actor: Actor | None = None
    tie: SourcedTie | None = None
    actors: tuple[ActorEntry, ...] = ()
    near: tuple[str, ...] = ()
    words: str = ""
    sources: tuple[ListedStory, ...] = ()
    stories: int = 0


def searched(desk: Desk, view: View, asked: str) -> Found:
    """What is found for what somebody typed: the one actor of exactly that name, or all that it may mean."""
    words, dossier = wanted(asked), desk.dossier
    if not words:
        return Found()
    near: tuple[str, ...] = ()
    try:
        return Found(actor=dossier.find(words))
    except UnknownName as error:
        near = error.near
    except InvalidValue:
        pass
    pair = _pair(desk, words)
    listing = dossier.store.sources(words, known=view.known, limit=SOURCES)
    return Found(
        tie=None if pair is None else desk.tie(view, *pair),
        actors=tuple(islice(dossier.actors(words), ACTORS)), near=near, words=words, sources=listing.page,
        stories=listing.stories,
    )  # fmt: skip


def _pair(desk: Desk, words: str) -> tuple[str, str] | None:
    """The ids of the two actors that the words name, wherever one name ends and the other begins."""
    for left, right in islice(_halves(words), _TRIES):
        ends = [_named(desk, half) for half in (left, right)]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            return ends[0], ends[1]
    return None


def _halves(words: str) -> Iterator[tuple[str, str]]:
    for between in sorted(_BETWEEN.finditer(words), key=lambda match: not match[0].strip()):
        left, right = words[: between.start()].strip(), words[between.end() :].strip()
        if left and right:
            yield left, right


def _named(desk: Desk, name: str) -> str | None:
    try:
        return desk.dossier.find(name).id
    except (UnknownName, InvalidValue):
        return None
