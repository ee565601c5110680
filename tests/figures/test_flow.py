"""Blocs over time and side by side: who goes where, what is left out, and what overlaps."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cordiale.figures.bloc_flow import COLUMNS, bloc_flow
from cordiale.figures.bloc_overlap import MOST, bloc_overlap
from cordiale.figures.paper import Figure
from cordiale.networks import Bloc, Labelled, blocs_over_time, tensions

texts = st.text(max_size=30) | st.sampled_from(["<b>bold</b>", "a\u202eb\x00\x1b[2J", "حماس & co"])
ACTORS = "abcdef"
pairs = [(a, b) for a in ACTORS for b in ACTORS if a < b]
networks = st.lists(
    st.dictionaries(st.sampled_from(pairs), st.sampled_from([1, -1]), min_size=1, max_size=8), min_size=1, max_size=5
)


def labels(figure: Figure, word: str) -> list[str]:
    root = etree.fromstring(figure.svg)
    return [one.get("aria-label") for one in root.iter() if word in (one.get("class") or "").split()]


def course(*networks: dict[tuple[str, str], int]) -> tuple[Labelled, ...]:
    days = ((date(1890 + n, 1, 1), [(a, b, sign) for (a, b), sign in one.items()]) for n, one in enumerate(networks))
    return blocs_over_time(days)


@given(ties=networks, names=st.lists(texts, min_size=6, max_size=6))
def test_flows_are_sound_and_the_same_again(ties: list[dict[tuple[str, str], int]], names: list[str]) -> None:
    days, called = course(*ties), dict(zip(ACTORS, names, strict=True))
    figure = bloc_flow(days, called, notes=names)
    etree.fromstring(figure.svg)
    assert figure == bloc_flow(days, called, notes=names)


@given(ties=networks)
def test_as_many_flow_between_two_days_as_are_in_blocs_on_both(ties: list[dict[tuple[str, str], int]]) -> None:
    days = course(*ties)
    figure = bloc_flow(days, {})
    told = labels(figure, "ribbon")
    shown = {label.split(" on ")[1].split(":")[0] for label in labels(figure, "block")}
    kept = [one for one in days if str(one.at) in shown]
    both = sum(len(set(early.blocs.labels) & set(late.blocs.labels)) for early, late in pairwise(kept))
    assert sum(int(label.rsplit(": ", 1)[1]) for label in told) == both


def test_days_without_a_change_are_passed_over() -> None:
    one = {("a", "b"): 1, ("b", "c"): -1}
    figure = bloc_flow(course(one, one, one, {("a", "b"): 1, ("b", "c"): 1}), {"c": "Carthage"})
    assert labels(figure, "block") == [
        "Bloc A on 1890-01-01: a, b",
        "Each alone on 1890-01-01: Carthage",
        "Bloc A on 1893-01-01: Carthage, a, b",
    ]
    assert labels(figure, "ribbon") == [
        "Bloc A to A, 1890-01-01 to 1893-01-01: 2",
        "Each alone to A, 1890-01-01 to 1893-01-01: 1",
    ]


def test_of_many_changes_the_first_and_the_last_are_drawn_and_the_rest_counted() -> None:
    two = ({("a", "b"): 1, ("c", "d"): 1}, {("a", "b"): 1, ("c", "d"): -1})
    figure = bloc_flow(course(*(two[n % 2] for n in range(16))), {})
    days = {label.split(" on ")[1].split(":")[0] for label in labels(figure, "block")}
    assert len(days) == COLUMNS
    assert {"1890-01-01", "1905-01-01"} <= days
    assert "and 4 more days with changes" in figure.markup


def test_no_days_and_no_ties_are_said() -> None:
    assert bloc_flow([], {}).title == "No blocs are known"
    assert bloc_flow(course({}), {}).title == "No blocs on 1890-01-01"


def test_a_pair_of_blocs_is_told_once_with_members_and_tension() -> None:
    one = Bloc(name="one", members={"a": 1, "b": 1}, stances={"x": 1})
    other = Bloc(name="other", members={"b": 1, "c": 1}, stances={"x": -1})
    figure = bloc_overlap([one, other], tensions([one, other]), {"b": "Bulgaria"})
    assert labels(figure, "cell") == [
        "one: 2 members, a, Bulgaria",
        "other and one: 1 member shared, Bulgaria; tension 0.50, 1 of 1 stances opposed",
        "other: 2 members, Bulgaria, c",
    ]
    assert {".50", "1", "2"} <= {one.text for one in etree.fromstring(figure.svg).iter("{*}text")}


@given(names=st.lists(texts, max_size=20, unique=True), called=texts)
def test_overlaps_are_sound_whatever_blocs_are_called(names: list[str], called: str) -> None:
    blocs = [Bloc(name=name, members={"a": 1, called: 1}) for name in names]
    figure = bloc_overlap(blocs, tensions(blocs), {"a": called}, notes=[called])
    shown = min(len(names), MOST)
    assert len(labels(figure, "cell")) == shown * (shown + 1) // 2
    assert ("more bloc" in figure.markup) == (len(names) > MOST)
