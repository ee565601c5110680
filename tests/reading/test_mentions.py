"""Who is named where: names, adjectives, seats, phrases around them, and names that the catalogue does not have."""

from __future__ import annotations

import pytest
from reading_makers import claims_of, reading_of, told


@pytest.mark.parametrize(
    "text",
    [
        "Poland condemned Belarus.",
        "Polish officials condemned the Belarusian government.",
        "Warsaw condemned Minsk.",
        "The government of Poland condemned the regime of Belarus.",
        "Poland's foreign ministry condemned Belarus's army.",
    ],
)
def test_a_state_goes_by_name_adjective_seat_and_organ(text: str) -> None:
    assert told(text) == {"poland accuses belarus -1"}


def test_the_longest_name_wins() -> None:
    assert told("South Korea criticised North Korea.") == {"south-korea accuses north-korea -1"}


def test_a_name_in_lower_case_is_no_name() -> None:
    assert told("The turkey attacked the china in the cupboard.") == set()


def test_short_capitals_are_a_name_and_the_same_letters_are_none() -> None:
    assert told("The US praised Kenya.") == {"united-states endorses kenya +1"}
    assert told("He told us of Kenya.") == set()


def test_a_seat_in_the_name_of_a_newspaper_is_no_actor() -> None:
    assert told("The London Sunday Times criticised Zambia.") == set()


def test_state_television_is_not_the_state() -> None:
    assert told("Iranian state television criticised Zambia.") == set()


def test_a_person_named_in_full_goes_by_the_surname_afterwards() -> None:
    found = reading_of("President Amadou Kerekoro of the union spoke. Kerekoro praised Senegal.")
    assert [(c.subject, c.object) for c in found.claims] == [("~amadou-kerekoro", "senegal")]


def test_an_unknown_name_that_is_used_becomes_a_provisional_actor() -> None:
    (actor,) = reading_of("Senegal attacked the Northern Salvation Front.").actors
    assert (actor.id, actor.kind) == ("~northern-salvation-front", "armed_group")


def test_an_unknown_name_that_no_claim_uses_is_no_actor() -> None:
    assert reading_of("The Northern Salvation Front published a calendar.").actors == ()


def test_a_title_before_a_name_only_describes() -> None:
    assert told("Russian foreign minister Sergei Lavrov met Fidel Castro.") >= {
        "sergei-lavrov consults fidel-castro +1"
    }
    assert not any(c.subject == "russia" for c in claims_of("Russian foreign minister Sergei Lavrov met Fidel Castro."))


def test_a_title_before_a_comma_and_a_name_only_describes() -> None:
    assert told("Hungary's prime minister, Viktor Orban, met Vladimir Putin.") == {
        "viktor-orban consults vladimir-putin +1"
    }


def test_a_surname_in_a_longer_name_is_not_that_person() -> None:
    assert not any(
        "nasser" in actor for claim in told("Karim Nasser Haddad condemned Israel.") for actor in claim.split()
    )


def test_a_name_with_a_possessive_in_it_is_found() -> None:
    assert told("Eritrea attacked the Tigray People’s Liberation Front.") == {"eritrea assaults tplf -1"}
    assert told("Egypt supports Sudan's army.") == {"egypt supports sudanese-armed-forces +1"}
    assert told("Hamas' military wing attacked Israel.") == {"al-qassam-brigades assaults israel -1"}


def test_whose_an_actor_is_does_not_act_in_its_place() -> None:
    assert told("Qatar supports Egypt's Muslim Brotherhood.") == {"qatar supports muslim-brotherhood +1"}
    assert told("Qatar is an ally of President Erdogan's Turkey.") == {"qatar ally_of turkey +1"}


def test_a_name_between_a_possessive_and_a_noun_is_not_its_head() -> None:
    assert told("Russia's Ukraine war angered Poland.") == set()
    assert told("Israel's Hamas war angered Turkey.") == set()


def test_what_a_state_faces_makes_it_no_people() -> None:
    assert told("Sudan faces growing opposition and attacked Chad.") == {"sudan assaults chad -1"}


def test_a_possessive_ending_makes_no_other_name() -> None:
    assert told("Israel bombed Hama's airport.") == set()
