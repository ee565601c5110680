"""How two sides dealt with each other, as a figure: what each period shows, and what is left empty."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.figures.axis import Flag
from cordiale.figures.dealings import dealings

DAYS = [date(2019, month, 1) for month in range(1, 7)]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*values: list[float | None]) -> etree._Element:
    found = dealings("A and B", DAYS, *values, changes=[Flag(day=DAYS[3], label="mean +1 to <2")], notes=["by <x>"])
    return etree.fromstring(found.markup.encode())


def test_a_period_of_which_nothing_is_known_is_empty_and_one_without_events_is_not() -> None:
    root = drawn([4.0, 0.0, None, 2.0, 1.0, 0.0], [0.0, -3.0, None, -1.0, 0.0, 0.0], [9, 9, None, 9, 9, 9])
    groups = {one.get("class"): one for one in root.iter(f"{SVG}g") if "series" in (one.get("class") or "")}
    assert set(groups) == {"series friendly", "series hostile", "series neutral"}
    for one in groups.values():
        assert (
            len([path for path in one.findall(f"{SVG}path") if path.get("class") == "tint"]) == 2
        )  # before the gap, and after it
    assert groups["series hostile"].get("aria-label") == (
        "Hostile points: -3 to 0 from 2019-01-01 to 2019-06-01; 1 of 6 periods unknown"
    )


def test_its_text_is_text_and_its_change_is_flagged() -> None:
    root = drawn([1.0] * 6, [0.0] * 6, [1] * 6)
    words = " ".join(root.itertext())
    assert "mean +1 to <2" in words and "by <x>" in words


def test_without_days_it_says_so_and_days_must_fit() -> None:
    assert dealings("A and B", [], [], [], []).title == "A and B"
    with pytest.raises(InvalidValue):
        dealings("A and B", DAYS, [1.0], [0.0] * 6, [1] * 6)
