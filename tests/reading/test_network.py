"""The network's files and its inputs and outputs, as they are in use."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.claims import Certainty, Change
from cordiale.errors import UnreadableInput
from cordiale.reading.model.network import NONE, Network, shipped, shipped_version
from cordiale.reading.model.pieces import LONGEST, OBJECT, SUBJECT, Pieces, marked
from cordiale.reading.model.spans import best, spans

WEIGHTS = Path(str(files("cordiale.reading.model"))) / "weights"


def test_a_model_that_is_not_there_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="not there; install cordiale again") as raised:
        Network(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_a_model_file_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_bytes((WEIGHTS / "model.json").read_bytes())
    with pytest.raises(UnreadableInput, match=r"model\.onnx.*install cordiale again"):
        Network(tmp_path)


def test_a_damaged_model_file_is_told_from_a_whole_one(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    damaged = bytearray((tmp_path / "weights" / "model.onnx").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "weights" / "model.onnx").write_bytes(damaged)
    with pytest.raises(UnreadableInput, match="damaged, or of another model; install cordiale again"):
        Network(tmp_path / "weights")


def test_a_description_of_the_model_that_is_no_json_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="cannot be read"):
        Network(tmp_path)


def test_the_files_of_the_model_are_no_larger_than_thirty_megabytes_in_all() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 30_000_000


def test_the_version_is_told_without_reading_the_weights() -> None:
    assert shipped_version() == shipped().version == json.loads((WEIGHTS / "model.json").read_text())["version"]


def test_shares_of_relations_changes_and_certainties_add_up_to_one() -> None:
    (text,) = shipped().pieces(["Iran armed Hezbollah."])
    (judged,) = shipped().pairs([(text, (0, 4), (11, 20))])
    assert judged is not None
    for shares in (judged.relation, judged.change, judged.certainty):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-5)  # type: ignore[arg-type]
    assert NONE in judged.relation
    assert set(judged.change) == set(Change)
    assert set(judged.certainty) == set(Certainty)


def test_who_arms_whom_is_told_from_who_is_armed() -> None:
    (text,) = shipped().pieces(["Iran has armed Hezbollah for decades."])
    forth, back = shipped().pairs([(text, (0, 4), (15, 24)), (text, (15, 24), (0, 4))])
    assert forth is not None
    assert back is not None
    assert forth.best()[0] == "supports"
    assert forth.relation["supports"] > 5 * back.relation["supports"]


def test_what_is_judged_does_not_depend_on_what_is_judged_beside_it() -> None:
    short, long = shipped().pieces(["Iran armed Hezbollah.", "Iran armed Hezbollah, " + "and it rained " * 30 + "."])
    (alone,) = shipped().pairs([(short, (0, 4), (11, 20))])
    beside, _ = shipped().pairs([(short, (0, 4), (11, 20)), (long, (0, 4), (11, 20))])
    assert alone is not None
    assert beside is not None
    assert alone.relation["supports"] == pytest.approx(beside.relation["supports"], abs=0.1)


def test_a_sentence_longer_than_the_network_is_seen_in_parts() -> None:
    text = "Iran and Syria met. " * 100
    (words,) = shipped().words([text])
    assert len(words.pieces.ids) > LONGEST
    assert len(words.scores["own"]) == len(words.source) == len(words.pieces.ids)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans(words, "own", shipped().labels["own"]))


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[Pieces, tuple[int, int], tuple[int, int]]:
    count = draw(st.integers(2, 400))
    text = Pieces([1000 + i for i in range(count)], [0] * count, [(2 * i, 2 * i + 1) for i in range(count)])
    a, b = (draw(st.integers(0, count - 1)) for _ in range(2))
    return text, (2 * a, 2 * a + 1), (2 * b, 2 * b + 1)


@given(texts_with_spans())
def test_marks_stand_before_their_mentions_and_the_input_fits(
    made: tuple[Pieces, tuple[int, int], tuple[int, int]],
) -> None:
    text, subject, object_ = made
    put = marked(text, subject, object_)
    if put is None:
        assert abs(subject[0] - object_[0]) // 2 + 1 > LONGEST - 6
        return
    ids, shapes, first, second = put
    assert len(ids) == len(shapes) <= LONGEST
    assert (ids[first], ids[second]) == (SUBJECT, OBJECT)
    wanted = 1000 + subject[0] // 2
    assert wanted in ids[first + 1 : first + 4]


@given(st.lists(st.lists(st.floats(-9, 9, width=32), min_size=5, max_size=5), max_size=12))
def test_no_label_goes_on_that_has_not_begun(scores: list[list[float]]) -> None:
    path = best(np.array(scores, np.float32).reshape(-1, 5))
    for before, label in zip([0, *path], path, strict=False):
        if label and label % 2 == 0:
            assert before in (label - 1, label)
