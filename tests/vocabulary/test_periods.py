"""Periods: half-open stretches of days, each end as precise as its source."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.errors import InvalidValue
from cordiale.periods import ALWAYS, Period, Precision, after, format_day, parse_day

KNOWN = [Precision.DAY, Precision.MONTH, Precision.YEAR]

days = st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31))
precisions = st.sampled_from(KNOWN)


def first_day(day, precision):
    """The day that begins the day, month or year of `day`."""
    if precision is Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision is Precision.MONTH else day


@st.composite
def bounds(draw):
    precision = draw(precisions)
    return first_day(draw(days), precision), precision


@st.composite
def periods(draw):
    ends = sorted(draw(st.lists(bounds(), min_size=2, max_size=2, unique_by=lambda bound: bound[0])))
    (start, start_precision), (end, end_precision) = ends
    kept = {}
    if draw(st.booleans()):
        kept |= {"start": start, "start_precision": start_precision}
    if draw(st.booleans()):
        kept |= {"end": end, "end_precision": end_precision}
    return Period(**kept)


@given(bounds())
def test_a_bound_is_the_same_after_text_and_back(bound):
    assert parse_day(format_day(*bound)) == bound


@given(periods())
def test_a_period_is_the_same_after_text_and_back(period):
    assert Period.parse(period.start_text, period.end_text) == period


@given(bounds())
def test_a_text_is_the_same_after_a_period_and_back(bound):
    text = format_day(*bound)
    assert Period.parse(text).start_text == text


@given(bounds())
def test_what_happened_within_a_stretch_held_on_its_first_day(bound):
    assert Period.within(*bound).holds(bound[0])


@given(bounds())
def test_what_happened_within_a_stretch_held_on_its_last_day(bound):
    assert Period.within(*bound).holds(after(*bound) - timedelta(days=1))


@given(bounds())
def test_what_happened_within_a_stretch_did_not_hold_after_it(bound):
    assert not Period.within(*bound).holds(after(*bound))


@given(bounds(), days)
def test_what_held_since_a_day_holds_on_every_day_from_it_on(bound, day):
    assert Period.since(*bound).holds(day) == (bound[0] <= day)


@given(periods())
def test_a_period_does_not_hold_on_its_end(period):
    assert period.end is None or not period.holds(period.end)


@given(days)
def test_always_holds_on_every_day(day):
    assert ALWAYS.holds(day)


@given(bounds())
def test_the_stretch_after_begins_where_the_stretch_ends(bound):
    assert Period.within(*bound).end == after(*bound)


@pytest.mark.parametrize(
    ("day", "precision", "next_day"),
    [
        (date(1999, 12, 31), Precision.DAY, date(2000, 1, 1)),
        (date(2000, 2, 28), Precision.DAY, date(2000, 2, 29)),
        (date(1999, 12, 1), Precision.MONTH, date(2000, 1, 1)),
        (date(1999, 1, 1), Precision.YEAR, date(2000, 1, 1)),
    ],
)
def test_a_stretch_ends_where_the_calendar_says(day, precision, next_day):
    assert after(day, precision) == next_day


def test_the_year_alone_is_written_where_the_year_alone_was_known():
    assert str(Period.parse("1999", "2011-03")) == "[1999..2011-03]"


def test_an_unknown_bound_is_written_as_nothing():
    assert str(ALWAYS) == "[..]"


def test_spaces_around_a_date_are_left_out():
    assert parse_day(" 2011-03 ") == (date(2011, 3, 1), Precision.MONTH)


@pytest.mark.parametrize("text", ["soon", "99", "2011-3", "2011/03/04", "2011-03-04T00:00", "20110304", "2011-", ""])
def test_a_text_that_is_no_date_is_refused_with_the_forms_that_are(text):
    with pytest.raises(InvalidValue, match=r"not a date.*write YYYY, YYYY-MM or YYYY-MM-DD"):
        parse_day(text)


@pytest.mark.parametrize("text", ["2011-13", "2011-02-29", "0000", "2011-00-01"])
def test_a_day_that_the_calendar_lacks_is_refused(text):
    with pytest.raises(InvalidValue, match="not a day of the calendar"):
        parse_day(text)


@pytest.mark.parametrize(("start", "end"), [("2011", "1999"), ("2011", "2011-01-01"), ("2011-03-04", "2011-03-04")])
def test_a_period_that_holds_on_no_day_is_refused(start, end):
    with pytest.raises(InvalidValue, match=r"holds on no day.*the end is the first day"):
        Period.parse(start, end)


def test_a_bound_without_its_precision_is_refused():
    with pytest.raises(InvalidValue, match="the start and its precision disagree"):
        Period(start=date(2011, 1, 1))


def test_a_precision_without_its_bound_is_refused():
    with pytest.raises(InvalidValue, match="the end and its precision disagree"):
        Period(end_precision=Precision.DAY)


def test_an_unknown_precision_is_refused_with_those_that_exist():
    with pytest.raises(InvalidValue, match="'week'; use one of: day, month, year, unknown"):
        Period(start=date(2011, 1, 1), start_precision="week")


def test_a_time_of_day_is_no_bound():
    with pytest.raises(InvalidValue, match=r"the start of a period is no day.*give a datetime\.date"):
        Period(start=datetime(2011, 1, 1, tzinfo=UTC), start_precision=Precision.DAY)


def test_a_text_is_no_bound():
    with pytest.raises(InvalidValue, match="the end of a period is no day"):
        Period(end="2011", end_precision=Precision.YEAR)


@pytest.mark.parametrize("precision", KNOWN)
def test_no_stretch_ends_after_the_last_day_of_the_calendar(precision):
    with pytest.raises(InvalidValue, match="no day of the calendar comes after"):
        after(first_day(date.max, precision), precision)


def test_a_period_cannot_be_changed():
    with pytest.raises(AttributeError):
        ALWAYS.start = date(2011, 1, 1)
