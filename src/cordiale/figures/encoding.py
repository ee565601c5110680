"""How a stance is drawn: class, glyph and words for each, and the width of its line. One table for every figure.

Sign is told three ways: by colour, by dash, by glyph; dashes never mean doubt. How sure a reading is is its width and
its number; leaning readings are pale; a dispute is a pair of rails beside the line, and a question mark after the sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cordiale.ties import Stance

THINNEST, THICKEST = 1.2, 5.2
"""Widths of a line, in pixels, of certainty 0 and 1."""

PLUS, MINUS, DOT = "+", "\N{MINUS SIGN}", "\N{MIDDLE DOT}"

KINDS = ("friendly", "hostile", "neutral", "disputed")
"""What ties are counted as, in the order in which they are told."""

_WORDS = {
    Stance.FRIENDLY: ("friendly", PLUS, "friendly"),
    Stance.LEANING_FRIENDLY: ("friendly leaning", PLUS, "leaning friendly"),
    Stance.NEUTRAL: ("neutral", DOT, "neutral"),
    Stance.LEANING_HOSTILE: ("hostile leaning", MINUS, "leaning hostile"),
    Stance.HOSTILE: ("hostile", MINUS, "hostile"),
    Stance.CONTESTED: ("", "", "disputed"),
    Stance.UNKNOWN: ("unknown", "", "unknown"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTie:
    """A tie as figures take it: two actors by id, and how they stand. `href` is where its evidence is, if anywhere;
    `may_split` is for a page that moves the date: its rails are there, though unseen where it is not disputed.
    """

    a: str
    b: str
    stance: Stance
    weight: float
    certainty: float
    disputed: bool = False
    since: date | None = None
    href: str | None = None
    may_split: bool = False

    def other(self, actor: str) -> str:
        """The actor at the other end."""
        return self.b if actor == self.a else self.a

    @property
    def split(self) -> bool:
        """Whether its sources stand against each other."""
        return self.disputed or self.stance is Stance.CONTESTED

    @property
    def side(self) -> int:
        """1 friendly, -1 hostile, 0 otherwise; of a contested one that of the leading reading."""
        if self.stance is Stance.CONTESTED:
            return (self.weight > 0) - (self.weight < 0)
        return self.stance.sign

    @property
    def kind(self) -> str:
        """What it is counted as: friendly, hostile, neutral, or disputed, and then as that alone."""
        return "disputed" if self.split else KINDS[(1, -1, 0).index(self.side)]

    @property
    def css(self) -> str:
        """The classes that say how it is drawn."""
        leading = {1: "friendly", -1: "hostile", 0: "neutral"}[self.side]
        return f"tie {_WORDS[self.stance][0] or leading}{' disputed' if self.split else ''}"

    @property
    def glyph(self) -> str:
        """Its sign, with a question mark after it where it is disputed."""
        sign = _WORDS[self.stance][1] or {1: PLUS, -1: MINUS, 0: DOT}[self.side]
        return sign + ("?" if self.split and sign else "")

    @property
    def words(self) -> str:
        """How they stand, in words."""
        disputed = ", disputed" if self.disputed and self.stance is not Stance.CONTESTED else ""
        return f"{_WORDS[self.stance][2]}{disputed}"

    @property
    def number(self) -> str:
        """Its weight with its sign."""
        return signed(self.weight)

    @property
    def width(self) -> float:
        """The width of its line, in pixels."""
        return THINNEST + (THICKEST - THINNEST) * min(max(self.certainty, 0.0), 1.0)


def signed(value: float) -> str:
    """A number with its sign, as typesetters write it.

    >>> signed(0.314), signed(-0.5), signed(-0.001)
    ('+0.31', '−0.50', '0.00')
    """
    text = f"{value:+.2f}"
    return "0.00" if text in {"+0.00", "-0.00"} else text.replace("-", MINUS)
