"""The matrix: two cells for every known tie, its sign in both, blocs side by side, and what is left out is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from graph_makers import ACTORS, HARD, crowd, read, some_ties, texts, tied
from hypothesis import given
from hypothesis import strategies as st

from cordiale.figures import DrawnTie, Figure
from cordiale.figures.matrix import matrix, seriation
from cordiale.figures.paper import SVG
from cordiale.ties import Stance

AT = date(2012, 6, 1)


def tie(pair: str, how: Stance = Stance.FRIENDLY, **more: object) -> DrawnTie:
    return DrawnTie(a=pair[0], b=pair[1], stance=how, weight=0.5 * how.sign, certainty=0.5, **more)  # type: ignore[arg-type]


def order(figure: Figure) -> list[str]:
    return [str(one.get("data-actor")) for one in read(figure).iter() if one.get("data-actor")]


@given(some_ties(), st.fixed_dictionaries(dict.fromkeys(ACTORS, HARD)), st.integers(0, 12))
def test_it_can_be_read_and_is_the_same_whatever_names_hold(
    ties: list[DrawnTie], names: dict[str, str], most: int
) -> None:
    found = matrix(ties, names, at=AT, most=most)
    read(found)
    assert len(order(found)) <= most
    assert found.markup == matrix(ties, names, at=AT, most=most).markup


@given(some_ties())
def test_every_tie_that_is_known_has_its_sign_in_two_cells(ties: list[DrawnTie]) -> None:
    found = {one.get("data-tie"): one for one in tied(matrix(ties, {}, at=AT))}
    known = {f"{one.a} {one.b}": one for one in ties if one.stance is not Stance.UNKNOWN}
    assert found.keys() == known.keys()
    for name, held in found.items():
        cells = held.findall(f"{{{SVG}}}rect")
        at = [(one.get("x"), one.get("y")) for one in cells]
        assert len(set(at)) == 2
        assert [one.text for one in held.findall(f"{{{SVG}}}text")] == [known[name].glyph] * 2


@given(some_ties(), st.randoms(use_true_random=False))
def test_the_order_of_actors_does_not_depend_on_that_of_ties(ties: list[DrawnTie], rng: object) -> None:
    shuffled = list(ties)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert order(matrix(ties, {}, at=AT)) == order(matrix(shuffled, {}, at=AT))


def test_blocs_show() -> None:
    found = order(matrix(crowd(30, 200), {}, at=AT))
    blocs = [bloc for bloc, _ in groupby(int(actor.removeprefix("actor-")) % 3 for actor in found)]
    assert len(found) == 30
    assert len(blocs) == 3


def test_a_dispute_is_an_outline_with_a_question_mark_after_the_sign() -> None:
    (held,) = tied(matrix([tie("ab", Stance.HOSTILE, disputed=True)], {}, at=AT))
    assert held.get("class") == "tie hostile disputed"
    assert held.get("aria-label") == "a and b: hostile, disputed, −0.50"
    assert {one.text for one in held.iter(f"{{{SVG}}}text")} == {"−?"}


def test_past_the_most_it_says_how_many_are_left_out() -> None:
    ties = [tie("ab"), tie("ac"), tie("bc"), tie("cd"), tie("de")]
    found = matrix(ties, {}, at=AT, most=3)
    assert sorted(order(found)) == ["a", "b", "c"]
    told = "Shown are the 3 actors with the most ties, and the 3 ties among them; 2 actors and 2 ties are left out."
    assert told in found.notes
    assert found.title == "5 actors and 5 ties on 2012-06-01: 5 friendly"
    assert not any("left out" in note for note in matrix(ties, {}, at=AT).notes)


def test_actors_come_as_they_are_ordered_and_others_after_them() -> None:
    found = matrix([tie("ab"), tie("cd")], {}, at=AT, order=["x", "d", "b", "d"], notes=["As known today."])
    assert order(found)[:3] == ["x", "d", "b"]
    assert set(order(found)[3:]) == {"a", "c"}
    assert found.notes == ("As known today.",)


def test_without_a_tie_it_says_so() -> None:
    found = matrix([tie("ab", Stance.UNKNOWN)], {}, at=AT)
    assert found.title == "No tie is known on 2012-06-01"
    assert "no tie that is known" in texts(found)


@given(some_ties(), st.permutations(ACTORS))
def test_seriation_keeps_every_actor(ties: list[DrawnTie], actors: Sequence[str]) -> None:
    assert sorted(seriation(ties, actors)) == sorted(actors)
