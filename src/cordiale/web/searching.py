"""What a search finds: an actor, the tie of two, actors by a part of a name, and sources. No query is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cordiale.claims import Actor
from cordiale.dossier import ActorEntry, SourcedTie
from cordiale.errors import InvalidValue, UnknownName
from cordiale.store import ListedStory
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import FoundRow, SearchView
from cordiale.web.rendering import Page
from cordiale.web.sources import wanted
from cordiale.web.view import View, Viewed

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

    def rows(self, view: View) -> list[FoundRow]:
        """The same as data; each with the address of its page in a view."""
        found = []
        if self.actor is not None:
            found.append(_actor(self.actor, None, view))
        if self.tie is not None:
            a, b = self.tie.a, self.tie.b
            name, count = f"{a.name} and {b.name}", len(self.tie.tie.claims)
            found.append(
                FoundRow(kind="tie", id=f"{a.id} {b.id}", name=name, claims=count, address=view.tie(a.id, b.id))
            )
        found += [_actor(entry.actor, entry.claims, view) for entry in self.actors]
        for story in self.sources:
            one = story.documents[0]
            found.append(
                FoundRow(
                    kind="source", id=one.sha256, name=one.title or one.source, claims=one.claims,
                    address=view.to("source", one.sha256),
                )
            )  # fmt: skip
        return found


def _actor(actor: Actor, claims: int | None, view: View) -> FoundRow:
    return FoundRow(
        kind="actor", id=actor.id, name=actor.name, claims=claims, address=view.to("actor", actor.id)
    )  # fmt: skip


def search_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of a search."""
    router = APIRouter()

    @router.get("/search.json")
    def search_json(view: Viewed, q: str = "") -> SearchView:
        """The actors, ties and sources that words may mean."""
        return SearchView(q=q.strip(), at=view.at, known=view.known, found=searched(desk, view, q).rows(view))

    @router.get("/search.csv", response_class=Response)
    def search_csv(view: Viewed, q: str = "") -> Response:
        """The same as a table."""
        return as_csv(FoundRow, searched(desk, view, q).rows(view))

    @router.get("/search", response_class=HTMLResponse, include_in_schema=False)
    def search(view: Viewed, q: str = "") -> Response:
        seen = searched(desk, view, q)
        if seen.actor is not None:
            return RedirectResponse(view.to("actor", seen.actor.id), status_code=303)
        return page("search.html", view, asked=q.strip(), found=seen)

    return router


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
