"""Adding what was read: a document with its claims, or a dataset's claims by the million.

One transaction a document and one a dataset, so a dossier holds a reading whole or not at all. A claim is stored as
the reader wrote it; who an actor turns out to be is applied when claims are asked for. Adding again changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from cordiale.claims import Actor, Citation, Claim, Document, Quote
from cordiale.columns import CERTAINTIES, CHANGES
from cordiale.errors import InvalidValue
from cordiale.store import blocks, schema, values
from cordiale.store.recording import Recording

BATCH = 20_000
"""Claims handed to the database at a time; the larger, the fewer and fuller the blocks."""

_COLUMNS = (
    "id", "key", "reading", "document", "dataset", "dataset_row", "subject", "object", "said_by", "relation", "sign",
    "change", "certainty", "confidence", "held_from", "held_to", "published", "voice", "source", "recorded",
    "from_precision", "to_precision", "means", "quote_start", "quote_end", "why_start", "why_end",
)  # fmt: skip
_CHANGE = {str(change): place for place, change in enumerate(CHANGES)}
_CERTAINTY = {str(certainty): place for place, certainty in enumerate(CERTAINTIES)}
_PRECISION = {str(precision): place for place, precision in enumerate(values.PRECISIONS)}


class Fingerprint(Protocol):
    """What tells near-duplicate texts: `bands` that near-duplicates tend to share, and a verdict on two."""

    @property
    def signature(self) -> bytes:
        """The whole fingerprint, as `from_bytes` takes it back."""

    @property
    def bands(self) -> Sequence[int]:
        """Signed numbers of 64 bits."""

    def same_story(self, other: Any, /) -> bool:
        """Whether two texts are one story."""

    @classmethod
    def from_bytes(cls, data: bytes, /) -> Any:
        """The fingerprint that a signature stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What an addition changed; all zero and False where everything was there already."""

    new_document: bool = False
    new_reading: bool = False
    claims: int = 0
    actors: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where claims come from, as the numbers that their rows carry."""

    reading: int
    voice: int
    source: int
    document: int | None = None
    dataset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document's numbers: its own, that of its story, that of its publisher."""

    number: int
    story: int
    publisher: int | None

    def place(self, reading: int) -> Place:
        """Where the claims of a reading of this document come from."""
        # Publishers, documents that name none and datasets share one numbering: three interleaved ones.
        source = 3 * self.number + 1 if self.publisher is None else 3 * self.publisher
        return Place(reading=reading, document=self.number, voice=2 * self.story, source=source)


def add_reading(
    recording: Recording,
    document: Document,
    claims: Iterable[Claim],
    actors: Iterable[Actor],
    *,
    reader: str,
    fingerprint: Fingerprint | None,
) -> Recorded:
    """A document and what a reader found in it."""
    name, version = values.reader_parts(values.storable(reader, "the name of a reader"))
    stored = find_document(recording, document)
    if stored is not None and _find_reading(recording, stored.number, name, version) is not None:
        return Recorded()
    claims = list(claims)
    for claim in claims:
        _refuse_strangers(claim, document, reader)
    added = recording.put_actors(actors)
    is_new = stored is None
    if stored is None:
        stored = _add_document(recording, document, fingerprint)
    place = stored.place(_add_reading(recording, stored.number, name, version))
    numbered = Rows(recording, actors)
    count = _add_rows(recording, [numbered.row(claim, place) for claim in claims])
    return Recorded(new_document=is_new, new_reading=True, claims=count, actors=added)


def add_claims(recording: Recording, claims: Iterable[Claim], actors: Iterable[Actor]) -> Recorded:
    """Claims that cite datasets; drawn as they are stored, a batch at a time."""
    added = recording.put_actors(actors)
    numbered = Rows(recording, actors)
    places: dict[tuple[str, str, str], Place] = {}
    count, new_reading = 0, False
    drawn = iter(claims)
    while True:
        rows = []
        for claim in islice(drawn, BATCH):
            cited = claim.evidence
            if not isinstance(cited, Citation):
                raise InvalidValue(
                    "a claim quoted from a document, among those of datasets", claim.id, "add it with its document"
                )
            where = (cited.dataset, cited.version, claim.reader)
            if where not in places:
                places[where], is_new = dataset_place(recording, cited, claim.reader)
                new_reading = new_reading or is_new
            rows.append(numbered.row(claim, places[where]))
        if not rows:
            break
        count += _add_rows(recording, rows)
    return Recorded(new_reading=new_reading, claims=count, actors=added)


def add_claim(recording: Recording, claim: Claim, place: Place) -> int:
    """One claim at its place; its number, also where it was there already."""
    _add_rows(recording, [Rows(recording, ()).row(claim, place)])
    c = schema.claims.c
    found = select(c.id).where(c.key == values.key_number(claim.id), c.reading == place.reading)
    return int(recording.connection.execute(found).scalar_one())


def _add_rows(recording: Recording, rows: list[tuple[Any, ...]]) -> int:
    """Rows of claims and the blocks that repeat them, less those that are there already; how many were new."""
    if not rows:
        return 0
    count = recording.add_many(schema.claims, _COLUMNS, rows)
    if count < len(rows):
        c = schema.claims.c
        added = select(c.id).where(c.id.between(rows[0][0], rows[-1][0]))
        new = set(recording.connection.execute(added).scalars())
        rows = [row for row in rows if row[0] in new]
    if not rows:
        return 0
    recording.add_many(
        schema.blocks,
        ("id", "actor", "role", "recorded", "data"),
        [
            (recording.next(schema.blocks), actor, role, recording.number, data)
            for actor, role, data in blocks.packed(map(_packed, rows))
        ],
    )
    return count


def _packed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    (number, _, reading, document, _, _, subject, target, said_by, relation, sign, change, certainty, confidence,
     start, end, published, voice, source, *_) = row  # fmt: skip
    return (
        number, subject, target, -1 if said_by is None else said_by, relation, sign, change, certainty, confidence,
        start or 0, end or 0, published or 0, voice, source, reading, document or 0,
    )  # fmt: skip


class Rows:
    """Claims as rows, with the actors and relations that they name given numbers."""

    def __init__(self, recording: Recording, offered: Iterable[Actor]) -> None:
        self._recording, self._offered = recording, offered
        self._numbers = recording.actors()
        self._next: Callable[[], int] = lambda: recording.next(schema.claims)

    def _actor(self, slug: str) -> int:
        number = self._numbers.get(slug)
        return self._recording.actor(slug, self._offered) if number is None else number

    def row(self, claim: Claim, place: Place) -> tuple[Any, ...]:
        """The row of one claim, in the order of the columns that are written."""
        held, quoted, why, published = claim.held, claim.evidence, claim.why, claim.published
        is_quote = isinstance(quoted, Quote)
        return (
            self._next(),
            values.key_number(claim.id),
            place.reading,
            place.document,
            place.dataset,
            None if isinstance(quoted, Quote) else values.storable(quoted.row, "the row of a citation"),
            self._actor(claim.subject),
            self._actor(claim.object),
            None if claim.said_by is None else self._actor(claim.said_by),
            self._recording.relation(claim.relation),
            claim.sign,
            _CHANGE[claim.change],
            _CERTAINTY[claim.certainty],
            float(claim.confidence),
            None if held.start is None else held.start.toordinal(),
            None if held.end is None else held.end.toordinal(),
            None if published is None else published.toordinal(),
            place.voice,
            place.source,
            self._recording.number,
            _PRECISION[held.start_precision],
            _PRECISION[held.end_precision],
            values.means_text(claim.means) if claim.means else None,
            quoted.start if is_quote else None,  # type: ignore[union-attr]
            quoted.end if is_quote else None,  # type: ignore[union-attr]
            why.start if why else None,
            why.end if why else None,
        )


def _refuse_strangers(claim: Claim, document: Document, reader: str) -> None:
    if not isinstance(claim.evidence, Quote):
        raise InvalidValue("a claim that cites a dataset, among those of a document", claim.id, "use add_claims")
    quoted = claim.evidence.document
    if quoted is not document and (quoted.sha256 != document.sha256 or quoted.text != document.text):
        raise InvalidValue(
            f"a claim quoted from {quoted.source}, among those of {document.source}", claim.id, "add it with its own"
        )
    if claim.published != document.published:
        raise InvalidValue(
            f"a claim published on another day than {document.source}", claim.published, f"give {document.published}"
        )
    if claim.reader != reader:
        raise InvalidValue(f"a claim by {claim.reader!r} in a reading by {reader!r}", claim.id, "name one reader")


def find_document(recording: Recording, document: Document) -> StoredDocument | None:
    """The stored document of the same bytes; an `InvalidValue` where its text is another one."""
    c = schema.documents.c
    found = recording.connection.execute(
        select(c.id, c.story, c.publisher, c.text_sha256).where(c.sha256 == document.sha256)
    ).first()
    if found is None:
        return None
    if found.text_sha256 != _text_sha256(document.text):
        raise InvalidValue(
            f"another text of {document.source}, which is stored already",
            document.sha256,
            "the text of a document never changes: read the stored one, store.document(sha256)",
        )
    return StoredDocument(number=found.id, story=found.story, publisher=found.publisher)


def _text_sha256(text: str) -> str:
    return hashlib.sha256(values.storable(text, "the text of a document").encode()).hexdigest()


def _add_document(recording: Recording, document: Document, fingerprint: Fingerprint | None) -> StoredDocument:
    for field in ("title", "url", "source", "language"):
        values.storable(getattr(document, field) or "", f"the {field} of {document.source!r}")
    number = recording.next(schema.documents)
    story = (fingerprint and story_of(recording.connection, fingerprint)) or number
    publisher = recording.publisher(document.publisher)
    recording.add(
        schema.documents,
        id=number,
        sha256=document.sha256,
        text_sha256=_text_sha256(document.text),
        text=document.text,
        title=document.title,
        authors=json.dumps(document.authors),
        publisher=publisher,
        url=document.url,
        source=document.source,
        published=document.published,
        retrieved=document.retrieved,
        language=document.language,
        story=story,
        signature=fingerprint.signature if fingerprint else None,
    )
    bands = enumerate(fingerprint.bands if fingerprint else ())
    recording.add_many(
        schema.document_bands,
        ("value", "band", "document", "recorded"),
        [(value, band, number, recording.number) for band, value in bands],
    )
    return StoredDocument(number=number, story=story, publisher=publisher)


def story_of(connection: Connection, fingerprint: Fingerprint) -> int | None:
    """The story of the earliest stored document that is nearly the same."""
    bands, documents = schema.document_bands.c, schema.documents.c
    shared = {(value, band) for band, value in enumerate(fingerprint.bands)}
    near = connection.execute(
        select(bands.document, bands.value, bands.band).where(bands.value.in_({value for value, _ in shared}))
    )
    for candidate in sorted({row.document for row in near if (row.value, row.band) in shared}):
        stored = connection.execute(select(documents.story, documents.signature).where(documents.id == candidate)).one()
        if fingerprint.same_story(type(fingerprint).from_bytes(stored.signature)):
            return int(stored.story)
    return None


def _find_reading(recording: Recording, document: int, name: str, version: str) -> int | None:
    c = schema.readings.c
    return recording.connection.execute(
        select(c.id).where(c.document == document, c.reader == name, c.version == version, c.kind == "reader")
    ).scalar()


def _add_reading(recording: Recording, document: int, name: str, version: str) -> int:
    c, old = schema.readings.c, schema.superseded.c
    before = recording.connection.execute(
        select(c.id)
        .where(c.document == document, c.reader == name, c.kind == "reader")
        .where(c.id.not_in(select(old.reading)))
    ).scalars()
    earlier = list(before)
    number = recording.add(schema.readings, document=document, reader=name, version=version, kind="reader")
    for reading in earlier:
        recording.add(schema.superseded, reading=reading, by=number)
    return number


def dataset_place(recording: Recording, cited: Citation, reader: str, kind: str = "reader") -> tuple[Place, bool]:
    """The place of a dataset's claims, made where it is new; and whether its reading is."""
    dataset, series = dataset_number(recording, cited.dataset, cited.version)
    reading, is_new = _reading_of(recording, reader, kind, dataset=dataset)
    return Place(reading=reading, dataset=dataset, voice=2 * series + 1, source=3 * series + 2), is_new


def dataset_number(recording: Recording, name: str, version: str) -> tuple[int, int]:
    """The number of a dataset in a version, which is stored where it is new, and that of the first of its name."""
    name, version = values.storable(name, "a dataset"), values.storable(version, "a dataset's version")
    c = schema.datasets.c
    same = recording.connection.execute(select(c.id, c.version, c.series).where(c.name == name).order_by(c.id)).all()
    dataset = next((row.id for row in same if row.version == version), None)
    if dataset is None:
        dataset = recording.next(schema.datasets)
        series = same[0].series if same else dataset
        recording.add(schema.datasets, id=dataset, name=name, version=version, series=series)
    else:
        series = same[0].series
    return dataset, series


def review_place(recording: Recording, claim: Claim) -> Place:
    """The place of a claim that a correction puts in: no reading supersedes it."""
    if isinstance(claim.evidence, Citation):
        return dataset_place(recording, claim.evidence, claim.reader, "review")[0]
    stored = find_document(recording, claim.evidence.document)
    if stored is None:
        raise InvalidValue(
            "a correction quoted from a document that the dossier does not have",
            claim.evidence.document.source,
            "read the document first",
        )
    return stored.place(_reading_of(recording, claim.reader, "review", document=stored.number)[0])


def _reading_of(
    recording: Recording, reader: str, kind: str, *, document: int | None = None, dataset: int | None = None
) -> tuple[int, bool]:
    name, version = values.reader_parts(values.storable(reader, "the name of a reader"))
    c = schema.readings.c
    found = recording.connection.execute(
        select(func.min(c.id)).where(
            c.document.is_(None) if document is None else c.document == document,
            c.dataset.is_(None) if dataset is None else c.dataset == dataset,
            c.reader == name, c.version == version, c.kind == kind,
        )
    ).scalar()  # fmt: skip
    if found is not None:
        return int(found), False
    added = recording.add(schema.readings, document=document, dataset=dataset, reader=name, version=version, kind=kind)
    return added, True
