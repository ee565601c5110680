"""Web pages: the article without what stands around it, and what the page says of itself."""

import time
from datetime import UTC, date, datetime

import pytest

from cordiale.documents.html import html_documents, plain
from cordiale.documents.options import ReadOptions
from cordiale.documents.raw import Raw
from cordiale.errors import UnreadableInput

NOW = datetime(2020, 1, 2, 12, tzinfo=UTC)
PARAGRAPHS = (
    "The minister said on Monday that the two countries would restore relations after a decade of enmity.",
    "Officials described the talks as “frank” and said that 10\u00a0000 troops would leave the border by spring.",
    "A spokesman for the opposition rejected the deal, calling it a betrayal of those who had fought in the war.",
    "According to the envoy:",
    "Neither side has asked the other for anything that it could not give, and neither will.",
)
HEAD = (
    "<title>Two States Talk | Daily Plain</title><meta property='og:title' content='Two States Talk'>"
    "<meta property='og:site_name' content='Daily Plain'><meta name='author' content='Ann Writer'>"
    "<meta property='article:published_time' content='2015-06-03T10:00:00Z'>"
    "<link rel='canonical' href='https://plain.example/two-states'>"
)
AROUND = {
    "menu": "<nav><ul><li><a href='/'>Home page</a></li><li><a href='/w'>World news</a></li></ul></nav>",
    "teaser": "<aside class='related'><h3>Related</h3><ul><li><a href='/x'>Oil price falls again</a></li></ul></aside>",
    "caption": "<figure><img src='a.jpg'><figcaption>Envoys meet. Photo by A. Lens</figcaption></figure>",
    "box": "<div class='newsletter-signup'><p>Subscribe to our newsletter for the best stories.</p></div>",
    "comments": "<div id='comments' class='comments'><p>Reader Joe wrote: I do not believe a word of this.</p></div>",
    "footer": "<footer><p>Copyright 2015 Daily Plain. All rights reserved.</p></footer>",
}


def page(*, head=HEAD, paragraphs=PARAGRAPHS, around="", lang="en"):
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body>{around}"
        f"<article><h1>Two States Talk</h1>{body}</article></body></html>"
    )


def document(html, **fields):
    data = html if isinstance(html, bytes) else html.encode()
    options = fields.pop("options", ReadOptions())
    (found,) = html_documents(Raw(source="a.html", retrieved=NOW, options=options, data=data, **fields))
    return found


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_every_paragraph_of_the_article_is_kept_exactly(paragraph):
    assert paragraph in document(page(around="".join(AROUND.values()))).text


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("menu", "World news"),
        ("teaser", "Oil price"),
        ("caption", "A. Lens"),
        ("box", "Subscribe"),
        ("comments", "Reader Joe"),
        ("footer", "All rights"),
    ],
)
def test_what_stands_around_the_article_is_left_out(where, words):
    assert words not in document(page(around=AROUND[where])).text


def test_an_entity_for_a_non_breaking_space_becomes_one():
    assert "10\u00a0000 troops" in document(page().replace("\u00a0", "&nbsp;")).text


def test_a_page_says_its_title():
    assert document(page()).title == "Two States Talk"


def test_a_page_says_its_authors():
    assert document(page()).authors == ("Ann Writer",)


def test_a_page_says_its_publisher():
    assert document(page(), options=ReadOptions(publisher="Another")).publisher == "Daily Plain"


def test_a_page_says_its_address():
    assert document(page(), url="https://plain.example/two-states?from=feed").url == "https://plain.example/two-states"


def test_a_page_says_its_date():
    assert document(page()).published == date(2015, 6, 3)


def test_a_page_says_its_language():
    assert document(page(lang="en-GB")).language == "en"


def test_the_publisher_of_a_page_that_names_none_is_its_host():
    assert document(page(head="<title>A</title>"), url="https://www.plain.example/a").publisher == "plain.example"


def test_a_date_in_the_article_is_not_the_day_of_publication():
    told = ("The war began on 3 June 2011, officials of both of the countries said in a statement.", *PARAGRAPHS)
    assert document(page(head="<title>A</title>", paragraphs=told)).published is None


def test_a_date_of_publication_in_the_future_is_ignored():
    assert document(page(head=HEAD.replace("2015-06-03", "2031-06-03"))).published is None


def test_a_date_of_publication_that_is_none_is_ignored():
    assert document(page(head=HEAD.replace("2015-06-03T10:00:00Z", "yesterday"))).published is None


def test_a_canonical_address_that_is_a_script_is_ignored():
    assert document(page(head="<title>A</title><link rel='canonical' href='javascript:alert(1)'>")).url is None


def test_the_charset_that_a_page_declares_is_used():
    html = page(head=HEAD + "<meta charset='windows-1251'>", paragraphs=("Министр сказал, что войны не будет. " * 9,))
    assert "войны не будет" in document(html.encode("cp1251")).text


def test_a_page_of_xhtml_with_a_declaration_is_read():
    assert PARAGRAPHS[0] in document('<?xml version="1.0" encoding="utf-8"?>' + page()).text


def test_a_page_without_an_article_is_an_error():
    with pytest.raises(UnreadableInput, match="no article text"):
        document("<html><body><script>load()</script></body></html>")


def test_divisions_nested_a_hundred_thousand_deep_end_in_time():
    html = f"<html><body>{'<div>' * 100_000}<p>{PARAGRAPHS[0]}</p></body></html>"
    start = time.monotonic()
    with pytest.raises(UnreadableInput, match="no article text"):
        document(html)
    assert time.monotonic() - start < 20


def test_an_inlined_image_does_not_count_towards_the_size_of_a_page():
    image = "<img src='data:image/png;base64," + "A" * 9_000_000 + "'>"
    assert PARAGRAPHS[0] in document(page(around=image)).text


def test_a_page_of_many_megabytes_of_text_is_an_error():
    with pytest.raises(UnreadableInput, match="a page of 9,"):
        document("<html><body><p>" + "x" * 9_000_000)


def test_plain_text_of_a_fragment_keeps_its_blocks_on_lines():
    assert plain("<p>One <b>two</b></p><ul><li>three</li><li>four</li></ul>") == "One two\nthree\nfour"


def test_plain_text_of_a_fragment_has_no_script():
    assert plain("<p>One</p><script>two()</script>") == "One"


def test_plain_text_of_a_fragment_of_any_depth_is_made():
    assert plain("<div>" * 50_000 + "x") in ("", "x")
