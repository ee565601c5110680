"""How pairs behave, beside what is said of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from stream_makers import gdelt, taken, written

import cordiale
from cordiale.dossier.divergence import divergences
from cordiale.errors import InvalidValue
from cordiale.events import Archive
from cordiale.events.behaviour import DOUBT, behaviour
from cordiale.events.pairs import Level


def test_what_is_past_fades_and_one_event_says_little(tmp_path: Path) -> None:
    lines = [
        gdelt("SYR", "TUR", day="20190101", score="-10.0", url="1"),
        gdelt("TUR", "SYR", day="20190701", score="4.0", url="2"),
        gdelt("SYR", "QQQ", day="20190701", url="3"), gdelt("SYR", "USA", day="20200101", url="4"),
    ]  # fmt: skip
    with Archive(tmp_path / "archive") as archive:
        taken(archive, written(tmp_path, "a.csv", lines))
        (found,) = behaviour(archive, date(2019, 12, 28), stream="gdelt2", half_life=180)
        assert (found.a, found.b) == ("syria", "turkey")
        plus, minus = 4.0 * 0.5 ** (180 / 180), -10.0 * 0.5 ** (361 / 180)
        assert (found.cooperative, found.conflictual) == (pytest.approx(plus), pytest.approx(minus))
        assert found.weight == pytest.approx((plus + minus) / (plus - minus + DOUBT))
        assert abs(found.weight) < 0.1
        early = behaviour(archive, date(2019, 12, 28), stream="gdelt2", known=date(2019, 3, 1))
        assert [one.cooperative for one in early] == [0.0]
        every = behaviour(archive, date(2019, 12, 28), stream="gdelt2", level=Level.ACTOR)
        assert {(one.a, one.b) for one in every} == {("SYR", "TUR"), ("QQQ", "SYR")}
        with pytest.raises(InvalidValue):
            behaviour(archive, date(2019, 12, 28), stream="gdelt2", half_life=0)


def test_an_ally_that_shoots_parts_furthest_from_what_is_said_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In 2019 Iran was an ally of Syria. In 2019 Turkey was an ally of Syria. In 2019 "
                                    "Turkey was an ally of Iran.", encoding="utf-8")  # fmt: skip
    lines = [gdelt("TUR", "SYR", roles=("MIL", "MIL"), day="20191001", url=str(n)) for n in range(9)]
    lines += [gdelt("IRN", "SYR", score="8.0", day="20191001", url=str(n)) for n in range(9)]
    with Archive(tmp_path / "archive") as archive, cordiale.open(tmp_path / "a.dossier") as dossier:
        dossier.read(tmp_path / "a.txt", jobs=1)
        taken(archive, written(tmp_path, "a.csv", lines))
        done = behaviour(archive, date(2019, 12, 31), stream="gdelt2")
        found = divergences(dossier.snapshot("2019"), done)
        assert [(one.a, one.b, one.opposed) for one in found] == [("syria", "turkey", True), ("iran", "syria", False)]
        assert found[0].value > 0.4 > abs(found[1].value)
        assert divergences(dossier.snapshot("2019"), done, least=100) == ()
