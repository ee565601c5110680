"""Why, and by which means."""

from __future__ import annotations

from reading_makers import only


def test_a_stated_cause_is_quoted_exactly() -> None:
    claim = only("Ghana condemned Togo because of the arrests in Lomé, and prices rose.")
    assert claim.why is not None
    assert claim.why.text == "because of the arrests in Lomé"


def test_a_claim_without_a_cause_has_none() -> None:
    assert only("Ghana condemned Togo.").why is None


def test_the_means_of_support_are_named() -> None:
    assert set(only("Ghana supported Togo with weapons and money.").means) == {"weapons", "funding"}


def test_only_relations_that_have_means_get_them() -> None:
    assert only("Ghana condemned Togo over its weapons.").means == ()
