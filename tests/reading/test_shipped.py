"""The reader that ships, rules and network together, on texts that neither was made for."""

from __future__ import annotations

import string
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_makers import document, reader

from cordiale.actors import catalogue
from cordiale.claims import Claim, Kind
from cordiale.reading.outcome import ReadsDocuments
from cordiale.reading.reader import Shipped


@cache
def shipped() -> ReadsDocuments:
    return Shipped().over(catalogue())


def claims(text: str) -> tuple[Claim, ...]:
    return shipped().read(document(text)).claims


def test_its_label_names_the_rules_and_the_weights() -> None:
    assert shipped().label == Shipped().label
    assert shipped().label.startswith(f"{reader().label}+")


def test_a_relation_that_no_cue_word_tells_is_found() -> None:
    text = "Eritrea lets the Tigray People's Liberation Front use its ports."
    assert not reader().read(document(text)).claims
    (claim,) = [c for c in claims(text) if {c.subject, c.object} == {"eritrea", "tplf"}]
    assert claim.sign == 1


def test_names_that_no_catalogue_has_become_actors() -> None:
    text = "The Zubara Liberation Front attacked soldiers of the Tarvanian Workers' Party near Melk on Monday."
    found = {actor.name: actor.kind for actor in shipped().read(document(text)).actors}
    assert found.get("Zubara Liberation Front") is Kind.ARMED_GROUP
    assert "Tarvanian Workers' Party" in found or "Tarvanian Workers’ Party" in found


def test_a_crowd_at_the_beginning_of_a_sentence_is_nobodys_name() -> None:
    assert not shipped().read(document("Police attacked Hamas. Farmers support Turkey.")).actors


def test_two_actors_that_only_stand_in_one_sentence_have_no_claim() -> None:
    assert not [c for c in claims("The weather in Norway was as fine as in Peru this week.") if not c.unclear]


def test_reading_twice_gives_the_same_claims() -> None:
    text = "Turkey backed Qatar in 2017, when Saudi Arabia and Egypt cut their ties with it."
    assert claims(text) == claims(text)


HARD = {
    "no Latin letters": "Правительство Ирана поддержало Сирию. 政府支持叙利亚。" * 40,
    "right to left": "Iran \u202esupports\u202c حماس Hamas و سوريا. Qatar backs حركة حماس in Gaza.\u200f " * 20,
    "control characters": "Iran\x01 supports\x1b[31m Hamas\x07. Qatar\u2028backs Egypt. " * 20,
    "an empty quote": 'Iran said “” and Hamas said "" . ‘’ «» Qatar supports “ ” Hamas.',
    "quotes that never close": "“Iran supports Hamas " * 300,
    "one word": "Iran supports " + "a" * 100_000 + " Hamas.",
    "five thousand words": "Iran and Syria with the war of Hamas against talks in Qatar " * 417 + ".",
    "hundreds of names": "Leaders of " + ", ".join(actor.name for actor in list(catalogue().values())[:400]) + " met.",
}


@pytest.mark.parametrize("kind", HARD)
def test_a_hard_text_is_read_and_every_quote_is_its_own(kind: str) -> None:
    text = HARD[kind]
    for claim in claims(text):
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.text  # type: ignore[union-attr]


WORDS = st.sampled_from(
    ["Iran", "Hamas", "Turkey", "Zorvia", "the", "rebels", "backed", "attacked", "“", "”", "said", ",", ".", "after",
     "it", "1998", "\u00a0", "\n\n", "'s", "alliance", "with", "é", "́", "😀"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS | st.text(string.printable, max_size=4), max_size=60))
def test_any_text_is_read_and_every_quote_is_a_slice_of_it(words: list[str]) -> None:
    text = " ".join(["Iran", *words])
    for claim in claims(text):
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.text  # type: ignore[union-attr]


def test_arms_and_accords_that_bear_a_name_are_no_actors() -> None:
    text = "Egypt provided the army of Chad with K-8 fighter jets. The Mikhael agreement held in Beirut."
    assert shipped().read(document(text)).actors == ()


def test_a_name_ends_where_plain_words_begin() -> None:
    read = shipped().read(document("The Reed Clans faces growing pressure and attacked Chad."))
    assert [actor.name for actor in read.actors] == ["Reed Clans"]
