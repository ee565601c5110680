"""Each stream is told by what is in a file, and its columns become those of an event."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from stream_makers import acled, events, gdelt, ged, icews, phoenix, polecat, table, taken, written

from cordiale.events import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive") as found:
        yield found


def one(archive: Archive, stream: str, file: Path) -> dict[str, object]:
    (told,) = taken(archive, file)
    assert (told.stream, told.events, told.rejected) == (stream, 1, 0), told.error or told.rejects
    (found,) = events(archive, stream)
    return found


def key(*parts: str) -> str:
    return "\x1f".join((*parts, *[""] * (5 - len(parts))))


@pytest.mark.parametrize(("version", "width", "stream"), [(2, None, "gdelt2"), (1, None, "gdelt1"), (1, 57, "gdelt1")])
def test_a_line_of_gdelt_is_an_event(
    archive: Archive, tmp_path: Path, version: int, width: int | None, stream: str
) -> None:
    line = gdelt("SYR", "TUR", added="20191025", roles=("MIL", ""), version=version, width=width, event_id="77")
    found = one(archive, stream, written(tmp_path, "whatever.txt", [line]))
    assert (found["event_id"], found["day"], found["added"]) == ("77", date(2019, 10, 24), date(2019, 10, 25))
    assert (found["code"], found["score"], found["quad"], found["root"]) == ("190", -100, 4, True)
    assert (found["a"], found["b"]) == (key("SYRMIL", "", "SYR", "", "MIL"), key("TUR", "", "TUR"))
    assert (found["actor_name"], found["target_name"]) == ("NAME SYR", "NAME TUR")
    assert (found["url"] is None, found["weight"], found["mentions"], found["place"]) == (width == 57, 2520, 3, "SY")


def test_lines_of_both_widths_of_gdelt_1_are_whole_in_one_file(archive: Archive, tmp_path: Path) -> None:
    lines = [gdelt(version=1, width=57), gdelt(version=1), gdelt(version=1, width=57)]
    (told,) = taken(archive, written(tmp_path, "a.csv", lines))
    assert (told.stream, told.events, told.rejected) == ("gdelt1", 3, 0)


def test_a_row_of_icews_has_its_countries_by_name(archive: Archive, tmp_path: Path) -> None:
    found = one(archive, "icews", written(tmp_path, "a.tab", table("icews", [icews(**{"Target Country": "NA"})])))
    assert found["a"] == key("", "Military (Syria)", "Syria", "", "Government|Military")
    assert found["b"] == key("", "Rebel (Syria)", "", "", "Rebel")
    assert (found["code"], found["score"], found["day"]) == ("190", -100, date(2018, 6, 1))


def test_the_icews_release_of_other_dates_and_no_codes_is_read(archive: Archive, tmp_path: Path) -> None:
    lines = table("icews", [icews(**{"Event Date": "13/2/2017"})]).splitlines()
    place = lines[0].split("\t").index("CAMEO Code")
    cut = ["\t".join(cell for n, cell in enumerate(line.split("\t")) if n != place) for line in lines]
    found = one(archive, "icews", written(tmp_path, "Events.2017.20200602.tab", cut))
    assert (found["day"], found["code"], found["score"]) == (date(2017, 2, 13), None, -100)


def test_an_event_of_polecat_with_several_countries_is_shared_among_its_pairs(archive: Archive, tmp_path: Path) -> None:
    rows = [polecat(), polecat("E2", **{"Recipient Country": "None"}), polecat("E3", **{"Actor Country": "A;B;A;C",
            "Recipient Country": "D;E;F;G"})]  # fmt: skip
    (told,) = taken(archive, written(tmp_path, "a.txt", table("polecat", rows)))
    assert (told.stream, told.events, told.rejected) == ("polecat", 3, 0)
    found = events(archive, "polecat")
    assert [(e["a"], e["b"], e["weight"]) for e in found if e["event_id"] == "E1"] == [
        (key("", "Air Force", "SYR", "", "MIL"), key("", "", "TUR"), 1260),
        (key("", "Air Force", "SYR", "", "MIL"), key("", "", "USA"), 1260),
    ]
    assert [(e["b"], e["weight"]) for e in found if e["event_id"] == "E2"] == [(None, 2520)]
    assert sum(e["weight"] for e in found if e["event_id"] == "E3") == 2520
    assert len([e for e in found if e["event_id"] == "E3"]) == 12
    first = found[0]
    assert (first["code"], first["score"], first["quad"], first["added"]) == (
        "ASSAULT/aerial",
        -95,
        4,
        date(2023, 1, 4),
    )


def test_the_other_name_of_polecats_intensity_is_known(archive: Archive, tmp_path: Path) -> None:
    text = table("polecat", [polecat(**{"Recipient Country": "TUR"})]).replace(
        "\tIntensity\t", "\tEvent Intensity\t", 1
    )
    assert one(archive, "polecat", written(tmp_path, "a.txt", text))["score"] == -95


def test_a_row_of_phoenix_may_be_neutral(archive: Archive, tmp_path: Path) -> None:
    found = one(archive, "phoenix", written(tmp_path, "a.txt", table("phoenix", [phoenix()], head=False)))
    assert (found["quad"], found["score"], found["code"], found["day"]) == (0, 40, "036", date(2018, 1, 1))


def test_a_row_of_acled_says_between_whom_and_when_it_was_written(archive: Archive, tmp_path: Path) -> None:
    text = "\ufeff" + table("acled", [acled()], separator=",")
    found = one(archive, "acled", written(tmp_path, "a.csv", text))
    assert (found["day"], found["added"]) == (date(2019, 10, 24), date(2019, 10, 28))
    assert (found["code"], found["score"]) == ("Battles/Armed clash", None)
    assert found["a"] == key("", "Military Forces of Turkey (2016-)", "Turkey", "", "State forces")


@pytest.mark.parametrize("head", [True, False])
def test_an_event_of_ged_may_span_days_and_come_without_a_head(archive: Archive, tmp_path: Path, head: bool) -> None:
    found = one(archive, "ged", written(tmp_path, "a.csv", table("ged", [ged()], separator=",", head=head)))
    assert (found["day"], found["days"], found["added"]) == (date(2013, 1, 3), 4, date(2013, 1, 7))
    assert found["a"] == key("118", "Government of Syria", "652", "", "GOV")


@pytest.mark.parametrize("separator", ["\t", ",", ";", "\x01"])
def test_a_file_that_was_saved_again_with_a_head_and_another_separator_is_read(
    archive: Archive, tmp_path: Path, separator: str
) -> None:
    row = dict(zip(_columns(2), gdelt(event_id="5").split("\t"), strict=True))
    text = table("gdelt2", [row], separator=separator)
    found = one(archive, "gdelt2", written(tmp_path, "a.csv", text.lower() if separator == "," else text))
    assert (found["event_id"], found["score"]) == ("5", -100)


def _columns(version: int) -> tuple[str, ...]:
    from cordiale.events.streams import STREAMS

    return STREAMS[f"gdelt{version}"].columns


@pytest.mark.parametrize(
    ("name", "stream", "count"),
    [
        ("gdelt2-20191024143000.export.CSV", "gdelt2", 2111), ("gdelt1-mixed-57-58col.tsv", "gdelt1", 710),
        ("icews-events.2018.sample.tab", "icews", 4993), ("ucdp-ged-23.1-sample1000.csv", "ged", 1000),
    ],
)  # fmt: skip
def test_every_line_of_a_real_sample_is_an_event(
    archive: Archive, shared: Path, tmp_path: Path, name: str, stream: str, count: int
) -> None:
    file = shared / "data" / "events" / name
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.write(file, name)
    (told,) = taken(archive, packed)
    assert (told.stream, told.lines, told.events, told.rejected) == (stream, count, count, 0)
    (again,) = taken(archive, file)
    assert (again.fate, again.known_as) == ("known", f"{packed}!{name}")


@pytest.mark.parametrize("name", ["gdelt2-mentions-sample.csv", "plover_scores.csv", "README.md"])
def test_what_is_no_stream_is_refused_with_those_that_are(archive: Archive, shared: Path, name: str) -> None:
    (told,) = taken(archive, shared / "data" / "events" / name)
    assert told.fate == "refused"
    assert "gdelt2, gdelt1, icews, polecat, phoenix, acled, ged" in str(told.error)


def test_the_sums_of_a_real_file_are_those_of_its_lines(archive: Archive, shared: Path) -> None:
    file = shared / "data" / "events" / "gdelt2-20191024143000.export.CSV"
    taken(archive, file)
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    found = events(archive, "gdelt2")
    assert sum(event["score"] for event in found) == sum(round(10 * float(line[30])) for line in lines)
    assert sum(event["mentions"] for event in found) == sum(int(line[31]) for line in lines)
    assert {event["event_id"] for event in found} == {line[0] for line in lines}
