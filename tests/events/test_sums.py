"""Sums of an archive are those of its lines, by every policy, on every run, in whatever order files came."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stream_makers import acled, as_date, gdelt, ged, icews, polecat, table, taken, written

from cordiale.errors import InvalidValue, UnknownName
from cordiale.events import Archive, Sign, dyads
from cordiale.events.check import check
from cordiale.events.dyads import Recipe, Repeats, cells
from cordiale.events.export import export_events
from cordiale.events.pairs import Level, faded, month_ends, pairs, powers, states
from cordiale.events.portable import sql
from cordiale.events.scores import scores
from cordiale.events.series import Every, series

STATES = {"SYR": "syria", "TUR": "turkey", "USA": "united-states", "IRN": "iran"}
CODES = {"010": ("0.0", "1"), "036": ("4.0", "1"), "057": ("8.0", "1"), "112": ("-2.0", "3"), "190": ("-10.0", "4")}


def made_up(seed: int, count: int) -> list[dict[str, str]]:
    """Events of some states over a year, of which many tell one story again."""
    rng = random.Random(seed)
    made = []
    for number in range(count):
        a, b = rng.sample(list(STATES), 2)
        code = rng.choice(list(CODES))
        day = date(2019, 1, 1) + timedelta(days=rng.randrange(360))
        made.append(
            {
                "a": a, "b": b, "day": f"{day:%Y%m%d}", "code": code, "score": CODES[code][0],
                "quad": CODES[code][1], "root": rng.choice("01"),
                "added": f"{day + timedelta(days=rng.choice((0, 0, 0, 1, 40))):%Y%m%d}",
                "url": f"https://example.org/{rng.randrange(40)}", "event_id": f"{seed}{number:05}",
            }
        )  # fmt: skip
        if rng.random() < 0.3:
            made.append(made[-1] | {"event_id": f"{seed}{number:05}9", "named": "CAPITAL OF"})
    return made


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return made_up(1, 400)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("sums")
    with Archive(folder / "archive") as found:
        for number in range(4):
            taken(found, written(folder, f"{number}.csv", [gdelt(**row) for row in rows[number::4]]))
        yield found


def kept(rows: list[dict[str, str]], repeats: Repeats, *, root: bool = False) -> list[dict[str, str]]:
    """The rows that count, without those that tell one event again, by hand."""
    key = {
        Repeats.NONE: lambda row: row["event_id"], Repeats.EVENT_ID: lambda row: row["event_id"],
        Repeats.STORY: lambda row: (row["day"], row["a"], row["b"], row["code"], row["url"]),
        Repeats.DAY: lambda row: (row["day"], row["a"], row["b"], row["code"]),
    }[repeats]  # fmt: skip
    found: dict[Any, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: (row["added"], row["event_id"])):
        if not root or row["root"] == "1":
            found.setdefault(key(row), row)
    return list(found.values())


def tenths(row: dict[str, str], sign: Sign) -> int:
    if sign is Sign.GOLDSTEIN:
        return round(10 * float(row["score"]))
    if sign is Sign.QUAD:
        return 10 if row["quad"] in "12" else -10
    return next((one.plover for one in scores("goldstein") if one.code == row["code"]), None) or 0


@pytest.mark.parametrize("repeats", list(Repeats))
@pytest.mark.parametrize("sign", list(Sign))
@pytest.mark.parametrize("root", [False, True])
def test_cells_are_the_sums_of_lines_by_every_policy(
    archive: Archive, rows: list[dict[str, str]], repeats: Repeats, sign: Sign, root: bool
) -> None:
    expected: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    counted = kept(rows, repeats, root=root)
    for row in counted:
        value = tenths(row, sign)
        cell = expected[row["a"], row["b"], as_date(row["day"]), as_date(row["added"])]
        cell[0] += 1
        cell[1] += 2520 * max(value, 0)
        cell[2] += 2520 * min(value, 0)
    parts = cells(archive, "gdelt2", Recipe(sign=sign, repeats=repeats, root=root))
    paths = ", ".join(f"'{archive.folder / part.path}'" for part in parts)
    found = archive.con.execute(
        f"""SELECT a.key[1:3], b.key[1:3], day, added, events, cooperative, conflictual FROM read_parquet([{paths}]) c
            JOIN actors a ON a.id = actor JOIN actors b ON b.id = target"""
    ).fetchall()
    assert {row[:4]: list(row[4:]) for row in found} == expected
    every = [row for row in rows if not root or row["root"] == "1"]
    assert (sum(part.events for part in parts), sum(part.left_out for part in parts)) == (
        len(every), len(every) - len(counted)
    )  # fmt: skip


@pytest.mark.parametrize("repeats", list(Repeats))
@pytest.mark.parametrize("at_once", [0, 12_000_000])
def test_months_add_up_to_the_same_together_and_apart(
    archive: Archive, rows: list[dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repeats: Repeats,
    at_once: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(dyads, "FEW", 0)
    monkeypatch.setattr(dyads, "AT_ONCE", at_once)
    with Archive(tmp_path / "other") as other:
        taken(other, written(tmp_path, "a.csv", [gdelt(**row) for row in rows]))
        assert every_cell(other, Recipe(repeats=repeats)) == every_cell(archive, Recipe(repeats=repeats))


def every_cell(archive: Archive, recipe: Recipe) -> list[tuple[Any, ...]]:
    paths = ", ".join(f"'{archive.folder / part.path}'" for part in cells(archive, "gdelt2", recipe))
    return archive.con.execute(
        f"""SELECT a.key, b.key, c.* EXCLUDE (actor, target) FROM read_parquet([{paths}]) c
            JOIN actors a ON a.id = actor JOIN actors b ON b.id = target ORDER BY ALL"""
    ).fetchall()


def test_an_actor_of_one_code_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    url = "https://example.org/1"
    with Archive(tmp_path / "archive") as archive:
        lines = [gdelt("JPN", "CHN", named=named, url=url) for named in ("JAPAN", "TOKYO")]
        taken(archive, written(tmp_path, "a.csv", [*lines, gdelt("JPN", "JPN", named="OSAKA", url=url)]))
        (cell,) = every_cell(archive, Recipe())
        assert cell[4:6] == (1, 2)
        export_events(archive, str(tmp_path / "e.csv"), stream="gdelt2")
        told = (tmp_path / "e.csv").read_text("utf-8")
        assert all(name in told for name in ("JAPAN JPN", "TOKYO JPN", "OSAKA JPN"))
        assert export_events(archive, str(tmp_path / "d.csv"), stream="gdelt2", dyad_days=True) == 1


def test_the_order_of_files_changes_no_sum(archive: Archive, rows: list[dict[str, str]], tmp_path: Path) -> None:
    with Archive(tmp_path / "other") as other:
        taken(other, written(tmp_path, "a.csv", [gdelt(**row) for row in reversed(rows)]))
        for every in Every:
            one, two = (
                series(desk, "Syria", "Turkey", stream="gdelt2", every=every).table for desk in (archive, other)
            )
            assert one.equals(two)
        days = month_ends(archive, "gdelt2", None, None)
        for half_life in (7.0, 90.0):
            both = [states(desk, days, stream="gdelt2", half_life=half_life).to_pylist() for desk in (archive, other)]
            assert both[0] == both[1]
        assert pairs(archive, stream="gdelt2").to_pylist() == pairs(other, stream="gdelt2").to_pylist()


@pytest.mark.parametrize("every", list(Every))
@pytest.mark.parametrize("directed", [False, True])
def test_a_series_is_the_sum_of_its_lines_by_period(
    archive: Archive, rows: list[dict[str, str]], every: Every, directed: bool
) -> None:
    known = date(2019, 11, 1)
    begin = {
        Every.DAY: lambda day: day, Every.WEEK: lambda day: day - timedelta(days=day.weekday()),
        Every.MONTH: lambda day: day.replace(day=1),
        Every.QUARTER: lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    }[every]  # fmt: skip
    found = series(archive, "Syria", "TUR", stream="gdelt2", every=every, directed=directed, known=known)
    expected: dict[date, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    volume: dict[date, int] = defaultdict(int)
    early = [row for row in rows if as_date(row["added"]) <= known]
    for row in early:
        volume[begin(as_date(row["day"]))] += 1
    sides = {("SYR", "TUR")} if directed else {("SYR", "TUR"), ("TUR", "SYR")}
    counted: dict[date, int] = defaultdict(int)
    for row in kept(rows, Repeats.STORY):
        if as_date(row["added"]) <= known:
            counted[begin(as_date(row["day"]))] += 1
        if (row["a"], row["b"]) in sides and as_date(row["added"]) <= known:
            cell, value = expected[begin(as_date(row["day"]))], tenths(row, Sign.GOLDSTEIN) / 10
            cell[0] += 1
            cell[1 if value > 0 else 2] += value
    rows_of = found.table.to_pylist()
    for one in rows_of:
        if one["events"] is None:
            assert volume[one["period"]] == 0
            continue
        assert one["volume"] == counted[one["period"]]
        got = [one["events"], one["cooperative"], one["conflictual"]]
        assert got == pytest.approx(expected[one["period"]])
    periods = [one["period"] for one in rows_of]
    assert sum(one["events"] or 0 for one in rows_of) == sum(cell[0] for cell in expected.values()) > 0
    assert periods == sorted(set(periods)) and periods[0] == min(volume) and periods[-1] == max(volume)


def test_fading_states_are_those_of_the_definition(archive: Archive, rows: list[dict[str, str]]) -> None:
    days = [date(2019, 3, 5), date(2019, 8, 1), date(2020, 6, 1)]
    found = states(archive, days, stream="gdelt2", half_life=30.0).to_pylist()
    expected: dict[Any, float] = defaultdict(float)
    for row in kept(rows, Repeats.STORY):
        for day in days:
            if as_date(row["day"]) <= day:
                pair = tuple(sorted((STATES[row["a"]], STATES[row["b"]])))
                left = 0.5 ** ((day - as_date(row["day"])).days / 30)
                expected[(*pair, day)] += tenths(row, Sign.GOLDSTEIN) / 10 * left
    got = {(*sorted((one["a"], one["b"])), one["day"]): one["state"] for one in found}
    assert got.keys() == expected.keys()
    assert all(got[key] == pytest.approx(expected[key], abs=1e-9) for key in got)


@pytest.mark.parametrize("half_life", [0.5, 7.0, 3650.0])
def test_a_state_does_not_overflow_over_centuries(half_life: float) -> None:
    ends = np.array([[1, 2]] * 3)
    _, state = faded(
        ends, np.array([0, 1, 60_000]), np.array([25_200, -25_200, 25_200]), np.array([1, 60_000]), half_life
    )
    assert np.isfinite(state).all()
    assert state[0, 1] == pytest.approx(1.0, abs=1e-4 if half_life < 100 else 1.0)


def test_powers_of_a_half_are_rounded_once() -> None:
    assert powers(4, 2.0).tolist()[::2] == [1.0, 0.5, 0.25]
    assert powers(3000, 90.0)[2970] == pytest.approx(0.5**33, rel=1e-15)


def test_a_later_file_changes_only_the_years_that_it_is_of(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", [gdelt(day="20180101"), gdelt(day="20190101")]))
        first = {part.year: part.path for part in cells(archive, "gdelt2", Recipe())}
        taken(archive, written(tmp_path, "b.csv", [gdelt(day="20190301")]))
        second = {part.year: part.path for part in cells(archive, "gdelt2", Recipe())}
        assert first[2018] == second[2018]
        assert first[2019] != second[2019]
        assert series(archive, "SYR", "TUR", stream="gdelt2").table["events"].to_pylist().count(1.0) == 3


def test_a_replaced_file_counts_no_more(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "events.2018.tab", table("icews", [icews(1), icews(2)])))
        assert pairs(archive, stream="icews")["events"].to_pylist() == [1.0]  # one story, told twice
        (tmp_path / "later").mkdir()
        rows = [icews(n, **{"Story ID": n, "Target Country": "Iran"}) for n in range(5)]
        taken(archive, written(tmp_path / "later", "events.2018.tab", table("icews", rows)))
        assert pairs(archive, stream="icews").to_pylist()[0] | {"mean": -10.0} == {
            "a": "iran", "b": "syria", "events": 5.0, "cooperative": 0.0, "conflictual": -50.0, "mean": -10.0
        }  # fmt: skip


def test_shares_of_one_event_add_up_to_one(tmp_path: Path) -> None:
    countries = ["TUR", "USA", "IRN", "IRQ", "FRA", "DEU", "EGY"]
    rows = [polecat(f"E{n}", **{"Recipient Country": ";".join(countries[: n + 1])}) for n in range(7)]
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.txt", table("polecat", rows)))
        found = pairs(archive, stream="polecat", recipe=Recipe(repeats=Repeats.NONE)).to_pylist()
        assert sum(one["events"] for one in found) == pytest.approx(7, abs=1e-12)
        assert found[-1]["conflictual"] < 0


def test_streams_without_a_scale_take_that_of_what_they_are_in_cameo(tmp_path: Path) -> None:
    battles = [acled(), acled("SYR2", event_type="Strategic developments", sub_event_type="Agreement")]
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", table("acled", battles, separator=",")))
        taken(archive, written(tmp_path, "b.csv", table("ged", [ged()], separator=",")))
        (found,) = pairs(archive, stream="acled").to_pylist()
        assert (found["cooperative"], found["conflictual"]) == (8.0, -10.0)
        (found,) = pairs(archive, stream="ged", level=Level.ACTOR).to_pylist()
        assert (found["a"], found["b"], found["conflictual"]) == ("Government of Syria", "Syrian insurgents", -10.0)


def test_tables_of_scores_do_not_agree_and_each_source_has_its_own() -> None:
    gdelt_, icews_ = ({one.code: one.goldstein for one in scores(name)} for name in ("goldstein", "intensity"))
    assert {code for code in gdelt_ if gdelt_[code] != icews_[code]} >= {"016", "022"}
    assert (gdelt_["016"], icews_["016"]) == (-20, -50)
    assert {one.quad for one in scores("goldstein") if one.code.startswith("09")} == {2}
    assert {one.quad for one in scores("goldstein") if one.code.startswith("14")} == {3}
    assert next(one.plover for one in scores("plover") if one.code == "ACCUSE") == -30
    with pytest.raises(UnknownName):
        scores("lore")


def test_sides_are_states_roles_groups_blocs_and_codes(tmp_path: Path) -> None:
    lines = [
        gdelt("SYR", "TUR", roles=("MIL", ""), url="1"), gdelt("SYR", "TUR", roles=("GOV", ""), url="2"),
        gdelt("PSE", "ISR", groups=("HMS", ""), url="3"), gdelt("FIN", "RUS", day="20220101", url="4"),
        gdelt("FIN", "RUS", day="20240101", url="5"),
    ]  # fmt: skip
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", lines))

        def events(a: str, b: str, **how: Any) -> float:
            return sum(x or 0 for x in series(archive, a, b, stream="gdelt2", **how).table["events"].to_pylist())

        assert events("Syria", "Turkey") == 2
        assert events("Syria/MIL", "TUR") == events("code:SYRGOV", "turkey") == 1
        assert events("Hamas", "Israel") == 1
        assert events("NATO", "Russia") == 1  # Finland has been a member since 2023
        assert events("NATO", "Turkey", directed=True) == 0
        with pytest.raises(InvalidValue, match="GOV, MIL, REB"):
            events("Syria/ARMY", "Turkey")
        with pytest.raises(UnknownName, match="Syria"):
            events("Syriaa", "Turkey")
        with pytest.raises(InvalidValue, match="day, week, month, quarter"):
            events("Syria", "Turkey", every="fortnight")


def test_a_check_tells_gaps_missing_files_repeats_and_what_is_lost(tmp_path: Path) -> None:
    names = ["20191024000000", "20191024001500", "20191024010000"]
    with Archive(tmp_path / "archive") as archive:
        for name in names:
            rows = [gdelt(url="1"), gdelt(url="1"), gdelt(url="2"), "broken"]
            taken(archive, written(tmp_path, f"{name}.export.CSV", rows))
        taken(archive, written(tmp_path, "other.csv", [gdelt(added="20191027")]))
        (found,) = check(archive)
        assert (found.files, found.events, found.rejected, found.dyadic) == (4, 10, 3, 10)
        assert [f"{one:%H%M}" for one in found.missing] == ["0030", "0045"]
        assert [(one.first, one.last) for one in found.gaps] == [(date(2019, 10, 25), date(2019, 10, 26))]
        assert dict(found.repeats)["day-dyad-code-url"] == 7
        assert found.volume == ((2019, 10),) and not found.sound
        part = archive.ledger.parts()[0]
        (archive.folder / part.path).unlink()
        (found,) = check(archive)
        assert found.lost == (part.path,)


def test_an_export_has_names_and_addresses_and_is_whole_or_not_there(tmp_path: Path) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", [gdelt(event_id="7", url="https://e.org/7"), gdelt("", "USA")]))
        assert export_events(archive, str(tmp_path / "e.parquet"), stream="gdelt2") == 2
        first = next(row for row in pyarrow.parquet.read_table(tmp_path / "e.parquet").to_pylist() if row["a"])
        assert (first["event_id"], first["a"], first["a_state"], first["score"], first["weight"], first["url"]) == (
            "7", "SYR", "syria", -10.0, 1.0, "https://e.org/7",
        )  # fmt: skip
        stated = pyarrow.parquet.read_schema(tmp_path / "e.parquet").metadata
        assert stated[b"stream"] == b"gdelt2" and b"Leetaru" in stated[b"cite"] and b"citation" in stated[b"licence"]
        assert export_events(archive, str(tmp_path / "d.csv"), stream="gdelt2", dyad_days=True) == 1
        assert pyarrow.csv.read_csv(tmp_path / "d.csv").to_pylist()[0]["recipe"] == Recipe().name
        assert pyarrow.csv.read_csv(tmp_path / "d.csv").to_pylist()[0]["conflictual"] == -10.0
        taken(archive, written(tmp_path, "b.csv", [gdelt("USA", "IRN", url="=cmd|' /C calc'!A0")]))
        export_events(archive, str(tmp_path / "f.csv"), stream="gdelt2")
        assert "'=cmd|' /C calc'!A0" in (tmp_path / "f.csv").read_text("utf-8")
        with pytest.raises(InvalidValue, match=r"\.parquet, \.csv"):
            export_events(archive, str(tmp_path / "e.xlsx"), stream="gdelt2")
        assert not list(tmp_path.glob(".*.tmp"))


def test_events_are_narrowed_to_a_place_and_to_a_source(tmp_path: Path) -> None:
    urls = (
        "https://www.reuters.com/1",
        "https://uk.reuters.com:443/2?x=notreuters.org",
        "http://me@notreuters.com/3",
        "",
    )
    lines = [
        gdelt(event_id=f"{number}", day="20191001", code=f"19{number}", url=url) for number, url in enumerate(urls)
    ]
    elsewhere = [line.replace("Aleppo\tSY\tSY09", "Ankara\tTU\tTU68") for line in lines[:1]]
    rows = table("icews", [icews(1, Publisher="Xinhua News Agency"), icews(2, Country="Turkey")]).splitlines()
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", [*lines, elsewhere[0].replace("reuters.com/1", "bbc.co.uk/9")]))
        taken(archive, written(tmp_path, "events.2018.tab", rows))

        def events(stream: str, **how: str) -> float:
            found = pairs(archive, stream=stream, recipe=Recipe(repeats=Repeats.NONE, **how))  # type: ignore[arg-type]
            return sum(found["events"].to_pylist())

        assert (events("gdelt2"), events("gdelt2", place="syria"), events("gdelt2", place="turkey")) == (5, 4, 1)
        assert (events("gdelt2", source="reuters.com"), events("gdelt2", source="Reuters.com")) == (2, 2)
        assert (events("gdelt2", source="bbc.co.uk"), events("gdelt2", source="bbc.co.uk", place="turkey")) == (1, 1)
        assert (
            events("icews", place="syria"),
            events("icews", place="turkey"),
            events("icews", source="xinhua news agency"),
        ) == (
            1,
            1,
            1,
        )
        for how, why in (
            ({"source": "bbc.co.uk", "place": "syria"}, "ask for less at once"),
            ({"place": "iran"}, "none of them is there"), ({"source": "reuter.com"}, "did you mean 'reuters.com'"),
            ({"source": "nobody"}, "name a host"),
        ):  # fmt: skip
            with pytest.raises((InvalidValue, UnknownName), match=why):
                events("gdelt2", **how)
        taken(archive, written(tmp_path, "p.txt", table("polecat", [polecat()])))
        with pytest.raises(InvalidValue, match="does not say who told"):
            events("polecat", source="reuters.com")
        told = export_events(archive, str(tmp_path / "a.csv"), stream="gdelt2", recipe=Recipe(source="bbc.co.uk"))
        assert told == 1
        with pytest.raises(InvalidValue, match="leave the source out"):
            sql(archive, "gdelt2", Recipe(source="bbc.co.uk"), dialect="trino")


def test_a_recipe_of_a_source_has_a_name_that_leads_nowhere() -> None:
    name = Recipe(source="../../etc/passwd").name
    assert "/" not in name and name != Recipe(source="../../etc-passwd").name
