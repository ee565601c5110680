"""RSS and Atom: an item a document, and feeds that are broken or hostile."""

import time
from datetime import UTC, date, datetime

import pytest

from cordiale.claims import Document
from cordiale.documents.feed import feed_documents
from cordiale.documents.options import ReadOptions
from cordiale.documents.raw import Raw
from cordiale.errors import UnreadableInput

NOW = datetime(2020, 1, 2, 12, tzinfo=UTC)
ITEM = (
    "<item><title>Two &amp; Two</title><link>https://plain.example/{n}</link><guid>id-{n}</guid>"
    "<pubDate>Wed, 03 Jun 2015 10:00:00 GMT</pubDate>"
    "<description>&lt;p&gt;Envoys met &lt;b&gt;again&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;They agreed.&lt;/p&gt;</description>"
    "</item>"
)
ATOM = (
    "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Atom Plain</title>"
    "<entry><id>urn:1</id><title>T</title><author><name>Ann Writer</name></author>"
    "<published>2015-06-03T10:00:00Z</published>"
    "<summary>Short.</summary><content type='html'>&lt;p&gt;The whole story.&lt;/p&gt;</content></entry></feed>"
)


def rss(*items, prolog="", language="<language>en-gb</language>"):
    return (
        f"<?xml version='1.0' encoding='utf-8'?>{prolog}<rss version='2.0'><channel><title>Daily Plain</title>"
        f"{language}{''.join(items)}</channel></rss>"
    )


def read(xml):
    data = xml if isinstance(xml, bytes) else xml.encode()
    return list(feed_documents(Raw(source="feed.xml", retrieved=NOW, options=ReadOptions(), data=data)))


def one(xml):
    (found,) = read(xml)
    return found


def test_the_html_of_an_item_becomes_text():
    assert one(rss(ITEM.format(n=1))).text == "Envoys met again.\nThey agreed."


def test_an_item_says_its_title_address_day_and_language():
    found = one(rss(ITEM.format(n=1)))
    assert (found.title, found.url, found.published, found.language) == (
        "Two & Two", "https://plain.example/1", date(2015, 6, 3), "en"
    )  # fmt: skip


def test_the_publisher_of_an_item_is_its_feed():
    assert one(rss(ITEM.format(n=1))).publisher == "Daily Plain"


def test_the_source_of_an_item_is_the_feed_and_its_id():
    assert one(rss(ITEM.format(n=1))).source == "feed.xml#id-1"


def test_an_item_has_the_same_hash_in_whatever_feed_it_stands():
    assert one(rss(ITEM.format(n=1))).sha256 == read(rss(ITEM.format(n=2), ITEM.format(n=1)))[1].sha256


def test_the_content_of_an_entry_is_taken_before_its_summary():
    assert one(ATOM).text == "The whole story."


def test_an_entry_says_its_authors():
    assert one(ATOM).authors == ("Ann Writer",)


def test_an_item_without_text_is_an_error_and_the_rest_are_read():
    found = read(rss("<item><title>T</title></item>", ITEM.format(n=1)))
    assert "item 1" in str(found[0]) and isinstance(found[1], Document)


def test_a_day_in_the_future_is_ignored():
    assert one(rss(ITEM.format(n=1).replace("2015", "2031").replace("Wed", "Tue"))).published is None


def test_a_day_that_is_none_is_ignored():
    assert one(rss(ITEM.format(n=1).replace("Wed, 03 Jun 2015 10:00:00 GMT", "soon"))).published is None


def test_a_feed_with_no_items_is_an_error():
    with pytest.raises(UnreadableInput, match="the feed has no items"):
        read(rss())


def test_a_feed_that_breaks_off_gives_its_items_and_an_error():
    found = read(rss(ITEM.format(n=1), ITEM.format(n=2))[:-40])
    assert isinstance(found[0], Document) and "XML is broken at line 1" in str(found[-1])


def test_xml_that_is_broken_at_once_is_an_error():
    with pytest.raises(UnreadableInput, match="broken"):
        read("<?xml version='1.0'?><rss <<< &&")


def test_a_feed_that_declares_entities_is_refused_at_once():
    laughs = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 12))
    bomb = rss(ITEM.format(n=1).replace("T", "&l11;"), prolog=f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{laughs}]>")
    start = time.monotonic()
    with pytest.raises(UnreadableInput, match="declares entities"):
        read(bomb)
    assert time.monotonic() - start < 5


def test_a_feed_in_the_charset_that_it_declares_is_read():
    xml = rss(ITEM.format(n=1).replace("Envoys", "Послы двух стран")).replace("utf-8", "windows-1251")
    assert one(xml.encode("cp1251")).text.startswith("Послы двух стран")


@pytest.mark.parametrize("half", ["&#xD800;", "&#57343;"])
def test_half_a_character_in_a_feed_becomes_the_replacement_mark(half):
    assert one(rss(ITEM.format(n=1).replace("Envoys", f"{half} Envoys"))).text.startswith("\ufffd Envoys")


def test_text_that_looks_like_a_path_is_not_opened():
    with pytest.raises(UnreadableInput):
        read("/etc/hostname")
