"""Which lines of a text are reporting. The articles are made up; each rule meets sentences that it must spare."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.documents import body

TITLE = "Norland and Sudmark Drift Apart"
DEK = "The two neighbours no longer agree on the river"
FIRST = (
    "Norland once was the closest partner of Sudmark, whose army it trained and whose harbour it built, for a price."
)
SECOND = "That ended in 2009, when Sudmark closed the river to its barges and sent home the engineers."
THIRD = "“We were never asked,” the harbour master said. “Nobody told us anything.”"
PARAGRAPHS = (FIRST, SECOND, THIRD)


def kept(text, title=None):
    return [text[span.start : span.end] for span in body(text, title)]


def article(*lines, at=1, title=TITLE):
    """An article into which these lines were copied, after its paragraph number `at`."""
    return "\n\n".join([title, *PARAGRAPHS[:at], *lines, *PARAGRAPHS[at:]])


def left_out(*lines, at=1):
    reporting = kept(article(*lines, at=at), TITLE)
    assert [line for line in reporting if line in (TITLE, *PARAGRAPHS)] == [TITLE, *PARAGRAPHS]
    return all(line not in reporting for line in lines)


def test_an_article_by_itself_is_all_reporting():
    assert kept(article(), TITLE) == [TITLE, *PARAGRAPHS]


def test_a_headline_and_the_line_below_it_are_reporting():
    assert kept("\n\n".join([TITLE, DEK, *PARAGRAPHS]), TITLE)[:2] == [TITLE, DEK]


def test_a_headline_is_found_where_the_title_is_not_known():
    assert kept("\n\n".join(["World", TITLE, DEK, *PARAGRAPHS]))[:2] == [TITLE, DEK]


@pytest.mark.parametrize("again", [TITLE, f"{TITLE} {TITLE}", f"{TITLE} | The Plain", TITLE.upper()])
def test_a_headline_that_is_repeated_is_left_out(again):
    assert kept(article(again), TITLE).count(again) == (1 if again == TITLE else 0)


@pytest.mark.parametrize(
    "teaser",
    [
        FIRST[:60] + "...",
        FIRST[:61] + "…",
        FIRST[:62] + "... Read more",
        FIRST[:60] + f"... {TITLE}",
        f"{TITLE} " + FIRST[:60] + "...",
        FIRST[:66],
    ],
)
@pytest.mark.parametrize("title", [TITLE, None])
def test_a_teaser_of_a_paragraph_is_left_out(teaser, title):
    assert kept("\n\n".join([TITLE, teaser, *PARAGRAPHS]), title) == [TITLE, *PARAGRAPHS]


def test_a_paragraph_that_ends_in_an_ellipsis_of_its_own_is_kept():
    line = "He spoke of the harbour, of the barges, of his years at the river, and then fell silent..."
    assert line in kept(article(line), TITLE)


def test_a_paragraph_that_stands_twice_is_kept_once():
    assert kept(article(FIRST, at=3), TITLE) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize(
    "line",
    [
        "Barges at the closed lock. Photos via the Sudmark river police",
        "Photo: Ann Lens",
        "The harbour in winter (Photo by Ann Lens/The Plain)",
        "A guard looks over the river on June 3, 2009. REUTERS/Ann Lens",
        "Engineers leave the harbour [Ann Lens/Reuters]",
        "FILE PHOTO: The president of Norland speaks in the harbour.",
        "Norland's president at the lock. Ann Lens/Getty Images",
        "Image caption: The lock has been closed since May",
        "river-police-boat Above — a boat of the police. Image courtesy of the Sudmark ministry",
    ],
)
def test_a_caption_is_left_out(line):
    assert left_out(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our weekly newsletter.",
        "Subscribe now!",
        "Subscribe to The Plain",
        "Click here to read the full report.",
        "Follow us on Twitter for more of our stories.",
        "Follow Ann Writer on Twitter: @annwriter",
        "Share this article with your friends.",
        "Please donate today to keep our work alive!",
        "Become a member of The Plain today.",
        "Support our journalism.",
        "Join our channel so that you miss nothing.",
        "Get the best of our reports in your inbox every morning.",
        "Did you enjoy this article? Then please share it with others.",
        "If you find an error on this page, please report it here.",
        "We use cookies to improve our service.",
        "Please enable JavaScript to view this page.",
        "Download our app for the latest from the river.",
        "Already a subscriber? Log in",
    ],
)
def test_a_call_to_the_reader_is_left_out(line):
    assert left_out(line)


@pytest.mark.parametrize(
    "lines",
    [
        ("Only $4.99 per month!",),
        ("Just €2 a week, cancel at any time.",),
        ("50% off for a year",),
        ("• Unlimited access to every story", "• A free tote bag", "• Exclusive briefings with our editors"),
        ("- 100% ad free reading",),
    ],
)
def test_an_offer_is_left_out(lines):
    assert left_out(*lines, at=3)


@pytest.mark.parametrize(
    "line",
    [
        "Home > World > Norland",
        "World | Business | Sport | Weather",
        "Back to top",
        "Share",
        "Tags: Norland, Sudmark, rivers",
        "Related: Sudmark's president flies to the coast",
        "Read more: What the river means to both states",
        "Advertisement",
        "Comments (12)",
        "icon of the river",
        "***",
    ],
)
def test_navigation_is_left_out(line):
    assert left_out(line)


def test_a_list_of_other_stories_is_left_out():
    assert left_out(
        "Sudmark's president flies to the coast to meet its fishermen",
        "What the river means to both of the states on its banks",
        "Five things to know about the harbour of Norland this week",
        at=3,
    )


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Writer",
        "By ANN WRITER and Ben Penn | June 3, 2009",
        "June 3, 2009",
        "3 June 2009, 14:05 GMT",
        "Updated: 2009-06-03 14:05",
        "Published on June 3, 2009",
        "5 min read",
        "(Reporting by Ann Writer; Editing by Ben Penn)",
        "© 2009 The Plain",
        "Copyright 2009 The Plain. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
    ],
)
def test_bylines_dates_and_rights_are_left_out(line):
    assert left_out(line)


@pytest.mark.parametrize(
    "line",
    [
        "According to Smith:",
        "He said:",
        "“Nobody told us.”",
        "They left.",
        "Why now?",
        "NORDHAVN (Reuters) - Norland closed its embassy in Sudmark on Monday.",
        "NORDHAVN, June 3 (AP) — Norland and Sudmark broke off their talks.",
        "Norland urged its citizens to sign up for the militia.",
        "Sudmark's militia pays its fighters $300 per month.",
        "Oil rose above $80 a barrel after Norland's threat.",
        "The group asked its followers to subscribe to its newsletter and to donate.",
        "The photos, taken by the ministry, show Norland's barges at the lock.",
        "He was known only from a photo by the police.",
        "Photos by the police showed that the barges of Sudmark had been sunk by mines.",
        "“Follow us, join our ranks and give us your sons,” the general of Sudmark told the crowd.",
        "“Click here,” the page of the militia said, and thousands of Norlanders did.",
        "Support for our neighbours is a duty, Norland's president wrote.",
        "By June 2009 Norland had withdrawn its engineers.",
        "By the end of the war, Sudmark had lost its harbour.",
        "On June 3, 2009, Norland recalled its ambassador.",
        "Read the treaty and it is plain: Norland owes Sudmark nothing.",
        "Join or die, the militia told the villages of Sudmark.",
        "• Norland: recognised Sudmark in 1991 and has armed its police since.",
        "• Norland supplies the rifles, Sudmark supplies the men and the boats",
        "More on the river than on land, Norland's army is weak.",
        "Its privacy law is what Sudmark holds against Norland.",
        "Watch Norland, the diplomat said, and you will understand Sudmark.",
        "Norland said that it would share this burden with Sudmark.",
        "The copyright law of Sudmark was Norland's doing.",
        "He came to power with Norland's help…",
    ],
)
def test_reporting_that_looks_like_something_else_is_kept(line):
    assert line in kept(article(line), TITLE)


def test_a_long_paragraph_with_a_credit_at_its_end_is_kept():
    line = (
        " ".join([FIRST, SECOND, SECOND.replace("2009", "2010"), SECOND.replace("2009", "2011")]) + " Photo: Ann Lens"
    )
    assert line in kept(article(line), TITLE)


def test_a_block_quote_after_a_colon_is_kept():
    lines = ("According to the treaty:", "Neither side shall close the river to the other, in peace or in war.")
    assert kept(article(*lines), TITLE) == [TITLE, FIRST, *lines, SECOND, THIRD]


def test_lines_cut_at_a_margin_are_one_paragraph():
    text = FIRST.replace("whose army", "whose\narmy").replace("a price", "a\nprice")
    assert kept(text) == [text]


def test_lines_that_each_end_a_sentence_are_paragraphs_of_their_own():
    assert kept("\n".join(PARAGRAPHS)) == list(PARAGRAPHS)


def test_a_text_without_any_full_stop_is_kept():
    lines = [f"norland and sudmark talk about river number {n}" for n in range(9)]
    assert kept("\n\n".join(lines)) == lines


def test_a_text_in_another_script_is_kept():
    text = "Министр сказал, что войны не будет.\n\nОппозиция ему не верит."
    assert kept(text) == text.split("\n\n")


def test_a_text_of_nothing_has_no_body():
    assert kept(" \n\n ") == []


LINES = st.lists(
    st.one_of(
        st.sampled_from([TITLE, *PARAGRAPHS, "Subscribe now!", "Share", FIRST[:50] + "...", "He said:"]),
        st.text(max_size=80),
    ),
    max_size=25,
)


@given(LINES, st.sampled_from(["\n", "\n\n", "\n \n"]), st.sampled_from([TITLE, None, ""]))
def test_spans_are_in_order_disjoint_and_within_the_text(lines, between, title):
    text = between.join(lines)
    end = 0
    for span in body(text, title):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end


@given(LINES)
def test_no_blank_span_is_given(lines):
    text = "\n\n".join(lines)
    assert all(text[span.start : span.end].strip() for span in body(text, None))


@given(st.permutations(PARAGRAPHS), LINES)
def test_no_paragraph_is_lost_whatever_stands_between(paragraphs, lines):
    text = "\n\n".join([*paragraphs[:2], *lines, paragraphs[2]])
    assert set(PARAGRAPHS) <= set(kept(text))


def test_a_text_of_megabytes_takes_seconds():
    text = "\n\n".join(f"{FIRST} {n}." for n in range(20_000))
    start = time.process_time()
    body(text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "piece", ["a ", "/ ", "> ", "Photo ", "by A ", "... ", "“", "1 ", "• ", "\n", "[a/", "follow a "]
)
def test_no_line_takes_longer_than_its_length_warrants(piece):
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    body(text, piece.strip())
    assert time.process_time() - start < 5
