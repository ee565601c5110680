"""The timeline of a tie: what is read and what is said, each drawn once, whatever texts hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cordiale.claims import Certainty
from cordiale.errors import InvalidValue
from cordiale.figures.axis import Flag
from cordiale.figures.paper import Figure
from cordiale.figures.tie_timeline import LANES, DrawnEpisode, Mark, tie_timeline
from cordiale.periods import ALWAYS, Period
from cordiale.ties import Stance

UNTIL = date(2014, 1, 1)
days = st.dates(date(1990, 1, 1), date(2016, 1, 1))
texts = st.text(max_size=30) | st.sampled_from(
    ['<script>alert("x")</script>', "a\u202eb\x00\x1b[2J", "]]>&amp;", "حماس"]
)
periods = st.one_of(st.just(ALWAYS), days.map(Period.since), days.map(Period.within))


@st.composite
def readings(draw: st.DrawFn) -> list[DrawnEpisode]:
    starts = sorted(draw(st.sets(st.dates(date(1990, 1, 1), date(2013, 12, 1)), max_size=8)))
    ends = [*starts[1:], None]
    return [
        DrawnEpisode(start=start, end=end, stance=draw(st.sampled_from(Stance)), weight=draw(st.floats(-1, 1)))
        for start, end in zip(starts, ends, strict=False)
    ]


@st.composite
def sayings(draw: st.DrawFn, most: int = 20) -> list[Mark]:
    sources = draw(st.lists(texts.map(lambda text: f"s{text}"), min_size=1, max_size=6))
    return [
        Mark(
            source=draw(st.sampled_from(sources)), said=draw(st.none() | days), held=draw(periods),
            sign=draw(st.sampled_from([-1, 0, 1])), certainty=draw(st.sampled_from(Certainty)), text=draw(texts),
            key=f"{n}", href=draw(st.none() | st.just(f"/claim/{n}")),
        )
        for n in range(draw(st.integers(0, most)))
    ]  # fmt: skip


def classed(figure: Figure, word: str) -> list[etree._Element]:
    return [one for one in etree.fromstring(figure.svg).iter() if word in (one.get("class") or "").split()]


def mark(source: str, said: date | None, sign: int, key: str, **more: object) -> Mark:
    return Mark(source=source, said=said, held=ALWAYS, sign=sign, key=key, **more)  # type: ignore[arg-type]


@given(a=texts, b=texts, episodes=readings(), marks=sayings(), label=texts)
def test_every_episode_and_mark_is_drawn_once(
    a: str, b: str, episodes: list[DrawnEpisode], marks: list[Mark], label: str
) -> None:
    events = [Flag(day=date(2012, 1, 1), label=label)]
    figure = tie_timeline(a, b, episodes, marks, until=UNTIL, events=events, notes=[label])
    assert len(classed(figure, "episode")) == len(episodes)
    assert sorted(one.get("data-claim") for one in classed(figure, "mark")) == sorted(one.key for one in marks)
    assert not list(etree.fromstring(figure.svg).iter("{*}script"))
    assert figure.markup == tie_timeline(a, b, episodes, marks, until=UNTIL, events=events, notes=[label]).markup


@given(marks=sayings(), seed=st.randoms(use_true_random=False))
def test_the_order_in_which_marks_are_given_changes_nothing(marks: list[Mark], seed: object) -> None:
    shuffled = list(marks)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tie_timeline("a", "b", [], marks, until=UNTIL) == tie_timeline("a", "b", [], shuffled, until=UNTIL)


def test_sources_with_most_claims_come_first_and_those_past_twelve_are_counted() -> None:
    marks = [mark(f"s{n:02}", date(2012, 1, 1), 1, f"{n}-{k}") for n in range(15) for k in range(1 + n // 10)]
    figure = tie_timeline("a", "b", [], marks, until=UNTIL)
    labels = [one.get("aria-label") for one in classed(figure, "lane")]
    assert labels[0] == "s10: 2 claims"
    assert len(labels) == LANES
    assert "and 3 more sources, 3 claims" in figure.markup
    assert figure.title.endswith("20 claims of 15 sources")


@pytest.mark.parametrize(
    ("apart", "signs", "brackets"), [(31, (1, -1), 1), (32, (1, -1), 0), (5, (1, 1), 0), (5, (1, 0), 0)]
)
def test_opposite_claims_within_a_month_are_joined(apart: int, signs: tuple[int, int], brackets: int) -> None:
    day = date(2012, 1, 1)
    marks = [mark("a", day, signs[0], "1"), mark("b", day + timedelta(days=apart), signs[1], "2")]
    found = classed(tie_timeline("x", "y", [], marks, until=UNTIL), "bracket")
    assert len(found) == brackets
    assert not found or found[0].get("aria-label") == "Conflict: a, 2012-01-01, friendly; b, 2012-02-01, hostile"


def test_a_hedge_is_pale_and_a_denial_in_brackets_and_both_are_said() -> None:
    marks = [
        mark("a", date(2012, 1, 1), 1, "1", certainty=Certainty.ALLEGED),
        mark("a", date(2012, 6, 1), -1, "2", certainty=Certainty.DENIED),
    ]
    hedged, denied = classed(tie_timeline("x", "y", [], marks, until=UNTIL), "hedged")
    assert hedged.get("aria-label") == "a, 2012-01-01: friendly, alleged"
    assert (denied.get("class"), denied.get("aria-label")) == (
        "mark hostile hedged denied", "a, 2012-06-01: hostile, denied",
    )  # fmt: skip
    assert [one.text for one in denied.iter("{*}text")] == ["(−)"]


def test_a_claim_of_an_unknown_day_stands_before_the_axis() -> None:
    marks = [mark("a", None, 1, "1"), mark("a", date(2012, 1, 1), 1, "2")]
    figure = tie_timeline("x", "y", [], marks, until=UNTIL)
    undated, dated = (float(next(one.iter("{*}text")).get("x")) for one in classed(figure, "mark"))
    assert undated < 196 <= dated
    assert "undated" in figure.markup
    assert "on an unknown day" in figure.markup


def test_what_is_unknown_is_left_blank_and_said() -> None:
    episodes = [DrawnEpisode(start=date(2000, 1, 1), stance=Stance.UNKNOWN)]
    figure = tie_timeline("x", "y", episodes, [], until=UNTIL)
    (found,) = classed(figure, "episode")
    assert found.get("aria-label") == "nothing known from 2000-01-01 to 2014-01-01"
    assert not list(found.iter("{*}path"))
    assert "no claim" in figure.markup


def test_the_title_joins_what_is_on_one_side() -> None:
    years = (2001, 2006, 2009, 2011, 2012)
    stances = (
        Stance.LEANING_FRIENDLY, Stance.FRIENDLY, Stance.UNKNOWN, Stance.LEANING_FRIENDLY, Stance.HOSTILE,
    )  # fmt: skip
    ends = [*(date(year, 2, 1) for year in years[1:]), None]
    episodes = [
        DrawnEpisode(start=date(year, 2, 1), end=end, stance=stance)
        for year, end, stance in zip(years, ends, stances, strict=True)
    ]
    title = tie_timeline("x", "y", episodes, [], until=UNTIL).title
    assert title == "x and y: on the friendly side from 2001-02-01, hostile since 2012-02-01; no claim"


def test_a_stretch_leads_to_the_tie_of_its_day() -> None:
    episodes = [DrawnEpisode(start=date(2000, 1, 1), stance=Stance.FRIENDLY)]
    figure = tie_timeline("x", "y", episodes, [], until=UNTIL, href=lambda day: f"/tie?at={day}")
    assert [one.get("href") for one in classed(figure, "episode")] == ["/tie?at=2000-01-01"]


def test_a_mark_of_no_sign_is_refused() -> None:
    with pytest.raises(InvalidValue):
        mark("a", None, 2, "1")
