"""Courses as areas and lines: sentences from the data, and gaps that stay gaps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.figures.area import allies_area
from cordiale.figures.axis import Flag
from cordiale.figures.balance_line import balance_line
from cordiale.figures.course_line import course_line
from cordiale.figures.isolation_line import course_of, isolation_line
from cordiale.figures.paper import Figure
from cordiale.networks import Isolation
from cordiale.networks.course import Course

YEARS = [date(2008 + n, 1, 1) for n in range(6)]
texts = st.text(max_size=30) | st.sampled_from(['<a href="x">', "a\u202eb\x00\x1b[2J", "حماس & co"])
gappy = st.lists(st.none() | st.floats(0, 20), min_size=6, max_size=6)
shares = st.lists(st.none() | st.floats(0, 1), min_size=6, max_size=6)


def iso(day: date | None, value: float = 0.4, evidence: float = 2.0) -> Isolation:
    return Isolation(
        actor="a", at=day, known=None, value=value, low=value / 2, high=(1 + value) / 2, support=1, hostility=1,
        effective_allies=1, top_ally=None, top_ally_share=0, exposure=0, evidence=evidence,
    )  # fmt: skip


def paths(figure: Figure, word: str) -> list[str]:
    root = etree.fromstring(figure.svg)
    return [one.get("d") for one in root.iter("{*}path") if word in (one.get("class") or "").split()]


@given(name=texts, allies=gappy, adversaries=gappy, disputed=gappy)
def test_areas_are_sound_and_the_same_again(
    name: str, allies: list[float | None], adversaries: list[float | None], disputed: list[float | None]
) -> None:
    figure = allies_area(name, YEARS, allies, adversaries, disputed, notes=[name])
    etree.fromstring(figure.svg)
    assert figure == allies_area(name, YEARS, allies, adversaries, disputed, notes=[name])


def test_a_missing_count_leaves_its_time_empty() -> None:
    whole = allies_area("x", YEARS, [1] * 6, [1] * 6, [0] * 6)
    broken = allies_area("x", YEARS, [1, 1, None, 1, 1, 1], [1] * 6, [0] * 6)
    assert (len(paths(whole, "outline")), len(paths(broken, "outline"))) == (2, 3)
    assert "1 of 6 days without a value" in broken.markup


def test_the_hatching_of_two_figures_has_two_names() -> None:
    one, other = (allies_area(name, YEARS, [1] * 6, [1] * 6, [2] * 6) for name in "ab")
    (first,), (second,) = (
        [found.get("id") for found in etree.fromstring(figure.svg).iter("{*}pattern")] for figure in (one, other)
    )
    assert first != second
    assert f"url(#{first})" in one.markup


def test_the_title_of_an_area_tells_the_last_day_and_a_year_before() -> None:
    figure = allies_area("Hamas", YEARS, [1, 2, 3, 4, 5, 1], [0, 0, 0, 0, 2, 1], [0, 0, 0, 0, 0, 2])
    assert figure.title == (
        "Hamas had 1 ally and 1 adversary on 2013-01-01 (5 and 2 a year before); 2 ties were disputed"
    )
    assert allies_area("Hamas", YEARS, [None] * 6, [None] * 6, [None] * 6).title == (
        "Of Hamas no ally and no adversary is known"
    )
    assert "strength 1.5" in allies_area("Hamas", YEARS[:1], [1.5], [2], [0.5]).title


def test_fewer_than_no_allies_are_refused() -> None:
    with pytest.raises(InvalidValue):
        allies_area("x", YEARS[:1], [-1], [0], [0])
    with pytest.raises(InvalidValue):
        allies_area("x", YEARS[:2], [1], [0], [0])


@given(name=texts, evidence=st.lists(st.sampled_from([0.0, 1.0]), min_size=6, max_size=6), label=texts)
def test_isolation_without_evidence_is_no_value(name: str, evidence: list[float], label: str) -> None:
    course = [iso(day, evidence=mass) for day, mass in zip(YEARS, evidence, strict=True)]
    figure = isolation_line(name, course, changes=[Flag(day=YEARS[2], label=label)], notes=[label])
    root = etree.fromstring(figure.svg)
    drawn = sum((one.get("class") or "") == "dot" for one in root.iter("{*}circle"))
    assert drawn == sum(mass > 0 for mass in evidence)
    stretches = sum(1 for n, mass in enumerate(evidence) if mass and not (n and evidence[n - 1]))
    assert len(paths(figure, "band")) == stretches


def test_the_title_of_isolation_tells_its_interval_and_a_year_before() -> None:
    figure = isolation_line("Hamas", [iso(YEARS[0], 0.3), iso(YEARS[1], 0.5)])
    assert figure.title == (
        "Isolation of Hamas was 0.50 on 2009-01-01 (90 % interval 0.25–0.75), up from 0.30 a year before"
    )
    assert "the same as a year before" in isolation_line("x", [iso(YEARS[0]), iso(YEARS[1])]).title
    assert "before" not in isolation_line("x", [iso(YEARS[0]), iso(YEARS[2])]).title
    assert isolation_line("x", [iso(YEARS[0], evidence=0)]).title == "How isolated x was is not known"


def test_one_half_is_marked_as_what_is_known_of_nobody() -> None:
    assert "nothing known, or even" in isolation_line("x", [iso(YEARS[0])]).markup


def test_an_isolation_without_a_day_is_refused() -> None:
    with pytest.raises(InvalidValue):
        isolation_line("x", [iso(None)])


@given(values=shares, lower=st.none() | shares, chance=st.none() | shares)
def test_a_missing_balance_is_drawn_nowhere(
    values: list[float | None], lower: list[float | None] | None, chance: list[float | None] | None
) -> None:
    figure = balance_line(YEARS, values, lower, chance=chance)
    root = etree.fromstring(figure.svg)
    dots = [one for one in root.iter("{*}circle") if "dot" in one.get("class").split()]
    own = [one for one in dots if "chance-line" not in one.get("class")]
    assert len(own) == sum(value is not None for value in values)
    assert figure == balance_line(YEARS, values, lower, chance=chance)


def test_unproven_points_are_hollow_with_a_bar_to_their_bound() -> None:
    figure = balance_line(YEARS[:3], [0.8, 0.8, 0.8], [0.8, 0.9, None])
    root = etree.fromstring(figure.svg)
    assert [one.get("class") for one in root.iter("{*}circle")] == ["dot", "dot hollow", "dot hollow"]
    assert len(paths(figure, "doubt")) == 1
    assert figure.title == "Balance was 0.80 on 2010-01-01, unproven"


def test_courses_of_no_days_say_so() -> None:
    for figure in (balance_line([], []), isolation_line("x", []), allies_area("x", [], [], [], [])):
        assert "no day to show" in figure.markup


def test_a_course_of_any_measure_breaks_where_a_value_is_missing_and_bears_its_flags() -> None:
    course = Course(days=tuple(YEARS[:3]), values=(1.0, None, 3.0))
    figure = course_line("<b>3</b> blocs", course, changes=[Flag(day=YEARS[2], label="1.00 to 3.00")])
    root = etree.fromstring(figure.svg)
    assert figure.title == "<b>3</b> blocs"
    assert "3 days" in figure.markup
    assert "1 without a value" in figure.markup
    assert root.xpath("//*[contains(@class, 'flag')]/@aria-label")[0] == f"{YEARS[2]}: 1.00 to 3.00"
    assert "no day to show" in course_line("x", Course(days=(), values=())).markup


def test_isolation_is_drawn_of_a_course_as_of_isolations() -> None:
    found = [iso(YEARS[0], 0.3), iso(YEARS[1], evidence=0), iso(YEARS[2], 0.5)]
    course = course_of("Hamas", found)
    assert course.values == (0.3, None, 0.5)
    assert isolation_line("Hamas", course) == isolation_line("Hamas", found)
