"""Single events behind a sum, and when two sides began to deal otherwise with each other."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from stream_makers import gdelt, ged, table, taken, written

from cordiale.dossier.dealings import dealings
from cordiale.events import Archive
from cordiale.events.series import series
from cordiale.events.told import told_events


def test_the_weightiest_events_of_a_pair_come_with_the_addresses_of_their_stories(tmp_path: Path) -> None:
    lines = [
        gdelt("SYR", "TUR", score="-2.0", url="https://e.org/small"), gdelt("TUR", "SYR", url="https://e.org/large"),
        gdelt("TUR", "SYR", url="https://e.org/large"), gdelt("TUR", "IRN", url="https://e.org/other"),
        gdelt("SYR", "TUR", day="20191201", url="https://e.org/later"),
    ]  # fmt: skip
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", lines))
        found = told_events(archive, "Syria", "Turkey", stream="gdelt2", until=date(2019, 11, 1))
        assert [(one.a, one.score, one.url) for one in found] == [
            ("TUR", -10.0, "https://e.org/large"), ("SYR", -2.0, "https://e.org/small")
        ]  # fmt: skip
        (first,) = told_events(archive, "Syria", "Turkey", stream="gdelt2", directed=True, limit=1)
        assert first.url == "https://e.org/later"
        assert told_events(archive, "Syria", "Turkey", stream="gdelt2", since=date(2020, 1, 1)) == ()


def test_a_shift_is_found_where_it_is_with_the_events_around_it(tmp_path: Path) -> None:
    lines = []
    for week in range(60):
        day = date(2018, 1, 1) + timedelta(days=7 * week)
        for number in range(3):
            score = (4.0 if week < 30 else -6.0) + (number - 1) / 2 + week % 3 / 10
            lines.append(gdelt(day=f"{day:%Y%m%d}", score=f"{score:.1f}", url=f"https://e.org/{week}/{number}"))
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", lines))
        found = series(archive, "SYR", "TUR", stream="gdelt2", every="week")
        (one,) = dealings(archive, found)
        turned = date(2018, 1, 1) + timedelta(days=7 * 30)
        assert (one.point.eve, one.point.day) == (turned - timedelta(days=7), turned)
        assert one.measure == "mean" and one.point.before > 3 and one.point.after < -5
        assert [event.url.split("/")[3] for event in one.events if event.url] == ["30", "30", "30"]


def test_where_all_events_have_one_score_a_shift_is_one_in_how_many_there_are(tmp_path: Path) -> None:
    rows = []
    for month in range(48):
        # of others, so that a month without the two is quiet, not unknown, and the last one is whole
        others = f"{2010 + month // 12}-{month % 12 + 1:02}-{31 if month == 47 else 1:02}"
        rows.append(ged(10_000 + month, side_b_new_id=5, date_start=others, date_end=others, source_date=others))
        for number in range((0, 1, 0, 2)[month % 4] if month < 24 else (9, 12, 10, 14)[month % 4]):
            day = f"{2010 + month // 12}-{month % 12 + 1:02}-{number + 1:02}"
            rows.append(ged(100 * month + number, date_start=day, date_end=day, source_date=day))
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", table("ged", rows, separator=",")))
        a, b = (f"code:{side}" for side in ("118", "4456"))
        (one,) = dealings(archive, series(archive, a, b, stream="ged"))
        assert (one.measure, one.point.eve, one.point.day) == ("events", date(2011, 12, 1), date(2012, 1, 1))
        assert (one.point.before, one.point.after) == (0.75, 11.25)
        assert one.told == "0.75 to 11.25" and len(one.events) == 3
        for until, ends in ((date(2013, 12, 4), date(2013, 12, 4)), (None, date(2014, 1, 1))):
            cut = series(archive, a, b, stream="ged", until=until)
            assert (cut.ends, len(dealings(archive, cut))) == (ends, 1)  # too few, as the month is not over, are none
