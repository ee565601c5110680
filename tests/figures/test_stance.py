"""An actor's two-sided view: who stands on which side, how each line is drawn, and that text stays text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cordiale.figures import DrawnTie, Figure, stance
from cordiale.figures.encoding import signed
from cordiale.figures.paper import SVG
from cordiale.ties import Stance

AT = date(2012, 6, 1)
SIDES = [Stance.FRIENDLY, Stance.LEANING_FRIENDLY, Stance.HOSTILE, Stance.NEUTRAL, Stance.CONTESTED, Stance.UNKNOWN]


def tie(other: str, how: Stance, **more: object) -> DrawnTie:
    weight = 0.4 * how.sign
    return DrawnTie(a="focus", b=other, stance=how, weight=weight, certainty=0.5, **more)  # type: ignore[arg-type]


def drawn(figure: Figure) -> etree._Element:
    return etree.fromstring(figure.svg.encode())


def entries(figure: Figure) -> list[etree._Element]:
    return [
        one for one in drawn(figure).iter(f"{{{SVG}}}a", f"{{{SVG}}}g") if one.get("aria-label") and one.get("data-tie")
    ]


def test_its_title_says_what_it_shows() -> None:
    ties = [tie("x", Stance.FRIENDLY), tie("y", Stance.HOSTILE, disputed=True), tie("z", Stance.CONTESTED)]
    found = stance("focus", ties, {"focus": "Hamas"}, at=AT)
    assert found.title == "Hamas had 1 ally and 1 adversary on 2012-06-01; 2 ties are disputed"
    assert drawn(found).get("aria-label") == found.title


def test_a_disputed_tie_has_rails_and_a_question_mark_and_a_hostile_one_its_class() -> None:
    found = drawn(stance("focus", [tie("x", Stance.HOSTILE, disputed=True)], {}, at=AT))
    assert len(found.findall(f".//{{{SVG}}}path[@class='rail']")) == 2
    assert found.findall(f".//{{{SVG}}}tspan[@class='glyph']")[0].text == "\N{MINUS SIGN}?"
    assert found.findall(f".//{{{SVG}}}g[@class='tie hostile disputed']")


def test_past_the_most_it_says_how_many_more() -> None:
    found = stance("focus", [tie(f"x{n}", Stance.FRIENDLY) for n in range(11)], {}, at=AT, most=8)
    assert len(entries(found)) == 8
    assert "and 3 more" in found.svg


def test_an_unknown_tie_is_not_drawn() -> None:
    assert not entries(stance("focus", [tie("x", Stance.UNKNOWN)], {}, at=AT))


def test_a_tie_with_an_address_is_a_link_to_it() -> None:
    (entry,) = entries(stance("focus", [tie("x", Stance.FRIENDLY, href="/tie/focus/x?at=2012")], {"x": "Iran"}, at=AT))
    assert (entry.tag, entry.get("href")) == (f"{{{SVG}}}a", "/tie/focus/x?at=2012")
    assert entry.get("aria-label") == "focus and Iran: friendly, +0.40"


@given(st.lists(st.tuples(st.sampled_from(SIDES), st.text(max_size=40)), max_size=12), st.text(max_size=60))
def test_whatever_names_are_the_figure_is_well_formed_and_says_them_as_text(
    rows: list[tuple[Stance, str]], name: str
) -> None:
    ties = [tie(f"x{place}", how) for place, (how, _) in enumerate(rows)]
    names = {f"x{place}": text or "x" for place, (_, text) in enumerate(rows)} | {"focus": name or "f"}
    found = stance("focus", ties, names, at=AT, notes=[name])
    root = drawn(found)
    assert {one.tag.removeprefix(f"{{{SVG}}}") for one in root.iter()} <= {
        "svg",
        "style",
        "text",
        "tspan",
        "g",
        "rect",
        "path",
    }
    assert not any(key.startswith("on") or key in {"href", "style"} for one in root.iter() for key in one.attrib)
    assert stance("focus", ties, names, at=AT, notes=[name]).svg == found.svg


def test_it_shows_itself_in_a_notebook_and_is_saved_whole(tmp_path: Path) -> None:
    found = stance("focus", [tie("x", Stance.FRIENDLY)], {}, at=AT)
    found.save(tmp_path / "a.svg")
    assert found._repr_svg_() in (tmp_path / "a.svg").read_text("utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["a.svg"]
    assert "<style" not in found.markup


@pytest.mark.parametrize(("value", "text"), [(0.0, "0.00"), (0.126, "+0.13"), (-1.0, "\N{MINUS SIGN}1.00")])
def test_numbers_carry_their_sign_as_typesetters_write_it(value: float, text: str) -> None:
    assert signed(value) == text
