"""Pronouns and descriptions, resolved within the document."""

from __future__ import annotations

from reading_makers import told


def test_it_is_the_subject_of_the_sentence_before() -> None:
    assert told("Ghana held an election. It then condemned Togo.") == {"ghana accuses togo -1"}


def test_they_are_all_of_a_list() -> None:
    found = told("Ghana and Togo held elections. They condemned Benin.")
    assert found == {"ghana accuses benin -1", "togo accuses benin -1"}


def test_a_pronoun_after_a_verb_is_not_its_subject() -> None:
    assert not any(claim.startswith("togo") for claim in told("Togo held an election. Ghana condemned it."))
    assert told("Togo held an election. Ghana condemned it.") == {"ghana accuses togo -1"}


def test_its_is_of_whom_the_sentence_is_about() -> None:
    found = told("Ghana's war with Togo has strained its relations with Benin.")
    assert "ghana estranged_from benin -1" in found


def test_a_description_is_the_last_actor_of_its_kind() -> None:
    assert told("Hezbollah met envoys in Ghana. The movement condemned Togo.") >= {"hezbollah accuses togo -1"}


def test_a_pronoun_that_nobody_fits_is_left_alone() -> None:
    assert told("It condemned Togo.") == set()


def test_it_of_it_is_likely_is_nobody() -> None:
    assert told("Ghana held an election. It is likely that Togo backed Benin.") <= {"togo supports benin +1"}


def test_i_in_a_quotation_is_its_speaker() -> None:
    assert "yasser-arafat endorses tunisia +1" in told("“I thank Tunisia and its brave people,” Yasser Arafat said.")


def test_we_of_an_official_is_whom_the_official_leads() -> None:
    text = "“We condemn Burundi for what it did today,” President Paul Kagame of Rwanda said."
    assert "rwanda accuses burundi -1" in told(text)


def test_i_outside_quotations_is_nobody() -> None:
    assert not told("I thank Tunisia and its brave people.")


def test_the_president_is_who_was_named_with_that_title() -> None:
    text = "President Gustavo Petro visited Chile. The president accused Peru of murder."
    assert "gustavo-petro accuses peru -1" in told(text)
    assert not any("peru" in one for one in told(text.replace("The president", "The former president")))


def test_he_after_an_unnamed_leader_is_not_the_person_named_before() -> None:
    text = "Hosni Mubarak sang. Sudan's leader spoke in Cairo. He accused Chad of murder."
    assert told(text) == {"sudan accuses chad -1"}


def test_it_after_an_unnamed_army_is_nobody_of_an_earlier_sentence() -> None:
    text = "Egypt borders Libya. The army fell back, but it attacked Chad."
    assert told(text) == set()


def test_whom_somebody_blames_for_its_support_supports() -> None:
    assert "qatar supports hamas +1" in told("Many of them blamed Qatar for its support of Hamas.")
    assert told("Britain blamed Iran for its support of Hamas.") == {
        "united-kingdom accuses iran -1",
        "iran supports hamas +1",
    }


def test_the_government_is_that_of_the_state_named_in_the_sentence() -> None:
    text = "Egypt borders Libya. The Chadian press sang after the government attacked Niger."
    assert told(text) == {"chad assaults niger -1"}


def test_the_president_of_two_is_nobody() -> None:
    text = "President Gustavo Petro sang. President Nicolas Maduro sang. The president accused Peru of murder."
    assert told(text) == set()


def test_the_president_beside_a_leader_without_a_name_is_nobody() -> None:
    text = "President Gustavo Petro sang. The Iranian leader sang. The president accused Peru of murder."
    assert told(text) == set()
