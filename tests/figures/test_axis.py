"""Axes: where ticks stand, how lines break, and how flags are told."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.figures.axis import Flag, TimeAxis, ValueAxis, axis_of, broken_line, raise_flags, runs
from cordiale.figures.paper import SVG, TEXT_CHARS, Paper

days = st.dates(date(1, 1, 1), date(9999, 12, 31))
widths = st.floats(90, 1600)


@given(one=days, other=days, width=widths)
def test_ticks_of_time_ascend_are_inside_and_never_collide(one: date, other: date, width: float) -> None:
    axis = TimeAxis(first=min(one, other), last=max(one, other), left=50, right=50 + width)
    ticks = axis.ticks()
    assert ticks
    assert all(50 <= tick.at <= 50 + width for tick in ticks)
    for early, late in pairwise(ticks):
        assert late.at - early.at > (len(early.text) + len(late.text)) / 2 * TEXT_CHARS


@given(one=days, other=days, third=days)
def test_later_days_are_never_further_to_the_left(one: date, other: date, third: date) -> None:
    first, middle, last = sorted((one, other, third))
    axis = TimeAxis(first=first, last=last, left=0, right=100)
    assert 0 <= axis.x(first) <= axis.x(middle) <= axis.x(last) <= 100


def test_one_day_has_one_tick_in_the_middle() -> None:
    axis = TimeAxis(first=date(2012, 6, 1), last=date(2012, 6, 1), left=0, right=100)
    assert [(tick.at, tick.text) for tick in axis.ticks()] == [(50, "2012-06-01")]


@pytest.mark.parametrize(
    ("first", "last", "some"),
    [
        (date(1500, 6, 1), date(2000, 6, 1), ["1550", "1600"]),
        (date(2012, 1, 15), date(2012, 10, 1), ["2012-02", "2012-03"]),
        (date(2012, 1, 15), date(2018, 12, 1), ["2013", "2014"]),
        (date(2012, 1, 30), date(2012, 2, 2), ["2012-01-30", "2012-01-31"]),
    ],
)
def test_ticks_are_whole_years_months_or_days(first: date, last: date, some: list[str]) -> None:
    texts = [tick.text for tick in TimeAxis(first=first, last=last, left=0, right=700).ticks()]
    assert texts[:2] == some


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6), height=st.floats(40, 800), whole=st.booleans())
def test_ticks_of_values_ascend_inside_and_apart(low: float, span: float, height: float, whole: bool) -> None:
    axis = ValueAxis(low=low, high=low + span, bottom=height, top=0)
    ticks = axis.ticks(whole=whole)
    assert all(-0.1 <= tick.at <= height + 0.1 for tick in ticks)
    assert all(early.at - late.at >= 27.9 for early, late in pairwise(ticks))
    assert len({tick.text for tick in ticks}) == len(ticks)


def test_axes_without_room_or_order_are_refused() -> None:
    with pytest.raises(InvalidValue):
        TimeAxis(first=date(2012, 1, 2), last=date(2012, 1, 1), left=0, right=1)
    with pytest.raises(InvalidValue):
        TimeAxis(first=date(2012, 1, 1), last=date(2012, 1, 1), left=1, right=1)
    with pytest.raises(InvalidValue):
        ValueAxis(low=1, high=1, bottom=10, top=0)
    with pytest.raises(InvalidValue):
        ValueAxis(low=0, high=float("inf"), bottom=10, top=0)


@given(values=st.lists(st.none() | st.floats(allow_infinity=False)))
def test_runs_hold_every_value_once_and_no_gap(values: list[float | None]) -> None:
    found = runs(values)
    there = [n for n, value in enumerate(values) if value is not None and not isnan(value)]
    assert [n for run in found for n in run] == there
    assert all(late == early + 1 for run in found for early, late in pairwise(run))
    assert all(late[0] > early[-1] + 1 for early, late in pairwise(found))


def test_a_value_between_two_gaps_is_a_dot() -> None:
    paper = Paper("test", "title")
    broken_line(paper, [(0, 1.0), (1, None), (2, 3.0), (3, 4.0), (4, None)], css="course")
    assert [one.get("cx") for one in paper.root.iter(f"{{{SVG}}}circle")] == ["0"]
    assert [one.get("d") for one in paper.root.iter(f"{{{SVG}}}path")] == ["M2 3L3 4"]


@given(offsets=st.lists(st.integers(-50, 450), max_size=25))
def test_every_flag_on_the_axis_has_a_pole_and_no_labels_collide(offsets: list[int]) -> None:
    paper = Paper("test", "title")
    first = date(2012, 1, 1)
    axis = axis_of(paper, [first, date(2013, 1, 1)])
    flags = [Flag(day=first + timedelta(days=n), label="something happened") for n in offsets]
    raise_flags(paper, axis, flags, 100)
    figure = paper.done()
    root = etree.fromstring(figure.markup)
    poles = [one for one in root.iter() if one.get("class") == "pole"]
    assert len(poles) == sum(axis.first <= flag.day <= axis.last for flag in flags)
    boxes: dict[str, list[tuple[float, float]]] = {}
    labels = [one for one in root.iter(f"{{{SVG}}}text") if one.get("class") == "small halo"]
    for one in labels:
        x, wide = float(one.get("x")), len(one.text) * TEXT_CHARS * 0.9
        boxes.setdefault(one.get("y"), []).append((x - wide, x) if one.get("text-anchor") else (x, x + wide))
    for row in boxes.values():
        assert all(early[1] < late[0] for early, late in pairwise(sorted(row)))
    unnamed = len(flags) - len(labels)
    assert (f"and {unnamed} more" in figure.markup) == (unnamed > 0)
