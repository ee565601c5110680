"""What answers look like in a notebook: figures and words, escaped, that say their day and sources, and never fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

import cordiale
from cordiale.claims import Actor, Citation, Claim, Kind, Origin
from cordiale.dossier import Dossier, Table, showing
from cordiale.errors import InvalidValue
from cordiale.periods import Period
from cordiale.relations import relation

NOW = datetime(2013, 1, 1, tzinfo=UTC)
TAGS = ("<script", "<img", "<b>", "<i>", "<s>", "\u202e")
EVIL = '<script>alert(1)</script><img src=x onerror="alert(1)"> \u202eabc'
ARTICLE = f"""Syria hosts Hamas and supported it with weapons since 2006. {EVIL} Iran is an ally of Syria.
In February 2012 Hamas broke with Syria because of the repression of the uprising {EVIL}. Israel fights Hamas.
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        found.read(tmp_path / "a.txt", jobs=1)
        yield found


def answers(dossier: Dossier, one: str = "Hamas", other: str = "Syria") -> list[Any]:
    tie = dossier.tie(one, other, "2012-06")
    outlook = dossier.running_out_of_allies(one, "2012-12")
    return [
        dossier, dossier.snapshot("2012-06"), dossier.who(one, "2012-06"), tie, *tie.episodes(), dossier.actors(),
        outlook, *outlook.lost, *outlook.gained, dossier.claims(),
        dossier.isolation(one, "2012-06", since="2012", every="month"),
        dossier.changes(one, other, until="2012", since="2010"), dossier.changes(one, other, until="2012").changes,
        dossier.changes_of("isolation", one, until="2012", since="2010"),
        *(dossier.changes_of(measure, until="2012", since="2010") for measure in ("balance", "blocs", "hostile")),
    ]  # fmt: skip


def shown(answer: Any) -> str | None:
    found: str | None = answer._repr_html_() if hasattr(answer, "_repr_html_") else answer._repr_svg_()
    return found


def claim(one: str, other: str, cited: Citation) -> Claim:
    return Claim(
        subject=one, relation=relation("ally_of"), object=other, sign=1, reader="test 1", evidence=cited,
        published=NOW.date(), held=Period.parse("2000"),
    )  # fmt: skip


def test_text_from_outside_is_text(dossier: Dossier) -> None:
    for answer in answers(dossier):
        found = shown(answer)
        assert found
        assert "cannot be shown" not in found
        assert "<script" not in found
        assert "<img" not in found
        assert "\u202e" not in found
        html.fromstring(found)


def test_names_and_datasets_from_outside_are_text(tmp_path: Path) -> None:
    actors = [Actor(id=f"x-{n}", kind=Kind.STATE, name=f"{n} {EVIL}", origin=Origin.USER) for n in range(2)]
    cited = Citation(dataset="<b>d", version="<i>1", row="<s>2")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        dossier.store.add_claims([claim("x-0", "x-1", cited)], actors)
        for answer in answers(dossier, "x-0", "x-1"):
            found = shown(answer)
            assert found
            assert "cannot be shown" not in found
            assert not [tag for tag in TAGS if tag in found]


def test_figures_are_well_formed_and_say_their_day_and_sources(dossier: Dossier) -> None:
    figures = [
        dossier.snapshot("2012-06").figure(), dossier.snapshot("2012-06").figure("matrix"),
        dossier.snapshot("2012-06").figure(focus="Hamas"), dossier.who("Hamas", "2012-06").figure(),
        dossier.tie("Hamas", "Syria", "2012-06").figure(),
        dossier.isolation("Hamas", "2012-06-30", since="2012-06-29", every="day").figure(),
        dossier.changes("Hamas", "Syria", until="2012-06").figure(),
        dossier.running_out_of_allies("Hamas", "2012-06").figure(),
        *(dossier.changes_of(one, until="2012-06", since="2011").figure() for one in ("balance", "blocs", "hostile")),
        dossier.changes_of("isolation", "Hamas", until="2012-06", since="2011").figure(),
    ]  # fmt: skip
    for figure in figures:
        etree.fromstring(figure.svg)
        assert any(note.startswith("On 2012-06-30, as known today. From 1 document") for note in figure.notes)
    with pytest.raises(InvalidValue, match="graph or matrix"):
        dossier.snapshot().figure("globe")  # type: ignore[arg-type]


def test_a_tie_shows_its_weightiest_quotes_with_their_source(dossier: Dossier) -> None:
    tie = dossier.tie("Hamas", "Syria", "2012-06")
    quotes = html.fromstring(tie._repr_html_()).xpath("//blockquote/p/text()")
    assert len(quotes) == min(3, len(tie.tie.claims))
    assert any("Hamas broke with Syria" in quote for quote in quotes)


def test_a_table_shows_its_first_rows_and_how_many_more_there_are() -> None:
    table = Table(range(50), columns=("n", "<b>"), row=lambda n: (n, None))
    found = html.fromstring(table._repr_html_())
    assert len(found.xpath("//tbody/tr")) == 20
    assert "And 30 rows more." in found.text_content()
    assert found.xpath("//th/text()") == ["n", "<b>"]


def test_a_dossier_that_is_empty_says_what_to_do_first(tmp_path: Path) -> None:
    with cordiale.open(tmp_path / "new.dossier") as dossier:
        assert "dossier.read(" in dossier._repr_html_()
        assert dossier.who("Hamas")._repr_html_()
        assert "No tie is known" in dossier.snapshot()._repr_html_()


def test_a_large_snapshot_shows_the_most_tied_and_says_so(tmp_path: Path) -> None:
    actors = [Actor(id=f"a-{n}", kind=Kind.STATE, name=f"A {n}", origin=Origin.USER) for n in range(200)]
    claims = [claim("a-0", one.id, Citation(dataset="d", version="1", row=one.id)) for one in actors[1:]]
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        dossier.store.add_claims(claims, actors)
        pictures = [dossier.snapshot("2012").figure(), dossier.snapshot("2012").figure(focus="a-0")]
    for picture in pictures:
        assert "Shown are the 120 actors with the most ties; 80 are left out." in picture.notes
        assert picture.svg.count("data-actor") == 120


def test_a_closed_dossier_and_what_it_answered_say_that_it_is_closed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        dossier.read(tmp_path / "a.txt", jobs=1)
        given = answers(dossier)
    for answer in given:
        found = shown(answer)
        if hasattr(answer, "_repr_svg_"):
            assert found is None  # the notebook shows the text
        elif type(answer) is not Table:  # one holds all that it shows
            assert found is not None
            assert "a.dossier is closed; open it again" in html.fromstring(found).text_content()


def test_what_cannot_be_shown_says_why_and_raises_nothing() -> None:
    def row(_: int) -> tuple[int]:
        raise ZeroDivisionError("by <nothing>")

    found = Table([1], columns=("n",), row=row)._repr_html_()
    assert "It cannot be shown otherwise: by <nothing>" in html.fromstring(found).text_content()


def test_a_dossier_shows_whom_it_is_about_and_over_which_days(dossier: Dossier) -> None:
    found = html.fromstring(dossier._repr_html_())
    assert found.xpath("//tbody/tr[1]/td[1]/text()") == ["Hamas"]
    assert "they speak of 2006-01-01 to 2012-" in found.text_content()
    assert str(Path(dossier.name).parent) not in found.text_content()  # it is handed on with the notebook


def test_a_very_large_dossier_shows_without_a_look_at_each_claim(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "MANY", 1)
    monkeypatch.setattr(type(dossier.store), "columns", lambda *_, **__: pytest.fail("the claims were looked at"))
    assert "dossier.actors()" in dossier._repr_html_()


def test_isolations_of_several_actors_have_no_line(dossier: Dossier) -> None:
    table = dossier.isolation(at="2012-06")
    assert "<svg" not in table._repr_html_()
    with pytest.raises(InvalidValue, match="isolation of one"):
        table.figure()


def test_a_change_of_a_tie_is_a_flag_on_its_day(dossier: Dossier) -> None:
    history = dossier.changes("Hamas", "Syria", until="2012-12", every="month")
    assert len(history.changes) == 1
    labels = etree.fromstring(history.figure().svg).xpath("//*[contains(@class, 'flag')]/@aria-label")
    assert [label[:10] for label in labels] == [str(history.changes[0].day)]


def test_a_course_without_a_change_says_so(dossier: Dossier) -> None:
    history = dossier.changes_of("blocs", until="2012-06", since="2012-05", every="month")
    assert "No change of its level stands out." in history.figure().notes
