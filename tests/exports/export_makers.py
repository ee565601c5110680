"""Networks, courses of ties and actors of odd names that the tests of exports share."""

from __future__ import annotations

import csv
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

from hypothesis import strategies as st

from cordiale.claims import Actor, Kind
from cordiale.exports.histories import Stretch, TieCourse
from cordiale.networks import SignedNetwork

IDS = ("iran", "israel", "syria", "turkey")
ODD = 'Ha\'mas "of" <the>\n& 哈马斯\\ حماس'
"""A name with all that formats must write as data."""

names = st.text(min_size=1, max_size=12).filter(str.strip)
written = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Co")), min_size=1).filter(
    str.strip
)
"""Names without characters that are shown as escapes."""
weights = st.floats(0.001, 1).map(lambda w: float(f"{w:.4g}"))
days = st.dates(date(1816, 1, 1), date(2020, 12, 31))


@st.composite
def networks(draw: st.DrawFn) -> SignedNetwork:
    """Ties of either sign and any strength among four actors, who may have none."""
    pairs = draw(st.sets(st.sampled_from(list(combinations(IDS, 2)))))
    ties = [(a, b, draw(st.sampled_from([-1, 1])), draw(weights)) for a, b in sorted(pairs)]
    alone = [(a, b, 0, 1.0) for a, b in draw(st.sets(st.sampled_from(list(combinations(IDS, 2))))) - pairs]
    return SignedNetwork.of([*ties, *alone], weighted=True)


@st.composite
def courses(draw: st.DrawFn) -> list[TieCourse]:
    """Ties over time, with gaps, the last stretch open or not."""
    pairs = sorted(draw(st.sets(st.sampled_from(list(combinations(IDS, 2))))))
    return [TieCourse(a=a, b=b, stretches=tuple(draw(_stretches()))) for a, b in pairs]


@st.composite
def _stretches(draw: st.DrawFn) -> list[Stretch]:
    turns = sorted(draw(st.sets(days, min_size=2, max_size=7)))
    spans = [(start, end) for start, end in pairwise(turns) if draw(st.integers(0, 3))]
    last: list[tuple[date, date | None]] = [(turns[-1], None)] if draw(st.booleans()) or not spans else []
    signs = st.sampled_from([(-1, "hostile"), (0, "contested"), (1, "friendly"), (1, "leaning_friendly")])
    dealt = [(start, end, *draw(signs), draw(weights)) for start, end in [*spans, *last]]
    return [Stretch(start=start, end=end, sign=sign, stance=said, weight=w) for start, end, sign, said, w in dealt]


def actors(**named: str) -> dict[str, Actor]:
    """States of these names, by id."""
    return {key: Actor(id=key, kind=Kind.STATE, name=name) for key, name in named.items()}


def rows(file: Path) -> list[dict[str, str]]:
    """A CSV file as dictionaries."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sign_on(tie: TieCourse, day: date) -> int | None:
    """The sign of a tie on a day; None where nothing is known."""
    found = [one.sign for one in tie.stretches if one.start <= day and (one.end is None or day < one.end)]
    return found[0] if found else None
