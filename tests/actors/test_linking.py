"""Linking: from a name to an actor, with a score; never a silent guess."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.actors import SURE, Catalogue, Linker, catalogue
from cordiale.claims import Actor, Kind, Name, NameUse
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import ALWAYS, Period

LINKER = Linker(catalogue())
NAMES = [folded for folded, _ in catalogue().names()]
DAYS = st.none() | st.dates(date(1816, 1, 1), date(2025, 1, 1))


def mid(year):
    return None if year is None else date(year, 6, 1)


def linked(name, year=None):
    link = LINKER.link(name, on=mid(year))
    return None if link is None else link.actor.id


def state(actor_id, *names, held=ALWAYS):
    return Actor(id=actor_id, kind=Kind.STATE, name=actor_id.title(), names=names, held=held)


@given(st.sampled_from(NAMES), DAYS)
def test_scores_are_probabilities_best_first(name, day):
    scores = [link.score for link in LINKER.links(name, on=day)]
    assert scores == sorted(scores, reverse=True) and all(0 < score <= 1 for score in scores)


@given(st.sampled_from(NAMES), DAYS)
def test_at_most_one_actor_is_sure(name, day):
    assert sum(link.score >= SURE for link in LINKER.links(name, on=day)) <= 1


@given(st.text(max_size=20))
def test_any_text_may_be_asked_for(name):
    assert all(link.score <= 1 for link in LINKER.links(name))


@pytest.mark.parametrize("spelling", ["Khaled Meshaal", "Khalid Mashal", "Khaled Mashaal", "Khalid Mish'al"])
def test_spellings_of_one_person_link_to_one_actor(spelling):
    assert linked(spelling) == "khalid-mashal"


def test_a_transliteration_that_no_file_has_links_by_its_sounds():
    link = LINKER.links("Khaleed Mashael")[0]
    assert (link.actor.id, link.how, link.score >= SURE) == ("khalid-mashal", "transliteration", True)


def test_a_transliteration_that_fits_two_persons_is_not_sure():
    persons = [Actor(id=i, kind=Kind.PERSON, name=n) for i, n in (("one", "Hasan Nasr"), ("two", "Hassan Nasir"))]
    assert Linker(Catalogue(persons)).link("Hasen Naser") is None


def test_a_misspelling_is_near_and_not_sure():
    link = LINKER.links("Hezbolah")[0]
    assert (link.actor.id, link.how, link.score < SURE) == ("hezbollah", "near", True)


def test_a_name_that_is_near_nothing_links_to_nobody():
    assert LINKER.links("Qwertyuiop Zxcvbnm") == []


def test_a_seat_is_sure_and_less_so_than_a_name():
    seat, name = LINKER.links("Tehran")[0], LINKER.links("Iran")[0]
    assert seat.actor == name.actor and SURE <= seat.score < name.score


def test_a_seat_does_not_outlive_its_state():
    gone = state("bavaria", Name(text="Munich", use=NameUse.SEAT), held=Period.parse("", "1871"))
    assert Linker(Catalogue([gone])).link("Munich", on=date(2016, 1, 1)) is None


def test_a_state_that_is_gone_is_linked_by_a_name_that_it_bears_alone():
    gone = state("prussia", held=Period.parse("", "1871"))
    assert Linker(Catalogue([gone])).link("Prussia", on=date(2016, 1, 1)) is not None


def test_a_name_out_of_use_is_not_sure():
    renamed = state("zaire", Name(text="Congo Free State", held=Period.parse("1885", "1908")))
    assert Linker(Catalogue([renamed])).link("Congo Free State", on=date(2016, 1, 1)) is None


def test_a_name_in_use_twice_is_sure_in_both_times():
    names = [Name(text="Siam", held=held) for held in (Period.parse("", "1939"), Period.parse("1945", "1949"))]
    linker = Linker(Catalogue([state("thailand", *names)]))
    assert [linker.link("Siam", on=mid(year)) is not None for year in (1930, 1942, 1947)] == [True, False, True]


def test_a_name_that_two_actors_bear_is_shared():
    both = [state("one", Name(text="Congo")), state("two", Name(text="Congo"))]
    assert [link.score for link in Linker(Catalogue(both)).links("Congo")] == [0.5, 0.5]


@pytest.mark.parametrize(
    ("name", "year", "actor"),
    [
        ("Congo", 2016, None),
        ("Congolese", 2016, None),
        ("Zaire", 1996, "democratic-republic-of-the-congo"),
        ("the Axis", 2016, None),
        ("the Axis", 1942, "axis-powers"),
        ("the Allies", 1916, "allies-of-world-war-i"),
        ("the Allies", 1943, "allies-of-world-war-ii"),
        ("the Allies", 2003, None),
        ("Yugoslavia", 1970, "yugoslavia"),
        ("Belgrade", 1999, "yugoslavia"),
        ("Belgrade", 2016, "serbia"),
        ("Belgrade", 1910, "serbia"),
        ("Moscow", 1985, "soviet-union"),
        ("Moscow", 2016, "russia"),
        ("Kremlin", 2016, "russia"),
        ("Russia", 1914, "russian-empire"),
        ("China", 1900, "qing-china"),
        ("China", 2016, "china"),
        ("Turkey", 1912, "ottoman-empire"),
        ("Turkey", 2016, "turkey"),
        ("Siam", 1947, "thailand"),
        ("Korea", 2016, "south-korea"),
        ("Assad", 1985, "hafez-al-assad"),
        ("Assad", 2012, "bashar-al-assad"),
        ("Bush", 1991, "george-h-w-bush"),
        ("Bush", 2003, "george-w-bush"),
        ("Bush", 2016, None),
        ("King Abdullah", 2010, None),
        ("IRA", 1920, "irish-republican-army"),
        ("IRA", 1985, "provisional-ira"),
        ("FARC", 2002, "farc"),
        ("US-led coalition", 2004, "coalition-of-the-willing-iraq"),
        ("US-led coalition", 2015, "global-coalition-against-islamic-state"),
        ("Islamic Jihad", 1985, None),
        ("Islamic Jihad", 2003, "palestinian-islamic-jihad"),
        ("Brussels", 2015, None),
        ("Brussels", 1940, "belgium"),
        ("Munich", 2016, None),
        ("Bavaria", 2016, None),
        ("Bavaria", 1866, "bavaria"),
        ("Aden", 2016, None),
        ("Mecca", 2016, None),
        ("Chechens", 1995, "chechnya"),
        ("Chechens", 2004, "chechens"),
        ("Tibetans", 2008, "tibetans"),
        ("Palestinians", 2016, "palestinians"),
        ("Palestinian", 2016, "palestine"),
    ],
)
def test_the_day_decides_who_a_name_is_and_nobody_is_guessed(name, year, actor):
    assert linked(name, year) == actor


def test_without_a_day_those_of_today_come_first():
    assert linked("Moscow") == "russia"


def test_find_takes_an_id():
    assert LINKER.find("khalid-mashal").name == "Khalid Mashal"


def test_find_takes_a_name():
    assert LINKER.find("Hizbullah").id == "hezbollah"


def test_find_names_the_choices_where_several_bear_a_name():
    with pytest.raises(
        InvalidValue, match=r"several actors bear this name: 'Congo'; give the id of one: democratic-rep"
    ):
        LINKER.find("Congo")


def test_find_suggests_the_near_names_where_nobody_bears_one():
    with pytest.raises(UnknownName, match="unknown actor 'Hezbolah'; did you mean 'Hezbollah'"):
        LINKER.find("Hezbolah")


def test_find_says_where_to_look_where_nothing_is_near():
    with pytest.raises(UnknownName, match="unknown actor 'Qwertyuiop'; see: cordiale actors"):
        LINKER.find("Qwertyuiop")
