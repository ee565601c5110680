"""Inputs that gave no document, and an index of documents by their story."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, the triggers that keep it append-only, and the index."""
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("mend", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=True),
        sa.Column("recorded", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failures"),
    )
    op.create_index("ix_documents_story", "documents", ["story"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER no_{act.lower()}_failures BEFORE {act} ON failures "
                f"BEGIN SELECT RAISE(ABORT, 'a dossier is append-only: no {act} of failures'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER no_change_failures BEFORE UPDATE OR DELETE OR TRUNCATE ON failures "
        "FOR EACH STATEMENT EXECUTE FUNCTION cordiale_refuse()"
    )
