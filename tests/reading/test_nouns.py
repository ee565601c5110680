"""What directed nouns, adjectives, compounds and lists of members say."""

from __future__ import annotations

import pytest
from reading_makers import claims_of, only, told

from cordiale.claims import Certainty


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Cuba's support for Angola was known.", "cuba supports angola +1"),
        ("The attack by Eritrea on Djibouti was brief.", "eritrea assaults djibouti -1"),
        ("Chad is hostile to Libya.", "chad opposes libya -1"),
        ("Chad is at odds with Libya.", "chad estranged_from libya -1"),
        ("Pakistan drew closer to China.", "pakistan friendly_to china +1"),
        ("The Libya-backed Polisario Front held out.", "libya supports polisario-front +1"),
        ("Turkey, a member of NATO, abstained.", "turkey member_of nato +1"),
    ],
)
def test_a_noun_or_adjective_joins_two_actors(text: str, claim: str) -> None:
    assert claim in told(text)


def test_lifting_sanctions_is_friendly() -> None:
    assert {c.sign for c in claims_of("Britain lifted sanctions on Zimbabwe.")} == {1}


def test_suspending_aid_is_unfriendly() -> None:
    assert {c.sign for c in claims_of("Norway suspended its aid to Malawi.")} == {-1}


def test_an_adjective_describes_the_noun_before_it_and_not_the_subject() -> None:
    assert told("Iraq sheltered factions hostile to Jordan.") == set()


def test_a_second_adjective_describes_the_same_subject() -> None:
    assert told("Chad is close to France but hostile to Libya.") == {
        "chad friendly_to france +1",
        "chad opposes libya -1",
    }


def test_not_a_friend_is_denied() -> None:
    assert only("Qatar is not a friend of Bahrain.").certainty == "denied"


def test_a_leader_is_named_beside_what_he_leads() -> None:
    assert told("Hezbollah leader Hassan Nasrallah spoke.") == {"hassan-nasrallah leads hezbollah +1"}


def test_nobody_leads_a_person() -> None:
    assert not any("leads" in claim for claim in told("In letters Nehru asked President Kennedy for fighters."))


def test_those_who_are_allies_are_so_to_each_other() -> None:
    assert told("Kenya, Uganda and Rwanda are allies.") == {
        "kenya ally_of uganda +1",
        "kenya ally_of rwanda +1",
        "uganda ally_of rwanda +1",
    }


def test_support_that_failed_to_be_shown_is_denied() -> None:
    assert only("Kenya failed to show public support for Uganda.").certainty is Certainty.DENIED


def test_a_prefix_after_is_says_it_of_the_subject() -> None:
    assert told("Hamas and Syria are strongly pro-Iran.") == {"hamas supports iran +1", "syria supports iran +1"}


def test_two_prefixes_side_by_side_say_nothing_of_each_other() -> None:
    assert told("Their policies are pro-Hamas and pro-Iran.") == set()


def test_a_prefix_that_is_denied_says_nothing() -> None:
    assert told("Georgia is not pro-Russian. Serbia is no longer pro-Russian.") == set()


def test_a_name_in_a_compound_acts_in_nobodys_place() -> None:
    assert told("Chad accused the Iran-aligned Houthis of murder.") == {
        "chad accuses houthis -1",
        "iran ally_of houthis +1",
    }


def test_what_a_leader_says_for_his_own_state_is_no_tie() -> None:
    assert told("Abdel Fattah el-Sisi praised Egypt.") == set()
    assert told("Abdel Fattah el-Sisi praised Chad.") == {"abdel-fattah-el-sisi endorses chad +1"}


def test_whose_backing_a_president_has_is_not_what_he_leads() -> None:
    assert told("US-backed President Hamid Karzai condemned Pakistan.") == {
        "united-states supports hamid-karzai +1",
        "hamid-karzai accuses pakistan -1",
    }


def test_an_offshoot_is_a_friend_of_what_it_comes_from() -> None:
    assert told("Hamas is an offshoot of the Muslim Brotherhood.") == {"hamas friendly_to muslim-brotherhood +1"}
