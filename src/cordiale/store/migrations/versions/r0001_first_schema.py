"""The first schema of a dossier, and the triggers that keep it append-only.

Written out, not taken from `schema.py`: a revision says for ever what it made, whatever the schema becomes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TABLES = (
    "recordings", "publishers", "documents", "document_bands", "datasets", "actor_ids", "actors", "identities",
    "relations", "readings", "superseded", "claims", "blocks", "reviews", "events",
)  # fmt: skip


def _id(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _int(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def _small(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger, nullable=False)


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _points(table: str, *columns_to: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([c], [f"{to}.id"], name=f"fk_{table}_{c}") for c, to in columns_to]


def _table(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...] = ("id",)) -> None:
    recorded = [] if name == "recordings" else [_int("recorded")]
    op.create_table(
        name, *parts, *recorded, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
        sqlite_with_rowid=name != "document_bands",
    )  # fmt: skip


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{columns[0]}")


def upgrade() -> None:
    """Make the tables, their indexes and the triggers."""
    _table("recordings", _id(), _big("recorded_at"), _int("day"))
    _table("publishers", _id(), _text("name"), _unique("publishers", "name"))
    _table(
        "documents", _id(), sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False), _text("title", null=True), _text("authors"),
        _int("publisher", null=True), _text("url", null=True), _text("source"), _int("published", null=True),
        _big("retrieved"), _text("language", null=True), _int("story"), sa.Column("signature", sa.LargeBinary),
        _text("text"), _unique("documents", "sha256"),
        *_points("documents", ("publisher", "publishers"), ("story", "documents")),
    )  # fmt: skip
    _table(
        "document_bands", _big("value"), _small("band"), _id("document"),
        *_points("document_bands", ("document", "documents")), key=("value", "band", "document"),
    )  # fmt: skip
    _table(
        "datasets", _id(), _text("name"), _text("version"), _int("series"), _unique("datasets", "name", "version"),
        *_points("datasets", ("series", "datasets")),
    )  # fmt: skip
    _table("actor_ids", _id(), _text("slug"), _unique("actor_ids", "slug"))
    _table("actors", _id(), _int("actor"), _text("origin"), _text("data"), *_points("actors", ("actor", "actor_ids")))
    _table(
        "identities", _id(), _int("actor"), _int("document", null=True), _int("becomes"), _text("by"), _text("reason"),
        *_points("identities", ("actor", "actor_ids"), ("document", "documents"), ("becomes", "actor_ids")),
    )  # fmt: skip
    _table("relations", _id(), _text("name"), _text("data"), _unique("relations", "name", "data"))
    _table(
        "readings", _id(), _int("document", null=True), _int("dataset", null=True), _text("reader"), _text("version"),
        sa.Column("kind", sa.String(8), nullable=False), _unique("readings", "document", "reader", "version", "kind"),
        *_points("readings", ("document", "documents"), ("dataset", "datasets")),
    )  # fmt: skip
    _table(
        "superseded", _id("reading"), _int("by"), *_points("superseded", ("reading", "readings"), ("by", "readings")),
        key=("reading",),
    )  # fmt: skip
    _table(
        "claims", _id(), _big("key"), _int("reading"), _int("document", null=True), _int("dataset", null=True),
        _text("dataset_row", null=True), _int("subject"), _int("object"), _int("said_by", null=True), _int("relation"),
        _small("sign"), _small("change"), _small("certainty"), sa.Column("confidence", sa.Double, nullable=False),
        _int("held_from", null=True), _int("held_to", null=True), _int("published", null=True), _int("voice"),
        _int("source"), _small("from_precision"), _small("to_precision"), _text("means", null=True),
        _int("quote_start", null=True), _int("quote_end", null=True), _int("why_start", null=True),
        _int("why_end", null=True), _unique("claims", "key", "reading"),
        *_points(
            "claims", ("reading", "readings"), ("document", "documents"), ("dataset", "datasets"),
            ("subject", "actor_ids"), ("object", "actor_ids"), ("said_by", "actor_ids"), ("relation", "relations"),
        ),
    )  # fmt: skip
    _table(
        "blocks",
        _id(),
        _int("actor"),
        _small("role"),
        sa.Column("data", sa.LargeBinary, nullable=False),
        *_points("blocks", ("actor", "actor_ids")),
    )
    _table(
        "reviews", _id(), _int("claim"), _text("verdict"), _text("by"), _text("reason"), _int("instead", null=True),
        _big("given_at"), *_points("reviews", ("claim", "claims"), ("instead", "claims")),
    )  # fmt: skip
    _table("events", _id(), _text("slug"), _text("data"))
    for table, column in (
        ("recordings", "recorded_at"), ("actors", "actor"), ("readings", "document"), ("readings", "dataset"),
        ("reviews", "claim"), ("events", "slug"),
    ):  # fmt: skip
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_blocks_actor_role", "blocks", ["actor", "role"])
    quoted = sa.text("document IS NOT NULL")
    op.create_index("ix_claims_document", "claims", ["document"], sqlite_where=quoted, postgresql_where=quoted)
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in _TABLES:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER no_{act.lower()}_{table} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'a dossier is append-only: no {act} of {table}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION cordiale_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'a dossier is append-only: no % of %', TG_OP, TG_TABLE_NAME; END $$"
    )
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER no_change_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION cordiale_refuse()"
        )
