"""States are ties as numbers, drawn as the ties themselves."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cordiale.figures import DrawnTie, graph
from cordiale.figures.states import state_numbers, states
from cordiale.ties import STANCES, Stance

TIES = st.builds(
    DrawnTie, a=st.just("a"), b=st.just("b"), stance=st.sampled_from(STANCES), weight=st.floats(-1, 1),
    certainty=st.floats(0, 0.999), disputed=st.booleans(),
)  # fmt: skip


@given(TIES)
def test_a_state_has_the_classes_the_glyph_and_the_kind_of_its_tie(tie: DrawnTie) -> None:
    arrays = [STANCES.index(tie.stance), tie.weight, tie.certainty, tie.disputed]
    (number,) = state_numbers(*(np.array([one]) for one in arrays))
    state = states()[number]
    if tie.stance is Stance.UNKNOWN:
        assert (number, state.css, state.kind) == (0, "tie unknown", "")
    else:
        assert state.css == f"{tie.css} c{int(tie.certainty * 10)}"
        assert (state.glyph, state.kind) == (tie.glyph, tie.kind)
        assert state.words.startswith(tie.words)
        assert f"about {int(tie.certainty * 10) / 10 + 0.05:.2f}" in state.words


def test_ties_of_other_days_are_there_and_not_shown() -> None:
    one = DrawnTie(a="iran", b="syria", stance=Stance.FRIENDLY, weight=0.8, certainty=0.9)
    other = DrawnTie(a="iran", b="iraq", stance=Stance.UNKNOWN, weight=0, certainty=0, may_split=True)
    places = {"iran": (0.1, 0.1), "syria": (0.9, 0.9), "iraq": (0.5, 0.5)}
    made = graph([one], {}, at=date(2012, 6, 1), places=places, hidden=[other])
    assert made.title == graph([one], {}, at=date(2012, 6, 1), places=places).title
    assert 'class="tie unknown"' in made.markup
    assert 'class="actor away"' in made.markup
    assert made.markup.count('class="rail"') == 2 + 2  # those of the legend, and those that it may come to have
