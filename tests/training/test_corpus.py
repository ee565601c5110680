"""The project's own corpus: whole, as large as is said, and read as FORMAT.md says."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))
import corpus  # noqa: E402
from corpus import BadItem, Item  # noqa: E402

from cordiale.claims import Certainty, Change, Means  # noqa: E402
from cordiale.relations import relations  # noqa: E402

GOOD = """@ 2024-05-03
{S1:Iran} has armed {G1:the Northern Front} since 1982, {V1:a diplomat in Oslo} said.
S1 > G1 supports means=weapons when=1982 sure=alleged by=V1
"""


@cache
def everything() -> list[Item]:
    return list(corpus.items())


def read(tmp_path: Path, text: str) -> list[Item]:
    path = tmp_path / "some.txt"
    path.write_text(text, encoding="utf-8")
    return list(corpus.items(path))


def test_every_file_of_the_corpus_holds() -> None:
    assert corpus.faults() == []


def test_it_has_four_thousand_sentences_and_three_hundred_passages() -> None:
    passages = sum(len(item.sentences) > 1 for item in everything())
    assert len(everything()) - passages >= 4000
    assert passages >= 300


def test_at_least_35_of_100_pairs_say_nothing() -> None:
    pairs = [said for item in everything() for said in item.pairs.values()]
    assert pairs.count(False) >= 0.35 * len(pairs)


def test_no_text_stands_in_it_twice() -> None:
    texts = [item.text for item in everything()]
    assert len(set(texts)) == len(texts)


def test_every_relation_change_certainty_and_means_occurs() -> None:
    labels = [label for item in everything() for label in item.labels]
    assert {label.relation for label in labels} == set(relations())
    assert {label.change for label in labels} == set(Change)
    assert {label.sure for label in labels} == set(Certainty)
    assert {means for label in labels for means in label.means} == set(Means)


def test_about_a_tenth_is_held_out_by_its_text_alone() -> None:
    held = sum(item.held_out for item in everything())
    assert 0.08 < held / len(everything()) < 0.12


def test_spans_slice_to_their_names_and_labels_to_their_spans(tmp_path: Path) -> None:
    (item,) = read(tmp_path, GOOD)
    assert [item.text[span.start : span.end] for span in item.spans] == [
        "Iran",
        "the Northern Front",
        "a diplomat in Oslo",
    ]
    (label,) = item.labels
    assert (label.subject, label.relation, label.object, label.by, label.when) == ("S1", "supports", "G1", "V1", "1982")
    assert (label.sure, label.means) == (Certainty.ALLEGED, {Means.WEAPONS})
    assert item.published == "2024-05-03"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("supports", "befriends", "no such relation"),
        ("by=V1", "by=V2", "cannot take by=V2"),
        ("when=1982", "when=soon", "cannot take when=soon"),
        ("S1 > G1", "S1 > G7", "no span G7"),
        ("{V1:a diplomat", "{S1:a diplomat", "stands twice"),
        ("{S1:Iran}", "{S1: Iran}", "blanks around it"),
        ("S1 > G1 supports", "S1 > S1 supports", "with itself"),
        ("@ 2024-05-03", "@ May", "not a date"),
    ],
)
def test_an_item_that_does_not_hold_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(BadItem, match=why) as raised:
        read(tmp_path, GOOD.replace(old, new))
    assert str(raised.value).startswith("some.txt:1")
