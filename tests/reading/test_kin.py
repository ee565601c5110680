"""What one is of another, said in passing."""

from __future__ import annotations

from reading_makers import told


def test_whose_ally_somebody_is_is_told_in_passing() -> None:
    assert told("Iran's ally Hezbollah fell.") == {"iran ally_of hezbollah +1"}
    assert told("The visit angered Pakistan's arch-rival, India.") == {"pakistan rivals india -1"}
    assert told("The Egyptian backer Chad fell.") == {"chad supports egypt +1"}


def test_whose_allies_several_are() -> None:
    assert told("Egypt lost its most loyal backers, Sudan and Chad, in May.") >= {
        "sudan supports egypt +1",
        "chad supports egypt +1",
    }


def test_who_and_its_ally_do_something_do_it_both() -> None:
    assert told("Hezbollah and its Shi'i ally Amal attacked Israel.") == {
        "hezbollah ally_of amal-movement +1",
        "hezbollah assaults israel -1",
        "amal-movement assaults israel -1",
    }
    assert told("Iran and its neighbour Iraq attacked Syria.") == {
        "iran assaults syria -1",
        "iraq assaults syria -1",
    }


def test_a_former_ally_is_none() -> None:
    assert told("Iran's former ally Sudan left.") == set()


def test_who_stands_behind_a_comma_in_a_new_clause_is_nobodys_ally() -> None:
    assert told("With Iran's rival, Egypt sang.") == set()


def test_whose_ally_the_one_attacked_with_it_is() -> None:
    assert "iran ally_of hezbollah +1" in told("Israel attacked Iran and its ally Hezbollah.")
    assert not any("israel ally_of" in one for one in told("Israel attacked Iran and its ally Hezbollah."))


def test_a_potential_ally_and_a_trading_partner_are_none() -> None:
    assert told("Iran's potential ally Russia met. China's trading partner Australia met.") == set()


def test_a_state_with_an_ending_like_an_adverb_is_a_state() -> None:
    assert told("After cutting ties with Chad, Italy attacked Mali.") == {
        "italy estranged_from chad -1",
        "italy assaults mali -1",
    }
