"""How well the shipped network tells what one marked actor does to the other, on rows of PLV's form.

The file has the columns of PLV_train.tsv: `sentence, marked_sentence, source, target, gold_penta, gold_root`. Each row
goes through the network as a pair of mentions does when a document is read; the answer is the likeliest PLOVER root of
the likeliest quad class of the likelier sign. Macro F1 and accuracy in per cent, over the roots that
occur; rows per second of one CPU.

The shipped network has seen PLV_train.tsv: its figures on that file say how well it remembers. `training/measure.py`
gives those of cross-validation.

    python bench/plv.py FILE.tsv
    python bench/plv.py FILE.tsv --json
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from cordiale.reading.model.network import Judgement, shipped

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
import macro
import plv


def answers(rows: list[plv.Row]) -> list[str]:
    """The likeliest root of each row; empty where the pair is too far apart to be read."""
    network = shipped()
    pieces = network.pieces([row.text for row in rows])
    judged = network.pairs([(text, row.subject, row.object) for text, row in zip(pieces, rows, strict=True)])
    return [_root(one) if one is not None else "" for one in judged]


def _root(judged: Judgement) -> str:
    return plv.likeliest({root: sum(judged.relation[n] for n in plv.RELATIONS[root].split()) for root in plv.ROOTS})


def main() -> None:
    """Read, judge, print."""
    parser = argparse.ArgumentParser(description="Score the pair model on rows of PLV's form.")
    parser.add_argument("file", type=Path, help="a TSV with the columns of PLV_train.tsv")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    rows = plv.rows(given.file)
    shipped()
    began = time.process_time()
    found = answers(rows)
    seconds = time.process_time() - began
    figures = {
        "rows": len(rows),
        "unanswered": found.count(""),
        **macro.of_roots([row.root for row in rows], found),
        "rows per CPU-second": round(len(rows) / seconds),
    }
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:22}{value:>8}")


if __name__ == "__main__":
    main()
