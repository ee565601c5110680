"""Tables of ties: columns, dates, strengths, and every row that cannot be used, with its number."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.datasets import Notes, TieTable, read_members, read_ties
from cordiale.errors import UnknownName, UnreadableInput
from cordiale.networks import SignedNetwork, frustration


def table(tmp_path: Path, text: str, **how: object) -> TieTable:
    file = tmp_path / "t.csv"
    file.write_text(text, encoding="utf-8")
    return read_ties(file, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_separator_and_encoding_is_read(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = ["From,To,Sign,Begin", "Côte d’Ivoire,“Österreich”,-1,1960", "Österreich,Ägypten,1,1970"]
    file = tmp_path / "t.txt"
    file.write_bytes("\r\n".join(lines).replace(",", separator).encode(encoding))
    assert [row[2] for row in read_ties(file).at(None)] == [-1, 1]
    assert "Österreich" in read_ties(file).actors


def test_compressed_and_parquet_files_say_the_same(tmp_path: Path) -> None:
    text = "a,b,sign,begin\nGBR,FRA,1,1904\nGBR,DEU,-1,\n"
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(text.encode()))
    import pyarrow
    from pyarrow import parquet

    columns = {"a": ["GBR", "GBR"], "b": ["FRA", "DEU"], "sign": [1, -1], "begin": [1904, None]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "t.parquet")
    for name in ("t.csv.gz", "t.parquet"):
        found = read_ties(tmp_path / name)
        assert found.at(date(1903, 1, 1)) == [("GBR", "DEU", -1, 1.0)]
        assert len(found.at(date(1904, 1, 1))) == 2


def test_columns_of_any_name_are_mapped(tmp_path: Path) -> None:
    text = "one,two,love\nx,y,-1\n"
    with pytest.raises(
        UnreadableInput, match="its columns are one, two, love: which is a and which is b and which is sign"
    ):
        table(tmp_path, text)
    assert table(tmp_path, text, columns={"a": "one", "b": "two", "sign": "love"}).at(None) == [("x", "y", -1, 1.0)]
    with pytest.raises(UnreadableInput, match="no column 'hate'"):
        table(tmp_path, text, columns={"a": "one", "b": "two", "sign": "hate"})
    with pytest.raises(UnknownName, match="did you mean 'sign'"):
        table(tmp_path, text, columns={"sing": "love"})


def test_an_end_is_the_first_day_after_and_a_last_is_included(tmp_path: Path) -> None:
    ends = table(tmp_path, "a,b,sign,begin,end\nx,y,1,1872,1904\n")
    around = (date(1871, 12, 31), date(1872, 1, 1), date(1903, 12, 31), date(1904, 1, 1))
    assert [bool(ends.at(day)) for day in around] == [
        False, True, True, False,
    ]  # fmt: skip
    lasts = table(tmp_path, "a,b,sign,begin,last\nx,y,1,1946,1949\n")
    assert [bool(lasts.at(day)) for day in (date(1949, 12, 31), date(1950, 1, 1))] == [True, False]
    years = table(tmp_path, "a,b,sign,year\nx,y,1,1990.0\n")
    assert [bool(years.at(day)) for day in (date(1989, 12, 31), date(1990, 6, 1), date(1991, 1, 1))] == [
        False, True, False,
    ]  # fmt: skip
    assert (ends.span, ends.turns) == ((date(1872, 1, 1), date(1904, 1, 1)), (date(1872, 1, 1), date(1904, 1, 1)))
    assert ends.last == date(1903, 12, 31)


BAD = """a,b,sign,weight,begin,end
x,y,1,1,2000,2010
x,x,1,1,,
x,,1,1,,
x,z,0,1,,
x,w,1,nan,,
x,v,1,-2,,
x,u,yes,1,,
x,t,1,1,2010,2000
x,s,1,1,soon,
x,y,1,1,2000,2010
y,x,-1,1,2005,
y,x,1,2,2003,2004
x,r,1
x,q,1,1,,,9
x,p,-1,inf,,
"""


def test_every_row_that_cannot_be_used_is_noted_with_its_number(tmp_path: Path) -> None:
    found = table(tmp_path, BAD)
    told = list(found.notes.lines())
    for row, words in (
        (3, "itself: left out"), (4, "no actor at one end: refused"), (5, "sign 0: neutral"),
        (6, "a weight that is no number: refused"), (7, "not above 0"), (8, "a sign that is no number: refused"),
        (9, "does not come after the start"), (10, "not a date"), (11, "the same as a row before: kept once"),
        (12, "another row says the opposite"), (13, "it counts once, by the strongest"), (14, "too few cells"),
        (15, "too many cells"), (16, "a weight that is no number"),
    ):  # fmt: skip
        (line,) = [line for line in told if words in line and (f"row {row}" in line)]
        assert line
    assert found.notes.refused == 9
    assert len(found) == 4
    assert found.at(date(2003, 6, 1)) == [("x", "y", 1, 2.0)]
    assert found.at(date(2006, 6, 1)) == []  # friends by one row, foes by another, as strongly
    assert found.at(date(2011, 6, 1)) == [("x", "y", -1, 1.0)]


@pytest.mark.parametrize("text", ["", " \n\n", "a,b,sign\n", "a,b,sign\n\n\n"])
def test_a_table_without_rows_is_empty_and_noted_and_no_error(tmp_path: Path, text: str) -> None:
    found = table(tmp_path, text)
    assert [line.split("; ")[0] for line in found.notes.lines()] in (
        ["an empty file: a table without ties"], ["a header and no row: a table without ties"],
    )  # fmt: skip
    assert (len(found), found.at(None), found.last, found.turns) == (0, [], None, ())
    assert frustration(found.at(None)).balance == 1


def test_files_that_are_no_tables_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        read_ties(tmp_path / "lost.csv")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(UnreadableInput, match="save the sheet as CSV"):
        read_ties(tmp_path / "book.xlsx")
    (tmp_path / "t.csv.xz").write_bytes(b"\xfd7zXZ\x00rest")
    with pytest.raises(UnreadableInput, match="compressed, and not by gzip; unpack it"):
        read_ties(tmp_path / "t.csv.xz")
    (tmp_path / "folder.parquet").mkdir()
    with pytest.raises(UnreadableInput, match="is a directory"):
        read_ties(tmp_path / "folder.parquet")


def test_parquet_is_known_by_its_bytes_and_texts_of_bytes_are_text(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    file = tmp_path / "t.pq"
    parquet.write_table(pyarrow.table({"a": [b"GBR"], "b": ["FRA"], "sign": [1]}), file)
    assert read_ties(file).actors == ("GBR", "FRA")
    assert read_ties(file).sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    never = pyarrow.array([2**60], pyarrow.timestamp("ms"))
    parquet.write_table(pyarrow.table({"a": ["x"], "b": ["y"], "sign": [1], "begin": never}), file)
    with pytest.raises(UnreadableInput, match="column 'begin' cannot be read"):
        read_ties(file)
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"a,b,sign\n" * 99)[:-20])
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_ties(tmp_path / "cut.csv.gz")
    (tmp_path / "empty.csv").write_bytes(b"")
    assert "an empty file" in next(read_ties(tmp_path / "empty.csv").notes.lines())
    (tmp_path / "no.parquet").write_bytes(b"PAR1")
    with pytest.raises(UnreadableInput, match="Parquet"):
        read_ties(tmp_path / "no.parquet")


@pytest.mark.parametrize(
    ("columns", "last"), [("styear,endyear", date(1949, 12, 31)), ("from_date,to_date", date(1948, 12, 31))]
)
def test_usual_names_of_dates_mean_what_they_usually_do(tmp_path: Path, columns: str, last: date) -> None:
    found = table(tmp_path, f"state1,state2,sign,{columns}\nx,y,1,1946,1949\n")
    assert (found.last, bool(found.at(last)), found.at(date(1950, 1, 1))) == (last, True, [])


def test_a_column_that_is_mapped_is_not_found_again_by_its_name(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,sign,start,end\nx,y,1,1946,1949\n", columns={"begin": "start", "last": "end"})
    assert str(found.held(0)) == "[1946..1950]"


def test_a_comma_in_a_quoted_name_is_no_separator(tmp_path: Path) -> None:
    assert table(tmp_path, '"a";"b";"sign";"x, y, z, w"\nx;y;1;\n').at(None) == [("x", "y", 1, 1.0)]


def test_lines_within_quotes_are_one_row(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b,sign,note\nx,y,1,"two\nlines, and, more"\n"x\nx",y,1,"two\nlines"\nz,y,-1,\n')
    assert (found.numbers.tolist(), found.actors) == ([2, 4], ("x", "y", "z"))
    assert list(found.notes.refusals()) == ["row 3: a name of several lines (x x, y)"]


def test_a_quote_that_is_never_closed_costs_its_own_row_alone(tmp_path: Path) -> None:
    rows = "".join(f"x{n},y{n},1\n" for n in range(500))
    found = table(tmp_path, f'a,b,sign\nw,v,1\nu,"t,1\n{rows}')
    assert (len(found), found.numbers[-1]) == (501, 503)
    assert list(found.notes.refusals()) == ['row 3: a quote that is never closed (u,"t,1)']
    pair = table(tmp_path, 'a,b,sign\nA,"B,1\nC,D,1\nE,"F,1\nG,H,1\n')
    assert [pair.pair(row) for row in range(len(pair))] == ["C, D", "G, H"]


def test_what_programs_write_where_nothing_is_names_no_actor(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b,sign\nNA,FRA,1\n"NaN",FRA,1\nFRA,null,1\nx,y,1\n')
    assert (found.actors, found.notes.refused) == (("x", "y"), 3)


def test_an_empty_sign_beside_a_weight_is_refused_and_an_empty_weight_is_noted(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,sign,weight\nx,y,,0.5\nx,z,1,\n")
    assert [(one[:3]) for one in found.at(None)] == [("x", "z", 1)]
    assert found.notes.counts() == {"neither a sign nor a relation: refused": 1, "no weight: it counts as 1": 1}


def test_a_row_without_its_year_is_refused_where_years_are_all_there_is(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,sign,year\nx,y,1,\nx,z,1,NA\nx,w,1,1950\n")
    assert (found.notes.refused, found.at(date(1950, 1, 1))) == (2, [("x", "w", 1, 1.0)])


def test_the_year_9999_stands_for_no_end(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,sign,begin,end\nx,y,1,1904,9999-12-31\nx,z,1,1904,9999\n")
    assert [str(found.held(row)) for row in range(2)] == ["[1904..]", "[1904..]"]


def test_the_last_day_counts_the_ends_of_some_where_others_go_on(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,sign,begin,end\nx,y,1,1904,\nx,z,1,1907,1918-11-12\n")
    assert found.last == date(1918, 11, 12)


def test_a_spreadsheets_apostrophe_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert table(tmp_path, "a,b,sign\n'-Foo,'Abd,1\n").actors == ("-Foo", "'Abd")


def test_the_number_of_a_row_is_kept_with_it(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,sign\nx,y,1\nx,x,1\n\nz,y,-1\n")
    assert (found.numbers.tolist(), [found.pair(row) for row in range(len(found))]) == ([2, 5], ["x, y", "z, y"])


def test_dates_keep_their_precision(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,sign,begin,end\nx,y,1,1946-05,1949-05-06\nx,z,1,,1950\n")
    assert [str(found.held(row)) for row in range(2)] == ["[1946-05..1949-05-06]", "[..1950]"]


def test_strengths_in_the_sign_and_signed_weights_are_taken_apart(tmp_path: Path) -> None:
    assert table(tmp_path, "source,target,weight\nx,y,-3\n").at(None) == [("x", "y", -1, 3.0)]
    assert table(tmp_path, "a,b,sign\nx,y,-10\n").at(None) == [("x", "y", -1, 10.0)]
    assert table(tmp_path, "a,b,sign\nx,y,hostile\nx,z,+\n").at(None) == [("x", "y", -1, 1.0), ("x", "z", 1, 1.0)]


def test_relations_give_the_sign(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,relation\nx,y,ally_of\nx,z,fights\nx,w,loves\n")
    assert found.at(None) == [("x", "y", 1, 1.0), ("x", "z", -1, 1.0)]
    assert "a relation that is not in the table: refused; 1 row (row 4: loves)" in list(found.notes.lines())


@given(st.lists(st.tuples(
    st.sampled_from("xyz"), st.sampled_from("xyz"), st.sampled_from([-1, 1]), st.integers(1900, 1910), st.integers(1, 9)
), max_size=12), st.integers(1899, 1921))  # fmt: skip
def test_a_day_has_the_ties_that_most_strongly_held_on_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, int, int, int]], year: int
) -> None:
    text = "".join(f"{a},{b},{sign},{begin},{begin + length}\n" for a, b, sign, begin, length in rows)
    found = table(tmp_path_factory.mktemp("t"), "a,b,sign,begin,end\n" + text).at(date(year, 7, 1))
    expected = {}
    for pair in {frozenset((a, b)) for a, b, *_ in rows if a != b}:
        signs = {s for a, b, s, begin, n in rows if {a, b} == pair and begin <= year < begin + n}
        if len(signs) == 1:
            expected[pair] = signs.pop()
    assert {frozenset((a, b)): sign for a, b, sign, _ in found} == expected
    assert {frozenset((a, b)): w for a, b, w in SignedNetwork.of(found).ties} == expected


def test_notes_name_the_first_rows_and_count_all() -> None:
    notes = Notes()
    for row in range(2, 9):
        notes.add("a rule", row, "x\ny", refused=row == 2)
    assert list(notes.lines()) == ["a rule; 7 rows (row 2: x y; row 3: x y; row 4: x y, ...)"]
    assert notes.counts() == {"a rule": 7}


def test_members_are_read_with_their_shares_and_times(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("bloc;actor;share;begin;end\nA;x;0.5;1990;2000\nA;y;;;\nA;z;2;;\nA;;1;;\n")
    notes = Notes()
    found = list(read_members(tmp_path / "m.csv", notes))
    assert [(one.bloc, one.actor, one.share, str(one.held)) for one in found] == [
        ("A", "x", 0.5, "[1990..2000]"), ("A", "y", 1.0, "[..]"),
    ]  # fmt: skip
    assert notes.refused == 2
