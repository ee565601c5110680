"""Small makers that the tests of the reader share: a text in, its claims out, as short strings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache

from cordiale.actors import catalogue
from cordiale.claims import Claim, Document
from cordiale.reading import Reading
from cordiale.reading.reader import Reader
from cordiale.reading.sentences import Sentence, split


@cache
def reader() -> Reader:
    """The rules of the reader, with the catalogue that ships and without the network."""
    return Reader(catalogue())


def document(text: str, *, published: date | None = date(2020, 6, 15)) -> Document:
    """A document of this text."""
    return Document(
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        source="test",
        retrieved=datetime(2024, 5, 1, tzinfo=UTC),
        published=published,
    )


def reading_of(text: str) -> Reading:
    """What is read from a text."""
    return reader().read(document(text))


def claims_of(text: str) -> Sequence[Claim]:
    """The claims of a text."""
    return reading_of(text).claims


def told(text: str) -> set[str]:
    """The claims of a text as "subject relation object sign"."""
    return {f"{c.subject} {c.relation} {c.object} {c.sign:+d}" for c in claims_of(text)}


def only(text: str) -> Claim:
    """The one claim of a text."""
    (claim,) = claims_of(text)
    return claim


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text that is one paragraph."""
    return list(split(text, [(0, len(text))]))
