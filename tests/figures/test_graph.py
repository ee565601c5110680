"""The graph: every tie that is known is drawn once, names do not collide, text stays text, a focus hides the rest."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from graph_makers import ACTORS, HARD, crowd, read, some_ties, texts, tied
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.figures import DrawnTie
from cordiale.figures.graph import LINE, graph, width_of
from cordiale.figures.layout import positions
from cordiale.figures.paper import SVG
from cordiale.ties import Stance

AT = date(2012, 6, 1)
NAMES = st.fixed_dictionaries(dict.fromkeys(ACTORS, HARD))


def tie(a: str, b: str, how: Stance = Stance.FRIENDLY, **more: object) -> DrawnTie:
    return DrawnTie(a=a, b=b, stance=how, weight=0.5 * how.sign, certainty=0.5, **more)  # type: ignore[arg-type]


@given(some_ties(), NAMES, st.sampled_from([None, *ACTORS]))
def test_it_can_be_read_and_is_the_same_whatever_names_hold(
    ties: list[DrawnTie], names: dict[str, str], focus: str | None
) -> None:
    found = graph(ties, names, at=AT, focus=focus, notes=list(names.values())[:1])
    read(found)
    assert found.markup == graph(ties, names, at=AT, focus=focus, notes=list(names.values())[:1]).markup
    assert not set(found.markup) & set("\x00\x1b\u202e\u200f\u2066")


@given(some_ties())
def test_every_tie_that_is_known_is_drawn_once(ties: list[DrawnTie]) -> None:
    known = sorted(f"{one.a} {one.b}" for one in ties if one.stance is not Stance.UNKNOWN)
    found = graph(ties, {}, at=AT)
    assert sorted(one.get("data-tie") for one in tied(found)) == known
    rails = [one.get("data-tie") for one in tied(found) if one.findall(f"{{{SVG}}}path[@class='rail']")]
    assert sorted(rails) == sorted(f"{t.a} {t.b}" for t in ties if t.split and t.stance is not Stance.UNKNOWN)
    actors = {one.get("data-actor") for one in read(found).iter() if one.get("data-actor")}
    assert actors == {actor for pair in known for actor in pair.split()}


@pytest.mark.parametrize(("actors", "ties"), [(10, 20), (40, 150), (200, 700)])
def test_names_do_not_collide(actors: int, ties: int) -> None:
    boxes = []
    for name in read(graph(crowd(actors, ties), {}, at=AT)).iter(f"{{{SVG}}}text"):
        if name.get("class") == "name":
            width, x, y = width_of(name.text or ""), float(name.get("x")), float(name.get("y"))
            left = x - {"middle": width / 2, "end": width}.get(name.get("text-anchor"), 0)
            boxes.append((left, y - LINE * 0.75, left + width, y + LINE * 0.25))
    assert len(boxes) > min(actors, 40) / 2
    for one, other in combinations(boxes, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert min(across, down) < 0.2  # lengths are written to a tenth of a pixel


def test_an_actor_says_its_name_where_it_is_not_written() -> None:
    found = read(graph(crowd(300, 1500), {"actor-7": "Yemen"}, at=AT))
    actors = [one for one in found.iter() if one.get("data-actor")]
    assert len(actors) > sum(one.find(f"{{{SVG}}}text") is not None for one in actors)
    assert all(one.get("aria-label") for one in actors)
    assert any((one.get("aria-label") or "").startswith("Yemen, ") for one in actors)


def test_its_title_counts_what_it_shows() -> None:
    ties = [tie("a", "b"), tie("b", "c", Stance.HOSTILE), tie("a", "c", disputed=True), tie("a", "d", Stance.NEUTRAL),
            tie("d", "e", Stance.UNKNOWN)]  # fmt: skip
    title = "4 actors and 4 ties on 2012-06-01: 1 friendly, 1 hostile, 1 neutral, 1 disputed"
    assert graph(ties, {}, at=AT).title == title
    assert graph([], {}, at=AT).title == "No tie is known on 2012-06-01"
    assert "no tie that is known" in texts(graph([], {}, at=AT))


def test_a_focus_hides_what_is_not_around_it() -> None:
    ties = [tie("a", "b"), tie("a", "c"), tie("b", "c", Stance.HOSTILE), tie("c", "d"), tie("d", "e")]
    found = graph(ties, {"a": "Aden"}, at=AT, focus="a")
    assert {one.get("data-tie") for one in tied(found)} == {"a b", "a c", "b c"}
    assert found.title == "Around Aden: 2 actors and 3 ties on 2012-06-01; 2 friendly, 1 hostile"
    circles = [one for one in read(found).iter(f"{{{SVG}}}circle") if one.get("class") == "focus"]
    assert len(circles) == 1
    assert graph(ties, {}, at=AT, focus="x").title == "Of x no tie is known on 2012-06-01"


def test_an_actor_stays_where_it_is_when_others_come_and_go() -> None:
    ties = crowd(20, 60)
    places = positions(ties)

    def spots(some: list[DrawnTie], focus: str | None = None) -> dict[str, tuple[str, str]]:
        found = read(graph(some, {}, at=AT, places=places, focus=focus))
        circles = ((one, one.find(f"{{{SVG}}}circle")) for one in found.iter() if one.get("data-actor"))
        return {str(one.get("data-actor")): (circle.get("cx"), circle.get("cy")) for one, circle in circles}

    everyone, fewer = spots(ties), spots(ties[:30])
    assert fewer.items() <= everyone.items()


def test_ties_and_actors_lead_to_their_evidence() -> None:
    ties = [tie("a", "b", href="/own"), tie("b", "c")]
    found = graph(ties, {}, at=AT, href=lambda one: f"/tie/{one.a}/{one.b}", actor_href=lambda one: f"/actor/{one}")
    links = {one.get("href") for one in read(found).iter(f"{{{SVG}}}a")}
    assert links == {"/own", "/tie/b/c", "/actor/a", "/actor/b", "/actor/c"}
    assert not list(read(graph(ties[1:], {}, at=AT)).iter(f"{{{SVG}}}a"))


def test_a_legend_is_always_there() -> None:
    for ties in ([], crowd(5, 6)):
        legend = read(graph(ties, {}, at=AT)).find(f"{{{SVG}}}g[@class='legend']")
        assert legend is not None
        assert {"+ friendly", "− hostile", "rails: disputed"} <= {str(one.text) for one in legend.iter()}


def test_an_actor_without_a_place_is_an_error() -> None:
    with pytest.raises(InvalidValue, match="without a place"):
        graph([tie("a", "b")], {}, at=AT, places={"a": (0, 0)})


def test_ten_thousand_ties_stay_a_small_file() -> None:
    ties = crowd(2000, 10_000)
    places = {f"actor-{n}": (n % 50 / 50, n // 50 / 40) for n in range(2000)}
    found = graph(ties, {f"actor-{n}": f"Popular Front {n}" for n in range(2000)}, at=AT, places=places)
    assert len(found.svg.encode()) < 3_500_000
    assert len(etree.fromstring(found.markup.encode()).findall(f"{{{SVG}}}g[@class='ties']/")) == 10_000
