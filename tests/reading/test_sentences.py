"""Sentences and tokens, with offsets into the text as stored."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_makers import sentences_of

from cordiale.reading.sentences import LONGEST, split


def words(text: str) -> list[str]:
    return [word for sentence in sentences_of(text) for word in sentence.text]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Aoun met Mr. Chirac in Paris.",
        "The U.S. Senate voted on Monday.",
        "It cost 3.5 million, said Lt. Col. Ahmed.",
        "J. F. Kennedy spoke.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert len(sentences_of(text)) == 1


def test_a_sentence_ends_after_its_closing_quotation_mark() -> None:
    first, second = sentences_of("He said: “We stand with Chad.” Then he left.")
    assert (first.text[-1], second.text[0]) == ("”", "Then")


def test_a_name_may_end_in_digits() -> None:
    assert words("the M23 and the G7") == ["the", "M23", "and", "the", "G7"]


def test_a_hyphen_is_a_token_of_its_own() -> None:
    assert words("Libya-backed rebels") == ["Libya", "-", "backed", "rebels"]


def test_a_possessive_ending_is_a_token_of_its_own() -> None:
    assert words("Chad’s army and Sana'a's port") == ["Chad", "’s", "army", "and", "Sana'a", "'s", "port"]


def test_digits_that_run_into_letters_are_read_at_once() -> None:
    assert words("123abc") == ["123", "abc"]


def test_a_long_run_without_an_end_is_read_in_pieces_that_are_cut_at_a_comma() -> None:
    pieces = sentences_of("one two three four five, " * 100)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(piece.text[-1] == "," for piece in pieces)


def test_paragraphs_are_numbered_in_order() -> None:
    text = "One. Two.\nThree."
    assert [s.paragraph for s in split(text, [(0, 9), (10, 16)])] == [0, 0, 1]


@given(st.text(max_size=300))
def test_every_token_is_a_slice_of_the_text_and_none_is_lost(text: str) -> None:
    sentences = sentences_of(text)
    assert [text[a:b][:64] for s in sentences for a, b in s.at] == [word for s in sentences for word in s.text]
    assert "".join(text[a:b] for s in sentences for a, b in s.at) == "".join(text.split())


@given(st.text(max_size=300))
def test_sentences_follow_one_another_without_overlap(text: str) -> None:
    sentences = sentences_of(text)
    assert all(one.end <= other.start for one, other in pairwise(sentences))
