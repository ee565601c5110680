"""Names that no catalogue has, as the network sees them."""

from __future__ import annotations

from functools import cache

from reading_makers import sentences_of

from cordiale.actors import Linker, catalogue
from cordiale.claims import Kind
from cordiale.reading.mentions import MentionFinder
from cordiale.reading.unknown import Cast, Seen, add_unknown_names


@cache
def finder() -> MentionFinder:
    return MentionFinder(Linker(catalogue()))


def names(text: str, *seen: tuple[str, Kind]) -> list[str]:
    """Who is named in a sentence where the network sees these names."""
    (sentence,) = sentences_of(text)
    told = []
    for name, kind in seen:
        start = sentence.token_at(text.index(name))
        told.append(Seen(start, sentence.token_at(text.index(name) + len(name) - 1) + 1, kind))
    found, cast = [finder().find(sentence, None)], Cast()
    add_unknown_names([sentence], found, finder(), cast, [told])
    known = {key: actor.name for key, actor in cast.provisional.items()}
    return [known.get(mention.actor, mention.actor) for mention in found[0]]


def test_a_name_seen_in_part_is_taken_whole() -> None:
    assert names("The Federation of Dock Workers struck.", ("Federation of", Kind.ORGANIZATION)) == [
        "Federation of Dock Workers"
    ]


def test_a_title_is_no_part_of_a_name() -> None:
    assert names("Secretary of State Dalton spoke.", ("Dalton", Kind.PERSON)) == ["Dalton"]
    assert names("Soviet general Vasily Orlin spoke.", ("Soviet general Vasily Orlin", Kind.PERSON)) == ["Vasily Orlin"]


def test_two_names_side_by_side_stay_two() -> None:
    assert names("The Sato-Kimura talks failed.", ("Sato", Kind.PERSON), ("Kimura", Kind.PERSON)) == ["Sato", "Kimura"]


def test_a_state_within_a_longer_name_is_not_the_state() -> None:
    text = "The Sudan Harvesters' Union met."
    assert names(text, ("Sudan Harvesters' Union", Kind.ORGANIZATION)) == ["Sudan Harvesters' Union"]


def test_a_group_of_the_catalogue_keeps_its_name_whatever_stands_before_it() -> None:
    assert names("The Shia Hezbollah met.", ("Shia Hezbollah", Kind.ARMED_GROUP)) == ["hezbollah"]


def test_what_people_are_is_nobodys_name() -> None:
    assert names("They met Sunni in the hills.", ("Sunni", Kind.PEOPLE)) == []


def test_an_apostrophe_stays_in_a_name() -> None:
    assert names("The Orvan Workers' Party met.", ("Orvan Workers' Party", Kind.PARTY)) == ["Orvan Workers' Party"]


def test_letters_in_brackets_are_the_name_before_them() -> None:
    seen = ("National Liberation Army", Kind.ARMED_GROUP)
    assert names("The National Liberation Army (ELN) met.", seen) == ["eln", "eln"]
    assert names("The Malo Front (MF) met.", ("Malo Front", Kind.ARMED_GROUP), ("MF", Kind.ARMED_GROUP)) == [
        "Malo Front",
        "Malo Front",
    ]


def test_letters_after_a_person_are_no_name_of_the_person() -> None:
    assert names("Adam Tesfaye (ELN) met.", ("Adam Tesfaye", Kind.PERSON)) == ["Adam Tesfaye", "eln"]


def test_an_abbreviated_rank_is_no_part_of_a_name() -> None:
    text = "Gen Abdel Fattah al-Burhan met."
    assert names(text, ("Gen Abdel Fattah al-Burhan", Kind.PERSON)) == ["abdel-fattah-al-burhan"]


def test_a_short_name_of_several_is_no_new_actor() -> None:
    text = "The Alliance spoke: the Three Brotherhood Alliance and the Northern Alliance met."
    assert names(text, ("Alliance", Kind.BLOC)) == ["three-brotherhood-alliance", "northern-alliance"]
    assert names("They met the Alliance.", ("Alliance", Kind.BLOC)) == ["Alliance"]


def test_letters_that_are_a_state_are_no_short_name() -> None:
    seen = ("Stop Arming Coalition", Kind.BLOC)
    assert names("The Stop Arming Coalition (UK) met.", seen) == ["Stop Arming Coalition", "united-kingdom"]


def test_a_letter_alone_is_nobody() -> None:
    assert names("They met Gen Z.", ("Z", Kind.PEOPLE)) == []


def test_a_name_is_known_with_a_common_noun_after_it() -> None:
    assert names("The Islamist Islah party met.", ("Islamist Islah party", Kind.PARTY)) == ["al-islah"]
