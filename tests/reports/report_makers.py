"""Dossiers for reports, made without a reader, so that every quote is known to the letter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import cordiale
from cordiale.claims import Actor, Claim, Document, Kind, Quote
from cordiale.periods import Period
from cordiale.relations import relation

NOW = datetime(2013, 6, 1, 12, tzinfo=UTC)
NAMES = {"hamas": "Hamas", "syria": "Syria", "iran": "Iran", "qatar": "Qatar", "israel": "Israel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence of an article, and what it claims."""

    words: str
    subject: str
    relation: str
    object: str
    sign: int
    since: str | None = None
    more: tuple[tuple[str, Any], ...] = ()


def article(told: Sequence[Told], published: str | None, **fields: Any) -> tuple[Document, list[Claim]]:
    """A document of these sentences, and its claims."""
    text = "\n\n".join(one.words for one in told)
    day = date.fromisoformat(published) if published else None
    document = Document(
        sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, retrieved=NOW, published=day,
        **{"source": "/home/ann/notes/a.txt", **fields},
    )  # fmt: skip
    claims = []
    for one in told:
        start = text.index(one.words)
        quote = Quote(document=document, start=start, end=start + len(one.words))
        held = Period.parse(one.since) if one.since else Period()
        claims.append(
            Claim(
                subject=one.subject, relation=relation(one.relation), object=one.object, sign=one.sign, evidence=quote,
                reader="hand 1", held=held, published=day, **dict(one.more),
            )
        )  # fmt: skip
    return document, claims


@contextmanager
def dossier_of(folder: Path, *articles: tuple[Document, list[Claim]]) -> Iterator[cordiale.Dossier]:
    """A dossier of articles."""
    with cordiale.open(folder / "made.dossier", clock=lambda: NOW) as dossier:
        for document, claims in articles:
            named = {end for claim in claims for end in (claim.subject, claim.object)}
            shipped = dossier.catalogue()
            actors = [
                shipped[key] if key in shipped else Actor(id=key, kind=Kind.STATE, name=NAMES.get(key, key.title()))
                for key in sorted(named)
            ]
            dossier.store.add_reading(document, claims, actors, reader="hand 1")
        yield dossier


def two_camps() -> list[tuple[Document, list[Claim]]]:
    """Two articles: an ally, an adversary, a break, and a tie about which they say opposite things."""
    first = [
        Told(words="Syria hosts Hamas.", subject="syria", relation="hosts", object="hamas", sign=1, since="2001"),
        Told(words="Iran is an ally of Hamas.", subject="iran", relation="ally_of", object="hamas", sign=1),
        Told(words="Israel fights Hamas.", subject="hamas", relation="fights", object="israel", sign=-1),
        Told(words="Qatar supports Hamas.", subject="qatar", relation="supports", object="hamas", sign=1),
    ]
    second = [
        Told(words="Hamas broke with Syria in February 2012.", subject="hamas", relation="opposes", object="syria",
             sign=-1, since="2012-02"),
        Told(words="Iran has always opposed Hamas.", subject="iran", relation="opposes", object="hamas", sign=-1),
    ]  # fmt: skip
    return [
        article(first, "2011-12-30", title="Between two", publisher="Gazette", url="https://example.org/a?b=1&c=2"),
        article(second, "2012-03-01", title="A break", publisher="Herald", authors=("Ann Lee", "Reuters and others")),
    ]
