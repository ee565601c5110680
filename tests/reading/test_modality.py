"""How firmly it is said: denied, hedged, predicted, refused, demanded."""

from __future__ import annotations

import pytest
from reading_makers import claims_of, only, told

from cordiale.claims import Certainty


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Ghana backed Togo.", "asserted"),
        ("Ghana did not back Togo.", "denied"),
        ("Ghana never backed Togo.", "denied"),
        ("Ghana denied that it backed Togo.", "denied"),
        ("It is unlikely that Ghana will back Togo.", "denied"),
        ("Ghana will back Togo.", "predicted"),
        ("Ghana plans to back Togo.", "predicted"),
        ("Ghana may back Togo.", "possible"),
        ("If Ghana backs Togo, nobody will object.", "possible"),
        ("Ghana has allegedly backed Togo.", "alleged"),
    ],
)
def test_the_words_around_a_verb_give_its_certainty(text: str, certainty: str) -> None:
    assert only(text).certainty == certainty


def test_a_denied_claim_keeps_its_sign() -> None:
    assert only("Ghana did not back Togo.").sign == 1


def test_a_refusal_to_support_is_a_rejection() -> None:
    assert told("Ghana refused to support Togo.") == {"ghana rejects togo -1"}


def test_what_is_only_demanded_is_no_claim() -> None:
    assert "togo supports benin +1" not in told("Ghana demanded that Togo support Benin.")


def test_what_ought_to_be_is_no_claim() -> None:
    assert told("Ghana must end its attacks on Togo.") == set()


def test_to_stop_supporting_is_an_end() -> None:
    claim = only("Ghana stopped supporting Togo.")
    assert (claim.sign, claim.change) == (-1, "ends")


def test_to_support_no_longer_is_an_end() -> None:
    claim = only("Ghana no longer supports Togo.")
    assert (claim.sign, claim.change) == (-1, "ends")


def test_what_somebody_is_accused_of_is_alleged_of_them() -> None:
    found = {c.relation.name: c for c in claims_of("Morocco severed its ties with Iran, accusing it of arming Mali.")}
    assert (found["supports"].subject, found["supports"].certainty) == ("iran", "alleged")


def test_no_plans_are_a_denial() -> None:
    assert only("Ghana has no plans to attack Togo.").certainty == "denied"


def test_what_it_is_alleged_that_is_alleged() -> None:
    (claim,) = claims_of("It has been alleged, by experts among others, that Egypt supports Chad.")
    assert claim.certainty is Certainty.ALLEGED


def test_what_somebody_falsely_claimed_of_itself_is_not_alleged_by_nobody() -> None:
    (claim,) = claims_of("It later said it had claimed that Egypt supports Chad.")
    assert claim.certainty is Certainty.ASSERTED
