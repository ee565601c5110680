"""The catalogue that ships: whom it must have, that what it says fits together, and what it costs to load."""

import sys
from collections import Counter, defaultdict
from datetime import date
from importlib.resources import files
from itertools import combinations
from time import process_time

import pytest

from cordiale.actors import Linker, catalogue, fold
from cordiale.claims import Kind, NameUse, Origin
from cordiale.relations import relations

UN_MEMBERS = (
    "AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA "
    "CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH "
    "FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA "
    "JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX "
    "MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG "
    "POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD "
    "TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE"
).split()
OTHERS = ["PSE", "XKX", "TWN", "VAT", "ESH"]
KNOWN = {
    "Zelensky": 2022, "Zelenskyy": 2022, "Zelenskiy": 2022, "Putin": 2022, "Kremlin": 2022, "White House": 2003,
    "Pentagon": 2003, "Downing Street": 2003, "Elysee": 2013, "Hezbollah": 2006, "Hizbullah": 2006, "Hizbollah": 1992,
    "Daesh": 2015, "ISIL": 2015, "ISIS": 2015, "IS": 2015, "Islamic State": 2015, "PLA": 2020, "IDF": 2014,
    "IRGC": 2019, "Quds Force": 2018, "PMF": 2019, "Hashd": 2019, "Hashd al-Shaabi": 2016, "SDF": 2018, "YPG": 2018,
    "HTS": 2018, "Nusra Front": 2014, "Nusra": 2014, "RSF": 2023, "SAF": 2023, "TPLF": 2021, "M23": 2013, "FDLR": 2009,
    "LNA": 2019, "GNA": 2019, "Wagner": 2023, "Houthis": 2015, "Ansar Allah": 2018, "Taliban": 2001, "al-Qaida": 2003,
    "AQAP": 2012, "AQIM": 2013, "Boko Haram": 2014, "al-Shabab": 2012, "PKK": 1995, "Peshmerga": 2014, "LTTE": 2000,
    "Unita": 1995, "MPLA": 1995, "Renamo": 1990, "RUF": 1999, "LRA": 2006, "SPLA": 1995, "Janjaweed": 2004, "KLA": 1999,
    "ELN": 2010, "Shining Path": 1992, "Fatah": 2006, "Hamas": 2006, "PLO": 1993, "Muslim Brotherhood": 2012,
    "FIS": 1992, "Northern Alliance": 2001, "Abu Sayyaf": 2002, "Tatmadaw": 2021, "Khmer Rouge": 1992, "Contras": 1986,
    "Nato": 1999, "EU": 2015, "U.N.": 2015, "Arab League": 2011, "GCC": 2017, "ECOWAS": 2017, "Gaddafi": 2011,
    "Qaddafi": 2011, "Saddam": 2003, "bin Laden": 2001, "Erdogan": 2016, "Haftar": 2019, "Hemedti": 2023,
    "Kabila": 2003, "Milosevic": 1999, "Arafat": 2001, "Nasrallah": 2006, "Jolani": 2016, "Sadr": 2006,
    "Kim Jong Un": 2017,
}  # fmt: skip
POWERS = {
    ("Britain", 1815): "united-kingdom", ("France", 1815): "france", ("Russia", 1815): "russian-empire",
    ("Prussia", 1815): "prussia", ("Austria", 1815): "austrian-empire", ("Ottoman Empire", 1815): "ottoman-empire",
    ("United States", 1815): "united-states", ("Austria", 1900): "austria-hungary",
    ("Piedmont", 1859): "kingdom-of-sardinia",
    ("German Empire", 1900): "germany", ("Italy", 1900): "italy", ("Empire of Japan", 1900): "japan",
    ("China", 1900): "qing-china", ("Persia", 1900): "iran", ("Soviet Union", 1950): "soviet-union",
    ("Ceylon", 1960): "sri-lanka", ("Burma", 1960): "myanmar", ("Siam", 1930): "thailand",
    ("Rhodesia", 1970): "zimbabwe", ("Upper Volta", 1970): "burkina-faso", ("Czechoslovakia", 1968): "czechoslovakia",
    ("East Germany", 1980): "east-germany",
}  # fmt: skip
LINKER = Linker(catalogue())
LONG_AGO = date(1, 1, 1)
NEVER = date.max


def of_kind(*kinds):
    return [actor for actor in catalogue().values() if actor.kind in kinds]


def codes(scheme):
    return {code.value: actor for actor in catalogue().values() for code in actor.codes if code.scheme == scheme}


def periods(actor):
    yield "actor", actor.held
    for field in ("names", "codes", "members", "offices", "identities"):
        for part in getattr(actor, field):
            yield field, part.held


def overlap(one, other):
    return (one.start or LONG_AGO) < (other.end or NEVER) and (other.start or LONG_AGO) < (one.end or NEVER)


def parts():
    folder = files("cordiale.actors").joinpath("catalogue")
    return {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".csv")}


class TestWhomItHas:
    def test_every_member_of_the_united_nations(self):
        assert set(UN_MEMBERS) <= set(codes("iso3")) and len(UN_MEMBERS) == 193

    @pytest.mark.parametrize("code", OTHERS)
    def test_states_that_are_reported_and_no_members(self, code):
        assert codes("iso3")[code].kind is Kind.STATE

    def test_every_member_of_the_united_nations_has_its_other_codes(self):
        found = codes("iso3")
        lacking = [
            code for code in UN_MEMBERS if not {"cow", "cameo", "wikidata"} <= {c.scheme for c in found[code].codes}
        ]
        assert lacking == []

    def test_every_member_of_the_united_nations_has_an_adjective_and_but_for_two_a_seat(self):
        found = codes("iso3")
        lacking = [
            code
            for code in UN_MEMBERS
            if not {NameUse.ADJECTIVE, NameUse.SEAT} <= {name.use for name in found[code].names}
        ]
        assert lacking == ["CRI", "SYC"]  # San Jose and Victoria are more often other places

    def test_armed_groups_parties_and_movements(self):
        assert len(of_kind(Kind.ARMED_GROUP, Kind.PARTY)) >= 250

    def test_blocs_with_dated_members_and_purposes(self):
        whole = [b for b in of_kind(Kind.BLOC) if b.purposes and any(m.held.start or m.held.end for m in b.members)]
        assert len(whole) >= 60

    def test_dated_leaders_of_states_since_1990(self):
        led = {
            office.of
            for person in of_kind(Kind.PERSON)
            for office in person.offices
            if office.held.start and (office.held.end or NEVER) > date(1990, 1, 1)
        }
        assert sum(catalogue()[actor].kind is Kind.STATE for actor in led) >= 60

    @pytest.mark.parametrize(("name", "year"), KNOWN.items())
    def test_a_name_that_reports_of_its_year_use_is_sure(self, name, year):
        assert LINKER.link(name, on=date(year, 6, 1)) is not None

    @pytest.mark.parametrize(("name", "year"), POWERS)
    def test_a_power_or_an_old_name_of_its_year_is_sure(self, name, year):
        assert LINKER.link(name, on=date(year, 6, 1)).actor.id == POWERS[name, year]

    def test_everyone_comes_from_the_catalogue(self):
        assert {actor.origin for actor in catalogue().values()} == {Origin.CATALOGUE}


class TestHowItFits:
    def test_no_id_stands_in_two_files(self):
        ids = [line.split(",")[0] for text in parts().values() for line in text.splitlines() if line[:1] not in "#"]
        assert [i for i, n in Counter(ids).items() if n > 1] == ["id"]

    def test_every_parent_exists(self):
        assert {a.parent for a in catalogue().values() if a.parent} - set(catalogue()) == set()

    def test_every_member_exists(self):
        assert {m.actor for a in catalogue().values() for m in a.members} - set(catalogue()) == set()

    def test_every_office_is_at_the_head_of_somebody(self):
        assert {o.of for a in catalogue().values() for o in a.offices} - set(catalogue()) == set()

    def test_only_persons_hold_offices(self):
        assert [a.id for a in catalogue().values() if a.offices and a.kind is not Kind.PERSON] == []

    def test_every_purpose_that_is_a_relation_has_an_object_that_exists(self):
        stated = [p.split(" ") for a in catalogue().values() for p in a.purposes]
        assert [p for p in stated if p[0] in relations() and (len(p) != 2 or p[1] not in catalogue())] == []

    def test_no_parent_is_its_own_forebear(self):
        def forebears(actor):
            seen = []
            while actor is not None and actor not in seen:
                seen.append(actor)
                actor = catalogue()[actor].parent
            return actor

        assert [a for a in catalogue() if forebears(a) is not None] == []

    def test_nothing_begins_after_the_catalogue_was_made(self):
        late = [(a.id, str(p)) for a in catalogue().values() for _, p in periods(a) if p.start and p.start.year > 2026]
        assert late == []

    def test_nobody_is_a_member_twice_on_one_day(self):
        twice = [
            (bloc.id, one.actor)
            for bloc in of_kind(Kind.BLOC)
            for one, other in combinations(bloc.members, 2)
            if one.actor == other.actor and overlap(one.held, other.held)
        ]
        assert twice == []

    def test_nobody_is_still_a_member_of_a_bloc_that_is_gone(self):
        still = [(b.id, m.actor) for b in of_kind(Kind.BLOC) if b.held.end for m in b.members if not m.held.end]
        assert still == []

    def test_no_two_actors_share_a_code_on_one_day(self):
        bearers = defaultdict(list)
        for actor in catalogue().values():
            for code in actor.codes:
                bearers[code.scheme, code.value].append((actor.id, code.held))
        shared = [
            (key, one[0], other[0])
            for key, found in bearers.items()
            for one, other in combinations(found, 2)
            if one[0] != other[0] and overlap(one[1], other[1])
        ]
        assert shared == []

    def test_no_name_is_given_twice(self):
        twice = [(a.id, n.text) for a in catalogue().values() for n, k in Counter(a.names).items() if k > 1]
        assert twice == []

    def test_every_name_folds_to_something(self):
        assert [n.text for a in catalogue().values() for n in a.names if not fold(n.text)] == []

    @pytest.mark.parametrize("name", sorted(parts()))
    def test_a_file_begins_by_saying_what_it_is_and_where_it_comes_from(self, name):
        head = [line for line in parts()[name].splitlines() if line.startswith("#")]
        assert len(head) >= 3 and "ompiled" in " ".join(head)

    def test_blocs_say_which_of_their_lists_are_partial(self):
        head = " ".join(line for line in parts()["blocs.csv"].splitlines() if line.startswith("#"))
        assert "Non-Aligned Movement lists its founding members" in head and "main members only" in head

    def test_a_name_that_many_parties_bear_stands_for_nobody(self):
        bare = ["Democratic Party", "Communist Party", "National Front", "the party", "the alliance"]
        assert [name for name in bare if LINKER.link(name) is not None] == []


class TestWhatItCosts:
    def test_it_is_read_once(self):
        assert catalogue() is catalogue()

    def test_it_loads_within_a_quarter_of_a_second_of_one_core(self):
        load = sys.modules["cordiale.actors.catalogue"].catalogue.__wrapped__
        spent = []
        for _ in range(5):
            start = process_time()
            load().named("Iran")
            spent.append(process_time() - start)
        assert min(spent) < 0.25
