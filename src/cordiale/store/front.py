"""The store: what can be put into a dossier and asked of it, over SQLite and PostgreSQL alike.

It keeps and gives back; it weighs nothing and reads no files but the dossier. In every question `known` is the
published clock (what a reader could have known by that day, that day included) and `recorded` the recorded one (what
the dossier would have answered at that instant); None is everything, now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from os import PathLike
from types import TracebackType
from typing import Self

import numpy as np
from sqlalchemy import func, select

from cordiale.claims import Actor, Claim, Document, Event, Review
from cordiale.columns import ClaimColumns, ordinal
from cordiale.errors import InvalidValue, UnknownName
from cordiale.store import (
    checking,
    counting,
    covering,
    curating,
    failing,
    listing,
    opening,
    prospecting,
    reading,
    schema,
    sourcing,
    tabulating,
    values,
    writing,
)
from cordiale.store.backend import Backend
from cordiale.store.blocks import Held
from cordiale.store.checking import Problem
from cordiale.store.counting import Counts
from cordiale.store.covering import Coverage
from cordiale.store.curating import Identification
from cordiale.store.failing import FailedInput
from cordiale.store.listing import ListedDocument, Listing
from cordiale.store.prospecting import Prospect
from cordiale.store.recording import Registers, recording
from cordiale.store.resolving import resolution
from cordiale.store.standing import Word, upto, words
from cordiale.store.tabulating import Wanted
from cordiale.store.writing import Fingerprint, Recorded


def now() -> datetime:
    """The instant that it is, in UTC."""
    return datetime.now(UTC)


class Store:
    """A dossier's rows. Open one with `Store.open`, and close it, or use it as a context manager.

    >>> from pathlib import Path; from tempfile import TemporaryDirectory
    >>> from cordiale.claims import Citation, Kind; from cordiale.relations import relation
    >>> iran, syria = (Actor(id=name.lower(), kind=Kind.STATE, name=name) for name in ("Iran", "Syria"))
    >>> treaty = Claim(subject="iran", relation=relation("ally_of"), object="syria", sign=1, reader="treaties 1",
    ...     evidence=Citation(dataset="treaties", version="1", row="17"))
    >>> with TemporaryDirectory() as folder, Store.open(Path(folder) / "new.dossier", create=True) as store:
    ...     store.add_claims([treaty], [iran, syria]).claims
    ...     [str(claim.relation) for claim in store.claims(actor="iran")]
    1
    ['ally_of']
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._registers = Registers()
        self.held: Held | None = None  # for a process that asks of all claims again and again

    @classmethod
    def open(
        cls, where: str | PathLike[str], *, create: bool, clock: Callable[[], datetime] = now, wait: float = 30
    ) -> Self:
        """Open the dossier at a path, or at `postgresql://...`; where there is none, `create` one or fail.

        `wait` is how many seconds to wait while another process writes. A file that cannot be written is only asked.
        """
        return cls(opening.opened(where, create=create, clock=clock, wait=wait))

    @property
    def name(self) -> str:
        """The dossier as messages name it: its path, or its address without the password."""
        return self._backend.name

    @property
    def read_only(self) -> bool:
        """Whether the dossier can be asked but not added to."""
        return self._backend.read_only

    def owns(self, path: str | PathLike[str]) -> bool:
        """Whether a path leads to a file of the dossier itself.

        Such a file must not be opened in this process: to close it again would drop the locks that keep other
        processes from removing the log of changes (sqlite.org/howtocorrupt.html, 2.2).
        """
        return self._backend.owns(str(path))

    def close(self) -> None:
        """Let go of the dossier; closing twice does nothing."""
        self._backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def has_reading(self, sha256: str, reader: str) -> bool:
        """Whether the document of these bytes was read by this reader in this version."""
        name, version = values.reader_parts(reader)
        r, d = schema.readings.c, schema.documents.c
        asked = (
            select(r.id)
            .join_from(schema.documents, schema.readings, r.document == d.id)
            .where(d.sha256 == sha256, r.reader == name, r.version == version, r.kind == "reader")
        )
        with self._backend.reading() as connection:
            return connection.execute(asked).first() is not None

    def add_reading(
        self,
        document: Document,
        claims: Iterable[Claim],
        actors: Iterable[Actor] = (),
        *,
        reader: str,
        fingerprint: Fingerprint | None = None,
    ) -> Recorded:
        """Add a document and what a reader found in it, whole or not at all; the same again changes nothing.

        `actors` are those that the claims name and the dossier may lack. A newer version of a reader adds its claims,
        and those of the older one count no more. Without a `fingerprint` the document is a story of its own.
        """
        with recording(self._backend, self._registers) as under_way:
            return writing.add_reading(under_way, document, claims, actors, reader=reader, fingerprint=fingerprint)

    def add_claims(
        self, claims: Iterable[Claim], actors: Iterable[Actor] = (), *, coverage: Iterable[Coverage] = ()
    ) -> Recorded:
        """Add claims that cite datasets, and what those cover, all or none; what is there already changes nothing.

        Claims and actors are drawn lazily and memory stays flat. A collection of actors that grows as the claims are
        drawn, such as `found.values()`, is looked into again when a claim names an actor that is new.
        """
        with recording(self._backend, self._registers) as under_way:
            added = writing.add_claims(under_way, claims, actors)
            for one in coverage:
                covering.add_coverage(under_way, one)
            return added

    def coverage(self, *, recorded: datetime | None = None) -> list[Coverage]:
        """What each dataset covers, in the order of names and versions; without bounds where nobody said."""
        with self._backend.reading() as connection:
            return covering.coverage(connection, upto(connection, recorded))

    def add_actors(self, actors: Iterable[Actor]) -> Recorded:
        """Add actors, or the latest word on actors that are there; those that are there just so change nothing."""
        with recording(self._backend, self._registers) as under_way:
            return Recorded(actors=under_way.put_actors(actors))

    def add_events(self, events: Iterable[Event]) -> int:
        """Add events, or the latest word on them; how many were new or changed."""
        with recording(self._backend, self._registers) as under_way:
            return curating.add_events(under_way, events)

    def add_failures(self, failures: Iterable[FailedInput]) -> int:
        """Add inputs that gave no document; how many were new: the same again, not read since, changes nothing."""
        given = list(failures)
        if not given:
            return 0
        with recording(self._backend, self._registers) as under_way:
            return failing.add_failures(under_way, given)

    def failures(
        self, asked: str = "", *, first: int = 0, limit: int | None = None, recorded: datetime | None = None
    ) -> list[FailedInput]:
        """The inputs that gave no document, the latest first; those with the words asked for in their source."""
        with self._backend.reading() as connection:
            return failing.failures(connection, asked=asked, first=first, limit=limit, recorded=recorded)

    def add_review(self, review: Review) -> bool:
        """Add a person's verdict on a claim; False where this very review was there already.

        Claims that share an id, since their actors became one, are reviewed together.
        """
        numbers = [*self._stored_under(review.claim)[-1:], *self._renamed_to(review.claim)]
        numbers = numbers or self._numbers_of(review.claim)
        with recording(self._backend, self._registers) as under_way:
            added = [curating.add_review(under_way, review, number) for number in numbers]
        return any(added)

    def identify(self, actor: str, becomes: str, *, document: str | None = None, by: str, reason: str = "") -> None:
        """Say that an actor is another one: everywhere, or in the document with this sha256.

        Answers give the other one from now on; identify an actor as itself to take it back. Chains are followed, and
        a circle is refused with an `InvalidValue`.
        """
        said = Identification(actor=actor, becomes=becomes, by=by, reason=reason, document=document)
        with recording(self._backend, self._registers) as under_way:
            curating.identify(under_way, said)

    def identities(self, *, recorded: datetime | None = None) -> list[Identification]:
        """Every identification made, the earliest first."""
        with self._backend.reading() as connection:
            return curating.identifications(connection, recorded)

    def resolve(self, actor: str, *, recorded: datetime | None = None) -> str:
        """The id of the actor that this one has become; its own where nobody said otherwise, or it is unknown."""
        c = schema.actor_ids.c
        with self._backend.reading() as connection:
            number = connection.execute(select(c.id).where(c.slug == actor)).scalar()
            if number is None:
                return actor
            become = resolution(connection, upto(connection, recorded)).of(number)
            return str(connection.execute(select(c.slug).where(c.id == become)).scalar_one())

    def actors(self, *, recorded: datetime | None = None) -> dict[str, Actor]:
        """The latest word on every actor, by id; also on those that have become others."""
        with self._backend.reading() as connection:
            return reading.actors(connection, upto(connection, recorded))

    def moment(self) -> int:
        """A number that grows with everything that is written to the dossier, by whichever process."""
        with self._backend.reading() as connection:
            return int(connection.execute(select(func.max(schema.recordings.c.id))).scalar() or 0)

    def latest_actor(self) -> int:
        """A number that grows whenever anything new is stored about any actor, by whichever process."""
        with self._backend.reading() as connection:
            return int(connection.execute(select(func.max(schema.actors.c.id))).scalar() or 0)

    def events(self, *, recorded: datetime | None = None) -> dict[str, Event]:
        """The latest word on every event, by id."""
        with self._backend.reading() as connection:
            return reading.events(connection, upto(connection, recorded))

    def columns(
        self,
        *,
        actor: str | Collection[str] | None = None,
        pair: tuple[str, str] | None = None,
        known: date | None = None,
        recorded: datetime | None = None,
    ) -> ClaimColumns:
        """The claims that count, as columns: all, those about an actor or any of several, or a pair's.

        `number` is what `claims(numbers=...)` takes. Left out are claims of superseded readings, those that reviews
        rejected or replaced, and those whose two actors have become one. An actor without claims has none: no error.
        """
        return self._columns(actor=actor, pair=pair, known=known, recorded=recorded)

    def _columns(
        self,
        *,
        actor: str | Collection[str] | None,
        pair: tuple[str, str] | None,
        known: date | None,
        recorded: datetime | None,
        document: str | None = None,
    ) -> ClaimColumns:
        actors = (actor,) if isinstance(actor, str) else None if actor is None else tuple(actor)
        with self._backend.reading() as connection:
            wanted = Wanted(
                actors=actors,
                pair=pair,
                document=None if document is None else curating.document_number(connection, document),
                known=known,
                upto=upto(connection, recorded),
            )
            return tabulating.columns(connection, wanted, self.held)

    def claims(
        self,
        *,
        numbers: Iterable[int] | None = None,
        actor: str | None = None,
        pair: tuple[str, str] | None = None,
        document: str | None = None,
        relation: str | None = None,
        since: date | None = None,
        until: date | None = None,
        known: date | None = None,
        recorded: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Claim]:
        """Whole claims with their quotes, drawn a batch at a time, in the order in which they were recorded.

        `numbers` gives exactly those, in that order, whether they count or not. Otherwise those that count, about an
        actor or a pair, in a document (its sha256), of a relation (its name), that may have held on a day of
        [since, until): an unknown bound excludes nothing.
        """
        if limit is not None and limit < 0:
            raise InvalidValue("the limit of claims", limit, "give 0 or more, or none")
        if numbers is None:
            found = self._columns(actor=actor, pair=pair, known=known, recorded=recorded, document=document)
            chosen = np.ones(len(found), dtype=bool)
            if relation is not None:
                places = [n for n, row in enumerate(found.relations) if row.name == relation]
                chosen &= np.isin(found.relation, places)
            if since is not None:
                chosen &= (found.end == 0) | (found.end > ordinal(since))
            if until is not None:
                chosen &= (found.start == 0) | (found.start < ordinal(until))
            numbers = found.number[chosen].tolist()
        wanted = list(numbers)
        with self._backend.reading() as connection:
            resolved = resolution(connection, upto(connection, recorded))
        return reading.claims(self._backend, wanted[:limit], resolved)

    def claim(self, key: str) -> Claim:
        """The claim with this id, whether it counts or not; an `UnknownName` where there is none."""
        return next(self.claims(numbers=self._numbers_of(key)[-1:]))

    def _numbers_of(self, key: str) -> list[int]:
        """The numbers of the claims with an id: stored under it, or that have it now that actors became others."""
        return [*self._stored_under(key), *self._renamed_to(key)] or self._no_claim(key)

    def _stored_under(self, key: str) -> list[int]:
        with self._backend.reading() as connection:
            return curating.claim_numbers(connection, key)

    def _renamed_to(self, key: str) -> list[int]:
        with self._backend.reading() as connection:
            moved = curating.renamed(connection)
            stored = set(curating.claim_numbers(connection, key))
        pairs = zip(moved, self.claims(numbers=moved), strict=True)
        return [number for number, claim in pairs if claim.id == key and number not in stored]

    def _no_claim(self, key: str) -> list[int]:
        raise UnknownName("claim", key, (), "the dossier has none with this id")

    def document(self, sha256: str) -> Document:
        """The document of these bytes; an `UnknownName` where the dossier does not have it."""
        with self._backend.reading() as connection:
            return reading.document(connection, curating.document_number(connection, sha256))

    def documents(self, *, known: date | None = None, recorded: datetime | None = None) -> Iterator[Document]:
        """The documents with their texts, drawn a batch at a time, in the order in which they were recorded."""
        return reading.documents(self._backend, known=known, recorded=recorded)

    def source_numbers(self, names: Iterable[str]) -> frozenset[int]:
        """What outlets and datasets go by in `ClaimColumns.source`; see `sourcing`."""
        with self._backend.reading() as connection:
            return sourcing.source_numbers(connection, names)

    def reviews(self, claim: str | None = None, *, recorded: datetime | None = None) -> Iterator[Review]:
        """Every review, or those of a claim, in the order in which they were recorded."""
        numbers = None if claim is None else self._numbers_of(claim)
        return reading.reviews(self._backend, claims_reviewed=numbers, recorded=recorded)

    def words(self, *, recorded: datetime | None = None) -> list[Word]:
        """What each reviewer says of each claim now, by its number: the latest word, unless it was withdrawn."""
        with self._backend.reading() as connection:
            return words(connection, upto(connection, recorded))

    def counts(self, *, recorded: datetime | None = None) -> Counts:
        """How many rows of each kind there are, counting or not."""
        with self._backend.reading() as connection:
            return counting.counts(connection, upto(connection, recorded))

    def sources(
        self, asked: str = "", *, story: str | None = None, known: date | None = None, first: int = 0, limit: int = 100
    ) -> Listing:
        """Documents without their texts, by the story, the latest first: those with the words asked for in title,
        publisher, source or address; or each document that tells the story of one, by its sha256.
        """
        with self._backend.reading() as connection:
            if story is not None:
                return listing.story(connection, story, known=known, first=first, limit=limit)
            return listing.stories(connection, asked=asked, known=known, first=first, limit=limit)

    def source(self, sha256: str) -> ListedDocument:
        """A document without its text, with who read it; an `UnknownName` where the dossier does not have it."""
        with self._backend.reading() as connection:
            return listing.source(connection, sha256)

    def prospects(self, given: Sequence[tuple[Document, Fingerprint]]) -> list[Prospect]:
        """Where documents would stand, were they added one after the other."""
        with self._backend.reading() as connection:
            return prospecting.prospects(connection, given)

    def check(self) -> Iterator[Problem]:
        """Everything that is wrong with the dossier; nothing, where it is sound."""
        return checking.problems(self._backend)
