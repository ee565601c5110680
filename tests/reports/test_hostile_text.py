"""Text that means harm is text in a brief, whichever way the brief is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from report_makers import NOW, Told, article, dossier_of

from cordiale.claims import Document
from cordiale.plain import one_line
from cordiale.reports.brief import Brief
from cordiale.reports.citations import address, of_document, tex
from cordiale.reports.gathering import brief_of
from cordiale.reports.markdown import markdown_of, md
from cordiale.reports.page import page_of

HARM = (
    '</blockquote><script>alert(1)</script><img src=x onerror="alert(1)"> [x](javascript:alert(1)) ![i](http://e.org/i)'
    " # head *bold* `code` | cell | \\input{/etc/passwd} {unbalanced \u202edrowssap"
)
TITLE = "}, note={owned}} @misc{x, \\write18{rm} </title><script>alert(2)</script> ```"


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    told = Told(words=f"Iran supports Hamas.\n# {HARM}", subject="iran", relation="supports", object="hamas", sign=1)
    harmful = article(
        [told], "2012-01-01", title=TITLE, publisher=TITLE, authors=(TITLE, "A and B"),
        url="https://example.org/}{\\x y\n<b>",
    )  # fmt: skip
    unsafe = Told(words="Syria hosts Hamas.", subject="syria", relation="hosts", object="hamas", sign=1)
    script = article([unsafe], "2012-01-02", url="javascript:alert(3)", source="<script>.txt")
    with dossier_of(tmp_path, harmful, script) as dossier:
        return brief_of(dossier, "Hamas", at="2012-01")


def test_it_is_no_markup_on_a_page(brief: Brief) -> None:
    made = page_of(brief)
    page = html.fromstring(made)
    assert not page.xpath("//script | //img | //@onerror")
    assert not [target for target in page.xpath("//@href") if not target.startswith(("#", "https://"))]
    assert "\u202e" not in made
    assert "\\u202edrowssap" in made
    assert any("<script>alert(1)</script>" in node.text_content() for node in page.xpath("//blockquote"))
    assert len(page.xpath("//head/title")) == 1


def test_it_is_no_markup_in_markdown(brief: Brief) -> None:
    made = markdown_of(brief)
    outside, fenced, rest = made.partition("```bibtex")
    assert fenced
    assert not re.search(r"(?<!\\)<(?!https://)", outside)
    assert not re.search(r"(?<!\\)\]\(", outside)
    assert "\u202e" not in made
    assert rest.count("```") == 1
    heads = [line for line in outside.splitlines() if line.startswith("#")]
    assert not [head for head in heads if "head" in head]
    assert r"\# head \*bold\* \`code\` \| cell \|" in outside


@given(st.text(max_size=80))
def test_what_markdown_shows_is_the_text_itself(text: str) -> None:
    assert re.sub(r"\\([\\`*_{}\[\]<>#|~&$!:.@])", r"\1", md(text)) == one_line(text)


def balanced(text: str) -> list[str]:
    """The entries of a BibTeX text, cut where braces close; they are counted as BibTeX does, escaped or not."""
    entries, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            assert depth >= 0, text[:place]
            if depth == 0:
                entries.append(text[start : place + 1].strip())
                start = place + 1
    assert depth == 0
    assert not text[start:].strip()
    return entries


def test_the_bibtex_has_one_whole_entry_a_source(brief: Brief) -> None:
    entries = balanced(brief.bibtex)
    assert len(entries) == 1 + len(brief.references)
    assert all(re.match(r"@misc\{[a-z0-9-]+,\n", entry) for entry in entries)
    assert not re.search(r"\\(write|input)", brief.bibtex)
    keys = [entry.partition("{")[2].partition(",")[0] for entry in entries]
    assert len(set(keys)) == len(keys)


@given(
    title=st.text(max_size=60).filter(str.strip), publisher=st.none() | st.text(max_size=30),
    author=st.text(max_size=30), url=st.none() | st.text(max_size=30).map(lambda end: f"https://example.org/{end}"),
)  # fmt: skip
def test_any_document_is_one_balanced_entry_with_a_key_of_its_own(
    title: str, publisher: str | None, author: str, url: str | None
) -> None:
    document = Document(
        sha256="0" * 64, text="a", source=title, retrieved=NOW, title=title, publisher=publisher, authors=(author,),
        url=url,
    )  # fmt: skip
    one = of_document(document, 1)
    assert balanced(one.bibtex) == [one.bibtex]
    assert one.key == of_document(document, 7).key
    assert (
        one.key
        != of_document(
            Document(sha256="1" * 64, text="b", source=title, retrieved=NOW, title=title, publisher=publisher), 1
        ).key
    )


def test_a_citation_says_who_what_when_and_where(brief: Brief) -> None:
    document = Document(
        sha256="ab" * 32, text="a", source="a.html", retrieved=NOW, title="100% of {it}", publisher="R&D",
        url="https://me:secret@example.org/a_b?c=%20", authors=("Ann Lee", "Reuters and others"),
    )  # fmt: skip
    one = of_document(document, 3)
    assert one.text == "Ann Lee, Reuters and others, “100% of {it}”, R&D, no date"
    assert one.found == "retrieved 2013-06-01, sha256 abababababababab"
    assert r"author = {Ann Lee and {Reuters and others}}" in one.bibtex
    assert r"title = {{100\% of \textbraceleft{}it\textbraceright{}}}" in one.bibtex
    assert r"publisher = {R\&D}" in one.bibtex
    assert "url = {https://example.org/a_b?c=%20},\n  urldate = {2013-06-01}" in one.bibtex
    assert brief.state.sha256 in brief.itself.bibtex


def test_an_address_that_leads_nowhere_safe_is_none() -> None:
    assert [address(url) for url in (None, "", "javascript:alert(1)", "file:///etc/passwd", "https://")] == [None] * 5
    assert tex("a\nb") == "a b"
