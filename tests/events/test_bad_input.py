"""What cannot be read is counted and told with its line and reason; the rest is kept."""

from __future__ import annotations

import gzip
import random
import resource
import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path

import pytest
from stream_makers import acled, events, gdelt, ged, icews, table, taken, written

from cordiale.errors import InvalidValue, UnknownName
from cordiale.events import Archive, ArchiveError
from cordiale.events import unpacking as packing
from cordiale.events.dyads import Recipe
from cordiale.events.series import series


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive") as found:
        yield found


GOOD = [gdelt(event_id=str(number)) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("only\tthree\tcells", "missing columns"), (gdelt() + "\tone more", "too many columns"),
        (gdelt(day="20191341", added="20191024"), "its day is no date"), (gdelt(added="never"), "no date"),
        (gdelt(code="", score=""), "no code and no score"), (gdelt(score="999"), "its score is no score"),
        (gdelt(score="much"), "its score is no score"), (gdelt(score="99999999"), "its score is no score"),
        (gdelt(day="22191024", added="20191024"), "its day cannot be"),
        ("<html><body>busy</body></html>", "missing columns"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_event_is_told_by_line_and_reason_and_the_others_are_kept(
    archive: Archive, tmp_path: Path, line: str, why: str
) -> None:
    file = written(tmp_path, "a.csv", [GOOD[0], line, *GOOD[1:]])
    (told,) = taken(archive, file)
    assert (told.lines, told.events, told.rejected) == (4, 3, 1)
    (reject,) = archive.ledger.rejects(told.md5)
    assert (reject.line, why in reject.why) == (2, True), reject
    assert line.startswith(reject.text[:40])
    assert [event["event_id"] for event in events(archive, "gdelt2")] == ["1", "2", "3"]


def test_bad_lines_among_many_are_all_told_in_order(archive: Archive, tmp_path: Path) -> None:
    rng, lines, bad = random.Random(1), [], {}
    for number in range(1, 3001):
        kind = rng.random()
        if kind < 0.02:
            lines.append("a\tb")
            bad[number] = "missing"
        elif kind < 0.04:
            lines.append(gdelt(day="2019", added="20191024"))
            bad[number] = "day"
        else:
            lines.append(gdelt())
    (told,) = taken(archive, written(tmp_path, "a.csv", lines))
    rejects = archive.ledger.rejects(told.md5)
    assert [one.line for one in rejects] == list(bad)
    assert all(bad[one.line] in one.why for one in rejects)
    assert told.events == 3000 - len(bad) == len(events(archive, "gdelt2"))


def test_a_quote_that_opens_nothing_is_a_letter(archive: Archive, tmp_path: Path) -> None:
    lines = [line.replace("Aleppo", 'Al"eppo, "the') for line in GOOD]
    (told,) = taken(archive, written(tmp_path, "a.csv", lines))
    assert (told.events, told.rejected) == (3, 0)


def test_cells_with_the_separator_and_line_ends_are_read_where_they_are_quoted(
    archive: Archive, tmp_path: Path
) -> None:
    rows = [ged(1, side_b='"Insurgents, ""united""\nfront"'), ged(2, date_start="none"), ged(3)]
    (told,) = taken(archive, written(tmp_path, "a.csv", table("ged", rows, separator=",")))
    assert (told.events, told.rejected) == (2, 1)
    (reject,) = archive.ledger.rejects(told.md5)
    assert (reject.line, reject.why) == (4, "its day is no date")
    assert 'Insurgents, "united"\nfront' in str(events(archive, "ged")[0]["b"])


def test_codes_that_lost_the_zero_in_front_have_it_again_where_the_row_says_so(
    archive: Archive, tmp_path: Path
) -> None:
    rows = [("10", "0"), ("10", "-5"), ("42", "1.9"), ("190", "-10"), ("311", "5.2"), ("16", "-5"), ("16", "-4")]
    cells = [icews(n, **{"CAMEO Code": code, "Intensity": score}) for n, (code, score) in enumerate(rows)]
    (told,) = taken(archive, written(tmp_path, "a.tab", table("icews", cells)))
    assert [event["code"] for event in events(archive, "icews")] == ["010", "10", "042", "190", "0311", "016", "16"]
    assert ("codes that had lost the zero in front", 4) in told.notes


def test_codes_are_left_as_they_are_where_any_has_its_zero(archive: Archive, tmp_path: Path) -> None:
    rows = [icews(1, **{"CAMEO Code": "042"}), icews(2, **{"CAMEO Code": "10", "Intensity": "0"})]
    taken(archive, written(tmp_path, "a.tab", table("icews", rows)))
    assert [event["code"] for event in events(archive, "icews")] == ["042", "10"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_names_in_other_encodings_are_read(archive: Archive, tmp_path: Path, encoding: str) -> None:
    text = table("icews", [icews(1, **{"Source Name": "Côte d’Ivoire" if encoding != "latin-1" else "Côte d'Ivoire"})])
    (told,) = taken(archive, written(tmp_path, "a.tab", text, encoding))
    (found,) = events(archive, "icews")
    assert str(found["a"]).split("\x1f")[1].startswith("Côte d")
    assert told.notes == ((("lines not in UTF-8, read as Windows writes", 1),) if encoding == "latin-1" else ())


def test_a_line_in_another_encoding_spoils_no_other(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.tab"
    lines = table("icews", [icews(1, **{"Source Name": "Zoë"}), icews(2, **{"Source Name": "Zoë"})]).splitlines()
    file.write_bytes("\n".join(lines[:2]).encode() + b"\n" + lines[2].encode("latin-1") + b"\n")
    taken(archive, file)
    assert [str(event["a"]).split("\x1f")[1] for event in events(archive, "icews")] == ["Zoë", "Zoë"]


def test_windows_line_ends_are_line_ends(archive: Archive, tmp_path: Path) -> None:
    (told,) = taken(archive, written(tmp_path, "a.csv", "\r\n".join([*GOOD, "a\tb", ""])))
    assert (told.events, told.rejected) == (3, 1)
    assert events(archive, "gdelt2")[0]["url"] is not None


@pytest.mark.parametrize(
    ("ends", "events", "refused"),
    [
        (["\n", "\r\n", "\n"], 3, 0), (["\r\n", "\n", "\r\n"], 3, 0), (["\r\n", "\n", ""], 3, 0), (["\r"] * 3, 3, 0),
        (["\n", "\n", "\nAl\rep\tpo\n"], 3, 2),
    ],
)  # fmt: skip
def test_a_stray_line_end_is_a_line_end(
    archive: Archive, tmp_path: Path, ends: list[str], events: int, refused: int
) -> None:
    file = written(tmp_path, "a.csv", "".join(line + end for line, end in zip(GOOD, ends, strict=True)))
    (told,) = taken(archive, file)
    assert (told.fate, told.events, told.rejected) == ("new", events, refused)
    assert [one.why for one in told.rejects] == ["missing columns: 1 of 61", "missing columns: 2 of 61"][:refused]
    assert not list((archive.folder / "tmp").iterdir())
    assert [one.fate for one in taken(archive, file)] == ["known"]


def test_of_very_many_refused_lines_all_are_counted_and_the_first_kept(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cordiale.events.ingest.WITH_TEXT", 3)
    (told,) = taken(archive, written(tmp_path, "a.csv", [*(GOOD[0][:40] for _ in range(5)), *GOOD]))
    assert (told.events, told.rejected) == (3, 5)
    kept = archive.ledger.rejects(told.md5)
    assert [one.line for one in kept] == [1, 2, 3, 4, 5]
    assert [bool(one.text) for one in kept] == [True, True, True, False, False]


@pytest.mark.parametrize("day", ["20000-1-01", "infinity", "-infinity", "2018-13-01", "1e5", "epoch"])
def test_what_an_engine_takes_for_a_day_and_is_none_is_refused(archive: Archive, tmp_path: Path, day: str) -> None:
    rows = [icews(1), icews(2, **{"Event Date": day})]
    (told,) = taken(archive, written(tmp_path, "events.2018.tab", table("icews", rows)))
    assert (told.events, [one.why for one in told.rejects]) == (1, ["its day is no date"])


def test_a_head_where_there_is_none_in_the_midst_of_a_file_is_one_refused_line(
    archive: Archive, tmp_path: Path
) -> None:
    text = table("icews", [icews(1)]) + table("icews", [icews(2)])
    (told,) = taken(archive, written(tmp_path, "a.tab", text))
    assert (told.events, told.rejected) == (2, 1)
    assert archive.ledger.rejects(told.md5)[0].line == 3


def test_missing_actors_are_kept_and_counted(archive: Archive, tmp_path: Path) -> None:
    (told,) = taken(archive, written(tmp_path, "a.csv", [gdelt("", "TUR"), gdelt("", ""), gdelt()]))
    assert (told.events, told.rejected) == (3, 0)
    assert dict(told.notes) == {"events with one actor not named": 1, "events with no actor named": 1}


def test_back_dated_events_keep_both_days(archive: Archive, tmp_path: Path) -> None:
    (told,) = taken(archive, written(tmp_path, "a.csv", [gdelt(day="20181024", added="20191024"), gdelt()]))
    assert dict(told.notes) == {"events dated back by more than a day": 1}
    assert events(archive, "gdelt2")[0]["day"] in {date(2018, 10, 24), date(2019, 10, 24)}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"), (b"\n\n", "it is empty"), (b"<!DOCTYPE html><html>429</html>", "a web page"),
        (b"a,b,c\n1,2,3\n", "as no stream that is known has"), (b"\x00\x01\x02" * 99, "it is no text"),
        (b"PK\x03\x04 broken", "a zip that is broken or cut short"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_stream_is_refused_with_its_reason(
    archive: Archive, tmp_path: Path, content: bytes, why: str
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    good = written(tmp_path, "b.csv", GOOD)
    told = taken(archive, tmp_path / "a.csv", good)
    assert [one.fate for one in told] == ["refused", "new"]
    assert why in str(told[0].error)
    assert "a.csv" in str(told[0].error)


def test_a_file_that_is_not_there_is_refused_and_the_next_is_read(archive: Archive, tmp_path: Path) -> None:
    told = taken(archive, tmp_path / "nothing.csv", written(tmp_path, "b.csv", GOOD))
    assert [one.fate for one in told] == ["refused", "new"]
    assert "no such file" in str(told[0].error)


def zipped(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return path


def test_a_zip_gives_each_of_its_members_and_a_bad_one_spoils_no_other(archive: Archive, tmp_path: Path) -> None:
    packed = zipped(tmp_path / "a.zip", {"../../a.csv": "\n".join(GOOD), "b.txt": "nonsense", "c.csv": gdelt()})
    told = taken(archive, packed)
    assert [(one.fate, one.events) for one in told] == [("new", 3), ("refused", 0), ("new", 1)]
    assert not (tmp_path.parent / "a.csv").exists()


def test_a_zip_that_was_cut_short_is_refused(archive: Archive, tmp_path: Path) -> None:
    packed = zipped(tmp_path / "a.zip", {"a.csv": "\n".join(gdelt() for _ in range(2000))})
    packed.write_bytes(packed.read_bytes()[:-300])
    (told,) = taken(archive, packed)
    assert (told.fate, "cut short" in str(told.error)) == ("refused", True)


def test_a_locked_zip_is_refused_with_what_to_do(archive: Archive, tmp_path: Path) -> None:
    packed = bytearray(zipped(tmp_path / "a.zip", {"a.csv": gdelt()}).read_bytes())
    packed[6] |= 1  # the flag of a locked member, in its own head and in the list at the end
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(packed)
    (told,) = taken(archive, tmp_path / "a.zip")
    assert (told.fate, "unpack it yourself" in str(told.error)) == ("refused", True)


def test_a_gzip_is_read_and_one_that_was_cut_short_is_refused(archive: Archive, tmp_path: Path) -> None:
    data = gzip.compress("\n".join(gdelt() for _ in range(500)).encode())
    (tmp_path / "a.csv.gz").write_bytes(data)
    (tmp_path / "b.csv.gz").write_bytes(data[:-40])
    told = taken(archive, tmp_path / "a.csv.gz", tmp_path / "b.csv.gz")
    assert [(one.fate, one.events) for one in told] == [("new", 500), ("refused", 0)]
    assert list((archive.folder / "tmp").iterdir()) == []


def test_a_zip_bomb_is_refused_before_it_fills_the_disk(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "FREE", 1_000_000)
    packed = zipped(tmp_path / "a.zip", {"a.csv": "0" * 20_000_000})
    (told,) = taken(archive, packed)
    assert told.fate == "refused"
    assert "unpacked it has over" in str(told.error)
    assert list((archive.folder / "tmp").iterdir()) == []


def test_a_disk_that_is_full_is_told_and_what_was_in_stays(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(archive, written(tmp_path, "a.csv", GOOD))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("cordiale.events.parts._sync", full)
        told = taken(archive, written(tmp_path, "b.csv", [gdelt()]), written(tmp_path, "c.csv", [gdelt()]))
    assert [one.fate for one in told] == ["refused", "refused"]
    assert "no space left" in str(told[0].error)
    assert len(events(archive, "gdelt2")) == 3
    assert [one.fate for one in taken(archive, tmp_path / "b.csv")] == ["new"]
    assert len(events(archive, "gdelt2")) == 4


@pytest.mark.parametrize("together", [True, False])
def test_a_file_that_finds_no_room_leaves_it_to_the_next(tmp_path: Path, together: bool) -> None:
    """No file may be larger than some kilobytes here: as on a disk that is nearly full, some fit and some do not."""
    rng = random.Random(4)
    lines = [gdelt(event_id=str(rng.getrandbits(60)), url=f"https://e.org/{rng.getrandbits(99)}") for _ in range(9_000)]
    large = written(tmp_path, "large.csv", lines)
    names = [str(large), str(written(tmp_path, "small.csv", GOOD))]
    command = [sys.executable, "-m", "cordiale", "events", "ingest", "-a", str(tmp_path / "archive")]

    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    runs = [names] if together else [names[:1], names[1:]]
    told = [subprocess.run([*command, *some], preexec_fn=cramped, capture_output=True, check=False) for some in runs]
    assert "large.csv: what it gives cannot be written; see that the disk" in told[0].stderr.decode()
    assert [one.returncode for one in told] == ([3] if together else [3, 0])
    with Archive(tmp_path / "archive") as archive:
        assert [(one.name, one.events) for one in archive.ledger.files()] == [(names[1], 3)]
        there = {path.stem for path in archive.folder.rglob("*.parquet*")}
        assert there == {one.md5 for one in archive.ledger.files()} and not list((archive.folder / "tmp").iterdir())


def test_an_archive_says_what_is_wrong_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="begin one with: cordiale events ingest"):
        Archive(tmp_path / "none", create=False)
    written(tmp_path, "file", "x")
    with pytest.raises(ArchiveError, match="is a file"):
        Archive(tmp_path / "file")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "ledger.sqlite").write_bytes(b"nonsense" * 999)
    with pytest.raises(OSError, match="check that it is an archive's ledger"):
        Archive(tmp_path / "odd")


def test_what_is_asked_wrongly_is_an_error_with_a_mend(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="name files, or folders with"):
        taken(archive)
    with pytest.raises(UnknownName, match="gdelt2"):
        taken(archive, written(tmp_path, "a.csv", GOOD), as_stream="gdelt3")
    with Archive(tmp_path / "other", memory="much") as other, pytest.raises(InvalidValue, match="512MB"):
        taken(other, tmp_path / "a.csv")


def test_a_file_of_another_stream_than_is_said_is_refused(archive: Archive, tmp_path: Path) -> None:
    (told,) = taken(archive, written(tmp_path, "a.csv", table("acled", [acled()], separator=",")), as_stream="ged")
    assert told.fate == "refused"


def test_names_that_are_patterns_are_names(archive: Archive, tmp_path: Path) -> None:
    names = ("a[1].csv", "a1.csv", "b*.csv", "bb.csv", "c?.csv", "cc.csv", "d'{e,f}%20é.csv")
    files = [written(tmp_path, name, [gdelt(event_id=str(n)), f"broken\t{n}"]) for n, name in enumerate(names)]
    for together in (taken(archive, *files), [one for file in files for one in taken(Archive(tmp_path / "one"), file)]):
        assert [(one.fate, one.events, one.rejected) for one in together] == [("new", 1, 1)] * len(names)
    told = [archive.ledger.rejects(one.md5)[0].text for one in archive.ledger.files()]
    assert told == [f"broken\t{n}" for n in range(len(names))]


def test_of_files_taken_in_together_each_has_its_own_lines_notes_and_refusals(archive: Archive, tmp_path: Path) -> None:
    plain = written(tmp_path, "a.csv", [gdelt(event_id="1"), gdelt(day="never", event_id="2"), gdelt(b="")])
    lost = written(tmp_path, "b.csv", [gdelt(code="10", score="0.0", event_id="10").replace("\t010\t", "\t10\t")])
    latin = written(tmp_path, "c.csv", [gdelt(event_id="20", url="https://example.org/é")], encoding="latin-1")
    page = written(tmp_path, "d.csv", "<html>busy</html>")
    same = written(tmp_path, "e.csv", plain.read_text(encoding="utf-8"))
    empty = written(tmp_path, "f.csv", [gdelt(added="never", event_id="30")])
    found = taken(archive, plain, lost, latin, page, same, empty)
    assert [(one.fate, one.events, one.rejected) for one in found] == [
        ("new", 2, 1), ("new", 1, 0), ("new", 1, 0), ("refused", 0, 0), ("known", 0, 0), ("new", 0, 1),
    ]  # fmt: skip
    notes = [dict(one.notes) for one in found]
    assert [len(one) for one in notes] == [1, 1, 1, 0, 0, 0] and notes[0]["events with one actor not named"] == 1
    assert "codes that had lost the zero in front" in notes[1] and "lines not in UTF-8" in next(iter(notes[2]))
    assert [one.line for one in archive.ledger.rejects(found[0].md5)] == [2]
    assert len(events(archive, "gdelt2")) == 4
    assert not list((archive.folder / "tmp").iterdir())


def test_a_later_release_among_files_taken_in_together_takes_the_place_of_the_earlier(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "again").mkdir()
    one = written(tmp_path, "20191024120000.export.CSV", [gdelt(event_id="1")])
    other = written(tmp_path, "20191024121500.export.CSV", [gdelt(event_id="2")])
    later = written(tmp_path / "again", one.name, [gdelt(event_id="3")])
    assert [told.fate for told in taken(archive, one, other, later)] == ["new", "new", "replaced"]
    assert [event["event_id"] for event in events(archive, "gdelt2")] == ["2", "3"]


def test_a_file_that_changes_while_it_is_read_is_refused(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = written(tmp_path, "a.csv", GOOD), written(tmp_path, "b.csv", [gdelt(event_id="9")])
    from cordiale.events import batches

    take_in = batches.take_in

    def slowly(*given: object) -> object:
        found = take_in(*given)  # type: ignore[arg-type]
        with file.open("a", encoding="utf-8") as more:
            more.write(gdelt() + "\n")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(batches, "take_in", slowly)
        found = taken(archive, file, other)
    assert [one.fate for one in found] == ["refused", "new"]
    assert "changed while it was read" in str(found[0].error)
    assert [one.fate for one in taken(archive, file)] == ["new"]


def test_files_left_half_way_leave_nothing_behind(archive: Archive, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for number in range(3):
            packed.writestr(f"{number}.csv", gdelt(event_id=str(number)) + "\n")
    coming = archive.ingest([tmp_path / "a.zip"])
    assert isinstance(coming, Generator) and next(coming).fate == "new"
    coming.close()
    assert not list((archive.folder / "tmp").iterdir())
    assert {one.fate for one in taken(archive, tmp_path / "a.zip")} == {"known"}


def test_a_large_file_is_taken_in_before_the_one_after_next_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cordiale.events.unpacking.SMALL", 10)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for number in range(5):
            packed.writestr(f"{number}.csv", gdelt(event_id=str(number)) + "\n")
    (tmp_path / "tmp").mkdir()
    coming = packing.plains([("a.zip", tmp_path / "a.zip")], tmp_path / "tmp")
    for _ in range(3):
        assert len(next(coming)) == 1
        assert len(list((tmp_path / "tmp").iterdir())) <= 2
    coming.close()
    assert not list((tmp_path / "tmp").iterdir())


def test_a_stream_that_marks_no_main_events_is_not_asked_for_them(archive: Archive, tmp_path: Path) -> None:
    row = {"Event ID": "1", "Event Date": "2018-06-01", "CAMEO Code": "190", "Intensity": "-10.0"}
    who = {"Source Name": "A", "Source Country": "Syria", "Target Name": "B", "Target Country": "Turkey"}
    taken(archive, written(tmp_path, "a.tab", table("icews", [row | who])))
    assert sum(series(archive, "Syria", "Turkey", stream="icews").table["events"].to_pylist()) == 1
    with pytest.raises(InvalidValue, match="does not mark them"):
        series(archive, "Syria", "Turkey", stream="icews", recipe=Recipe(root=True))


def test_a_zip_whose_names_are_no_text_is_refused_and_the_rest_kept(archive: Archive, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("é.csv", GOOD[0])
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes().replace("é".encode(), b"\xff\xfe"))
    good = written(tmp_path, "b.csv", GOOD)
    assert [one.fate for one in taken(archive, tmp_path / "a.zip", good)] == ["refused", "new"]


def test_members_of_one_name_in_a_zip_are_all_taken_in(archive: Archive, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr("a.csv", "\n".join(GOOD[:2]) + "\n")
        packed.writestr("a.csv", GOOD[2] + "\n")
    assert [(one.fate, one.events) for one in taken(archive, tmp_path / "a.zip")] == [("new", 2), ("new", 1)]


def test_a_name_that_promises_a_packed_file_is_not_believed(archive: Archive, tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv.gz", GOOD)
    assert [(one.fate, one.events) for one in taken(archive, file)] == [("new", 3)]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_a_member_that_is_packed_wrongly_is_said_to_be(archive: Archive, tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as packed:
        packed.writestr("a.csv", "\n".join(GOOD * 50) + "\n")
    broken = bytearray((tmp_path / "a.zip").read_bytes())
    broken[40:60] = bytes(20)
    (tmp_path / "a.zip").write_bytes(broken)
    told, after = taken(archive, tmp_path / "a.zip", written(tmp_path, "b.csv", GOOD))
    assert ("packed wrongly" in str(told.error), after.fate) == (True, "new")
