"""What a dossier was made from: documents and datasets, what could not be read, and each document with its quotes.

Listings come from the store by the page and hold no text. The text of a document is shown as text, its quotes marked,
and of a long one a part at a time. `known` is the published clock.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse, Response

from cordiale.claims import Claim, Quote
from cordiale.dossier import record
from cordiale.errors import UnknownName
from cordiale.exports.csv import write_csv
from cordiale.store import Listing
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.marking import BEFORE, Span, pieces, window
from cordiale.web.rendering import Page
from cordiale.web.source_models import DatasetRow, FailureRow, SourceRow, SourcesView, SourceView
from cordiale.web.view import View, Viewed

ROWS = 100
"""Stories, or failures, of a page."""
LONGEST = 200
"""Characters of what is searched for."""
MOST = 100_000
"""Pages that can be asked for."""
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")

Number = Annotated[int, Query(ge=1, le=MOST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page of sources is asked for: words, pages of documents and of failures, or the story of a document."""

    words: str
    page: int
    failed: int
    story: str

    def query(self, view: View, **other: int | str) -> str:
        """The end of the address of the same, with something else in it."""
        given = {"q": self.words, "page": self.page, "failed": self.failed, "story": self.story} | other
        kept = {name: value for name, value in given.items() if value not in ("", 1)}
        return view.query + (f"&{urlencode(kept)}" if kept else "")


def wanted(text: str) -> str:
    """What somebody searches for, as a database can look for it."""
    return text.replace("\0", "").strip()[:LONGEST]


def _asked(
    q: str = "", page: Number = 1, failed: Number = 1,
    story: Annotated[str, Query(description="The sha256 of a document: all that tell its story, each by itself.")] = "",
) -> Asked:  # fmt: skip
    return Asked(words=wanted(q), page=page, failed=failed, story=story)


Asking = Annotated[Asked, Depends(_asked)]


def source_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of sources."""
    router = APIRouter()
    dossier = desk.dossier
    store = dossier.store

    def documents(view: View, asked: Asked) -> Listing:
        story = _checked(asked.story) if asked.story else None
        first = (asked.page - 1) * ROWS
        return store.sources(asked.words, story=story, known=view.known, first=first, limit=ROWS)

    def datasets(asked: Asked) -> list[DatasetRow]:
        words = asked.words.casefold()
        found = () if asked.story else store.coverage()
        return [DatasetRow.of(one) for one in found if words in one.dataset.casefold()]

    def failures(asked: Asked) -> list[FailureRow]:
        found = () if asked.story else store.failures(asked.words, first=(asked.failed - 1) * ROWS, limit=ROWS)
        return [FailureRow.of(one) for one in found]

    @router.get("/sources.json")
    def sources_json(view: Viewed, asked: Asking) -> SourcesView:
        """The documents, datasets and failed inputs of a dossier, by the page."""
        found = documents(view, asked)
        return SourcesView(
            known=view.known, q=asked.words, page=asked.page, documents=found.documents, stories=found.stories,
            failures=found.failures,
            sources=[SourceRow.of(one) for story in found.page for one in story.documents], datasets=datasets(asked),
            failed=failures(asked),
        )  # fmt: skip

    @router.get("/sources.csv", response_class=Response)
    def sources_csv(view: Viewed, asked: Asking) -> Response:
        """The documents of a page, as a table."""
        found = documents(view, asked)
        return as_csv(SourceRow, [SourceRow.of(one) for story in found.page for one in story.documents])

    @router.get("/sources", response_class=HTMLResponse, include_in_schema=False)
    def sources(view: Viewed, asked: Asking) -> Response:
        found = documents(view, asked)
        total = found.documents if asked.story else found.stories
        return page(
            "sources.html", view, asked=asked, found=found, pages=_pages(total), datasets=datasets(asked),
            failures=failures(asked), failed=found.failures, pages_of=_pages,
        )  # fmt: skip

    @router.get("/source/{sha256}.json")
    def source_json(view: Viewed, sha256: str) -> SourceView:  # noqa: ARG001 -- every view takes its days
        """A document, what is known of it, and its claims in the order of the text."""
        one = store.source(_checked(sha256))
        names = dossier.names()
        claims = [record(claim, names) for claim in _claims(desk, sha256)]
        return SourceView.of(one, store.document(sha256), claims)

    @router.get("/source/{sha256}.csv", response_class=Response)
    def source_csv(view: Viewed, sha256: str) -> Response:  # noqa: ARG001
        """The claims of a document, as a table."""
        out, names = io.BytesIO(), dossier.names()
        store.source(_checked(sha256))
        write_csv([record(claim, names) for claim in _claims(desk, sha256)], out)
        return Response(out.getvalue(), media_type="text/csv")

    @router.get("/source/{sha256}", response_class=HTMLResponse, include_in_schema=False)
    def source(
        view: Viewed, sha256: str, start: Annotated[int, Query(alias="from", ge=0)] = 0, claim: str = ""
    ) -> Response:
        one = store.source(_checked(sha256))
        document = store.document(sha256)
        claims = _claims(desk, sha256)
        spans = [_span(each) for each in claims]
        looked_at = next((span for each, span in zip(claims, spans, strict=True) if each.id == claim), None)
        if looked_at is not None:
            start = looked_at.start - BEFORE
        part = window(len(document.text), start)
        shown = [place for place, span in enumerate(spans) if span.start < part.end and span.end > part.start]
        story = store.sources(story=sha256, limit=ROWS)
        told = [other for each in story.page for other in each.documents if other.sha256 != sha256]
        return page(
            "source.html", view, one=one, document=document, claims=claims, shown=shown, part=part,
            pieces=pieces(document.text, spans, part), told=told, left=story.documents - 1 - len(told),
            names=dossier.names(),
        )  # fmt: skip

    return router


def _pages(count: int) -> int:
    return min(MOST, -(-count // ROWS))


def _checked(sha256: str) -> str:
    if not _SHA256.match(sha256):
        raise UnknownName(
            "document", sha256[:80], (), "a document goes by the 64 digits of its sha256: see the sources"
        )
    return sha256


def _claims(desk: Desk, sha256: str) -> Sequence[Claim]:
    """The claims of a document in the order of its text, unclear ones too."""
    return sorted(desk.dossier.store.claims(document=sha256), key=lambda claim: (_span(claim).start, _span(claim).end))


def _span(claim: Claim) -> Span:
    quote = claim.evidence
    return Span(start=quote.start, end=quote.end) if isinstance(quote, Quote) else Span(start=0, end=0)
