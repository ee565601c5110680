"""The time that a text tells of, and which actors its names mean then."""

from __future__ import annotations

from reading_makers import claims_of, told


def test_a_sentence_that_points_back_is_of_the_date_before_it() -> None:
    claims = claims_of("In 2011 Ghana closed its border. Ghana has been hostile to Togo ever since.")
    assert [c.held.start_text for c in claims] == ["2011"]


def test_news_of_the_present_is_not_of_an_old_date_in_it() -> None:
    claims = claims_of("The treaty dates from 1965. On Monday Benin was quiet.\nGhana has close ties with Togo.")
    assert [str(c.held) for c in claims] == ["[..]"]


def test_a_seat_stands_for_whoever_held_it_then() -> None:
    assert told("In 1965 Moscow condemned Ghana.") == {"soviet-union accuses ghana -1"}
    assert told("In 2015 Moscow condemned Ghana.") == {"russia accuses ghana -1"}


def test_a_descent_into_civil_war_dates_as_the_war_does() -> None:
    (claim,) = claims_of("As Lebanon slid into civil war, Kenya broke with Uganda.")
    assert claim.held.start_text == "1975-04-13"


def test_a_day_without_its_year_before_any_year_is_of_the_time_of_writing() -> None:
    text = "Kenya attacked Uganda on 14 April.\nGhana fought Togo from 1998 to 2000 and made peace in 2014."
    (claim,) = [one for one in claims_of(text) if one.subject == "kenya"]
    assert claim.held.start_text == "2020-04-14"
    back = "Ghana fought Togo from 1998 to 2000, until 2001. Kenya attacked Uganda on 14 April."
    (claim,) = [one for one in claims_of(back) if one.subject == "kenya"]
    assert claim.held.start is not None and claim.held.start.year < 2002
