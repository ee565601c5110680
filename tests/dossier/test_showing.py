"""What answers look like in a notebook: figures and words, escaped, that say their day and sources, and never fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree, html

import cordiale
from cordiale.claims import Actor, Citation, Claim, Kind, Origin
from cordiale.dossier import Dossier, Table
from cordiale.errors import InvalidValue
from cordiale.periods import Period
from cordiale.relations import relation

NOW = datetime(2013, 1, 1, tzinfo=UTC)
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


def shows(dossier: Dossier) -> list[str]:
    return [
        dossier._repr_html_(), dossier.snapshot("2012-06")._repr_html_(), dossier.who("Hamas", "2012-06")._repr_html_(),
        dossier.tie("Hamas", "Syria", "2012-06")._repr_html_(), dossier.actors()._repr_html_(),
        dossier.running_out_of_allies("Hamas", "2012-06")._repr_html_(),
        dossier.isolation("Hamas", "2012-06", since="2012-01", every="month")._repr_html_(),
    ]  # fmt: skip


def test_text_from_outside_is_text(dossier: Dossier) -> None:
    for shown in shows(dossier):
        assert "<script" not in shown
        assert "<img" not in shown
        assert "\u202e" not in shown
        html.fromstring(shown)


def test_figures_are_well_formed_and_say_their_day_and_sources(dossier: Dossier) -> None:
    figures = [
        dossier.snapshot("2012-06").figure(), dossier.snapshot("2012-06").figure("matrix"),
        dossier.snapshot("2012-06").figure(focus="Hamas"), dossier.who("Hamas", "2012-06").figure(),
        dossier.tie("Hamas", "Syria", "2012-06").figure(),
    ]  # fmt: skip
    for figure in figures:
        etree.fromstring(figure.svg)
        assert any(note.startswith("On 2012-06-30, as known today. From 1 document") for note in figure.notes)
    with pytest.raises(InvalidValue, match="graph or matrix"):
        dossier.snapshot().figure("globe")  # type: ignore[arg-type]


def test_a_tie_shows_its_weightiest_quotes_with_their_source(dossier: Dossier) -> None:
    tie = dossier.tie("Hamas", "Syria", "2012-06")
    shown = html.fromstring(tie._repr_html_())
    quotes = shown.xpath("//blockquote/p/text()")
    assert len(quotes) == min(3, len(tie.tie.claims))
    assert any("Hamas broke with Syria" in quote for quote in quotes)


def test_a_table_shows_its_first_rows_and_how_many_more_there_are() -> None:
    table = Table(range(50), columns=("n", "<b>"), row=lambda n: (n, None))
    shown = html.fromstring(table._repr_html_())
    assert len(shown.xpath("//tbody/tr")) == 20
    assert "And 30 rows more." in shown.text_content()
    assert shown.xpath("//th/text()") == ["n", "<b>"]


def test_a_dossier_that_is_empty_says_what_to_do_first(tmp_path: Path) -> None:
    with cordiale.open(tmp_path / "new.dossier") as dossier:
        assert "dossier.read(" in dossier._repr_html_()
        assert dossier.who("Hamas")._repr_html_()
        assert "No tie is known" in dossier.snapshot()._repr_html_()


def test_a_large_snapshot_shows_the_most_tied_and_says_so(tmp_path: Path) -> None:
    actors = [Actor(id=f"a-{n}", kind=Kind.STATE, name=f"A {n}", origin=Origin.USER) for n in range(200)]
    claims = [
        Claim(
            subject="a-0", relation=relation("ally_of"), object=one.id, sign=1, reader="test 1",
            evidence=Citation(dataset="d", version="1", row=one.id), held=Period.parse("2000"), published=NOW.date(),
        )
        for one in actors[1:]
    ]  # fmt: skip
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        dossier.store.add_claims(claims, actors)
        shown = dossier.snapshot("2012")._repr_html_()
    assert "Shown are the 120 actors with the most ties; 80 are left out." in " ".join(re.findall(r">([^<]+)<", shown))


def test_a_dossier_that_was_closed_shows_something_all_the_same(tmp_path: Path) -> None:
    with cordiale.open(tmp_path / "a.dossier") as dossier:
        pass
    (tmp_path / "a.dossier").unlink()
    assert dossier._repr_html_().startswith("<p>")
