"""Claims as columns: what each column holds, and that rows and masks keep them together."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.claims import Certainty, Change, Citation, Claim, Document, Quote
from cordiale.columns import CERTAINTIES, CHANGES, ClaimColumns, ordinal
from cordiale.errors import InvalidValue
from cordiale.periods import Period
from cordiale.relations import relation, relations

NOW = datetime(2012, 3, 1, 12, tzinfo=UTC)
ACTORS = ["hamas", "iran", "syria", "turkey"]


def quote(digit="a", publisher=None):
    document = Document(sha256=digit * 64, text="They met.", source="a.html", retrieved=NOW, publisher=publisher)
    return Quote(document=document, start=0, end=9)


def claim(**changed):
    values = {
        "subject": "hamas", "relation": relation("ally_of"), "object": "iran", "sign": 1, "evidence": quote(),
        "reader": "cues 1", "published": date(2012, 2, 28),
    }  # fmt: skip
    return Claim(**values | changed)


@st.composite
def claims(draw):
    subject, other = draw(st.lists(st.sampled_from(ACTORS), min_size=2, max_size=2, unique=True))
    start = draw(st.none() | st.dates(date(1990, 1, 1), date(2000, 1, 1)))
    end = draw(st.none() | st.dates(date(2000, 1, 2), date(2020, 1, 1)))
    return claim(
        subject=subject,
        object=other,
        relation=draw(st.sampled_from(list(relations().values()))),
        sign=draw(st.sampled_from([-1, 0, 1])),
        change=draw(st.sampled_from(Change)),
        certainty=draw(st.sampled_from(Certainty)),
        confidence=draw(st.floats(0, 1)),
        said_by=draw(st.none() | st.sampled_from(ACTORS)),
        held=Period.parse(start and start.isoformat(), end and end.isoformat()),
        published=draw(st.dates(date(1990, 1, 1), date(2024, 1, 1))),
    )


@given(st.lists(claims(), max_size=8))
def test_the_columns_say_what_the_claims_say(made):
    columns = ClaimColumns.from_claims(made)
    read = [
        (
            columns.actors[columns.subject[i]],
            columns.relations[columns.relation[i]],
            columns.actors[columns.object[i]],
            columns.sign[i],
            CHANGES[columns.change[i]],
            CERTAINTIES[columns.certainty[i]],
            columns.confidence[i],
            None if columns.said_by[i] == -1 else columns.actors[columns.said_by[i]],
            columns.start[i],
            columns.end[i],
            columns.known[i],
        )
        for i in range(len(columns))
    ]
    assert read == [
        (
            c.subject, c.relation, c.object, c.sign, c.change, c.certainty, c.confidence, c.said_by,
            ordinal(c.held.start), ordinal(c.held.end), ordinal(c.published),
        )
        for c in made
    ]  # fmt: skip


@given(st.lists(claims(), max_size=8), st.data())
def test_a_mask_keeps_the_claims_where_it_is_true(made, data):
    mask = np.array([data.draw(st.booleans()) for _ in made], dtype=bool)
    kept = ClaimColumns.from_claims(made).where(mask)
    assert kept.number.tolist() == np.flatnonzero(mask).tolist()


def test_rows_may_be_taken_in_another_order():
    columns = ClaimColumns.from_claims([claim(), claim(sign=-1)])
    assert columns.where(np.array([1, 0])).sign.tolist() == [-1, 1]


def test_no_claims_make_columns_of_length_nought():
    assert len(ClaimColumns.from_claims([])) == 0


def test_an_actor_has_one_number_whatever_its_part():
    columns = ClaimColumns.from_claims([claim(), claim(subject="iran", object="hamas", said_by="iran")])
    assert columns.actors == ("hamas", "iran")


def test_a_bound_that_is_open_is_nought():
    columns = ClaimColumns.from_claims([claim(held=Period.parse("2012"))])
    assert (columns.start[0], columns.end[0]) == (date(2012, 1, 1).toordinal(), 0)


def test_a_claim_is_known_from_the_day_it_was_published():
    columns = ClaimColumns.from_claims([claim(recorded_at=NOW)])
    assert columns.known[0] == date(2012, 2, 28).toordinal()


def test_a_claim_without_a_day_of_publication_is_known_from_its_recording():
    columns = ClaimColumns.from_claims([claim(published=None, recorded_at=NOW)])
    assert columns.known[0] == NOW.date().toordinal()


def test_a_claim_known_on_no_day_is_refused():
    with pytest.raises(InvalidValue, match=r"a claim known on no day: .*; give it the day its document was published"):
        ClaimColumns.from_claims([claim(published=None)])


def test_every_document_is_a_voice_of_its_own():
    columns = ClaimColumns.from_claims([claim(), claim(evidence=quote("b"))])
    assert columns.voice[0] != columns.voice[1]


def test_copies_of_one_story_share_a_voice():
    columns = ClaimColumns.from_claims([claim(), claim(evidence=quote("b"))], voices={"a" * 64: 7, "b" * 64: 7})
    assert columns.voice[0] == columns.voice[1]


def test_documents_of_one_publisher_share_a_source():
    made = [claim(evidence=quote("a", "The Paper")), claim(evidence=quote("b", "The Paper"))]
    columns = ClaimColumns.from_claims(made)
    assert columns.source[0] == columns.source[1]


def test_rows_of_one_dataset_share_a_voice():
    made = [claim(evidence=Citation(dataset="ATOP", version="5.1", row=row)) for row in "12"]
    columns = ClaimColumns.from_claims(made)
    assert columns.voice[0] == columns.voice[1]


def test_versions_of_a_dataset_are_other_sources():
    made = [claim(evidence=Citation(dataset="ATOP", version=version, row="1")) for version in ("5.0", "5.1")]
    columns = ClaimColumns.from_claims(made)
    assert columns.source[0] != columns.source[1]


def test_columns_of_unequal_length_are_refused():
    columns = ClaimColumns.from_claims([claim()])
    values = {name: getattr(columns, name) for name in ClaimColumns.__dataclass_fields__}
    with pytest.raises(InvalidValue, match=r"columns of unequal length: .*'sign': 0.*; give one value a claim in each"):
        ClaimColumns(**values | {"sign": columns.sign[:0]})


def test_no_day_is_nought():
    assert ordinal(None) == 0


@given(st.lists(claims(), max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_joined_columns_hold_each_claim_once_and_as_it_was(made, upto, since):
    whole = ClaimColumns.from_claims(made)
    parts = [ClaimColumns.from_claims(made[:upto]), whole.where(whole.number >= since)]
    joined = parts[0].joined(parts[1])
    kept = [n for n in range(len(made)) if n < upto or n >= since]
    assert joined.number.tolist() == kept
    assert [joined.actors[a] for a in joined.subject] == [made[n].subject for n in kept]
    assert [joined.relations[r] for r in joined.relation] == [made[n].relation for n in kept]
    assert [None if a < 0 else joined.actors[a] for a in joined.said_by] == [made[n].said_by for n in kept]
