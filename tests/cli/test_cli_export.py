"""`cordiale export`: every format from a dossier, and what is told when an option does not fit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx
import pytest

from conftest import Run
from cordiale.cli.export import WRITTEN
from cordiale.exports import FORMATS

pytestmark = pytest.mark.usefixtures("desk")


def test_the_command_knows_every_format_and_its_help_lists_them(run: Run) -> None:
    assert tuple(WRITTEN) == (*FORMATS, "site")
    page = run("export", "--help").out
    listed = {word.strip(",") for word in page.split()}
    assert set(WRITTEN) <= listed


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_to_a_file_and_its_size_told(run: Run, form: str) -> None:
    ran = run("export", form, "-o", "out", "--known", "2013")
    assert (ran.code, ran.out) == (0, "")
    assert f"{WRITTEN[form]} written to out" in ran.err
    assert Path("out").stat().st_size > 0


def test_a_site_is_a_folder_of_pages_whose_number_is_told(run: Run) -> None:
    ran = run("export", "site", "-o", "out", "--at", "2012-06", "--known", "2013")
    assert (ran.code, ran.out) == (0, "")
    assert f"{len(list(Path('out').glob('*.html')))} pages written to out; open out/index.html" in ran.err
    assert "As of 2012-06-30, as known on 2013-12-31." in Path("out/index.html").read_text("utf-8")
    refused = run("export", "site")
    assert refused.code == 1
    assert "name one: -o FOLDER" in refused.err


def test_spells_go_to_standard_output_and_nothing_else(run: Run) -> None:
    ran = run("export", "spells", "--from", "2010", "--to", "2012-06", "--ids")
    found = list(csv.DictReader(io.StringIO(ran.out)))
    assert ran.err == ""
    assert {"hamas", "syria"} in [{row["from"], row["to"]} for row in found]
    assert all(row["begin"] >= "2010" and row["sign"] in ("-1", "1") for row in found)


def test_a_map_for_gephi_has_the_break_as_two_signs_of_one_edge(run: Run) -> None:
    run("export", "gexf", "--from", "2010", "--to", "2012", "-o", "map.gexf")
    edge = networkx.read_gexf("map.gexf").edges["hamas", "syria"]
    assert (edge["sign"][0][0], edge["sign"][-1][0]) == (1, -1)


def test_a_day_of_which_nothing_is_known_is_told(run: Run) -> None:
    assert "name another day with --at" in run("export", "ties", "--known", "1990").err
    assert "name another day" not in run("export", "ties", "--at", "1990").err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("gexf", "--at", "2012"), "a day for gexf, which takes ties over time"),
        (("graphml", "--from", "2012"), "the beginning of a stretch for graphml, which takes the ties of a day"),
        (("csv", "--to", "2012"), "the end of a stretch for csv, which takes all claims"),
        (("spells", "--everyone"), "dyads of everyone for spells"),
        (("gexf", "--ids"), "ids for names for gexf"),
        (("site", "--to", "2012", "-o", "out"), "the end of a stretch for site, which takes a day"),
        (("dyad",), "did you mean 'dyads'"),
        (("sites",), "did you mean 'site'"),
    ],
)
def test_an_option_that_does_not_apply_is_told(run: Run, args: tuple[str, ...], told: str) -> None:
    ran = run("export", *args)
    assert (ran.code, ran.out) == (1, "")
    assert told in " ".join(ran.err.split())
