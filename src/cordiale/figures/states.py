"""How a tie is drawn as one small number, so that a page can step through many days without asking for anything.

State 0 is not drawn; the others are a kind (a stance, of a contested one with its leading side), whether it is
disputed, and a tenth of certainty, which is the width of a line. Drawn by the one table of `encoding`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.figures.encoding import DrawnTie
from cordiale.ties import STANCES, Stance

TENTHS = 10
_KINDS: tuple[tuple[Stance, int], ...] = (
    *((stance, stance.sign) for stance in STANCES if stance not in {Stance.CONTESTED, Stance.UNKNOWN}),
    *((Stance.CONTESTED, lead) for lead in (1, 0, -1)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a state looks like: its classes, words and glyph; `kind` is what it is counted as, "" where not drawn."""

    css: str
    words: str
    glyph: str
    kind: str

    @property
    def split(self) -> bool:
        """Whether it is disputed."""
        return self.kind == "disputed"


def states() -> tuple[State, ...]:
    """What each number means.

    >>> states()[0].css, len(states())
    ('tie unknown', 161)
    """
    found = [State(css="tie unknown", words="unknown", glyph="", kind="")]
    for stance, lead in _KINDS:
        for disputed in (False, True):
            for tenth in range(TENTHS):
                tie = DrawnTie(a="a", b="b", stance=stance, weight=lead, certainty=0.0, disputed=disputed)
                words = f"{tie.words}, certainty about {(tenth + 0.5) / TENTHS:.2f}"
                found.append(State(css=f"{tie.css} c{tenth}", words=words, glyph=tie.glyph, kind=tie.kind))
    return tuple(found)


def state_numbers(
    stance: NDArray[Any], weight: NDArray[Any], certainty: NDArray[Any], disputed: NDArray[Any]
) -> NDArray[np.uint8]:
    """The state of each reading; arrays of one shape, `stance` indices into `STANCES`.

    >>> one = state_numbers(np.array([0]), np.array([0.8]), np.array([0.73]), np.array([False]))
    >>> states()[int(one[0])].css
    'tie friendly c7'
    """
    kinds = np.zeros((len(STANCES), 3), dtype=np.int64)
    for number, (kind, lead) in enumerate(_KINDS):
        kinds[STANCES.index(kind), slice(None) if kind is not Stance.CONTESTED else lead + 1] = number
    tenth = np.clip((certainty * TENTHS).astype(np.int64), 0, TENTHS - 1)
    found = 1 + (kinds[stance, np.sign(weight).astype(int) + 1] * 2 + disputed) * TENTHS + tenth
    return np.where(stance == STANCES.index(Stance.UNKNOWN), 0, found).astype(np.uint8)
