"""What is said of relationships: alliances, ties, rifts, wars."""

from __future__ import annotations

import pytest
from reading_makers import claims_of, only, told

from cordiale.claims import Change


@pytest.mark.parametrize(
    ("text", "claim", "change"),
    [
        ("Relations between Kenya and Somalia soured.", "kenya estranged_from somalia -1", "weakens"),
        ("Kenya's ties with Somalia are close.", "kenya friendly_to somalia +1", "none"),
        ("Kenya severed its ties with Somalia.", "kenya estranged_from somalia -1", "ends"),
        ("Venezuela and Colombia restored diplomatic relations.", "venezuela friendly_to colombia +1", "resumes"),
        ("Tensions between Greece and Bulgaria have eased.", "greece estranged_from bulgaria +1", "weakens"),
        ("Kenya and Somalia agreed to a truce.", "kenya agrees_with somalia +1", "none"),
    ],
)
def test_what_is_said_of_a_bond_gives_its_sign(text: str, claim: str, change: str) -> None:
    found = only(text)
    assert f"{found.subject} {found.relation} {found.object} {found.sign:+d}" == claim
    assert found.change == change


def test_a_neutral_bond_says_nothing_alone() -> None:
    assert told("The book is on relations between Kenya and Somalia.") == set()


def test_an_alliance_between_several_joins_each_two_of_them() -> None:
    assert len(told("The alliance between Kenya, Uganda and Rwanda is old.")) == 3


def test_a_list_too_long_is_an_enumeration_and_claims_nothing() -> None:
    names = "Kenya, Uganda, Rwanda, Burundi, Tanzania, Zambia, Malawi, Angola, Namibia, Botswana, Lesotho, Ghana, Togo"
    assert told(f"There were agreements between {names} and Benin.") == set()


def test_a_coalition_against_somebody_opposes_them() -> None:
    assert told("Egypt joined the coalition against the Houthis.") == {"egypt opposes houthis -1"}


def test_what_strains_other_ties_is_not_strained_itself() -> None:
    assert "kenya fights somalia -1" in told("Kenya's war with Somalia strained its relations with Djibouti.")


def test_who_brokers_a_truce_is_no_side_of_it() -> None:
    found = {f"{c.subject} {c.object}" for c in claims_of("Kenya and Somalia agreed to a truce brokered by Qatar.")}
    assert "kenya qatar" not in found


def test_a_visit_to_repair_ties_is_only_an_attempt() -> None:
    changes = {
        c.relation.name: c.change for c in claims_of("Nigeria's president visited Paris to repair ties with France.")
    }
    assert changes["friendly_to"] == "attempted"


def test_what_remains_is_as_the_word_after_it_says() -> None:
    assert told("Relations between Kenya and Somalia remain tense.") == {"kenya estranged_from somalia -1"}


def test_a_rapprochement_that_is_bad_news_is_still_one() -> None:
    assert told("A Saudi-Qatari rapprochement might be bad news for Turkey.") == {"saudi-arabia friendly_to qatar +1"}


def test_what_an_alliance_complicates_is_not_the_alliance() -> None:
    assert told("Its alliance could complicate peace. Iran's alliance with Hamas could complicate peace efforts.") == {
        "iran ally_of hamas +1"
    }


def test_elites_in_a_capital_hold_the_ties_of_the_state() -> None:
    text = "Egypt borders Libya. Elites in Beijing have cordial relations with the leadership of Myanmar."
    assert told(text) == {"china friendly_to myanmar +1"}


def test_ties_that_somebody_unnamed_holds_are_not_of_whom_the_text_is_about() -> None:
    assert told("Egypt borders Libya. Many traders have good relations with Chad.") == set()


def test_whom_somebody_prompts_to_cut_ties_cuts_them() -> None:
    (claim,) = claims_of("The clashes prompted Chad to cut its ties with Libya.")
    assert (claim.change, claim.sign) == (Change.ENDS, -1)


def test_a_plain_word_may_stand_between_a_holder_and_a_deal() -> None:
    assert told("The African Union met. All stems from Ethiopia's port deal with Somaliland.") == {
        "ethiopia agrees_with somaliland +1"
    }


@pytest.mark.parametrize("when", ["this week", "Monday", "two years later", "yesterday", "overall"])
def test_when_ties_change_is_not_what_they_change(when: str) -> None:
    assert told(f"Relations between Kenya and Somalia deteriorated {when}.") == {"kenya estranged_from somalia -1"}
    assert told(f"Relations between Kenya and Somalia were tense {when}.") == {"kenya estranged_from somalia -1"}


def test_somebodys_officials_in_a_state_do_not_act_for_it() -> None:
    assert told("Hamas officials in Qatar accused Israel of murder.") == {"hamas accuses israel -1"}


def test_whose_rival_seeks_a_pact_does_not_seek_it() -> None:
    assert told("India's rival seeks a pact with China.") == set()
