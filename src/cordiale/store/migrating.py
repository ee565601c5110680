"""Bringing a dossier's tables to the format that this Cordiale writes, inside the caller's transaction.

The stored revision is read with plain SQL, for importing Alembic takes longer than most questions take to answer: it is
imported only when there is something to migrate. Nothing here touches logging or reads an ini file.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from cordiale.store import schema

SCRIPTS = Path(__file__).parent / "migrations"


def stored_format(connection: Connection) -> str | None:
    """The revision that a dossier is in; None where there is no table of formats."""
    if not inspect(connection).has_table(schema.FORMAT_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {schema.FORMAT_TABLE}")).scalar()
    return str(found) if found is not None else None


def migrate(connection: Connection) -> None:
    """Run every revision that the dossier lacks, in the transaction that `connection` is in."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    # What `alembic upgrade head` does, less its env.py: a module that fails unless Alembic itself imports it.
    with EnvironmentContext(config, scripts, fn=lambda revision, _: scripts._upgrade_revs("head", revision)) as env:
        env.configure(connection=connection, version_table=schema.FORMAT_TABLE, transactional_ddl=True)
        env.run_migrations()
