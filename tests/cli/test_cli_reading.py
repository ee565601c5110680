"""`cordiale read`: what it keeps, what it says of bad inputs, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import Run

pytestmark = pytest.mark.usefixtures("desk")


def claim_ids(run: Run, *options: str) -> list[str]:
    return [json.loads(line)["id"] for line in run("claims", "--format", "jsonl", *options).out.splitlines()]


def test_reading_twice_changes_nothing(run: Run) -> None:
    before = claim_ids(run)
    again = run("read", "article.html", "news.jsonl")
    assert again.code == 0
    assert "0 documents read" in again.out
    assert "3 documents known already" in again.out
    assert claim_ids(run) == before


def test_a_new_dossier_is_made_where_there_is_none(desk: Path, run: Run) -> None:
    assert run("read", "article.html", "-d", "new.dossier").code == 0
    assert (desk / "new.dossier").exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "it is empty"),
        ("junk.html", bytes(range(256)) * 40, ""),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "an image"),
        ("rows.jsonl", b"not json\n", "line 1"),
    ],
)
def test_a_bad_file_is_one_line_and_the_good_ones_are_kept(
    desk: Path, run: Run, name: str, content: bytes, why: str
) -> None:
    (desk / name).write_bytes(content)
    found = run("read", name, "reports/note.txt")
    assert found.code == 3
    complaints = found.err.splitlines()
    assert len(complaints) == 1
    assert name in complaints[0]
    assert why in complaints[0]
    assert "1 document read" in found.out
    assert "Turkey" in run("who", "Hamas").out


def test_good_rows_of_a_file_with_a_bad_row_are_kept(desk: Path, run: Run) -> None:
    good = json.dumps({"id": "a7", "text": "Russia supports Syria.", "published": "2013-01-05"})
    (desk / "mixed.jsonl").write_text(f"{good}\n{{broken\n", encoding="utf-8")
    found = run("read", "mixed.jsonl")
    assert found.code == 3
    assert "mixed.jsonl, line 2" in found.err
    sources = {json.loads(line)["source"] for line in run("claims", "--format", "jsonl").out.splitlines()}
    assert "mixed.jsonl#a7" in sources


def test_the_first_ten_failures_are_told_and_the_others_counted(run: Run) -> None:
    lost = [f"lost{n}.html" for n in range(14)]
    told = run("read", *lost).err.splitlines()
    assert len(told) == 11
    assert "4 more" in told[-1]
    assert len(run("read", "--verbose", *lost).err.splitlines()) == 14


def test_a_folder_and_a_pattern_are_read(run: Run) -> None:
    assert "1 document read" in run("read", "reports").out
    assert run("read", "*.html", "reports/*.txt").code == 0


def test_files_of_other_kinds_in_a_folder_are_counted(desk: Path, run: Run) -> None:
    (desk / "reports" / "table.xlsx").write_bytes(b"PK\x03\x04")
    assert "1 file of other kinds passed over" in run("read", "reports").out


def test_standard_input_is_a_document() -> None:
    text = b"Qatar supports Hamas."
    command = [sys.executable, "-m", "cordiale", "read", "-", "--published", "2012-10-23", "--publisher", "Courier"]
    done = subprocess.run(command, input=text, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = subprocess.run(
        [sys.executable, "-m", "cordiale", "claims", "--actor", "Qatar", "--format", "jsonl"],
        capture_output=True, check=True,
    )  # fmt: skip
    claim = json.loads(shown.stdout)
    assert (claim["quote"], claim["published"], claim["source"]) == ("Qatar supports Hamas.", "2012-10-23", "-")
    assert done.stderr == b""
    assert b"\x1b" not in shown.stdout


def test_a_file_that_is_no_dossier_is_refused_and_left_alone(desk: Path, run: Run) -> None:
    (desk / "notes.dossier").write_text("my notes", encoding="utf-8")
    found = run("read", "article.html", "-d", "notes.dossier")
    assert found.code == 1
    assert found.err.startswith("cordiale: error: notes.dossier: ")
    assert len(found.err.splitlines()) == 1
    assert (desk / "notes.dossier").read_text(encoding="utf-8") == "my notes"


def test_a_folder_that_does_not_exist_cannot_hold_a_dossier(run: Run) -> None:
    found = run("read", "article.html", "-d", "nowhere/new.dossier")
    assert found.code == 1
    assert "nowhere" in found.err


def test_an_impossible_date_is_our_error_with_the_mend(run: Run) -> None:
    found = run("read", "article.html", "--published", "yesterday")
    assert found.code == 1
    assert "YYYY-MM-DD" in found.err


def test_a_day_of_publication_lies_never_in_the_future(desk: Path, run: Run) -> None:
    (desk / "note.txt").write_text("Oman supports Kenya.", encoding="utf-8")
    today = datetime.now(UTC).date()
    assert run("read", "note.txt", "--published", str(today.year + 1)).code == 1
    assert run("read", "note.txt", "--published", str(today.year)).code == 0
    (line,) = run("claims", "--actor", "Oman", "--format", "jsonl").out.splitlines()
    assert json.loads(line)["published"] <= str(datetime.now(UTC).date())


def test_the_dossier_is_named_before_or_after_the_command_or_in_the_environment(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "cordiale.dossier").rename(desk / "mine.dossier")
    before = run("-d", "mine.dossier", "check")
    after = run("check", "--dossier", "mine.dossier")
    monkeypatch.setenv("CORDIALE_DOSSIER", "mine.dossier")
    inherited = run("check")
    assert before == after == inherited
    assert before.code == 0


def test_two_processes_read_what_one_reads(desk: Path, run: Run) -> None:
    (desk / "many").mkdir()
    for number in range(40):
        (desk / "many" / f"{number:02}.txt").write_text(f"Iran supports Hamas in year {number}.", encoding="utf-8")
    (desk / "many" / "35.txt").write_bytes(b"")
    alone = run("read", "many", "-d", "one.dossier", "--jobs", "1")
    together = run("read", "many", "-d", "two.dossier", "--jobs", "2")
    assert (alone.code, together.code) == (3, 3)
    assert alone.err == together.err
    assert claim_ids(run, "-d", "one.dossier") == claim_ids(run, "-d", "two.dossier")
