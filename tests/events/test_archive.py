"""A file goes in once and whole, whatever it is called and whenever the process is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stream_makers import events, gdelt, icews, table, taken, written

from cordiale.events import Archive, ArchiveError
from cordiale.events.check import check
from cordiale.events.dyads import Recipe
from cordiale.events.export import export_events
from cordiale.events.series import series
from cordiale.events.told import told_events


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive") as found:
        yield found


def test_the_same_bytes_under_two_names_go_in_once(archive: Archive, tmp_path: Path) -> None:
    lines = [gdelt(), gdelt()]
    told = taken(archive, written(tmp_path, "a.csv", lines), written(tmp_path, "b.csv", lines))
    assert [(one.fate, one.known_as) for one in told] == [("new", ""), ("known", str(tmp_path / "a.csv"))]
    assert len(events(archive, "gdelt2")) == 2


def test_a_second_ingest_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    for number in range(5):
        written(tmp_path, f"{number}.csv", [gdelt(), gdelt(day="20190101", added="20191024")])
    first = [one.fate for one in taken(archive, tmp_path)]
    parts = archive.ledger.parts()
    assert [one.fate for one in taken(archive, tmp_path)] == ["known"] * len(first)
    assert archive.ledger.parts() == parts
    assert len(events(archive, "gdelt2")) == 10


def test_parts_are_of_a_month_and_in_the_order_of_pair_and_day(archive: Archive, tmp_path: Path) -> None:
    rng = random.Random(2)
    lines = [
        gdelt(
            rng.choice(("SYR", "TUR", "USA")),
            rng.choice(("IRN", "IRQ")),
            day=f"2019{rng.randint(1, 3):02}{rng.randint(1, 28):02}",
        )
        for _ in range(300)
    ]
    taken(archive, written(tmp_path, "a.csv", lines))
    parts = archive.ledger.parts("gdelt2")
    assert [part.month.isoformat() for part in parts] == ["2019-01-01", "2019-02-01", "2019-03-01"]
    for part in parts:
        rows = archive.con.execute(
            f"SELECT actor, target, day, event_id FROM '{archive.folder / part.path}'"
        ).fetchall()
        assert rows == sorted(rows)
        assert {row[2].replace(day=1) for row in rows} == {part.month}
        assert len(rows) == part.rows


def test_a_later_release_takes_the_place_of_an_earlier_one_at_once(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    old = written(tmp_path, "events.2018.20190101.tab", table("icews", [icews(1), icews(2)]))
    new = written(tmp_path / "new", "Events.2018.20200602.tab", table("icews", [icews(1), icews(2), icews(3)]))
    assert [one.fate for one in taken(archive, old, new)] == ["new", "replaced"]
    assert [event["event_id"] for event in events(archive, "icews")] == ["1", "2", "3"]
    every = list(archive.ledger.files(replaced=True))
    assert [one.replaced_by for one in every] == [every[1].md5, None]
    assert all((archive.folder / path).exists() for path in archive.ledger.every_path())
    (again,) = taken(archive, old)
    assert again.fate == "known"
    assert len(events(archive, "icews")) == 3


def test_parts_of_a_year_that_are_no_releases_of_it_do_not_replace_one_another(
    archive: Archive, tmp_path: Path
) -> None:
    files = [written(tmp_path, f"events.2018.part{n}.tab", table("icews", [icews(n)])) for n in (1, 2)]
    assert [one.fate for one in taken(archive, *files)] == ["new", "new"]
    assert len(events(archive, "icews")) == 2


def test_other_files_of_one_name_both_count_unless_one_is_to_replace_the_other(
    archive: Archive, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        taken(archive, written(tmp_path / folder, "mine.csv", [gdelt()]))
    assert len(events(archive, "gdelt2")) == 2
    written(tmp_path / "a", "mine.csv", [gdelt(), gdelt(), gdelt()])
    (told,) = taken(archive, tmp_path / "a" / "mine.csv", replace=True)
    assert told.fate == "replaced"
    assert len(events(archive, "gdelt2")) == 4


def test_an_actor_has_one_number_in_all_files_however_often_it_is_opened(tmp_path: Path) -> None:
    for number in range(3):
        with Archive(tmp_path / "archive") as archive:
            taken(archive, written(tmp_path, f"{number}.csv", [gdelt("SYR", "TUR"), gdelt("TUR", f"X{number}Y")]))
    with Archive(tmp_path / "archive") as archive:
        keys = [key for _, _, key in archive.ledger.actors()]
        assert len(keys) == len(set(keys)) == 5
        assert len(events(archive, "gdelt2")) == 6


def test_an_archive_opened_twice_gives_no_number_twice(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as one, Archive(tmp_path / "archive") as other:
        for number in range(4):
            desk = (one, other)[number % 2]
            (told,) = taken(desk, written(tmp_path, f"{number}.csv", [gdelt(f"AA{number}", "TUR")]))
            assert told.fate == "new"
        keys = {str(event["a"]).split("\x1f")[0] for event in events(one, "gdelt2")}
        assert keys == {f"AA{number}" for number in range(4)}


def test_actors_of_a_file_that_failed_are_met_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "a.csv", [gdelt("AAA", "BBB")])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("cordiale.events.parts._sync", full)
        assert [one.fate for one in taken(archive, file)] == ["refused"]
    taken(archive, file)
    with Archive(archive.folder) as again:
        (event,) = events(again, "gdelt2")
        assert (str(event["a"])[:3], str(event["b"])[:3]) == ("AAA", "BBB")


def test_what_a_killed_process_left_is_swept_and_what_counts_is_not(archive: Archive, tmp_path: Path) -> None:
    taken(archive, written(tmp_path, "a.csv", [gdelt()]))
    (part,) = archive.ledger.parts()
    orphan = (archive.folder / part.path).with_name("0" * 32 + ".parquet")
    orphan.write_bytes(b"half")
    orphan.with_suffix(".parquet.tmp").write_bytes(b"half")
    (archive.folder / "tmp" / "cordiale-x.txt").write_bytes(b"half")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (archive.folder / "tmp" / f"duckdb_temp_{gone.pid}_0_storage.tmp").write_bytes(b"of one that was killed")
    (archive.folder / "tmp" / f"duckdb_temp_{10**30}_0_storage.tmp").write_bytes(b"of no process")
    read = archive.folder / "tmp" / f"duckdb_temp_{os.getpid()}_7_storage.tmp"
    read.write_bytes(b"of one at work")
    address = archive.folder / "urls" / "gdelt2" / f"{'0' * 32}.parquet"
    address.write_bytes(b"half")
    mine = [archive.folder / "events" / "notes.csv", archive.folder / "notes.txt"]
    for one in mine:
        one.write_text("of somebody else", encoding="utf-8")
    taken(archive, written(tmp_path, "b.csv", [gdelt()]))
    assert not orphan.exists() and not orphan.with_suffix(".parquet.tmp").exists()
    assert [*(archive.folder / "tmp").iterdir()] == [read] and not address.exists()
    assert told_events(archive, "Syria", "Turkey", stream="gdelt2")[0].url is not None
    assert all(one.exists() for one in mine)
    assert len(events(archive, "gdelt2")) == 2


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    file = written(tmp_path / "events", "20240101.export.CSV", [gdelt(version=1)])
    with pytest.raises(ArchiveError, match="name a new folder, an empty one"):
        Archive(tmp_path)
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "events", file]


def test_two_writers_at_once_are_one_after_the_other(archive: Archive, tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv", [gdelt()])
    with archive.alone(), Archive(archive.folder) as other, pytest.raises(ArchiveError, match="written to already"):
        taken(other, file)
    assert [one.fate for one in taken(archive, file)] == ["new"]


def test_killed_at_any_moment_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    rng, folder = random.Random(3), tmp_path / "files"
    folder.mkdir()
    for number in range(200):  # several are taken in at once, and a kill may be in any of that
        lines = [gdelt(day=f"2019{rng.randint(1, 12):02}01", added="20191231") for _ in range(10)] + ["broken\tline"]
        written(folder, f"{number:03}.csv", lines)
    command = [sys.executable, "-m", "cordiale", "events", "ingest", str(folder), "-a", str(tmp_path / "archive")]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    kills = 0
    while kills < 3:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        ledger = tmp_path / "archive" / "ledger.sqlite"
        until = time.monotonic() + 30
        while not ledger.exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(rng.uniform(0.0, 0.8))
        if process.poll() is not None:  # it was done before
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
    assert kills
    subprocess.run(command, capture_output=True, check=False)
    with Archive(tmp_path / "archive") as archive:
        files = list(archive.ledger.files(replaced=True))
        assert (len(files), sum(one.events for one in files), sum(one.rejected for one in files)) == (200, 2000, 200)
        found = events(archive, "gdelt2")
        assert len(found) == len({event["event_id"] for event in found}) == 2000
        there = {path.relative_to(archive.folder).as_posix() for path in (archive.folder / "events").rglob("*.*")}
        assert there == {part.path for part in archive.ledger.parts()}
        assert {one.fate for one in taken(archive, folder)} == {"known"}


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    (tmp_path / "it's 1").mkdir()
    odd = tmp_path / "it's [1]* {a,b} %20é score=3 day=2001-01-01"
    written(tmp_path / "it's 1", "a.csv", [gdelt("USA", "CAN", event_id="1")])
    odd.mkdir()
    written(odd, "a.csv", [gdelt(event_id="2")])
    with Archive(tmp_path / "it's 1" / "archive") as other:
        taken(other, tmp_path / "it's 1" / "a.csv")
    with Archive(odd / "archive") as archive:
        assert [one.fate for one in taken(archive, odd)] == ["new"]
        found = series(archive, "Syria", "Turkey", stream="gdelt2", recipe=Recipe(source="example.org"))
        assert sum(found.table["events"].to_pylist()) == 1
        assert [one.event_id for one in told_events(archive, "Syria", "Turkey", stream="gdelt2")] == ["2"]
        assert [(one.stream, one.events) for one in check(archive)] == [("gdelt2", 1)]
        export_events(archive, str(odd / "out.parquet"), stream="gdelt2")
        assert (odd / "out.parquet").exists()


def test_who_waits_for_events_to_be_added_up_is_told_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    file = written(tmp_path, "a.csv", [gdelt(day=f"{year}0101", event_id=str(year)) for year in (2018, 2019)])
    with Archive(tmp_path / "archive", progress=lambda *step: told.append(step)) as archive:
        taken(archive, file)
        series(archive, "Syria", "Turkey", stream="gdelt2")
        years = [step for step in told if step[2] == "gdelt2 2018" or step[2] == "gdelt2 2019"]
        assert years[:2] == [(0, 2, "gdelt2 2018"), (1, 2, "gdelt2 2019")] and told[-1][:2] == (2, 2)
        told.clear()
        series(archive, "Syria", "Turkey", stream="gdelt2")
        assert told == []


def test_a_folder_that_is_called_like_a_column_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "score=3" / "actor=7" / "EventCode=010" / "day=2001-01-01" / "which_file=9"
    folder.mkdir(parents=True)
    file = written(folder, "a.csv", [gdelt(event_id="1", code="190", score="-10.0", day="20191024")])
    with Archive(folder / "archive") as archive:
        assert [(one.fate, one.events) for one in taken(archive, file)] == [("new", 1)]
        (event,) = events(archive, "gdelt2")
        assert (str(event["day"]), event["code"], event["score"]) == ("2019-10-24", "190", -100)
        found = series(archive, "Syria", "Turkey", stream="gdelt2").table.to_pylist()
        assert [(row["events"], row["conflictual"]) for row in found] == [(1.0, -10.0)]


def test_an_archive_that_can_only_be_read_answers_what_was_added_up_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", [gdelt()]))
        expected = series(archive, "Syria", "Turkey", stream="gdelt2").table
    before = sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "archive").rglob("*.parquet"))
    monkeypatch.setattr("cordiale.events.archive.os.access", lambda *_: False)
    with Archive(tmp_path / "archive", create=False) as archive:
        assert series(archive, "Syria", "Turkey", stream="gdelt2").table == expected
        assert told_events(archive, "Syria", "Turkey", stream="gdelt2")
        with pytest.raises(ArchiveError, match="you may only read it"):
            series(archive, "Syria", "Turkey", stream="gdelt2", recipe=Recipe(root=True))
        with pytest.raises(ArchiveError, match="you may only read it"):
            taken(archive, written(tmp_path, "b.csv", [gdelt()]))
    assert before == sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "archive").rglob("*.parquet"))
