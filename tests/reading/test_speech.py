"""Who says so."""

from __future__ import annotations

import pytest
from reading_makers import claims_of, only


@pytest.mark.parametrize(
    "text",
    [
        "“Ghana has always supported Togo in its troubles,” Kofi Annan said.",
        "Kofi Annan said: “Ghana has always supported Togo in its troubles.”",
        "“Ghana has always supported Togo,” Kofi Annan said, “and it always pays for what it does.”",
        "“That is well known to everybody,” said Kofi Annan. “Ghana has always supported Togo in its troubles.”",
        "Kofi Annan said that Ghana had supported Togo.",
        "According to Kofi Annan, Ghana supported Togo.",
        "Ghana supported Togo, Kofi Annan said.",
    ],
)
def test_a_speaker_may_stand_before_amid_or_after_the_words(text: str) -> None:
    assert only(text).said_by == "kofi-annan"


def test_the_document_speaks_for_itself_elsewhere() -> None:
    assert only("Ghana supported Togo.").said_by is None


def test_the_document_speaks_again_after_a_report() -> None:
    found = claims_of("Kofi Annan said that Ghana had supported Togo. Benin attacked Niger.")
    assert [c.said_by for c in found] == ["kofi-annan", None]


def test_a_short_phrase_in_quotation_marks_is_no_speech() -> None:
    assert only("Ghana attacked Togo, the “pearl” of Kofi Annan.").said_by is None


def test_to_conclude_a_pact_is_not_to_speak() -> None:
    assert {c.said_by for c in claims_of("Ghana concluded a pact with Togo; Benin attacked Niger.")} == {None}


def test_a_report_ends_at_a_semicolon() -> None:
    found = {c.subject: c.said_by for c in claims_of("Kofi Annan said that Ghana backed Togo; Benin attacked Niger.")}
    assert found == {"ghana": "kofi-annan", "benin": None}


def test_an_agency_of_a_state_speaks_for_it() -> None:
    found = claims_of("Ghana attacked Togo, Niger's intelligence agency said.")
    assert [(c.object, c.said_by) for c in found] == [("togo", "niger")]


def test_single_quotation_marks_hold_speech_and_apostrophes_do_not() -> None:
    assert only("‘Ghana has always supported Togo’s army,’ Kofi Annan said.").said_by == "kofi-annan"
    assert only("Kofi Annan’s ‘friends’ were there. Ghana attacked Togo’s army at noon.").said_by is None


def test_what_several_announce_is_said_by_the_document() -> None:
    found = claims_of("Ghana and Togo announced that they would support Benin.")
    assert {c.said_by for c in found} == {None}


def test_whom_somebody_warns_at_the_end_of_a_sentence_makes_no_speech_of_it() -> None:
    claims = claims_of("After cutting ties with Mali, France warned Russia.")
    assert {claim.said_by for claim in claims} == {None}
