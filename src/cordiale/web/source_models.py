"""What the pages of sources say as JSON and CSV: documents, datasets, and what could not be read."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from cordiale.claims import Document
from cordiale.records import ClaimRecord
from cordiale.store import Coverage, FailedInput, ListedDocument


class SourceRow(BaseModel):
    """A document without its text. `story` is the sha256 of the first document that tells the same story, its own where
    it is that; `claims` count, `unclear` ones do not."""

    sha256: str
    title: str | None
    publisher: str | None
    source: str
    url: str | None
    published: date | None
    language: str | None
    recorded_at: datetime
    claims: int
    unclear: int
    story: str

    @classmethod
    def of(cls, one: ListedDocument) -> SourceRow:
        """From a listing."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class DatasetRow(BaseModel):
    """A dataset in a version: which days it covers, half-open, null where nobody said, and which pairs."""

    dataset: str
    version: str
    held_from: str | None
    held_to: str | None
    pairs: str
    claims: int

    @classmethod
    def of(cls, one: Coverage) -> DatasetRow:
        """From what a dataset covers."""
        held = {"held_from": one.held.start_text, "held_to": one.held.end_text}
        return cls(dataset=one.dataset, version=one.version, pairs=one.pairs, claims=one.claims, **held)


class FailureRow(BaseModel):
    """An input that gave no document: why, and what to do. `read_since` is whether its source gave one later."""

    source: str
    place: str | None
    why: str
    mend: str
    reader: str | None
    recorded_at: datetime | None
    read_since: bool

    @classmethod
    def of(cls, one: FailedInput) -> FailureRow:
        """From the store."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class SourcesView(BaseModel):
    """A page of sources. `documents`, `stories` and `failures` count all that were found, not those of the page."""

    known: date | None
    q: str
    page: int
    documents: int
    stories: int
    failures: int
    sources: list[SourceRow]
    datasets: list[DatasetRow]
    failed: list[FailureRow]


class SourceView(BaseModel):
    """A document, what is known of it, and its claims in the order of the text."""

    about: SourceRow
    authors: list[str]
    retrieved: datetime
    readers: list[str]
    characters: int
    claims: list[ClaimRecord]

    @classmethod
    def of(cls, one: ListedDocument, document: Document, claims: list[ClaimRecord]) -> SourceView:
        """From the store."""
        return cls(
            about=SourceRow.of(one), authors=list(document.authors), retrieved=document.retrieved,
            readers=list(one.readers), characters=len(document.text), claims=claims,
        )  # fmt: skip
