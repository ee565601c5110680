"""Relative clauses about places and demands."""

import pytest
from reading_makers import claims_of, told

from cordiale.claims import Certainty


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("They met in Tunisia, where Fatah was based, and went on to Egypt.", "tunisia hosts fatah +1"),
        ("Norway — where Yasser Arafat lived for a year — was neutral.", "norway hosts yasser-arafat +1"),
        ("Egypt demanded that Hamas lay down its arms, which it rejected.", "hamas rejects egypt -1"),
    ],
)
def test_a_relative_clause_tells_of_the_place_or_of_the_demand(text: str, claim: str) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fatah likes Tunisia, where the summer is hot, and Egypt lived on.",
        "Egypt demanded an answer from Hamas, which met in Doha.",
    ],
)
def test_a_relative_clause_about_something_else_tells_nothing(text: str) -> None:
    assert not {claim for claim in told(text) if " hosts " in claim or " rejects " in claim}


def test_where_somebody_never_lived_is_denied() -> None:
    (claim,) = [c for c in claims_of("Turkey, where Hamas never lived, is far.") if c.relation.name == "hosts"]
    assert claim.certainty is Certainty.DENIED
