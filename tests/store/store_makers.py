"""Small makers of documents, actors and claims for the store's tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from cordiale.claims import Actor, Citation, Claim, Document, Kind, Origin, Quote
from cordiale.relations import relation

TEXT = "Iran and Syria are allies, said Egypt. Hamas left Damascus."


def actor(slug: str, **fields: Any) -> Actor:
    """An actor called by its id."""
    origin = Origin.PROVISIONAL if slug.startswith("~") else Origin.CATALOGUE
    return Actor(**{"id": slug, "kind": Kind.STATE, "name": slug.title(), "origin": origin} | fields)


ACTORS = [actor(slug) for slug in ("iran", "syria", "egypt", "hamas", "~fatah-wing", "~party")]


def document(name: str, text: str = TEXT, **fields: Any) -> Document:
    """A document whose bytes are its name."""
    given = {
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "text": text,
        "source": f"{name}.txt",
        "retrieved": datetime(2023, 5, 1, 12, 0, 0, 1, tzinfo=UTC),
        "published": date(2020, 1, 1),
    }
    return Document(**given | fields)


def quoted(source: Document, subject: str = "iran", object: str = "syria", **fields: Any) -> Claim:
    """A claim quoted from the first words of a document."""
    given = {
        "subject": subject,
        "relation": relation("ally_of"),
        "object": object,
        "sign": 1,
        "evidence": Quote(document=source, start=0, end=4),
        "reader": "cues 1",
        "published": source.published,
    }
    return Claim(**given | fields)


def cited(row: int | str, subject: str = "iran", object: str = "syria", **fields: Any) -> Claim:
    """A claim from a row of a dataset."""
    given = {
        "subject": subject,
        "relation": relation("ally_of"),
        "object": object,
        "sign": 1,
        "evidence": Citation(dataset="treaties", version="5", row=str(row)),
        "reader": "treaties 1",
        "published": date(2018, 1, 1),
    }
    return Claim(**given | fields)


def bare(claims: Iterable[Claim]) -> list[Claim]:
    """Claims as they were before the dossier recorded them."""
    return [replace(claim, recorded_at=None) for claim in claims]


class Clock:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Words:
    """A fingerprint for tests: the set of words; its bands are the three longest."""

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def signature(self) -> bytes:
        return self._text.encode()

    @property
    def bands(self) -> tuple[int, ...]:
        longest = sorted(set(self._text.split()), key=lambda w: (-len(w), w))[:3]
        return tuple(int.from_bytes(hashlib.sha256(w.encode()).digest()[:8], "big", signed=True) >> 1 for w in longest)

    def same_story(self, other: Words) -> bool:
        mine, theirs = set(self._text.split()), set(other._text.split())
        return len(mine & theirs) >= 0.8 * len(mine | theirs)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        return cls(data.decode())
