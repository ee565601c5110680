"""What can be opened as a dossier, what is refused, and in which words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect
from store_makers import ACTORS, cited

from cordiale.errors import DossierError
from cordiale.store import FailedInput, Store, migrating, schema


def test_a_dossier_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="there is no such dossier"):
        Store.open(tmp_path / "new.dossier", create=False)


def test_refusing_leaves_no_file_behind(tmp_path: Path) -> None:
    with pytest.raises(DossierError):
        Store.open(tmp_path / "new.dossier", create=False)
    assert not list(tmp_path.iterdir())


def test_a_new_dossier_leaves_only_itself(tmp_path: Path) -> None:
    Store.open(tmp_path / "new.dossier", create=True).close()
    assert [p.name for p in tmp_path.iterdir()] == ["new.dossier"]


def test_a_path_of_odd_characters_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a b?c#d%20é'.dossier"
    Store.open(path, create=True).close()
    assert path.exists()


def test_creating_again_opens_what_is_there(tmp_path: Path) -> None:
    for _ in range(2):
        with Store.open(tmp_path / "new.dossier", create=True) as store:
            store.add_claims([cited(1)], ACTORS)
            assert store.counts().claims == 1


def test_a_dossier_marks_its_file_as_its_own(tmp_path: Path) -> None:
    Store.open(tmp_path / "new.dossier", create=True).close()
    assert (tmp_path / "new.dossier").read_bytes()[68:72] == b"CORD"


def test_a_dossier_writes_ahead_and_in_full(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.dossier", create=True) as store, store._backend.reading() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="is a folder"):
        Store.open(tmp_path, create=True)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match=r"cannot be made in .*gone"):
        Store.open(tmp_path / "gone" / "new.dossier", create=True)


def test_a_file_that_is_not_sqlite_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes, which are long enough to be something")
    with pytest.raises(DossierError, match="is not a SQLite file"):
        Store.open(path, create=True)
    assert path.read_text().startswith("my notes")


def test_a_sqlite_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    with pytest.raises(DossierError, match=r"is a SQLite file of another program \(its tables: bookmarks"):
        Store.open(path, create=True)


def test_a_file_that_only_begins_like_sqlite_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "torn.dossier"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(DossierError, match=r"torn\.dossier: (is not a SQLite file|is damaged)"):
        Store.open(path, create=True)


def test_an_empty_file_becomes_a_dossier_when_asked_to_create(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    with Store.open(path, create=True) as store:
        assert store.counts().claims == 0


def test_an_empty_file_is_no_dossier(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    with pytest.raises(DossierError, match="is an empty file, no dossier"):
        Store.open(path, create=False)


def test_a_dossier_of_a_newer_cordiale_is_refused(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(where, create=False).close()
    monkeypatch.setattr(schema, "FORMATS", ("0000",))
    with pytest.raises(DossierError, match=r"was written by a newer Cordiale \(format 0003; .*upgrade"):
        Store.open(where, create=False)


NEXT = """
from alembic import op
import sqlalchemy as sa
revision, down_revision = "0004", "0003"
def upgrade():
    op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True))
    {then}
"""


def next_format(folder: Path, monkeypatch: pytest.MonkeyPatch, then: str = "") -> None:
    """A Cordiale that knows one format more."""
    shutil.copytree(migrating.SCRIPTS, folder / "migrations")
    (folder / "migrations" / "versions" / "r0004_notes.py").write_text(NEXT.format(then=then))
    monkeypatch.setattr(migrating, "SCRIPTS", folder / "migrations")
    monkeypatch.setattr(schema, "FORMATS", (*schema.FORMATS, "0004"))


def tables(store: Store) -> list[str]:
    with store._backend.reading() as connection:
        return inspect(connection).get_table_names()


def test_an_older_dossier_is_brought_to_the_new_format_with_its_claims(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(where, create=False) as store:
        store.add_claims([cited(1)], ACTORS)
    next_format(tmp_path, monkeypatch)
    with Store.open(where, create=False) as store:
        assert "notes" in tables(store)
        assert len(store.columns()) == 1


def test_a_migration_that_fails_leaves_the_old_format(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        next_format(tmp_path, patch, then="raise RuntimeError('half-way')")
        with pytest.raises(RuntimeError, match="half-way"):
            Store.open(where, create=False)
    with Store.open(where, create=False) as store:
        assert "notes" not in tables(store)


@pytest.fixture(params=["sqlite", "postgresql"])
def first_format(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A dossier with a claim, as the first format was: without coverage."""
    folder = tmp_path / "old"
    shutil.copytree(
        migrating.SCRIPTS, folder / "migrations", ignore=shutil.ignore_patterns("r000[2-9]*", "__pycache__")
    )
    sqlite = request.param == "sqlite"
    where = str(tmp_path / "old.dossier") if sqlite else request.getfixturevalue("new_schema")
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "SCRIPTS", folder / "migrations")
        patch.setattr(schema, "FORMATS", ("0001",))
        with Store.open(where, create=True) as store:
            store.add_claims([cited(1)], ACTORS)
            assert "coverage" not in tables(store)
    return where


def test_a_dossier_of_the_first_format_is_brought_up_to_date_with_its_claims(first_format: str) -> None:
    with Store.open(first_format, create=False) as store:
        assert {"coverage", "failures"} <= set(tables(store))
        assert store.add_failures([FailedInput(source="a.pdf", why="it is empty", mend="leave it out")]) == 1
        assert (store.counts().claims, [one.claims for one in store.coverage()]) == (1, [1])
        assert list(store.check()) == []


def test_migrations_make_just_the_tables_of_the_schema(where: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with Store.open(where, create=False) as store, store._backend.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": schema.FORMAT_TABLE})
        assert compare_metadata(context, schema.metadata) == []


def test_opening_a_dossier_imports_no_alembic(where: str) -> None:
    code = "import sys; from cordiale.store import Store; Store.open(sys.argv[1], create=False).close()"
    code += "; assert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, where], check=True)


def test_a_postgresql_database_of_another_program_is_refused(new_schema: str) -> None:
    import psycopg

    with psycopg.connect(new_schema, autocommit=True) as connection:
        connection.execute("CREATE TABLE documents (id int)")
    with pytest.raises(DossierError, match="a database of another program, with tables of the same names"):
        Store.open(new_schema, create=True)


def test_an_empty_postgresql_database_is_filled_when_asked(new_schema: str) -> None:
    with pytest.raises(DossierError, match="is empty, no dossier"):
        Store.open(new_schema, create=False)
    with Store.open(new_schema, create=True) as store:
        store.add_claims([cited(1)], ACTORS)
        assert len(store.columns(actor="iran")) == 1


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(DossierError) as caught:
        Store.open(f"postgresql://me:secret@/db?host={tmp_path}", create=True)
    assert "the connection failed" in str(caught.value) and "secret" not in str(caught.value)


def test_a_password_is_shown_neither_from_the_query_nor_from_a_broken_address(tmp_path: Path) -> None:
    for address in (f"postgresql:///db?host={tmp_path}&password=secret", "postgresql://me:secret@host:port/db"):
        with pytest.raises(DossierError) as caught:
            Store.open(address, create=True)
        assert "secret" not in str(caught.value)


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder with a dossier of one claim, which the tests' user may read and not write."""
    folder = Path(tempfile.mkdtemp(prefix="cordiale-ro-"))
    with Store.open(folder / "a.dossier", create=True) as store:
        store.add_claims([cited(1)], ACTORS)
    (folder / "a.dossier").chmod(0o444)
    folder.chmod(0o555)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(before)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_dossier_that_cannot_be_written_can_be_asked(locked_folder: Path) -> None:
    with Store.open(locked_folder / "a.dossier", create=False) as store:
        assert store.read_only and len(store.columns(actor="iran")) == 1


def test_a_dossier_that_cannot_be_written_says_so(locked_folder: Path) -> None:
    with (
        Store.open(locked_folder / "a.dossier", create=True) as store,
        pytest.raises(DossierError, match="can be read but not written"),
    ):
        store.add_claims([cited(2)])


def test_a_dossier_cannot_be_made_where_nothing_can_be_written(locked_folder: Path) -> None:
    with pytest.raises(DossierError, match="cannot be made in"):
        Store.open(locked_folder / "b.dossier", create=True)


def test_an_older_dossier_that_cannot_be_written_says_why_it_cannot_be_opened(
    locked_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "FORMATS", (*schema.FORMATS, "0004"))
    with pytest.raises(DossierError, match="is in an older format, and cannot be brought to the new one"):
        Store.open(locked_folder / "a.dossier", create=False)


def test_a_dossier_that_may_not_be_read_is_refused(locked_folder: Path) -> None:
    user = os.geteuid()
    os.seteuid(os.getuid())
    (locked_folder / "a.dossier").chmod(0)
    os.seteuid(user)
    with pytest.raises(DossierError, match="cannot be read"):
        Store.open(locked_folder / "a.dossier", create=False)
