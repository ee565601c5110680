"""Tables of ties on the command line: strengths, stretches, warnings, and names that no terminal is too narrow for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from conftest import Run

pytestmark = pytest.mark.usefixtures("desk")


def isolations(run: Run, *args: str) -> dict[str, str]:
    out = run("isolation", "--ties", "heavy.csv", "--format", "csv", *args).out
    return {row["actor"]: row["isolation"] for row in csv.DictReader(io.StringIO(out))}


def test_strengths_count_in_isolation_only_where_they_are_asked_for(run: Run, desk: Path) -> None:
    text = "a,b,sign,weight\nGBR,FRA,1,{}\nGBR,DEU,-1,1\nFRA,DEU,-1,1\n"
    (desk / "heavy.csv").write_text(text.format(1), encoding="utf-8")
    before = isolations(run), isolations(run, "--weighted")
    (desk / "heavy.csv").write_text(text.format(50), encoding="utf-8")
    assert isolations(run) == before[0] == before[1]
    assert isolations(run, "--weighted") != before[1]


def test_a_stretch_that_ends_before_it_begins_is_refused(run: Run) -> None:
    for args in (("GBR", "FRA", "--ties", "ties.csv"), ("Hamas", "Syria")):
        found = run("changes", *args, "--from", "1910", "--to", "1900")
        assert (found.code, "give the earlier day first" in " ".join(found.err.split())) == (1, True)
    late = run("changes", "GBR", "FRA", "--ties", "ties.csv", "--from", "2100")
    assert (late.code, "begin earlier" in " ".join(late.err.split())) == (1, True)


@pytest.mark.parametrize("columns", ["30", "40", "60", "80"])
def test_a_narrow_terminal_keeps_whole_names(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: str, desk: Path
) -> None:
    names = "Democratic Front of the Northern Highlands", "Provisional Council of the Southern Coast"
    (desk / "long.csv").write_text(f"a,b,sign\n{names[0]},{names[1]},1\n{names[0]},x,1\n{names[1]},x,-1\n", "utf-8")
    monkeypatch.setenv("COLUMNS", columns)
    page = run("pressure", "--ties", "long.csv").out
    words = page.split()
    assert all(word in words for name in names for word in name.split())
    assert "…" not in page


def test_what_should_not_go_unsaid_is_a_line_on_stderr(run: Run, desk: Path) -> None:
    rows = "\n".join(f"a{n},a{m},{1 if (n + m) % 3 else -1}" for n in range(30) for m in range(n))
    (desk / "hard.csv").write_text(f"a,b,sign\n{rows}\n", encoding="utf-8")
    found = run("what-if", "--ties", "hard.csv", "--time-limit", "0.01")
    assert found.code == 0
    assert "cordiale: time was up:" in found.err
    assert "Warning" not in found.err


def test_a_table_is_not_read_as_an_article(run: Run) -> None:
    found = run("read", "ties.csv")
    assert (found.code, "a table, not a text; load it as ties" in " ".join(found.err.split())) == (3, True)
