"""The tables of a dossier. Rows are added, never changed or removed; triggers refuse both.

Days are integers (`date.toordinal()`): half the bytes of a date, compared without parsing, and what `ClaimColumns`
holds, so a million claims are read without making a million dates. Instants are integers too, microseconds since 1970
in UTC: exact, ordered alike on SQLite and PostgreSQL, and free of time zones. Each write transaction adds one row to
`recordings` as its last act; the `recorded` column of every other table points there. That row's instant is taken just
before the commit, so "as recorded at T" is what a reader at T could have seen, and never a half of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

FORMATS = ("0001", "0002", "0003")
"""The revisions of the schema that this Cordiale knows, oldest first. The last is the one it writes."""

FORMAT_TABLE = "cordiale_format"
"""Where Alembic keeps the revision; a name of our own, for a PostgreSQL database may hold other programs' tables."""

APPLICATION_ID = 0x434F5244
"""`PRAGMA application_id` of a dossier in SQLite: "CORD"."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """An aware instant as microseconds since 1970, exactly.

    >>> to_micros(datetime(1970, 1, 2, tzinfo=UTC))
    86400000000
    """
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The instant that `to_micros` stood for, in UTC."""
    return _EPOCH + micros * _MICROSECOND


class Day(TypeDecorator[date]):
    """A day, stored as its ordinal."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else value.toordinal()

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        return None if value is None else date.fromordinal(value)


class Instant(TypeDecorator[datetime]):
    """An instant, stored as microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_micros(value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _id() -> Column[int]:
    # Numbers are given by the writer (one at a time holds the lock), the same on both back ends and without gaps.
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _recorded() -> Column[int]:
    # Not a foreign key: the row it points to is written last, to carry the instant of the commit.
    return Column("recorded", Integer, nullable=False)


recordings = Table(
    "recordings", metadata, _id(), Column("recorded_at", Instant, nullable=False, index=True),
    Column("day", Day, nullable=False),
)  # fmt: skip

publishers = Table("publishers", metadata, _id(), Column("name", Text, nullable=False, unique=True), _recorded())

documents = Table(
    "documents", metadata, _id(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("text_sha256", String(64), nullable=False),
    Column("title", Text),
    Column("authors", Text, nullable=False),
    Column("publisher", ForeignKey("publishers.id")),
    Column("url", Text),
    Column("source", Text, nullable=False),
    Column("published", Day),
    Column("retrieved", Instant, nullable=False),
    Column("language", Text),
    Column("story", ForeignKey("documents.id"), nullable=False, index=True),
    _recorded(),
    Column("signature", LargeBinary),
    Column("text", Text, nullable=False),
)  # fmt: skip
"""`story` is the earliest document whose text is nearly the same; its own id where it is the first."""

document_bands = Table(
    "document_bands", metadata,
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("band", SmallInteger, primary_key=True, autoincrement=False),
    Column("document", ForeignKey("documents.id"), primary_key=True),
    _recorded(),
    sqlite_with_rowid=False,
)  # fmt: skip

datasets = Table(
    "datasets", metadata, _id(), Column("name", Text, nullable=False), Column("version", Text, nullable=False),
    Column("series", ForeignKey("datasets.id"), nullable=False), _recorded(), UniqueConstraint("name", "version"),
)  # fmt: skip
"""`series` is the first dataset of that name: versions of one dataset are one teller."""

coverage = Table(
    "coverage", metadata, _id(), Column("dataset", ForeignKey("datasets.id"), nullable=False), Column("held_from", Day),
    Column("held_to", Day), Column("pairs", Text, nullable=False), _recorded(),
)  # fmt: skip
"""Which days a dataset covers, half-open, and which pairs; the latest row of a dataset counts."""

actor_ids = Table("actor_ids", metadata, _id(), Column("slug", Text, nullable=False, unique=True), _recorded())

actors = Table(
    "actors", metadata, _id(), Column("actor", ForeignKey("actor_ids.id"), nullable=False, index=True),
    Column("origin", Text, nullable=False), Column("data", Text, nullable=False), _recorded(),
)  # fmt: skip

identities = Table(
    "identities", metadata, _id(), Column("actor", ForeignKey("actor_ids.id"), nullable=False),
    Column("document", ForeignKey("documents.id")), Column("becomes", ForeignKey("actor_ids.id"), nullable=False),
    Column("by", Text, nullable=False), Column("reason", Text, nullable=False), _recorded(),
)  # fmt: skip

relations = Table(
    "relations", metadata, _id(), Column("name", Text, nullable=False), Column("data", Text, nullable=False),
    _recorded(), UniqueConstraint("name", "data"),
)  # fmt: skip

readings = Table(
    "readings", metadata, _id(), Column("document", ForeignKey("documents.id"), index=True),
    Column("dataset", ForeignKey("datasets.id"), index=True), Column("reader", Text, nullable=False),
    Column("version", Text, nullable=False), Column("kind", String(8), nullable=False), _recorded(),
    UniqueConstraint("document", "reader", "version", "kind"),
)  # fmt: skip
"""`kind` is `reader`, or `review` for the claims that corrections put in place, which no newer reader supersedes."""

superseded = Table(
    "superseded", metadata, Column("reading", ForeignKey("readings.id"), primary_key=True, autoincrement=False),
    Column("by", ForeignKey("readings.id"), nullable=False), _recorded(),
)  # fmt: skip
"""Written with the newer reading, so that a query asks this small table, and not every reading, what still counts."""

claims = Table(
    "claims", metadata, _id(),
    Column("key", BigInteger, nullable=False),
    Column("reading", ForeignKey("readings.id"), nullable=False),
    Column("document", ForeignKey("documents.id")),
    Column("dataset", ForeignKey("datasets.id")),
    Column("dataset_row", Text),
    Column("subject", ForeignKey("actor_ids.id"), nullable=False),
    Column("object", ForeignKey("actor_ids.id"), nullable=False),
    Column("said_by", ForeignKey("actor_ids.id")),
    Column("relation", ForeignKey("relations.id"), nullable=False),
    Column("sign", SmallInteger, nullable=False),
    Column("change", SmallInteger, nullable=False),
    Column("certainty", SmallInteger, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("held_from", Day),
    Column("held_to", Day),
    Column("published", Day),
    Column("voice", Integer, nullable=False),
    Column("source", Integer, nullable=False),
    _recorded(),
    Column("from_precision", SmallInteger, nullable=False),
    Column("to_precision", SmallInteger, nullable=False),
    Column("means", Text),
    Column("quote_start", Integer),
    Column("quote_end", Integer),
    Column("why_start", Integer),
    Column("why_end", Integer),
    UniqueConstraint("key", "reading"),
)  # fmt: skip
"""`key` is the claim's id as a signed integer of 64 bits. `voice` and `source` are as in `ClaimColumns`."""
Index(
    "ix_claims_document", claims.c.document,
    sqlite_where=claims.c.document.is_not(None), postgresql_where=claims.c.document.is_not(None),
)  # fmt: skip

blocks = Table(
    "blocks", metadata, _id(), Column("actor", ForeignKey("actor_ids.id"), nullable=False),
    Column("role", SmallInteger, nullable=False), _recorded(), Column("data", LargeBinary, nullable=False),
    Index("ix_blocks_actor_role", "actor", "role"),
)  # fmt: skip
"""The claims of a batch again, packed by actor for quick answers; see `blocks.py`."""

reviews = Table(
    "reviews", metadata, _id(), Column("claim", ForeignKey("claims.id"), nullable=False, index=True),
    Column("verdict", Text, nullable=False), Column("by", Text, nullable=False), Column("reason", Text, nullable=False),
    Column("instead", ForeignKey("claims.id")), Column("given_at", Instant, nullable=False), _recorded(),
)  # fmt: skip
"""`given_at` is when the reviewer said so; `recorded`, when this dossier learned it."""

events = Table(
    "events", metadata, _id(), Column("slug", Text, nullable=False, index=True), Column("data", Text, nullable=False),
    _recorded(),
)  # fmt: skip

failures = Table(
    "failures", metadata, _id(), Column("source", Text, nullable=False), Column("place", Text),
    Column("why", Text, nullable=False), Column("mend", Text, nullable=False), Column("reader", Text), _recorded(),
)  # fmt: skip
"""Inputs that gave no document; a document that came of one later is found by its source."""
