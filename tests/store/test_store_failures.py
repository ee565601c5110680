"""What happens when the disk is full, another process writes, or the process is killed."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from store_makers import ACTORS, cited, document, quoted
from store_writer import CLAIMS, reading

from cordiale.errors import DossierError
from cordiale.store import Store, schema
from cordiale.store.failures import sqlite_writer

WRITER = Path(__file__).with_name("store_writer.py")


def started(*arguments: str | int, **options: object) -> subprocess.Popen[str]:
    """Another process that writes."""
    command = [sys.executable, str(WRITER), *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def holder(where: str):  # type: ignore[no-untyped-def]
    """Another process that holds the turn to write."""
    with started("hold", where) as process:
        assert process.stdout is not None and process.stdout.readline() == "holding\n"
        yield process
        process.communicate()


@pytest.mark.usefixtures("holder")
def test_a_second_writer_is_told_how_long_it_waited(where: str) -> None:
    with (
        Store.open(where, create=False, wait=0.2) as store,
        pytest.raises(DossierError, match=r"another process .*is writing to it; waited 0\.2 s"),
    ):
        store.add_actors(ACTORS)


@pytest.mark.usefixtures("holder")
def test_questions_are_answered_while_another_process_writes(where: str) -> None:
    with Store.open(where, create=False, wait=0.2) as store:
        assert len(store.columns()) == 0


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who holds a lock")
def test_a_second_writer_is_told_who_writes(
    where: str, holder: subprocess.Popen[str], request: pytest.FixtureRequest
) -> None:
    expected = f"process {holder.pid}" if "sqlite" in request.node.name else "server process"
    with Store.open(where, create=False, wait=0.1) as store, pytest.raises(DossierError, match=expected):
        store.add_actors(ACTORS)


def test_a_second_writer_has_its_turn_when_the_first_is_done(where: str, holder: subprocess.Popen[str]) -> None:
    with Store.open(where, create=False, wait=30) as store:
        waiting = threading.Thread(target=store.add_actors, args=(ACTORS,))
        waiting.start()
        assert holder.stdin is not None
        holder.stdin.close()
        waiting.join()
        holder.stdin = None
        assert len(store.actors()) == len(ACTORS)


def test_threads_of_one_process_take_turns(store: Store) -> None:
    readings = [reading(n) for n in range(8)]
    threads = [
        threading.Thread(target=store.add_reading, args=(source, claims, ACTORS), kwargs={"reader": "cues 1"})
        for source, claims in readings
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.counts().claims == 8 * CLAIMS and not list(store.check())


def test_an_unknown_holder_of_the_lock_is_not_named(tmp_path: Path) -> None:
    assert sqlite_writer(tmp_path / "no.dossier") is None


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_disk_that_takes_no_more_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.dossier"
    with Store.open(path, create=True) as store:
        store.add_claims([cited("first")], ACTORS)
    with started("load", path, 6_000, preexec_fn=limited) as process:
        said, _ = process.communicate()
    assert said.startswith(f"DossierError: {path}: the disk") and "nothing was lost" in said
    with Store.open(path, create=False) as store:
        assert store.counts().claims == 1 and not list(store.check())


def test_a_full_dossier_goes_on_once_there_is_room(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.dossier", create=True) as store:
        with store._backend.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100")
        with pytest.raises(DossierError, match="the disk is full"):
            store.add_claims([cited(n) for n in range(5000)], ACTORS)
        with store._backend.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        assert store.add_claims([cited(n) for n in range(5000)], ACTORS).claims == 5000


def test_a_killed_writer_leaves_whole_documents_and_a_second_run_finishes(where: str) -> None:
    chance = random.Random(11)
    goal = 20
    for _ in range(3 if where.endswith(".dossier") else 2):
        with started("fill", where, goal) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(2, 7)):
                process.stdout.readline()
            # Somewhere in the next document: a moment drawn by the seed, not a state waited for.
            threading.Event().wait(chance.random() * 0.01)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with Store.open(where, create=False) as store:
            counts = store.counts()
            assert counts.claims == counts.documents * CLAIMS
            assert not list(store.check())
    with started("fill", where, goal) as process:
        process.communicate()
    with Store.open(where, create=False) as store:
        expected = [claim.id for n in range(goal) for claim in reading(n)[1]]
        assert [claim.id for claim in store.claims()] == expected


@pytest.mark.parametrize("act", ["UPDATE {0} SET recorded = 1", "DELETE FROM {0}"])
def test_no_row_can_be_changed_or_removed(store: Store, act: str) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    for table in ("documents", "claims", "blocks", "actors", "readings"):
        with pytest.raises(DossierError, match="append-only"), store._backend.writing() as connection:
            connection.execute(text(act.format(table)))


def test_every_table_refuses_changes(store: Store) -> None:
    asked = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    if not store._backend.is_sqlite:
        asked = "SELECT 2 * count(*) FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
    with store._backend.reading() as connection:
        refusing = {t: connection.execute(text(asked), {"table": t}).scalar() for t in schema.metadata.tables}
    assert refusing == dict.fromkeys(schema.metadata.tables, 2)


def test_a_dossier_that_is_opened_twice_keeps_what_is_written_after_another_process_closed_it(tmp_path: Path) -> None:
    path = tmp_path / "a.dossier"
    with Store.open(path, create=True) as store, Store.open(path, create=False):
        store.add_claims([cited(1)], ACTORS)
        with started("fill", path, 0) as other:  # opens and closes it; the last to close a dossier removes its log
            other.communicate()
        store.add_claims([cited(2)])
        count = (
            "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT max(id) FROM claims').fetchone())"
        )
        told = subprocess.run([sys.executable, "-c", count, path], capture_output=True, text=True, check=True)
    assert told.stdout == "(2,)\n"


def test_writers_see_what_others_wrote_whatever_isolation_the_server_prefers(new_schema: str) -> None:
    preferred = "-cdefault_transaction_isolation%3Drepeatable%5C%20read%20-csearch_path"
    address = new_schema.replace("-csearch_path", preferred)
    Store.open(address, create=True).close()

    def fill(part: int) -> None:
        with Store.open(address, create=False) as store:
            for number in range(10):
                store.add_claims([cited(f"{part} {number}")], ACTORS)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, range(4)))
    with Store.open(address, create=False) as store:
        assert store.counts().claims == 40
