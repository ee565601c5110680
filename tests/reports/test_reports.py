"""A brief as a file: that it needs nothing else, says what the dossier says, and is whole or not there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from pypdf import PdfReader
from report_makers import Told, article, dossier_of, two_camps

import cordiale
from cordiale.claims import Certainty, Citation, Claim, Quote
from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports import ExportError
from cordiale.relations import relation
from cordiale.reports import pdf, report
from cordiale.reports.brief import Brief
from cordiale.reports.gathering import QUOTES, ROWS, STRONGEST, TURNS, brief_of
from cordiale.reports.page import page_of

SECTIONS = [
    "answer", "figures", "timeline", "ties", "disputed", "unknown", "method", "sources", "bibtex",
]  # fmt: skip


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with dossier_of(tmp_path, *two_camps()) as found:
        yield found


@pytest.fixture
def brief(dossier: cordiale.Dossier) -> Brief:
    return brief_of(dossier, "Hamas", at="2012-12")


@pytest.fixture
def page(brief: Brief) -> html.HtmlElement:
    return html.fromstring(page_of(brief))


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def test_a_page_asks_for_nothing_outside_of_itself(page: html.HtmlElement) -> None:
    assert not page.xpath("//script | //link | //img | //iframe | //object | //embed | //base | //form")
    assert not page.xpath("//@src | //@srcset | //@style | //@*[starts-with(name(), 'on')]")
    assert not re.search(r"url\(|@import", "".join(page.xpath("//style/text()")))
    targets = page.xpath("//@href") + page.xpath("//@*[local-name()='href']")
    assert {target for target in targets if not target.startswith("#")} == {"https://example.org/a?b=1&c=2"}
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_every_link_within_a_page_leads_somewhere(page: html.HtmlElement) -> None:
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert {target[1:] for target in page.xpath("//@href") if target.startswith("#")} <= set(names)


def test_a_page_has_its_sections_in_order_and_one_main_heading(page: html.HtmlElement) -> None:
    assert page.xpath("//h2/@id") == SECTIONS
    assert [words(one) for one in page.xpath("//h1")] == ["Hamas on 2012-12-31"]
    assert len(page.xpath("//ol[@class='method']/li")) == 5


def test_the_answer_says_according_to_whom_and_counts_as_the_dossier_does(
    dossier: cordiale.Dossier, brief: Brief
) -> None:
    who = dossier.who("Hamas", "2012-12")
    assert brief.answer[0].startswith("According to what was read, Hamas had ")
    sides = f"{len(who.allies)} all(y|ies) and {len(who.adversaries)} adversar(y|ies)"
    assert re.search(sides, brief.answer[0])
    assert {row.other.id for row in brief.rows} == {tie.b.id for tie in who.ties if tie not in who.unknown}


def test_every_quote_is_its_slice_and_has_a_number_that_resolves(brief: Brief, page: html.HtmlElement) -> None:
    said = [one for tie in brief.ties for one in tie.quotes] + [turn.said for turn in brief.turns if turn.said]
    numbers = {one.number for one in brief.references}
    for one in said:
        assert isinstance(one.quote, Quote)
        assert one.text == one.quote.document.text[one.quote.start : one.quote.end]
        assert one.number in numbers
    shown = [words(node) for node in page.xpath("//blockquote/p/bdi")]
    assert sorted(shown) == sorted(one.text for one in said)
    assert len(page.xpath("//*[@class='credit']/a[@class='cite']")) == len(said)


def test_numbers_rise_as_one_reads(page: html.HtmlElement) -> None:
    seen = [int(target.rpartition("-")[2]) for target in page.xpath("//a[@class='cite']/@href")]
    first = list(dict.fromkeys(seen))
    assert first == sorted(first) == list(range(1, len(first) + 1))


def test_a_turn_tells_the_day_the_sides_and_the_quote_that_turned_it(brief: Brief) -> None:
    turn = next(turn for turn in brief.turns if turn.other.id == "syria" and turn.before)
    assert (turn.when, turn.before) == ("2012-02", "leaning friendly")
    assert turn.said
    assert turn.said.text == "Hamas broke with Syria in February 2012."
    assert [turn.day for turn in brief.turns] == sorted(turn.day for turn in brief.turns)


def test_quotes_that_say_opposite_things_stand_side_by_side(dossier: cordiale.Dossier) -> None:
    brief = brief_of(dossier, "Hamas", at="2012-04")
    iran = next(tie for tie in brief.disputed if tie.other.id == "iran")
    assert [[said.text for said in side.quotes] for side in iran.sides] == [
        ["Iran is an ally of Hamas."], ["Iran has always opposed Hamas."], [],
    ]  # fmt: skip
    found = html.fromstring(page_of(brief)).xpath("//article[@id='tie-iran']//*[@class='sides']/div")
    assert len(found) == 2


def test_what_is_denied_speaks_against_itself(tmp_path: Path) -> None:
    denied = (("certainty", Certainty.DENIED), ("said_by", "iran"))
    no = Told(words="Iran denied it.", subject="iran", relation="ally_of", object="hamas", sign=1, more=denied)
    yes = Told(words="Iran is their ally.", subject="iran", relation="ally_of", object="hamas", sign=1)
    articles = [article([yes], "2012-01-01", publisher="A"), article([no], "2012-01-02", publisher="B")]
    with dossier_of(tmp_path, *articles) as dossier:
        brief = brief_of(dossier, "Hamas", at="2012-01")
    tie = brief.ties[0]
    assert [[said.text for said in side.quotes] for side in tie.sides[:2]] == [
        ["Iran is their ally."], ["Iran denied it."],
    ]  # fmt: skip
    said = tie.sides[1].quotes[0]
    assert (said.glyph, said.side) == ("(+)", 0)
    assert said.credit == "Iran, according to B, 2012-01-02; denied"


def test_what_is_unknown_is_told(tmp_path: Path) -> None:
    old = Told(words="Iran met Hamas.", subject="iran", relation="consults", object="hamas", sign=1, since="2001")
    new = Told(words="Syria hosts Hamas.", subject="syria", relation="hosts", object="hamas", sign=1)
    articles = [article([old], "2001-02-03", publisher="Gazette"), article([new], None, publisher="Gazette")]
    with dossier_of(tmp_path, *articles) as dossier:
        told = " ".join(brief_of(dossier, "Hamas").unknown)
    assert "Named together with Hamas, but too little is said: Iran." in told
    assert "No claim about Hamas is dated to, or was published in, 2002–2012." in told
    assert re.search(r"Without a date of their own.*: \[\d\]", told)


def test_what_was_published_later_is_told_apart(dossier: cordiale.Dossier) -> None:
    told = brief_of(dossier, "Hamas", at="2012-02").unknown
    assert "Published after 2012-02-29, so that nobody could have known it then: [2]." in told


def test_an_actor_without_claims_has_a_brief_that_says_so(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    for ending in ("html", "md"):
        file = tmp_path / f"brazil.{ending}"
        brief = report(dossier, "Brazil", file)
        assert (brief.figures, brief.ties, brief.references) == ((), (), ())
        told = words(html.fromstring(file.read_text("utf-8")))
        assert "Nothing can be said of who stood with Brazil on 2013-06-01: no claim that counts names it." in told


def test_an_actor_is_told_of_as_known_on_a_day(dossier: cordiale.Dossier) -> None:
    brief = brief_of(dossier, "Hamas", at="2012-12", known="2012-01")
    assert "as known on 2012-01-31" in brief.answer[0]
    assert [one.title for one in brief.references] == ["Between two"]
    assert "Brief, made on 2013-06-01; as known on 2012-01-31" in words(html.fromstring(page_of(brief)))


def test_an_unknown_actor_and_an_unknown_ending_say_what_to_do(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'Hamas'"):
        report(dossier, "Hamass", tmp_path / "a.html")
    with pytest.raises(InvalidValue, match=r"end it in \.html, \.md or \.pdf"):
        report(dossier, "Hamas", tmp_path / "a.docx")
    with pytest.raises(UnknownName, match="html"):
        report(dossier, "Hamas", "-", format="doc")
    assert not [file.name for file in tmp_path.iterdir() if not file.name.startswith("made.dossier")]


def test_a_row_of_a_dataset_is_cited_by_its_place(tmp_path: Path) -> None:
    row = Citation(dataset="atop", version="5.1", row="17")
    claim = Claim(subject="iran", relation=relation("ally_of"), object="syria", sign=1, evidence=row, reader="t 1")
    with cordiale.open(tmp_path / "a.dossier") as dossier:
        actors = dossier.catalogue()
        dossier.store.add_claims([claim], [actors["iran"], actors["syria"]])
        brief = brief_of(dossier, "Iran")
    assert brief.ties[0].quotes[0].text == "row 17"
    assert brief.references[0].title == "ATOP dyad-years"
    assert brief.ties[0].quotes[0].credit == "atop 5.1, no date"
    assert "row 17" in page_of(brief)


def test_an_actor_with_hundreds_of_claims_stays_readable(tmp_path: Path) -> None:
    others = [f"~o{number}" for number in range(60)]
    articles = [
        article(
            [
                Told(words=f"Word {month} of {other}.", subject="hamas", relation=("supports", "opposes")[month % 2],
                     object="iran" if number < 20 else "egypt" if number < 30 else "qatar", sign=(1, -1)[month % 2])
                for number, other in enumerate(others)
            ],
            f"20{10 + month // 12:02}-{1 + month % 12:02}-01", publisher=f"Paper {month}",
        )
        for month in range(12)
    ]  # fmt: skip
    with dossier_of(tmp_path, *articles) as dossier:
        brief = brief_of(dossier, "Hamas", at="2011-06")
    assert sum(tie.claims for tie in brief.ties) > 400
    assert len(brief.ties) <= 2 * STRONGEST
    assert len(brief.turns) <= TURNS
    assert len(brief.rows) <= ROWS
    for tie in brief.ties:
        assert len(tie.quotes) <= 2 * QUOTES
        assert tie.left + sum(len(said.ids) for said in tie.quotes) == tie.claims


def test_a_figure_says_nothing_of_whose_folder_it_was(tmp_path: Path, dossier: cordiale.Dossier) -> None:
    report(dossier, "Hamas", tmp_path / "a.html", at="2012-12")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert str(tmp_path) not in page
    assert "/home/ann" not in page


def test_a_pdf_has_pages_and_the_words_of_a_quote(dossier: cordiale.Dossier, tmp_path: Path, chromium: str) -> None:
    assert chromium
    file = tmp_path / "hamas.pdf"
    report(dossier, "Hamas", file, at="2012-12")
    assert file.read_bytes().startswith(b"%PDF")
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    assert 2 <= len(pages) <= 15
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Hamas broke with Syria in February 2012." in text
    assert f"1 / {len(pages)}" in text


def test_a_pdf_that_fails_leaves_what_was_there(
    dossier: cordiale.Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "CHROMIUMS", ("no-such-browser",))
    monkeypatch.setattr("cordiale.reports.pdf.find_spec", lambda _name: None)
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")
    for file in (old, tmp_path / "new.pdf"):
        with pytest.raises(pdf.PdfError, match="install Chromium"):
            report(dossier, "Hamas", file, at="2012-12")
    assert old.read_bytes() == b"old"
    assert [found.name for found in tmp_path.glob("*.pdf")] == ["old.pdf"]
    assert not list(tmp_path.glob("*.new"))


def test_a_browser_that_hangs_or_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, body, why in (("hangs", "sleep 60", "took more than"), ("dumb", "echo no >&2", "made none")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(pdf, "CHROMIUMS", (str(program),))
        with pytest.raises(pdf.PdfError, match=why):
            pdf.pdf_of("<p>", seconds=0.5)


def test_a_report_that_cannot_be_written_is_an_export_error(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        report(dossier, "Hamas", tmp_path / "no" / "a.html")


def test_the_figures_of_a_page_are_well_formed(brief: Brief) -> None:
    for one in (*brief.figures, *(tie.figure for tie in brief.ties if tie.figure)):
        assert etree.fromstring(one.markup).tag.endswith("svg")
