"""What verbs say: who does it and to whom."""

from __future__ import annotations

import pytest
from reading_makers import claims_of, only, told


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Libya backed Uganda.", "libya supports uganda +1"),
        ("Uganda was backed by Libya.", "libya supports uganda +1"),
        ("Uganda, backed by Libya, held out.", "libya supports uganda +1"),
        ("Libya, which armed Uganda, denied nothing.", "libya supports uganda +1"),
        ("Libya decided to arm Uganda.", "libya supports uganda +1"),
        ("Tanzania invaded Uganda.", "tanzania assaults uganda -1"),
        ("Uganda received weapons from Libya.", "libya supports uganda +1"),
        ("Albania broke with the Soviet Union.", "albania estranged_from soviet-union -1"),
        ("Kenya mediated between Sudan and Eritrea.", "kenya mediates sudan +1"),
        ("Yasser Arafat fled to Tunisia.", "tunisia hosts yasser-arafat +1"),
    ],
)
def test_a_verb_joins_its_subject_to_its_object(text: str, claim: str) -> None:
    assert claim in told(text)


def test_a_list_of_subjects_is_a_claim_each() -> None:
    assert told("Kenya, Uganda and Rwanda condemned Burundi.") == {
        "kenya accuses burundi -1",
        "uganda accuses burundi -1",
        "rwanda accuses burundi -1",
    }


def test_a_bloc_is_joined_by_becoming_a_member() -> None:
    assert "finland member_of nato +1" in told("Finland joined NATO.")


def test_leaving_a_bloc_ends_a_membership() -> None:
    claim = only("Mali left ECOWAS.")
    assert (claim.relation.name, claim.sign, claim.change) == ("member_of", -1, "ends")


def test_the_object_of_an_infinitive_is_not_that_of_the_verb_before() -> None:
    assert told("Kenya sent jets to destroy Eritrea's harbour.") <= {"kenya assaults eritrea -1"}


def test_the_place_after_a_preposition_is_no_object() -> None:
    assert told("Kenya celebrated the victory in Uganda.") == set()


def test_two_participles_do_not_oppose_each_other_s_agents() -> None:
    assert told("The rebels, supported by Ethiopia and opposed by Sudan, took the town.") == set()


def test_what_opens_a_sentence_is_no_part_of_its_subject() -> None:
    assert told("Unlike Chad, Niger praised Benin.") == {"niger endorses benin +1"}


def test_an_object_before_a_new_clause_is_no_list_with_its_subject() -> None:
    assert told("Sudan praised Kenya, and Chad rewarded nobody.") == {"sudan endorses kenya +1"}


def test_sanctions_that_were_imposed_are_not_imposed_again_by_being_lifted() -> None:
    assert {c.sign for c in claims_of("Japan lifted the sanctions imposed on Myanmar.")} == {1}


def test_no_claim_joins_an_actor_with_itself() -> None:
    assert told("Iran praised Iran and the Iranian government.") == set()


def test_the_object_of_a_second_verb_is_not_that_of_the_first() -> None:
    assert told("Libya funded rebels and attacked Chad.") == {"libya assaults chad -1"}


def test_two_verbs_may_share_an_object() -> None:
    assert told("Libya attacked and looted Chad.") == {"libya assaults chad -1"}


def test_a_comma_ends_a_clause_that_opens_with_when() -> None:
    assert told("When Somalia attacked all the same, Kenya slept.") == set()


def test_what_is_held_by_somebody_is_no_talk_with_them() -> None:
    assert told("Troops of Eritrea landed on islands held by Yemen.") == set()


def test_who_was_expelled_is_no_longer_hosted() -> None:
    assert told("Yasser Arafat was expelled from Jordan.") == {"jordan hosts yasser-arafat -1"}


def test_where_a_group_is_based_hosts_it() -> None:
    assert told("The leaders of SWAPO are based in the Angolan capital.") == {"angola hosts swapo +1"}


def test_to_fight_beside_somebody_is_support() -> None:
    assert told("Cuba fought beside Angola.") == {"cuba supports angola +1"}


def test_a_participle_that_opens_a_sentence_is_of_its_subject() -> None:
    text = "Egypt borders Libya. After restoring ties with Sudan, Iran attacked Chad."
    assert told(text) == {"iran friendly_to sudan +1", "iran assaults chad -1"}


def test_whom_somebody_unnamed_is_not_allowed_to_attack_is_not_attacked() -> None:
    assert told("Egypt will not allow anyone to threaten Somalia.") == set()
    assert told("Egypt forced Chad to attack Somalia.") >= {"chad assaults somalia -1"}


def test_a_plural_name_takes_a_plain_verb() -> None:
    assert told("The Taliban support Pakistan.") == {"taliban supports pakistan +1"}


def test_whom_a_state_is_forced_to_recognise_it_recognises() -> None:
    assert told("Egypt was forced yesterday to recognise Israel.") == {"egypt endorses israel +1"}
