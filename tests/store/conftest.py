"""Stores to test: a new SQLite file, and a new schema in a PostgreSQL server that is started for the session."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event
from store_makers import Clock

from cordiale.store import Store
from cordiale.store.backend import postgresql
from cordiale.store.migrating import migrate

_SCHEMAS = count(1)


def server_binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest where there are several."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    for folder in [*reversed(packaged), *os.environ.get("PATH", "").split(os.pathsep)]:
        if all((Path(folder) / program).exists() for program in ("initdb", "postgres", "pg_ctl")):
            return Path(folder)
    return None


def _as_somebody() -> tuple[list[str], dict[str, int]]:
    """How to run a program as somebody who is not root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return [], {}
    import pwd

    user = next((u for u in pwd.getpwall() if u.pw_name == "postgres"), None) or pwd.getpwnam("nobody")
    return [user.pw_name], {"user": user.pw_uid, "group": user.pw_gid}


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of a server on a unix socket in a temporary folder; stopped at the end."""
    found = server_binaries()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL server programs (initdb, postgres, pg_ctl); install postgresql")
        pytest.skip("no PostgreSQL server programs on this machine")
    folder = Path(tempfile.mkdtemp(prefix="cordiale-pg-"))  # short: the path of a socket has at most 107 bytes
    _, somebody = _as_somebody()
    if somebody:
        os.chown(folder, somebody["user"], somebody["group"])
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [found / program, *arguments], cwd=folder, capture_output=True, text=True, check=False, extra_groups=[]
            if somebody else None, **somebody,  # type: ignore[call-overload]
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    try:
        run("initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_schema(postgresql_address: str) -> Iterator[str]:
    """The address of an empty schema of its own."""
    yield from _schema(postgresql_address, "")


@pytest.fixture(scope="session")
def postgresql_statements(postgresql_address: str) -> str:
    """What making a dossier runs: repeating it is quicker than going through Alembic for each test."""
    ran: list[str] = []
    for address in _schema(postgresql_address, ""):
        made = postgresql(address, wait=5, clock=Clock())
        event.listen(made.engine, "before_cursor_execute", lambda _c, _k, statement, *_: ran.append(statement))
        with made.writing() as connection:
            migrate(connection)
        made.close()
    kept = [s for s in ran if s.lstrip().startswith(("CREATE", "INSERT", "UPDATE"))]
    return ";".join(kept).replace("%%", "%")  # doubled for the driver


def _schema(server: str, statements: str) -> Iterator[str]:
    import psycopg

    name = f"test_{next(_SCHEMAS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}; SET search_path = {name}; {statements}".encode())
        yield f"{server}&options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds an empty dossier."""
    made = tmp_path_factory.mktemp("template") / "empty.dossier"
    Store.open(made, create=True).close()
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty dossier lies, on each back end."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.dossier")
        yield str(tmp_path / "test.dossier")
        return
    statements = request.getfixturevalue("postgresql_statements")
    yield from _schema(request.getfixturevalue("postgresql_address"), statements)


@pytest.fixture
def clock() -> Clock:
    """A clock that goes on by itself."""
    return Clock()


@pytest.fixture
def store(where: str, clock: Callable[[], datetime]) -> Iterator[Store]:
    """An empty dossier on each back end."""
    with Store.open(where, create=False, clock=clock, wait=5) as opened:
        yield opened
