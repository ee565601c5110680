"""What leaves a dossier: the same claims in every format, whole files or none."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest

import cordiale
from cordiale.errors import UnknownName
from cordiale.exports import ExportError, writing
from cordiale.records import FIELDS

TEXT = b"Iran is an ally of Syria. Israel fights Hamas. Syria supports Hamas."


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: datetime(2013, 1, 1, tzinfo=UTC)) as found:
        found.read("-", stdin=io.BytesIO(TEXT))
        yield found


def test_json_lines_and_csv_hold_the_same_claims(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    assert dossier.export("jsonl", tmp_path / "a.jsonl") == dossier.export("csv", tmp_path / "a.csv") == 3
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert tuple(lines[0]) == tuple(rows[0]) == FIELDS


def test_a_quote_in_json_lines_is_the_slice_of_the_text(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("jsonl", tmp_path / "a.jsonl")
    for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        assert TEXT.decode()[claim["start"] : claim["end"]] == claim["quote"]


def test_graphml_keeps_sign_and_absolute_weight_apart(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    assert dossier.export("graphml", tmp_path / "a.graphml", at="2013-01-01") == 3
    graph = networkx.read_graphml(tmp_path / "a.graphml")
    edge = graph.edges["hamas", "israel"]
    assert edge["sign"] == -1
    assert 0 < edge["weight"] <= 1
    assert {"p_friendly", "certainty", "stance", "since"} <= set(edge)
    assert graph.nodes["hamas"]["name"] == "Hamas"
    assert "nan" not in (tmp_path / "a.graphml").read_text(encoding="utf-8").casefold()


def test_a_graph_of_a_day_before_anything_is_empty_and_well_formed(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    assert dossier.export("graphml", tmp_path / "a.graphml", at="1990") == 0
    ElementTree.parse(tmp_path / "a.graphml")


def test_an_unknown_format_suggests_the_near_one(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'graphml'"):
        dossier.export("graphm", tmp_path / "a.graphml")


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(RuntimeError), writing(str(file)) as out:
        out.write(b"half")
        raise RuntimeError
    assert file.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["claims.jsonl"]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such file or directory"), writing(str(tmp_path / "no" / "a.csv")):
        pass
    with pytest.raises(ExportError, match="is a folder"), writing(str(tmp_path)):
        pass
