"""A catalogue of any actors: look-ups, extension, and the files of a user with all that can be wrong in them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.actors import FIELDS, Catalogue, read_actors
from cordiale.claims import Actor, Code, Identity, Kind, Membership, Name, NameUse, Office, Origin
from cordiale.errors import UnknownName, UnreadableInput
from cordiale.periods import Period

HEADER = ",".join(FIELDS)
CSV = f"""# My actors.
{HEADER}

dawn-brigade,armed_group,Dawn Brigade,Dawn Movement [2010..2012] | Dawn,Dawnist,,x=1,hamas,2010-03,,,,,religion=sunni
northern-front,bloc,"Front, Northern",,,,,,,,dawn-brigade [2011..] | fatah,opposes israel,,
a-leader,person,A. Leader,,,,,,,,,,leader of dawn-brigade [2010..2012-05-06],
"""
TOML = """
[dawn-brigade]
kind = "armed_group"
name = "Dawn Brigade"
names = ["Dawn Movement [2010..2012]", "Dawn"]
adjectives = ["Dawnist"]
codes = ["x=1"]
parent = "hamas"
from = "2010-03"
identities = ["religion=sunni"]

[northern-front]
kind = "bloc"
name = "Front, Northern"
members = ["dawn-brigade [2011..]", "fatah"]
purposes = ["opposes israel"]

[a-leader]
kind = "person"
name = "A. Leader"
offices = ["leader of dawn-brigade [2010..2012-05-06]"]
"""
DAWN = Actor(
    id="dawn-brigade",
    kind=Kind.ARMED_GROUP,
    name="Dawn Brigade",
    names=(
        Name(text="Dawn Movement", held=Period.parse("2010", "2012")),
        Name(text="Dawn"),
        Name(text="Dawnist", use=NameUse.ADJECTIVE),
    ),
    codes=(Code(scheme="x", value="1"),),
    parent="hamas",
    held=Period.parse("2010-03"),
    identities=(Identity(facet="religion", value="sunni"),),
    origin=Origin.USER,
)
FRONT = Actor(
    id="northern-front",
    kind=Kind.BLOC,
    name="Front, Northern",
    members=(Membership(actor="dawn-brigade", held=Period.parse("2011")), Membership(actor="fatah")),
    purposes=("opposes israel",),
    origin=Origin.USER,
)
LEADER = Actor(
    id="a-leader",
    kind=Kind.PERSON,
    name="A. Leader",
    offices=(Office(title="leader", of="dawn-brigade", held=Period.parse("2010", "2012-05-06")),),
    origin=Origin.USER,
)


def read(tmp_path, text, name="mine.csv"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_actors(file)


def row(**cells):
    """A file of one row, on line 2."""
    values = {"id": "dawn", "kind": "armed_group", "name": "Dawn"} | cells
    return HEADER + "\n" + ",".join(values.get(field.rstrip("_"), "") for field in FIELDS)


def actor(actor_id, *names, **changed):
    spelled = tuple(Name(text=name) for name in names)
    return Actor(**{"id": actor_id, "kind": Kind.PARTY, "name": actor_id.title(), "names": spelled} | changed)


class TestFiles:
    def test_a_csv_gives_the_actors_that_it_says(self, tmp_path):
        assert read(tmp_path, CSV) == [DAWN, FRONT, LEADER]

    def test_a_toml_gives_the_same_actors(self, tmp_path):
        assert read(tmp_path, TOML, "mine.toml") == [DAWN, FRONT, LEADER]

    def test_a_toml_may_end_in_capitals(self, tmp_path):
        assert read(tmp_path, TOML, "MINE.TOML") == [DAWN, FRONT, LEADER]

    def test_columns_may_stand_in_any_order_and_be_left_out(self, tmp_path):
        assert read(tmp_path, "name,id,kind\nDawn,dawn,party\n")[0].name == "Dawn"

    def test_a_byte_order_mark_is_no_part_of_the_first_column(self, tmp_path):
        assert read(tmp_path, b"\xef\xbb\xbf" + CSV.encode()) == [DAWN, FRONT, LEADER]

    def test_lines_may_end_as_windows_ends_them(self, tmp_path):
        assert read(tmp_path, CSV.replace("\n", "\r\n")) == [DAWN, FRONT, LEADER]

    def test_a_file_with_a_heading_alone_has_no_actors(self, tmp_path):
        assert read(tmp_path, HEADER) == []

    def test_a_name_may_have_several_intervals(self, tmp_path):
        found = read(tmp_path, row(names="Dawn [..1990] | Dawn [2001..]"))[0]
        assert [str(name.held) for name in found.names] == ["[..1990]", "[2001..]"]

    @given(
        st.dates(date(1800, 1, 1), date(1990, 1, 1)).map(str) | st.just(""),
        st.dates(date(1990, 1, 2), date(2020, 1, 1)).map(str) | st.just(""),
    )
    def test_an_entry_carries_the_period_in_its_brackets(self, tmp_path_factory, start, end):
        found = read(tmp_path_factory.mktemp("actors"), row(names=f"Dawn Group [{start}..{end}]"))[0]
        assert found.names == (Name(text="Dawn Group", held=Period.parse(start, end)),)


BAD_CSV = {
    "an empty file": ("", r"no line names the columns; begin with: id,kind,name"),
    "an unknown column": (f"{HEADER},leader\n", r"unknown column 'leader'; use: id,kind,name"),
    "too few cells": (f"{HEADER}\ndawn,party,Dawn\n", r"line 2: 3 cells under 14 columns; give a cell to each column"),
    "too many cells": (row() + ",more", r"line 2: 15 cells under 14 columns; .* quote cells with commas"),
    "an unknown kind": (row(kind="militia"), r"line 2: unknown kind 'militia'; see the names that exist: .*party"),
    "a misspelt kind": (row(kind="armed-group"), r"line 2: unknown kind 'armed-group'; did you mean 'armed_group'"),
    "no id": (row(id=""), r"line 2: an actor without: 'id'; give id, kind and name"),
    "no kind": (row(kind=""), r"line 2: an actor without: 'kind'; give id, kind and name"),
    "no name": (row(name=""), r"line 2: an actor without: 'name'; give id, kind and name"),
    "no column of ids": ("kind,name\nparty,Dawn", r"line 2: an actor without: 'id'; give id, kind and name"),
    "a bad id": (row(id="Dawn Brigade"), r"line 2: not an actor's id: 'Dawn Brigade'; use its id, lower-case words"),
    "the id of a provisional actor": (row(id="~dawn"), r"line 2: id and origin disagree: .*~ marks provisional"),
    "a bad date": (row(**{"from": "March 2010"}), r"line 2: not a date: 'March 2010'; write YYYY, YYYY-MM or"),
    "a day that there never was": (row(to="2010-02-30"), r"line 2: not a day of the calendar: '2010-02-30'; write"),
    "an end before the start": (row(**{"from": "2012", "to": "2010"}), r"line 2: a period that holds on no day"),
    "a bad date in a list": (row(names="Dawn [once..2012]"), r"line 2: not a date: 'once'; write YYYY"),
    "a bracket that is no period": (row(names="Dawn [2010]"), r"line 2: .*: 'Dawn \[2010\]'; write \[from\.\.to\]"),
    "a period without its entry": (row(names="[2010..2012]"), r"line 2: a name without letters: ''"),
    "an office of nothing": (
        row(offices="leader"),
        r"line 2: an entry of offices: 'leader'; write it as 'NAME of VALUE'",
    ),
    "a code without its scheme": (row(codes="=7"), r"line 2: an entry of codes: '=7'; write it as 'NAME=VALUE'"),
    "a member by its name": (row(kind="bloc", members="Saudi Arabia"), r"line 2: not an actor's id: 'Saudi Arabia'"),
    "an office by a name": (row(offices="leader of Dawn Brigade"), r"line 2: not an actor's id: 'Dawn Brigade'"),
    "members of what is no bloc": (row(members="iran"), r"line 2: members of dawn, which is no bloc: 'armed_group'"),
    "its own parent": (row(parent="dawn"), r"line 2: an actor that is its own parent: 'dawn'; name another"),
    "an id twice": (
        row() + "\n# again\n" + row().split("\n")[1],
        r"line 4: the id 'dawn' stands on line 2 already; give",
    ),
    "an open quote": (row(name='"Dawn'), r"line 2: no CSV \(unexpected end of data\); mend the quoting"),
    "a quote in a cell": (f'{HEADER}\n\n# here\ndawn,party,"Da"wn' + "," * 11, r"line 4: no CSV .*; mend the quoting"),
}
BAD_TOML = {
    "no TOML": ("[dawn", r"no TOML \(Expected .*\); mend the file at that place"),
    "no table": ('dawn = "Dawn"', r"dawn: unknown field 'dawn'; use: id, kind, name"),
    "an unknown field": ('[dawn]\nleader = "X"', r"dawn: unknown field 'leader'; use: id, kind, name"),
    "a text for a list": ('[dawn]\nnames = "Dawn"', r"dawn: names is 'Dawn'; write it as a list of texts, in quotes"),
    "a list for a text": ('[dawn]\nname = ["Dawn"]', r"dawn: name is \['Dawn'\]; write it as a single text, in quotes"),
    "a number for a text": ("[dawn]\nfrom = 2010", r"dawn: from is 2010; write it as a single text, in quotes"),
    "a date for a text": ("[dawn]\nfrom = 2010-03-01", r"dawn: from is .*; write it as a single text, in quotes"),
    "numbers in a list": ("[dawn]\nnames = [1920]", r"dawn: names is \[1920\]; write it as a list of texts, in quotes"),
    "another id inside": ('[dawn]\nid = "dusk"', r"dawn: id is 'dusk'; name the table by the id"),
    "an id twice": ("[dawn]\n[dawn]", r"no TOML \(Cannot declare"),
    "no name": ('[dawn]\nkind = "party"', r"dawn: an actor without: 'name'; give id, kind and name"),
    "an unknown kind": ('[dawn]\nkind = "partie"\nname = "Dawn"', r"dawn: unknown kind 'partie'; did you mean 'party'"),
}


@pytest.mark.parametrize("wrong", BAD_CSV)
def test_a_csv_with_a_fault_is_refused_with_file_line_and_mend(tmp_path, wrong):
    text, message = BAD_CSV[wrong]
    with pytest.raises(UnreadableInput, match=r"mine\.csv(, |: )" + message):
        read(tmp_path, text)


@pytest.mark.parametrize("wrong", BAD_TOML)
def test_a_toml_with_a_fault_is_refused_with_file_table_and_mend(tmp_path, wrong):
    text, message = BAD_TOML[wrong]
    with pytest.raises(UnreadableInput, match=r"mine\.toml(, |: )" + message):
        read(tmp_path, text, "mine.toml")


def test_a_fault_carries_its_line(tmp_path):
    with pytest.raises(UnreadableInput) as caught:
        read(tmp_path, CSV + "late,party\n")
    assert caught.value.place == "line 7"


@pytest.mark.parametrize("name", ["mine.csv", "mine.toml"])
def test_a_file_that_is_not_utf_8_is_refused(tmp_path, name):
    with pytest.raises(UnreadableInput, match=rf"{name}: cannot be read \(.*codec.*\); give a UTF-8 CSV or TOML file"):
        read(tmp_path, "id,kind,name\nz,party,Zürich\n".encode("latin-1"), name)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableInput, match=r"none\.csv: cannot be read .*; give a UTF-8 CSV or TOML file"):
        read_actors(tmp_path / "none.csv")


class TestCatalogues:
    def test_an_actor_is_found_by_its_id(self):
        assert Catalogue([DAWN])["dawn-brigade"] is DAWN

    def test_an_unknown_id_suggests_the_near_one(self):
        with pytest.raises(UnknownName, match="unknown actor 'dawn-brigad'; did you mean 'dawn-brigade'"):
            Catalogue([DAWN])["dawn-brigad"]

    def test_an_actor_is_found_by_every_name(self):
        found = [Catalogue([DAWN]).named(n)[0][0] for n in ("Dawn Brigade", "dawn movement", "DAWN", "Dawnist")]
        assert found == [DAWN] * 4

    def test_a_name_that_nobody_bears_finds_nobody(self):
        assert Catalogue([DAWN]).named("Dusk") == []

    def test_a_name_comes_with_its_interval(self):
        assert [str(name.held) for _, name in Catalogue([DAWN]).named("Dawn Movement")] == ["[2010..2012]"]

    def test_a_name_of_two_intervals_comes_with_both(self):
        names = tuple(Name(text="Siam", held=held) for held in (Period.parse("", "1939"), Period.parse("1945", "1949")))
        found = Catalogue([actor("thailand", names=names)]).named("Siam")
        assert [str(name.held) for _, name in found] == ["[..1939]", "[1945..1949]"]

    def test_a_name_comes_with_each_of_its_spellings(self):
        found = Catalogue([actor("nato", "NATO", "Nato")]).named("nato")
        assert {name.text for _, name in found} == {"NATO", "Nato"}

    def test_every_bearer_of_a_name_is_found(self):
        found = Catalogue([actor("one", "Assad"), actor("two", "Assad")]).named("Assad")
        assert [who.id for who, _ in found] == ["one", "two"]

    def test_all_names_are_those_that_each_name_finds(self):
        made = Catalogue([DAWN, FRONT, LEADER])
        found = {folded: [(who.id, name) for who, name in made.named(folded)] for folded, _ in made.names()}
        assert found == dict(made.names())

    def test_who_led_on_a_day_is_found(self):
        assert [who.id for who, _ in Catalogue([DAWN, LEADER]).leaders("dawn-brigade", date(2011, 1, 1))] == [
            "a-leader"
        ]

    def test_who_had_left_is_no_leader(self):
        assert Catalogue([DAWN, LEADER]).leaders("dawn-brigade", date(2012, 5, 6)) == []

    def test_who_ever_led_is_found_without_a_day(self):
        assert [office.title for _, office in Catalogue([LEADER]).leaders("dawn-brigade")] == ["leader"]

    def test_an_extension_adds_actors(self):
        assert list(Catalogue([DAWN]).extended([FRONT])) == ["dawn-brigade", "northern-front"]

    def test_an_extension_replaces_an_actor_of_the_same_id(self):
        assert Catalogue([DAWN]).extended([actor("dawn-brigade")])["dawn-brigade"].kind is Kind.PARTY

    def test_the_names_of_a_replaced_actor_are_gone(self):
        assert Catalogue([DAWN]).extended([actor("dawn-brigade")]).named("Dawn Movement") == []

    def test_an_extension_leaves_the_first_catalogue_as_it_was(self):
        first = Catalogue([DAWN])
        first.extended([FRONT])
        assert len(first) == 1
