"""The table of relations, held to the table of the design, and extended by a user's file."""

import pytest

from cordiale.errors import InvalidValue, UnknownName, UnreadableInput
from cordiale.relations import SCHEMES, Layer, Relation, relation, relations

STATUS = {
    "ally_of": 1, "member_of": 1, "leads": 1, "friendly_to": 1, "supports": 1, "hosts": 1, "depends_on": 1,
    "mediates": 1, "neutral_toward": 0, "rivals": -1, "opposes": -1, "fights": -1, "boycotts": -1, "estranged_from": -1,
}  # fmt: skip
ACTS = {
    "agrees_with": ("AGREE", 1), "consults": ("CONSULT", 1), "endorses": ("SUPPORT", 1), "concedes_to": ("CONCEDE", 1),
    "cooperates_with": ("COOPERATE", 1), "aids": ("AID", 1), "retreats_from": ("RETREAT", 1),
    "demands_of": ("REQUEST", 0), "accuses": ("ACCUSE", -1), "rejects": ("REJECT", -1), "threatens": ("THREATEN", -1),
    "protests_against": ("PROTEST", -1), "mobilizes_against": ("MOBILIZE", -1), "sanctions": ("SANCTION", -1),
    "coerces": ("COERCE", -1), "assaults": ("ASSAULT", -1),
}  # fmt: skip
SYMMETRIC = {"ally_of", "friendly_to", "rivals", "fights", "estranged_from"}
WITH_MEANS = {"supports", "depends_on", "aids"}
ROW = """
[shelters]
layer = "status"
sign = 1
symmetric = false
weight = 0.5
half_life = 365
phrase = "shelters"
"""


def extended(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return relations().extended(file)


def made(**changed):
    values = {
        "name": "shelters", "layer": Layer.STATUS, "sign": 1, "symmetric": False, "weight": 0.5, "half_life": 365.0,
        "phrase": "shelters",
    }  # fmt: skip
    return Relation(**values | changed)


def test_the_table_has_the_relations_of_the_design_and_no_other():
    assert set(relations()) == set(STATUS) | set(ACTS)


@pytest.mark.parametrize(("name", "sign"), STATUS.items())
def test_a_status_has_the_sign_of_the_design(name, sign):
    assert (relation(name).layer, relation(name).sign) == (Layer.STATUS, sign)


@pytest.mark.parametrize(("name", "plover", "sign"), [(name, *row) for name, row in ACTS.items()])
def test_an_act_has_the_plover_type_and_the_sign_of_the_design(name, plover, sign):
    assert (relation(name).layer, relation(name).plover, relation(name).sign) == (Layer.ACT, (plover,), sign)


def test_only_the_symmetric_relations_of_the_design_are_symmetric():
    assert {name for name, row in relations().items() if row.symmetric} == SYMMETRIC


def test_only_support_need_and_aid_have_means():
    assert {name for name, row in relations().items() if row.means} == WITH_MEANS


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_an_equivalent_somewhere(scheme):
    assert any(row.equivalents(scheme) for row in relations().values())


def test_acts_fade_sooner_than_statuses():
    rows = relations().values()
    assert max(r.half_life for r in rows if r.layer is Layer.ACT) <= min(
        r.half_life for r in rows if r.layer is Layer.STATUS
    )


def test_an_unknown_relation_suggests_the_near_one():
    with pytest.raises(UnknownName, match="unknown relation 'ally_off'; did you mean 'ally_of'"):
        relation("ally_off")


def test_an_unknown_scheme_suggests_the_near_one():
    with pytest.raises(UnknownName, match="did you mean 'plover'"):
        relation("fights").equivalents("plovr")


@pytest.mark.parametrize(
    ("scheme", "code", "name"),
    [
        ("plover", "ASSAULT", "assaults"),
        ("plover", "AID", "aids"),
        ("cameo", "1823", "assaults"),
        ("cameo", "057", "ally_of"),
        ("atop", "NEUTRAL", "neutral_toward"),
        ("cow", "defense", "ally_of"),
        ("ucdp_es", "ext_l", "supports"),
    ],
)
def test_a_code_of_another_scheme_finds_its_relation(scheme, code, name):
    assert relations().by_code(scheme, code) == relation(name)


@pytest.mark.parametrize(("scheme", "code"), [("cameo", "99"), ("cameo", "1"), ("plover", "ASS"), ("cow", "")])
def test_a_code_that_nothing_stands_for_finds_nothing(scheme, code):
    assert relations().by_code(scheme, code) is None


def test_every_plover_type_of_the_design_finds_the_act():
    assert {relations().by_code("plover", plover).name for plover, _ in ACTS.values()} == set(ACTS)


def test_a_users_file_adds_a_relation(tmp_path):
    assert extended(tmp_path, ROW)["shelters"].phrase == "shelters"


def test_a_users_file_leaves_the_other_relations_as_they_are(tmp_path):
    assert {name: row for name, row in extended(tmp_path, ROW).items() if name != "shelters"} == dict(relations())


def test_a_users_file_replaces_a_relation(tmp_path):
    assert extended(tmp_path, ROW.replace("shelters", "hosts"))["hosts"].weight == 0.5


def test_a_users_file_does_not_change_the_table_that_ships(tmp_path):
    extended(tmp_path, ROW.replace("shelters", "hosts"))
    assert relation("hosts").weight == 0.6


def test_codes_of_a_users_relation_are_found(tmp_path):
    assert extended(tmp_path, ROW + 'cameo = ["0999"]').by_code("cameo", "0999").name == "shelters"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[shelters", r"mine\.toml is no TOML"),
        ('shelters = "yes"', r"mine\.toml: not a relation: 'shelters'; write it as a table, \[shelters\]"),
        ("[shelters]\nsign = 1", r"relation shelters lacks: \['half_life', 'layer'"),
        (ROW + "wait = 0.5", r"unknown field of relation 'shelters' in .*mine\.toml 'wait'; did you mean 'weight'"),
        (ROW.replace('"status"', '"statu"'), "'statu'; did you mean 'status'"),
        (ROW.replace("sign = 1", "sign = 2"), r"mine\.toml: the sign of shelters: 2; use -1, 0 or 1"),
        (ROW.replace("sign = 1", 'sign = "+"'), r"sign of relation shelters: '\+'; write -1, 0 or 1"),
        (ROW.replace("sign = 1", "sign = true"), "sign of relation shelters: True; write -1, 0 or 1"),
        (ROW.replace("symmetric = false", "symmetric = 0"), "symmetric of relation shelters: 0; write true or false"),
        (ROW.replace("weight = 0.5", "weight = 0"), "the weight of shelters: 0; use a number above 0, at most 1"),
        (ROW.replace("weight = 0.5", "weight = nan"), "the weight of shelters: nan"),
        (
            ROW.replace("half_life = 365", "half_life = -1"),
            "the half_life of shelters: -1; use a number of days above 0",
        ),
        (ROW + 'plover = "AID"', "plover of relation shelters: 'AID'; write a list of codes, each in quotes"),
        (ROW + "cameo = [57]", r"cameo of relation shelters: \[57\]; write a list of codes, each in quotes"),
        (ROW.replace("[shelters]", "[Shelters]"), r"mine\.toml: not a relation's name: 'Shelters'; use lower-case"),
    ],
)
def test_a_bad_row_of_a_users_file_is_refused_with_its_mend(tmp_path, text, message):
    with pytest.raises((InvalidValue, UnknownName), match=message):
        extended(tmp_path, text)


def test_a_users_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableInput, match=r"none\.toml: cannot be read .*; give a UTF-8 TOML file"):
        relations().extended(tmp_path / "none.toml")


def test_a_users_file_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "mine.toml").write_bytes(ROW.encode() + b'phrase = "h\xe9berge"')
    with pytest.raises(UnreadableInput, match=r"mine\.toml: cannot be read"):
        relations().extended(tmp_path / "mine.toml")


@pytest.mark.parametrize(
    ("changed", "value"),
    [({"sign": 2}, "2"), ({"weight": 1.5}, "1.5"), ({"half_life": 0}, "0"), ({"name": "shelters of"}, "'shelters of'")],
)
def test_an_impossible_relation_is_refused_with_its_value(changed, value):
    with pytest.raises(InvalidValue, match=f": {value}; use"):
        made(**changed)


def test_a_relation_reads_as_its_name():
    assert str(made()) == "shelters"
