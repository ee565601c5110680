"""Files that are whole, and not quite as their source has them, give every event once; what is odd in them says so."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from stream_makers import acled, events, gdelt, ged, icews, polecat, table, taken, written

from cordiale.errors import InvalidValue, UnknownName
from cordiale.events import STREAMS, Archive
from cordiale.events.check import check
from cordiale.events.dyads import Recipe, Repeats
from cordiale.events.pairs import Level, pairs
from cordiale.events.series import series


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive") as found:
        yield found


ROWS = table("icews", [icews(number) for number in range(5)]).splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(ROWS[:3]) + "\r\n" + "\n".join(ROWS[3:]) + "\n",
        "\n".join(f"{line}\t" for line in ROWS) + "\n",
        "\n".join([ROWS[0], *(f"{line}\t" for line in ROWS[1:])]) + "\n",
        "\n\n" + "\n".join(ROWS),
        "\r\n\r\n" + "\r\n".join(ROWS),
        " \t \n\n" + "\n".join(ROWS),
        "\n".join(
            [f"short\ta_name\tday\twhich_file\tx\tX\t{ROWS[0]}", *(f"true\tb\tc\td\te\tf\t{r}" for r in ROWS[1:])]
        ),
    ],
    ids=[
        "one Windows line end",
        "tab at the end",
        "tab at the end of rows",
        "blank lines",
        "blank Windows lines",
        "lines of spaces",
        "more",
    ],
)
def test_every_row_of_an_odd_table_is_an_event(archive: Archive, tmp_path: Path, text: str) -> None:
    (told,) = taken(archive, written(tmp_path, "a.tab", text))
    assert (told.stream, told.events, told.rejected) == ("icews", 5, 0)
    assert {row["a"].split("\x1f")[1] for row in events(archive, "icews")} == {"Military (Syria)"}


def test_a_cell_past_the_last_is_one_too_many(archive: Archive, tmp_path: Path) -> None:
    rows = [*ROWS[:4], f"{ROWS[4]}\tmore", f"{ROWS[5]}\tand\tmore"]
    (told,) = taken(archive, written(tmp_path, "a.tab", rows))
    assert told.events == 3
    assert [(one.line, one.why) for one in told.rejects] == [
        (5, "too many columns: 21 of 20"), (6, "too many columns: 22 of 20"),
    ]  # fmt: skip


def test_refused_rows_of_several_lines_have_the_number_of_their_first(archive: Archive, tmp_path: Path) -> None:
    head = table("acled", [], separator=",").strip()

    def row(number: int, more: str = "", **cells: str) -> str:
        made = acled(f"S{number}", **cells)
        return ",".join(f'"{made.get(column, "")}"' for column in head.split(",")) + more

    rows = [
        head, row(1, notes="a\nb\nc"), row(2, ',"x","y"'), row(3, event_date="never"), '"short","row"', row(4, ","),
        row(5, ",", event_date="no"),
    ]  # fmt: skip
    (told,) = taken(archive, written(tmp_path, "a.csv", rows))
    assert told.events == 2
    assert [(one.line, one.why.partition(":")[0]) for one in told.rejects] == [
        (5, "too many columns"), (6, "its day is no date"), (7, "missing columns"), (9, "its day is no date"),
    ]  # fmt: skip


@pytest.mark.parametrize("stream", ["gdelt1", "gdelt2"])
def test_a_head_tells_one_layout_of_gdelt_from_the_other(archive: Archive, tmp_path: Path, stream: str) -> None:
    line = gdelt(version=1 if stream == "gdelt1" else 2)
    (told,) = taken(archive, written(tmp_path, "a.csv", ["\t".join(STREAMS[stream].columns), line]))
    assert (told.stream, told.events) == (stream, 1)


def test_a_head_of_the_columns_that_are_needed_is_enough(archive: Archive, tmp_path: Path) -> None:
    one = STREAMS["gdelt1"]
    cells = dict(zip(one.columns, gdelt(version=1).split("\t"), strict=True))
    file = written(tmp_path, "a.csv", ["\t".join(one.needed), "\t".join(cells[column] for column in one.needed)])
    assert [told.events for told in taken(archive, file, as_stream="gdelt1")] == [1]


def test_a_class_that_is_none_is_left_out_and_the_event_kept(archive: Archive, tmp_path: Path) -> None:
    (told,) = taken(archive, written(tmp_path, "a.csv", [gdelt(quad=one) for one in ("-9", "127", "4", "0", "x", "")]))
    assert (told.events, told.rejected) == (6, 0)
    assert sorted(row["quad"] for row in events(archive, "gdelt2") if row["quad"] is not None) == [0, 4]
    assert sum(series(archive, "Syria", "Turkey", stream="gdelt2").table["events"].to_pylist()) == 6


def test_an_event_that_ends_in_another_century_costs_its_line_alone(archive: Archive, tmp_path: Path) -> None:
    rows = [ged(1), ged(2, date_end="2150-01-01"), ged(3)]
    (told,) = taken(archive, written(tmp_path, "a.csv", table("ged", rows, separator=",")))
    assert (told.events, [(one.line, one.why) for one in told.rejects]) == (2, [(3, "its last day cannot be")])


def test_nothing_is_known_before_it_happened(archive: Archive, tmp_path: Path) -> None:
    row = ged(1, date_start="2022-10-23", date_end="2022-10-23", source_date="2022-03-24")
    taken(archive, written(tmp_path, "a.csv", table("ged", [row], separator=",")))
    assert [(str(one["day"]), str(one["added"])) for one in events(archive, "ged")] == [("2022-10-23", "2022-10-23")]


@pytest.mark.parametrize("stream", ["acled", "ged"])
def test_events_that_people_coded_are_told_apart_by_number_and_not_by_publisher(
    archive: Archive, tmp_path: Path, stream: str
) -> None:
    rows = [acled(f"S{n}", source="AFP") if stream == "acled" else ged(n, source_article="AFP") for n in range(10)]
    taken(archive, written(tmp_path, "a.csv", table(stream, [*rows, rows[0]], separator=",")))

    def count(repeats: Repeats) -> float:
        found = pairs(archive, stream=stream, level=Level.ACTOR, recipe=Recipe(repeats=repeats))
        return float(sum(found["events"].to_pylist()))

    assert [count(one) for one in Repeats] == [11, 10, 10, 1]


def test_the_order_of_sectors_makes_no_other_actor(archive: Archive, tmp_path: Path) -> None:
    rows = [
        icews(1, **{"Source Sectors": "Military,Government"}),
        icews(2, **{"Source Sectors": "Government,Military"}),
    ]
    taken(archive, written(tmp_path, "a.tab", table("icews", rows)))
    assert len({row["a"] for row in events(archive, "icews")}) == 1


def test_releases_of_ged_follow_one_another_by_their_version(archive: Archive, tmp_path: Path) -> None:
    def release(name: str, count: int) -> Path:
        return written(tmp_path, name, table("ged", [ged(n) for n in range(count)], separator=","))

    assert [told.fate for told in taken(archive, release("GEDEvent_v24_1.csv", 4))] == ["new"]
    candidates = ("GEDEvent_v25_01_25_03.csv", "GEDEvent_v25_0_10.csv")
    assert [told.fate for name in candidates for told in taken(archive, release(name, 1 + len(name)))] == ["new", "new"]
    (told,) = taken(archive, release("GEDEvent_v23_1.csv", 5))
    assert (told.fate, "an earlier release than" in str(told.error)) == ("refused", True)
    (told,) = taken(archive, release("GEDEvent_v25_1.csv", 6))
    assert (told.fate, told.before) == ("replaced", 4)
    (told,) = taken(archive, tmp_path / "GEDEvent_v23_1.csv", replace=True)
    assert (told.fate, told.events, told.before) == ("replaced", 5, 6)


def test_a_file_that_was_replaced_comes_back_where_that_is_asked_for(archive: Archive, tmp_path: Path) -> None:
    lines = [gdelt() for _ in range(9)]
    good = written(tmp_path, "20191024143000.export.CSV", lines)
    taken(archive, good)
    (tmp_path / "short").mkdir()
    (cut,) = taken(archive, written(tmp_path / "short", "20191024143000.export.CSV", lines[:2]))
    assert (cut.fate, cut.events, cut.before) == ("replaced", 2, 9)
    (told,) = taken(archive, good)
    assert (told.fate, told.replaced_by) == ("known", cut.name)
    assert len(events(archive, "gdelt2")) == 2
    (told,) = taken(archive, good, replace=True)
    assert (told.fate, told.events, told.before) == ("replaced", 9, 2)
    assert len(events(archive, "gdelt2")) == 9 and check(archive)[0].replaced == 1


def test_a_file_of_another_stream_than_is_said_says_of_which(archive: Archive, tmp_path: Path) -> None:
    (told,) = taken(archive, written(tmp_path, "a.csv", [gdelt()]), as_stream="icews")
    assert "it is of gdelt2, and not of the stream that was named" in str(told.error)


def test_an_archive_goes_on_where_another_process_has_taken_files_in(archive: Archive, tmp_path: Path) -> None:
    taken(archive, written(tmp_path, "a.csv", [gdelt()]))
    assert check(archive)[0].events == 1
    with Archive(archive.folder) as other:
        taken(other, written(tmp_path, "b.csv", [gdelt("USA", "IRN"), gdelt()]))
    assert check(archive)[0].events == 3
    found = series(archive, "Syria", "Turkey", stream="gdelt2").table.to_pylist()
    assert [(row["events"], row["volume"]) for row in found] == [(2.0, 3)]


def test_names_of_sources_do_not_meet_those_of_tables(archive: Archive, tmp_path: Path) -> None:
    urls = ("https://x.com/1", "https://x.com.all/2", "https://x.com.all/3")
    taken(archive, written(tmp_path, "a.csv", [gdelt(url=url) for url in urls]))
    for source, count in (("x.com", 1), ("x.com.all", 2), ("x.com", 1)):
        found = series(archive, "Syria", "Turkey", stream="gdelt2", recipe=Recipe(source=source)).table
        assert sum(found["events"].to_pylist()) == count


def test_two_actors_of_one_name_are_two_rows_of_a_frame(archive: Archive, tmp_path: Path) -> None:
    rows = [icews(1), icews(2, **{"Source Country": "Iraq"})]
    taken(archive, written(tmp_path, "a.tab", table("icews", rows)))
    found = pairs(archive, stream="icews", level=Level.ACTOR).to_pandas()
    assert list(found["a"]) == ["Military (Syria)"] * 2


def test_a_name_that_begins_with_a_tilde_is_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "~a.csv", [gdelt()])
    with Archive("~archive") as archive:
        assert [told.events for told in archive.ingest(["~a.csv"])] == [1]
        assert len(events(archive, "gdelt2")) == 1


def test_a_side_that_a_stream_does_not_have_is_an_error_and_no_quiet_time(archive: Archive, tmp_path: Path) -> None:
    taken(archive, written(tmp_path, "a.tab", table("icews", [icews(1)])))
    for side, why in (
        ("code:Military (Siria)", "did you mean 'code:Military"),
        ("Chad", "see whom it has"),
        ("Syria/REB", "see whom"),
    ):
        with pytest.raises(UnknownName, match=why):
            series(archive, side, "Turkey", stream="icews")
    found = series(archive, "code:Military (Syria)", "code:Rebel (Syria)", stream="icews")
    assert sum(found.table["events"].to_pylist()) == 1
    with pytest.raises(InvalidValue, match="give its code or name"):
        series(archive, "code: ", "Turkey", stream="icews")
    with pytest.raises(InvalidValue, match="name two"):
        series(archive, "Syria", "SYR", stream="icews")


@pytest.mark.parametrize(
    ("names", "fates"),
    [
        (["GEDEvent_v24_1_part1.csv", "GEDEvent_v24_1_part2.csv"], ["new", "new"]),
        (["GEDEvent_v24_1.csv", "GEDEvent_v23_1.csv"], ["new", "refused"]),
        (["GEDEvent_v23_1.csv", "GEDEvent_v24_1.csv"], ["new", "replaced"]),
    ],
)
def test_files_given_together_follow_one_another_as_those_given_apart_do(
    archive: Archive, tmp_path: Path, names: list[str], fates: list[str]
) -> None:
    files = [
        written(tmp_path, name, table("ged", [ged(n) for n in range(2 + place)], separator=","))
        for place, name in enumerate(names)
    ]
    assert [told.fate for told in taken(archive, *files)] == fates
    assert {told.fate for told in taken(archive, *files)} <= {"known", "refused"}


@pytest.mark.parametrize(
    ("stream", "earlier", "later", "fate"),
    [
        ("polecat", "ngecEventsDV-2022-Jan.txt", "ngecEventsDV-2022-Feb.txt", "new"),
        ("polecat", "ngecEvents.DV.20230101.20230107.txt", "ngecEvents.DV.20230108.20230114.txt", "new"),
        ("icews", "events.2017.20180710093300.tab", "Events.2017.20201119.tab", "replaced"),
        ("icews", "events.2017.20201119.tab", "events.2017.20180710093300.tab", "refused"),
        ("icews", "events.2018.tab", "events.2018.20190101.tab", "replaced"),
    ],
)
def test_names_say_which_release_is_the_later(
    archive: Archive, tmp_path: Path, stream: str, earlier: str, later: str, fate: str
) -> None:
    rows = [polecat("E1"), polecat("E2")] if stream == "polecat" else [icews(1), icews(2)]
    taken(archive, written(tmp_path, earlier, table(stream, rows[:1])))
    assert [told.fate for told in taken(archive, written(tmp_path, later, table(stream, rows)))] == [fate]


def test_months_in_a_folder_or_zip_that_is_called_by_its_year_are_no_releases_of_it(
    archive: Archive, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "2013.csv.zip", "w") as packed:
        for month in range(1, 4):
            packed.writestr(f"2013{month:02}.csv", gdelt(day=f"2013{month:02}01", version=1) + "\n")
    for year in (2013, 2014):
        (tmp_path / str(year)).mkdir()
        written(tmp_path / str(year), "0101.csv", [gdelt(day=f"{year}0101", version=1)])
    told = taken(archive, tmp_path / "2013.csv.zip", tmp_path / "2013", tmp_path / "2014")
    assert [one.fate for one in told] == ["new"] * 5
    taken(archive, written(tmp_path, "00000001.csv", [gdelt(version=1)]))
    assert check(archive)[0].files == 6


def test_what_is_given_together_does_not_take_its_own_place(archive: Archive, tmp_path: Path) -> None:
    files = [written(tmp_path, f"GEDEvent_v{v}_1.csv", table("ged", [ged(v)] * v, separator=",")) for v in (23, 24)]
    taken(archive, *files)
    seen = [[told.fate for told in taken(archive, *files, replace=True)] for _ in range(3)]
    assert seen == [["replaced", "known"], ["known", "known"], ["known", "known"]]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        for number in range(2):
            packed.writestr("a.csv", gdelt(event_id=f"{number}") + "\n")
    assert [told.fate for told in taken(archive, tmp_path / "a.zip", replace=True)] == ["new", "new"]
    before = archive.ledger.moment()
    taken(archive, files[1], replace=True)
    assert archive.ledger.moment() != before


def test_events_of_several_pairs_are_counted_once(archive: Archive, tmp_path: Path) -> None:
    taken(archive, written(tmp_path, "p.txt", table("polecat", [polecat(f"E{n}") for n in range(3)])))
    (found,) = check(archive)
    assert (found.events, found.dyadic, found.paired) == (3, 3, 6)


def test_stray_line_ends_of_a_quoted_table_are_line_ends_too(archive: Archive, tmp_path: Path) -> None:
    rows = table("acled", [acled(f"S{n}", notes='"two\nlines"') for n in range(4)], separator=",").splitlines()
    text = "\n".join(rows[:3]) + "\r\n" + "\n".join(rows[3:6]) + "\r" + "\n".join(rows[6:]) + "\n"
    (told,) = taken(archive, written(tmp_path, "a.csv", text))
    assert (told.events, told.rejected) == (4, 0)
