"""Errors: what they derive from, which fields they carry, and what they say."""

import pytest

from cordiale import errors
from cordiale.errors import (
    CordialeError,
    DossierError,
    ExportError,
    InvalidValue,
    MissingExtra,
    UnknownName,
    UnreadableInput,
)


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (InvalidValue, ValueError),
        (UnknownName, LookupError),
        (UnreadableInput, ValueError),
        (DossierError, OSError),
        (ExportError, OSError),
        (MissingExtra, ImportError),
    ],
)
def test_each_error_is_ours_and_the_nearest_builtin(error, builtin):
    assert issubclass(error, CordialeError) and issubclass(error, builtin)


def test_the_module_draws_every_error_that_it_has():
    named = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)]
    assert [name for name in named if name not in (errors.__doc__ or "")] == []


def test_an_invalid_value_says_what_it_was_and_how_to_mend_it():
    assert str(InvalidValue("the sign of a claim", 2, "use -1, 0 or 1")) == "the sign of a claim: 2; use -1, 0 or 1"


def test_an_invalid_value_carries_its_fields():
    error = InvalidValue("the sign", 2, "use 1")
    assert (error.what, error.value, error.mend) == ("the sign", 2, "use 1")


def test_an_unknown_name_suggests_the_near_ones():
    assert UnknownName("relation", "alley_of", ["ally_of", "rivals"]).near == ("ally_of",)


def test_a_suggestion_disregards_case():
    assert UnknownName("actor", "hamas", ["Hamas", "Fatah"]).near == ("Hamas",)


def test_at_most_three_names_are_suggested():
    assert len(UnknownName("code", "aab", ["aaa", "aac", "aad", "aae"]).near) == 3


def test_a_name_that_is_near_nothing_gets_the_mend():
    assert (
        str(UnknownName("actor", "zzz", ["Hamas"], "see: cordiale actors"))
        == "unknown actor 'zzz'; see: cordiale actors"
    )


def test_a_name_that_is_near_nothing_and_has_no_mend_gets_the_names_that_exist():
    assert "see the names that exist: AGREE, AID" in str(UnknownName("type", "zzz", ["AID", "AGREE"]))


def test_the_known_names_may_come_from_an_iterator():
    assert UnknownName("relation", "rival", iter(["rivals"])).near == ("rivals",)


def test_an_unreadable_input_names_the_place_in_it():
    assert str(UnreadableInput("a.csv", "no id", "give one", place="line 3")) == "a.csv, line 3: no id; give one"


def test_an_unreadable_input_without_a_place_names_the_input():
    assert str(UnreadableInput("a.csv", "no id", "give one")) == "a.csv: no id; give one"


def test_an_error_about_a_dossier_reads_as_a_sentence_though_it_is_an_os_error():
    assert str(DossierError("a.dossier", "is locked", "try again")) == "a.dossier: is locked; try again"


def test_a_missing_extra_says_what_to_install():
    assert "pip install 'cordiale[frames]'" in str(MissingExtra("pandas", "frames", "a data frame"))
