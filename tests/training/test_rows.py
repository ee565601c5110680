"""Rows of other data, as the network is trained on them."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
import plv
import tagged

ROWS = [
    plv.Row("1", "Alice Moro praised the Reed Clans.", (0, 10), (23, 33), "SUPPORT"),
    plv.Row("2", "The Reed Clans were praised by Oru.", (31, 34), (4, 14), "SUPPORT"),
    plv.Row("3", "Rebels of Vessia fired on guards.", (0, 16), (26, 32), "ASSAULT"),
    plv.Row("4", "Zubaran police met.", (0, 14), (0, 7), "CONSULT"),
]


@given(st.sampled_from(ROWS[:3]), st.integers(0, 10**6))
def test_names_change_places_and_the_rest_of_a_row_stays(row: plv.Row, seed: int) -> None:
    swapped = plv.Sides(ROWS).swapped(row, random.Random(seed))
    named = [swapped.text[a:b] for a, b in (swapped.subject, swapped.object)]
    before = [row.text[a:b] for a, b in (row.subject, row.object)]
    pool = {r.text[a:b] for r in ROWS for a, b in (r.subject, r.object)}
    assert all(new == old or new in pool for new, old in zip(named, before, strict=True))
    for old, new in zip(before, named, strict=True):
        assert old[0].isupper() or old == new
    gaps = [_without(r.text, r.subject, r.object) for r in (row, swapped)]
    assert gaps[0] == gaps[1]
    assert (swapped.sentence, swapped.root) == (row.sentence, row.root)


def _without(text: str, *spans: tuple[int, int]) -> list[str]:
    (a, b), (c, d) = sorted(spans)
    return [text[:a], text[b:c], text[d:]]


def test_some_row_changes() -> None:
    sides = plv.Sides(ROWS)
    assert any(sides.swapped(ROWS[0], random.Random(seed)).text != ROWS[0].text for seed in range(20))


def test_sides_that_overlap_stay() -> None:
    sides = plv.Sides(ROWS)
    assert all(sides.swapped(ROWS[3], random.Random(seed)) == ROWS[3] for seed in range(20))


def test_a_span_that_cuts_a_word_goes_to_its_end(tmp_path: Path) -> None:
    text = "The campaign in Oru ended."
    entities = [{"begin": 0, "end": 8, "type": "Organisation"}, {"begin": 16, "end": 19, "type": "Location"}]
    (tmp_path / "one.jsonl").write_text(json.dumps({"id": "1", "text": text, "entities": entities}), "utf-8")
    ((_, (sentence,)),) = tagged.re3d(tmp_path / "one.jsonl")
    assert [sentence.text[a:b] for a, b, _ in sentence.spans] == ["The campaign", "Oru"]
