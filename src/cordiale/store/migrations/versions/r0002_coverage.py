"""What each dataset of a dossier covers: which pairs, from which day to which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table and the triggers that keep it append-only."""
    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("dataset", sa.Integer, nullable=False),
        sa.Column("held_from", sa.Integer, nullable=True),
        sa.Column("held_to", sa.Integer, nullable=True),
        sa.Column("pairs", sa.Text, nullable=False),
        sa.Column("recorded", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coverage"),
        sa.ForeignKeyConstraint(["dataset"], ["datasets.id"], name="fk_coverage_dataset"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER no_{act.lower()}_coverage BEFORE {act} ON coverage "
                f"BEGIN SELECT RAISE(ABORT, 'a dossier is append-only: no {act} of coverage'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER no_change_coverage BEFORE UPDATE OR DELETE OR TRUNCATE ON coverage "
        "FOR EACH STATEMENT EXECUTE FUNCTION cordiale_refuse()"
    )
