"""When a tie or a measure changed, asked of a dossier: by names, with the claims and the events around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import cordiale
from cordiale.claims import Change, Citation, Claim
from cordiale.dossier.changing import measured, pair_history
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import Cause

NOW = datetime(2014, 6, 1, 12, tzinfo=UTC)
EVENTS = """name,names,from,to
Quarrel over the ford,,2012-01-20,2012-01-21
Feast of the ford,,2004-01-20,2004-01-21
"""


def claim(
    a: str, kind: str, b: str, since: str, *, row: int = 0, change: Change = Change.NONE, until: str | None = None
) -> Claim:
    found = relation(kind)
    held = Period.parse(since, until)
    return Claim(
        subject=a, relation=found, object=b, sign=-found.sign if change is Change.ENDS else found.sign, change=change,
        held=held, reader="hand", published=held.start,
        evidence=Citation(dataset=f"notes {row}", version="1", row=f"{a} {kind} {b} {since}"),
    )  # fmt: skip


CLAIMS = (
    *(claim("syria", "ally_of", "hamas", f"{year}", until="2012") for year in (2008, 2009, 2010, 2011)),
    claim("syria", "ally_of", "hamas", "2012-02-01", change=Change.ENDS, row=1),
    claim("hamas", "opposes", "syria", "2012-06-01", row=2),
    *(claim("iran", "ally_of", "hamas", f"{year}", until=f"{year + 1}", row=year) for year in range(2008, 2014)),
    *(claim("israel", "fights", "hamas", f"{year}", until=f"{year + 1}", row=year) for year in range(2008, 2014)),
    *(claim("egypt", "friendly_to", "qatar", f"{year}", until=f"{year + 1}", row=year) for year in range(2008, 2013)),
    *(claim("egypt", "rivals", "qatar", f"{year}", until=f"{year + 1}", row=year) for year in range(2013, 2014)),
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cordiale.Dossier]:
    folder = tmp_path_factory.mktemp("changes")
    (folder / "events.csv").write_text(EVENTS, encoding="utf-8")
    with cordiale.open(folder / "a.dossier", clock=lambda: NOW) as found:
        named = {end for one in CLAIMS for end in (one.subject, one.object)}
        catalogue = cordiale.catalogue()
        found.store.add_claims(CLAIMS, [catalogue[name] for name in named])
        found.add_events(folder / "events.csv")
        yield found


def test_a_turn_is_told_in_names_with_its_claims_and_the_events_around_it(dossier: cordiale.Dossier) -> None:
    found = dossier.changes("Hamas", "Syria")
    assert (found.a.name, found.b.name) == ("Hamas", "Syria")
    (turn,) = found.changes
    assert (turn.was.sign, turn.became.sign, turn.turn) == (1, -1, True)
    assert 1 > turn.before > 0.5 > turn.after > 0
    arrived, faded = (turn.claims(cause=cause) for cause in (Cause.ARRIVED, Cause.FADED))
    assert {(one.subject, one.change, one.sign) for one in arrived} == {
        ("syria", Change.ENDS, -1),
        ("hamas", Change.NONE, -1),
    }
    assert faded
    assert {(one.relation.name, one.sign) for one in faded} == {("ally_of", 1)}
    assert turn.claims() == tuple(sorted((*arrived, *faded), key=turn.claims().index))
    assert turn.events[0].name == "Quarrel over the ford"
    assert "Feast of the ford" not in {event.name for event in turn.events}


def test_the_course_of_a_tie_runs_from_its_first_claim_to_today(dossier: cordiale.Dossier) -> None:
    found = dossier.changes("Hamas", "Syria")
    assert (found.course.days[0], found.course.days[-1]) == (date(2008, 1, 1), NOW.date())
    assert all(value is None or 0 < value < 1 for value in found.course.values)
    assert len(found.turns) == len(found.course.days)
    assert found.episodes[0].stance.sign == 1


def test_a_stretch_and_a_step_are_as_asked_for(dossier: cordiale.Dossier) -> None:
    found = dossier.changes("Hamas", "Syria", since="2011-06", until="2011-12", every="month")
    assert (found.course.days[0], found.course.days[-1]) == (date(2011, 6, 1), date(2011, 12, 31))
    assert len(found.course.days) == 8
    assert not found.changes


def test_what_was_not_published_yet_turns_nothing(dossier: cordiale.Dossier) -> None:
    assert not [one for one in dossier.changes("Hamas", "Syria", known="2011").changes if one.became.sign < 0]


def test_a_pair_of_which_nothing_is_said_has_a_course_of_one_day_without_a_value(dossier: cordiale.Dossier) -> None:
    found = dossier.changes("Qatar", "Syria")
    assert (found.course.values, len(found.changes), found.episodes) == ((None,), 0, ())


def test_answers_show_themselves_in_a_few_lines(dossier: cordiale.Dossier) -> None:
    assert repr(dossier.changes("Hamas", "Syria")).startswith("Hamas and Syria: 1 change from 2008-01-01 to 2014-06-01")
    assert "hostile: " in repr(dossier.changes_of("hostile", since="2009"))
    assert repr(dossier.changes("Hamas", "Syria").changes[0]).startswith("<2012-")


def test_a_course_becomes_a_data_frame(dossier: cordiale.Dossier) -> None:
    pytest.importorskip("pandas")
    assert list(dossier.changes("Hamas", "Syria").frame().columns) == ["day", "p_friendly", "turn"]
    shown = dossier.changes_of("isolation", "Hamas", since="2010").frame()
    assert list(shown.columns) == ["day", "isolation", "low", "high"]
    assert (shown.low <= shown.high).all()


def test_isolation_over_time_has_its_intervals_and_is_that_of_each_day(dossier: cordiale.Dossier) -> None:
    found = dossier.changes_of("isolation", "Hamas", since="2009-01-01", until="2013-12-31", every="year")
    same = dossier.isolation("Hamas", "2013-12-31", since="2009-01-01", every="year")
    assert list(found.course.values[:-1]) == [one.value for one in same]
    assert found.course.low is not None
    assert found.course.low[0] == same[0].low


def test_an_actor_of_which_nothing_is_known_yet_has_no_value(dossier: cordiale.Dossier) -> None:
    found = dossier.changes_of("isolation", "Hamas", since="2006", until="2008-06", every="year")
    assert found.course.values[:2] == (None, None)
    assert found.course.values[2] is not None


def test_measures_of_all_ties_have_no_value_where_there_is_no_tie(dossier: cordiale.Dossier) -> None:
    for measure in ("balance", "blocs", "hostile"):
        found = dossier.changes_of(measure, since="2006", until="2009", every="year")
        assert found.course.values[0] is None, measure
        assert found.course.values[-1] is not None, measure


def test_the_ties_that_turned_around_a_shift_are_named_with_their_claims(dossier: cordiale.Dossier) -> None:
    (shift,) = dossier.changes_of("hostile", since="2009", until="2014-01", every="year", correlation=0.0).changes
    assert (shift.eve, shift.day, shift.before) == (date(2012, 1, 1), date(2013, 1, 1), 0.25)
    assert shift.events[0].name == "Quarrel over the ford"
    first, second = shift.turned
    assert (first.a, first.b, first.before, first.after) == ("Hamas", "Syria", 1, -1)
    assert (second.a, second.b, second.before, second.after) == ("Egypt", "Qatar", 1, 0)
    assert all({one.subject, one.object} == {"hamas", "syria"} for one in first.claims())
    assert [one.relation.name for one in second.claims(1)] == ["rivals"]


def test_looking_at_a_dossier_more_often_finds_no_more_shifts(dossier: cordiale.Dossier) -> None:
    counts = [
        len(dossier.changes_of("hostile", since="2008", until="2014", every=every).changes)
        for every in ("week", "month", "quarter")
    ]
    assert max(counts) == min(counts)


@pytest.mark.parametrize(("measure", "actor"), [("isolation", None), ("balance", "Hamas")])
def test_isolation_is_of_an_actor_and_no_other_measure_is(
    dossier: cordiale.Dossier, measure: str, actor: str | None
) -> None:
    with pytest.raises(InvalidValue):
        dossier.changes_of(measure, actor)


def test_an_unknown_measure_suggests_the_near_ones(dossier: cordiale.Dossier) -> None:
    with pytest.raises(UnknownName, match="isolation"):
        dossier.changes_of("isolatoin", "Hamas")


def test_progress_is_told_day_by_day(dossier: cordiale.Dossier) -> None:
    told: list[tuple[int, int]] = []
    dossier.changes_of(
        "hostile", since="2010", until="2012", every="year", progress=lambda done, of: told.append((done, of))
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_dossier_without_claims_has_nothing_to_measure(tmp_path: Path) -> None:
    with cordiale.open(tmp_path / "new.dossier", clock=lambda: NOW) as found:
        answer = found.changes_of("balance")
    assert (answer.course.days, answer.course.values) == ((NOW.date(),), (None,))


GREAT = {1903: [("FRA", "GBR", -1)], 1904: [("FRA", "GBR", 1)], 1905: [("FRA", "RUS", 1)]}


def test_a_tie_of_a_table_changes_on_the_day_on_which_its_sign_does() -> None:
    at = [date(year, 1, 1) for year in GREAT]
    found = pair_history(lambda on: iter([GREAT[day.year] for day in on]), at, "GBR", "FRA", exact=True)
    assert [(str(one.eve), str(one.day), one.before, one.after) for one in found] == [
        ("1903-12-31", "1904-01-01", -1, 1),
        ("1904-12-31", "1905-01-01", 1, 0),
    ]
    between = pair_history(lambda on: iter([GREAT[day.year] for day in on]), at, "GBR", "FRA")
    assert str(between[0].eve) == "1903-01-01"


def test_only_the_ties_of_an_actor_are_told_of_its_isolation() -> None:
    def over(on: object) -> Iterator[list[tuple[str, str, int]]]:
        for day in on:  # type: ignore[attr-defined]
            late = day.year > 2004
            yield [
                ("a", "b", -1 if late else 1),
                ("a", "c", -1 if late else 1),
                ("b", "c", 1),
                ("d", "c", 1 - 2 * late),
            ]

    found = measured(over, [date(year, 1, 1) for year in range(2000, 2010)], "isolation", "a")
    (shift,) = found.changes
    assert [(tie.a, tie.b) for tie in shift.turned] == [("a", "b"), ("a", "c")]
    assert shift.turned[0].claims() == ()


def test_where_nothing_changes_but_on_the_days_given_a_level_may_last_for_one_of_them() -> None:
    def over(on: object) -> Iterator[list[tuple[str, str, int]]]:
        for day in on:  # type: ignore[attr-defined]
            yield [("a", "b", 1), ("b", "c", 1), ("a", "c", 1 if day.year == 1907 else -1)]

    at = [date(year, 1, 1) for year in (1872, 1882, 1890, 1891, 1904, 1907)]
    (shift,) = measured(over, at, "hostile", exact=True).changes
    assert (shift.eve, shift.day, shift.after) == (date(1906, 12, 31), date(1907, 1, 1), 0)
    assert [(tie.a, tie.b, tie.after) for tie in shift.turned] == [("a", "c", 1)]


def test_a_tie_that_ends_with_its_actor_has_no_claims_that_ended_it(tmp_path: Path) -> None:
    own = [claim("soviet-union", "rivals", "united-states", f"{year}", row=year) for year in range(1985, 1992)]
    own += [claim("united-states", "ally_of", "france", f"{year}", row=year) for year in range(1985, 1996)]
    with cordiale.open(tmp_path / "b.dossier", clock=lambda: NOW) as found:
        catalogue = cordiale.catalogue()
        found.store.add_claims(own, [catalogue[name] for name in ("soviet-union", "united-states", "france")])
        answer = found.changes_of("hostile", since="1986", until="1995", every="year", correlation=0.0)
        ((gone,),) = [one.turned for one in answer.changes]
        assert (gone.a, gone.b, gone.before, gone.after) == ("Soviet Union", "United States", -1, 0)
        assert gone.claims() == ()
