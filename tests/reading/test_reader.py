"""What holds for whatever is read: exact quotes, the same claims each time, bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_makers import claims_of, document, reader, reading_of

from cordiale.claims import Quote

WORDS = st.sampled_from(
    """Iran Hamas Kenya Kenya's Kenyan Warsaw NATO Obama he it its they their the a that which and , . ; “ ” " ( ) — - ’
    said supports attacked backed by denied relations alliance between with of to for not refused will because since
    1999 May war sanctions on lifted members including leader is was hostile soured according if \n إيران \u202e
    \u200b""".split(" ")
)
TEXTS = st.one_of(
    st.text(min_size=1, max_size=400),
    st.lists(WORDS, min_size=1, max_size=80).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=40).map("".join),
).filter(lambda text: bool(text.strip()))


@settings(max_examples=300)
@given(TEXTS)
def test_any_text_is_read_and_every_quote_lies_in_it(text: str) -> None:
    for claim in claims_of(text):
        assert isinstance(claim.evidence, Quote)
        assert claim.evidence.text in text
        assert claim.why is None or claim.why.text in claim.evidence.text
        assert claim.subject != claim.object


@settings(max_examples=50)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert reading_of(text) == reading_of(text)


@settings(max_examples=50)
@given(TEXTS)
def test_every_provisional_actor_of_a_claim_is_given_with_it(text: str) -> None:
    found = reading_of(text)
    named = {end for c in found.claims for end in (c.subject, c.object, c.said_by) if end and end.startswith("~")}
    assert {actor.id for actor in found.actors} == named


def test_boilerplate_adds_no_claim() -> None:
    article = (
        "Ghana condemned Togo on Monday after a shooting at the border that left two soldiers dead.\n"
        "“We do not want a war,” the minister told reporters, and the market was open again by noon.\n"
    )
    label = "Subscribe to our newsletter and support us\n"
    assert [c.subject for c in claims_of(article + label)] == [c.subject for c in claims_of(article)] == ["ghana"]


def test_claims_carry_the_day_of_publication_and_the_reader() -> None:
    (claim,) = claims_of("Ghana condemned Togo.")
    assert claim.published == document("x").published
    assert claim.reader == reader().label


NAMES = ["Ghana", "Togo", "Benin", "Kenya", "Uganda", "Rwanda", "Chad", "Niger", "Mali", "Hamas", "Obama", "NATO"]


def named(count: int, joint: str) -> str:
    return joint.join(NAMES[i * 7 % len(NAMES)] for i in range(count))


@pytest.mark.parametrize(
    "text",
    [
        "Ghana " + "and it then very gladly " * 1000 + "supported Togo.",
        "The alliance between " + named(3000, ", ") + " collapsed.",
        " and ".join(f"{a} backed it while {a} attacked them" for a in NAMES * 25),
        "“ ” " * 5000 + "Ghana backs Togo, he said.",
        '"' * 10_000 + "Ghana backs Togo",
        "Ghana (" * 2000 + "backs" + ") Togo" * 2000,
        "Ghana — " * 2000 + "backs Togo",
        "a" * 500_000 + " Ghana backs Togo.",
        "a'" * 100_000 + "1" * 200_000 + "a",
        "." * 200_000 + " Ghana" + "!”" * 100_000,
        "Ghana" + " " * 500_000 + "backs Togo.",
        "A." * 100_000 + "Foo Bar " * 1000,
        "إيران تدعم \u202eحماس " * 2000,
        "加纳支持多哥。" * 5000,
        "Ghana backed Togo because of Benin in May 1999, " * 500,
    ],
    ids=lambda text: text[:24],
)
def test_what_no_article_holds_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    claims_of(text)
    assert time.process_time() - began < 5


def test_time_grows_no_faster_than_the_text() -> None:
    def seconds(count: int) -> float:
        text = "\n".join(f"Ghana backed Togo in {1900 + i % 99}, and its ties with Mali soured." for i in range(count))
        began = time.process_time()
        claims_of(text)
        return time.process_time() - began

    seconds(50)
    assert seconds(2000) < 20 * max(seconds(200), 0.02)
