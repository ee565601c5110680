"""What would be different: only what differs is drawn, the warning always, and what is not proven is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from graph_makers import HARD, read, texts
from hypothesis import given
from hypothesis import strategies as st

from cordiale.figures import DrawnTie
from cordiale.figures.what_if import WARNING, change, what_if
from cordiale.networks import Supposed, WhatIf
from cordiale.networks import what_if as suppose
from cordiale.ties import Stance

AT = date(2012, 6, 1)
TRIANGLE = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]
NAMES = {"a": "Aden", "b": "Baku", "c": "Cairo"}


def mended() -> WhatIf:
    return suppose(TRIANGLE, [Supposed(a="a", b="c", sign=1)])


signs = st.sampled_from([-1, 0, 1])
supposed = st.builds(
    lambda pair, sign: Supposed(a=pair[0], b=pair[1], sign=sign),
    st.sampled_from([("a", "b"), ("b", "c"), ("a", "c"), ("a", "d"), ("d", "e")]),
    signs,
)


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("cde"), signs), max_size=6, unique_by=lambda t: t[:2]),
    st.lists(supposed, min_size=1, max_size=3),
    st.fixed_dictionaries(dict.fromkeys("abcde", HARD)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_it_can_be_read_is_the_same_and_warns_whatever_is_supposed(
    ties: list[tuple[str, str, int]], some: list[Supposed], names: dict[str, str], isolation: tuple[float, float]
) -> None:
    answer = suppose(ties, some)
    found = what_if(answer, names, at=AT, isolations={"a": isolation})
    read(found)
    assert WARNING in texts(found)
    assert found.markup == what_if(answer, names, at=AT, isolations={"a": isolation}).markup
    assert found.markup.count('class="supposed"') == len(some)


def test_it_tells_what_differs() -> None:
    found = what_if(mended(), NAMES, at=AT, isolations={"a": (0.5, 0.25), "c": (0.75, 0.25)})
    labels = [one.get("aria-label") for one in read(found).iter() if one.get("class") == "measure"]
    assert found.title == "If Aden and Cairo were friendly on 2012-06-01, frustration would fall from 1 to 0"
    assert labels == [
        "Frustration: now 1, then 0, −1",
        "Balance: now 0.33, then 1.00, +0.67",
        "Balanced triangles: now 0 of 1, then 1 of 1, +1",
        "Isolation of Aden: now 0.50, then 0.25, −0.25",
        "Isolation of Cairo: now 0.75, then 0.25, −0.50",
    ]
    assert "No longer misfits 1" in texts(found)
    assert "Would become misfits" in texts(found)


def test_what_is_the_same_is_not_drawn_but_named() -> None:
    answer = suppose(TRIANGLE, [Supposed(a="c", b="d", sign=1)])
    found = what_if(answer, NAMES, at=AT, isolations={"a": (0.5, 0.5)})
    labels = [one.get("aria-label") or "" for one in read(found).iter() if one.get("class") == "measure"]
    assert found.title == "If Cairo and d were friendly on 2012-06-01, frustration would still be 1"
    assert [label.split(":")[0] for label in labels] == ["Balance"]
    same = "Frustration 1; Balanced triangles 0 of 1; Isolation of Aden 0.50; which ties are misfits."
    assert found.notes[0] == f"The same now and then: {same}"


def test_how_a_supposed_tie_is_now_is_drawn_where_it_is_given() -> None:
    now = DrawnTie(a="c", b="a", stance=Stance.HOSTILE, weight=-0.5, certainty=0.4, disputed=True)
    told = [what_if(mended(), NAMES, at=AT, ties=ties) for ties in ([], [now], [replace(now, b="b")])]
    labels = [next(x.get("aria-label") for x in read(one).iter() if x.get("class") == "supposed") for one in told]
    assert labels == [
        "Supposed: Aden and Cairo, then friendly",
        "Supposed: Aden and Cairo, now hostile, disputed, then friendly",
        "Supposed: Aden and Cairo, now no tie, then friendly",
    ]
    assert "−? hostile, disputed" in texts(told[1])


def test_what_is_not_proven_is_said() -> None:
    answer = mended()
    unsure = replace(answer, now=replace(answer.now, optimal=False, lower_bound=0.0))
    found = what_if(unsure, NAMES, at=AT)
    assert "Frustration now is not proven: it is between 0 and 1." in found.notes
    assert "−1, not proven" in texts(found)
    assert not any("proven" in note for note in what_if(answer, NAMES, at=AT).notes)


def test_long_lists_say_how_many_more() -> None:
    answer = mended()
    many = tuple((f"x{n}", f"y{n}") for n in range(11))
    found = what_if(replace(answer, then=replace(answer.then, frustrated=many)), NAMES, at=AT)
    assert "Would become misfits 11" in texts(found)
    assert "and 3 more" in texts(found)
    assert "x8 and y8" not in texts(found)


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ([-1], "If Aden and Cairo were hostile on"),
        ([0], "If Aden and Cairo had no tie on"),
        ([1, 1], "and 1 other tie was otherwise"),
        ([1, 1, 0], "and 2 other ties were otherwise"),
    ],
)
def test_its_title_says_what_is_supposed(signs: list[int], told: str) -> None:
    pairs = [("a", "c"), ("b", "d"), ("c", "d")]
    answer = suppose(TRIANGLE, [Supposed(a=a, b=b, sign=sign) for (a, b), sign in zip(pairs, signs, strict=False)])
    assert told in what_if(answer, NAMES, at=AT).title


def test_a_difference_that_rounds_to_none_has_no_sign() -> None:
    assert change(-0.001, 2) == "0.00"
    assert change(0.001) == "0"
