"""Measures asked of a dossier: by names, of the actors that there were on the day, with the claims a step away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import cordiale
from cordiale.claims import Citation, Claim, Means
from cordiale.networks import SignedNetwork, frustration, isolation
from cordiale.relations import relation

NOW = datetime(2013, 6, 1, 12, tzinfo=UTC)
DAY = date(2013, 5, 1)


def claim(a: str, kind: str, b: str, *means: Means, row: int = 0, day: date = DAY) -> Claim:
    return Claim(
        subject=a, relation=relation(kind), object=b, sign=relation(kind).sign, means=means, reader="hand",
        evidence=Citation(dataset=f"notes {row}", version="1", row=f"{a} {kind} {b}"), published=day,
    )  # fmt: skip


CLAIMS = (
    claim("iran", "supports", "hamas", Means.WEAPONS, Means.FUNDING),
    claim("syria", "hosts", "hamas"),
    claim("qatar", "aids", "hamas", Means.FUNDING),
    claim("hamas", "depends_on", "turkey"),
    claim("hamas", "supports", "egypt", Means.POLITICAL),
    claim("iran", "ally_of", "syria"),
    claim("israel", "fights", "hamas"),
    claim("israel", "rivals", "iran"),
    claim("soviet-union", "ally_of", "syria"),
    claim("france", "ally_of", "united-kingdom"),
    claim("france", "rivals", "russia"),
    claim("united-kingdom", "rivals", "russia"),
    claim("germany", "friendly_to", "russia"),
    claim("turkey", "friendly_to", "russia"),
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cordiale.Dossier]:
    where = tmp_path_factory.mktemp("measures") / "a.dossier"
    with cordiale.open(where, clock=lambda: NOW) as found:
        named = {end for one in CLAIMS for end in (one.subject, one.object)} | {"european-union"}
        catalogue = cordiale.catalogue()
        found.store.add_claims(CLAIMS, [catalogue[name] for name in named])
        yield found


def test_what_an_actor_is_given_is_told_by_giver_and_type_with_its_claims(dossier: cordiale.Dossier) -> None:
    found = dossier.snapshot(DAY).depends("Hamas")
    types = {one.on: set(one.types) for one in found.givers}
    assert types == {
        "iran": {"weapons", "funding"}, "qatar": {"funding"}, "syria": {"territory"}, "turkey": {"unspecified"},
    }  # fmt: skip
    (iran,) = [one for one in found.givers if one.on == "iran"]
    (behind,) = dossier.drawn(iran.claims)
    assert (behind.subject, behind.means) == ("iran", (Means.WEAPONS, Means.FUNDING))
    assert iran.types["weapons"] == 1
    assert 0.4 < iran.types["funding"] < 0.6
    assert iran.value == pytest.approx((1 + iran.types["funding"]) / 4)


def test_what_an_actor_gives_is_not_what_it_depends_on(dossier: cordiale.Dossier) -> None:
    assert [one.on for one in dossier.snapshot(DAY).depends("Egypt").givers] == ["hamas"]
    assert dossier.snapshot(DAY).depends("Israel").givers == ()
    assert dossier.snapshot("2001").depends("Hamas").givers == ()


def test_an_actor_that_had_ended_has_no_ties_in_a_snapshot(dossier: cordiale.Dossier) -> None:
    assert "soviet-union" not in dossier.snapshot(DAY).actors
    assert [tie.other("syria") for tie in dossier.snapshot(DAY).allies("Syria")] == ["iran", "hamas"]
    assert {tie.b.name for tie in dossier.who("Syria", DAY).gone} == {"Soviet Union"}


def test_balance_is_that_of_the_ties_of_the_day_with_an_interval(dossier: cordiale.Dossier) -> None:
    snapshot = dossier.snapshot(DAY)
    found = snapshot.balance(draws=50)
    assert found.frustration.value == frustration(SignedNetwork.of(snapshot)).value
    spread = found.intervals["frustration"]
    assert spread.low <= spread.median <= spread.high
    for a, b in found.cloud.shares:
        assert snapshot.tie(a, b).claims


def test_what_if_takes_names_and_changes_nothing(dossier: cordiale.Dossier) -> None:
    snapshot = dossier.snapshot(DAY)
    found = snapshot.what_if(("Hamas", "Iran"), sign=-1)
    assert (found.now.value, found.then.value) == (0, 1)
    assert snapshot.what_if(("Hamas", "Iran"), sign=1).delta == 0
    assert snapshot.tie("Hamas", "Iran").sign == 1
    assert dossier.snapshot(DAY).balance(draws=0).frustration.value == 0


def test_blocs_have_their_members_of_the_day_and_the_stances_of_their_ties(dossier: cordiale.Dossier) -> None:
    blocs = {bloc.name: bloc for bloc in dossier.snapshot(DAY).named_blocs()}
    nato = blocs["nato"]
    assert set(nato.members) == {"france", "germany", "turkey", "united-kingdom"}
    assert "russia" not in nato.stances  # two friends and two adversaries make no stance
    union = blocs["european-union"]
    assert set(union.members) == {"france", "germany", "united-kingdom"}
    assert "united-kingdom" not in {name for bloc in dossier.snapshot("2021").named_blocs()
                                    if bloc.name == "european-union" for name in bloc.members}  # fmt: skip


def test_members_by_claims_count_as_far_as_they_are_believed(tmp_path: Path) -> None:
    own = claim("iran", "member_of", "european-union"), claim("france", "ally_of", "iran")
    with cordiale.open(tmp_path / "b.dossier", clock=lambda: NOW) as found:
        catalogue = cordiale.catalogue()
        found.store.add_claims(own, [catalogue[name] for name in ("iran", "european-union", "france")])
        (union,) = [bloc for bloc in found.snapshot(DAY).named_blocs() if bloc.name == "european-union"]
        tie = found.snapshot(DAY).tie("Iran", "European Union")
    assert union.members == {"france": 1.0, "iran": pytest.approx(tie.p_friendly)}


def test_everyone_is_ranked_and_each_is_as_alone(dossier: cordiale.Dossier) -> None:
    table = dossier.isolation(at=DAY)
    assert [one.value for one in table] == sorted((one.value for one in table), reverse=True)
    alone = {one.actor: isolation(dossier.snapshot(DAY), one.actor).value for one in table}
    assert {one.actor: one.value for one in table} == pytest.approx(alone)
    days = dossier.isolation(at="2013-05-31", since="2013-05-01", every="week")
    assert {one.at for one in days} == {date(2013, 5, day) for day in (1, 8, 15, 22, 29)}


def test_pressure_and_tension_are_asked_of_a_snapshot(dossier: cordiale.Dossier) -> None:
    snapshot = dossier.snapshot(DAY)
    assert {(one.a, one.b) for one in snapshot.pressures()} == {(tie.a, tie.b) for tie in snapshot if tie.sign}
    assert all(0 <= one.value <= 1 for one in snapshot.tensions())
