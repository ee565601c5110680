"""When a claim held."""

from __future__ import annotations

import pytest
from reading_makers import claims_of, only


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Ghana attacked Togo on 3 May 1994.", "[1994-05-03..1994-05-04]"),
        ("Ghana attacked Togo on May 3, 1994.", "[1994-05-03..1994-05-04]"),
        ("Ghana attacked Togo in May 1994.", "[1994-05..1994-06]"),
        ("In 1994 Ghana attacked Togo.", "[1994..1995]"),
        ("Ghana has supported Togo since 1994.", "[1994..]"),
        ("Ghana supported Togo until 1994.", "[..1994]"),
        ("Ghana supported Togo from 1994 to 1999.", "[1994..1999]"),
        ("Ghana attacked Togo yesterday.", "[2020-06-14..2020-06-15]"),
        ("Ghana attacked Togo last year.", "[2019..2020]"),
        ("Ghana attacked Togo two months ago.", "[2020-04..2020-05]"),
        ("Ghana attacked Togo on 3 May.", "[2020-05-03..2020-05-04]"),
        ("Ghana attacked Togo in December.", "[2019-12..2020-01]"),
        ("Ghana attacked Togo in the 1970s.", "[..]"),
        ("Ghana attacked Togo.", "[..]"),
        ("Ghana attacked Togo 9000 years ago.", "[..]"),
        ("Ghana attacked Togo on 31 February 1994.", "[..]"),
    ],
)
def test_a_date_in_the_sentence_dates_the_claim(text: str, held: str) -> None:
    assert str(only(text).held) == held


def test_a_named_happening_dates_the_claim() -> None:
    assert only("Ghana has supported Togo since the Suez Crisis.").held.start_text == "1956-10-29"


def test_a_text_that_looks_back_keeps_its_year() -> None:
    first, second = claims_of("In 1965 Ghana attacked Togo. Benin attacked Niger.")
    assert (str(first.held), str(second.held)) == ("[1965..1966]", "[1965..1966]")
