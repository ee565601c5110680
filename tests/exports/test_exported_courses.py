"""Ties over time for other programs: GEXF with spells, rows of spells, Pajek with years."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as Xml

import networkx
import pytest
from export_makers import ODD, actors, courses, days, names, sign_on
from hypothesis import given
from hypothesis import strategies as st

from cordiale.claims import Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.datasets import read_ties
from cordiale.errors import InvalidValue
from cordiale.exports import histories
from cordiale.exports.gexf import SPACE, write_gexf
from cordiale.exports.histories import Stretch, TieCourse, spells
from cordiale.exports.pajek import write_pajek_years
from cordiale.exports.spells import write_spells
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import Snapshot, weigh

DAY = timedelta(days=1)
BREAK = TieCourse(a="iran", b="syria", stretches=(
    Stretch(start=date(2000, 5, 1), end=date(2001, 1, 1), sign=1, stance="leaning_friendly", weight=0.25),
    Stretch(start=date(2001, 1, 1), end=date(2002, 3, 1), sign=1, stance="friendly", weight=0.5),
    Stretch(start=date(2004, 1, 1), end=None, sign=-1, stance="hostile", weight=0.75)))  # fmt: skip


def gexf(ties: list[TieCourse], **named: str) -> bytes:
    out = io.BytesIO()
    assert write_gexf(ties, actors(**named), out) == len(ties)
    return out.getvalue()


def of_gexf(ties: list[TieCourse], name: str) -> list[Xml.Element]:
    return list(Xml.fromstring(gexf(ties)).iter(f"{{{SPACE}}}{name}"))


def pajek(ties: list[TieCourse]) -> list[str]:
    out = io.BytesIO()
    write_pajek_years(ties, {}, out)
    return out.getvalue().decode().split("\r\n")


@given(courses())
def test_gexf_comes_back_by_the_reader_of_networkx_with_every_stretch(ties: list[TieCourse]) -> None:
    graph = networkx.read_gexf(io.BytesIO(gexf(ties)))
    assert {frozenset(ends) for ends in graph.edges} == {frozenset((tie.a, tie.b)) for tie in ties}
    for tie in ties:
        data = graph.edges[tie.a, tie.b]
        when = [(str(one.start), str(one.end - DAY) if one.end else "None") for one in tie.stretches]
        assert data["spells"] == when
        assert [value[0] for value in data["sign"]] == [one.sign for one in tie.stretches]
        assert [value[0] for value in data["strength"]] == [one.weight for one in tie.stretches]
        assert [value[1:] for value in data["sign"]] == [value[1:] for value in data["stance"]] == when
        assert data["weight"] == tie.stretches[-1].weight


@given(courses())
def test_gexf_is_built_as_its_specification_has_it(ties: list[TieCourse]) -> None:
    root = Xml.fromstring(gexf(ties))
    assert (root.tag, dict(root.attrib)) == (f"{{{SPACE}}}gexf", {"version": "1.3"})
    (graph,) = root
    assert graph.get("timeformat") == "date"
    assert graph.get("timerepresentation") == "interval"
    assert (graph.get("mode"), graph.get("defaultedgetype")) == ("dynamic", "undirected")
    assert [part.tag.partition("}")[2] for part in graph] == ["attributes", "attributes", "nodes", "edges"]
    declared = {attribute.get("id") for attribute in root.iter(f"{{{SPACE}}}attribute")}
    ids = {node.get("id") for node in root.iter(f"{{{SPACE}}}node")}
    edges = list(root.iter(f"{{{SPACE}}}edge"))
    assert len({frozenset((edge.get("source"), edge.get("target"))) for edge in edges}) == len(edges)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= ids
        assert float(edge.get("weight", "nan")) >= 0
        assert {value.get("for") for value in edge.iter(f"{{{SPACE}}}attvalue")} <= declared
        ends = [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{{{SPACE}}}spell")]
        assert ends
        assert all(start <= end for start, end in ends if end)
        assert all(one[1] < other[0] for one, other in pairwise(ends))


@given(names)
def test_gexf_can_be_read_whatever_an_actor_is_called(name: str) -> None:
    graph = networkx.read_gexf(io.BytesIO(gexf([BREAK], iran=name)))
    assert graph.number_of_edges() == 1


def test_gexf_keeps_a_name_to_the_letter() -> None:
    graph = networkx.read_gexf(io.BytesIO(gexf([BREAK], iran=ODD)))
    assert (graph.nodes["iran"]["label"], graph.nodes["iran"]["kind"]) == (ODD, "state")
    assert graph.nodes["syria"]["label"] == "syria"


def test_the_last_day_of_a_spell_of_gexf_is_the_eve_of_its_end() -> None:
    ends = [spell.get("end") for spell in of_gexf([BREAK], "spell")]
    assert ends == ["2000-12-31", "2002-02-28", None]


@given(courses(), days)
def test_spells_say_the_sign_of_every_day(ties: list[TieCourse], day: date) -> None:
    for tie in ties:
        found = [one.sign for one in spells(tie) if one.begin <= day and (one.end is None or day < one.end)]
        sign = sign_on(tie, day)
        assert found == ([sign] if sign else [])


@given(courses())
def test_spells_of_one_sign_do_not_touch(ties: list[TieCourse]) -> None:
    for tie in ties:
        assert all(one.sign != other.sign or one.end != other.begin for one, other in pairwise(spells(tie)))


@given(courses(), days)
def test_rows_of_spells_come_back_by_the_reader_of_tables(ties: list[TieCourse], day: date) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        with file.open("wb") as out:
            assert write_spells(ties, {}, out) == sum(len(spells(tie)) for tie in ties)
        table = read_ties(file)
    found = {frozenset((a, b)): sign for a, b, sign, _ in table.at(day)}
    assert found == {frozenset((tie.a, tie.b)): sign for tie in ties if (sign := sign_on(tie, day))}


def test_rows_of_spells_have_names_as_data_and_empty_ends_where_it_still_holds(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as out:
        write_spells([BREAK], {"iran": "=1+1", "syria": ODD}, out)
    text = (tmp_path / "a.csv").read_bytes().decode()
    quoted = ODD.replace('"', '""')
    assert text == (
        "from,to,sign,begin,end\r\n"
        f"'=1+1,\"{quoted}\",1,2000-05-01,2002-03-01\r\n"
        f"'=1+1,\"{quoted}\",-1,2004-01-01,\r\n"
    )  # fmt: skip


@given(courses(), st.integers(1816, 2020))
def test_years_of_pajek_are_those_on_whose_last_day_the_tie_held(ties: list[TieCourse], year: int) -> None:
    lines = pajek(ties)
    edges = lines.index("*Edges")
    labels = {line.split()[0]: line.split('"')[1] for line in lines[1:edges]}
    found = {}
    for line in lines[edges + 1 : -1]:
        a, b, value, years = line.split()
        if holds(years, year):
            found[labels[a], labels[b]] = 1 if float(value) > 0 else -1
    assert found == {(tie.a, tie.b): sign for tie in ties if (sign := sign_on(tie, date(year, 12, 31)))}


@given(courses())
def test_an_actor_of_pajek_is_there_as_long_as_its_lines_are(ties: list[TieCourse]) -> None:
    lines = pajek(ties)
    edges = lines.index("*Edges")
    assert lines[0] == f"*Vertices {edges - 1}"
    there = {line.split()[0]: line.split()[-1] for line in lines[1:edges]}
    for line in lines[edges + 1 : -1]:
        a, b, _, years = line.split()
        for year in (1816, 1900, 1950, 2000, 2020):
            assert not holds(years, year) or (holds(there[a], year) and holds(there[b], year))


def holds(years: str, year: int) -> bool:
    assert re.fullmatch(r"\[\d+(-(\d+|\*))?(,\d+(-(\d+|\*))?)*\]", years)
    for part in years.strip("[]").split(","):
        first, _, last = part.partition("-")
        if int(first) <= year and (last == "*" or year <= int(last or first)):
            return True
    return False


def test_a_tie_that_turned_is_two_lines_of_pajek() -> None:
    assert pajek([BREAK])[3:] == ["*Edges", "1 2 0.5 [2000-2001]", "1 2 -0.75 [2004-*]", ""]


def test_pajek_with_years_is_read_by_networkx() -> None:
    graph = networkx.parse_pajek("\n".join(pajek([BREAK])))
    assert sorted(data["weight"] for *_, data in graph.edges(data=True)) == [-0.75, 0.5]
    assert list(graph) == ["iran", "syria"]


@pytest.mark.parametrize("turns", [[(2000, 2000)], [(2000, 2002), (2001, 2003)], [(2000, None), (2001, 2002)], []])
def test_stretches_that_overlap_or_hold_on_no_day_are_refused(turns: list[tuple[int, int | None]]) -> None:
    with pytest.raises(InvalidValue):
        TieCourse(a="a", b="b", stretches=tuple(
            Stretch(start=date(start, 1, 1), end=end and date(end, 1, 1), sign=1, stance="friendly", weight=0.5)
            for start, end in turns))  # fmt: skip


@pytest.mark.parametrize(("sign", "weight"), [(2, 0.5), (1, -0.5), (1, float("nan")), (-1, float("inf"))])
def test_a_stretch_of_a_sign_or_weight_that_cannot_be_is_refused(sign: int, weight: float) -> None:
    with pytest.raises(InvalidValue, match="sign and weight"):
        Stretch(start=date(2000, 1, 1), end=None, sign=sign, stance="friendly", weight=weight)


def test_the_strength_of_a_stretch_is_that_of_its_strongest_day() -> None:
    told = [
        (date(2000, 1, 1), "one"),
        (date(2000, 1, 1), "two"),
        (date(2000, 2, 1), "three"),
        (date(2000, 2, 9), "four"),
    ]
    claims = [
        Claim(
            subject="iran", relation=relation("aids"), object="syria", sign=1, reader="hand", held=Period.within(day),
            evidence=Citation(dataset=voice, version="1", row="1"), published=day,
        )
        for day, voice in told
    ]  # fmt: skip
    evidence = weigh(ClaimColumns.from_claims(claims))
    (tie,) = histories.courses(evidence, {}, until=date(2010, 1, 1))
    assert any(one.start < date(2000, 2, 9) for one in tie.stretches)
    for one in tie.stretches:
        assert one.end is not None
        held = [one.start + n * DAY for n in range((one.end - one.start).days)]
        assert one.weight == pytest.approx(
            max(abs(float(Snapshot(evidence, at=day).posterior.weight[0])) for day in held)
        )
