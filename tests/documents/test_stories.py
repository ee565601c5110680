"""Fingerprints: copies of one story are alike, two reports of one event are not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.documents import SAME_STORY, Fingerprint, fingerprint
from cordiale.errors import InvalidValue

STATEMENT = (
    "“We will not send a single soldier over that border, and whoever says otherwise has not read what we signed,” "
    "the foreign minister told reporters after the meeting on Monday evening."
)


def prose(seed, paragraphs=12, words=65):
    """Prose as two desks would write it: the same few hundred words, in an order of its own."""
    draw = random.Random(seed)
    vocabulary = [f"{a}{b}" for a in ("mor", "tel", "san", "kir", "vo", "lan", "der", "pu") for b in "abdegilmnorstu"]
    common = ["the", "of", "and", "to", "in", "a", "said", "that", "on", "with", "for", "had"]
    return [
        " ".join(draw.choice(common if draw.random() < 0.45 else vocabulary) for _ in range(words)) + "."
        for _ in range(paragraphs)
    ]


def alike(one, other):
    return fingerprint("\n".join(one)).similarity(fingerprint("\n".join(other)))


def test_a_copy_with_another_headline_byline_and_without_its_end_is_the_same_story():
    wire = prose(1)
    copy = ["A headline of quite other words", "By Some Body, Our Correspondent", *wire[:-1]]
    assert alike(["The headline of the agency", "By The Agency", *wire], copy) >= SAME_STORY


def test_a_copy_with_a_word_changed_in_each_paragraph_is_the_same_story():
    wire = prose(2)
    assert alike(wire, [p.replace(p.split()[30], "instead", 1) for p in wire]) >= SAME_STORY


def test_a_copy_that_lost_a_quarter_is_the_same_story():
    wire = prose(3)
    assert alike(wire, wire[:9]) >= SAME_STORY


def test_two_reports_of_one_event_are_two_stories():
    assert alike([STATEMENT, *prose(4)], [*prose(5), STATEMENT]) < SAME_STORY / 2


def test_a_short_report_around_the_same_statement_is_another_story():
    assert alike([STATEMENT, *prose(6, paragraphs=2)], [*prose(7, paragraphs=2), STATEMENT]) < SAME_STORY


def test_the_same_story_shares_a_band():
    wire = prose(8)
    shared = set(fingerprint("\n".join(wire)).bands) & set(fingerprint("\n".join(wire[:9])).bands)
    assert shared


def test_stories_that_have_nothing_in_common_share_no_band():
    assert not set(fingerprint("\n".join(prose(9))).bands) & set(fingerprint("\n".join(prose(10))).bands)


def test_a_band_fits_a_signed_column():
    assert all(0 <= band < 2**63 for band in fingerprint("Envoys met.").bands)


def test_a_fingerprint_comes_back_from_its_bytes():
    first = fingerprint(STATEMENT)
    assert Fingerprint.from_bytes(first.signature) == first


def test_a_signature_of_another_length_is_refused():
    with pytest.raises(InvalidValue, match="length of a signature"):
        Fingerprint.from_bytes(b"short")


def test_signatures_stored_earlier_can_still_be_compared():
    # If this changes, every stored fingerprint is void: raise a new version of the dossier instead.
    assert (
        fingerprint("Envoys of the two states met in the capital on Monday.").signature[:12].hex()
        == "67e0f01150f3d236adf0d125"
    )


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24F), max_size=200))
def test_case_and_white_space_change_nothing(text):
    spaced = "\n ".join(f" {text} ".split(" "))
    assert fingerprint(text).signature == fingerprint(spaced).signature


@given(st.lists(st.sampled_from(["Envoys", "met", "on", "MONDAY", "again"]), min_size=1, max_size=40))
def test_capitals_change_nothing(words):
    assert fingerprint(" ".join(words)) == fingerprint("  ".join(words).upper())


def test_a_text_of_800_words_takes_less_than_5_ms_of_work():
    text = "\n".join(prose(11))
    best = min(_seconds(text) for _ in range(20))
    assert best < 0.005


def _seconds(text):
    start = time.process_time()
    fingerprint(text)
    return time.process_time() - start
