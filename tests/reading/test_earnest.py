"""What a sentence denies, or accuses somebody of, is never told as if it were asserted."""

from __future__ import annotations

import pytest
from reading_makers import told
from test_shipped import claims

DENIED = [
    ("Ghana denied that its planes had been used against Togo.", "ghana", "togo"),
    ("Ghana has denied that its drones were used against Togo.", "ghana", "togo"),
    ("Ghana rejected accusations that it had armed Togo.", "ghana", "togo"),
    ("Ghana dismissed reports that it had attacked Togo.", "ghana", "togo"),
]


@pytest.mark.parametrize(("text", "subject", "other"), DENIED)
def test_what_is_denied_is_denied_whoever_found_it(text: str, subject: str, other: str) -> None:
    found = [one for one in claims(text) if {one.subject, one.object} == {subject, other}]
    assert {str(one.certainty) for one in found} == {"denied"}


def test_what_somebody_is_accused_of_is_alleged() -> None:
    found = claims("Kenya accuses Ghana of having attacked Togo on 4 November.")
    assert {str(one.certainty) for one in found if {one.subject, one.object} == {"ghana", "togo"}} <= {"alleged"}
    assert [str(one.certainty) for one in found if one.subject == "kenya" and one.object == "ghana"] == ["asserted"]


def test_a_denial_goes_no_further_than_its_clause() -> None:
    for text in (
        "Ghana attacked Togo and denied that Kenya had helped it.",
        "Ghana was denied access, but attacked Togo.",
    ):
        assert [str(one.certainty) for one in claims(text) if one.object == "togo"] == ["asserted"]
    assert told("Ghana denied visas to Kenya but supported Togo.") == {"ghana supports togo +1"}


@pytest.mark.parametrize("verb", ["condemned", "denounced", "deplored"])
def test_who_condemns_an_attack_has_not_made_it_and_has_nothing_against_who_suffered_it(verb: str) -> None:
    assert not [one for one in claims(f"Kenya {verb} the attack on Togo.") if one.sign < 0]


@pytest.mark.parametrize(
    "text",
    [
        "Ghana and Togo fought a border war in 1998.", "Ghana and Togo fought each other.",
        "Ghana and Togo clashed with each other.",
    ],
)  # fmt: skip
def test_what_two_do_to_each_other_is_between_them(text: str) -> None:
    assert told(text) == {"ghana fights togo -1"}


def test_two_who_fight_a_third_do_not_fight_each_other() -> None:
    assert told("Ghana and Togo fought against Kenya.") == {"ghana fights kenya -1", "togo fights kenya -1"}
    assert told("Ghana and Togo fought a war against Kenya.") == {"ghana fights kenya -1", "togo fights kenya -1"}
