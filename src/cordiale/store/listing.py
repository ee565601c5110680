"""Documents by the page, without their texts: what each is, how many claims it gave, and which tell one story.

Aggregates and limits of the database, so that a hundred thousand documents are listed as fast as ten. Claims are
counted as answers count them: not those of superseded readings, nor those that reviews took out, nor those whose two
actors have become one. `known` is the published clock. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import nlargest
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, Join, case, func, or_, select

from cordiale.claims import UNCLEAR
from cordiale.store import schema, values
from cordiale.store.curating import document_number
from cordiale.store.failing import count_failures
from cordiale.store.reading import published_by
from cordiale.store.resolving import resolution
from cordiale.store.standing import judged

COPIES = 20
"""Copies of a story that are listed with it; all of them are where the story is asked for."""
_BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """A document without its text. `story` is the sha256 of the first document of its story, its own where it is that.

    `claims` count, `unclear` are those of which the reader is not sure enough for them to. `readers` are those that
    read it, the latest last; only where one document is asked for.
    """

    sha256: str
    source: str
    recorded_at: datetime
    story: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    claims: int = 0
    unclear: int = 0
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStory:
    """Documents that tell one story, the first one first; `left` are copies that are not listed."""

    documents: tuple[ListedDocument, ...]
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of stories, those with the latest documents first.

    `stories` and `documents` count all that were found, `failures` the inputs that gave no document.
    """

    page: tuple[ListedStory, ...]
    stories: int
    documents: int
    failures: int = 0


def stories(connection: Connection, *, asked: str, known: date | None, first: int, limit: int) -> Listing:
    """Some of the stories of which a document has the words asked for in its title, publisher, source or address."""
    d = schema.documents.c
    tables = _tables() if asked else schema.documents
    found = select(d.story, func.max(d.id), func.count()).select_from(tables).where(*_wanted(asked, known))
    # All at once and not a page of them: the words are looked for once, and three numbers a story are soon read.
    rows = connection.execute(found.group_by(d.story)).all()
    page = nlargest(first + limit, rows, key=itemgetter(1))[first:]
    listed = _grouped(connection, [row[0] for row in page], known)
    failures = count_failures(connection, asked)
    return Listing(page=listed, stories=len(rows), documents=sum(row[2] for row in rows), failures=failures)


def source(connection: Connection, sha256: str) -> ListedDocument:
    """One document, with who read it; an `UnknownName` where there is none."""
    number, r = document_number(connection, sha256), schema.readings.c
    asked = select(r.reader, r.version).where(r.document == number, r.kind == "reader").order_by(r.id)
    readers = tuple(values.reader_text(row.reader, row.version) for row in connection.execute(asked))
    return replace(_listed(connection, [number])[number], readers=readers)


def story(connection: Connection, sha256: str, *, known: date | None, first: int, limit: int) -> Listing:
    """Some of the documents that tell the story of this one, each by itself; an `UnknownName` where there is none."""
    d = schema.documents.c
    own = select(d.story).where(d.id == document_number(connection, sha256)).scalar_subquery()
    wanted = [d.story == own, *_wanted("", known)]
    count = int(connection.execute(select(func.count()).select_from(schema.documents).where(*wanted)).scalar_one())
    chosen = select(d.id).where(*wanted).order_by(d.id).offset(first).limit(limit)
    listed = _listed(connection, list(connection.execute(chosen).scalars()))
    page = tuple(ListedStory(documents=(one,)) for one in listed.values())
    return Listing(page=page, stories=min(count, 1), documents=count)


def _tables() -> Join:
    return schema.documents.outerjoin(schema.publishers, schema.publishers.c.id == schema.documents.c.publisher)


def _wanted(asked: str, known: date | None) -> list[ColumnElement[bool]]:
    d, p = schema.documents.c, schema.publishers.c
    wanted = [] if known is None else [published_by(known)]
    if asked:
        wanted.append(or_(*(c.icontains(asked, autoescape=True) for c in (d.title, p.name, d.source, d.url))))
    return wanted


def _grouped(connection: Connection, numbers: Sequence[int], known: date | None) -> tuple[ListedStory, ...]:
    d = schema.documents.c
    place = func.row_number().over(partition_by=d.story, order_by=d.id).label("place")
    size = func.count().over(partition_by=d.story).label("size")
    ranked = select(d.id, d.story, place, size).where(d.story.in_(numbers), *_wanted("", known)).subquery()
    chosen = select(ranked).where(ranked.c.place <= COPIES + 1).order_by(ranked.c.id)
    rows = connection.execute(chosen).all()
    listed = _listed(connection, [row.id for row in rows])
    groups: dict[int, list[ListedDocument]] = {number: [] for number in numbers}
    for row in rows:
        groups[row.story].append(listed[row.id])
    sizes = {row.story: row.size for row in rows}
    return tuple(
        ListedStory(documents=tuple(group), left=sizes[number] - len(group))
        for number, group in groups.items()
        if group
    )


def _listed(connection: Connection, numbers: Sequence[int]) -> dict[int, ListedDocument]:
    """The documents with these numbers, in their order."""
    d, p, r, first = schema.documents.c, schema.publishers.c, schema.recordings.c, schema.documents.alias()
    asked = (
        select(
            d.id, d.sha256, d.title, p.name, d.url, d.source, d.published, d.language, r.recorded_at,
            first.c.sha256.label("story"),
        )
        .select_from(_tables())
        .join(schema.recordings, r.id == d.recorded)
        .join(first, first.c.id == d.story)
    )  # fmt: skip
    found: dict[int, ListedDocument] = {}
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        rows = {row.id: row for row in connection.execute(asked.where(d.id.in_(some)))}
        counts = _counts(connection, some)
        for number in some:
            row, (claims, unclear) = rows[number], counts.get(number, (0, 0))
            found[number] = ListedDocument(
                sha256=row.sha256, source=row.source, recorded_at=row.recorded_at, story=row.story, title=row.title,
                publisher=row.name, url=row.url, published=row.published, language=row.language, claims=claims,
                unclear=unclear,
            )  # fmt: skip
    return found


def _counts(connection: Connection, documents: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many claims of each document count, and how many are unclear."""
    c = schema.claims.c
    standing = c.document.in_(documents) & c.reading.not_in(select(schema.superseded.c.reading))
    unsure = case((c.confidence < UNCLEAR, 1), else_=0)
    grouped = select(c.document, func.count(), func.sum(unsure)).where(standing).group_by(c.document)
    counts = {number: [int(all_) - int(some), int(some)] for number, all_, some in connection.execute(grouped)}
    reviewed, resolved = judged(connection, None), resolution(connection, None)
    out, vouched = set(reviewed.out), set(reviewed.vouched)
    moved = {*resolved.everywhere, *(actor for here in resolved.within.values() for actor in here)}
    seen: set[int] = set()
    rows = select(c.id, c.document, c.subject, c.object, c.confidence).where(standing)
    for column, numbers in ((c.id, out | vouched), (c.subject, moved), (c.object, moved)):
        ordered = sorted(numbers)
        for start in range(0, len(ordered), _BATCH):
            for row in connection.execute(rows.where(column.in_(ordered[start : start + _BATCH]))):
                if row.id in seen:
                    continue
                seen.add(row.id)
                place = int(row.confidence < UNCLEAR)
                ends = {resolved.of(end, row.document) for end in (row.subject, row.object)}
                if row.id in out or len(ends) == 1:
                    counts[row.document][place] -= 1
                elif row.id in vouched and place:
                    counts[row.document][0] += 1
                    counts[row.document][1] -= 1
    return {number: (sure, unsure) for number, (sure, unsure) in counts.items()}
